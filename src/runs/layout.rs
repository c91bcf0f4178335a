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
    /// Spaces, as tools that align columns print.
    Space,
    /// A bar, as in Markdown.
    Bar,
    /// None: named values.
    Json,
}

impl Delimiter {
    /// Those of one byte between cells, the rarer in text first.
    const BYTES: [Self; 3] = [Self::Tab, Self::Semicolon, Self::Comma];

    /// The separating byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Semicolon => b';',
            Self::Comma | Self::Json => b',',
            Self::Space => b' ',
            Self::Bar => b'|',
        }
    }

    /// In words, such as `comma-separated`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Tab => "tab-separated",
            Self::Semicolon => "semicolon-separated",
            Self::Comma => "comma-separated",
            Self::Space => "space-separated",
            Self::Bar => "separated by bars",
            Self::Json => "JSON",
        }
    }

    /// The delimiter of a text: the first that cuts its first lines into equally many cells, else the one
    /// that cuts the first line into most.
    pub(super) fn of(text: &str) -> Self {
        const LINES: usize = 16;
        let lines = text.split(['\n', '\r']);
        let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).take(LINES).collect();
        let cells = |delimiter: Self| lines.iter().map(move |line| cells(line, delimiter.byte()));
        let even = Self::BYTES.into_iter().find(|delimiter| {
            let first = cells(*delimiter).next().unwrap_or(1);
            first > 1 && cells(*delimiter).all(|count| count == first)
        });
        even.unwrap_or_else(|| {
            let most = |best: Self, next: Self| {
                if cells(next).next() > cells(best).next() { next } else { best }
            };
            Self::BYTES.into_iter().reduce(most).unwrap_or(Self::Comma)
        })
    }
}

/// How many cells a line has, delimiters in quotes not counted.
pub(super) fn cells(line: &str, delimiter: u8) -> usize {
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
    /// How it writes decimals.
    pub decimal: Decimal,
    /// Whether its first row names the columns.
    pub header: bool,
}

/// Which decimal sign the cells of a table are written with.
///
/// The one that more cells can only be read with; where every cell of a semicolon-separated table could be read
/// with either, a comma is the decimal sign if there is one.
pub(super) fn decimal_of<'a>(cells: impl Iterator<Item = &'a str>, delimiter: Delimiter) -> Decimal {
    let (mut commas, mut points, mut unclear) = (0_usize, 0_usize, false);
    for cell in cells
        .map(str::trim)
        .filter(|cell| cell.starts_with(['+', '-', '−', '.', ',']) || starts_with_digit(cell))
    {
        commas += usize::from(is_decimal(cell, ',', '.'));
        points += usize::from(is_decimal(cell, '.', ',') || cell.matches(',').count() > 1);
        unclear |= cell.contains(',');
    }
    let open = commas == points && points == 0 && unclear;
    let comma = commas > points || (open && delimiter == Delimiter::Semicolon);
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
