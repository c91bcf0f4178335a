//! Characters to tokens.

use super::FormulaError;
use crate::num::decimal;

/// A word, number or sign of the language.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// A name, with Greek letters spelled out.
    Name(String),
    /// One of `+ - * / ^ ( ) [ ] , : .. = < <= > >= == !=`.
    Sign(&'static str),
    /// A new line or `;`.
    End,
    /// What `law(` calls.
    Law(String),
}

/// A token and the character at which it begins.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub token: Token,
    pub position: usize,
}

/// Reads the whole text. New lines and `;` become [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, FormulaError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens: Vec<Placed> = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let position = at;
        let c = characters[at];
        let token = if c == '\n' || c == ';' {
            at += 1;
            Token::End
        } else if c.is_whitespace() {
            at += 1;
            continue;
        } else if c.is_ascii_digit() || (c == '.' && characters.get(at + 1) != Some(&'.')) {
            let (number, next) = number(&characters, at)?;
            at = next;
            Token::Number(number)
        } else if is_name_start(c) {
            let next = (at..characters.len()).find(|&i| !is_name(characters[i])).unwrap_or(characters.len());
            let name: String = characters[at..next].iter().map(|&c| spelled(c)).collect();
            let after_number = matches!(tokens.last(), Some(Placed { token: Token::Number(_), .. }));
            if after_number && name != "where" {
                return Err(implicit_product(&tokens, &name, position));
            }
            at = next;
            Token::Name(name)
        } else {
            let (sign, length) = sign(&characters[at..]).ok_or_else(|| FormulaError::Unexpected {
                expected: "a number, a name or one of + - * / ^ ( )".to_owned(),
                given: format!("{c:?}"),
                position,
            })?;
            at += length;
            Token::Sign(sign)
        };
        let calls = token == Token::Sign("(") && is_law(tokens.last());
        tokens.push(Placed { token, position });
        if calls {
            at = called(&characters, at, &mut tokens);
        }
    }
    Ok(tokens)
}

fn is_law(token: Option<&Placed>) -> bool {
    matches!(token, Some(Placed { token: Token::Name(name), .. }) if name == "law")
}

/// The law called, which may have hyphens, and the semicolon after it; gives where the reading goes on.
fn called(characters: &[char], start: usize, tokens: &mut Vec<Placed>) -> usize {
    let after = |from: usize, passes: fn(char) -> bool| {
        (from..characters.len()).find(|&i| !passes(characters[i])).unwrap_or(characters.len())
    };
    let is_space = |c: char| c.is_whitespace() && c != '\n';
    let begin = after(start, is_space);
    let end = after(begin, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    if !characters.get(begin).is_some_and(char::is_ascii_alphabetic) {
        return start;
    }
    let law = Token::Law(characters[begin..end].iter().collect());
    tokens.push(Placed { token: law, position: begin });
    let next = after(end, is_space);
    if characters.get(next) != Some(&';') {
        return end;
    }
    tokens.push(Placed { token: Token::Sign(";"), position: next });
    next + 1
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || spelling(c).is_some()
}

fn is_name(c: char) -> bool {
    is_name_start(c) || c.is_ascii_digit()
}

/// The number at `start`, and where it ends. An `e` belongs to it only before digits, a point only if
/// another does not follow: `1..4` is a range.
fn number(characters: &[char], start: usize) -> Result<(f64, usize), FormulaError> {
    let digits = |from: usize| {
        (from..characters.len()).find(|&i| !characters[i].is_ascii_digit()).unwrap_or(characters.len())
    };
    let mut end = digits(start);
    if characters.get(end) == Some(&'.') && characters.get(end + 1) != Some(&'.') {
        end = digits(end + 1);
    }
    if matches!(characters.get(end), Some('e' | 'E')) {
        let sign = usize::from(matches!(characters.get(end + 1), Some('+' | '-')));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    let text: String = characters[start..end].iter().collect();
    match decimal(&text) {
        Some(value) if value.is_finite() => Ok((value, end)),
        _ => Err(FormulaError::Unexpected {
            expected: "a number below 1.8e308 such as 0.34".to_owned(),
            given: format!("{text:?}"),
            position: start,
        }),
    }
}

/// `6ND` is refused with `6*N*D`: capitals in a row are taken for one-letter names.
fn implicit_product(tokens: &[Placed], name: &str, position: usize) -> FormulaError {
    let number = match tokens.last() {
        Some(Placed { token: Token::Number(number), .. }) => number.to_string(),
        _ => String::new(),
    };
    let letters = name.chars().all(|c| c.is_ascii_uppercase());
    let factors: Vec<String> =
        if letters { name.chars().map(String::from).collect() } else { vec![name.to_owned()] };
    FormulaError::ImplicitProduct { suggestion: format!("{number}*{}", factors.join("*")), position }
}

fn sign(rest: &[char]) -> Option<(&'static str, usize)> {
    let next = rest.get(1);
    Some(match rest[0] {
        '+' => ("+", 1),
        '-' | '−' => ("-", 1),
        '*' | '×' | '·' | '⋅' => ("*", 1),
        '/' | '÷' => ("/", 1),
        '^' => ("^", 1),
        '(' => ("(", 1),
        ')' => (")", 1),
        ',' => (",", 1),
        '[' => ("[", 1),
        ']' => ("]", 1),
        ':' => (":", 1),
        '.' if next == Some(&'.') => ("..", 2),
        '<' if next == Some(&'=') => ("<=", 2),
        '>' if next == Some(&'=') => (">=", 2),
        '≤' => ("<=", 1),
        '≥' => (">=", 1),
        '≠' => ("!=", 1),
        '=' if next == Some(&'=') => ("==", 2),
        '!' if next == Some(&'=') => ("!=", 2),
        '<' => ("<", 1),
        '>' => (">", 1),
        '=' => ("=", 1),
        _ => return None,
    })
}

/// Greek letters are aliases of their names.
const GREEK: [(char, &str); 27] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Ω', "Omega"),
];

fn spelling(c: char) -> Option<&'static str> {
    GREEK.iter().find(|(letter, _)| *letter == c).map(|(_, name)| *name)
}

/// The Greek letter of a name, and the name.
pub(super) fn letter(name: &str) -> Option<(&'static str, char)> {
    GREEK.iter().find(|(_, known)| *known == name).map(|&(letter, name)| (name, letter))
}

fn spelled(c: char) -> String {
    spelling(c).map_or_else(|| c.to_string(), str::to_owned)
}
