//! The Laws pages as documents, written whole when the site is built (`examples/laws_pages.rs`): a list, a page for
//! each law, and one to type a law. They read and print without any script; the program `laws` takes over what
//! lives on them, element for element.

mod curve;
mod evaluate;
mod example;
mod frame;
mod list;

pub use frame::Files;

use crate::laws::{LAWS, Law};

/// A page, and the folder of the site that it is the index of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The folder, such as `laws/chinchilla/`.
    pub folder: String,
    /// The page.
    pub page: String,
}

/// What is wrong with a law that has no document.
pub type Written<T> = Result<T, String>;

/// Every document of the catalogue.
///
/// # Errors
/// What cannot be written of a law; the tests write every one.
pub fn all(files: &Files) -> Written<Vec<Document>> {
    let mut documents = vec![list::list(LAWS, files)];
    for law in LAWS {
        documents.push(law_document(law, files)?);
    }
    Ok(documents)
}

fn law_document(law: &Law, files: &Files) -> Written<Document> {
    let main = evaluate::section(law, law.fits.first())?;
    Ok(frame::document(&format!("laws/{}/", law.id), law.name, law.answers, &main, files))
}
