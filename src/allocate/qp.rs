//! A convex quadratic program of a few variables: minimise `½ x'Hx + g'x` where `a'x <= b` in each row.
//!
//! The active-set method: from a point within the rows it moves along the rows that hold it until another
//! stands in the way, which then holds it too; where it cannot go on, it lets go of the row that pulls
//! most in the wrong direction. Everything is worked anew at each step: with six variables that takes less
//! than keeping it.
//!
//! # Source
//! Nocedal and Wright, *Numerical Optimization*, 2nd ed. (2006), algorithm 16.3.

use crate::num::algebra::Cholesky;
use crate::num::max;

use super::held::Held;

/// `a'x <= b`, or `a'x = b`.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub a: Vec<f64>,
    pub b: f64,
    pub equality: bool,
}

/// A quadratic to be minimised.
pub(super) struct Quadratic {
    /// The matrix `H`, positive definite.
    pub curvature: Vec<f64>,
    /// The vector `g`.
    pub slope: Vec<f64>,
    /// For each variable how costly it is to move; of the size of the root of its curvature.
    pub sizes: Vec<f64>,
}

/// The minimum, and what holds it there.
#[derive(Clone, Debug)]
pub(super) struct Minimum {
    pub x: Vec<f64>,
    /// One for each row; of an inequality never negative, and zero where it does not bind.
    pub multipliers: Vec<f64>,
    /// The rows that bind, none of which depends on the others.
    pub binding: Vec<usize>,
}

/// Rounding, as a share of what is added up.
const ROUNDING: f64 = 1e-13;

impl Quadratic {
    /// The change from the origin to `x`.
    pub fn value(&self, x: &[f64]) -> f64 {
        dot(&self.slope, x) + 0.5 * dot(&product(&self.curvature, x), x)
    }

    /// Minimises within `rows`, starting from a point within them.
    pub fn minimise(&self, rows: &[Row], start: Vec<f64>) -> Minimum {
        let binding = (0..rows.len()).filter(|&row| rows[row].equality).collect();
        let mut search = Search { quadratic: self, rows, x: start, binding };
        let patience = 20 + 10 * rows.len();
        for step in 0.. {
            let held = search.hold();
            if step < patience && search.advance(&held, 2 * step > patience) {
                continue;
            }
            let pulls = search.multipliers(&held);
            if step < patience && search.let_go(&pulls, 2 * step > patience) {
                continue;
            }
            let mut multipliers = vec![0.0; rows.len()];
            search.binding.iter().zip(&pulls).for_each(|(&row, &(pull, _))| multipliers[row] = pull);
            return Minimum { x: search.x, multipliers, binding: search.binding };
        }
        unreachable!("patience ends")
    }
}

struct Search<'a> {
    quadratic: &'a Quadratic,
    rows: &'a [Row],
    x: Vec<f64>,
    binding: Vec<usize>,
}

impl Search<'_> {
    /// Holds the binding rows; those that depend on others do not bind.
    fn hold(&mut self) -> Held {
        let rows = self.binding.iter().map(|&row| &self.rows[row].a[..]);
        let held = Held::new(rows, &self.quadratic.sizes);
        self.binding = held.rows.iter().map(|&i| self.binding[i]).collect();
        held
    }

    /// Moves to the minimum along the held rows, or to the first row in the way, which then binds too;
    /// `true` if there is one. To end what goes in circles, `plainly` takes the first of several.
    fn advance(&mut self, held: &Held, plainly: bool) -> bool {
        let Quadratic { curvature, sizes, .. } = self.quadratic;
        let Some(step) = newton(curvature, &self.slope(), held, sizes) else { return false };
        let (mut share, mut way) = (1.0, None);
        for (row, Row { a, b, .. }) in self.rows.iter().enumerate() {
            let towards = dot(a, &step);
            let lost: f64 = a.iter().zip(&step).map(|(a, step)| (a * step).abs()).sum();
            if self.binding.contains(&row) || towards <= ROUNDING * lost {
                continue;
            }
            let room = max(b - dot(a, &self.x), 0.0) / towards;
            if room < share && !(plainly && way.is_some() && room == 0.0) {
                (share, way) = (room, Some(row));
            }
        }
        self.x.iter_mut().zip(&step).for_each(|(x, step)| *x += share * step);
        self.binding.extend(way);
        way.is_some()
    }

    fn slope(&self) -> Vec<f64> {
        let curved = product(&self.quadratic.curvature, &self.x);
        curved.iter().zip(&self.quadratic.slope).map(|(curved, slope)| curved + slope).collect()
    }

    fn multipliers(&self, held: &Held) -> Vec<(f64, f64)> {
        let n = self.x.len();
        let Quadratic { curvature, slope, .. } = self.quadratic;
        let lost = |j: usize| dot_sizes(&curvature[j * n..][..n], &self.x) + slope[j].abs();
        let rounding: Vec<f64> = (0..n).map(|j| ROUNDING * lost(j)).collect();
        held.multipliers(&self.slope(), &rounding)
    }

    /// Lets go of the row that pulls most in the wrong direction; `false` if none does.
    fn let_go(&mut self, pulls: &[(f64, f64)], plainly: bool) -> bool {
        let wrong = |&i: &usize| !self.rows[self.binding[i]].equality && pulls[i].0 < -pulls[i].1;
        let weight = |i: usize| -pulls[i].0 * length(&self.rows[self.binding[i]].a);
        let worse = |a: usize, b: usize| if !plainly && weight(b) > weight(a) { b } else { a };
        let worst = (0..pulls.len()).filter(wrong).reduce(worse);
        worst.map(|i| self.binding.remove(i)).is_some()
    }
}

/// Newton's step along the held rows. `None` if the curvature along them is not positive.
pub(super) fn newton(curvature: &[f64], slope: &[f64], held: &Held, sizes: &[f64]) -> Option<Vec<f64>> {
    let n = slope.len();
    let directions = held.directions();
    let k = directions.len();
    let (mut matrix, roots) = reduced(curvature, &directions, sizes);
    let mut by: Vec<f64> = directions.iter().zip(&roots).map(|(z, root)| -dot(z, slope) / root).collect();
    Cholesky::factor(&mut matrix, k)?.solve(&mut by);
    let along = |j: usize| (0..k).map(|i| directions[i][j] * by[i] / roots[i]).sum();
    Some((0..n).map(along).collect())
}

/// The curvature along some directions, each scaled by the size given with it.
pub(super) fn reduced(curvature: &[f64], directions: &[Vec<f64>], sizes: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let k = directions.len();
    let root = |z: &Vec<f64>| length(&z.iter().zip(sizes).map(|(z, size)| z * size).collect::<Vec<_>>());
    let roots: Vec<f64> = directions.iter().map(root).collect();
    let products: Vec<Vec<f64>> = directions.iter().map(|z| product(curvature, z)).collect();
    let entry = |i: usize| dot(&directions[i / k], &products[i % k]) / (roots[i / k] * roots[i % k]);
    ((0..k * k).map(entry).collect(), roots)
}

fn product(matrix: &[f64], x: &[f64]) -> Vec<f64> {
    matrix.chunks_exact(x.len()).map(|row| dot(row, x)).collect()
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

fn dot_sizes(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + (a * b).abs())
}

fn length(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}
