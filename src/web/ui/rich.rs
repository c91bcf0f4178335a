//! Text with its raised digits set properly.

use leptos::prelude::*;

use crate::web::words::{Piece, pieces};

/// The text, with exponents raised.
pub fn rich(text: &str) -> AnyView {
    let piece = |piece| match piece {
        Piece::Plain(text) => text.into_any(),
        Piece::Raised(text) => view! { <sup>{text}</sup> }.into_any(),
    };
    pieces(text).into_iter().map(piece).collect_view().into_any()
}
