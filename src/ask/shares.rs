//! Whether the shares of a whole, such as the weights of a mixture, are together one.

use super::law::{AskedInput, AskedLaw, family};
use super::range::Columns;
use crate::num::decimal;
use crate::outcome::Warning;
use crate::units::ascii;

/// How far shares that were rounded, such as three of 0.333, may be from 1 together.
const ROUNDED: f64 = 5e-3;

/// Whether an input is the share of a whole: one is planned as such, or the law says it of what it counts.
fn is_share(input: &AskedInput) -> bool {
    input.simplex || input.counts.is_some_and(|counts| counts.ends_with("together 1"))
}

/// Warns of each family of shares whose members are not together one, with the row that is farthest from it.
pub(super) fn warn(law: &AskedLaw, columns: &Columns, warnings: &mut Vec<Warning>) {
    let mut families: Vec<&str> = Vec::new();
    for input in law.inputs.iter().filter(|input| is_share(input)) {
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
            let sum = decimal(&format!("{sum:.3e}")).unwrap_or(sum);
            let said = ascii(sum);
            let message = format!("the values of {name} add up to {said}; in this law they are together 1");
            warnings.push(
                Warning::new("shares.not_whole", message)
                    .with("family", name)
                    .with("sum", sum)
                    .with("row", row),
            );
        }
    }
}
