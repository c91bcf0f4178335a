//! A formula of the law language as lines of text: variables, raised exponents, proper signs.
//!
//! The Plan prints formulas so. The Laws pages set them as they are read ([`maths`](super::maths)): that takes the
//! language's parser, which the program of the Plan does without (ARCHITECTURE.md says what it weighs).

use super::words;
use crate::ask::Named;
use crate::units::significant;

/// The formula as elements of a page, a paragraph for each line. A name with a value is replaced by it, to five
/// significant digits.
pub fn display(formula: &str, values: &Named<f64>) -> String {
    let line = |line: &str| ["<p>", &set(&line.chars().collect::<Vec<_>>(), values), "</p>"].concat();
    formula.lines().map(line).collect()
}

fn set(letters: &[char], values: &Named<f64>) -> String {
    let mut reader = Reader { letters, at: 0, values };
    std::iter::from_fn(|| reader.part()).collect()
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    values: &'a Named<f64>,
}

impl<'a> Reader<'a> {
    /// A name, a number or a sign with what it raises.
    fn part(&mut self) -> Option<String> {
        let first = *self.letters.get(self.at)?;
        if first.is_alphabetic() {
            let name: String =
                self.take_while(|letter| letter.is_alphanumeric() || letter == '_').iter().collect();
            return Some(match self.values.get(&name) {
                Some(value) => words::html(&significant(*value, 5)),
                None => variable(&name),
            });
        }
        self.at += 1;
        Some(match first {
            '^' => format!("<sup>{}</sup>", self.exponent()),
            '*' => "·".to_owned(),
            '-' => "−".to_owned(),
            other => words::html(&other.to_string()),
        })
    }

    /// One name or number, with its sign, or what stands in brackets.
    fn exponent(&mut self) -> String {
        if self.letters.get(self.at) != Some(&'(') {
            let sign = if self.letters.get(self.at) == Some(&'-') { self.part() } else { None };
            let number = self.take_while(|letter| letter.is_ascii_digit() || letter == '.');
            let raised = if number.is_empty() { self.part() } else { Some(number.iter().collect()) };
            return sign.into_iter().chain(raised).collect();
        }
        let mut depth = 0;
        let inside = self.take_while(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth > 0
        });
        self.at += 1;
        set(inside.get(1..).unwrap_or_default(), self.values)
    }

    fn take_while(&mut self, mut belongs: impl FnMut(char) -> bool) -> &'a [char] {
        let letters: &'a [char] = self.letters;
        let rest = &letters[self.at..];
        let taken = rest.iter().take_while(|letter| belongs(**letter)).count();
        self.at += taken;
        &rest[..taken]
    }
}

/// A name: its letter, or the words that it is.
fn variable(name: &str) -> String {
    let name = greek(name).unwrap_or(name);
    if name.chars().count() == 1 { format!("<var>{name}</var>") } else { name.to_owned() }
}

/// The letter that a name stands for.
pub fn greek(name: &str) -> Option<&'static str> {
    Some(match name {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" => "ε",
        "lambda" => "λ",
        "theta" => "θ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(formula: &str) -> String {
        display(formula, &Named::default())
    }

    #[test]
    fn exponents_are_raised_and_greek_names_are_letters() {
        assert_eq!(plain("A / N^alpha"), "<p><var>A</var> / <var>N</var><sup><var>α</var></sup></p>");
        assert_eq!(plain("(C/6)^(a - 1)"), "<p>(<var>C</var>/6)<sup><var>a</var> − 1</sup></p>");
        assert_eq!(plain("x^-s"), "<p><var>x</var><sup>−<var>s</var></sup></p>");
        assert_eq!(plain("x^-0.25*y"), "<p><var>x</var><sup>−0.25</sup>·<var>y</var></p>");
        assert_eq!(plain("N_c <= 2"), "<p>N_c &lt;= 2</p>");
    }

    #[test]
    fn values_take_the_place_of_names() {
        let values = Named::from_iter([("E", 1.81721809), ("A", 4.82e20)]);
        assert_eq!(display("E*x", &values), "<p>1.8172·<var>x</var></p>");
        assert_eq!(display("A", &values), "<p>4.8200\u{a0}×\u{a0}10<sup>20</sup></p>");
    }

    #[test]
    fn each_line_is_a_paragraph() {
        assert_eq!(
            plain("a = x\nb = y"),
            "<p><var>a</var> = <var>x</var></p><p><var>b</var> = <var>y</var></p>"
        );
    }

    #[test]
    fn hostile_text_is_still_text() {
        for text in ["^", "^(", "((((", "x^(a", "^^^", "ü^é", "<b>^<i>"] {
            assert!(!plain(text).contains("<b>"));
        }
    }
}
