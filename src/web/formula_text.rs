//! A formula of the law language as a line of text: variables, raised exponents, proper signs.

use crate::ask::Named;
use crate::units::significant;

/// A stretch of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A name.
    Name(String),
    /// Digits, operators, space.
    Sign(String),
    /// An exponent.
    Raised(Vec<Part>),
}

/// The formula in parts. A name with a value is replaced by it, to five significant digits.
pub fn parts(formula: &str, values: &Named<f64>) -> Vec<Part> {
    let letters: Vec<char> = formula.chars().collect();
    Reader { letters: &letters, at: 0, values }.parts()
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    values: &'a Named<f64>,
}

impl Reader<'_> {
    fn parts(mut self) -> Vec<Part> {
        let mut parts = Vec::new();
        while let Some(part) = self.part() {
            parts.push(part);
        }
        parts
    }

    fn part(&mut self) -> Option<Part> {
        let first = *self.letters.get(self.at)?;
        if first.is_alphabetic() {
            let name = self.take_while(|letter| letter.is_alphanumeric() || letter == '_');
            return Some(match self.values.get(&name) {
                Some(value) => Part::Sign(significant(*value, 5)),
                None => Part::Name(greek(&name).map_or(name, str::to_owned)),
            });
        }
        if first.is_ascii_digit() {
            return Some(Part::Sign(self.take_while(|letter| letter.is_ascii_digit() || letter == '.')));
        }
        self.at += 1;
        Some(match first {
            '^' => Part::Raised(self.exponent()),
            '*' => Part::Sign("·".to_owned()),
            '-' => Part::Sign("−".to_owned()),
            other => Part::Sign(other.to_string()),
        })
    }

    /// One name or number, with its sign, or what stands in brackets.
    fn exponent(&mut self) -> Vec<Part> {
        if self.letters.get(self.at) != Some(&'(') {
            let sign = (self.letters.get(self.at) == Some(&'-')).then(|| self.part()).flatten();
            return sign.into_iter().chain(self.part()).collect();
        }
        let mut depth = 0;
        let inside = self.take_while(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth > 0
        });
        self.at += 1;
        parts(inside.get(1..).unwrap_or_default(), self.values)
    }

    fn take_while(&mut self, mut belongs: impl FnMut(char) -> bool) -> String {
        let rest = &self.letters[self.at..];
        let taken: String = rest.iter().take_while(|letter| belongs(**letter)).collect();
        self.at += taken.chars().count();
        taken
    }
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

/// The formula in Python.
pub fn python(formula: &str) -> String {
    formula.replace('^', "**")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Part {
        Part::Name(text.to_owned())
    }

    fn sign(text: &str) -> Part {
        Part::Sign(text.to_owned())
    }

    #[test]
    fn exponents_are_raised_and_greek_names_are_letters() {
        let read = parts("A / N^alpha", &Named::default());
        let expected = [name("A"), sign(" "), sign("/"), sign(" "), name("N"), Part::Raised(vec![name("α")])];
        assert_eq!(read, expected);
        assert_eq!(
            parts("(C/6)^(a - 1)", &Named::default())[5],
            Part::Raised(vec![name("a"), sign(" "), sign("−"), sign(" "), sign("1"),])
        );
        assert_eq!(parts("x^-s", &Named::default())[1], Part::Raised(vec![sign("−"), name("s")]));
    }

    #[test]
    fn values_take_the_place_of_names() {
        let values = Named::from_iter([("E", 1.81721809)]);
        assert_eq!(parts("E*x", &values), [sign("1.8172"), sign("·"), name("x")]);
    }

    #[test]
    fn hostile_text_is_still_text() {
        for text in ["^", "^(", "((((", "x^(a", "^^^", "ü^é"] {
            parts(text, &Named::default());
        }
    }
}
