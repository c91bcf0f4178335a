use isoflop::allocate::{Free, Limit, Problem, Quantity};
use isoflop::formula::Formula;
fn q(t: &str, v: &[(&'static str, f64)]) -> Quantity { Quantity::new(Formula::parse(t).unwrap(), v.iter().copied()) }
const LAW: &str = "E + A / N^alpha + B / D^beta";
fn nd() -> [Free; 2] { [Free::positive("N"), Free::positive("D")] }
#[test]
fn scratch() {
    let fit=[("E", 0.0), ("A", 0.002174034695643313), ("B", 224095667451.52115), ("alpha", 0.6225488063386921), ("beta", 0.7639596849299427)];
    let s=Problem::new(q(LAW,&fit), nd()).within(Limit::equal(q("6*N*D",&[]), 1.8662328136573313e27)).within(Limit::equal(q("N", &[]), 5.308174509479859)).solve();
    println!("{s:?}");
    eprintln!("-----------");
    let fit=[("E", 0.0), ("A", 11506883911.84036), ("B", 0.006481831827456492), ("alpha", 0.045412862563609394), ("beta", 1.5294296385186064)];
    let s=Problem::new(q(LAW,&fit), nd()).within(Limit::equal(q("6*N*D",&[]), 7.912662798819204e25)).within(Limit::equal(q("N", &[]), 4.0625386605863306e34)).solve();
    println!("{s:?}");
    eprintln!("-----------");
    let fit=[("E", 0.0), ("A", 0.026819304648435276), ("B", 0.017389306248923434), ("alpha", 0.02229516201843638), ("beta", 1.3166411832839406)];
    let s=Problem::new(q(LAW,&fit), nd()).within(Limit::at_most(q("6*N*D",&[]),1.0292430085913606e24)).within(Limit::at_most(q("N", &[]), 49.88580968260178f64.exp())).within(Limit::at_most(q("D", &[]), ((1.0292430085913606e24f64/6.).ln()-49.88580968260178f64).exp())).solve();
    println!("{s:?}");
}
