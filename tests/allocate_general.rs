//! Allocation over shares, sets, kinks, steps and formulas that end: what is found, and how it stands.

use isoflop::allocate::{Free, Global, Limit, Part, Problem, Quantity, Solution};
use isoflop::formula::{Formula, Table};
use isoflop::num::pow;
use isoflop::outcome::Termination;

fn of(text: &str) -> Quantity {
    Quantity::new(Formula::parse(text).unwrap(), [])
}

fn size_and_tokens() -> [Free; 2] {
    [Free::within("N", 1.0, 1e18), Free::within("D", 1.0, 1e20)]
}

fn solve(
    objective: &str,
    free: impl IntoIterator<Item = Free>,
    limits: impl IntoIterator<Item = Limit>,
) -> Solution {
    let mut problem = Problem::new(of(objective), free);
    problem.limits.extend(limits);
    problem.solve().unwrap()
}

fn budget(flops: f64) -> Limit {
    Limit::at_most(of("6*N*D"), flops)
}

#[track_caller]
fn close(given: f64, expected: f64, tolerance: f64) {
    let by = if expected == 0.0 { given.abs() } else { (given / expected - 1.0).abs() };
    assert!(by <= tolerance, "{given} is not {expected}: off by {by:e}");
}

#[track_caller]
fn stands(solution: &Solution, termination: Termination) {
    assert_eq!(solution.termination, termination, "{solution:?}");
    let certificate = solution.certificate;
    assert!(certificate.residual <= 1e-10 && certificate.feasibility <= 1e-12, "{certificate:?}");
}

#[test]
fn at_a_kink_the_plan_is_proved_from_both_sides() {
    let best = solve("U = min(D, 25e9); 1.69 + 406/N^0.34 + 410/U^0.28", size_and_tokens(), [budget(1e24)]);
    stands(&best, Termination::Optimum);
    close(best.at["D"], 25e9, 1e-12);
    close(best.at["N"], 1e24 / 150e9, 1e-12);
    // The budget buys size alone there, from either side.
    close(best.active[0].relative, -0.34 * 406.0 / pow(best.at["N"], 0.34), 1e-9);
}

#[test]
fn a_kink_that_is_no_optimum_is_crossed() {
    // From 1e5 tokens on each further token is worth twice as much.
    let law = "T = max(D, 2 * D - 1e5); 1.69 + 406/N^0.34 + 410/T^0.28";
    let best = solve(law, size_and_tokens(), [budget(1e21)]);
    stands(&best, Termination::Optimum);
    assert!(best.at["D"] > 1e9);
}

#[test]
fn two_kinks_may_meet() {
    let law = "1 + abs(ln(N) - ln(1e9)) + 3 * abs(ln(D) - ln(2e10))";
    let best = solve(law, size_and_tokens(), [budget(1e25)]);
    stands(&best, Termination::Optimum);
    close(best.at["N"], 1e9, 1e-12);
    close(best.at["D"], 2e10, 1e-12);
    close(best.value, 1.0, 1e-12);
    // With less than both cost, the one that matters less gives way.
    let best = solve(law, size_and_tokens(), [budget(6e19)]);
    stands(&best, Termination::Optimum);
    close(best.at["D"], 2e10, 1e-12);
    close(best.at["N"], 5e8, 1e-12);
}

#[test]
fn of_steps_the_better_side_is_taken() {
    // Layers of 1e8 parameters: what is left over is wasted.
    let law = "n = floor(N / 1e8); 1.69 + 406/(1e8 * n)^0.34 + 410/D^0.28";
    let free = [Free::within("N", 1e8, 1e12), Free::within("D", 1.0, 1e20)];
    let best = solve(law, free, [budget(1e20)]);
    stands(&best, Termination::Optimum);
    let layers = best.at["N"] / 1e8;
    close(layers, layers.round(), 1e-9);
    let loss = |n: f64| 1.69 + 406.0 / pow(1e8 * n, 0.34) + 410.0 / pow(1e20 / 6.0 / (1e8 * n), 0.28);
    for other in 1..100 {
        assert!(best.value <= loss(f64::from(other)) + 1e-12, "{other} layers are better");
    }
}

#[test]
fn a_step_of_a_table_is_a_piece_of_its_own() {
    let table =
        Table::new(vec![1e6, 1e8, 1e9, 1e11, 1e13], vec![512.0, 1024.0, 2048.0, 8192.0, 8192.0]).unwrap();
    let law = Formula::parse("w = step(width, N); 1.69 + 406/N^0.34 + 410/D^0.28 + w / 1e5").unwrap();
    let law = Quantity::new(law.with_tables(&[("width", table)]), []);
    let free = [Free::within("N", 1e6, 1e12), Free::within("D", 1.0, 1e20)];
    let best = Problem::new(law, free).within(budget(1e21)).solve().unwrap();
    stands(&best, Termination::Optimum);
    // 1.8e9 parameters would be best without the width; the step at 1e9 costs 0.01, less than it gains.
    let loss = |n: f64, w: f64| 1.69 + 406.0 / pow(n, 0.34) + 410.0 / pow(1e21 / 6.0 / n, 0.28) + w / 1e5;
    for i in 0..2000 {
        let n = 1e6 * pow(10.0, f64::from(i) / 2000.0 * 6.0);
        let w = if n < 1e8 {
            512.0
        } else if n < 1e9 {
            1024.0
        } else if n < 1e11 {
            2048.0
        } else {
            8192.0
        };
        assert!(best.value <= loss(n, w) + 1e-12, "{n} is better than {best:?}");
    }
}

#[test]
fn a_share_may_end_at_zero_or_inside() {
    let law = "(1 - S)^-0.2 * (1.69 + 406/N^0.34 + 410/D^0.28) - 0.3 * S";
    let free = || [Free::within("N", 1.0, 1e18), Free::within("D", 1.0, 1e20), Free::within("S", 0.0, 0.98)];
    let best = solve(law, free(), [budget(1e21)]);
    stands(&best, Termination::AtBound);
    assert_eq!(best.at["S"], 0.0);
    assert!(!best.edges[0].high && best.edges[0].variable == "S");
    let law = "(1 - S)^-0.1 * (1.69 + 406/N^0.34 + 410/D^0.28) - 0.3 * S";
    let best = solve(law, free(), [budget(1e21)]);
    stands(&best, Termination::Optimum);
    let loss = 1.69 + 406.0 / pow(best.at["N"], 0.34) + 410.0 / pow(best.at["D"], 0.28);
    close(0.1 * pow(1.0 - best.at["S"], -1.1) * loss, 0.3, 1e-9);
    assert!(matches!(best.certificate.global, Global::Scan { points: 4096, better: false, .. }));
}

#[test]
fn shares_of_a_mixture_may_end_at_zero() {
    let law = "a^2 + 2 * b^2 + 3 * c + 1";
    let free = ["a", "b", "c"].map(|name| Free::within(name, 0.0, 1.0));
    let best = solve(law, free, [Limit::equal(of("a + b + c"), 1.0)]);
    stands(&best, Termination::AtBound);
    close(best.at["a"], 2.0 / 3.0, 1e-9);
    close(best.at["b"], 1.0 / 3.0, 1e-9);
    assert_eq!(best.at["c"], 0.0);
}

#[test]
fn of_a_set_the_best_member_is_chosen_and_its_neighbours_are_told() {
    let law = "1.69 + 406/(N * E^0.5)^0.34 + 410/D^0.28 + 0.01 * E";
    let free =
        [Free::within("N", 1.0, 1e18), Free::within("D", 1.0, 1e20), Free::one_of("E", [8.0, 1.0, 2.0, 4.0])];
    let best = solve(law, free, [budget(1e21)]);
    stands(&best, Termination::Optimum);
    let with = |experts: f64| {
        let free =
            [Free::within("N", 1.0, 1e18), Free::within("D", 1.0, 1e20), Free::within("E", experts, experts)];
        solve(law, free, [budget(1e21)]).value
    };
    let (chosen, all) = (best.at["E"], [1.0, 2.0, 4.0, 8.0]);
    let place = all.iter().position(|e| *e == chosen).unwrap();
    assert!((1..3).contains(&place), "{best:?}");
    assert_eq!(best.next.iter().map(|next| next.to).collect::<Vec<_>>(), [all[place + 1], all[place - 1]]);
    for next in &best.next {
        assert_eq!(next.value, Some(with(next.to)));
        assert!(with(next.to) > best.value);
    }
}

#[test]
fn a_flat_answer_tells_the_set() {
    let best = solve("1.7 + 400/(N*D)^0.2", size_and_tokens(), [budget(6e23)]);
    assert_eq!(best.termination, Termination::Flat);
    // D ends at 1e20, so N begins at 1e3; N ends at 1e18, so D begins at 1e5.
    close(best.set["N"][0], 1e3, 1e-4);
    close(best.set["N"][1], 1e18, 1e-4);
    close(best.set["D"][0], 1e5, 1e-4);
    close(best.set["D"][1], 1e20, 1e-4);
}

#[test]
fn two_optima_of_one_value_are_both_told() {
    let law = "2 - exp(-(ln(N) - ln(1e7))^2) - exp(-(ln(N) - ln(1e11))^2) + 1 / D";
    let best = solve(law, size_and_tokens(), []);
    assert_eq!(best.termination, Termination::Several, "{best:?}");
    let mut sizes: Vec<f64> = best.several.iter().chain([&best.at]).map(|plan| plan["N"]).collect();
    sizes.sort_by(f64::total_cmp);
    close(sizes[0], 1e7, 1e-6);
    close(sizes[1], 1e11, 1e-6);
}

#[test]
fn the_better_of_two_valleys_is_found_wherever_the_search_begins() {
    for deep in [1e5, 1e8, 1e11, 1e14] {
        let law = format!("2 - exp(-(ln(N) - ln({deep}))^2 / 4) - 0.9 * exp(-(ln(N) - ln(1e3))^2 / 4)");
        let best = solve(&law, [Free::within("N", 1.0, 1e18)], []);
        stands(&best, Termination::Optimum);
        close(best.at["N"], deep, 5e-2);
    }
}

#[test]
fn a_loss_below_zero_has_a_plan() {
    let best = solve("406/N^0.34 + 410/D^0.28 - 5.5", size_and_tokens(), [budget(1e21)]);
    stands(&best, Termination::Optimum);
    let same = solve("406/N^0.34 + 410/D^0.28", size_and_tokens(), [budget(1e21)]);
    close(best.at["N"], same.at["N"], 1e-9);
    close(best.value, same.value - 5.5, 1e-12);
    close(best.active[0].marginal, same.active[0].marginal, 1e-8);
}

#[test]
fn a_limit_of_zero_and_one_below_hold() {
    let free = || [Free::within("x", -5.0, 5.0), Free::within("y", -5.0, 5.0)];
    let best = solve("(x - 2)^2 + (y + 1)^2 + 1", free(), [Limit::at_most(of("x + y"), 0.0)]);
    stands(&best, Termination::Optimum);
    close(best.at["x"], 1.5, 1e-9);
    close(best.at["y"], -1.5, 1e-9);
    close(best.active[0].marginal, -1.0, 1e-9);
    let best = solve("(x - 2)^2 + (y + 1)^2 + 1", free(), [Limit::at_most(of("x"), -3.0)]);
    stands(&best, Termination::Optimum);
    assert_eq!(best.at["x"], -3.0);
    close(best.active[0].marginal, -10.0, 1e-9);
}

#[test]
fn conditions_are_kept_and_the_one_that_holds_is_named() {
    let law = "1.69 + 406/N^0.34 + 410/D^0.28\nwhere D >= 100 * N";
    let best = solve(law, size_and_tokens(), [budget(1e21)]);
    stands(&best, Termination::AtBound);
    close(best.at["D"] / best.at["N"], 100.0, 1e-9);
    assert_eq!(best.ends, [(Part::Objective, Some("D >= 100 * N".to_owned()))]);
    let law = "1.69 + 406/N^0.34 + 410/D^0.28\nwhere N <= 1e9";
    let best = solve(law, size_and_tokens(), [budget(1e21)]);
    stands(&best, Termination::AtBound);
    assert_eq!(best.at["N"], 1e9);
    assert_eq!(best.edges[0].by, Some((Part::Objective, "N <= 1e9".to_owned())));
}

#[test]
fn a_loss_out_of_reach_is_told_with_the_floor() {
    let law = || of("1.8172 + 482/N^0.35 + 2085/D^0.37");
    let problem = Problem::new(of("6*N*D"), size_and_tokens()).within(Limit::at_most(law(), 1.6));
    let best = problem.solve().unwrap();
    assert_eq!(best.termination, Termination::Infeasible);
    let alone = best.violated[0].alone.unwrap();
    close(alone, 1.8172 + 482.0 / pow(1e18, 0.35) + 2085.0 / pow(1e20, 0.37), 1e-9);
    // One that is in reach, but not within the budget, has none.
    let problem =
        Problem::new(of("6*N*D"), size_and_tokens()).within(Limit::at_most(law(), 2.0)).within(budget(1e18));
    let best = problem.solve().unwrap();
    assert_eq!(best.termination, Termination::Infeasible);
    assert!(best.violated.iter().all(|violated| violated.alone.is_none()), "{best:?}");
}

#[test]
fn convex_problems_need_no_scan() {
    let best = solve("1.69 + 406/N^0.34 + 410/D^0.28", size_and_tokens(), [budget(1e21)]);
    stands(&best, Termination::Optimum);
    assert_eq!(best.certificate.global, Global::Convex);
}
