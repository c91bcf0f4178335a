//! Where a chart lies in its picture.

use super::axis::Axis;
use super::chart::{Chart, Margin};
use super::clip::Area;
use super::surface::{Ink, Point};
use super::text;
use super::theme::Colour;
use super::ticks::{Tick, ticks};

/// Height of chart text in CSS pixels.
pub const TEXT: f64 = 12.0;

/// Pictures narrower than this have their labels inside.
const NARROW: f64 = 400.0;
/// Above: the names of the vertical axis and the margin.
const TOP: f64 = 30.0;
/// Below: the axis, its ticks and its name.
const BOTTOM: f64 = 38.0;
/// Between the labels of the vertical axis and the plot.
const GAP: f64 = 7.0;

/// How much wider than ours a face may be that a reader has.
const OTHER_FACE: f64 = 1.25;

/// The size of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// In CSS pixels.
    pub width: f64,
    /// In CSS pixels.
    pub height: f64,
    /// Device pixels to a CSS pixel, so that hairlines lie on them.
    pub scale: f64,
    /// Whether labels stand inside; [`Size::new`] decides by the width.
    pub narrow: bool,
}

impl Size {
    /// A picture of this size in CSS pixels on a screen with `scale` device pixels to each.
    pub fn new(width: f64, height: f64, scale: f64) -> Self {
        Self { width, height, scale, narrow: width < NARROW }
    }

    /// The centre of the device pixels that a line of this weight, nearest to `at`, covers.
    pub fn snap(&self, at: f64, weight: f64) -> f64 {
        let pixels = num_pixels(weight * self.scale);
        let odd = pixels % 2 == 1;
        let at = at * self.scale;
        (if odd { at.floor() + 0.5 } else { at.round() }) / self.scale
    }
}

fn num_pixels(weight: f64) -> u32 {
    (weight.round() as u32).max(1)
}

/// Where the plot of a chart lies in a picture, and which value lies where.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The plot.
    pub plot: Area,
    /// The whole picture.
    pub picture: Area,
    /// The marks of the bottom axis.
    pub x_ticks: Vec<Tick>,
    /// The marks of the left side.
    pub y_ticks: Vec<Tick>,
    x: Axis,
    y: Axis,
}

impl Frame {
    /// Lays a chart out in a picture.
    pub fn of(chart: &Chart, size: Size) -> Self {
        let height = size.height - TOP - BOTTOM;
        let y_ticks = ticks(&chart.y, height);
        // A file is shown by faces that may be wider, and what is long is cut then.
        let slack = if chart.y.names.is_empty() { 1.0 } else { OTHER_FACE };
        let left = left_margin(&y_ticks) * slack;
        let right = size.width - right_margin(&chart.margin, size.narrow);
        Self {
            plot: Area { left, top: TOP, right, bottom: size.height - BOTTOM },
            picture: Area { left: 0.0, top: 0.0, right: size.width, bottom: size.height },
            x_ticks: ticks(&chart.x, right - left),
            y_ticks,
            x: chart.x.clone(),
            y: chart.y.clone(),
        }
    }

    /// Where a point of the chart lies in the picture.
    pub fn at(&self, (x, y): Point) -> Point {
        (self.across(x), self.up(y))
    }

    /// The point of the chart at a place of the picture; nothing outside the plot.
    pub fn under(&self, place: Point) -> Option<Point> {
        let Area { left, top, right, bottom } = self.plot;
        let x = self.x.value((place.0 - left) / (right - left));
        let y = self.y.value((bottom - place.1) / (bottom - top));
        self.plot.holds(place).then_some((x, y))
    }

    /// How far from the left a value of the bottom axis lies.
    pub fn across(&self, x: f64) -> f64 {
        self.plot.left + self.x.share(x) * (self.plot.right - self.plot.left)
    }

    /// How far from the top a value of the left axis lies.
    pub fn up(&self, y: f64) -> f64 {
        self.plot.bottom - self.y.share(y) * (self.plot.bottom - self.plot.top)
    }
}

/// Forty pixels, more where labels are long.
fn left_margin(ticks: &[Tick]) -> f64 {
    let ink = Ink::plain(TEXT, Colour::hex(0));
    ticks.iter().map(|tick| (text::width(&tick.label, ink) + GAP).ceil()).fold(40.0, crate::num::max)
}

fn right_margin(margin: &Margin, narrow: bool) -> f64 {
    match margin {
        Margin::Names if !narrow => 96.0,
        Margin::Values(_) => 40.0,
        Margin::Names | Margin::Bare => 14.0,
    }
}
