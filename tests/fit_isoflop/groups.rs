//! How runs are grouped, which groups count, and what is refused.

use isoflop::fit::Parabola;
use isoflop::fit::isoflop::{
    Bootstrap, Grouping, IsoFlopError, Of, Options, Reason, Resampling, Runs, isoflop,
};
use isoflop::outcome::Explain as _;

use super::{Table, chinchilla, close, group, porian, used};

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
        assert_eq!(group.reason.map(Reason::code), code, "{budget:e}: {:?}", group.reason);
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
