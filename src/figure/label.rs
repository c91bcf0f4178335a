//! Where words stand: none over another, none over the plan, as few lines under them as can be.
//!
//! Each label brings the spots it may take. The more important choose first; one that finds no
//! free spot is left out.

use super::clip::{self, Area};
use super::surface::{Anchor, Ink, Point};
use crate::num::{clamp, max, min};

/// Labels keep this far from each other, in CSS pixels.
const CLEAR: f64 = 2.0;
/// What a label pays to wander along the whole of its line: four contours crossed.
const WANDER: f64 = 16.0;

/// To either side of a label on a line, so much of the line says how it leans, in CSS pixels.
const UNDER: f64 = 16.0;
/// As lines of text run.
pub const LEVEL: Point = (1.0, 0.0);

/// What a contour under a label counts; a run counts one, a line more.
pub const CROSSED: usize = 4;

/// A place where a label may stand: a point on its baseline, and which end of the text is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// On the baseline.
    pub at: Point,
    /// Which end of the text.
    pub anchor: Anchor,
    /// Where the baseline goes, of length one.
    pub along: Point,
    /// How little it is liked, a contour under the text counting four.
    pub away: usize,
}

impl Spot {
    /// Text that begins at a point.
    pub fn start(x: f64, y: f64) -> Self {
        Self { at: (x, y), anchor: Anchor::Start, along: LEVEL, away: 0 }
    }

    /// Text that ends at a point.
    pub fn end(x: f64, y: f64) -> Self {
        Self { anchor: Anchor::End, ..Self::start(x, y) }
    }

    /// Text centred at a point.
    pub fn middle(x: f64, y: f64) -> Self {
        Self { anchor: Anchor::Middle, ..Self::start(x, y) }
    }

    /// Text that leans as a direction of length one does, its middle at a point. No text stands on its head.
    pub fn leaning((x, y): Point, (dx, dy): Point, size: f64) -> Self {
        let along = if dx < 0.0 { (-dx, -dy) } else { (dx, dy) };
        let down = 0.33 * size;
        Self { along, ..Self::middle(x - down * along.1, y + down * along.0) }
    }

    /// The same, liked less.
    #[must_use]
    pub fn away(self, away: usize) -> Self {
        Self { away, ..self }
    }

    /// The ground that a text of this size covers.
    pub fn area(&self, width: f64, size: f64) -> Area {
        let left = -self.anchor.shift(width);
        let (top, bottom) = (-0.78 * size, 0.22 * size);
        let corners = [(left, top), (left + width, top), (left, bottom), (left + width, bottom)];
        let [across, down] = self.along.into();
        let x = corners.map(|(x, y)| self.at.0 + across * x - down * y);
        let y = corners.map(|(x, y)| self.at.1 + down * x + across * y);
        let least = |all: [f64; 4]| all.into_iter().fold(f64::INFINITY, min);
        let most = |all: [f64; 4]| all.into_iter().fold(f64::NEG_INFINITY, max);
        Area { left: least(x), top: least(y), right: most(x), bottom: most(y) }
    }
}

/// How important a label is; the most important choose first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Of the plan.
    Plan,
    /// Of the budget.
    Budget,
    /// Of a line.
    Line,
    /// Of anything else in the chart.
    Note,
    /// Of a contour.
    Contour,
}

impl Rank {
    const ALL: [Self; 5] = [Self::Plan, Self::Budget, Self::Line, Self::Note, Self::Contour];
}

/// A label that seeks a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// What it says.
    pub text: String,
    /// How it is set.
    pub ink: Ink,
    /// Where it may stand, the best first.
    pub spots: Vec<Spot>,
    /// What it must not leave.
    pub within: Area,
    /// When it may choose.
    pub rank: Rank,
}

/// A label that found its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// What it says.
    pub text: String,
    /// How it is set.
    pub ink: Ink,
    /// Where it stands.
    pub spot: Spot,
    /// The ground it covers.
    pub area: Area,
}

/// What labels must keep clear of, and what they should.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// Never covered: the plan.
    pub taken: Vec<Area>,
    /// Rather not crossed, and how much so: [`CROSSED`] or more.
    pub lines: Vec<(usize, Vec<Point>)>,
    /// Rather not covered.
    pub dots: Vec<Point>,
}

impl Scene {
    /// Gives every label its place, or none. `width` measures a text.
    pub fn place(&self, wanted: &[Wanted], width: impl Fn(&str, Ink) -> f64) -> Vec<Placed> {
        let mut placed: Vec<Placed> = Vec::new();
        for label in Rank::ALL.iter().flat_map(|rank| wanted.iter().filter(|label| label.rank == *rank)) {
            let width = width(&label.text, label.ink);
            let free = label.spots.iter().filter_map(|spot| {
                let area = spot.area(width, label.ink.size);
                (label.within.encloses(&area) && self.free(&area, &placed))
                    .then(|| (self.under(&area) + spot.away, *spot, area))
            });
            // The first of equals: spots come in order of preference.
            if let Some((_, spot, area)) = free.min_by_key(|(under, _, _)| *under) {
                placed.push(Placed { text: label.text.clone(), ink: label.ink, spot, area });
            }
        }
        placed
    }

    fn free(&self, area: &Area, placed: &[Placed]) -> bool {
        let clear = area.grown(CLEAR);
        !self.taken.iter().any(|taken| taken.meets(&clear))
            && !placed.iter().any(|other| other.area.meets(&clear))
    }

    /// How much lies under a label; a dot counts one.
    fn under(&self, area: &Area) -> usize {
        let crossed = |line: &[Point]| line.windows(2).any(|p| clip::crosses(area, p[0], p[1]));
        let lines = self.lines.iter().filter(|(_, line)| crossed(line)).map(|(cost, _)| cost);
        lines.sum::<usize>() + self.dots.iter().filter(|dot| area.holds(**dot)).count()
    }
}

/// Around a dot: beside it upwards and downwards, at its sides, above and below.
pub fn around((x, y): Point, size: f64) -> Vec<Spot> {
    let (above, below) = (y - 7.0, y + 7.0 + 0.7 * size);
    let level = y + 0.33 * size;
    vec![
        Spot::end(x - 9.0, above),
        Spot::start(x + 9.0, below),
        Spot::end(x - 9.0, below),
        Spot::start(x + 9.0, above),
        Spot::end(x - 12.0, level),
        Spot::start(x + 12.0, level),
        Spot::middle(x, y - 12.0),
        Spot::middle(x, y + 12.0 + 0.66 * size),
    ]
}

/// Beside a line, on either side of it, the better the nearer to a share of its length.
pub fn beside(line: &[Point], share: f64, size: f64) -> Vec<Spot> {
    let spots = (2..=48).map(|k| f64::from(k) / 50.0).flat_map(|at| {
        let (x, y) = at_share(line, at);
        let below = y + 5.0 + 0.7 * size;
        let away = ((at - share).abs() * WANDER).round() as usize;
        [
            Spot::start(x + 4.0, y - 5.0),
            Spot::end(x - 4.0, y - 5.0),
            Spot::start(x + 4.0, below),
            Spot::end(x - 4.0, below),
        ]
        .map(|spot| spot.away(away))
    });
    spots.collect()
}

/// Spots on a line, leaning as it does there, the nearest to a share of its way first.
pub fn on(line: &[Point], share: f64, size: f64) -> Vec<Spot> {
    let half = UNDER / length(line);
    let spots = (2..=48).map(|k| f64::from(k) / 50.0).map(|at| {
        let [from, to] = [at - half, at + half].map(|end| at_share(line, clamp(end, 0.0, 1.0)));
        let reach = clip::distance(from, to);
        let along = if reach > 0.0 { ((to.0 - from.0) / reach, (to.1 - from.1) / reach) } else { LEVEL };
        let away = ((at - share).abs() * WANDER).round() as usize;
        Spot::leaning(at_share(line, at), along, size).away(away)
    });
    spots.collect()
}

/// How long a line is.
pub fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|pair| clip::distance(pair[0], pair[1])).sum()
}

/// The point a share of the way along a line.
pub fn at_share(line: &[Point], share: f64) -> Point {
    let mut left = share * length(line);
    for pair in line.windows(2) {
        let step = clip::distance(pair[0], pair[1]);
        if step > 0.0 && left <= step {
            return clip::between(pair[0], pair[1], left / step);
        }
        left -= step;
    }
    line.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Colour;

    fn label(text: &str, rank: Rank, spots: Vec<Spot>) -> Wanted {
        let within = Area { left: 0.0, top: 0.0, right: 200.0, bottom: 200.0 };
        Wanted { text: text.to_owned(), ink: Ink::plain(12.0, Colour::hex(0)), spots, within, rank }
    }

    fn texts(placed: &[Placed]) -> Vec<&str> {
        placed.iter().map(|label| label.text.as_str()).collect()
    }

    #[test]
    fn the_less_important_gives_way() {
        let spot = vec![Spot::start(10.0, 20.0)];
        let wanted = vec![label("contour", Rank::Contour, spot.clone()), label("plan", Rank::Plan, spot)];
        let placed = Scene::default().place(&wanted, |_, _| 30.0);
        assert_eq!(texts(&placed), ["plan"]);
    }

    #[test]
    fn a_label_moves_rather_than_vanish() {
        let near = vec![Spot::start(10.0, 20.0), Spot::start(10.0, 36.0)];
        let wanted = vec![label("first", Rank::Line, near.clone()), label("second", Rank::Line, near)];
        let placed = Scene::default().place(&wanted, |_, _| 30.0);
        assert_eq!(texts(&placed), ["first", "second"]);
        assert!(!placed[0].area.meets(&placed[1].area));
    }

    #[test]
    fn the_plan_is_never_covered() {
        let taken = vec![Area { left: 0.0, top: 0.0, right: 20.0, bottom: 20.0 }];
        let scene = Scene { taken, ..Scene::default() };
        let wanted = [label("frontier", Rank::Line, vec![Spot::start(10.0, 20.0)])];
        assert!(scene.place(&wanted, |_, _| 30.0).is_empty());
    }

    #[test]
    fn words_on_a_line_lean_as_it_does_and_are_never_upside_down() {
        // It rises to the right by three in four, drawn from its right end.
        let line = [(400.0, 0.0), (0.0, 300.0)];
        for spot in on(&line, 0.5, 12.0) {
            assert!((spot.along.0 - 0.8).abs() < 1e-9 && (spot.along.1 + 0.6).abs() < 1e-9, "{spot:?}");
        }
        let middle = Spot::leaning((200.0, 150.0), (-0.8, 0.6), 12.0);
        let Area { left, top, right, bottom } = middle.area(50.0, 12.0);
        // 0.8 of its length and 0.6 of its height across; the other way round up.
        assert!((right - left - 0.8 * 50.0 - 0.6 * 12.0).abs() < 1e-9, "{left} {right}");
        assert!((bottom - top - 0.6 * 50.0 - 0.8 * 12.0).abs() < 1e-9, "{top} {bottom}");
        assert!(left < 200.0 && right > 200.0 && top < 150.0 && bottom > 150.0);
        let level = Area { left: 3.0, top: -74.0, right: 13.0, bottom: 26.0 };
        assert_eq!(Spot::start(3.0, 4.0).area(10.0, 100.0), level);
    }

    #[test]
    fn a_spot_without_a_line_under_it_is_preferred() {
        let lines = vec![(CROSSED, vec![(0.0, 17.0), (100.0, 17.0)])];
        let scene = Scene { lines, ..Scene::default() };
        let spots = vec![Spot::start(10.0, 20.0), Spot::start(10.0, 60.0)];
        let placed = scene.place(&[label("budget", Rank::Line, spots)], |_, _| 30.0);
        assert_eq!(placed[0].spot.at, (10.0, 60.0));
    }
}
