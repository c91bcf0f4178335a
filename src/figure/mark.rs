//! What a chart shows: surfaces, lines, bands, dots, rules, the plan, and notes.
//!
//! A mark is data in the units of the axes. `name` and `column` say where its numbers stand in the
//! table: marks of one name whose points share their abscissas fill one row, each its own column.

use super::heat::Heat;
use super::number::Format;
use super::surface::{Dash, Point, Role};

/// Something to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A surface as steps of colour.
    Heat(Heat),
    /// Points joined in order.
    Line(Line),
    /// What lies between two lines.
    Band(Band),
    /// Points that are not joined.
    Dots(Dots),
    /// A vertical line through the whole chart.
    Rule(Rule),
    /// The one point the chart is about.
    Plan(Plan),
    /// Words in the chart.
    Note(Note),
}

/// What is written beside a mark, in a wide picture and in a narrow one. Empty is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Where there is room beside the chart.
    pub wide: String,
    /// Where labels stand inside.
    pub narrow: String,
}

impl Label {
    /// The same words at any width.
    pub fn always(text: impl Into<String>) -> Self {
        let wide = text.into();
        Self { narrow: wide.clone(), wide }
    }

    /// Words for a wide picture only.
    pub fn wide(text: impl Into<String>) -> Self {
        Self { wide: text.into(), narrow: String::new() }
    }

    /// Words for each width.
    pub fn each(wide: impl Into<String>, narrow: impl Into<String>) -> Self {
        Self { wide: wide.into(), narrow: narrow.into() }
    }

    /// What is written at this width.
    pub fn at(&self, narrow: bool) -> &str {
        if narrow { &self.narrow } else { &self.wide }
    }
}

/// Where the label of a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Place {
    /// Beyond its right end; inside at that end where the picture is narrow.
    #[default]
    End,
    /// Beside it, as near as may be to this share of its visible length.
    Along(f64),
    /// In the margin where the line leaves the chart on the right; otherwise on the line.
    Edge,
}

/// A quantity of each point that has no axis, such as its loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// Its head in the table, and its name in a reading.
    pub column: String,
    /// How it is written.
    pub format: Format,
    /// One value per point.
    pub values: Vec<f64>,
}

/// Points joined in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is: `frontier`.
    pub name: String,
    /// What its ordinate is: `parameters`.
    pub column: String,
    /// Its points, in the units of the axes; one that is not finite breaks the line.
    pub points: Vec<Point>,
    /// What its colour says.
    pub role: Role,
    /// Its width in CSS pixels.
    pub weight: f64,
    /// How it is broken.
    pub dash: Dash,
    /// Its opacity.
    pub opacity: f64,
    /// What is written beside it.
    pub label: Label,
    /// Where that is written.
    pub place: Place,
    /// A quantity without an axis.
    pub extra: Option<Extra>,
    /// Whether its points can be read with the cursor and stand in the table.
    pub read: bool,
}

impl Line {
    /// The usual line of a law: ink, 1.6 px, read, without a label.
    pub fn new(name: &str, column: &str, points: Vec<Point>) -> Self {
        Self {
            name: name.to_owned(),
            column: column.to_owned(),
            points,
            role: Role::Ink,
            weight: 1.6,
            dash: Dash::Solid,
            opacity: 1.0,
            label: Label::default(),
            place: Place::End,
            extra: None,
            read: true,
        }
    }
}

/// What lies between two lines, such as 90 % of the refits.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The name of the line it belongs to.
    pub name: String,
    /// The column of the line it belongs to.
    pub column: String,
    /// How much it holds, as it is written: `90 %`.
    pub level: String,
    /// Its abscissas: those of its line.
    pub x: Vec<f64>,
    /// Its lower side.
    pub lower: Vec<f64>,
    /// Its upper side.
    pub upper: Vec<f64>,
    /// What its colour says.
    pub role: Role,
}

/// The form of a dot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A disc, slightly transparent, so that crowds show.
    #[default]
    Disc,
    /// `+`: a known model.
    Plus,
    /// `×`: a run that is off.
    Cross,
}

/// Points that are not joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// What one of them is: `run`.
    pub name: String,
    /// What their ordinate is.
    pub column: String,
    /// Where they are.
    pub points: Vec<Point>,
    /// What each is called; may be empty. Known models, drawn as `+`, are labelled with it.
    pub names: Vec<String>,
    /// Their form.
    pub shape: Shape,
    /// What their colour says.
    pub role: Role,
    /// Radius of a disc, half the span of a cross, in CSS pixels.
    pub radius: f64,
    /// A quantity without an axis.
    pub extra: Option<Extra>,
}

impl Dots {
    /// Runs: small grey discs.
    pub fn new(name: &str, column: &str, points: Vec<Point>) -> Self {
        Self {
            name: name.to_owned(),
            column: column.to_owned(),
            points,
            names: Vec::new(),
            shape: Shape::Disc,
            role: Role::Run,
            radius: 1.2,
            extra: None,
        }
    }
}

/// On which side of a rule its label stands, if it has room there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Left,
    /// After it.
    #[default]
    Right,
}

/// A vertical line: where the runs end, the budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Where it stands.
    pub x: f64,
    /// What its colour says.
    pub role: Role,
    /// How it is broken.
    pub dash: Dash,
    /// What is written at its upper end.
    pub label: Label,
    /// On which side.
    pub side: Side,
}

/// The one point the chart is about: a dot with a rim of paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What it is: `plan`.
    pub name: String,
    /// Where it is.
    pub at: Point,
    /// What its ordinate is.
    pub column: String,
    /// What is written beside it.
    pub label: Label,
    /// A quantity without an axis.
    pub extra: Option<Extra>,
}

/// Words in the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What they are about; the words stand near it.
    pub at: Point,
    /// What their colour says.
    pub role: Role,
    /// The words.
    pub text: Label,
}
