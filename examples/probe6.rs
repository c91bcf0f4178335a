use isoflop::allocate::*;
use isoflop::formula::Formula;
use std::time::Instant;
struct R(u64);
impl R {
    fn u(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 11) as f64) / ((1u64 << 53) as f64)
    }
    fn log(&mut self, a: f64, b: f64) -> f64 {
        (a.ln() + (b.ln() - a.ln()) * self.u()).exp()
    }
}
fn main() {
    let law = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
    let cost = Formula::parse("6*N*D").unwrap();
    let serve = Formula::parse("6*N*D+2*N*Dinf").unwrap();
    let mut r = R(3);
    let n = 10000;
    let mut cols: Vec<Vec<f64>> = vec![vec![]; 5];
    let mut budget = vec![];
    let mut dinf = vec![];
    for _ in 0..n {
        for (c, v) in cols.iter_mut().zip([1.8, 478., 2143., 0.347, 0.367]) {
            c.push(v * r.log(0.9, 1.1));
        }
        budget.push(r.log(1e18, 1e27));
        dinf.push(r.log(1e9, 1e15));
    }
    let names = ["E", "A", "B", "alpha", "beta"];
    let l = Columns {
        formula: &law,
        values: names.iter().zip(&cols).map(|(n, c)| (*n, Values::Each(c))).collect(),
    };
    let _ = &cost;
    for (name, c) in [
        ("6ND", Columns { formula: &cost, values: vec![] }),
        ("serving", Columns { formula: &serve, values: vec![("Dinf", Values::Each(&dinf))] }),
    ] {
        let mut b = f64::INFINITY;
        for _ in 0..300 {
            let t = Instant::now();
            std::hint::black_box(batch(&l, &c, ["N", "D"], Values::Each(&budget)).unwrap());
            b = b.min(t.elapsed().as_nanos() as f64 / n as f64);
        }
        println!("{name}: {b:.1} ns/cell");
    }
}
