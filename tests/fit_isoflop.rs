//! `IsoFLOP` profiles against vertices and power laws computed at 40 digits by another program.
//!
//! The oracles are never rewritten by a test.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod digits;
mod measured;

use digits::reads;
use isoflop::fit::isoflop::{
    Bootstrap, Group, Grouping, IsoFlop, IsoFlopError, Of, Options, Resampling, Runs, Surface, isoflop,
};
use isoflop::fit::{Line, Parabola, PowerLaw};
use isoflop::num::rng::Stream;
use isoflop::outcome::Explain;
use measured::Measured;

/// Relative, on what the oracles print with twelve digits.
const EXACT: f64 = 1e-10;

fn close(label: &str, given: f64, expected: f64, tolerance: f64) {
    assert!((given / expected - 1.0).abs() <= tolerance, "{label}: {given} is not {expected}");
}

/// A number as its table prints it, good to half of the last digit.
fn printed(label: &str, given: f64, expected: &str) {
    assert!(reads(given, expected, EXACT), "{label}: {given} is not {expected}");
}

struct Table {
    n: Vec<f64>,
    d: Vec<f64>,
    c: Vec<f64>,
    loss: Vec<f64>,
    budget: Vec<Option<f64>>,
}

impl Table {
    fn new(table: &Measured, budget: &str) -> Self {
        Self {
            n: table.column("params"),
            d: table.column("tokens"),
            c: table.column("flops"),
            loss: table.column("loss"),
            budget: table.column(budget).into_iter().map(Some).collect(),
        }
    }

    fn runs(&self) -> Runs<'_> {
        Runs { n: &self.n, d: &self.d, c: &self.c, loss: &self.loss }
    }

    fn given(&self, window: Option<usize>, of: Of) -> IsoFlop {
        isoflop(&self.runs(), &Grouping::Given(&self.budget), &Options { window, of }).expect("profiles")
    }

    fn near(&self, window: Option<usize>, of: Of) -> IsoFlop {
        let grouping = Grouping::Near { tolerance: 0.1 };
        isoflop(&self.runs(), &grouping, &Options { window, of }).expect("profiles")
    }
}

fn used(found: &IsoFlop) -> usize {
    found.groups.iter().filter(|group| group.reason.is_none()).count()
}

fn sizes(found: &IsoFlop) -> PowerLaw {
    found.power_laws.expect("two budgets").n
}

fn group(found: &IsoFlop, budget: f64) -> &Group {
    found.groups.iter().find(|group| group.budget == budget).expect("the budget")
}

/// Chinchilla's points that lie near a nominal budget: the kept ones, and all.
fn chinchilla() -> Option<(Table, Table)> {
    let near = |cell: &dyn Fn(&str) -> String| !cell("isoflop").is_empty();
    let kept = Measured::read("chinchilla_points.csv")?.filter(|cell| near(cell) && cell("kept240") == "1");
    let all = Measured::read("chinchilla_points.csv")?.filter(near);
    Some((Table::new(&kept, "isoflop"), Table::new(&all, "isoflop")))
}

#[test]
fn chinchillas_points_give_the_known_exponents() {
    let Some((kept, all)) = chinchilla() else { return };
    let found = all.given(None, Of::Loss);
    assert_eq!((used(&found), found.groups.len()), (8, 9));
    close("a of 245", sizes(&found).exponent, 0.494482301423, EXACT);
    close("k of 245", sizes(&found).log10_coefficient, -0.944202749515, EXACT);
    printed("se of a", sizes(&found).exponent_se.unwrap(), "0.02539");
    printed("se of k", sizes(&found).coefficient_se.unwrap(), "0.5107");
    let found = kept.given(None, Of::Loss);
    assert_eq!((used(&found), found.groups.len()), (8, 9));
    close("a of 240", sizes(&found).exponent, 0.510451163784, EXACT);
    close("k of 240", sizes(&found).log10_coefficient, -1.27741851218, EXACT);
    printed("se of a", sizes(&found).exponent_se.unwrap(), "0.02144");
    printed("se of k", sizes(&found).coefficient_se.unwrap(), "0.4312");
}

#[test]
fn where_compute_is_6nd_the_exponents_add_up_to_one_exactly() {
    let Some((kept, _)) = chinchilla() else { return };
    let found = kept.given(None, Of::Loss);
    assert!(found.six_nd);
    assert_eq!(found.exponent_sum(), Some(1.0));
    let laws = found.power_laws.unwrap();
    assert_eq!(laws.d.exponent, 1.0 - laws.n.exponent);
    close("kb", laws.d.log10_coefficient, -(6_f64.log10()) - laws.n.log10_coefficient, EXACT);
    for vertex in
        found.groups.iter().filter(|group| group.reason.is_none()).map(|group| (group.budget, group.vertex))
    {
        let (budget, Some(vertex)) = vertex else { panic!("a vertex") };
        close("6 N D", 6.0 * vertex.n * vertex.d, budget, 1e-14);
    }
}

#[test]
fn logarithms_of_loss_give_their_own_exponents() {
    let Some((kept, all)) = chinchilla() else { return };
    close("245", sizes(&all.given(None, Of::LogLoss)).exponent, 0.500150013525, EXACT);
    close("240", sizes(&kept.given(None, Of::LogLoss)).exponent, 0.511100161916, EXACT);
}

#[test]
fn a_window_drops_the_budgets_whose_lowest_loss_is_at_the_edge() {
    let Some((kept, all)) = chinchilla() else { return };
    for table in [&kept, &all] {
        let found = table.given(Some(3), Of::Loss);
        assert_eq!(used(&found), 5);
        close("window", sizes(&found).exponent, 0.500485165083, EXACT);
        let dropped =
            found.groups.iter().filter_map(|group| group.reason).map(isoflop::fit::isoflop::Reason::code);
        assert!(
            dropped.clone().any(|code| code == "isoflop.lowest_at_edge"),
            "{:?}",
            dropped.collect::<Vec<_>>()
        );
    }
}

#[test]
fn every_budget_of_chinchilla_has_its_known_vertex() {
    let Some((kept, all)) = chinchilla() else { return };
    let (kept, all) = (kept.given(None, Of::Loss), all.given(None, Of::Loss));
    let rows = [
        (&kept, 6e18, 9, "8.22840422186", "169201505.082", "3.04267784262", "0.51640224", "0.012659"),
        (&all, 1e19, 24, "8.52337504278", "333714473.474", "2.84394627982", "1.2922661", "0.16758"),
        (&kept, 1e19, 19, "8.42489615372", "266008891.685", "2.92014547893", "0.56429363", "0.034758"),
        (&kept, 3e19, 17, "8.69104739636", "490961453.895", "2.73294622639", "0.30262028", "0.011414"),
        (&kept, 6e19, 12, "8.86889504581", "739426559.246", "2.62820612464", "0.26357053", "0.0098291"),
        (&kept, 1e20, 13, "8.70001034575", "501199173.041", "2.54770683724", "0.11005393", "0.015042"),
        (&kept, 3e20, 15, "9.22432655962", "1676202791.63", "2.41655720774", "0.27193118", "0.0097433"),
        (&kept, 6e20, 14, "9.34698895099", "2223253327.52", "2.34694668704", "0.3093973", "0.0077166"),
        (&kept, 1e21, 16, "9.45230006331", "2833348940.79", "2.29579132614", "0.28748263", "0.006782"),
        (&kept, 3e21, 9, "9.60689215832", "4044754420.48", "2.20133029695", "0.25600019", "0.0071643"),
    ];
    for (found, budget, points, log10_n, n, loss, curvature, rms) in rows {
        let group = group(found, budget);
        let vertex = group.vertex.expect("a vertex");
        let label = format!("{budget:e}");
        assert_eq!(group.rows.len(), points, "{label}");
        printed(&label, vertex.log10[0], log10_n);
        printed(&label, vertex.n, n);
        printed(&label, vertex.loss, loss);
        printed(&label, group.curvature.unwrap(), curvature);
        printed(&label, group.rms.unwrap(), rms);
        let reason = group.reason.map(isoflop::fit::isoflop::Reason::code);
        assert_eq!(reason, (budget == 1e20).then_some("isoflop.vertex_outside"), "{label}");
    }
}

fn llama() -> Option<Table> {
    Some(Table::new(&Measured::read("facts-no-licence/llama3_isoflop.csv")?, "flops"))
}

#[test]
fn llamas_profiles_give_the_known_law_of_tokens() {
    let Some(table) = llama() else { return };
    for found in [table.given(None, Of::Loss), table.near(None, Of::Loss)] {
        let laws = found.power_laws.unwrap();
        assert_eq!((used(&found), found.groups.len()), (10, 10));
        close("b", laws.d.exponent, 0.536779127095, EXACT);
        close("kb", laws.d.log10_coefficient, -0.523813273627, EXACT);
        printed("coefficient", laws.d.coefficient(), "0.29936");
        printed("se", laws.d.exponent_se.unwrap(), "0.01819");
        let compute = 3.8e25_f64.log10();
        close("D*", 10_f64.powf(laws.d.log10_at(compute)), 1.610203019e13, 5e-10);
        close("N*", 10_f64.powf(laws.n.log10_at(compute)), 3.933251433e11, 5e-10);
    }
    close("ln L", table.given(None, Of::LogLoss).power_laws.unwrap().d.exponent, 0.536685642599, EXACT);
}

#[test]
fn every_budget_of_llama_has_its_known_vertex() {
    let Some(table) = llama() else { return };
    let found = table.given(None, Of::Loss);
    for (budget, log10_d, loss) in [
        (6e18, "9.64427606245", "0.900256440593"),
        (1e19, "9.71054685983", "0.878045770133"),
        (3e19, "9.8784185548", "0.835712039793"),
        (6e19, "10.0619416526", "0.812630008095"),
        (1e20, "10.1852913436", "0.79681990569"),
        (3e20, "10.403267158", "0.764078132409"),
        (6e20, "10.6124149695", "0.748130744146"),
        (1e21, "10.737201048", "0.736042755043"),
        (3e21, "10.9919582182", "0.711738219333"),
        (1e22, "11.3770099272", "0.693115775647"),
    ] {
        let vertex = group(&found, budget).vertex.expect("a vertex");
        printed(&format!("{budget:e}"), vertex.log10[1], log10_d);
        printed(&format!("{budget:e}"), vertex.loss, loss);
    }
}

fn porian(config: &str) -> Option<Table> {
    let table = Measured::read("porian_rw_isoflop.csv")?.filter(|cell| cell("config") == config);
    Some(Table::new(&table, "flops"))
}

#[test]
fn porians_profiles_give_the_known_exponents() {
    for (config, a, se, k, groups, of) in [
        ("rw_base_long_kaplan_kaplan_train", 0.864646270842, "0.0174", -7.93707374695, 11, 11),
        ("rw_base_long_kaplan_standard_val", 0.694896684117, "0.0052", -4.69114828386, 10, 12),
        ("rw_base_short_kaplan_standard_val", 0.592957148795, "0.0069", -2.69567824708, 12, 12),
        ("rw_base_short_chinchilla_standard_val", 0.551763415814, "0.0035", -1.94806626227, 12, 12),
        ("rw_tuned_short_const_standard_val", 0.50124317691, "0.0054", -1.00448284715, 12, 12),
        ("rw_base_long_kaplan_attention_train", 0.709416453693, "0.0046", -4.93300005919, 10, 12),
        ("rw_base_short_kaplan_attention_train", 0.601380619596, "0.0067", -2.81655682498, 12, 12),
        ("rw_base_short_chinchilla_attention_train", 0.566944523314, "0.0059", -2.17309740388, 12, 12),
        ("rw_tuned_short_const_attention_train", 0.503697156683, "0.0041", -1.01338304277, 12, 12),
        ("rw_tuned_long_const_kaplan_train", 0.694318578676, "0.0043", -4.76416342505, 11, 11),
    ] {
        let Some(table) = porian(config) else { return };
        let found = table.near(Some(2), Of::Loss);
        assert_eq!((used(&found), found.groups.len()), (groups, of), "{config}");
        close(config, sizes(&found).exponent, a, EXACT);
        close(config, sizes(&found).log10_coefficient, k, EXACT);
        printed(config, sizes(&found).exponent_se.unwrap(), se);
    }
}

#[test]
fn every_budget_of_porian_has_its_known_vertex() {
    let Some(table) = porian("rw_tuned_short_const_standard_val") else { return };
    let found = table.given(Some(2), Of::Loss);
    for (budget, log10_n, loss) in [
        (1.25e16, "7.10220839961", "4.52478466969"),
        (2.5e16, "7.22539510469", "4.35886644383"),
        (5e16, "7.35746635527", "4.19209638181"),
        (1e17, "7.49580244828", "4.0433416527"),
        (2e17, "7.64890311954", "3.8959005919"),
        (4e17, "7.80623635253", "3.76477707826"),
        (8e17, "7.9611420624", "3.63508638273"),
        (1.6e18, "8.11257331948", "3.50878591078"),
        (3.2e18, "8.27290885991", "3.39967986825"),
        (6.4e18, "8.41302171103", "3.28853365394"),
        (1.28e19, "8.57616590177", "3.19412063395"),
        (2.56e19, "8.75466723056", "3.09528797461"),
    ] {
        let group = group(&found, budget);
        let vertex = group.vertex.expect("a vertex");
        printed(&format!("{budget:e}"), vertex.log10[0], log10_n);
        printed(&format!("{budget:e}"), vertex.loss, loss);
        assert_eq!(group.fitted.len(), if budget == 2.56e19 { 4 } else { 5 }, "{budget:e}");
    }
}

/// Sizes equally spaced by their logarithm around a middle that lies `shift` decades above the best one, for five
/// budgets; `shift` is given how far the budget is from the first to the last.
fn slices(surface: &Surface, half: f64, shift: impl Fn(f64) -> f64) -> Table {
    let mut table = Table { n: vec![], d: vec![], c: vec![], loss: vec![], budget: vec![] };
    for step in 0..5 {
        let budget = 10_f64.powi(17 + step);
        let middle = surface.best().n.log10_at(budget.log10()) + shift(f64::from(step) / 4.0);
        for k in 0..15 {
            let n = 10_f64.powf(middle + half * (f64::from(k) / 7.0 - 1.0));
            let d = budget / (6.0 * n);
            table.n.push(n);
            table.d.push(d);
            table.c.push(budget);
            table.loss.push(surface.loss(n, d));
            table.budget.push(Some(budget));
        }
    }
    table
}

/// The relative error of tokens at a compute, of the line through every vertex whether it counts or not.
fn through_every_vertex(found: &IsoFlop, surface: &Surface, compute: f64) -> f64 {
    let (x, y): (Vec<f64>, Vec<f64>) = found
        .groups
        .iter()
        .map(|group| (group.budget.log10(), group.vertex.expect("a vertex").log10[1]))
        .unzip();
    let law = PowerLaw::of(Line::through(&x, &y, None).expect("five budgets"));
    10_f64.powf(law.log10_at(compute.log10()) - surface.best().d.log10_at(compute.log10())) - 1.0
}

const SYMMETRIC: Surface = Surface { e: 1.69, a: 400.0, alpha: 0.31, b: 400.0, beta: 0.31 };
const CHINCHILLA: Surface = Surface { e: 1.69, a: 406.4, alpha: 0.34, b: 410.7, beta: 0.28 };
const ASYMMETRIC: Surface = Surface { e: 1.69, a: 406.4, alpha: 0.465, b: 410.7, beta: 0.155 };

#[test]
fn the_bias_is_the_published_one() {
    // Czech et al. 2026: half-width as a factor; relative error of D* at 1e24 in percent, around the best size,
    // around a third of it, and drifting from the best size to a third of it.
    let table: [(&str, Surface, f64, [&str; 3]); 12] = [
        ("symmetric", SYMMETRIC, 2.0, ["0", "3.974244", "6.070972"]),
        ("symmetric", SYMMETRIC, 4.0, ["0", "3.471818", "5.171168"]),
        ("symmetric", SYMMETRIC, 8.0, ["0", "2.645165", "3.697903"]),
        ("symmetric", SYMMETRIC, 16.0, ["0", "1.509792", "1.689067"]),
        ("chinchilla", CHINCHILLA, 2.0, ["-0.326938", "7.110119", "11.614254"]),
        ("chinchilla", CHINCHILLA, 4.0, ["-1.301125", "5.690942", "9.831637"]),
        ("chinchilla", CHINCHILLA, 8.0, ["-2.902905", "3.376108", "6.939059"]),
        ("chinchilla", CHINCHILLA, 16.0, ["-5.100245", "0.237881", "3.047598"]),
        ("asymmetric", ASYMMETRIC, 2.0, ["-1.674748", "19.221180", "34.574619"]),
        ("asymmetric", ASYMMETRIC, 4.0, ["-6.497779", "14.413662", "30.038434"]),
        ("asymmetric", ASYMMETRIC, 8.0, ["-13.910419", "6.959366", "22.968689"]),
        ("asymmetric", ASYMMETRIC, 16.0, ["-23.116308", "-2.424573", "13.996977"]),
    ];
    let third = 3_f64.log10();
    for (name, surface, factor, expected) in table {
        let shifts: [&dyn Fn(f64) -> f64; 3] = [&|_| 0.0, &|_| -third, &|share| -third * share];
        for (shift, percent) in shifts.into_iter().zip(expected) {
            let slices = slices(&surface, factor.log10(), shift);
            let found = slices.given(None, Of::Loss);
            let expected = percent.parse::<f64>().unwrap();
            let off = |given: f64| {
                assert!((given - expected).abs() < 6e-7, "{name}, {factor}: {given} is not {percent}");
            };
            off(100.0 * through_every_vertex(&found, &surface, 1e24));
            // A vertex beyond the runs, as where they span a factor of two and the best lies at three, does not count.
            if used(&found) == 5 {
                let bias = found.bias(&slices.runs(), &Options::default(), &surface).expect("five budgets");
                off(100.0 * bias.d.at(1e24));
            } else {
                assert_eq!(factor, 2.0);
            }
        }
    }
}

#[test]
fn the_vertices_are_off_by_the_published_decades() {
    for (surface, factor, delta) in [
        (CHINCHILLA, 2.0, 0.00142220_f64),
        (CHINCHILLA, 4.0, 0.00568780),
        (CHINCHILLA, 8.0, 0.01279376),
        (CHINCHILLA, 16.0, 0.02273491),
        (ASYMMETRIC, 2.0, 0.00733493),
        (ASYMMETRIC, 4.0, 0.02917807),
        (ASYMMETRIC, 8.0, 0.06504940),
        (ASYMMETRIC, 16.0, 0.11416577),
    ] {
        let slices = slices(&surface, f64::log10(factor), |_| 0.0);
        let found = slices.given(None, Of::Loss);
        let bias = found.bias(&slices.runs(), &Options::default(), &surface).expect("five budgets");
        for group in bias.groups {
            let decades = group.expect("it counts").ln_1p() / std::f64::consts::LN_10;
            assert!((decades - delta).abs() < 6e-9, "{decades} is not {delta}");
        }
        assert!(bias.n.exponent.abs() < 1e-12, "the exponent is right: {}", bias.n.exponent);
    }
}

#[test]
fn a_surface_is_found_from_runs_without_noise() {
    let slices = slices(&CHINCHILLA, 8_f64.log10(), |_| 0.1);
    let found = Surface::through(&slices.runs(), &mut |_| {}).expect("a fit");
    close("alpha", found.alpha, CHINCHILLA.alpha, 1e-6);
    close("beta", found.beta, CHINCHILLA.beta, 1e-6);
    close("E", found.e, CHINCHILLA.e, 1e-6);
}

#[test]
fn where_tokens_do_not_follow_from_compute_each_exponent_is_its_own() {
    let mut slices = slices(&SYMMETRIC, 4_f64.log10(), |_| 0.0);
    // What 10 % of the compute goes into is not counted in 6 N D, and more of it in larger models.
    for (c, n) in slices.c.iter_mut().zip(&slices.n) {
        *c *= 1.0 + 1e-4 * n.sqrt();
    }
    let budget = slices.budget.clone();
    let table = Table { budget, ..slices };
    let found = table.given(None, Of::Loss);
    assert!(!found.six_nd);
    let laws = found.power_laws.unwrap();
    assert_eq!(found.exponent_sum(), Some(laws.n.exponent + laws.d.exponent));
    assert!(found.bias(&table.runs(), &Options::default(), &SYMMETRIC).is_none());
}

#[test]
fn groups_are_found_within_a_tolerance_and_never_by_a_digit() {
    let Some((kept, _)) = chinchilla() else { return };
    let found = kept.near(None, Of::Loss);
    assert!(found.groups.iter().all(|group| group.spread < 0.25));
    // 1.5e19 and 2.4e19 have one digit in common when rounded.
    let c: Vec<f64> = [1.5e19, 2.4e19].into_iter().flat_map(|c| [c; 6]).collect();
    let n: Vec<f64> = (0..12).map(|i| 1e8 * f64::from(1 + i % 6)).collect();
    let d: Vec<f64> = c.iter().zip(&n).map(|(c, n)| c / (6.0 * n)).collect();
    let loss: Vec<f64> = (0..12).map(|i| 3.0 + 0.1 * f64::from((i % 6 - 2) * (i % 6 - 2))).collect();
    let runs = Runs { n: &n, d: &d, c: &c, loss: &loss };
    let found = isoflop(&runs, &Grouping::Near { tolerance: 0.1 }, &Options::default()).unwrap();
    let budgets: Vec<f64> = found.groups.iter().map(|group| group.budget).collect();
    assert_eq!(budgets, [1.5e19, 2.4e19]);
    let one = isoflop(&runs, &Grouping::Near { tolerance: 0.7 }, &Options::default()).unwrap();
    assert_eq!(one.groups.len(), 1);
    assert!((one.groups[0].spread - 0.6).abs() < 1e-12);
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let Some(table) = porian("rw_tuned_short_const_standard_val") else { return };
    let mut order: Vec<usize> = (0..table.n.len()).collect();
    order.sort_by_key(|i| (i * 7919) % 127);
    let take = |column: &[f64]| order.iter().map(|&i| column[i]).collect::<Vec<f64>>();
    let budget = order.iter().map(|&i| table.budget[i]).collect();
    let shuffled =
        Table { n: take(&table.n), d: take(&table.d), c: take(&table.c), loss: take(&table.loss), budget };
    let (one, other) = (table.near(Some(2), Of::Loss), shuffled.near(Some(2), Of::Loss));
    assert_eq!(one.power_laws, other.power_laws);
}

#[test]
fn a_bootstrap_is_the_same_each_time_and_holds_the_truth() {
    let Some(table) = porian("rw_tuned_short_const_standard_val") else { return };
    let options = Options { window: Some(2), of: Of::Loss };
    let found = table.near(Some(2), Of::Loss);
    for resampling in [Resampling::Residuals, Resampling::Wild, Resampling::Rows] {
        let bootstrap = Bootstrap { resampling, draws: 200, seed: 7, first: 0 };
        let draws = found.bootstrap(&table.runs(), &options, &bootstrap, &mut |_| {}).unwrap();
        assert_eq!(draws, found.bootstrap(&table.runs(), &options, &bootstrap, &mut |_| {}).unwrap());
        let fewer = Bootstrap { draws: 20, ..bootstrap };
        let fewer = found.bootstrap(&table.runs(), &options, &fewer, &mut |_| {}).unwrap();
        assert_eq!(fewer[..], draws[..20], "a draw depends on its number alone");
        let last = Bootstrap { draws: 20, first: 180, ..bootstrap };
        let last = found.bootstrap(&table.runs(), &options, &last, &mut |_| {}).unwrap();
        assert_eq!(last[..], draws[180..], "draws can be shared out");
        let mut exponents: Vec<f64> = draws.iter().flatten().map(|laws| laws.n.exponent).collect();
        exponents.sort_by(f64::total_cmp);
        let (low, high) = (exponents[exponents.len() / 20], exponents[exponents.len() * 19 / 20]);
        println!("{resampling:?}: {} draws, {low} to {high}", exponents.len());
        assert!(low < 0.5012 && 0.5012 < high && high - low < 0.1, "{resampling:?}: {low} to {high}");
    }
}

/// A seeded standard normal number.
fn normal(stream: &mut Stream) -> f64 {
    let (radius, angle) = (1.0 - stream.unit(), stream.unit());
    (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}

/// How often nominal 90 % intervals of log10 N* at 100 times the largest budget hold the truth, in 400 studies of
/// seven budgets and eight sizes each, with noise of 0.003 in the log of loss.
fn coverage(half: f64, seed: u64) -> f64 {
    let compute = 6e23_f64.log10();
    let truth = CHINCHILLA.best().n.log10_at(compute);
    let holds = |study: u64| {
        let mut noise = Stream::new(seed, study);
        let mut table = Table { n: vec![], d: vec![], c: vec![], loss: vec![], budget: vec![] };
        for step in 0..7 {
            let budget = 6e18 * 10_f64.powf(f64::from(step) / 2.0);
            let middle = CHINCHILLA.best().n.log10_at(budget.log10());
            for k in 0..8 {
                let n = 10_f64.powf(middle + half * (f64::from(k) / 3.5 - 1.0));
                let d = budget / (6.0 * n);
                table.n.push(n);
                table.d.push(d);
                table.c.push(budget);
                table.loss.push(CHINCHILLA.loss(n, d) * (0.003 * normal(&mut noise)).exp());
                table.budget.push(Some(budget));
            }
        }
        let found = table.near(None, Of::Loss);
        let bootstrap = Bootstrap { resampling: Resampling::Residuals, draws: 300, seed: study, first: 0 };
        let draws = found.bootstrap(&table.runs(), &Options::default(), &bootstrap, &mut |_| {}).unwrap();
        let mut best: Vec<f64> = draws.iter().flatten().map(|laws| laws.n.log10_at(compute)).collect();
        best.sort_by(f64::total_cmp);
        best[best.len() / 20] <= truth && truth <= best[best.len() * 19 / 20]
    };
    (0..400).filter(|study| holds(*study)).count() as f64 / 400.0
}

#[test]
fn intervals_hold_the_truth_where_slices_are_short() {
    for seed in [1, 2, 3] {
        let coverage = coverage(0.5, seed);
        println!("seed {seed}: {:.1} % of 90 %", 100.0 * coverage);
        assert!((0.85..=0.95).contains(&coverage), "seed {seed}: {coverage}");
    }
    // On wide slices the method's own bias comes on top, which no bootstrap sees: printed, not asserted.
    println!("slices of 0.9 decades on either side: {:.1} % of 90 %", 100.0 * coverage(0.9, 1));
}

/// A budget, log10 sizes, the loss by them, and the reason that the group should have.
type Wanted<'a> = (f64, &'a [f64], &'a dyn Fn(f64) -> f64, Option<&'a str>);

#[test]
fn groups_that_do_not_count_say_why() {
    let parabola = |x: f64| 2.0 + (x - 8.5) * (x - 8.5);
    let groups: [Wanted; 7] = [
        (1e18, &[8.0, 8.3, 8.6, 9.0], &parabola, None),
        (1e19, &[8.0, 8.3], &parabola, Some("isoflop.too_few_sizes")),
        (1e20, &[8.0, 8.0, 8.0, 8.0, 8.0], &|_| 2.0, Some("isoflop.too_few_sizes")),
        (1e21, &[8.0, 8.3, 8.6, 9.0], &|_| 2.0, Some("isoflop.not_convex")),
        (1e22, &[8.0, 8.3, 8.6, 9.0], &|x| 4.0 - parabola(x) / 2.0, Some("isoflop.not_convex")),
        (1e23, &[8.6, 8.7, 8.8, 9.0], &parabola, Some("isoflop.vertex_outside")),
        (1e24, &[8.0, 8.1, 8.2, 8.4], &parabola, Some("isoflop.vertex_outside")),
    ];
    let mut table = Table { n: vec![], d: vec![], c: vec![], loss: vec![], budget: vec![] };
    for (budget, sizes, loss, _) in groups {
        for x in sizes {
            let n = 10_f64.powf(*x);
            table.n.push(n);
            table.d.push(budget / (6.0 * n));
            table.c.push(budget);
            table.loss.push(loss(*x));
            table.budget.push(Some(budget));
        }
    }
    let found = table.near(None, Of::Loss);
    for (group, (budget, _, _, code)) in found.groups.iter().zip(groups) {
        assert_eq!(
            group.reason.map(isoflop::fit::isoflop::Reason::code),
            code,
            "{budget:e}: {:?}",
            group.reason
        );
        println!("{budget:e}: {}", group.reason.map_or_else(String::new, |reason| reason.to_string()));
    }
    assert!(found.power_laws.is_none(), "a line needs two budgets");
    assert_eq!(used(&found), 1);
    assert!(group(&found, 1e22).vertex.is_none());
    assert!(group(&found, 1e23).vertex.is_some(), "a vertex outside is still said");
}

#[test]
fn what_cannot_be_grouped_is_refused() {
    let column = [1e9, 2e9, 3e9, 4e9];
    let budgets = [1e20; 4];
    let loss = [3.0, 2.9, 2.8, 2.7];
    let good = Runs { n: &column, d: &column, c: &budgets, loss: &loss };
    let near = Grouping::Near { tolerance: 0.1 };
    let code = |runs: &Runs, grouping: &Grouping| {
        isoflop(runs, grouping, &Options::default()).map_err(|error| error.code().to_owned()).map(|_| ())
    };
    let refused = |code: &str| Err(code.to_owned());
    assert_eq!(code(&good, &near), Ok(()));
    assert_eq!(code(&Runs { n: &[], d: &[], c: &[], loss: &[] }, &near), refused("isoflop.no_runs"));
    assert_eq!(code(&Runs { n: &column[..3], ..good }, &near), refused("fit.lengths"));
    assert_eq!(code(&Runs { loss: &[3.0, f64::NAN, 1.0, 1.0], ..good }, &near), refused("fit.value"));
    assert_eq!(code(&Runs { n: &[1e9, -1.0, 1.0, 1.0], ..good }, &near), refused("fit.value"));
    assert_eq!(code(&Runs { n: &budgets, ..good }, &near), refused("isoflop.one_size"));
    assert_eq!(code(&good, &Grouping::Given(&[None; 4])), refused("isoflop.no_groups"));
    assert_eq!(code(&good, &Grouping::Given(&[None; 3])), refused("fit.lengths"));
    assert_eq!(code(&good, &Grouping::Given(&[Some(0.0); 4])), refused("fit.value"));
    for tolerance in [-0.1, f64::NAN, f64::INFINITY] {
        assert_eq!(code(&good, &Grouping::Near { tolerance }), refused("isoflop.tolerance"));
    }
    let found = isoflop(&good, &near, &Options::default()).unwrap();
    for draws in [0, 1, 1_000_000_000] {
        let bootstrap = Bootstrap { resampling: Resampling::Wild, draws, seed: 1, first: 0 };
        let refused = found.bootstrap(&good, &Options::default(), &bootstrap, &mut |_| {});
        assert!(matches!(refused, Err(IsoFlopError::Draws { .. })), "{draws}");
    }
}

#[test]
fn a_parabola_far_from_zero_keeps_its_digits() {
    let x: Vec<f64> = (0..9).map(|i| 1e6 + 0.125 * f64::from(i)).collect();
    let y: Vec<f64> = x.iter().map(|x| 7.0 + 3.0 * (x - 1e6 - 0.3) * (x - 1e6 - 0.3)).collect();
    let parabola = Parabola::through(&x, &y).unwrap();
    let [place, value] = parabola.vertex().unwrap();
    assert!((place - 1e6 - 0.3).abs() < 1e-9 && (value - 7.0).abs() < 1e-12, "{place}, {value}");
    close("curvature", parabola.curvature(), 3.0, 1e-11);
    let total: f64 = x.iter().map(|x| parabola.leverage(*x)).sum();
    close("leverages add up to three", total, 3.0, 1e-12);
}
