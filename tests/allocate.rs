use isoflop::allocate::*;
use isoflop::formula::Formula;
fn q(t: &str) -> Quantity {
    Quantity::new(Formula::parse(t).unwrap(), [])
}
#[test]
fn scratch() {
    let s = Problem::new(q("1.69+406/N^0.34"), ["N", "D"].map(Free::positive))
        .within(Limit::at_most(q("6*N*D"), 1e20))
        .solve();
    println!("{s:?}");
}
