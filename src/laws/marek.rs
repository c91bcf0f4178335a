//! Marek et al.: the second moment of Adam at another batch.

use super::step_law::BATCH;
use super::{BLANK, Kind, Law, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

const MAREK_2025: Source = Source {
    authors: "Marek et al.",
    year: 2025,
    title: "Small Batch Size Training for Language Models",
    arxiv: "2507.07101",
    locator: "",
};

/// The beta2 that keeps Adam's memory as many tokens long at another batch.
pub const MAREK_BETA2: Law = Law {
    id: "marek-beta2",
    kind: Kind::Rule,
    name: "Marek beta2 of Adam at another batch",
    answers: "the beta2 of Adam that keeps its half-life in tokens when the batch changes from B to B_new",
    formula: "beta2^(B_new / B)",
    outputs: &[gives_as("beta2_new", Variable::own("beta2", Unit::One, "decay of Adam's second moment"))],
    inputs: &[
        Variable::own("beta2", Unit::One, "decay of Adam's second moment at the batch B"),
        BATCH,
        BATCH.named("B_new"),
    ],
    source: MAREK_2025.at("the half-life of the second moment"),
    read_in: ReadIn::SecondHand("notes on the paper in two collections"),
    ..BLANK
};
