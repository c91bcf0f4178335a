//! Draws a chart: a range frame, marks in a fixed order, words last.
//!
//! The order is grid, bands, runs, contours, lines, rules, plan, labels, cursor; within a kind,
//! that of the chart.

use super::chart::{Chart, Margin};
use super::clip;
use super::cursor::Stop;
use super::frame::{Frame, Size, TEXT};
use super::label::Placed;
use super::lettering::Lettering;
use super::mark::{Band, Dots, Line, Mark, Plan, Rule, Shape};
use super::surface::{Anchor, Dash, Ink, Point, Role, Stroke, Surface};
use super::text;
use super::theme::{Colour, Theme};

/// Between the plot and its bottom axis.
const AXIS_GAP: f64 = 5.0;
const TICK: f64 = 4.0;
const HAIR: f64 = 1.0;
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
    let frame = Frame::of(chart, size);
    let traces = traces(chart, &frame);
    let mut sheet = Sheet { chart, theme, size, frame: &frame, traces: &traces, on };
    sheet.ground()?;
    sheet.marks()?;
    let labels = sheet.labels();
    sheet.words(&labels)?;
    cursor.map_or(Ok(()), |stop| sheet.cursor(stop))
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
    let lines = chart.marks.iter().enumerate().filter_map(|(mark, what)| match what {
        Mark::Line(line) => Some((mark, line)),
        _ => None,
    });
    lines
        .map(|(mark, line)| {
            let points: Vec<Point> = line.points.iter().map(|point| frame.at(*point)).collect();
            Trace { mark, pieces: clip::line(&frame.plot, &points) }
        })
        .collect()
}

struct Sheet<'a, S> {
    chart: &'a Chart,
    theme: &'a Theme,
    size: Size,
    frame: &'a Frame,
    traces: &'a [Trace],
    on: &'a mut S,
}

impl<S: Surface> Sheet<'_, S> {
    /// Paper, grid, axes and their names.
    fn ground(&mut self) -> Result<(), S::Error> {
        self.on.fill(&self.frame.picture.corners(), self.theme.paper)?;
        self.left_side()?;
        self.bottom_axis()?;
        self.names()
    }

    fn left_side(&mut self) -> Result<(), S::Error> {
        let plot = self.frame.plot;
        for tick in &self.frame.y_ticks {
            let y = self.frame.up(tick.value);
            if self.chart.y.grid {
                self.level(y, plot.left, plot.right, self.theme.grid)?;
            }
            let at = (plot.left - 7.0, y + 0.33 * TEXT);
            self.on.text(at, Anchor::End, &tick.label, Ink::plain(TEXT, self.theme.ink_2))?;
        }
        Ok(())
    }

    /// The axis runs over the ticks only: its ends are values, not the sides of a box.
    fn bottom_axis(&mut self) -> Result<(), S::Error> {
        let y = self.frame.plot.bottom + AXIS_GAP;
        let ends = (self.frame.x_ticks.first(), self.frame.x_ticks.last());
        if let (Some(first), Some(last)) = ends {
            let (from, to) = (self.frame.across(first.value), self.frame.across(last.value));
            self.level(y, from, to, self.theme.ink_3)?;
        }
        for tick in &self.frame.x_ticks {
            let x = self.frame.across(tick.value);
            self.upright(x, y, y + TICK, self.theme.ink_3, Dash::Solid)?;
            let ink = Ink::plain(TEXT, self.theme.ink_2);
            let half = self.on.width(&tick.label, ink) / 2.0;
            let x = crate::num::clamp(x, half, self.frame.picture.right - half);
            self.on.text((x, y + 16.0), Anchor::Middle, &tick.label, ink)?;
        }
        Ok(())
    }

    fn names(&mut self) -> Result<(), S::Error> {
        let ink = Ink::plain(TEXT, self.theme.ink_3);
        let (right, bottom) = (self.frame.plot.right, self.frame.picture.bottom);
        self.on.text((0.0, 10.0), Anchor::Start, &self.chart.y.name, ink)?;
        self.on.text((right, bottom - 2.0), Anchor::End, &self.chart.x.name, ink)?;
        if let Margin::Values(head) = &self.chart.margin {
            self.on.text((self.frame.picture.right, 10.0), Anchor::End, head, ink)?;
        }
        Ok(())
    }

    fn marks(&mut self) -> Result<(), S::Error> {
        let marks = &self.chart.marks;
        each(marks, |mark| matches!(mark, Mark::Band(_)), |mark| self.mark(mark))?;
        each(marks, |mark| is_dots(mark, Shape::Disc), |mark| self.mark(mark))?;
        self.lines(true)?;
        self.lines(false)?;
        each(
            marks,
            |mark| is_dots(mark, Shape::Plus) || is_dots(mark, Shape::Cross),
            |mark| self.mark(mark),
        )?;
        each(marks, |mark| matches!(mark, Mark::Rule(_)), |mark| self.mark(mark))?;
        each(marks, |mark| matches!(mark, Mark::Plan(_)), |mark| self.mark(mark))
    }

    fn mark(&mut self, mark: &Mark) -> Result<(), S::Error> {
        match mark {
            Mark::Band(band) => self.band(band),
            Mark::Dots(dots) => self.dots(dots),
            Mark::Rule(rule) => self.rule(rule),
            Mark::Plan(plan) => self.plan(plan),
            // Lines are drawn from their traces, notes with the labels.
            Mark::Line(_) | Mark::Note(_) => Ok(()),
        }
    }

    fn lines(&mut self, contours: bool) -> Result<(), S::Error> {
        for trace in self.traces {
            let Mark::Line(line) = &self.chart.marks[trace.mark] else { continue };
            if (line.role == Role::Run) == contours {
                self.line(line, &trace.pieces)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, line: &Line, pieces: &[Vec<Point>]) -> Result<(), S::Error> {
        let full = self.theme.of(line.role);
        let colour = full.at(full.alpha * line.opacity);
        let stroke = Stroke { colour, weight: line.weight, dash: line.dash };
        pieces.iter().try_for_each(|piece| self.on.stroke(piece, stroke))
    }

    fn band(&mut self, band: &Band) -> Result<(), S::Error> {
        let upper = band.x.iter().zip(&band.upper);
        let lower = band.x.iter().zip(&band.lower).rev();
        let outline: Vec<Point> = upper.chain(lower).map(|(x, y)| self.frame.at((*x, *y))).collect();
        self.on.fill(&clip::polygon(&self.frame.plot, &outline), self.theme.band_of(band.role))
    }

    fn dots(&mut self, dots: &Dots) -> Result<(), S::Error> {
        let colour = self.theme.of(dots.role);
        for at in dots.points.iter().map(|point| self.frame.at(*point)) {
            if self.frame.plot.holds(at) {
                match dots.shape {
                    Shape::Disc => self.on.dot(at, dots.radius, colour.at(RUN_OPACITY))?,
                    Shape::Plus => self.strokes(at, [(dots.radius, 0.0), (0.0, dots.radius)], colour)?,
                    Shape::Cross => {
                        self.strokes(at, [(dots.radius, dots.radius), (dots.radius, -dots.radius)], colour)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Two strokes through a point, on a rim of paper.
    fn strokes(&mut self, (x, y): Point, arms: [Point; 2], colour: Colour) -> Result<(), S::Error> {
        for (colour, weight) in [(self.theme.paper, 3.6), (colour, 1.2)] {
            for (dx, dy) in arms {
                self.on.stroke(&[(x - dx, y - dy), (x + dx, y + dy)], Stroke::solid(colour, weight))?;
            }
        }
        Ok(())
    }

    fn rule(&mut self, rule: &Rule) -> Result<(), S::Error> {
        if !self.chart.x.holds(rule.x) {
            return Ok(());
        }
        let x = self.frame.across(rule.x);
        let colour = if rule.role == Role::Quiet { self.theme.ink_3 } else { self.theme.of(rule.role) };
        self.upright(x, self.frame.plot.top, self.frame.plot.bottom, colour, rule.dash)
    }

    fn plan(&mut self, plan: &Plan) -> Result<(), S::Error> {
        let at = self.frame.at(plan.at);
        if !self.frame.plot.grown(1.0).holds(at) {
            return Ok(());
        }
        self.on.dot(at, 6.0, self.theme.paper)?;
        self.on.dot(at, 4.5, self.theme.accent)
    }

    fn labels(&self) -> Vec<Placed> {
        let Self { chart, theme, size, frame, traces, .. } = *self;
        Lettering { chart, frame, size, theme, traces }.place(|text, ink| self.on.width(text, ink))
    }

    fn words(&mut self, labels: &[Placed]) -> Result<(), S::Error> {
        labels
            .iter()
            .try_for_each(|label| self.on.text(label.spot.at, label.spot.anchor, &label.text, label.ink))
    }

    /// A ring around the point that is read, and a hairline down to the axis.
    fn cursor(&mut self, stop: Stop) -> Result<(), S::Error> {
        let Some(at) = self.chart.point(stop).map(|point| self.frame.at(point)) else { return Ok(()) };
        if !self.frame.plot.grown(1.0).holds(at) {
            return Ok(());
        }
        self.upright(at.0, at.1 + 6.0, self.frame.plot.bottom + AXIS_GAP, self.theme.ink_3, Dash::Solid)?;
        let ring = ring(at, 6.0);
        self.on.stroke(&ring, Stroke::solid(self.theme.paper, 4.0))?;
        self.on.stroke(&ring, Stroke::solid(self.theme.ink, 1.5))
    }

    fn level(&mut self, y: f64, from: f64, to: f64, colour: Colour) -> Result<(), S::Error> {
        let y = self.size.snap(y, HAIR);
        self.on.stroke(&[(from, y), (to, y)], Stroke::solid(colour, HAIR))
    }

    fn upright(&mut self, x: f64, from: f64, to: f64, colour: Colour, dash: Dash) -> Result<(), S::Error> {
        let x = self.size.snap(x, HAIR);
        self.on.stroke(&[(x, from), (x, to)], Stroke { colour, weight: HAIR, dash })
    }
}

fn each<E>(
    marks: &[Mark],
    which: impl Fn(&Mark) -> bool,
    draw: impl FnMut(&Mark) -> Result<(), E>,
) -> Result<(), E> {
    marks.iter().filter(|mark| which(mark)).try_for_each(draw)
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
