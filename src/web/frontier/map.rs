//! The map: what is shown over both axes, in steps of colour, with the cursor on it.

use std::sync::Arc;

use super::along::Along;
use super::chosen::{Chosen, Show};
use super::field::Field;
use super::listed::Listed;
use crate::figure::{
    self, Axis, Chart, Dash, Format, Grid, Heat, Label, Line, Margin, Mark, Place, Plan, Role, Rule, Side,
};
use crate::num;
use crate::units::{Unit, percent, show};
use crate::web::json;

/// So many steps of colour at most, less one.
const LEVELS: usize = 7;
/// The table of the map has no more rows and columns than this.
const TABLED: [usize; 2] = [17, 9];

/// What both axes are, with their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// The law.
    pub law: Listed,
    /// What is shown.
    pub show: Show,
    /// What runs from left to right, and its values.
    pub across: (Along, Vec<f64>),
    /// What runs upwards, and its values.
    pub up: Option<(Along, Vec<f64>)>,
    /// Whether the values of each are equal factors apart.
    pub log: [bool; 2],
    /// Whether something is served from the budget.
    pub serves: bool,
}

/// A value as the page shows it.
pub fn shown(value: f64, show_as: Show, law: &Listed) -> String {
    match show_as {
        Show::Training => percent(value),
        other => show(value, other.unit(law)).number(),
    }
}

/// How the numbers of a unit are written along an axis, and in a table.
pub fn format(unit: Unit) -> Format {
    match unit {
        Unit::Flops => Format::Powers,
        Unit::One | Unit::Bits => Format::Decimal(2),
        unit if unit.is_loss() => Format::Decimal(3),
        _ => Format::Quantity,
    }
}

impl Plane {
    /// The plane of a sweep, where all of it can be read.
    pub fn of(chosen: &Chosen, law: &Listed) -> Option<Self> {
        let [across, up] = chosen.values(law).ok()?;
        let [along_across, along_up] = chosen.axes();
        let across = across?;
        let log = [across.is_log(), up.as_ref().is_none_or(super::along::Values::is_log)];
        Some(Self {
            law: law.clone(),
            show: chosen.show,
            across: (along_across?, across.all()),
            up: along_up.zip(up).map(|(along, values)| (along, values.all())),
            log,
            serves: chosen.runs_along(&Along::Demand),
        })
    }

    /// How many values each axis has: upwards, and across.
    pub fn shape(&self) -> [usize; 2] {
        [self.up.as_ref().map_or(1, |(_, values)| values.len()), self.across.1.len()]
    }

    /// An axis of a chart.
    pub fn axis(&self, at: usize) -> Option<Axis> {
        let (along, values) = if at == 0 { Some(&self.across) } else { self.up.as_ref() }?;
        let (title, unit) = (along.title(&self.law, self.serves), along.unit(&self.law));
        let range = ends(values, self.log[at]);
        let format = format(unit);
        let axis = if self.log[at] { Axis::log } else { Axis::linear };
        Some(axis(&title, unit.words(), range, format))
    }

    /// The place of the value of an axis that lies nearest: across, or upwards.
    pub fn nearest(&self, at: usize, value: f64) -> usize {
        let values = if at == 0 { Some(&self.across.1) } else { self.up.as_ref().map(|(_, values)| values) };
        let far =
            |known: f64| if self.log[at] { num::ln(known / value).abs() } else { (known - value).abs() };
        let places = values.into_iter().flatten().enumerate();
        places.min_by(|(_, a), (_, b)| far(**a).total_cmp(&far(**b))).map_or(0, |(place, _)| place)
    }

    /// What is at a point of both axes, in words: `5.76 × 10²³ FLOPs and 2.00 T tokens served`.
    pub fn says(&self, [across, up]: [usize; 2]) -> String {
        let words = |(along, values): &(Along, Vec<f64>), at: usize| {
            values.get(at).map(|value| along.says(*value, &self.law)).unwrap_or_default()
        };
        let first = words(&self.across, across);
        match &self.up {
            Some(axis) => format!("{first} and {}", words(axis, up)),
            None => first,
        }
    }
}

/// The ends of an axis: of one value, a little to either side of it.
fn ends(values: &[f64], log: bool) -> (f64, f64) {
    let (first, last) = (values.first().copied().unwrap_or(1.0), values.last().copied().unwrap_or(1.0));
    if first < last {
        (first, last)
    } else if log {
        (first / 2.0, first * 2.0)
    } else {
        (first - 0.5, first + 0.5)
    }
}

/// The values over the plane: those that are done, and where none is, that of the coarse field; [`Heat::NONE`] where there is no
/// plan.
pub fn surface(plane: &Plane, field: &Field, coarse: Option<&Field>) -> Grid {
    let none = |value: f64| if value.is_finite() { value } else { Heat::NONE };
    let value = |cell: usize| {
        if field.is_done(cell) {
            return none(field.columns[0][cell]);
        }
        coarse.and_then(|coarse| field.under(coarse, cell)).map_or(f64::NAN, none)
    };
    let y = plane.up.as_ref().map_or_else(|| vec![1.0], |(_, values)| values.clone());
    Grid { x: plane.across.1.clone(), y, values: (0..field.len()).map(value).collect() }
}

/// The coarse picture over its own points.
pub fn outline(plane: &Plane, coarse: &Field) -> Option<Grid> {
    let thinned = |values: &[f64], count: usize| -> Vec<f64> {
        let last = count.saturating_sub(1).max(1);
        (0..count).map(|at| values[at * (values.len() - 1) / last]).collect()
    };
    let [rows, columns] = coarse.shape;
    let (x, y) = (thinned(&plane.across.1, columns), thinned(&plane.up.as_ref()?.1, rows));
    Some(Grid { x, y, values: coarse.columns[0].clone() })
}

/// The map, without the cursor. Steps of colour end at round numbers, about as far apart as equal shares of the coarse picture
/// are, and lines between them are drawn by that until the map is `whole`.
pub fn map(plane: &Plane, surface: &Arc<Grid>, outline: &Grid, whole: bool) -> Option<Chart> {
    let levels = figure::levels(if outline.x.is_empty() { surface } else { outline }, LEVELS).0;
    let drawn = if whole { &**surface } else { outline };
    let name = |level: f64| match plane.show {
        Show::Loss => trimmed(&shown(level, Show::Loss, &plane.law)),
        show => trimmed(&shown(level, show, &plane.law)),
    };
    let mut marks = vec![Mark::Heat(Heat { cells: surface.clone(), levels: levels.clone() })];
    for (level, share) in levels.iter().zip([0.35, 0.5, 0.65].into_iter().cycle()) {
        let longest = figure::contour(drawn, *level).into_iter().max_by_key(Vec::len);
        marks.extend(longest.map(|points| {
            Mark::Line(Line {
                role: Role::Ink,
                weight: 0.5,
                opacity: 0.35,
                label: Label::always(name(*level)),
                place: Place::Along(share),
                read: false,
                ..Line::new(&format!("contour {}", name(*level)), "", points)
            })
        }));
    }
    Some(Chart {
        title: plane.show.title().to_owned(),
        summary: summary(plane, surface),
        x: plane.axis(0)?,
        y: Axis { grid: false, ..plane.axis(1)? },
        marks,
        margin: Margin::Bare,
    })
}

/// The cursor, over a map.
pub fn cursor(plane: &Plane, [across, up]: [usize; 2]) -> Vec<Mark> {
    let Some(((_, ups), x)) = plane.up.as_ref().zip(plane.across.1.get(across)) else { return Vec::new() };
    let Some(y) = ups.get(up) else { return Vec::new() };
    let ends = ends(&plane.across.1, plane.log[0]);
    let level = |role, weight| {
        let line = Line::new("cursor", "", vec![(ends.0, *y), (ends.1, *y)]);
        Mark::Line(Line { role, weight, read: false, ..line })
    };
    let upright =
        Rule { x: *x, role: Role::Accent, dash: Dash::Solid, label: Label::default(), side: Side::Right };
    let dot = Plan {
        name: "cursor".to_owned(),
        at: (*x, *y),
        column: String::new(),
        label: Label::default(),
        extra: None,
    };
    vec![level(Role::Accent, 1.0), Mark::Rule(upright), Mark::Plan(dot)]
}

/// A number without zeros after its point.
fn trimmed(text: &str) -> String {
    let (digits, rest) =
        text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()));
    let digits =
        if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    format!("{digits}{rest}")
}

fn summary(plane: &Plane, surface: &Grid) -> String {
    let finite = || surface.values.iter().copied().filter(|value| value.is_finite());
    let ends = finite().reduce(num::min).zip(finite().reduce(num::max));
    let [x, y] = [0, 1].map(|at| plane.axis(at).map(|axis| axis.name).unwrap_or_default());
    let title = plane.show.title();
    match ends {
        None => format!("{title} over {x} and {y}: nothing has come yet."),
        Some((low, high)) => {
            let [low, high] = [low, high].map(|value| shown(value, plane.show, &plane.law));
            let none = surface.values.iter().filter(|value| **value == Heat::NONE).count();
            let none = match none {
                0 => String::new(),
                count => format!(" Hatched where there is no plan: {count} points."),
            };
            format!("{title} over {x} and {y}: from {low} to {high}.{none}")
        }
    }
}

/// The map as a table: of long axes, values that lie evenly along them.
pub fn table(plane: &Plane, surface: &Grid) -> figure::Table {
    let thinned = |count: usize, most: usize| -> Vec<usize> {
        let kept = count.min(most);
        (0..kept).map(|at| if kept > 1 { at * (count - 1) / (kept - 1) } else { 0 }).collect()
    };
    let (columns, rows) = (thinned(surface.x.len(), TABLED[1]), thinned(surface.y.len(), TABLED[0]));
    let print =
        |at: usize, value: f64| plane.axis(at).map(|axis| axis.reads.value(value)).unwrap_or_default();
    let mut head = vec![plane.axis(1).map(|axis| axis.name).unwrap_or_default()];
    head.extend(columns.iter().map(|at| print(0, surface.x[*at])));
    let cell = |value: f64| match value {
        Heat::NONE => "no plan".to_owned(),
        value if value.is_nan() => String::new(),
        value => shown(value, plane.show, &plane.law),
    };
    let row = |row: &usize| {
        let values = columns.iter().map(|at| cell(surface.values[row * surface.x.len() + at]));
        std::iter::once(print(1, surface.y[*row])).chain(values).collect()
    };
    let all = columns.len() == surface.x.len() && rows.len() == surface.y.len();
    let of = if all { String::new() } else { "; the file has every point".to_owned() };
    let name = plane.axis(0).map(|axis| axis.name).unwrap_or_default();
    figure::Table {
        caption: format!("{} by {name}{of}", plane.show.title()),
        head,
        rows: rows.iter().rev().map(row).collect(),
    }
}

/// The cells that are done, as JSON: null where there is no value, or none yet.
pub fn answer(plane: &Plane, field: &Field, shares: &[f64]) -> String {
    let numbers = |values: &[f64]| {
        let number = |value: &f64| if value.is_finite() { json::number(*value) } else { "null".to_owned() };
        json::list(values.iter().map(number))
    };
    let names = std::iter::once("value".to_owned())
        .chain(shares.iter().map(|share| format!("q{:02}", share * 100.0)));
    let columns: Vec<(String, String)> =
        names.zip(&field.columns).map(|(name, values)| (name, numbers(values))).collect();
    let columns: Vec<(&str, String)> =
        columns.iter().map(|(name, values)| (&**name, values.clone())).collect();
    let axes =
        plane.up.as_ref().map(|(_, values)| numbers(values)).into_iter().chain([numbers(&plane.across.1)]);
    json::object(&[
        ("axes", json::list(axes)),
        ("shape", format!("[{},{}]", field.shape[0], field.shape[1])),
        ("done", field.count().to_string()),
        ("columns", json::object(&[(plane.show.output(), json::object(&columns))])),
    ])
}

/// Every point with all its numbers, as a file.
pub fn csv(plane: &Plane, field: &Field, shares: &[f64]) -> String {
    let mut head = Vec::new();
    head.extend(plane.up.as_ref().map(|(along, _)| along.name(&plane.law)));
    head.extend([plane.across.0.name(&plane.law), plane.show.name().to_owned()]);
    head.extend(
        shares
            .iter()
            .take(field.columns.len() - 1)
            .map(|share| format!("{} of refits below", percent(*share))),
    );
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\"").replace('\u{a0}', " "));
    let mut file = head.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    let number = |value: f64| if value.is_finite() { crate::units::ascii(value) } else { String::new() };
    for cell in (0..field.len()).filter(|cell| field.is_done(*cell)) {
        let (row, at) = (cell / field.shape[1], cell % field.shape[1]);
        let places = plane.up.as_ref().map(|(_, values)| values[row]).into_iter().chain([plane.across.1[at]]);
        let numbers = places.chain(field.columns.iter().map(|column| column[cell])).map(number);
        file.push_str(&numbers.collect::<Vec<_>>().join(","));
        file.push('\n');
    }
    file
}
