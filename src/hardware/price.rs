//! What devices cost to rent.

use crate::provenance::{ReadIn, Source};

/// What a device costs to rent, in US dollars an hour, from where to where. Prices drift: the date counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// The lowest, which is the one to take.
    pub low: f64,
    /// The highest; the same where there is one price.
    pub high: f64,
    /// Whose price it is, such as `specialised clouds, on demand`.
    pub what: &'static str,
    /// Where it stands.
    pub source: Source,
    /// How it was read.
    pub read_in: ReadIn,
    /// When it was asked, as year and month.
    pub date: &'static str,
}

impl Price {
    /// Whose price it is and where it stands, in one line.
    pub fn provenance(&self) -> String {
        format!("{}; {}, {}", self.what, self.source, self.date)
    }

    /// Prices of clouds that rent out little else than such devices.
    pub(super) const fn specialised(low: f64, high: f64) -> Self {
        Self { low, high, what: "specialised clouds, on demand", ..SPREAD }
    }

    /// Prices of the largest clouds.
    pub(super) const fn large(low: f64, high: f64) -> Self {
        Self { low, high, what: "the largest clouds, on demand", ..SPREAD }
    }

    /// Prices of small providers.
    pub(super) const fn small(low: f64, high: f64) -> Self {
        Self { low, high, what: "small providers, on demand", ..SPREAD }
    }

    /// The list price of Google's cloud.
    pub(super) const fn google(dollars: f64) -> Self {
        Self {
            low: dollars,
            high: dollars,
            what: "list price of Google Cloud",
            source: Source {
                authors: "Austin et al.",
                year: 2025,
                title: "How to Scale Your Model",
                arxiv: "",
                locator: "the part on inference",
            },
            read_in: ReadIn::SecondHand("jax-ml/scaling-book"),
            date: "2025-02",
        }
    }
}

/// What an overview of prices says.
const SPREAD: Price = Price {
    low: 0.0,
    high: 0.0,
    what: "",
    source: Source {
        authors: "Mercatus",
        year: 2026,
        title: "Cloud GPU pricing",
        arxiv: "",
        locator: "the first table",
    },
    read_in: ReadIn::SecondHand("mercatus-ai.com/blog/cloud-gpu-pricing"),
    date: "2026-05",
};

/// The median of the posted prices of an H100.
pub(super) const H100_MEDIAN: Price = Price {
    low: 2.95,
    high: 2.95,
    what: "median of the posted prices of 37 providers",
    source: Source {
        authors: "AIMultiple",
        year: 2026,
        title: "Cloud GPU rental price index",
        arxiv: "",
        locator: "",
    },
    read_in: ReadIn::SecondHand("aimultiple.com/gpu-index"),
    date: "2026-05",
};
