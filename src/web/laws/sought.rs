//! Which laws of the list are sought.

use crate::web::link::{decode, encode};

/// What the list is asked for: words, and a value for any of its filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// The words that are searched for, as typed.
    pub words: String,
    /// The value that is chosen of a filter, by its name; filters that are not chosen have none.
    pub chosen: Vec<(String, String)>,
}

/// What a row of the list is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its name, in lower case.
    pub name: String,
    /// Everything that a search looks through, in lower case.
    pub words: String,
    /// The values it has of each filter, by name.
    pub values: Vec<(String, Vec<String>)>,
}

/// The key of the searched words in the address.
const WORDS: &str = "q";

impl Sought {
    /// Reads the query of an address, with its `?`. What is no filter of the list is passed over.
    pub fn read(query: &str, filters: &[String]) -> Self {
        let mut sought = Self::default();
        for part in query.trim_start_matches('?').split('&') {
            let Some((key, value)) = part.split_once('=') else { continue };
            let Some(value) = decode(value).filter(|value| !value.is_empty()) else { continue };
            if key == WORDS {
                sought.words = value;
            } else if filters.iter().any(|filter| filter == key) {
                sought.choose(key, &value);
            }
        }
        sought
    }

    /// The query of its address; empty while nothing is asked.
    pub fn query(&self) -> String {
        let words = (!self.words.trim().is_empty()).then_some((WORDS, self.words.trim()));
        let chosen = self.chosen.iter().map(|(filter, value)| (&**filter, &**value));
        let parts = words.into_iter().chain(chosen).map(|(key, value)| format!("{key}={}", encode(value)));
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// Chooses a value of a filter; an empty one is any.
    pub fn choose(&mut self, filter: &str, value: &str) {
        self.chosen.retain(|(known, _)| known != filter);
        if !value.is_empty() {
            self.chosen.push((filter.to_owned(), value.to_owned()));
        }
    }

    /// The value that is chosen of a filter; empty where any is.
    pub fn value(&self, filter: &str) -> &str {
        self.chosen.iter().find(|(known, _)| known == filter).map_or("", |(_, value)| value)
    }

    /// Whether anything is asked.
    pub fn is_any(&self) -> bool {
        self.words.trim().is_empty() && self.chosen.is_empty()
    }

    /// Whether some text has every word that is searched for.
    pub fn finds(&self, text: &str) -> bool {
        self.words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// Whether a row is sought.
    pub fn takes(&self, row: &Row) -> bool {
        let has = |(filter, value): &(String, String)| row.has(filter, value);
        self.finds(&row.words) && self.chosen.iter().all(has)
    }

    /// Whether a row is called as is searched for: such rows come first.
    pub fn names(&self, row: &Row) -> bool {
        let words = self.words.trim().to_lowercase();
        !words.is_empty() && row.name.contains(&words)
    }

    /// How many rows there would be with this value of a filter; with any, where it is empty.
    pub fn count(&self, rows: &[Row], filter: &str, value: &str) -> usize {
        let mut sought = self.clone();
        sought.choose(filter, value);
        rows.iter().filter(|row| sought.takes(row)).count()
    }

    /// What is said of what was found.
    pub fn says(&self, found: usize, rows: usize) -> String {
        match found {
            0 if self.words.trim().is_empty() => "No law has all of these.".to_owned(),
            0 => format!("No law matches “{}”.", self.words.trim()),
            _ if self.is_any() => String::new(),
            found => format!("{found} of {rows} laws."),
        }
    }
}

impl Row {
    fn has(&self, filter: &str, value: &str) -> bool {
        let values = self.values.iter().filter(|(known, _)| known == filter);
        values.flat_map(|(_, values)| values).any(|known| known == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row = |words: &str, answers: &[&str], year: &str| Row {
            name: words.split(" c").next().unwrap_or_default().to_owned(),
            words: words.to_owned(),
            values: vec![
                ("answers".to_owned(), answers.iter().map(|answer| (*answer).to_owned()).collect()),
                ("year".to_owned(), vec![year.to_owned()]),
            ],
        };
        vec![
            row("chinchilla hoffmann et al. n d", &["loss"], "2022"),
            row("chinchilla approach 1 c", &["size", "tokens"], "2022"),
            row("kaplan et al. n d", &["loss"], "2020"),
        ]
    }

    #[test]
    fn every_word_and_every_filter_counts() {
        let rows = rows();
        let mut sought = Sought { words: " Chinchilla  HOFF".to_owned(), chosen: Vec::new() };
        assert_eq!(rows.iter().map(|row| sought.takes(row)).collect::<Vec<_>>(), [true, false, false]);
        sought.words.clear();
        sought.choose("answers", "loss");
        assert_eq!(sought.count(&rows, "year", "2020"), 1);
        assert_eq!(sought.count(&rows, "answers", ""), 3);
        assert_eq!(sought.says(2, 3), "2 of 3 laws.");
        sought.choose("answers", "");
        assert!(sought.is_any());
        assert_eq!(sought.says(3, 3), "");
    }

    #[test]
    fn what_is_called_so_comes_first() {
        let rows = rows();
        let sought = Sought { words: " Approach 1 ".to_owned(), chosen: Vec::new() };
        assert_eq!(rows.iter().map(|row| sought.names(row)).collect::<Vec<_>>(), [false, true, false]);
        assert!(!Sought::default().names(&rows[0]));
    }

    #[test]
    fn nothing_found_says_what_was_sought() {
        let sought = Sought { words: "quantum".to_owned(), chosen: Vec::new() };
        assert_eq!(sought.says(0, 3), "No law matches “quantum”.");
    }

    #[test]
    fn an_address_opens_what_it_was_made_of() {
        let filters = ["answers".to_owned(), "year".to_owned()];
        let mut sought = Sought { words: "D_unique & more".to_owned(), chosen: Vec::new() };
        sought.choose("year", "2022");
        assert_eq!(Sought::read(&sought.query(), &filters), sought);
        assert_eq!(Sought::read("?colour=blue&year=", &filters), Sought::default());
        assert_eq!(Sought::default().query(), "");
    }
}
