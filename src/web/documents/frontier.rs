//! The page of sweeps, as it opens: the program puts itself in the place of its section.

use super::Document;
use super::frame::{FRONTIER, Files, document_of};
use crate::laws::LAWS;
use crate::web::frontier::listed::Listed;
use crate::web::json;

/// The document.
pub fn page(files: &Files) -> Document {
    let laws = LAWS.iter().filter_map(|law| Listed::of(law)).map(|law| law.write().replace('<', "\\u003c"));
    let main = include_str!("frontier.html").replace("{{laws}}", &json::list(laws));
    let description = "See how the compute-optimal model moves over budgets, tokens served, limits and the parameters of a \
                       scaling law, with bands from thousands of refits. Computed in the browser.";
    document_of(&FRONTIER, "frontier/", ["Frontier", description], &main, files)
}
