//! What a chart is drawn on, in CSS pixels.
//!
//! Everything above speaks to a [`Surface`]. Two exist: [`Plotters`](super::Plotters) for any
//! plotters backend, which is how the page draws on a canvas, and [`Svg`](super::Svg), which
//! writes a file with text as text and dashes as dashes.

use super::text;
use super::theme::Colour;

/// A place in the picture, in CSS pixels from its upper left corner, or in a chart, in the units
/// of its axes.
pub type Point = (f64, f64);

/// What a mark says by its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The law: lines of most charts.
    #[default]
    Ink,
    /// What stands beside the law.
    Quiet,
    /// Yours: the plan and its budget.
    Accent,
    /// Measured runs, and contours.
    Run,
    /// One of up to five series, from 0.
    Series(usize),
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Six on, three off.
    Dashed,
    /// Two on, three off.
    Dotted,
    /// Eight on, three off, two on, three off.
    DashDot,
}

impl Dash {
    /// Lengths on and off in turn; empty for a solid line.
    pub fn pattern(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Dashed => &[6.0, 3.0],
            Self::Dotted => &[2.0, 3.0],
            Self::DashDot => &[8.0, 3.0, 2.0, 3.0],
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in CSS pixels.
    pub weight: f64,
    /// How it is broken.
    pub dash: Dash,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(colour: Colour, weight: f64) -> Self {
        Self { colour, weight, dash: Dash::Solid }
    }
}

/// Which end of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

impl Anchor {
    /// How far left of its point a text of this width begins.
    pub fn shift(self, width: f64) -> f64 {
        match self {
            Self::Start => 0.0,
            Self::Middle => width / 2.0,
            Self::End => width,
        }
    }
}

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Height of an em in CSS pixels.
    pub size: f64,
    /// Semi-bold, or regular.
    pub bold: bool,
    /// Its colour.
    pub colour: Colour,
    /// A rim around each letter that keeps it clear of what is under it.
    pub halo: Option<Halo>,
}

/// A rim around letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Halo {
    /// The colour of the paper.
    pub colour: Colour,
    /// How far it reaches, in CSS pixels.
    pub radius: f64,
}

impl Ink {
    /// Regular text without a rim.
    pub const fn plain(size: f64, colour: Colour) -> Self {
        Self { size, bold: false, colour, halo: None }
    }
}

/// Something that lines, areas and text can be drawn on. Coordinates are CSS pixels.
pub trait Surface {
    /// Why drawing failed.
    type Error;

    /// Draws a line through points.
    ///
    /// # Errors
    /// What the drawing itself reports.
    fn stroke(&mut self, points: &[Point], stroke: Stroke) -> Result<(), Self::Error>;

    /// Fills a polygon.
    ///
    /// # Errors
    /// What the drawing itself reports.
    fn fill(&mut self, polygon: &[Point], colour: Colour) -> Result<(), Self::Error>;

    /// Fills a disc.
    ///
    /// # Errors
    /// What the drawing itself reports.
    fn dot(&mut self, centre: Point, radius: f64, colour: Colour) -> Result<(), Self::Error>;

    /// Writes a line of text; `at` is on its baseline. Raised digits (`10²³`) are drawn as smaller
    /// ones, because most faces lack them.
    ///
    /// # Errors
    /// What the drawing itself reports.
    fn text(&mut self, at: Point, anchor: Anchor, text: &str, ink: Ink) -> Result<(), Self::Error>;

    /// Writes a line of text whose middle is at a point, its baseline along a direction of length one.
    ///
    /// # Errors
    /// What the drawing itself reports.
    fn leaning(&mut self, at: Point, along: Point, text: &str, ink: Ink) -> Result<(), Self::Error>;

    /// The width of a text in CSS pixels.
    fn width(&self, text: &str, ink: Ink) -> f64 {
        text::width(text, ink)
    }
}
