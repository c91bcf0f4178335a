//! The runs of a fit: columns, which rows are off, and what else is known of a row.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::ask::AskError;
use crate::ask::fitted::loss_unit;
use crate::runs::{Column, Columns, RunsError};
use crate::units::{Amount, C_TRAIN, D_SEEN, Expected, N_TOTAL, Unit};

/// Columns of equal length by name; or these under `columns`, with what is said of the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunsChoice {
    /// The columns.
    pub columns: Columns,
    /// The column that says how much each row counts.
    pub weight: Option<String>,
    /// The column that says which rows belong together: a run, a budget, a seed.
    pub group: Option<String>,
    /// The column with the standard deviation of each row's noise, of what residuals are of.
    pub sigma: Option<String>,
    /// The unit of the losses, such as `bits/byte`, where it is not that of the law.
    pub unit: Option<String>,
    /// The rows that are left out, from 0.
    pub rows_off: Vec<usize>,
}

impl From<Columns> for RunsChoice {
    fn from(columns: Columns) -> Self {
        Self { columns, ..Self::default() }
    }
}

impl<'de> Deserialize<'de> for RunsChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RunsVisitor)
    }
}

struct RunsVisitor;

impl<'de> Visitor<'de> for RunsVisitor {
    type Value = RunsChoice;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("runs such as {\"N\":[…],\"D\":[…],\"L\":[…]}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RunsChoice, A::Error> {
        let (mut runs, mut columns, mut beside) = (RunsChoice::default(), None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "columns" => columns = Some(map.next_value::<Columns>()?),
                "rows_off" => {
                    runs.rows_off = map.next_value()?;
                    beside = beside.or(Some(name));
                }
                "weight" | "group" | "sigma" | "unit" => {
                    // What is said of the rows, or a column of that name.
                    let value = map.next_value::<Value>()?;
                    if let Value::String(text) = value {
                        runs.says(&name, text);
                        beside = beside.or(Some(name));
                    } else {
                        let cells = serde_json::from_value::<Column>(value).map_err(A::Error::custom)?;
                        runs.columns.insert(name, cells).map_err(A::Error::custom)?;
                    }
                }
                _ => runs.columns.insert(name, map.next_value::<Column>()?).map_err(A::Error::custom)?,
            }
        }
        let flat = runs.columns.names().first().map(|name| (*name).to_owned());
        match (columns, beside, flat) {
            (Some(columns), _, None) => Ok(RunsChoice { columns, ..runs }),
            (None, None, _) => Ok(runs),
            (Some(_), _, Some(name)) => Err(A::Error::custom(format!(
                "expected every column inside \"columns\"; got {name} beside it"
            ))),
            (None, Some(beside), _) => Err(A::Error::custom(format!(
                "expected the columns inside \"columns\" where {beside} is given"
            ))),
        }
    }
}

impl Serialize for RunsChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let said =
            [("weight", &self.weight), ("group", &self.group), ("sigma", &self.sigma), ("unit", &self.unit)];
        if self.rows_off.is_empty() && said.iter().all(|(_, text)| text.is_none()) {
            return self.columns.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("columns", &self.columns)?;
        for (name, text) in said {
            if let Some(text) = text {
                map.serialize_entry(name, text)?;
            }
        }
        if !self.rows_off.is_empty() {
            map.serialize_entry("rows_off", &self.rows_off)?;
        }
        map.end()
    }
}

impl RunsChoice {
    fn says(&mut self, what: &str, text: String) {
        let place = match what {
            "weight" => &mut self.weight,
            "group" => &mut self.group,
            "sigma" => &mut self.sigma,
            _ => &mut self.unit,
        };
        *place = Some(text);
    }

    /// The unit of the losses, where it is said.
    pub(in crate::ask) fn loss_unit(&self) -> Result<Option<Unit>, AskError> {
        loss_unit(self.unit.as_deref(), "fit.runs.unit")
    }

    /// The names that the law may use as inputs: those sent, and what follows from them.
    pub(in crate::ask) fn inputs(&self) -> BTreeSet<String> {
        let beside = [&self.weight, &self.group, &self.sigma];
        let mut sent = self.columns.names();
        sent.retain(|name| beside.iter().all(|column| column.as_deref() != Some(name)));
        let three = [N_TOTAL, D_SEEN, C_TRAIN].map(|variable| variable.symbol);
        let follow = three.iter().filter(|symbol| sent.contains(symbol)).count() >= 2;
        let derived = three.into_iter().filter(|_| follow);
        sent.into_iter().chain(derived).map(str::to_owned).collect()
    }

    /// The weight or the noise of the rows in use, if there is such a column.
    pub(super) fn positive(&self, column: Option<&String>) -> Result<Option<Vec<f64>>, AskError> {
        let Some(column) = column else { return Ok(None) };
        let read = self.columns.read(&[(column, Expected::from(Unit::One))], &self.rows_off);
        read.map(|read| read.columns.into_iter().next()).map_err(|error| AskError::at("fit.runs", error))
    }

    /// The group of each row in use, counted from 0 in order of appearance, if there is such a column.
    pub(super) fn groups(&self, rows: &[usize]) -> Result<Option<Vec<usize>>, AskError> {
        let Some(column) = &self.group else { return Ok(None) };
        let missing =
            || RunsError::Missing { column: column.clone(), header: self.columns.names().join(", ") };
        let cells = self.columns.get(column).ok_or_else(|| AskError::at("fit.runs", missing()))?;
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let mut place = |row: &usize| {
            let (next, label) = (known.len(), cells.cell(*row).as_deref().map_or_else(String::new, label));
            *known.entry(label).or_insert(next)
        };
        Ok(Some(rows.iter().map(&mut place).collect()))
    }
}

/// What a cell says, so that equal ones are of one group.
fn label(cell: &Amount) -> String {
    match cell {
        Amount::Number(number) => number.to_string(),
        Amount::Text(text) => text.trim().to_owned(),
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RunsChoice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RunsChoice".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let columns = generator.subschema_for::<std::collections::BTreeMap<String, Vec<Value>>>();
        let column = |says: &str| serde_json::json!({ "type": "string", "description": says });
        schemars::json_schema!({
            "description": "Columns of equal length by name, each cell a number, text in the unit grammar or null; or these under `columns`, with what is said of the rows.",
            "anyOf": [
                columns,
                {
                    "type": "object",
                    "properties": {
                        "columns": columns,
                        "weight": column("The column that says how much each row counts."),
                        "group": column("The column that says which rows belong together."),
                        "sigma": column("The column with the standard deviation of each row's noise."),
                        "unit": column("The unit of the losses, such as `bits/byte`, where it is not that of the law."),
                        "rows_off": { "type": "array", "items": { "type": "integer", "minimum": 0 } },
                    },
                    "required": ["columns"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
