//! What Weights & Biases and TensorBoard export, as rows with a run, a step and what was logged there.

use std::collections::BTreeMap;

use super::{FileError, Part, list};
use crate::outcome::Warning;
use crate::runs::grid::Grid;
use crate::runs::layout::Delimiter;

/// What TensorBoard calls its three columns.
const SCALARS: [&str; 3] = ["Wall time", "Step", "Value"];
/// What Weights & Biases puts between the name of a run and that of a metric.
const BETWEEN: &str = " - ";
/// What it adds to the name of a metric for the least and the largest value that a point stands for.
const RANGE: [&str; 2] = ["__MIN", "__MAX"];

/// Brings every export among these tables to rows of a run, a step and what was logged there.
pub(super) fn rearrange(parts: Vec<Part>, notes: &mut Vec<Warning>) -> Result<Vec<Part>, FileError> {
    let (scalars, others): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(is_scalars);
    let mut arranged = Vec::new();
    if !scalars.is_empty() {
        arranged.push(from_scalars(&scalars, notes)?);
    }
    for part in others {
        match wide(&part.grid.names) {
            Some(columns) => arranged.push(long(&part, &columns, notes)?),
            None => arranged.push(part),
        }
    }
    Ok(arranged)
}

/// Whether a table is one scalar of one run, as TensorBoard writes it: CSV, or JSON without names.
fn is_scalars(part: &Part) -> bool {
    let names = part.grid.names.iter().map(String::as_str);
    let named = names.clone().count() == 3
        && names.zip(SCALARS).all(|(name, known)| name.eq_ignore_ascii_case(known));
    named
        || (!part.header
            && part.delimiter == Delimiter::Json
            && tagged(&part.name).is_some()
            && part.grid.names.len() == 3)
}

/// The run and the tag in the name that TensorBoard gives a file, `run-NAME-tag-TAG.csv`.
fn tagged(file: &str) -> Option<(&str, &str)> {
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let (run, tag) = file.strip_prefix("run-")?.split_once("-tag-")?;
    Some((run, stem(tag)))
}

/// A file's name without its ending, and without the number that a browser adds to a second download.
fn stem(file: &str) -> &str {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let numbered = stem.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    numbered.filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit())).map_or(stem, |(stem, _)| stem)
}

/// One table of the scalars of TensorBoard: a row for each run and step, a column for each tag.
fn from_scalars(parts: &[Part], notes: &mut Vec<Warning>) -> Result<Part, FileError> {
    let mut tags: Vec<&str> = Vec::new();
    let mut runs: Vec<&str> = Vec::new();
    let mut files: Vec<(usize, usize)> = Vec::new();
    for part in parts {
        let (run, tag) = tagged(&part.name).unwrap_or((stem(&part.name), SCALARS[2]));
        files.push((place(&mut runs, run), place(&mut tags, tag)));
    }
    // Rows in the order in which a run's steps appear; one that comes again (a run that was resumed) is a row again.
    let mut places: BTreeMap<(usize, &str, usize), usize> = BTreeMap::new();
    let mut rows: Vec<(usize, &str, &str, usize, Vec<&str>)> = Vec::new();
    let mut by_run: Vec<Vec<usize>> = vec![Vec::new(); runs.len()];
    for (part, (run, tag)) in parts.iter().zip(&files) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for row in 0..part.grid.rows() {
            let [time, step, value] = [0, 1, 2].map(|column| part.grid.cell(row, column).trim());
            let times = seen.entry(step).or_default();
            let at = *places.entry((*run, step, *times)).or_insert_with(|| {
                rows.push((*run, step, time, part.grid.line(row).unwrap_or(1), vec![""; tags.len()]));
                by_run[*run].push(rows.len() - 1);
                rows.len() - 1
            });
            *times += 1;
            rows[at].4[*tag] = value;
        }
    }
    let names = ["run", SCALARS[1], SCALARS[0]].into_iter().chain(tags.iter().copied());
    let mut grid = Grid::new(names.map(str::to_owned).collect());
    for at in by_run.into_iter().flatten() {
        let (run, step, time, line, values) = &rows[at];
        [runs[*run], step, time].into_iter().chain(values.iter().copied()).for_each(|cell| grid.push(cell));
        grid.end_row(*line)?;
    }
    let message = format!(
        "scalars of TensorBoard: {} with {}, a row for each step",
        counted(runs.len(), "run"),
        list(&tags)
    );
    notes.push(Warning::new("runs.scalars", message).with("runs", runs.len()).with("tags", tags.len()));
    Ok(Part { name: "TensorBoard".to_owned(), grid, delimiter: parts[0].delimiter, header: true })
}

/// The place of a name among the names so far.
fn place<'a>(names: &mut Vec<&'a str>, name: &'a str) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}

/// A column of a wide export: its place, its run and what was logged.
struct Wide<'a> {
    column: usize,
    run: &'a str,
    metric: &'a str,
}

/// The columns of a table that has one column for each run, `RUN - METRIC`, behind the first.
fn wide(names: &[String]) -> Option<Vec<Wide<'_>>> {
    let split = |(column, name): (usize, &'_ String)| -> Option<(usize, usize)> {
        name.rfind(BETWEEN).map(|at| (column, at))
    };
    let columns: Option<Vec<Wide>> = names
        .iter()
        .enumerate()
        .skip(1)
        .map(|(column, name)| {
            let (_, at) = split((column, name))?;
            Some(Wide { column, run: &name[..at], metric: &name[at + BETWEEN.len()..] })
        })
        .collect();
    let columns = columns.filter(|columns| !columns.is_empty())?;
    let ranged = columns.iter().any(|column| RANGE.iter().any(|range| column.metric.ends_with(range)));
    let alike = columns.len() > 1 && columns.iter().all(|column| column.metric == columns[0].metric);
    (ranged || alike).then_some(columns)
}

/// A wide table with a row for each run and each of its rows in which something was logged.
fn long(part: &Part, columns: &[Wide], notes: &mut Vec<Warning>) -> Result<Part, FileError> {
    let mut runs: Vec<&str> = Vec::new();
    let mut metrics: Vec<&str> = Vec::new();
    let mut cells: Vec<Vec<Option<usize>>> = Vec::new();
    let mut numbers = BTreeMap::new();
    for Wide { column, run, metric } in columns {
        let run = *numbers.entry(*run).or_insert_with(|| {
            runs.push(run);
            cells.push(Vec::new());
            runs.len() - 1
        });
        let metric = place(&mut metrics, metric);
        if cells[run].len() <= metric {
            cells[run].resize(metric + 1, None);
        }
        cells[run][metric] = Some(*column);
    }
    let first = part.grid.names[0].as_str();
    let names = ["run", first].into_iter().chain(metrics.iter().copied());
    let mut grid = Grid::new(names.map(str::to_owned).collect());
    for (run, columns) in runs.iter().zip(&cells) {
        for row in 0..part.grid.rows() {
            let cell = |column: &Option<usize>| column.map_or("", |column| part.grid.cell(row, column));
            if columns.iter().all(|column| cell(column).trim().is_empty()) {
                continue;
            }
            [run, part.grid.cell(row, 0)]
                .into_iter()
                .chain(columns.iter().map(cell))
                .for_each(|cell| grid.push(cell));
            grid.end_row(part.grid.line(row).unwrap_or(1))?;
        }
    }
    let message = format!(
        "a column for each run, as Weights & Biases exports: {} with {}, a row for each \"{first}\" of each",
        counted(runs.len(), "run"),
        list(&metrics)
    );
    notes.push(Warning::new("runs.long", message).with("runs", runs.len()).with("rows", grid.rows()));
    Ok(Part { name: part.name.clone(), grid, delimiter: part.delimiter, header: true })
}

/// So many of something.
fn counted(count: usize, of: &str) -> String {
    if count == 1 { format!("1 {of}") } else { format!("{count} {of}s") }
}
