//! u-muP: muP with unit-scaled weights, and its residual branches.

use super::{BLANK, Kind, Law, gives};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// The unit-scaled maximal update parametrisation.
const BLAKE_2024: Source = Source {
    authors: "Blake et al.",
    year: 2024,
    title: "u-muP: The Unit-Scaled Maximal Update Parametrization",
    arxiv: "2407.17465",
    locator: "",
};

/// Factors and learning rates by width and depth.
pub const U_MUP: Law = Law {
    id: "u-mup",
    kind: Kind::Rule,
    name: "u-muP, scaling with width and depth",
    answers: "the factors and Adam's learning rates of a layer under u-muP",
    formula: "lr_hidden = lr / sqrt(fan_in)\nlr_input = lr / sqrt(fan_out)\nlr_output = lr\n\
              lr_residual = lr / sqrt(fan_in) / sqrt(depth)\nlr_bias = lr / sqrt(depth)\n\
              hidden_factor = 1 / sqrt(fan_in)\noutput_factor = 1 / fan_in\noutput_factor_backward = 1 / \
                  sqrt(fan_in)",
    outputs: &[
        gives(Variable::own("lr_hidden", Unit::One, "Adam's learning rate, hidden weights")),
        gives(Variable::own("lr_input", Unit::One, "Adam's learning rate, embedding")),
        gives(Variable::own("lr_output", Unit::One, "Adam's learning rate, output weights")),
        gives(Variable::own(
            "lr_residual",
            Unit::One,
            "Adam's learning rate, hidden weights in residual branches",
        )),
        gives(Variable::own(
            "lr_bias",
            Unit::One,
            "Adam's learning rate, biases and norms in residual branches",
        )),
        gives(Variable::own("hidden_factor", Unit::One, "factor on the result of hidden weights")),
        gives(Variable::own("output_factor", Unit::One, "factor on the result of output weights, forward")),
        gives(Variable::own("output_factor_backward", Unit::One, "factor on the gradient of output weights")),
    ],
    inputs: &[
        Variable::own("lr", Unit::One, "the one learning rate that was tuned"),
        Variable::own("fan_in", Unit::One, "inputs of the layer"),
        Variable::own("fan_out", Unit::One, "outputs of the layer; the width, for an embedding"),
        Variable::own("depth", Unit::One, "scaling depth of the weights, which the model sets"),
    ],
    source: BLAKE_2024.at("the scheme of u-muP"),
    read_in: ReadIn::AuthorsCode(
        "graphcore-research/unit-scaling, docs/u-muP_slides.pdf page 21 and unit_scaling/optim.py",
    ),
    caveats: &[
        "every weight starts with a deviation of 1",
        "dividing the factor by t and multiplying deviation and learning rate by it leaves Adam as it is: \
         the root of fan_in takes muP to u-muP",
        "weight decay is independent of the learning rate: pass it divided by the learning rate",
    ],
    seeds: &[76],
    ..BLANK
};

/// The weight of a residual branch.
pub const U_MUP_RESIDUAL: Law = Law {
    id: "u-mup-residual",
    kind: Kind::Rule,
    name: "u-muP, weight of a residual branch",
    answers: "the weight of residual branch i of L, attention and feed-forward in turn, over that of the \
        trunk",
    formula: "mlp = m * sqrt(2 / (1 + r^2))\n\
              attention = r * mlp\n\
              branch = if(i == 2 * floor(i / 2), attention, mlp)\n\
              tau = branch / sqrt(L / 2 + floor((i + 1) / 2) * attention^2 + floor(i / 2) * mlp^2)\n\
              where i >= 0, i < L",
    outputs: &[gives(Variable::own("tau", Unit::One, "weight of the branch over that of the trunk"))],
    inputs: &[
        Variable::own("i", Unit::One, "the branch, from 0; even for attention"),
        Variable::own("L", Unit::One, "branches, of which each layer has two"),
        Variable::own("m", Unit::One, "weight of the branches against the embedding; 1 unless tuned"),
        Variable::own("r", Unit::One, "weight of attention against feed-forward; 1 unless tuned"),
    ],
    source: BLAKE_2024.at("appendix G"),
    read_in: ReadIn::AuthorsCode(
        "graphcore-research/unit-scaling, unit_scaling/core/functional.py, transformer_residual_scaling_rule",
    ),
    seeds: &[76],
    ..BLANK
};
