use isoflop::allocate::{Free, Limit, Problem, Quantity};
use isoflop::formula::Formula;

fn q(t: &str, v: &[(&'static str, f64)]) -> Quantity { Quantity::new(Formula::parse(t).unwrap(), v.iter().copied()) }
const TEX: [(&str, f64); 5] = [("E", 1.6933736809989528), ("A", 406.4010175194737), ("B", 410.7228269450398), ("alpha", 0.33917084), ("beta", 0.2849083)];
const LAW: &str = "E + A / N^alpha + B / D^beta";
fn nd() -> [Free; 2] { [Free::positive("N"), Free::positive("D")] }
#[test]
fn scratch() {
    let show = |name: &str, p: Problem| println!("{name}: {:#?}", p.solve());
    let law = || q(LAW, &TEX);
    let cost = || q("6*N*D", &[]);
    show("tex", Problem::new(law(), nd()).within(Limit::at_most(cost(), 5.76e23)));
    show("nocost", Problem::new(law(), nd()));
    show("N equal", Problem::new(law(), nd()).within(Limit::at_most(cost(), 5.76e23)).within(Limit::equal(q("N", &[]), 7e9)));
    show("both fixed", Problem::new(law(), nd()).within(Limit::equal(q("D", &[]), 1e12)).within(Limit::equal(q("N", &[]), 7e9)));
    show("infeasible", Problem::new(law(), nd()).within(Limit::at_most(law(), 1.6)));
    show("infeasible2", Problem::new(law(), nd()).within(Limit::at_most(law(), 1.9)).within(Limit::at_most(cost(), 5.76e23)));
    show("cost", Problem::new(cost(), nd()).within(Limit::at_most(law(), 2.2)));
    show("ratio", Problem::new(law(), nd()).within(Limit::at_most(cost(), 5.76e23)).within(Limit::at_most(q("D/N", &[]), 20.)));
    show("Nmax slack", Problem::new(law(), nd()).within(Limit::at_most(cost(), 5.76e23)).within(Limit::at_most(q("N", &[]), 1e11)));
    show("Nmax", Problem::new(law(), nd()).within(Limit::at_most(cost(), 5.76e23)).within(Limit::at_most(q("N", &[]), 1e10)));
    show("guo", Problem::new(q("E+A/(N*D)^alpha", &TEX), nd()).within(Limit::at_most(cost(), 5.76e23)));
}
