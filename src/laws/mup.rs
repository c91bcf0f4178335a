//! muP: what of a layer goes with its width, so that learning rates carry over.

use super::{BLANK, Kind, Law, gives, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// The maximal update parametrisation.
const YANG_2022: Source = Source {
    authors: "Yang et al.",
    year: 2022,
    title: "Tensor Programs V: Tuning Large Neural Networks via Zero-Shot Hyperparameter Transfer",
    arxiv: "2203.03466",
    locator: "",
};

const TABLE_3: ReadIn = ReadIn::SecondHand("a course on training language models that quotes Table 3");

const FAN_IN: Variable = Variable::own("fan_in", Unit::One, "inputs of the layer");

const FAN_OUT: Variable = Variable::own("fan_out", Unit::One, "outputs of the layer");

const CAVEATS: &[&str] = &[
    "weight decay and dropout do not carry over; depth, batch, steps and sequence length do so by \
     experience alone",
    "attention takes one over the width of a head where the standard takes one over its root",
];

/// Variances and learning rates by width.
pub const MUP: Law = Law {
    id: "mup",
    kind: Kind::Rule,
    name: "muP, scaling with width",
    answers: "how initial variance and learning rate of a layer go with its width under muP",
    formula: "adam_hidden = 1 / fan_in\nadam_output = 1 / fan_in\nadam_input = 1\n\
              sgd_hidden = 1\n\
              sgd_output = 1 / fan_in\n\
              sgd_input = fan_out\n\
              variance_hidden = 1 / fan_in\nvariance_output = 1 / fan_in^2\nvariance_input = 1 / fan_in\n\
              variance_standard = 1 / fan_in",
    outputs: &[
        gives(Variable::own("adam_hidden", Unit::One, "factor of Adam's learning rate, hidden weights")),
        gives(Variable::own("adam_output", Unit::One, "factor of Adam's learning rate, output weights")),
        gives(Variable::own(
            "adam_input",
            Unit::One,
            "factor of Adam's learning rate, input weights and biases",
        )),
        gives(Variable::own(
            "sgd_hidden",
            Unit::One,
            "factor of plain descent's learning rate, hidden weights",
        )),
        gives(Variable::own(
            "sgd_output",
            Unit::One,
            "factor of plain descent's learning rate, output weights",
        )),
        gives(Variable::own(
            "sgd_input",
            Unit::One,
            "factor of plain descent's learning rate, input weights, biases",
        )),
        gives(Variable::own(
            "variance_hidden",
            Unit::One,
            "initial variance of hidden weights, up to a constant",
        )),
        gives(Variable::own(
            "variance_output",
            Unit::One,
            "initial variance of output weights, up to a constant",
        )),
        gives(Variable::own(
            "variance_input",
            Unit::One,
            "initial variance of input weights, up to a constant",
        )),
        gives(Variable::own(
            "variance_standard",
            Unit::One,
            "initial variance of every weight in the standard way",
        )),
    ],
    inputs: &[FAN_IN, FAN_OUT],
    source: YANG_2022.at("Table 3"),
    read_in: TABLE_3,
    caveats: &[
        CAVEATS[0],
        CAVEATS[1],
        "in the standard way every factor of a learning rate is 1",
        "for GPT-3 of 6.7 B the paper reports a loss of 1.98 against 2.03, for tuning at 7 % of the cost",
    ],
    seeds: &[48],
    ..BLANK
};

/// Learning rates and initial scales of a wider model, from those of a base model.
pub const MUP_BASE_SHAPE: Law = Law {
    id: "mup-base-shape",
    kind: Kind::Rule,
    name: "muP from a base shape",
    answers: "learning rate, initial deviation and output factor of a model wider than the one that was \
        tuned",
    formula: "lr_hidden = lr * base_fan_in / fan_in\nstd_hidden = std * sqrt(base_fan_in / fan_in)\n\
              output_factor = alpha_out * base_fan_in / fan_in",
    outputs: &[
        gives(Variable::own("lr_hidden", Unit::One, "Adam's learning rate of hidden weights")),
        gives(Variable::own("std_hidden", Unit::One, "initial deviation of hidden weights")),
        gives(Variable::own("output_factor", Unit::One, "factor on the output layer's result")),
    ],
    inputs: &[
        FAN_IN,
        Variable::own("base_fan_in", Unit::One, "inputs of the layer in the model that was tuned"),
        Variable::own("lr", Unit::One, "Adam's learning rate that was tuned"),
        Variable::own("std", Unit::One, "initial deviation that was tuned"),
        Variable::own("alpha_out", Unit::One, "output factor that was tuned; 1 where none was"),
    ],
    source: YANG_2022.at("the base-shape form, as the authors of u-muP restate it"),
    read_in: ReadIn::SecondHand(
        "slides in graphcore-research/unit-scaling, page 21; microsoft/mup, README.md",
    ),
    caveats: &[
        CAVEATS[0],
        "input and output weights keep learning rate and initial deviation; an embedding may have a factor \
         of its own",
    ],
    seeds: &[48],
    ..BLANK
};

/// The scale of attention's logits.
pub const MUP_ATTENTION: Law = Law {
    id: "mup-attention",
    kind: Kind::Rule,
    name: "muP, attention",
    answers: "the factor on attention's logits for heads of width d, under muP and in the standard way",
    formula: "matched = 8 / d\nplain = 1 / d\nstandard = 1 / sqrt(d)",
    outputs: &[
        gives_as("matched", Variable::own("factor", Unit::One, "muP, the same as standard at a width of 64")),
        gives_as("plain", Variable::own("factor", Unit::One, "muP")),
        gives_as("standard", Variable::own("factor", Unit::One, "the standard way")),
    ],
    inputs: &[Variable::own("d", Unit::One, "width of a head")],
    source: YANG_2022.at("the scale of attention"),
    read_in: ReadIn::AuthorsCode("microsoft/mup, README.md"),
    seeds: &[48],
    ..BLANK
};
