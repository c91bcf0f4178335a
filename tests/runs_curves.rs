//! Training curves are not runs, and what is remarkable about a row is said of it.

use std::fmt::Write as _;

use isoflop::runs::formats::{File, open};
use isoflop::runs::{CurveChoices, Curves, Decay, Flag, Flags, RunsBy, Standing, Table};

fn table(text: &str) -> Table {
    let mut table = open(&[File { name: "runs.csv", bytes: text.as_bytes() }])
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
        .table;
    table.map(&[]);
    table
}

fn standing(text: &str) -> Standing {
    table(text).standing(CurveChoices::default())
}

/// Two runs of five checkpoints each, with further columns at the end of each line.
fn curves(head: &str, further: impl Fn(usize, usize) -> String) -> String {
    let mut text = format!("run,N,step,D,loss{head}\n");
    for run in 0..2 {
        for step in 1..=5 {
            let loss = 4.0 - 0.1 * step as f64 - run as f64;
            writeln!(text, "r{run},{}e9,{step}000,{step}e9,{loss}{}", run + 1, further(run, step)).unwrap();
        }
    }
    text
}

#[test]
fn checkpoints_before_the_end_of_a_schedule_stay_out_and_are_counted() {
    let cosine = standing(&curves(",lr", |_, step| format!(",{}e-4", 6 - step)));
    assert_eq!(cosine.rows_off, [0, 1, 2, 3, 5, 6, 7, 8]);
    assert_eq!(cosine.curves.runs.len(), 2);
    assert_eq!(cosine.curves.runs[1].rows, [5, 6, 7, 8, 9]);
    assert_eq!(cosine.curves.runs[0].decay, Decay::Decays);
    assert_eq!((cosine.curves.run[7], cosine.curves.last(7)), (Some(1), Some(9)));
    let warning = &cosine.warnings[0];
    assert_eq!(warning.code, "runs.undecayed");
    assert_eq!(
        warning.message,
        "8 rows are checkpoints before the end of 2 runs and stay out of fits of final losses: their learning rate \
         had not decayed there"
    );
    assert_eq!((&warning.data["rows"], &warning.data["runs"]), (&8.into(), &2.into()));

    let unknown = standing(&curves("", |_, _| String::new()));
    assert_eq!(unknown.rows_off.len(), 8);
    assert!(unknown.warnings[0].message.ends_with("nothing says that their learning rate was constant"));
    assert_eq!(unknown.warnings[0].data["unknown"], 2);
}

#[test]
fn checkpoints_at_a_constant_rate_or_cooled_down_stay_in() {
    for (head, further) in [
        (",lr", ",3e-4"),
        (",schedule", ",constant"),
        (",lr_schedule", ",cooldown from the trunk"),
        (",lr,schedule", ",3e-4,WSD (stable part)"),
    ] {
        let standing = standing(&curves(head, |_, _| further.to_owned()));
        let constant = head != ",lr,schedule";
        assert_eq!(standing.rows_off.is_empty(), constant, "{head}");
        assert_eq!(standing.warnings.is_empty(), constant, "{head}");
    }
    // A reader knows better.
    let plain = table(&curves("", |_, _| String::new()));
    for decay in [Decay::Constant, Decay::CooledDown] {
        let said = CurveChoices { decay: Some(decay), ..CurveChoices::default() };
        assert!(plain.standing(said).rows_off.is_empty());
    }
    let single = CurveChoices { runs_by: RunsBy::Row, ..CurveChoices::default() };
    assert_eq!(plain.standing(single).curves.runs.len(), 10);
}

#[test]
fn a_rate_that_warms_up_and_stays_is_constant() {
    let warm =
        standing(&curves(",lr", |_, step| if step == 1 { ",1e-5".to_owned() } else { ",3e-4".to_owned() }));
    assert_eq!(warm.curves.runs[0].decay, Decay::Constant);
    assert!(warm.rows_off.is_empty());
}

#[test]
fn rows_of_one_size_are_a_curve_only_where_they_look_like_one() {
    // A grid of runs that each went to their end: tokens double.
    let mut grid = String::from("N,D,loss\n");
    let mut checkpoints = String::from("N,D,loss,step\n");
    for size in 1..=3 {
        for at in 1..=6 {
            writeln!(grid, "{size}e9,{}e9,{}", 1 << at, 4.0 - 0.1 * f64::from(at)).unwrap();
            writeln!(checkpoints, "{size}e9,{at}e9,{},{at}000", 4.0 - 0.1 * f64::from(at)).unwrap();
        }
    }
    let grid = table(&grid);
    assert!(!Curves::of(&grid, CurveChoices::default()).any());
    let by_size = Curves::of(&grid, CurveChoices { runs_by: RunsBy::Size, ..CurveChoices::default() });
    assert_eq!(by_size.runs.iter().map(|run| run.rows.len()).collect::<Vec<_>>(), [6, 6, 6]);

    let checkpoints = standing(&checkpoints);
    assert_eq!(checkpoints.curves.runs.len(), 3);
    assert_eq!(checkpoints.rows_off.len(), 15);

    // One below the other: a fall in tokens begins another run of the size.
    let twice = "N,D,loss,step\n".to_owned()
        + &"1e9,1e9,3,1\n1e9,2e9,2.9,2\n1e9,3e9,2.8,3\n1e9,4e9,2.7,4\n".repeat(2);
    assert_eq!(standing(&twice).curves.runs.len(), 2);

    // Steps, and no distances that tell: said, and taken as runs.
    let open = standing("N,D,loss,step\n1e9,1e9,3,1\n1e9,2e9,2.9,2\n1e9,8e9,2.5,8\n2e9,1e9,3,1\n");
    assert_eq!((open.rows_off.len(), open.warnings[0].code.as_str()), (0, "runs.maybe_curves"));
}

#[test]
fn a_run_that_crashed_has_no_final_loss() {
    let text = "Name,State,N,D,loss\na,finished,1e9,2e9,3\nb,crashed,1e9,3e9,2.9\nc,running,2e9,2e9,2.8\n";
    let (table, standing) = (table(text), standing(text));
    assert_eq!(standing.rows_off, [1, 2]);
    assert_eq!(standing.warnings.len(), 1);
    assert_eq!(standing.warnings[0].code, "runs.unfinished");
    assert_eq!(
        standing.flags.row(1).map(|flag| flag.words(&table)).collect::<Vec<_>>(),
        ["its run did not come to its end"]
    );

    // At a constant rate it is as good as any.
    let crashed =
        curves(",lr,state", |run, step| format!(",{}e-4,{}", 6 - step, ["crashed", "finished"][run]));
    let crashed = self::table(&crashed);
    assert_eq!(crashed.standing(CurveChoices::default()).rows_off, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    let constant = CurveChoices { decay: Some(Decay::Constant), ..CurveChoices::default() };
    assert!(crashed.standing(constant).rows_off.is_empty());
}

#[test]
fn a_run_whose_end_cannot_be_read_has_no_final_loss() {
    let whole = curves(",lr", |_, step| format!(",{}e-4", 6 - step));
    // Whatever cannot be read: the loss, the tokens beside steps, the size, or what a run of one more row has.
    for (from, to) in [
        ("r0,1e9,5000,5e9,3.5,", "r0,1e9,5000,5e9,diverged,"),
        ("r0,1e9,5000,5e9,3.5,", "r0,1e9,5000,5e9,NaN,"),
        ("r0,1e9,5000,5e9,3.5,", "r0,1e9,5000,-5e9,3.5,"),
        ("r0,1e9,5000,5e9,3.5,", "r0,1e9,5000,,3.5,"),
        ("r0,1e9,5000,5e9,3.5,", "r0,big,5000,5e9,3.5,"),
    ] {
        assert!(whole.contains(from), "{whole}");
        let text = whole.replace(from, to);
        let (table, standing) = (table(&text), standing(&text));
        assert_eq!(standing.rows_off, [0, 1, 2, 3, 4, 5, 6, 7, 8], "{to}");
        assert_eq!((standing.curves.runs[0].lost, standing.curves.last(0)), (Some(4), Some(4)), "{to}");
        assert_eq!(standing.curves.runs[0].rows, [0, 1, 2, 3]);
        let words: Vec<_> = standing.flags.row(3).map(|flag| flag.words(&table)).collect();
        assert_eq!(words, ["checkpoint, not decayed: its run ends in row 6"]);
        let said: Vec<_> = standing.warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "4 rows are checkpoints before the end of 1 run and stay out of fits of final losses: their learning \
                 rate had not decayed there",
                "the end of run \"r0\", row 6, cannot be read: its other rows stay out of fits of final losses",
            ]
        );
    }
    // Of both runs, and of runs that have one row besides.
    let short = standing("run,N,D,loss\na,1e9,1e9,3\na,1e9,2e9,x\nb,2e9,1e9,2.9\nb,2e9,2e9,x\n");
    assert_eq!(short.rows_off, [0, 1, 2, 3]);
    assert!(
        short.warnings[0]
            .message
            .starts_with("the ends of 2 runs cannot be read, the first of \"a\" in row 3:"),
        "{:?}",
        short.warnings
    );
    // Without names, where they look like a curve; and by place, where a row says neither tokens nor steps.
    let unnamed = "N,D,loss\n1e9,1e9,3\n1e9,2e9,2.9\n1e9,3e9,2.8\n1e9,4e9,2.7\n1e9,?,2.6\n2e9,1e9,3\n";
    assert_eq!(standing(unnamed).rows_off, [0, 1, 2, 3, 4]);
    assert_eq!(standing(unnamed).curves.runs[0].lost, Some(4));
}

#[test]
fn a_row_that_cannot_be_read_elsewhere_leaves_its_run_its_end() {
    let whole = curves(",lr", |_, step| format!(",{}e-4", 6 - step));
    // Amid the run; or without a loss, as logs have rows of other measurements.
    for (from, to) in [
        ("r0,1e9,3000,3e9,3.7,", "r0,1e9,3000,3e9,x,"),
        ("r0,1e9,1000,1e9,3.9,", "r0,1e9,1000,x,3.9,"),
        ("r1,2e9,1000,", "r0,1e9,6000,6e9,,1e-5\nr1,2e9,1000,"),
    ] {
        assert!(whole.contains(from), "{whole}");
        let standing = standing(&whole.replace(from, to));
        assert!(standing.curves.runs.iter().all(|run| run.lost.is_none()), "{to}");
        assert!(!standing.rows_off.contains(&4), "{to}");
    }
    // At a constant rate every checkpoint is as good as an end, and where each row is a run, there is none.
    let constant = curves(",lr", |_, _| ",3e-4".to_owned()).replace("5e9,3.5,", "5e9,x,");
    assert_eq!(standing(&constant).rows_off, [4]);
    assert_eq!(standing(&constant).warnings, []);
    let single = CurveChoices { runs_by: RunsBy::Row, ..CurveChoices::default() };
    assert_eq!(table(&constant).standing(single).rows_off, [4]);
    // A schedule that stays low at its end has several rows that are as good as it.
    let low = whole.replace("4e9,3.6,2e-4", "4e9,3.6,1e-4").replace("5e9,3.5,", "5e9,x,");
    assert_eq!(standing(&low).rows_off, [0, 1, 2, 4, 5, 6, 7, 8]);
    // Runs that each went to their end, of one size, say nothing of one that cannot be read.
    let grid = "N,D,loss\n1e9,1e9,3\n1e9,2e9,2.9\n1e9,8e9,2.5\n1e9,16e9,x\n2e9,16e9,2.4\n";
    assert_eq!(standing(grid).rows_off, [3]);
}

#[test]
fn files_of_a_run_each_are_its_curves() {
    let run = |size: u32| {
        let row = |at: u32| format!("{size}e9,{at}e9,{}\n", 4.0 - 0.1 * f64::from(at + size));
        format!("N,D,loss\n{}", (1..=5).map(row).collect::<String>())
    };
    let (a, b) = (run(1), run(1));
    let files = [("a.csv", &a), ("b.csv", &b)].map(|(name, text)| File { name, bytes: text.as_bytes() });
    let mut table = open(&files).unwrap().table;
    table.map(&[]);
    let standing = table.standing(CurveChoices::default());
    let rows: Vec<&[usize]> = standing.curves.runs.iter().map(|run| run.rows.as_slice()).collect();
    assert_eq!(rows, [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]);
    assert_eq!(standing.rows_off.len(), 8);
}

#[test]
fn rows_in_any_order_are_put_in_the_order_of_their_tokens() {
    let shuffled = standing("run,N,D,loss\na,1e9,3e9,2.8\nb,2e9,1e9,3\na,1e9,1e9,3\na,1e9,2e9,2.9\n");
    assert_eq!(shuffled.curves.runs[0].rows, [2, 3, 0]);
    assert_eq!(shuffled.rows_off, [2, 3]);
}

#[test]
fn duplicates_and_replicates_are_flagged() {
    let text = "N,D,loss,seed\n1e9,2e9,3,1\n1e9,2e9,3,1\n1e9,2e9,3.1,2\n2e9,2e9,2.9,1\n1B,2000M,2.95,3\n";
    let (table, standing) = (table(text), standing(text));
    let flags: Vec<(usize, Flag)> = standing.flags.all().to_vec();
    let replicate = Flag::Replicate { first: 0, count: 3 };
    assert_eq!(flags, [(0, replicate), (1, Flag::Duplicate { of: 0 }), (2, replicate), (4, replicate)]);
    assert_eq!(flags[1].1.words(&table), "same as row 2");
    assert_eq!(flags[0].1.words(&table), "one of 3 replicates, the first in row 2");
    assert_eq!(standing.flags.row(1).map(Flag::code).collect::<Vec<_>>(), ["duplicate"]);
    assert_eq!(standing.flags.row(3).count(), 0);

    // What differs in an input of the law is another run.
    let mut with_input = isoflop::runs::read("N,D,L,S\n1e9,2e9,3,0.5\n1e9,2e9,3,0.6\n").unwrap();
    with_input.map(&["S"]);
    assert!(with_input.standing(CurveChoices::default()).flags.all().is_empty());
}

#[test]
fn rows_off_their_budget_and_budgets_off_centre_are_flagged() {
    let text = "N,D,C,loss,budget\n1e9,1e9,6e18,3.0,6e18\n2e9,5e8,6e18,2.9,6e18\n4e9,2.5e8,6.1e18,3.1,6e18\n\
                1e9,2e9,1.2e19,2.9,6e18\n1e9,1e10,6e19,3,6e19\n2e9,5e9,6e19,2.9,6e19\n4e9,2.5e9,6e19,2.8,6e19\n";
    let (table, standing) = (table(text), standing(text));
    let of = |row: usize| {
        standing.flags.row(row).map(|flag| flag.words(&table).replace('\u{a0}', " ")).collect::<Vec<_>>()
    };
    assert_eq!(of(0), [""; 0]);
    assert_eq!(of(3), ["200 % of its budget of 6.00 × 10¹⁸ FLOPs"]);
    assert_eq!(of(5), ["off-centre: the lowest loss at 6.00 × 10¹⁹ FLOPs is at the largest size"]);

    // Without such a column, budgets are found where most rows fall into some.
    let mut found = String::from("N,D,C,loss\n");
    for budget in ["6e18", "1e19", "3e19"] {
        for (at, loss) in [3.0, 2.9, 3.05, 3.1].into_iter().enumerate() {
            writeln!(found, "{}e8,,{budget},{loss}", at + 1).unwrap();
        }
    }
    assert!(self::standing(&found).flags.all().is_empty());
    found.push_str("2e9,,1e21,2.5\n");
    let off = self::standing(&found);
    assert_eq!(off.flags.all(), [(12, Flag::OffBudget { budget: None, ratio: 1.0 })]);
}

#[test]
fn weights_and_noise_are_read_and_rows_need_them() {
    let text =
        "N,D,loss,weight,sigma\n1e9,2e9,3,2,0.01\n1e9,3e9,2.9,-1,0.01\n2e9,2e9,2.8,,x\n2e9,4e9,2.7,0,0.02\n";
    let (table, standing) = (table(text), standing(text));
    assert_eq!(standing.weights, Some(vec![Some(2.0), None, None, Some(0.0)]));
    assert_eq!(standing.noise, Some(vec![Some(0.01), Some(0.01), None, Some(0.02)]));
    let problems: Vec<String> = [1, 2].map(|row| table.run(row).unwrap_err().to_string()).to_vec();
    assert_eq!(
        problems,
        [
            "row 3, column \"weight\": expected a number that is zero or more such as \"0.5\"; got \"-1\"",
            "row 4, column \"weight\": expected a number that is zero or more such as \"0.5\"; got nothing",
        ]
    );
    assert_eq!(standing.rows_off, [1, 2]);
    let sent = table.sent_as(&standing).unwrap();
    assert_eq!(
        (sent.weight.as_deref(), sent.sigma.as_deref(), sent.run),
        (Some("weight"), Some("sigma"), None)
    );
    let json = serde_json::to_value(&sent.sent).unwrap();
    assert_eq!(json["columns"]["weight"], serde_json::json!([2.0, null, null, 0.0]));
    assert_eq!(json["rows_off"], serde_json::json!([1, 2]));

    // Noise is in the unit of the losses, and goes with them.
    let bits = self::standing("N,D,loss (bits),loss_sd\n1e9,2e9,4,0.1\n");
    assert_eq!(bits.noise, Some(vec![Some(0.1 * std::f64::consts::LN_2)]));
    let perplexity = self::standing("N,D,ppl,ppl_sd\n1e9,2e9,20,0.5\n").noise.unwrap()[0].unwrap();
    assert!((perplexity - 0.025).abs() < 1e-15);
}

#[test]
fn curves_are_sent_with_the_name_or_number_of_their_run() {
    let named = table(&curves(",lr", |_, step| format!(",{}e-4", 6 - step)));
    let sent = named.sent_as(&named.standing(CurveChoices::default())).unwrap();
    assert_eq!(sent.run.as_deref(), Some("run"));
    let json = serde_json::to_value(&sent.sent).unwrap();
    assert_eq!(json["columns"]["run"].as_array().unwrap()[4..6], ["r0", "r1"]);

    let found = table("N,D,loss,lr\n1e9,1e9,3,2e-4\n1e9,2e9,2.9,1e-4\n2e9,1e9,2.8,2e-4\n");
    let sent = found.sent_as(&found.standing(CurveChoices::default())).unwrap();
    let json = serde_json::to_value(&sent.sent).unwrap();
    assert_eq!(json["columns"]["run"], serde_json::json!([0.0, 0.0, 1.0]));
}

#[test]
fn rows_that_are_off_have_no_flags() {
    let mut table = table("N,D,loss\n1e9,2e9,3\n1e9,2e9,3\n");
    table.switch(1, false).unwrap();
    let standing = table.standing(CurveChoices::default());
    assert!(standing.flags.all().is_empty());
    assert_eq!(standing.rows_off, [1]);
    assert_eq!(Flags::default().row(3).count(), 0);
}
