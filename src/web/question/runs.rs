//! The reader's own training runs: a table with what was chosen about it, and runs as a Question has them.

use std::borrow::Cow;
use std::sync::Arc;

use crate::runs::{Column, Columns, Role, RunsError, Sent, Table, read as read_table};
use crate::units::{self, Amount};
use crate::web::json::{self, Json};

/// A table of training runs, and what was chosen about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Runs {
    /// Its text, as pasted or read from the file.
    pub text: Arc<str>,
    /// The name of the file, or how else it came.
    pub name: String,
    /// What columns mean, where the reader has said so, in that order.
    pub columns: Vec<(usize, Role)>,
    /// The rows that are switched off, in their order.
    pub off: Vec<usize>,
    /// What the Fit page alone knows of them, as JSON; empty where that is nothing.
    pub beside: Arc<str>,
    /// Whether the Fit page reads the columns further than the Plan does.
    pub apart: bool,
}

impl Runs {
    /// A table as it came, with nothing chosen yet.
    pub fn new(text: &str, name: &str) -> Self {
        Self {
            text: text.into(),
            name: name.to_owned(),
            columns: Vec::new(),
            off: Vec::new(),
            beside: "".into(),
            apart: false,
        }
    }

    /// Switches a row on or off.
    pub fn switch(&mut self, row: usize, on: bool) {
        match self.off.binary_search(&row) {
            Ok(at) if on => _ = self.off.remove(at),
            Err(at) if !on => self.off.insert(at, row),
            _ => {}
        }
    }

    /// What they are: `245 rows and 5 switches`.
    pub fn in_words(&self) -> String {
        let rows = self.text.lines().filter(|line| !line.trim().is_empty()).count().saturating_sub(1);
        let count = |count: usize, one: &str, many: &str| {
            format!("{} {}", units::whole(count as f64), if count == 1 { one } else { many })
        };
        let rows = count(rows, "row", "rows");
        match self.off.len() {
            0 => rows,
            off => format!("{rows} and {}", count(off, "switch", "switches")),
        }
    }

    /// All of it as JSON, to be kept.
    pub fn write(&self) -> String {
        let column = |(column, role): &(usize, Role)| {
            json::list([column.to_string(), json::string(role.label())].into_iter())
        };
        json::object(&[
            ("text", json::string(&self.text)),
            ("name", json::string(&self.name)),
            ("columns", json::list(self.columns.iter().map(column))),
            ("off", json::list(self.off.iter().map(usize::to_string))),
            ("beside", json::string(&self.beside)),
            ("apart", self.apart.to_string()),
        ])
    }

    /// Reads what was kept.
    pub fn read(kept: &str) -> Option<Self> {
        let kept = Json::read(kept)?.members();
        let column = |pair: Json<'_>| {
            let pair = pair.items();
            Some((pair.first()?.count()?, Role::labelled(&pair.get(1)?.string()?)?))
        };
        Some(Self {
            text: kept.get("text")?.string()?.into(),
            name: kept.get("name")?.string()?,
            columns: kept.get("columns")?.items().into_iter().filter_map(column).collect(),
            off: kept.get("off")?.items().into_iter().filter_map(Json::count).collect(),
            beside: kept.get("beside").and_then(|beside| beside.string()).unwrap_or_default().into(),
            apart: kept.get("apart").is_some_and(|apart| apart.as_text() == "true"),
        })
    }

    /// The table as the Plan reads it, with all that was chosen about it.
    ///
    /// # Errors
    /// Why the text is no table.
    pub fn table(&self) -> Result<Table, RunsError> {
        let mut table = read_table(self.text.as_bytes())?;
        for (column, role) in self.columns.iter().filter(|(_, role)| Role::ALL.contains(role)) {
            // A choice about another text is no choice about this one.
            let _ = table.assign(*column, *role);
        }
        for row in &self.off {
            let _ = table.switch(*row, false);
        }
        Ok(table)
    }
}

/// Runs as the contract has them.
pub(super) fn sent(runs: &Sent) -> String {
    self::runs(&columns(&runs.columns), &[], runs.rows_off.iter().copied())
}

/// Columns of runs as the contract has them.
pub fn columns(columns: &Columns) -> String {
    let cell = |cell: Option<Cow<Amount>>| match cell.as_deref() {
        Some(Amount::Number(value)) => json::number(*value),
        Some(Amount::Text(text)) => json::string(text),
        None => "null".to_owned(),
    };
    let column = |name| (name, json::list(columns.get(name).into_iter().flat_map(Column::cells).map(cell)));
    json::object(&columns.names().into_iter().map(column).collect::<Vec<_>>())
}

/// Runs as the contract has them: columns, what is said of the rows, and which of them are left out.
pub fn runs(columns: &str, beside: &[(&str, String)], rows_off: impl Iterator<Item = usize>) -> String {
    let off = json::list(rows_off.map(|row| row.to_string()));
    let mut sent = vec![("columns", columns)];
    sent.extend(beside.iter().map(|(name, value)| (*name, value.as_str())));
    if off != "[]" {
        sent.push(("rows_off", &off));
    }
    json::object(&sent)
}

#[cfg(test)]
mod tests {
    use super::super::Question;
    use super::*;

    #[test]
    fn runs_are_kept_as_they_are() {
        let text = "params,tokens,loss\n1B,20B,2.5\n\"7 B\",\"1.4T\",2.0\n";
        let mut runs = Runs::new(text, "runs \"α\".csv");
        runs.columns.push((2, Role::Loss));
        runs.switch(1, false);
        (runs.beside, runs.apart) = (r#"{"loss":"bits"}"#.into(), true);
        assert_eq!(Runs::read(&runs.write()), Some(runs));
        assert_eq!(Runs::read("{}"), None);
    }

    #[test]
    fn runs_are_sent_as_the_contract_has_them() {
        let mut runs = Runs::new("params,tokens,loss\n1B,20B,2.5\n7B,1.4T,2.0\n3B,60B,\n", "");
        runs.switch(0, false);
        let sent = runs.table().unwrap().sent().unwrap();
        let asked: serde_json::Value = serde_json::from_str(&Question::default().fit_to(&sent)).unwrap();
        let expected = serde_json::json!({"law": "chinchilla", "runs": sent});
        assert_eq!(asked["fit"], expected);
        assert_eq!(asked["fit"]["runs"]["rows_off"], serde_json::json!([0, 2]));
    }
}
