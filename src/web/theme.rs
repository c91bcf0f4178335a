//! Light, dark, or as the system.

/// How a page or a card looks.
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
    /// Every choice, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// What a reader calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::System => "As the system",
        }
    }

    /// The value of `data-theme` on the root of a document, which style/tokens.css reads, and in the address of a card; none
    /// where the system decides.
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
            Self::System => None,
        }
    }

    /// The theme of a key; that of the system where there is no such key.
    pub fn of(key: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|theme| theme.key() == key).unwrap_or_default()
    }
}
