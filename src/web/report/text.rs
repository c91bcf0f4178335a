//! Text as other programs set it.

/// Spaces that a text editor knows.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// A line of comment, behind the sign of one. What is said may have been named by whoever made a link, and stays on that line.
pub fn comment(sign: &str, says: &str) -> String {
    let words: Vec<&str> = says.split_whitespace().collect();
    format!("{sign} {}\n", words.join(" "))
}

/// A table in Markdown: `columns` has an `l` or an `r` for each.
pub fn markdown(columns: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cell = |cell: &str| format!(" {} |", cell.replace('|', "\\|"));
        format!("|{}\n", cells.map(cell).collect::<String>())
    };
    let rule = columns.chars().map(|column| if column == 'r' { "---:|" } else { "---|" });
    let rows = rows.iter().map(|row| line(&mut row.iter().map(String::as_str)));
    let head = line(&mut head.iter().copied());
    plain(&format!("{head}|{}\n{}", rule.collect::<String>(), rows.collect::<String>()))
}

/// A table in LaTeX, under a comment.
pub fn tabular(says: &str, columns: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        format!("{} \\\\\n", cells.map(tex).collect::<Vec<_>>().join(" & "))
    };
    let rows: String = rows.iter().map(|row| line(&mut row.iter().map(String::as_str))).collect();
    let head = line(&mut head.iter().copied());
    format!(
        "{}\\begin{{tabular}}{{{columns}}}\n\\hline\n{head}\\hline\n{rows}\\hline\n\\end{{tabular}}\n",
        comment("%", says)
    )
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
                    '%' | '&' | '_' | '#' | '$' | '{' | '}' => out.extend(['\\', letter]),
                    '~' => out += "\\textasciitilde{}",
                    '^' => out += "\\textasciicircum{}",
                    '\\' => out += "\\textbackslash{}",
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
