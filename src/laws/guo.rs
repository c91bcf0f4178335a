//! Guo: loss as a function of compute alone.

use super::{BLANK, Law, gives, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_BITS_PER_CHARACTER, N_TOTAL, Unit};

/// The hypothesis that only compute matters.
const GUO_2024: Source = Source {
    authors: "Guo",
    year: 2024,
    title: "More Compute Is What You Need",
    arxiv: "2404.19484",
    locator: "",
};

/// Loss by the product of size and tokens.
pub const GUO: Law = Law {
    id: "guo-compute",
    name: "Guo loss by compute alone",
    answers: "the loss of a model of N parameters trained on D tokens if only their product matters",
    formula: "a - b * ln(N * D)",
    outputs: &[gives(LOSS_BITS_PER_CHARACTER)],
    inputs: &[N_TOTAL, D_SEEN],
    parameters: &[
        within("a", Unit::BitsPerCharacter, 0.0, 100.0),
        within("b", Unit::BitsPerCharacter, 1e-3, 1.0),
    ],
    source: GUO_2024.at("abstract"),
    read_in: ReadIn::Memory,
    caveats: &[
        "no fit comes with it: fit your own runs",
        "every split of a budget is as good, so what is left to decide by is the cost of serving or the \
         data there is",
        "it falls without end, below zero even",
    ],
    seeds: &[34],
    ..BLANK
};
