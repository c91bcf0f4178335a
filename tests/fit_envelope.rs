//! The envelope of training curves against power laws found by another program, and against published ones.
//!
//! The oracles are never rewritten by a test.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod measured;

use isoflop::fit::PowerLaw;
use isoflop::fit::envelope::{Curves, Envelope, EnvelopeError, Extreme, Options, envelope};
use isoflop::outcome::Explain;
use measured::Measured;

/// Relative, on slopes and intercepts.
const ORACLE: f64 = 1e-8;

struct Table {
    run: Vec<usize>,
    names: Vec<String>,
    n: Vec<f64>,
    d: Vec<f64>,
    c: Vec<f64>,
    loss: Vec<f64>,
}

impl Table {
    fn new(runs: &[String], [n, d, c, loss]: [Vec<f64>; 4]) -> Self {
        let mut names: Vec<String> = Vec::new();
        let number = |name: &String| {
            names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.clone());
                names.len() - 1
            })
        };
        Self { run: runs.iter().map(number).collect(), names, n, d, c, loss }
    }

    fn curves(&self) -> Curves<'_> {
        Curves { run: &self.run, n: &self.n, d: &self.d, c: &self.c, loss: &self.loss }
    }

    fn envelope(&self, budgets: usize) -> Envelope {
        envelope(&self.curves(), &Options { budgets, smooth: None }).expect("an envelope")
    }
}

fn close(label: &str, given: f64, expected: f64, tolerance: f64) {
    assert!((given / expected - 1.0).abs() <= tolerance, "{label}: {given} is not {expected}");
}

/// The oracles have natural logarithms.
fn law(label: &str, given: PowerLaw, exponent: f64, ln_coefficient: Option<f64>) {
    close(label, given.exponent, exponent, ORACLE);
    if let Some(expected) = ln_coefficient {
        close(label, given.log10_coefficient * std::f64::consts::LN_10, expected, ORACLE);
    }
    assert_eq!(given.exponent_se, None, "neighbouring budgets are not independent");
}

fn gemstones() -> Option<Table> {
    let table = Measured::read("gemstones_curves.csv")?;
    Some(Table::new(
        &table.texts("run"),
        ["params", "tokens", "flops", "loss"].map(|name| table.column(name)),
    ))
}

#[test]
fn gemstones_give_the_known_laws() {
    let Some(table) = gemstones() else { return };
    assert_eq!(table.names.len(), 22);
    let found = table.envelope(1500);
    assert_eq!((found.winners.len(), found.unreached), (1500, 0));
    let laws = found.power_laws.unwrap();
    law("a", laws.n, 0.55086879295, Some(-5.20845998261));
    law("b", laws.d, 0.441050114273, Some(3.73187034358));
    assert_eq!(found.trimmed.points, 1345);
    let trimmed = found.trimmed.power_laws.unwrap();
    law("trimmed a", trimmed.n, 0.558221100771, Some(-5.54748009975));
    law("trimmed b", trimmed.d, 0.417544598478, None);
    let coarse = table.envelope(100).power_laws.unwrap();
    law("a of 100 budgets", coarse.n, 0.552015067295, Some(-5.25616804195));
}

#[test]
fn gemstones_have_the_known_winners() {
    let Some(table) = gemstones() else { return };
    let found = table.envelope(1500);
    for (index, loss, name, compute) in [
        (0, 4.3733825684, "256x23", None),
        (500, 3.3463656591, "512x14", Some(8.43067e18)),
        (1000, 2.892212321, "1024x28", Some(1.03993e20)),
        (1499, 2.5839939117, "1536x50", Some(1.27633e21)),
    ] {
        let winner = found.winners[index];
        assert_eq!(winner.index, index);
        close(name, winner.loss, loss, 2e-11);
        assert_eq!(table.names[winner.run], name);
        if let Some(compute) = compute {
            close(name, winner.c, compute, 5e-6);
        }
    }
}

#[test]
fn the_published_hull_of_gemstones_is_reproduced() {
    let Some(table) = gemstones() else { return };
    let hull = table.envelope(1500).hull;
    assert_eq!(hull.rows.len(), 21);
    let laws = hull.power_laws.unwrap();
    law("a", laws.n, 0.499380216082636, Some(-2.8451076960767026));
    law("b", laws.d, 0.4809888232129202, Some(1.8963208273327732));
    for (given, published) in [(laws.n.exponent, 0.499380216082636), (laws.d.exponent, 0.4809888232129202)] {
        close("to the last digits", given, published, 1e-12);
    }
}

#[test]
fn the_ladder_of_olmo_gives_the_known_laws() {
    let Some(table) = Measured::read("olmo_ladder_curves.csv") else { return };
    let (sizes, lengths) = (table.texts("size"), table.texts("chinchilla_mult"));
    let runs: Vec<String> =
        sizes.iter().zip(lengths).map(|(size, length)| format!("{size} {length}")).collect();
    let table = Table::new(&runs, ["params", "tokens", "flops", "loss_c4"].map(|name| table.column(name)));
    assert_eq!(table.names.len(), 25);
    let found = table.envelope(1500);
    let laws = found.power_laws.unwrap();
    law("a", laws.n, 0.286424015816, Some(7.29181272369));
    law("b", laws.d, 0.747097648315, None);
    assert_eq!(found.trimmed.points, 535);
    law("trimmed a", found.trimmed.power_laws.unwrap().n, 0.362994523855, None);
}

#[test]
fn the_dense_curves_of_clark_give_the_known_law() {
    let Some(table) = Measured::read("clark_dense_curves.csv") else { return };
    let table = table.filter(|cell| cell("flop_increase") == "1.0" && !cell("loss_validation").is_empty());
    let steps = table.column("step");
    let compute =
        table.column("flops_per_step").iter().zip(&steps).map(|(flops, step)| flops * step).collect();
    let columns = [table.column("dense_params"), steps, compute, table.column("loss_validation")];
    let table = Table::new(&table.texts("hyper_id"), columns);
    assert_eq!(table.names.len(), 8);
    law("a", table.envelope(1500).power_laws.unwrap().n, 0.729297591282, Some(-12.6040049448));
}

/// The sizes of Hoffmann et al., Table A9, up to 10.1 B, in millions.
const SIZES: [f64; 44] = [
    44.0, 57.0, 74.0, 90.0, 106.0, 117.0, 140.0, 163.0, 175.0, 196.0, 217.0, 251.0, 278.0, 306.0, 425.0,
    489.0, 509.0, 552.0, 587.0, 632.0, 664.0, 724.0, 816.0, 893.0, 1018.0, 1143.0, 1266.0, 1424.0, 1429.0,
    1593.0, 1609.0, 1731.0, 1794.0, 2007.0, 2283.0, 2298.0, 2639.0, 2980.0, 3530.0, 3802.0, 4084.0, 4516.0,
    6796.0, 9293.0,
];

#[test]
fn curves_of_a_known_surface_give_its_law_on_a_grid_of_sizes() {
    // The loss surface as the training curve of each size, 1500 budgets from 1e19 to 1e22.
    let (mut runs, mut columns) = (Vec::new(), [const { Vec::new() }; 4]);
    for size in SIZES {
        for step in 0..1500 {
            let compute = 1e19 * 1000_f64.powf(f64::from(step) / 1499.0);
            let (n, d) = (size * 1e6, compute / (6.0 * size * 1e6));
            let loss = 1.69 + 406.4 * n.powf(-0.34) + 410.7 * d.powf(-0.28);
            runs.push(size.to_string());
            columns.iter_mut().zip([n, d, compute, loss]).for_each(|(column, x)| column.push(x));
        }
    }
    let found = Table::new(&runs, columns).envelope(1500).power_laws.unwrap();
    for (given, expected) in [
        (found.n.exponent, 0.449439),
        (found.n.log10_coefficient, -0.179360),
        (found.d.exponent, 0.550561),
        (found.d.log10_coefficient, -0.598791),
    ] {
        assert!((given - expected).abs() < 1e-5, "{given} is not {expected}");
    }
}

/// Points in one call: run, size, tokens for each parameter, loss; compute is 6 N D.
fn points(rows: &[(usize, f64, f64, f64)]) -> Table {
    let column = |of: fn(&(usize, f64, f64, f64)) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
    let names: Vec<String> = rows.iter().map(|row| row.0.to_string()).collect();
    Table::new(
        &names,
        [
            column(|row| row.1),
            column(|row| row.1 * row.2),
            column(|row| 6.0 * row.1 * row.1 * row.2),
            column(|row| row.3),
        ],
    )
}

#[test]
fn winners_of_extreme_size_are_flagged() {
    let Some(table) = gemstones() else { return };
    let found = table.envelope(1500);
    let (low, high) =
        table.n.iter().fold((f64::MAX, 0.0), |(low, high): (f64, f64), n| (low.min(*n), high.max(*n)));
    for winner in &found.winners {
        let expected = match winner.n {
            n if n == low => Some(Extreme::Smallest),
            n if n == high => Some(Extreme::Largest),
            _ => None,
        };
        assert_eq!(winner.extreme, expected);
    }
    assert!(found.winners[0].extreme == Some(Extreme::Smallest));
    assert!((0.0..=1.0).contains(&found.late));
}

#[test]
fn neither_the_order_of_points_nor_points_given_twice_matter() {
    let Some(table) = gemstones() else { return };
    let mut order: Vec<usize> = (0..table.n.len()).collect();
    order.sort_by_key(|i| (i * 7919) % 1103);
    order.extend_from_within(..50);
    let take = |column: &[f64]| order.iter().map(|&i| column[i]).collect::<Vec<f64>>();
    let names: Vec<String> = order.iter().map(|&i| table.names[table.run[i]].clone()).collect();
    let shuffled = Table::new(&names, [take(&table.n), take(&table.d), take(&table.c), take(&table.loss)]);
    let (one, other) = (table.envelope(1500), shuffled.envelope(1500));
    assert_eq!(other.replaced, 50);
    assert_eq!(one.power_laws, other.power_laws);
    assert_eq!(one.hull.power_laws, other.hull.power_laws);
}

#[test]
fn of_two_losses_at_one_compute_the_later_counts() {
    let rows =
        [(0, 1e7, 1.0, 4.0), (0, 1e7, 9.0, 3.0), (1, 1e8, 1.0, 9.0), (1, 1e8, 2.0, 9.0), (0, 1e7, 1.0, 3.5)];
    let found = points(&rows).envelope(10);
    assert_eq!(found.replaced, 1);
    close("the later", found.winners[0].loss, 3.5, 1e-14);
}

#[test]
fn budgets_that_no_run_reaches_have_no_winner() {
    // The larger model starts where the smaller has long ended.
    let rows = [(0, 1e7, 1.0, 4.0), (0, 1e7, 2.0, 3.5), (1, 1e9, 1.0, 3.0), (1, 1e9, 2.0, 2.5)];
    let found = points(&rows).envelope(1000);
    assert_eq!(found.winners.len() + found.unreached, 1000);
    assert!(found.unreached > 800, "{}", found.unreached);
    assert!(found.winners.iter().all(|winner| winner.extreme.is_some()));
    assert_eq!((found.trimmed.points, found.trimmed.power_laws), (0, None));
}

#[test]
fn a_run_of_one_point_is_no_curve() {
    let rows =
        [(0, 1e7, 1.0, 4.0), (0, 1e7, 20.0, 3.5), (1, 1e8, 0.1, 3.8), (1, 1e8, 2.0, 2.5), (2, 1e9, 3.0, 1.0)];
    let found = points(&rows).envelope(100);
    assert_eq!(found.single, [2]);
    assert!(found.winners.iter().all(|winner| winner.n < 1e9));
}

#[test]
fn smoothing_keeps_lines_and_calms_noise() {
    let Some(table) = gemstones() else { return };
    let with = |smooth| envelope(&table.curves(), &Options { budgets: 1500, smooth }).unwrap();
    let plain = with(None);
    let narrow = with(Some(1e-3));
    assert_eq!(plain.power_laws, narrow.power_laws, "a Gaussian narrower than a point changes nothing");
    let wide = with(Some(2.0));
    let change = wide.power_laws.unwrap().n.exponent - plain.power_laws.unwrap().n.exponent;
    assert!(change != 0.0 && change.abs() < 0.1, "{change}");
    // Losses on a straight line stay there, at the ends too.
    let rows: Vec<(usize, f64, f64, f64)> = [(0, 1e7), (1, 3e7)]
        .into_iter()
        .flat_map(|(run, n)| (1..40).map(move |i| (run, n, f64::from(i), 9.0 - 0.1 * f64::from(i))))
        .collect();
    let table = points(&rows);
    let smooth = envelope(&table.curves(), &Options { budgets: 50, smooth: Some(10.0) }).unwrap();
    for (one, other) in table.envelope(50).winners.iter().zip(&smooth.winners) {
        close("a line", one.loss, other.loss, 1e-12);
    }
}

#[test]
fn what_is_no_curve_is_refused() {
    let good = [(0, 1e7, 1.0, 4.0), (0, 1e7, 9.0, 3.0), (1, 1e8, 1.0, 3.0), (1, 1e8, 2.0, 2.0)];
    let table = points(&good);
    let code = |curves: &Curves, budgets: usize, smooth: Option<f64>| {
        envelope(curves, &Options { budgets, smooth }).map(|_| ()).map_err(|error| error.code())
    };
    let curves = table.curves();
    assert_eq!(code(&curves, 2, None), Ok(()));
    for budgets in [0, 1, 1_000_000_000] {
        assert_eq!(code(&curves, budgets, None), Err("envelope.budgets"));
    }
    for smooth in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
        assert_eq!(code(&curves, 10, Some(smooth)), Err("envelope.smooth"));
    }
    let none = Curves { run: &[], n: &[], d: &[], c: &[], loss: &[] };
    assert_eq!(code(&none, 10, None), Err("envelope.no_points"));
    assert_eq!(code(&Curves { n: &table.n[..3], ..curves }, 10, None), Err("fit.lengths"));
    assert_eq!(code(&Curves { loss: &[3.0, f64::NAN, 1.0, 1.0], ..curves }, 10, None), Err("fit.value"));
    assert_eq!(code(&Curves { run: &[0, 1, 2, 9], ..curves }, 10, None), Err("fit.value"));
    assert_eq!(code(&Curves { run: &[0, 1, 2, 3], ..curves }, 10, None), Err("envelope.no_curves"));
    assert_eq!(code(&Curves { n: &[1e7; 4], ..curves }, 10, None), Err("envelope.one_size"));
    let sizes = envelope(&Curves { n: &[1e7, 1e7, 1e8, 2e8], ..curves }, &Options::default());
    assert!(matches!(sizes, Err(EnvelopeError::Sizes { row: 3, other: 2, .. })), "{sizes:?}");
    // As large and as small as numbers are.
    let huge = [
        (0, 1e150, 1e-140, 1e300),
        (0, 1e150, 1e-138, 1e-300),
        (1, 1e-150, 1.0, 1e-300),
        (1, 1e-150, 2.0, 2e-300),
    ];
    assert_eq!(code(&points(&huge).curves(), 1500, None), Ok(()));
}
