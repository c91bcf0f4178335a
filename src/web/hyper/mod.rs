//! Hyper-parameters at a plan: what every law says that needs nothing but the plan.

pub mod bands;
pub mod critical;
mod reads;
pub mod schedule;

pub use reads::{away, reads};

use super::json::{self, Json};
use super::reading::{LawEntry, Plan};
use crate::units::{Unit, show, whole};

/// The laws of language models. Laws that need more, such as a reference run, are asked on their own pages.
pub const LAWS: [&str; 10] = [
    "step-law",
    "kaplan-learning-rate",
    "kaplan-critical-batch",
    "deepseek-hyper",
    "porian-hyper",
    "moonlight",
    "mm1-learning-rate",
    "minicpm-batch",
    "schaipp-batch",
    "zhang-critical-batch",
];

/// The law of weight decay. It has no rate and no batch of its own but needs both, so it is read at each pair that one law
/// gives: the pair is never put together from two, and whose the timescale is stands beside the column.
pub const DECAY: &str = "power-lines-weight-decay";

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
    /// The weight decay at its rate and batch.
    pub decay: Option<f64>,
    /// What it reads of the plan, and how far that lies from its runs.
    pub read_at: String,
}

/// What the weight decay of a row is computed from: size, tokens, batch, rate.
pub type Decayed = [f64; 4];

impl Row {
    /// What its weight decay is computed from; nothing where the law lacks the rate or the best batch.
    pub fn decayed(&self, plan: &Plan) -> Option<Decayed> {
        let batch = self.batch.filter(|_| !self.critical)?;
        Some([plan.size()?, plan.tokens()?, batch, self.rate?])
    }

    /// The sequences of a step, each of so many tokens.
    pub fn sequences(&self, context: f64) -> Option<String> {
        self.batch.map(|batch| whole(batch / context))
    }
}

/// What stands over the sequences of a step.
pub fn sequences_of(context: f64) -> String {
    format!("Sequences of {}", whole(context))
}

/// The question for what lists say of the laws, that of weight decay the last.
pub fn about() -> String {
    let only = json::list(LAWS.iter().chain([&DECAY]).map(|id| json::string(id)));
    json::object(&[("laws", json::object(&[("only", only)]))])
}

/// The question for what a law says at a plan; nothing where the plan lacks an input of it.
pub fn question(plan: &Plan, law: &LawEntry) -> Option<String> {
    let input = |name: &'_ str| Some((name.to_owned(), json::number(reads::value(plan, name)?)));
    let inputs = law.inputs.iter().map(|each| input(&each.name)).collect::<Option<Vec<_>>>()?;
    let inputs: Vec<_> = inputs.iter().map(|(name, value)| (name.as_str(), value)).collect();
    let given = [("law", json::string(&law.id)), ("at", json::object(&inputs))];
    Some(json::object(&[("predict", json::object(&given))]))
}

/// The question for the weight decay of a row.
pub fn decay_question(of: &Decayed) -> String {
    let at: Vec<_> =
        ["N", "D", "B", "lr"].into_iter().zip(of.iter().map(|value| json::number(*value))).collect();
    let given = [("law", json::string(DECAY)), ("at", json::object(&at))];
    json::object(&[("predict", json::object(&given))])
}

/// The weight decay of an answer.
pub fn decay(answer: &str) -> Option<f64> {
    Json::read(answer)?.get("predict")?.get("outputs")?.get("lambda")?.number()
}

/// Whose the weight decay is and what it takes for granted, after the name of its law.
pub fn of_decay(plan: &Plan, laws: &[LawEntry]) -> Option<String> {
    let law = laws.iter().find(|law| law.id == DECAY)?;
    Some(format!(
        ", a law of the timescale alone, read at the rate and the batch of the row; this plan lies {}. It takes muP and a rate \
         that decays to zero for granted.",
        away(plan, law)
    ))
}

/// What the law of a place says in an answer; `laws` are the entries of all.
pub fn row(at: usize, plan: &Plan, laws: &[LawEntry], answer: Option<&str>) -> Option<Row> {
    let law = laws.get(at)?;
    let outputs = answer.and_then(|answer| Json::read(answer)?.get("predict")?.get("outputs"));
    let output = |name: &str| outputs?.get(name)?.number();
    let critical = output("B_crit");
    Some(Row {
        id: LAWS[at],
        name: law.name.clone(),
        fit: law.fits.first().map(|fit| fit.name.clone()).unwrap_or_default(),
        rate: output("lr"),
        batch: output("B").or_else(|| output("B_opt")).or(critical),
        critical: critical.is_some(),
        decay: None,
        read_at: reads(plan, law),
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
        let mut listed = LAWS;
        expected.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed.as_slice(), expected);
    }

    fn opening() -> Plan {
        Plan::read(&answer(&Question::default().allocate().unwrap())).unwrap()
    }

    fn rows(plan: &Plan) -> Vec<Row> {
        let entries = read_laws(&answer(&about()));
        let said = |at: usize| {
            row(at, plan, &entries, Some(&answer(&question(plan, &entries[at]).unwrap()))).unwrap()
        };
        (0..LAWS.len()).map(said).collect()
    }

    #[test]
    fn laws_say_what_they_can_at_the_plan_that_the_page_opens_with() {
        let plan = opening();
        let entries = &read_laws(&answer(&about()))[..LAWS.len()];
        let rows = rows(&plan);
        // The rate of Kaplan et al. falls below zero at such a size.
        let silent: Vec<&str> =
            rows.iter().filter(|row| row.rate.or(row.batch).is_none()).map(|row| row.id).collect();
        assert_eq!(silent, ["kaplan-learning-rate"]);
        assert!(rows.iter().all(|row| !row.name.is_empty() && !row.fit.is_empty()), "{rows:?}");
        // Without a loss in nats, the laws of the loss are not asked.
        let bits = Plan { unit: "bits/character".to_owned(), ..plan.clone() };
        assert_eq!(entries.iter().filter(|law| question(&bits, law).is_none()).count(), 2);
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

    #[test]
    fn a_row_says_what_its_law_reads_and_how_far_from_its_runs() {
        let rows = rows(&opening());
        let read_at = |id: &str| rows.iter().find(|row| row.id == id).unwrap().read_at.replace('\u{a0}', " ");
        // 73.19 B parameters over 1.1 B are 66.54.
        for (id, expected) in [
            ("step-law", "N, D; 67 times past its runs"),
            ("deepseek-hyper", "C; 4.5 decades past its runs"),
            ("moonlight", "C; its runs are not stated"),
            ("minicpm-batch", "L; its loss is that of C4"),
            ("kaplan-critical-batch", "L; its loss is that of WebText2"),
        ] {
            assert_eq!(read_at(id), expected);
        }
        let mut small = opening();
        small.at = [("N", 1e8), ("D", 4e9)].into_iter().collect();
        let law = &read_laws(&answer(&about()))[0];
        assert_eq!(reads(&small, law), "N, D; within its runs");
        small.at = [("N", 6e7), ("D", 1e9)].into_iter().collect();
        assert_eq!(reads(&small, law), "N, D; 2.0\u{a0}times below its runs");
    }

    #[test]
    fn a_batch_is_counted_in_sequences_too() {
        let step_law = &rows(&opening())[0];
        let batch = step_law.batch.unwrap();
        assert_eq!(step_law.sequences(4096.0), Some(whole(batch / 4096.0)));
        assert_eq!(Row { batch: None, ..step_law.clone() }.sequences(4096.0), None);
        assert_eq!(
            sequences_of(4096.0).replace(|letter: char| letter.is_whitespace(), " "),
            "Sequences of 4 096"
        );
    }

    #[test]
    fn weight_decay_is_read_at_the_rate_and_batch_of_one_law() {
        let plan = opening();
        let rows = rows(&plan);
        let has: Vec<&str> =
            rows.iter().filter(|row| row.decayed(&plan).is_some()).map(|row| row.id).collect();
        assert_eq!(has, ["step-law", "deepseek-hyper", "porian-hyper", "moonlight"]);
        let of = rows[0].decayed(&plan).unwrap();
        let [size, tokens, batch, rate] = of;
        let expected = batch * pow(tokens / size, 0.527) / (1.084 * rate * tokens);
        assert!((decay(&answer(&decay_question(&of))).unwrap() / expected - 1.0).abs() < 1e-9);
        let says = of_decay(&plan, &read_laws(&answer(&about()))).unwrap().replace('\u{a0}', " ");
        assert!(says.contains("this plan lies 22 times past its runs"), "{says}");
    }
}
