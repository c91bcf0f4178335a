//! What the page's first worker says of a JSON value that it cannot read: nothing. The whole one is asked next.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

/// A JSON value is not what was expected.
#[derive(Debug)]
pub(in crate::ask) struct ReadError;

impl ReadError {
    pub fn inside(self, _: impl FnOnce() -> String) -> Self {
        self
    }

    pub fn left_over(_: usize, _: usize) -> Self {
        Self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for ReadError {}

impl Error for ReadError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }
}
