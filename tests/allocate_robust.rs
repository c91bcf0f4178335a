//! Allocation under hostile parameters, against closed forms and against known points.

use isoflop::allocate::{Free, Limit, Problem, Quantity, Sense, Solution};
use isoflop::formula::{Formula, Leaf, Order, Program};
use isoflop::num::{exp, ln, max, min};
use isoflop::outcome::Termination;
use proptest::prelude::*;

/// The closed form takes logarithms of up to 100 and divides their rounding by an exponent of 0.04.
const CLOSED_FORM: f64 = 1e-12;
/// Beyond these the numbers, and with them the questions, end.
const NUMBERS: f64 = 250.0;

/// E, A, alpha, B, beta as a hostile fit leaves them, and a budget.
#[derive(Clone, Debug)]
struct Case {
    fit: [f64; 5],
    flops: f64,
}

impl Case {
    fn law(&self) -> Quantity {
        let values = ["E", "A", "alpha", "B", "beta"].into_iter().zip(self.fit);
        Quantity::new(Formula::parse("E + A / N^alpha + B / D^beta").unwrap(), values)
    }

    /// The logarithms of the best N and D: Hoffmann et al. (2022), equation 4.
    fn optimum(&self) -> (f64, f64) {
        let [_, a, alpha, b, beta] = self.fit;
        let (product, sum) = (ln(self.flops / 6.0), alpha + beta);
        let n = (ln(alpha * a) - ln(beta * b) + beta * product) / sum;
        (n, product - n)
    }

    fn solve(&self, limits: impl IntoIterator<Item = Limit>) -> Solution {
        let mut problem = Problem::new(self.law(), ["N", "D"].map(Free::positive));
        problem = problem.within(Limit::at_most(of("6*N*D"), self.flops));
        problem.limits.extend(limits);
        problem.solve().unwrap()
    }
}

fn of(text: &str) -> Quantity {
    Quantity::new(Formula::parse(text).unwrap(), [])
}

fn between(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (ln(low)..ln(high)).prop_map(exp)
}

fn case() -> impl Strategy<Value = Case> {
    let floor = prop_oneof![Just(0.0), between(1e-3, 1e3)];
    let (coefficient, exponent) = (|| between(1e-3, 1e12), || between(0.02, 2.0));
    let fit = (floor, coefficient(), exponent(), coefficient(), exponent());
    (fit, between(1e12, 1e32))
        .prop_map(|((e, a, alpha, b, beta), flops)| Case { fit: [e, a, alpha, b, beta], flops })
        .prop_filter("an optimum that is a number", |case| {
            let (n, d) = case.optimum();
            max(n.abs(), d.abs()) <= NUMBERS
        })
}

fn is_optimum(best: &Solution, n: f64, case: &Case) -> Result<(), TestCaseError> {
    prop_assert_eq!(best.termination, Termination::Optimum, "{:?}", best);
    prop_assert!(best.certificate.residual <= 1e-10 && best.certificate.feasibility <= 1e-12, "{:?}", best);
    prop_assert!((ln(best.at["N"]) - n).abs() <= CLOSED_FORM, "ln N = {}: {:?}", n, best);
    let d = ln(case.flops / 6.0) - n;
    prop_assert!((ln(best.at["D"]) - d).abs() <= CLOSED_FORM, "ln D = {}: {:?}", d, best);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn the_closed_form_is_met_whatever_the_fit(case in case()) {
        is_optimum(&case.solve([]), case.optimum().0, &case)?;
    }

    #[test]
    fn an_upper_limit_on_either_variable_holds_it_or_does_not_bind(case in case(), by in -12.0..12.0) {
        let (n, d) = case.optimum();
        let most = exp(n + by);
        let best = case.solve([Limit::at_most(of("N"), most)]);
        is_optimum(&best, min(n, ln(most)), &case)?;
        prop_assert_eq!(best.active.len(), if by < 0.0 { 2 } else { 1 });
        let most = exp(d + by);
        let best = case.solve([Limit::at_most(of("D"), most)]);
        is_optimum(&best, max(n, ln(case.flops / 6.0) - ln(most)), &case)?;
    }

    #[test]
    fn a_lower_limit_on_the_size_holds_it_or_does_not_bind(case in case(), by in -12.0..12.0) {
        let (n, _) = case.optimum();
        let least = exp(n + by);
        is_optimum(&case.solve([Limit::at_least(of("N"), least)]), max(n, ln(least)), &case)?;
    }

    #[test]
    fn a_given_size_leaves_the_tokens_to_the_budget(case in case(), by in -12.0..12.0) {
        let size = exp(case.optimum().0 + by);
        let best = case.solve([Limit::equal(of("N"), size)]);
        is_optimum(&best, ln(size), &case)?;
        prop_assert_eq!(best.at["N"], size);
    }

    #[test]
    fn three_limits_through_one_point_are_that_point(case in case()) {
        let (n, d) = case.optimum();
        let limits = [Limit::at_most(of("N"), exp(n)), Limit::at_most(of("D"), exp(d))];
        is_optimum(&case.solve(limits), n, &case)?;
    }

    #[test]
    fn limits_below_the_budget_are_what_binds(case in case(), by in (0.01..5.0, 0.01..5.0)) {
        let (n, d) = case.optimum();
        let (n, d) = (exp(n - by.0), exp(d - by.1));
        let best = case.solve([Limit::at_most(of("N"), n), Limit::at_most(of("D"), d)]);
        prop_assert_eq!(best.termination, Termination::Optimum);
        prop_assert_eq!((best.at["N"], best.at["D"]), (n, d));
        prop_assert_eq!(best.active.iter().map(|active| active.limit).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_floor_is_never_promised(case in case(), below in 1e-9..0.5) {
        let case = Case { fit: [case.fit[0] + 1e-3, case.fit[1], case.fit[2], case.fit[3], case.fit[4]], ..case };
        let target = Limit::at_most(case.law(), case.fit[0] * (1.0 - below));
        let best = Problem::new(of("6*N*D"), ["N", "D"].map(Free::positive)).within(target).solve().unwrap();
        prop_assert_eq!(best.termination, Termination::Infeasible, "{:?}", best);
    }
}

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A sum of powers, as text.
fn text(terms: &[(f64, Vec<f64>)]) -> String {
    let term = |(factor, exponents): &(f64, Vec<f64>)| {
        let powers = exponents.iter().zip(NAMES).filter(|(exponent, _)| **exponent != 0.0);
        powers.fold(format!("{factor:e}"), |text, (exponent, name)| format!("{text} * {name}^{exponent:.3}"))
    };
    terms.iter().map(term).collect::<Vec<_>>().join(" + ")
}

fn value(formula: &str, at: &[f64]) -> f64 {
    let leaves: Vec<(&str, Leaf)> = NAMES[..at.len()].iter().map(|name| (*name, Leaf::Scalar)).collect();
    let formula = Formula::parse(formula).unwrap();
    let mut value = [0.0];
    let program = Program::compile(&formula, &leaves, &[], Order::Value).unwrap();
    program.bind(&[]).values(at, &[], &mut value);
    value[0]
}

/// A loss that falls in every variable, a cost that grows in every one, a point, and limits that it keeps.
#[derive(Clone, Debug)]
struct Convex {
    loss: String,
    cost: String,
    point: Vec<f64>,
    limits: Vec<(String, Sense, f64)>,
}

fn convex() -> impl Strategy<Value = Convex> {
    (2_usize..=6).prop_flat_map(|n| {
        let list = |low: f64, high: f64| prop::collection::vec(between(low, high), n);
        let loss = (between(1e-2, 10.0), list(1.0, 1e4), list(0.1, 1.0), list(0.05, 1.0), between(0.1, 10.0));
        let cost = (between(1e-2, 10.0), prop::collection::vec(0.0..2.0, n), between(1e-2, 10.0));
        let limit = (0..n, 0..n, 0_u8..3, 0.0..3.0);
        let limits = prop::collection::vec(limit, 0..5);
        (loss, cost, list(1e-2, 1e6), limits).prop_map(move |(loss, cost, point, limits)| {
            let (floor, factors, exponents, mixed, last) = loss;
            let own = |j: usize, by: f64| (0..n).map(|k| if k == j { by } else { 0.0 }).collect::<Vec<f64>>();
            let mut terms = vec![(floor, vec![0.0; n])];
            terms.extend((0..n).map(|j| (factors[j], own(j, -exponents[j]))));
            terms.push((last, mixed.iter().map(|x| -x).collect()));
            let costs = [(cost.0, vec![1.0; n]), (cost.2, cost.1)];
            let limits = limits.into_iter().map(|(i, j, kind, slack)| {
                let of = if i == j { NAMES[i].to_owned() } else { format!("{}/{}", NAMES[i], NAMES[j]) };
                let here = value(&of, &point);
                match kind {
                    0 => (of, Sense::AtMost, here * exp(slack)),
                    1 => (of, Sense::AtLeast, here * exp(-slack)),
                    _ => (of, Sense::Equal, here),
                }
            });
            Convex { loss: text(&terms), cost: text(&costs), limits: limits.collect(), point: point.clone() }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn no_known_point_is_better_in_up_to_six_variables(problem in convex()) {
        let n = problem.point.len();
        let budget = value(&problem.cost, &problem.point);
        let free = NAMES[..n].iter().map(|name| Free::positive(name));
        let mut asked = Problem::new(of(&problem.loss), free).within(Limit::at_most(of(&problem.cost), budget));
        for (limit, sense, bound) in &problem.limits {
            asked.limits.push(Limit { of: of(limit), sense: *sense, bound: *bound });
        }
        let best = asked.solve();
        prop_assume!(best.is_ok(), "two equal limits that differ in their last digit");
        let best = best.unwrap();
        prop_assert_eq!(best.termination, Termination::Optimum, "{:?}", best);
        let known = value(&problem.loss, &problem.point);
        prop_assert!(best.value <= known * (1.0 + 1e-12), "{} known: {:?}", known, best);
        let at: Vec<f64> = NAMES[..n].iter().map(|name| best.at[*name]).collect();
        prop_assert!(value(&problem.cost, &at) <= budget * (1.0 + 2e-12));
        for active in best.active.iter().filter(|active| asked.limits[active.limit].sense != Sense::Equal) {
            let helps = if asked.limits[active.limit].sense == Sense::AtMost { -1.0 } else { 1.0 };
            prop_assert!(helps * active.relative > 0.0, "a wider limit never hurts: {:?}", best);
        }
    }
}
