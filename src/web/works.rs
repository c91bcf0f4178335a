//! Work that is kept in the browser under a name: what a tab holds, as it holds it.
//!
//! A tab keeps texts by name (the question of the Plan, runs, pins, what was chosen on the other pages). Work is a copy of
//! them, and opening it puts them back. So nothing here knows what they mean, but for the few words that tell work apart.

use super::json::{self, Json};
use super::link;

/// What the names of everything that Isoflop keeps begin with.
pub const PREFIX: &str = "isoflop.";
/// The name under which kept work is listed.
pub const KEPT: &str = "isoflop.works";
/// What the names begin with under which tabs leave their work, whether it was kept or not.
pub const TAB: &str = "isoflop.tab.";
/// The member of an exported file that says what it is.
const MADE_BY: &str = "isoflop";
/// The last moment that a browser has a date for, in milliseconds from 1970; the first lies as far before.
const LAST_DATE: f64 = 8.64e15;
/// So many letters of a text tell what it is.
const LETTERS: usize = 40;

/// Work that is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// What the reader calls it.
    pub name: String,
    /// When it was kept, in milliseconds since 1970; 0 where that is not known.
    pub when: f64,
    /// The page it was kept on, by its folder: empty for the Plan.
    pub page: String,
    /// What the tab held: names and texts.
    pub parts: Vec<(String, String)>,
}

impl Work {
    /// All of it as JSON.
    pub fn write(&self) -> String {
        let parts: Vec<(&str, String)> =
            self.parts.iter().map(|(name, text)| (name.as_str(), json::string(text))).collect();
        json::object(&[
            ("name", json::string(&self.name)),
            ("when", json::number(self.when)),
            ("page", json::string(&self.page)),
            ("parts", json::object(&parts)),
        ])
    }

    /// Reads it; nothing where it is damaged.
    pub fn read(kept: Json<'_>) -> Option<Self> {
        let kept = kept.members();
        let page = kept.get("page")?.string()?;
        let part = |(name, text): (&str, &Json<'_>)| {
            name.starts_with(PREFIX).then(|| Some((name.to_owned(), text.string()?)))?
        };
        let parts = kept.get("parts").filter(|parts| parts.is_object())?.members();
        let when = kept.get("when")?.number()?;
        Some(Self {
            name: kept.get("name")?.string()?,
            when: if when.abs() <= LAST_DATE { when } else { 0.0 },
            page: PAGES.contains(&page.as_str()).then_some(page)?,
            parts: parts.iter().map(part).collect::<Option<_>>()?,
        })
    }

    /// Whether other work is the same on the same page, whatever it is called and whenever it was kept.
    pub fn is_as(&self, other: &Self) -> bool {
        self.page == other.page && self.parts == other.parts
    }

    /// A part of it.
    pub fn part(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// What the page that it was left on is called.
    pub fn page_name(&self) -> &'static str {
        match self.page.as_str() {
            "fit/" => "Fit",
            "laws/" => "Laws",
            "frontier/" => "Frontier",
            _ => "Plan",
        }
    }

    /// What it is: its page, what is asked and what the runs are called, by the names of the parts that hold these.
    ///
    /// On the Plan something is always asked, also where nothing was kept of it.
    pub fn in_words(&self, question: &str, runs: &str) -> String {
        let asked = self.part(question).or_else(|| self.page.is_empty().then_some(""));
        let file = self.part(runs).and_then(|runs| Json::read(runs)?.get("name")?.string());
        let words = asked.map(asked_in_words).into_iter().flatten().chain(file);
        let words = words.filter(|word| !word.is_empty()).map(|word| short(&word));
        std::iter::once(self.page_name().to_owned()).chain(words).collect::<Vec<_>>().join(", ")
    }
}

/// What an address asks: the budget, or what is given instead; and by which law.
fn asked_in_words(address: &str) -> [String; 2] {
    let question = link::read(address).question;
    let given = match question.find.aim() {
        None => question.budget,
        Some(aim) => format!("{} {}", aim.name().to_ascii_lowercase(), question.aims.text(aim)),
    };
    let typed = Json::read(&question.law).filter(|law| law.is_object());
    let typed = typed.map(|law| law.get("name").and_then(Json::string).unwrap_or("a typed law".to_owned()));
    [given.trim().to_owned(), typed.unwrap_or(question.law)]
}

/// The beginning of a text that is too long to tell work apart.
fn short(text: &str) -> String {
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The folders of the pages that hold work.
pub const PAGES: [&str; 4] = ["", "fit/", "laws/", "frontier/"];

/// What is kept: work, and what else stands there, as JSON, which stays whoever wrote it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Works {
    /// The work, the last first.
    pub all: Vec<Work>,
    unread: Vec<String>,
}

impl Works {
    /// Reads what is kept.
    pub fn read(kept: &str) -> Self {
        let mut works = Self::default();
        match Json::read(kept).filter(|all| all.as_text().starts_with('[')) {
            None if kept.is_empty() => {}
            None => works.unread.push(json::string(kept)),
            Some(items) => {
                for item in items.items() {
                    match Work::read(item) {
                        Some(work) => works.all.push(work),
                        None => works.unread.push(item.as_text().to_owned()),
                    }
                }
            }
        }
        works
    }

    /// All of it as JSON.
    pub fn write(&self) -> String {
        json::list(self.all.iter().map(Work::write).chain(self.unread.iter().cloned()))
    }

    /// Keeps work, in the place of the one of its name if there is one, which is given back.
    pub fn keep(&mut self, work: Work) -> Option<Work> {
        let earlier = self.remove(&work.name);
        self.all.insert(0, work);
        earlier
    }

    /// Removes the work of a name, and gives it back.
    pub fn remove(&mut self, name: &str) -> Option<Work> {
        let at = self.all.iter().position(|known| known.name == name)?;
        Some(self.all.remove(at))
    }

    /// Keeps work that comes from a file: where its name is taken by other work, under another. What is there already is
    /// not kept twice.
    pub fn add(&mut self, work: Work) {
        for name in names(&work.name) {
            match self.all.iter().find(|known| known.name == name) {
                Some(known) if known.is_as(&work) => return,
                Some(_) => {}
                None => return self.all.push(Work { name, ..work }),
            }
        }
    }
}

/// A name, and those that stand for it where it is taken: `a`, `a (2)`, `a (3)` and so on.
fn names(name: &str) -> impl Iterator<Item = String> {
    let first = name.to_owned();
    std::iter::once(first.clone()).chain((2..).map(move |count| format!("{first} ({count})")))
}

/// Everything as one file: kept work, what open and closed tabs hold, and laws as they are kept.
pub fn export(version: &str, works: &Works, tabs: &[Work], laws: &str) -> String {
    let mut all = works.clone();
    for tab in tabs {
        all.add(tab.clone());
    }
    let laws = if laws.is_empty() { "[]" } else { laws };
    let laws = if Json::read(laws).is_some() { laws.to_owned() } else { json::string(laws) };
    json::object(&[(MADE_BY, json::string(version)), ("works", all.write()), ("laws", laws)])
}

/// What an exported file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The work.
    pub works: Vec<Work>,
    /// The laws, as they are kept.
    pub laws: String,
    /// The version that made the file, where that is another than this one.
    pub version: Option<String>,
}

/// Reads an exported file.
///
/// # Errors
/// What was expected, in a sentence.
pub fn import(file: &str) -> Result<Imported, String> {
    let expected = "Expected a file that Isoflop exported";
    let read = Json::read(file).ok_or_else(|| format!("{expected}; this is no JSON."))?;
    let members = read.members();
    let Some(version) = members.get(MADE_BY).and_then(|version| version.string()) else {
        return Err(format!("{expected}; this one does not say “{MADE_BY}”."));
    };
    // Whoever wrote the file: nothing of it is said that is no version.
    let version = link::other_version(&format!("?{}={}", link::MADE_BY, link::encode(&version)));
    let text = |name: &str| members.get(name).map_or(String::new(), |value| value.as_text().to_owned());
    Ok(Imported {
        works: Works::read(&text("works")).all,
        laws: text("laws"),
        version: version.filter(|version| version.starts_with(|letter: char| letter.is_ascii_digit())),
    })
}

/// Kept laws with others beside them, both as they are kept. One whose name is taken by another law gets a new one.
pub fn with_laws(kept: &str, more: &str) -> String {
    let items = |text| Json::read(text).map(Json::items).unwrap_or_default();
    let text = |law: &Json<'_>| law.as_text().to_owned();
    let name = |law: &str| Json::read(law).and_then(|law| law.get("name")?.string());
    // What stands there and is no list stays too.
    let is_list = kept.is_empty() || Json::read(kept).is_some_and(|all| all.as_text().starts_with('['));
    let mut all: Vec<String> =
        if is_list { items(kept).iter().map(text).collect() } else { vec![json::string(kept)] };
    for law in items(more) {
        let Some(given) = name(law.as_text()) else { continue };
        for free in names(&given) {
            let renamed = renamed(law, &free);
            match all.iter().find(|known| name(known).as_ref() == Some(&free)) {
                Some(known) if *known == renamed || known == law.as_text() => break,
                Some(_) => {}
                None => {
                    all.push(renamed);
                    break;
                }
            }
        }
    }
    json::list(all.into_iter())
}

/// A law as it is kept, under another name.
fn renamed(law: Json<'_>, name: &str) -> String {
    let (members, name) = (law.members(), json::string(name));
    let member = |(key, value): (&str, &Json<'_>)| {
        (key.to_owned(), if key == "name" { name.clone() } else { value.as_text().to_owned() })
    };
    let members: Vec<(String, String)> = members.iter().map(member).collect();
    let members: Vec<(&str, &str)> =
        members.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    json::object(&members)
}
