//! One-shot allocation: what papers print, closed forms, and every way in which an answer can stand.

use isoflop::allocate::{Active, Free, Limit, Part, Problem, Quantity, Solution};
use isoflop::formula::Formula;
use isoflop::num::{ln, pow};
use isoflop::outcome::Termination;

/// Nine digits are printed, so the last may be off by half a unit.
const PRINTED_9: f64 = 5e-9;
/// Twelve digits are printed.
const PRINTED_12: f64 = 5e-12;
/// What rounding leaves of an optimum: parameters in 16 digits, worked through powers of 1e10.
const ROUNDING: f64 = 1e-12;
/// A sheet says a third of one per mille or so, and the objective is flat there.
const SHEET: f64 = 1e-3;

const CHINCHILLA: &str = "E + A / N^alpha + B / D^beta";
const ROUNDED: Fit = [1.69, 406.4, 0.34, 410.7, 0.28];
const TEX: Fit = [1.6933736809989528, 406.4010175194737, 0.33917084, 410.7228269450398, 0.2849083];
const PRINTED: Fit = [1.8172, 482.01, 0.3478, 2085.43, 0.3658];
const REFIT: Fit =
    [1.81721809901008, 477.825868233905, 0.3473104988817546, 2143.41736336046, 0.3671724326277622];

/// E, A, alpha, B, beta.
type Fit = [f64; 5];

fn law(fit: Fit) -> Quantity {
    let [e, a, alpha, b, beta] = fit;
    let values = [("E", e), ("A", a), ("alpha", alpha), ("B", b), ("beta", beta)];
    Quantity::new(Formula::parse(CHINCHILLA).unwrap(), values)
}

fn of(text: &str) -> Quantity {
    Quantity::new(Formula::parse(text).unwrap(), [])
}

fn chosen() -> [Free; 2] {
    ["N", "D"].map(Free::positive)
}

fn minimise(objective: Quantity, limits: impl IntoIterator<Item = Limit>) -> Solution {
    let mut problem = Problem::new(objective, chosen());
    problem.limits.extend(limits);
    problem.solve().unwrap()
}

fn budget(flops: f64) -> Limit {
    Limit::at_most(of("6*N*D"), flops)
}

#[track_caller]
fn close(given: f64, expected: f64, tolerance: f64) {
    let by = (given / expected - 1.0).abs();
    assert!(by <= tolerance, "{given} is not {expected}: off by {by:e}");
}

#[track_caller]
fn is_optimum(solution: &Solution) {
    assert_eq!(solution.termination, Termination::Optimum, "{solution:?}");
    let certificate = solution.certificate;
    assert!(certificate.residual <= 1e-10 && certificate.feasibility <= 1e-12, "{certificate:?}");
    assert!(certificate.curvature.is_none_or(|curvature| curvature > 0.0), "{certificate:?}");
}

/// Closed forms at high precision, printed with nine digits and with twelve: fit, budget, N, D, loss, tolerance.
const CLOSED_FORMS: [(Fit, f64, f64, f64, f64, f64); 17] = [
    (ROUNDED, 1e19, 2.2795591e8, 7.3113553e9, 2.98574060, PRINTED_9 * 10.0),
    (ROUNDED, 1e21, 1.8242177e9, 9.1363365e10, 2.32888294, PRINTED_9 * 10.0),
    (ROUNDED, 5.76e23, 3.2189859e10, 2.9823057e12, 1.93074810, PRINTED_9 * 10.0),
    (ROUNDED, 3.8e25, 2.13484e11, 2.96665e13, 1.816533, 5e-6),
    (TEX, 1e19, 2.7083515e8, 6.1538049e9, 2.92183562, PRINTED_9 * 10.0),
    (TEX, 1e21, 2.2169549e9, 7.5178195e10, 2.29549104, PRINTED_9 * 10.0),
    (TEX, 5.76e23, 4.0360938e10, 2.3785374e12, 1.91841205, PRINTED_9 * 10.0),
    (TEX, 1e25, 1.4854585e11, 1.1219881e13, 1.83802421, PRINTED_9 * 10.0),
    (ROUNDED, 1e21, 1824217696.9, 91363364663.3, 2.32888294015, PRINTED_12 * 10.0),
    (ROUNDED, 5.76e23, 32189859151.4, 2.98230568666e12, 1.93074810173, PRINTED_12),
    (TEX, 1e21, 2216954892.62, 75178194748.9, 2.29549104008, PRINTED_12),
    (TEX, 5.76e23, 40360938387.2, 2.378537364e12, 1.918412046, PRINTED_9),
    (PRINTED, 1e21, 2778459463.07, 59985279210.3, 2.30552857126, PRINTED_12),
    (PRINTED, 5.76e23, 72248702500.4, 1.32874358539e12, 1.9744411084, PRINTED_12 * 10.0),
    (REFIT, 1e19, 261863845.564, 6364630684.62, 2.92564085459, PRINTED_12),
    (REFIT, 5.76e23, 73190438835.3, 1.3116467332e12, 1.97391210663, PRINTED_12 * 10.0),
    (REFIT, 3.8e25, 630119828950.0, 1.0050998306e13, 1.89140511613, PRINTED_12 * 10.0),
];

#[test]
fn every_budget_of_the_tables_gives_its_size_tokens_and_loss() {
    for (fit, flops, n, d, loss, tolerance) in CLOSED_FORMS {
        let best = minimise(law(fit), [budget(flops)]);
        is_optimum(&best);
        close(best.at["N"], n, tolerance);
        close(best.at["D"], d, tolerance);
        close(best.value, loss, tolerance);
    }
}

#[test]
fn the_least_compute_for_a_loss_of_2_2_is_the_printed_one() {
    for (fit, flops) in [(ROUNDED, 4.3377615e21), (TEX, 3.0501941e21)] {
        let best = minimise(of("6*N*D"), [Limit::at_most(law(fit), 2.2)]);
        is_optimum(&best);
        close(best.value, flops, 2e-8);
    }
}

#[test]
fn the_least_compute_for_the_best_loss_of_a_budget_is_the_budget() {
    let best = minimise(law(TEX), [budget(5.76e23)]);
    let back = minimise(of("6*N*D"), [Limit::at_most(law(TEX), best.value)]);
    is_optimum(&back);
    // The loss is known to one rounding, and C moves by 55 times as much.
    close(back.value, 5.76e23, 100.0 * f64::EPSILON);
    close(back.at["N"], best.at["N"], ROUNDING);
}

#[test]
fn a_serving_demand_moves_the_optimum_as_high_precision_says() {
    for line in include_str!("oracles/allocate.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let numbers: Vec<f64> = fields[1..].iter().map(|field| field.parse().unwrap()).collect();
        let [e, a, alpha, b, beta, demand, flops, n, d, loss] = numbers[..] else { panic!("ten numbers") };
        let fit = [e, a, alpha, b, beta];
        let cost = || Quantity::new(Formula::parse("6*N*D + 2*N*demand").unwrap(), [("demand", demand)]);
        let best = minimise(law(fit), [Limit::at_most(cost(), flops)]);
        is_optimum(&best);
        close(best.at["N"], n, ROUNDING);
        // Where the demand takes nearly all, D is what little is left.
        close(best.at["D"], d, ROUNDING * (1.0 + demand / d));
        close(best.value, loss, ROUNDING);
    }
}

#[test]
fn sardana_serves_the_quality_of_13_billion_with_7() {
    let fit: Fit = [1.69, 406.4, 0.336, 410.7, 0.283];
    let (n, demand) = (13e9, 2e12);
    let d = pow(0.283 * 410.7 / (0.336 * 406.4) * pow(n, 0.336), 1.0 / 0.283);
    let quality = 1.69 + 406.4 * pow(n, -0.336) + 410.7 * pow(d, -0.283);
    let cost = Quantity::new(Formula::parse("6*N*D + 2*N*demand").unwrap(), [("demand", demand)]);
    let best = minimise(cost, [Limit::at_most(law(fit), quality)]);
    is_optimum(&best);
    close(best.at["N"], 6.969e9, SHEET);
    close(best.at["D"], 1.248e12, SHEET);
    close(6.0 * n * d + 2.0 * n * demand - best.value, 1.69e22, 5e-3);
}

/// Muennighoff et al. (2023), minimised by another program: budget, unique tokens, N, D, loss.
const REPEATED: [(f64, f64, f64, f64, f64); 4] = [
    (1e22, 25e9, 7.02616e9, 2.37209e11, 2.22212927),
    (9.3e21, 12e9, 6.08258e9, 2.54826e11, 2.27069060),
    (1e21, 1e9, 1.76947e9, 94.19e9, 2.76200839),
    (1e22, 1e12, 9.21833e9, 1.80799e11, 2.18799746),
];

#[test]
fn repeated_data_give_the_optima_of_the_sheet() {
    let text = "U = min(D, unique); R = max(D / U - 1, 0)
        seen = U + U * 15.387756 * (1 - exp(-R / 15.387756))
        most = min(N, 0.05098652 * U); S = max(N / most - 1, 0)
        used = most + most * 5.309743 * (1 - exp(-S / 5.309743))
        1.86914368 + 520.82495 / used^0.3526596 + 1487.71609 / seen^0.3526596";
    for (flops, unique, n, d, loss) in REPEATED {
        let law = Quantity::new(Formula::parse(text).unwrap(), [("unique", unique)]);
        let best = minimise(law, [budget(flops)]);
        is_optimum(&best);
        close(best.at["N"], n, SHEET);
        close(best.at["D"], d, SHEET);
        close(best.value, loss, PRINTED_9);
    }
}

#[test]
fn sparsity_runs_to_the_end_of_its_box_and_stops_where_memory_is_short() {
    // Abnar et al. (2025).
    let law =
        "16612.5/N^0.5962 + 5455.67/D^0.3954 + 0.4598/(1-S)^-0.1666 + 17.26/((1-S)^0.1603*N^0.1595) + 0.94";
    let free = || [Free::positive("N"), Free::positive("D"), Free::within("S", 0.0, 0.98)];
    let cost = |flops| Limit::at_most(of("6*(1-S)*N*D"), flops);
    for (flops, n, loss) in [(1e20, 1.707e10, 2.27078), (1e21, 8.325e10, 2.01426)] {
        let best = Problem::new(of(law), free()).within(cost(flops)).solve().unwrap();
        assert_eq!(best.termination, Termination::AtBound);
        assert_eq!((best.at["S"], best.edges.len()), (0.98, 1));
        assert!(best.edges[0].variable == "S" && best.edges[0].high && best.edges[0].declared);
        close(best.at["N"], n, SHEET);
        close(best.value, loss, 5e-6);
    }
    let small = Limit::at_most(of("N"), 3e9);
    let best = Problem::new(of(law), free()).within(cost(1e20)).within(small).solve().unwrap();
    is_optimum(&best);
    assert!(best.at["S"] < 0.97 && best.at["N"] == 3e9);
}

#[test]
fn a_limit_that_does_not_bind_is_not_active() {
    let best = minimise(law(TEX), [budget(5.76e23), Limit::at_most(of("N"), 1e11)]);
    is_optimum(&best);
    assert_eq!(best.active.iter().map(|active| active.limit).collect::<Vec<_>>(), [0]);
    assert_eq!(best.at["N"], minimise(law(TEX), [budget(5.76e23)]).at["N"]);
}

#[test]
fn a_limit_exactly_at_the_optimum_changes_nothing() {
    let free = minimise(law(REFIT), [budget(5.76e23)]);
    for sense in [Limit::at_most, Limit::at_least, Limit::equal] {
        let best = minimise(law(REFIT), [budget(5.76e23), sense(of("N"), free.at["N"])]);
        is_optimum(&best);
        close(best.at["D"], free.at["D"], ROUNDING);
        close(best.value, free.value, 4.0 * f64::EPSILON);
        for Active { relative, .. } in best.active.iter().filter(|active| active.limit == 1) {
            assert!(relative.abs() < 1e-9, "nothing to gain by moving it: {relative}");
        }
    }
}

#[test]
fn a_variable_held_by_a_limit_has_its_value_to_the_digit() {
    let best = minimise(law(TEX), [budget(5.76e23), Limit::equal(of("N"), 7e9)]);
    is_optimum(&best);
    assert_eq!(best.at["N"], 7e9);
    close(best.at["D"], 5.76e23 / 42e9, 1e-14);
    assert_eq!(best.certificate.curvature, None, "no direction is left");
}

#[test]
fn with_both_variables_fixed_the_optimum_is_that_point() {
    let limits = [Limit::equal(of("N"), 7e9), Limit::equal(of("D"), 1e12)];
    let best = minimise(law(TEX), limits);
    is_optimum(&best);
    assert_eq!((best.at["N"], best.at["D"]), (7e9, 1e12));
    let [e, a, alpha, b, beta] = TEX;
    close(best.value, e + a * pow(7e9, -alpha) + b * pow(1e12, -beta), 1e-15);
}

#[test]
fn a_ratio_of_20_tokens_per_parameter_is_kept() {
    for sense in [Limit::at_most, Limit::equal] {
        let best = minimise(law(TEX), [budget(5.76e23), sense(of("D/N"), 20.0)]);
        is_optimum(&best);
        close(best.at["D"] / best.at["N"], 20.0, ROUNDING);
        close(best.at["N"], (5.76e23_f64 / 120.0).sqrt(), ROUNDING);
    }
}

#[test]
fn a_limit_may_be_on_another_law() {
    let tight = Limit::at_most(law(ROUNDED), 1.95);
    let best = minimise(of("N"), [budget(5.76e23), tight]);
    is_optimum(&best);
    assert_eq!(best.active.len(), 2, "the smallest model uses up the budget and just meets the target");
    let there = minimise(law(ROUNDED), [budget(5.76e23), Limit::equal(of("N"), best.at["N"])]);
    close(there.value, 1.95, ROUNDING);
    assert!(best.at["N"] < 3.2e10);
}

#[test]
fn marginal_values_are_the_slopes_between_neighbouring_bounds() {
    let limits = |scale: [f64; 3]| {
        [
            budget(5.76e23 * scale[0]),
            Limit::at_most(of("N"), 1e10 * scale[1]),
            Limit::at_least(of("D/N"), 20.0 * scale[2]),
        ]
    };
    let best = minimise(law(TEX), limits([1.0; 3]));
    is_optimum(&best);
    assert_eq!(best.active.iter().map(|active| active.limit).collect::<Vec<_>>(), [0, 1]);
    for Active { limit, relative, marginal } in best.active.clone() {
        let at = |by: f64| {
            let mut scale = [1.0; 3];
            scale[limit] = 1.0 + by;
            minimise(law(TEX), limits(scale)).value
        };
        let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
        close(relative, slope, 1e-6);
        assert!(relative < 0.0, "more budget, or a larger model, lowers the loss");
        close(marginal * [5.76e23, 1e10, 20.0][limit], relative, 1e-15);
    }
}

#[test]
fn the_marginal_value_of_a_target_is_compute_per_unit_of_loss() {
    let cost = |target| minimise(of("6*N*D"), [Limit::at_most(law(TEX), target)]);
    let best = cost(2.2);
    let slope = (cost(2.2 + 1e-6).value - cost(2.2 - 1e-6).value) / 2e-6;
    close(best.active[0].marginal, slope, 1e-6);
    assert!(slope < 0.0);
}

#[test]
fn without_a_budget_the_loss_falls_for_ever_and_that_is_said() {
    let best = minimise(law(TEX), []);
    assert_eq!(best.termination, Termination::Unbounded);
    let runs: Vec<(&str, bool)> = best.edges.iter().map(|edge| (&edge.variable[..], edge.high)).collect();
    assert_eq!(runs, [("N", true), ("D", true)]);
    assert!(best.edges.iter().all(|edge| !edge.declared));
    close(best.value, TEX[0], 1e-9);
}

#[test]
fn a_law_without_tokens_spends_everything_on_parameters_for_ever() {
    let best = minimise(of("1.69 + 406/N^0.34"), [budget(1e20)]);
    assert_eq!(best.termination, Termination::Unbounded);
    assert_eq!((&best.edges[0].variable[..], best.edges[0].high), ("N", true));
}

#[test]
fn a_target_below_the_floor_of_the_law_is_infeasible_and_the_floor_is_told() {
    let best = minimise(of("6*N*D"), [Limit::at_most(law(TEX), 1.6)]);
    assert_eq!(best.termination, Termination::Infeasible);
    assert_eq!(best.violated.len(), 1);
    assert_eq!((best.violated[0].limit, best.violated[0].bound), (0, 1.6));
    close(best.violated[0].value, TEX[0], 1e-9);
    assert!(best.active.is_empty());
}

#[test]
fn contradictory_limits_are_infeasible_and_named() {
    let cases = [
        (Limit::at_most(of("N"), 1e9), Limit::at_least(of("N"), 2e9)),
        (Limit::at_most(of("N"), 1e9), Limit::at_least(of("N"), 1.000_000_000_1e9)),
        (Limit::equal(of("N"), 1e9), Limit::at_least(of("6*N*D"), 1e25)),
    ];
    for (first, second) in cases {
        let third = Limit::at_most(of("D"), 1e12);
        let best = minimise(law(TEX), [budget(1e26), first, second, third]);
        assert_eq!(best.termination, Termination::Infeasible, "{best:?}");
        assert!(best.violated.iter().any(|violation| violation.limit == 2), "{best:?}");
        assert!(best.violated.iter().all(|violation| violation.limit > 0), "the budget is wide: {best:?}");
        assert!(best.certificate.residual < 1e-6, "the violations stand still: {best:?}");
    }
}

#[test]
fn a_target_that_a_budget_cannot_reach_names_both() {
    let best = minimise(of("N"), [budget(5.76e23), Limit::at_most(law(TEX), 1.9)]);
    assert_eq!(best.termination, Termination::Infeasible);
    assert_eq!(best.violated.iter().map(|violation| violation.limit).collect::<Vec<_>>(), [0, 1]);
    assert!(best.violated[1].value > 1.9 && best.violated[1].value < 1.9184120459968);
}

#[test]
fn where_only_the_product_counts_the_answer_is_flat() {
    let best = minimise(of("1.7 + 400/(N*D)^0.2"), [budget(5.76e23)]);
    assert_eq!(best.termination, Termination::Flat);
    assert_eq!(best.undetermined, ["N", "D"]);
    close(6.0 * best.at["N"] * best.at["D"], 5.76e23, ROUNDING);
}

#[test]
fn a_ridge_is_no_optimum() {
    // Along the budget the loss is largest where N = D, which is where the search begins.
    let law = "2 + exp(-(ln(N) - ln(D))^2 / 100)";
    let limits = [budget(6e20), Limit::at_most(of("D/N"), 1e9), Limit::at_least(of("D/N"), 1e-9)];
    let best = minimise(of(law), limits);
    assert!(ln(best.at["N"] / best.at["D"]).abs() > 9.0, "{best:?}");
}

#[test]
fn a_box_that_does_not_reach_the_optimum_holds_it() {
    let free = [Free::within("N", 1.0, 1e10), Free::within("D", 1.0, 1e20)];
    let best = Problem::new(law(TEX), free).within(budget(5.76e23)).solve().unwrap();
    assert_eq!(best.termination, Termination::AtBound);
    assert_eq!(best.at["N"], 1e10);
    assert!(best.edges[0].declared && best.edges[0].high && best.edges[0].variable == "N");
    let wide = [Free::within("N", 1.0, 1e18), Free::within("D", 1.0, 1e20)];
    let best = Problem::new(law(TEX), wide).within(budget(5.76e23)).solve().unwrap();
    is_optimum(&best);
    close(best.at["N"], 40360938387.2, PRINTED_12);
}

#[test]
fn no_plan_breaks_a_condition_of_a_formula() {
    let law = "1.69 + 406/N^0.34 + 410/D^0.28 where N < 5, D / N >= 20";
    let best = minimise(of(law), [Limit::at_most(of("6*N*D where N > 0, D < 1"), 1e20)]);
    assert_eq!(best.termination, Termination::AtBound, "{best:?}");
    assert!(best.broken.is_empty());
    close(best.at["D"], 1.0, 1e-8);
    close(best.at["N"], 0.05, 1e-8);
    let condition = best.edges[0].by.as_ref().map(|(part, text)| (*part, &text[..]));
    assert_eq!(condition, Some((Part::Limit(0), "D < 1")));
    assert_eq!(best.ends, [(Part::Objective, Some("D / N >= 20".to_owned()))]);
}

#[test]
fn a_law_that_has_no_value_at_the_first_start_is_started_elsewhere() {
    let best = minimise(of("(N - 1e6)^-0.3 + D^-0.3"), [budget(1e20)]);
    is_optimum(&best);
    assert!(best.at["N"] > 1e6);
}

#[test]
fn an_absurd_budget_has_its_optimum() {
    for flops in [1e-30, 1.0, 1e60] {
        let best = minimise(law(TEX), [budget(flops)]);
        is_optimum(&best);
        close(6.0 * best.at["N"] * best.at["D"], flops, ROUNDING);
    }
}

#[test]
fn one_preparation_serves_many_fits_and_bounds_and_remembers_none() {
    let problem = Problem::new(law(TEX), chosen()).within(budget(5.76e23));
    let mut prepared = problem.prepare().unwrap();
    let first = prepared.solve().unwrap();
    for (name, value) in ["E", "A", "alpha", "B", "beta"].into_iter().zip(REFIT) {
        prepared.set_value(Part::Objective, name, value).unwrap();
    }
    prepared.set_bound(0, 1e19).unwrap();
    assert_eq!(prepared.solve().unwrap(), minimise(law(REFIT), [budget(1e19)]));
    for (name, value) in ["E", "A", "alpha", "B", "beta"].into_iter().zip(TEX) {
        prepared.set_value(Part::Objective, name, value).unwrap();
    }
    prepared.set_bound(0, 5.76e23).unwrap();
    assert_eq!(prepared.solve().unwrap(), first);
}

#[test]
fn the_law_typed_with_other_names_gives_the_same_bits() {
    let [e, a, alpha, b, beta] = TEX;
    let values = [("q", e), ("u", a), ("s", alpha), ("v", b), ("t", beta)];
    let typed = Quantity::new(Formula::parse("q + u*x^-s + v*y^-t").unwrap(), values);
    for flops in [1e18, 5.76e23, 1e27] {
        let limit = Limit::at_most(of("6*x*y"), flops);
        let theirs =
            Problem::new(typed.clone(), ["x", "y"].map(Free::positive)).within(limit).solve().unwrap();
        let ours = minimise(law(TEX), [budget(flops)]);
        assert_eq!(theirs.at["x"].to_bits(), ours.at["N"].to_bits());
        assert_eq!(theirs.at["y"].to_bits(), ours.at["D"].to_bits());
        assert_eq!(theirs.value.to_bits(), ours.value.to_bits());
        assert_eq!((theirs.active, theirs.certificate), (ours.active, ours.certificate));
    }
}

#[test]
fn units_change_nothing_but_the_numbers() {
    // N in billions of parameters, D in trillions of tokens.
    let [e, a, alpha, b, beta] = REFIT;
    let scaled = [e, a * pow(1e9, -alpha), alpha, b * pow(1e12, -beta), beta];
    let best = minimise(law(scaled), [Limit::at_most(of("6e21*N*D"), 5.76e23)]);
    is_optimum(&best);
    close(best.at["N"] * 1e9, 73190438835.3, PRINTED_12);
    close(best.at["D"] * 1e12, 1.3116467332e12, PRINTED_12 * 10.0);
}
