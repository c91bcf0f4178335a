//! Training curves: which rows are checkpoints of one run, and which of them had their learning rate decayed.
//!
//! A checkpoint before the end of a schedule that decays has a higher loss than a run that ends there. It is no run
//! of that many tokens: approach 3 leaves it out, and approach 1 reads curves as curves.

use super::header::plain;
use super::{Role, Run, Table, lost};
use crate::num::ascending;
use crate::outcome::Warning;

/// How rows are put together into runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunsBy {
    /// By the column of the run; without one, rows of one size with growing tokens where they look like a curve.
    #[default]
    Guess,
    /// Rows of one size with growing tokens, one below the other, are one run.
    Size,
    /// Every row is a run of its own.
    Row,
}

/// What is known of the learning rate at the rows of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decay {
    /// The run has one row, its end.
    Single,
    /// The rate does not fall: every checkpoint is as good as an end.
    Constant,
    /// Every checkpoint was cooled down by itself.
    CooledDown,
    /// The rate falls, and only the end has reached its end.
    Decays,
    /// Nothing says so; treated like a schedule that decays, as most do.
    Unknown,
}

/// What the reader has said about the curves of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CurveChoices {
    /// How rows are put together.
    pub runs_by: RunsBy,
    /// The schedule of every run, where the reader has said it.
    pub decay: Option<Decay>,
}

/// One run of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its rows that can be read, in the order of their tokens; the last is its end, unless that is `lost`.
    pub rows: Vec<usize>,
    /// What is known of its learning rate.
    pub decay: Decay,
    /// Whether it came to its end: a run that crashed stopped at its last row.
    pub finished: bool,
    /// The row at which it ended, where that cannot be read: none of `rows` is its end then.
    pub lost: Option<usize>,
}

/// The runs of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// The runs, in the order in which they begin in the table.
    pub runs: Vec<Curve>,
    /// The run of each row of the table; nothing where the row cannot be read.
    pub run: Vec<Option<usize>>,
    /// Whether each row is a checkpoint whose learning rate had not decayed.
    pub undecayed: Vec<bool>,
    /// Runs that could be curves and were taken as single rows, and how many rows they have.
    open: (usize, usize),
}

impl Curve {
    /// The row at which it ends.
    fn end(&self) -> Option<usize> {
        self.lost.or_else(|| self.rows.last().copied())
    }
}

/// Names that a run alone has; others, such as `model`, may name what many runs share.
const OF_ONE_RUN: [&str; 5] = ["run", "runname", "runid", "name", "id"];

impl Curves {
    /// Finds the runs of a table.
    pub fn of(table: &Table, choices: CurveChoices) -> Self {
        let mut open = (0, 0);
        let mut runs: Vec<Curve> = Vec::new();
        let (stopped, rates) = (stopped(table), rates(table));
        let is_finished = |end: usize| !stopped.is_some_and(|column| is_stopped(table.cell(end, column)));
        let pieces = pieces(table, choices.runs_by);
        let lost = lost::ends(table, choices.runs_by, &pieces);
        let guess = choices.runs_by == RunsBy::Guess && !names_one_run(table);
        for (rows, lost) in pieces.into_iter().zip(lost) {
            if rows.len() > 1 && guess && !looks_like_a_curve(table, &rows, &rates) {
                if table.column(Role::Step).is_some() || table.column(Role::Run).is_some() {
                    open = (open.0 + 1, open.1 + rows.len());
                }
                let single = |row| {
                    let finished = is_finished(row);
                    Curve { rows: vec![row], decay: Decay::Single, finished, lost: None }
                };
                runs.extend(rows.into_iter().map(single));
                continue;
            }
            // One row and one that cannot be read are two rows of a run only where something says so.
            let lost = lost.filter(|_| rows.len() > 1 || !guess);
            let all: Vec<usize> = rows.iter().copied().chain(lost).collect();
            let decay = match (all.len(), choices.decay) {
                (1, _) => Decay::Single,
                (_, Some(said)) => said,
                _ => decay(table, &all, &rates),
            };
            let finished = all.last().is_none_or(|end| is_finished(*end));
            runs.push(Curve { rows, decay, finished, lost });
        }
        runs.shrink_to_fit();
        runs.sort_by_key(|run| run.rows.iter().min().copied());
        let mut curves =
            Self { run: vec![None; table.rows()], undecayed: vec![false; table.rows()], runs, open };
        for (at, run) in curves.runs.iter().enumerate() {
            let Some(end) = run.end() else { continue };
            let all: Vec<usize> = run.rows.iter().copied().chain(run.lost).collect();
            let fell = falls(&all, &rates) == Some(true);
            for row in &run.rows {
                curves.run[*row] = Some(at);
                let decays = match run.decay {
                    Decay::Decays | Decay::Unknown => true,
                    Decay::Single => !run.finished,
                    Decay::Constant | Decay::CooledDown => false,
                };
                let at_end = run.finished && (*row == end || (fell && is_at_the_end(&rates, *row, end)));
                curves.undecayed[*row] = decays && !at_end;
            }
        }
        curves
    }

    /// Whether any run has more than one row.
    pub fn any(&self) -> bool {
        self.runs.iter().any(|run| run.rows.len() > 1)
    }

    /// The row at which the run of a row ends; it may be one that cannot be read.
    pub fn last(&self, row: usize) -> Option<usize> {
        let run = self.run.get(row).copied().flatten()?;
        self.runs[run].end()
    }

    /// What is to be said of the curves: how many rows stay out of a fit of final losses, and what is open.
    pub fn warnings(&self, table: &Table) -> Vec<Warning> {
        let warnings = [
            self.undecayed_warning(),
            self.lost_warning(table),
            self.unfinished_warning(),
            self.open_warning(),
        ];
        warnings.into_iter().flatten().collect()
    }

    /// Runs whose end cannot be read: what comes before it is no end.
    fn lost_warning(&self, table: &Table) -> Option<Warning> {
        let is_out = |run: &&Curve| run.rows.iter().any(|row| self.undecayed[*row]);
        let lost: Vec<(&Curve, usize)> =
            self.runs.iter().filter(is_out).filter_map(|run| Some((run, run.lost?))).collect();
        let &(first, row) = lost.first()?;
        let (runs, line, name) = (lost.len(), table.line(row).unwrap_or(row), name(table, first.rows[0]));
        let of = match runs {
            1 => format!("the end of run \"{name}\", row {line}, cannot be read: its other rows"),
            _ => format!(
                "the ends of {runs} runs cannot be read, the first of \"{name}\" in row {line}: their other rows"
            ),
        };
        let message = format!("{of} stay out of fits of final losses");
        Some(Warning::new("runs.lost_end", message).with("runs", runs).with("row", line))
    }

    fn unfinished_warning(&self) -> Option<Warning> {
        let is_out = |run: &&Curve| {
            let last = run.rows.last().filter(|_| !run.finished && run.lost.is_none());
            last.is_some_and(|last| self.undecayed[*last])
        };
        let runs = self.runs.iter().filter(is_out).count();
        let message = format!(
            "{runs} runs did not come to their end: their last rows stay out of fits of final losses"
        );
        (runs > 0).then(|| Warning::new("runs.unfinished", message).with("runs", runs))
    }

    fn undecayed_warning(&self) -> Option<Warning> {
        let known = || self.runs.iter().filter(|run| run.lost.is_none());
        let before_the_end = |run: &Curve| {
            let (_, before) = run.rows.split_last()?;
            Some(before.iter().filter(|row| self.undecayed[**row]).count())
        };
        let rows: usize = known().filter_map(before_the_end).sum();
        let of = |decay: Decay| known().filter(|run| run.decay == decay).count();
        let (decays, unknown) = (of(Decay::Decays), of(Decay::Unknown));
        let why = match (decays, unknown) {
            (_, 0) => "their learning rate had not decayed there".to_owned(),
            (0, _) => "nothing says that their learning rate was constant".to_owned(),
            _ => format!(
                "the learning rate of {decays} had not decayed there, and that of {unknown} is not known"
            ),
        };
        let runs = decays + unknown;
        let (are, stay) =
            if rows == 1 { ("row is a checkpoint", "stays") } else { ("rows are checkpoints", "stay") };
        let ended = if runs == 1 { "run" } else { "runs" };
        let message = format!(
            "{rows} {are} before the end of {runs} {ended} and {stay} out of fits of final losses: {why}"
        );
        let warning = Warning::new("runs.undecayed", message).with("rows", rows).with("runs", runs);
        (rows > 0).then(|| warning.with("unknown", unknown).with("constant", of(Decay::Constant)))
    }

    fn open_warning(&self) -> Option<Warning> {
        let (runs, rows) = self.open;
        let ended = if runs == 1 { "run" } else { "runs" };
        let message = format!(
            "{rows} rows could be checkpoints of {runs} {ended} and are taken as a run each: say so if they are not"
        );
        (runs > 0).then(|| Warning::new("runs.maybe_curves", message).with("rows", rows).with("runs", runs))
    }
}

/// The column that says how runs stand, as Weights & Biases calls it: its cells know no other words.
fn stopped(table: &Table) -> Option<usize> {
    let is_state = |at: &usize| {
        let cells = || (0..table.rows()).map(|row| table.cell(row, *at).trim());
        ["state", "status"].contains(&&*plain(&table.names()[*at]))
            && cells()
                .all(|cell| cell.is_empty() || cell.eq_ignore_ascii_case("finished") || is_stopped(cell))
    };
    (0..table.names().len()).find(is_state)
}

/// Whether a run stands so that it has not come to its end.
fn is_stopped(state: &str) -> bool {
    // cspell:disable-next-line
    let words = ["crashed", "failed", "killed", "running", "preempted", "preempting", "pending", "diverged"];
    words.iter().any(|word| state.trim().eq_ignore_ascii_case(word))
}

/// Whether the table has a column in which a run alone has a name.
fn names_one_run(table: &Table) -> bool {
    table.column(Role::Run).is_some_and(|at| OF_ONE_RUN.contains(&&*plain(&table.names()[at])))
}

/// The readable rows by run, each in the order of its tokens.
fn pieces(table: &Table, by: RunsBy) -> Vec<Vec<usize>> {
    let readable = (0..table.rows()).filter_map(|row| Some((row, table.run(row).ok()?)));
    if by == RunsBy::Row {
        return readable.map(|(row, _)| vec![row]).collect();
    }
    let named = table.column(Role::Run).filter(|_| by == RunsBy::Guess);
    let texts = [named, table.column(Role::Seed), table.column(Role::Schedule)];
    let key = |row: usize, run: Run| {
        // Sizes that C = 6 N D gave differ in their last digits within a run.
        let size =
            if run.derived == Some(Role::Params) && named.is_some() { 0 } else { run.params.to_bits() };
        (size, texts.map(|column| column.map(|column| table.cell(row, column).trim())))
    };
    // One list, and not one for each run: most tables have as many runs as rows.
    let mut keyed: Vec<_> = readable.map(|(row, run)| (key(row, run), row)).collect();
    keyed.sort_unstable();
    let groups = keyed.chunk_by(|(one, _), (other, _)| one == other);
    groups.flat_map(|group| split(table, &group.iter().map(|(_, row)| *row).collect::<Vec<_>>())).collect()
}

/// What the run of a row is called: its name, or its size where it has none.
fn name(table: &Table, row: usize) -> String {
    let cell = table.column(Role::Run).map(|column| table.cell(row, column).trim());
    let size = || table.run(row).map_or(0.0, |run| run.params);
    cell.filter(|cell| !cell.is_empty())
        .map_or_else(|| crate::units::show(size(), crate::units::Unit::Parameters).number(), str::to_owned)
}

/// Cuts the rows of a group where tokens do not grow, and puts each piece into the order of its tokens.
///
/// Rows in falling order or in none are one run where no two have as many tokens.
fn split(table: &Table, rows: &[usize]) -> Vec<Vec<usize>> {
    let tokens: Vec<f64> = rows.iter().map(|row| table.run(*row).map_or(0.0, |run| run.tokens)).collect();
    let order = ascending(&tokens);
    let differ = order.windows(2).all(|pair| tokens[pair[0]] < tokens[pair[1]]);
    if differ && (names_one_run(table) || tokens.windows(2).all(|pair| pair[0] < pair[1])) {
        return vec![order.into_iter().map(|at| rows[at]).collect()];
    }
    let mut pieces: Vec<Vec<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match pieces.last_mut().filter(|_| at > 0 && tokens[at - 1] < tokens[at]) {
            Some(piece) => piece.push(*row),
            None => pieces.push(vec![*row]),
        }
    }
    pieces
}

/// Whether the rows of a piece look like checkpoints of one run: their learning rate changes, or they stand at equal
/// distances. Runs that each went to their end are laid out in ratios.
fn looks_like_a_curve(table: &Table, rows: &[usize], rates: &[Option<f64>]) -> bool {
    const FEWEST: usize = 4;
    if falls(rows, rates).is_some_and(|falls| falls) {
        return true;
    }
    let tokens: Vec<f64> = rows.iter().map(|row| table.run(*row).map_or(0.0, |run| run.tokens)).collect();
    let mut steps: Vec<f64> = tokens.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f64::total_cmp);
    let Some(median) = steps.get(steps.len() / 2).copied() else { return false };
    let equal = steps.iter().filter(|step| (**step / median - 1.0).abs() < 0.02).count();
    rows.len() >= FEWEST && 10 * equal >= 6 * steps.len()
}

/// The learning rate at each row, where a column has it.
fn rates(table: &Table) -> Vec<Option<f64>> {
    let Some(source) = table.source(Role::Rate) else { return vec![None; table.rows()] };
    (0..table.rows()).map(|row| source.amount(&table.grid, row).ok().flatten()).collect()
}

/// Whether the learning rate falls to the end of a run by more than a tenth; nothing where it is not known.
fn falls(rows: &[usize], rates: &[Option<f64>]) -> Option<bool> {
    let highest = rows
        .iter()
        .filter_map(|row| rates[*row])
        .fold(None, |most: Option<f64>, rate| Some(most.map_or(rate, |most| crate::num::max(most, rate))))?;
    let last = rates[*rows.last()?]?;
    Some(last < 0.9 * highest)
}

/// Whether the rate at a row is as low as at the end of its run.
fn is_at_the_end(rates: &[Option<f64>], row: usize, last: usize) -> bool {
    rates[row].zip(rates[last]).is_some_and(|(rate, end)| rate <= end)
}

/// What a schedule's name or the learning rates say of a run.
fn decay(table: &Table, rows: &[usize], rates: &[Option<f64>]) -> Decay {
    let of_name = table.column(Role::Schedule).and_then(|column| schedule(table.cell(rows[0], column)));
    match (of_name, falls(rows, rates)) {
        (Some(named @ (Decay::Constant | Decay::CooledDown)), _) => named,
        (_, Some(true)) => Decay::Decays,
        // The rate of a schedule that decays may not have begun to.
        (Some(named), _) => named,
        (None, Some(false)) => Decay::Constant,
        (None, None) => Decay::Unknown,
    }
}

/// What the name of a schedule says.
fn schedule(text: &str) -> Option<Decay> {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // cspell:disable
    if has(&["cooldown", "cool-down", "cooled", "cool_down", "annealed", "decayed"]) {
        Some(Decay::CooledDown)
    } else if has(&[
        "cos", "linear", "decay", "wsd", "sqrt", "poly", "exp", "trapez", "anneal", "1cycle", "onecycle",
    ]) {
        Some(Decay::Decays)
    } else if has(&["const", "flat", "fixed", "stable", "none", "hot"]) {
        Some(Decay::Constant)
    } else {
        None
    }
    // cspell:enable
}
