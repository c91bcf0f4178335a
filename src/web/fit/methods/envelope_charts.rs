//! The training curves with their envelope, and the sizes of its winners.

use std::collections::BTreeMap;

use super::envelope::{Envelope, Winner};
use super::power::{self, Drawn};
use super::{log_range, span};
use crate::figure::{Axis, Chart, Dash, Dots, Extra, Format, Label, Line, Margin, Mark, Role};
use crate::units;
use crate::web::fit::rows::{Row, Rows};
use crate::web::json::Json;

/// What is over the picture of the curves.
pub const CURVES: &str = "Training curves and their envelope";
/// What is over the picture of the power laws.
pub const POWERS: &str = "Size of the best run by budget";
/// The envelope is drawn, and can be read, at about so many budgets.
const POINTS: usize = 120;

/// The training curves: the points of each run by compute.
fn curves(rows: &Rows) -> Vec<(String, Vec<&Row>)> {
    let names = Json::read(&rows.columns.json).and_then(|columns| columns.get("run"));
    let names = names.map(Json::items).unwrap_or_default();
    let mut curves: Vec<(Json<'_>, Vec<&Row>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.points() {
        let Some(name) = names.get(row.row).copied() else { continue };
        let at = *places.entry(name.as_text()).or_insert(curves.len());
        if at == curves.len() {
            curves.push((name, Vec::new()));
        }
        curves[at].1.push(row);
    }
    for (_, points) in &mut curves {
        points.sort_by(|a, b| a.flops.total_cmp(&b.flops));
    }
    curves.into_iter().map(|(name, points)| (name.string().unwrap_or_default(), points)).collect()
}

/// The curves in grey, the envelope over them, winners of extreme size marked.
pub fn chart(rows: &Rows, envelope: &Envelope) -> Option<Chart> {
    let curves = curves(rows);
    let points = || curves.iter().flat_map(|(_, points)| points.iter().copied());
    let curve = |(name, points): &(String, Vec<&Row>)| {
        let points = points.iter().map(|row| (row.flops, row.loss)).collect();
        Mark::Line(Line { role: Role::Run, weight: 1.0, read: false, ..Line::new(name, "loss", points) })
    };
    let marks =
        curves.iter().map(curve).chain(lowest(&thinned(envelope)).into_iter().map(Mark::Line)).collect();
    let y =
        Axis::log(&rows.loss_label(), "loss", log_range(points().map(|row| row.loss))?, Format::Decimal(2));
    Some(Chart {
        title: CURVES.to_owned(),
        summary: summary(curves.len(), envelope),
        x: Axis::log("training FLOPs", "FLOPs", log_range(points().map(|row| row.flops))?, Format::Powers),
        y: Axis { reads: Format::Decimal(3), ..y },
        marks,
        margin: Margin::Names,
    })
}

/// The envelope in stretches, dashed where winners are of extreme size; each begins where the one before ends.
fn lowest(winners: &[&Winner]) -> Vec<Line> {
    let mut from = 0;
    let mut lines = Vec::new();
    for stretch in winners.chunk_by(|a, b| a.extreme == b.extreme) {
        let end = (from + stretch.len() + 1).min(winners.len());
        let points = &winners[from..end];
        let extreme = stretch[0].extreme;
        lines.push(Line {
            role: Role::Accent,
            weight: 2.0,
            dash: if extreme { Dash::Dashed } else { Dash::Solid },
            extra: Some(Extra {
                column: "parameters".to_owned(),
                format: Format::Quantity,
                values: points.iter().map(|winner| winner.size).collect(),
            }),
            ..Line::new(
                if extreme { "envelope, extreme size" } else { "envelope" },
                "loss",
                points.iter().map(|winner| (winner.compute, winner.loss)).collect(),
            )
        });
        from += stretch.len();
    }
    if let Some(last) = lines.last_mut() {
        last.label = Label::always("envelope");
    }
    lines
}

/// Winners at every so many budgets, the last one too.
fn thinned(envelope: &Envelope) -> Vec<&Winner> {
    let last = envelope.winners.len().saturating_sub(1);
    let step = envelope.winners.len().div_ceil(POINTS).max(1);
    let shown = envelope.winners.iter().enumerate().filter(|(at, _)| (last - at).is_multiple_of(step));
    shown.map(|(_, winner)| winner).collect()
}

fn summary(runs: usize, envelope: &Envelope) -> String {
    let losses = span(envelope.winners.iter().map(|winner| winner.loss));
    let Some((best, worst)) = losses else { return "No budget is reached by any run.".to_owned() };
    format!(
        "Loss over compute of {runs} runs. The lowest falls from {} to {}.",
        units::decimals(worst, 3),
        units::decimals(best, 3)
    )
}

/// The sizes of the winners, with the power laws of the variants.
pub fn powers(envelope: &Envelope, budget: Option<f64>) -> Option<Chart> {
    let styles = [(Role::Accent, Dash::Solid), (Role::Ink, Dash::Dashed), (Role::Quiet, Dash::Dotted)];
    let short = ["all", "trimmed", "hull"];
    let laws =
        envelope.variants.iter().zip(styles).zip(short).filter_map(|((variant, (role, dash)), short)| {
            let power = variant.powers?.n;
            let label = Label::each(format!("{short} {}", units::decimals(power.exponent, 3)), short);
            Some(Drawn { name: variant.name.to_owned(), column: "parameters", label, power, role, dash })
        });
    let shown = thinned(envelope);
    let dots = Dots {
        radius: 2.0,
        names: shown.iter().map(|winner| winner.run.clone()).collect(),
        ..Dots::new(
            "winner",
            "parameters",
            shown.iter().map(|winner| (winner.compute, winner.size)).collect(),
        )
    };
    power::chart(POWERS, envelope.says_powers(), laws.collect(), vec![dots], budget)
}
