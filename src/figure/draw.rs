//! Draws a chart: a range frame, marks in a fixed order, words last.
//!
//! The order is grid, surfaces, bands, runs, contours, lines, rules, plan, labels, cursor; within a kind,
//! that of the chart.

use super::chart::{Chart, Margin};
use super::clip::{self, Area};
use super::cursor::Stop;
use super::frame::{Frame, Size, TEXT};
use super::heat::{Fill, Heat};
use super::label::{LEVEL, Placed};
use super::lettering::Lettering;
use super::mark::{Band, Dots, Line, Mark, Plan, Rule, Shape};
use super::surface::{Anchor, Dash, Ink, Point, Role, Stroke, Surface};
use super::text;
use super::theme::{Colour, Theme};
use crate::num::{max, min};

/// Between the plot and its bottom axis.
const AXIS_GAP: f64 = 5.0;
const TICK: f64 = 4.0;
const HAIR: f64 = 1.0;
/// Between the lines of a hatching, along an axis.
const HATCH: f64 = 8.0;
/// Discs of runs let what is under them through, so that crowds show.
const RUN_OPACITY: f64 = 0.6;

/// Draws a chart on anything that can be drawn on, with the cursor at a stop if there is one.
///
/// # Errors
/// What the surface reports.
///
/// # Example
/// ```
/// use isoflop::figure::{Axis, Chart, Format, Line, Margin, Mark, Size, Svg, Theme};
///
/// let chart = Chart {
///     title: "Loss as the model grows".to_owned(),
///     summary: "Loss falls from 3 to 2.".to_owned(),
///     x: Axis::log("parameters", "parameters", (1e8, 1e11), Format::Quantity),
///     y: Axis::linear("loss, nats per token", "loss", (2.0, 3.0), Format::Decimal(2)),
///     marks: vec![Mark::Line(Line::new("law", "loss", vec![(1e8, 3.0), (1e11, 2.0)]))],
///     margin: Margin::Bare,
/// };
/// let file = Svg::of(&chart, &Theme::print(), Size::new(464.0, 340.0, 1.0), &[]);
/// assert!(file.contains("100\u{a0}M</text>"));
/// ```
pub fn draw<S: Surface>(
    chart: &Chart,
    theme: &Theme,
    size: Size,
    cursor: Option<Stop>,
    on: &mut S,
) -> Result<(), S::Error> {
    let mut pen = Until { on, failed: None };
    sheet(chart, theme, size, cursor, &mut pen);
    pen.failed.map_or(Ok(()), Err)
}

fn sheet(chart: &Chart, theme: &Theme, size: Size, cursor: Option<Stop>, on: &mut dyn Pen) {
    let frame = Frame::of(chart, size);
    let traces = traces(chart, &frame);
    let mut sheet = Sheet { chart, theme, size, frame: &frame, traces: &traces, on };
    sheet.ground();
    sheet.marks();
    let labels = sheet.labels();
    sheet.words(&labels);
    if let Some(stop) = cursor {
        sheet.cursor(stop);
    }
}

/// A [`Surface`] that cannot fail: everything below is compiled once, not once a surface.
trait Pen {
    fn stroke(&mut self, points: &[Point], stroke: Stroke);
    fn fill(&mut self, polygon: &[Point], colour: Colour);
    fn dot(&mut self, centre: Point, radius: f64, colour: Colour);
    fn text(&mut self, at: Point, anchor: Anchor, text: &str, ink: Ink);
    fn leaning(&mut self, at: Point, along: Point, text: &str, ink: Ink);
    fn width(&self, text: &str, ink: Ink) -> f64;
}

/// Draws on a surface until that fails.
struct Until<'a, S: Surface> {
    on: &'a mut S,
    failed: Option<S::Error>,
}

impl<S: Surface> Until<'_, S> {
    fn draw(&mut self, draw: impl FnOnce(&mut S) -> Result<(), S::Error>) {
        if self.failed.is_none() {
            self.failed = draw(self.on).err();
        }
    }
}

impl<S: Surface> Pen for Until<'_, S> {
    fn stroke(&mut self, points: &[Point], stroke: Stroke) {
        self.draw(|on| on.stroke(points, stroke));
    }

    fn fill(&mut self, polygon: &[Point], colour: Colour) {
        self.draw(|on| on.fill(polygon, colour));
    }

    fn dot(&mut self, centre: Point, radius: f64, colour: Colour) {
        self.draw(|on| on.dot(centre, radius, colour));
    }

    fn text(&mut self, at: Point, anchor: Anchor, text: &str, ink: Ink) {
        self.draw(|on| on.text(at, anchor, text, ink));
    }

    fn leaning(&mut self, at: Point, along: Point, text: &str, ink: Ink) {
        self.draw(|on| on.leaning(at, along, text, ink));
    }

    fn width(&self, text: &str, ink: Ink) -> f64 {
        self.on.width(text, ink)
    }
}

/// Where the labels of a chart come to stand in the built-in face.
pub fn labels(chart: &Chart, theme: &Theme, size: Size) -> Vec<Placed> {
    let frame = Frame::of(chart, size);
    let lettering = Lettering { chart, frame: &frame, size, theme, traces: &traces(chart, &frame) };
    lettering.place(|text, ink| text::width(text, ink) * theme.face.breadth)
}

/// A line cut to the plot, in CSS pixels.
pub struct Trace {
    /// Which of the marks it is.
    pub mark: usize,
    /// Its visible pieces.
    pub pieces: Vec<Vec<Point>>,
}

fn traces(chart: &Chart, frame: &Frame) -> Vec<Trace> {
    let lines = |own: bool| {
        chart.marks.iter().enumerate().filter_map(move |(mark, what)| match what {
            Mark::Line(line) if (line.role == Role::Accent) == own => Some((mark, line)),
            _ => None,
        })
    };
    // The reader's own is covered by none.
    lines(false)
        .chain(lines(true))
        .map(|(mark, line)| {
            let points: Vec<Point> = line.points.iter().map(|point| frame.at(*point)).collect();
            Trace { mark, pieces: clip::line(&frame.plot, &points) }
        })
        .collect()
}

struct Sheet<'a> {
    chart: &'a Chart,
    theme: &'a Theme,
    size: Size,
    frame: &'a Frame,
    traces: &'a [Trace],
    on: &'a mut dyn Pen,
}

impl Sheet<'_> {
    /// Paper, grid, axes and their names.
    fn ground(&mut self) {
        self.on.fill(&self.frame.picture.corners(), self.theme.paper);
        self.left_side();
        self.bottom_axis();
        self.names();
    }

    fn left_side(&mut self) {
        let plot = self.frame.plot;
        for tick in &self.frame.y_ticks {
            let y = self.frame.up(tick.value);
            if self.chart.y.grid {
                self.level(y, plot.left, plot.right, self.theme.grid);
            }
            let at = (plot.left - 7.0, y + 0.33 * TEXT);
            self.on.text(at, Anchor::End, &tick.label, Ink::plain(TEXT, self.theme.ink_2));
        }
    }

    /// The axis runs over the ticks only: its ends are values, not the sides of a box.
    fn bottom_axis(&mut self) {
        let y = self.frame.plot.bottom + AXIS_GAP;
        let ends = (self.frame.x_ticks.first(), self.frame.x_ticks.last());
        if let (Some(first), Some(last)) = ends {
            let (from, to) = (self.frame.across(first.value), self.frame.across(last.value));
            self.level(y, from, to, self.theme.ink_3);
        }
        for tick in &self.frame.x_ticks {
            let x = self.frame.across(tick.value);
            self.upright(x, y, y + TICK, self.theme.ink_3, Dash::Solid);
            let ink = Ink::plain(TEXT, self.theme.ink_2);
            let half = self.on.width(&tick.label, ink) / 2.0;
            let x = crate::num::clamp(x, half, self.frame.picture.right - half);
            self.on.text((x, y + 16.0), Anchor::Middle, &tick.label, ink);
        }
    }

    fn names(&mut self) {
        let ink = Ink::plain(TEXT, self.theme.ink_3);
        let (right, bottom) = (self.frame.plot.right, self.frame.picture.bottom);
        self.on.text((0.0, 10.0), Anchor::Start, &self.chart.y.name, ink);
        self.on.text((right, bottom - 2.0), Anchor::End, &self.chart.x.name, ink);
        if let Margin::Values(head) = &self.chart.margin {
            self.on.text((self.frame.picture.right, 10.0), Anchor::End, head, ink);
        }
    }

    fn marks(&mut self) {
        self.each(|mark| matches!(mark, Mark::Heat(_)));
        self.each(|mark| matches!(mark, Mark::Band(_)));
        self.each(|mark| is_dots(mark, Shape::Disc));
        self.lines(true);
        self.lines(false);
        self.each(|mark| is_dots(mark, Shape::Plus) || is_dots(mark, Shape::Cross));
        self.each(|mark| matches!(mark, Mark::Rule(_)));
        self.each(|mark| matches!(mark, Mark::Plan(_)));
    }

    fn each(&mut self, which: fn(&Mark) -> bool) {
        self.chart.marks.iter().filter(|mark| which(mark)).for_each(|mark| self.mark(mark));
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Heat(heat) => self.heat(heat),
            Mark::Band(band) => self.band(band),
            Mark::Dots(dots) => self.dots(dots),
            Mark::Rule(rule) => self.rule(rule),
            Mark::Plan(plan) => self.plan(plan),
            // Lines are drawn from their traces, notes with the labels.
            Mark::Line(_) | Mark::Note(_) => {}
        }
    }

    fn lines(&mut self, contours: bool) {
        for trace in self.traces {
            let Mark::Line(line) = &self.chart.marks[trace.mark] else { continue };
            if (line.role == Role::Run) == contours {
                self.line(line, &trace.pieces);
            }
        }
    }

    fn line(&mut self, line: &Line, pieces: &[Vec<Point>]) {
        let full = self.theme.of(line.role);
        let colour = full.at(full.alpha * line.opacity);
        let stroke = Stroke { colour, weight: line.weight, dash: line.dash };
        for piece in pieces {
            self.on.stroke(piece, stroke);
        }
    }

    fn band(&mut self, band: &Band) {
        let upper = band.x.iter().zip(&band.upper);
        let lower = band.x.iter().zip(&band.lower).rev();
        let outline: Vec<Point> = upper.chain(lower).map(|(x, y)| self.frame.at((*x, *y))).collect();
        self.on.fill(&clip::polygon(&self.frame.plot, &outline), self.theme.band_of(band.role));
    }

    /// Hatching where there is no value, then what is filled over it.
    fn heat(&mut self, heat: &Heat) {
        let patches = heat.patches(self.frame, self.size);
        if patches.iter().any(|patch| patch.fill == Fill::Hatched) {
            self.hatching();
        }
        for patch in patches {
            let colour = match patch.fill {
                Fill::Hatched => continue,
                Fill::Paper => self.theme.paper,
                Fill::Step(step) => self.theme.step(step, heat.steps(), heat.below),
            };
            self.on.fill(&patch.corners(), colour);
        }
    }

    /// Lines at half a right angle, all over the plot.
    fn hatching(&mut self) {
        let Area { left, top, right, bottom } = self.frame.plot;
        let (width, height) = (right - left, bottom - top);
        let mut along = HATCH;
        while along < width + height {
            let from = (left + max(along - height, 0.0), top + min(along, height));
            let to = (left + min(along, width), top + max(along - width, 0.0));
            self.on.stroke(&[from, to], Stroke::solid(self.theme.run, HAIR));
            along += HATCH;
        }
    }

    fn dots(&mut self, dots: &Dots) {
        let colour = self.theme.of(dots.role);
        for at in dots.points.iter().map(|point| self.frame.at(*point)) {
            if self.frame.plot.holds(at) {
                match dots.shape {
                    Shape::Disc => self.on.dot(at, dots.radius, colour.at(RUN_OPACITY)),
                    Shape::Plus => self.strokes(at, [(dots.radius, 0.0), (0.0, dots.radius)], colour),
                    Shape::Cross => {
                        self.strokes(at, [(dots.radius, dots.radius), (dots.radius, -dots.radius)], colour);
                    }
                }
            }
        }
    }

    /// Two strokes through a point, on a rim of paper.
    fn strokes(&mut self, (x, y): Point, arms: [Point; 2], colour: Colour) {
        for (colour, weight) in [(self.theme.paper, 3.6), (colour, 1.2)] {
            for (dx, dy) in arms {
                self.on.stroke(&[(x - dx, y - dy), (x + dx, y + dy)], Stroke::solid(colour, weight));
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        if !self.chart.x.holds(rule.x) {
            return;
        }
        let x = self.frame.across(rule.x);
        let colour = if rule.role == Role::Quiet { self.theme.ink_3 } else { self.theme.of(rule.role) };
        self.upright(x, self.frame.plot.top, self.frame.plot.bottom, colour, rule.dash);
    }

    fn plan(&mut self, plan: &Plan) {
        let at = self.frame.at(plan.at);
        if !self.frame.plot.grown(1.0).holds(at) {
            return;
        }
        self.on.dot(at, 6.0, self.theme.paper);
        self.on.dot(at, 4.5, self.theme.accent);
    }

    fn labels(&self) -> Vec<Placed> {
        let Self { chart, theme, size, frame, traces, .. } = self;
        Lettering { chart, frame, size: *size, theme, traces }.place(|text, ink| self.on.width(text, ink))
    }

    fn words(&mut self, labels: &[Placed]) {
        for Placed { text, ink, spot, .. } in labels {
            if spot.along == LEVEL {
                self.on.text(spot.at, spot.anchor, text, *ink);
            } else {
                self.on.leaning(spot.at, spot.along, text, *ink);
            }
        }
    }

    /// A ring around the point that is read, and a hairline down to the axis.
    fn cursor(&mut self, stop: Stop) {
        let Some(at) = self.chart.point(stop).map(|point| self.frame.at(point)) else { return };
        if !self.frame.plot.grown(1.0).holds(at) {
            return;
        }
        self.upright(at.0, at.1 + 6.0, self.frame.plot.bottom + AXIS_GAP, self.theme.ink_3, Dash::Solid);
        let ring = ring(at, 6.0);
        self.on.stroke(&ring, Stroke::solid(self.theme.paper, 4.0));
        self.on.stroke(&ring, Stroke::solid(self.theme.ink, 1.5));
    }

    fn level(&mut self, y: f64, from: f64, to: f64, colour: Colour) {
        let y = self.size.snap(y, HAIR);
        self.on.stroke(&[(from, y), (to, y)], Stroke::solid(colour, HAIR));
    }

    fn upright(&mut self, x: f64, from: f64, to: f64, colour: Colour, dash: Dash) {
        let x = self.size.snap(x, HAIR);
        self.on.stroke(&[(x, from), (x, to)], Stroke { colour, weight: HAIR, dash });
    }
}

fn is_dots(mark: &Mark, shape: Shape) -> bool {
    matches!(mark, Mark::Dots(dots) if dots.shape == shape)
}

/// A circle as a line of 48 points, by turning one of them: plotters has no open circles that are
/// finer than a pixel, and `sin` differs between machines.
fn ring((x, y): Point, radius: f64) -> Vec<Point> {
    const COS: f64 = 0.991_444_861_373_810_4;
    const SIN: f64 = 0.130_526_192_220_051_6;
    let mut arm = (radius, 0.0);
    let mut points = Vec::with_capacity(49);
    for _ in 0..=48 {
        points.push((x + arm.0, y + arm.1));
        arm = (arm.0 * COS - arm.1 * SIN, arm.0 * SIN + arm.1 * COS);
    }
    points
}
