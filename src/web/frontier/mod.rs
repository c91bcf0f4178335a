//! The Frontier page: how the best plan moves when the question changes.
//!
//! [`Chosen`](chosen::Chosen) is what the reader has chosen; from it come the link (`address`), what is asked (`questions`),
//! the cells that have come (`field`), the pictures of them (`map`, `lines`) and what can be copied of them (`report`).

mod address;
pub mod along;
pub mod chosen;
pub mod field;
pub mod gpu;
pub mod lines;
pub mod listed;
pub mod map;
pub mod pace;
pub mod panels;
pub mod pinned;
pub mod questions;
pub mod report;
pub mod size;

#[cfg(feature = "app")]
mod live;
#[cfg(feature = "app")]
pub use live::start;
