//! Shapes of a cool-down to any final learning rate, and the warm-up before it.

use super::{BLANK, Kind, Law, gives};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

const HAGELE_2024: Source = Source {
    authors: "Hägele et al.",
    year: 2024,
    title: "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations",
    arxiv: "2405.18392",
    locator: "",
};

/// Warm-up, stable phase, and six shapes of the cool-down.
pub const WSD_SCHEDULE: Law = Law {
    id: "wsd-schedule",
    kind: Kind::Rule,
    name: "Warm-up, stable, cool-down schedule",
    answers: "the learning rate at step s of T over its peak, for six cool-downs to a final factor of F",
    formula: "decay = floor(f * T)\n\
              hold = T - decay\n\
              u = (s - hold) / decay\n\
              before = if(s < W, s / W + (1 - s / W) / init_div, 1)\n\
              sqrt_decay = if(s < max(W, hold), before, F + (1 - F) * (1 - sqrt(u)))\n\
              linear = if(s < max(W, hold), before, F + (1 - F) * (1 - u))\n\
              cosine = if(s < max(W, hold), before, F + (1 - F) * (1 + cos(pi * u)) / 2)\n\
              mirror_cosine = if(s < max(W, hold), before, \
              2 * (F + (1 - F) * (1 - u)) - (F + (1 - F) * (1 + cos(pi * u)) / 2))\n\
              square = if(s < max(W, hold), before, F + (1 - F) * (1 - u^2))\n\
              exponential = if(s < max(W, hold), before, if(F > 0, F^u, 0))\n\
              where F >= 0, F <= 1, s <= T",
    outputs: &[
        gives(Variable::own("sqrt_decay", Unit::One, "one less the root of the share of the cool-down")),
        gives(Variable::own("linear", Unit::One, "a line")),
        gives(Variable::own("cosine", Unit::One, "half a cosine")),
        gives(Variable::own("mirror_cosine", Unit::One, "half a cosine, mirrored at the line")),
        gives(Variable::own("square", Unit::One, "one less the square of the share of the cool-down")),
        gives(Variable::own("exponential", Unit::One, "the final factor to the share of the cool-down")),
    ],
    inputs: &[
        Variable::own("s", Unit::Steps, "the step"),
        Variable::own("T", Unit::Steps, "steps in all"),
        Variable::own("f", Unit::One, "share of the steps that the cool-down takes"),
        Variable::own("W", Unit::Steps, "steps of warm-up"),
        Variable::own("F", Unit::One, "final learning rate over the peak"),
        Variable::own("init_div", Unit::One, "peak over the first learning rate; the authors take 100"),
    ],
    source: HAGELE_2024.at("the schedules of the code"),
    read_in: ReadIn::AuthorsCode("epfml/schedules-and-scaling, src/optim/utils.py, wsd_schedule"),
    caveats: &[
        "second-hand: a cool-down of 10 to 20 % of the steps matches a cosine, and more gains little; over \
         200 000 steps the root nearly does with 5 %",
        "for the small models the authors took a peak of 0.002 with a cosine, 0.001 with a cool-down",
        "second-hand, Table 4: 1 B parameters on 100 B tokens, mean of eight tasks: cosine to a tenth 46.26, \
         root over 20 % 46.23, line over 20 % 46.20, cosine to zero 45.88",
    ],
    seeds: &[24],
    ..BLANK
};
