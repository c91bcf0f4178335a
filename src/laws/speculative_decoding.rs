//! A small model that guesses for a large one.

use super::{BLANK, Kind, Law, gives};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// "Fast Inference from Transformers via Speculative Decoding".
const LEVIATHAN_2022: Source = Source {
    authors: "Leviathan, Kalman and Matias",
    year: 2022,
    title: "Fast Inference from Transformers via Speculative Decoding",
    arxiv: "2211.17192",
    locator: "",
};

/// What guessing ahead gains.
pub const SPECULATIVE_DECODING: Law = Law {
    id: "speculative-decoding",
    kind: Kind::Rule,
    name: "Speculative decoding",
    answers: "how much faster a model generates when a cheaper one guesses ahead",
    formula: "tokens = (1 - a^(g + 1)) / (1 - a)\n\
              speedup = tokens / (g * c + 1)\n\
              where a >= 0, a < 1",
    outputs: &[
        gives(Variable::own("speedup", Unit::One, "speed over that without guesses")),
        gives(Variable::own("tokens", Unit::One, "tokens for each pass of the large model")),
    ],
    inputs: &[
        Variable::own("a", Unit::One, "chance that a guess is accepted"),
        Variable::own("g", Unit::One, "guesses in a row"),
        Variable::own("c", Unit::One, "time of a guess over that of a pass of the large model"),
    ],
    source: LEVIATHAN_2022.at("the expected tokens and the expected speed-up"),
    read_in: ReadIn::Memory,
    caveats: &["guesses are taken to be accepted independently, at one chance"],
    ..BLANK
};
