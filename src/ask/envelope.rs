//! `envelope`: the run of lowest loss at each budget, and the power laws through them.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::best::{BestAnswer, PowerLawsAnswer, best};
use super::{AskError, AskFault, Asking, Number};
use crate::fit::PowerLaws;
use crate::fit::envelope::{BUDGETS, Curves, Envelope, Extreme, Options, Winner, envelope};
use crate::num::{max, min, round};
use crate::outcome::Warning;
use crate::runs::{Column, Columns, RunsError};
use crate::units::{Expected, Unit, ascii};

/// Asks for the run of lowest loss at each budget, from training curves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "an envelope such as {\"curves\":{\"run\":[…],\"N\":[…],\"D\":[…],\"L\":[…]}}"
)]
pub struct EnvelopeQuestion {
    /// The points of the curves.
    pub curves: CurvesChoice,
    /// How many budgets, equally spaced by their logarithm; 1500 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budgets: Option<usize>,
    /// The standard deviation, in points of a curve, of the Gaussian by which losses are smoothed; not by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smooth: Option<f64>,
}

/// Points of training curves: the name of the run of each, and two of the columns `N`, `D` and `C`, or all three, and
/// `L`, as columns of equal length; or these under `columns`, with the rows that are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurvesChoice {
    /// The run of each point.
    pub run: Vec<RunName>,
    /// The other columns.
    pub columns: Columns,
    /// The rows that are left out.
    pub rows_off: Vec<usize>,
}

/// The name of a run: text, or a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct RunName(pub Value);

/// The envelope, and the power laws through it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnvelopeAnswer {
    /// The run of lowest loss at each budget that any run reaches.
    pub points: Vec<EnvelopePoint>,
    /// Least squares through the points. They have no standard errors: neighbouring budgets have the same runs.
    pub power_laws: Option<PowerLawsAnswer>,
    /// Without the points of the smallest and the largest size.
    pub trimmed: TrimmedAnswer,
    /// Through the corners of the lower convex hull of all points of the curves.
    pub hull: HullAnswer,
    /// The share of points in the last 15 % of their run's compute.
    pub late: Number,
    /// The power laws, as `allocate` takes them.
    pub best: Option<BestAnswer>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// The run of lowest loss at a budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnvelopePoint {
    /// The budget, in FLOPs.
    #[serde(rename = "C")]
    pub c: f64,
    /// The size of the run.
    #[serde(rename = "N")]
    pub n: f64,
    /// The tokens that it has seen there.
    #[serde(rename = "D")]
    pub d: f64,
    /// Its loss there.
    #[serde(rename = "L")]
    pub loss: f64,
    /// Its name.
    pub run: RunName,
    /// `smallest` or `largest` where no run is smaller or larger; else absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extreme: Option<String>,
}

/// The envelope without winners of extreme size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrimmedAnswer {
    /// How many points are left.
    pub points: usize,
    /// Through them; null unless they differ in compute.
    pub power_laws: Option<PowerLawsAnswer>,
}

/// The corners of the lower convex hull of loss by compute, both by their logarithms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HullAnswer {
    /// How many there are.
    pub points: usize,
    /// Their rows.
    pub rows: Vec<usize>,
    /// Through them; null unless there are two.
    pub power_laws: Option<PowerLawsAnswer>,
}

/// The law in the catalogue that has such power laws.
const LAW: &str = "hoffmann-approach-1";

/// Answers.
pub(super) fn answer(question: &EnvelopeQuestion, asking: &mut Asking) -> Result<EnvelopeAnswer, AskError> {
    let at_curves = |error| AskError::at("envelope.curves", error);
    let units = [Unit::Parameters, Unit::Tokens, Unit::Flops, Unit::NatsPerToken];
    let wanted: Vec<(&str, Expected)> =
        ["N", "D", "C", "L"].into_iter().zip(units.map(Expected::from)).collect();
    let curves = &question.curves;
    let rows = curves.columns.rows().map_err(at_curves)?;
    if curves.run.is_empty() {
        return Err(AskFault::MissingField { field: "run".to_owned() }.at("envelope.curves"));
    }
    if curves.run.len() != rows {
        let other = curves.columns.names().first().copied().unwrap_or_default().to_owned();
        let (column, given) = ("run".to_owned(), curves.run.len());
        return Err(at_curves(RunsError::UnequalLengths { column, rows: given, other, other_rows: rows }));
    }
    let read = curves.columns.read(&wanted, &curves.rows_off).map_err(at_curves)?;
    asking.warnings.extend(read.warnings);
    let [n, d, c, loss] = &read.columns[..] else { unreachable!("four columns are wanted") };
    let (run, names) = numbered(&curves.run, &read.row);
    let points = Curves { run: &run, n, d, c, loss };
    let options = Options { budgets: question.budgets.unwrap_or(BUDGETS), smooth: question.smooth };
    let found = envelope(&points, &options).map_err(|error| AskError::at("envelope", error))?;
    warn(&found, &options, &names, &mut asking.warnings);
    let ends = |[low, high]: [f64; 2], winner: &Winner| [min(low, winner.c), max(high, winner.c)];
    let budgets = found.winners.iter().fold([f64::INFINITY, 0.0], ends);
    Ok(EnvelopeAnswer {
        points: found.winners.iter().map(|winner| point(winner, &names)).collect(),
        power_laws: found.power_laws.map(PowerLawsAnswer::from),
        trimmed: TrimmedAnswer {
            points: found.trimmed.points,
            power_laws: found.trimmed.power_laws.map(PowerLawsAnswer::from),
        },
        hull: HullAnswer {
            points: found.hull.rows.len(),
            rows: found.hull.rows.iter().map(|row| read.row[*row]).collect(),
            power_laws: found.hull.power_laws.map(PowerLawsAnswer::from),
        },
        late: Number::finite(found.late),
        best: found.power_laws.and_then(|laws| best(LAW, &laws, &[], budgets)),
        warnings: std::mem::take(&mut asking.warnings),
    })
}

/// The number of the run of each row, in the order in which runs appear, and their names.
fn numbered<'a>(runs: &'a [RunName], rows: &[usize]) -> (Vec<usize>, Vec<&'a RunName>) {
    let (mut known, mut names) = (BTreeMap::new(), Vec::new());
    let mut number = |row: &usize| {
        let name = &runs[*row];
        // A number is not the text of its digits.
        *known.entry(name.0.to_string()).or_insert_with(|| {
            names.push(name);
            names.len() - 1
        })
    };
    (rows.iter().map(&mut number).collect(), names)
}

fn point(winner: &Winner, names: &[&RunName]) -> EnvelopePoint {
    let extreme = winner.extreme.map(|extreme| match extreme {
        Extreme::Smallest => "smallest".to_owned(),
        Extreme::Largest => "largest".to_owned(),
    });
    let run = names[winner.run].clone();
    EnvelopePoint { c: winner.c, n: winner.n, d: winner.d, loss: winner.loss, run, extreme }
}

/// From this difference between the exponents of two variants on the choice of points is warned of.
const DIFFER: f64 = 0.02;

fn warn(found: &Envelope, options: &Options, names: &[&RunName], warnings: &mut Vec<Warning>) {
    let all = found.winners.len();
    let extreme = all - found.trimmed.points;
    if extreme > 0 {
        let message = format!(
            "at {extreme} of {all} budgets the best run is of the smallest or largest size: a smaller or larger one \
             might be better"
        );
        warnings.push(
            Warning::new("envelope.extreme_size", message).with("points", all).with("extreme", extreme),
        );
    }
    if found.unreached > 0 {
        let message = format!("no run reaches {} of {} budgets", found.unreached, options.budgets);
        let warning = Warning::new("envelope.gaps", message);
        warnings.push(warning.with("budgets", options.budgets).with("gaps", found.unreached));
    }
    if !found.single.is_empty() {
        let single: Vec<Value> = found.single.iter().map(|run| names[*run].0.clone()).collect();
        let message = format!("{} of {} runs have one point, which is no curve", single.len(), names.len());
        warnings.push(Warning::new("envelope.single_point", message).with("runs", single));
    }
    if found.replaced > 0 {
        let message =
            format!("{} points are replaced by a later one of the same run and compute", found.replaced);
        warnings.push(Warning::new("envelope.replaced", message).with("points", found.replaced));
    }
    differ(found, warnings);
}

/// Warns where the choice of points decides.
fn differ(found: &Envelope, warnings: &mut Vec<Warning>) {
    let variants =
        [("grid", found.power_laws), ("trimmed", found.trimmed.power_laws), ("hull", found.hull.power_laws)];
    let exponent = |laws: PowerLaws| laws.n.exponent;
    let exponents: Vec<(&str, f64)> =
        variants.into_iter().filter_map(|(name, laws)| laws.map(|laws| (name, exponent(laws)))).collect();
    let ends = |[low, high]: [f64; 2], (_, x): &(&str, f64)| [min(low, *x), max(high, *x)];
    let [low, high] = exponents.iter().fold([f64::INFINITY, f64::NEG_INFINITY], ends);
    if high - low < DIFFER || exponents.len() < 2 {
        return;
    }
    let said = |(name, x): &(&str, f64)| format!("{} ({name})", ascii(round(1e3 * x) / 1e3));
    let list: Vec<String> = exponents.iter().map(said).collect();
    let message = format!("the exponent of size depends on which points are taken: {}", list.join(", "));
    let warning = Warning::new("envelope.variants_differ", message);
    warnings.push(exponents.iter().fold(warning, |warning, (name, x)| warning.with(name, *x)));
}

impl<'de> Deserialize<'de> for RunName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            name @ (Value::String(_) | Value::Number(_)) => Ok(Self(name)),
            _ => Err(D::Error::custom("expected the name of a run, text or a number")),
        }
    }
}

/// The columns as they are sent, with or without `columns` around them.
#[derive(Default)]
struct Points {
    run: Option<Vec<RunName>>,
    columns: Columns,
}

impl Points {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        if name != "run" {
            return self.columns.insert(name, map.next_value::<Column>()?).map_err(A::Error::custom);
        }
        match self.run.replace(map.next_value()?) {
            None => Ok(()),
            Some(_) => Err(A::Error::duplicate_field("run")),
        }
    }

    fn is_empty(&self) -> bool {
        self.run.is_none() && self.columns.names().is_empty()
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PointsVisitor;

        impl<'de> Visitor<'de> for PointsVisitor {
            type Value = Points;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(CURVES)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Points, A::Error> {
                let mut points = Points::default();
                while let Some(name) = map.next_key::<String>()? {
                    points.take(name, &mut map)?;
                }
                Ok(points)
            }
        }

        deserializer.deserialize_map(PointsVisitor)
    }
}

const CURVES: &str = "curves such as {\"run\":[…],\"N\":[…],\"D\":[…],\"L\":[…]}";

impl<'de> Deserialize<'de> for CurvesChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CurvesVisitor;

        impl<'de> Visitor<'de> for CurvesVisitor {
            type Value = CurvesChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(CURVES)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CurvesChoice, A::Error> {
                let (mut flat, mut nested, mut rows_off) = (Points::default(), None, None);
                while let Some(name) = map.next_key::<String>()? {
                    match name.as_str() {
                        "columns" => nested = Some(map.next_value::<Points>()?),
                        "rows_off" => rows_off = Some(map.next_value::<Vec<usize>>()?),
                        _ => flat.take(name, &mut map)?,
                    }
                }
                if nested.is_none() && rows_off.is_some() {
                    let message = "expected the columns inside \"columns\" where rows_off is given";
                    return Err(A::Error::custom(message));
                }
                if nested.is_some() && !flat.is_empty() {
                    return Err(A::Error::custom("expected every column inside \"columns\""));
                }
                let Points { run, columns } = nested.unwrap_or(flat);
                let (run, rows_off) = (run.unwrap_or_default(), rows_off.unwrap_or_default());
                Ok(CurvesChoice { run, columns, rows_off })
            }
        }

        deserializer.deserialize_map(CurvesVisitor)
    }
}

impl Serialize for CurvesChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// The columns alone.
        struct Flat<'a>(&'a CurvesChoice);

        impl Serialize for Flat<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("run", &self.0.run)?;
                for name in self.0.columns.names() {
                    map.serialize_entry(name, &self.0.columns.get(name))?;
                }
                map.end()
            }
        }

        if self.rows_off.is_empty() {
            return Flat(self).serialize(serializer);
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("columns", &Flat(self))?;
        map.serialize_entry("rows_off", &self.rows_off)?;
        map.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for CurvesChoice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CurvesChoice".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let columns = generator.subschema_for::<BTreeMap<String, Vec<Value>>>();
        schemars::json_schema!({
            "description": "Points of training curves as columns of equal length: `run`, each a name, and two of `N`, `D` and `C`, or all three, and `L`, each cell a number or text in the unit grammar; or these under `columns`, with the rows that are left out.",
            "anyOf": [
                columns,
                {
                    "type": "object",
                    "properties": {
                        "columns": columns,
                        "rows_off": { "type": "array", "items": { "type": "integer", "minimum": 0 } },
                    },
                    "required": ["columns"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
