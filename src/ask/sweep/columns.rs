//! What is told of each cell: the value by the fit, and quantiles over draws.

use crate::ask::{Named, Number};
use crate::num::quantiles;

/// The columns of one output.
pub(super) struct Columns {
    name: String,
    value: Vec<Number>,
    shares: Vec<f64>,
    quantiles: Vec<Vec<Number>>,
}

impl Columns {
    pub fn new(name: &str, shares: &[f64]) -> Self {
        let quantiles = vec![Vec::new(); shares.len()];
        Self { name: name.to_owned(), value: Vec::new(), shares: shares.to_vec(), quantiles }
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

    /// Its name, and its columns by name: `value`, `q05`.
    pub fn named(self) -> (String, Named<Vec<Number>>) {
        let quantiles = self.shares.iter().map(|share| named(*share)).zip(self.quantiles);
        (self.name, std::iter::once(("value".to_owned(), self.value)).chain(quantiles).collect())
    }
}

/// `q05` for 0.05, `q97.5` for 0.975.
pub(super) fn named(share: f64) -> String {
    let percent = (share * 1e6).round() / 1e4;
    if percent < 10.0 { format!("q0{percent}") } else { format!("q{percent}") }
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
