//! A chart as data: two axes and what stands between them.

use super::axis::Axis;
use super::mark::{Extra, Mark};
use super::number::Format;
use super::surface::Point;

/// What the margin right of a chart holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Margin {
    /// The names of lines; nothing when narrow, where names stand inside.
    #[default]
    Names,
    /// The values of contours, under this head.
    Values(String),
    /// Nothing.
    Bare,
}

/// A chart: drawn by [`draw`](super::draw()), read by [`table`](Chart::table) and
/// [`reading`](Chart::reading).
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The question it answers.
    pub title: String,
    /// The main finding in words, for who cannot see the picture.
    pub summary: String,
    /// What runs along the bottom.
    pub x: Axis,
    /// What runs up the left side.
    pub y: Axis,
    /// What is shown. The order of drawing is that of kinds, then of this list.
    pub marks: Vec<Mark>,
    /// What the right margin holds.
    pub margin: Margin,
}

/// What kind of mark a track is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plan,
    Line,
    Dots,
}

/// Points that the cursor walks along and the table lists: a line, the dots, or a plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track<'a> {
    pub name: &'a str,
    pub column: &'a str,
    pub points: &'a [Point],
    pub extra: Option<&'a Extra>,
    /// What each point is called, where they have names of their own.
    pub names: &'a [String],
    pub kind: Kind,
}

impl Chart {
    /// The main finding in words, for the label of the picture.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Everything that can be read point by point: the plan, then lines, then dots.
    pub(super) fn tracks(&self) -> Vec<Track<'_>> {
        let of = |kind: Kind| self.marks.iter().filter_map(track).filter(move |track| track.kind == kind);
        of(Kind::Plan).chain(of(Kind::Line)).chain(of(Kind::Dots)).collect()
    }

    /// The sides of the band of a track at one of its points, and how much it holds.
    pub(super) fn interval(&self, track: &Track, index: usize) -> Option<(f64, f64, &str)> {
        let (x, _) = *track.points.get(index)?;
        self.marks.iter().find_map(|mark| {
            let Mark::Band(band) = mark else { return None };
            let mine =
                band.name == track.name && band.column == track.column && band.x.get(index) == Some(&x);
            mine.then(|| Some((*band.lower.get(index)?, *band.upper.get(index)?, band.level.as_str())))
                .flatten()
        })
    }
}

impl Track<'_> {
    /// What a point is called: `run 17`, `Gopher`, `frontier`.
    pub fn title_of(&self, index: usize) -> String {
        match self.names.get(index) {
            Some(name) => name.clone(),
            None if self.kind == Kind::Dots => format!("{} {}", self.name, index + 1),
            None => self.name.to_owned(),
        }
    }
}

fn track(mark: &Mark) -> Option<Track<'_>> {
    let blank = Track { name: "", column: "", points: &[], extra: None, names: &[], kind: Kind::Line };
    match mark {
        Mark::Line(line) if line.read => Some(Track {
            name: &line.name,
            column: &line.column,
            points: &line.points,
            extra: line.extra.as_ref(),
            ..blank
        }),
        Mark::Dots(dots) => Some(Track {
            name: &dots.name,
            column: &dots.column,
            points: &dots.points,
            extra: dots.extra.as_ref(),
            names: &dots.names,
            kind: Kind::Dots,
        }),
        Mark::Plan(plan) => Some(Track {
            name: &plan.name,
            column: &plan.column,
            points: std::slice::from_ref(&plan.at),
            extra: plan.extra.as_ref(),
            kind: Kind::Plan,
            ..blank
        }),
        _ => None,
    }
}

/// A value with what it is: `73.2 B parameters`, but `loss 1.974`.
pub(super) fn reading(format: Format, unit: &str, value: f64) -> String {
    let text = format.value(value);
    match format {
        _ if unit.is_empty() => text,
        Format::Decimal(_) => format!("{unit} {text}"),
        Format::Powers | Format::Quantity | Format::Ratio => format!("{text} {unit}"),
    }
}
