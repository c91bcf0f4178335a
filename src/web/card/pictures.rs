//! What cards draw.

use crate::figure::plan::{self, Optimum};
use crate::figure::{Chart, Size, Svg};
use crate::web::bounds::Bounds;
use crate::web::figures::{self, Optima};
use crate::web::question::Question;
use crate::web::reading::Plan;

/// A picture beside the numbers; one over the whole card, there and on a phone.
const BESIDE: (f64, f64) = (320.0, 198.0);
const WIDE: (f64, f64) = (600.0, 198.0);
const NARROW: (f64, f64) = (296.0, 250.0);

/// What answers a question.
pub type Ask<'a> = &'a dyn Fn(&str) -> String;

/// A plan, and what gives others like it.
pub struct Planned<'a> {
    /// The question.
    pub question: &'a Question,
    /// The plan.
    pub plan: &'a Plan,
    /// A fit with draws, as JSON, where there is one.
    pub draws: Option<&'a str>,
}

impl Planned<'_> {
    /// What is spent, in FLOPs.
    fn budget(&self) -> Option<f64> {
        self.question.spent(Some(self.plan))
    }

    /// The best plans as the budget grows.
    fn optima(&self, ask: Ask) -> Option<Optima> {
        let mut optima = Optima::default();
        for flops in figures::budgets(&[], self.budget()?) {
            let asked = match self.draws {
                Some(draws) => self.question.allocate_by(draws, flops),
                None => self.question.allocate_at(flops),
            };
            let Some(plan) = asked.and_then(|asked| Plan::read(&ask(&asked))) else { continue };
            optima.points.extend(figures::optimum(flops, &plan));
            optima.bands.extend(figures::spread(&plan));
        }
        // A band is one all along.
        if optima.bands.len() < optima.points.len() {
            optima.bands.clear();
        }
        Some(optima)
    }

    fn shown(&self) -> Option<Optimum> {
        figures::optimum(self.budget()?, self.plan)
    }

    /// The frontier, beside numbers or over the whole card.
    pub fn frontier(&self, is_whole: bool, ask: Ask) -> Option<String> {
        let chart = figures::frontier(&self.optima(ask)?, &[], self.budget()?, self.shown());
        Some(if is_whole { whole(&chart) } else { inline(&chart, BESIDE, "beside") })
    }

    /// The map of all sizes and tokens.
    pub fn map(&self, ask: Ask) -> Option<String> {
        let shown = self.shown()?;
        let span = plan::map_span(&[], &shown);
        let bounds = Bounds::of(self.question, self.plan, &span)?;
        let losses = figures::ask_losses(self.question, &span, self.plan)
            .and_then(|asked| figures::losses(&span, &ask(&asked)));
        let frontier = self.optima(ask)?.points;
        let sizes = figures::sizes(self.question.find, self.plan);
        Some(whole(&figures::map(span, losses.as_ref(), &frontier, &[], (&bounds, Some(shown), sizes))))
    }
}

fn whole(chart: &Chart) -> String {
    inline(chart, WIDE, "wide") + &inline(chart, NARROW, "narrow")
}

fn inline(chart: &Chart, (width, height): (f64, f64), class: &str) -> String {
    Svg::inline(chart, Size::new(width, height, 1.0), class)
}
