//! Ends of runs that cannot be read: the checkpoint before one is no end.

use std::collections::BTreeMap;

use super::row::{complete, is_missing};
use super::{Role, RunsBy, Table};

/// What tells runs apart, as far as a row that cannot be read says it: name, seed, schedule, and size where runs have no
/// name.
type Key<'a> = ([Option<&'a str>; 3], u64);

/// For each piece, whose rows are in the order of their tokens, the row that cannot be read and comes after them.
pub(super) fn ends(table: &Table, by: RunsBy, pieces: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut ends = vec![None; pieces.len()];
    if by == RunsBy::Row || (0..table.rows()).all(|row| table.run(row).is_ok()) {
        return ends;
    }
    let mut piece = vec![None; table.rows()];
    for (at, rows) in pieces.iter().enumerate() {
        for row in rows {
            piece[*row] = Some(at);
        }
    }
    let named = table.column(Role::Run).filter(|_| by == RunsBy::Guess);
    // The nearest row above that is of the same run says which; or else the nearest below.
    let mut nearest = vec![None; table.rows()];
    for rows in [(0..table.rows()).collect::<Vec<_>>(), (0..table.rows()).rev().collect()] {
        let mut last: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        for row in rows {
            let Some(key) = key(table, row, named) else { continue };
            match piece[row] {
                Some(at) => drop(last.insert(key, at)),
                None => nearest[row] = nearest[row].or_else(|| last.get(&key).copied()),
            }
        }
    }
    for (row, at) in nearest.into_iter().enumerate().filter_map(|(row, at)| Some((row, at?))) {
        if is_checkpoint(table, row) && comes_after(table, row, &pieces[at]) {
            ends[at] = Some(row);
        }
    }
    ends
}

/// Whether a row says that there was a loss: without one it is no checkpoint.
fn is_checkpoint(table: &Table, row: usize) -> bool {
    table.column(Role::Loss).is_some_and(|column| !is_missing(table.cell(row, column).trim()))
}

fn key(table: &Table, row: usize, named: Option<usize>) -> Option<Key<'_>> {
    let text = |column: Option<usize>| column.map(|column| table.cell(row, column).trim());
    let texts = [named, table.column(Role::Seed), table.column(Role::Schedule)].map(text);
    let unnamed = texts[0].is_none_or(str::is_empty);
    let size = if unnamed { amounts(table, row)[0]?.to_bits() } else { 0 };
    Some((texts, size))
}

/// Size and tokens, as far as they can be read.
fn amounts(table: &Table, row: usize) -> [Option<f64>; 2] {
    if let Ok(run) = table.run(row) {
        return [Some(run.params), Some(run.tokens)];
    }
    let given = [Role::Params, Role::Tokens, Role::Flops].map(|role| amount(table, row, role));
    let [size, tokens, _] = complete(given).map_or(given, |(three, _)| three.map(Some));
    [size, tokens]
}

fn amount(table: &Table, row: usize, role: Role) -> Option<f64> {
    table.source(role)?.amount(&table.grid, row).ok().flatten()
}

/// Whether a row that cannot be read comes after the others of its run: by its tokens, or its step, or, where it says
/// neither, by its place, unless theirs says nothing.
fn comes_after(table: &Table, row: usize, rows: &[usize]) -> bool {
    let Some(last) = rows.last().copied() else { return false };
    let step = |row| amount(table, row, Role::Step);
    let by = |of: &dyn Fn(usize) -> Option<f64>| Some(of(row)? > of(last)?);
    let in_order = rows.is_sorted();
    by(&|row| amounts(table, row)[1]).or_else(|| by(&step)).unwrap_or(row > last || !in_order)
}
