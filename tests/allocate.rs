use isoflop::allocate::*;
use isoflop::formula::Formula;
fn q(t: &str) -> Quantity { Quantity::new(Formula::parse(t).unwrap(), []) }
#[test]
fn scratch() {
    let l="16612.50/N^0.5962+5455.67/D^0.3954+0.4598/(1-S)^-0.1666+17.26/((1-S)^0.1603*N^0.1595)+0.94";
    for c in [1e20,1e21] {
    let s=Problem::new(q(l), [Free::positive("N"),Free::positive("D"),Free::within("S",0.,0.98)]).within(Limit::at_most(q("6*(1-S)*N*D"), c)).solve();
    println!("{s:?}");
    let s=Problem::new(q(l), [Free::positive("N"),Free::positive("D"),Free::within("S",0.,0.98)]).within(Limit::at_most(q("6*(1-S)*N*D"), c)).within(Limit::at_most(q("N"),3e9)).solve();
    println!("{s:?}");
    }
    // kink
    let s=Problem::new(q("U=min(D,25e9); 1.69+406/N^0.34+410/U^0.28"), ["N","D"].map(Free::positive)).within(Limit::at_most(q("6*N*D"), 1e24)).solve();
    println!("{s:?}");
    // Muennighoff
    let m="U=min(D,Uq); R=max(D/U-1,0); Dp=U+U*15.387756*(1-exp(-R/15.387756)); UN=min(N,0.05098652*U); RN=max(N/UN-1,0); Np=UN+UN*5.309743*(1-exp(-RN/5.309743)); 1.86914368+520.82495/Np^0.3526596+1487.71609/Dp^0.3526596";
    for (c,u) in [(1e22,25e9),(9.3e21,12e9),(1e21,1e9),(1e23,25e9),(1e22,1e12)] {
    let s=Problem::new(Quantity::new(Formula::parse(m).unwrap(),[("Uq",u)]), ["N","D"].map(Free::positive)).within(Limit::at_most(q("6*N*D"), c)).solve().unwrap();
    println!("{:?} {:?} {:?} {:?}",s.termination,s.at,s.value,s.certificate);
    }
    let s=Problem::new(q("1.69+406/N^0.34+410/D^0.28"), ["N","D"].map(Free::positive)).within(Limit::at_most(q("6*N*D"), 1e60)).solve();
    println!("{s:?}");
    let s=Problem::new(q("1.69+406/N^0.34+410/D^0.28 where N < 5, D/N >= 20"), ["N","D"].map(Free::positive)).within(Limit::at_most(q("6*N*D"), 1e20)).solve();
    println!("{s:?}");
    let s=Problem::new(q("1.69+406/N^0.34"), ["N","D"].map(Free::positive)).within(Limit::at_most(q("6*N*D"), 1e20)).solve();
    println!("{s:?}");
    let s=Problem::new(q("ln(N)-50+1/D"), ["N","D"].map(Free::positive)).within(Limit::at_most(q("6*N*D"), 1e20)).solve();
    println!("{s:?}");
    let s=Problem::new(q("(N-1e6)^-0.3+D^-0.3"), ["N","D"].map(Free::positive)).within(Limit::at_most(q("6*N*D"), 1e20)).solve();
    println!("{s:?}");
    let s=Problem::new(q("(N-1e6)^2+D"), ["N","D"].map(Free::positive)).within(Limit::at_least(q("6*N*D"), 1e20)).solve();
    println!("{s:?}");
}
