//! The laws that can be fitted to the same rows beside the chosen one.

use super::laws::{Laws, OWN, listed};
use super::state::state;
use crate::web::fit::study::{FORMULA, Study, TYPED};
use crate::web::laws::draft::Draft;
use crate::web::reading::{LawEntry, typed_law};
use crate::web::ui::choice_field::Choice;
use crate::web::ui::lean::Memo;

/// A law with the names of its inputs.
type Known = (Choice, Vec<String>);

/// What can be added: laws of size and tokens whose other inputs the rows have for the chosen law. The first is none.
pub fn offered(laws: Laws) -> Memo<Vec<Choice>> {
    let state = state();
    let known = Memo::new(move || -> Vec<Known> {
        let inputs = |listed: &str| listed.split(' ').map(str::to_owned).collect();
        let catalogue = listed();
        let catalogue = catalogue.into_iter().filter_map(|law| Some((law.choice, inputs(&law.inputs?))));
        laws.choices.with(|choices| choices.iter().filter_map(typed).chain(catalogue).collect())
    });
    Memo::new(move || {
        let study = state.study.get();
        let none = Choice::new("", "None yet");
        let add = Choice::new("", "Add a law…");
        let first = if study.beside.is_empty() { none } else { add };
        let chosen = laws.chosen.get();
        let fits = |known: &Known| chosen.as_ref().is_some_and(|chosen| fits(known, chosen, &study));
        let rest = known.with(|known| {
            own(&study)
                .iter()
                .chain(known)
                .filter(|law| fits(law))
                .map(|(law, _)| law.clone())
                .collect::<Vec<_>>()
        });
        [first].into_iter().chain(rest).collect()
    })
}

/// What a law is called that stands beside the chosen one.
pub fn called(choices: &[Choice], law: &str) -> String {
    let known = choices.iter().find(|known| known.value == law).map(|known| known.name.clone());
    known.unwrap_or_else(|| if law.starts_with('{') { OWN.to_owned() } else { law.to_owned() })
}

/// A law that the reader typed.
fn typed(law: &Choice) -> Option<Known> {
    let inputs = typed_law(&law.value, "")?.inputs.into_iter().map(|input| input.name).collect();
    Some((law.clone(), inputs))
}

/// The formula of this page, while it is not the chosen law.
fn own(study: &Study) -> Option<Known> {
    let formula = study.formula.trim();
    let is_other = study.law != TYPED && formula != FORMULA;
    let value = is_other.then(|| Draft::of(formula).law()).flatten()?;
    typed(&Choice::new(&value, OWN))
}

fn fits((law, inputs): &Known, chosen: &LawEntry, study: &Study) -> bool {
    let has = |name: &str| inputs.iter().any(|input| input == name);
    let is_there = |name: &String| {
        ["N", "D", "C"].contains(&&**name) || chosen.inputs.iter().any(|input| input.name == *name)
    };
    let is_new = law.value != study.law && !study.beside.contains(&law.value);
    is_new && has("N") && has("D") && inputs.iter().all(is_there)
}
