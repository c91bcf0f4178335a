//! Batches of allocations: against closed forms, against the one-shot solver, and bit for bit in any company.

use isoflop::allocate::{
    AllocateError, Columns, Free, Limit, Optima, Problem, Quantity, Values, batch, batch_within,
};
use isoflop::formula::Formula;
use isoflop::num::rng::Stream;
use isoflop::num::{exp, ln, max};
use isoflop::outcome::{Explain, Termination};

/// Two solvers, each to a few roundings of logarithms up to 70.
const AGREE: f64 = 1e-12;
/// The closed form takes logarithms of up to 100 and divides their rounding by an exponent of 0.04.
const CLOSED_FORM: f64 = 1e-12;

const CHINCHILLA: &str = "E + A / N^alpha + B / D^beta";
const SERVING: &str = "6*N*D + 2*N*demand";
const NAMES: [&str; 5] = ["E", "A", "alpha", "B", "beta"];

/// Columns of fits, budgets and demands.
#[derive(Default)]
struct Cells {
    fit: [Vec<f64>; 5],
    budget: Vec<f64>,
    demand: Vec<f64>,
}

impl Cells {
    fn push(&mut self, fit: [f64; 5], budget: f64, demand: f64) {
        self.fit.iter_mut().zip(fit).for_each(|(column, value)| column.push(value));
        self.budget.push(budget);
        self.demand.push(demand);
    }

    fn row(&self, i: usize) -> ([f64; 5], f64, f64) {
        ([0, 1, 2, 3, 4].map(|k| self.fit[k][i]), self.budget[i], self.demand[i])
    }

    fn pick(&self, rows: &[usize]) -> Self {
        let mut cells = Self::default();
        for &i in rows {
            let (fit, budget, demand) = self.row(i);
            cells.push(fit, budget, demand);
        }
        cells
    }

    fn solve(&self, cost: &str) -> Optima {
        let (law, cost) = (formula(CHINCHILLA), formula(cost));
        let values =
            NAMES.iter().zip(&self.fit).map(|(name, column)| (*name, Values::Each(column))).collect();
        let law = Columns { formula: &law, values };
        let cost = Columns { formula: &cost, values: vec![("demand", Values::Each(&self.demand))] };
        batch(&law, &cost, ["N", "D"], Values::Each(&self.budget)).unwrap()
    }
}

fn formula(text: &str) -> Formula {
    Formula::parse(text).unwrap()
}

fn between(rng: &mut Stream, low: f64, high: f64) -> f64 {
    exp(ln(low) + (ln(high) - ln(low)) * rng.unit())
}

/// Fits near the published ones.
fn kind_cells(count: usize) -> Cells {
    let mut rng = Stream::new(1, 0);
    let mut cells = Cells::default();
    for _ in 0..count {
        let fit = [1.8, 478.0, 0.347, 2143.0, 0.367].map(|value| value * between(&mut rng, 0.9, 1.1));
        let (budget, demand) = (between(&mut rng, 1e18, 1e27), between(&mut rng, 1e9, 1e15));
        cells.push(fit, budget, demand);
    }
    cells
}

/// Fits as bad as they come, with an optimum that is a number.
fn hostile_cells(count: usize) -> Cells {
    let mut rng = Stream::new(2, 0);
    let mut cells = Cells::default();
    while cells.budget.len() < count {
        let floor = if cells.budget.len().is_multiple_of(3) { 0.0 } else { between(&mut rng, 1e-3, 1e3) };
        let mut coefficient = || between(&mut rng, 1e-3, 1e12);
        let (a, b) = (coefficient(), coefficient());
        let mut exponent = || between(&mut rng, 0.02, 2.0);
        let fit = [floor, a, exponent(), b, exponent()];
        let (budget, demand) = (between(&mut rng, 1e12, 1e32), between(&mut rng, 1e-3, 1e18));
        let (n, d) = closed_form(fit, budget);
        if max(n.abs(), d.abs()) < 250.0 {
            cells.push(fit, budget, demand);
        }
    }
    cells
}

/// The logarithms of the best N and D for 6*N*D: Hoffmann et al. (2022), equation 4.
fn closed_form([_, a, alpha, b, beta]: [f64; 5], budget: f64) -> (f64, f64) {
    let product = ln(budget / 6.0);
    let n = (ln(alpha * a) - ln(beta * b) + beta * product) / (alpha + beta);
    (n, product - n)
}

fn same_bits(a: &Optima, i: usize, b: &Optima, j: usize) -> bool {
    let bits = |of: &Optima, i: usize| {
        ([of.at[0][i], of.at[1][i], of.value[i], of.residual[i]].map(f64::to_bits), of.optimal[i])
    };
    bits(a, i) == bits(b, j)
}

#[test]
fn the_closed_form_is_met_in_every_cell_whatever_its_fit() {
    let cells = hostile_cells(8192);
    let optima = cells.solve("6*N*D");
    assert_eq!(optima.not_optimal(), 0);
    assert!(optima.worst_residual() < 1e-12, "{}", optima.worst_residual());
    for i in 0..8192 {
        let (fit, budget, _) = cells.row(i);
        let (n, d) = closed_form(fit, budget);
        assert!((ln(optima.at[0][i]) - n).abs() < CLOSED_FORM, "{:?}: {}", cells.row(i), optima.at[0][i]);
        assert!((ln(optima.at[1][i]) - d).abs() < CLOSED_FORM, "{:?}: {}", cells.row(i), optima.at[1][i]);
    }
}

#[test]
fn a_serving_demand_is_met_in_every_cell_whatever_its_fit() {
    let cells = hostile_cells(8192);
    let optima = cells.solve(SERVING);
    assert_eq!(optima.not_optimal(), 0);
    for i in 0..8192 {
        // Sardana et al. (2024): the demand is worth so much more of N's share.
        let ([_, a, alpha, b, beta], budget, demand) = cells.row(i);
        let (n, d) = (optima.at[0][i], optima.at[1][i]);
        let shares = ln(alpha * a) - alpha * ln(n) - ln(beta * b) + beta * ln(d);
        let wedge = ln(1.0 + demand / (3.0 * d));
        assert!((shares - wedge).abs() < 1e-11, "{:?}: {n} {d}", cells.row(i));
        assert!((n * (6.0 * d + 2.0 * demand) / budget - 1.0).abs() < 1e-11);
    }
}

#[test]
fn high_precision_agrees() {
    let mut cells = Cells::default();
    let mut expected = Vec::new();
    for line in include_str!("oracles/allocate.csv").lines().skip(1) {
        let fields = line.split(',').skip(1).map(|field| field.parse().unwrap()).collect::<Vec<f64>>();
        let [e, a, alpha, b, beta, demand, budget, n, d, loss] = fields[..] else { panic!("ten numbers") };
        cells.push([e, a, alpha, b, beta], budget, demand);
        expected.push((n, d, loss));
    }
    let optima = cells.solve(SERVING);
    assert_eq!(optima.not_optimal(), 0);
    for (i, (n, d, loss)) in expected.into_iter().enumerate() {
        assert!((optima.at[0][i] / n - 1.0).abs() < AGREE);
        // Where the demand takes nearly all, D is what little is left.
        assert!((optima.at[1][i] / d - 1.0).abs() < AGREE * (1.0 + cells.demand[i] / d));
        assert!((optima.value[i] / loss - 1.0).abs() < AGREE);
    }
}

#[test]
fn batch_and_one_shot_agree() {
    let cells = kind_cells(500);
    for cost in ["6*N*D", SERVING] {
        let optima = cells.solve(cost);
        assert_eq!(optima.not_optimal(), 0);
        for i in 0..500 {
            let (fit, budget, demand) = cells.row(i);
            let law = Quantity::new(formula(CHINCHILLA), NAMES.into_iter().zip(fit));
            let cost = Quantity::new(formula(cost), [("demand", demand)]);
            let problem = Problem::new(law, ["N", "D"].map(Free::positive));
            let best = problem.within(Limit::at_most(cost, budget)).solve().unwrap();
            assert_eq!(best.termination, Termination::Optimum);
            for (given, expected) in [
                (optima.at[0][i], best.at["N"]),
                (optima.at[1][i], best.at["D"]),
                (optima.value[i], best.value),
            ] {
                assert!((given / expected - 1.0).abs() < AGREE, "{given} {expected}: {:?}", cells.row(i));
            }
        }
    }
}

/// Caps from far below the optimum of a cell to far above it.
fn caps(cells: &Cells) -> [Vec<f64>; 2] {
    let (free, mut rng) = (cells.solve(SERVING), Stream::new(7, 0));
    free.at.map(|column| column.into_iter().map(|best| best * between(&mut rng, 1e-3, 1e3)).collect())
}

#[test]
fn batch_and_one_shot_agree_under_caps() {
    let cells = kind_cells(400);
    let (law, cost, most) = (formula(CHINCHILLA), formula(SERVING), caps(&cells));
    let values = NAMES.iter().zip(&cells.fit).map(|(name, column)| (*name, Values::Each(column))).collect();
    let columns = Columns { formula: &law, values };
    let demand = Columns { formula: &cost, values: vec![("demand", Values::Each(&cells.demand))] };
    let [sizes, tokens] = &most;
    let caps = [Values::Each(sizes), Values::Each(tokens)];
    let batched = batch_within(&columns, &demand, ["N", "D"], Values::Each(&cells.budget), caps).unwrap();
    let mut kinds = [0; 4];
    for (i, (&size, &token)) in sizes.iter().zip(tokens).enumerate() {
        let (fit, budget, demand) = cells.row(i);
        let loss = Quantity::new(law.clone(), NAMES.into_iter().zip(fit));
        let problem = Problem::new(loss, [Free::positive("N"), Free::positive("D")])
            .within(Limit::at_most(Quantity::new(cost.clone(), [("demand", demand)]), budget))
            .within(Limit::at_most(Quantity::new(formula("N"), []), size))
            .within(Limit::at_most(Quantity::new(formula("D"), []), token));
        let best = problem.solve().unwrap();
        assert_eq!(best.termination, Termination::Optimum, "{i}: {best:?}");
        assert!(batched.optimal[i], "{i}: {best:?}");
        let [n, d] = [batched.at[0][i], batched.at[1][i]];
        for (given, expected) in [(n, best.at["N"]), (d, best.at["D"]), (batched.value[i], best.value)] {
            assert!((given / expected - 1.0).abs() < 1e-10, "{i}: {given}, not {expected}");
        }
        let held = |value: f64, most: f64| (value / most - 1.0).abs() < 1e-12;
        kinds[usize::from(held(n, size)) + 2 * usize::from(held(d, token))] += 1;
    }
    // Nothing held, size, tokens, both: each is met.
    assert!(kinds.iter().all(|count| *count >= 40), "{kinds:?}");
}

#[test]
fn a_cap_that_is_far_away_changes_no_bit() {
    let cells = kind_cells(64);
    let free = cells.solve(SERVING);
    let (law, cost) = (formula(CHINCHILLA), formula(SERVING));
    let values = NAMES.iter().zip(&cells.fit).map(|(name, column)| (*name, Values::Each(column))).collect();
    let columns = Columns { formula: &law, values };
    let demand = Columns { formula: &cost, values: vec![("demand", Values::Each(&cells.demand))] };
    let caps = [Values::One(1e40), Values::One(1e40)];
    let capped = batch_within(&columns, &demand, ["N", "D"], Values::Each(&cells.budget), caps).unwrap();
    assert!((0..64).all(|i| same_bits(&free, i, &capped, i)));
}

#[test]
fn a_cell_has_the_same_bits_alone_in_a_crowd_and_in_any_order() {
    for (cells, cost) in
        [(kind_cells(1000), SERVING), (hostile_cells(1000), SERVING), (hostile_cells(1000), "6*N*D")]
    {
        let crowd = cells.solve(cost);
        let backwards = cells.pick(&(0..1000).rev().collect::<Vec<_>>()).solve(cost);
        for i in 0..1000 {
            assert!(same_bits(&crowd, i, &backwards, 999 - i), "cell {i} backwards");
        }
        for i in (0..1000).step_by(7) {
            let alone = cells.pick(&[i]).solve(cost);
            assert!(same_bits(&crowd, i, &alone, 0), "cell {i} alone");
            let few = cells.pick(&[999 - i, i, i / 2]).solve(cost);
            assert!(same_bits(&crowd, i, &few, 1), "cell {i} among three");
        }
    }
}

#[test]
fn names_do_not_matter() {
    let cells = kind_cells(300);
    let (law, cost) = (formula("q + u*x^-s + v*y^-t"), formula("6*x*y + 2*x*z"));
    let names = ["q", "u", "s", "v", "t"];
    let values =
        names.into_iter().zip(&cells.fit).map(|(name, column)| (name, Values::Each(column))).collect();
    let law = Columns { formula: &law, values };
    let cost = Columns { formula: &cost, values: vec![("z", Values::Each(&cells.demand))] };
    let typed = batch(&law, &cost, ["x", "y"], Values::Each(&cells.budget)).unwrap();
    let ours = cells.solve(SERVING);
    assert!((0..300).all(|i| same_bits(&typed, i, &ours, i)));
}

#[test]
fn a_number_for_all_is_a_column_of_it() {
    let (law, cost) = (formula(CHINCHILLA), formula("6*N*D"));
    let fit = [1.69, 406.4, 0.34, 410.7, 0.28];
    let values = NAMES.into_iter().zip(fit.map(Values::One)).collect();
    let law = Columns { formula: &law, values };
    let cost = Columns { formula: &cost, values: vec![] };
    let one = batch(&law, &cost, ["N", "D"], Values::One(5.76e23)).unwrap();
    assert_eq!((one.value.len(), one.optimal[0]), (1, true));
    let many = batch(&law, &cost, ["N", "D"], Values::Each(&[1e21, 5.76e23])).unwrap();
    assert!(same_bits(&one, 0, &many, 1));
    let mut cells = Cells::default();
    cells.push(fit, 5.76e23, 0.0);
    let column = cells.solve("6*N*D");
    assert!((column.at[0][0] / one.at[0][0] - 1.0).abs() < AGREE);
    assert!(batch(&law, &cost, ["N", "D"], Values::Each(&[])).unwrap().value.is_empty());
}

#[test]
fn a_cell_that_has_no_optimum_says_so_and_leaves_the_others_alone() {
    let good = kind_cells(4);
    let bad = [
        ([f64::NAN, 478.0, 0.347, 2143.0, 0.367], 1e21),
        ([1.8, f64::INFINITY, 0.347, 2143.0, 0.367], 1e21),
        ([1.8, 478.0, 0.347, 2143.0, 0.367], -1e21),
        ([1.8, 478.0, 0.347, 2143.0, 0.367], 0.0),
        ([1.8, 478.0, 0.347, 2143.0, 0.367], f64::INFINITY),
        ([1.8, 478.0, 0.347, 2143.0, 0.367], f64::NAN),
        // A term that has vanished, one that rises, and both.
        ([1.8, 0.0, 0.347, 2143.0, 0.367], 1e21),
        ([1.8, 478.0, 0.347, -2143.0, 0.367], 1e21),
        ([1.8, 478.0, -0.347, 2143.0, -0.367], 1e21),
        ([1.8, 478.0, 0.0, 2143.0, 0.367], 1e21),
    ];
    let mut mixed = Cells::default();
    for (i, (fit, budget)) in bad.into_iter().enumerate() {
        let (kind, flops, demand) = good.row(i % 4);
        mixed.push(fit, budget, 1e12);
        mixed.push(kind, flops, demand);
    }
    for cost in ["6*N*D", SERVING] {
        let (alone, optima) = (good.solve(cost), mixed.solve(cost));
        assert_eq!(optima.not_optimal(), bad.len());
        for (i, cell) in bad.iter().enumerate() {
            assert!(!optima.optimal[2 * i], "{cell:?}");
            assert!(same_bits(&optima, 2 * i + 1, &alone, i % 4), "beside {cell:?}");
        }
    }
}

#[test]
fn a_cost_that_does_not_grow_is_no_budget() {
    let cells = kind_cells(3);
    for cost in ["6*N/D", "1e21 + 0*N*D", "-6*N*D"] {
        assert_eq!(cells.solve(cost).not_optimal(), 3, "{cost}");
    }
}

#[test]
fn what_is_missing_or_of_the_wrong_length_is_named() {
    let (law, cost) = (formula(CHINCHILLA), formula(SERVING));
    let columns = |formula, values| Columns { formula, values };
    let fit = || NAMES.into_iter().zip([1.69, 406.4, 0.34, 410.7, 0.28].map(Values::One)).collect::<Vec<_>>();
    let demand = vec![("demand", Values::One(1e12))];
    let solve = |law: &Columns, cost: &Columns, budget| batch(law, cost, ["N", "D"], budget).unwrap_err();

    let error =
        solve(&columns(&law, fit()[1..].to_vec()), &columns(&cost, demand.clone()), Values::One(1e21));
    assert_eq!(error, AllocateError::MissingValue { name: "E".into(), free: "N, D".into() });
    let error = solve(&columns(&law, fit()), &columns(&cost, vec![]), Values::One(1e21));
    assert_eq!(error.to_string(), "limit 1: expected one of D, N; got demand");
    let mut fit = fit();
    fit[1].1 = Values::Each(&[400.0, 410.0, 420.0]);
    let error = solve(&columns(&law, fit), &columns(&cost, demand), Values::Each(&[1e21, 1e22]));
    assert_eq!(error.to_string(), "the budget: expected a column of 3 numbers; got 2");
    assert_eq!(error.code(), "allocate.column_length");
}
