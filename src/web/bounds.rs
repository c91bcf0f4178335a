//! The budget and what limits a plan beside it, as lines among all sizes and tokens.

use super::budget::{DAY, serves};
use super::find::Find;
use super::limit::{self, Limit, Limited};
use super::question::Question;
use super::reading::Plan;
use crate::figure::plan::{Bound, MapSpan};
use crate::figure::{Grid, Point};
use crate::num::max;
use crate::units::{Unit, show};

/// So many points has a line that bends.
const FINE: usize = 97;

/// The lines of a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// What the budget can pay for.
    pub budget: Vec<Point>,
    /// What it could pay for if nothing were served; empty where nothing is.
    pub training: Vec<Point>,
    /// The limits beside it.
    pub limits: Vec<Bound>,
}

impl Bounds {
    /// The lines around a plan, over what the map shows; nothing for a plan without size, tokens or training compute.
    pub fn of(question: &Question, plan: &Plan, span: &MapSpan) -> Option<Self> {
        let (size, spent) = (plan.size()?, plan.flops?);
        plan.tokens()?;
        let training = question.training();
        let sizes = Grid::positions(span.params.0, span.params.1, FINE);
        // Serving is paid for by the parameter: what is left of the budget trains.
        let total = total(question, plan).filter(|total| *total > spent).unwrap_or(spent);
        let served = (total - spent) / size;
        // Limits may keep a plan from spending all of it.
        let all = max(given(question, plan).unwrap_or(total), total);
        let paid = |size: &f64| (*size, (all - served * size) / training.of_token(*size));
        let budget = sizes.iter().map(paid).filter(|(_, tokens)| *tokens > 0.0).collect();
        let straight = |size: &f64| (*size, all / training.of_token(*size));
        let unserved = if served > 0.0 { sizes.iter().map(straight).collect() } else { Vec::new() };
        let limits = &question.limits;
        let limits = limits.iter().filter_map(|limit| bound(limit, question, span)).collect();
        Some(Self { budget, training: unserved, limits })
    }
}

/// The budget in FLOPs, where one is given.
fn given(question: &Question, plan: &Plan) -> Option<f64> {
    let budget = (question.find == Find::Loss).then(|| question.budget().ok())??;
    // Dollars that pay for both are counted at what training costs, as those of the plan.
    if budget.read.unit == Unit::Dollars && serves(&question.limits) {
        return Some(plan.flops? * budget.read.value / plan.quantities.get("training_dollars")?);
    }
    Some(budget.flops)
}

/// What training and serving of a plan take together, in FLOPs of training; nothing where nothing is served, or serving is
/// paid for beside it.
fn total(question: &Question, plan: &Plan) -> Option<f64> {
    let quantity = |name: &str| plan.quantities.get(name).copied();
    if !serves(&question.limits) {
        return None;
    }
    let unit = if question.find == Find::Loss { question.budget().ok()?.read.unit } else { Unit::Flops };
    match unit {
        Unit::Flops => quantity("total"),
        Unit::Dollars => Some(plan.flops? * quantity("dollars")? / quantity("training_dollars")?),
        _ => None,
    }
}

fn bound(limit: &Limit, question: &Question, span: &MapSpan) -> Option<Bound> {
    let beside = &question.limits;
    let value = limit.amount()?.value;
    let across = |tokens: &dyn Fn(f64) -> f64| {
        [span.params.0, span.params.1].map(|size| (size, tokens(size))).to_vec()
    };
    let upright = |size: f64| vec![(size, span.tokens.0), (size, span.tokens.1)];
    let name = |value, unit| show(value, unit).to_string();
    Some(match limit.on {
        Limited::MostTokens => Bound { name: name(value, Unit::Tokens), points: across(&|_| value) },
        Limited::LargestSize | Limited::FixedSize => {
            Bound { name: show(value, Unit::Parameters).number(), points: upright(value) }
        }
        Limited::Memory => {
            Bound { name: name(value, Unit::Bytes), points: upright(value / limit::parameter_bytes(beside)) }
        }
        Limited::Ratio => Bound {
            name: format!("{} a parameter", show(value, Unit::TokensPerParameter).number()),
            points: across(&|size| value * size),
        },
        Limited::Deadline => {
            let rented = question.rented()?;
            let flops = value * DAY * rented.count? / rented.hours(1.0)?;
            let training = question.training();
            let sizes = Grid::positions(span.params.0, span.params.1, FINE);
            let points = sizes.into_iter().map(|size| (size, flops / training.of_token(size))).collect();
            Bound { name: name(value, Unit::Days), points }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::figure::plan::map_span;
    use crate::web::figures;

    fn bounds(budget: &str, limits: &[(Limited, &str)]) -> (Plan, Bounds) {
        let limits = limits.iter().map(|&(on, text)| Limit { on, text: text.to_owned() }).collect();
        let question = Question { budget: budget.to_owned(), limits, ..Question::default() };
        let plan = Plan::read(&answer_text(&question.allocate().unwrap(), &mut |_| {})).unwrap();
        let optimum = figures::optimum(question.budget().unwrap().flops, &plan).unwrap();
        let bounds = Bounds::of(&question, &plan, &map_span(&[], &optimum)).unwrap();
        (plan, bounds)
    }

    /// How far the plan lies from a line, as a share of its tokens.
    fn off(plan: &Plan, line: &[Point]) -> f64 {
        let (size, tokens) = (plan.size().unwrap(), plan.tokens().unwrap());
        let pair = line.windows(2).find(|pair| pair[0].0 <= size && size <= pair[1].0).unwrap();
        let share = (size - pair[0].0) / (pair[1].0 - pair[0].0);
        (pair[0].1 + share * (pair[1].1 - pair[0].1)) / tokens - 1.0
    }

    #[test]
    fn the_plan_lies_on_its_budget() {
        let served = [(Limited::Serving, "2T"), (Limited::Generated, "0.75")];
        for (budget, limits) in [("5.76e23 FLOPs", &[][..]), ("5.76e23 FLOPs", &served), ("$2M", &served)] {
            let (plan, bounds) = bounds(budget, limits);
            assert!(off(&plan, &bounds.budget).abs() < 3e-3, "{budget}: {}", off(&plan, &bounds.budget));
            assert_eq!(bounds.training.is_empty(), limits.is_empty());
        }
        // Hours are those of training alone.
        let (plan, bounds) = bounds("400k H100-hours", &served);
        assert!(off(&plan, &bounds.budget).abs() < 3e-3 && bounds.training.is_empty());
    }

    #[test]
    fn the_budget_stays_where_it_is_when_limits_leave_some_of_it() {
        let both = [(Limited::MostTokens, "500B"), (Limited::LargestSize, "70B")];
        let served = [both[0], both[1], (Limited::Serving, "2T"), (Limited::Generated, "0.75")];
        for (budget, limits, left) in [
            ("5.76e23 FLOPs", &both[..], 5.76e23 / (6.0 * 70e9 * 500e9)),
            ("5.76e23 FLOPs", &served, (5.76e23 - 2.0 * 70e9 * 2e12) / (6.0 * 70e9 * 500e9)),
        ] {
            let (plan, bounds) = bounds(budget, limits);
            assert!((off(&plan, &bounds.budget) + 1.0 - left).abs() < 3e-3, "{}", off(&plan, &bounds.budget));
        }
    }

    #[test]
    fn a_limit_that_binds_goes_through_the_plan() {
        let (plan, bounds) = bounds("5.76e23 FLOPs", &[(Limited::MostTokens, "1T")]);
        assert_eq!(bounds.limits[0].points[0].1, plan.tokens().unwrap());
        assert_eq!(bounds.limits[0].name, "1.00\u{a0}T\u{a0}tokens");
        let (plan, bounds) = self::bounds("5.76e23 FLOPs", &[(Limited::Ratio, "40")]);
        assert!(off(&plan, &bounds.limits[0].points).abs() < 1e-9);
        let (plan, bounds) = self::bounds("5.76e23 FLOPs", &[(Limited::Memory, "80 GB")]);
        assert!((bounds.limits[0].points[0].0 / plan.size().unwrap() - 1.0).abs() < 1e-12);
        let days = [(Limited::Deadline, "20 days"), (Limited::Devices, "64")];
        let (plan, bounds) = self::bounds("5.76e23 FLOPs", &days);
        let (size, tokens) = bounds.limits[0].points[0];
        assert!(
            (crate::web::training::Training::default().of_token(size) * tokens / plan.flops.unwrap() - 1.0)
                .abs()
                < 1e-9
        );
    }
}
