//! The largest budgets hidden, and foretold from the others by each method: its losses, and which sizes are best.

use super::compare::{self, Method};
use super::{asked, flops};
use crate::figure::Table;
use crate::num;
use crate::units::{self, Unit, percent, read, whole as count};
use crate::web::fit::study::{Study, whole};
use crate::web::json::{self, Json};
use crate::web::words;

/// What the numbers are of.
const CAPTION: &str = "Foretold losses and best sizes";
/// How else than by a number of budgets it can be said what is hidden.
pub const HINT: &str = "Where budgets run into one another, as along training curves: above 1e20 FLOPs.";
/// Up to so many hidden budgets have columns of their own: the pictures as tables hold them all.
const ROOM: usize = 6;
/// What stands where a method foretells nothing.
const NONE: &str = "—";

/// What is hidden, as the contract has it: so many of the largest budgets, or every run above a compute.
///
/// # Errors
/// What was expected, in a sentence.
pub fn hidden(study: &Study) -> Result<(&'static str, String), String> {
    let text = study.hidden.trim();
    match text.strip_prefix("above ") {
        Some(compute) => read(compute, Unit::Flops)
            .map(|compute| ("above", json::number(compute.value)))
            .map_err(|error| words::complaint(&error)),
        None => whole(text, "a number of budgets such as 2, or a compute such as above 1e20 FLOPs")
            .map(|count| ("largest_budgets", count.to_string())),
    }
}

/// The question about runs, for some methods; nothing while something typed cannot be read.
pub fn ask(study: &Study, methods: &[Method], runs: &str) -> Option<String> {
    let tolerance = compare::tolerance(methods).map(|tolerance| ("tolerance", json::number(tolerance)));
    let hold_out: Vec<_> = [hidden(study).ok()?].into_iter().chain(tolerance).collect();
    let methods: Vec<String> = methods.iter().map(Method::json).collect::<Option<_>>()?;
    let fields = [
        ("runs", runs.to_owned()),
        ("hold_out", json::object(&hold_out)),
        ("methods", json::list(methods.into_iter())),
    ];
    Some(asked("backtest", &fields))
}

/// How far predictions are off.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Errors {
    /// The root of the mean square.
    rms: Option<f64>,
    /// The mean.
    pub bias: Option<f64>,
}

/// What is foretold of one hidden budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    compute: f64,
    /// How far it lies beyond the runs seen.
    pub decades: f64,
    /// How far its losses are off.
    pub loss: Errors,
    /// How far its best size is off, as a share of it.
    pub size: Option<f64>,
}

/// What one method foretells.
#[derive(Clone, Debug, PartialEq)]
pub struct Foretold {
    /// The method.
    pub method: Method,
    /// Why it foretells nothing.
    pub refused: Option<String>,
    /// How far the loss of each hidden run is off.
    pub residuals: Vec<Option<f64>>,
    loss: Errors,
    size: Errors,
    /// The same by budget.
    pub budgets: Vec<Budget>,
}

/// What has come of a back-test.
#[derive(Clone, Debug, PartialEq)]
pub struct BackTest {
    seen: usize,
    largest: f64,
    /// How far each hidden run lies beyond those seen.
    pub decades: Vec<f64>,
    /// By what the best size of each hidden budget is known.
    known_by: Vec<Option<String>>,
    /// What each method foretells.
    pub methods: Vec<Foretold>,
}

impl BackTest {
    /// Reads an Answer about these methods.
    pub fn read(answer: &str, methods: &[Method]) -> Option<Self> {
        let answer = Json::read(answer)?.get("backtest")?.members();
        let list = |key| answer.get(key).map(|list| list.items()).unwrap_or_default();
        let foretold = list("methods").into_iter().zip(methods);
        Some(Self {
            seen: answer.get("seen")?.count()?,
            largest: answer.get("largest_seen")?.number()?,
            decades: list("decades").into_iter().filter_map(Json::number).collect(),
            known_by: list("optima").into_iter().map(|optimum| optimum.get("by")?.string()).collect(),
            methods: foretold.map(|(answer, method)| Foretold::read(answer, method.clone())).collect(),
        })
    }

    /// How far the losses that a method foretells are off, as the root of the mean square of its residuals.
    pub fn error(&self, of: &Method) -> Option<f64> {
        self.of(of)?.loss.rms
    }

    /// The same as it is printed; nothing where the method was not asked about.
    pub fn says_error(&self, of: &Method) -> Option<String> {
        self.of(of).map(|one| print(one.loss.rms, percent))
    }

    fn of(&self, method: &Method) -> Option<&Foretold> {
        self.methods.iter().find(|one| one.method == *method)
    }

    /// The one number that matters.
    pub fn finding(&self) -> String {
        let error = self.methods.first().and_then(|one| one.loss.rms).map(percent);
        error.map_or_else(String::new, |error| format!("the chosen method is {error} off"))
    }

    /// What is hidden.
    pub fn says(&self) -> String {
        let (hidden, furthest) = (self.decades.len(), self.decades.iter().copied().fold(0.0, num::max));
        format!(
            "{} are hidden, up to {} decades beyond the {} seen, which end at {}.",
            runs(hidden),
            units::decimals(furthest, 1),
            runs(self.seen),
            flops(self.largest)
        )
    }

    /// Who foretells losses best; nothing where nobody does.
    pub fn says_losses(&self) -> Option<String> {
        self.best_and_worst("The losses of hidden runs", |one| one.loss.rms)
    }

    /// Who foretells best sizes best, and by what these are known; nothing where nobody does.
    pub fn says_sizes(&self) -> Option<String> {
        let best = self.best_and_worst("The best sizes of hidden budgets", |one| one.size.rms)?;
        let is_by = |name: &str| self.known_by.iter().flatten().any(|by| by == name);
        let known = match (is_by("isoflop"), is_by("envelope")) {
            (true, false) => "the lowest point of a parabola through the runs of its budget",
            (false, _) => "that of the run of lowest loss at its budget",
            _ => {
                "the lowest point of a parabola through the runs of its budget or, where there is none, that of the run of \
                 lowest loss"
            }
        };
        Some(format!("{best} A best size is {known}."))
    }

    /// Which methods are the best and the worst of those that are off by something.
    fn best_and_worst(&self, what: &str, off: impl Fn(&Foretold) -> Option<f64>) -> Option<String> {
        let mut ranked: Vec<_> = self.methods.iter().filter_map(|one| Some((off(one)?, one))).collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (name, off) = (|at: usize| ranked[at].1.method.within(), |at: usize| percent(ranked[at].0));
        let last = ranked.len().checked_sub(1)?;
        Some(if off(0) == off(last) && last > 0 {
            format!("{what} are foretold alike, {} off (root mean square).", off(0))
        } else {
            let best = format!("{what} are foretold best by {}, {} off (root mean square)", name(0), off(0));
            let worst = (last > 0).then(|| format!(", worst by {}, {} off", name(last), off(last)));
            format!("{best}{}.", worst.unwrap_or_default())
        })
    }

    /// Which methods are left out, and which best sizes are not known.
    pub fn remarks(&self) -> Vec<String> {
        let left_out = |one: &Foretold| Some(one.method.left_out(one.refused.as_ref()?));
        let (all, known) = (self.known_by.len(), self.known_by.iter().flatten().count());
        let unknown = match known {
            0 => {
                Some("The hidden runs do not say which size is best, so only losses are compared.".to_owned())
            }
            _ if known < all => Some(format!(
                "The best size is known of {known} of the {all} hidden budgets: the others have too few runs."
            )),
            _ => None,
        };
        self.methods.iter().filter_map(left_out).chain(unknown).collect()
    }

    /// The errors of each method, in all and by budget.
    pub fn table(&self) -> Table {
        let budgets = self.methods.iter().map(|one| &one.budgets).find(|budgets| !budgets.is_empty());
        let budgets = budgets.filter(|budgets| budgets.len() <= ROOM).map_or(&[][..], Vec::as_slice);
        let sized = self.known_by.iter().any(Option::is_some);
        let mut head: Vec<String> = ["Method", "Loss RMS", "Loss bias"].map(str::to_owned).to_vec();
        head.extend(sized.then_some(["Size RMS", "Size bias"]).into_iter().flatten().map(str::to_owned));
        for budget in budgets {
            head.extend([format!("Loss RMS at {}", flops(budget.compute)), "Loss bias".to_owned()]);
            head.extend(sized.then(|| "Size error".to_owned()));
        }
        let row = |one: &Foretold| {
            let mut row = vec![one.method.name.clone()];
            row.extend(one.loss.print());
            row.extend(sized.then(|| one.size.print()).into_iter().flatten());
            for at in 0..budgets.len() {
                let budget = one.budgets.get(at);
                row.extend(budget.map_or(Errors::default(), |budget| budget.loss).print());
                row.extend(sized.then(|| print(budget.and_then(|budget| budget.size), signed)));
            }
            row
        };
        Table { caption: CAPTION.to_owned(), head, rows: self.methods.iter().map(row).collect() }
    }
}

impl Foretold {
    fn read(answer: Json<'_>, method: Method) -> Self {
        let members = answer.members();
        let list = |key| members.get(key).map(|list| list.items()).unwrap_or_default();
        Self {
            method,
            refused: members.get("error").map(|error| super::refused(*error)),
            residuals: list("residuals").into_iter().map(Json::number).collect(),
            loss: Errors { rms: number(answer, "rms"), bias: number(answer, "bias") },
            size: Errors { rms: share(answer, "size_rms"), bias: share(answer, "size_bias") },
            budgets: list("budgets").into_iter().filter_map(Budget::read).collect(),
        }
    }
}

impl Budget {
    fn read(budget: Json<'_>) -> Option<Self> {
        Some(Self {
            compute: number(budget, "compute")?,
            decades: number(budget, "decades")?,
            loss: Errors { rms: number(budget, "rms"), bias: number(budget, "bias") },
            size: share(budget, "size_residual"),
        })
    }
}

impl Errors {
    fn print(self) -> [String; 2] {
        [print(self.rms, percent), print(self.bias, signed)]
    }
}

fn number(of: Json<'_>, key: &str) -> Option<f64> {
    of.get(key)?.number()
}

/// The logarithm of a ratio as the share by which it is off one: sizes may be off by factors.
fn share(of: Json<'_>, key: &str) -> Option<f64> {
    number(of, key).map(num::exp_m1)
}

fn print(error: Option<f64>, as_text: fn(f64) -> String) -> String {
    error.map_or_else(|| NONE.to_owned(), as_text)
}

fn signed(error: f64) -> String {
    let text = percent(error);
    if error > 0.0 && text != percent(0.0) { format!("+{text}") } else { text }
}

fn runs(number: usize) -> String {
    if number == 1 { "1 run".to_owned() } else { format!("{} runs", count(number as f64)) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::web::fit::methods::compare::{fits, methods};
    use crate::web::fit::methods::tests::{answered, rows, sample};
    use crate::web::reading::LawEntry;

    /// What comes of a table, by every method of a law that has no parameters known to the page.
    pub fn found(study: &Study, table: &str, named: bool) -> BackTest {
        let methods =
            methods(study, &LawEntry::default(), named, |_| "Kaplan loss by size and tokens".to_owned());
        BackTest::read(&answered(&ask(study, &methods, &rows(table).json()).unwrap()), &methods).unwrap()
    }

    /// Runs of Chinchilla's law without noise: five budgets of seven sizes about the best one.
    pub fn profiles() -> String {
        let runs = (0..35).map(|at| {
            let compute = 1e18 * num::pow(10.0, 0.5 * f64::from(at / 7));
            let size = 0.09 * num::sqrt(compute) * num::pow(10.0, 0.1 * f64::from(at % 7 - 3));
            let tokens = compute / (6.0 * size);
            let loss = 1.82 + 480.0 * num::pow(size, -0.35) + 2100.0 * num::pow(tokens, -0.37);
            format!("{size},{tokens},{loss}\n")
        });
        format!("params,tokens,loss\n{}", runs.collect::<String>())
    }

    #[test]
    fn every_fit_foretells_the_hidden_runs_and_parabolas_say_why_they_do_not() {
        let found = found(&Study::default(), sample(), false);
        let says = found.says();
        assert!(says.starts_with("2 runs are hidden, up to 1.2 decades beyond the 32 runs seen"), "{says}");
        let table = found.table();
        assert_eq!((table.rows.len(), table.head.len()), (6, 7));
        assert!(table.rows[..5].iter().all(|row| row.len() == 7 && row[1].ends_with('%')), "{table:?}");
        assert_eq!(table.rows[5][1..], [NONE; 6]);
        assert!(found.says_losses().unwrap().starts_with("The losses of hidden runs are foretold best by "));
        assert_eq!(
            found.remarks(),
            [
                "Parabolas are left out: expected runs with at least two budgets that have a best size.",
                "The hidden runs do not say which size is best, so only losses are compared.",
            ]
        );
        assert_eq!(found.says_sizes(), None);
    }

    #[test]
    fn laws_and_parabolas_foretell_best_sizes() {
        let found = found(&Study::default(), &profiles(), false);
        let table = found.table();
        let size = |row: &[String]| [3, 7, 10].map(|at| row[at].clone());
        // Without noise the law is found exactly, and parabolas are off by their own bias: so is the law, by theirs.
        assert_eq!(table.head[3], "Size RMS");
        assert_eq!((table.rows.len(), table.head.len()), (6, 11));
        let [law, parabolas] = [0, 5].map(|at| size(&table.rows[at]));
        assert!(law.iter().chain(&parabolas).all(|cell| cell.ends_with('%')), "{table:?}");
        assert_eq!((table.rows[0][1].as_str(), table.rows[5][1].as_str()), ("0.0\u{a0}%", NONE));
        let alike = "The losses of hidden runs are foretold alike, 0.0\u{a0}% off (root mean square).";
        assert_eq!(found.says_losses().unwrap(), alike);
        let says = found.says_sizes().unwrap();
        assert!(says.starts_with("The best sizes of hidden budgets are foretold best by "), "{says}");
        assert!(says.ends_with("the lowest point of a parabola through the runs of its budget."), "{says}");
        assert_eq!(found.remarks(), [""; 0]);
        let parabolas = &found.methods[5];
        assert_eq!(found.says_error(&parabolas.method).as_deref(), Some(NONE));
        assert_eq!(found.error(&parabolas.method), None);
    }

    #[test]
    fn the_envelope_is_a_method_where_runs_are_named() {
        let found = found(&Study::default(), sample(), true);
        assert!(
            found
                .remarks()
                .iter()
                .any(|remark| remark.starts_with("The envelope is left out: expected training curves"))
        );
    }

    #[test]
    fn a_best_size_is_off_by_a_share_of_it_and_known_by_one_of_two() {
        let answer = r#"{"backtest":{"seen":9,"largest_seen":1e18,"decades":[1.0,2.0],
            "optima":[{"by":"envelope","compute":1e19,"N":1e8},null],
            "methods":[{"name":"isoflop","rms":null,"bias":null,"size_rms":0.6931471805599453,"size_bias":-0.6931471805599453,
            "budgets":[{"compute":1e19,"decades":1.0,"rms":null,"bias":null,"size_residual":-0.6931471805599453}]}]}}"#;
        let all = methods(&Study::default(), &LawEntry::default(), false, str::to_owned);
        let found = BackTest::read(answer, &all[5..]).unwrap();
        let row = &found.table().rows[0];
        assert_eq!(row[3..5], ["100\u{a0}%", "−50\u{a0}%"]);
        assert_eq!(row[7], "−50\u{a0}%");
        assert_eq!(
            found.says_sizes().unwrap(),
            "The best sizes of hidden budgets are foretold best by the parabolas, 100\u{a0}% off (root mean square). A best \
             size is that of the run of lowest loss at its budget."
        );
        assert!(found.remarks()[0].starts_with("The best size is known of 1 of the 2 hidden budgets"));
        assert_eq!(found.finding(), "");
    }

    #[test]
    fn another_law_foretells_beside_the_chosen_one() {
        let study = Study { beside: vec!["kaplan-size-and-data".to_owned()], ..Study::default() };
        let found = found(&study, sample(), false);
        let [mine, other] = [0, 1].map(|at| found.error(&found.methods[at].method).unwrap());
        assert!(mine > 0.0 && other > mine, "{mine} {other}");
        assert_eq!(found.table().rows[1][0], "Kaplan loss by size and tokens");
    }

    #[test]
    fn a_fit_of_too_few_runs_says_so_beside_the_others() {
        let answer = r#"{"backtest":{"seen":3,"largest_seen":1e18,"decades":[1.0],"optima":[null],"methods":[
            {"name":"chinchilla","error":{"code":"runs.few","message":"fit.runs: expected at least 5 runs; got 3",
            "at":{"path":"fit.runs"}}}]}}"#;
        let found = BackTest::read(answer, &fits(&Study::default())[..1]).unwrap();
        let left_out = "Log-Huber, δ\u{a0}=\u{a0}0.001 is left out: expected at least 5 runs; got 3.";
        assert_eq!(found.remarks()[0], left_out);
        assert_eq!(found.table().rows[0][1..], [NONE, NONE]);
        assert_eq!(found.says_losses(), None);
    }

    #[test]
    fn what_is_hidden_is_a_number_of_budgets_or_what_is_above_a_compute() {
        let study = |text: &str| Study { hidden: text.to_owned(), ..Study::default() };
        assert_eq!(hidden(&study(" 3 ")), Ok(("largest_budgets", "3".to_owned())));
        assert_eq!(hidden(&study("above 1e20 FLOPs")), Ok(("above", json::number(1e20))));
        assert!(
            hidden(&study("some")).unwrap_err().starts_with("Expected a number of budgets such as 2, or")
        );
        assert!(hidden(&study("above 3 apples")).is_err());
        assert_eq!(ask(&study("some"), &fits(&Study::default()), "{}"), None);
    }

    #[test]
    fn budgets_are_those_of_the_profiles() {
        let study = Study { tolerance: "0.02".to_owned(), ..Study::default() };
        let methods = methods(&study, &LawEntry::default(), false, str::to_owned);
        let asked = ask(&study, &methods, "{}").unwrap();
        assert!(asked.contains(r#""hold_out":{"largest_budgets":2,"tolerance":0.02}"#), "{asked}");
    }
}
