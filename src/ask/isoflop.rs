//! `isoflop`: the best size of each budget, and the power laws through them.

use serde::{Deserialize, Serialize};

use super::best::{BestAnswer, PowerLawsAnswer, best};
use super::fit::RunsChoice;
use super::resampling::{BootstrapChoice, Resampled, intervals};
use super::{AskError, AskFault, Asking, Named, Number, Progress};
use crate::fit::isoflop::{Bias, Group, Grouping, IsoFlop, Of, Options, Reason, Runs, Surface, isoflop};
use crate::fit::{self, PowerLaws};
use crate::num::{max, min};
use crate::outcome::Warning;
use crate::runs::{self, Cell};
use crate::units::{Expected, Unit, ascii};

/// Asks for the best size and the best tokens of each budget, by a parabola through its runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "profiles such as {\"runs\":{\"N\":[…],\"C\":[…],\"L\":[…]},\"window\":{\"points\":2}}"
)]
pub struct IsoFlopQuestion {
    /// The runs: two of the columns `N`, `D` and `C`, or all three, and `L`.
    pub runs: RunsChoice,
    /// The budget that each row was made for, in FLOPs or text in the unit grammar; null for one that belongs to no
    /// group. Without it groups are found by compute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<serde_json::Value>>"))]
    pub groups: Option<Vec<Cell>>,
    /// Runs are of one group where each has at most this share more compute than the one before; 0.1 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
    /// Which points of a group count; all by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowChoice>,
    /// What is a parabola: `linear`, the loss, by default, or `log`, its logarithm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<String>,
    /// Draws of the runs, for intervals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bootstrap: Option<BootstrapChoice>,
    /// The share of draws that an interval holds; 0.9 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
}

/// The points around the lowest loss of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a window such as {\"points\":2}")]
pub struct WindowChoice {
    /// How many on either side count.
    pub points: usize,
}

/// The best size and the best tokens, by budget and as power laws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IsoFlopAnswer {
    /// The groups, by budget.
    pub groups: Vec<GroupAnswer>,
    /// The tolerance by which groups were found; null where they were given.
    pub tolerance: Option<f64>,
    /// Least squares through the vertices of the groups in use; null unless there are two.
    pub power_laws: Option<PowerLawsAnswer>,
    /// The same with each vertex counting by one over the square of its standard error.
    pub weighted: Option<PowerLawsAnswer>,
    /// The sum of the exponents: one exactly where C = 6 N D.
    pub exponent_sum: Option<f64>,
    /// Whether C = 6 N D in every run; if not, each exponent is fitted for itself.
    pub six_nd: bool,
    /// By how much the method would miss a law like that of the runs, without noise; null where that is not known.
    pub bias: Option<BiasAnswer>,
    /// What was drawn, where draws were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bootstrap: Option<Resampled>,
    /// Between which ends the middle `level` of the draws lies: of the exponents and the coefficients' logarithms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Named<Named<[f64; 2]>>>,
    /// The power laws, as `allocate` takes them.
    pub best: Option<BestAnswer>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// The runs of one budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupAnswer {
    /// The budget, in FLOPs.
    pub budget: f64,
    /// By how much the largest compute exceeds the smallest, as a share of it.
    pub spread: f64,
    /// Its rows.
    pub rows: Vec<usize>,
    /// The rows within the window, in the order of size.
    pub fitted: Vec<usize>,
    /// Whether the power laws use it.
    pub used: bool,
    /// The code of the reason why not.
    pub reason: Option<String>,
    /// The same for a reader.
    pub message: Option<String>,
    /// The lowest point of its parabola; null where it has none.
    pub vertex: Option<VertexAnswer>,
    /// The coefficient of the square of log10 size.
    pub curvature: Option<f64>,
    /// The root of the mean squared residual.
    pub rms: Option<f64>,
}

/// The lowest point of a parabola.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VertexAnswer {
    /// The best size.
    #[serde(rename = "N")]
    pub n: f64,
    /// The best tokens.
    #[serde(rename = "D")]
    pub d: f64,
    /// The loss there.
    #[serde(rename = "L")]
    pub loss: f64,
    /// The standard error of log10 size, from the scatter about the parabola.
    pub log10_se: Option<f64>,
}

/// By how much the method would miss a law like that of the runs, at their sizes and tokens and without noise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BiasAnswer {
    /// The law, fitted to the runs.
    pub law: String,
    /// Its parameters.
    pub parameters: Named<f64>,
    /// Found less true, of the exponents of `N` and `D`.
    pub exponent: Named<f64>,
    /// The same of the coefficients' decimal logarithms.
    pub log10_coefficient: Named<f64>,
    /// Found over true, less one, of `N` and `D`: at the largest budget and at a hundred times that.
    pub at: Vec<Named<Number>>,
    /// The same of `N` for each group; null for one that does not count.
    pub groups: Vec<Number>,
}

/// The law in the catalogue that has such power laws.
const LAW: &str = "hoffmann-approach-2";
/// By how much compute may grow from run to run within a group, as a share.
const TOLERANCE: f64 = 0.1;
/// How far beyond the largest budget the bias is said, too.
const FAR: f64 = 100.0;

/// Answers.
pub(super) fn answer(question: &IsoFlopQuestion, asking: &mut Asking) -> Result<IsoFlopAnswer, AskError> {
    let level = level(question.level)?;
    let options = Options { window: question.window.as_ref().map(|window| window.points), of: of(question)? };
    let (columns, rows) = read(question, asking)?;
    let [n, d, c, loss] = &columns[..] else { unreachable!("four columns are wanted") };
    let runs = Runs { n, d, c, loss };
    let given = groups(question, &rows)?;
    let grouping = given.as_deref().map_or_else(
        || Grouping::Near { tolerance: question.tolerance.unwrap_or(TOLERANCE) },
        Grouping::Given,
    );
    let found = isoflop(&runs, &grouping, &options).map_err(|error| AskError::at("isoflop", error))?;
    let draws = match &question.bootstrap {
        None => Vec::new(),
        Some(choice) => {
            let bootstrap = choice.of_parabolas("isoflop.bootstrap")?;
            found
                .bootstrap(&runs, &options, &bootstrap, &mut report(asking))
                .map_err(|error| AskError::at("isoflop.bootstrap", error))?
        }
    };
    let bias = bias(&found, &runs, &options, asking);
    warn(&found, &grouping, bias.as_ref(), &mut asking.warnings);
    let resampled = question.bootstrap.as_ref().map(|_| Resampled::of(&draws, &mut asking.warnings));
    let budgets = budgets(&found);
    Ok(IsoFlopAnswer {
        groups: found.groups.iter().map(|group| shape(group, &rows)).collect(),
        tolerance: match grouping {
            Grouping::Near { tolerance } => Some(tolerance),
            Grouping::Given(_) => None,
        },
        power_laws: found.power_laws.map(PowerLawsAnswer::from),
        weighted: found.weighted.map(PowerLawsAnswer::from),
        exponent_sum: found.exponent_sum(),
        six_nd: found.six_nd,
        bias: bias.map(|bias| shape_bias(&bias, budgets)),
        intervals: resampled.is_some().then(|| intervals(&draws, level)),
        bootstrap: resampled,
        best: found.power_laws.and_then(|laws| best(LAW, &laws, &draws, budgets)),
        warnings: std::mem::take(&mut asking.warnings),
    })
}

fn report(asking: &mut Asking) -> impl FnMut(fit::Progress) {
    let progress = &mut *asking.progress;
    move |step| progress(Progress { done: step.done as u64, of: step.of as u64, stage: step.stage })
}

/// What is a parabola.
fn of(question: &IsoFlopQuestion) -> Result<Of, AskError> {
    match question.fit.as_deref() {
        None | Some("linear") => Ok(Of::Loss),
        Some("log") => Ok(Of::LogLoss),
        Some(given) => {
            let message = format!("expected \"linear\" or \"log\"; got \"{}\"", crate::units::clip(given));
            Err(AskError::malformed("isoflop.fit", message))
        }
    }
}

fn level(level: Option<f64>) -> Result<f64, AskError> {
    let level = level.unwrap_or(0.9);
    if level > 0.0 && level < 1.0 {
        return Ok(level);
    }
    let message = format!("expected a share between 0 and 1 such as 0.9; got {}", ascii(level));
    Err(AskError::malformed("isoflop.level", message))
}

/// Size, tokens, compute and loss of the rows in use.
fn read(question: &IsoFlopQuestion, asking: &mut Asking) -> Result<(Vec<Vec<f64>>, Vec<usize>), AskError> {
    let at_runs = |error| AskError::at("isoflop.runs", error);
    let units = [Unit::Parameters, Unit::Tokens, Unit::Flops, Unit::NatsPerToken];
    let wanted: Vec<(&str, Expected)> =
        ["N", "D", "C", "L"].into_iter().zip(units.map(Expected::from)).collect();
    let read = question.runs.columns.read(&wanted, &question.runs.rows_off).map_err(at_runs)?;
    runs::check_rows(read.row.len(), 0).map_err(at_runs)?;
    runs::check_loss_varies("L", &read.columns[3]).map_err(at_runs)?;
    runs::check_varies("N", "size", &read.columns[0]).map_err(at_runs)?;
    asking.warnings.extend(read.warnings);
    Ok((read.columns, read.row))
}

/// The budget of each row in use, where budgets are given.
fn groups(question: &IsoFlopQuestion, rows: &[usize]) -> Result<Option<Vec<Option<f64>>>, AskError> {
    let Some(groups) = &question.groups else { return Ok(None) };
    if question.tolerance.is_some() {
        let message = "expected \"groups\" or a \"tolerance\" to find them by; got both";
        return Err(AskError::malformed("isoflop", message));
    }
    let expected = question.runs.columns.rows().map_err(|error| AskError::at("isoflop.runs", error))?;
    if groups.len() != expected {
        let fault = AskFault::Lengths { first: "runs".to_owned(), expected, given: groups.len() };
        return Err(fault.at("isoflop.groups"));
    }
    let budget = |row: &usize| match &groups[*row] {
        None => Ok(None),
        Some(amount) => amount
            .read(Unit::Flops)
            .map(Some)
            .map_err(|error| AskError::at(format!("isoflop.groups[{row}]"), error)),
    };
    rows.iter().map(budget).collect::<Result<Vec<_>, _>>().map(Some)
}

/// The smallest and the largest budget in use.
fn budgets(found: &IsoFlop) -> [f64; 2] {
    let used = found.groups.iter().filter(|group| group.reason.is_none()).map(|group| group.budget);
    used.fold([f64::INFINITY, 0.0], |[low, high], budget| [min(low, budget), max(high, budget)])
}

/// By how much the method would miss the law that fits the runs best.
fn bias(found: &IsoFlop, runs: &Runs, options: &Options, asking: &mut Asking) -> Option<Bias> {
    found.power_laws?;
    let why = if found.six_nd {
        let surface = Surface::through(runs, &mut report(asking));
        if let Some(bias) = surface.and_then(|surface| found.bias(runs, options, &surface)) {
            return Some(bias);
        }
        "no law E + A / N^alpha + B / D^beta is certified for these runs"
    } else {
        "compute is not 6 N D in these runs"
    };
    let message = format!("how far the method itself is off cannot be said: {why}");
    asking.warnings.push(Warning::new("isoflop.no_bias", message));
    None
}

fn shape(group: &Group, sent: &[usize]) -> GroupAnswer {
    let rows = |rows: &[usize]| rows.iter().map(|row| sent[*row]).collect();
    GroupAnswer {
        budget: group.budget,
        spread: group.spread,
        rows: rows(&group.rows),
        fitted: rows(&group.fitted),
        used: group.reason.is_none(),
        reason: group.reason.map(|reason| reason.code().to_owned()),
        message: group.reason.as_ref().map(Reason::to_string),
        vertex: group.vertex.map(|vertex| VertexAnswer {
            n: vertex.n,
            d: vertex.d,
            loss: vertex.loss,
            log10_se: vertex.log10_se[0],
        }),
        curvature: group.curvature,
        rms: group.rms,
    }
}

fn shape_bias(bias: &Bias, [_, largest]: [f64; 2]) -> BiasAnswer {
    let both = |n: f64, d: f64| [("N", n), ("D", d)].into_iter().collect();
    let Surface { e, a, alpha, b, beta } = bias.surface;
    let at = |compute: f64| {
        let values = [("C", compute), ("N", bias.n.at(compute)), ("D", bias.d.at(compute))];
        values.map(|(name, value)| (name, Number::finite(value))).into_iter().collect()
    };
    BiasAnswer {
        law: "chinchilla".to_owned(),
        parameters: [("E", e), ("A", a), ("alpha", alpha), ("B", b), ("beta", beta)].into_iter().collect(),
        exponent: both(bias.n.exponent, bias.d.exponent),
        log10_coefficient: both(bias.n.log10_coefficient, bias.d.log10_coefficient),
        at: [largest, FAR * largest].map(at).into(),
        groups: bias.groups.iter().map(|miss| Number(*miss)).collect(),
    }
}

fn warn(found: &IsoFlop, grouping: &Grouping, bias: Option<&Bias>, warnings: &mut Vec<Warning>) {
    let all = found.groups.len();
    let used = found.groups.iter().filter(|group| group.reason.is_none()).count();
    if used < all {
        let message = format!("{} of {all} budgets are left out; each says why", all - used);
        let warning = Warning::new("isoflop.left_out", message);
        warnings.push(warning.with("groups", all).with("left_out", all - used));
    }
    if used <= 2 {
        let message = match used {
            0 => "no budget has a best size, so there is no power law".to_owned(),
            1 => "one budget has a best size, and a power law needs two".to_owned(),
            _ => "two budgets have a best size: nothing is left to judge the power law by".to_owned(),
        };
        warnings.push(Warning::new("isoflop.few_budgets", message).with("budgets", used));
    }
    if let Grouping::Near { tolerance } = grouping {
        found.groups.iter().filter(|group| group.spread > *tolerance).for_each(|group| {
            let message = format!(
                "the compute of the group about {} spreads over {} %, more than the tolerance: its budgets may be \
                 several",
                ascii(group.budget),
                ascii(crate::num::round(1000.0 * group.spread) / 10.0)
            );
            let warning = Warning::new("isoflop.wide_group", message);
            warnings.push(warning.with("budget", group.budget).with("spread", group.spread));
        });
    }
    if let (false, Some(sum)) = (found.six_nd, found.exponent_sum()) {
        let message = format!(
            "compute is not 6 N D in these runs, so each exponent is fitted for itself; they add up to {}",
            ascii(crate::num::round(1e4 * sum) / 1e4)
        );
        warnings.push(Warning::new("isoflop.exponent_sum", message).with("sum", sum));
    }
    if let (Some(bias), Some(PowerLaws { n, .. })) = (bias, found.power_laws)
        && n.exponent_se.is_some_and(|se| bias.n.exponent.abs() > se)
    {
        let message = format!(
            "parabolas at these sizes bend the exponent of size by {}, more than its standard error",
            ascii(crate::num::round(1e4 * bias.n.exponent) / 1e4)
        );
        warnings.push(Warning::new("isoflop.biased", message).with("exponent", bias.n.exponent));
    }
}
