//! The largest budgets hidden, and foretold from the others by each way of fitting.

use super::compare::{Method, Way};
use super::{asked, flops};
use crate::figure::{Axis, Chart, Dash, Dots, Format, Label, Line, Margin, Mark, Role, Table};
use crate::num;
use crate::units::{self, percent, whole as count};
use crate::web::fit::study::{Study, whole};
use crate::web::json::{self, Json};
use crate::web::words;

/// What is over the picture.
pub const FORETOLD: &str = "Foretold loss against the measured one";
/// How lines are broken, in the order of methods.
const DASHES: [Dash; 5] = [Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::DashDot, Dash::Dashed];

/// How many of the largest budgets are hidden.
///
/// # Errors
/// What was expected, in a sentence.
pub fn hidden(study: &Study) -> Result<u64, String> {
    whole(&study.hidden, "a number of budgets such as 2")
}

/// The methods that foretell losses: the chosen law by every loss, and other laws.
pub fn fits(methods: &[Method]) -> Vec<Method> {
    methods.iter().filter(|method| method.way.fit().is_some()).cloned().collect()
}

/// The question about runs, for some fits; nothing while something typed cannot be read.
pub fn ask(study: &Study, fits: &[Method], runs: &str) -> Option<String> {
    let hide = hidden(study).ok()?.to_string();
    let methods: Vec<String> = fits.iter().map(Method::json).collect::<Option<_>>()?;
    let fields = [
        ("runs", runs.to_owned()),
        ("hold_out", json::object(&[("largest_budgets", hide)])),
        ("methods", json::list(methods.into_iter())),
    ];
    Some(asked("backtest", &fields))
}

/// What is foretold of the runs of one hidden budget, or of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Errors {
    rms: Option<f64>,
    bias: Option<f64>,
}

/// What one way of fitting foretells.
#[derive(Clone, Debug, PartialEq)]
struct Foretold {
    method: Method,
    refused: Option<String>,
    residuals: Vec<Option<f64>>,
    all: Errors,
    budgets: Vec<(f64, f64, Errors)>,
}

/// What has come of a back-test.
#[derive(Clone, Debug, PartialEq)]
pub struct BackTest {
    seen: usize,
    largest: f64,
    decades: Vec<f64>,
    methods: Vec<Foretold>,
}

impl BackTest {
    /// Reads an Answer about these fits.
    pub fn read(answer: &str, fits: &[Method]) -> Option<Self> {
        let answer = Json::read(answer)?.get("backtest")?.members();
        let methods = answer.get("methods")?.items().into_iter().zip(fits);
        Some(Self {
            seen: answer.get("seen")?.count()?,
            largest: answer.get("largest_seen")?.number()?,
            decades: answer.get("decades")?.items().into_iter().filter_map(Json::number).collect(),
            methods: methods.map(|(method, fit)| Foretold::read(method, fit.clone())).collect(),
        })
    }

    /// The methods that foretell, the best first.
    fn ranked(&self) -> Vec<(&Foretold, f64)> {
        let mut ranked: Vec<_> = self.methods.iter().filter_map(|one| Some((one, one.all.rms?))).collect();
        ranked.sort_by(|a, b| a.1.total_cmp(&b.1));
        ranked
    }

    /// How far a method is off, as the root of the mean square of its residuals.
    pub fn error(&self, of: &Method) -> Option<f64> {
        self.methods.iter().find(|one| one.method == *of)?.all.rms
    }

    /// The one number that matters.
    pub fn finding(&self) -> String {
        let error = self.methods.first().and_then(|one| one.all.rms).map(percent);
        error.map_or_else(String::new, |error| format!("the chosen method is {error} off"))
    }

    /// What was found, in sentences.
    pub fn says(&self) -> String {
        let (hidden, furthest) = (self.decades.len(), self.decades.iter().copied().fold(0.0, num::max));
        let mut says = vec![format!(
            "{} are hidden, up to {} decades beyond the {} seen, which end at {}.",
            runs(hidden),
            units::decimals(furthest, 1),
            runs(self.seen),
            flops(self.largest)
        )];
        let ranked = self.ranked();
        if let (Some((best, least)), Some((worst, most))) = (ranked.first(), ranked.last()) {
            let best = format!(
                "{} foretells their losses best, {} off (root mean square)",
                best.method.name,
                percent(*least)
            );
            says.push(match ranked.len() {
                1 => format!("{best}."),
                _ => format!("{best}; {} is worst, {} off.", worst.method.name, percent(*most)),
            });
        }
        let refused = |one: &Foretold| one.refused.as_ref().map(|why| format!("{}: {why}", one.method.name));
        says.extend(self.methods.iter().filter_map(refused));
        says.join(" ")
    }

    /// The error of each run over its distance from those seen, and the mean of each budget as a line.
    pub fn chart(&self) -> Option<Chart> {
        let foretell = || self.methods.iter().filter(|one| one.refused.is_none()).enumerate();
        let residuals = foretell().flat_map(|(_, one)| one.residuals.iter().flatten().copied());
        let (low, high) = super::span(residuals.map(|residual| 100.0 * residual).chain([0.0]))?;
        let room = 0.06 * num::max(high - low, 0.1);
        let end = self.decades.iter().copied().fold(0.0, num::max);
        let mut marks: Vec<Mark> = Vec::new();
        marks.push(Mark::Line(Line {
            role: Role::Quiet,
            weight: 1.0,
            dash: Dash::Dotted,
            read: false,
            ..Line::new("as measured", "error, %", vec![(0.0, 0.0), (end, 0.0)])
        }));
        for (at, one) in foretell() {
            // Beyond what can be told apart, lines are grey.
            let (role, dash) =
                DASHES.get(at).map_or((Role::Run, Dash::Solid), |dash| (Role::Series(at), *dash));
            let name = &one.method.name;
            let label = if at < DASHES.len() { Label::always(short(&one.method)) } else { Label::default() };
            let mean =
                one.budgets.iter().filter_map(|(_, decades, errors)| Some((*decades, 100.0 * errors.bias?)));
            let each = self.decades.iter().zip(&one.residuals).filter_map(|(x, y)| Some((*x, 100.0 * (*y)?)));
            marks.push(Mark::Line(Line { role, dash, label, ..Line::new(name, "error, %", mean.collect()) }));
            marks.push(Mark::Dots(Dots { role, radius: 2.5, ..Dots::new(name, "error, %", each.collect()) }));
        }
        let decimals = if high - low < 2.0 { 2 } else { 1 };
        let y =
            Axis::linear("error of the loss, %", "%", (low - room, high + room), Format::Decimal(decimals));
        Some(Chart {
            title: FORETOLD.to_owned(),
            summary: self.says(),
            x: Axis::linear(
                "decades beyond the runs seen",
                "decades",
                (0.0, num::max(end, 0.1)),
                Format::Decimal(2),
            ),
            y,
            marks,
            margin: Margin::Names,
        })
    }

    /// The errors of each method, in all and by budget.
    pub fn table(&self) -> Table {
        let mut head: Vec<String> = ["Method", "RMS", "Bias"].map(str::to_owned).to_vec();
        let budgets = self.methods.iter().map(|one| &one.budgets).find(|budgets| !budgets.is_empty());
        for (compute, _, _) in budgets.into_iter().flatten() {
            head.push(format!("RMS at {}", flops(*compute)));
            head.push("Bias".to_owned());
        }
        let print = |errors: &Errors| {
            let signed = |bias: f64| if bias > 0.0 { format!("+{}", percent(bias)) } else { percent(bias) };
            [errors.rms.map(percent), errors.bias.map(signed)].map(Option::unwrap_or_default)
        };
        let row = |one: &Foretold| {
            let cells = [one.all].into_iter().chain(one.budgets.iter().map(|(_, _, errors)| *errors));
            [one.method.name.clone()].into_iter().chain(cells.flat_map(|errors| print(&errors))).collect()
        };
        Table { caption: FORETOLD.to_owned(), head, rows: self.methods.iter().map(row).collect() }
    }
}

impl Foretold {
    fn read(answer: Json<'_>, method: Method) -> Self {
        let answer = answer.members();
        let list = |key| answer.get(key).map(|list| list.items()).unwrap_or_default();
        let errors = |of: &crate::ask::Named<Json<'_>>| {
            let number = |key| of.get(key).and_then(|value| value.number());
            Errors { rms: number("rms"), bias: number("bias") }
        };
        let budget = |budget: Json<'_>| {
            let budget = budget.members();
            Some((budget.get("compute")?.number()?, budget.get("decades")?.number()?, errors(&budget)))
        };
        let message = |error: &Json<'_>| {
            words::sentence_case(&error.get("message").and_then(Json::string).unwrap_or_default())
        };
        Self {
            method,
            refused: answer.get("error").map(message),
            residuals: list("residuals").into_iter().map(Json::number).collect(),
            all: errors(&answer),
            budgets: list("budgets").into_iter().filter_map(budget).collect(),
        }
    }
}

fn runs(number: usize) -> String {
    if number == 1 { "1 run".to_owned() } else { format!("{} runs", count(number as f64)) }
}

/// A name as there is room for it beside a line.
fn short(method: &Method) -> String {
    /// More letters have no room there.
    const MOST: usize = 16;
    let name = &method.name;
    if matches!(method.way, Way::Law(_)) && name.chars().count() > MOST {
        let mut words = name.char_indices().filter(|(at, letter)| *letter == ' ' && *at <= MOST);
        let end = words.next_back().map_or(MOST, |(at, _)| at);
        return format!("{}…", name.get(..end).unwrap_or(name));
    }
    name.replace("Least absolute deviations", "absolute")
        .replace("Least squares, ", "squares, ")
        .replace("Log-Huber, ", "Huber ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fit::methods::compare::{fits, methods};
    use crate::web::fit::methods::tests::{answered, rows, sample};

    fn found(study: &Study) -> BackTest {
        let (fits, rows) = (fits(study), rows(sample()));
        BackTest::read(&answered(&ask(study, &fits, &rows.json()).unwrap()), &fits).unwrap()
    }

    #[test]
    fn every_fit_foretells_the_hidden_runs() {
        let found = found(&Study::default());
        assert!(
            found.says().starts_with("2 runs are hidden, up to 1.2 decades beyond the 32 runs seen"),
            "{}",
            found.says()
        );
        let table = found.table();
        assert_eq!((table.rows.len(), table.head.len()), (5, 7));
        assert!(table.rows.iter().all(|row| row.len() == 7 && row[1].ends_with('%')), "{table:?}");
        let best = found.ranked()[0].0.method.name.clone();
        assert!(found.says().contains(&format!("{best} foretells their losses best")), "{}", found.says());
        assert_eq!(found.chart().unwrap().marks.len(), 11);
    }

    #[test]
    fn another_law_foretells_beside_the_chosen_one() {
        let study = Study { beside: vec!["kaplan-size-and-data".to_owned()], ..Study::default() };
        let law = crate::web::reading::LawEntry::default();
        let all = methods(&study, &law, false, |_| "Kaplan loss by size and tokens".to_owned());
        let (fits, rows) = (super::fits(&all), rows(sample()));
        assert_eq!(fits.len(), 6);
        let found = BackTest::read(&answered(&ask(&study, &fits, &rows.json()).unwrap()), &fits).unwrap();
        let [mine, other] = [0, 1].map(|at| found.error(&fits[at]).unwrap());
        assert!(mine > 0.0 && other > mine, "{mine} {other}");
        assert_eq!(found.error(all.last().unwrap()), None);
        assert_eq!(found.table().rows[1][0], "Kaplan loss by size and tokens");
        let names = found.chart().unwrap().marks.into_iter().filter_map(|mark| match mark {
            Mark::Line(line) => Some((line.label.wide, line.role)),
            _ => None,
        });
        let names: Vec<_> = names.skip(1).collect();
        assert_eq!(names[1], ("Kaplan loss by…".to_owned(), Role::Series(1)));
        assert_eq!(names[5], (String::new(), Role::Run));
    }

    #[test]
    fn a_fit_of_too_few_runs_says_so_beside_the_others() {
        let answer = r#"{"backtest":{"seen":3,"largest_seen":1e18,"decades":[1.0],"methods":[
            {"name":"chinchilla","error":{"code":"runs.few","message":"expected at least 5 runs; got 3"}}]}}"#;
        let found = BackTest::read(answer, &fits(&Study::default())[..1]).unwrap();
        assert!(found.says().ends_with("Log-Huber, δ\u{a0}=\u{a0}0.001: Expected at least 5 runs; got 3."));
        assert_eq!(found.table().rows[0][1..], ["", ""]);
    }

    #[test]
    fn how_many_are_hidden_is_a_whole_number() {
        let study = Study { hidden: "some".to_owned(), ..Study::default() };
        assert!(hidden(&study).unwrap_err().starts_with("Expected a number of budgets such as 2"));
        assert_eq!(ask(&study, &fits(&study), "{}"), None);
    }
}
