//! Answers one Question per line of standard input, one Answer per line.
//!
//! ```sh
//! echo '{"predict":{"law":"chinchilla","at":{"N":"70B","D":"1.4T"}}}' | cargo run --example ask
//! ```

use std::io::{self, BufRead, Write};

use isoflop::ask::answer_text;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        // What is not UTF-8 is no JSON either, and is answered as such.
        let question = String::from_utf8_lossy(&line);
        if !question.trim().is_empty() {
            writeln!(out, "{}", answer_text(&question, &mut |_| {}))?;
        }
    }
    Ok(())
}
