//! What the pictures show. They are written to `target/figure`, to be looked at.

use std::path::PathBuf;

use isoflop::figure::plan::{self, FrontierInput, MapInput, MapSpan, Optimum, Run};
use isoflop::figure::{Area, Chart, Frame, Mark, Size, Svg, Theme, labels};

use crate::sample::{BUDGET, Inputs, optimum, pictures, plain};

fn write(name: &str, file: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/figure");
    std::fs::create_dir_all(&folder).expect("target can be written");
    std::fs::write(folder.join(name), file).expect("target can be written");
}

fn svg(chart: &Chart, size: Size) -> String {
    Svg::of(chart, &Theme::light(), size, &[])
}

/// What is written in a picture, raised digits on the line, in order.
fn words(svg: &str) -> Vec<String> {
    let texts = svg.split("<text").skip(1).filter_map(|text| text.split_once("</text>"));
    let level = |text: &str| -> String {
        let letters = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after));
        plain(&letters.collect::<String>())
    };
    texts.map(|(text, _)| level(text.split_once('>').map_or("", |(_, after)| after))).collect()
}

#[test]
fn every_chart_is_drawn_at_every_size() {
    for (name, chart, size) in pictures() {
        for (theme_name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
            let file = Svg::of(&chart, &theme, size, &[]);
            write(&format!("{name}-{theme_name}.svg"), &file);
            assert!(file.ends_with("</svg>\n"));
            assert!(!file.contains("NaN") && !file.contains("inf"), "{name}");
        }
    }
}

#[test]
fn ticks_are_whole_decades() {
    let [(_, frontier), (_, map)] = Inputs::new().charts();
    let labels = |chart: &Chart, width| {
        let frame = Frame::of(chart, Size::new(width, 340.0, 1.0));
        let texts =
            |ticks: &[isoflop::figure::Tick]| ticks.iter().map(|t| plain(&t.label)).collect::<Vec<_>>();
        (texts(&frame.x_ticks), texts(&frame.y_ticks))
    };
    let (x, y) = labels(&frontier, 680.0);
    assert_eq!(x, ["10¹⁸", "10²⁰", "10²²", "10²⁴", "10²⁶"]);
    assert_eq!(y, ["10⁷", "10⁹", "10¹¹", "10¹³"]);
    let (x, _) = labels(&map, 464.0);
    assert_eq!(x, ["10 M", "100 M", "1 B", "10 B", "100 B", "1 T"]);
}

#[test]
fn the_frontier_names_its_lines_and_its_plan() {
    let [(_, chart), _] = Inputs::new().charts();
    let wide = words(&svg(&chart, Size::new(680.0, 340.0, 1.0)));
    for word in ["tokens", "parameters", "runs end", "5.76 × 1023", "73.2 B", "1.31 T", "training FLOPs"] {
        assert!(wide.iter().any(|w| w == word), "{word} in {wide:?}");
    }
    let narrow = words(&svg(&chart, Size::new(328.0, 320.0, 1.0)));
    for word in ["73.2 B parameters", "1.31 T tokens", "runs end"] {
        assert!(narrow.iter().any(|w| w == word), "{word} in {narrow:?}");
    }
}

#[test]
fn the_map_labels_its_contours_at_the_right_edge() {
    let [_, (_, chart)] = Inputs::new().charts();
    let size = Size::new(464.0, 340.0, 1.0);
    let right = Frame::of(&chart, size).plot.right;
    let placed = labels(&chart, &Theme::light(), size);
    let edge: Vec<&str> =
        placed.iter().filter(|label| label.area.left > right).map(|label| label.text.as_str()).collect();
    for loss in ["1.90", "1.95", "2.00", "2.10", "2.20"] {
        assert!(edge.contains(&loss), "{loss} in {edge:?}");
    }
    for word in ["plan", "budget", "frontier", "Gopher, 280 B"] {
        assert!(placed.iter().any(|label| plain(&label.text) == word), "{word}");
    }
}

#[test]
fn labels_stay_clear_of_each_other_and_of_the_plan() {
    for (name, chart, size) in pictures() {
        let frame = Frame::of(&chart, size);
        let placed = labels(&chart, &Theme::light(), size);
        for (i, label) in placed.iter().enumerate() {
            assert!(frame.picture.encloses(&label.area), "{name}: {} leaves the picture", label.text);
            for other in &placed[..i] {
                assert!(!label.area.meets(&other.area), "{name}: {} on {}", label.text, other.text);
            }
            for plan in plans(&chart, &frame) {
                assert!(!label.area.meets(&plan), "{name}: {} on the plan", label.text);
            }
        }
    }
}

fn plans(chart: &Chart, frame: &Frame) -> Vec<Area> {
    let dot = |(x, y): (f64, f64)| Area { left: x, top: y, right: x, bottom: y }.grown(6.0);
    let plans = chart.marks.iter().filter_map(|mark| match mark {
        Mark::Plan(plan) => Some(dot(frame.at(plan.at))),
        _ => None,
    });
    plans.collect()
}

#[test]
fn marks_are_drawn_in_the_order_of_the_guide() {
    let theme = Theme::light();
    let [(_, frontier), (_, map)] = Inputs::new().charts();
    let first = |svg: &str, what: String| svg.find(&what).unwrap_or_else(|| panic!("{what} is drawn"));
    let size = Size::new(680.0, 340.0, 1.0);
    let picture = svg(&frontier, size);
    let grid = first(&picture, format!("stroke=\"{}\"", theme.grid));
    let band = first(&picture, "fill-opacity=\"0.11\"".to_owned());
    let runs = first(&picture, "fill-opacity=\"0.6\"".to_owned());
    let line = first(&picture, format!("stroke=\"{}\" stroke-width=\"1.6\"", theme.ink));
    let rule = first(&picture, "stroke-dasharray=\"2 3\"".to_owned());
    let plan = first(&picture, "r=\"4.5\"".to_owned());
    let label = first(&picture, "font-weight=\"600\"".to_owned());
    let order = [grid, band, runs, line, rule, plan, label];
    assert!(order.is_sorted(), "{order:?}");
    let picture = svg(&map, size);
    let contour = first(&picture, format!("stroke=\"{}\"", theme.run));
    assert!(first(&picture, "fill-opacity=\"0.6\"".to_owned()) < contour);
    assert!(contour < first(&picture, format!("stroke=\"{}\" stroke-width=\"1.3\"", theme.accent)));
}

#[test]
fn notes_are_printed_under_an_exported_picture() {
    let [(_, chart), _] = Inputs::new().charts();
    let notes = ["5.76 × 10²³ FLOPs, refit of <240> runs".to_owned()];
    let file = Svg::of(&chart, &Theme::print(), Size::new(680.0, 340.0, 1.0), &notes);
    assert!(file.contains("height=\"356\""));
    assert!(file.contains("refit of &lt;240&gt; runs"));
    assert!(file.contains(&format!("<desc>{}</desc>", chart.summary())));
}

#[test]
fn a_law_without_loss_has_a_frontier_and_no_contours() {
    let inputs = Inputs::new();
    let bare = |o: &Optimum| Optimum { loss: None, ..*o };
    let frontier: Vec<Optimum> = inputs.frontier.iter().map(bare).collect();
    let input = MapInput {
        loss: None,
        frontier: &frontier,
        plan: inputs.map_input().plan.as_ref().map(bare),
        ..inputs.map_input()
    };
    let chart = plan::map(&input);
    assert!(!chart.table().head.contains(&"loss".to_owned()));
    assert!(chart.y.grid);
}

#[test]
fn nothing_odd_makes_a_chart_fail() {
    let nan = Optimum { flops: f64::NAN, params: f64::NAN, tokens: f64::INFINITY, loss: Some(f64::NAN) };
    let zero = Run { flops: 0.0, params: 0.0, tokens: -1.0 };
    for budget in [0.0, -1.0, 1.0, 1e23, 1e300, f64::INFINITY, f64::NAN] {
        for frontier in [&[][..], &[nan], &[optimum(1e20), nan, optimum(1e24)]] {
            for plan in [None, Some(nan), Some(optimum(BUDGET))] {
                let input = FrontierInput { frontier, bands: &[], level: 0.9, runs: &[zero], budget, plan };
                all_sizes(&plan::frontier(&input));
                let span = plan::map_span(&[zero], &plan.unwrap_or(nan));
                all_sizes(&plan::map(&map_of(frontier, span, plan)));
            }
        }
    }
}

fn map_of(frontier: &[Optimum], span: MapSpan, plan: Option<Optimum>) -> MapInput<'_> {
    let interval = Some((1e9, 1e10, 0.9));
    MapInput {
        span,
        loss: None,
        frontier,
        budget: &[(1e9, 1e12)],
        training: &[],
        limits: &[],
        interval,
        runs: &[],
        known: &[],
        plan,
    }
}

fn all_sizes(chart: &Chart) {
    for (width, height) in [(680.0, 340.0), (328.0, 320.0), (10.0, 10.0), (0.0, 0.0)] {
        let size = Size::new(width, height, 2.0);
        svg(chart, size);
        chart.nearest(size, (100.0, 100.0));
    }
    chart.table();
    chart.csv();
}
