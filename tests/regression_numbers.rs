//! What follows from the numbers of the law sheets: values that were computed from the published ones elsewhere, by
//! other programs. They guard against change; none of them stands in print.

mod sheets;

use sheets::{Mark, SHEETS, check, rows};

/// How many rows each sheet had when this was last looked at.
const LEAST: [usize; 5] = [394, 418, 285, 309, 253];
/// How many numbers the sheets have in all, published and derived.
const LEAST_IN_ALL: usize = 3_881;

#[test]
fn what_follows_from_the_sheets_is_what_the_catalogue_says() {
    check(|mark| mark == Mark::D, LEAST);
}

#[test]
fn no_sheet_was_forgotten() {
    let asserted = SHEETS.iter().flat_map(|sheet| rows(sheet)).filter(|row| row.mark != Mark::R).count();
    println!("{asserted} rows in all");
    assert!(asserted >= LEAST_IN_ALL, "{asserted} rows; expected {LEAST_IN_ALL}");
}
