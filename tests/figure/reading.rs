//! The reading cursor, by keyboard and by pointer.

use isoflop::figure::{Chart, Frame, Size, Step, Stop};

use crate::sample::{Inputs, pictures, plain};

fn frontier() -> Chart {
    let [(_, chart), _] = Inputs::new().charts();
    chart
}

fn read(chart: &Chart, stop: Stop) -> String {
    plain(&chart.reading(stop).expect("a point is there"))
}

fn line(chart: &Chart, name: &str) -> usize {
    chart.stops().iter().position(|stops| stops.name == name).expect("the line can be read")
}

#[test]
fn the_cursor_enters_at_the_plan() {
    let chart = frontier();
    let entry = chart.entry().expect("there is a plan");
    let reading = "plan: 5.76 × 10²³ FLOPs, 73.2 B parameters, loss 1.974";
    assert_eq!(read(&chart, entry), reading);
}

#[test]
fn a_point_of_a_line_is_read_with_its_interval() {
    let chart = frontier();
    let stop = Stop { line: line(&chart, "frontier, parameters"), index: 12 };
    let reading = "frontier: 1.00 × 10²¹ FLOPs, 2.79 B parameters, 90 %: 2.66 to 2.93 B, loss 2.304";
    assert_eq!(read(&chart, stop), reading);
}

#[test]
fn a_run_is_read_by_its_number() {
    let [_, (_, map)] = Inputs::new().charts();
    let stop = Stop { line: line(&map, "run, tokens"), index: 0 };
    let reading = read(&map, stop);
    assert!(reading.starts_with("run 1: ") && reading.ends_with("6.00 × 10¹⁸ FLOPs"), "{reading}");
}

#[test]
fn arrows_walk_and_stop_at_the_ends() {
    let chart = frontier();
    let line = line(&chart, "frontier, parameters");
    let at = |index| Stop { line, index };
    assert_eq!(chart.walk(at(3), Step::Next), at(4));
    assert_eq!(chart.walk(at(0), Step::Previous), at(0));
    assert_eq!(chart.walk(at(3), Step::Last), at(32));
    assert_eq!(chart.walk(at(30), Step::Ahead), at(32));
    assert_eq!(chart.walk(at(15), Step::Back), at(5));
    assert_eq!(chart.walk(at(5), Step::LineAfter), Stop { line: line + 1, index: 5 });
    assert_eq!(chart.walk(Stop { line: 0, index: 0 }, Step::LineBefore), Stop { line: 0, index: 0 });
    assert_eq!(chart.walk(at(5), Step::LineBefore).line, line - 1);
}

#[test]
fn the_pointer_reads_what_it_points_at() {
    for (name, chart, size) in pictures() {
        let frame = Frame::of(&chart, size);
        for (line, stops) in chart.stops().iter().enumerate() {
            for index in 0..stops.count {
                let point = chart.point(Stop { line, index }).expect("counted");
                let found = chart.nearest(size, frame.at(point)).and_then(|stop| chart.point(stop));
                let (at, near) = (frame.at(point), frame.at(found.expect("a point lies there")));
                assert!(
                    (at.0 - near.0).abs() < 1e-6 && (at.1 - near.1).abs() < 1e-6,
                    "{name} {line} {index}"
                );
            }
        }
    }
}

#[test]
fn a_pointer_far_from_everything_reads_nothing() {
    let chart = frontier();
    assert_eq!(chart.nearest(Size::new(680.0, 340.0, 1.0), (660.0, 330.0)), None);
}
