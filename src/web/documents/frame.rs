//! What every document has around its own: head, bar, foot.

use super::Document;
use crate::web::words::html;

/// Names of files of the site, as the build has made them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Style sheets.
    pub styles: Vec<String>,
    /// The module that loads the program of these pages.
    pub script: String,
    /// That program.
    pub program: String,
    /// The loader of the worker that answers.
    pub worker: String,
}

/// Text in an attribute.
pub fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// What some documents have in common.
pub struct Kind {
    /// The script that loads their program when it is wanted.
    boot: &'static str,
    /// What is said to who allows no scripts.
    noscript: &'static str,
    /// Which entry of the bar they stand under.
    at: &'static str,
    /// Whether formulas stand in them from the start.
    maths: bool,
}

/// The face of formulas, for pages that have some.
const MATHS: &str =
    "<link rel=\"preload\" href=\"fonts/math.woff2\" as=\"font\" type=\"font/woff2\" crossorigin>\n";

/// The Laws pages.
const LAWS: Kind = Kind {
    boot: concat!(include_str!("boot.js"), include_str!("../laws/boot.js")),
    noscript: "To evaluate a law, allow JavaScript and WebAssembly: Isoflop computes in your browser.",
    at: "laws",
    maths: true,
};

/// The page about all of it, which has the bar and the menu of the Laws pages.
pub const ABOUT: Kind = Kind { noscript: "", at: "about", maths: false, ..LAWS };

/// The Fit page.
pub const FIT: Kind = Kind {
    boot: concat!(include_str!("boot.js"), include_str!("../fit/boot.js")),
    noscript: "To fit a law, allow JavaScript and WebAssembly: Isoflop computes in your browser.",
    at: "fit",
    maths: true,
};

/// The page of sweeps.
pub const FRONTIER: Kind = Kind {
    boot: concat!(include_str!("boot.js"), include_str!("../frontier/boot.js")),
    noscript: "To sweep, allow JavaScript and WebAssembly: Isoflop computes in your browser.",
    at: "frontier",
    maths: false,
};

/// A document of the Laws pages: `main` is what stands between bar and foot.
pub fn document(folder: &str, title: &str, description: &str, main: &str, files: &Files) -> Document {
    document_of(&LAWS, folder, [title, description], main, files)
}

/// A document of a kind, with its title and what searches say of it.
pub fn document_of(
    kind: &Kind,
    folder: &str,
    [title, description]: [&str; 2],
    main: &str,
    files: &Files,
) -> Document {
    let root = "../".repeat(folder.matches('/').count());
    let here = |page: &str| if page == kind.at { " aria-current=\"page\"" } else { "" };
    let page = include_str!("frame.html")
        .replace("{{maths}}", if kind.maths { MATHS } else { "" })
        .replace("{{boot}}", kind.boot)
        .replace("{{noscript}}", kind.noscript)
        .replace("{{fit}}", here("fit"))
        .replace("{{laws}}", here("laws"))
        .replace("{{frontier}}", here("frontier"))
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
