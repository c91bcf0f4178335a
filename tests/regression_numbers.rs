//! What follows from the numbers of the law sheets: values that were computed from the published ones elsewhere, by
//! other programs. They guard against change; none of them stands in print.

mod sheets;

use sheets::{Mark, SHEETS, check, rows};

/// How many rows each sheet has.
const ROWS: [usize; 5] = [394, 432, 301, 309, 253];
/// How many numbers the sheets have in all, published and derived.
const IN_ALL: usize = 3_983;

#[test]
fn what_follows_from_the_sheets_is_what_the_catalogue_says() {
    check(|mark| mark == Mark::D, ROWS);
}

#[test]
fn no_sheet_was_forgotten() {
    let asserted = SHEETS.iter().flat_map(|sheet| rows(sheet)).filter(|row| row.mark != Mark::R).count();
    assert_eq!(asserted, IN_ALL, "what is new is counted too: a row that vanishes is then seen");
}
