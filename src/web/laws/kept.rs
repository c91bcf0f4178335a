//! The laws that a reader keeps, as text: a list of drafts, each with its mistakes.

use super::draft::Draft;
use crate::web::json::{self, Json};

/// The name under which they are kept in the browser.
pub const KEPT: &str = "isoflop.laws";
/// The name under which the law that is being typed is kept.
pub const TYPING: &str = "isoflop.law";

/// All of them as JSON, with what else is kept there.
pub fn write(laws: &[Draft], unread: &[String]) -> String {
    json::list(laws.iter().map(Draft::write).chain(unread.iter().cloned()))
}

/// What was kept and is no law, as JSON: it stays, whoever wrote it.
pub fn unread(kept: &str) -> Vec<String> {
    let Some(all) = Json::read(kept).filter(|all| all.as_text().starts_with('[')) else {
        return if kept.is_empty() { Vec::new() } else { vec![json::string(kept)] };
    };
    let items = all.items().into_iter().filter(|item| Draft::read_kept(*item).is_none());
    items.map(|item| item.as_text().to_owned()).collect()
}

/// Reads what was kept; what is no law is left out ([`unread`]).
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
        assert_eq!(read(&write(&laws, &[])), laws);
        let listed = listed(&write(&laws, &[]));
        assert_eq!(listed[0].name, "a");
        assert_eq!(Some(&listed[0].law), laws[0].law().as_ref());
        assert_eq!(listed[0].fit, None);
    }
    #[test]
    fn what_is_no_law_stays() {
        let law = Draft { name: "a".to_owned(), ..Draft::of("1 / N") };
        for (kept, laws) in [("not json", 0), (r#"{"a":1}"#, 0), (r#"[7,"x",{"name":3}]"#, 0), ("", 0)] {
            assert_eq!(read(kept).len(), laws, "{kept}");
            let written = write(std::slice::from_ref(&law), &unread(kept));
            assert_eq!(read(&written), std::slice::from_ref(&law), "{kept}");
            assert_eq!(unread(&written), unread(&write(&[], &unread(kept))), "{kept}");
        }
        assert_eq!(unread("not json"), [r#""not json""#]);
        assert_eq!(unread(r#"[7,"x"]"#), ["7", r#""x""#]);
    }
}
