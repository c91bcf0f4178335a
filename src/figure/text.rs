//! Text with raised digits, and how wide it is.

use super::surface::Ink;

/// Height of raised digits over that of the text they stand in.
pub const RAISED_SIZE: f64 = 0.75;
/// How far raised digits stand above the baseline, in their own em.
pub const RAISED_BY: f64 = 0.5;

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
const LEVEL: &str = "0123456789−";

/// A stretch of text that is all raised or all not, in ordinary digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Whether it stands above the line.
    pub raised: bool,
    /// Its letters.
    pub text: String,
}

/// Splits text at its raised digits.
///
/// ```
/// let pieces = isoflop::figure::pieces("5.76 × 10²³ FLOPs");
/// assert_eq!(pieces.len(), 3);
/// assert!(pieces[1].raised);
/// assert_eq!(pieces[1].text, "23");
/// ```
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for letter in text.chars() {
        let place = RAISED.chars().position(|r| r == letter);
        let (raised, letter) = match place.and_then(|i| LEVEL.chars().nth(i)) {
            Some(level) => (true, level),
            None => (false, letter),
        };
        match pieces.last_mut() {
            Some(last) if last.raised == raised => last.text.push(letter),
            _ => pieces.push(Piece { raised, text: letter.to_string() }),
        }
    }
    pieces
}

/// Writes an integer in raised digits.
pub fn raise(number: i32) -> String {
    let level = number.to_string().replace('-', "−");
    level.chars().map(|c| LEVEL.chars().position(|l| l == c).map_or(c, raised_digit)).collect()
}

fn raised_digit(i: usize) -> char {
    RAISED.chars().nth(i).unwrap_or('?')
}

/// Width of a text in Source Sans 3, in CSS pixels.
pub fn width(text: &str, ink: Ink) -> f64 {
    pieces(text).iter().map(|piece| piece_width(piece, ink)).sum()
}

/// Width of one piece, raised or not.
pub fn piece_width(piece: &Piece, ink: Ink) -> f64 {
    let size = if piece.raised { ink.size * RAISED_SIZE } else { ink.size };
    let thousandths: u32 = piece.text.chars().map(|c| u32::from(advance(c, ink.bold))).sum();
    f64::from(thousandths) / 1000.0 * size
}

fn advance(letter: char, bold: bool) -> u16 {
    let table = if bold { &BOLD } else { &REGULAR };
    let ascii = (letter as usize).checked_sub(32).and_then(|i| table.get(i));
    match (ascii, letter) {
        (Some(width), _) => *width,
        (None, '\u{a0}') => 200,
        (None, '\u{202f}') => 100,
        (None, '…') => 956,
        (None, '’') => 262,
        (None, _) => 513,
    }
}

// Advance widths of U+0020 to U+007E in thousandths of an em, measured with a canvas in the subsets
// of Source Sans 3 that the page serves.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497,
    497, 497, 497, 497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 543, 588, 571, 615, 527,
    494, 617, 652, 263, 479, 579, 486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513,
    476, 539, 303, 350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495,
    255, 829, 547, 542, 555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425, 303, 241, 303, 497,
];
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    200, 315, 482, 513, 513, 841, 639, 275, 324, 324, 438, 513, 275, 322, 275, 344, 513, 513, 513,
    513, 513, 513, 513, 513, 513, 513, 275, 275, 513, 513, 513, 444, 875, 558, 597, 576, 625, 538,
    510, 628, 663, 282, 494, 597, 502, 745, 657, 674, 582, 674, 592, 545, 546, 655, 536, 800, 541,
    501, 540, 324, 344, 324, 513, 500, 549, 516, 563, 462, 564, 507, 317, 520, 558, 262, 263, 522,
    271, 843, 560, 549, 564, 564, 373, 431, 361, 556, 495, 748, 481, 495, 443, 324, 255, 324, 513,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Colour;

    /// The table knows no kerning, which narrows this word by 1.4 %.
    const KERNING: f64 = 0.02;

    #[test]
    fn a_word_is_as_wide_as_chromium_measures_it() {
        let ink = Ink::plain(1000.0, Colour::hex(0));
        assert!((width("parameters", ink) / 4769.0 - 1.0).abs() < KERNING);
    }

    #[test]
    fn an_exponent_keeps_its_sign() {
        assert_eq!(raise(-4), "⁻⁴");
        assert_eq!(pieces("10⁻⁴")[1], Piece { raised: true, text: "−4".to_owned() });
    }
}
