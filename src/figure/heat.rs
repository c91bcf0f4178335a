//! Surfaces as steps of colour: what a heat map fills its plot with.

use std::sync::Arc;

use super::contour::Grid;
use super::frame::{Frame, Size};
use super::surface::Point;

/// A surface as steps of colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// The cells by their centres. Where the value is no number nothing is known, and the paper shows; where it is
    /// [`NONE`](Self::NONE) there is no value, and the ground is hatched.
    pub cells: Arc<Grid>,
    /// Where one step ends and the next begins, rising.
    pub levels: Vec<f64>,
    /// How many of the steps are of one sign, where the values have two.
    pub below: Option<usize>,
}

/// A rectangle of one colour: its upper left and lower right corner, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patch {
    /// Upper left.
    pub from: Point,
    /// Lower right.
    pub to: Point,
    /// What fills it.
    pub fill: Fill,
}

/// What fills a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Nothing is known there.
    Paper,
    /// There is no value.
    Hatched,
    /// A step of colour, from 0.
    Step(usize),
}

impl Heat {
    /// The value of a cell for which there is none.
    pub const NONE: f64 = f64::NEG_INFINITY;

    /// What fills a cell of this value.
    pub fn fill(&self, value: f64) -> Fill {
        match value {
            value if value.is_nan() => Fill::Paper,
            Self::NONE => Fill::Hatched,
            value => Fill::Step(self.levels.partition_point(|level| *level <= value)),
        }
    }

    /// What fills the cell nearest to a point, by the values of the axes.
    pub fn at(&self, (x, y): Point) -> Fill {
        let Grid { x: across, y: up, values } = &*self.cells;
        let nearest = |all: &[f64], value: f64| {
            let next = all.partition_point(|known| *known < value).min(all.len() - 1);
            let before = next.saturating_sub(1);
            if value - all[before] < all[next] - value { before } else { next }
        };
        self.fill(values[nearest(up, y) * across.len() + nearest(across, x)])
    }

    /// How many steps of colour there are.
    pub fn steps(&self) -> usize {
        self.levels.len() + 1
    }

    /// The cells as rectangles whose sides lie between device pixels: neighbours in a row that are filled alike are one.
    pub fn patches(&self, frame: &Frame, size: Size) -> Vec<Patch> {
        let Grid { x, y, values } = &*self.cells;
        let snap = |at: f64| (at * size.scale).round() / size.scale;
        let sides = |centres: Vec<f64>, ends: [f64; 2]| -> Vec<f64> {
            let between = centres.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
            std::iter::once(ends[0]).chain(between).chain([ends[1]]).map(snap).collect()
        };
        let plot = frame.plot;
        let across = sides(x.iter().map(|x| frame.across(*x)).collect(), [plot.left, plot.right]);
        let up = sides(y.iter().map(|y| frame.up(*y)).collect(), [plot.bottom, plot.top]);
        let mut patches = Vec::new();
        for (row, side) in values.chunks_exact(x.len()).zip(up.windows(2)) {
            // More rows than pixels: those that cover none are not seen.
            if side[0] <= side[1] {
                continue;
            }
            let mut first = 0;
            for end in 1..=row.len() {
                let fill = self.fill(row[first]);
                if end == row.len() || self.fill(row[end]) != fill {
                    if across[first] < across[end] {
                        let (from, to) = ((across[first], side[1]), (across[end], side[0]));
                        patches.push(Patch { from, to, fill });
                    }
                    first = end;
                }
            }
        }
        patches
    }
}

impl Patch {
    /// Its corners, as a polygon.
    pub fn corners(&self) -> [Point; 4] {
        let ((left, top), (right, bottom)) = (self.from, self.to);
        [(left, top), (right, top), (right, bottom), (left, bottom)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Axis, Chart, Format, Margin, Mark};

    fn chart(values: Vec<f64>) -> (Chart, Heat) {
        let cells = Arc::new(Grid { x: vec![1.0, 10.0, 100.0], y: vec![1.0, 10.0], values });
        let heat = Heat { cells, levels: vec![2.0, 3.0], below: None };
        let axis = |name: &str, high| Axis::log(name, "", (1.0, high), Format::Quantity);
        let chart = Chart {
            title: "map".to_owned(),
            summary: String::new(),
            x: axis("x", 100.0),
            y: axis("y", 10.0),
            marks: vec![Mark::Heat(heat.clone())],
            margin: Margin::Bare,
        };
        (chart, heat)
    }

    #[test]
    fn a_point_has_the_step_of_its_cell() {
        let (_, heat) = chart(vec![1.0, 1.5, 2.0, 3.0, f64::NAN, Heat::NONE]);
        let at = [(1.2, 0.1), (140.0, 3.0), (2.0, 9.0), (60.0, 12.0)].map(|point| heat.at(point));
        assert_eq!(at, [Fill::Step(0), Fill::Step(1), Fill::Step(2), Fill::Hatched]);
    }

    #[test]
    fn cells_fill_the_plot_without_gaps() {
        let size = Size::new(333.0, 217.0, 1.5);
        let (chart, heat) = chart(vec![1.0, 1.5, 2.0, 3.0, f64::NAN, Heat::NONE]);
        let frame = Frame::of(&chart, size);
        let patches = heat.patches(&frame, size);
        let fills: Vec<Fill> = patches.iter().map(|patch| patch.fill).collect();
        let expected = [Fill::Step(0), Fill::Step(1), Fill::Step(2), Fill::Paper, Fill::Hatched];
        assert_eq!(fills, expected);
        let area = |patch: &Patch| (patch.to.0 - patch.from.0) * (patch.to.1 - patch.from.1);
        let plot = frame.plot;
        let whole = (plot.right - plot.left) * (plot.bottom - plot.top);
        assert!((patches.iter().map(area).sum::<f64>() / whole - 1.0).abs() < 0.02);
        // Neighbours share a side.
        assert_eq!(patches[0].to.0, patches[1].from.0);
        assert_eq!(patches[0].from.1, patches[2].to.1);
        for patch in &patches {
            let device = patch.from.0 * size.scale;
            assert!((device - device.round()).abs() < 1e-9);
        }
    }
}
