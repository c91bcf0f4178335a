//! Text tables of lines: Markdown, columns aligned by spaces, comments, and which of them a text is.

use std::borrow::Cow;

use super::FileError;
use crate::outcome::Warning;
use crate::runs::grid::Grid;
use crate::runs::layout::{Delimiter, cells};
use crate::runs::read::begin;
use crate::runs::{MAX_COLUMNS, RunsError};
use crate::units::clip;

/// How many lines are looked at to tell what a text is.
const LOOKED_AT: usize = 64;

/// The lines of a text that hold something, each with its number from 1. A carriage return and a line feed end one.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> + Clone {
    let ends_at_returns = text.contains('\r') && !text.contains('\n');
    let end = if ends_at_returns { '\r' } else { '\n' };
    let numbered = text.split(end).enumerate().map(|(at, line)| (at + 1, line));
    numbered.filter(|(_, line)| !line.trim().is_empty())
}

/// Whether a text that begins like JSON is a table all the same, such as one whose first column is called `[N]`.
pub(super) fn is_delimited(text: &str) -> bool {
    let Some((_, first)) = lines(text).next() else { return false };
    let second = lines(text).nth(1).map_or("", |(_, line)| line);
    let is_name = |line: &str| {
        let name = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'));
        name.is_some_and(|(name, _)| name.starts_with(char::is_alphabetic) && name.len() < LOOKED_AT)
    };
    let even = |delimiter| {
        let count = cells(first, delimiter);
        count > 1 && cells(second, delimiter) == count
    };
    is_name(first) && [b'\t', b';', b','].into_iter().any(even)
}

/// A text behind a line such as `sep=;`, with which spreadsheets say what separates its cells.
pub(super) struct Separated<'a> {
    pub text: &'a str,
    pub delimiter: Option<Delimiter>,
}

/// Takes a line such as `sep=;` from the beginning of a text: blanked, so that lines keep their numbers.
pub(super) fn without_separator_line(text: &str) -> Separated<'_> {
    let given = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    let delimiter = match text.as_bytes().get(4).filter(|_| given) {
        Some(b';') => Some(Delimiter::Semicolon),
        Some(b'\t') => Some(Delimiter::Tab),
        Some(b',') => Some(Delimiter::Comma),
        Some(b'|') => Some(Delimiter::Bar),
        _ => None,
    };
    let rest = text.get(5..).filter(|rest| delimiter.is_some() && rest.starts_with(['\r', '\n']));
    rest.map_or(Separated { text, delimiter: None }, |rest| Separated { text: rest, delimiter })
}

/// The lines of a text that begin with `#`.
pub(super) struct Comments<'a> {
    lines: Beside<'a>,
    /// Where the header stands behind a `#`.
    header: Option<usize>,
    /// Whether such lines are rows like others.
    are_rows: bool,
}

impl<'a> Comments<'a> {
    /// The comments of a text. Lines that have as many cells as the first line without a `#` are none: they are the
    /// header, as NumPy writes it, if they stand just before that, and rows otherwise.
    pub fn of(text: &'a str) -> Self {
        let mut found = Self { lines: Beside::default(), header: None, are_rows: false };
        let is_comment = |line: &str| line.starts_with('#');
        if !text.starts_with('#') && !text.contains("\n#") && !text.contains("\r#") {
            return found;
        }
        let first = lines(text).find(|(_, line)| !is_comment(line));
        let Some(width) = first.map(|(_, line)| widths(line)) else {
            let width = lines(text).next().map_or([0; 4], |(_, line)| widths(line));
            found.are_rows = lines(text).skip(1).all(|(_, line)| is_even(widths(line), width, line));
            return found;
        };
        for (number, line) in lines(text).filter(|(_, line)| is_comment(line)) {
            let is_row = is_even(widths(line), width, line);
            let before = first.is_none_or(|(first, _)| number < first);
            // A first column that is called "#".
            let is_name = line[1..].starts_with([',', ';', '\t']);
            if is_row && before && !is_name {
                found.header = Some(line.as_ptr() as usize - text.as_ptr() as usize);
            } else if is_row {
                found.are_rows = true;
            } else {
                found.lines.push((number, line));
            }
        }
        if found.are_rows {
            found.header = None;
        }
        found
    }

    /// The byte that lines to be passed over begin with.
    pub fn mark(&self) -> Option<u8> {
        (!self.are_rows && (self.lines.count > 0 || self.header.is_some())).then_some(b'#')
    }

    /// The text with the mark taken from its header.
    pub fn apply<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.header {
            Some(at) => Cow::Owned(format!("{} {}", &text[..at], &text[at + 1..])),
            None => Cow::Borrowed(text),
        }
    }

    /// Says how many lines are comments.
    pub fn note(&self, notes: &mut Vec<Warning>) {
        if !self.are_rows {
            self.lines.note("runs.comments", "taken as comments, since they begin with #", notes);
        }
    }
}

/// How many cells a line has by each delimiter.
fn widths(line: &str) -> [usize; 4] {
    let [tab, semicolon, comma] = [b'\t', b';', b','].map(|delimiter| cells(line, delimiter));
    [tab, semicolon, comma, line.trim_start_matches('#').split_whitespace().count()]
}

/// Whether a line behind a `#` has the cells of another by what separates those.
fn is_even(given: [usize; 4], of: [usize; 4], line: &str) -> bool {
    let by_byte = (0..3).find(|at| of[*at] > 1);
    match by_byte {
        Some(at) => given[at] == of[at],
        None => of[3] > 1 && given[3] == of[3] && !line.trim_start_matches('#').contains(": "),
    }
}

/// Lines that stand beside a table: how many, and the first of them.
#[derive(Default)]
struct Beside<'a> {
    count: usize,
    first: Vec<(usize, &'a str)>,
}

impl<'a> Beside<'a> {
    fn push(&mut self, line: (usize, &'a str)) {
        const SHOWN: usize = 12;
        self.count += 1;
        if self.first.len() < SHOWN {
            self.first.push(line);
        }
    }

    /// Says what became of them.
    fn note(&self, code: &str, what: &str, notes: &mut Vec<Warning>) {
        if self.count == 0 {
            return;
        }
        let lines = if self.count == 1 { "1 line".to_owned() } else { format!("{} lines", self.count) };
        let (numbers, text): (Vec<usize>, Vec<String>) =
            self.first.iter().map(|(number, line)| (*number, clip(line.trim()))).unzip();
        let note = Warning::new(code, format!("{lines}: {what}"));
        notes.push(note.with("count", self.count).with("lines", numbers).with("text", text));
    }
}

/// What separates the cells of a text: a byte where one cuts its first line, else spaces.
pub(super) fn delimiter(text: &str, comment: Option<u8>) -> Delimiter {
    let data =
        lines(text).filter(|(_, line)| comment.is_none_or(|mark| !line.as_bytes().starts_with(&[mark])));
    let looked_at: Vec<&str> = data.take(LOOKED_AT).map(|(_, line)| line).collect();
    let first = looked_at.first().copied().unwrap_or_default();
    let by_byte = [b'\t', b';', b','].into_iter().any(|byte| cells(first, byte) > 1);
    if by_byte {
        return Delimiter::of(&looked_at.join("\n"));
    }
    if cells(first, b'|') > 1 {
        return Delimiter::Bar;
    }
    let split = Spaces::of(&looked_at);
    let width = split.cut(first).len();
    let rows = looked_at.len().saturating_sub(1);
    let even =
        looked_at[1.min(looked_at.len())..].iter().filter(|line| split.cut(line).len().abs_diff(width) <= 1);
    if width > 1 && rows > 0 && even.count() * 2 > rows { Delimiter::Space } else { Delimiter::Comma }
}

/// How a line is cut at spaces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spaces {
    /// At every run of them.
    Any,
    /// At runs of two or more: cells hold single ones, as in `70 B`.
    Two,
}

impl Spaces {
    /// How these lines are cut: at runs of two or more where only that gives every line as many cells.
    fn of(looked_at: &[&str]) -> Self {
        let even = |split: Self| {
            let mut widths = looked_at.iter().map(|line| split.cut(line).len());
            let first = widths.next().unwrap_or(0);
            // A column of row numbers has no name.
            first > 1 && {
                widths.clone().all(|width| width == first) || widths.all(|width| width == first + 1)
            }
        };
        if !even(Self::Any) && even(Self::Two) { Self::Two } else { Self::Any }
    }

    /// The cells of a line. What stands in quotation marks is one cell.
    fn cut(self, line: &str) -> Vec<&str> {
        let mut cells = Vec::new();
        let mut rest = line.trim();
        while !rest.is_empty() && cells.len() <= MAX_COLUMNS {
            let quoted = rest.strip_prefix('"').and_then(|inner| inner.split_once('"'));
            if let Some((cell, after)) =
                quoted.filter(|(_, after)| after.is_empty() || after.starts_with(' '))
            {
                cells.push(cell);
                rest = after.trim_start();
                continue;
            }
            let mut gaps = rest.match_indices(char::is_whitespace).map(|(at, _)| at);
            let end = gaps.find(|at| {
                let gap = &rest[*at..];
                self == Self::Any || gap.starts_with('\t') || gap.trim_start().len() + 2 <= gap.len()
            });
            let end = end.unwrap_or(rest.len());
            cells.push(&rest[..end]);
            rest = rest[end..].trim_start();
        }
        cells
    }
}

/// Cuts a text into rows at spaces.
pub(super) fn spaced(text: &str, comment: Option<u8>) -> Result<(Grid, bool), FileError> {
    let data =
        lines(text).filter(|(_, line)| comment.is_none_or(|mark| !line.as_bytes().starts_with(&[mark])));
    let looked_at: Vec<&str> = data.clone().take(LOOKED_AT).map(|(_, line)| line).collect();
    let split = Spaces::of(&looked_at);
    let mut rows = data.map(|(number, line)| (number, split.cut(line))).peekable();
    let (number, mut first) = rows.next().ok_or_else(super::empty)?;
    let unnamed = rows.peek().is_some_and(|(_, cells)| cells.len() == first.len() + 1);
    if unnamed {
        first.insert(0, "row");
    }
    let (mut grid, header) = begin(first.iter().copied(), number)?;
    for (number, cells) in rows {
        grid.push_all(cells);
        grid.end_row(number)?;
    }
    Ok((grid, header))
}

/// The tables of a text in Markdown, or drawn with bars and dashes. None where it has none.
pub(super) fn markdown(text: &str, notes: &mut Vec<Warning>) -> Result<Vec<(Grid, bool)>, FileError> {
    if !is_markdown(text) {
        return Ok(Vec::new());
    }
    let mut tables: Vec<(Grid, bool)> = Vec::new();
    let mut beside_it = Beside::default();
    let mut before: Option<(usize, &str)> = None;
    let mut is_in = false;
    let mut blank_from = 0;
    for (number, line) in lines(text) {
        let is_next = number == blank_from;
        blank_from = number + 1;
        if !line.contains('|') && !is_rule(line) {
            is_in = false;
            if let Some(line) = before.take() {
                beside_it.push(line);
            }
            beside_it.push((number, line));
            continue;
        }
        if is_rule(line) && (!is_in || is_long_rule(line)) {
            if let Some((at, head)) = before.take() {
                tables.push(begin(bars(head).iter().map(Cow::as_ref), at)?);
                is_in = true;
            }
        } else if let (true, true, Some((grid, _))) = (is_in, is_next, tables.last_mut()) {
            if line.chars().all(|c| c == '|' || c.is_whitespace()) {
                continue;
            }
            grid.push_all(bars(line));
            grid.end_row(number)?;
        } else if let Some((at, head)) = before.take().filter(|_| is_next) {
            // Bars without a rule below their head.
            tables.push(begin(bars(head).iter().map(Cow::as_ref), at)?);
            is_in = true;
            if let Some((grid, _)) = tables.last_mut() {
                grid.push_all(bars(line));
                grid.end_row(number)?;
            }
        } else {
            is_in = false;
            before = Some((number, line));
        }
    }
    if let Some(line) = before {
        beside_it.push(line);
    }
    beside_it.note("runs.text_beside", "text beside the table, not read", notes);
    if tables.is_empty() { Err(RunsError::NoRows.into()) } else { Ok(tables) }
}

/// Whether a text is Markdown: its first line begins with a bar, or one of its first is a rule with bars.
fn is_markdown(text: &str) -> bool {
    let begins = lines(text).next().is_some_and(|(_, line)| {
        line.trim_start().starts_with(['|', '+'])
            && line.contains(['|', '+'])
            && (line.trim_start().starts_with('|') || is_rule(line))
    });
    begins || lines(text).take(LOOKED_AT).any(|(_, line)| line.contains('|') && is_rule(line))
}

/// Whether a line is a rule below a head, such as `|---|:--:|` or `+----+----+`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    (line.contains("--") || line.contains("=="))
        && line.contains(['|', '+'])
        && line.chars().all(|c| matches!(c, '|' | '+' | '-' | ':' | ' ' | '='))
        || (line.contains('|')
            && line.contains('-')
            && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')))
}

/// Whether a rule is none of a row whose cells say with dashes that they have no value.
fn is_long_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('+') || bars(line).iter().all(|cell| cell.len() > 2)
}

/// The cells between the bars of a line, without the marks of emphasis and code.
fn bars(line: &str) -> Vec<Cow<'_, str>> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(line);
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    let ends = line.match_indices('|').map(|(at, _)| at).chain([line.len()]);
    for end in ends {
        if cells.len() > MAX_COLUMNS {
            break;
        }
        if end < line.len() && line[..end].ends_with('\\') {
            escaped = true;
            continue;
        }
        let cell = line[start..end].trim().trim_matches(['*', '`']).trim();
        cells.push(if escaped { Cow::Owned(cell.replace("\\|", "|")) } else { Cow::Borrowed(cell) });
        (start, escaped) = (end + 1, false);
    }
    cells
}
