//! How far each method is off what was hidden from it, by distance.

use super::backtest::{BackTest, Foretold};
use super::compare::{Method, Way};
use crate::figure::{Axis, Chart, Dash, Dots, Format, Label, Line, Margin, Mark, Point, Role};
use crate::num;

/// What is over the picture of losses.
pub const LOSSES: &str = "Foretold loss against the measured one";
/// What is over the picture of best sizes.
pub const SIZES: &str = "Error of the best size by distance";
/// What the values of both are.
const COLUMN: &str = "error, %";
/// How lines are broken, in the order of fits.
const DASHES: [Dash; 5] = [Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::DashDot, Dash::Dashed];

/// A method as both pictures draw it.
struct Drawn<'a> {
    one: &'a Foretold,
    role: Role,
    dash: Dash,
    label: Label,
}

/// The methods that foretell something. What only says which size is best is ink, so that no fit has another colour in the
/// picture that lacks it.
fn drawn(found: &BackTest) -> Vec<Drawn<'_>> {
    let mut drawn = Vec::new();
    // Beyond what can be told apart, lines are grey.
    let mut looks = DASHES.iter().enumerate().map(|(at, dash)| (Role::Series(at), *dash));
    for one in found.methods.iter().filter(|one| one.refused.is_none()) {
        let (role, dash) = match one.method.way {
            Way::Parabolas(_) => (Role::Ink, Dash::Solid),
            Way::Envelope => (Role::Ink, Dash::Dashed),
            Way::Fit(_) | Way::Law(_) => looks.next().unwrap_or((Role::Run, Dash::Solid)),
        };
        let label = if role == Role::Run { Label::default() } else { Label::always(short(&one.method)) };
        drawn.push(Drawn { one, role, dash, label });
    }
    // Those that are in one picture alone have the first choice of room for their names.
    drawn.sort_by_key(|drawn| drawn.one.method.way.fit().is_some());
    drawn
}

/// The error of the loss of each run over its distance from those seen, and the mean of each budget as a line.
pub fn losses(found: &BackTest) -> Option<Chart> {
    let mut marks = Vec::new();
    for Drawn { one, role, dash, label } in drawn(found) {
        let means = one.budgets.iter().filter_map(|budget| Some((budget.decades, 100.0 * budget.loss.bias?)));
        let means: Vec<Point> = means.collect();
        if means.is_empty() {
            continue;
        }
        let each = found.decades.iter().zip(&one.residuals);
        let each = each.filter_map(|(decades, error)| Some((*decades, 100.0 * (*error)?))).collect();
        let name = &one.method.name;
        marks.push(Mark::Line(Line { role, dash, label, ..Line::new(name, COLUMN, means) }));
        marks.push(Mark::Dots(Dots { role, radius: 2.5, ..Dots::new(name, COLUMN, each) }));
    }
    chart(found, LOSSES, "error of the loss, %", &found.says_losses()?, marks)
}

/// The error of the best size of each budget over its distance from the runs seen.
pub fn sizes(found: &BackTest) -> Option<Chart> {
    let mut marks = Vec::new();
    for Drawn { one, role, dash, label } in drawn(found) {
        let each = one.budgets.iter().filter_map(|budget| Some((budget.decades, 100.0 * budget.size?)));
        let each: Vec<Point> = each.collect();
        let name = &one.method.name;
        let names = vec![name.clone(); each.len()];
        // Its dots are read: a single budget has no line.
        let line = Line { role, dash, label, read: false, ..Line::new(name, COLUMN, each.clone()) };
        marks.push(Mark::Line(line));
        marks.push(Mark::Dots(Dots { names, role, radius: 2.5, ..Dots::new(name, COLUMN, each) }));
    }
    chart(found, SIZES, "error of the best size, %", &found.says_sizes()?, marks)
}

/// Errors over decades.
fn chart(found: &BackTest, title: &str, name: &str, says: &str, mut marks: Vec<Mark>) -> Option<Chart> {
    let errors = marks.iter().flat_map(|mark| match mark {
        Mark::Dots(dots) => dots.points.as_slice(),
        _ => &[],
    });
    let (low, high) = super::span(errors.map(|(_, error)| *error).chain([0.0]))?;
    let room = 0.06 * num::max(high - low, 0.1);
    let end = num::max(found.decades.iter().copied().fold(0.0, num::max), 0.1);
    let none = Line {
        role: Role::Quiet,
        weight: 1.0,
        dash: Dash::Dotted,
        read: false,
        ..Line::new("no error", COLUMN, vec![(0.0, 0.0), (end, 0.0)])
    };
    marks.insert(0, Mark::Line(none));
    let decimals = match high - low {
        wide if wide >= 20.0 => 0,
        wide if wide >= 2.0 => 1,
        _ => 2,
    };
    Some(Chart {
        title: title.to_owned(),
        summary: format!("{} {says}", found.says()),
        x: Axis::linear("decades beyond the runs seen", "decades", (0.0, end), Format::Decimal(2)),
        y: Axis::linear(name, "%", (low - room, high + room), Format::Decimal(decimals)),
        marks,
        margin: Margin::Names,
    })
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
        .replace("IsoFLOP parabolas", "parabolas")
        .replace("Envelope of curves", "envelope")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fit::methods::backtest::tests::{found, profiles};
    use crate::web::fit::methods::tests::sample;
    use crate::web::fit::study::Study;

    /// What is written beside the lines that are no help, and their colours.
    fn lines(chart: &Chart) -> Vec<(String, Role)> {
        let line = |mark: &Mark| match mark {
            Mark::Line(line) => Some((line.label.wide.clone(), line.role)),
            _ => None,
        };
        chart.marks.iter().filter_map(line).skip(1).collect()
    }

    #[test]
    fn losses_are_of_the_fits_alone() {
        let found = found(&Study::default(), sample(), false);
        let losses = losses(&found).unwrap();
        assert_eq!(losses.marks.len(), 11);
        assert!(losses.summary.starts_with("2 runs are hidden"), "{}", losses.summary);
        assert_eq!(sizes(&found), None);
    }

    #[test]
    fn a_method_has_one_colour_in_both_pictures() {
        let study = Study { beside: vec!["kaplan-size-and-data".to_owned()], ..Study::default() };
        let found = found(&study, &profiles(), false);
        let (losses, sizes) = (lines(&losses(&found).unwrap()), lines(&sizes(&found).unwrap()));
        assert_eq!(sizes[0], ("parabolas".to_owned(), Role::Ink));
        assert_eq!(losses, sizes[1..]);
        assert_eq!(losses[1], ("Kaplan loss by…".to_owned(), Role::Series(1)));
        assert_eq!(losses[5], (String::new(), Role::Run));
    }

    #[test]
    fn each_hidden_budget_is_a_row_of_the_picture_of_sizes() {
        let rows = sizes(&found(&Study::default(), &profiles(), false)).unwrap().table().rows;
        let named = |name: &str| rows.iter().filter(|row| row[0] == name).count();
        assert_eq!((named("IsoFLOP parabolas"), rows.len()), (2, 12));
    }
}
