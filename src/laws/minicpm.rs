//! `MiniCPM`: the batch for a loss, and the decay of a warm-up, stable, decay schedule.

use super::step_law::BATCH;
use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, gives, gives_as, positive, within};
use crate::provenance::Source;
use crate::units::{LOSS_NATS, Unit, Variable};

/// The small models with the warm-up, stable, decay schedule.
const HU_2024: Source = Source {
    authors: "Hu et al.",
    year: 2024,
    title: "MiniCPM: Unveiling the Potential of Small Language Models with Scalable Training Strategies",
    arxiv: "2404.06395",
    locator: "",
};

/// The batch of a run, from the loss that it reaches.
pub const MINICPM_BATCH: Law = Law {
    id: "minicpm-batch",
    kind: Kind::HyperParameter,
    name: "MiniCPM batch",
    answers: "the batch for a run that reaches a loss of L",
    formula: "k / L^p",
    outputs: &[gives(BATCH)],
    inputs: &[LOSS_NATS],
    parameters: &[positive("k", Unit::Tokens), within("p", Unit::One, 0.02, 20.0)],
    fits: &[PublishedFit {
        id: "hu2024",
        name: "MiniCPM 2024",
        source: HU_2024.at("section 3.2"),
        values: &[1.21e9, 6.24],
        objective: "not stated in what was read",
        data: "C4",
        worked: &[Worked {
            at: &[("L", 2.5)],
            output: "B",
            value: 3.978e6,
            within: 1.3e-4,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: HU_2024.at("section 3.2"),
    caveats: &[
        "the loss is that of C4 with the paper's own tokenizer: no loss of another law may stand here",
        "the same models take a base learning rate of about 0.01 under muP, from 0.04 B to 2.1 B parameters",
    ],
    errata: &["the Step Law paper quotes the coefficient as 2e18; MiniCPM prints 1.21e9"],
    ..BLANK
};

/// The learning rate of the warm-up, stable, decay schedule, over its peak.
pub const MINICPM_SCHEDULE: Law = Law {
    id: "minicpm-schedule",
    kind: Kind::Rule,
    name: "MiniCPM warm-up, stable, decay schedule",
    answers: "the learning rate at step s over its peak, with an exponential decay from step S on",
    formula: "if(s < W, s / W, if(s < S, 1, 0.5^((s - S) / T_half)))",
    outputs: &[gives_as("factor", Variable::own("factor", Unit::One, "learning rate over its peak"))],
    inputs: &[
        Variable::own("s", Unit::Steps, "the step"),
        Variable::own("W", Unit::Steps, "steps of warm-up"),
        Variable::own("S", Unit::Steps, "the step at which the decay begins"),
        Variable::own("T_half", Unit::Steps, "steps in which the learning rate halves; the paper takes 5000"),
    ],
    source: HU_2024.at("the warm-up, stable, decay schedule"),
    caveats: &["a decay over a tenth of the steps suffices, one over a fortieth does not"],
    ..BLANK
};
