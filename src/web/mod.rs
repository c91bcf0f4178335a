//! What a browser, or any JavaScript, sees of Isoflop.

#[cfg(feature = "js")]
pub mod js;
