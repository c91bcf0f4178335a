//! The page on which a law is fitted, as it opens: the program puts itself in the place of its section.

use super::Document;
use super::frame::{FIT, Files, document_of};
use crate::laws::LAWS;
use crate::web::json;

/// The document.
pub fn page(files: &Files) -> Document {
    let law = |law: &&crate::laws::Law| {
        json::list([law.id, law.name].into_iter().map(json::string)).replace('<', "\\u003c")
    };
    let laws = json::list(LAWS.iter().map(law));
    let main = include_str!("fit.html").replace("{{laws}}", &laws);
    let description = "Fit a scaling law to your own training runs: parameters with intervals, residuals, the plan they \
                       decide, and a report to copy. Nothing is uploaded.";
    document_of(&FIT, "fit/", ["Fit", description], &main, files)
}
