//! Charts as a reader meets them: as pictures, as tables and with a cursor.

mod canvas;
mod numbers;
mod pictures;
mod reading;
mod sample;
