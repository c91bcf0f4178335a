//! Least squares for the coefficients at given values of the other parameters.
//!
//! At given exponents a law is linear in its coefficients. Least squares on the relative residuals, which
//! are the log residuals to first order, gives them exactly, and so removes the bad starts from which fits
//! end with a dead term; positive ones are kept so. The surrogate only proposes, F alone decides. For
//! squares of raw residuals the surrogate is F itself, with its coefficients projected out (Golub and
//! Pereyra 1973): its minima are those of F.

use std::ops::Range;

use super::loss::Residual;
use super::observations::Observations;
use super::problem::{Model, Problem};
use crate::formula::{Bound, Order};
use crate::num::algebra::nnls_gram;
use crate::num::lanes;

/// A coefficient that least squares puts at zero starts with this share of the response.
const FLOOR: f64 = 0.02;
/// Rows whose columns are kept at a time; of the others only sums are.
const BLOCK: usize = 2048;

/// A point of the nonlinear parameters, with the best coefficients there.
#[derive(Clone, Debug)]
pub(super) struct Start {
    /// The free parameters as they are, not by logarithm.
    pub values: Vec<f64>,
    /// The sum of squares that the surrogate leaves.
    pub cost: f64,
}

/// The least-squares problem of one model, on a grid of its nonlinear parameters.
///
/// A column of the problem depends on few of the parameters, that of `A / N^alpha` on `alpha` alone. So
/// columns and their products are kept under the coordinates that they depend on: a 12 x 12 grid takes
/// 12 evaluations of the law and one product per point. Columns are those of a block of rows, and products
/// are summed over the blocks: however many rows there are, they take no more memory.
pub(super) struct Surrogate<'a> {
    model: &'a Model,
    bound: Bound<'a>,
    /// √w / σ of log residuals, √w L / σ of raw ones: what the columns must explain, one for each run.
    explained: Vec<f64>,
    /// √w / (σ L) of log residuals, √w / σ of raw ones.
    scale: Vec<f64>,
    /// Which nonlinear parameters each column depends on.
    depends: Vec<Vec<bool>>,
    sizes: Vec<usize>,
    /// For each coefficient its ∂f/∂x, scaled; last, what the rest of the law leaves to explain: in a block of rows.
    columns: Vec<Memo<Vec<f64>>>,
    /// Inner products of columns i >= j, row after row.
    products: Vec<Memo<f64>>,
    /// Sums of absolute values of each column.
    magnitudes: Vec<Memo<f64>>,
    /// The normal equations at a node, and their non-negative solution.
    gram: Vec<f64>,
    moments: Vec<f64>,
    solution: Vec<f64>,
}

/// Values on a grid, by those coordinates alone that they depend on.
struct Memo<T> {
    depends: Vec<bool>,
    values: Vec<Option<T>>,
}

impl<'a> Surrogate<'a> {
    pub fn new(problem: &Problem<'a>, model: &'a Model) -> Self {
        let data: Vec<&[f64]> = problem.inputs.iter().map(|(_, column)| *column).collect();
        let Observations { weights, .. } = &Observations::new(problem);
        let deviation = |row: usize| problem.deviations.map_or(1.0, |column| column[row]);
        let root: Vec<f64> = weights.iter().enumerate().map(|(row, w)| w.sqrt() / deviation(row)).collect();
        let (explained, scale) = match problem.loss.of {
            Residual::Log => {
                let scale = root.iter().zip(problem.response).map(|(root, loss)| root / loss).collect();
                (root, scale)
            }
            Residual::Raw => {
                (root.iter().zip(problem.response).map(|(root, loss)| root * loss).collect(), root)
            }
        };
        let bound = model.plain.bind(&data);
        let depends = |coefficient: Option<usize>| -> Vec<bool> {
            model.nonlinear.iter().map(|&k| model.column_depends(problem, coefficient, k)).collect()
        };
        let depends = (0..model.linear.len()).map(Some).chain([None]).map(depends).collect();
        let k = model.linear.len();
        Self {
            model,
            bound,
            explained,
            scale,
            depends,
            sizes: vec![],
            columns: vec![],
            products: vec![],
            magnitudes: vec![],
            gram: vec![0.0; k * k],
            moments: vec![0.0; k],
            solution: vec![0.0; k],
        }
    }

    /// The coefficients at one point of the nonlinear parameters.
    pub fn at(&mut self, point: &[f64]) -> Start {
        let index = vec![0; point.len()];
        self.sum(&point.iter().map(|&x| vec![x]).collect::<Vec<_>>());
        let cost = self.solve(&index);
        let mut values = vec![0.0; self.model.free.len()];
        for (i, &x) in self.solution.iter().enumerate() {
            values[self.model.linear[i]] = if x > 0.0 { x } else { self.floor(i, &index) };
        }
        self.model.nonlinear.iter().zip(point).for_each(|(&at, x)| values[at] = *x);
        Start { values, cost }
    }

    /// The cost at every point of the grid that `axes` span, the last axis fastest.
    pub fn costs(&mut self, axes: &[Vec<f64>]) -> Vec<f64> {
        self.sum(axes);
        nodes(&self.sizes.clone()).map(|index| self.solve(&index)).collect()
    }

    /// Sums over the rows what every point of the grid needs that `axes` span.
    fn sum(&mut self, axes: &[Vec<f64>]) {
        let point =
            |index: &[usize]| -> Vec<f64> { index.iter().zip(axes).map(|(&i, axis)| axis[i]).collect() };
        let sizes: Vec<usize> = axes.iter().map(Vec::len).collect();
        let rows = self.scale.len();
        self.begin(sizes.clone());
        for start in (0..rows).step_by(BLOCK) {
            let block = start..rows.min(start + BLOCK);
            self.columns.iter_mut().for_each(Memo::clear);
            // Along the diagonal one evaluation gives a new column of every term.
            for i in 0..sizes.iter().copied().max().unwrap_or(0) {
                let index: Vec<usize> = sizes.iter().map(|size| i.min(size - 1)).collect();
                self.evaluate(&index, &point(&index), &block);
            }
            for index in nodes(&sizes) {
                self.evaluate(&index, &point(&index), &block);
                self.add(&index);
            }
        }
    }

    /// Forgets everything, for a grid of `sizes`.
    fn begin(&mut self, sizes: Vec<usize>) {
        self.columns = self.depends.iter().map(|depends| Memo::new(depends.clone(), &sizes)).collect();
        self.magnitudes = self.depends.iter().map(|depends| Memo::new(depends.clone(), &sizes)).collect();
        self.products.clear();
        for (i, a) in self.depends.iter().enumerate() {
            for b in &self.depends[..=i] {
                let either = a.iter().zip(b).map(|(a, b)| a | b).collect();
                self.products.push(Memo::new(either, &sizes));
            }
        }
        self.sizes = sizes;
    }

    /// Solves for the coefficients at a node, into `self.solution`; gives the cost.
    fn solve(&mut self, index: &[usize]) -> f64 {
        let k = self.model.linear.len();
        for i in 0..k {
            for j in 0..=i {
                self.gram[i * k + j] = self.product(i, j, index);
            }
            self.moments[i] = self.product(k, i, index);
        }
        nnls_gram(&self.gram, &self.moments, &mut self.solution);
        let explained: f64 = self.solution.iter().zip(&self.moments).map(|(x, c)| x * c).sum();
        let cost = self.product(k, k, index) - explained;
        if cost.is_finite() { cost } else { f64::INFINITY }
    }

    /// The coefficient with which term `i` is a small share of the response.
    fn floor(&self, i: usize, index: &[usize]) -> f64 {
        let whole = lanes::sum_of([&self.explained], |[x]| x.abs());
        let share = self.magnitudes[i].get(index, &self.sizes).copied().unwrap_or(0.0);
        let x = FLOOR * whole / share;
        if x > 0.0 && x.is_finite() { x } else { 1.0 }
    }

    /// Computes the columns of a block at a point, where they are not known.
    fn evaluate(&mut self, index: &[usize], point: &[f64], block: &Range<usize>) {
        if self.columns.iter().all(|memo| memo.get(index, &self.sizes).is_some()) {
            return;
        }
        let mut scalars = vec![0.0; self.model.free.len()];
        self.model.nonlinear.iter().zip(point).for_each(|(&at, x)| scalars[at] = *x);
        let (explained, scale, linear) = (&self.explained, &self.scale, &self.model.linear);
        let mut fresh = vec![vec![0.0; block.len()]; self.columns.len()];
        self.bound.among(block.clone(), Order::Gradient, &scalars, &[], |chunk| {
            let (explained, scale) = (&explained[chunk.rows()], &scale[chunk.rows()]);
            let rows = chunk.rows().start - block.start..chunk.rows().end - block.start;
            let (rest, columns) = fresh.split_last_mut().expect("there is always the rest");
            for (column, &k) in columns.iter_mut().zip(linear) {
                let column = column[rows.clone()].iter_mut();
                column.zip(chunk.first(k)).zip(scale).for_each(|((to, first), scale)| *to = first * scale);
            }
            let rest = rest[rows].iter_mut().zip(chunk.value()).zip(explained.iter().zip(scale));
            rest.for_each(|((to, value), (explained, scale))| *to = explained - value * scale);
        });
        for (memo, column) in self.columns.iter_mut().zip(fresh) {
            memo.slot(index, &self.sizes).get_or_insert(column);
        }
    }

    /// Adds a block's sums at a node: each at the first node that it belongs to.
    fn add(&mut self, index: &[usize]) {
        let column = |i: usize| self.columns[i].get(index, &self.sizes).map_or(&[][..], Vec::as_slice);
        let mut products = self.products.iter_mut();
        for (i, magnitude) in self.magnitudes.iter_mut().enumerate() {
            if magnitude.begins_at(index) {
                let of_block = lanes::sum_of([column(i)], |[x]| x.abs());
                *magnitude.slot(index, &self.sizes).get_or_insert(0.0) += of_block;
            }
            for (j, product) in (0..=i).zip(&mut products) {
                if product.begins_at(index) {
                    let of_block = lanes::dot(column(i), column(j));
                    *product.slot(index, &self.sizes).get_or_insert(0.0) += of_block;
                }
            }
        }
    }

    /// The inner product of columns `i >= j`.
    fn product(&self, i: usize, j: usize, index: &[usize]) -> f64 {
        self.products[i * (i + 1) / 2 + j].get(index, &self.sizes).copied().unwrap_or(f64::NAN)
    }
}

impl<T: Clone> Memo<T> {
    fn new(depends: Vec<bool>, sizes: &[usize]) -> Self {
        let length =
            sizes.iter().zip(&depends).map(|(size, depends)| if *depends { *size } else { 1 }).product();
        Self { depends, values: vec![None; length] }
    }

    fn key(&self, index: &[usize], sizes: &[usize]) -> usize {
        let steps = index.iter().zip(sizes).zip(&self.depends);
        steps.fold(0, |key, ((i, size), depends)| if *depends { key * size + i } else { key })
    }

    /// Forgets all values.
    fn clear(&mut self) {
        self.values.iter_mut().for_each(|value| *value = None);
    }

    /// Whether no node before this one has the same value.
    fn begins_at(&self, index: &[usize]) -> bool {
        index.iter().zip(&self.depends).all(|(i, depends)| *depends || *i == 0)
    }

    fn get(&self, index: &[usize], sizes: &[usize]) -> Option<&T> {
        self.values[self.key(index, sizes)].as_ref()
    }

    fn slot(&mut self, index: &[usize], sizes: &[usize]) -> &mut Option<T> {
        let key = self.key(index, sizes);
        &mut self.values[key]
    }
}

/// The coordinates of every node, in their order.
fn nodes(sizes: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    (0..sizes.iter().product()).map(|node| unravel(node, sizes))
}

/// The coordinates of a node, the last fastest.
pub(super) fn unravel(node: usize, sizes: &[usize]) -> Vec<usize> {
    let mut rest = node;
    let mut index: Vec<usize> = sizes
        .iter()
        .rev()
        .map(|size| {
            let i = rest % size;
            rest /= size;
            i
        })
        .collect();
    index.reverse();
    index
}
