//! Charts that a journal would print, as data first.
//!
//! A [`Chart`] is two axes and a list of [`Mark`]s. From that one value come the picture
//! ([`draw()`], on a canvas through [`Plotters`] or into a file through [`Svg`]), the table
//! ([`Chart::table`]), the file of numbers ([`Chart::csv`]) and the reading cursor
//! ([`Chart::reading`], [`Chart::walk`], [`Chart::nearest`]), so that none can disagree with another.
//! [`plan`] makes the charts of the Plan page from plain numbers.
//!
//! ```
//! use isoflop::figure::plan::{self, FrontierInput, Optimum};
//! use isoflop::figure::{Size, Svg, Theme};
//!
//! let at = |flops, params, tokens| Optimum { flops, params, tokens, loss: None };
//! let chart = plan::frontier(&FrontierInput {
//!     frontier: &[at(6e18, 1e8, 1e10), at(6e24, 1e11, 1e13)],
//!     bands: &[],
//!     level: 0.9,
//!     runs: &[],
//!     budget: 6e22,
//!     plan: Some(at(6e22, 1e10, 1e12)),
//! });
//! assert_eq!(chart.table().rows[0][2..], ["10.0\u{a0}B", "1.00\u{a0}T"]);
//! assert!(Svg::of(&chart, &Theme::light(), Size::new(680.0, 340.0, 1.0), &[]).starts_with("<svg"));
//! ```

mod axis;
mod chart;
mod clip;
mod contour;
mod cursor;
mod draw;
mod frame;
mod heat;
mod label;
mod lettering;
mod mark;
mod number;
pub mod plan;
mod plotters;
pub mod strip;
mod surface;
mod svg;
mod table;
mod text;
mod theme;
mod ticks;

pub use axis::{Axis, Format, Scale};
pub use chart::{Chart, Margin};
pub use clip::Area;
pub use contour::{Grid, contour, levels};
pub use cursor::{Step, Stop, Stops};
pub use draw::{draw, labels};
pub use frame::{Frame, Size};
pub use heat::{Fill, Heat, Patch};
pub use label::{Placed, Spot};
pub use mark::{Band, Dots, Extra, Label, Line, Mark, Note, Place, Plan, Rule, Shape, Side};
pub(crate) use number::{decade, decade_above, nice_above, power};
pub use plotters::{Plotters, Turn};
pub use surface::{Anchor, Dash, Halo, Ink, Point, Role, Stroke, Surface};
pub use svg::Svg;
pub use table::Table;
pub use text::{Piece, pieces, width};
pub use theme::{Colour, Face, Theme};
pub use ticks::Tick;
pub(crate) use ticks::ticks;
