//! Several tables as one: stacked, or joined by run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{FileError, Part, list};
use crate::outcome::Warning;
use crate::runs::grid::Grid;
use crate::runs::header::{is_run, plain};
use crate::runs::layout::{Delimiter, decimal_of};
use crate::runs::{MAX_COLUMNS, RunsError};
use crate::units::Decimal;

/// Puts the tables together, and says how.
pub(super) fn together(mut parts: Vec<Part>, notes: &mut Vec<Warning>) -> Result<Part, FileError> {
    if parts.len() <= 1 {
        return parts.pop().ok_or_else(super::empty);
    }
    if let Some(part) = parts.iter().find(|part| !part.header) {
        return Err(FileError::from(RunsError::NoHeader).in_file(&part.name));
    }
    let mut groups: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        match groups.iter_mut().find(|group| alike(&group[0].grid, &part.grid)) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    let mut tables = Vec::new();
    for group in groups {
        tables.push(stack(group, notes)?);
    }
    while let Some((one, many, keys)) = partners(&tables) {
        let attributes = tables.remove(one);
        let many = if many > one { many - 1 } else { many };
        tables[many] = join(&attributes, &tables[many], keys, notes)?;
    }
    if tables.len() == 1 { tables.pop().ok_or_else(super::empty) } else { stack(tables, notes) }
}

/// Whether two tables have the same columns, in any order.
fn alike(one: &Grid, other: &Grid) -> bool {
    let names = |grid: &Grid| {
        let mut names: Vec<String> = grid.names.iter().map(|name| plain(name)).collect();
        names.sort();
        names
    };
    names(one) == names(other)
}

/// Puts tables below one another, with the file as a column.
fn stack(parts: Vec<Part>, notes: &mut Vec<Warning>) -> Result<Part, FileError> {
    if parts.len() == 1 {
        return parts.into_iter().next().ok_or_else(super::empty);
    }
    let mut names: Vec<String> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for name in parts.iter().flat_map(|part| &part.grid.names) {
        places.entry(plain_or(name)).or_insert_with(|| {
            names.push(name.clone());
            names.len() - 1
        });
    }
    let file = free(&names, "file");
    names.push(file.clone());
    check_width(names.len())?;
    let decimals: Vec<Decimal> = parts.iter().map(decimal).collect();
    let mixed = decimals.iter().any(|decimal| *decimal != decimals[0]);
    let mut grid = Grid::new(names);
    for (part, decimal) in parts.iter().zip(decimals) {
        grid.begin_file(&part.name);
        let mut columns: Vec<Option<usize>> = vec![None; grid.names.len()];
        for (column, name) in part.grid.names.iter().enumerate() {
            // Of two columns of one name, the first.
            let place = &mut columns[places[&plain_or(name)]];
            *place = place.or(Some(column));
        }
        for row in 0..part.grid.rows() {
            for (at, column) in columns.iter().enumerate() {
                let cell = column.map_or("", |column| part.grid.cell(row, column));
                if at + 1 == columns.len() {
                    grid.push(&part.name);
                } else if mixed && decimal == Decimal::Comma {
                    grid.push(&with_point(cell));
                } else {
                    grid.push(cell);
                }
            }
            grid.end_row(part.grid.line(row).unwrap_or(1))?;
        }
    }
    let of: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let message = format!(
        "{} tables stacked, {}: {} rows, with the file in column \"{file}\"",
        of.len(),
        list(&of),
        grid.rows()
    );
    notes.push(Warning::new("runs.stacked", message).with("tables", of.len()).with("column", file));
    if mixed {
        let message = "decimal commas of some tables are written as points, since others have points";
        notes.push(Warning::new("runs.decimals", message));
    }
    let delimiter = if mixed { Delimiter::Comma } else { parts[0].delimiter };
    Ok(Part { name: format!("{} tables", of.len()), grid, delimiter, header: true })
}

/// A name in plain letters, or itself where it has none.
fn plain_or(name: &str) -> String {
    Some(plain(name)).filter(|plain| !plain.is_empty()).unwrap_or_else(|| name.to_owned())
}

/// A name that no column has yet.
fn free(names: &[String], wanted: &str) -> String {
    let mut name = wanted.to_owned();
    while names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
        name.push_str(" (2)");
    }
    name
}

fn check_width(given: usize) -> Result<(), RunsError> {
    let refuse = || RunsError::TooLarge { what: "columns", limit: MAX_COLUMNS, given };
    if given > MAX_COLUMNS { Err(refuse()) } else { Ok(()) }
}

fn decimal(part: &Part) -> Decimal {
    match part.delimiter {
        Delimiter::Comma | Delimiter::Json => Decimal::Point,
        delimiter => decimal_of((0..part.grid.rows()).flat_map(|row| part.grid.cells(row)), delimiter),
    }
}

/// A number with a decimal comma, written with a point.
fn with_point(cell: &str) -> String {
    if !cell.trim_start().starts_with(|c: char| c.is_ascii_digit() || "+-−,".contains(c)) {
        return cell.to_owned();
    }
    let swapped = cell.chars().map(|c| match c {
        ',' => '.',
        '.' => ',',
        c => c,
    });
    swapped.collect()
}

/// Two tables of which one has a row for each run and the other many, and their columns that name the run.
fn partners(tables: &[Part]) -> Option<(usize, usize, (usize, usize))> {
    let pairs = (0..tables.len()).flat_map(|one| (0..tables.len()).map(move |other| (one, other)));
    pairs.filter(|(one, other)| one != other).find_map(|(one, other)| {
        let keys = keys(&tables[one].grid, &tables[other].grid)?;
        Some((one, other, keys))
    })
}

/// The columns by which `attributes`, with one row for each value, can be joined to `many`.
fn keys(attributes: &Grid, many: &Grid) -> Option<(usize, usize)> {
    let candidates =
        |grid: &Grid| -> Vec<usize> { (0..grid.names.len()).filter(|at| is_run(&grid.names[*at])).collect() };
    let (ones, others) = (candidates(attributes), candidates(many));
    ones.iter().flat_map(|one| others.iter().map(move |other| (*one, *other))).find(|(one, other)| {
        let mut known = BTreeMap::new();
        let unique =
            (0..attributes.rows()).all(|row| known.insert(attributes.cell(row, *one).trim(), row).is_none());
        let met = (0..many.rows()).filter(|row| known.contains_key(many.cell(*row, *other).trim())).count();
        unique && met > 0 && 2 * met >= many.rows()
    })
}

/// Adds to each row of a table what another says of its run.
fn join(
    attributes: &Part,
    many: &Part,
    keys: (usize, usize),
    notes: &mut Vec<Warning>,
) -> Result<Part, FileError> {
    let (one, other) = (&attributes.grid, &many.grid);
    let added: Vec<usize> = (0..one.names.len()).filter(|column| *column != keys.0).collect();
    let names = joined_names(attributes, other, &added);
    check_width(names.len())?;
    let rows: BTreeMap<&str, usize> =
        (0..one.rows()).map(|row| (one.cell(row, keys.0).trim(), row)).collect();
    let mut met = vec![false; one.rows()];
    let mut alone = 0;
    // Where decimals are written in two ways, all are written with a point.
    let swap = decimal(attributes) != decimal(many);
    let comma = [decimal_is_comma(many), decimal_is_comma(attributes)].map(|comma| swap && comma);
    let put = |grid: &mut Grid, cell: &str, comma| {
        if comma { grid.push(&with_point(cell)) } else { grid.push(cell) }
    };
    let mut grid = Grid::new(names);
    let mut file = None;
    for row in 0..other.rows() {
        if other.file(row) != file || row == 0 {
            file = other.file(row);
            grid.begin_file(file.unwrap_or(&many.name));
        }
        for column in 0..other.names.len() {
            put(&mut grid, other.cell(row, column), comma[0]);
        }
        match rows.get(other.cell(row, keys.1).trim()) {
            Some(found) => {
                met[*found] = true;
                for column in &added {
                    put(&mut grid, one.cell(*found, *column), comma[1]);
                }
            }
            None => alone += 1,
        }
        grid.end_row(other.line(row).unwrap_or(1))?;
    }
    let left: Vec<usize> = (0..one.rows()).filter(|row| !met[*row]).collect();
    if !left.is_empty() {
        grid.begin_file(&attributes.name);
    }
    for row in &left {
        for column in 0..other.names.len() {
            grid.push(if column == keys.1 { one.cell(*row, keys.0) } else { "" });
        }
        for column in &added {
            put(&mut grid, one.cell(*row, *column), comma[1]);
        }
        grid.end_row(one.line(*row).unwrap_or(1))?;
    }
    notes.push(joined_note((attributes, many), keys, &added, [alone, left.len()]));
    let delimiter = if swap { Delimiter::Comma } else { many.delimiter };
    Ok(Part { name: many.name.clone(), grid, delimiter, header: true })
}

/// The names of both, each once.
fn joined_names(attributes: &Part, other: &Grid, added: &[usize]) -> Vec<String> {
    let mut names = other.names.clone();
    for column in added {
        let name = &attributes.grid.names[*column];
        let is_there = names.iter().any(|known| plain_or(known) == plain_or(name));
        names.push(if is_there {
            free(&names, &format!("{name} ({})", attributes.name))
        } else {
            name.clone()
        });
    }
    names
}

/// What was joined by what, and what found no other half.
fn joined_note(
    (attributes, many): (&Part, &Part),
    keys: (usize, usize),
    added: &[usize],
    [rows_alone, runs_alone]: [usize; 2],
) -> Warning {
    let columns: Vec<&str> = added.iter().map(|column| attributes.grid.names[*column].as_str()).collect();
    let mut message = format!(
        "{} of \"{}\" joined to \"{}\" by \"{}\" and \"{}\"",
        list(&columns),
        attributes.name,
        many.name,
        attributes.grid.names[keys.0],
        many.grid.names[keys.1]
    );
    if rows_alone + runs_alone > 0 {
        let _ = write!(
            message,
            "; {rows_alone} rows name no run of the first, and {runs_alone} runs of it have no rows: kept"
        );
    }
    let note = Warning::new("runs.joined", message).with("columns", columns.len());
    note.with("rows_alone", rows_alone).with("runs_alone", runs_alone)
}

fn decimal_is_comma(part: &Part) -> bool {
    decimal(part) == Decimal::Comma
}
