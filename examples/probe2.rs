use isoflop::allocate::*;
use isoflop::formula::Formula;
use std::collections::BTreeMap;
struct R(u64);
impl R { fn u(&mut self)->f64{ self.0=self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); ((self.0>>11) as f64)/((1u64<<53) as f64)} fn log(&mut self,a:f64,b:f64)->f64{ (a.ln()+(b.ln()-a.ln())*self.u()).exp() } }
const V:[&str;6]=["a","b","c","d","e","f"];
fn qq(t:&str)->Quantity{Quantity::new(Formula::parse(t).unwrap(),[])}
fn mono(r:&mut R,n:usize,neg:bool)->String{ let mut s=format!("{:e}",r.log(1e-2,1e3)); for v in &V[..n] { if r.u()<0.6 { let e=r.log(0.05,2.); s+=&if neg {format!("/{v}^{e}")} else {format!("*{v}^{e}")}; } } s }
fn main(){
  let mut r=R(7); let dump=std::env::args().nth(1).is_some();
  for n in 2..=6 { for kind in 0..3 {
    let mut hist:BTreeMap<String,usize>=BTreeMap::new(); let (mut ev,mut mx,mut shown,mut notbest)=(0u64,0,0,0);
    let t=std::time::Instant::now(); let total=3000;
    for _ in 0..total {
      // every variable reduces the loss
      let mut loss=format!("{:e}",r.log(1e-3,10.)); for v in &V[..n] { loss+=&format!("+{:e}/{v}^{}",r.log(1e-2,1e4),r.log(0.05,1.5)); } 
      if kind>0 { loss+=&format!("+{}",mono(&mut r,n,true)); }
      let mut costs=V[..n].join("*"); costs=format!("6*{costs}"); for _ in 0..2 { if kind>0 { costs+=&format!("+{}",mono(&mut r,n,false)); } }
      let c=r.log(1e3,1e24);
      let mut p=Problem::new(qq(&loss),V[..n].iter().map(|v|Free::positive(v))).within(Limit::at_most(qq(&costs),c));
      let mut desc=format!("{loss} | {costs} <= {c:e}");
      let mut lims=vec![];
      if kind==2 { for _ in 0..(r.u()*5.) as usize { let i=(r.u()*n as f64) as usize; let j=(r.u()*n as f64) as usize; let b=r.log(1e-3,1e6);
         let t=if i==j {V[i].to_string()} else {format!("{}/{}",V[i],V[j])}; let s=if i==j {2.*r.u()} else {3.*r.u()};
         let l= if s<1. {Limit::at_most(qq(&t),b)} else if s<2. {Limit::at_least(qq(&t),b)} else {Limit::equal(qq(&t),b)};
         desc+=&format!(" | {t} {:?} {b:e}",l.sense); lims.push((t.clone(),l.sense,b)); p=p.within(l); } }
      let s=match p.solve(){Ok(s)=>s,Err(e)=>{*hist.entry(format!("err {e}").chars().take(30).collect()).or_default()+=1;continue}};
      *hist.entry(format!("{:?}",s.termination)).or_default()+=1;
      ev+=u64::from(s.certificate.evaluations); mx=mx.max(s.certificate.evaluations);
      if dump && format!("{:?}",s.termination)=="MaxIterations" && shown<2 {shown+=1; println!("{desc}\n {s:?}");}
      if format!("{:?}",s.termination)=="Optimum" {
        // perturb: feasible better point?
        let ev=|f:&str,x:&BTreeMap<String,f64>|{ let f=Formula::parse(f).unwrap(); let names=f.names(); let leaves:Vec<_>=names.iter().map(|n|(*n,isoflop::formula::Leaf::Scalar)).collect(); let vals:Vec<f64>=names.iter().map(|n|x[*n]).collect(); let pr=isoflop::formula::Program::compile(&f,&leaves,&[],isoflop::formula::Order::Value).unwrap(); let mut o=[0.]; pr.bind(&[]).values(&vals,&[],&mut o); o[0]};
        for _ in 0..5 { let sc=r.log(1e-4,3.); let x:BTreeMap<String,f64>=s.at.iter().map(|(k,v)|(k.clone(),v*((r.u()-0.5)*sc).exp())).collect();
          let ok=ev(&costs,&x)<=c && lims.iter().all(|(t,se,b)|{let g=ev(t,&x); match se {Sense::AtMost=>g<=*b,Sense::AtLeast=>g>=*b,Sense::Equal=>(g/b-1.).abs()<1e-12}});
          if ok && ev(&loss,&x)<s.value*(1.-1e-12) {notbest+=1; println!("NOT BEST {desc} {s:?}");} }
      }
    }
    println!("n {n} kind {kind}: {hist:?} notbest {notbest} evals {:.1} max {mx} us {:.0}",ev as f64/total as f64,t.elapsed().as_micros() as f64/total as f64);
  }}
}
