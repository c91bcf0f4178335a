//! What is timed, natively (`benches/native.rs`) and in wasm (`examples/kernels.rs`): one call of a kernel is
//! one piece of work, and its answer depends on all of it.

mod sweeps;

use std::hint::black_box;
use std::ops::Range;

use isoflop::allocate::{self, Columns, Free, Limit, Quantity, Values};
use isoflop::fit::envelope::{Curves, Options, envelope};
use isoflop::fit::{
    Decided, Decision, EXPONENTS, Fit, Loss, Parameter, Problem, Resampling, bootstrap, fit, preview,
    profile, profile_decision,
};
use isoflop::formula::{Bound, Formula, Leaf, Order, Program};
use isoflop::num::lanes::{F64x2, dot, dot3, sum_of, sums_of};
use isoflop::num::{columns, exp, ln};

/// Something to time.
pub struct Kernel {
    /// Its name in the table.
    pub name: &'static str,
    /// Elements, rows or cells that one call works on.
    pub size: usize,
    /// One call.
    pub run: Box<dyn FnMut() -> f64>,
}

const LAW: &str = "E + A / N^alpha + B / D^beta";
/// ln of E, A and B of `refit-240` where the fit has them so, and its exponents.
const THETA: [f64; 5] =
    [1.8172180990100768, 6.169246373723174, 0.3473104988817546, 7.670156733095417, 0.3671724326277622];
const DELTA: f64 = 1e-3;
/// Elements of a column: a chunk of the evaluator.
const COLUMN: usize = 256;
/// Training curves, and points of each.
const CURVES: usize = 200;
const CURVE: usize = 100;
/// Cells of a batch.
const CELLS: usize = 4096;

/// Every kernel, on some runs.
pub fn all(runs: &'static Runs) -> Vec<Kernel> {
    let mut kernels = columns_of_numbers();
    kernels.extend(objectives(runs));
    kernels.extend(fits(runs));
    kernels.push(six_nonlinear());
    kernels.push(curves());
    kernels.extend(allocations());
    kernels.extend(sweeps::sweeps());
    kernels
}

/// Runs by their columns.
pub struct Runs {
    n: Vec<f64>,
    d: Vec<f64>,
    loss: Vec<f64>,
}

impl Runs {
    /// Kept for as long as the program runs.
    pub fn keep(n: &[f64], d: &[f64], loss: &[f64]) -> &'static Self {
        leak(Self { n: n.to_vec(), d: d.to_vec(), loss: loss.to_vec() })
    }
}

/// For as long as the program runs: kernels borrow their data.
fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn kernel(name: &'static str, size: usize, run: impl FnMut() -> f64 + 'static) -> Kernel {
    Kernel { name, size, run: Box::new(run) }
}

/// Exponentials and logarithms of a column: ours, and those of the standard library.
#[expect(clippy::disallowed_methods, reason = "what ours are measured against")]
fn columns_of_numbers() -> Vec<Kernel> {
    let exponents: Vec<f64> = (0..COLUMN).map(|i| -30.0 + 60.0 * i as f64 / COLUMN as f64).collect();
    let numbers: Vec<f64> = exponents.iter().map(|x| exp(*x)).collect();
    let over = |name, xs: &[f64], f: fn(&[f64], &mut [f64])| {
        let (xs, mut out) = (xs.to_vec(), vec![0.0; COLUMN]);
        kernel(name, COLUMN, move || {
            f(black_box(&xs), &mut out);
            out[COLUMN - 1]
        })
    };
    vec![
        over("exp column", &exponents, columns::exp),
        over("exp column, std", &exponents, |xs, out| {
            out.iter_mut().zip(xs).for_each(|(out, x)| *out = x.exp());
        }),
        over("ln column", &numbers, columns::ln),
        over("ln column, std", &numbers, |xs, out| out.iter_mut().zip(xs).for_each(|(out, x)| *out = x.ln())),
    ]
}

/// The objective of a fit by the law's Program, with derivatives of each order.
fn objectives(runs: &'static Runs) -> Vec<Kernel> {
    let law = Formula::parse(LAW).expect("a law");
    let leaves = [
        ("N", Leaf::Data),
        ("D", Leaf::Data),
        ("E", Leaf::Scalar),
        ("A", Leaf::LogScalar),
        ("alpha", Leaf::Scalar),
        ("B", Leaf::LogScalar),
        ("beta", Leaf::Scalar),
    ];
    let wrt = ["E", "A", "alpha", "B", "beta"];
    let program = leak(Program::compile(&law, &leaves, &wrt, Order::Hessian).expect("a program"));
    [
        ("value", Order::Value),
        ("value, gradient", Order::Gradient),
        ("value, gradient, second order", Order::Hessian),
    ]
    .map(|(name, order)| {
        let mut objective = Objective::new(program, runs, order);
        kernel(name, runs.loss.len(), move || objective.sum())
    })
    .into()
}

/// The sum of Huber terms of the log residuals, as a fit needs it.
struct Objective {
    program: &'static Program,
    bound: Bound<'static>,
    order: Order,
    logs: Vec<f64>,
    residuals: Vec<f64>,
    /// c / f, with c the residual within the threshold.
    slopes: Vec<f64>,
    jacobian: Vec<Vec<f64>>,
    matrix: Vec<f64>,
}

impl Objective {
    fn new(program: &'static Program, runs: &'static Runs, order: Order) -> Self {
        let rows = runs.loss.len();
        Self {
            program,
            bound: program.bind(&[&runs.n, &runs.d]),
            order,
            logs: runs.loss.iter().map(|loss| ln(*loss)).collect(),
            residuals: vec![0.0; rows],
            slopes: vec![0.0; rows],
            jacobian: vec![vec![0.0; rows]; THETA.len()],
            matrix: vec![0.0; THETA.len() * THETA.len()],
        }
    }

    fn sum(&mut self) -> f64 {
        let mut sum = 0.0;
        let (order, k) = (self.order, THETA.len());
        let Self { program, bound, logs, residuals, slopes, jacobian, matrix, .. } = self;
        matrix.fill(0.0);
        bound.each(order, black_box(&THETA), &[], |chunk| {
            let rows = chunk.rows();
            let (residuals, slopes) = (&mut residuals[rows.clone()], &mut slopes[rows.clone()]);
            columns::ln(chunk.value(), residuals);
            residuals.iter_mut().zip(&logs[rows.clone()]).for_each(|(r, log)| *r -= log);
            let (delta, half) = (F64x2::splat(DELTA), F64x2::splat(0.5));
            sum += sum_of([&*residuals], |[r]| {
                let least = r.abs().min(delta);
                least * (r.abs() - half * least)
            });
            if order == Order::Value {
                return;
            }
            for ((slope, r), value) in slopes.iter_mut().zip(&*residuals).zip(chunk.value()) {
                let low = if *r < -DELTA { -DELTA } else { *r };
                *slope = if low > DELTA { DELTA } else { low } / value;
            }
            for i in 0..k {
                let [gradient, scale] = sums_of([&*slopes, chunk.first(i)], |[slope, first]| {
                    let product = slope * first;
                    [product, product.abs()]
                });
                sum += gradient + scale;
            }
            if order == Order::Gradient {
                return;
            }
            for (i, column) in jacobian.iter_mut().enumerate() {
                let column = column[rows.clone()].iter_mut().zip(chunk.first(i)).zip(chunk.value());
                column.for_each(|((to, first), value)| *to = first / value);
            }
            for i in 0..k {
                for j in 0..=i {
                    matrix[i * k + j] -= dot3(slopes, &jacobian[i][rows.clone()], chunk.first(j));
                }
            }
            for (index, &(i, j)) in program.pairs().iter().enumerate() {
                matrix[j * k + i] += dot(slopes, chunk.second(index));
            }
        });
        sum + matrix.iter().sum::<f64>()
    }
}

/// A fit from the scan's best starts, and one with its certificate: from text to parameters, as `ask` does it. Then what
/// is made of it: draws, and profiles.
fn fits(runs: &'static Runs) -> [Kernel; 5] {
    let fitted = Fitted::new(runs);
    let Fitted { problem, found } = fitted;
    let rows = runs.loss.len();
    let decision = fitted.decision(5.76e23);
    [
        kernel("fit, 100 draws", rows, move || fitted.draws(0..100)[99]),
        kernel("fit, profile of 41 points", rows, || {
            let profiled = profile(black_box(problem), found, 2, None, 0.9).expect("a profile");
            profiled.objectives[40].expect("a fit")
        }),
        kernel("fit, profile of a decision", rows, move || {
            let (_, profiled) =
                profile_decision(black_box(problem), found, &decision, None, 0.9).expect("a profile");
            profiled.objectives[40].expect("a fit")
        }),
        kernel("fit, one start", rows, || preview(black_box(problem)).expect("a fit").objective),
        kernel("fit, certified", rows, || fit(black_box(problem), &mut |_| {}).expect("a fit").objective),
    ]
}

/// The law fitted to some runs.
#[derive(Clone, Copy)]
pub struct Fitted {
    problem: &'static Problem<'static>,
    found: &'static Fit,
}

impl Fitted {
    /// To these runs.
    pub fn new(runs: &'static Runs) -> Self {
        let law: &'static Formula = leak(Formula::parse(LAW).expect("a law"));
        let parameter = |name: &str, range: Option<(f64, f64)>| Parameter {
            name: name.to_owned(),
            positive: range.is_none(),
            range,
            ..Parameter::default()
        };
        let problem = leak(Problem {
            formula: law,
            parameters: vec![
                parameter("E", None),
                parameter("A", None),
                parameter("alpha", Some(EXPONENTS)),
                parameter("B", None),
                parameter("beta", Some(EXPONENTS)),
            ],
            inputs: vec![("N", &runs.n), ("D", &runs.d)],
            response: &runs.loss,
            weights: None,
            deviations: None,
            loss: Loss::huber(DELTA),
        });
        Self { problem, found: leak(fit(problem, &mut |_| {}).expect("a fit")) }
    }

    /// F of some draws.
    pub fn draws(self, range: Range<u64>) -> Vec<f64> {
        let draws =
            bootstrap(black_box(self.problem), self.found, Resampling::Rows, 42, &[], range, &mut |_| {});
        draws.expect("draws").objectives.into_iter().map(|value| value.expect("a proof")).collect()
    }

    /// The best size for a budget.
    fn decision(self, flops: f64) -> Decision<'static> {
        let values: Vec<f64> = self.found.values.iter().map(|value| value.expect("a value")).collect();
        let [_, a, alpha, b, beta] = values[..] else { unreachable!("five parameters") };
        let product = ln(flops / 6.0);
        let size = (ln(alpha * a / (beta * b)) + beta * product) / (alpha + beta);
        Decision { names: ["N", "D"], plan: [exp(size), exp(product - size)], of: Decided::Size }
    }
}

/// A certified fit of a law with six parameters that do not enter linearly, beside five that do.
fn six_nonlinear() -> Kernel {
    const SIX: &str = "E + A / N^alpha + B / D^beta + F / (N^gamma * D^delta) + G / (1 + (X / X_0)^rho)";
    let law: &'static Formula = leak(Formula::parse(SIX).expect("a law"));
    let mut columns = [const { Vec::new() }; 4];
    for row in 0..300 {
        let part = |step: usize, of: usize| (row * step % of) as f64 / of as f64;
        let (n, d, x) =
            (exp(16.0 + 8.0 * part(7, 17)), exp(20.0 + 8.0 * part(11, 23)), exp(6.0 * part(13, 29)));
        let terms = [
            1.7,
            400.0 * exp(-0.34 * ln(n)),
            1200.0 * exp(-0.3 * ln(d)),
            9e3 * exp(-0.2 * ln(n) - 0.2 * ln(d)),
            0.4 / (1.0 + exp(1.1 * (ln(x) - 3.0))),
        ];
        let noise = exp(0.004 * (part(31, 101) - 0.5));
        let loss = terms.iter().sum::<f64>() * noise;
        columns.iter_mut().zip([n, d, x, loss]).for_each(|(column, value)| column.push(value));
    }
    let columns: &'static [Vec<f64>; 4] = leak(columns);
    let [n, d, x, loss] = columns;
    let coefficient =
        |name: &str| Parameter { name: name.to_owned(), positive: true, ..Parameter::default() };
    let exponent =
        |name: &str| Parameter { name: name.to_owned(), range: Some(EXPONENTS), ..Parameter::default() };
    let scale =
        Parameter { name: "X_0".to_owned(), positive: true, range: Some((1.0, 1e3)), ..Parameter::default() };
    let coefficients = ["E", "A", "B", "F", "G"].map(coefficient);
    let exponents = ["alpha", "beta", "gamma", "delta", "rho"].map(exponent);
    let problem = leak(Problem {
        formula: law,
        parameters: coefficients.into_iter().chain(exponents).chain([scale]).collect(),
        inputs: vec![("N", n), ("D", d), ("X", x)],
        response: loss,
        weights: None,
        deviations: None,
        loss: Loss::huber(DELTA),
    });
    kernel("fit, six nonlinear", loss.len(), || {
        fit(black_box(problem), &mut |_| {}).expect("a fit").objective
    })
}

/// The envelope of 200 training curves of a hundred points each.
fn curves() -> Kernel {
    let (mut run, mut columns) = (Vec::new(), [const { Vec::new() }; 4]);
    for (index, step) in (0..CURVES).flat_map(|index| (1..=CURVE).map(move |step| (index, step))) {
        let size = exp(16.0 + 7.0 * index as f64 / CURVES as f64);
        let tokens = 0.4 * step as f64 * size;
        let [e, a, alpha, b, beta] = THETA;
        let loss = e + exp(a - alpha * ln(size)) + exp(b - beta * ln(tokens));
        run.push(index);
        for (column, x) in columns.iter_mut().zip([size, tokens, 6.0 * size * tokens, loss]) {
            column.push(x);
        }
    }
    kernel("envelope", CURVES * CURVE, move || {
        let [n, d, c, loss] = &columns;
        let curves = black_box(Curves { run: &run, n, d, c, loss });
        let found = envelope(&curves, &Options::default()).expect("an envelope");
        found.power_laws.expect("power laws").n.exponent
    })
}

/// One certified allocation, compiled and solved; and many at once.
fn allocations() -> [Kernel; 2] {
    let (law, cost) = (Formula::parse(LAW).expect("a law"), Formula::parse("6 * N * D").expect("a cost"));
    let [e, a, alpha, b, beta] = THETA;
    let values = [("E", e), ("A", exp(a)), ("alpha", alpha), ("B", exp(b)), ("beta", beta)];
    let problem = allocate::Problem::new(
        Quantity::new(law.clone(), values),
        [Free::positive("N"), Free::positive("D")],
    )
    .within(Limit::at_most(Quantity::new(cost.clone(), []), 5.76e23));
    let budgets: Vec<f64> = (0..CELLS).map(|i| exp(41.0 + 20.0 * i as f64 / CELLS as f64)).collect();
    [
        kernel("allocate, one", 1, move || black_box(&problem).solve().expect("an optimum").value),
        kernel("allocate, batch", CELLS, move || {
            let law = Columns {
                formula: &law,
                values: values.map(|(name, value)| (name, Values::One(value))).into(),
            };
            let cost = Columns { formula: &cost, values: vec![] };
            let optima = allocate::batch(&law, &cost, ["N", "D"], Values::Each(black_box(&budgets)));
            optima.expect("optima").value[CELLS - 1]
        }),
    ]
}
