//! The best point of a constant and two monomials under a cost, written down as a formula.
//!
//! # A monomial as the cost
//! In the logarithms `u` and `v` of two variables a monomial is `exp(c + p u + q v)`, and a budget `b` of a monomial is a line,
//! `c + r u + s v = ln b`. Along it one term falls as the other rises, each by its own power `k = p s - q r`, and the best point
//! is where they do so equally fast, `k1 T1 + k2 T2 = 0`: a second line. So u, v and the logarithms of both terms are linear in
//! `ln b`, with coefficients that depend on the parameters alone. Chinchilla's `N = G (C/6)^a` (Hoffmann et al. 2022, equation 4)
//! is one case.
//!
//! # A sum of monomials as the cost
//! Where all of them have the same power r of one variable, as `6 N D + 2 N demand` has of N, that one is given by the other:
//! `r u + psi(v) = ln b`. What is left is one equation in v, `h(v) = 0`, the logarithm of how fast one term rises over how fast the
//! other falls. It is nearly straight, so a few steps of Halley's method from the closed form of one monomial, each written down as
//! nodes, come to its root. How far that is from one is a result, too: where it is not good enough, nothing is proved, and
//! the plan is searched for.
//!
//! Both are found from the graph, whatever the names are.

use super::FormulaError;
use super::derive::slope;
use super::graph::{Graph, Id, Test, Unary};
use super::implicit::put;
use super::monomial::{Affine, Problem, Varying};
use super::spread::{MOST, Precision, Spread, Varies};

impl Spread {
    /// What computes the best point of `objective` under `cost <= budget` over two `free` variables: both of them, the value of the
    /// objective, and how far the first-order conditions are from holding there, which is not a number where this is no
    /// optimum. Its names are those of the objective, those of the cost, and the budget, which varies as `budget` says.
    ///
    /// Nothing where the formulas are not of this kind, or one has conditions.
    ///
    /// # Errors
    /// Those of [`Spread::compile`].
    pub fn best(
        objective: &Varying,
        cost: &Varying,
        free: [&str; 2],
        budget: Varies,
        shape: &[usize],
        precision: Precision,
    ) -> Result<Option<Self>, FormulaError> {
        let (mut problem, varies) = Problem::new(objective, cost, free, budget);
        let law = problem.lower(objective, 0, free)?;
        let limit = problem.lower(cost, objective.1.len(), free)?;
        let (Some(law), Some(limit)) = (law, limit) else { return Ok(None) };
        let results = problem.best(law, limit, varies.len() - 1);
        let within = (MOST, precision);
        Ok(results.map(|results| Self::of(&mut problem.drawing.graph, &results, &[], &varies, shape, within)))
    }
}

/// Steps of Halley's method. Under a serving demand of up to a thousand times the training tokens three come within 1e-13.
const STEPS: usize = 3;

impl Problem {
    /// The best point, where the formulas are of this kind.
    fn best(&mut self, law: Id, cost: Id, budget: usize) -> Option<[Id; 4]> {
        let (constant, terms) = self.sum(law)?;
        let terms: [Affine; 2] = terms.try_into().ok()?;
        let costs = self.costs(cost)?;
        let budget = self.drawing.graph.leaf(budget);
        let ln_b = self.drawing.graph.unary(Unary::Ln, budget);
        let best = Best { graph: &mut self.drawing.graph, constant, terms, ln_b };
        match costs[..] {
            [cost] => Some(best.crossing(cost)),
            [_, _, ..] => best.descent(&costs),
            [] => None,
        }
    }
}

/// The least of `constant + T1 + T2` for a budget.
struct Best<'a> {
    graph: &'a mut Graph,
    constant: Id,
    terms: [Affine; 2],
    ln_b: Id,
}

/// The lines of a monomial cost: u, v and the logarithms of both terms are `fixed + by ln b`.
struct Lines {
    fixed: [Id; 2],
    by: [Id; 2],
    /// `ln (T1 / T2)` at the best point.
    balance: Id,
    /// `T2 / T1` there.
    share: Id,
}

impl Best<'_> {
    /// Where both lines cross: both variables, the value, and how far the conditions are from holding.
    fn crossing(mut self, cost: Affine) -> [Id; 4] {
        let Lines { fixed, by, balance, share } = self.lines(cost);
        let Self { graph, constant, terms: [one, other], ln_b } = self;
        let [u, v] = [0, 1].map(|at| line(graph, fixed[at], by[at], ln_b));
        // With the budget both terms fall alike.
        let falls = weighted(graph, one.slopes, by);
        let start = weighted(graph, one.slopes, fixed);
        let start = graph.add(one.c, start);
        let first = line(graph, start, falls, ln_b);
        let unit = graph.constant(1.0);
        let both = graph.add(unit, share);
        let term = graph.unary(Unary::Exp, first);
        let terms = graph.multiply(both, term);
        let value = graph.add(constant, terms);
        // What is left of both lines, of their fixed parts and for each unit of ln b: of a row no more than that.
        let [m, n] = [0, 1].map(|at| graph.subtract(one.slopes[at], other.slopes[at]));
        let apart = graph.subtract(one.c, other.c);
        let apart = graph.subtract(apart, balance);
        let [spent, tilt] = [(cost.slopes, cost.c), ([m, n], apart)].map(|(slopes, constant)| {
            let along = weighted(graph, slopes, fixed);
            let left = graph.add(constant, along);
            (graph.unary(Unary::Abs, left), weighted(graph, slopes, by))
        });
        let left = graph.add(spent.0, tilt.0);
        let [spent, tilt] = [distance(graph, spent.1, unit), graph.unary(Unary::Abs, tilt.1)];
        let each = graph.add(spent, tilt);
        // No optimum where more of the budget would be worse.
        let sound = sound(graph, falls);
        let left = graph.add(left, sound);
        let size = graph.unary(Unary::Abs, ln_b);
        let residual = line(graph, left, each, size);
        let at_u = graph.unary(Unary::Exp, u);
        // Of a product the budget says the other factor, which costs less than one more exponential.
        let at_v = if cost.slopes[0] == cost.slopes[1] {
            let room = graph.subtract(ln_b, cost.c);
            let room = graph.divide(room, cost.slopes[0]);
            let product = graph.unary(Unary::Exp, room);
            graph.divide(product, at_u)
        } else {
            graph.unary(Unary::Exp, v)
        };
        [at_u, at_v, value, residual]
    }

    fn lines(&mut self, cost: Affine) -> Lines {
        let [one, other] = self.terms;
        let graph = &mut *self.graph;
        let ([r, s], start) = (cost.slopes, graph.unary(Unary::Negative, cost.c));
        let [k1, k2] = [one, other].map(|term| determinant(graph, term.slopes, [r, s]));
        let [share, quotient] = [(k1, k2), (k2, k1)].map(|(a, b)| {
            let quotient = graph.divide(a, b);
            graph.unary(Unary::Negative, quotient)
        });
        let balance = graph.unary(Unary::Ln, quotient);
        // The second line: m u + n v = apart.
        let apart = graph.subtract(other.c, one.c);
        let apart = graph.add(balance, apart);
        let [m, n] = [0, 1].map(|at| graph.subtract(one.slopes[at], other.slopes[at]));
        // Cramer's rule.
        let both = determinant(graph, [r, s], [m, n]);
        let fixed = [determinant(graph, [start, s], [apart, n]), determinant(graph, [r, start], [m, apart])];
        let by = [n, graph.unary(Unary::Negative, m)];
        let [fixed, by] = [fixed, by].map(|parts| parts.map(|part| graph.divide(part, both)));
        Lines { fixed, by, balance, share }
    }

    /// The same for a cost of several monomials that have one power of a variable in common; nothing of others.
    fn descent(mut self, costs: &[Affine]) -> Option<[Id; 4]> {
        let zero = self.graph.constant(0.0);
        let alike = |at: &usize| costs.iter().all(|cost| cost.slopes[*at] == costs[0].slopes[*at]);
        // The variable that the other one gives, and that.
        let given = [0, 1].into_iter().find(|at| alike(at) && costs[0].slopes[*at] != zero)?;
        let left = 1 - given;
        let moving = costs.iter().find(|cost| cost.slopes[left] != zero)?;
        let Lines { fixed, by, .. } = self.lines(*moving);
        let Self { graph, constant, terms: [one, other], ln_b } = self;
        let r = costs[0].slopes[given];
        let x = graph.unknown();
        let mut sum = zero;
        for cost in costs {
            let logarithm = line(graph, cost.c, cost.slopes[left], x);
            let term = graph.unary(Unary::Exp, logarithm);
            sum = graph.add(sum, term);
        }
        let psi = graph.unary(Unary::Ln, sum);
        let by_x = slope(graph, psi);
        let room = graph.subtract(ln_b, psi);
        let y = graph.divide(room, r);
        let at = |graph: &mut Graph, term: Affine| {
            let fixed = line(graph, term.c, term.slopes[given], y);
            line(graph, fixed, term.slopes[left], x)
        };
        let [first, second] = [at(graph, one), at(graph, other)];
        // How fast each term falls along the budget, as a share of itself.
        let rates =
            [one, other].map(|term| determinant(graph, [term.slopes[given], term.slopes[left]], [r, by_x]));
        let balance = if costs.iter().filter(|cost| cost.slopes[left] != zero).count() == 1 {
            // The logarithm of psi' = s e / sum is one of products.
            let logarithm = line(graph, moving.c, moving.slopes[left], x);
            let ln_by_x = graph.subtract(logarithm, psi);
            let rates = [one, other].map(|term| [term.slopes[given], term.slopes[left]]);
            parted(graph, rates, [r, moving.slopes[left]], ln_by_x)
        } else {
            None
        };
        let balance = balance.unwrap_or_else(|| {
            let quotient = graph.divide(rates[1], rates[0]);
            let quotient = graph.unary(Unary::Negative, quotient);
            graph.unary(Unary::Ln, quotient)
        });
        let k1 = rates[0];
        let apart = graph.subtract(first, second);
        let h = graph.subtract(apart, balance);
        let rise = slope(graph, h);
        let next = halley(graph, x, h, rise);
        let mut root = line(graph, fixed[left], by[left], ln_b);
        for _ in 0..STEPS {
            root = put(graph, next, root);
        }
        let [y, first, second, h, rise, k1] =
            [y, first, second, h, rise, k1].map(|node| put(graph, node, root));
        let terms = [first, second].map(|logarithm| graph.unary(Unary::Exp, logarithm));
        let both = graph.add(terms[0], terms[1]);
        let value = graph.add(constant, both);
        // A minimum along the budget, which more of it would lower, where more of the given variable costs more.
        let bends = graph.multiply(rise, k1);
        let falls = weighted(graph, [one.slopes[given], other.slopes[given]], terms);
        let cheapens = graph.unary(Unary::Negative, r);
        let gap = graph.unary(Unary::Abs, h);
        let residual = [bends, falls, cheapens].into_iter().fold(gap, |residual, sign| {
            let sound = sound(graph, sign);
            graph.add(residual, sound)
        });
        let mut variables = [y, root].map(|logarithm| graph.unary(Unary::Exp, logarithm));
        if given == 1 {
            variables.reverse();
        }
        Some([variables[0], variables[1], value, residual])
    }
}

/// `ln(-k2 / k1)` where one term falls with the given variable alone, `k = p psi'`, and the other with the one that is left
/// alone, `k = -q r`: nothing elsewhere. `psi' = s e^l`.
fn parted(graph: &mut Graph, rates: [[Id; 2]; 2], [r, s]: [Id; 2], l: Id) -> Option<Id> {
    let zero = graph.constant(0.0);
    let [[p1, q1], [p2, q2]] = rates;
    let (p, q, is_first) = match (q1 == zero && p2 == zero, p1 == zero && q2 == zero) {
        (true, _) => (p1, q2, true),
        (_, true) => (p2, q1, false),
        _ => return None,
    };
    let [above, below] = [(q, r), (p, s)].map(|(a, b)| graph.multiply(a, b));
    let quotient = if is_first { graph.divide(above, below) } else { graph.divide(below, above) };
    let fixed = graph.unary(Unary::Ln, quotient);
    Some(if is_first { graph.subtract(fixed, l) } else { graph.add(fixed, l) })
}

/// A step of Halley's method from `x` towards where `h` is zero: `x - 2 h h' / (2 h'^2 - h h'')`.
fn halley(graph: &mut Graph, x: Id, h: Id, rise: Id) -> Id {
    let bend = slope(graph, rise);
    let two = graph.constant(2.0);
    let [product, square, bent] = [(h, rise), (rise, rise), (h, bend)].map(|(a, b)| graph.multiply(a, b));
    let [product, square] = [product, square].map(|node| graph.multiply(two, node));
    let below = graph.subtract(square, bent);
    let step = graph.divide(product, below);
    graph.subtract(x, step)
}

/// Zero where a number is below it, else not a number.
pub(super) fn sound(graph: &mut Graph, sign: Id) -> Id {
    let [zero, none] = [0.0, f64::NAN].map(|value| graph.constant(value));
    graph.choice(Test::Less, [sign, zero, zero, none])
}

fn distance(graph: &mut Graph, a: Id, b: Id) -> Id {
    let difference = graph.subtract(a, b);
    graph.unary(Unary::Abs, difference)
}

fn determinant(graph: &mut Graph, a: [Id; 2], b: [Id; 2]) -> Id {
    let [down, up] = [(a[0], b[1]), (a[1], b[0])].map(|(a, b)| graph.multiply(a, b));
    graph.subtract(down, up)
}

fn weighted(graph: &mut Graph, weights: [Id; 2], values: [Id; 2]) -> Id {
    let [a, b] = [0, 1].map(|at| graph.multiply(weights[at], values[at]));
    graph.add(a, b)
}

pub(super) fn line(graph: &mut Graph, fixed: Id, slope: Id, at: Id) -> Id {
    let rise = graph.multiply(slope, at);
    graph.add(fixed, rise)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::Formula;

    /// The best point by the closed form, at the budget.
    fn best(law: &str, cost: &str, values: &[(&str, f64)], budget: f64) -> Option<[f64; 4]> {
        let [law, cost] = [law, cost].map(|text| Formula::parse(text).unwrap());
        let free = ["N", "D"];
        let varying = |formula: &'static Formula| formula.names();
        let [law, cost]: [&'static Formula; 2] = [law, cost].map(|formula| &*Box::leak(Box::new(formula)));
        let named = |formula: &'static Formula| {
            let names = varying(formula).into_iter().filter(|name| !free.contains(name));
            (formula, names.map(|name| (name, Varies::Along(0))).collect::<Vec<_>>())
        };
        let (law, cost) = (named(law), named(cost));
        let spread = Spread::best(&law, &cost, free, Varies::Along(0), &[1], Precision::Double).unwrap()?;
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).unwrap().1;
        let columns = law.1.iter().chain(&cost.1).map(|(name, _)| vec![value(name)]);
        let found = spread.over(columns.chain([vec![budget]]).collect()).all_values(0..1, &[]);
        Some([0, 1, 2, 3].map(|result: usize| found[result][0]))
    }

    const FIT: [(&str, f64); 5] = [("E", 1.69), ("A", 406.4), ("alpha", 0.34), ("B", 410.7), ("beta", 0.28)];

    #[test]
    fn it_is_found_however_it_is_written() {
        let plain = best("E + A / N^alpha + B / D^beta", "6*N*D", &FIT, 5.76e23).unwrap();
        assert!((plain[0] / 3.2189859151e10 - 1.0).abs() < 1e-10);
        assert!(plain[3] < 1e-13);
        for (law, cost) in [
            ("B * D^-beta + A * N^-alpha + E", "N*D*6"),
            ("A / exp(alpha * ln(N)) + (B / D^beta - 0 + E)", "6 * (N * D)"),
            ("E + A / sqrt(N^(2*alpha)) + B / D^beta", "(36 * N * D * N * D)^0.5"),
        ] {
            let other = best(law, cost, &FIT, 5.76e23).unwrap();
            for result in 0..3 {
                assert!((other[result] / plain[result] - 1.0).abs() < 1e-12, "{law}: {other:?}");
            }
        }
        // Terms and costs of both variables.
        let crossed = best("A / N^alpha / D^0.1 + B * N^0.05 / D^beta", "N^1.2 * D", &FIT, 1e20).unwrap();
        let value = |n: f64| {
            let d = 1e20 * crate::num::exp(-1.2 * crate::num::ln(n));
            let power = |x: f64, by: f64| crate::num::exp(by * crate::num::ln(x));
            406.4 * power(n, -0.34) * power(d, -0.1) + 410.7 * power(n, 0.05) * power(d, -0.28)
        };
        assert!((value(crossed[0]) / crossed[2] - 1.0).abs() < 1e-12);
        for factor in [0.9, 0.999, 1.001, 1.1] {
            assert!(value(crossed[0] * factor) > crossed[2]);
        }
    }

    #[test]
    fn a_serving_demand_is_met_by_a_few_steps() {
        // Sardana et al. (2024): a budget that also serves so many tokens.
        let serving = |demand: f64, budget: f64| {
            let values: Vec<(&str, f64)> = FIT.into_iter().chain([("q", demand)]).collect();
            let found = best("E + A / N^alpha + B / D^beta", "6*N*D + 2*N*q", &values, budget).unwrap();
            let swapped = best("E + A / D^alpha + B / N^beta", "6*N*D + 2*D*q", &values, budget).unwrap();
            assert_eq!([swapped[1], swapped[0]], [found[0], found[1]]);
            found
        };
        for demand in [1e9, 1e12, 1e14] {
            for budget in [1e18, 1e21, 1e26] {
                let [n, d, value, residual] = serving(demand, budget);
                assert!(residual < 1e-12, "{residual} at {demand} and {budget}");
                assert!(((6.0 * n * d + 2.0 * n * demand) / budget - 1.0).abs() < 1e-12);
                let power = |x: f64, by: f64| crate::num::exp(-by * crate::num::ln(x));
                // By the tokens: of almost all that is spent on serving there is no much larger model.
                let loss = |d: f64| {
                    let n = budget / (6.0 * d + 2.0 * demand);
                    1.69 + 406.4 * power(n, 0.34) + 410.7 * power(d, 0.28)
                };
                assert!((loss(d) / value - 1.0).abs() < 1e-12);
                assert!(loss(0.99 * d) > value && loss(1.01 * d) > value);
            }
        }
    }

    #[test]
    fn what_has_no_such_form_has_none() {
        for (law, cost) in [
            ("E + A / N^alpha + B / D^beta", "6*N*D + 2*N^2"),
            ("E + A / N^alpha + B / D^beta", "6*N*D + 1e20"),
            ("E + A / N^alpha + B / D^beta + A / (N*D)", "6*N*D"),
            ("(A / N^alpha + B / D^beta)^E", "6*N*D"),
            ("E + A / N^alpha", "6*N*D"),
            ("E + A / N^alpha + B / (D + 1)^beta", "6*N*D"),
            ("E + A / N^alpha + B / D^beta\nwhere N > 1", "6*N*D"),
            ("min(A / N^alpha, E) + B / D^beta", "6*N*D"),
            // Read over and over, as many times as there are terms once it is written out.
            ("a = A / N + B / D; b = a + a; c = b + b; d = c + c; e = d + d; e + e", "6*N*D"),
        ] {
            assert_eq!(best(law, cost, &FIT, 1e21), None, "{law} under {cost}");
        }
    }

    #[test]
    fn what_is_no_optimum_is_told_by_its_residual() {
        let with = |name: &str, value: f64| {
            let fit = FIT.map(|(known, usual)| (known, if known == name { value } else { usual }));
            best("E + A / N^alpha + B / D^beta", "6*N*D", &fit, 1e21).unwrap()[3]
        };
        for (name, value) in [("A", -1.0), ("B", 0.0), ("alpha", -0.34), ("beta", 0.0)] {
            assert!(with(name, value).is_nan(), "{name} of {value}");
        }
        // Both terms grow with the budget: less of it would be better.
        let grows = best("A * N^alpha * D + B * N * D^alpha", "6*N*D", &FIT, 1e21);
        assert!(grows.unwrap()[3].is_nan());
    }
}
