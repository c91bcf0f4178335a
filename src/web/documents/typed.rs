//! The page on which a law is typed, as it opens: the program puts the editor in the place of its section.

use super::Document;
use super::frame::{Files, document};

/// The document.
pub fn page(files: &Files) -> Document {
    let main = include_str!("typed.html");
    let description =
        "Type a scaling law, see it rendered as you type, evaluate it, fit it to your runs, plan with it.";
    document("laws/new/", "Type a law", description, main, files)
}
