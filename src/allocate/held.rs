//! Rows held at their bounds, and the directions that are left.
//!
//! Each row is used to express one variable by the others. Elimination, and not orthogonal directions,
//! because the sizes of variables differ without end: where the loss hardly depends on `D` any more, a
//! row such as `ln N + ln D = c` must still fix `ln D` to the last digit once `ln N` is fixed.

/// What is left of a coefficient after elimination is rounding below this share of what went into it.
const ROUNDING: f64 = 1e-12;

/// Some rows `a'd`, each solved for a variable of its own.
pub(super) struct Held {
    n: usize,
    /// Which of the rows given are held: those that do not depend on the ones before.
    pub rows: Vec<usize>,
    /// The variable that each is solved for.
    basic: Vec<usize>,
    /// The held rows, combined so that each has a one at its own variable and a zero at the others'.
    table: Vec<Vec<f64>>,
    /// The combinations: `table = combinations * rows`.
    combinations: Vec<Vec<f64>>,
}

impl Held {
    /// Holds `rows`, in order. Each is solved for the variable on which it depends most, measured by
    /// `sizes`: large for a variable that is costly to move.
    pub fn new<'a>(rows: impl IntoIterator<Item = &'a [f64]>, sizes: &[f64]) -> Self {
        let n = sizes.len();
        let mut held = Self { n, rows: vec![], basic: vec![], table: vec![], combinations: vec![] };
        for (i, row) in rows.into_iter().enumerate() {
            held.hold(i, row, sizes);
        }
        held
    }

    fn hold(&mut self, index: usize, row: &[f64], sizes: &[f64]) {
        let mut left = row.to_vec();
        let mut moved: Vec<f64> = row.iter().map(|a| a.abs()).collect();
        let mut combination = vec![0.0; self.rows.len() + 1];
        combination[self.rows.len()] = 1.0;
        for (i, &variable) in self.basic.iter().enumerate() {
            let factor = row[variable];
            subtract(&mut left, factor, &self.table[i]);
            subtract(&mut combination, factor, &self.combinations[i]);
            moved.iter_mut().zip(&self.table[i]).for_each(|(moved, x)| *moved += (factor * x).abs());
        }
        let open = (0..self.n).filter(|j| !self.basic.contains(j) && left[*j].abs() > ROUNDING * moved[*j]);
        let weight = |j: usize| left[j].abs() / sizes[j];
        let Some(pivot) = open.reduce(|a, b| if weight(b) > weight(a) { b } else { a }) else { return };
        let divisor = left[pivot];
        left.iter_mut().chain(&mut combination).for_each(|x| *x /= divisor);
        for (row, combined) in self.table.iter_mut().zip(&mut self.combinations) {
            let factor = row[pivot];
            combined.push(0.0);
            subtract(row, factor, &left);
            subtract(combined, factor, &combination);
        }
        self.rows.push(index);
        self.basic.push(pivot);
        self.table.push(left);
        self.combinations.push(combination);
    }

    /// The step by the basic variables alone that changes each held row by `by`.
    pub fn reach(&self, by: &[f64]) -> Vec<f64> {
        let mut step = vec![0.0; self.n];
        for (&variable, combination) in self.basic.iter().zip(&self.combinations) {
            step[variable] = combination.iter().zip(by).map(|(x, by)| x * by).sum();
        }
        step
    }

    /// A direction for each variable that is left, which moves it by one and keeps every held row.
    pub fn directions(&self) -> Vec<Vec<f64>> {
        let left = (0..self.n).filter(|j| !self.basic.contains(j));
        left.map(|j| self.direction(j)).collect()
    }

    fn direction(&self, variable: usize) -> Vec<f64> {
        let mut direction = vec![0.0; self.n];
        direction[variable] = 1.0;
        for (&basic, row) in self.basic.iter().zip(&self.table) {
            direction[basic] = -row[variable];
        }
        direction
    }

    /// The multipliers with which the held rows balance `slope` along the basic variables, and how much
    /// of each may be rounding, if that of `slope` is `rounding`.
    pub fn multipliers(&self, slope: &[f64], rounding: &[f64]) -> Vec<(f64, f64)> {
        let column = |k: usize| self.combinations.iter().map(move |combination| combination[k]);
        let balance = |k: usize| {
            let parts = column(k).zip(&self.basic);
            parts.fold((0.0, 0.0), |(sum, lost), (x, &j)| (sum - x * slope[j], lost + x.abs() * rounding[j]))
        };
        (0..self.rows.len()).map(balance).collect()
    }
}

fn subtract(from: &mut [f64], factor: f64, row: &[f64]) {
    from.iter_mut().zip(row).for_each(|(from, x)| *from -= factor * x);
}
