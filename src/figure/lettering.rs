//! Which words a chart asks for, and where each may stand.

use super::chart::{Chart, Margin};
use super::clip::Area;
use super::draw::Trace;
use super::frame::{Frame, Size, TEXT};
use super::label::{self, Scene, Spot, Wanted};
use super::mark::{Dots, Line, Mark, Place, Plan, Rule, Shape, Side};
use super::surface::{Ink, Point, Role};
use super::theme::{Colour, Theme};

/// Height of labels of marks in CSS pixels.
pub const LABEL: f64 = 12.5;
/// Labels shift by at most this much from where they belong.
const SHIFT: f64 = 12.0;
/// What must stay free around the plan.
const PLAN_ROOM: f64 = 6.5;

const PLAN: u8 = 9;
const BUDGET: u8 = 8;
const LINE: u8 = 7;
const NOTE: u8 = 6;
const CONTOUR: u8 = 5;

/// All that is known when words are placed.
pub struct Lettering<'a> {
    /// The chart.
    pub chart: &'a Chart,
    /// Where it lies.
    pub frame: &'a Frame,
    /// Its size.
    pub size: Size,
    /// Its colours.
    pub theme: &'a Theme,
    /// Its lines, cut to the plot.
    pub traces: &'a [Trace],
}

impl Lettering<'_> {
    /// Every label the marks ask for.
    pub fn wanted(&self) -> Vec<Wanted> {
        let traced = self.traces.iter().filter_map(|trace| match &self.chart.marks[trace.mark] {
            Mark::Line(line) => self.line(line, trace),
            _ => None,
        });
        let others = self.chart.marks.iter().flat_map(|mark| match mark {
            Mark::Rule(rule) => self.rule(rule).into_iter().collect(),
            Mark::Plan(plan) => self.plan(plan).into_iter().collect(),
            Mark::Dots(dots) => self.names(dots),
            Mark::Note(note) => {
                self.near(note.text.at(self.size.narrow), note.at, note.role).into_iter().collect()
            }
            Mark::Line(_) | Mark::Band(_) => Vec::new(),
        });
        traced.chain(others).collect()
    }

    /// What labels must keep clear of.
    pub fn scene(&self) -> Scene {
        let mut lines: Vec<Vec<Point>> = self.traces.iter().flat_map(|trace| trace.pieces.clone()).collect();
        let mut scene = Scene { picture: Some(self.frame.picture), ..Scene::default() };
        for mark in &self.chart.marks {
            match mark {
                Mark::Rule(rule) => lines.push(self.upright(rule.x)),
                Mark::Plan(plan) => scene.taken.push(room(self.frame.at(plan.at), PLAN_ROOM)),
                Mark::Dots(dots) if dots.shape == Shape::Disc => {
                    scene.dots.extend(dots.points.iter().map(|point| self.frame.at(*point)));
                }
                Mark::Dots(dots) => {
                    scene.taken.extend(dots.points.iter().map(|p| room(self.frame.at(*p), dots.radius)));
                }
                _ => {}
            }
        }
        scene.lines = lines;
        scene
    }

    fn upright(&self, x: f64) -> Vec<Point> {
        let x = self.frame.across(x);
        vec![(x, self.frame.plot.top), (x, self.frame.plot.bottom)]
    }

    fn line(&self, line: &Line, trace: &Trace) -> Option<Wanted> {
        let piece = trace.pieces.iter().max_by(|a, b| a.len().cmp(&b.len()))?;
        let last = trace.pieces.iter().filter_map(|piece| piece.last()).next_back()?;
        let (spots, rank, ink) = match line.place {
            Place::End => (self.at_end(*last), LINE, self.ink(line.role, false)),
            Place::Along(share) => (label::beside(piece, share, LABEL), LINE, self.ink(line.role, false)),
            Place::Edge => (self.at_edge(*last, piece), CONTOUR, self.small()),
        };
        ask(line.label.at(self.size.narrow), ink, spots, rank)
    }

    /// Beyond the right end of a line, or above and below that end.
    fn at_end(&self, (x, y): Point) -> Vec<Spot> {
        let level = y + 0.33 * LABEL;
        if self.chart.margin == Margin::Names && !self.size.narrow {
            let shifts = [0.0, -3.0, 3.0, -6.0, 6.0, -9.0, 9.0, -SHIFT, SHIFT];
            return shifts.into_iter().map(|shift| Spot::start(x + 8.0, level + shift)).collect();
        }
        let inside = [0.0, 14.0, 28.0, 42.0].into_iter();
        inside
            .flat_map(|left| [Spot::end(x - left, y - 8.0), Spot::end(x - left, y + 8.0 + 0.7 * LABEL)])
            .collect()
    }

    /// In the right margin where a contour leaves the chart; else on the contour, low in the chart.
    fn at_edge(&self, (x, y): Point, piece: &[Point]) -> Vec<Spot> {
        let level = 0.33 * TEXT;
        if (x - self.frame.plot.right).abs() < 0.5 {
            return [0.0, -3.0, 3.0]
                .into_iter()
                .map(|shift| Spot::start(x + 6.0, y + level + shift))
                .collect();
        }
        let shares = [0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5, 0.4, 0.3];
        let on = shares.into_iter().map(|share| label::at_share(piece, share));
        on.map(|(x, y)| Spot::middle(x, y + level)).collect()
    }

    fn rule(&self, rule: &Rule) -> Option<Wanted> {
        let x = self.chart.x.holds(rule.x).then(|| self.frame.across(rule.x))?;
        let top = self.frame.plot.top + 9.0;
        let (left, right) = (|y| Spot::end(x - 5.0, y), |y| Spot::start(x + 5.0, y));
        let rows = [top, top + 16.0, top + 32.0];
        let spots = rows.into_iter().flat_map(|y| match rule.side {
            Side::Left => [left(y), right(y)],
            Side::Right => [right(y), left(y)],
        });
        let rank = if rule.role == Role::Accent { BUDGET } else { NOTE };
        ask(rule.label.at(self.size.narrow), self.ink(rule.role, false), spots.collect(), rank)
    }

    fn plan(&self, plan: &Plan) -> Option<Wanted> {
        let spots = label::around(self.frame.at(plan.at), LABEL);
        ask(plan.label.at(self.size.narrow), self.ink(Role::Accent, true), spots, PLAN)
    }

    fn names(&self, dots: &Dots) -> Vec<Wanted> {
        let named = dots.names.iter().zip(&dots.points);
        named.filter_map(|(name, at)| self.near(name, *at, Role::Quiet)).collect()
    }

    fn near(&self, text: &str, at: Point, role: Role) -> Option<Wanted> {
        let seen = self.chart.x.holds(at.0) && self.chart.y.holds(at.1);
        let spots = seen.then(|| label::around(self.frame.at(at), TEXT))?;
        ask(text, Ink { colour: self.theme.of(role), ..self.small() }, spots, NOTE)
    }

    fn ink(&self, role: Role, bold: bool) -> Ink {
        Ink { size: LABEL, bold, colour: self.words_of(role), halo: Some(self.theme.paper) }
    }

    fn small(&self) -> Ink {
        Ink { size: TEXT, ..self.ink(Role::Quiet, false) }
    }

    /// Words of runs are darker than their dots, to be read.
    fn words_of(&self, role: Role) -> Colour {
        match role {
            Role::Run => self.theme.ink_2,
            other => self.theme.of(other),
        }
    }
}

fn room((x, y): Point, radius: f64) -> Area {
    Area { left: x, top: y, right: x, bottom: y }.grown(radius)
}

fn ask(text: &str, ink: Ink, spots: Vec<Spot>, rank: u8) -> Option<Wanted> {
    (!text.is_empty()).then(|| Wanted { text: text.to_owned(), ink, spots, rank })
}
