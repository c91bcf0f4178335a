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

/// The names of a formula, with each member of its families as a name of its own, in the order of `members`; nothing
/// where these are not right.
pub fn names(formula: &Formula, members: &[Vec<String>]) -> Option<Vec<String>> {
    let shared = formula.shared();
    if shared.is_empty() {
        return Some(formula.names().into_iter().map(str::to_owned).collect());
    }
    let list = |family: &str, place: usize| {
        let at = shared.iter().position(|places| places.contains(&(family, place)))?;
        members.get(at)
    };
    let mut seeds = Vec::new();
    for family in formula.families() {
        let lists: Vec<&Vec<String>> = (0..).map_while(|place| list(family, place)).collect();
        let product = lists.iter().fold(vec![String::new()], |begun, list| {
            let with = |begun: &String| {
                let comma = if begun.is_empty() { "" } else { "," };
                list.iter().map(|member| format!("{begun}{comma}{member}")).collect::<Vec<_>>()
            };
            begun.iter().flat_map(with).collect()
        });
        seeds.extend(product.into_iter().map(|inside| format!("{family}[{inside}]")));
    }
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    let open = formula.with_members(&seeds).ok()?;
    let place = |name: &str| seeds.iter().position(|seed| *seed == name);
    let mut names: Vec<String> = Vec::new();
    for name in open.names() {
        let own = family(name);
        if own == name {
            names.push(name.to_owned());
        } else if !names.iter().any(|known| known != own && family(known) == own) {
            let mut leaves: Vec<&str> = open.names().into_iter().filter(|leaf| family(leaf) == own).collect();
            leaves.sort_by_key(|leaf| place(leaf));
            names.extend(leaves.into_iter().map(str::to_owned));
        }
    }
    Some(names)
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
    Formula::parse(&format!("h[{text}]")).is_ok_and(|read| read.names() == [format!("h[{text}]")])
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

/// A name for one more member.
pub fn another(list: &[String]) -> String {
    let name = |number| format!("domain{number}");
    (list.len() + 1..).map(name).find(|name| !list.contains(name)).unwrap_or_default()
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
        assert_eq!(another(&list(&["web", "domain3"])), "domain4");
        assert_eq!(says(&list(&["C", "h", "gamma"])), "C, h and gamma have a value for each.");
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
