//! Table, file and contours give the numbers that went in.

use isoflop::figure::{Mark, contour, levels};

use crate::sample::{BUDGET, Inputs, loss, optimum, plain};

/// Contours are straight between the crossings of a grid of a tenth of a unit of ln.
const ON_THE_SURFACE: f64 = 1e-3;

#[test]
fn contours_lie_on_the_law() {
    let grid = Inputs::new().grid;
    let (levels, places) = levels(&grid, 9);
    assert!(levels.len() >= 7 && places == 2, "{levels:?}");
    for level in levels {
        let lines = contour(&grid, level);
        assert_eq!(lines.len(), 1, "the contour of {level} is one line");
        for (params, tokens) in &lines[0] {
            assert!((loss(*params, *tokens) - level).abs() < ON_THE_SURFACE);
        }
        assert!(lines[0].is_sorted_by(|a, b| a.0 <= b.0 && a.1 >= b.1), "{level} falls from left to right");
    }
}

#[test]
fn the_table_of_the_frontier_begins_with_the_plan() {
    let [(_, chart), _] = Inputs::new().charts();
    let table = chart.table();
    let head = ["", "training FLOPs", "parameters", "90 %", "tokens", "90 %", "loss"];
    assert_eq!(table.head.iter().map(|text| plain(text)).collect::<Vec<_>>(), head);
    let row = |i: usize| table.rows[i].iter().map(|text| plain(text)).collect::<Vec<_>>();
    assert_eq!(row(0), ["plan", "5.76 × 10²³", "73.2 B", "", "1.31 T", "", "1.974"]);
    assert_eq!(row(1)[..3], ["frontier", "1.00 × 10¹⁸", "80.2 M"]);
    assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
}

#[test]
fn the_table_has_a_row_for_every_point() {
    let inputs = Inputs::new();
    let [(_, frontier), (_, map)] = inputs.charts();
    let rows = |title: &str, chart: &isoflop::figure::Chart| {
        chart.table().rows.iter().filter(|row| row[0].starts_with(title)).count()
    };
    assert_eq!(rows("frontier", &frontier), inputs.frontier.len());
    assert_eq!(rows("run ", &frontier), inputs.runs.len());
    assert_eq!(rows("run ", &map), inputs.runs.len());
    assert_eq!(rows("budget", &map), inputs.budget.len());
    assert_eq!(rows("Gopher", &map), 1);
}

#[test]
fn the_file_has_every_digit() {
    let inputs = Inputs::new();
    let [(_, chart), _] = inputs.charts();
    let file = chart.csv();
    assert!(file.is_ascii());
    let mut lines = file.lines();
    let head = "mark,training FLOPs,parameters,parameters 90 % lower,parameters 90 % upper,\
                tokens,tokens 90 % lower,tokens 90 % upper,loss";
    assert_eq!(lines.next(), Some(head));
    let plan = optimum(BUDGET);
    assert_eq!(
        numbers(lines.next()),
        [Some(plan.flops), Some(plan.params), None, None, Some(plan.tokens), None, None, plan.loss]
    );
    for (at, spread) in inputs.frontier.iter().zip(&inputs.bands) {
        let (n, d) = (spread.params, spread.tokens);
        let expected = [at.flops, at.params, n.0, n.1, at.tokens, d.0, d.1].map(Some);
        assert_eq!(numbers(lines.next())[..7], expected);
    }
}

/// The fields after the first of a line without quotes.
fn numbers(line: Option<&str>) -> Vec<Option<f64>> {
    let fields = line.unwrap_or_default().split(',').skip(1);
    fields.map(|field| (!field.is_empty()).then(|| field.parse().expect("a number"))).collect()
}

#[test]
fn the_file_of_the_map_holds_the_contours() {
    let [_, (_, chart)] = Inputs::new().charts();
    let file = chart.csv();
    let points: usize = chart
        .marks
        .iter()
        .map(|mark| match mark {
            Mark::Line(line) if line.name == "contour" => line.points.len(),
            _ => 0,
        })
        .sum();
    assert_eq!(file.lines().filter(|line| line.starts_with("contour,")).count(), points);
    assert!(file.contains("\"Gopher, 280 B\",2.8e11,") || file.contains("\"Gopher, 280 B\",280000000000,"));
}

#[test]
fn the_summary_says_the_plan() {
    let [(_, frontier), (_, map)] = Inputs::new().charts();
    let plan = "73.2 B parameters on 1.31 T tokens, for a loss of 1.974";
    assert!(
        plain(frontier.summary()).starts_with(&format!("At 5.76 × 10²³ FLOPs the best plan is {plan}. "))
    );
    assert!(plain(map.summary()).contains(plan));
    assert!(plain(map.summary()).ends_with("90 % of the refits put the size between 52.1 and 102.3 B."));
}
