//! The way to the canvas: what a plotters backend is asked to draw.

use std::cell::RefCell;
use std::convert::Infallible;
use std::sync::Arc;

use isoflop::figure::{
    Axis, Chart, Format, Grid, Heat, Label, Line, Margin, Mark, Place, Plotters, Size, Stop, Svg, Theme, draw,
};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::sample::{Inputs, pictures};

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A backend that remembers.
#[derive(Default)]
struct Recorder {
    size: (u32, u32),
    coords: Vec<BackendCoord>,
    lines: Vec<(BackendCoord, BackendCoord, u32)>,
    paths: usize,
    texts: Vec<(String, f64, BackendColor)>,
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        panic!("pixels are slow on a canvas")
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.coords.extend([from, to]);
        self.lines.push((from, to, style.stroke_width()));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, _: &S) -> Drawn {
        self.coords.extend(path);
        self.paths += 1;
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Drawn {
        self.coords.extend(path);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, _: u32, _: &S, fill: bool) -> Drawn {
        assert!(fill);
        self.coords.push(centre);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        self.coords.push(at);
        self.texts.push((text.to_owned(), style.size(), style.color()));
        Ok(())
    }
}

fn record(name: &str, grain: f64, cursor: Option<Stop>) -> Recorder {
    let (_, chart, size) = pictures().into_iter().find(|(found, ..)| found == name).expect("drawn");
    let mut recorder = Recorder { size: (size.width as u32, size.height as u32), ..Recorder::default() };
    let theme = Theme::light();
    let size = Size { scale: 2.0, ..size };
    let mut on = Plotters::new(&mut recorder, grain, theme.face.clone(), &|_| panic!("no word leans here"));
    draw(&chart, &theme, size, cursor, &mut on).expect("nothing can fail");
    recorder
}

#[test]
fn everything_is_drawn_within_the_canvas() {
    for (name, _, size) in pictures() {
        let grain = 16.0;
        let (right, bottom) = ((size.width * grain) as i32, (size.height * grain) as i32);
        for (x, y) in record(&name, grain, None).coords {
            assert!((0..=right).contains(&x) && (0..=bottom).contains(&y), "{name}: {x}, {y}");
        }
    }
}

#[test]
fn type_grows_with_the_grain() {
    let recorder = record("frontier-680", 16.0, None);
    let tick = recorder.texts.iter().find(|(text, ..)| text == "10").expect("a tick");
    let raised = recorder.texts.iter().find(|(text, ..)| text == "26").expect("an exponent");
    assert_eq!((tick.1, raised.1), (12.0 * 16.0, 9.0 * 16.0));
}

#[test]
fn labels_have_a_rim_of_paper() {
    let recorder = record("frontier-680", 16.0, None);
    let paper = Theme::light().paper.rgb;
    let rim = |text: &str| recorder.texts.iter().filter(|(t, _, c)| t == text && c.rgb == paper).count();
    assert_eq!((rim("runs end"), rim("training FLOPs")), (8, 0));
}

#[test]
fn dashes_are_drawn_as_lines() {
    let recorder = record("frontier-680", 16.0, None);
    let end =
        recorder.lines.iter().filter(|(from, to, _)| from.0 == to.0 && (to.1 - from.1).abs() <= 2 * 16 + 1);
    let dashes = end.count() + recorder.paths;
    assert!(dashes > 50, "{dashes}");
}

#[test]
fn a_hairline_covers_whole_device_pixels() {
    // One device pixel is one unit: plotters-canvas draws at half a unit before what it is told.
    let [(_, chart), _] = Inputs::new().charts();
    let mut recorder = Recorder::default();
    let theme = Theme::light();
    let mut on = Plotters::new(&mut recorder, 1.0, theme.face.clone(), &|_| {});
    draw(&chart, &theme, Size::new(680.0, 340.0, 1.0), None, &mut on).expect("nothing can fail");
    let axis = recorder.lines.iter().find(|(from, to, _)| from.1 == to.1 && from.1 > 303).expect("an axis");
    assert_eq!((axis.0.1, axis.2), (308, 1));
}

#[test]
fn the_cursor_is_drawn_last() {
    let stop = Stop { line: 2, index: 12 };
    let (without, with) = (record("frontier-680", 16.0, None), record("frontier-680", 16.0, Some(stop)));
    assert!(with.coords.starts_with(&without.coords) && with.coords.len() > without.coords.len());
}

/// A contour on a map of colours, rising to the right by the diagonal of a square plot.
fn on_a_map() -> Chart {
    let cells = Grid { x: vec![0.0, 100.0], y: vec![0.0, 100.0], values: vec![1.0, 2.0, 0.5, 1.0] };
    let heat = Heat { cells: Arc::new(cells), levels: vec![1.0], below: None };
    let contour =
        Line { label: Label::always("30 000"), ..Line::new("contour", "", vec![(0.0, 0.0), (100.0, 100.0)]) };
    let axis = |name: &str| Axis::linear(name, "", (0.0, 100.0), Format::Ratio);
    let contour = Line { place: Place::Along(0.5), ..contour };
    Chart {
        title: "map".to_owned(),
        summary: String::new(),
        x: axis("across"),
        y: axis("up"),
        marks: vec![Mark::Heat(heat), Mark::Line(contour)],
        margin: Margin::Bare,
    }
}

#[test]
fn words_on_a_contour_of_a_map_lean_with_it() {
    let (theme, size) = (Theme::light(), Size::new(500.0, 300.0, 1.0));
    let mut recorder = Recorder { size: (500, 300), ..Recorder::default() };
    let turned = RefCell::new(Vec::new());
    let turn = |matrix: Option<[f64; 6]>| turned.borrow_mut().push(matrix);
    draw(&on_a_map(), &theme, size, None, &mut Plotters::new(&mut recorder, 8.0, theme.face.clone(), &turn))
        .expect("nothing can fail");
    let turned = turned.into_inner();
    let [Some([a, b, c, d, x, y]), None] = turned[..] else { panic!("{turned:?}") };
    // Up to the right, turned and no more, near the middle of the picture.
    assert!(a > 0.0 && b < 0.0 && (a, b) == (d, -c) && (a * a + b * b - 1.0).abs() < 1e-9, "{turned:?}");
    assert!((x / 8.0 - 250.0).abs() < 60.0 && (y / 8.0 - 150.0).abs() < 60.0, "{turned:?}");

    let svg = Svg::of(&on_a_map(), &theme, size, &[]);
    let text = svg.lines().find(|line| line.contains(">30 000<")).expect("the label");
    assert!(text.contains(&format!("transform=\"matrix({a:.4} {b:.4} {c:.4} {d:.4} ")), "{text}");
    assert!(!text.contains(" x=\"") && text.contains("text-anchor=\"middle\""), "{text}");
}
