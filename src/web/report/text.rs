//! Text as other programs set it.

/// Spaces that a text editor knows.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Text in LaTeX.
pub fn tex(text: &str) -> String {
    let mut raised = String::new();
    let mut out = String::new();
    for letter in plain(text).chars() {
        match "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".chars().position(|digit| digit == letter) {
            Some(10) => raised.push('-'),
            Some(digit) => raised += &digit.to_string(),
            None => {
                close(&mut out, &mut raised);
                match letter {
                    '×' => out += "$\\times$",
                    '−' => out += "$-$",
                    '%' | '&' | '_' | '#' => out.extend(['\\', letter]),
                    other => out.push(other),
                }
            }
        }
    }
    close(&mut out, &mut raised);
    out
}

fn close(out: &mut String, raised: &mut String) {
    if !raised.is_empty() {
        out.extend(["$^{", &**raised, "}$"]);
        raised.clear();
    }
}
