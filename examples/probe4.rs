use isoflop::allocate::*;
use isoflop::formula::Formula;
use std::time::Instant;
struct R(u64);
impl R { fn u(&mut self)->f64{ self.0=self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); ((self.0>>11) as f64)/((1u64<<53) as f64)} fn log(&mut self,a:f64,b:f64)->f64{ (a.ln()+(b.ln()-a.ln())*self.u()).exp() } }
fn main(){
  let law=Formula::parse("E + A / N^alpha + B / D^beta").unwrap(); let cost=Formula::parse("6*N*D").unwrap(); let serve=Formula::parse("6*N*D+2*N*Dinf").unwrap();
  let mut r=R(3); let n=10000;
  let mut cols:Vec<Vec<f64>>=vec![vec![];5]; let mut budget=vec![]; let mut dinf=vec![];
  for _ in 0..n { for (c,v) in cols.iter_mut().zip([1.8,478.,2143.,0.347,0.367]) { c.push(v*r.log(0.9,1.1)); } budget.push(r.log(1e18,1e27)); dinf.push(r.log(1e9,1e15)); }
  let names=["E","A","B","alpha","beta"];
  let l=Columns{formula:&law,values:names.iter().zip(&cols).map(|(n,c)|(*n,Values::Each(c))).collect()};
  for (name,c) in [("6ND",Columns{formula:&cost,values:vec![]}),("serving",Columns{formula:&serve,values:vec![("Dinf",Values::Each(&dinf))]})] {
    let mut b=f64::INFINITY; let mut o=None;
    for _ in 0..50 { let t=Instant::now(); o=Some(batch(&l,&c,["N","D"],Values::Each(&budget)).unwrap()); b=b.min(t.elapsed().as_nanos() as f64/n as f64); }
    let o=o.unwrap(); println!("{name}: {b:.1} ns/cell worst {:e} not {}",o.worst_residual(),o.not_optimal());
    let mut err=0f64; for i in (0..n).step_by(17) { let q=Quantity::new(law.clone(),names.iter().zip(&cols).map(|(n,c)|(*n,c[i])));
      let cq=Quantity::new(c.formula.clone(),c.values.iter().map(|(n,_)|(*n,dinf[i])));
      let s=Problem::new(q,["N","D"].map(Free::positive)).within(Limit::at_most(cq,budget[i])).solve().unwrap();
      err=err.max((s.at["N"]/o.at[0][i]-1.).abs()).max((s.at["D"]/o.at[1][i]-1.).abs()).max((s.value/o.value[i]-1.).abs()); }
    println!("  one-shot vs batch {err:e}");
  }
  // hostile
  for (name,f) in [("6ND",&cost),("serving",&serve)] {
  let n=200000; let mut cols:Vec<Vec<f64>>=vec![vec![];5]; let mut budget=vec![]; let mut dinf=vec![]; let mut want=vec![];
  while budget.len()<n { let p=[if budget.len()%3==0 {0.} else {r.log(1e-3,1e3)}, r.log(1e-3,1e12), r.log(1e-3,1e12), r.log(0.02,2.), r.log(0.02,2.)]; let c=r.log(1e12,1e32); let di=r.log(1e-3,1e18);
    let lg=((p[3]*p[1]/(p[4]*p[2])).ln())/(p[3]+p[4]); let lc=(c/6.).ln(); let ln=lg+p[4]/(p[3]+p[4])*lc; if ln.abs()>250. || (lc-ln).abs()>250. {continue}
    for (c,v) in cols.iter_mut().zip(p) {c.push(v)} budget.push(c); dinf.push(di); want.push(ln); }
  let l=Columns{formula:&law,values:names.iter().zip(&cols).map(|(n,c)|(*n,Values::Each(c))).collect()};
  let c=Columns{formula:f,values:if name=="6ND" {vec![]} else {vec![("Dinf",Values::Each(&dinf))]}};
  let t=Instant::now(); let o=batch(&l,&c,["N","D"],Values::Each(&budget)).unwrap(); let ns=t.elapsed().as_nanos() as f64/n as f64;
  let mut e=0f64; if name=="6ND" { for i in 0..n { e=e.max((o.at[0][i].ln()-want[i]).abs()); } }
  println!("hostile {name}: {ns:.1} ns not {} worst {:e} err {e:e}",o.not_optimal(),o.worst_residual());
  let mut shown=0; for i in 0..n { if !o.optimal[i] && shown<5 {shown+=1; println!("  {:?} C {:e} dinf {:e} N {:e} D {:e} res {:e}",cols.iter().map(|c|c[i]).collect::<Vec<_>>(),budget[i],dinf[i],o.at[0][i],o.at[1][i],o.residual[i]);
   let q=Quantity::new(law.clone(),names.iter().zip(&cols).map(|(n,c)|(*n,c[i]))); let cq=Quantity::new(f.clone(),c.values.iter().map(|(n,_)|(*n,dinf[i]))); println!("   {:?}",Problem::new(q,["N","D"].map(Free::positive)).within(Limit::at_most(cq,budget[i])).solve()); } }
  }
}
