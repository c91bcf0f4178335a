//! Formulas as elements of a page.

use crate::formula::Formula;

/// A formula of the law language as a `math` element of its own line, with numbers in place of the names that
/// `values` has; as it was typed where it cannot be read.
pub fn display(formula: &str, values: &[(&str, f64)]) -> String {
    Formula::parse(formula)
        .map_or_else(|_| format!("<code>{}</code>", super::words::html(formula)), |read| read.mathml(values))
}

/// A formula as a `math` element among words.
pub fn inline(formula: &str) -> String {
    display(formula, &[]).replacen(" display=\"block\"", "", 1)
}

/// A symbol at the head of a row: seen as a formula, and read as the name that it has in the law language.
pub fn head(symbol: &str) -> String {
    let name = super::words::html(symbol);
    format!("<span aria-hidden=\"true\">{}</span><span class=\"unseen\">{name}</span>", inline(symbol))
}

/// A formula as LaTeX; nothing where it cannot be read.
pub fn latex(formula: &str, values: &[(&str, f64)]) -> String {
    Formula::parse(formula).map_or_else(|_| String::new(), |read| read.latex(values))
}

/// What a law computes, by its formula: several outputs have a named line each.
pub fn equation(outputs: &[&str], formula: &str) -> String {
    match outputs {
        [only] if !named(formula, only) => titled(only, formula),
        _ => formula.to_owned(),
    }
}

/// Whether a line of the formula already has this name.
fn named(formula: &str, name: &str) -> bool {
    Formula::parse(formula).is_ok_and(|read| read.outputs().contains(&name))
}

/// The last line, which has no name, with one. Conditions stand below it.
fn titled(name: &str, formula: &str) -> String {
    let last = lines(formula).filter(|(_, line)| !line.is_empty() && !line.starts_with("where ")).last();
    let at = last.map_or(0, |(at, _)| at);
    format!("{}{name} = {}", &formula[..at], &formula[at..])
}

/// The lines, with where each begins. A semicolon ends one, except in brackets.
fn lines(formula: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut depth = 0;
    let ends = move |letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == '\n' || letter == ';' && depth == 0
    };
    formula.split(ends).map(move |line| {
        let line = line.trim_start();
        (line.as_ptr() as usize - formula.as_ptr() as usize, line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_says_what_it_computes() {
        assert_eq!(equation(&["L"], "E + A / N^alpha"), "L = E + A / N^alpha");
        assert_eq!(
            equation(&["L"], "U = min(D, M); E + U\nwhere D > 0"),
            "U = min(D, M); L = E + U\nwhere D > 0"
        );
        assert_eq!(equation(&["L"], "law(a; N, D) + 1"), "L = law(a; N, D) + 1");
        assert_eq!(equation(&["L"], "L = E + U"), "L = E + U");
        assert_eq!(equation(&["a", "b"], "a = x; b = y"), "a = x; b = y");
    }

    #[test]
    fn a_symbol_stands_among_words() {
        assert_eq!(inline("N"), "<math><mi>N</mi></math>");
        assert_eq!(display("2 +", &[]), "<code>2 +</code>");
    }
}
