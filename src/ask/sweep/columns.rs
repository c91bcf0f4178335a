//! What is told of each cell: the value by the fit, and quantiles over draws.

use crate::ask::{Named, Number};
use crate::num::quantiles;

/// The columns of one output.
pub(super) struct Columns {
    name: String,
    value: Vec<Number>,
    shares: Vec<f64>,
    quantiles: Vec<Vec<Number>>,
    /// What it is compared with, where it is.
    compared: Option<Compared>,
}

/// How an output stands beside that of another sweep.
struct Compared {
    against: Vec<Number>,
    /// In which share of draws it is lower.
    lower: Vec<Number>,
    /// How much more it is, as quantiles over draws.
    quantiles: Vec<Vec<Number>>,
}

impl Columns {
    pub fn new(name: &str, shares: &[f64]) -> Self {
        let quantiles = vec![Vec::new(); shares.len()];
        let (value, shares) = (Vec::new(), shares.to_vec());
        Self { name: name.to_owned(), value, shares, quantiles, compared: None }
    }

    /// Adds the cells of a tile, of `entries` values each: that of the fit, then those of draws. Draws without a value are
    /// left out of quantiles.
    pub fn put(&mut self, values: &[f64], entries: usize) {
        let mut finite = Vec::with_capacity(entries);
        for cell in values.chunks_exact(entries) {
            self.value.push(Number::finite(cell[0]));
            if self.shares.is_empty() {
                continue;
            }
            finite.clear();
            finite.extend(cell[1..].iter().copied().filter(|value| value.is_finite()));
            for (column, quantile) in self.quantiles.iter_mut().zip(quantiles(&finite, &self.shares)) {
                column.push(quantile.map_or(Number::NULL, Number::finite));
            }
        }
    }

    /// Compares the cells of a tile with those of another sweep, each with its entries. Draws are paired in their order; one
    /// without draws stands with its value beside every draw of the other.
    pub fn compare(&mut self, [values, others]: [&[f64]; 2], entries: [usize; 2]) {
        let shares = &self.shares;
        let compared = self.compared.get_or_insert_with(|| Compared {
            against: Vec::new(),
            lower: Vec::new(),
            quantiles: vec![Vec::new(); shares.len()],
        });
        let mut differences = Vec::new();
        for (cell, other) in values.chunks_exact(entries[0]).zip(others.chunks_exact(entries[1])) {
            compared.against.push(Number::finite(other[0]));
            differences.clear();
            let drawn =
                |cell: &[f64], at: usize| if cell.len() > 1 { cell.get(at).copied() } else { Some(cell[0]) };
            let pairs =
                (1..cell.len().max(other.len())).filter_map(|at| Some(drawn(cell, at)? - drawn(other, at)?));
            differences.extend(pairs);
            differences.retain(|difference| difference.is_finite());
            let lower = differences.iter().filter(|difference| **difference < 0.0).count();
            let share = lower as f64 / differences.len() as f64;
            compared.lower.push(Number::finite(share));
            for (column, quantile) in compared.quantiles.iter_mut().zip(quantiles(&differences, shares)) {
                column.push(quantile.map_or(Number::NULL, Number::finite));
            }
        }
    }

    /// Its name, and its columns by name: `value`, `q05`; compared with another, `against`, `lower`, `d05`.
    pub fn named(self) -> (String, Named<Vec<Number>>) {
        let quantile = |letter: char, share: &f64| format!("{letter}{}", percent(*share));
        let quantiles = self.shares.iter().map(|share| quantile('q', share)).zip(self.quantiles);
        let own = std::iter::once(("value".to_owned(), self.value)).chain(quantiles);
        let compared = self.compared.into_iter().flat_map(|Compared { against, lower, quantiles }| {
            let differences = self.shares.iter().map(|share| quantile('d', share)).zip(quantiles);
            [("against".to_owned(), against), ("lower".to_owned(), lower)].into_iter().chain(differences)
        });
        (self.name, own.chain(compared).collect())
    }
}

/// `q05` for 0.05, `q97.5` for 0.975.
pub(super) fn named(share: f64) -> String {
    format!("q{}", percent(share))
}

/// `05` for 0.05, `97.5` for 0.975.
fn percent(share: f64) -> String {
    let percent = (share * 1e6).round() / 1e4;
    if percent < 10.0 { format!("0{percent}") } else { percent.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_draws_and_named_by_percent() {
        assert_eq!([0.05, 0.5, 0.975, 0.0, 1.0].map(named), ["q05", "q50", "q97.5", "q00", "q100"]);
        let mut columns = Columns::new("N", &[0.5]);
        columns.put(&[7.0, 1.0, f64::NAN, 3.0, f64::NAN, f64::NAN, f64::NAN, f64::NAN], 4);
        let (name, told) = columns.named();
        assert_eq!((name.as_str(), told.get("value").unwrap()[0]), ("N", Number(Some(7.0))));
        assert_eq!(told.get("q50").unwrap().as_slice(), [Number(Some(2.0)), Number::NULL]);
    }
}
