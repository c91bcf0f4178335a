//! Formulas as elements of a page.

use super::formula_text::titled;
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
        [only] => titled(only, formula),
        _ => formula.to_owned(),
    }
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
