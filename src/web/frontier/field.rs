//! The cells of a sweep that have come so far.

use std::ops::Range;

/// The numbers of each cell that is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// How many values the upward axis has, and the one across.
    pub shape: [usize; 2],
    /// For each number of a cell a column: the value by the fit, then what lies at the shares of draws. Not a number where there
    /// is none, or none yet.
    pub columns: Vec<Vec<f64>>,
    /// Which cells are done.
    done: Vec<bool>,
    count: usize,
}

impl Field {
    /// A field of which nothing is done.
    pub fn new(shape: [usize; 2], columns: usize) -> Self {
        let cells = shape[0] * shape[1];
        Self { shape, columns: vec![vec![f64::NAN; cells]; columns], done: vec![false; cells], count: 0 }
    }

    /// Puts cells in their place: their first numbers, then their second ones, and so on. Nothing of another size.
    pub fn put(&mut self, cells: &Range<usize>, numbers: &[f64]) -> Option<()> {
        if numbers.len() != cells.len() * self.columns.len() || cells.end > self.done.len() {
            return None;
        }
        for (column, numbers) in self.columns.iter_mut().zip(numbers.chunks_exact(cells.len())) {
            column[cells.clone()].copy_from_slice(numbers);
        }
        self.count += self.done[cells.clone()].iter().filter(|done| !**done).count();
        self.done[cells.clone()].fill(true);
        Some(())
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// How many are done.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether all are.
    pub fn is_whole(&self) -> bool {
        self.count == self.len()
    }

    /// Whether a cell is done.
    pub fn is_done(&self, cell: usize) -> bool {
        self.done.get(cell) == Some(&true)
    }

    /// Some number of the cell in a row of the upward axis and a column of the one across.
    pub fn number(&self, column: usize, row: usize, at: usize) -> f64 {
        let numbers = self.columns.get(column);
        numbers.and_then(|numbers| numbers.get(row * self.shape[1] + at)).copied().unwrap_or(f64::NAN)
    }

    /// The cell of another field of the same ends that lies where one of these does, if it is done: of fewer, each of several.
    pub fn under(&self, coarse: &Self, cell: usize) -> Option<usize> {
        let place = |at: usize, of: usize, fewer: usize| {
            let share = if of > 1 { at as f64 / (of - 1) as f64 } else { 0.0 };
            (share * (fewer - 1) as f64).round() as usize
        };
        let [rows, columns] = self.shape;
        let (row, at) = (cell / columns, cell % columns);
        let [coarse_rows, coarse_columns] = coarse.shape;
        let place = place(row, rows, coarse_rows) * coarse_columns + place(at, columns, coarse_columns);
        coarse.is_done(place).then_some(place)
    }
}

/// Whole rows of so many cells, in stretches of about `size` cells: first those that are far apart, then those between.
pub fn tiles(shape: [usize; 2], size: usize) -> Vec<Range<usize>> {
    let [rows, columns] = shape;
    let cells = rows * columns;
    let each = (size / columns.max(1)).max(1) * columns;
    let step = if columns <= size { each } else { size.max(1) };
    let all: Vec<Range<usize>> =
        (0..cells).step_by(step.max(1)).map(|from| from..cells.min(from + step)).collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    // Where binary digits are read backwards, neighbours are far apart.
    order.sort_by_key(|at| at.reverse_bits());
    order.into_iter().map(|at| all[at].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_put_in_any_order() {
        let mut field = Field::new([2, 3], 2);
        assert_eq!(field.put(&(3..6), &[4.0, 5.0, 6.0, 40.0, 50.0, 60.0]), Some(()));
        assert_eq!((field.count(), field.is_done(2), field.is_done(3)), (3, false, true));
        assert_eq!(field.put(&(0..3), &[1.0, f64::NAN, 3.0, 10.0, 20.0, 30.0]), Some(()));
        assert_eq!(field.put(&(0..3), &[1.0, 2.0, 3.0, 10.0, 20.0, 30.0]), Some(()));
        assert!(field.is_whole());
        assert_eq!((field.number(0, 0, 1), field.number(1, 1, 2)), (2.0, 60.0));
        assert_eq!(field.put(&(0..3), &[1.0]), None);
        assert_eq!(field.put(&(4..8), &[0.0; 8]), None);
    }

    #[test]
    fn tiles_hold_every_cell_once() {
        for (shape, size) in [([256, 512], 4096), ([1, 512], 100), ([7, 5], 1), ([3, 4], 1000), ([5, 3], 7)] {
            let tiles = tiles(shape, size);
            let mut cells: Vec<usize> = tiles.iter().cloned().flatten().collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..shape[0] * shape[1]).collect::<Vec<_>>(), "{shape:?} by {size}");
        }
        let starts: Vec<usize> = tiles([8, 4], 4).into_iter().map(|tile| tile.start / 4).collect();
        assert_eq!(starts, [0, 4, 2, 6, 1, 5, 3, 7]);
    }

    #[test]
    fn a_coarse_field_lies_under_a_fine_one() {
        let mut coarse = Field::new([2, 2], 1);
        coarse.put(&(0..2), &[1.0, 2.0]).unwrap();
        let fine = Field::new([4, 5], 1);
        assert_eq!((fine.under(&coarse, 0), fine.under(&coarse, 4)), (Some(0), Some(1)));
        assert_eq!(fine.under(&coarse, 3), Some(1));
        assert_eq!(fine.under(&coarse, 19), None);
    }
}
