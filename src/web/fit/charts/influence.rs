//! Which runs a fit hangs on.

use super::super::rows::{Row, Rows};
use super::runs::APART;
use super::{MANY, apart, log_range, plain};
use crate::figure::{Axis, Chart, Dots, Extra, Format, Margin, Mark, Point, Role, Shape};
use crate::units::Unit;
use crate::web::fit::printed::between;
use crate::web::json::Json;

/// What is over the picture.
pub const INFLUENCE: &str = "How far each run decides";
/// The heads of what is shown of a run.
const DISTANCE: &str = "Cook’s distance";
const LEVERAGE: &str = "leverage";
/// A distance of nothing has no place on a logarithmic axis; smaller ones than this stand at its lower end.
const LEAST: f64 = 1e-6;

/// How much each run in use says, and the answer without those that say most.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Influence {
    /// Their places in the table.
    rows: Vec<usize>,
    /// How far its own loss decides what the law says of each, from 0 to 1.
    leverage: Vec<f64>,
    /// How far the parameters move without it, in the measure of their own uncertainty.
    distance: Vec<f64>,
    /// The runs that move the parameters most, the first most.
    most: Vec<usize>,
    /// N at the budget without those.
    size: Option<f64>,
}

impl Influence {
    /// Reads an Answer to a fit with diagnostics; nothing where the objective has no curvature.
    pub fn read(answer: &str) -> Option<Self> {
        let said = Json::read(answer)?.get("fit")?.get("diagnostics")?.members();
        let numbers = |name: &str| -> Option<Vec<f64>> {
            Some(
                said.get(name)?.items().into_iter().map(|value| value.number().unwrap_or(f64::NAN)).collect(),
            )
        };
        let places = |items: Vec<Json<'_>>| items.into_iter().filter_map(Json::count).collect();
        let without = said.get("without").map(|without| without.members()).unwrap_or_default();
        let decided = without.get("decisions").map(|all| all.items()).unwrap_or_default();
        let size = decided.first().and_then(|plan| plan.get("at")?.get("N")?.get("value")?.number());
        let read = Self {
            rows: places(said.get("rows")?.items()),
            leverage: numbers("leverage")?,
            distance: numbers("distance")?,
            most: without.get("rows").map(|rows| places(rows.items())).unwrap_or_default(),
            size,
        };
        (read.distance.len() == read.rows.len() && !read.rows.is_empty()).then_some(read)
    }

    /// The answer without the runs that move it most: `size` is N with them, at a budget.
    pub fn says(&self, rows: &Rows, size: Option<f64>, budget: &str) -> Option<String> {
        let lines: Vec<String> =
            self.most.iter().map(|row| Some(known(rows, *row)?.line.to_string())).collect::<Option<_>>()?;
        let (last, others) = lines.split_last()?;
        let named = match others {
            [] => format!("Row {last} moves the answer most"),
            _ => format!("Rows {} and {last} move the answer most", others.join(", ")),
        };
        let (with, without) = (size?, self.size?);
        let sizes = between(with, [with, without], Unit::Parameters);
        let them = if others.is_empty() { "it" } else { "them" };
        Some(format!("{named}: without {them} the size at {budget} goes from {sizes}."))
    }

    /// Cook's distance by leverage, the runs that move the answer most by name.
    pub fn chart(&self, rows: &Rows) -> Option<Chart> {
        let (mut others, mut most) = (Vec::new(), Vec::new());
        for (at, row) in self.rows.iter().enumerate() {
            let entry = (known(rows, *row)?, at);
            if self.most.contains(row) { most.push(entry) } else { others.push(entry) }
        }
        let distances = || self.distance.iter().map(|distance| crate::num::max(*distance, LEAST));
        let above = self.distance.iter().filter(|distance| **distance > 1.0).count();
        let x = plain(LEVERAGE, self.leverage.iter().copied())?;
        let y = Axis::log(DISTANCE, DISTANCE, log_range(distances())?, Format::Powers);
        let of_set = |set: &[(&Row, usize)], shape, role, radius| {
            let place =
                |(_, at): &(&Row, usize)| (self.leverage[*at], crate::num::max(self.distance[*at], LEAST));
            let points: Vec<Point> = set.iter().map(place).collect();
            let drawn = apart(&points, &x, &y);
            let set: Vec<&Row> = drawn.iter().map(|at| set[*at].0).collect();
            Mark::Dots(Dots {
                names: set.iter().map(|row| format!("row {}", row.line)).collect(),
                shape,
                role,
                radius,
                extra: Some(Extra {
                    column: "loss".to_owned(),
                    format: Format::Decimal(3),
                    values: set.iter().map(|row| row.loss).collect(),
                }),
                ..Dots::new("run", DISTANCE, drawn.iter().map(|at| points[*at]).collect())
            })
        };
        Some(Chart {
            title: INFLUENCE.to_owned(),
            summary: format!(
                "Cook’s distance is how far all parameters move without a run, in the measure of their own \
                 uncertainty: above 1 for {above} of the {} runs.{}",
                self.rows.len(),
                if self.rows.len() > MANY { APART } else { "" }
            ),
            marks: vec![
                of_set(&others, Shape::Disc, Role::Run, 2.0),
                of_set(&most, Shape::Plus, Role::Accent, 3.5),
            ],
            x,
            y,
            margin: Margin::Bare,
        })
    }
}

fn known(rows: &Rows, row: usize) -> Option<&Row> {
    rows.read.binary_search_by_key(&row, |known| known.row).ok().map(|at| &rows.read[at])
}

#[cfg(test)]
mod tests {
    use super::super::examples::{profiles, rows};
    use super::*;

    const ANSWER: &str = concat!(
        r#"{"fit":{"diagnostics":{"rows":[0,1,2],"leverage":[0.9,0.1,0.0],"distance":[40.0,0.1,0.0],"#,
        r#""without":{"rows":[0],"decisions":[{"at":{"N":{"value":4.5e10}}}]}}}}"#
    );

    #[test]
    fn the_answer_without_the_runs_that_move_it_most_is_said() {
        let influence = Influence::read(ANSWER).unwrap();
        let says = influence.says(&rows(&profiles()), Some(1.26e11), "10²⁴ FLOPs").unwrap();
        assert_eq!(
            says,
            "Row 2 moves the answer most: without it the size at 10²⁴ FLOPs goes from 126 to 45\u{a0}B."
        );
        let chart = influence.chart(&rows(&profiles())).unwrap();
        assert!(chart.summary.ends_with("above 1 for 1 of the 3 runs."), "{}", chart.summary);
        let Mark::Dots(most) = &chart.marks[1] else { panic!("no dots") };
        assert_eq!((&*most.names, &*most.points), (&["row 2".to_owned()][..], &[(0.9, 40.0)][..]));
    }

    #[test]
    fn without_curvature_there_is_no_influence() {
        let flat = ANSWER.replace("[0.9,0.1,0.0]", "[]").replace("[40.0,0.1,0.0]", "[]");
        assert_eq!(Influence::read(&flat), None);
    }
}
