//! A table of runs: its text, what its columns mean, and which rows are in use.

use std::sync::Arc;

use super::error::list;
use super::grid::Grid;
use super::header::{guess, is_other_loss_unit};
use super::row::{Other, Reader, Source};
use super::{Cell, Choice, Column, Columns, Layout, Role, Run, RunsError, Sent};
use crate::outcome::Warning;
use crate::units::{Amount, Expected, Unit, read};

/// A table of runs: the text of every cell, what its columns mean, and which rows are in use.
///
/// Rows and columns count from 0; [`Table::line`] is the number a row has in the file.
#[derive(Clone)]
pub struct Table {
    /// Shared among clones until one is written in.
    pub(super) grid: Arc<Grid>,
    pub(super) layout: Layout,
    on: Vec<bool>,
    pub(super) roles: Vec<Role>,
    pub(super) choices: Vec<Choice>,
    /// Scales that the names of columns give to their cells other than in brackets.
    pub(super) scales: Vec<Option<&'static str>>,
    /// How losses are read that are not in nats per token.
    pub(super) losses: Option<Other>,
    /// Columns that are inputs of a law, each with the name of the input.
    pub(super) inputs: Vec<(usize, String)>,
    /// How many tokens a step has, or a sequence, where no column says so.
    pub(super) per_step: Option<f64>,
    reader: Result<Reader, RunsError>,
    /// The run of each row, where it can be read; shared among clones that read them alike.
    runs: Arc<Vec<Option<Run>>>,
}

/// How many rows a table has, and how they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All rows.
    pub rows: usize,
    /// Rows that can be read and are switched on.
    pub used: usize,
    /// Rows that are switched off.
    pub off: usize,
    /// Rows that are switched on and cannot be read.
    pub unreadable: usize,
}

/// The runs in use, one entry per run in each column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs {
    /// Sizes N, in parameters.
    pub n: Vec<f64>,
    /// Tokens D.
    pub d: Vec<f64>,
    /// Losses L.
    pub l: Vec<f64>,
    /// Training FLOPs C.
    pub c: Vec<f64>,
    /// The row of the table that each run stands in.
    pub row: Vec<usize>,
}

impl Table {
    /// A table of these cells, its columns guessed from their names.
    pub(super) fn new(grid: Grid, layout: Layout) -> Self {
        let holds = |column: usize, role| holds(&grid, layout, column, role);
        let (roles, choices) = if layout.header {
            guess(&grid.names, holds)
        } else {
            (vec![Role::Ignore; grid.names.len()], Vec::new())
        };
        let (on, runs) = (vec![true; grid.rows()], Arc::default());
        let reader = Err(RunsError::NoHeader);
        let (scales, losses, inputs, per_step) = (Vec::new(), None, Vec::new(), None);
        let grid = Arc::new(grid);
        let mut table =
            Self { grid, layout, on, roles, choices, scales, losses, inputs, per_step, reader, runs };
        table.reread();
        table
    }

    /// How the text was laid out.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The names of the columns, or `column 1`, `column 2` … where the file has none.
    pub fn names(&self) -> &[String] {
        &self.grid.names
    }

    /// What each column means.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The roles that more than one column could have, and that nobody has assigned.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Gives a column a role, and takes it from the column that had it.
    ///
    /// # Errors
    /// [`RunsError::NoSuchColumn`].
    pub fn assign(&mut self, column: usize, role: Role) -> Result<(), RunsError> {
        let columns = self.roles.len();
        let Some(current) = self.roles.get(column).copied() else {
            return Err(RunsError::NoSuchColumn { column, columns });
        };
        if role != Role::Ignore {
            self.roles.iter_mut().filter(|other| **other == role).for_each(|other| *other = Role::Ignore);
        }
        self.roles[column] = role;
        self.inputs.retain(|(input, _)| *input != column);
        self.choices.retain(|choice| choice.role != role && choice.role != current);
        self.reread();
        Ok(())
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.grid.rows()
    }

    /// The line of the file in which a row begins, as an editor numbers it.
    pub fn line(&self, row: usize) -> Option<usize> {
        self.grid.line(row)
    }

    /// The file that a row is of, where the table was put together from several.
    pub fn file(&self, row: usize) -> Option<&str> {
        self.grid.file(row)
    }

    /// The text of a cell as it was given; empty where the row ends before it.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.grid.cell(row, column)
    }

    /// The run in a row.
    ///
    /// # Errors
    /// Why the row cannot be used, or why none can.
    pub fn run(&self, row: usize) -> Result<Run, RunsError> {
        let rows = self.rows();
        let line = self.line(row).ok_or(RunsError::NoSuchRow { row, rows })?;
        let reader = self.reader.as_ref().map_err(Clone::clone)?;
        if let Some(Some(run)) = self.runs.get(row) {
            return Ok(*run);
        }
        if self.grid.is_ragged(row) {
            let (cells, columns) = (self.grid.width(row), self.grid.names.len());
            return Err(RunsError::Ragged { row, line, cells, columns });
        }
        let cell = |(column, problem)| RunsError::cell(row, Some(line), column, problem);
        reader.run(&self.grid, row).map_err(cell)
    }

    /// Whether a row is switched on.
    pub fn is_on(&self, row: usize) -> bool {
        self.on.get(row).copied().unwrap_or(false)
    }

    /// Switches a row on or off.
    ///
    /// # Errors
    /// [`RunsError::NoSuchRow`].
    pub fn switch(&mut self, row: usize, on: bool) -> Result<(), RunsError> {
        let rows = self.rows();
        let switch = self.on.get_mut(row).ok_or(RunsError::NoSuchRow { row, rows })?;
        *switch = on;
        Ok(())
    }

    /// Writes another text into a cell, and reads its row anew.
    ///
    /// # Errors
    /// [`RunsError::NoSuchRow`] or [`RunsError::NoSuchColumn`].
    pub fn edit(&mut self, row: usize, column: usize, text: &str) -> Result<(), RunsError> {
        let (rows, columns) = (self.rows(), self.names().len());
        if row >= rows {
            return Err(RunsError::NoSuchRow { row, rows });
        }
        if column >= columns {
            return Err(RunsError::NoSuchColumn { column, columns });
        }
        Arc::make_mut(&mut self.grid).set(row, column, text);
        let reader = self.reader.as_ref().ok();
        let run =
            reader.and_then(|reader| reader.run(&self.grid, row).ok()).filter(|_| !self.grid.is_ragged(row));
        Arc::make_mut(&mut self.runs)[row] = run;
        Ok(())
    }

    /// How many rows are used, off, and unreadable.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { rows: self.rows(), ..Counts::default() };
        for (run, on) in self.runs.iter().zip(&self.on) {
            match (on, run) {
                (false, _) => counts.off += 1,
                (true, Some(_)) => counts.used += 1,
                (true, None) => counts.unreadable += 1,
            }
        }
        counts
    }

    /// The runs in use: every row that is switched on and can be read.
    ///
    /// # Errors
    /// If a column that is needed is missing, has no name, or shares its name with another; and
    /// [`RunsError::NoneUsable`].
    pub fn runs(&self) -> Result<Runs, RunsError> {
        self.reader.as_ref().map_err(Clone::clone)?;
        let mut runs = Runs::default();
        let used = self.runs.iter().enumerate().filter(|(row, _)| self.on[*row]);
        for (row, run) in used.filter_map(|(row, run)| Some((row, run.as_ref()?))) {
            runs.n.push(run.params);
            runs.d.push(run.tokens);
            runs.l.push(run.loss);
            runs.c.push(run.flops);
            runs.row.push(row);
        }
        if runs.row.is_empty() { Err(self.none_usable()) } else { Ok(runs) }
    }

    /// The whole table as a Question sends it: columns N, D, L, and C where it was given, with every row in
    /// its place, and the rows that are off or unreadable.
    ///
    /// # Errors
    /// As [`Table::runs`].
    pub fn sent(&self) -> Result<Sent, RunsError> {
        self.sent_with(&[])
    }

    /// The same, with the columns that are called like one of `inputs` or like a member of one, such as `h[web]` of
    /// `h`: what a law needs besides size and tokens.
    ///
    /// # Errors
    /// As [`Table::runs`].
    pub fn sent_with(&self, inputs: &[&str]) -> Result<Sent, RunsError> {
        self.runs()?;
        let column = |of: fn(&Run) -> f64| -> Column {
            self.runs.iter().map(|run| run.as_ref().map(|run| Amount::Number(of(run)))).collect()
        };
        let mut columns = Columns::new();
        columns.insert("N", column(|run| run.params))?;
        columns.insert("D", column(|run| run.tokens))?;
        columns.insert("L", column(|run| run.loss))?;
        if self.runs.iter().flatten().any(|run| run.derived != Some(Role::Flops)) {
            columns.insert("C", column(|run| run.flops))?;
        }
        for (place, (name, role)) in self.grid.names.iter().zip(&self.roles).enumerate() {
            let wanted = inputs.contains(&name.split('[').next().unwrap_or(name));
            if wanted && *role == Role::Ignore && columns.get(name).is_none() {
                columns.insert(name, (0..self.rows()).map(|row| self.amount(row, place)).collect())?;
            }
        }
        let rows = self.runs.iter().zip(&self.on).enumerate();
        let rows_off = rows.filter(|(_, (run, on))| run.is_none() || !**on).map(|(row, _)| row).collect();
        Ok(Sent { columns, rows_off })
    }

    /// A cell of a column without a role, as a number where it is one.
    pub(super) fn amount(&self, row: usize, column: usize) -> Cell {
        let text = Some(self.cell(row, column).trim()).filter(|text| !text.is_empty())?;
        let expected = Expected::from(Unit::One).decimal(self.layout.decimal);
        let number = read(text, expected).map(|read| Amount::Number(read.value));
        Some(number.unwrap_or_else(|_| Amount::Text(text.to_owned())))
    }

    /// What the reader of this table should know: columns that were chosen among several, amounts that
    /// were derived, and amounts or units that look like slips.
    pub fn warnings(&self) -> Vec<Warning> {
        let choices = self.choices.iter().map(|choice| self.choice_warning(choice));
        let mut warnings: Vec<Warning> = choices.collect();
        warnings.extend(self.derived_warning());
        warnings.extend(self.slip_warnings());
        warnings.extend(self.loss_unit_warning());
        warnings
    }

    /// Reads every row anew, after a column has changed its role.
    pub(super) fn reread(&mut self) {
        self.reader = self.make_reader();
        let reader = self.reader.as_ref().ok();
        let run = |row| reader?.run(&self.grid, row).ok().filter(|_| !self.grid.is_ragged(row));
        let runs: Vec<Option<Run>> = (0..self.rows()).map(run).collect();
        if *self.runs != runs {
            self.runs = Arc::new(runs);
        }
    }

    fn make_reader(&self) -> Result<Reader, RunsError> {
        if let Some(duplicate) = self.duplicate() {
            return Err(duplicate);
        }
        let three = [Role::Params, Role::Tokens, Role::Flops].map(|role| self.source(role));
        let steps = if three[1].is_none() { self.steps() } else { (Vec::new(), 1.0) };
        let loss = self.source(Role::Loss).map(|source| source.read_by(self.losses));
        let beside = [Role::Weight, Role::Noise].into_iter().filter_map(|role| self.source(role)).collect();
        Reader::new(three, loss, steps, beside).map_err(|missing| {
            if self.layout.header {
                RunsError::no_column(&missing, &self.grid.names)
            } else {
                RunsError::NoHeader
            }
        })
    }

    /// The column that has a role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|has| *has == role)
    }

    /// The column that has a role, to be read.
    pub(super) fn source(&self, role: Role) -> Option<Source> {
        let column = self.column(role)?;
        let (name, decimal) = (&self.grid.names[column], self.layout.decimal);
        let source = match role {
            Role::Step => Source::of(column, name, Expected::from(Unit::Steps).decimal(decimal)),
            _ => Source::new(column, name, role, decimal)?,
        };
        Some(source.scaled(self.scales.get(column).copied().flatten()))
    }

    /// The columns of which the tokens are the product, and a factor: steps, and tokens per step.
    fn steps(&self) -> (Vec<Source>, f64) {
        let per = match (self.source(Role::Batch), self.source(Role::Sequences), self.source(Role::Length)) {
            (Some(batch), _, _) => Some((vec![batch], 1.0)),
            (None, Some(sequences), Some(length)) => Some((vec![sequences, length], 1.0)),
            (None, sequences, None) => self.per_step.map(|tokens| (sequences.into_iter().collect(), tokens)),
            _ => None,
        };
        self.source(Role::Step).zip(per).map_or((Vec::new(), 1.0), |(step, (mut sources, factor))| {
            sources.insert(0, step);
            (sources, factor)
        })
    }

    /// Two columns of one name, where one of them was guessed to have a role.
    fn duplicate(&self) -> Option<RunsError> {
        let name = |column: usize| self.grid.names[column].as_str();
        self.choices.iter().find_map(|choice| {
            let column = name(choice.column);
            let second = choice.others.iter().find(|other| column.eq_ignore_ascii_case(name(**other)))?;
            let places = Some([choice.column, *second]);
            Some(RunsError::DuplicateHeader { column: column.to_owned(), places })
        })
    }

    /// Says that no row can be used, and why the first that is on cannot.
    pub fn none_usable(&self) -> RunsError {
        let counts = self.counts();
        let unreadable = (0..self.rows()).filter(|row| self.on[*row]).find_map(|row| self.run(row).err());
        RunsError::NoneUsable { rows: counts.rows, off: counts.off, first: unreadable.map(Box::new) }
    }

    fn choice_warning(&self, choice: &Choice) -> Warning {
        let chosen = &self.grid.names[choice.column];
        let others: Vec<&str> = choice.others.iter().map(|other| self.grid.names[*other].as_str()).collect();
        let message =
            format!("{} is read from \"{chosen}\"; it could be {}", choice.role.words(), list(&others));
        Warning::new("runs.choice", message)
    }

    /// Says in how many rows size or tokens were not given.
    fn derived_warning(&self) -> Option<Warning> {
        let rows = |role: Role| self.runs.iter().flatten().filter(|run| run.derived == Some(role)).count();
        let role = [Role::Params, Role::Tokens].into_iter().max_by_key(|role| rows(*role))?;
        let lack = match rows(role) {
            0 => return None,
            1 => "1 row gives".to_owned(),
            many => format!("{many} rows give"),
        };
        let message = format!("{lack} no {}: derived by C = 6 N D", role.words());
        Some(Warning::new("runs.derived", message))
    }

    /// Columns in which every amount looks like one without its scale.
    fn slip_warnings(&self) -> Vec<Warning> {
        let Ok(reader) = &self.reader else { return Vec::new() };
        let slip = |source: &Source| {
            let holding = (0..self.rows()).filter(|row| source.holds(&self.grid, *row));
            let mut slips = holding.map(|row| source.slip(&self.grid, row));
            let first = slips.next()??;
            slips.all(|slip| slip.is_some()).then(|| {
                let message = format!("column \"{}\": {first}", source.name);
                Warning::new("runs.likely_slip", message)
            })
        };
        reader.sources().filter_map(slip).collect()
    }

    fn loss_unit_warning(&self) -> Option<Warning> {
        let column = self.column(Role::Loss).filter(|_| self.losses.is_none())?;
        let name = self.grid.names.get(column).filter(|name| is_other_loss_unit(name))?;
        let message = format!("column \"{name}\" is taken as nats per token, and its name says otherwise");
        Some(Warning::new("runs.loss_unit", message))
    }
}

/// Whether a column holds an amount of a role in any row.
fn holds(grid: &Grid, layout: Layout, column: usize, role: Role) -> bool {
    let source = Source::new(column, &grid.names[column], role, layout.decimal);
    source.is_some_and(|source| (0..grid.rows()).any(|row| source.holds(grid, row)))
}
