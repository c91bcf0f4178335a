//! A place in a text that is being read.

use super::expected::clip;
use super::{Expected, TextFault, UnitError};

/// A place in a text that is being read, counted in characters.
pub(super) struct Cursor<'a> {
    /// What the text is expected to hold.
    pub expected: Expected,
    text: &'a str,
    chars: Vec<char>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of a text, after its space.
    pub fn new(text: &'a str, expected: Expected) -> Self {
        let mut cursor = Self { expected, text, chars: text.trim_end().chars().collect(), at: 0 };
        cursor.skip_space();
        cursor
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    /// The character so many places further on.
    pub fn ahead(&self, places: usize) -> Option<char> {
        self.chars.get(self.at + places).copied()
    }

    /// The characters from here to the end, without trailing space.
    pub fn rest(&self) -> String {
        self.from(self.at)
    }

    /// The characters from a position to the end, without trailing space.
    pub fn from(&self, position: usize) -> String {
        self.chars.get(position..).unwrap_or_default().iter().collect()
    }

    /// Where the cursor stands.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Moves back to where the cursor stood.
    pub fn back_to(&mut self, position: usize) {
        self.at = position;
    }

    /// Moves on by so many characters.
    pub fn advance(&mut self, places: usize) {
        self.at = self.chars.len().min(self.at + places);
    }

    /// Moves on over space of any kind.
    pub fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Moves over the next character if it is one of these.
    pub fn take_any(&mut self, of: &[char]) -> Option<char> {
        let next = self.peek().filter(|next| of.contains(next))?;
        self.at += 1;
        Some(next)
    }

    /// Moves over these characters if they come next.
    pub fn take(&mut self, word: &str) -> bool {
        let found = word.chars().enumerate().all(|(place, c)| self.ahead(place) == Some(c));
        if found {
            self.advance(word.chars().count());
        }
        found
    }

    /// The digits from here on, which may be none.
    pub fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.at += 1;
        }
        digits
    }

    /// An error about the word that begins at a position.
    pub fn fail(&self, position: usize, fault: TextFault) -> UnitError {
        let rest = self.chars.get(position..).unwrap_or_default();
        let word = rest.iter().enumerate().take_while(|(at, c)| *at == 0 || !c.is_whitespace());
        self.fail_at(position, &word.map(|(_, c)| *c).collect::<String>(), fault)
    }

    /// An error about a part of the text.
    pub fn fail_at(&self, position: usize, found: &str, fault: TextFault) -> UnitError {
        let (given, found) = (clip(self.text.trim()), clip(found));
        UnitError::Text { expected: self.expected, given, found, position, fault }
    }
}
