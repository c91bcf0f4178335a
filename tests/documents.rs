//! The documents speak of things that exist.

use std::fs;
use std::path::Path;

const DOCUMENTS: [&str; 6] =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/embedding.md", "npm/README.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What stands between single backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2))
}

fn everything_in(folder: &str) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(root().join(folder)).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_file() {
            text += &fs::read_to_string(&path).unwrap_or_default();
        } else if let Some(name) = path.file_name() {
            text += &everything_in(&format!("{folder}/{}", name.to_string_lossy()));
        }
    }
    text
}

#[test]
fn every_test_that_holds_an_invariant_exists() {
    let architecture = document("ARCHITECTURE.md");
    let (_, table) = architecture.split_once("## Invariants").expect("the invariants");
    let (table, _) = table.split_once("\n## ").expect("the next section");
    let tests = everything_in("tests") + &everything_in("gpu/tests");
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 7, "the table was found");
    for row in rows {
        let held_by = row.rsplit(" | ").next().unwrap_or_default();
        assert!(quoted(held_by).count() > 0, "no test holds this: {row}");
        for name in quoted(held_by) {
            let begins = ["fn {}(", "test(\"{}\"", "test(`{}`", "test(`{}: ", "test(`{}, "]
                .map(|begin| begin.replace("{}", name));
            assert!(begins.iter().any(|begin| tests.contains(begin)), "no test is called {name}");
        }
    }
}

#[test]
fn every_file_that_a_document_names_exists() {
    for name in DOCUMENTS {
        for path in quoted(&document(name)) {
            let is_path =
                path.contains('/') && !path.contains([' ', '<', '*', '=', ':']) && !path.starts_with('/');
            if !is_path || path.starts_with("target/") || path.starts_with("dist") {
                continue;
            }
            let exists = [root().join(path), root().join("src").join(path)].iter().any(|path| path.exists());
            assert!(exists, "{name} names {path}, which is not there");
        }
    }
}

#[test]
fn the_law_of_the_walk_through_is_the_one_in_the_repository() {
    let contributing = document("CONTRIBUTING.md");
    let sources = [document("src/laws/cerebras.rs"), document("src/laws/mod.rs")].concat();
    let blocks: Vec<&str> =
        contributing.split("```rust\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert!(blocks.len() >= 3, "the walk-through was found");
    for block in blocks {
        assert!(sources.contains(block), "not in the repository:\n{block}");
    }
}
