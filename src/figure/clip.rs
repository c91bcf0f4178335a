//! Lines and polygons cut to the plot, and lines cut into dashes.

use crate::num;

use super::surface::Point;

/// An upright rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Its left side.
    pub left: f64,
    /// Its upper side.
    pub top: f64,
    /// Its right side.
    pub right: f64,
    /// Its lower side.
    pub bottom: f64,
}

impl Area {
    /// Whether a point lies inside or on the border.
    pub fn holds(&self, (x, y): Point) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }

    /// Whether another lies wholly inside.
    pub fn encloses(&self, other: &Self) -> bool {
        self.holds((other.left, other.top)) && self.holds((other.right, other.bottom))
    }

    /// Whether two overlap.
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The same, larger by `by` on each side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Its corners, from the upper left.
    pub fn corners(&self) -> [Point; 4] {
        [(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)]
    }
}

/// The part of a segment inside an area (Liang and Barsky 1984).
pub fn segment(area: &Area, from: Point, to: Point) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut start, mut end) = (0.0, 1.0);
    let sides = [
        (-dx, from.0 - area.left),
        (dx, area.right - from.0),
        (-dy, from.1 - area.top),
        (dy, area.bottom - from.1),
    ];
    for (slope, room) in sides {
        if slope == 0.0 && room < 0.0 {
            return None;
        }
        if slope < 0.0 {
            start = num::max(start, room / slope);
        } else if slope > 0.0 {
            end = num::min(end, room / slope);
        }
    }
    let at = |t: f64| (from.0 + t * dx, from.1 + t * dy);
    (start <= end).then(|| {
        let first = if start == 0.0 { from } else { at(start) };
        let last = if end == 1.0 { to } else { at(end) };
        (first, last)
    })
}

/// Whether a segment passes through an area.
pub fn crosses(area: &Area, from: Point, to: Point) -> bool {
    let beside = from.0 < area.left && to.0 < area.left
        || from.0 > area.right && to.0 > area.right
        || from.1 < area.top && to.1 < area.top
        || from.1 > area.bottom && to.1 > area.bottom;
    !beside && segment(area, from, to).is_some()
}

/// The pieces of a line inside an area. A point that is not finite breaks the line.
pub fn line(area: &Area, points: &[Point]) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let finite = pair.iter().all(|(x, y)| x.is_finite() && y.is_finite());
        let Some((from, to)) = finite.then(|| segment(area, pair[0], pair[1])).flatten() else { continue };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&from) => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
    }
    pieces
}

/// A polygon cut to an area (Sutherland and Hodgman 1974).
pub fn polygon(area: &Area, points: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> =
        points.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    let inside: [&dyn Fn(Point) -> f64; 4] =
        [&|p| p.0 - area.left, &|p| area.right - p.0, &|p| p.1 - area.top, &|p| area.bottom - p.1];
    for depth in inside {
        points = cut(&points, depth);
    }
    points
}

/// Keeps what lies on the side where `depth` is not negative.
fn cut(points: &[Point], depth: &dyn Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(points.len() + 4);
    for (i, &to) in points.iter().enumerate() {
        let from = points[(i + points.len() - 1) % points.len()];
        let (before, after) = (depth(from), depth(to));
        if (before < 0.0) != (after < 0.0) {
            kept.push(between(from, to, before / (before - after)));
        }
        if after >= 0.0 {
            kept.push(to);
        }
    }
    kept
}

/// Cuts a line into dashes of lengths that alternate on and off.
pub fn dashes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let mut dashes: Vec<Vec<Point>> = Vec::new();
    let (mut turn, mut left) = (0, pattern[0]);
    let mut dash: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let mut from = pair[0];
        loop {
            let length = distance(from, pair[1]);
            if length <= left {
                left -= length;
                dash.push(pair[1]);
                break;
            }
            from = between(from, pair[1], left / length);
            dash.push(from);
            if turn % 2 == 0 {
                dashes.push(std::mem::take(&mut dash));
            }
            turn += 1;
            left = pattern[turn % pattern.len()];
            dash = vec![from];
        }
    }
    if turn % 2 == 0 && dash.len() > 1 {
        dashes.push(dash);
    }
    dashes
}

/// The point a share `t` of the way from one to another.
pub fn between(from: Point, to: Point, t: f64) -> Point {
    (from.0 + t * (to.0 - from.0), from.1 + t * (to.1 - from.1))
}

/// How far two points are apart.
pub fn distance(from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    num::sqrt(dx * dx + dy * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: Area = Area { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn a_line_that_leaves_and_returns_is_two() {
        let pieces = line(&SQUARE, &[(1.0, 5.0), (5.0, 15.0), (9.0, 5.0)]);
        assert_eq!(pieces, vec![vec![(1.0, 5.0), (3.0, 10.0)], vec![(7.0, 10.0), (9.0, 5.0)]]);
    }

    #[test]
    fn a_missing_point_breaks_the_line() {
        let pieces = line(&SQUARE, &[(1.0, 1.0), (2.0, 2.0), (f64::NAN, 3.0), (4.0, 4.0), (5.0, 5.0)]);
        assert_eq!(pieces.len(), 2);
    }

    #[test]
    fn a_polygon_larger_than_the_area_becomes_the_area() {
        let around = SQUARE.grown(5.0).corners();
        let inside = polygon(&SQUARE, &around);
        assert!(inside.iter().all(|p| SQUARE.holds(*p)));
        assert!(SQUARE.corners().iter().all(|corner| inside.contains(corner)));
    }

    #[test]
    fn dashes_go_around_corners() {
        let dashes = dashes(&[(0.0, 0.0), (4.0, 0.0), (4.0, 8.0)], &[6.0, 3.0]);
        assert_eq!(dashes, vec![vec![(0.0, 0.0), (4.0, 0.0), (4.0, 2.0)], vec![(4.0, 5.0), (4.0, 8.0)]]);
    }
}
