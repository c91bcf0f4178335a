//! What every document has around its own: head, bar, foot.

use super::Document;
use crate::web::words::html;

/// Names of files of the site, as the build has made them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Style sheets.
    pub styles: Vec<String>,
    /// The module that loads the program.
    pub script: String,
    /// The program.
    pub program: String,
    /// The loader of the worker that answers.
    pub worker: String,
}

/// Text in an attribute.
pub fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// A document: `main` is what stands between bar and foot.
pub fn document(folder: &str, title: &str, description: &str, main: &str, files: &Files) -> Document {
    let root = "../".repeat(folder.matches('/').count());
    let page = include_str!("frame.html")
        .replace("{{boot}}", include_str!("../laws/boot.js"))
        .replace("{{root}}", &root)
        .replace("{{folder}}", folder)
        .replace("{{title}}", &html(title))
        .replace("{{description}}", &quoted(description))
        .replace("{{styles}}", &files.styles.iter().map(|name| style(name)).collect::<String>())
        .replace("{{script}}", &files.script)
        .replace("{{program}}", &files.program)
        .replace("{{worker}}", &files.worker)
        .replace("{{main}}", main);
    Document { folder: folder.to_owned(), page }
}

fn style(name: &str) -> String {
    format!("<link rel=\"stylesheet\" href=\"{name}\">")
}
