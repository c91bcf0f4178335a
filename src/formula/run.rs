//! Evaluating a [`Program`]: columns in, columns out, a chunk of rows at a time.

use std::ops::Range;

use super::kernel::{self, Operand};
#[cfg(feature = "fit")]
use super::schedule::Operation;
use super::schedule::{Instruction, Place, Schedule, Solving, Work};
#[cfg(feature = "fit")]
use super::written::Written;
use super::{Order, Program};
use crate::num::roots::Search;

/// Rows computed together: enough to forget the cost of dispatch, few enough to stay in the first cache.
const CHUNK: usize = 256;

/// A [`Program`] with its data. Calls allocate nothing.
#[derive(Clone, Debug)]
pub struct Bound<'a> {
    program: &'a Program,
    inputs: Vec<&'a [f64]>,
    data: Vec<Vec<f64>>,
    registers: Vec<f64>,
    buffers: Vec<Vec<f64>>,
    /// One for each row of a chunk, where something is solved; `None` where there is nothing to find.
    searches: Vec<Option<Search>>,
}

/// The outputs for some of the rows, all of one length.
pub struct Chunk<'a> {
    rows: Range<usize>,
    outputs: &'a [Place],
    first: usize,
    sources: Sources<'a>,
}

/// Everything that a [`Place`] can point into.
#[derive(Clone, Copy)]
struct Sources<'a> {
    inputs: &'a [&'a [f64]],
    data: &'a [Vec<f64>],
    scalars: &'a [f64],
    registers: &'a [f64],
    columns: &'a [&'a [f64]],
    buffers: &'a [Vec<f64>],
}

impl<'a> Bound<'a> {
    pub(super) fn new(program: &'a Program, inputs: &[&'a [f64]]) -> Self {
        assert_eq!(inputs.len(), program.data.inputs(), "the columns that the program was compiled for");
        let rows = inputs.first().map_or(1, |column| column.len());
        assert!(inputs.iter().all(|column| column.len() == rows), "columns of one length");
        let schedules = || program.schedules.iter().chain([&program.conditions]);
        let registers = schedules().map(|schedule| schedule.registers).max().unwrap_or(0);
        let buffers = schedules().map(|schedule| schedule.buffers).max().unwrap_or(0);
        let room = if program.data.has_columns() { CHUNK } else { 1 };
        let mut bound = Self {
            program,
            inputs: inputs.to_vec(),
            data: Vec::new(),
            registers: vec![0.0; registers],
            buffers: vec![vec![0.0; room]; buffers],
            searches: vec![None; if schedules().any(Schedule::solves) { room } else { 0 }],
        };
        for instruction in &program.data.instructions {
            let mut column = vec![0.0; rows];
            let sources = bound.sources(&[], &[]);
            kernel::run(&instruction.operation, &program.tables, &mut column, |place| {
                sources.operand(place, 0..rows)
            });
            bound.data.push(column);
        }
        bound
    }

    /// Computes every row at `scalars` and `columns`, with derivatives up to `order`, and hands the
    /// results to `visit` chunk by chunk, in order.
    ///
    /// There are as many rows as the data or, without data, the columns have; without either, one.
    ///
    /// # Panics
    /// If the program was compiled for a lower order, or for more scalars or columns.
    pub fn each(&mut self, order: Order, scalars: &[f64], columns: &[&[f64]], visit: impl FnMut(&Chunk)) {
        let rows = 0..self.count(columns);
        self.among(rows, order, scalars, columns, visit);
    }

    /// Computes some of the rows as [`Bound::each`] computes all.
    ///
    /// # Panics
    /// If there are fewer rows, and as [`Bound::each`].
    pub fn among(
        &mut self,
        rows: Range<usize>,
        order: Order,
        scalars: &[f64],
        columns: &[&[f64]],
        visit: impl FnMut(&Chunk),
    ) {
        let schedule = &self.program.schedules[order as usize];
        self.run(schedule, rows, scalars, columns, visit);
    }

    /// The value of every row, into `values`.
    ///
    /// # Panics
    /// If `values` is shorter than the rows, and as [`Bound::each`].
    pub fn values(&mut self, scalars: &[f64], columns: &[&[f64]], values: &mut [f64]) {
        self.each(Order::Value, scalars, columns, |chunk| {
            values[chunk.rows()].copy_from_slice(chunk.value());
        });
    }

    /// Computes every row as [`Bound::each`] does, each output into a column of its own.
    #[cfg(feature = "fit")]
    pub(super) fn write(
        &mut self,
        written: &Written,
        scalars: &[f64],
        columns: &[&[f64]],
        to: &mut [&mut [f64]],
    ) {
        self.scalars(&self.program.schedules[Order::Value as usize], scalars);
        let all = self.count(columns);
        let chunk = if written.is_single() { all.max(1) } else { CHUNK };
        for start in (0..all).step_by(chunk) {
            let rows = start..all.min(start + chunk);
            for (work, output) in &written.steps {
                match work {
                    Work::Compute(instruction) => {
                        self.step(instruction, *output, scalars, columns, &rows, to);
                    }
                    Work::Solve(solving) => self.solve_rows(solving, scalars, columns, &rows),
                }
            }
            for (output, place) in &written.copied {
                let fill = Instruction { operation: Operation::Fill(*place), to: 0 };
                self.step(&fill, Some(*output), scalars, columns, &rows, to);
            }
        }
    }

    /// Runs an instruction into an output, or into its buffer.
    #[cfg(feature = "fit")]
    fn step(
        &mut self,
        Instruction { operation, to }: &Instruction,
        output: Option<usize>,
        scalars: &[f64],
        columns: &[&[f64]],
        rows: &Range<usize>,
        outputs: &mut [&mut [f64]],
    ) {
        // Taken out while it is written, so that the others can be read.
        let mut column = output.map(|output| std::mem::take(&mut outputs[output]));
        let mut buffer = output.map_or_else(|| std::mem::take(&mut self.buffers[*to]), |_| Vec::new());
        let into = column.as_mut().map_or(&mut buffer[..], |column| &mut column[rows.clone()]);
        let sources = self.sources(scalars, columns);
        kernel::run(operation, &self.program.tables, &mut into[..rows.len()], |place| match place {
            Place::Output(output) => Operand::Column(&outputs[output][rows.clone()]),
            _ => sources.operand(place, rows.clone()),
        });
        match (output, column) {
            (Some(output), Some(column)) => outputs[output] = column,
            _ => self.buffers[*to] = buffer,
        }
    }

    /// For each `where` condition of the formula, the first row that breaks it.
    pub fn broken(&mut self, scalars: &[f64], columns: &[&[f64]]) -> Vec<Option<usize>> {
        let comparisons = &self.program.comparisons;
        let mut broken: Vec<Option<usize>> = vec![None; self.program.conditions_of_text];
        let all = 0..self.count(columns);
        self.run(&self.program.conditions, all, scalars, columns, |chunk| {
            for (i, &(condition, comparison)) in comparisons.iter().enumerate() {
                let (left, right) = (chunk.output(2 * i), chunk.output(2 * i + 1));
                let row = (0..left.len()).find(|&row| !comparison.holds(left[row], right[row]));
                let row = row.map(|row| chunk.rows.start + row);
                broken[condition] = broken[condition].into_iter().chain(row).min();
            }
        });
        broken
    }

    /// Takes from `holds` the rows that break a `where` condition of the formula.
    pub fn keep(&mut self, scalars: &[f64], columns: &[&[f64]], holds: &mut [bool]) {
        let comparisons = &self.program.comparisons;
        let all = 0..self.count(columns);
        self.run(&self.program.conditions, all, scalars, columns, |chunk| {
            for (i, (_, comparison)) in comparisons.iter().enumerate() {
                let (left, right) = (chunk.output(2 * i), chunk.output(2 * i + 1));
                for (row, holds) in holds[chunk.rows()].iter_mut().enumerate() {
                    *holds &= comparison.holds(left[row], right[row]);
                }
            }
        });
    }

    fn run(
        &mut self,
        schedule: &Schedule,
        all: Range<usize>,
        scalars: &[f64],
        columns: &[&[f64]],
        mut visit: impl FnMut(&Chunk),
    ) {
        self.scalars(schedule, scalars);
        for start in all.clone().step_by(CHUNK) {
            let rows = start..all.end.min(start + CHUNK);
            for work in &schedule.rows {
                self.work(work, scalars, columns, &rows);
            }
            let sources = self.sources(scalars, columns);
            visit(&Chunk { rows, outputs: &schedule.outputs, first: self.program.wrt(), sources });
        }
    }

    /// How many rows there are.
    #[inline]
    fn count(&self, columns: &[&[f64]]) -> usize {
        self.inputs.iter().chain(columns).map(|column| column.len()).next().unwrap_or(1)
    }

    #[inline]
    fn scalars(&mut self, schedule: &Schedule, scalars: &[f64]) {
        for work in &schedule.scalars {
            match work {
                Work::Compute(instruction) => self.scalar(instruction, scalars),
                Work::Solve(solving) => self.solve_scalar(solving, scalars),
            }
        }
    }

    #[inline]
    fn work(&mut self, work: &Work, scalars: &[f64], columns: &[&[f64]], rows: &Range<usize>) {
        match work {
            Work::Compute(instruction) => self.rows(instruction, scalars, columns, rows),
            Work::Solve(solving) => self.solve_rows(solving, scalars, columns, rows),
        }
    }

    #[inline]
    fn scalar(&mut self, instruction: &Instruction, scalars: &[f64]) {
        let sources = self.sources(scalars, &[]);
        self.registers[instruction.to] =
            kernel::scalar(&instruction.operation, &self.program.tables, |place| sources.scalar(place));
    }

    #[inline]
    fn rows(&mut self, instruction: &Instruction, scalars: &[f64], columns: &[&[f64]], rows: &Range<usize>) {
        // Taken out while it is written, so that the others can be read.
        let mut to = std::mem::take(&mut self.buffers[instruction.to]);
        let sources = self.sources(scalars, columns);
        kernel::run(&instruction.operation, &self.program.tables, &mut to[..rows.len()], |place| {
            sources.operand(place, rows.clone())
        });
        self.buffers[instruction.to] = to;
    }

    fn solve_scalar(&mut self, solving: &Solving, scalars: &[f64]) {
        let at = |bound: &Self, place| bound.sources(scalars, &[]).scalar(place);
        let mut search = Search::new(at(self, solving.low), at(self, solving.high), f64::NAN).ok();
        while let Some(x) = search.as_ref().and_then(Search::point) {
            self.registers[solving.unknown] = x;
            solving.equation.iter().for_each(|instruction| self.scalar(instruction, scalars));
            let (value, slope) = (at(self, solving.value), at(self, solving.slope));
            search = told(search, value, slope);
        }
        self.registers[solving.to] = found(search);
    }

    /// All rows take their steps together; each takes those that it would take alone.
    fn solve_rows(&mut self, solving: &Solving, scalars: &[f64], columns: &[&[f64]], rows: &Range<usize>) {
        let mut searches = std::mem::take(&mut self.searches);
        let both = |bound: &Self, [a, b]: [Place; 2], row: usize| {
            let sources = bound.sources(scalars, columns);
            [a, b].map(|place| sources.operand(place, rows.clone()).at(row))
        };
        for (row, search) in searches[..rows.len()].iter_mut().enumerate() {
            let [low, high] = both(self, [solving.low, solving.high], row);
            *search = Search::new(low, high, f64::NAN).ok();
        }
        loop {
            let mut open = false;
            for (x, search) in self.buffers[solving.unknown].iter_mut().zip(&searches[..rows.len()]) {
                if let Some(point) = search.as_ref().and_then(Search::point) {
                    (*x, open) = (point, true);
                }
            }
            if !open {
                break;
            }
            for instruction in &solving.equation {
                self.rows(instruction, scalars, columns, rows);
            }
            for (row, search) in searches[..rows.len()].iter_mut().enumerate() {
                let [value, slope] = both(self, [solving.value, solving.slope], row);
                *search = told(*search, value, slope);
            }
        }
        for (x, search) in self.buffers[solving.to].iter_mut().zip(&searches[..rows.len()]) {
            *x = found(*search);
        }
        self.searches = searches;
    }

    fn sources<'s>(&'s self, scalars: &'s [f64], columns: &'s [&'s [f64]]) -> Sources<'s> {
        Sources {
            inputs: &self.inputs,
            data: &self.data,
            scalars,
            registers: &self.registers,
            columns,
            buffers: &self.buffers,
        }
    }
}

/// The search a step further, if it has one to take; `None` if it fails.
fn told(search: Option<Search>, value: f64, slope: f64) -> Option<Search> {
    let mut search = search?;
    if search.point().is_some() {
        search.tell(value, slope).ok()?;
    }
    Some(search)
}

fn found(search: Option<Search>) -> f64 {
    search.map_or(f64::NAN, |search| search.root().x)
}

impl Chunk<'_> {
    /// Which rows these are.
    pub fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }

    /// The value of the formula.
    pub fn value(&self) -> &[f64] {
        self.output(0)
    }

    /// The derivative by the k-th of `wrt`.
    pub fn first(&self, k: usize) -> &[f64] {
        self.output(1 + k)
    }

    /// The second derivative by the i-th of [`Program::pairs`].
    pub fn second(&self, i: usize) -> &[f64] {
        self.output(1 + self.first + i)
    }

    fn output(&self, i: usize) -> &[f64] {
        match self.sources.operand(self.outputs[i], self.rows.clone()) {
            Operand::Column(column) => column,
            Operand::Scalar(_) => unreachable!("outputs are spread over columns"),
        }
    }
}

impl<'a> Sources<'a> {
    fn operand(&self, place: Place, rows: Range<usize>) -> Operand<'a> {
        match place {
            Place::Input(i) => Operand::Column(&self.inputs[i][rows]),
            Place::Data(i) => Operand::Column(&self.data[i][rows]),
            Place::Column(i) => Operand::Column(&self.columns[i][rows]),
            Place::Buffer(i) => Operand::Column(&self.buffers[i][..rows.len()]),
            _ => Operand::Scalar(self.scalar(place)),
        }
    }

    fn scalar(&self, place: Place) -> f64 {
        match place {
            Place::Constant(value) => value,
            Place::Scalar(i) => self.scalars[i],
            Place::Register(i) => self.registers[i],
            Place::Input(_) | Place::Data(_) | Place::Column(_) | Place::Buffer(_) => {
                unreachable!("a scalar depends on scalars only")
            }
            #[cfg(feature = "fit")]
            Place::Output(_) => unreachable!("outputs are found by who writes them"),
        }
    }
}
