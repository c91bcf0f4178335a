//! A table of training runs, from the text a person has to the numbers a fit needs.
//!
//! [`read()`] takes the bytes of a file or of the clipboard: comma-, tab- or semicolon-separated, with or
//! without quotes, byte order mark and carriage returns. Columns are recognised by their header and can be
//! assigned by hand; cells follow the grammar of [`units`](crate::units). A row that cannot be used stays
//! in the table and says why.
//!
//! ```
//! let mut table = isoflop::runs::read("Model size,Training FLOP,Val loss\n1B,1.2e20,2.5\n70B,-1,1.9\n")?;
//! assert_eq!((table.rows(), table.counts().used), (2, 1));
//! assert_eq!(table.run(0)?.tokens, 2e10);
//! assert_eq!(
//!     table.run(1).unwrap_err().to_string(),
//!     "row 3, column \"Training FLOP\": expected a positive number of FLOPs such as \"5.76e23\"; got \"-1\""
//! );
//!
//! table.switch(0, false)?;
//! assert!(table.runs().is_err());
//! # Ok::<(), isoflop::runs::RunsError>(())
//! ```
//!
//! [`Columns`] is the same for runs of a Question; there a cell that cannot be read is an error.
//!
//! # From a file to a fit
//! Every layout becomes the same cells in their places, the cells become a [`Table`] with roles for its columns, and
//! its rows are judged:
//!
//! 1. [`formats::open`] reads one file or several in any layout, or [`read()`] delimited text alone.
//! 2. [`Table::map`] guesses what columns mean, with reasons; [`Table::assign`], [`Table::assign_input`],
//!    [`Table::read_loss_as`] and [`Table::set_tokens_per_step`] correct it.
//! 3. [`Table::standing`] tells runs from the checkpoints of [`Curves`], and flags rows.
//! 4. [`Table::sent_as`] is what a Question sends.
//!
//! ```
//! use isoflop::runs::{CurveChoices, formats};
//!
//! let text = "run,params,step,tokens,loss,lr\na,1B,1,1B,3.2,3e-4\na,1B,2,2B,3.0,3e-5\nb,2B,1,1B,3.1,3e-4\n";
//! let mut table = formats::open(&[formats::File { name: "runs.csv", bytes: text.as_bytes() }])?.table;
//! table.map(&[]);
//! let standing = table.standing(CurveChoices::default());
//! assert_eq!(standing.curves.runs.len(), 2);
//! assert_eq!(standing.rows_off, [0]);
//! assert_eq!(standing.warnings[0].code, "runs.undecayed");
//! # Ok::<(), isoflop::runs::formats::FileError>(())
//! ```

mod cells;
mod check;
mod columns;
mod curves;
mod error;
mod flags;
pub mod formats;
mod grid;
mod header;
mod layout;
mod loss;
mod lost;
mod mapping;
mod read;
mod role;
mod row;
mod standing;
mod table;
mod vocabulary;
mod written;

pub use cells::{Cell, Column};
pub use check::{check_loss_varies, check_rows, check_varies, for_fit};
pub use columns::{Columns, Sent, Values};
pub use curves::{Curve, CurveChoices, Curves, Decay, RunsBy};
pub use error::RunsError;
pub use flags::{Flag, Flags};
pub use header::Choice;
pub use layout::{Delimiter, Layout};
pub use loss::LossUnit;
pub use mapping::{Confidence, Guess, Mapping};
pub use read::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, check_size, read, text};
pub use role::Role;
pub use row::Run;
pub use standing::{SentRuns, Standing};
pub use table::{Counts, Runs, Table};
pub use written::Origin;
