//! What programs print that are in Python.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// The Python that has NumPy, made once for all tests; empty where this machine has none.
static PYTHON: LazyLock<String> = LazyLock::new(|| {
    let python = Command::new("scripts/python.sh").output().expect("the script runs");
    assert!(python.status.success());
    String::from_utf8(python.stdout).expect("a path").trim().to_owned()
});

/// What a program prints; nothing where this machine has no Python.
pub fn printed(program: &str) -> Option<Vec<f64>> {
    let python = PYTHON.as_str();
    if python.is_empty() {
        eprintln!("SKIPPED: there is no Python 3.11 or later here");
        return None;
    }
    let mut child = Command::new(python)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python runs");
    child.stdin.take().expect("a pipe").write_all(program.as_bytes()).expect("it is read");
    let out = child.wait_with_output().expect("it ends");
    assert!(out.status.success(), "{}", program.chars().take(2000).collect::<String>());
    let text = String::from_utf8(out.stdout).expect("text");
    Some(text.split_whitespace().map(|number| number.parse().expect("a number")).collect())
}
