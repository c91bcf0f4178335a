//! `IsoFLOP` profiles against vertices and power laws computed at 40 digits by another program.
//!
//! The oracles are never rewritten by a test.

#![allow(clippy::disallowed_methods, reason = "oracles are independent of our arithmetic")]

mod bias;
#[path = "../digits/mod.rs"]
mod digits;
mod draws;
mod groups;
#[path = "../measured/mod.rs"]
mod measured;
mod vertices;

use digits::reads;
use isoflop::fit::PowerLaw;
use isoflop::fit::isoflop::{Group, Grouping, IsoFlop, Of, Options, Runs, isoflop};
use measured::Measured;

/// Relative, on what the oracles print with twelve digits.
const EXACT: f64 = 1e-10;

fn close(label: &str, given: f64, expected: f64, tolerance: f64) {
    assert!((given / expected - 1.0).abs() <= tolerance, "{label}: {given} is not {expected}");
}

/// A number as its table prints it, good to half of the last digit.
fn printed(label: &str, given: f64, expected: &str) {
    assert!(reads(given, expected, EXACT), "{label}: {given} is not {expected}");
}

struct Table {
    n: Vec<f64>,
    d: Vec<f64>,
    c: Vec<f64>,
    loss: Vec<f64>,
    budget: Vec<Option<f64>>,
}

impl Table {
    fn new(table: &Measured, budget: &str) -> Self {
        Self {
            n: table.column("params"),
            d: table.column("tokens"),
            c: table.column("flops"),
            loss: table.column("loss"),
            budget: table.column(budget).into_iter().map(Some).collect(),
        }
    }

    fn runs(&self) -> Runs<'_> {
        Runs { n: &self.n, d: &self.d, c: &self.c, loss: &self.loss }
    }

    fn given(&self, window: Option<usize>, of: Of) -> IsoFlop {
        isoflop(&self.runs(), &Grouping::Given(&self.budget), &Options { window, of }).expect("profiles")
    }

    fn near(&self, window: Option<usize>, of: Of) -> IsoFlop {
        let grouping = Grouping::Near { tolerance: 0.1 };
        isoflop(&self.runs(), &grouping, &Options { window, of }).expect("profiles")
    }
}

fn used(found: &IsoFlop) -> usize {
    found.groups.iter().filter(|group| group.reason.is_none()).count()
}

fn sizes(found: &IsoFlop) -> PowerLaw {
    found.power_laws.expect("two budgets").n
}

fn group(found: &IsoFlop, budget: f64) -> &Group {
    found.groups.iter().find(|group| group.budget == budget).expect("the budget")
}

/// Chinchilla's points that lie near a nominal budget: the kept ones, and all.
fn chinchilla() -> Option<(Table, Table)> {
    let near = |cell: &dyn Fn(&str) -> String| !cell("isoflop").is_empty();
    let kept = Measured::read("chinchilla_points.csv")?.filter(|cell| near(cell) && cell("kept240") == "1");
    let all = Measured::read("chinchilla_points.csv")?.filter(near);
    Some((Table::new(&kept, "isoflop"), Table::new(&all, "isoflop")))
}

fn porian(config: &str) -> Option<Table> {
    let table = Measured::read("porian_rw_isoflop.csv")?.filter(|cell| cell("config") == config);
    Some(Table::new(&table, "flops"))
}
