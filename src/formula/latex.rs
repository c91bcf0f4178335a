//! A formula as LaTeX, for a paper.

use super::parse::read;
use super::syntax::{Comparison, Fold, Formula};
use super::typeset::{Fence, Letters, Numeral, Sign, Style, Symbol, typeset};

impl Formula {
    /// The formula as LaTeX for mathematics mode, with numbers in place of the names that `values` has, to
    /// five digits. Needs the package `amsmath`. Laws that it calls are printed as called.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let law = Formula::parse("L = E + A / N^alpha")?;
    /// assert_eq!(law.latex(&[]), r"L = E + \frac{A}{N^{\alpha}}");
    /// assert_eq!(law.latex(&[("E", 1.8172), ("alpha", 0.3478)]), r"L = 1.8172 + \frac{A}{N^{0.3478}}");
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn latex(&self, values: &[(&str, f64)]) -> String {
        // As written: a law that has been written in would be printed again and again.
        read(&self.text, self.text.len()).map(|formula| typeset(&formula, &Latex, values)).unwrap_or_default()
    }
}

struct Latex;

fn symbol(symbol: &Symbol) -> String {
    match symbol {
        Symbol::Greek(name, _) => format!("\\{name}"),
        Symbol::Plain(text) if text.chars().count() == 1 && text != "_" => text.clone(),
        Symbol::Plain(text) if text.chars().all(|c| c.is_ascii_digit() || c == '-') => text.clone(),
        Symbol::Plain(text) => format!("\\mathrm{{{}}}", escaped(text)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('_', "\\_")
}

fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "\\le",
        Comparison::Greater => ">",
        Comparison::AtLeast => "\\ge",
        Comparison::Equal => "=",
        Comparison::NotEqual => "\\ne",
    }
}

impl Style for Latex {
    fn numeral(&self, numeral: &Numeral) -> String {
        match (numeral.mantissa.as_str(), numeral.exponent) {
            (mantissa, None) => mantissa.to_owned(),
            ("1", Some(exponent)) => format!("10^{{{exponent}}}"),
            (mantissa, Some(exponent)) => format!("{mantissa} \\times 10^{{{exponent}}}"),
        }
    }

    fn letters(&self, letters: &Letters) -> String {
        let base = symbol(&letters.base);
        let below: Vec<String> = letters.below.iter().map(symbol).collect();
        if below.is_empty() { base } else { self.lowered(&base, &below.join(", ")) }
    }

    fn word(&self, word: &str) -> String {
        match word {
            "e" => "\\mathrm{e}".to_owned(),
            "ln" | "log" | "cos" | "min" | "max" => format!("\\{word}"),
            _ => format!("\\operatorname{{{}}}", escaped(word)),
        }
    }

    fn sign(&self, sign: Sign) -> String {
        match sign {
            Sign::Plus => "+",
            Sign::Minus => "-",
            Sign::Product => "\\,",
            Sign::Dot => "\\cdot",
            Sign::Comma => ",",
            Sign::In => "\\in",
            Sign::Equals => "=",
            Sign::Compare(how) => comparison(how),
        }
        .to_owned()
    }

    fn row(&self, parts: Vec<String>) -> String {
        let mut parts = parts.into_iter().filter(|part| !part.is_empty());
        let mut row = parts.next().unwrap_or_default();
        for part in parts {
            // No space before a comma, nor after a sign in front.
            if part != "," && row != "-" {
                row.push(' ');
            }
            row.push_str(&part);
        }
        row
    }

    fn fraction(&self, above: &str, below: &str) -> String {
        format!("\\frac{{{above}}}{{{below}}}")
    }

    fn raised(&self, base: &str, exponent: &str) -> String {
        format!("{base}^{{{exponent}}}")
    }

    fn lowered(&self, base: &str, index: &str) -> String {
        format!("{base}_{{{index}}}")
    }

    fn root(&self, inside: &str) -> String {
        format!("\\sqrt{{{inside}}}")
    }

    fn fenced(&self, fence: Fence, inside: &str) -> String {
        let (open, close) = match fence {
            Fence::Round => ("(", ")"),
            Fence::Square => ("[", "]"),
            Fence::Bars => ("|", "|"),
            Fence::Floor => ("\\lfloor ", "\\rfloor"),
            Fence::Ceiling => ("\\lceil ", "\\rceil"),
        };
        format!("\\left{open}{inside}\\right{close}")
    }

    fn applied(&self, function: &str, arguments: &str) -> String {
        format!("{function}{arguments}")
    }

    fn large(&self, fold: Fold, below: &str, above: Option<&str>) -> String {
        let sign = match fold {
            Fold::Sum => "\\sum",
            Fold::Product => "\\prod",
        };
        let above = above.map_or_else(String::new, |above| format!("^{{{above}}}"));
        format!("{sign}_{{{below}}}{above}")
    }

    fn cases(&self, yes: &str, condition: &str, no: &str) -> String {
        format!(
            "\\begin{{cases}} {yes} & \\text{{if }} {condition} \\\\ {no} & \\text{{otherwise}} \\end{{cases}}"
        )
    }

    fn lines(&self, lines: &[(Option<String>, String)], conditions: &[String]) -> String {
        if let ([(name, value)], []) = (lines, conditions) {
            return name.as_ref().map_or_else(|| value.clone(), |name| format!("{name} = {value}"));
        }
        let line = |(name, value): &(Option<String>, String)| match name {
            Some(name) => format!("{name} &= {value}"),
            None => format!("&{value}"),
        };
        let mut rows: Vec<String> = lines.iter().map(line).collect();
        if !conditions.is_empty() {
            rows.push(format!("&\\text{{where }} {}", conditions.join(", \\; ")));
        }
        format!("\\begin{{aligned}} {} \\end{{aligned}}", rows.join(" \\\\ "))
    }
}
