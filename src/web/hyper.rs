//! Learning rate and batch at a plan: what every law says that needs nothing but the plan.

use super::json::{self, Json};
use super::reading::{LawEntry, Plan};
use crate::units::{Unit, show};

/// The laws of language models, with what each is computed from. Laws that need more, such as a reference run, are asked on
/// their own pages.
pub const LAWS: [(&str, &[&str]); 10] = [
    ("step-law", &["N", "D"]),
    ("kaplan-learning-rate", &["N"]),
    ("kaplan-critical-batch", &["L"]),
    ("deepseek-hyper", &["C"]),
    ("porian-hyper", &["N"]),
    ("moonlight", &["C"]),
    ("mm1-learning-rate", &["N"]),
    ("minicpm-batch", &["L"]),
    ("schaipp-batch", &["D"]),
    ("zhang-critical-batch", &["N"]),
];

/// A law, and what it says at a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The id of the law.
    pub id: &'static str,
    /// Its name in lists.
    pub name: String,
    /// Whose constants they are.
    pub fit: String,
    /// The peak learning rate.
    pub rate: Option<f64>,
    /// The tokens of a step: the best batch, or the critical one.
    pub batch: Option<f64>,
    /// Whether the batch is the critical one, beyond which time is bought with compute.
    pub critical: bool,
}

/// The question for what lists say of the laws.
pub fn about() -> String {
    let only = json::list(LAWS.iter().map(|(id, _)| json::string(id)));
    json::object(&[("laws", json::object(&[("only", only)]))])
}

/// The question for what the law of a place says at a plan; nothing where the plan lacks an input of it.
pub fn question(plan: &Plan, at: usize) -> Option<String> {
    let value = |name: &str| match name {
        "N" => plan.size(),
        "D" => plan.tokens(),
        "C" => plan.flops,
        _ => plan.value.filter(|_| plan.unit == Unit::NatsPerToken.name()),
    };
    let (id, inputs) = LAWS[at];
    let inputs = inputs.iter().map(|&name| Some((name, json::number(value(name)?))));
    let given = [("law", json::string(id)), ("at", json::object(&inputs.collect::<Option<Vec<_>>>()?))];
    Some(json::object(&[("predict", json::object(&given))]))
}

/// What the law of a place says in an answer; `laws` are the entries of all.
pub fn row(at: usize, laws: &[LawEntry], answer: Option<&str>) -> Option<Row> {
    let (id, _) = LAWS[at];
    let law = laws.iter().find(|law| law.id == id)?;
    let outputs = answer.and_then(|answer| Json::read(answer)?.get("predict")?.get("outputs"));
    let output = |name: &str| outputs?.get(name)?.number();
    let critical = output("B_crit");
    Some(Row {
        id,
        name: law.name.clone(),
        fit: law.fits.first().map(|fit| fit.name.clone()).unwrap_or_default(),
        rate: output("lr"),
        batch: output("B").or_else(|| output("B_opt")).or(critical),
        critical: critical.is_some(),
    })
}

/// From where to where the laws reach, in a sentence.
pub fn spread(rows: &[Row]) -> String {
    let span = |values: Vec<f64>, unit| {
        let low = values.iter().copied().fold(f64::INFINITY, crate::num::min);
        let high = values.iter().copied().fold(0.0, crate::num::max);
        format!("{} to {}", show(low, unit).number(), show(high, unit))
    };
    let rates: Vec<f64> = rows.iter().filter_map(|row| row.rate).collect();
    let batches: Vec<f64> = rows.iter().filter(|row| !row.critical).filter_map(|row| row.batch).collect();
    if rates.is_empty() || batches.is_empty() {
        return String::new();
    }
    let [of_rates, of_batches] = [rates.len(), batches.len()];
    format!(
        "{of_rates} laws put the peak learning rate from {}, and {of_batches} the best batch from {}. No two were found in the \
         same way, so take one law whole.",
        span(rates, Unit::One),
        span(batches, Unit::Tokens),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::laws::{self, Kind};
    use crate::num::pow;
    use crate::web::question::Question;
    use crate::web::reading::read_laws;

    fn answer(question: &str) -> String {
        answer_text(question, &mut |_| {})
    }

    #[test]
    fn they_are_all_the_laws_that_need_nothing_but_the_plan() {
        // Of videos, and the rounding of another.
        let others = ["video-dit-hyper", "porian-hyper-round"];
        let plain = |law: &&&laws::Law| {
            let says = |name: &str| law.outputs.iter().any(|output| output.name == name);
            law.kind == Kind::HyperParameter
                && !law.fits.is_empty()
                && law.inputs.iter().all(|input| ["N", "D", "C", "L"].contains(&input.symbol))
                && ["lr", "B", "B_opt", "B_crit"].into_iter().any(says)
                && !others.contains(&law.id)
        };
        let mut expected: Vec<&str> = laws::LAWS.iter().filter(plain).map(|law| law.id).collect();
        let mut listed: Vec<&str> = LAWS.iter().map(|(id, _)| *id).collect();
        expected.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, expected);
        for (id, inputs) in LAWS {
            let symbols: Vec<&str> =
                laws::find(id).unwrap().inputs.iter().map(|input| input.symbol).collect();
            assert_eq!(symbols, inputs, "{id}");
        }
    }

    #[test]
    fn laws_say_what_they_can_at_the_plan_that_the_page_opens_with() {
        let plan = Plan::read(&answer(&Question::default().allocate().unwrap())).unwrap();
        let entries = read_laws(&answer(&about()));
        let said = |at: usize| row(at, &entries, Some(&answer(&question(&plan, at).unwrap()))).unwrap();
        let rows: Vec<Row> = (0..LAWS.len()).map(said).collect();
        // The rate of Kaplan et al. falls below zero at such a size.
        let silent: Vec<&str> =
            rows.iter().filter(|row| row.rate.or(row.batch).is_none()).map(|row| row.id).collect();
        assert_eq!(silent, ["kaplan-learning-rate"]);
        assert!(rows.iter().all(|row| !row.name.is_empty() && !row.fit.is_empty()), "{rows:?}");
        // Without a loss in nats, the laws of the loss are not asked.
        let bits = Plan { unit: "bits/character".to_owned(), ..plan.clone() };
        assert_eq!((0..LAWS.len()).filter(|at| question(&bits, *at).is_none()).count(), 2);
        // Li et al. (2025), Eq. 1: lr = 1.79 N^-0.713 D^0.307, batch = 0.58 D^0.571 tokens.
        let (size, tokens) = (plan.size().unwrap(), plan.tokens().unwrap());
        let close =
            |given: Option<f64>, expected: f64| assert!((given.unwrap() / expected - 1.0).abs() < 1e-9);
        close(rows[0].rate, 1.79 * pow(size, -0.713) * pow(tokens, 0.307));
        close(rows[0].batch, 0.58 * pow(tokens, 0.571));
        let spread = spread(&rows);
        for part in
            ["5 laws put the peak learning rate from 1.518", "to 0.0005616, and 6 the best batch from 4.82"]
        {
            assert!(spread.contains(part), "{spread}");
        }
    }
}
