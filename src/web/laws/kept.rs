//! The laws that a reader keeps, as text: a list of drafts, each with its mistakes.

use super::draft::Draft;
use crate::web::json::{self, Json};

/// The name under which they are kept in the browser.
pub const KEPT: &str = "isoflop.laws";
/// The name under which the law that is being typed is kept.
pub const TYPING: &str = "isoflop.law";

/// All of them as JSON.
pub fn write(laws: &[Draft]) -> String {
    json::list(laws.iter().map(Draft::write))
}

/// Reads what was kept; what is damaged is left out.
pub fn read(kept: &str) -> Vec<Draft> {
    let laws = Json::read(kept).map(Json::items).unwrap_or_default();
    laws.into_iter().filter_map(Draft::read_kept).collect()
}

/// A kept law, as the Plan asks with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What the reader calls it.
    pub name: String,
    /// The law, as the contract has typed ones.
    pub law: String,
    /// Values for its parameters as the contract's JSON, where they were typed.
    pub fit: Option<String>,
}

/// The kept laws that can be asked: those without a mistake.
pub fn listed(kept: &str) -> Vec<Kept> {
    let laws = Json::read(kept).map(Json::items).unwrap_or_default();
    let law = |law: Json<'_>| {
        let law = law.members();
        let text = |name| law.get(name).map(|value: &Json<'_>| value.as_text().to_owned());
        Some(Kept { name: law.get("name")?.string()?, law: text("law")?, fit: text("fit") })
    };
    laws.into_iter().filter_map(law).collect()
}

/// Keeps a law, in the place of the one of that name if there is one.
pub fn keep(laws: &mut Vec<Draft>, law: Draft) {
    match laws.iter_mut().find(|known| known.name == law.name) {
        Some(known) => *known = law,
        None => laws.push(law),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_takes_the_place_of_its_name() {
        let named = |name: &str, formula| Draft { name: name.to_owned(), ..Draft::of(formula) };
        let mut laws = Vec::new();
        for (name, formula) in [("a", "1 / N"), ("b", "2 / N"), ("a", "3 / N")] {
            keep(&mut laws, named(name, formula));
        }
        assert_eq!(laws, [named("a", "3 / N"), named("b", "2 / N")]);
        assert_eq!(read(&write(&laws)), laws);
        assert_eq!(read("not json"), []);
        let listed = listed(&write(&laws));
        assert_eq!(listed[0].name, "a");
        assert_eq!(Some(&listed[0].law), laws[0].law().as_ref());
        assert_eq!(listed[0].fit, None);
    }
}
