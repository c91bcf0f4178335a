//! Several methods on the same runs: which there are, what came of each, how they differ.

use super::{asked, flops, pair};
use crate::figure::Table;
use crate::units::{self, Unit, percent, show};
use crate::web::fit::study::{Measure, Study};
use crate::web::json::{self, Json};
use crate::web::reading::LawEntry;
use crate::web::words;

/// As many draws are enough to tell methods apart.
const DRAWS: u64 = 100;

/// The ways in which residuals may count that are tried: the measure, its threshold, whether of the loss itself.
const LOSSES: [(Measure, &str, bool); 5] = [
    (Measure::Huber, "1e-3", false),
    (Measure::Huber, "1e-2", false),
    (Measure::Absolute, "", false),
    (Measure::Squares, "", false),
    (Measure::Squares, "", true),
];

/// A way from runs to a plan, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// What it is called.
    pub name: String,
    /// The way.
    pub way: Way,
}

/// A way from runs to a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// The chosen law, fitted as this says.
    Fit(Box<Study>),
    /// A parabola through the runs of each budget.
    Parabolas,
    /// The lowest of the training curves.
    Envelope,
}

/// Every method that may apply, the chosen one first.
pub fn methods(study: &Study, law: &LawEntry, grouped: bool) -> Vec<Method> {
    let mut methods = fits(study);
    let has =
        |name: &str| law.parameters.iter().any(|known| known == name) && study.fixed_at(name).is_empty();
    if study.ties.trim().is_empty() && has("alpha") && has("beta") {
        let tied = Study { ties: "alpha = beta".to_owned(), ..study.method_alone() };
        methods.push(Method { name: "α and β tied".to_owned(), way: Way::Fit(Box::new(tied)) });
    }
    methods.push(Method { name: "IsoFLOP parabolas".to_owned(), way: Way::Parabolas });
    methods.extend(grouped.then(|| Method { name: "Envelope of curves".to_owned(), way: Way::Envelope }));
    methods
}

/// The chosen law by every loss, the chosen one first.
pub fn fits(study: &Study) -> Vec<Method> {
    let chosen = study.method_alone();
    let mut fits = vec![chosen.clone()];
    for (measure, delta, raw) in LOSSES {
        let delta = if measure == Measure::Huber { delta } else { &study.delta }.to_owned();
        let other = Study { measure, delta, raw, ..chosen.clone() };
        if !fits.iter().any(|known| counts_as(known, &other)) {
            fits.push(other);
        }
    }
    fits.into_iter().map(|fit| Method { name: name(&fit), way: Way::Fit(Box::new(fit)) }).collect()
}

/// Whether residuals count alike.
fn counts_as(a: &Study, b: &Study) -> bool {
    let delta = |study: &Study| (study.measure == Measure::Huber).then(|| study.delta());
    a.measure == b.measure && a.raw == b.raw && delta(a) == delta(b)
}

/// What a fit is called by how residuals count.
fn name(fit: &Study) -> String {
    let of = if fit.raw { "raw loss" } else { "log loss" };
    match fit.measure {
        Measure::Huber => {
            let delta = fit.delta().map_or_else(|_| fit.delta.clone(), units::ascii);
            let huber = if fit.raw { "Huber, raw loss" } else { "Log-Huber" };
            format!("{huber}, δ\u{a0}=\u{a0}{delta}")
        }
        Measure::Absolute if !fit.raw => "Least absolute deviations".to_owned(),
        Measure::Absolute => format!("Least absolute, {of}"),
        Measure::Squares => format!("Least squares, {of}"),
    }
}

impl Method {
    /// As the contract has it.
    pub fn json(&self) -> Option<String> {
        match &self.way {
            Way::Fit(fit) => Some(json::object(&fit.method_fields()?)),
            Way::Parabolas => Some(json::string("isoflop")),
            Way::Envelope => Some(json::string("envelope")),
        }
    }

    /// Whether both are fits by the same loss.
    fn counts_as(&self, other: &Self) -> bool {
        matches!((&self.way, &other.way), (Way::Fit(a), Way::Fit(b)) if counts_as(a, b))
    }
}

/// The question for all of them at the budget of a study; nothing while something typed cannot be read.
pub fn ask(methods: &[Method], study: &Study, runs: &str) -> Option<String> {
    study.budget().ok()?;
    let list: Vec<String> = methods.iter().map(Method::json).collect::<Option<_>>()?;
    let mut fields = vec![
        ("runs", runs.to_owned()),
        ("methods", json::list(list.into_iter())),
        ("budget", json::string(&study.budget)),
    ];
    let draws = study.draws().ok()?.min(DRAWS);
    if draws > 0 {
        fields.push(("bootstrap", json::object(&study.drawn(draws)?)));
    }
    Some(asked("compare", &fields))
}

/// What one method makes of the runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The method.
    pub method: Method,
    /// Whether its fit has no certificate.
    pub in_doubt: bool,
    /// Its plan, or why it has none.
    pub plan: Result<Planned, String>,
    /// Akaike's and Schwarz's criteria, where it is fitted by the same loss as the chosen one.
    pub criteria: Option<[f64; 2]>,
    /// The share of the compute that its plan wastes if the chosen method is right.
    pub wasted: Option<f64>,
}

/// A plan at the budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planned {
    /// N.
    pub size: f64,
    /// The ends of its interval.
    pub ends: Option<[f64; 2]>,
    /// D.
    pub tokens: f64,
    /// D over N.
    pub ratio: f64,
    /// The loss it foretells; an approach of best sizes foretells none.
    pub loss: Option<f64>,
}

/// Reads an Answer about these methods, in their order.
pub fn read(answer: &str, methods: &[Method]) -> Option<Vec<Compared>> {
    let compare = Json::read(answer)?.get("compare")?.members();
    let regret = compare.get("regret").and_then(|rows| rows.items().into_iter().next());
    let wasted: Vec<_> = regret.map(Json::items).unwrap_or_default().into_iter().map(Json::number).collect();
    let items = compare.get("methods")?.items();
    let one = |(at, (item, method)): (usize, (Json<'_>, &Method))| {
        let item = item.members();
        let number = |name| item.get(name).and_then(|value| value.number());
        let alike = method.counts_as(&methods[0]);
        let plan = match item.get("error") {
            Some(error) => Err(error.get("message").and_then(Json::string).unwrap_or_default()),
            None => item
                .get("decision")
                .and_then(|plan| planned(*plan))
                .ok_or("it has no plan at this budget".to_owned()),
        };
        let ended = item.get("termination").and_then(|word| word.string());
        Compared {
            method: method.clone(),
            in_doubt: ended.is_some_and(|word| word != "converged"),
            plan,
            criteria: number("aic").zip(number("bic")).filter(|_| alike).map(|(aic, bic)| [aic, bic]),
            wasted: wasted.get(at).copied().flatten(),
        }
    };
    Some(items.into_iter().zip(methods).enumerate().map(one).collect())
}

fn planned(decision: Json<'_>) -> Option<Planned> {
    let at = decision.get("at")?;
    let value = |of: Option<Json<'_>>| of.and_then(|of| of.get("value")).and_then(Json::number);
    let (size, tokens) = (value(at.get("N"))?, value(at.get("D"))?);
    Some(Planned {
        size,
        ends: at.get("N").and_then(|size| size.get("interval")).and_then(pair),
        tokens,
        ratio: tokens / size,
        loss: value(decision.get("value")),
    })
}

impl Compared {
    /// What it is called, and whether it can be believed.
    pub fn name(&self) -> String {
        let name = &self.method.name;
        if self.in_doubt { format!("{name}, not converged") } else { name.clone() }
    }
}

/// What is over the strip: `The same runs, six methods`.
pub fn title(count: usize) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let number = WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned());
    format!("The same runs, {number} {}", if count == 1 { "method" } else { "methods" })
}

/// The budget, what was left out, and what the wrong choice would waste. `parabolas` is what is said of these.
pub fn says(compared: &[Compared], budget: f64, parabolas: Option<&str>) -> String {
    let mut says = vec![format!("Compute-optimal size at {}.", flops(budget))];
    for one in compared {
        if let Err(why) = &one.plan {
            let says_why = format!("{} left out: {}", subject(&one.method), short(why));
            says.push(words::sentence_case(&says_why));
        }
    }
    says.extend(parabolas.map(str::to_owned));
    let worst = compared.iter().skip(1).filter_map(|one| Some((one, one.wasted?)));
    if let Some((one, wasted)) = worst.reduce(|worst, next| if next.1 > worst.1 { next } else { worst }) {
        let (name, wasted) = (followed(&one.method), percent(wasted));
        says.push(format!("If the first is right, following {name} would waste {wasted} of the compute."));
    }
    says.join(" ")
}

fn subject(method: &Method) -> String {
    match &method.way {
        Way::Fit(_) => format!("{} is", method.name),
        Way::Parabolas => "Parabolas are".to_owned(),
        Way::Envelope => "The envelope is".to_owned(),
    }
}

/// A message without the place in the question that it begins with.
fn short(message: &str) -> String {
    match message.split_once(": ") {
        Some((path, rest)) if !path.contains(' ') => rest.to_owned(),
        _ => message.to_owned(),
    }
}

/// What is followed, within a sentence.
fn followed(method: &Method) -> String {
    match &method.way {
        Way::Fit(fit) if fit.measure == Measure::Huber => method.name.clone(),
        Way::Fit(_) => method.name.replacen('L', "l", 1),
        Way::Parabolas => "the parabolas".to_owned(),
        Way::Envelope => "the envelope".to_owned(),
    }
}

/// The same numbers in rows.
pub fn table(compared: &[Compared], title: String) -> Table {
    let head =
        ["", "Parameters", "90\u{a0}%", "Tokens", "Tokens per parameter", "Loss", "AIC", "BIC", "Wasted"];
    let row = |one: &Compared| {
        let plan = one.plan.as_ref().ok();
        let print = |value: Option<String>| value.unwrap_or_default();
        let criterion = |at: usize| print(one.criteria.map(|both| units::decimals(both[at], 1)));
        vec![
            one.name(),
            print(plan.map(|plan| size(plan.size))),
            print(plan.and_then(ends)),
            print(plan.map(|plan| show(plan.tokens, Unit::Tokens).number())),
            print(plan.map(|plan| ratio(plan.ratio))),
            print(plan.and_then(|plan| plan.loss).map(|loss| units::decimals(loss, 3))),
            criterion(0),
            criterion(1),
            print(one.wasted.map(percent)),
        ]
    };
    Table { caption: title, head: head.map(str::to_owned).to_vec(), rows: compared.iter().map(row).collect() }
}

/// A size as it is printed.
pub fn size(size: f64) -> String {
    show(size, Unit::Parameters).number()
}

/// Tokens per parameter as they are printed.
pub fn ratio(ratio: f64) -> String {
    show(ratio, Unit::TokensPerParameter).number()
}

/// The interval of a size as it is printed.
pub fn ends(plan: &Planned) -> Option<String> {
    plan.ends.map(|ends| units::interval(plan.size, ends, Unit::Parameters).number())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNS: &str = r#"{"N":[1],"D":[2],"L":[3]}"#;

    fn law() -> LawEntry {
        let parameters = ["E", "A", "alpha", "B", "beta"].map(str::to_owned).to_vec();
        LawEntry { parameters, ..LawEntry::default() }
    }

    fn names(study: &Study, grouped: bool) -> Vec<String> {
        methods(study, &law(), grouped).into_iter().map(|method| method.name).collect()
    }

    #[test]
    fn the_chosen_method_comes_first_and_none_twice() {
        let usual = names(&Study::default(), true);
        assert_eq!(
            usual,
            [
                "Log-Huber, δ\u{a0}=\u{a0}0.001",
                "Log-Huber, δ\u{a0}=\u{a0}0.01",
                "Least absolute deviations",
                "Least squares, log loss",
                "Least squares, raw loss",
                "α and β tied",
                "IsoFLOP parabolas",
                "Envelope of curves"
            ]
        );
        let squares =
            Study { measure: Measure::Squares, ties: "alpha = beta".to_owned(), ..Study::default() };
        let mine = names(&squares, false);
        assert_eq!((mine[0].as_str(), mine.len()), ("Least squares, log loss", 6));
    }

    #[test]
    fn every_method_is_asked_as_the_contract_has_it() {
        let study = Study::default();
        let question = ask(&methods(&study, &law(), true), &study, RUNS).unwrap();
        let read: serde_json::Value = serde_json::from_str(&question).unwrap();
        let asked: crate::ask::CompareQuestion = serde_json::from_value(read["compare"].clone()).unwrap();
        assert_eq!(asked.methods.len(), 8);
        assert_eq!(asked.bootstrap.unwrap().draws, Some(100));
        let unread = Study { budget: "much".to_owned(), ..study };
        assert_eq!(ask(&methods(&unread, &law(), true), &unread, RUNS), None);
    }

    const ANSWER: &str = concat!(
        r#"{"compare":{"methods":[{"name":"chinchilla","termination":"converged","aic":-489.04,"bic":-481.4,"#,
        r#""decision":{"at":{"N":{"value":73.2e9,"interval":[52.08e9,102.34e9]},"D":{"value":1.31e12}},"#,
        r#""value":{"value":1.9744}}},"#,
        r#"{"name":"chinchilla","termination":"max_iterations","aic":-352.8,"bic":-345.1,"#,
        r#""decision":{"at":{"N":{"value":76e9},"D":{"value":1.26e12}},"value":{"value":1.9744}}},"#,
        r#"{"name":"isoflop","error":{"code":"ask.malformed","message":"isoflop: expected runs with budgets"}}],"#,
        r#""reference":0,"regret":[[0.0,0.0312,null]],"warnings":[]}}"#
    );

    fn compared() -> Vec<Compared> {
        let all = methods(&Study::default(), &law(), false);
        read(ANSWER, &[0, 3, 6].map(|at| all[at].clone())).unwrap()
    }

    #[test]
    fn only_fits_by_the_same_loss_are_told_apart_by_criteria() {
        let rows = table(&compared(), String::new()).rows;
        assert_eq!(
            rows[0][1..],
            [
                "73.2\u{a0}B",
                "52.1 to 102.3\u{a0}B",
                "1.31\u{a0}T",
                "17.9",
                "1.974",
                "−489.0",
                "−481.4",
                "0.0\u{a0}%"
            ]
        );
        assert_eq!(rows[1][0], "Least squares, log loss, not converged");
        assert_eq!(rows[1][6..], ["", "", "3.1\u{a0}%"]);
        assert_eq!(rows[2][1], "");
    }

    #[test]
    fn the_sentence_says_what_is_left_out_and_what_the_wrong_choice_wastes() {
        let said = says(&compared(), 5.76e23, None);
        assert_eq!(
            said,
            "Compute-optimal size at 5.76\u{a0}×\u{a0}10²³\u{a0}FLOPs. Parabolas are left out: expected runs with budgets. If the first \
             is right, following least squares, log loss would waste 3.1\u{a0}% of the compute."
        );
        assert_eq!(title(6), "The same runs, six methods");
    }
}
