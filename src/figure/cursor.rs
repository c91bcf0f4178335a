//! Reading a chart point by point, by keyboard or by pointer.

use super::chart::{Chart, Track, reading};
use super::clip;
use super::frame::{Frame, Size};
use super::surface::Point;

/// A pointer further than this from every point reads none, in CSS pixels.
const REACH: f64 = 48.0;

/// A point that can be read: one of a line, of the runs, or the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stop {
    /// Which line, in the order of [`Chart::stops`].
    pub line: usize,
    /// Which of its points.
    pub index: usize,
}

/// What can be read along one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stops {
    /// Its name: `frontier, parameters`.
    pub name: String,
    /// How many points it has.
    pub count: usize,
}

/// A key of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Right arrow.
    Next,
    /// Left arrow.
    Previous,
    /// Up arrow: the line before, at the nearest point.
    LineBefore,
    /// Down arrow: the line after, at the nearest point.
    LineAfter,
    /// Home.
    First,
    /// End.
    Last,
    /// Page down: ten points on.
    Ahead,
    /// Page up: ten points back.
    Back,
}

impl Chart {
    /// The lines that can be read, the plan first.
    pub fn stops(&self) -> Vec<Stops> {
        let name = |track: &Track| match track.column {
            "" => track.name.to_owned(),
            column => format!("{}, {column}", track.name),
        };
        self.tracks().iter().map(|track| Stops { name: name(track), count: track.points.len() }).collect()
    }

    /// Where the cursor enters: the plan, or else the middle of the first line.
    pub fn entry(&self) -> Option<Stop> {
        let tracks = self.tracks();
        let line = tracks.iter().position(|track| !track.points.is_empty())?;
        Some(Stop { line, index: tracks[line].points.len() / 2 })
    }

    /// The point of the chart at a stop.
    pub fn point(&self, stop: Stop) -> Option<Point> {
        self.tracks().get(stop.line)?.points.get(stop.index).copied()
    }

    /// One point in words: `frontier: 10²⁰ FLOPs, 1.23 B parameters, 90 %: 1.10 to 1.41 B, loss 2.531`.
    pub fn reading(&self, stop: Stop) -> Option<String> {
        let tracks = self.tracks();
        let track = tracks.get(stop.line)?;
        let (x, y) = *track.points.get(stop.index)?;
        let unit = if track.column.is_empty() { &self.y.unit } else { track.column };
        let mut parts = vec![self.x.reading(x), reading(self.y.reads, unit, y)];
        if let Some((lower, upper, level)) = self.interval(track, stop.index) {
            parts.push(format!("{level}: {}", self.y.reads.interval(y, lower, upper)));
        }
        if let Some((extra, value)) = track.extra.and_then(|e| Some((e, *e.values.get(stop.index)?))) {
            parts.push(reading(extra.format, &extra.column, value));
        }
        Some(format!("{}: {}", track.title_of(stop.index), parts.join(", ")))
    }

    /// Where a key leads from a stop. At an end it stays.
    #[must_use]
    pub fn walk(&self, from: Stop, step: Step) -> Stop {
        let tracks = self.tracks();
        let Some(track) = tracks.get(from.line) else { return self.entry().unwrap_or_default() };
        let last = track.points.len().saturating_sub(1);
        let is_along = !matches!(step, Step::LineBefore | Step::LineAfter);
        // From a point alone, such as the plan, one goes along the first line that has more.
        if is_along
            && last == 0
            && let Some(line) = tracks.iter().position(|track| track.points.len() > 1)
        {
            let from = self.cross(&tracks, from, Some(line));
            return if from.line == line { self.walk(from, step) } else { from };
        }
        let index = match step {
            Step::Next => from.index + 1,
            Step::Previous => from.index.saturating_sub(1),
            Step::First => 0,
            Step::Last => last,
            Step::Ahead => from.index + 10,
            Step::Back => from.index.saturating_sub(10),
            Step::LineBefore => return self.cross(&tracks, from, from.line.checked_sub(1)),
            Step::LineAfter => return self.cross(&tracks, from, Some(from.line + 1)),
        };
        Stop { line: from.line, index: index.min(last) }
    }

    /// The point of another line whose abscissa is nearest.
    fn cross(&self, tracks: &[Track], from: Stop, line: Option<usize>) -> Stop {
        let Some((line, track)) = line.and_then(|line| Some((line, tracks.get(line)?))) else { return from };
        let Some((x, _)) = self.point(from) else { return from };
        let away = |point: &Point| (self.x.share(point.0) - self.x.share(x)).abs();
        nearest(track.points.iter().map(away)).map_or(from, |(index, _)| Stop { line, index })
    }

    /// The point nearest to a place in the picture, if one is near.
    pub fn nearest(&self, size: Size, to: Point) -> Option<Stop> {
        let frame = Frame::of(self, size);
        let ways = self.tracks().into_iter().enumerate().filter_map(|(line, track)| {
            let away = track.points.iter().map(|point| clip::distance(frame.at(*point), to));
            nearest(away).map(|(index, way)| (Stop { line, index }, way))
        });
        let closest = ways.reduce(|best, next| if next.1 < best.1 { next } else { best });
        closest.filter(|(_, way)| *way <= REACH).map(|(stop, _)| stop)
    }
}

/// The first of the smallest, and how small; those that are no number count as far away.
fn nearest(ways: impl Iterator<Item = f64>) -> Option<(usize, f64)> {
    let finite = ways.enumerate().filter(|(_, way)| way.is_finite());
    finite.reduce(|best, next| if next.1 < best.1 { next } else { best })
}
