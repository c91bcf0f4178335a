//! One training run, read from the cells of a row.

use super::Role;
use super::grid::Grid;
use super::header::split_unit;
use crate::num::decimal;
use crate::units::{Decimal, Expected, Slip, TextFault, Unit, UnitError, ascii, read};

/// One training run that can be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Its size N, in parameters.
    pub params: f64,
    /// The tokens D it was trained on.
    pub tokens: f64,
    /// The FLOPs C of its training.
    pub flops: f64,
    /// Its loss L.
    pub loss: f64,
    /// Which of size, tokens and FLOPs was not given, and follows from C = 6 N D.
    pub derived: Option<Role>,
}

/// Completes size, tokens and FLOPs by C = 6 N D; `None` unless two are given.
///
/// The last is the one that was derived, if any.
pub(super) fn complete(given: [Option<f64>; 3]) -> Option<([f64; 3], Option<Role>)> {
    match given {
        [Some(n), Some(d), Some(c)] => Some(([n, d, c], None)),
        [Some(n), Some(d), None] => Some(([n, d, 6.0 * n * d], Some(Role::Flops))),
        [Some(n), None, Some(c)] => Some(([n, c / (6.0 * n), c], Some(Role::Tokens))),
        [None, Some(d), Some(c)] => Some(([c / (6.0 * d), d, c], Some(Role::Params))),
        _ => None,
    }
}

/// What is wrong with a row, and in which column.
pub(super) type Fault = (String, UnitError);

/// Refuses a derived amount that is out of range.
pub(super) fn check_derived(three: [f64; 3], derived: Option<Role>) -> Result<(), Fault> {
    let (value, column, expected) = match derived {
        Some(role @ Role::Params) => (three[0], "size, derived as C / (6 D)", role.expected()),
        Some(role @ Role::Tokens) => (three[1], "tokens, derived as C / (6 N)", role.expected()),
        Some(role @ Role::Flops) => (three[2], "FLOPs, derived as 6 N D", role.expected()),
        _ => return Ok(()),
    };
    let checked = expected.map_or(Ok(value), |expected| expected.check(value, &ascii(value)));
    checked.map(|_| ()).map_err(|problem| (column.to_owned(), problem))
}

/// A column that is read.
#[derive(Clone)]
pub(super) struct Source {
    pub column: usize,
    pub name: String,
    expected: Expected,
    /// A scale or unit that the header gives to every cell, as in `Size (B)`.
    unit: Option<String>,
    /// How its cells are read, where the grammar of units does not do.
    other: Option<Other>,
}

/// Another way of reading a cell: losses are brought to nats per token so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Other {
    /// What the cells hold.
    pub unit: Unit,
    /// Reads a cell, in the layout of what is expected, with this factor.
    pub read: fn(&str, Expected, f64) -> Result<f64, UnitError>,
    /// The factor.
    pub factor: f64,
    /// Whether a difference is relative to the amount, as it is of logarithms.
    pub relative: bool,
}

impl Source {
    /// A column of a role that holds amounts.
    pub fn new(column: usize, name: &str, role: Role, decimal: Decimal) -> Option<Self> {
        Some(Self::of(column, name, role.expected()?.decimal(decimal)))
    }

    /// A column of such amounts.
    pub fn of(column: usize, name: &str, expected: Expected) -> Self {
        let holds = |unit: &&str| read(&format!("1 {unit}"), expected).is_ok();
        let unit = split_unit(name).1.filter(holds).map(str::to_owned);
        Self { column, name: name.to_owned(), expected, unit, other: None }
    }

    /// The same with a scale for every cell, unless its name gives one.
    #[must_use]
    pub fn scaled(self, scale: Option<&str>) -> Self {
        let unit = self.unit.or_else(|| scale.map(str::to_owned));
        Self { unit, ..self }
    }

    /// The same, its cells read in another way.
    #[must_use]
    pub fn read_by(self, other: Option<Other>) -> Self {
        Self { other, ..self }
    }

    /// The amount in this column, or nothing where the cell says that there is none.
    pub fn amount(&self, grid: &Grid, row: usize) -> Result<Option<f64>, Fault> {
        let cell = grid.cell(row, self.column).trim();
        if is_missing(cell) {
            return Ok(None);
        }
        if let Some(Other { read, factor, .. }) = self.other {
            let amount = read(cell, self.expected, factor);
            return amount.map(Some).map_err(|problem| (self.name.clone(), problem));
        }
        if let Some(amount) = self.digits(cell) {
            return Ok(Some(amount));
        }
        let scaled = self.unit.as_ref().and_then(|unit| read(&format!("{cell} {unit}"), self.expected).ok());
        let read = scaled.map_or_else(|| read(cell, self.expected), Ok);
        read.map(|read| Some(read.value)).map_err(|problem| (self.name.clone(), problem))
    }

    /// The amount in a cell of bare digits, as most are: the grammar reads the same, slower.
    fn digits(&self, cell: &str) -> Option<f64> {
        let bare = self.unit.is_none() && self.expected.decimal == Decimal::Point;
        let amount = if bare { decimal(cell)? } else { return None };
        (amount.is_finite() && amount > 0.0).then_some(amount)
    }

    /// Whether the cell holds an amount.
    pub fn holds(&self, grid: &Grid, row: usize) -> bool {
        matches!(self.amount(grid, row), Ok(Some(_)))
    }

    /// What was probably meant by the cell, if it looks like a slip.
    pub fn slip(&self, grid: &Grid, row: usize) -> Option<Slip> {
        let cell = grid.get(row, self.column).filter(|_| self.unit.is_none())?;
        read(cell, self.expected).ok()?.slip
    }

    /// The fault of a cell that is empty where an amount is needed.
    fn nothing(&self) -> Fault {
        let unit = self.other.map_or(self.expected.unit, |other| other.unit);
        let problem = UnitError::Text {
            expected: Expected { unit, ..self.expected },
            given: String::new(),
            found: String::new(),
            position: 0,
            fault: TextFault::Empty,
        };
        (self.name.clone(), problem)
    }
}

/// Whether a cell says that there is no value.
pub(super) fn is_missing(cell: &str) -> bool {
    let words = ["", "na", "n/a", "null", "none", "-", "–", "—"];
    words.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Reads runs from the columns that have a role.
#[derive(Clone)]
pub(super) struct Reader {
    /// The columns of size, tokens and FLOPs; at least two are there.
    three: [Option<Source>; 3],
    loss: Source,
    /// Columns of which the tokens are the product, with a factor, where no column has them: steps and tokens per step.
    steps: (Vec<Source>, f64),
    /// Columns that every run needs a number in besides: its weight, its noise.
    beside: Vec<Source>,
}

impl Reader {
    /// The reader of these columns, or the roles that are missing: a run needs its loss, and two of size,
    /// tokens and FLOPs.
    pub fn new(
        three: [Option<Source>; 3],
        loss: Option<Source>,
        steps: (Vec<Source>, f64),
        beside: Vec<Source>,
    ) -> Result<Self, Vec<Role>> {
        let roles = [Role::Params, Role::Tokens, Role::Flops];
        let absent = three
            .iter()
            .zip(roles)
            .filter(|(source, role)| source.is_none() && (*role != Role::Tokens || steps.0.is_empty()));
        let absent = absent.map(|(_, role)| role);
        let mut missing: Vec<Role> = absent.collect();
        if missing.len() < 2 {
            missing.clear();
        }
        match loss {
            Some(loss) if missing.is_empty() => Ok(Self { three, loss, steps, beside }),
            Some(_) => Err(missing),
            None => Err([Role::Loss].into_iter().chain(missing).collect()),
        }
    }

    /// The columns that are read.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.three.iter().flatten().chain([&self.loss])
    }

    /// The run in a row, or the column at fault and why.
    pub fn run(&self, grid: &Grid, row: usize) -> Result<Run, Fault> {
        let mut given = [None; 3];
        for (amount, source) in given.iter_mut().zip(&self.three) {
            *amount = source.as_ref().map_or(Ok(None), |source| source.amount(grid, row))?;
        }
        if given[1].is_none() && !self.steps.0.is_empty() {
            given[1] = self.by_steps(grid, row)?;
        }
        let loss = self.loss.amount(grid, row)?.ok_or_else(|| self.loss.nothing())?;
        let Some((three, derived)) = complete(given) else {
            let mut empty = self.three.iter().zip(given).filter(|(_, amount)| amount.is_none());
            let empty = empty.find_map(|(source, _)| source.as_ref()).or_else(|| self.steps.0.first());
            return Err(empty.unwrap_or(&self.loss).nothing());
        };
        check_derived(three, derived)?;
        for source in &self.beside {
            source.amount(grid, row)?.ok_or_else(|| source.nothing())?;
        }
        let [params, tokens, flops] = three;
        Ok(Run { params, tokens, flops, loss, derived })
    }

    /// The tokens as steps times tokens per step.
    fn by_steps(&self, grid: &Grid, row: usize) -> Result<Option<f64>, Fault> {
        let (sources, mut tokens) = (&self.steps.0, self.steps.1);
        for source in sources {
            match source.amount(grid, row)? {
                Some(amount) => tokens *= amount,
                None => return Ok(None),
            }
        }
        Ok(Some(tokens))
    }
}
