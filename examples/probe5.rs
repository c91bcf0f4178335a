use isoflop::formula::*;
use std::time::Instant;
fn main() {
    let law = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
    let n = 256;
    let col: Vec<Vec<f64>> = [1.8, 478., 2143., 0.347, 0.367].iter().map(|v| vec![*v; n]).collect();
    let u: Vec<f64> = (0..n).map(|i| 20. + i as f64 * 0.01).collect();
    for order in [Order::Value, Order::Gradient, Order::Hessian] {
        let p = Program::compile(
            &law,
            &[
                ("N", Leaf::LogColumn),
                ("D", Leaf::LogColumn),
                ("E", Leaf::Data),
                ("A", Leaf::Data),
                ("B", Leaf::Data),
                ("alpha", Leaf::Data),
                ("beta", Leaf::Data),
            ],
            &["N", "D"],
            Order::Hessian,
        )
        .unwrap();
        let refs: Vec<&[f64]> = col.iter().map(|c| &c[..]).collect();
        let mut b = p.bind(&refs);
        let mut best = f64::INFINITY;
        let mut acc = 0.;
        for _ in 0..2000 {
            let t = Instant::now();
            b.each(order, &[], &[&u, &u], |c| acc += c.value()[3]);
            best = best.min(t.elapsed().as_nanos() as f64 / n as f64);
        }
        println!("law {order:?} {best:.2} ns/cell {acc}");
        let mut best = f64::INFINITY;
        for _ in 0..2000 {
            let t = Instant::now();
            std::hint::black_box(p.bind(&refs));
            best = best.min(t.elapsed().as_nanos() as f64 / n as f64);
        }
        println!(" bind {best:.2}");
        for text in ["6*N*D", "6*N*D+2*N*q"] {
            let cost = Formula::parse(text).unwrap();
            let p = Program::compile(
                &cost,
                &[("N", Leaf::LogColumn), ("D", Leaf::LogColumn), ("q", Leaf::Data)],
                &["N", "D"],
                Order::Hessian,
            )
            .unwrap();
            let q = vec![1e12; n];
            let mut b = p.bind(&[&q]);
            let mut best = f64::INFINITY;
            let mut acc = 0.;
            for _ in 0..2000 {
                let t = Instant::now();
                b.each(order, &[], &[&u, &u], |c| acc += c.value()[3]);
                best = best.min(t.elapsed().as_nanos() as f64 / n as f64);
            }
            println!("{text} {order:?} {best:.2} ns/cell {acc}");
        }
    }
}
