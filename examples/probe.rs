use isoflop::allocate::{Free, Limit, Problem, Quantity};
use isoflop::formula::Formula;
use isoflop::outcome::Termination;
struct R(u64);
impl R { fn u(&mut self)->f64{ self.0=self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); ((self.0>>11) as f64)/((1u64<<53) as f64)} fn log(&mut self,a:f64,b:f64)->f64{ (a.ln()+(b.ln()-a.ln())*self.u()).exp() } }
fn main(){
  let mut r=R(1);
  let law=Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
  let cost=Quantity::new(Formula::parse("6*N*D").unwrap(),[]);
  let dump=std::env::args().nth(1).is_some();
  for mode in 0..8 {
  let (mut worst,mut bad,mut n,mut ev,mut maxev)=(0f64,0,0,0u64,0);
  let t=std::time::Instant::now();
  for i in 0..20000 {
    let (alpha,beta)=(r.log(0.02,2.),r.log(0.02,2.));
    let (a,b)=(r.log(1e-3,1e12),r.log(1e-3,1e12));
    let e=if i%3==0 {0.} else {r.log(1e-3,1e3)};
    let c=r.log(1e12,1e32);
    let lg=((alpha*a/(beta*b)).ln())/(alpha+beta); let lc=(c/6.).ln();
    let ln=lg+beta/(alpha+beta)*lc; let ld=lc-ln;
    if ln.abs()>250. || ld.abs()>250. {continue}
    n+=1;
    let fit=[("E",e),("A",a),("B",b),("alpha",alpha),("beta",beta)];
    let lq=Quantity::new(law.clone(),fit);
    let nq=Quantity::new(Formula::parse("N").unwrap(),[]); let dq=Quantity::new(Formula::parse("D").unwrap(),[]);
    let free=[Free::positive("N"),Free::positive("D")];
    let k=(r.u()-0.5)*20.;
    let (p,want)=match mode {
      0=>(Problem::new(lq,free).within(Limit::at_most(cost.clone(),c)),ln),
      1=>(Problem::new(lq,free).within(Limit::at_most(cost.clone(),c)).within(Limit::at_most(nq,(ln+k).exp())),ln.min((ln+k).exp().ln())),
      2=>(Problem::new(lq,free).within(Limit::at_most(cost.clone(),c)).within(Limit::at_most(dq,(ld+k).exp())),if k>=0. {ln} else {lc-(ld+k).exp().ln()}),
      3=>(Problem::new(lq,free).within(Limit::equal(cost.clone(),c)).within(Limit::equal(nq,(ln+k).exp())),(ln+k).exp().ln()),
      4=>(Problem::new(lq,free).within(Limit::at_most(cost.clone(),c)).within(Limit::at_least(nq,(ln+k).exp())),ln.max((ln+k).exp().ln())),
      5=>(Problem::new(lq,free).within(Limit::at_most(cost.clone(),c)).within(Limit::at_most(nq,ln.exp())).within(Limit::at_most(dq,ld.exp())),ln),
      6=>{ let l=e+a*(-alpha*ln).exp()+b*(-beta*ld).exp(); (Problem::new(cost.clone(),free).within(Limit::at_most(lq,l)),ln)},
      _=>(Problem::new(lq,free).within(Limit::at_most(cost.clone(),c)).within(Limit::at_most(nq,(ln-0.5).exp())).within(Limit::at_most(dq,(ld-0.7).exp())),(ln-0.5).exp().ln()),
    };
    let s=p.solve().unwrap();
    let err=(s.at["N"].ln()-want).abs();
    ev+=u64::from(s.certificate.evaluations); maxev=maxev.max(s.certificate.evaluations);
    let tol = if mode==6 {1e-5} else {1e-11};
    if s.termination!=Termination::Optimum || err>tol { bad+=1; if dump && bad<6 {println!("  mode {mode} {fit:?} C={c:e} lnN*={ln} k={k} err={err:e} {:?} {:?} {:?}",s.termination,s.certificate,s.at)} } else {worst=worst.max(err);}
  }
  println!("mode {mode}: n {n} bad {bad} worst {worst:e} evals {:.2} max {maxev} us {:.1}",ev as f64/n as f64,t.elapsed().as_micros() as f64/n as f64);
  }
}
