//! The address of the page of a law: what stands in its evaluator.
//!
//! `?fit=besiroglu2024&at.N=70B&at.D=1.4T&over=D&v=0.1.0`. Where no fit was published `of.alpha=0.3` is a value of the reader's
//! own for a parameter; `members.0=web,code` are the members of the first families. What stands as the page opens is not named.

use super::evaluation::Evaluation;
use super::members::{self, Members};
use crate::web::link::{MADE_BY, VERSION, decode, encode};
use crate::web::reading::LawEntry;

const FIT: &str = "fit";
const OVER: &str = "over";
/// What the key of an input begins with.
const INPUT: &str = "at.";
/// What the key of a parameter begins with.
const PARAMETER: &str = "of.";
/// What the key of a list of members begins with.
const MEMBERS: &str = "members.";

/// What stands in the evaluator of a law.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// By which values, and where.
    pub evaluation: Evaluation,
    /// The members of its families.
    pub members: Members,
    /// The input that the curve runs along.
    pub over: String,
}

impl Asked {
    /// The query, with its `?`; empty where all is as the page opens, which is `usual`.
    pub fn query(&self, law: &LawEntry, usual: &Self) -> String {
        let part = |key: String, value: &str| format!("{}={}", encode(&key), encode(value));
        let mut parts = Vec::new();
        if self.evaluation.fit != usual.evaluation.fit {
            parts.push(part(FIT.to_owned(), &self.evaluation.fit));
        }
        for (group, list) in self.members.iter().enumerate() {
            if usual.members.get(group) != Some(list) {
                parts.push(part(format!("{MEMBERS}{group}"), &list.join(",")));
            }
        }
        let before = usual.texts(law);
        let is_usual = |key: &String, text: &String| match before.iter().find(|(known, _)| known == key) {
            Some((_, usual)) => usual == text,
            None => text.is_empty(),
        };
        let texts = self.texts(law).into_iter().filter(|(key, text)| !is_usual(key, text));
        parts.extend(texts.map(|(key, text)| part(key, &text)));
        if self.over != usual.over {
            parts.push(part(OVER.to_owned(), &self.over));
        }
        if parts.is_empty() {
            return String::new();
        }
        parts.push(part(MADE_BY.to_owned(), VERSION));
        format!("?{}", parts.join("&"))
    }

    /// What stands in each field, by its key.
    fn texts(&self, law: &LawEntry) -> Vec<(String, String)> {
        let law = members::opened(law, &self.members);
        let inputs = law.inputs.iter().map(|input| format!("{INPUT}{}", input.name)).zip(&self.evaluation.at);
        let values = law.parameters.iter().map(|name| format!("{PARAMETER}{name}"));
        let values = values.zip(&self.evaluation.values).filter(|_| law.fits.is_empty());
        inputs.chain(values).map(|(key, text)| (key, text.clone())).collect()
    }

    /// Reads a query, with its `?`, and names its parts that could not be read. What it does not say is as `usual`.
    pub fn open(query: &str, law: &LawEntry, usual: &Self) -> (Self, Vec<String>) {
        let mut damaged = Vec::new();
        let mut said: Vec<(String, String)> = Vec::new();
        for part in query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match decode(key).zip(decode(value)) {
                Some((key, _)) if key == MADE_BY => {}
                Some(pair) => said.push(pair),
                None => damaged.push(key.to_owned()),
            }
        }
        let mut asked = usual.clone();
        said.retain(|(key, value)| !asked.take_members(key, value));
        asked.fill(law, usual, &mut said);
        damaged.extend(said.into_iter().map(|(key, _)| key));
        (asked, damaged)
    }

    /// Takes a list of members. Says whether it is one, and right.
    fn take_members(&mut self, key: &str, value: &str) -> bool {
        let group = key.strip_prefix(MEMBERS).and_then(|group| group.parse::<usize>().ok());
        let list: Vec<String> = value.split(',').map(str::to_owned).collect();
        match group.and_then(|group| self.members.get_mut(group)) {
            Some(known) if members::complaint(&list).is_none() => *known = list,
            _ => return false,
        }
        true
    }

    /// Takes fit, fields and curve out of what was said, which keeps what is nothing of this law.
    fn fill(&mut self, law: &LawEntry, usual: &Self, said: &mut Vec<(String, String)>) {
        let open = members::opened(law, &self.members);
        let before = usual.texts(law);
        let mut taken = |key: String| {
            let at = said.iter().position(|(known, _)| *known == key);
            let said = at.map(|at| said.remove(at).1);
            let usual = || before.iter().find(|(known, _)| *known == key).map(|(_, text)| text.clone());
            said.or_else(usual).unwrap_or_default()
        };
        self.evaluation.at =
            open.inputs.iter().map(|input| taken(format!("{INPUT}{}", input.name))).collect();
        let own = open.parameters.iter().filter(|_| open.fits.is_empty());
        let values: Vec<String> = own.map(|name| taken(format!("{PARAMETER}{name}"))).collect();
        if open.fits.is_empty() {
            self.evaluation.values = values;
        }
        said.retain(|(key, value)| match key.as_str() {
            FIT if law.fit(value).is_some() => {
                self.evaluation.fit.clone_from(value);
                false
            }
            OVER if open.inputs.iter().any(|input| input.name == *value) => {
                self.over.clone_from(value);
                false
            }
            _ => true,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laws::LAWS;

    fn law(id: &str) -> LawEntry {
        LawEntry::of(LAWS.iter().find(|law| law.id == id).unwrap())
    }

    fn usual(law: &LawEntry) -> Asked {
        let members = members::opening(members::groups_of(&law.formula).len());
        let open = members::opened(law, &members);
        let evaluation =
            Evaluation::opening(&open, |name| if name == "D" { "20B".to_owned() } else { "1B".to_owned() });
        Asked { evaluation, members, over: open.inputs[0].name.clone() }
    }

    #[test]
    fn what_stands_in_the_evaluator_of_any_law_comes_back_from_its_address() {
        for law in LAWS.iter().map(|law| LawEntry::of(law)).filter(|law| !law.inputs.is_empty()) {
            let usual = usual(&law);
            assert_eq!(usual.query(&law, &usual), "", "{}", law.id);
            let mut asked = usual.clone();
            if let Some(list) = asked.members.first_mut() {
                list.push("papers".to_owned());
            }
            let open = members::opened(&law, &asked.members);
            asked.evaluation = Evaluation::opening(&open, |name| format!("{} & “{name}”", name.len()));
            asked.evaluation.fit = law.fits.last().map(|fit| fit.id.clone()).unwrap_or_default();
            asked.over = open.inputs.last().unwrap().name.clone();
            if !law.fits.is_empty() {
                // A published fit has the values.
                asked.evaluation.values.clone_from(&usual.evaluation.values);
            }
            let (mut opened, damaged) = Asked::open(&asked.query(&law, &usual), &law, &usual);
            if !law.fits.is_empty() {
                opened.evaluation.values.clone_from(&asked.evaluation.values);
            }
            assert_eq!((opened, damaged), (asked, Vec::new()), "{}", law.id);
        }
    }

    #[test]
    fn an_address_is_read_as_far_as_it_can_be() {
        let law = law("chinchilla");
        let usual = usual(&law);
        let query = "?fit=nobody&at.N=70B&at.X=1&over=X&members.0=a&at.D=%F&__proto__=1&v=9.9.9&<b>";
        let (asked, damaged) = Asked::open(query, &law, &usual);
        assert_eq!(asked.evaluation.at, ["70B", "20B"]);
        assert_eq!((asked.evaluation.fit, asked.over), (usual.evaluation.fit.clone(), usual.over.clone()));
        assert_eq!(damaged, ["at.D", "fit", "at.X", "over", "members.0", "__proto__", "<b>"]);
        assert_eq!(Asked::open("", &law, &usual).0.query(&law, &usual), "");
    }

    #[test]
    fn an_address_can_be_read_by_people() {
        let law = law("chinchilla");
        let usual = usual(&law);
        let mut asked = usual.clone();
        asked.evaluation.at = vec!["70B".to_owned(), "1.4e12".to_owned()];
        asked.over = "D".to_owned();
        let expected = format!("?at.N=70B&at.D=1.4e12&over=D&v={VERSION}");
        assert_eq!(asked.query(&law, &usual), expected);
    }
}
