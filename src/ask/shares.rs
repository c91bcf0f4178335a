//! Whether the shares of a whole, such as the weights of a mixture, are together one.

use super::law::{AskedLaw, family};
use super::range::Columns;
use crate::outcome::Warning;
use crate::units::significant;

/// Shares may be printed with few digits.
const ROUNDED: f64 = 1e-3;

/// Warns of each family of shares whose members are not together one, with the row that is farthest from it.
pub(super) fn warn(law: &AskedLaw, columns: &Columns, warnings: &mut Vec<Warning>) {
    let mut families: Vec<&str> = Vec::new();
    for input in law.inputs.iter().filter(|input| input.simplex) {
        if !families.contains(&family(&input.name)) {
            families.push(family(&input.name));
        }
    }
    let off = |sum: f64| (sum - 1.0).abs();
    for name in families {
        let members = || columns.iter().filter(|(known, _)| family(known) == name).map(|(_, column)| column);
        let rows = members().next().map_or(0, |column| column.len());
        let sums = (0..rows).map(|row| (row, members().map(|column| column[row]).sum::<f64>()));
        let farthest = sums.reduce(|a, b| if off(b.1) > off(a.1) { b } else { a });
        if let Some((row, sum)) = farthest.filter(|(_, sum)| off(*sum) > ROUNDED) {
            let message = format!(
                "the shares {name} are together {}, not 1: the law means nothing there",
                significant(sum, 4)
            );
            warnings.push(
                Warning::new("shares.not_whole", message)
                    .with("family", name)
                    .with("sum", sum)
                    .with("row", row),
            );
        }
    }
}
