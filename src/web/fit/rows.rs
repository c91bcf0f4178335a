//! The reader's rows as the engine is asked about them: the one place where the Fit page meets the tables of
//! [`runs`](crate::runs).

use crate::ask::Named;
use crate::runs::{Cell, Role, RunsError, Table};
use crate::units::Amount;
use crate::web::json;
use crate::web::question::sent_as;
use crate::web::reading::LawEntry;

/// The name under which the runs that rows belong to are sent.
const GROUP: &str = "run";

/// The rows of a table, as they are asked about and shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Columns and rows that are off, as the contract has runs.
    pub json: String,
    /// The same with every row on that can be read; nothing where none of those is off.
    pub whole: Option<String>,
    /// Whether it says which rows belong to one run.
    pub grouped: bool,
    /// Every row that can be read, those that are off too.
    pub read: Vec<Row>,
    /// The columns of the law's inputs for those rows; none where one of them has no number.
    pub inputs: Option<Named<Vec<f64>>>,
}

/// A row that can be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its place in the table.
    pub row: usize,
    /// Its number in the file.
    pub line: usize,
    /// Whether it is switched on.
    pub on: bool,
    /// N.
    pub params: f64,
    /// D.
    pub tokens: f64,
    /// C.
    pub flops: f64,
    /// The measured loss.
    pub loss: f64,
}

impl Rows {
    /// The rows of a table for a law.
    ///
    /// # Errors
    /// Why the table has none that can be fitted.
    pub fn of(table: &Table, law: Option<&LawEntry>) -> Result<Self, RunsError> {
        let names: Vec<&str> =
            law.map_or_else(Vec::new, |law| law.inputs.iter().map(|input| input.name.as_str()).collect());
        let mut sent = table.sent_with(&names)?;
        let read: Vec<Row> = (0..table.rows()).filter_map(|row| read_row(table, row)).collect();
        let column = |name: &str| -> Option<Vec<f64>> {
            let cells = sent.columns.get(name);
            let cell = |row: &Row| match name {
                "N" => Some(row.params),
                "D" => Some(row.tokens),
                "C" => Some(row.flops),
                _ => match cells?.get(row.row)? {
                    Some(Amount::Number(value)) => Some(*value),
                    _ => None,
                },
            };
            read.iter().map(cell).collect()
        };
        let inputs: Option<Vec<(String, Vec<f64>)>> =
            names.iter().map(|name| Some(((*name).to_owned(), column(name)?))).collect();
        let groups = groups(table);
        let grouped = groups.is_some();
        if let Some(groups) = groups {
            sent.columns.insert(GROUP, groups)?;
        }
        let beside = || grouped.then(|| ("group", json::string(GROUP)));
        let json = sent_as(&sent, beside());
        let any_off = read.iter().any(|row| !row.on);
        let whole = any_off.then(|| {
            sent.rows_off.retain(|off| read.binary_search_by_key(off, |row| row.row).is_err());
            sent_as(&sent, beside())
        });
        Ok(Self { json, whole, grouped, read, inputs: inputs.filter(|inputs| !inputs.is_empty()).map(Named) })
    }

    /// The rows in use.
    pub fn used(&self) -> impl Iterator<Item = &Row> {
        self.read.iter().filter(|row| row.on)
    }

    /// The question for what a fitted law says of every row.
    pub fn predict(&self, law: &str, fit: &str) -> Option<String> {
        let column = |values: &Vec<f64>| json::list(values.iter().map(|value| json::number(*value)));
        let at: Vec<(&str, String)> =
            self.inputs.as_ref()?.iter().map(|(name, values)| (name, column(values))).collect();
        Some(predict(law, fit, &at))
    }
}

/// A question for what a law says, as JSON: law, fit and values are JSON too.
pub fn predict(law: &str, fit: &str, at: &[(&str, String)]) -> String {
    let fields = [("law", law.to_owned()), ("fit", fit.to_owned()), ("at", json::object(at))];
    json::object(&[("predict", json::object(&fields))])
}

fn read_row(table: &Table, row: usize) -> Option<Row> {
    let run = table.run(row).ok()?;
    Some(Row {
        row,
        line: table.line(row).unwrap_or(row),
        on: table.is_on(row),
        params: run.params,
        tokens: run.tokens,
        flops: run.flops,
        loss: run.loss,
    })
}

/// Which run each row belongs to, where a column says so.
fn groups(table: &Table) -> Option<Vec<Cell>> {
    let column = table.roles().iter().position(|role| *role == Role::Run)?;
    let cell = |row| Some(table.cell(row, column).trim().to_owned()).filter(|text| !text.is_empty());
    let name = |row| Some(Amount::Text(cell(row).unwrap_or_else(|| format!("row {row}"))));
    Some((0..table.rows()).map(name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::question::{Question, Runs};

    const TABLE: &str = "name,params,tokens,loss\na,1B,20B,2.5\na,7B,1.4T,2.0\nb,3B,-60B,2.2\nb,2B,40B,2.4\n";

    fn rows(runs: &Runs) -> Rows {
        Rows::of(&runs.table().unwrap(), None).unwrap()
    }

    #[test]
    fn rows_are_asked_as_the_plan_asks_them() {
        let runs = Runs::new("params,tokens,loss\n1B,20B,2.5\n7B,1.4T,2.0\n", "");
        let sent = runs.table().unwrap().sent().unwrap();
        let asked = Question::default().fit_to(&sent);
        assert!(asked.contains(&rows(&runs).json), "{asked}");
    }

    #[test]
    fn rows_know_their_run_and_whether_they_are_on() {
        let mut runs = Runs::new(TABLE, "");
        runs.columns.push((0, Role::Run));
        runs.switch(1, false);
        let rows = rows(&runs);
        assert!(rows.grouped);
        let places: Vec<_> = rows.read.iter().map(|row| (row.row, row.on)).collect();
        assert_eq!(places, [(0, true), (1, false), (3, true)]);
        let json: serde_json::Value = serde_json::from_str(&rows.json).unwrap();
        assert_eq!(json["columns"]["run"], serde_json::json!(["a", "a", "b", "b"]));
        assert_eq!((&json["group"], &json["rows_off"]), (&"run".into(), &serde_json::json!([1, 2])));
        let whole: serde_json::Value = serde_json::from_str(rows.whole.as_ref().unwrap()).unwrap();
        assert_eq!(whole["rows_off"], serde_json::json!([2]));
    }
}
