//! Non-negative least squares for a few columns, from their products alone.
//!
//! In a scan over the nonlinear parameters of a law nearly all products of columns are shared between
//! nodes, so the columns themselves are never looked at twice.

use super::Cholesky;
use crate::num::min;

/// The most columns that [`nnls_gram`] takes.
pub const NNLS_LIMIT: usize = 24;
/// As many as laws of the literature have: their memory is small enough to be cleared thousands of times.
const FEW: usize = 8;

/// Minimises `x'Gx - 2c'x` over `x >= 0`, where `G = A'A` and `c = A'b`: least squares of `b` by the
/// columns of `A` with coefficients that are not negative.
///
/// `g` has `k = x.len()` rows of `k`, of which the lower triangle is read. Fills `x`; a coefficient
/// held at its bound is exactly 0. The sum of squares left is `b'b - c'x`. A column of zeros or NaN,
/// and one that the others span already, gets 0.
///
/// # Panics
/// If `k` is more than [`NNLS_LIMIT`], or `g` and `c` are not of its size.
///
/// # Example
/// ```
/// use isoflop::num::algebra::nnls_gram;
/// let mut x = [0.0; 2];
/// nnls_gram(&[1.0, 0.0, 0.0, 4.0], &[3.0, -8.0], &mut x);
/// assert_eq!(x, [3.0, 0.0]);
/// ```
///
/// # Source
/// Lawson and Hanson, *Solving Least Squares Problems* (1974), chapter 23, on the normal equations with
/// columns scaled to unit length.
pub fn nnls_gram(g: &[f64], c: &[f64], x: &mut [f64]) {
    let k = x.len();
    assert!(k <= NNLS_LIMIT && c.len() == k && g.len() == k * k, "at most {NNLS_LIMIT} columns");
    if k <= FEW {
        Problem::<FEW, { FEW * FEW }>::minimise(g, c, x);
    } else {
        Problem::<NNLS_LIMIT, { NNLS_LIMIT * NNLS_LIMIT }>::minimise(g, c, x);
    }
}

/// The problem with columns of unit length, of which there are at most `N`; `M` is `N * N`.
struct Problem<const N: usize, const M: usize> {
    k: usize,
    g: [f64; M],
    c: [f64; N],
    /// One over the length of each column, or 0 where it has none.
    scale: [f64; N],
}

impl<const N: usize, const M: usize> Problem<N, M> {
    fn minimise(g: &[f64], c: &[f64], x: &mut [f64]) {
        let problem = Self::scaled(g, c);
        x.fill(0.0);
        // Almost always every coefficient is positive, and then the plain solution is the answer.
        if !problem.try_all(x) {
            problem.active_set(x);
        }
        for (x, scale) in x.iter_mut().zip(problem.scale) {
            *x *= scale;
        }
    }

    fn scaled(g: &[f64], c: &[f64]) -> Self {
        let k = c.len();
        let mut problem = Self { k, g: [0.0; M], c: [0.0; N], scale: [0.0; N] };
        for i in 0..k {
            let square = g[i * k + i];
            let usable = square > 0.0 && square < f64::INFINITY && c[i].is_finite();
            problem.scale[i] = if usable { 1.0 / square.sqrt() } else { 0.0 };
        }
        for i in 0..k {
            let scale = problem.scale[i];
            if scale > 0.0 {
                problem.c[i] = c[i] * scale;
                for j in 0..=i {
                    let product = g[i * k + j] * scale * problem.scale[j];
                    (problem.g[i * k + j], problem.g[j * k + i]) = (product, product);
                }
            }
        }
        problem
    }

    /// Solves with every column; keeps the solution if all of it is positive.
    fn try_all(&self, x: &mut [f64]) -> bool {
        let all = (1 << self.k) - 1;
        match self.solve(all) {
            Some(z) if z[..self.k].iter().all(|&z| z > 0.0) => {
                x.copy_from_slice(&z[..self.k]);
                true
            }
            _ => false,
        }
    }

    /// The solution with the columns in the bit set `free`, zero elsewhere.
    fn solve(&self, free: u32) -> Option<[f64; N]> {
        let (mut a, mut b, mut z) = ([0.0; M], [0.0; N], [0.0; N]);
        let n = free.count_ones() as usize;
        for (row, i) in members(free).enumerate() {
            b[row] = self.c[i];
            for (column, j) in members(free).enumerate().take(row + 1) {
                a[row * n + column] = self.g[i * self.k + j];
            }
        }
        Cholesky::factor(&mut a[..n * n], n)?.solve(&mut b[..n]);
        for (row, i) in members(free).enumerate() {
            z[i] = b[row];
        }
        Some(z)
    }

    /// Frees one column at a time, the one that helps most, and binds those that turn negative.
    fn active_set(&self, x: &mut [f64]) {
        let (mut free, mut refused) = (0_u32, 0_u32);
        // Each pass lowers the objective, so no set of columns comes twice; the limit is for rounding.
        for _ in 0..1_u64 << N {
            let Some(best) = self.steepest(x, free | refused) else { return };
            if let Some(left) = self.descend(free | 1 << best, best, x) {
                (free, refused) = (left, 0);
            } else {
                refused |= 1 << best;
            }
        }
    }

    /// The bound column along which the objective falls fastest, the first of equals.
    fn steepest(&self, x: &[f64], except: u32) -> Option<usize> {
        let mut best = None;
        let mut fastest = 0.0;
        for i in members(!except & ((1 << self.k) - 1)) {
            let row = &self.g[i * self.k..i * self.k + self.k];
            let (mut fall, mut size) = (self.c[i], self.c[i].abs());
            for (g, x) in row.iter().zip(x) {
                fall -= g * x;
                size += (g * x).abs();
            }
            if self.scale[i] > 0.0 && fall > 1e-14 * size && fall > fastest {
                (best, fastest) = (Some(i), fall);
            }
        }
        best
    }

    /// Goes to the solution on `free`, or as far towards it as nothing turns negative, again and again.
    ///
    /// Gives the columns left free; `None`, with `x` as it was, if `newest` depends on the others or
    /// would turn negative itself, which is rounding.
    fn descend(&self, mut free: u32, newest: usize, x: &mut [f64]) -> Option<u32> {
        let mut z = self.solve(free).filter(|z| z[newest] > 0.0)?;
        while members(free).any(|i| z[i] <= 0.0) {
            let nearest = members(free).map(|i| reach(x[i], z[i])).fold(1.0, min);
            for i in members(free) {
                let moved = x[i] + nearest * (z[i] - x[i]);
                let blocks = z[i] <= 0.0 && (reach(x[i], z[i]) <= nearest || moved <= 0.0);
                x[i] = if blocks { 0.0 } else { moved };
                free &= !(u32::from(blocks) << i);
            }
            match self.solve(free) {
                Some(next) => z = next,
                None => return Some(free),
            }
        }
        x.copy_from_slice(&z[..self.k]);
        Some(free)
    }
}

/// How far from a positive `x` towards `z` one may go before zero, as a share of the way.
fn reach(x: f64, z: f64) -> f64 {
    if z <= 0.0 { x / (x - z) } else { 1.0 }
}

/// The members of a bit set in order.
fn members(set: u32) -> impl Iterator<Item = usize> {
    (0..NNLS_LIMIT).filter(move |i| set >> i & 1 == 1)
}
