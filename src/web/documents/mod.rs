//! Every page but the Plan as a document, written whole when the site is built (`examples/laws_pages.rs`): a list of
//! laws, a page for each, one to type a law, one to fit a law to runs, one to sweep it, and one about all of it. They read and
//! print without any script; the programs `laws`, `fit` and `frontier` take over what lives on them.

mod about;
mod convert;
mod curve;
mod evaluate;
mod example;
mod fit;
mod fits;
mod frame;
mod frontier;
mod law;
mod list;
mod typed;

pub use fit::page as fit;
pub use frame::Files;
pub use frontier::page as frontier;

use crate::laws::LAWS;

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
    let mut documents = vec![list::list(LAWS, files), typed::page(files), about::page(LAWS, files)];
    for (at, law) in LAWS.iter().copied().enumerate() {
        let neighbours = [at.checked_sub(1).map(|before| LAWS[before]), LAWS.get(at + 1).copied()];
        documents.push(law::page(law, neighbours, files)?);
    }
    Ok(documents)
}
