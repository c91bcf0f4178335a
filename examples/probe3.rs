use isoflop::allocate::*;
use isoflop::formula::Formula;
use std::time::Instant;
fn best(mut f: impl FnMut()) -> f64 { let mut b=f64::INFINITY; for _ in 0..200 { let t=Instant::now(); for _ in 0..50 { f(); } b=b.min(t.elapsed().as_nanos() as f64/50.0); } b/1000. }
fn main(){
  let fit=[("E",1.81721809901008),("A",477.825868233905),("B",2143.41736336046),("alpha",0.3473104988817546),("beta",0.3671724326277622)];
  let text="E + A / N^alpha + B / D^beta";
  let lq=Quantity::new(Formula::parse(text).unwrap(),fit);
  let cost=Quantity::new(Formula::parse("6*N*D").unwrap(),[]);
  println!("parse {:.2} us", best(||{ std::hint::black_box(Formula::parse(text).unwrap()); }));
  let p=Problem::new(lq.clone(),[Free::positive("N"),Free::positive("D")]).within(Limit::at_most(cost.clone(),5.76e23));
  println!("prepare {:.2} us", best(||{ std::hint::black_box(p.prepare().unwrap()); }));
  let q=p.prepare().unwrap();
  println!("solve {:.2} us {:?}", best(||{ std::hint::black_box(q.solve().unwrap()); }), q.solve().unwrap().certificate);
  let p2=p.clone().within(Limit::at_most(Quantity::new(Formula::parse("N").unwrap(),[]),7e9));
  let q2=p2.prepare().unwrap();
  println!("with N cap: prepare {:.2} solve {:.2} us", best(||{ std::hint::black_box(p2.prepare().unwrap()); }),best(||{ std::hint::black_box(q2.solve().unwrap()); }));
  let p3=Problem::new(cost,[Free::positive("N"),Free::positive("D")]).within(Limit::at_most(lq,2.2)); let q3=p3.prepare().unwrap();
  println!("least cost: solve {:.2} us {:?}", best(||{ std::hint::black_box(q3.solve().unwrap()); }),q3.solve().unwrap().certificate);
  let p4=Problem::new(Quantity::new(Formula::parse("1.7+400/a^0.3+30/b^0.2+500/c^0.25+2000/d^0.35").unwrap(),[]),["a","b","c","d"].map(Free::positive)).within(Limit::at_most(Quantity::new(Formula::parse("6*a*b*c*d+1e6*a*b").unwrap(),[]),1e24)).within(Limit::at_most(Quantity::new(Formula::parse("c/b").unwrap(),[]),3.)).within(Limit::at_most(Quantity::new(Formula::parse("d").unwrap(),[]),1e7));
  let q4=p4.prepare().unwrap();
  println!("4 variables 3 limits: prepare {:.2} solve {:.2} us {:?}", best(||{ std::hint::black_box(p4.prepare().unwrap()); }),best(||{ std::hint::black_box(q4.solve().unwrap()); }),q4.solve().unwrap().certificate);
}
