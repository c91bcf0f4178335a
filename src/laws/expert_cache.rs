//! How many experts to keep in fast memory.

use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, gives, positive};
use crate::provenance::Source;
use crate::units::{Unit, Variable};

/// "Not All Models Suit Expert Offloading".
const LIANG_2025: Source = Source {
    authors: "Liang et al.",
    year: 2025,
    title: "Not All Models Suit Expert Offloading: On Local Routing Consistency of Mixture-of-Expert Models",
    arxiv: "2505.16056",
    locator: "",
};

/// The size of a cache of experts.
pub const EXPERT_CACHE: Law = Law {
    id: "expert-cache",
    kind: Kind::Rule,
    name: "Cache of experts",
    answers: "how many experts of each layer to keep in fast memory, the others being fetched",
    formula: "ratio * K",
    outputs: &[gives(Variable::own("cached", Unit::One, "experts of each layer in fast memory"))],
    inputs: &[Variable::own("K", Unit::One, "experts active for a token in each layer")],
    parameters: &[positive("ratio", Unit::One)],
    fits: &[PublishedFit {
        id: "abstract",
        name: "Twice the active experts",
        source: LIANG_2025.at("abstract"),
        values: &[2.0],
        objective: "a rule drawn from 20 models, not a fit",
        data: "20 language models of mixtures of experts",
        worked: &[Worked {
            at: &[("K", 8.0)],
            output: "cached",
            value: 16.0,
            within: 0.0,
            from: "about twice the active experts",
        }],
        ..BLANK_FIT
    }],
    source: LIANG_2025.at("abstract"),
    caveats: &["most models, not all: how alike the experts of neighbouring tokens are differs between \
                models"],
    seeds: &[100],
    ..BLANK
};
