use isoflop::allocate::{Free, Limit, Problem, Quantity};
use isoflop::formula::Formula;
fn q(t: &str) -> Quantity { Quantity::new(Formula::parse(t).unwrap(), []) }
#[test]
fn scratch() {
    let s=Problem::new(q("3.077743977933477e-2+7.551333152553514e1/a^1.3165511475863758+7.083638886764008e-2/b^0.058550470023889994+1.3244924578602825e3/c^0.10771602621855375+5.00525446304693e1/c^0.7109609849739664"), ["a","b","c"].map(Free::positive)).within(Limit::at_most(q("6*a*b*c+6.841430830724368e0*a^0.15443800366721097*c^1.0617794057784422+4.263679214635744e1*a^0.8974370338720354*c^0.23175774436568952"),8.017607848303144e4 )).within(Limit::at_most(q("c"), 7.068255926432282e1)).solve();
    println!("{s:?}");
}
