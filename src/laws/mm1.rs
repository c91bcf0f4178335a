//! MM1: the learning rate of multimodal pre-training.

use super::step_law::LEARNING_RATE;
use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, free, gives};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// Multimodal pre-training.
const MCKINZIE_2024: Source = Source {
    authors: "McKinzie et al.",
    year: 2024,
    title: "MM1: Methods, Analysis and Insights from Multimodal LLM Pre-training",
    arxiv: "2403.09611",
    locator: "",
};

/// The learning rate for a size.
pub const MM1_LEARNING_RATE: Law = Law {
    id: "mm1-learning-rate",
    kind: Kind::HyperParameter,
    name: "MM1 learning rate",
    answers: "the peak learning rate of multimodal pre-training for N parameters",
    formula: "exp(p * ln(N) + q)",
    outputs: &[gives(LEARNING_RATE)],
    inputs: &[Variable::own("N", Unit::Parameters, "parameters; which of them count is not stated")],
    parameters: &[free("p", Unit::One), free("q", Unit::One)],
    fits: &[PublishedFit {
        id: "mckinzie2024",
        name: "MM1 2024",
        source: MCKINZIE_2024.at("the fitted learning rate"),
        read_in: ReadIn::SecondHand("a survey of scaling laws"),
        values: &[-0.4214, -0.5535],
        objective: "a line in logarithms, as its form says",
        data: "multimodal pre-training data",
        worked: &[Worked {
            at: &[("N", 1e9)],
            output: "lr",
            value: 9.269e-5,
            within: 5.4e-5,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: MCKINZIE_2024.at("the fitted learning rate"),
    read_in: ReadIn::SecondHand("a survey of scaling laws"),
    caveats: &["for multimodal pre-training; at which batch and tokens is not stated in what was read"],
    ..BLANK
};
