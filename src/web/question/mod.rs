//! What the reader asks: everything that was typed and chosen, as it was typed and chosen.
//!
//! This is the page's one writable state. The link, the question to the engine and all that is shown derive
//! from it.

mod runs;

use std::sync::Arc;

use super::budget::{self, Budget, Rented};
use super::find::{Aim, Aims, Find};
use super::json::{self, Json};
use super::limit::{self, Limit, Limited, Mistake, Said};
use super::reading::Plan;
use super::training::Training;
use crate::runs::Sent;
use crate::units::{Unit, ascii};
use runs::sent;
pub use runs::{Runs, columns, runs};

/// The budget of Chinchilla and Gopher, which the page opens with.
pub const BUDGET: &str = "5.76e23 FLOPs";
/// The law that the page opens with.
pub const LAW: &str = "chinchilla";
/// The fit of that law that the page opens with.
pub const FIT: &str = "refit-240";

/// The question for the laws that the page opens with, as JSON.
pub const LAWS: &str = r#"{"laws":{"only":["chinchilla","hoffmann-approach-1","hoffmann-approach-2"]}}"#;

/// What the reader asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is looked for.
    pub find: Find,
    /// What is given where no budget is.
    pub aims: Aims,
    /// The budget, as typed.
    pub budget: String,
    /// The id of a law, or a typed law as the contract's JSON.
    pub law: String,
    /// Values for the law's parameters.
    pub fit: Fit,
    /// What else the law depends on besides size and tokens, by name, as typed.
    pub needs: Vec<Need>,
    /// What is said beside the budget, in the order it was added.
    pub limits: Vec<Limit>,
    /// The reader's own training runs.
    pub runs: Option<Runs>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            find: Find::default(),
            aims: Aims::default(),
            budget: BUDGET.to_owned(),
            law: LAW.to_owned(),
            fit: Fit::Published(FIT.to_owned()),
            needs: Vec::new(),
            limits: Vec::new(),
            runs: None,
        }
    }
}

/// Where the values of a law's parameters come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    /// The id of a published fit; empty for the law's usual one.
    Published(String),
    /// The answer of the reader's own fit, as JSON.
    Yours(Arc<str>),
}

/// An input of a law besides size and tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its name in the law.
    pub name: String,
    /// Its value, as typed; empty where a plan chooses the best.
    pub text: String,
}

impl Need {
    /// Whether the reader gives it.
    pub fn is_given(&self) -> bool {
        !self.text.trim().is_empty()
    }
}

impl Question {
    /// How the budget reads.
    ///
    /// # Errors
    /// Why it cannot be read, or counted in FLOPs.
    pub fn budget(&self) -> Result<Budget, Mistake> {
        Budget::read(&self.budget, &self.limits)
    }

    /// How training is counted.
    pub fn training(&self) -> Training {
        Training::read(&self.limits)
    }

    /// What trains, where that can be read.
    pub fn rented(&self) -> Option<Rented> {
        match self.find {
            Find::Loss => self.budget().ok().map(|budget| budget.rented),
            _ => Rented::read(None, &self.limits).ok(),
        }
    }

    /// What is given where no budget is, and its text.
    pub fn aim(&self) -> Option<(Aim, &str)> {
        self.find.aim().map(|aim| (aim, self.aims.text(aim)))
    }

    /// What is spent, in FLOPs: the budget, or what a plan takes where that is looked for.
    pub fn spent(&self, plan: Option<&Plan>) -> Option<f64> {
        match self.find {
            Find::Loss => Some(self.budget().ok()?.flops),
            _ => plan?.spent(),
        }
    }

    /// Begins to say something beside the budget, with what it does not go without: dollars of serving depend on what is
    /// generated.
    pub fn say(&mut self, on: Limited) {
        let needs = (on == Limited::Serving && self.in_dollars()).then_some(Limited::Generated);
        let has = |on| self.limits.iter().any(|limit| limit.on == on);
        let new: Vec<Limited> = [on].into_iter().chain(needs).filter(|on| !has(*on)).collect();
        self.limits.extend(new.into_iter().map(|on| Limit { on, text: String::new() }));
    }

    /// The question for the lowest loss within another budget, in FLOPs.
    #[must_use]
    pub fn with_budget(&self, flops: f64) -> Self {
        Self { find: Find::Loss, budget: format!("{} FLOPs", ascii(flops)), ..self.clone() }
    }

    /// The question to the engine as JSON, if everything typed can be read.
    pub fn allocate(&self) -> Option<String> {
        self.with(self.fit.values()?, self.target()?)
    }

    /// The same question for a fit that is given as JSON.
    pub fn allocate_with(&self, fit: &str) -> Option<String> {
        match self.find {
            Find::Loss => self.allocate_by(fit, self.budget().ok()?.flops),
            _ => self.with(fit.to_owned(), self.target()?),
        }
    }

    /// The same question for another budget, in FLOPs.
    pub fn allocate_at(&self, flops: f64) -> Option<String> {
        self.for_budget(self.fit.values()?, flops)
    }

    /// The same question for a fit that is given as JSON.
    pub fn allocate_by(&self, fit: &str, flops: f64) -> Option<String> {
        self.for_budget(fit.to_owned(), flops)
    }

    fn for_budget(&self, fit: String, flops: f64) -> Option<String> {
        let (budget, devices) = match self.find {
            Find::Loss => self.budget().ok()?.at(flops, &self.limits),
            _ => (json::number(flops), None),
        };
        // A deadline is one of devices, also where the budget does not speak of them.
        let until = self.limits.iter().any(|limit| limit.on == Limited::Deadline && limit.read().is_some());
        let devices = devices.or_else(|| self.rented().filter(|_| until).map(|rented| rented.as_json()));
        self.with(fit, Target { fields: vec![("budget", budget)], rule: None, devices })
    }

    /// What is looked for, as the question to the engine has it; nothing where what was typed cannot be read.
    fn target(&self) -> Option<Target> {
        let beside = &self.limits;
        let Some((aim, text)) = self.aim() else {
            let devices = self.budget().ok()?.devices(beside);
            return Some(Target {
                fields: vec![("budget", json::string(&self.budget))],
                rule: None,
                devices,
            });
        };
        aim.read(text).ok()?;
        let devices = budget::devices(beside, self.find == Find::Dollars, false);
        let rule = aim.rule(text);
        let least = match self.find {
            Find::Dollars => budget::check_dollars(beside).ok().map(|()| "dollars")?,
            _ if budget::serves(beside) => "total",
            _ => "cost",
        };
        Some(match aim {
            Aim::Loss => {
                Target { fields: vec![("minimize", json::string(least))], rule: Some(rule), devices }
            }
            _ => Target { fields: vec![("budget_for", rule)], rule: None, devices },
        })
    }

    /// The same question without one of its limits.
    pub fn allocate_without(&self, limit: usize) -> Option<String> {
        let mut less = self.clone();
        less.limits.remove(limit);
        less.allocate()
    }

    /// How a limit reads, with what it depends on; nothing while it is empty.
    pub fn read_limit(&self, limit: &Limit) -> Option<Result<Said, Mistake>> {
        let read = limit.read()?;
        let lacks_devices = || self.rented().is_some_and(|rented| rented.count.is_none());
        if limit.on == Limited::Deadline && read.is_ok() && lacks_devices() {
            let missing = "expected the number of devices too: add “Number of devices”";
            return Some(Err(Mistake::Other(missing.to_owned())));
        }
        Some(read)
    }

    /// Whether dollars are counted of serving whose share generated is not said yet.
    fn lacks_share(&self) -> bool {
        let says = |limit: &Limit| limit.on == Limited::Generated && limit.amount().is_some();
        self.in_dollars() && budget::serves(&self.limits) && !self.limits.iter().any(says)
    }

    /// Whether dollars are spent or looked for.
    fn in_dollars(&self) -> bool {
        match self.find {
            Find::Loss => self.budget().is_ok_and(|budget| budget.read.unit == Unit::Dollars),
            find => find == Find::Dollars,
        }
    }

    /// The place of a limit among those that are asked: limits without a text are not.
    pub fn place_asked(&self, on: Limited) -> Option<usize> {
        let place = self.limits_asked().position(|known| known == on)?;
        Some(self.needs_given().count() + place)
    }

    /// How many limits are asked; the budget comes after them.
    pub fn asked(&self) -> usize {
        self.needs_given().count() + self.limits_asked().count()
    }

    fn limits_asked(&self) -> impl Iterator<Item = Limited> {
        let asked = self.limits.iter().filter(|limit| limit.on.is_a_limit() && limit.read().is_some());
        asked.map(|limit| limit.on)
    }

    /// What the law depends on that the reader gives; a plan chooses the rest.
    fn needs_given(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(|need| need.is_given())
    }

    /// Changes what it needs besides size and tokens; what was typed for a name stays.
    pub fn need(&mut self, needs: impl Iterator<Item = Need>) {
        let typed = std::mem::take(&mut self.needs);
        let known = |need: Need| typed.iter().find(|known| known.name == need.name).cloned().unwrap_or(need);
        self.needs = needs.map(known).collect();
    }

    /// The question that fits the law to runs, as JSON.
    pub fn fit_to(&self, runs: &Sent) -> String {
        asked("fit", &[("law", law(&self.law)), ("runs", sent(runs))])
    }

    /// The question for the loss at many points, as JSON. What a plan chose besides is as in `plan`.
    pub fn predict(&self, sizes: &[f64], tokens: &[f64], plan: &Plan) -> Option<String> {
        self.predict_with(self.fit.values()?, sizes, tokens, plan)
    }

    /// The same question for a fit that is given as JSON.
    pub fn predict_with(&self, fit: String, sizes: &[f64], tokens: &[f64], plan: &Plan) -> Option<String> {
        let column = |values: &[f64]| json::list(values.iter().map(|value| json::number(*value)));
        let mut at = vec![("N", column(sizes)), ("D", column(tokens))];
        for need in &self.needs {
            let chosen = || Some(json::number(*plan.at.get(&need.name)?));
            let value = if need.is_given() { Some(json::string(&need.text)) } else { chosen() };
            at.push((&need.name, value?));
        }
        let mut given = vec![("law", law(&self.law))];
        given.extend(given_fit(fit));
        given.push(("at", json::object(&at)));
        Some(asked("predict", &given))
    }

    /// The question for a plan by a fit, given as JSON.
    fn with(&self, fit: String, target: Target) -> Option<String> {
        let limits = &self.limits;
        let mut rules = Vec::new();
        for need in self.needs_given() {
            rules
                .push(json::object(&[("of", json::string(&need.name)), ("equal", json::string(&need.text))]));
        }
        let is_wrong = |limit: &Limit| matches!(self.read_limit(limit), Some(Err(_)));
        if limits.iter().any(|limit| !limit.on.is_of_shape() && is_wrong(limit)) || self.lacks_share() {
            return None;
        }
        rules.extend(limits.iter().filter_map(|limit| limit.rule(limits)).chain(target.rule));
        let mut given = vec![("law", law(&self.law))];
        given.extend(given_fit(fit));
        given.extend(target.fields);
        given.extend(self.training().formula().map(|cost| ("cost", json::string(&cost))));
        if !rules.is_empty() {
            given.push(("limits", json::list(rules.into_iter())));
        }
        given.extend(target.devices.map(|devices| ("hardware", devices)));
        given.extend(limit::serving(limits).map(|serving| ("serving", serving)));
        Some(asked("allocate", &given))
    }
}

/// What a question to the engine looks for, as JSON.
struct Target {
    /// Its fields.
    fields: Vec<(&'static str, String)>,
    /// A limit, after all others.
    rule: Option<String>,
    devices: Option<String>,
}

/// The fit of a Question; none where the law's usual one is meant.
fn given_fit(fit: String) -> Option<(&'static str, String)> {
    (!fit.is_empty()).then_some(("fit", fit))
}

/// A law of a Question, as JSON: an id is a string, and a typed law stands as it is.
pub fn law(law: &str) -> String {
    if law.starts_with('{') { law.to_owned() } else { json::string(law) }
}

fn asked(verb: &str, given: &[(&str, String)]) -> String {
    json::object(&[(verb, json::object(given))])
}

impl Fit {
    /// The values as JSON, for a question.
    pub(super) fn values(&self) -> Option<String> {
        match self {
            Self::Published(id) if id.is_empty() => Some(String::new()),
            Self::Published(id) => Some(json::string(id)),
            Self::Yours(text) => Json::read(text).map(|fit| fit.as_text().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_opens_with_the_opening_laws() {
        let asked: serde_json::Value = serde_json::from_str(LAWS).unwrap();
        assert_eq!(asked, serde_json::json!({"laws": {"only": crate::laws::OPENING}}));
    }

    #[test]
    fn a_budget_alone_is_asked_as_such() {
        let question = Question::default();
        let expected = r#"{"allocate":{"law":"chinchilla","fit":"refit-240","budget":"5.76e23 FLOPs"}}"#;
        assert_eq!(question.allocate().as_deref(), Some(expected));
    }

    #[test]
    fn the_usual_fit_of_a_law_is_not_named() {
        let question = Question {
            law: "other".to_owned(),
            fit: Fit::Published(String::new()),
            needs: vec![Need { name: "S".to_owned(), text: "0.5".to_owned() }],
            ..Question::default()
        };
        let expected = concat!(
            r#"{"allocate":{"law":"other","budget":1e24,"#,
            r#""limits":[{"of":"S","equal":"0.5"}]}}"#
        );
        assert_eq!(question.allocate_at(1e24).as_deref(), Some(expected));
        let chosen = Question { needs: vec![Need { name: "S".to_owned(), text: String::new() }], ..question };
        assert_eq!(
            chosen.allocate_at(1e24).as_deref(),
            Some(r#"{"allocate":{"law":"other","budget":1e24}}"#)
        );
    }

    #[test]
    fn a_typed_law_stands_as_it_is() {
        let law = r#"{"formula":"E + A / N^alpha + B / D^beta"}"#;
        let question = Question { law: law.to_owned(), ..Question::default() };
        assert!(question.allocate().unwrap().starts_with(&format!(r#"{{"allocate":{{"law":{law},"#)));
    }

    #[test]
    fn limits_that_are_set_stand_beside_the_budget() {
        let mut question = Question::default();
        question.limits.push(Limit { on: Limited::LargestSize, text: "7B".to_owned() });
        question.limits.push(Limit { on: Limited::MostTokens, text: " ".to_owned() });
        let expected = concat!(
            r#"{"allocate":{"law":"chinchilla","fit":"refit-240","budget":1e24,"#,
            r#""limits":[{"of":"N","at_most":"7B"}]}}"#
        );
        assert_eq!(question.allocate_at(1e24).as_deref(), Some(expected));
    }

    fn said(budget: &str, beside: &[(Limited, &str)]) -> Question {
        let limits = beside.iter().map(|&(on, text)| Limit { on, text: text.to_owned() }).collect();
        Question { budget: budget.to_owned(), limits, ..Question::default() }
    }

    #[test]
    fn a_budget_of_dollars_hours_or_days_is_asked_as_typed_with_its_devices() {
        let asked = |budget: &str, beside: &[(Limited, &str)]| {
            let asked: serde_json::Value =
                serde_json::from_str(&said(budget, beside).allocate().unwrap()).unwrap();
            let asked = &asked["allocate"];
            assert_eq!(asked["budget"], budget);
            (asked["hardware"].clone(), asked["serving"].clone())
        };
        let none = serde_json::Value::Null;
        assert_eq!(asked("1e24 FLOPs", &[]), (none.clone(), none.clone()));
        assert_eq!(asked("$2M", &[]), (serde_json::json!({"device": "h100-sxm"}), none.clone()));
        let (days, count) = (Limited::Devices, serde_json::json!({"device": "h100-sxm", "count": "64"}));
        assert_eq!(asked("30 days", &[(days, "64")]), (count, none.clone()));
        assert_eq!(asked("64 A100 for 30 days", &[]), (serde_json::json!({}), none));
        let served = asked("$2M", &[(Limited::Serving, "2T"), (Limited::Generated, "0.75")]).1;
        assert_eq!(served, serde_json::json!({"requests": 1.0, "prompt": 5e11, "output": 1.5e12}));
    }

    #[test]
    fn a_budget_is_worth_the_same_in_every_unit() {
        let flops = |budget: &str, beside: &[(Limited, &str)]| said(budget, beside).budget().unwrap().flops;
        let hours = 64.0 * 24.0 * 30.0;
        let expected = hours * 3600.0 * 989e12 * 0.4;
        let close = |given: f64| assert!((given / expected - 1.0).abs() < 1e-12, "{given}");
        close(flops("64 H100 for 30 days", &[]));
        close(flops("30 days", &[(Limited::Devices, "64")]));
        close(flops("46080 H100-hours", &[]));
        close(flops("$115200", &[]));
        close(flops("$230400", &[(Limited::Price, "$5/h")]));
        close(flops("92160 H100-hours", &[(Limited::Utilisation, "0.2")]));
    }

    #[test]
    fn other_budgets_of_a_served_model_name_the_device_of_the_hours() {
        let beside = [(Limited::Serving, "2T")];
        for budget in ["10k A100-hours", "64 A100 for 30 days"] {
            let question = said(budget, &beside);
            let asked = question.allocate_at(1e22).unwrap();
            assert!(asked.contains(r#"a100-sxm-hours""#), "{asked}");
            let answer = crate::ask::answer_text(&asked, &mut |_| {});
            assert!(answer.contains(r#""termination":"optimum""#), "{answer}");
        }
    }

    #[test]
    fn a_deadline_is_one_of_the_devices_of_the_budget() {
        let answered = |asked: Option<String>| crate::ask::answer_text(&asked.unwrap(), &mut |_| {});
        let days = Limited::Deadline;
        for (budget, beside) in [
            ("5.76e23 FLOPs", &[(days, "20 days"), (Limited::Devices, "64")][..]),
            ("64 H100 for 30 days", &[(days, "20 days")]),
        ] {
            let question = said(budget, beside);
            let flops = 64.0 * 20.0 * 24.0 * 3600.0 * 989e12 * 0.4;
            for asked in [question.allocate(), question.allocate_at(1e24)] {
                let plan = Plan::read(&answered(asked)).unwrap();
                assert!((plan.flops.unwrap() / flops - 1.0).abs() < 1e-9, "{budget}: {plan:?}");
            }
        }
        let alone = said("5.76e23 FLOPs", &[(days, "20 days")]);
        let mistake = alone.read_limit(&alone.limits[0]).unwrap().unwrap_err().to_string();
        assert!(mistake.contains("the number of devices"), "{mistake}");
        assert_eq!(alone.allocate(), None);
        let least =
            Question { find: Find::Compute, ..said("", &[(days, "20 days"), (Limited::Devices, "1024")]) };
        let mut least = least;
        least.aims.write(Aim::Loss, "2.1".to_owned());
        assert!(Plan::read(&answered(least.allocate())).unwrap().size().is_some());
    }

    #[test]
    fn what_is_looked_for_is_asked() {
        let asked = |find: Find, text: &str, beside: &[(Limited, &str)]| {
            let mut question = Question { find, ..said("not read", beside) };
            question.aims.write(find.aim().unwrap(), text.to_owned());
            let asked: serde_json::Value = serde_json::from_str(&question.allocate()?).unwrap();
            let answer = crate::ask::answer_text(&asked.to_string(), &mut |_| {});
            assert!(answer.contains(r#""termination":"optimum""#), "{answer}");
            Some(asked["allocate"].clone())
        };
        let least = |asked: &serde_json::Value| (asked["minimize"].clone(), asked["limits"].clone());
        let reach = serde_json::json!([{"of": "loss", "at_most": "2.0"}]);
        let compute = asked(Find::Compute, "2.0", &[]).unwrap();
        assert_eq!(least(&compute), ("cost".into(), reach.clone()));
        assert_eq!(compute["budget"], serde_json::Value::Null);
        let served = [(Limited::Serving, "2T"), (Limited::Generated, "0.5")];
        assert_eq!(least(&asked(Find::Compute, "2.0", &served).unwrap()).0, "total");
        let dollars = asked(Find::Dollars, "2.0", &served[..0]).unwrap();
        assert_eq!(least(&dollars), ("dollars".into(), reach));
        assert_eq!(dollars["hardware"], serde_json::json!({"device": "h100-sxm"}));
        assert_eq!(asked(Find::Dollars, "2.0", &served[..1]), None);
        let size = asked(Find::Size, "1.5T", &[]).unwrap();
        assert_eq!(size["budget_for"], serde_json::json!({"of": "D", "equal": "1.5T"}));
        let tokens = asked(Find::Tokens, "7B", &[(Limited::MostTokens, "2T")]).unwrap();
        assert_eq!(tokens["budget_for"], serde_json::json!({"of": "N", "equal": "7B"}));
        assert_eq!(asked(Find::Compute, "2.0 tokens", &[]), None);
    }

    #[test]
    fn what_a_budget_lacks_is_said() {
        let wrong =
            |budget: &str, beside: &[(Limited, &str)]| said(budget, beside).budget().unwrap_err().to_string();
        assert_eq!(wrong("30 days", &[]), "expected how many devices, as in \"64 H100 for 30 days\"");
        assert!(wrong("64 H10 for 30 days", &[]).contains("did you mean h100?"));
        assert!(
            wrong("$2M", &[(Limited::Serving, "2T")])
                .contains("a share generated beside the tokens served, on which dollars depend")
        );
        assert!(wrong("$2M", &[(Limited::Device, "B300")]).contains("expected a price"));
        let share = Limit { on: Limited::Utilisation, text: "40".to_owned() };
        let mistake = share.read().unwrap().unwrap_err().to_string();
        assert_eq!(mistake, "expected a share of the peak such as 0.4; got 40: 40\u{a0}% is 0.4");
    }

    #[test]
    fn what_cannot_be_read_is_not_asked() {
        let unread = Question { budget: "5.76e23 H100".to_owned(), ..Question::default() };
        assert_eq!(unread.allocate(), None);
        let mut limited = Question::default();
        limited.limits.push(Limit { on: Limited::FixedSize, text: "-2".to_owned() });
        assert_eq!(limited.allocate(), None);
    }

    #[test]
    fn a_fit_of_the_readers_own_is_passed_on_as_it_is() {
        let fit = r#"{"parameters":{"E":1.8172180990100799}}"#;
        let question = Question { fit: Fit::Yours(fit.into()), ..Question::default() };
        assert!(question.allocate().unwrap().contains(fit));
    }
}
