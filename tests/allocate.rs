use isoflop::allocate::*;
use isoflop::formula::Formula;
fn q(t: &str) -> Quantity {
    Quantity::new(Formula::parse(t).unwrap(), [])
}
#[test]
fn scratch() {
    let s=Problem::new(q("7.737460289147833e-1+7.233340192427434e0/a^0.5270432786589959+3.1114204186271737e-2/b^0.3822181871595531+1.836051270509884e-1/a^0.1625985838579864/b^0.19100202231791516"), ["a","b"].map(Free::positive)).within(Limit::at_most(q("6*a*b+1.3679212243160395e0*a^0.9672808336487966+1.9477629832424792e-1*a^0.4968392330397263*b^0.10870463135276788"), 5.487094943361203e4))
    .within(Limit::at_least(q("a"), 9.581196116199698e4))
    .solve();
    println!("{s:?}");
}
