//! A law, the runs behind it, and the two charts of the Plan drawn from them.

use isoflop::figure::plan::{self, FrontierInput, Known, MapInput, MapSpan, Optimum, Run, Spread};
use isoflop::figure::{Chart, Grid, Size};
use isoflop::num;

/// The sizes the Plan page draws: one column, half a column, a phone.
pub const SIZES: [(f64, f64); 3] = [(680.0, 340.0), (464.0, 340.0), (328.0, 320.0)];

/// Text with ordinary spaces, to be compared.
pub fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// Every chart at every size.
pub fn pictures() -> Vec<(String, Chart, Size)> {
    let charts = Inputs::new().charts();
    let each = charts.iter().flat_map(|(name, chart)| {
        SIZES.map(|(width, height)| (format!("{name}-{width}"), chart.clone(), Size::new(width, height, 1.0)))
    });
    each.collect()
}

// The converged refit of the 240 runs of Hoffmann et al. (2022), as shown on the Plan page.
const E: f64 = 1.8172;
const A: f64 = 477.83;
const ALPHA: f64 = 0.34731;
const B: f64 = 2143.4;
const BETA: f64 = 0.36717;
pub const BUDGET: f64 = 5.76e23;

pub fn loss(params: f64, tokens: f64) -> f64 {
    E + A / num::pow(params, ALPHA) + B / num::pow(tokens, BETA)
}

/// Hoffmann et al. (2022), Eq. 4.
pub fn optimum(flops: f64) -> Optimum {
    let g = num::pow(ALPHA * A / (BETA * B), 1.0 / (ALPHA + BETA));
    let params = g * num::pow(flops / 6.0, BETA / (ALPHA + BETA));
    let tokens = flops / 6.0 / params;
    Optimum { flops, params, tokens, loss: Some(loss(params, tokens)) }
}

/// Nine budgets with twelve sizes each, as in the second approach of the same paper.
pub fn runs() -> Vec<Run> {
    let budgets = [6e18, 1e19, 3e19, 6e19, 1e20, 3e20, 6e20, 1e21, 1.3e22];
    let sizes = (0..12).map(|i| num::exp(f64::from(i - 6) * 0.35));
    let of = |flops: f64, times: f64| {
        let params = optimum(flops).params * times;
        Run { flops, params, tokens: flops / 6.0 / params }
    };
    budgets.iter().flat_map(|flops| sizes.clone().map(|times| of(*flops, times))).collect()
}

pub struct Inputs {
    pub runs: Vec<Run>,
    pub frontier: Vec<Optimum>,
    pub bands: Vec<Spread>,
    pub span: MapSpan,
    pub grid: Grid,
    pub budget: Vec<(f64, f64)>,
    pub known: Vec<Known>,
}

impl Inputs {
    pub fn new() -> Self {
        let runs = runs();
        let (low, high) = plan::budget_span(&runs, BUDGET);
        let frontier: Vec<Optimum> = Grid::positions(low, high, 33).into_iter().map(optimum).collect();
        let bands = frontier.iter().map(spread).collect();
        let span = plan::map_span(&runs, &optimum(BUDGET));
        let x = Grid::positions(span.params.0, span.params.1, 97);
        let y = Grid::positions(span.tokens.0, span.tokens.1, 97);
        let values = y.iter().flat_map(|d| x.iter().map(move |n| loss(*n, *d))).collect();
        let budget = x.iter().map(|n| (*n, BUDGET / 6.0 / n)).collect();
        let known = [("Chinchilla, 70 B", 70e9, 1.4e12), ("Gopher, 280 B", 280e9, 300e9)]
            .map(|(name, params, tokens)| Known { name: name.to_owned(), params, tokens });
        Self { runs, frontier, bands, span, grid: Grid { x, y, values }, budget, known: known.into() }
    }

    pub fn frontier_input(&self) -> FrontierInput<'_> {
        FrontierInput {
            frontier: &self.frontier,
            bands: &self.bands,
            level: 0.9,
            runs: &self.runs,
            budget: BUDGET,
            plan: Some(optimum(BUDGET)),
        }
    }

    pub fn map_input(&self) -> MapInput<'_> {
        MapInput {
            span: self.span,
            loss: Some(&self.grid),
            frontier: &self.frontier,
            budget: &self.budget,
            training: &[],
            limits: &[],
            interval: Some((52.1e9, 102.3e9, 0.9)),
            runs: &self.runs,
            known: &self.known,
            plan: Some(optimum(BUDGET)),
        }
    }

    pub fn charts(&self) -> [(&'static str, Chart); 2] {
        [("frontier", plan::frontier(&self.frontier_input())), ("map", plan::map(&self.map_input()))]
    }
}

/// Refits agree on small budgets and part on large ones.
pub fn spread(at: &Optimum) -> Spread {
    let by = num::exp(0.05 + 0.03 * num::max(num::ln(at.flops / 1e21), 0.0));
    Spread { params: (at.params / by, at.params * by), tokens: (at.tokens / by, at.tokens * by) }
}
