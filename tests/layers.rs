//! Imports point one way: each module uses only itself and those above it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The modules in reading order; everything above `web` is pure.
const LAYERS: [&str; 14] = [
    "num",
    "provenance",
    "outcome",
    "units",
    "formula",
    "laws",
    "hardware",
    "runs",
    "fit",
    "allocate",
    "sweep",
    "ask",
    "figure",
    "web",
];

/// Neighbours that do not know of each other: allocate takes draws, not fits.
const STRANGERS: [(&str, &str); 1] = [("allocate", "fit")];

/// What only `web` and the programs may name.
const BROWSER: [&str; 7] = [
    "leptos",
    "web_sys",
    "wasm_bindgen",
    "js_sys",
    "wasm_bindgen_futures",
    "serde_wasm_bindgen",
    "plotters_canvas",
];

#[test]
fn imports_point_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut complaints = Vec::new();
    for file in rust_files(&source) {
        let name = file.strip_prefix(&source).expect("found below src").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).expect("source is text");
        complaints.extend(check(&name, &text).iter().map(|complaint| format!("src/{name}: {complaint}")));
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_table_is_what_the_library_declares() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("text");
    let declared = |line: &'_ str| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    assert_eq!(library.lines().filter_map(declared).collect::<Vec<_>>(), LAYERS);
}

#[test]
fn a_path_that_points_down_is_found_wherever_it_stands() {
    for text in [
        "use crate::fit::Fit;",
        "use crate::{num, fit::{self, Fit}};",
        "use super::fit;",
        "use super::{num::exp, fit::Fit};",
        "fn f() -> f64 { crate::fit::objective() }",
        "fn f(x: &crate::fit::Fit) {}",
        "pub(in crate::fit) fn f() {}",
        "mod tests { use super::super::fit::Fit; }",
        "mod tests { use super::*; } use crate::fit;",
        "macro_rules! m { () => { $crate::fit::f() } }",
        "const C: char = '\"'; use crate::fit::Fit; const D: char = '\"';",
        "fn f<'a>(x: &'a str) { crate::fit::f(x) }",
    ] {
        assert_eq!(check("units.rs", text), ["units must not use fit, which stands below it"], "{text}");
    }
    assert_eq!(check("units/parse.rs", "use super::super::fit::Fit;").len(), 1);
    assert_eq!(check("units/parse.rs", "use super::{number, super::fit::Fit};").len(), 1);
    assert_eq!(check("fit/mod.rs", "use super::sweep::Grid;").len(), 1);
}

#[test]
fn a_path_that_points_up_or_stays_is_fine() {
    for text in [
        "use crate::num::exp;",
        "use crate::{num::{exp, ln}, laws::Law};",
        "use super::units::Flops;",
        "mod tests { use super::*; use super::sweep; }",
        "pub(crate) fn f() {} pub(super) fn g() {}",
        "//! See [`crate::sweep`].\n/* use crate::sweep; /* */ use crate::ask; */",
        r##"const A: &str = "use crate::sweep"; const B: &str = r#"a " crate::sweep"#;"##,
        "use std::collections::BTreeMap; use self::starts::Start;",
    ] {
        assert_eq!(check("fit.rs", text), [""; 0], "{text}");
    }
    assert_eq!(check("fit/starts.rs", "use super::allocate;"), [""; 0], "fit::allocate is fit's own");
    assert_eq!(check("bin/app.rs", "use isoflop::web; use leptos::prelude::*;"), [""; 0]);
    assert_eq!(check("web/ui.rs", "use leptos::prelude::*; use crate::ask;"), [""; 0]);
}

#[test]
fn fitting_and_allocating_do_not_know_of_each_other() {
    assert_eq!(check("allocate.rs", "use crate::fit::Fit;"), ["allocate must not use fit"]);
    assert_eq!(check("fit.rs", "use crate::allocate;"), ["fit must not use allocate, which stands below it"]);
}

#[test]
fn only_web_and_the_programs_name_the_browser() {
    assert_eq!(check("figure.rs", "use web_sys::Window;"), ["figure must not name web_sys"]);
    assert_eq!(check("lib.rs", "#[wasm_bindgen::prelude::wasm_bindgen] fn f() {}").len(), 2);
    assert_eq!(check("figure.rs", "// drawn by web_sys elsewhere"), [""; 0]);
}

#[test]
fn a_module_outside_the_table_is_found() {
    assert_eq!(check("helpers.rs", "").len(), 1);
    assert_eq!(
        check("fit.rs", "use crate::helpers::f;"),
        ["helpers is no module of the table in tests/layers.rs"]
    );
    assert_eq!(check("fit.rs", "use crate::*;").len(), 1);
    assert_eq!(check("fit.rs", "use super::*;").len(), 1);
    assert_eq!(check("lib.rs", "pub mod num; pub mod helpers;").len(), 1);
    assert_eq!(check("lib.rs", "pub mod units; pub mod num;"), ["num is declared below units"]);
}

/// What is wrong with one file, by its name below `src/`.
fn check(name: &str, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let path = module_path(name);
    let Some(module) = path.first() else { return [browser("the crate", &tokens), order(&tokens)].concat() };
    if module == "bin" {
        return Vec::new();
    }
    let Some(rank) = rank(module) else { return vec![outside(module)] };

    let mut complaints = if module == "web" { Vec::new() } else { browser(module, &tokens) };
    for target in targets(&tokens, &path) {
        if target == *module {
            continue;
        }
        match self::rank(&target) {
            None => complaints.push(outside(&target)),
            Some(below) if below > rank => {
                complaints.push(format!("{module} must not use {target}, which stands below it"));
            }
            Some(_) if STRANGERS.contains(&(module, &target)) => {
                complaints.push(format!("{module} must not use {target}"));
            }
            Some(_) => {}
        }
    }
    complaints
}

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| *layer == module)
}

fn outside(module: &str) -> String {
    format!("{module} is no module of the table in tests/layers.rs")
}

fn browser(module: &str, tokens: &[String]) -> Vec<String> {
    let named = tokens.iter().filter(|token| BROWSER.contains(&token.as_str()));
    named.map(|token| format!("{module} must not name {token}")).collect()
}

/// The crate's root declares its modules in reading order.
fn order(tokens: &[String]) -> Vec<String> {
    let declared: Vec<_> = tokens.windows(2).filter(|pair| pair[0] == "mod").map(|pair| &pair[1]).collect();
    let unknown = declared.iter().filter(|module| rank(module).is_none()).map(|module| outside(module));
    let swapped =
        declared.windows(2).filter(|pair| rank(pair[0]).zip(rank(pair[1])).is_some_and(|(a, b)| b < a));
    unknown.chain(swapped.map(|pair| format!("{} is declared below {}", pair[1], pair[0]))).collect()
}

/// `fit/starts.rs` is the module `fit::starts`; the root is the empty path.
fn module_path(name: &str) -> Vec<String> {
    let path = name.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|part| *part != "lib").map(String::from).collect()
}

/// The modules of the crate that the paths of a file lead to.
fn targets(tokens: &[String], file: &[String]) -> BTreeSet<String> {
    let mut targets = BTreeSet::new();
    let (mut module, mut depth, mut inline) = (file.to_vec(), 0, Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        let follows = |offset: usize| tokens.get(at + offset).map_or("", String::as_str);
        let starts = matches!(follows(0), "crate" | "super" | "self") && follows(1) == "::";
        if starts && (at == 0 || tokens[at - 1] != "::") {
            let mut ends = Vec::new();
            at = walk(tokens, at, &module, &mut ends);
            targets
                .extend(ends.into_iter().map(|end| end.first().cloned().unwrap_or_else(|| "crate".into())));
            continue;
        }
        match follows(0) {
            "mod" if follows(2) == "{" => {
                module.push(follows(1).into());
                inline.push(depth);
                at += 1;
            }
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if inline.last() == Some(&depth) {
                    inline.pop();
                    module.pop();
                }
            }
            _ => {}
        }
        at += 1;
    }
    targets
}

/// Follows the path, or tree of paths, that starts at a token; gives where it ends in the text, and collects
/// the full paths.
fn walk(tokens: &[String], mut at: usize, from: &[String], ends: &mut Vec<Vec<String>>) -> usize {
    let mut path = from.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = if tokens[at] == "," { at + 1 } else { walk(tokens, at, &path, ends) };
                }
                return at + 1;
            }
            Some("crate") => path.clear(),
            Some("super") => drop(path.pop()),
            Some("self") => {}
            Some(name) => path.push(name.into()),
            None => return at,
        }
        at += 1;
        if tokens.get(at).is_none_or(|token| token != "::") {
            ends.push(path);
            // An alias belongs to the path, not to the list it stands in.
            return if tokens.get(at).is_some_and(|token| token == "as") { at + 2 } else { at };
        }
        at += 1;
    }
}

/// Words, `::` and single signs; comments, texts and characters are left out.
fn tokens(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let sign = |at: usize| signs.get(at).copied().unwrap_or('\0');
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let start = at;
        match (sign(at), sign(at + 1)) {
            ('/', '/') => at += signs[at..].iter().take_while(|c| **c != '\n').count(),
            ('/', '*') => at = after_comment(&signs, at),
            ('"', _) => at = after_text(&signs, at),
            ('\'', '\\') => at += 3 + signs[at + 3..].iter().take_while(|c| **c != '\'').count() + 1,
            ('\'', _) => at += if sign(at + 2) == '\'' { 3 } else { 1 },
            (':', ':') => {
                tokens.push("::".into());
                at += 2;
            }
            (c, _) if is_word(c) => {
                at += signs[at..].iter().take_while(|c| is_word(**c)).count();
                let word: String = signs[start..at].iter().collect();
                let hashes = signs[at..].iter().take_while(|c| **c == '#').count();
                match word.as_str() {
                    "r" | "br" | "cr" if sign(at + hashes) == '"' => at = after_raw_text(&signs, at, hashes),
                    "r" if hashes == 1 => at += 1,
                    _ => tokens.push(word),
                }
            }
            (c, _) => {
                if !c.is_whitespace() {
                    tokens.push(c.into());
                }
                at += 1;
            }
        }
    }
    tokens
}

/// Comments nest.
fn after_comment(signs: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < signs.len() {
        match signs.get(at..at + 2) {
            Some(['/', '*']) => (depth, at) = (depth + 1, at + 2),
            Some(['*', '/']) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn after_text(signs: &[char], mut at: usize) -> usize {
    at += 1;
    while at < signs.len() && signs[at] != '"' {
        at += if signs[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn after_raw_text(signs: &[char], at: usize, hashes: usize) -> usize {
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = at + hashes + 1;
    let length = signs[body..].windows(end.len()).position(|window| window == end);
    length.map_or(signs.len(), |length| body + length + end.len())
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("folder can be read") {
        let path = entry.expect("entry can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
