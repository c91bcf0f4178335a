//! The profiles of approach 2, and the power laws through their lowest points.

use super::isoflop::{Group, Profiles, Vertex};
use super::power::{self, Drawn};
use super::{flops, log_range, span};
use crate::figure::{Axis, Chart, Dash, Dots, Extra, Format, Grid, Label, Line, Margin, Mark, Role, Shape};
use crate::num;
use crate::units::{self, Unit, show};
use crate::web::fit::rows::{Row, loss_label};

/// What is over the picture of the profiles.
pub const PROFILES: &str = "Runs of each budget and their parabolas";
/// What is over the picture of the power laws.
pub const POWERS: &str = "Best size and tokens by budget";
/// A parabola is drawn through so many points.
const POINTS: usize = 40;
/// A narrow picture has room for the labels of so many.
const ROOM: usize = 4;

/// The runs by budget, with the parabola of each and its lowest point.
pub fn profiles(profiles: &Profiles) -> Option<Chart> {
    let groups = &profiles.groups;
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let vertices: Vec<(&Group, Vertex)> = profiles.used().collect();
    let losses = rows().map(|row| row.loss).chain(vertices.iter().map(|(_, vertex)| vertex.loss));
    let (low, high) = span(losses)?;
    let room = 0.06 * num::max(high - low, 1e-3 * high.abs());
    let sizes = rows().map(|row| row.params).chain(vertices.iter().map(|(_, vertex)| vertex.size));
    let mut marks: Vec<Mark> = Vec::new();
    for (at, (group, vertex)) in vertices.iter().enumerate() {
        let is_labelled = vertices.len() <= ROOM || (vertices.len() - 1 - at).is_multiple_of(2);
        marks.extend(parabola(group, vertex, is_labelled).map(Mark::Line));
    }
    for (left_out, shape, role, name) in
        [(false, Shape::Disc, Role::Ink, "run"), (true, Shape::Cross, Role::Run, "run of a budget left out")]
    {
        let of_set = groups.iter().filter(|group| group.left_out.is_some() == left_out);
        let rows: Vec<&Row> = of_set.flat_map(|group| &group.rows).collect();
        if !rows.is_empty() {
            marks.push(Mark::Dots(Dots { shape, role, radius: 2.5, ..runs(&rows, name) }));
        }
    }
    if !vertices.is_empty() {
        let lowest = |(_, vertex): &(&Group, Vertex)| (vertex.size, vertex.loss);
        marks.push(Mark::Dots(Dots {
            names: vertices.iter().map(|(group, _)| format!("lowest at {}", flops(group.budget))).collect(),
            role: Role::Accent,
            radius: 4.5,
            ..Dots::new("lowest point", "loss", vertices.iter().map(lowest).collect())
        }));
    }
    let y = Axis::linear(&loss_label(profiles.losses), "loss", (low - room, high + room), Format::Decimal(2));
    Some(Chart {
        title: PROFILES.to_owned(),
        summary: summary(profiles),
        x: Axis::log("parameters", "parameters", log_range(sizes)?, Format::Quantity),
        y: Axis { reads: Format::Decimal(3), ..y },
        marks,
        margin: Margin::Names,
    })
}

fn runs(rows: &[&Row], name: &str) -> Dots {
    Dots {
        names: rows.iter().map(|row| format!("row {}", row.line)).collect(),
        extra: Some(Extra {
            column: "tokens".to_owned(),
            format: Format::Quantity,
            values: rows.iter().map(|row| row.tokens).collect(),
        }),
        ..Dots::new(name, "loss", rows.iter().map(|row| (row.params, row.loss)).collect())
    }
}

/// A parabola in log10 N is known by its lowest point and its curvature.
fn parabola(group: &Group, vertex: &Vertex, is_labelled: bool) -> Option<Line> {
    let (low, high) = span(group.fitted.iter().map(|row| row.params))?;
    let curvature = group.curvature?;
    let loss = |size: f64| {
        let away = num::log10(size / vertex.size);
        (size, vertex.loss + curvature * away * away)
    };
    let label = units::significant(group.budget, 1);
    let narrow = if is_labelled { label.clone() } else { String::new() };
    Some(Line {
        role: Role::Accent,
        weight: 1.4,
        label: Label::each(label, narrow),
        ..Line::new(
            &flops(group.budget),
            "loss",
            Grid::positions(low, high, POINTS).into_iter().map(loss).collect(),
        )
    })
}

fn summary(profiles: &Profiles) -> String {
    let all = profiles.groups.len();
    match span(profiles.used().map(|(_, vertex)| vertex.size)) {
        Some((least, most)) => {
            let size = |value| show(value, Unit::Parameters).number();
            format!(
                "Loss by size of the runs of {all} budgets. The lowest points of {} of them go from {} to {} parameters.",
                profiles.used().count(),
                size(least),
                size(most)
            )
        }
        None => format!("Loss by size of the runs of {all} budgets. None has a lowest point that counts."),
    }
}

/// Best sizes and tokens with their power laws.
pub fn powers(profiles: &Profiles, budget: Option<f64>) -> Option<Chart> {
    let laws = profiles.powers?;
    let dots = |name: &str, column: &str, of: fn(&Vertex) -> f64, role: Role| Dots {
        role,
        radius: 3.5,
        names: profiles.used().map(|(group, _)| flops(group.budget)).collect(),
        ..Dots::new(
            name,
            column,
            profiles.used().map(|(group, vertex)| (group.budget, of(&vertex))).collect(),
        )
    };
    let law = |column: &'static str, power: power::Power, role: Role| Drawn {
        name: format!("best {column}"),
        column,
        label: Label::always(column),
        power,
        role,
        dash: Dash::Solid,
    };
    let drawn = vec![law("parameters", laws.n, Role::Accent), law("tokens", laws.d, Role::Ink)];
    let dots = vec![
        dots("lowest point, size", "parameters", |vertex| vertex.size, Role::Accent),
        dots("lowest point, tokens", "tokens", |vertex| vertex.tokens, Role::Ink),
    ];
    power::chart(POWERS, profiles.says_powers(budget), drawn, dots, budget)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fit::methods::isoflop::ask;
    use crate::web::fit::methods::tests::{answered, rows};
    use crate::web::fit::study::Study;

    const TABLE: &str = "params,flops,loss\n1e7,1e18,3.6\n2e7,1e18,3.5\n4e7,1e18,3.45\n8e7,1e18,3.5\n\
                         2e7,1e19,3.1\n4e7,1e19,3.0\n8e7,1e19,2.95\n16e7,1e19,3.0\n1e8,1e20,2.7\n";

    #[test]
    fn a_parabola_has_the_loss_of_its_vertex_at_its_size() {
        let rows = rows(TABLE);
        let found = Profiles::read(&answered(&ask(&Study::default(), &rows.json()).unwrap()), &rows).unwrap();
        let (group, vertex) = found.used().next().unwrap();
        let line = parabola(group, &vertex, true).unwrap();
        let lowest = line.points.iter().map(|(_, loss)| *loss).fold(f64::INFINITY, num::min);
        assert!(lowest >= vertex.loss && lowest - vertex.loss < 1e-3);
        let chart = profiles(&found).unwrap();
        assert!(
            chart.summary.contains("the runs of 3 budgets. The lowest points of 2 of them"),
            "{}",
            chart.summary
        );
        let table = chart.table();
        assert!(table.rows.iter().any(|row| row[0] == "row 10"), "{table:?}");
        assert!(powers(&found, Some(1e22)).unwrap().x.range.1 > 1e22);
    }
}
