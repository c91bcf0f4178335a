//! A chart as a table, and as a CSV file with every digit.

use crate::units;

use super::chart::{Chart, Kind, Track};
use super::mark::{Line, Mark};
use super::number::Format;

/// The numbers of a chart as a reader wants them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the table holds: the question of the chart.
    pub caption: String,
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows, as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// One value of a row, and the interval that encloses it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    value: f64,
    interval: Option<(f64, f64)>,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    format: Format,
    /// The level of its band, if it has one anywhere.
    level: Option<String>,
}

#[derive(Clone, Debug)]
struct Row {
    track: String,
    title: String,
    cells: Vec<Option<Cell>>,
}

/// Rows of numbers: what both the table and the file print.
struct Grid {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

impl Chart {
    /// The numbers of the chart, formatted: the plan, then lines, then dots.
    ///
    /// Marks of one name that share their abscissas share their rows.
    pub fn table(&self) -> Table {
        let grid = Grid::of(self);
        let mut head = vec![String::new()];
        for column in &grid.columns {
            head.push(column.name.clone());
            head.extend(column.level.clone());
        }
        let rows = grid.rows.iter().map(|row| grid.print(row)).collect();
        Table { caption: self.title.clone(), head, rows }
    }

    /// The same numbers, contours too, with every digit, in plain ASCII with `.` as point.
    pub fn csv(&self) -> String {
        let mut grid = Grid::of(self);
        for mark in &self.marks {
            if let Mark::Line(line) = mark
                && !line.read
            {
                grid.add(self, &plain(line));
            }
        }
        let mut file = grid.csv_head();
        grid.rows.iter().for_each(|row| file.push_str(&grid.csv_row(row)));
        file
    }
}

/// A line that is not read, as a track for the file.
fn plain(line: &Line) -> Track<'_> {
    Track {
        name: &line.name,
        column: &line.column,
        points: &line.points,
        extra: line.extra.as_ref(),
        names: &[],
        kind: Kind::Line,
    }
}

impl Grid {
    fn of(chart: &Chart) -> Self {
        let x = Column { name: chart.x.name.clone(), format: chart.x.reads, level: None };
        let mut grid = Self { columns: vec![x], rows: Vec::new() };
        let tracks = chart.tracks();
        // Columns of axes before those without.
        for track in &tracks {
            grid.column(column_of(chart, track), chart.y.reads);
        }
        for track in &tracks {
            grid.add(chart, track);
        }
        grid
    }

    fn column(&mut self, name: &str, format: Format) -> usize {
        let found = self.columns.iter().position(|column| column.name == name);
        found.unwrap_or_else(|| {
            self.columns.push(Column { name: name.to_owned(), format, level: None });
            self.columns.len() - 1
        })
    }

    fn add(&mut self, chart: &Chart, track: &Track) {
        let y_column = self.column(column_of(chart, track), chart.y.reads);
        let extra_column = track.extra.map(|extra| self.column(&extra.column, extra.format));
        let base = self.rows.iter().position(|row| row.track == track.name);
        for (index, (x, y)) in track.points.iter().enumerate() {
            let interval = chart.interval(track, index).map(|(lower, upper, level)| {
                self.columns[y_column].level = Some(level.to_owned());
                (lower, upper)
            });
            let row =
                self.row(base.map(|base| base + index), track.title_of(index), track.name, *x, y_column);
            self.set(row, y_column, *y, interval);
            let value = track.extra.and_then(|extra| extra.values.get(index));
            if let (Some(column), Some(value)) = (extra_column, value) {
                self.set(row, column, *value, None);
            }
        }
    }

    /// The row of a sister mark at the same abscissa, or a new one.
    fn row(&mut self, sister: Option<usize>, title: String, track: &str, x: f64, column: usize) -> usize {
        let fits = |row: &Row| {
            row.track == track
                && row.cells.get(column).copied().flatten().is_none()
                && row.cells[0].is_some_and(|cell| cell.value == x)
        };
        if let Some(sister) = sister.filter(|i| self.rows.get(*i).is_some_and(fits)) {
            return sister;
        }
        let cells = vec![Some(Cell { value: x, interval: None })];
        self.rows.push(Row { track: track.to_owned(), title, cells });
        self.rows.len() - 1
    }

    fn set(&mut self, row: usize, column: usize, value: f64, interval: Option<(f64, f64)>) {
        let cells = &mut self.rows[row].cells;
        if cells.len() <= column {
            cells.resize(column + 1, None);
        }
        cells[column] = Some(Cell { value, interval });
    }

    fn print(&self, row: &Row) -> Vec<String> {
        let mut printed = vec![row.title.clone()];
        for (i, column) in self.columns.iter().enumerate() {
            let cell = row.cells.get(i).copied().flatten().filter(|cell| cell.value.is_finite());
            printed.push(cell.map_or(String::new(), |cell| column.format.value(cell.value)));
            if column.level.is_some() {
                let interval = cell.and_then(|cell| Some((cell.value, cell.interval?)));
                printed.push(interval.map_or(String::new(), |(value, (lower, upper))| {
                    column.format.interval(value, lower, upper)
                }));
            }
        }
        printed
    }

    fn csv_head(&self) -> String {
        let mut head = vec!["mark".to_owned()];
        for column in &self.columns {
            head.push(quote(&column.name));
            if let Some(level) = &column.level {
                head.push(quote(&format!("{} {level} lower", column.name)));
                head.push(quote(&format!("{} {level} upper", column.name)));
            }
        }
        ascii(&head.join(",")) + "\n"
    }

    fn csv_row(&self, row: &Row) -> String {
        let mut fields = vec![quote(&row.title)];
        for (i, column) in self.columns.iter().enumerate() {
            let cell = row.cells.get(i).copied().flatten();
            fields.push(cell.map_or(String::new(), |cell| digits(cell.value)));
            if column.level.is_some() {
                let (lower, upper) = cell.and_then(|cell| cell.interval).unzip();
                fields.push(lower.map_or(String::new(), digits));
                fields.push(upper.map_or(String::new(), digits));
            }
        }
        ascii(&fields.join(",")) + "\n"
    }
}

fn column_of<'a>(chart: &'a Chart, track: &Track<'a>) -> &'a str {
    if track.column.is_empty() { &chart.y.name } else { track.column }
}

/// Every digit; nothing for what is no number.
fn digits(x: f64) -> String {
    if x.is_finite() { units::ascii(x) } else { String::new() }
}

fn quote(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

fn ascii(line: &str) -> String {
    line.replace(['\u{a0}', '\u{202f}'], " ").replace('−', "-")
}
