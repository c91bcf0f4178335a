//! Light, dark, or as the system.

use leptos::prelude::*;

use super::browser::{self, Place};

const KEPT: &str = "isoflop.theme";

/// What the reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light paper.
    Light,
    /// Light on dark paper.
    Dark,
    /// Whatever the system says.
    #[default]
    System,
}

impl Theme {
    /// Every choice, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// What the menu calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::System => "As the system",
        }
    }

    /// The value of `data-theme` on the page's root, which style/tokens.css reads.
    const fn key(self) -> Option<&'static str> {
        match self {
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
            Self::System => None,
        }
    }

    /// What was chosen on an earlier visit.
    pub fn kept() -> Self {
        let kept = browser::kept(Place::Reader, KEPT);
        Self::ALL.into_iter().find(|theme| theme.key() == kept.as_deref()).unwrap_or_default()
    }

    /// Shows the page in it, and keeps the choice.
    pub fn choose(self) {
        browser::keep(Place::Reader, KEPT, self.key());
        if let Some(root) = document().document_element() {
            let _ = match self.key() {
                Some(key) => root.set_attribute("data-theme", key),
                None => root.remove_attribute("data-theme"),
            };
        }
    }
}
