//! The units that people give losses in, and how each is brought to nats per token.

use std::f64::consts::LN_2;

use super::header::split_unit;
use super::row::Other;
use super::{Role, Table};
use crate::num::ln;
use crate::outcome::Warning;
use crate::units::{Expected, Sign, TextFault, Unit, UnitError, ascii, read};

/// A unit that losses are given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossUnit {
    /// Nats per token: ln of the perplexity.
    #[default]
    Nats,
    /// Bits per token.
    Bits,
    /// Bits per byte of text, which become nats per token by the bytes of a token.
    BitsPerByte,
    /// The perplexity per token.
    Perplexity,
}

/// What stands behind a number, in lower case, and the unit it names.
const NAMES: [(&str, LossUnit); 19] = [
    ("nats/token", LossUnit::Nats),
    ("nats per token", LossUnit::Nats),
    ("nat/token", LossUnit::Nats),
    ("nats", LossUnit::Nats),
    ("nat", LossUnit::Nats),
    ("bits/token", LossUnit::Bits),
    ("bits per token", LossUnit::Bits),
    ("bit/token", LossUnit::Bits),
    ("bpt", LossUnit::Bits),
    ("bits", LossUnit::Bits),
    ("bit", LossUnit::Bits),
    ("bits/byte", LossUnit::BitsPerByte),
    ("bits per byte", LossUnit::BitsPerByte),
    ("bit/byte", LossUnit::BitsPerByte),
    ("bits-per-byte", LossUnit::BitsPerByte),
    ("bpb", LossUnit::BitsPerByte),
    ("perplexity", LossUnit::Perplexity),
    ("ppl", LossUnit::Perplexity),
    ("pplx", LossUnit::Perplexity),
];

impl LossUnit {
    /// Every unit, in the order in which a page offers them.
    pub const ALL: [Self; 4] = [Self::Nats, Self::Bits, Self::BitsPerByte, Self::Perplexity];

    /// The unit that losses stand in once they are read ([`Table::read_loss_as`]).
    pub const fn kept(self, bytes_per_token: Option<f64>) -> Unit {
        match (self, bytes_per_token) {
            (Self::BitsPerByte, None) => Unit::BitsPerByte,
            _ => Unit::NatsPerToken,
        }
    }

    /// In a sentence, such as `bits per byte`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Nats => "nats per token",
            Self::Bits => "bits per token",
            Self::BitsPerByte => "bits per byte",
            Self::Perplexity => "perplexity",
        }
    }

    /// The unit that a text names, such as `bpb`.
    pub fn named(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        NAMES.iter().find(|(name, _)| *name == text).map(|(_, unit)| *unit)
    }

    /// The unit that the name of a column gives: what it has in brackets, or a word of it.
    pub fn of_column(name: &str) -> Option<Self> {
        let (base, bracket) = split_unit(name);
        bracket.and_then(Self::named).or_else(|| {
            let words = super::vocabulary::words(base);
            let has = |word: &str| words.iter().any(|known| known == word);
            let byte = has("byte") || has("bytes");
            if has("bpb") || (byte && (has("bits") || has("bit"))) {
                Some(Self::BitsPerByte)
            } else if has("ppl") || has("pplx") || has("perplexity") {
                Some(Self::Perplexity)
            } else if has("bits") || has("bpt") {
                Some(Self::Bits)
            } else if has("nats") || has("nat") {
                Some(Self::Nats)
            } else {
                None
            }
        })
    }

    /// What its cells hold.
    const fn unit(self) -> Unit {
        match self {
            Self::Nats => Unit::NatsPerToken,
            Self::Bits => Unit::BitsPerToken,
            Self::BitsPerByte => Unit::BitsPerByte,
            Self::Perplexity => Unit::One,
        }
    }
}

/// The unit that stands behind the number in a cell, and where it begins.
fn unit_of_cell(cell: &str) -> Option<(LossUnit, usize)> {
    let at = cell.find(|c: char| c.is_alphabetic() && !matches!(c, 'e' | 'E'))?;
    LossUnit::named(&cell[at..]).map(|unit| (unit, at))
}

/// Reads a cell in a unit; another unit in it is refused.
fn number(cell: &str, layout: Expected, unit: LossUnit) -> Result<f64, UnitError> {
    let expected = Expected::from(unit.unit()).sign(Sign::Positive).decimal(layout.decimal);
    match unit_of_cell(cell) {
        Some((named, at)) if named == unit => read(&cell[..at], expected).map(|read| read.value),
        Some((named, at)) => Err(UnitError::Text {
            expected,
            given: cell.to_owned(),
            found: cell[at..].to_owned(),
            position: cell[..at].chars().count(),
            fault: TextFault::OtherUnit(named.unit()),
        }),
        None => read(cell, expected).map(|read| read.value),
    }
}

fn bits(cell: &str, layout: Expected, factor: f64) -> Result<f64, UnitError> {
    number(cell, layout, LossUnit::Bits).map(|bits| bits * factor)
}

fn bits_per_byte(cell: &str, layout: Expected, factor: f64) -> Result<f64, UnitError> {
    number(cell, layout, LossUnit::BitsPerByte).map(|bits| bits * factor)
}

fn perplexity(cell: &str, layout: Expected, _: f64) -> Result<f64, UnitError> {
    let nats = ln(number(cell, layout, LossUnit::Perplexity)?);
    // A perplexity of one or less has no positive loss.
    Expected::from(Unit::NatsPerToken).check(nats, &format!("ln {}", cell.trim()))
}

impl Table {
    /// Says in which unit the losses are given; `bytes_per_token` brings bits per byte to nats per token.
    ///
    /// Bits per byte without it stay as they are, and so does everything that is fitted to them.
    pub fn read_loss_as(&mut self, unit: LossUnit, bytes_per_token: Option<f64>) {
        let other = |read, factor| Other { unit: unit.unit(), read, factor, relative: false };
        self.losses = match unit {
            LossUnit::Nats => None,
            LossUnit::Bits => Some(other(bits, LN_2)),
            LossUnit::BitsPerByte => {
                let factor = bytes_per_token.map_or(1.0, |bytes| bytes * LN_2);
                Some(other(bits_per_byte, factor))
            }
            LossUnit::Perplexity => Some(Other { relative: true, ..other(perplexity, 1.0) }),
        };
        self.reread();
    }

    /// The unit that the column of the loss and its cells name: what the column says, else what every cell says, else
    /// nats per token. `None` without such a column.
    pub fn loss_unit(&self) -> Option<LossUnit> {
        let column = self.column(Role::Loss)?;
        LossUnit::of_column(&self.names()[column]).or_else(|| {
            let units = self.units_of_cells(column);
            let bare = self.bare_cells(column);
            let one = (units.len() == 1 && !bare).then(|| units[0].0);
            Some(one.unwrap_or_default())
        })
    }

    /// What is to be said of how the losses were read: a conversion, or units that do not agree.
    pub fn loss_warnings(&self, unit: LossUnit, bytes_per_token: Option<f64>) -> Vec<Warning> {
        let Some(column) = self.column(Role::Loss) else { return Vec::new() };
        let name = &self.names()[column];
        let converted = match (unit, bytes_per_token) {
            (LossUnit::Nats, _) => None,
            (LossUnit::Bits, _) => Some("bits per token: times ln 2, they are nats per token".to_owned()),
            (LossUnit::Perplexity, _) => {
                Some("perplexity: its natural logarithm is nats per token".to_owned())
            }
            (LossUnit::BitsPerByte, Some(bytes)) => Some(format!(
                "bits per byte: times ln 2 and {} bytes per token, they are nats per token",
                ascii(bytes)
            )),
            (LossUnit::BitsPerByte, None) => {
                Some("bits per byte, and stays so: nats per token would need the bytes of a token".to_owned())
            }
        };
        let converted = converted.map(|how| {
            let message = format!("column \"{name}\" is read as {how}");
            Warning::new("runs.loss_converted", message)
                .with("column", name.as_str())
                .with("from", unit.words())
        });
        converted.into_iter().chain(self.mixed_units(column, unit)).collect()
    }

    /// The units that cells of a column name, each with the rows of it.
    fn units_of_cells(&self, column: usize) -> Vec<(LossUnit, Vec<usize>)> {
        let mut units: Vec<(LossUnit, Vec<usize>)> = Vec::new();
        for row in 0..self.rows() {
            let Some((unit, _)) = unit_of_cell(self.cell(row, column).trim()) else { continue };
            match units.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, rows)) => rows.push(row),
                None => units.push((unit, vec![row])),
            }
        }
        units
    }

    /// Whether a cell of a column holds a number without a unit.
    fn bare_cells(&self, column: usize) -> bool {
        let cells = (0..self.rows()).map(|row| self.cell(row, column).trim());
        let number = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        cells.into_iter().any(|cell| number(cell) && unit_of_cell(cell).is_none())
    }

    /// Says which rows name another unit than the column is read in; they are not read.
    fn mixed_units(&self, column: usize, unit: LossUnit) -> Option<Warning> {
        const SHOWN: usize = 12;
        let units = self.units_of_cells(column);
        let others: Vec<&(LossUnit, Vec<usize>)> = units.iter().filter(|(other, _)| *other != unit).collect();
        let mut rows: Vec<usize> = others.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
        rows.sort_unstable();
        let lines: Vec<usize> = rows.iter().take(SHOWN).filter_map(|row| self.line(*row)).collect();
        let first = others.first()?;
        let said: Vec<String> = lines.iter().map(usize::to_string).collect();
        let more = if rows.len() > lines.len() {
            format!(" and {} more", rows.len() - lines.len())
        } else {
            String::new()
        };
        let message = format!(
            "column \"{}\" is in {} and {} rows of it are in {}: rows {}{more} are not read",
            self.names()[column],
            unit.words(),
            rows.len(),
            first.0.words(),
            said.join(", ")
        );
        let warning = Warning::new("runs.mixed_units", message).with("column", self.names()[column].as_str());
        Some(warning.with("rows", rows.into_iter().take(SHOWN).collect::<Vec<usize>>()))
    }
}
