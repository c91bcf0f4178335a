//! Amounts below one another on one axis, each in a row with its name: what several laws or methods say of the same.

use super::axis::{Axis, Format};
use super::chart::{Chart, Margin};
use super::mark::{Dots, Label, Line, Mark, Plan, Rule, Side};
use super::surface::{Dash, Role};
use crate::num;

/// What is free at either end of the axis, as a factor.
const ROOM: f64 = 1.15;

/// What one of them says.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Its name.
    pub name: String,
    /// The amount.
    pub value: f64,
    /// The ends of its interval.
    pub ends: Option<[f64; 2]>,
    /// Whether it is the reader's own, to which the others are compared.
    pub own: bool,
}

/// The chart of what they say, from the top; nothing of none.
pub fn strip(title: &str, summary: String, (name, unit): (&str, &str), said: &[Said]) -> Option<Chart> {
    let all = || said.iter().flat_map(|one| one.ends.into_iter().flatten().chain([one.value]));
    let (low, high) = (all().reduce(num::min)?, all().reduce(num::max)?);
    let x = Axis::log(name, unit, (low / ROOM, high * ROOM), Format::Quantity);
    let y = Axis::rows(said.iter().map(|one| one.name.clone()).collect());
    let at = |(row, one): (usize, &Said)| (one.value, y.row(row));
    let rows = || said.iter().enumerate();
    let interval = |(row, one): (usize, &Said)| {
        let points = one.ends?.map(|end| (end, y.row(row))).to_vec();
        let role = if one.own { Role::Accent } else { Role::Run };
        Some(Mark::Line(Line {
            role,
            weight: 3.0,
            opacity: 0.6,
            read: false,
            ..Line::new(&one.name, "interval", points)
        }))
    };
    let others = || rows().filter(|(_, one)| !one.own);
    let dots = Dots {
        names: others().map(|(_, one)| one.name.clone()).collect(),
        role: Role::Ink,
        radius: 4.0,
        ..Dots::new("fit", "row", others().map(at).collect())
    };
    let own = rows().find(|(_, one)| one.own);
    let upright = |(_, one): (usize, &Said)| {
        Mark::Rule(Rule {
            x: one.value,
            role: Role::Accent,
            dash: Dash::Solid,
            label: Label::default(),
            side: Side::Right,
        })
    };
    let plan = |own: (usize, &Said)| {
        let (name, column) = (own.1.name.clone(), "row".to_owned());
        Mark::Plan(Plan { name, at: at(own), column, label: Label::default(), extra: None })
    };
    let marks = rows().filter_map(interval).chain([Mark::Dots(dots)]);
    let marks = marks.chain(own.map(upright)).chain(own.map(plan)).collect();
    Some(Chart { title: title.to_owned(), summary, x, y: y.clone(), marks, margin: Margin::Bare })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Frame, Size, Svg, Theme};

    fn said(name: &str, value: f64, ends: Option<[f64; 2]>, own: bool) -> Said {
        Said { name: name.to_owned(), value, ends, own }
    }

    #[test]
    fn every_row_has_its_name_beside_it_and_its_amount_on_the_axis() {
        let all = [
            said("Hoffmann 2022", 40.4e9, None, false),
            said("Refit of 240 runs", 73.2e9, Some([52.1e9, 102.3e9]), true),
            said("Kaplan 2020", 485e9, None, false),
        ];
        let chart = strip("Sizes", String::new(), ("parameters", "parameters"), &all).unwrap();
        let size = Size::new(680.0, 340.0, 1.0);
        let frame = Frame::of(&chart, size);
        let names: Vec<&str> = frame.y_ticks.iter().rev().map(|tick| &*tick.label).collect();
        assert_eq!(names, ["Hoffmann 2022", "Refit of 240 runs", "Kaplan 2020"]);
        assert!(frame.plot.left > 80.0, "{:?}", frame.plot);
        let heights: Vec<f64> = (0..3).map(|row| frame.up(chart.y.row(row))).collect();
        assert!(heights.is_sorted() && heights[2] < frame.plot.bottom);
        let file = Svg::of(&chart, &Theme::print(), size, &[]);
        assert!(names.iter().all(|name| file.contains(&format!("{name}</text>"))), "{file}");
        assert_eq!(strip("", String::new(), ("", ""), &[]), None);
    }
}
