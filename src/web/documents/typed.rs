//! The page on which a law is typed, as it opens: the program puts the editor in the place of its section.

use super::Document;
use super::evaluate::formula;
use super::frame::{Files, document};
use crate::web::laws::draft::FIRST;
use crate::web::maths;

/// The document.
pub fn page(files: &Files) -> Document {
    let math = maths::display(&maths::equation(&["L"], FIRST), &[]);
    let main = include_str!("typed.html")
        .replace("{{formula}}", FIRST)
        .replace("{{math}}", &formula(&math, "", "The law"));
    let description =
        "Type a scaling law, see it rendered as you type, evaluate it, fit it to your runs, plan with it.";
    document("laws/new/", "Type a law", description, &main, files)
}
