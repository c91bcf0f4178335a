//! Transfer: what pre-training is worth in data of the task.

use super::{BLANK, Kind, Law, exponent, gives_as, positive};
use crate::provenance::{ReadIn, Source};
use crate::units::{N_NON_EMBEDDING, Unit, Variable};

const HERNANDEZ_2021: Source = Source {
    authors: "Hernandez et al.",
    year: 2021,
    title: "Scaling Laws for Transfer",
    arxiv: "2102.01293",
    locator: "",
};

const TUNING: Variable =
    Variable::own("D_F", Unit::Characters, "data of the task that the model is tuned on");

/// How much more task data a model without pre-training would need.
pub const HERNANDEZ_TRANSFER: Law = Law {
    id: "hernandez-transfer",
    kind: Kind::Rule,
    name: "Effective data transferred",
    answers: "how much data of the task the pre-training of a model of N parameters is worth beside D_F of \
              tuning data",
    formula: "k * D_F^alpha * N^beta",
    outputs: &[gives_as(
        "D_T",
        Variable::own("D_T", Unit::Characters, "data of the task that pre-training stands for"),
    )],
    inputs: &[TUNING, N_NON_EMBEDDING],
    parameters: &[positive("k", Unit::One), exponent("alpha"), exponent("beta")],
    source: HERNANDEZ_2021.at("the law of effective data transferred"),
    read_in: ReadIn::Memory,
    caveats: &["the constants that are passed on contradict one another, so none ship: fit your own runs"],
    ..BLANK
};
