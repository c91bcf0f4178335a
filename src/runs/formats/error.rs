//! Why a file is no table.

use crate::outcome::{Explain, Place};
use crate::runs::RunsError;

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FileError {
    /// As any table is refused.
    #[error(transparent)]
    Table(#[from] RunsError),
    /// Text that begins like JSON and is none.
    #[error("line {line}, character {column}: expected JSON; {problem}")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The character in it, from 1.
        column: usize,
        /// What is wrong there.
        problem: String,
    },
    /// JSON that holds no table.
    #[error(
        "expected a list of runs such as [{{\"N\": 1e9, \"D\": 2e10, \"loss\": 2.5}}] or columns such as \
         {{\"N\": [1e9], \"D\": [2e10], \"loss\": [2.5]}}; got {given}"
    )]
    Shape {
        /// What the JSON is.
        given: String,
    },
    /// One of several files.
    #[error("{file}: {error}")]
    In {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: Box<Self>,
    },
}

impl FileError {
    /// The same, of a file among several.
    pub(super) fn in_file(self, file: &str) -> Self {
        Self::In { file: file.to_owned(), error: Box::new(self) }
    }
}

impl Explain for FileError {
    fn code(&self) -> &'static str {
        match self {
            Self::Table(error) => error.code(),
            Self::Json { .. } => "runs.not_json",
            Self::Shape { .. } => "runs.no_table",
            Self::In { error, .. } => error.code(),
        }
    }

    fn expected(&self) -> Option<String> {
        match self {
            Self::Table(error) => error.expected(),
            Self::In { error, .. } => error.expected(),
            Self::Json { .. } => Some("JSON".to_owned()),
            Self::Shape { .. } => Some("a list of runs or columns".to_owned()),
        }
    }

    fn given(&self) -> Option<String> {
        match self {
            Self::Table(error) => error.given(),
            Self::In { error, .. } => error.given(),
            Self::Shape { given } => Some(given.clone()),
            Self::Json { .. } => None,
        }
    }

    fn unit(&self) -> Option<&'static str> {
        match self {
            Self::Table(error) => error.unit(),
            Self::In { error, .. } => error.unit(),
            _ => None,
        }
    }

    fn at(&self) -> Place {
        match self {
            Self::Table(error) => error.at(),
            Self::In { error, .. } => error.at(),
            _ => Place::default(),
        }
    }
}
