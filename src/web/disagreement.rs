//! What other published fits say of the same budget, and what it costs to follow the wrong one.

use super::json::{self, Json};
use super::question::{self, Fit, Question};
use super::reading::Plan;
use super::training::FLOPS;
use super::words::Caveat;
use crate::figure::Chart;
use crate::figure::strip::{Said, strip};
use crate::num::clamp;
use crate::units::{self, Unit, show};

/// Fits of dense language models that plan by a budget alone, one for each source and method.
pub const FITS: [Published; 14] = [
    Published::new("Hoffmann 2022, rounded digits", "chinchilla", "hoffmann2022-rounded")
        .of_massive_text()
        .superseded(),
    Published::new("Hoffmann 2022, approach 3", "chinchilla", "hoffmann2022").of_massive_text(),
    Published::new("Hoffmann 2022, approach 2", "hoffmann-approach-2", "table-a3"),
    Published::new("Hoffmann 2022, approach 1", "hoffmann-approach-1", "table-3"),
    Published::new("Sardana 2024", "sardana", "sardana2024").of_massive_text(),
    Published::new("Muennighoff 2023, C4", "muennighoff-one-pass", "tied"),
    Published::new("Besiroglu 2024, as printed", "chinchilla", "besiroglu2024").of_massive_text(),
    Published::new("Refit of 240 runs", "chinchilla", "refit-240").of_massive_text(),
    Published::new("Least squares, 217 runs", "chinchilla", "vpnls-217").of_massive_text(),
    Published::new("Porian 2024, tuned", "porian-optimum", "tuned-rw"),
    Published::new("DeepSeek 2024", "deepseek-optimum", "bi2024").converted(),
    Published::new("Gadre 2024, RedPajama", "gadre", "redpajama"),
    Published::new("Brandfonbrener 2024, SlimPajama", "brandfonbrener-chinchilla", "slimpajama"),
    Published::new("Kaplan 2020, superseded", "kaplan-optimum", "table-6").superseded().converted(),
];

/// A published fit as it stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Whose it is.
    pub name: &'static str,
    /// The id of the law.
    pub law: &'static str,
    /// The id of the fit.
    pub fit: &'static str,
    /// Whether a later one took its place, or its digits are rounded.
    pub superseded: bool,
    /// Whether it counts size in another way: FLOPs for each token, or without embeddings.
    pub converted: bool,
    /// Whether its losses are those of MassiveText, by the tokens of Chinchilla: of other text a loss means something else.
    pub of_massive_text: bool,
}

impl Published {
    const fn new(name: &'static str, law: &'static str, fit: &'static str) -> Self {
        Self { name, law, fit, superseded: false, converted: false, of_massive_text: false }
    }

    const fn superseded(self) -> Self {
        Self { superseded: true, ..self }
    }

    const fn converted(self) -> Self {
        Self { converted: true, ..self }
    }

    const fn of_massive_text(self) -> Self {
        Self { of_massive_text: true, ..self }
    }

    /// Whether it is the one that a question is asked of. A question that names no fit means the usual one; of a law that
    /// stands here once that is it.
    pub fn is_of(&self, question: &Question) -> bool {
        let is_alone = || FITS.iter().filter(|other| other.law == self.law).count() == 1;
        let is_meant = match &question.fit {
            Fit::Published(id) => id == self.fit || (id.is_empty() && is_alone()),
            Fit::Yours(_) => false,
        };
        question.law == self.law && is_meant
    }

    /// The question for its best plan of so many FLOPs of training.
    pub fn plan(&self, flops: f64) -> String {
        asked("allocate", &[self.named(), vec![("budget", json::number(flops))]].concat())
    }

    /// The question for the least compute at which it reaches the loss that it foresees at a size and tokens.
    pub fn least(&self, size: f64, tokens: f64) -> String {
        least(&self.named(), size, tokens)
    }

    /// The question for the least compute at which it reaches the loss of a plan; nothing where it, or the reader's own fit, is
    /// one of other losses.
    pub fn reaches(&self, question: &Question, plan: &Plan) -> Option<String> {
        let of_same_losses = FITS.iter().any(|fit| fit.of_massive_text && fit.is_of(question));
        let loss = plan.value.filter(|_| of_same_losses && self.of_massive_text)?;
        Some(least_for(&self.named(), json::number(loss)))
    }

    fn named(&self) -> Vec<(&'static str, String)> {
        vec![("law", json::string(self.law)), ("fit", json::string(self.fit))]
    }
}

/// The question for the least compute at which the reader's own law and fit reach the loss that they foresee at a size and
/// tokens; nothing where their plan depends on more than a budget.
pub fn least_by(question: &Question, size: f64, tokens: f64) -> Option<String> {
    let named = vec![
        ("law", question::law(&question.law)),
        ("fit", question.fit.values().filter(|fit| !fit.is_empty())?),
    ];
    is_plain(question).then(|| least(&named, size, tokens))
}

/// Whether a plan depends on nothing but a budget.
pub fn is_plain(question: &Question) -> bool {
    question.needs.is_empty()
        && question.limits.iter().all(|limit| !limit.on.is_of_plans() || limit.read().is_none())
}

fn least(named: &[(&str, String)], size: f64, tokens: f64) -> String {
    let at = json::object(&[("N", json::number(size)), ("D", json::number(tokens))]);
    least_for(named, asked("predict", &[named, &[("at", at)]].concat()))
}

/// The question for the least compute that reaches a loss.
fn least_for(named: &[(&str, String)], loss: String) -> String {
    let reach = json::object(&[("of", json::string("loss")), ("at_most", loss)]);
    let limits = json::list([reach].into_iter());
    asked("allocate", &[named, &[("minimize", json::string("cost")), ("limits", limits)]].concat())
}

fn asked(verb: &str, given: &[(&str, String)]) -> String {
    json::object(&[(verb, json::object(given))])
}

/// What one fit says.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which; none for the reader's own.
    pub of: Option<Published>,
    /// Parameters.
    pub size: f64,
    /// Tokens.
    pub tokens: f64,
    /// Whether it is the one that the page plans with.
    pub yours: bool,
    /// The share of the compute that is wasted by following the reader's where this one is true.
    pub if_true: Option<f64>,
    /// The share of the compute that is wasted by following this one where the reader's is true.
    pub if_followed: Option<f64>,
    /// How many times the compute of the plan it takes to the loss of the plan.
    pub times: Option<f64>,
    /// Between which sizes most of its draws lie, where they are at hand.
    pub held: Option<[f64; 2]>,
}

impl Row {
    /// The reader's own plan, where it is of no published fit: there is nothing to compare it with itself by.
    pub fn yours(size: f64, tokens: f64, held: Option<[f64; 2]>) -> Self {
        Self { of: None, size, tokens, yours: true, if_true: None, if_followed: None, times: None, held }
    }
}

/// The size and tokens of an answer: size by FLOPs for each token where the law counts those.
pub fn size_and_tokens(answer: &str) -> Option<(f64, f64)> {
    let plan = Plan::read(answer)?;
    let size = plan.size().or_else(|| Some(plan.at.get("M")? / FLOPS))?;
    Some((size, plan.tokens()?))
}

/// The share of `flops` that is wasted, where as much is reached with what the answer says.
pub fn wasted(answer: &str, flops: f64) -> Option<f64> {
    Some(share(times(answer, flops)?))
}

/// The share that is wasted where so many times as much would do.
pub fn share(times: f64) -> f64 {
    crate::num::max(1.0 - times, 0.0)
}

/// How many times `flops` the least compute of the answer is.
pub fn times(answer: &str, flops: f64) -> Option<f64> {
    let least = Json::read(answer)?.get("allocate")?.get("value")?.number()?;
    Some(least / flops)
}

/// Where a size lies among those of all rows, from 0 to 1; one beyond them lies at their end.
pub fn place(rows: &[Row], size: f64) -> f64 {
    let [low, high] = ends(rows).map(crate::num::ln);
    if high > low { clamp((crate::num::ln(size) - low) / (high - low), 0.0, 1.0) } else { 0.5 }
}

fn ends(rows: &[Row]) -> [f64; 2] {
    let low = rows.iter().map(|row| row.size).fold(f64::INFINITY, crate::num::min);
    [low, rows.iter().map(|row| row.size).fold(0.0, crate::num::max)]
}

/// The question that the rows answer.
pub const TITLE: &str = "How much do the laws disagree?";

/// The rows as a chart; nothing where there are none.
pub fn chart(rows: &[Row]) -> Option<Chart> {
    let said =
        rows.iter().map(|row| Said { name: name(row), value: row.size, ends: row.held, own: row.yours });
    let says = spread(rows, None);
    strip(TITLE, says, ("compute-optimal parameters", "parameters"), &said.collect::<Vec<_>>())
}

/// What a row is called; a size that was counted in another way is marked.
fn name(row: &Row) -> String {
    row.of
        .map_or("Yours".to_owned(), |of| format!("{}{}", of.name, if of.converted { "\u{a0}ᶜ" } else { "" }))
}

/// The rows as a file, with every digit.
pub fn csv(rows: &[Row]) -> String {
    let head = "fit,parameters,90 % lower,90 % upper,tokens,tokens per parameter,yours wastes if it is true,it wastes if \
                yours is true,compute for your loss\n";
    let line = |row: &Row| {
        let [low, high] = row.held.map_or([None; 2], |ends| ends.map(Some));
        let amounts = [Some(row.size), low, high, Some(row.tokens), Some(row.tokens / row.size)];
        let numbers = amounts.into_iter().chain([row.if_true, row.if_followed, row.times]);
        let cells: Vec<String> = numbers.map(|number| number.map(units::ascii).unwrap_or_default()).collect();
        format!("{},{}\n", json::string(&name(row).replace('\u{a0}', " ")), cells.join(","))
    };
    head.to_owned() + &rows.iter().map(line).collect::<String>()
}

/// How far sizes reach: `32.2 and 485 B`; nothing of fewer than two.
pub fn reach(sizes: &[f64]) -> Option<String> {
    let low = sizes.iter().copied().reduce(crate::num::min)?;
    let high = sizes.iter().copied().reduce(crate::num::max).filter(|_| sizes.len() > 1)?;
    let (low, high) = (show(low, Unit::Parameters), show(high, Unit::Parameters));
    let share = low.scale == high.scale && high.exponent.is_none();
    let from = if share { low.mantissa } else { low.number() };
    Some(format!("{from} and {}", high.number()))
}

/// How far the sizes of so many other fits of a kind reach, in a sentence.
pub fn headline(count: usize, kind: &str, reach: String) -> Caveat {
    Caveat {
        before: format!("{count} other {kind} put the size between "),
        strong: reach,
        after: ".".to_owned(),
    }
}

/// How far those reach that nothing took the place of, in words.
pub fn finding(reach: &str) -> String {
    format!("Without superseded fits, between {reach}")
}

/// What the rows say together, in sentences; `dollars` are what the whole compute costs.
pub fn spread(rows: &[Row], dollars: Option<f64>) -> String {
    if rows.len() < 2 {
        return String::new();
    }
    let shown = |size: f64| show(size, Unit::Parameters).number();
    let [low, high] = ends(rows).map(shown);
    let held = rows.iter().find_map(|row| row.held).map(|ends| {
        let [low, high] = ends.map(shown);
        format!(" Nine in ten refits behind yours put it from {low} to {high}.")
    });
    let says = format!(
        "For the same training compute, {} fits put the size from {low} to {high}.{} ᶜ marks a \
         size that was counted in another way.",
        rows.len(),
        held.unwrap_or_default()
    );
    let worst = rows.iter().filter_map(|row| row.if_true).fold(0.0, crate::num::max);
    if worst == 0.0 {
        return format!("{says} What the wrong one wastes is known for a budget alone.");
    }
    let dollars = dollars.map(|all| format!(", {}", show(all * worst, Unit::Dollars))).unwrap_or_default();
    format!(
        "{says} Following yours where another is true wastes up to {} of the compute{dollars}.",
        units::percent(worst)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;

    fn answer(question: &str) -> String {
        answer_text(question, &mut |_| {})
    }

    #[test]
    fn every_fit_plans_by_a_budget_alone() {
        let question = Question::default();
        assert!(is_plain(&question) && FITS[7].is_of(&question));
        let row = |of: &Published| {
            let (size, tokens) = size_and_tokens(&answer(&of.plan(5.76e23))).unwrap();
            // Kaplan et al. count other tokens: those of a run at the critical batch.
            let spent = FLOPS * size * tokens / 5.76e23;
            assert!(of.superseded || (spent - 1.0).abs() < 0.01, "{}: {spent}", of.name);
            Row {
                of: Some(*of),
                size,
                tokens,
                yours: false,
                if_true: None,
                if_followed: None,
                times: None,
                held: None,
            }
        };
        let rows: Vec<Row> = FITS.iter().map(row).collect();
        assert!((place(&rows, rows[0].size), place(&rows, rows[13].size)) == (0.0, 1.0));
        let sizes: Vec<f64> = rows.iter().map(|row| row.size).collect();
        assert_eq!(reach(&sizes).unwrap(), "32.2 and 485\u{a0}B");
        assert_eq!(reach(&sizes[..1]), None);
        assert_eq!(chart(&rows).unwrap().y.names[0], "Kaplan 2020, superseded\u{a0}ᶜ");
        let file = csv(&rows);
        assert!(file.starts_with("fit,parameters,90 % lower,") && file.lines().count() == 15, "{file}");
        assert!(file.contains("\"Kaplan 2020, superseded ᶜ\","), "{file}");
        // Powers of ten are each size's own.
        assert_eq!(reach(&[4.45e22, 9e21]).unwrap().replace('\u{a0}', " "), "9.00 × 10²¹ and 4.45 × 10²²");
        assert!(
            spread(&rows, None).replace('\u{a0}', " ").contains("14 fits put the size from 32.2 B to 485 B.")
        );
    }

    #[test]
    fn following_the_wrong_law_wastes_what_the_right_one_would_have_saved() {
        let question = Question::default();
        let (size, tokens) = size_and_tokens(&answer(&question.allocate().unwrap())).unwrap();
        let rounded = &FITS[0];
        // By independent computation: 18.4 % where the rounded digits are true, 21.1 % where the refit is.
        let if_true = wasted(&answer(&rounded.least(size, tokens)), 5.76e23).unwrap();
        let (size, tokens) = size_and_tokens(&answer(&rounded.plan(5.76e23))).unwrap();
        let if_followed = wasted(&answer(&least_by(&question, size, tokens).unwrap()), 5.76e23).unwrap();
        assert!((if_true - 0.184).abs() < 0.0005, "{if_true}");
        assert!((if_followed - 0.211).abs() < 0.0005, "{if_followed}");
    }

    #[test]
    fn the_multiplier_is_said_of_the_same_losses_alone() {
        let question = Question::default();
        let plan = Plan::read(&answer(&question.allocate().unwrap())).unwrap();
        let own = answer(&FITS[7].reaches(&question, &plan).unwrap());
        assert!((times(&own, 5.76e23).unwrap() - 1.0).abs() < 1e-9);
        // As `multiplier` has it.
        let asked = format!(
            r#"{{"multiplier":{{"a":{{"law":"chinchilla","fit":"refit-240"}},"b":{{"law":"chinchilla","fit":"hoffmann2022"}},"over":{{"loss":[{}]}}}}}}"#,
            plan.value.unwrap()
        );
        let expected: serde_json::Value = serde_json::from_str(&answer(&asked)).unwrap();
        let times = times(&answer(&FITS[1].reaches(&question, &plan).unwrap()), 5.76e23).unwrap();
        assert!(expected.to_string().contains(&format!("{times:.9}")[..10]), "{times}: {expected}");
        // The losses of C4 are others.
        assert_eq!(FITS[5].reaches(&question, &plan), None);
        let c4 = Question {
            law: "muennighoff-one-pass".to_owned(),
            fit: Fit::Published("tied".to_owned()),
            ..question
        };
        assert_eq!(FITS[1].reaches(&c4, &plan), None);
    }
}
