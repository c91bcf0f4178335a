//! A Question has one answer, to the last bit, natively and in wasm.
//!
//! The wasm side is what `make test` builds first: the npm module (`scripts/npm.sh`), which answers the
//! sample questions, and `examples/kernels.rs`, which computes the kernels. Both run under Node. Where they
//! are missing or older than the sources these tests say so and are skipped; where `CI=true` they fail.

mod kernels;
#[path = "../sheets/mod.rs"]
mod sheets;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{env, fs};

use isoflop::ask::answer_text;
use kernels::KERNELS;

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// When the newest file of a folder, or a file itself, was written.
fn newest(path: &Path) -> SystemTime {
    let written = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).expect("a date");
    if !path.is_dir() {
        return written(path);
    }
    let entries = fs::read_dir(path).expect("a folder");
    entries.map(|entry| newest(&entry.expect("an entry").path())).max().unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Why the wasm modules cannot be compared with this source, if they cannot.
fn missing() -> Option<String> {
    for module in ["npm", "kernels"] {
        let built = root().join(format!("target/{module}-built"));
        if !built.exists() {
            return Some(format!("target/{module} is not there"));
        }
        let sources = [
            "src",
            "Cargo.toml",
            "Cargo.lock",
            "examples/npm.rs",
            "examples/kernels.rs",
            "tests/bit_identical/kernels.rs",
        ];
        let changed = sources.iter().find(|source| newest(&root().join(source)) > newest(&built));
        if let Some(source) = changed {
            return Some(format!("target/{module} is older than {source}"));
        }
    }
    None
}

/// Where what the wasm modules compute is written.
fn folder(what: &str) -> PathBuf {
    let folder = root().join("target/bit-identical").join(what);
    fs::create_dir_all(&folder).expect("a folder to write to");
    folder
}

/// What the wasm modules computed, in a folder; or none, after a word, where they cannot be compared.
fn computed_by_wasm(what: &str) -> Option<PathBuf> {
    if let Some(reason) = missing() {
        let hint = format!("{reason}; scripts/npm.sh and scripts/kernels.sh make it");
        assert!(env::var("CI").as_deref() != Ok("true"), "{hint}");
        eprintln!("SKIPPED: {hint}");
        return None;
    }
    let folder = folder(what);
    let script = root().join("tests/bit_identical/node.mjs");
    let node = Command::new("node").arg(script).arg(what).arg(&folder).output().expect("node is there");
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
    Some(folder)
}

/// One word for a long answer: FNV-1a.
fn digest(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The words of a file.
fn words(path: &Path) -> Vec<u64> {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    bytes.chunks_exact(8).map(|word| u64::from_le_bytes(word.try_into().expect("eight bytes"))).collect()
}

#[test]
fn kernels_give_the_same_bits_natively_and_in_wasm() {
    let Some(folder) = computed_by_wasm("kernels") else { return };
    let mut different = Vec::new();
    for (index, (name, kernel)) in KERNELS.iter().enumerate() {
        let (native, wasm) = (kernel(), words(&folder.join(format!("{index}.bin"))));
        let of =
            |words: &[u64]| digest(&words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>());
        println!("{name}: {} words, native {:016x}, wasm {:016x}", native.len(), of(&native), of(&wasm));
        assert_eq!(native.len(), wasm.len(), "{name}");
        let count = native.iter().zip(&wasm).filter(|(a, b)| a != b).count();
        if let Some(i) = (0..native.len()).find(|&i| native[i] != wasm[i]) {
            let [a, b] = [native[i], wasm[i]];
            different.push(format!(
                "{name}: {count} of {} words, first word {i}: native {a:016x} = {:?}, wasm {b:016x} = {:?}",
                native.len(),
                f64::from_bits(a),
                f64::from_bits(b),
            ));
        }
    }
    assert!(different.is_empty(), "these differ between native and wasm:\n{}", different.join("\n"));
}

#[test]
fn sample_questions_have_the_same_answers_natively_and_in_wasm() {
    let Some(folder) = computed_by_wasm("questions") else { return };
    let questions = fs::read_dir(root().join("examples/questions")).expect("questions");
    let mut compared = 0;
    for path in questions.map(|entry| entry.expect("an entry").path()) {
        let name = path.file_name().expect("a name");
        let question = fs::read_to_string(&path).expect("a question");
        let wasm = fs::read_to_string(folder.join(name)).expect("the answer of wasm");
        let native = answer_text(&question, &mut |_| {});
        println!("{}: {:016x}", name.display(), digest(native.as_bytes()));
        assert_eq!(native, wasm, "{}", name.display());
        compared += 1;
    }
    assert!(compared >= 10, "only {compared} sample questions");
}

#[test]
fn what_the_law_sheets_ask_has_the_same_answers_natively_and_in_wasm() {
    let rows = sheets::SHEETS.iter().flat_map(|sheet| sheets::rows(sheet));
    let questions: BTreeSet<String> = rows.map(|row| row.question).collect();
    let lines: Vec<&str> = questions.iter().map(String::as_str).collect();
    fs::write(folder("lines").join("questions.txt"), lines.join("\n")).expect("a file to write to");
    let Some(folder) = computed_by_wasm("lines") else { return };
    let answers = fs::read_to_string(folder.join("answers.txt")).expect("the answers of wasm");
    let different: Vec<&str> = questions
        .iter()
        .zip(answers.lines())
        .filter(|(question, wasm)| answer_text(question, &mut |_| {}) != *wasm)
        .map(|(question, _)| question.as_str())
        .collect();
    println!("{} questions", questions.len());
    assert_eq!(answers.lines().count(), questions.len());
    assert!(different.is_empty(), "these differ between native and wasm:\n{}", different.join("\n"));
}
