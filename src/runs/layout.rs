//! How the text of a table is laid out: what separates its cells, and how it writes decimals.

use crate::units::Decimal;

/// What separates the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// A tab, as a spreadsheet copies.
    Tab,
    /// A semicolon, as a spreadsheet writes where the decimal sign is a comma.
    Semicolon,
    /// A comma.
    Comma,
}

impl Delimiter {
    /// All, the rarer in text first.
    const ALL: [Self; 3] = [Self::Tab, Self::Semicolon, Self::Comma];

    /// The separating byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Semicolon => b';',
            Self::Comma => b',',
        }
    }

    /// In words, such as `comma-separated`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Tab => "tab-separated",
            Self::Semicolon => "semicolon-separated",
            Self::Comma => "comma-separated",
        }
    }

    /// The delimiter of a text: the first that cuts its first lines into equally many cells, else the one
    /// that cuts the first line into most.
    pub(super) fn of(text: &str) -> Self {
        const LINES: usize = 16;
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
        let cells = |delimiter: Self| lines.iter().map(move |line| cells(line, delimiter.byte()));
        let even = Self::ALL.into_iter().find(|delimiter| {
            let first = cells(*delimiter).next().unwrap_or(1);
            first > 1 && cells(*delimiter).all(|count| count == first)
        });
        even.unwrap_or_else(|| {
            let most = |best: Self, next: Self| {
                if cells(next).next() > cells(best).next() { next } else { best }
            };
            Self::ALL.into_iter().reduce(most).unwrap_or(Self::Comma)
        })
    }
}

/// How many cells a line has, delimiters in quotes not counted.
fn cells(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    let mut count = 1;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        count += usize::from(byte == delimiter && !quoted);
    }
    count
}

/// How a table was laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What separates its cells.
    pub delimiter: Delimiter,
    /// How it writes decimals. A comma only in a semicolon-separated table.
    pub decimal: Decimal,
    /// Whether its first row names the columns.
    pub header: bool,
}

/// Which decimal sign the cells of a semicolon-separated table are written with.
///
/// The one that more cells can only be read with; where every cell could be read with either, a comma is
/// the decimal sign if there is one.
pub(super) fn decimal_of<'a>(cells: impl Iterator<Item = &'a str>) -> Decimal {
    let (mut commas, mut points, mut unclear) = (0_usize, 0_usize, false);
    for cell in cells
        .map(str::trim)
        .filter(|cell| cell.starts_with(['+', '-', '−', '.', ',']) || starts_with_digit(cell))
    {
        commas += usize::from(is_decimal(cell, ',', '.'));
        points += usize::from(is_decimal(cell, '.', ','));
        unclear |= cell.contains(',');
    }
    let comma = commas > points || (commas == points && points == 0 && unclear);
    if comma { Decimal::Comma } else { Decimal::Point }
}

fn starts_with_digit(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether `mark` can only be the decimal sign of a cell: it comes last, once, and is not followed by
/// exactly three digits unless the other mark stands before it.
fn is_decimal(cell: &str, mark: char, other: char) -> bool {
    let Some((before, after)) = cell.split_once(mark) else { return false };
    let digits = after.chars().take_while(char::is_ascii_digit).count();
    let clear = digits != 3 || before.contains(other) || before.trim_start_matches(['+', '-', '−']) == "0";
    clear && digits > 0 && !after.contains(mark) && !after.contains(other)
}
