//! Methods below one another, each with its size on one axis: drawn in the cells of a table, so that it reads as one.

use super::compared::Compared;
use crate::figure::{Axis, Format, ticks};
use crate::num;

/// Ticks are placed as on an axis of this length, in CSS pixels; on a phone every other label is left out.
const LENGTH: f64 = 300.0;
/// Beyond the methods an interval is shown up to this factor.
const REACH: f64 = 20.0;
/// What is free at either side, as a factor.
const ROOM: f64 = 1.15;

/// The axis that all methods share.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    axis: Axis,
    chosen: Option<f64>,
}

impl Strip {
    /// The axis of these methods; none where none has a size.
    pub fn of(compared: &[Compared]) -> Option<Self> {
        let plans = || compared.iter().filter_map(|one| one.plan.as_ref().ok());
        let ends = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, 0.0), |(low, high), x| (num::min(low, x), num::max(high, x)))
        };
        let (least, most) = ends(&mut plans().map(|plan| plan.size));
        let (low, high) = ends(&mut plans().filter_map(|plan| plan.ends).flatten());
        let low = num::max(num::min(low, least), least / REACH) / ROOM;
        let high = num::min(num::max(high, most), most * REACH) * ROOM;
        let axis = Axis::log("compute-optimal parameters", "parameters", (low, high), Format::Quantity);
        let chosen = compared.first().and_then(|one| one.plan.as_ref().ok()).map(|plan| plan.size);
        (most > 0.0).then_some(Self { axis, chosen })
    }

    /// One method, as the content of a cell: its interval and its dot over the lines of the ticks.
    pub fn row(&self, one: &Compared) -> String {
        let ticks = ticks(&self.axis, LENGTH);
        let lines = ticks.iter().map(|tick| upright("grid", &self.across(tick.value)));
        let mine = self.chosen.map(|size| upright("mine", &self.across(size)));
        let plan = one.plan.as_ref().ok();
        let ends = plan.and_then(|plan| plan.ends).map(|ends| {
            let [low, high] = ends.map(|end| self.across(end));
            format!(r#"<line class="ends" x1="{low}" x2="{high}" y1="50%" y2="50%"/>"#)
        });
        let size = plan.map(|plan| {
            format!(r#"<circle class="size" cx="{}" cy="50%" r="4.5"/>"#, self.across(plan.size))
        });
        drawing(&lines.chain(mine).chain(ends).chain(size).collect::<String>())
    }

    /// What is written under them.
    pub fn foot(&self) -> String {
        let label = |tick: &crate::figure::Tick| {
            let at = self.across(tick.value);
            format!(r#"{}<text x="{at}" y="16">{}</text>"#, tick_mark(&at), tick.label)
        };
        drawing(&ticks(&self.axis, LENGTH).iter().map(label).collect::<String>())
    }

    /// How far from the left a size lies, within the axis.
    fn across(&self, size: f64) -> String {
        format!("{:.2}%", 100.0 * num::clamp(self.axis.share(size), 0.0, 1.0))
    }
}

fn drawing(marks: &str) -> String {
    format!(r#"<svg aria-hidden="true">{marks}</svg>"#)
}

fn upright(class: &str, at: &str) -> String {
    format!(r#"<line class="{class}" x1="{at}" x2="{at}" y1="0" y2="100%"/>"#)
}

fn tick_mark(at: &str) -> String {
    format!(r#"<line class="tick" x1="{at}" x2="{at}" y1="0" y2="4"/>"#)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fit::methods::compare::{Method, Way};
    use crate::web::fit::methods::compared::Planned;

    fn one(plan: Result<Planned, String>) -> Compared {
        let method = Method { name: String::new(), way: Way::Envelope };
        Compared { method, in_doubt: false, plan, criteria: None, wasted: None }
    }

    fn at(size: f64, ends: Option<[f64; 2]>) -> Compared {
        one(Ok(Planned { size, ends, tokens: 1e12, ratio: 20.0, loss: None }))
    }

    #[test]
    fn a_strip_holds_every_size_and_cuts_what_reaches_far() {
        let all = [at(1e10, Some([5e9, 1e15])), at(4e10, None), one(Err("none".to_owned()))];
        let strip = Strip::of(&all).unwrap();
        assert!(strip.row(&all[0]).contains(r#"x2="100.00%" y1="50%""#), "{}", strip.row(&all[0]));
        assert!(strip.row(&all[1]).contains("circle"));
        assert!(!strip.row(&all[2]).contains("circle"));
        assert!(strip.foot().contains("10\u{a0}B</text>"), "{}", strip.foot());
        assert_eq!(Strip::of(&all[2..]), None);
    }
}
