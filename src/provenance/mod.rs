//! Where a number was read.
//!
//! A constant without a source is no use to a scientist, so provenance is part of the number: the
//! paper, the table or equation it stands in, and how its digits came to be here.
//!
//! ```
//! use isoflop::laws::CHINCHILLA;
//!
//! let source = CHINCHILLA.source;
//! assert_eq!(source.to_string(), "Hoffmann et al. (2022), arXiv:2203.15556, Eq. 2");
//! ```

use std::fmt;

/// A paper, and a place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who wrote it, as one cites it.
    pub authors: &'static str,
    /// The year of the version that was read.
    pub year: u16,
    /// Its title.
    pub title: &'static str,
    /// Its number on arXiv, such as `2203.15556`; empty where it has none.
    pub arxiv: &'static str,
    /// The equation, table or file, such as `Eq. 10`; empty for the paper as a whole.
    pub locator: &'static str,
}

impl Source {
    /// The same paper, at this equation, table or file.
    #[must_use]
    pub const fn at(self, locator: &'static str) -> Self {
        Self { locator, ..self }
    }

    /// The address of the paper, if it is on arXiv.
    pub fn url(&self) -> Option<String> {
        (!self.arxiv.is_empty()).then(|| format!("https://arxiv.org/abs/{}", self.arxiv))
    }

    /// An entry for a bibliography, in BibTeX. The key is the first author and the year, as in `hoffmann2022`.
    ///
    /// ```
    /// let entry = isoflop::laws::CHINCHILLA.source.bibtex();
    /// assert!(entry.starts_with("@article{hoffmann2022,\n  author = {Hoffmann and others},\n"));
    /// ```
    pub fn bibtex(&self) -> String {
        bibtex(self.authors, self.year, self.title, self.arxiv)
    }
}

/// An entry for a bibliography of a paper by its parts, as [`Source::bibtex`] gives it.
pub fn bibtex(authors: &str, year: u16, title: &str, arxiv: &str) -> String {
    let first = authors.split([' ', ',']).next().unwrap_or_default();
    let key: String = first.chars().filter(char::is_ascii_alphabetic).collect();
    let authors = authors.replace(" et al.", " and others").replace(", ", " and ");
    let key = key.to_ascii_lowercase();
    let entry =
        format!("{{{key}{year},\n  author = {{{authors}}},\n  title = {{{{{title}}}}},\n  year = {{{year}}}");
    if arxiv.is_empty() {
        return format!("@misc{entry}\n}}");
    }
    format!(
        "@article{entry},\n  journal = {{arXiv preprint arXiv:{arxiv}}},\n  eprint = {{{arxiv}}},\n  archivePrefix = \
         {{arXiv}}\n}}"
    )
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.authors, self.year)?;
        if !self.arxiv.is_empty() {
            write!(f, ", arXiv:{}", self.arxiv)?;
        }
        if self.locator.is_empty() { Ok(()) } else { write!(f, ", {}", self.locator) }
    }
}

/// How the digits of a number, or a form, were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadIn {
    /// In the paper itself.
    Paper,
    /// In a public repository of the paper's authors, at this place.
    AuthorsCode(&'static str),
    /// In what others wrote about it, at this place.
    SecondHand(&'static str),
    /// Computed here, by this script of the repository.
    ComputedHere(&'static str),
    /// From memory, not read again. Forms alone: no number is.
    Memory,
}

impl ReadIn {
    /// The stable name of the way, such as `computed_here`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::AuthorsCode(_) => "authors_code",
            Self::SecondHand(_) => "second_hand",
            Self::ComputedHere(_) => "computed_here",
            Self::Memory => "memory",
        }
    }

    /// The file or page, where it is not the paper.
    pub const fn place(self) -> Option<&'static str> {
        match self {
            Self::Paper | Self::Memory => None,
            Self::AuthorsCode(place) | Self::SecondHand(place) | Self::ComputedHere(place) => Some(place),
        }
    }
}

impl fmt::Display for ReadIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paper => f.write_str("read in the paper"),
            Self::AuthorsCode(place) => write!(f, "read in the authors' code, {place}"),
            Self::SecondHand(place) => write!(f, "read second-hand, in {place}"),
            Self::ComputedHere(script) => write!(f, "computed here, by {script}"),
            Self::Memory => f.write_str("form from memory, not re-read"),
        }
    }
}
