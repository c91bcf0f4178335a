//! Training a pruned model on.

use super::{BLANK, Kind, Law, exponent, free, gives, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{LOSS_NATS, Unit, Variable};

/// "P² Law".
const CHEN_2024: Source = Source {
    authors: "Chen et al.",
    year: 2024,
    title: "P² Law: Scaling Law for Post-Training After Model Pruning",
    arxiv: "2411.10272",
    locator: "",
};

/// The loss of a pruned model after it was trained on.
pub const P2_LAW: Law = Law {
    id: "p2-law",
    kind: Kind::Loss,
    name: "P² law: training a pruned model on",
    answers: "the loss of a pruned model after D more tokens",
    formula: "L_0 + rho^-gamma * (N_C / N_0^alpha + D_C / D^beta + E)",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[
        Variable::own("N_0", Unit::Parameters, "parameters before pruning"),
        Variable::own("D", Unit::Tokens, "tokens of the training after pruning"),
        Variable::own("rho", Unit::One, "share of the parameters that is pruned"),
        Variable::own("L_0", Unit::NatsPerToken, "loss before pruning"),
    ],
    parameters: &[
        within("gamma", Unit::One, -10.0, 10.0),
        positive("N_C", Unit::NatsPerToken),
        exponent("alpha"),
        positive("D_C", Unit::NatsPerToken),
        exponent("beta"),
        free("E", Unit::NatsPerToken),
    ],
    source: CHEN_2024.at("the law"),
    read_in: ReadIn::SecondHand("two copies of one survey that garbles the formulas beside it"),
    caveats: &[
        "the form is weakly known, and no constants were obtained: fit it to your own runs, for each \
         family of \
         models and way of pruning apart",
        "the loss must rise with rho, so gamma comes out negative: its sign is left free",
        "the paper fits the first 80 % of the checkpoints; it extrapolates in tokens, in size from 0.5 and \
         1.5 B \
         to 3 B, and in rho from 0.15 and 0.25 to 0.35, on 0.5 to 1 B tokens of SlimPajama",
    ],
    seeds: &[28],
    ..BLANK
};
