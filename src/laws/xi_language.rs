//! The share of a new language in continual pre-training.

use super::{BLANK, Kind, Law, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// The practice of post-training Llama 3 70B with a chosen additional-language mixture ratio.
const XI_2024: Source = Source {
    authors: "Xi et al.",
    year: 2024,
    title: "A Practice of Post-Training on Llama-3 70B with Optimal Selection of Additional Language Mixture Ratio",
    arxiv: "2409.06624",
    locator: "",
};

/// A ratio found on a small model, used for its large sibling.
pub const XI_LANGUAGE: Law = Law {
    id: "xi-language-ratio",
    kind: Kind::Rule,
    name: "Share of an additional language",
    answers: "the share of a new language in continual pre-training of a large model, from its small sibling",
    formula: "r = r_small\nwhere r_small >= 0, r_small <= 1",
    outputs: &[gives_as("r", Variable::own("r", Unit::One, "share of the new language for the large model"))],
    inputs: &[Variable::own("r_small", Unit::One, "best share for the small sibling at its best learning rate")],
    source: XI_2024.at("abstract"),
    read_in: ReadIn::SecondHand("abstract and summaries"),
    caveats: &[
        "the best share moves with the learning rate: tune the two together on the small sibling. The relation that the \
         paper draws between them was not read",
        "found on Llama 3 8B and used for 70B: one step of size, for one new language",
    ],
    seeds: &[30],
    ..BLANK
};
