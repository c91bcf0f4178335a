//! The two figures of the Plan: what they ask, and what they show of the answers.

use figure::Grid;
use figure::plan::{self, FrontierInput, Known, MapInput, MapSpan, Optimum, Run, Spread};

use super::bounds::Bounds;
use super::find::Find;
use super::question::Question;
use super::reading::{Plan, read_values};
use crate::figure::{self, Chart};
use crate::num::{self, max, min};
use crate::runs::Table;

/// What is over the frontier.
pub const FRONTIER: &str = "Size and tokens as the budget grows";
/// What is over the map.
pub const MAP: &str = "The plan among all sizes and tokens";

/// The published fit whose runs and draws are at hand (public/data/README.md).
pub const AT_HAND: &str = "refit-240";
/// The file that holds its runs.
pub const RUNS_AT_HAND: &str = "data/refit_240_runs.csv";
/// The file that holds the draws of its bootstrap.
pub const DRAWS_AT_HAND: &str = "data/refit_240_draws.csv";

/// Optima are asked for at so many budgets a decade.
const PER_DECADE: usize = 4;
/// The share of draws that bands hold.
const LEVEL: f64 = 0.9;
/// The loss is asked for at so many sizes, and as many amounts of tokens.
const MAP_STEPS: usize = 40;

/// The best size and tokens over the budgets shown, with what most draws of the fit say of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Optima {
    /// The best plans.
    pub points: Vec<Optimum>,
    /// What most draws say of each; none where there are no draws.
    pub bands: Vec<Spread>,
}

/// The runs of a table that the figures show: those that are switched on.
pub fn shown_runs(table: &Table) -> Vec<Run> {
    let Ok(runs) = table.runs() else { return Vec::new() };
    let points = runs.n.iter().zip(&runs.d).zip(&runs.c);
    points.map(|((params, tokens), flops)| Run { flops: *flops, params: *params, tokens: *tokens }).collect()
}

/// The budgets at which the frontier is asked for, in FLOPs.
pub fn budgets(runs: &[Run], budget: f64) -> Vec<f64> {
    let (low, high) = plan::budget_span(runs, budget);
    let decades = num::log10(high / low).round() as usize;
    Grid::positions(low, high, PER_DECADE * decades + 1)
}

/// A plan as a point of the figures: at its budget, or, where the model is served too, at what its training takes of that.
pub fn optimum(budget: f64, plan: &Plan) -> Option<Optimum> {
    let serves = plan.quantities.get("serving").is_some();
    let flops = plan.quantities.get("training").filter(|_| serves).copied().unwrap_or(budget);
    Some(Optimum { flops, params: plan.size()?, tokens: plan.tokens()?, loss: plan.value })
}

/// What most draws say of a plan.
pub fn spread(plan: &Plan) -> Option<Spread> {
    Some(Spread { params: plan.interval("N")?.into(), tokens: plan.interval("D")?.into() })
}

/// The frontier.
pub fn frontier(optima: &Optima, runs: &[Run], budget: f64, plan: Option<Optimum>) -> Chart {
    let Optima { points, bands } = optima;
    plan::frontier(&FrontierInput { frontier: points, bands, level: LEVEL, runs, budget, plan })
}

/// The question for the loss at every size and amount of tokens of the map.
pub fn ask_losses(question: &Question, span: &MapSpan, plan: &Plan) -> Option<String> {
    let (sizes, tokens) = positions(span);
    let points = tokens.iter().flat_map(|tokens| sizes.iter().map(move |size| (*size, *tokens)));
    let (sizes, tokens): (Vec<f64>, Vec<f64>) = points.unzip();
    question.predict(&sizes, &tokens, plan)
}

/// The losses that answer it.
pub fn losses(span: &MapSpan, answer: &str) -> Option<Grid> {
    let (x, y) = positions(span);
    let values = read_values(answer)?;
    (values.len() == x.len() * y.len()).then_some(Grid { x, y, values })
}

/// The map of all sizes and tokens: the budget and its limits with the plan between them, and what most draws say of its
/// size.
pub fn map(
    span: MapSpan,
    loss: Option<&Grid>,
    frontier: &[Optimum],
    runs: &[Run],
    (bounds, plan, sizes): (&Bounds, Option<Optimum>, Option<[f64; 2]>),
) -> Chart {
    let Bounds { budget, training, limits } = bounds;
    let interval = sizes.map(|[low, high]| (max(low, span.params.0), min(high, span.params.1), LEVEL));
    let known = &known();
    plan::map(&MapInput { span, loss, frontier, budget, training, limits, interval, runs, known, plan })
}

/// The sizes between which most draws put the best one, where all of them lie on the line of one budget.
pub fn sizes(find: Find, spread: &Plan) -> Option<[f64; 2]> {
    let sizes = spread.interval("N")?;
    let on_the_line = find == Find::Loss && spread.quantities.get("serving").is_none();
    // A size that is given has no interval.
    (on_the_line && sizes[0] < sizes[1] * (1.0 - 1e-9)).then_some(sizes)
}

/// What is said under the name of the map: of a law that gives a loss or not, with limits or without, with draws or without.
pub const fn map_says(has_loss: bool, limited: bool, drawn: bool) -> &'static str {
    if !has_loss {
        "This law gives no loss for other sizes. The line holds what the budget can pay for."
    } else if limited {
        "Grey curves share a loss. The plan lies within the budget and the limits."
    } else if drawn {
        "Grey curves share a loss. The thick stretch of the budget line holds 90\u{a0}% of the refits."
    } else {
        "Grey curves share a loss. The line holds what the budget can pay for."
    }
}

fn positions(span: &MapSpan) -> (Vec<f64>, Vec<f64>) {
    let ((n_low, n_high), (d_low, d_high)) = (span.params, span.tokens);
    (Grid::positions(n_low, n_high, MAP_STEPS), Grid::positions(d_low, d_high, MAP_STEPS))
}

/// Models whose size and tokens are published: Hoffmann et al. (2022), table 1.
fn known() -> [Known; 2] {
    let known = |name: &str, params, tokens| Known { name: name.to_owned(), params, tokens };
    [known("Gopher, 280\u{a0}B", 280e9, 300e9), known("Chinchilla, 70\u{a0}B", 70e9, 1.4e12)]
}
