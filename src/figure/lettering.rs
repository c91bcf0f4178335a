//! Which words a chart asks for, and where each may stand.

use super::chart::{Chart, Margin};
use super::clip::{self, Area};
use super::draw::Trace;
use super::frame::{Frame, Size, TEXT};
use super::heat::{Fill, Heat};
use super::label::{self, Placed, Rank, Scene, Spot, Wanted};
use super::mark::{Dots, Line, Mark, Note, Place, Plan, Rule, Shape, Side};
use super::surface::{Halo, Ink, Point, Role};
use super::theme::{Colour, Theme};

/// Height of labels of marks in CSS pixels.
pub const LABEL: f64 = 12.5;
/// Labels shift by at most this much from where they belong.
const SHIFT: f64 = 12.0;
/// The rim of words.
const RIM: f64 = 1.5;
/// The rim of words on a line: so wide that none of it shows between the figures of a number.
const WIDE_RIM: f64 = 2.5;
/// What must stay free around the plan.
const PLAN_ROOM: f64 = 6.5;

/// A piece of a contour shorter than this is not labelled, in CSS pixels.
const SHORT: f64 = 72.0;
/// What a line counts that is no contour.
const COVERED: usize = label::CROSSED + 2;
/// What a spot far from its mark counts: less than a line.
const FAR: usize = COVERED - 1;

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
    /// Gives every label its place; `width` measures a text.
    pub fn place(&self, width: impl Fn(&str, Ink) -> f64) -> Vec<Placed> {
        self.scene().place(&self.wanted(), width)
    }

    /// Every label the marks ask for.
    fn wanted(&self) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        for trace in self.traces {
            if let Mark::Line(line) = &self.chart.marks[trace.mark] {
                wanted.extend(self.line(line, trace));
            }
        }
        for mark in &self.chart.marks {
            match mark {
                Mark::Rule(rule) => wanted.extend(self.rule(rule)),
                Mark::Plan(plan) => wanted.extend(self.plan(plan)),
                Mark::Dots(dots) => wanted.extend(self.names(dots)),
                Mark::Note(note) => wanted.extend(self.note(note)),
                Mark::Heat(_) | Mark::Line(_) | Mark::Band(_) => {}
            }
        }
        wanted
    }

    /// What labels must keep clear of.
    fn scene(&self) -> Scene {
        let mut scene = Scene::default();
        for trace in self.traces {
            let cost = self.cost(trace);
            scene.lines.extend(trace.pieces.iter().map(|piece| (cost, piece.clone())));
        }
        for mark in &self.chart.marks {
            match mark {
                Mark::Rule(rule) => scene.lines.push((COVERED, self.upright(rule.x))),
                Mark::Plan(plan) => scene.taken.push(room(self.frame.at(plan.at), PLAN_ROOM)),
                Mark::Dots(dots) if dots.shape == Shape::Disc => {
                    scene.dots.extend(dots.points.iter().map(|point| self.frame.at(*point)));
                }
                Mark::Dots(dots) => {
                    scene.taken.extend(dots.points.iter().map(|p| room(self.frame.at(*p), dots.radius)));
                }
                Mark::Heat(_) | Mark::Line(_) | Mark::Band(_) | Mark::Note(_) => {}
            }
        }
        scene
    }

    /// What it costs to cover a line: nothing where it lets words be read, most where it says most.
    fn cost(&self, trace: &Trace) -> usize {
        match &self.chart.marks[trace.mark] {
            Mark::Line(line) if line.opacity < 1.0 => 0,
            Mark::Line(line) if line.role == Role::Run => label::CROSSED,
            _ => COVERED,
        }
    }

    fn upright(&self, x: f64) -> Vec<Point> {
        let x = self.frame.across(x);
        vec![(x, self.frame.plot.top), (x, self.frame.plot.bottom)]
    }

    fn line(&self, line: &Line, trace: &Trace) -> Option<Wanted> {
        let piece = trace.pieces.iter().max_by(|a, b| a.len().cmp(&b.len()))?;
        let last = trace.pieces.last()?.last()?;
        let (spots, rank, ink) = match line.place {
            Place::End => (self.at_end(*last), Rank::Line, self.ink(line.role, false)),
            Place::Along(share) if self.heat().is_some() => {
                (label::on(piece, share, TEXT), Rank::Line, self.on_contour(line))
            }
            Place::Along(share) => {
                (label::beside(piece, share, LABEL), Rank::Line, self.ink(line.role, false))
            }
            Place::Edge => (self.at_edge(*last, piece), Rank::Contour, self.on_contour(line)),
        };
        let wanted = self.ask(line.label.at(self.size.narrow), ink, spots, rank);
        match line.place {
            // Beside it, not among the ticks.
            Place::Along(_) => wanted.map(|label| Wanted { within: self.frame.plot, ..label }),
            Place::End | Place::Edge => wanted.map(|label| Wanted { within: self.frame.picture, ..label }),
        }
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
        if label::length(piece) < SHORT {
            return Vec::new();
        }
        let on = (5..46).rev().map(|k| label::at_share(piece, f64::from(k) / 50.0));
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
        let rank = if rule.role == Role::Accent { Rank::Budget } else { Rank::Note };
        self.ask(rule.label.at(self.size.narrow), self.ink(rule.role, false), spots.collect(), rank)
    }

    fn plan(&self, plan: &Plan) -> Option<Wanted> {
        let at = self.frame.at(plan.at);
        let mut spots = label::around(at, LABEL);
        // Long labels of a narrow picture find room close under the plan, or at the right side.
        if self.size.narrow && self.chart.margin == Margin::Names {
            let right = self.frame.plot.right;
            spots.insert(2, Spot::start(at.0 + 4.0, at.1 + PLAN_ROOM + 3.0 + 0.78 * LABEL));
            spots.extend([24.0, 30.0, -14.0, -20.0].map(|down| Spot::end(right, at.1 + down).away(FAR)));
        }
        self.ask(plan.label.at(self.size.narrow), self.ink(Role::Accent, true), spots, Rank::Plan)
    }

    /// Models are few and have names; what runs are called is for the cursor.
    fn names(&self, dots: &Dots) -> Vec<Wanted> {
        if dots.shape != Shape::Plus {
            return Vec::new();
        }
        let named = dots.names.iter().zip(&dots.points).filter(|(_, at)| !self.under_plan(**at));
        named.filter_map(|(name, at)| self.near(name, *at, Role::Quiet)).collect()
    }

    /// A model whose mark the plan covers has no mark to be named.
    fn under_plan(&self, at: Point) -> bool {
        let at = self.frame.at(at);
        self.chart.marks.iter().any(|mark| match mark {
            Mark::Plan(plan) => clip::distance(self.frame.at(plan.at), at) < PLAN_ROOM,
            _ => false,
        })
    }

    /// Words that begin at their place, or a line or two below it; else around it.
    fn note(&self, note: &Note) -> Option<Wanted> {
        let near = self.near(note.text.at(self.size.narrow), note.at, note.role)?;
        let (x, y) = self.frame.at(note.at);
        let mut spots = [0.0, 16.0, 32.0].map(|down| Spot::start(x, y + 0.33 * TEXT + down)).to_vec();
        spots.extend(near.spots);
        Some(Wanted { spots, ..near })
    }

    fn near(&self, text: &str, at: Point, role: Role) -> Option<Wanted> {
        let seen = self.chart.x.holds(at.0) && self.chart.y.holds(at.1);
        let spots = seen.then(|| label::around(self.frame.at(at), TEXT))?;
        self.ask(text, Ink { colour: self.theme.of(role), ..self.small() }, spots, Rank::Note)
    }

    /// A label inside the chart; words of the right margin ask for more room themselves.
    fn ask(&self, text: &str, ink: Ink, spots: Vec<Spot>, rank: Rank) -> Option<Wanted> {
        let picture = self.frame.picture;
        let within = match self.chart.margin {
            Margin::Values(_) => Area { right: self.frame.plot.right, ..picture },
            Margin::Names | Margin::Bare => picture,
        };
        (!text.is_empty()).then(|| Wanted { text: text.to_owned(), ink, spots, within, rank })
    }

    fn ink(&self, role: Role, bold: bool) -> Ink {
        Ink { size: LABEL, bold, colour: self.words_of(role), halo: Some(self.halo(RIM)) }
    }

    fn small(&self) -> Ink {
        Ink { size: TEXT, ..self.ink(Role::Quiet, false) }
    }

    fn halo(&self, radius: f64) -> Halo {
        Halo { colour: self.theme.paper, radius }
    }

    /// The colours under everything.
    fn heat(&self) -> Option<&Heat> {
        self.chart.marks.iter().find_map(|mark| if let Mark::Heat(heat) = mark { Some(heat) } else { None })
    }

    /// Words on a contour: on the colours of a heat map in ink or paper, without a rim, which would be of one step alone.
    fn on_contour(&self, line: &Line) -> Ink {
        let middle = line.points.get(line.points.len() / 2);
        let ground = self.heat().zip(middle).and_then(|(heat, at)| match heat.at(*at) {
            Fill::Step(step) => Some(self.theme.step(step, heat.steps(), heat.below)),
            Fill::Paper | Fill::Hatched => None,
        });
        match ground {
            Some(ground) => Ink::plain(TEXT, self.theme.words_on(ground)),
            None => Ink { halo: Some(self.halo(WIDE_RIM)), ..self.small() },
        }
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
