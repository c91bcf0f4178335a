//! What the page says of an answer. Plain text; raised digits are Unicode's, and the page sets them properly.

mod cost;
mod fit;
mod plan;
mod runs;

use std::fmt;

pub use cost::{Cost, assumed, budget_echo, chosen, costs, device_echo, echo, flops_echo, paid};
pub use fit::{Verdict, certificate, decision, progress, verdict};
pub use plan::{
    COLUMNS, Caveat, Cell, LEVEL, RUNGS, What, aloud, caveats, dollars, draws_left_out, effect, found,
    frontier, given, headline, interval, lead, moved, near_floor, of_loss, rung, sentence, takes,
};
pub use runs::{Problem, Problems, ReadCell, ReadRow, about_table, counts, problems, read_row};

use crate::outcome::Place;

/// A stretch of text, and how it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As the text around it.
    Plain(String),
    /// As an exponent.
    Raised(String),
}

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Splits text at its raised digits, which most faces lack.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for letter in text.chars() {
        let raised = match letter {
            '⁻' => Some('−'),
            _ => {
                RAISED.chars().zip('0'..='9').find_map(|(raised, digit)| (raised == letter).then_some(digit))
            }
        };
        match (pieces.last_mut(), raised) {
            (Some(Piece::Raised(text)), Some(digit)) => text.push(digit),
            (Some(Piece::Plain(text)), None) => text.push(letter),
            (_, Some(digit)) => pieces.push(Piece::Raised(digit.into())),
            (_, None) => pieces.push(Piece::Plain(letter.into())),
        }
    }
    pieces
}

/// Prose whose numbers in ASCII, such as `5.76e23`, are written as people do: `5.76 × 10²³`.
pub fn powers(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let is_word =
            rest[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric() || "_.^".contains(letter));
        let number = &rest[at..];
        let end =
            number.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(number.len());
        let (mantissa, after) = number.split_at(end);
        written.push_str(&rest[..at]);
        rest = after;
        match power(after).filter(|_| !is_word) {
            Some((after, raised)) => {
                if mantissa != "1" {
                    written.extend([mantissa, "\u{a0}×\u{a0}"]);
                }
                written.extend(["10", &raised]);
                rest = after;
            }
            None => written.push_str(mantissa),
        }
    }
    written + rest
}

/// What follows the power of ten that a text begins with, and the power in raised digits.
fn power(text: &str) -> Option<(&str, String)> {
    let text = text.strip_prefix('e')?;
    let (minus, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("⁻", digits));
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    let ends = !digits.is_empty()
        && !rest.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    let raised = digits.bytes().filter_map(|digit| RAISED.chars().nth(usize::from(digit - b'0')));
    ends.then(|| (rest, minus.chars().chain(raised).collect()))
}

/// As many of these names are told, and as many letters of each: whoever made a link may have put anything there.
const TOLD: usize = 6;
const LETTERS: usize = 40;

/// Names of parts that were not understood, the first of them and as much of each as tells them apart.
pub fn some_of(names: &[String]) -> String {
    let short = |name: &String| match name.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None if name.is_empty() => "one without a name".to_owned(),
        None => name.clone(),
    };
    let told: Vec<String> = names.iter().take(TOLD).map(short).collect();
    match names.len().saturating_sub(TOLD) {
        0 => told.join(", "),
        more => format!("{} and {more} more", told.join(", ")),
    }
}

/// Parts as a sentence lists them: `a, b and c`.
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The text as it stands in an attribute of HTML: digits that are raised stay as they are.
pub fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text as HTML.
pub fn html(text: &str) -> String {
    let set = |piece| match piece {
        Piece::Plain(text) => attribute(&text),
        Piece::Raised(text) => format!("<sup>{}</sup>", attribute(&text)),
    };
    pieces(text).into_iter().map(set).collect()
}

/// Why a text could not be read, as a sentence.
pub fn complaint<E: fmt::Display>(error: &E) -> String {
    sentence_case(&error.to_string())
}

/// Why there is no answer, as a sentence.
pub fn refusal(message: &str, at: &Place) -> String {
    sentence_case(reason(message, at))
}

/// Why there is no answer: the page shows it where it belongs, so its place in the question is left out.
pub fn reason<'a>(message: &'a str, at: &Place) -> &'a str {
    let place = at.path.as_ref().map(|path| format!("{path}: "));
    place.and_then(|place| message.strip_prefix(&place)).unwrap_or(message)
}

/// A message as a sentence of the page: a capital, curly quotes, a full stop.
pub fn sentence_case(message: &str) -> String {
    let mut sentence = sentence_start(message);
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

/// A message that begins a sentence.
fn sentence_start(message: &str) -> String {
    capital(curly(message))
}

/// The text with a capital at its head. In English: what all other alphabets need for it weighs 3 kB in each program.
pub fn capital(mut text: String) -> String {
    text.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
    text
}

/// Straight quotes made curly.
fn curly(message: &str) -> String {
    let mut open = false;
    let mut turn = |letter| {
        if letter != '"' {
            return letter;
        }
        open = !open;
        if open { '“' } else { '”' }
    };
    message.chars().map(&mut turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_digits_are_set_apart() {
        let raised = |text: &str| Piece::Raised(text.to_owned());
        let plain = |text: &str| Piece::Plain(text.to_owned());
        assert_eq!(pieces("10²³ FLOPs"), [plain("10"), raised("23"), plain(" FLOPs")]);
        assert_eq!(pieces("10⁻¹⁶"), [plain("10"), raised("−16")]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn numbers_in_prose_are_written_as_powers() {
        for (text, written) in [
            ("at 5.76e23 FLOPs, delta 1e-3.", "at 5.76\u{a0}×\u{a0}10²³ FLOPs, delta 10⁻³."),
            ("(1.0e12, 3e10)", "(1.0\u{a0}×\u{a0}10¹², 3\u{a0}×\u{a0}10¹⁰)"),
            (
                "models of 16x16, x1e3, 3e, 2e5a and 1.5 B on 20 tokens.",
                "models of 16x16, x1e3, 3e, 2e5a and 1.5 B on 20 tokens.",
            ),
            ("arXiv 2404.10102v2, 1e", "arXiv 2404.10102v2, 1e"),
            ("", ""),
        ] {
            assert_eq!(powers(text), written);
        }
    }

    #[test]
    fn however_much_is_not_understood_the_line_that_says_so_is_short() {
        let names = |count: usize| (0..count).map(|at| format!("k{at}")).collect::<Vec<_>>();
        assert_eq!(some_of(&names(2)), "k0, k1");
        assert_eq!(some_of(&names(400)), "k0, k1, k2, k3, k4, k5 and 394 more");
        assert_eq!(
            some_of(&["α".repeat(300), String::new()]),
            format!("{}…, one without a name", "α".repeat(40))
        );
    }

    #[test]
    fn a_refusal_leaves_out_its_place_in_the_question() {
        let said = refusal("fit.runs: expected several runs; got one", &Place::path("fit.runs"));
        assert_eq!(said, "Expected several runs; got one.");
        assert_eq!(refusal("expected a law", &Place::path("fit.law")), "Expected a law.");
    }

    #[test]
    fn messages_become_sentences() {
        assert_eq!(sentence_case("expected a size; got \"x\""), "Expected a size; got “x”.");
    }
}
