//! Records one below the other: each in a line, or over several.

use serde_json::value::RawValue;

use super::raw::{kind, members};
use super::records::Records;
use super::{refuse, said, shape};
use crate::outcome::Warning;
use crate::runs::formats::FileError;
use crate::runs::grid::Grid;
use crate::units::clip;

/// How many lines that hold no record are shown.
const SHOWN: usize = 12;

/// Reads one record in each line. Lines that hold none are counted, and the first are shown.
pub(super) fn lines(text: &str, notes: &mut Vec<Warning>) -> Result<(Grid, bool), FileError> {
    let mut records = Records::new(text);
    let mut broken = Vec::new();
    let mut count = 0_usize;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let problem = match serde_json::from_str::<&RawValue>(line) {
            Ok(value) if kind(value) == b'{' => {
                records.row(members(value)?, None, at + 1)?;
                continue;
            }
            Ok(value) => format!("expected an object; got {}", clip(value.get())),
            Err(error) => format!("expected JSON; {}", said(&error)),
        };
        count += 1;
        if broken.len() < SHOWN {
            broken.push((at + 1, problem));
        }
    }
    if records.grid.rows() == 0 {
        return many(text, notes);
    }
    if let Some((line, problem)) = broken.first() {
        let lines: Vec<usize> = broken.iter().map(|(line, _)| *line).collect();
        let message = format!("{count} lines hold no record; line {line}: {problem}");
        notes.push(Warning::new("runs.lines_unreadable", message).with("count", count).with("lines", lines));
    }
    Ok((records.grid, true))
}

/// Reads records that follow one another over several lines each.
fn many(text: &str, notes: &mut Vec<Warning>) -> Result<(Grid, bool), FileError> {
    let mut records = Records::new(text);
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    for value in values.by_ref() {
        match value {
            Ok(value) if kind(value) == b'{' => records.push(value, None)?,
            Ok(value) => return Err(shape(value)),
            Err(error) if records.grid.rows() == 0 => return Err(refuse(&error)),
            Err(error) => {
                let message = format!("what follows holds no record; {}", refuse(&error));
                notes.push(Warning::new("runs.lines_unreadable", message).with("lines", vec![error.line()]));
                break;
            }
        }
    }
    Ok((records.grid, true))
}
