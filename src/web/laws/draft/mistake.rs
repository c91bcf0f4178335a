//! Where a formula has a mistake.

use crate::outcome::Place;

/// Where a formula has a mistake, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1; nothing where the mistake has no place.
    pub line: Option<usize>,
    /// The character of the line, from 1.
    pub column: usize,
    /// The line itself.
    pub text: String,
    /// What is wrong.
    pub says: String,
}

impl Mistake {
    /// Finds the place of an error in the text of a formula.
    pub fn new(formula: &str, message: &str, at: &Place) -> Self {
        // The message counts characters of the whole text; a reader counts lines.
        let says = match message.split_once(": ") {
            Some((place, says)) if place.contains("character ") => says.to_owned(),
            _ => message.to_owned(),
        };
        let Some(position) = at.position else {
            return Self { line: None, column: 0, text: String::new(), says };
        };
        let before: String = formula.chars().take(position).collect();
        let line = before.matches('\n').count();
        let column = before.chars().rev().take_while(|letter| *letter != '\n').count();
        let text = formula.split('\n').nth(line).unwrap_or_default().to_owned();
        Self { line: Some(line + 1), column: column + 1, text, says }
    }

    /// The place and the mistake, as the page says them.
    pub fn sentence(&self) -> String {
        match self.line {
            Some(line) => format!("line {line}, column {}: {}", self.column, self.says),
            None => self.says.clone(),
        }
    }

    /// Spaces up to the place, for the caret below the line.
    pub fn indent(&self) -> String {
        let before = self.text.chars().take(self.column.saturating_sub(1));
        before.map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Draft;

    #[test]
    fn a_mistake_is_pointed_at_in_its_line() {
        let text = "U = min(D, D_unique)\nD_eff = U + 1\nE + A / N^alpha + B / (D_eff^beta";
        let mistake = Draft::of(text).mistake().unwrap();
        assert_eq!(mistake.sentence(), "line 3, column 23: this bracket is never closed");
        assert_eq!(mistake.text, "E + A / N^alpha + B / (D_eff^beta");
        assert_eq!(mistake.indent().len(), 22);
        let nothing = Draft::of(" ").mistake().unwrap();
        assert!(nothing.sentence().starts_with("expected a formula"));
    }
}
