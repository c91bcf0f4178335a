//! A formula of the law language as lines of text or of LaTeX: variables, raised exponents, proper signs.
//!
//! The Plan prints formulas so. The Laws pages set them as they are read ([`maths`](super::maths)): that takes the
//! language's parser, which the program of the Plan does without (ARCHITECTURE.md says what it weighs).

use super::report::text::tex;
use super::words;
use crate::ask::Named;
use crate::units::significant;

/// The formula as elements of a page, a paragraph for each line. A name with a value is replaced by it, to five
/// significant digits.
pub fn display(formula: &str, values: &Named<f64>) -> String {
    formula.lines().map(|line| ["<p>", &set(line, values, &PAGE), "</p>"].concat()).collect()
}

/// The formula as a line of LaTeX for mathematics mode.
pub fn latex(formula: &str, values: &Named<f64>) -> String {
    set(formula, values, &LATEX)
}

/// The formula with the name of what its last line gives, where that line has none. Conditions stand below it.
pub fn titled(name: &str, formula: &str) -> String {
    let last = lines(formula).filter(|(_, line)| !line.is_empty() && !line.starts_with("where ")).last();
    let (at, line) = last.unwrap_or((0, formula));
    let is_titled = line.strip_prefix(name).is_some_and(|rest| is_equals(rest.trim_start()));
    if is_titled { formula.to_owned() } else { format!("{}{name} = {}", &formula[..at], &formula[at..]) }
}

fn is_equals(text: &str) -> bool {
    text.starts_with('=') && !text.starts_with("==")
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

/// A way of writing what a formula is made of.
struct Style {
    name: fn(&str) -> String,
    number: fn(&str) -> String,
    raised: fn(&str) -> String,
    product: &'static str,
    minus: &'static str,
    other: fn(&str) -> String,
}

const PAGE: Style = Style {
    name: variable,
    number: words::html,
    raised: |exponent| format!("<sup>{exponent}</sup>"),
    product: "·",
    minus: "−",
    other: words::html,
};

const LATEX: Style = Style {
    name: command,
    number: |number| tex(&number.replace('\u{202f}', "~")).replace('$', "").replace('~', "\\,"),
    raised: |exponent| format!("^{{{exponent}}}"),
    product: "\\cdot ",
    minus: "-",
    other: str::to_owned,
};

fn set(formula: &str, values: &Named<f64>, style: &Style) -> String {
    let letters: Vec<char> = formula.chars().collect();
    Reader { letters: &letters, at: 0, values, style }.rest()
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    values: &'a Named<f64>,
    style: &'a Style,
}

impl<'a> Reader<'a> {
    fn rest(mut self) -> String {
        std::iter::from_fn(|| self.part()).collect()
    }

    /// A name, a number or a sign with what it raises.
    fn part(&mut self) -> Option<String> {
        let first = *self.letters.get(self.at)?;
        if is_letter(first) {
            let from = self.at;
            let is_of_name = |letter: char| is_letter(letter) || letter.is_ascii_digit() || letter == '_';
            let name: String = self.take_while(is_of_name).iter().collect();
            return Some(match self.values.get(&name) {
                Some(value) => self.number(*value, from),
                None => (self.style.name)(&name),
            });
        }
        self.at += 1;
        Some(match first {
            '^' => (self.style.raised)(&self.exponent()),
            '*' => self.style.product.to_owned(),
            '-' => self.style.minus.to_owned(),
            other => (self.style.other)(other.encode_utf8(&mut [0; 4])),
        })
    }

    /// A value in the place of a name, in brackets where a power of ten would be raised or divided by.
    fn number(&self, value: f64, from: usize) -> String {
        let digits = significant(value, 5);
        let is_divisor = self.letters[..from].iter().rev().find(|letter| **letter != ' ') == Some(&'/');
        let is_raised = self.letters[self.at..].iter().find(|letter| **letter != ' ') == Some(&'^');
        let number = (self.style.number)(&digits);
        if digits.contains('×') && (is_divisor || is_raised) { format!("({number})") } else { number }
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
        Reader { letters: inside.get(1..).unwrap_or_default(), at: 0, ..*self }.rest()
    }

    fn take_while(&mut self, mut belongs: impl FnMut(char) -> bool) -> &'a [char] {
        let letters: &'a [char] = self.letters;
        let rest = &letters[self.at..];
        let taken = rest.iter().take_while(|letter| belongs(**letter)).count();
        self.at += taken;
        &rest[..taken]
    }
}

/// A name on a page: its letter, or the words that it is.
fn variable(name: &str) -> String {
    let name = greek(name).unwrap_or(name);
    if name.chars().count() == 1 { format!("<var>{name}</var>") } else { name.to_owned() }
}

/// Whether it may stand in a name: Latin and Greek letters may.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\u{370}'..='\u{3ff}')
}

/// A name in LaTeX.
fn command(name: &str) -> String {
    match name.split_once('_') {
        _ if greek(name).is_some() => format!("\\{name}"),
        Some((base, below)) => format!("{}_{{{}}}", command(base), command(below)),
        None if name.chars().count() > 1 => format!("\\mathrm{{{name}}}"),
        None => name.to_owned(),
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
    fn a_power_of_ten_stands_in_brackets_where_it_is_raised() {
        let values = Named::from_iter([("D", 3e20), ("b", 0.3)]);
        assert_eq!(
            latex("x / D^b - D", &values),
            "x / (3.0000 \\times 10^{20})^{0.30000} - 3.0000 \\times 10^{20}"
        );
    }

    #[test]
    fn latex_has_commands_for_greek_names_and_braces_around_exponents() {
        let none = Named::default();
        assert_eq!(
            latex("L = E + A*N_active^(-alpha / 2)", &none),
            "L = E + A\\cdot N_{\\mathrm{active}}^{-\\alpha / 2}"
        );
        assert_eq!(latex("min(x, N_c)", &none), "\\mathrm{min}(x, N_{c})");
    }

    #[test]
    fn the_last_line_has_the_name_of_what_is_computed() {
        for (formula, titled) in [
            ("r = a / b\n(r * C)^r", "r = a / b\nN = (r * C)^r"),
            ("U = min(D, M); E + U\nwhere D > 0", "U = min(D, M); N = E + U\nwhere D > 0"),
            ("law(a; N, D) + 1", "N = law(a; N, D) + 1"),
            ("N == 1", "N = N == 1"),
            ("N= 1", "N= 1"),
        ] {
            assert_eq!(super::titled("N", formula), titled);
        }
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
