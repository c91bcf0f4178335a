//! The map: what is shown over both axes, in steps of colour, with the cursor on it.

use std::sync::Arc;

use super::along::Along;
use super::chosen::{Chosen, Show, View};
use super::field::Field;
use super::listed::Listed;
use super::pinned::NO_PLAN;
use super::questions::Numbers;
use crate::figure::{
    self, Axis, Chart, Dash, Format, Grid, Heat, Label, Line, Margin, Mark, Place, Plan, Role, Rule, Side,
};
use crate::num;
use crate::units::{Unit, ascii, decimals, percent, show};
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
    /// What the map shows, where the sweep stands against another.
    pub view: View,
    /// What that is called.
    pub other: String,
    /// Which number of a cell is which.
    pub numbers: Numbers,
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
        Unit::TokensPerParameter => Format::Ratio,
        unit if unit.is_loss() => Format::Decimal(3),
        _ => Format::Quantity,
    }
}

impl Plane {
    /// The plane of a sweep, where all of it can be read.
    pub fn of(chosen: &Chosen, law: &Listed, numbers: Numbers) -> Option<Self> {
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
            view: View::Own,
            other: String::new(),
            numbers,
        })
    }

    /// What stands over the map.
    pub fn title(&self) -> String {
        let title = self.show.title();
        match self.view {
            View::Own => title.to_owned(),
            View::More if self.show.by_factor() => format!("{title}, as a multiple of {}", self.other),
            View::More => format!("{title}, more than by {}", self.other),
            View::Lower => format!("{title}: refits that are below {}", self.other),
        }
    }

    /// What the map shows of a cell of which these numbers are told.
    fn value(&self, numbers: Numbers, field: &Field, cell: usize) -> f64 {
        let number = |at: Option<usize>| {
            at.and_then(|at| field.columns.get(at)).map_or(f64::NAN, |column| column[cell])
        };
        let own = number(Some(0));
        match self.view {
            View::Own => own,
            View::More if self.show.by_factor() => own / number(numbers.against()),
            View::More => own - number(numbers.against()),
            View::Lower => number(numbers.lower()),
        }
    }

    /// What the map shows of a cell that is done, or [`Heat::NONE`] where there is no plan; not a number of one that is not done.
    fn exactly(&self, field: &Field, cell: usize) -> f64 {
        if !field.is_done(cell) {
            return f64::NAN;
        }
        let value = self.value(self.numbers, field, cell);
        if value.is_finite() { value } else { Heat::NONE }
    }

    /// What is told of a cell of the coarse picture, which has no bands.
    fn coarse_numbers(&self) -> Numbers {
        Numbers { ends: 0, ..self.numbers }
    }

    /// A value of the map as it is written on it.
    pub fn written(&self, value: f64) -> String {
        match self.view {
            View::Own => shown(value, self.show, &self.law),
            View::Lower => percent(value),
            View::More if self.show.by_factor() => {
                format!("× {}", show(value, Unit::TokensPerParameter).number())
            }
            View::More => {
                let sign = if value < 0.0 { "−" } else { "+" };
                let size = value.abs();
                format!(
                    "{sign}{}",
                    if self.show == Show::Training { percent(size) } else { decimals(size, 3) }
                )
            }
        }
    }

    /// A value of the map in a sentence.
    pub fn said(&self, value: f64) -> String {
        let written = self.written(value);
        match self.view {
            View::Own => self.counted(&written),
            View::Lower => format!("lower in {written} of the refits"),
            View::More if self.show.by_factor() => {
                format!("{} of what {} says", written.replace("× ", ""), self.other)
            }
            View::More => format!("{written} beside {}", self.other),
        }
    }

    /// What is shown of a point by itself, as it was written, in a sentence.
    pub fn counted(&self, written: &str) -> String {
        if written == NO_PLAN {
            return "no plan within the limits".to_owned();
        }
        format!("{written} {}", self.show.counts(&self.law))
    }

    /// What the map shows of a cell in a sentence, once that is done.
    pub fn said_of(&self, field: &Field, [across, up]: [usize; 2]) -> Option<String> {
        if !self.is_of(field) {
            return None;
        }
        match self.exactly(field, up * field.shape[1] + across) {
            Heat::NONE => Some(self.counted(NO_PLAN)),
            value if value.is_nan() => None,
            value => Some(self.said(value)),
        }
    }

    /// Whether the cells of a field are its own: they may be of what was swept before.
    pub fn is_of(&self, field: &Field) -> bool {
        self.shape() == field.shape && self.numbers.names().len() == field.columns.len()
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

impl Plane {
    /// The values of all its cells over it; [`Heat::NONE`] where there is none.
    pub fn grid(&self, values: &[f64]) -> Grid {
        let y = self.up.as_ref().map_or_else(|| vec![1.0], |(_, values)| values.clone());
        let values = values.iter().map(|value| if value.is_finite() { *value } else { Heat::NONE });
        Grid { x: self.across.1.clone(), y, values: values.collect() }
    }
}

/// The values over the plane: those that are done, and where none is, that of the coarse field; [`Heat::NONE`] where there is no
/// plan.
pub fn surface(plane: &Plane, field: &Field, coarse: Option<&Field>) -> Grid {
    let none = |value: f64| if value.is_finite() { value } else { Heat::NONE };
    let value = |cell: usize| {
        if field.is_done(cell) {
            return plane.exactly(field, cell);
        }
        // A coarse picture has no refits.
        let coarse = coarse.filter(|_| plane.view != View::Lower);
        let under = coarse.and_then(|coarse| Some((coarse, field.under(coarse, cell)?)));
        under.map_or(f64::NAN, |(coarse, cell)| none(plane.value(plane.coarse_numbers(), coarse, cell)))
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
    let numbers = plane.coarse_numbers();
    let values = (0..coarse.len()).map(|cell| plane.value(numbers, coarse, cell)).collect();
    Some(Grid { x, y, values })
}

/// Where steps of colour end: round numbers over nearly all values of a surface, factors apart where these reach over more than
/// a decade, else differences.
fn round_levels(surface: &Grid) -> Vec<f64> {
    /// Within a decade, from coarse to fine.
    const SERIES: [&[i64]; 3] = [&[1], &[1, 3], &[1, 2, 5]];
    const FEWEST: usize = 4;
    let values: Vec<f64> = surface.values.iter().copied().filter(|value| value.is_finite()).collect();
    let order = num::ascending(&values);
    let Some(last) = order.len().checked_sub(1) else { return Vec::new() };
    let [low, high] = [last / 50, last - last / 50].map(|at| values[order[at]]);
    if low > 0.0 && high > 10.0 * low {
        let (first, last) = (figure::decade(low), figure::decade_above(high));
        let within = |series: &[i64], step: usize| -> Vec<f64> {
            let decades = (first..=last).step_by(step);
            let all = decades.flat_map(|decade| series.iter().map(move |m| figure::power(*m, decade)));
            all.filter(|level| *level > low && *level < high).collect()
        };
        let fine = SERIES.iter().map(|series| within(series, 1)).rfind(|levels| levels.len() <= LEVELS);
        let coarse = || (2..=99).map(|step| within(SERIES[0], step)).find(|levels| levels.len() <= LEVELS);
        let found = fine.filter(|levels| levels.len() >= FEWEST);
        return found.or_else(coarse).unwrap_or_default();
    }
    figure::levels(surface, LEVELS).0
}

/// How far to either side steps of two signs reach, as factors.
const FACTORS: [[f64; 3]; 6] = [
    [1.01, 1.02, 1.05],
    [1.02, 1.05, 1.1],
    [1.1, 1.2, 1.5],
    [1.2, 1.5, 2.0],
    [1.5, 2.0, 5.0],
    [2.0, 10.0, 100.0],
];
/// Where steps of shares of refits end.
const SHARES_OF_REFITS: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

impl Plane {
    /// Where steps of colour end: as far to one side of what is neither more nor less as to the other, where the map compares.
    fn levels(&self, surface: &Grid) -> Vec<f64> {
        let by_factor = self.show.by_factor();
        let far = |value: &f64| if by_factor { num::ln(*value).abs() } else { value.abs() };
        let most = || {
            let far: Vec<f64> = surface.values.iter().map(far).filter(|far| far.is_finite()).collect();
            let order = num::ascending(&far);
            order
                .get(order.len() - order.len() / 50 - usize::from(!order.is_empty()))
                .map_or(0.0, |at| far[*at])
        };
        match self.view {
            View::Own => round_levels(surface),
            View::Lower => SHARES_OF_REFITS.to_vec(),
            View::More if by_factor => {
                let most = num::exp(most());
                let [a, b, c] =
                    *FACTORS.iter().find(|factors| factors[2] >= 0.8 * most).unwrap_or(&FACTORS[5]);
                vec![1.0 / c, 1.0 / b, 1.0 / a, 1.0, a, b, c]
            }
            View::More => {
                let (digit, decade) = figure::nice_above(num::max(0.6 * most(), 1e-4));
                let step = figure::power(digit, decade) / 4.0;
                [-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0].map(|times| times * step).to_vec()
            }
        }
    }
}

/// The map, without the cursor. Steps of colour are those of the coarse picture, and lines between them are drawn by that until
/// the map is `whole`.
pub fn map(plane: &Plane, surface: &Arc<Grid>, outline: &Grid, whole: bool) -> Option<Chart> {
    if surface.x.is_empty() {
        return None;
    }
    let levels = plane.levels(if outline.x.is_empty() { surface } else { outline });
    drawn(plane, surface, if whole { surface } else { outline }, &levels)
}

/// Small maps of several surfaces, with the same steps of colour.
pub fn small(plane: &Plane, surfaces: &[Arc<Grid>]) -> Vec<Chart> {
    let all = surfaces.iter().flat_map(|surface| surface.values.iter().copied()).collect();
    let y = surfaces.iter().flat_map(|surface| surface.y.iter().copied()).collect();
    let all = Grid { x: plane.across.1.clone(), y, values: all };
    let levels = plane.levels(&all);
    surfaces.iter().filter_map(|surface| drawn(plane, surface, surface, &levels)).collect()
}

/// A map with these steps of colour, and lines between them by `outline`.
fn drawn(plane: &Plane, surface: &Arc<Grid>, outline: &Grid, levels: &[f64]) -> Option<Chart> {
    let below = (plane.view != View::Own).then(|| levels.len().div_ceil(2));
    let name = |level: f64| trimmed(&plane.written(level));
    let mut marks = vec![Mark::Heat(Heat { cells: surface.clone(), levels: levels.to_vec(), below })];
    for (level, share) in levels.iter().zip([0.35, 0.5, 0.65].into_iter().cycle()) {
        let longest = figure::contour(outline, *level).into_iter().max_by_key(Vec::len);
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
        title: plane.title(),
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
    let title = plane.title();
    match ends {
        None => format!("{title} over {x} and {y}: nothing has come yet."),
        Some((low, high)) => {
            let [low, high] = [low, high].map(|value| plane.written(value));
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
        value => plane.written(value),
    };
    let row = |row: &usize| {
        let values = columns.iter().map(|at| cell(surface.values[row * surface.x.len() + at]));
        std::iter::once(print(1, surface.y[*row])).chain(values).collect()
    };
    let all = columns.len() == surface.x.len() && rows.len() == surface.y.len();
    let of = if all { String::new() } else { "; the file has every point".to_owned() };
    let name = plane.axis(0).map(|axis| axis.name).unwrap_or_default();
    figure::Table {
        caption: format!("{} by {name}{of}", plane.title()),
        head,
        rows: rows.iter().rev().map(row).collect(),
    }
}

/// The cells that are done, as JSON: null where there is no value, or none yet.
pub fn answer(plane: &Plane, field: &Field) -> String {
    let numbers = |values: &[f64]| {
        let number = |value: &f64| if value.is_finite() { json::number(*value) } else { "null".to_owned() };
        json::list(values.iter().map(number))
    };
    let names = plane.numbers.names();
    let columns: Vec<(&str, String)> =
        names.iter().zip(&field.columns).map(|(name, values)| (&**name, numbers(values))).collect();
    let axes =
        plane.up.as_ref().map(|(_, values)| numbers(values)).into_iter().chain([numbers(&plane.across.1)]);
    json::object(&[
        ("axes", json::list(axes)),
        ("shape", format!("[{},{}]", field.shape[0], field.shape[1])),
        ("done", field.count().to_string()),
        ("columns", json::object(&[(plane.show.output(), json::object(&columns))])),
    ])
}

/// All numbers of one cell as JSON, once it is done.
pub fn cell(plane: &Plane, field: &Field, [across, up]: [usize; 2]) -> Option<String> {
    let at = up * field.shape[1] + across;
    if !plane.is_of(field) || !field.is_done(at) {
        return None;
    }
    let names = plane.numbers.names();
    let numbers = names.iter().zip(&field.columns).map(|(name, values)| (&**name, json::number(values[at])));
    Some(json::object(&[(plane.show.output(), json::object(&numbers.collect::<Vec<_>>()))]))
}

/// Every point with all its numbers, as a file.
pub fn csv(plane: &Plane, field: &Field) -> String {
    let mut head = Vec::new();
    head.extend(plane.up.as_ref().map(|(along, _)| along.name(&plane.law)));
    head.push(plane.across.0.name(&plane.law));
    let names = plane.numbers.names();
    head.extend(
        names.iter().map(|name| if name == "value" { plane.show.name().to_owned() } else { name.clone() }),
    );
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\"").replace('\u{a0}', " "));
    let mut file = head.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    let number = |value: f64| if value.is_finite() { ascii(value) } else { String::new() };
    for cell in (0..field.len()).filter(|cell| field.is_done(*cell)) {
        let (row, at) = (cell / field.shape[1], cell % field.shape[1]);
        let places = plane.up.as_ref().map(|(_, values)| values[row]).into_iter().chain([plane.across.1[at]]);
        let numbers = places.chain(field.columns.iter().map(|column| column[cell])).map(number);
        file.push_str(&numbers.collect::<Vec<_>>().join(","));
        file.push('\n');
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_spoken_of_once_it_is_done_itself() {
        let mut chosen = Chosen { refits: "0".to_owned(), ..Chosen::default() };
        (chosen.across.steps, chosen.up.steps) = ("4".to_owned(), "3".to_owned());
        let plane = Plane::of(&chosen, &Listed::default(), Numbers { ends: 0, compared: false }).unwrap();
        let (mut coarse, mut field) = (Field::new([2, 2], 1), Field::new([3, 4], 1));
        coarse.put(&(0..4), &[39.9; 4]).unwrap();
        assert_eq!(surface(&plane, &field, Some(&coarse)).values[5], 39.9);
        assert_eq!(plane.said_of(&field, [1, 1]), None);
        field.put(&(5..7), &[44.5, f64::NAN]).unwrap();
        assert_eq!(plane.said_of(&field, [1, 1]).unwrap(), "44.5 tokens per parameter");
        assert_eq!(plane.said_of(&field, [2, 1]).unwrap(), "no plan within the limits");
        assert_eq!(plane.said_of(&Field::new([2, 2], 1), [1, 1]), None);
    }
}
