//! The cells that meet at a point.

use super::descent::Stand;
use super::model::Cell;
use crate::formula::Beyond;
use crate::num::max;

/// A wall nearer than this, as it is worked, touches a point.
const TOUCH: f64 = 1e-9;
/// The most walls of one point that are crossed in every combination.
const CORNERS: usize = 4;

/// The switch of a formula that turns where a wall is crossed, and to which branch.
type Flip = (usize, usize, i64);

impl Stand<'_> {
    /// The cells that meet at the point: behind each wall that touches it, and behind several at once.
    pub fn neighbours(&self) -> Vec<Cell> {
        let (model, point) = (&self.model, self.point());
        let touches = |limit: &usize| point.row(*limit).abs() <= TOUCH;
        let mut walls: Vec<(Vec<f64>, Vec<Flip>)> = Vec::new();
        for limit in (model.given()..model.limits()).filter(touches) {
            let Some((source, Beyond::Piece(piece))) = model.beyond(limit) else { continue };
            let flip = piece.iter().zip(&model.cell[source]).position(|(to, from)| to != from);
            let Some(flip) = flip.map(|switch| (source, switch, piece[switch])) else { continue };
            let gradient = point.row_gradient(limit);
            // The same wall may stand in several formulas.
            match walls.iter_mut().find(|(other, _)| parallel(other, &gradient)) {
                Some((_, flips)) => flips.push(flip),
                None => walls.push((gradient, vec![flip])),
            }
        }
        let count = walls.len();
        let all = count <= CORNERS;
        let sets = if all { 1..1 << count } else { 0..count };
        let crossed = |set: usize, wall: usize| if all { set >> wall & 1 == 1 } else { set == wall };
        sets.map(|set| {
            let mut cell = model.cell.clone();
            let flips = walls.iter().enumerate().filter(|(wall, _)| crossed(set, *wall));
            flips
                .flat_map(|(_, (_, flips))| flips)
                .for_each(|&(source, switch, to)| cell[source][switch] = to);
            cell
        })
        .collect()
    }
}

fn parallel(a: &[f64], b: &[f64]) -> bool {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (product, sizes) = (dot(a, b), dot(a, a) * dot(b, b));
    (product * product - sizes).abs() <= 1e-12 * max(sizes, 0.0)
}
