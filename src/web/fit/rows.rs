//! The reader's rows as the engine is asked about them: the one place where the Fit page meets the tables of
//! [`runs`](crate::runs).

use std::borrow::Cow;
use std::sync::Arc;

use super::last::Last;
use crate::ask::Named;
use crate::runs::{RunsError, SentRuns, Table};
use crate::units::{Amount, Convention, Unit};
use crate::web::fit::reading::Prepared;
use crate::web::json;
use crate::web::question::{Runs, columns as columns_json, runs as runs_json};
use crate::web::reading::LawEntry;

/// The rows of a table, as they are asked about and shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Their columns, whichever rows are on.
    pub columns: Arc<Columns>,
    /// Whether each row of the table stays out of a fit of final losses: it is off, or cannot be read.
    off: Vec<bool>,
    /// Checkpoints that are off because their run went on: they are points of its curve.
    undecayed: Vec<usize>,
    /// Every row that can be read, those that are off too.
    pub read: Vec<Row>,
    /// The unit of their losses.
    pub losses: Unit,
    /// What their sizes count, where the name of the column says it.
    pub sizes: Option<Convention>,
    /// How many rows are on that cannot be read.
    pub unreadable: usize,
    /// The columns of the law's inputs for those rows; none where one of them has no number.
    pub inputs: Option<Named<Vec<f64>>>,
}

/// The columns of a table, as they are asked about.
#[derive(Debug, PartialEq)]
pub struct Columns {
    /// As the contract has them.
    pub json: String,
    /// Whether a column names the run of each row.
    pub named: bool,
    /// Whether a column says which rows belong together: to a run, or to another group.
    pub grouped: bool,
    /// What the columns beside those of the law say of a row, and their names.
    beside: Vec<(&'static str, String)>,
    /// The numbers of those that are neither size, tokens nor FLOPs.
    further: Vec<(String, Vec<Option<f64>>)>,
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

thread_local! {
    /// The columns that were written last: rows are switched without another word in them.
    static LAST: Last<(Runs, Vec<String>, bool), Arc<Columns>> = const { Last::new() };
}

impl Columns {
    /// The columns of a table. Noise is said of what residuals are of: of the loss itself where they are `raw`, else of
    /// its logarithm.
    fn of(prepared: &Prepared, raw: bool) -> Result<Self, RunsError> {
        let (table, about) = (&prepared.table, &prepared.about);
        let mut standing = Cow::Borrowed(&about.standing);
        if !raw && standing.noise.is_some() {
            standing.to_mut().noise.iter_mut().for_each(|noise| of_logarithm(noise, table));
        }
        let SentRuns { sent, weight, sigma, run, group } = table.sent_as(&standing)?;
        let named = run.is_some();
        let group = run.or(group);
        let grouped = group.is_some();
        let unit = (about.losses() != Unit::NatsPerToken).then(|| about.losses().name().to_owned());
        let beside = [("weight", weight), ("sigma", sigma), ("group", group), ("unit", unit)];
        let beside = beside.into_iter().filter_map(|(says, column)| Some((says, json::string(&column?))));
        let further = table.inputs().iter().filter_map(|(_, name)| {
            let number = |cell: Option<Cow<Amount>>| match cell.as_deref() {
                Some(Amount::Number(value)) => Some(*value),
                _ => None,
            };
            Some((name.clone(), sent.columns.get(name)?.cells().map(number).collect()))
        });
        let (beside, further) = (beside.collect(), further.collect());
        Ok(Self { json: columns_json(&sent.columns), named, grouped, beside, further })
    }
}

impl Rows {
    /// The rows of a table for a law. Noise is said of what residuals are of: of the loss itself where they are `raw`,
    /// else of its logarithm.
    ///
    /// # Errors
    /// Why the table has none that can be fitted.
    pub fn of(prepared: &Prepared, law: Option<&LawEntry>, raw: bool) -> Result<Self, RunsError> {
        let table = &prepared.table;
        let all = Runs { off: Vec::new(), ..prepared.runs.clone() };
        let columns = LAST.with(|last| {
            last.get((all, prepared.inputs.clone(), raw), || Columns::of(prepared, raw).map(Arc::new))
        })?;
        let counts = table.counts();
        if counts.used == 0 {
            return Err(table.none_usable());
        }
        let mut read = Vec::with_capacity(table.rows());
        read.extend((0..table.rows()).filter_map(|row| read_row(table, row)));
        let names: Vec<&str> =
            law.map_or_else(Vec::new, |law| law.inputs.iter().map(|input| input.name.as_str()).collect());
        let column = |name: &str| -> Option<Vec<f64>> {
            let further = columns.further.iter().find(|(known, _)| known == name).map(|(_, cells)| cells);
            let cell = |row: &Row| match name {
                "N" => Some(row.params),
                "D" => Some(row.tokens),
                "C" => Some(row.flops),
                _ => further?.get(row.row).copied().flatten(),
            };
            read.iter().map(cell).collect()
        };
        let inputs: Option<Vec<(String, Vec<f64>)>> =
            names.iter().map(|name| Some(((*name).to_owned(), column(name)?))).collect();
        let mut off = vec![true; table.rows()];
        for row in &read {
            off[row.row] = !row.on;
        }
        let usable = |row: &usize| table.run(*row).is_ok();
        let undecayed = prepared.undecayed().filter(usable).collect();
        let inputs = inputs.filter(|inputs| !inputs.is_empty()).map(Named);
        let (losses, sizes, unreadable) = (prepared.about.losses(), prepared.sizes(), counts.unreadable);
        Ok(Self { columns, off, undecayed, read, losses, sizes, unreadable, inputs })
    }

    /// Columns and rows that are off, as the contract has runs.
    pub fn json(&self) -> String {
        self.without(&self.off)
    }

    /// The same with every row on that can be read; nothing where none of those is off.
    pub fn whole(&self) -> Option<String> {
        self.read.iter().any(|row| !row.on).then(|| {
            let mut off = vec![true; self.off.len()];
            for row in &self.read {
                off[row.row] = false;
            }
            self.without(&off)
        })
    }

    /// The same as training curves: checkpoints that are off because their run went on are points of its curve.
    pub fn curves(&self) -> String {
        runs_json(&self.columns.json, &[], places(&self.off_curves()))
    }

    /// Whether checkpoints that stay out of a fit of final losses are points of training curves.
    pub fn has_checkpoints(&self) -> bool {
        self.off_curves() != self.off
    }

    /// The points of the training curves.
    pub fn points(&self) -> impl Iterator<Item = &Row> {
        let off = self.off_curves();
        self.read.iter().filter(move |row| !off[row.row])
    }

    fn off_curves(&self) -> Vec<bool> {
        let mut off = self.off.clone();
        for row in &self.undecayed {
            off[*row] = false;
        }
        off
    }

    fn without(&self, off: &[bool]) -> String {
        runs_json(&self.columns.json, &self.columns.beside, places(off))
    }

    /// What stands along an axis of losses.
    pub fn loss_label(&self) -> String {
        loss_label(self.losses)
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

/// What stands along an axis of losses of a unit.
pub fn loss_label(unit: Unit) -> String {
    format!("loss, {}", unit.words())
}

/// A question for what a law says, as JSON: law, fit and values are JSON too.
pub fn predict(law: &str, fit: &str, at: &[(&str, String)]) -> String {
    let fields = [("law", law.to_owned()), ("fit", fit.to_owned()), ("at", json::object(at))];
    json::object(&[("predict", json::object(&fields))])
}

/// The places of the rows that are off.
fn places(off: &[bool]) -> impl Iterator<Item = usize> {
    off.iter().enumerate().filter(|(_, off)| **off).map(|(row, _)| row)
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

/// Noise of losses as noise of their logarithms.
fn of_logarithm(noise: &mut [Option<f64>], table: &Table) {
    for (row, noise) in noise.iter_mut().enumerate() {
        if let (Some(noise), Ok(run)) = (noise, table.run(row)) {
            *noise /= run.loss;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fit::reading::Reading;
    use crate::web::question::{Question, Runs};

    const TABLE: &str = "name,params,tokens,loss\na,1B,20B,2.5\na,7B,1.4T,2.0\nb,3B,-60B,2.2\nb,2B,40B,2.4\n";

    fn rows(runs: &Runs) -> Rows {
        Rows::of(&Prepared::of(runs, &[]).unwrap(), None, false).unwrap()
    }

    #[test]
    fn rows_are_asked_as_the_plan_asks_them() {
        let runs = Runs::new("params,tokens,loss\n1B,20B,2.5\n7B,1.4T,2.0\n", "");
        let sent = runs.table().unwrap().sent().unwrap();
        let asked = Question::default().fit_to(&sent);
        assert!(asked.contains(&rows(&runs).json()), "{asked}");
    }

    #[test]
    fn rows_know_their_run_and_whether_they_are_on() {
        let mut runs = Runs::new(TABLE, "");
        runs.switch(1, false);
        let rows = rows(&runs);
        assert!(rows.columns.grouped);
        let places: Vec<_> = rows.read.iter().map(|row| (row.row, row.on)).collect();
        assert_eq!(places, [(0, true), (1, false), (3, true)]);
        let json: serde_json::Value = serde_json::from_str(&rows.json()).unwrap();
        assert_eq!(json["columns"]["run"], serde_json::json!(["a", "a", "b", "b"]));
        assert_eq!((&json["group"], &json["rows_off"]), (&"run".into(), &serde_json::json!([1, 2])));
        let whole: serde_json::Value = serde_json::from_str(&rows.whole().unwrap()).unwrap();
        assert_eq!(whole["rows_off"], serde_json::json!([2]));
    }

    #[test]
    fn losses_that_stay_in_bits_per_byte_are_said_to() {
        let rows = |bytes: &str| {
            let mut runs = Runs::new("params,tokens,val_bpb\n1B,20B,0.8\n7B,1.4T,0.7\n", "");
            let said = Reading { bytes_per_token: bytes.to_owned(), ..Reading::of(&runs) };
            runs.beside = said.write();
            rows(&runs)
        };
        let unit =
            |rows: &Rows| serde_json::from_str::<serde_json::Value>(&rows.json()).unwrap()["unit"].clone();
        assert_eq!(
            (rows("").loss_label(), unit(&rows(""))),
            ("loss, bits per byte".to_owned(), "bits/byte".into())
        );
        assert_eq!(
            (&*rows("4.2").loss_label(), unit(&rows("4.2")).is_null()),
            ("loss, nats per token", true)
        );
    }

    #[test]
    fn rows_know_what_is_counted_and_how_many_cannot_be_read() {
        let text = "non-emb params,tokens,val_bpb\n1B,20B,0.8\n7B,1.4T,0.7\n2B,40B,\n";
        let prepared = Prepared::of(&Runs::new(text, ""), &[]).unwrap();
        let rows = Rows::of(&prepared, None, false).unwrap();
        assert_eq!((rows.sizes, rows.unreadable), (Some(Convention::NonEmbeddingParameters), 1));
        // What is missing is expected in the unit of its column.
        let why = prepared.table.run(2).unwrap_err().to_string();
        assert!(why.contains("expected a positive loss in bits per byte"), "{why}");
    }

    #[test]
    fn weights_and_noise_are_said_of_what_residuals_are_of() {
        let text = "N,D,loss,weight,loss_sd\n1B,20B,2,1,0.1\n7B,1.4T,4,0.5,0.1\n3B,60B,2.2,-1,0.1\n";
        let prepared = Prepared::of(&Runs::new(text, ""), &[]).unwrap();
        for (raw, noise) in [(false, [0.05, 0.025]), (true, [0.1, 0.1])] {
            let rows = Rows::of(&prepared, None, raw).unwrap();
            let json: serde_json::Value = serde_json::from_str(&rows.json()).unwrap();
            assert_eq!((&json["weight"], &json["sigma"]), (&"weight".into(), &"sigma".into()));
            assert_eq!(json["columns"]["weight"], serde_json::json!([1.0, 0.5, null]));
            assert_eq!(json["columns"]["sigma"].as_array().unwrap()[..2], noise);
            assert_eq!(json["rows_off"], serde_json::json!([2]));
            assert_eq!(rows.read.len(), 2);
        }
    }
}
