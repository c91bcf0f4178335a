//! All numbers of some rows where the cursor stands, as a table has them.

use std::sync::Arc;

use super::chosen::Show;
use super::lines::Row;
use super::map::Plane;
use super::questions::SHARES;
use crate::units::{Unit, interval, percent, show};
use crate::web::json::Json;

/// What stands over intervals.
const INTERVAL: &str = "90\u{a0}% of refits";
/// What stands where there is no plan.
pub const NO_PLAN: &str = "no plan";

/// One quantity of every row.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Which.
    pub show: Show,
    /// Its values, in words.
    pub values: Vec<String>,
    /// What most draws say of it, where there are draws.
    pub intervals: Option<Vec<String>>,
}

/// What was told of some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What they are rows of.
    pub plane: Plane,
    /// The rows.
    pub rows: Vec<Row>,
    /// The place of the cursor across.
    pub at: usize,
    /// Each quantity of all of them.
    pub told: Vec<Told>,
    /// How many refits the intervals are of.
    pub refits: usize,
    /// What was asked.
    pub question: String,
    /// The answer, as the worker gave it.
    pub text: Arc<str>,
}

impl Answer {
    /// What all rows have in common, over their names.
    pub fn corner(&self) -> String {
        let (along, values) = &self.plane.across;
        let across = values.get(self.at).map(|value| along.says(*value, &self.plane.law));
        format!("Pinned, at {}", across.unwrap_or_default())
    }

    /// What stands over each number of a row.
    pub fn heads(&self) -> Vec<&'static str> {
        let heads = |told: &Told| [Some(told.show.column()), self.intervals(told).map(|_| INTERVAL)];
        self.told.iter().flat_map(heads).flatten().collect()
    }

    /// What a row is called.
    pub fn name(&self, row: &Row) -> String {
        let up = self.plane.up.as_ref();
        let name = up.and_then(|(along, values)| Some(along.says(*values.get(row.at)?, &self.plane.law)));
        name.unwrap_or_else(|| "Here".to_owned())
    }

    /// The numbers of the row at a place of the table.
    pub fn cells(&self, place: usize) -> Vec<&str> {
        let columns = self.told.iter().flat_map(|told| [Some(&told.values), self.intervals(told)]);
        columns.flatten().map(|column| &*column[place]).collect()
    }

    /// The place in the table of the row that the cursor stands in.
    pub fn own(&self) -> Option<usize> {
        self.rows.iter().position(|row| row.yours)
    }

    /// What the sweep is of in that row, in words.
    pub fn here(&self) -> Option<String> {
        let told = self.told.iter().find(|told| told.show == self.plane.show)?;
        told.values.get(self.own()?).cloned()
    }

    /// The intervals of a quantity, where it is the one that the map shows: a table of all would be too wide.
    fn intervals<'a>(&self, told: &'a Told) -> Option<&'a Vec<String>> {
        told.intervals.as_ref().filter(|_| told.show == self.plane.show)
    }
}

/// Reads the answer about so many rows.
pub fn told(answer: &str, shows: &[Show], rows: usize) -> Option<Vec<Told>> {
    let sweep = Json::read(answer)?.get("sweep")?;
    let units = sweep.get("units")?;
    let columns = sweep.get("columns")?.members();
    let mut all = Vec::new();
    for (output, told) in columns.iter() {
        // A sweep of losses tells of one output, whatever its name.
        let show = shows.iter().copied().find(|show| show.output() == output).or(shows.first().copied())?;
        let unit = units.get(output).and_then(Json::string).and_then(|unit| unit.parse().ok());
        let unit = unit.unwrap_or_else(|| show.usual_unit());
        let numbers = |name: &str| -> Option<Vec<Option<f64>>> {
            let column: Vec<Option<f64>> = told.get(name)?.items().into_iter().map(Json::number).collect();
            (column.len() == rows).then_some(column)
        };
        let values = numbers("value")?;
        let ends = numbers(&quantile(SHARES[0])).zip(numbers(&quantile(SHARES[3])));
        let intervals = ends.map(|(low, high)| {
            let of = |at: usize| match (values[at], low[at], high[at]) {
                (Some(value), Some(low), Some(high)) => between(value, [low, high], show, unit),
                _ => String::new(),
            };
            (0..rows).map(of).collect()
        });
        let word = |value: &Option<f64>| value.map_or(NO_PLAN.to_owned(), |value| number(value, show, unit));
        all.push(Told { show, values: values.iter().map(word).collect(), intervals });
    }
    Some(all)
}

/// The name of a quantile: `q05`.
fn quantile(share: f64) -> String {
    format!("q{:02}", share * 100.0)
}

fn number(value: f64, as_show: Show, unit: Unit) -> String {
    if as_show == Show::Training { percent(value) } else { show(value, unit).number() }
}

fn between(value: f64, [low, high]: [f64; 2], as_show: Show, unit: Unit) -> String {
    if as_show == Show::Training {
        return format!("{} to {}", percent(low), percent(high));
    }
    interval(value, [low, high], unit).number()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quantity_is_told_in_its_unit() {
        let answer = r#"{"sweep":{"columns":{"N":{"value":[7.3e10,null],"q05":[5e10,null],"q95":[1e11,null]},"D/N":{"value":[17.9,1]},"3*D/(3*D + demand)":{"value":[0.73,1]}},"units":{"N":"parameters"}}}"#;
        let told = told(answer, &Show::ALL, 2).unwrap();
        assert_eq!(told[0].values, ["73.0\u{a0}B", "no plan"]);
        assert_eq!(told[0].intervals.as_ref().unwrap()[0], "50.0 to 100.0\u{a0}B");
        assert_eq!((&*told[1].values[0], told[1].show), ("17.9", Show::Ratio));
        assert_eq!(told[2].values[0], "73\u{a0}%");
    }
}
