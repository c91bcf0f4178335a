//! The members of families: which there are is for the reader to say.

use crate::formula::Formula;
use crate::web::reading::{LawEntry, VariableEntry};

/// The members that a page opens with.
pub const FIRST: [&str; 2] = ["web", "code"];

/// Members by the families that share them: a list for each group of [`groups`].
pub type Members = Vec<Vec<String>>;

/// The families of a formula that share members, in the order of their first appearance.
pub fn groups(formula: &Formula) -> Vec<Vec<String>> {
    let families = |places: Vec<(&str, usize)>| {
        let mut families: Vec<String> = places.into_iter().map(|(family, _)| family.to_owned()).collect();
        families.dedup();
        families
    };
    formula.shared().into_iter().map(families).collect()
}

/// The same of a text; none where it cannot be read.
pub fn groups_of(formula: &str) -> Vec<Vec<String>> {
    Formula::parse(formula).map(|read| groups(&read)).unwrap_or_default()
}

/// What a page opens with, for so many groups.
pub fn opening(groups: usize) -> Members {
    vec![FIRST.map(str::to_owned).to_vec(); groups]
}

/// The family of a name, and the name: of `h[web]` it is `h`, of a name that is none itself.
pub fn family(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

/// A formula with its members, and the names of these in the order of `members`; nothing where they are not right.
fn open(formula: &Formula, members: &[Vec<String>]) -> Option<(Formula, Vec<String>)> {
    let shared = formula.shared();
    let list = |family: &str, place: usize| {
        let at = shared.iter().position(|places| places.contains(&(family, place)))?;
        members.get(at)
    };
    let mut leaves = Vec::new();
    for family in formula.families() {
        let lists: Vec<&Vec<String>> = (0..).map_while(|place| list(family, place)).collect();
        let product = lists.iter().fold(vec![String::new()], |begun, list| {
            let with = |begun: &String| {
                let comma = if begun.is_empty() { "" } else { "," };
                list.iter().map(|member| format!("{begun}{comma}{member}")).collect::<Vec<_>>()
            };
            begun.iter().flat_map(with).collect()
        });
        leaves.extend(product.into_iter().map(|inside| format!("{family}[{inside}]")));
    }
    if shared.is_empty() {
        return Some((formula.clone(), leaves));
    }
    let seeds: Vec<&str> = leaves.iter().map(String::as_str).collect();
    let open = formula.with_members(&seeds).ok()?;
    Some((open, leaves))
}

/// The names of a formula, with each member of its families as a name of its own, in the order of `members`; nothing
/// where these are not right.
pub fn names(formula: &Formula, members: &[Vec<String>]) -> Option<Vec<String>> {
    let (open, leaves) = open(formula, members)?;
    let mut names: Vec<String> = Vec::new();
    for name in open.names() {
        if names.iter().any(|known| known == name) {
            continue;
        }
        let own = family(name);
        let mut sisters: Vec<&str> = open.names();
        sisters.retain(|other| *other == name || own != name && family(other) == own && *other != own);
        sisters.sort_by_key(|leaf| leaves.iter().position(|known| known == leaf));
        names.extend(sisters.into_iter().map(str::to_owned));
    }
    Some(names)
}

/// Whether a name, or a member of the family of that name, stands in an exponent.
pub fn is_exponent(formula: &Formula, members: &[Vec<String>], name: &str) -> bool {
    let is = |open: &Formula| open.exponents().iter().any(|known| *known == name || family(known) == name);
    open(formula, members).is_some_and(|(open, _)| is(&open))
}

/// A law with every member of its families as an input or a parameter of its own.
pub fn opened(law: &LawEntry, members: &[Vec<String>]) -> LawEntry {
    let names = Formula::parse(&law.formula).ok().and_then(|read| names(&read, members)).unwrap_or_default();
    let of = |name: &str| -> Vec<String> {
        let leaves: Vec<String> =
            names.iter().filter(|leaf| *leaf != name && family(leaf) == name).cloned().collect();
        if leaves.is_empty() { vec![name.to_owned()] } else { leaves }
    };
    let input = |input: &VariableEntry| {
        let leaf = |name| VariableEntry { name, ..input.clone() };
        of(&input.name).into_iter().map(leaf).collect::<Vec<_>>()
    };
    LawEntry {
        inputs: law.inputs.iter().flat_map(input).collect(),
        parameters: law.parameters.iter().flat_map(|name| of(name)).collect(),
        ..law.clone()
    }
}

/// Whether a text can name a member.
fn is_name(text: &str) -> bool {
    // Two with a comma between them are a member of two families.
    !text.contains(',')
        && Formula::parse(&format!("h[{text}]")).is_ok_and(|read| read.names() == [format!("h[{text}]")])
}

/// What is wrong with a list of members, in a sentence.
pub fn complaint(list: &[String]) -> Option<String> {
    for (at, name) in list.iter().enumerate() {
        if name.is_empty() {
            return Some("Expected a name for every member.".to_owned());
        }
        if !is_name(name) {
            return Some(format!("Expected a name of letters, digits and _, such as web; got “{name}”."));
        }
        if list[..at].contains(name) {
            return Some(format!("Expected every member once; {name} stands twice."));
        }
    }
    None
}

/// What is said of a list that is right: `C, h and gamma have a value for each.`
pub fn says(families: &[String]) -> String {
    match families {
        [] => String::new(),
        [only] => format!("{only} has a value for each."),
        [first @ .., last] => format!("{} and {last} have a value for each.", first.join(", ")),
    }
}

/// Members as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// As typed, mistakes and all.
    pub typed: Members,
    /// As they were last right; a list has as many here.
    pub good: Members,
}

/// What a reader does to a list of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Names one of them.
    Name(usize, String),
    /// Adds one at the end.
    Add,
    /// Takes one away.
    Remove(usize),
}

impl Lists {
    /// Lists as they stand.
    pub fn new(typed: Members) -> Self {
        let right = |list: &Vec<String>| complaint(list).is_none();
        let good = typed.iter().map(|list| if right(list) { list.clone() } else { numbered(list.len()) });
        Self { good: good.collect(), typed }
    }

    /// Has a list for so many groups at least.
    pub fn provide(&mut self, groups: usize) {
        let more = opening(groups.saturating_sub(self.typed.len()));
        self.typed.extend(more.clone());
        self.good.extend(more);
    }

    /// Changes a list. The answer says where each of its members stood among those before; a new one stood nowhere.
    pub fn change(&mut self, group: usize, change: &Change) -> Vec<Option<usize>> {
        let (Some(typed), Some(good)) = (self.typed.get_mut(group), self.good.get_mut(group)) else {
            return Vec::new();
        };
        let mut stood: Vec<Option<usize>> = (0..typed.len()).map(Some).collect();
        match change {
            Change::Name(at, name) => {
                if let Some(typed) = typed.get_mut(*at) {
                    name.trim().clone_into(typed);
                }
            }
            Change::Add => {
                let known: Vec<String> = typed.iter().chain(&*good).cloned().collect();
                let mut number = typed.len() + 1;
                while known.contains(&domain(number)) {
                    number += 1;
                }
                let name = domain(number);
                typed.push(name.clone());
                good.push(name);
                stood.push(None);
            }
            // The last one stays: a family has a member.
            Change::Remove(at) if *at < typed.len() && typed.len() > 1 => {
                typed.remove(*at);
                good.remove(*at);
                stood.remove(*at);
            }
            Change::Remove(_) => {}
        }
        if complaint(typed).is_none() {
            good.clone_from(typed);
        }
        stood
    }
}

fn domain(number: usize) -> String {
    format!("domain{number}")
}

fn numbered(count: usize) -> Vec<String> {
    (1..=count).map(domain).collect()
}

/// Texts by name once the members of a group stand elsewhere: what was typed for a member goes with it.
pub fn moved(
    formula: &Formula,
    before: &[Vec<String>],
    after: &[Vec<String>],
    (group, stood): (usize, &[Option<usize>]),
    text: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    // The members by where they stood, so that a new name is no new member.
    let place = |at: usize| format!("p{at}");
    let places = |lists: &[Vec<String>]| -> Members {
        lists.iter().map(|list| (0..list.len()).map(place).collect()).collect()
    };
    let (mut from, mut to) = (places(before), places(after));
    from.resize(after.len(), Vec::new());
    if let Some(to) = to.get_mut(group) {
        *to = stood.iter().map(|stood| stood.map_or("new".to_owned(), place)).collect();
    }
    let named = |lists: &[Vec<String>]| names(formula, lists).unwrap_or_default();
    let (old, old_places) = (named(before), named(&from));
    let (new, new_places) = (named(after), named(&to));
    let known = |place: &String| {
        let at = old_places.iter().position(|known| known == place)?;
        Some(text(old.get(at)?))
    };
    let texts = new_places.iter().map(|place| known(place).unwrap_or_default());
    new.into_iter().zip(texts.collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_have_a_member_each_in_the_readers_order() {
        let formula = Formula::parse("E + 1 / sum(i: C[i] * h[i]^gamma[i]) + A / N^alpha").unwrap();
        assert_eq!(groups(&formula), [list(&["C", "h", "gamma"])]);
        let names = names(&formula, &[list(&["web", "code"])]).unwrap();
        let expected =
            ["E", "C[web]", "C[code]", "h[web]", "h[code]", "gamma[web]", "gamma[code]", "A", "N", "alpha"];
        assert_eq!(names, expected);
    }

    #[test]
    fn families_of_two_indices_have_a_name_for_each_pair() {
        let formula = Formula::parse("sum(i, j: t[i, j] * h[j])").unwrap();
        assert_eq!(groups(&formula), [list(&["t"]), list(&["t", "h"])]);
        let names = names(&formula, &[list(&["b", "a"]), list(&["x"])]).unwrap();
        assert_eq!(names, ["t[b,x]", "t[a,x]", "h[x]"]);
    }

    #[test]
    fn a_list_that_is_not_right_says_why() {
        assert_eq!(complaint(&list(&["web", "code"])), None);
        for (wrong, why) in [
            (list(&["web", ""]), "Expected a name for every member."),
            (list(&["web", "web"]), "Expected every member once; web stands twice."),
        ] {
            assert_eq!(complaint(&wrong).as_deref(), Some(why));
        }
        assert!(complaint(&list(&["a b"])).is_some());
        assert!(complaint(&list(&["a]"])).is_some());
        assert_eq!(says(&list(&["C", "h", "gamma"])), "C, h and gamma have a value for each.");
    }

    #[test]
    fn what_was_typed_for_a_member_goes_with_it() {
        let formula = Formula::parse("sum(i: C[i] * h[i]) + E").unwrap();
        let mut lists = Lists::new(opening(1));
        let mut texts: Vec<(String, String)> =
            names(&formula, &lists.good).unwrap().into_iter().map(|name| (name.clone(), name)).collect();
        for change in [
            Change::Add,
            Change::Name(0, "books".to_owned()),
            Change::Name(1, "books".to_owned()),
            Change::Name(1, "prose".to_owned()),
            Change::Remove(0),
        ] {
            let before = lists.good.clone();
            let stood = lists.change(0, &change);
            let old = texts.clone();
            let text = |name: &str| {
                old.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()).unwrap_or_default()
            };
            texts = moved(&formula, &before, &lists.good, (0, &stood), text);
        }
        let expected = [
            ("C[prose]", "C[code]"),
            ("C[domain3]", ""),
            ("h[prose]", "h[code]"),
            ("h[domain3]", ""),
            ("E", "E"),
        ];
        assert_eq!(texts, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        lists.change(0, &Change::Remove(0));
        lists.change(0, &Change::Remove(0));
        assert_eq!(lists.typed, [list(&["domain3"])]);
    }

    #[test]
    fn every_law_of_families_is_opened_and_can_be_asked() {
        let answer = crate::ask::answer_text(r#"{"laws":{}}"#, &mut |_| ());
        let mut met = Vec::new();
        for law in crate::web::reading::read_laws(&answer) {
            let groups = groups_of(&law.formula);
            if groups.is_empty() {
                continue;
            }
            let open = opened(&law, &vec![list(&["web", "code", "books"]); groups.len()]);
            let mut evaluation = super::super::evaluation::Evaluation::opening(&open, |_| "0.5".to_owned());
            evaluation.at = open.inputs.iter().map(|input| input.unit.example().to_owned()).collect();
            let answer = crate::ask::answer_text(&evaluation.question(&open).unwrap(), &mut |_| ());
            assert!(answer.contains(r#""value":"#), "{}: {answer}", law.id);
            met.push(law.id);
        }
        assert_eq!(met, ["shukor-additive", "shukor-joint", "ye-mixing"]);
    }
}
