//! The measured tables in `../shared/data` (or `ISOFLOP_DATA`) are read as they are.

mod digits;

use std::io::Write;
use std::path::PathBuf;

use digits::reads;
use isoflop::runs::{CurveChoices, Decay, Role, Table, read};

/// The table in a data file; nothing, said plainly, where there is no such file and none is required.
fn data(name: &str) -> Option<Table> {
    let folder = std::env::var_os("ISOFLOP_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let path = folder.join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(read(bytes).unwrap_or_else(|error| panic!("{name}: {error}"))),
        Err(error) if std::env::var("ISOFLOP_DATA_REQUIRED").as_deref() == Ok("1") => {
            panic!("{} is required: {error}", path.display())
        }
        Err(error) => {
            // Straight to the terminal: what a passing test prints is otherwise not shown.
            let skipped = format!("SKIPPED: {} cannot be read ({error}); set ISOFLOP_DATA\n", path.display());
            std::io::stderr().write_all(skipped.as_bytes()).unwrap();
            None
        }
    }
}

/// The column that has a role.
fn column(table: &Table, role: Role) -> &str {
    let at = table.roles().iter().position(|has| *has == role);
    at.map_or("", |at| table.names()[at].as_str())
}

#[test]
fn the_245_points_are_read_to_the_last_digit() {
    let Some(table) = data("chinchilla_points.csv") else { return };
    let runs = table.runs().unwrap();
    assert_eq!(table.counts().used, 245);
    assert_eq!(table.line(0), Some(2));
    for (role, values) in
        [(Role::Params, &runs.n), (Role::Tokens, &runs.d), (Role::Loss, &runs.l), (Role::Flops, &runs.c)]
    {
        let at = table.roles().iter().position(|has| *has == role).unwrap();
        let parsed = (0..table.rows()).map(|row| table.cell(row, at).parse::<f64>().unwrap().to_bits());
        assert!(values.iter().map(|value| value.to_bits()).eq(parsed), "{role:?}");
    }
    assert!(table.choices().is_empty() && table.warnings().is_empty());
}

/// Besiroglu et al. (2024) left out the highest losses; the fewest tokens, or the fewest to a parameter, are the same runs.
#[test]
fn the_five_runs_left_out_are_outliers_by_every_measure() {
    let Some(table) = data("chinchilla_points.csv") else { return };
    let runs = table.runs().unwrap();
    let known = [
        ("6.7956e9", "2.45106e8", "5.00558"),
        ("2.97952e9", "5.16165e8", "4.66523"),
        ("2.63863e9", "6.16042e8", "3.76556"),
        ("2.28280e9", "7.02550e8", "3.79387"),
        ("2.00667e9", "8.11603e8", "3.44700"),
    ];
    for (row, (n, d, loss)) in known.into_iter().enumerate() {
        let told = [(runs.n[row], n), (runs.d[row], d), (runs.l[row], loss)];
        assert!(told.iter().all(|(given, printed)| reads(*given, printed, 0.0)), "row {row}: {told:?}");
    }
    let measures: [&dyn Fn(usize) -> f64; 3] =
        [&|row| -runs.l[row], &|row| runs.d[row], &|row| runs.d[row] / runs.n[row]];
    for measure in measures {
        assert!((5..245).all(|row| (0..5).all(|last| measure(row) > measure(last))));
    }
}

#[test]
fn tokens_left_out_of_the_245_points_are_derived_as_their_authors_did() {
    let Some(mut table) = data("chinchilla_points.csv") else { return };
    let given = table.runs().unwrap();
    let tokens = table.roles().iter().position(|role| *role == Role::Tokens).unwrap();
    table.assign(tokens, Role::Ignore).unwrap();
    let derived = table.runs().unwrap();
    assert!(given.d.iter().zip(&derived.d).all(|(given, derived)| (given / derived - 1.0).abs() < 1e-15));
}

#[test]
fn every_table_of_runs_is_recognised_by_its_header() {
    for (name, rows, params, tokens, flops, loss) in [
        ("chinchilla_points_alt.csv", 234, "params", "tokens", "flops", "loss"),
        ("porian_rw_isoflop.csv", 1164, "params", "tokens", "flops", "loss"),
        ("gadre_c4_rpj.csv", 69, "params", "tokens", "flops", "loss_openlm"),
        ("datablations_runs.csv", 308, "params", "tokens", "", "loss"),
        ("gemstones_hot.csv", 220, "params", "tokens", "flops", "loss"),
        ("gemstones_cool_end.csv", 199, "params", "tokens", "flops", "loss"),
        ("gemstones_curves.csv", 1100, "params", "tokens", "flops", "loss"),
        ("olmo_ladder_curves.csv", 2920, "params", "tokens", "flops", "loss_c4"),
        ("cerebras_gpt.csv", 7, "params", "tokens", "flops", "pile_test_loss"),
    ] {
        let Some(table) = data(name) else { return };
        let found = [Role::Params, Role::Tokens, Role::Flops, Role::Loss].map(|role| column(&table, role));
        assert_eq!(found, [params, tokens, flops, loss], "{name}");
        assert_eq!((table.rows(), table.counts().used), (rows, rows), "{name}");
    }
}

#[test]
fn the_loss_of_the_sample_can_be_chosen() {
    let Some(mut table) = data("gadre_c4_rpj.csv") else { return };
    let c4 = table.names().iter().position(|name| name == "loss_c4").unwrap();
    assert!(table.choices().iter().any(|choice| choice.role == Role::Loss && choice.others.contains(&c4)));
    table.assign(c4, Role::Loss).unwrap();
    assert_eq!(table.runs().unwrap().l[0], 5.974923739894816);
}

#[test]
fn measured_curves_are_told_from_measured_runs() {
    let Some(curves) = mapped("gemstones_curves.csv") else { return };
    let gemstones = curves.standing(CurveChoices::default());
    assert_eq!((gemstones.curves.runs.len(), gemstones.rows_off.len()), (22, 1100 - 22));
    let Some(ladder) = mapped("olmo_ladder_curves.csv") else { return };
    let ladder = ladder.standing(CurveChoices::default());
    assert_eq!(ladder.curves.runs.len(), 25);
    assert!(ladder.curves.runs.iter().all(|run| run.decay == Decay::Decays));
    for name in ["chinchilla_points.csv", "gadre_c4_rpj.csv", "datablations_runs.csv", "cerebras_gpt.csv"] {
        let Some(table) = mapped(name) else { return };
        let standing = table.standing(CurveChoices::default());
        assert!(!standing.curves.any() && standing.warnings.is_empty(), "{name}: {:?}", standing.warnings);
    }
}

/// A table with every column mapped.
fn mapped(name: &str) -> Option<Table> {
    let mut table = data(name)?;
    table.map(&[]);
    Some(table)
}
