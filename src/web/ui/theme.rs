//! The theme that the reader chose.

use leptos::prelude::*;

use super::browser::{self, Place};
use crate::web::theme::Theme;

const KEPT: &str = "isoflop.theme";

/// What was chosen on an earlier visit.
pub fn kept() -> Theme {
    Theme::of(browser::kept(Place::Reader, KEPT).as_deref())
}

/// Shows the page in it, and keeps the choice.
pub fn choose(theme: Theme) {
    browser::keep(Place::Reader, KEPT, theme.key());
    if let Some(root) = document().document_element() {
        let _ = match theme.key() {
            Some(key) => root.set_attribute("data-theme", key),
            None => root.remove_attribute("data-theme"),
        };
    }
}
