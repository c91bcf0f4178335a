//! Random problems over laws of the catalogue: every answer meets the first-order conditions, and no point of a fine grid is
//! better.

use isoflop::allocate::{Free, Limit, Problem, Quantity, Sense};
use isoflop::formula::{Formula, Leaf, Order, Program};
use isoflop::laws;
use isoflop::num::rng::Stream;
use isoflop::num::{exp, ln};
use isoflop::outcome::Termination;

const CASES: u64 = 4096;
/// Nodes of the grid along each of two axes, and along each further one.
const FINE: usize = 64;
const COARSE: usize = 9;

/// A law with what it costs, the variables besides size and tokens, and their boxes.
struct Subject {
    law: &'static str,
    cost: &'static str,
    others: &'static [(&'static str, f64, f64)],
    values: &'static [(&'static str, f64)],
}

const SUBJECTS: [Subject; 10] = [
    plain("chinchilla", "6*N*D"),
    plain("sardana", "6*N*D + 2*N*2e12"),
    plain("gadre", "6*N*D"),
    plain("krajewski-dense", "6*N*D"),
    plain("ludziejewski-reduced", "6*N*D"),
    Subject { values: &[("D_unique", 2e10)], ..plain("muennighoff", "6*N*D") },
    Subject { others: &[("S", 0.0, 0.98)], ..plain("abnar", "6*(1 - S)*N*D") },
    Subject { others: &[("S", 0.0, 0.98)], ..plain("hossain", "6*(1 - S)*N*D") },
    Subject { others: &[("P", 3.5, 16.0)], ..plain("kumar-uniform", "6/16*N*D*P") },
    Subject { others: &[("G", 1.0, 64.0)], ..plain("krajewski", "6*N/43*D + 14*G*D*N^0.5") },
];

const fn plain(law: &'static str, cost: &'static str) -> Subject {
    Subject { law, cost, others: &[], values: &[] }
}

/// A random problem, with the point inside its limits that it was made around.
fn problem(case: u64) -> Problem {
    let mut random = Stream::new(case, 0);
    let mut unit = || random.unit();
    let subject = &SUBJECTS[(unit() * 10.0) as usize % 10];
    let law = laws::find(subject.law).unwrap();
    let formula = law.output_formulas().unwrap().remove(0);
    let fitted =
        law.parameters.iter().zip(law.fits[0].values).map(|(parameter, value)| (parameter.symbol, *value));
    let loss = Quantity::new(formula, fitted.chain(subject.values.iter().copied()));
    let names = ["N", "D"].into_iter().chain(subject.others.iter().map(|(name, ..)| *name));
    let others = subject.others.iter().map(|&(name, low, high)| Free::within(name, low, high));
    let free = [Free::within("N", 1e6, 1e14), Free::within("D", 1e7, 1e16)].into_iter().chain(others);
    let point: Vec<(&str, f64)> = names
        .zip([
            exp(ln(1e7) + unit() * ln(1e5)),
            exp(ln(1e9) + unit() * ln(1e5)),
            subject.others.first().map_or(0.0, |(_, low, high)| low + (0.2 + 0.6 * unit()) * (high - low)),
        ])
        .collect();
    let of = |text: &str| Quantity::new(Formula::parse(text).unwrap(), []);
    let at = |quantity: &Quantity| value(quantity, &point);
    let cost = of(subject.cost);
    let spent = at(&cost);
    let mut problem = Problem::new(loss, free);
    problem.limits.push(Limit::at_most(cost, spent));
    // Each further limit leaves the point where it is.
    let further =
        [("N", Sense::AtMost), ("D", Sense::AtMost), ("D/N", Sense::AtLeast), ("D/N", Sense::AtMost)];
    for (text, sense) in further {
        if unit() < 0.3 {
            let (of, room) = (of(text), exp(unit() * 2.0));
            let bound = if sense == Sense::AtMost { at(&of) * room } else { at(&of) / room };
            problem.limits.push(Limit { of, sense, bound });
        }
    }
    let bound = at(&problem.objective);
    let largest: Vec<(&str, f64)> = problem.free.iter().map(|free| (&*free.name, free.high)).collect();
    // A loss that repeated data comes down to, to the last digits of a double, does not say how many there are of them.
    let is_told = bound > value(&problem.objective, &largest) * (1.0 + 1e-9);
    if unit() < 0.25 && is_told {
        // The same the other way round: the least that the loss of the point costs.
        let limit = Limit::at_most(problem.objective.clone(), bound);
        problem.objective = problem.limits[0].of.clone();
        problem.limits[0] = limit;
    }
    problem
}

fn value(quantity: &Quantity, point: &[(&str, f64)]) -> f64 {
    let values = quantity.values.iter().map(|(name, value)| (name.as_str(), *value));
    let all: Vec<(&str, f64)> = point.iter().copied().chain(values).collect();
    let leaves: Vec<(&str, Leaf)> = all.iter().map(|(name, _)| (*name, Leaf::Scalar)).collect();
    let numbers: Vec<f64> = all.iter().map(|(_, value)| *value).collect();
    let program = Program::compile(&quantity.formula, &leaves, &[], Order::Value).unwrap();
    let mut result = [f64::NAN];
    program.bind(&[]).values(&numbers, &[], &mut result);
    result[0]
}

/// The columns of a grid over the boxes.
fn grid(free: &[Free]) -> Vec<Vec<f64>> {
    let counts: Vec<usize> = (0..free.len()).map(|axis| if axis < 2 { FINE } else { COARSE }).collect();
    let rows: usize = counts.iter().product();
    let mut stride = 1;
    let column = |(free, &count): (&Free, &usize)| {
        let each = stride;
        stride *= count;
        let node = |row: usize| {
            let share = (row / each % count) as f64 / (count - 1) as f64;
            let even = free.low + share * (free.high - free.low);
            if free.low > 0.0 && free.high > 100.0 * free.low {
                exp(ln(free.low) + share * ln(free.high / free.low))
            } else {
                even
            }
        };
        (0..rows).map(node).collect()
    };
    free.iter().zip(&counts).map(column).collect()
}

fn over(quantity: &Quantity, free: &[Free], columns: &[Vec<f64>]) -> Vec<f64> {
    let mut leaves: Vec<(&str, Leaf)> = free.iter().map(|free| (free.name.as_str(), Leaf::Data)).collect();
    leaves.extend(quantity.values.keys().map(|name| (name.as_str(), Leaf::Scalar)));
    let program = Program::compile(&quantity.formula, &leaves, &[], Order::Value).unwrap();
    let data: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let numbers: Vec<f64> = quantity.values.values().copied().collect();
    let mut values = vec![f64::NAN; columns[0].len()];
    program.bind(&data).values(&numbers, &[], &mut values);
    values
}

/// The best value on the grid within the limits.
fn best_on_grid(problem: &Problem) -> f64 {
    let columns = grid(&problem.free);
    let mut values = over(&problem.objective, &problem.free, &columns);
    for limit in &problem.limits {
        for (value, quantity) in values.iter_mut().zip(over(&limit.of, &problem.free, &columns)) {
            let within = match limit.sense {
                Sense::AtMost => quantity <= limit.bound,
                Sense::AtLeast => quantity >= limit.bound,
                Sense::Equal => quantity == limit.bound,
            };
            if !within {
                *value = f64::INFINITY;
            }
        }
    }
    values.into_iter().filter(|value| !value.is_nan()).fold(f64::INFINITY, isoflop::num::min)
}

#[test]
fn no_point_of_a_fine_grid_is_better_than_an_answer() {
    let mut stands = [0; 3];
    let mut wrong = Vec::new();
    for case in 0..CASES {
        let problem = problem(case);
        let best = problem.solve().unwrap();
        let certified = match best.termination {
            Termination::Optimum => Some(0),
            Termination::AtBound => Some(1),
            Termination::Flat | Termination::Several => Some(2),
            _ => None,
        };
        let certificate = best.certificate;
        let proved = certificate.residual <= 1e-10 && certificate.feasibility <= 1e-12;
        let grid = best_on_grid(&problem);
        match certified.filter(|_| proved && best.value <= grid * (1.0 + 1e-12)) {
            Some(stand) => stands[stand] += 1,
            None => wrong.push((case, best.termination, best.value, grid, certificate)),
        }
    }
    println!("optimum, at bound, flat or several: {stands:?}");
    assert!(wrong.is_empty(), "{} of {CASES}: {:#?}", wrong.len(), &wrong[..wrong.len().min(8)]);
}
