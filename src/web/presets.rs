//! Questions to start from, each one press away.

use super::limit::{Limit, Limited};
use super::question::Question;

/// A budget to start from: what it is called, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// What it is called.
    pub name: &'static str,
    budget: &'static str,
    /// What the reader has to type besides.
    beside: Option<Limited>,
}

/// Budgets to start from.
pub const BUDGETS: [Preset; 4] = [
    Preset { name: "$2M", budget: "$2M", beside: None },
    Preset { name: "64 H100 for 30 days", budget: "64 H100 for 30 days", beside: None },
    Preset { name: "Gopher’s budget", budget: super::question::BUDGET, beside: None },
    // No source gives a price for what stands at home.
    Preset { name: "8 L40S at home", budget: "8 L40S for 30 days", beside: Some(Limited::Price) },
];

/// Laws that count more than size and tokens: what each counts, and its id.
pub const COUNTED: [(&str, &str); 5] = [
    ("repeated data", "muennighoff"),
    ("experts", "ludziejewski"),
    ("sparsity", "abnar"),
    ("precision", "kumar-uniform"),
    ("vocabulary", "tao-loss"),
];

impl Preset {
    /// Asks with this budget. What is to be typed besides has a field then.
    pub fn take(&self, question: &mut Question) {
        self.budget.clone_into(&mut question.budget);
        if let Some(on) = self.beside
            && question.limits.iter().all(|limit| limit.on != on)
        {
            question.limits.push(Limit { on, text: String::new() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::web::question::{Fit, Need};
    use crate::web::reading::{Plan, read_laws};

    fn plan(question: &Question) -> Plan {
        let answer = answer_text(&question.allocate().unwrap(), &mut |_| {});
        Plan::read(&answer).unwrap_or_else(|| panic!("{answer}"))
    }

    #[test]
    fn every_budget_has_a_plan() {
        for preset in BUDGETS {
            let mut question = Question::default();
            preset.take(&mut question);
            preset.take(&mut question);
            assert!(plan(&question).size().is_some(), "{}", preset.name);
            assert_eq!(question.limits.len(), usize::from(preset.beside.is_some()), "{}", preset.name);
        }
    }

    #[test]
    fn a_law_that_counts_more_plans_at_once_and_with_what_is_left_open() {
        for (what, id) in COUNTED {
            let asked = format!(r#"{{"laws":{{"only":["{id}"]}}}}"#);
            let law = read_laws(&answer_text(&asked, &mut |_| {})).remove(0);
            let fit = &law.fits[0];
            let needs = law.needs(&fit.values);
            assert!(!needs.is_empty(), "{id}");
            let given = |input: &crate::web::reading::VariableEntry| Need {
                name: input.name.clone(),
                text: fit.example.get(&input.name).map(ToString::to_string).unwrap_or_default(),
            };
            let mut question = Question {
                law: id.to_owned(),
                fit: Fit::Published(String::new()),
                budget: "1e21 FLOPs".to_owned(),
                ..Question::default()
            };
            question.need(needs.iter().map(given));
            let at_example = plan(&question);
            assert!(at_example.size().is_some() && at_example.tokens().is_some(), "{what}: {at_example:?}");
            question.needs.iter_mut().for_each(|need| need.text.clear());
            let open = plan(&question);
            assert!(open.size().is_some(), "{what}: {open:?}");
            assert!(open.value <= at_example.value, "{what}: {open:?}");
        }
    }
}
