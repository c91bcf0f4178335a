//! A convex quadratic program of a few variables: minimise `½ w'Bw + g'w` where `a'w <= b` in each row.
//!
//! The dual method of Goldfarb and Idnani: from the minimum without rows, it takes in the row that is
//! violated most, along the path on which the rows taken in before stay at their bounds, and lets go of
//! those whose multiplier falls to zero. It needs no feasible point, and rows that depend on each other,
//! as at a corner where several limits meet, only cost it a step.
//!
//! The factors are made anew at each step: with six variables that takes less than keeping them.
//!
//! # Source
//! Goldfarb and Idnani (1983), *Mathematical Programming* 27, 1-33.

use crate::num::algebra::Cholesky;
use crate::num::{max, min};

/// `a'w <= b`, or `a'w = b`.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub a: Vec<f64>,
    pub b: f64,
    pub equality: bool,
}

/// The minimum, and what holds it there.
#[derive(Clone, Debug)]
pub(super) struct Minimum {
    pub w: Vec<f64>,
    /// One for each row; of an inequality never negative, and zero where it does not bind.
    pub multipliers: Vec<f64>,
    /// The rows that bind, none of which depends on the others.
    pub binding: Vec<usize>,
}

/// A row whose part independent of the binding ones is shorter than this share of it depends on them.
const INDEPENDENT: f64 = 1e-9;

/// Minimises `½ w'Bw + g'w` within `rows`; `factor` is that of the positive definite `B`.
///
/// The rows must admit a point, if only `w = 0`; those that contradict the ones before are passed over.
pub(super) fn minimise(factor: &Cholesky, g: &[f64], rows: &[Row]) -> Minimum {
    let mut w: Vec<f64> = g.iter().map(|g| -g).collect();
    factor.solve(&mut w);
    let mut search = Search { factor, rows, w, multipliers: vec![0.0; rows.len()], binding: Vec::new() };
    let mut passed = vec![false; rows.len()];
    // Each row enters once in nearly every program; the limit is for rounding that goes in circles.
    for _ in 0..20 + 10 * rows.len() {
        let Some(row) = search.worst(&passed) else { break };
        passed[row] = !search.take_in(row);
    }
    Minimum { w: search.w, multipliers: search.multipliers, binding: search.binding }
}

struct Search<'a> {
    factor: &'a Cholesky<'a>,
    rows: &'a [Row],
    w: Vec<f64>,
    multipliers: Vec<f64>,
    binding: Vec<usize>,
}

impl Search<'_> {
    /// How far a row is violated, beyond rounding.
    fn violation(&self, row: usize) -> f64 {
        let Row { a, b, equality } = &self.rows[row];
        let size: f64 = b.abs() + a.iter().zip(&self.w).map(|(a, w)| (a * w).abs()).sum::<f64>();
        let excess = dot(a, &self.w) - b;
        let excess = if *equality { excess.abs() } else { excess };
        if excess > 8.0 * f64::EPSILON * size { excess / dot(a, a).sqrt() } else { 0.0 }
    }

    /// The row violated most, equalities first.
    fn worst(&self, passed: &[bool]) -> Option<usize> {
        let candidates = (0..self.rows.len()).filter(|&row| !passed[row] && !self.binding.contains(&row));
        let violated = candidates.map(|row| (row, self.violation(row))).filter(|&(_, by)| by > 0.0);
        let rank = |&(row, by): &(usize, f64)| (self.rows[row].equality, by);
        violated.reduce(|best, next| if rank(&next) > rank(&best) { next } else { best }).map(|(row, _)| row)
    }

    /// Brings one row to its bound. `false` if it cannot be: it contradicts the binding ones.
    fn take_in(&mut self, row: usize) -> bool {
        let Row { a, b, .. } = &self.rows[row];
        // An equality may be approached from either side.
        let side = if dot(a, &self.w) > *b { 1.0 } else { -1.0 };
        let a: Vec<f64> = a.iter().map(|a| side * a).collect();
        let mut taken = 0.0;
        loop {
            let path = Path::new(self, &a);
            let (lets_go, until) = self.first_to_let_go(&path.fall);
            let distance = max(dot(&a, &self.w) - side * b, 0.0);
            let arrives = if path.speed > 0.0 { distance / path.speed } else { f64::INFINITY };
            let step = min(until, arrives);
            if step == f64::INFINITY {
                return false;
            }
            self.walk(&path, step);
            taken += step;
            if until < arrives {
                self.multipliers[self.binding[lets_go]] = 0.0;
                self.binding.remove(lets_go);
            } else {
                self.multipliers[row] = side * taken;
                self.binding.push(row);
                return true;
            }
        }
    }

    fn walk(&mut self, path: &Path, step: f64) {
        if path.speed > 0.0 {
            self.w.iter_mut().zip(&path.direction).for_each(|(w, direction)| *w -= step * direction);
        }
        for (&row, fall) in self.binding.iter().zip(&path.fall) {
            self.multipliers[row] -= step * fall;
        }
    }

    /// The binding inequality whose multiplier is the first to reach zero, and when.
    fn first_to_let_go(&self, fall: &[f64]) -> (usize, f64) {
        let mut first = (0, f64::INFINITY);
        for (i, (&row, &fall)) in self.binding.iter().zip(fall).enumerate() {
            let when = max(self.multipliers[row], 0.0) / fall;
            if !self.rows[row].equality && fall > 0.0 && when < first.1 {
                first = (i, when);
            }
        }
        first
    }
}

/// The way on which a new row is approached while the binding ones stay at their bounds.
struct Path {
    /// `w` moves against it.
    direction: Vec<f64>,
    /// How fast the new row is approached; zero if it depends on the binding ones.
    speed: f64,
    /// How fast the multiplier of each binding row falls.
    fall: Vec<f64>,
}

impl Path {
    fn new(search: &Search, a: &[f64]) -> Self {
        let (n, factor) = (a.len(), search.factor);
        let normal = |row: &usize| {
            let mut y = search.rows[*row].a.clone();
            factor.forward(&mut y);
            y
        };
        let basis = Basis::new(&search.binding.iter().map(normal).collect::<Vec<_>>());
        let mut rest = a.to_vec();
        factor.forward(&mut rest);
        let length = dot(&rest, &rest).sqrt();
        let parts = basis.take_out(&mut rest);
        let left = dot(&rest, &rest);
        let speed = if left.sqrt() > INDEPENDENT * length && basis.len() < n { left } else { 0.0 };
        backward(factor, &mut rest);
        Self { direction: rest, speed, fall: basis.coefficients(parts) }
    }
}

/// Orthonormal directions spanning some vectors, and the triangle that gives the vectors back.
pub(super) struct Basis {
    directions: Vec<Vec<f64>>,
    triangle: Vec<Vec<f64>>,
}

impl Basis {
    /// The vectors must be independent.
    pub fn new(vectors: &[Vec<f64>]) -> Self {
        let mut basis = Self { directions: Vec::new(), triangle: Vec::new() };
        for vector in vectors {
            let mut rest = vector.clone();
            let mut parts = basis.take_out(&mut rest);
            let length = dot(&rest, &rest).sqrt();
            rest.iter_mut().for_each(|x| *x /= length);
            parts.push(length);
            basis.directions.push(rest);
            basis.triangle.push(parts);
        }
        basis
    }

    pub fn len(&self) -> usize {
        self.directions.len()
    }

    /// Takes the part within the span out of `vector`, and returns it by its directions. Twice: what is
    /// left is then orthogonal to rounding, however short it is.
    pub fn take_out(&self, vector: &mut [f64]) -> Vec<f64> {
        let mut parts = vec![0.0; self.len()];
        for _ in 0..2 {
            for (part, direction) in parts.iter_mut().zip(&self.directions) {
                let along = dot(direction, vector);
                vector.iter_mut().zip(direction).for_each(|(x, direction)| *x -= along * direction);
                *part += along;
            }
        }
        parts
    }

    /// The multiples of the vectors that add up to the given parts.
    pub fn coefficients(&self, mut parts: Vec<f64>) -> Vec<f64> {
        for i in (0..self.len()).rev() {
            parts[i] /= self.triangle[i][i];
            for j in 0..i {
                parts[j] -= self.triangle[i][j] * parts[i];
            }
        }
        parts
    }
}

/// Replaces `y` by the solution `x` of `L'x = y`.
fn backward(factor: &Cholesky, y: &mut [f64]) {
    let (l, n) = (factor.lower(), y.len());
    for i in (0..n).rev() {
        y[i] /= l[i * n + i];
        for j in 0..i {
            y[j] -= l[i * n + j] * y[i];
        }
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}
