//! `table`: files of runs, in whatever layout, as one table of delimited text.

use serde::{Deserialize, Serialize};

use super::AskError;
use crate::outcome::Warning;
use crate::runs::formats::{self, File, FileError};
use crate::runs::{Origin, read};

/// Asks for files as one table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "files such as {\"files\":[{\"name\":\"runs.json\",\"text\":\"[…]\"}]}"
)]
pub struct TableQuestion {
    /// The files, or what was pasted: CSV, TSV, JSON, NDJSON, Markdown, exports of W&B and TensorBoard.
    pub files: Vec<TableFile>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a file such as {\"name\":\"runs.json\",\"text\":\"[…]\"}")]
pub struct TableFile {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// Files as one table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableAnswer {
    /// The table, separated by commas, or by semicolons where its decimal sign is a comma; null where the only file is
    /// read as it stands, and then nothing is said of lines and files.
    pub text: Option<String>,
    /// The line of its file in which each row begins, from 1.
    pub lines: Vec<usize>,
    /// The files, where there are several, each with its first row, from 0.
    pub files: Vec<(String, usize)>,
    /// What was done to make a table of them, and what stands beside it and was not read.
    pub warnings: Vec<Warning>,
}

/// Reads the files.
pub(super) fn answer(question: &TableQuestion) -> Result<TableAnswer, AskError> {
    let mut files = Vec::new();
    for TableFile { name, text } in &question.files {
        files.push(File { name, bytes: text.as_bytes() });
    }
    let opened = formats::open(&files).map_err(|error: FileError| AskError::at("table.files", error))?;
    let is_read = |file: &File| read(file.bytes).is_ok_and(|table| table.is_laid_out_as(&opened.table));
    if let ([file], true) = (files.as_slice(), opened.notes.is_empty())
        && is_read(file)
    {
        return Ok(TableAnswer::default());
    }
    let Origin { lines, files } = opened.table.origin();
    Ok(TableAnswer { text: Some(opened.table.to_text()), lines, files, warnings: opened.notes })
}
