//! A formula as MathML, for the page. MathML Core alone: what browsers draw without help.

use super::parse::read;
use super::syntax::{Comparison, Fold, Formula};
use super::typeset::{Fence, Letters, Numeral, Sign, Style, Symbol, typeset};

impl Formula {
    /// The formula as a `math` element in display style, with numbers in place of the names that `values`
    /// has, to five digits. Laws that it calls are printed as called.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let mathml = Formula::parse("A / N")?.mathml(&[]);
    /// let fraction = "<mfrac><mrow><mi>A</mi></mrow><mrow><mi>N</mi></mrow></mfrac>";
    /// assert_eq!(mathml, format!("<math display=\"block\">{fraction}</math>"));
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn mathml(&self, values: &[(&str, f64)]) -> String {
        // As written: a law that has been written in would be printed again and again.
        read(&self.text, self.text.len())
            .map(|formula| typeset(&formula, &MathMl, values))
            .unwrap_or_default()
    }
}

struct MathMl;

/// A product that is heard, and seen as a thin space; and the invisible application of a function.
const TIMES: &str = "<mo rspace=\"0.14em\">\u{2062}</mo>";
const APPLIED: &str = "<mo>\u{2061}</mo>";

fn symbol(symbol: &Symbol) -> String {
    match symbol {
        Symbol::Greek(_, letter) => format!("<mi>{letter}</mi>"),
        Symbol::Plain(text) if text.chars().all(|c| c.is_ascii_digit() || c == '-') => {
            format!("<mn>{}</mn>", text.replace('-', "\u{2212}"))
        }
        // A word of several letters is upright by itself.
        Symbol::Plain(text) => format!("<mi>{text}</mi>"),
    }
}

fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<mo>&lt;</mo>",
        Comparison::AtMost => "<mo>≤</mo>",
        Comparison::Greater => "<mo>&gt;</mo>",
        Comparison::AtLeast => "<mo>≥</mo>",
        Comparison::Equal => "<mo>=</mo>",
        Comparison::NotEqual => "<mo>≠</mo>",
    }
}

fn cell(inside: &str) -> String {
    format!("<mtd>{inside}</mtd>")
}

/// Words; browsers drop a space at their end unless it may not break.
fn text(words: &str) -> String {
    format!("<mtext>{}</mtext>", words.replace(' ', "\u{a0}"))
}

impl Style for MathMl {
    fn numeral(&self, numeral: &Numeral) -> String {
        let mantissa = format!("<mn>{}</mn>", numeral.mantissa);
        let Some(exponent) = numeral.exponent else { return mantissa };
        let sign = if exponent < 0 { "<mo>\u{2212}</mo>" } else { "" };
        let power = self.raised("<mn>10</mn>", &format!("{sign}<mn>{}</mn>", exponent.abs()));
        if numeral.mantissa == "1" { power } else { format!("{mantissa}<mo>×</mo>{power}") }
    }

    fn letters(&self, letters: &Letters) -> String {
        let base = symbol(&letters.base);
        let below: Vec<String> = letters.below.iter().map(symbol).collect();
        if below.is_empty() { base } else { self.lowered(&base, &below.join("<mo>,</mo>")) }
    }

    fn word(&self, word: &str) -> String {
        match word {
            "e" => "<mi mathvariant=\"normal\">e</mi>".to_owned(),
            _ => format!("<mi>{word}</mi>"),
        }
    }

    fn sign(&self, sign: Sign) -> String {
        match sign {
            Sign::Plus => "<mo>+</mo>",
            Sign::Minus => "<mo>\u{2212}</mo>",
            Sign::Product => TIMES,
            Sign::Dot => "<mo>⋅</mo>",
            Sign::Comma => "<mo>,</mo>",
            Sign::In => "<mo>∈</mo>",
            Sign::Equals => "<mo>=</mo>",
            Sign::Compare(how) => comparison(how),
        }
        .to_owned()
    }

    fn row(&self, parts: Vec<String>) -> String {
        let mut parts = parts.into_iter();
        let mut row = parts.next().unwrap_or_default();
        parts.for_each(|part| row.push_str(&part));
        row
    }

    fn fraction(&self, above: &str, below: &str) -> String {
        format!("<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>")
    }

    fn raised(&self, base: &str, exponent: &str) -> String {
        format!("<msup><mrow>{base}</mrow><mrow>{exponent}</mrow></msup>")
    }

    fn lowered(&self, base: &str, index: &str) -> String {
        format!("<msub><mrow>{base}</mrow><mrow>{index}</mrow></msub>")
    }

    fn root(&self, inside: &str) -> String {
        format!("<msqrt>{inside}</msqrt>")
    }

    fn fenced(&self, fence: Fence, inside: &str) -> String {
        let (open, close) = match fence {
            Fence::Round => ("(", ")"),
            Fence::Square => ("[", "]"),
            Fence::Bars => ("|", "|"),
            Fence::Floor => ("⌊", "⌋"),
            Fence::Ceiling => ("⌈", "⌉"),
        };
        format!("<mrow><mo form=\"prefix\">{open}</mo>{inside}<mo form=\"postfix\">{close}</mo></mrow>")
    }

    fn applied(&self, function: &str, arguments: &str) -> String {
        format!("<mrow>{function}{APPLIED}{arguments}</mrow>")
    }

    fn large(&self, fold: Fold, below: &str, above: Option<&str>) -> String {
        let sign = match fold {
            Fold::Sum => "<mo>∑</mo>",
            Fold::Product => "<mo>∏</mo>",
        };
        match above {
            Some(above) => {
                format!("<munderover>{sign}<mrow>{below}</mrow><mrow>{above}</mrow></munderover>")
            }
            None => format!("<munder>{sign}<mrow>{below}</mrow></munder>"),
        }
    }

    fn cases(&self, yes: &str, condition: &str, no: &str) -> String {
        let holds = format!("<mtr>{}{}</mtr>", cell(yes), cell(&(text("if ") + condition)));
        let otherwise = format!("<mtr>{}{}</mtr>", cell(no), cell(&text("otherwise")));
        format!("<mrow><mo form=\"prefix\">{{</mo><mtable>{holds}{otherwise}</mtable></mrow>")
    }

    fn lines(&self, lines: &[(Option<String>, String)], conditions: &[String]) -> String {
        let named = |(name, value): &(Option<String>, String)| match name {
            Some(name) => format!("{name}<mo>=</mo>{value}"),
            None => value.clone(),
        };
        let inside = if let ([line], []) = (lines, conditions) {
            named(line)
        } else {
            let mut rows: Vec<String> = lines.iter().map(named).collect();
            if !conditions.is_empty() {
                rows.push(text("where ") + &conditions.join("<mo>,</mo>"));
            }
            let rows = rows.iter().map(|row| format!("<mtr>{}</mtr>", cell(row)));
            format!("<mtable>{}</mtable>", rows.collect::<String>())
        };
        format!("<math display=\"block\">{inside}</math>")
    }
}
