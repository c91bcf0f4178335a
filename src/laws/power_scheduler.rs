//! Power Scheduler: a learning rate that knows batch and tokens, and its schedule.

use super::step_law::BATCH;
use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, PublishedFit, Worked, gives, gives_as, positive, within,
};
use crate::provenance::Source;
use crate::units::{D_SEEN, Unit, Variable};

/// A schedule for any batch and token count.
const SHEN_2024: Source = Source {
    authors: "Shen et al.",
    year: 2024,
    title: "Power Scheduler: A Batch Size and Token Number Agnostic Learning Rate Scheduler",
    arxiv: "2408.13359",
    locator: "",
};

/// lr: the base learning rate of muP.
const BASE_RATE: Variable =
    Variable::own("lr", Unit::One, "base learning rate of muP: a matrix takes it over width / 256");

/// The best learning rate of a run.
pub const POWER_SCHEDULER: Law = Law {
    id: "power-scheduler",
    kind: Kind::HyperParameter,
    name: "Power Scheduler learning rate",
    answers: "the base learning rate of muP for D tokens at a batch of B",
    formula: "B / 4096 * a * D^b",
    outputs: &[gives(BASE_RATE)],
    inputs: &[D_SEEN, BATCH],
    parameters: &[positive("a", Unit::One), within("b", Unit::One, -2.0, -0.02)],
    fits: &[
        PublishedFit {
            id: "shen2024",
            name: "Power Scheduler 2024, all sizes",
            source: SHEN_2024.at("Eq. 5"),
            values: &[4.6, -0.51],
            worked: &[Worked {
                at: &[("D", 1e13), ("B", 4194304.0)],
                output: "lr",
                value: 0.0011,
                within: 0.05,
                from: "section 3.2",
            }],
            ..RUNS
        },
        PublishedFit {
            id: "shen2024-used",
            name: "Power Scheduler 2024, as used",
            source: SHEN_2024.at("Eq. 7"),
            values: &[4.0, -0.51],
            caveats: &["the coefficient of all later experiments of the paper, below the fitted 4.6"],
            worked: &[Worked {
                at: &[("D", 1e11), ("B", 4194304.0)],
                output: "lr",
                value: 0.010054,
                within: 5e-5,
                from: "the formula in double precision",
            }],
            ..RUNS
        },
        PublishedFit {
            id: "12m",
            name: "12 M parameters",
            values: &[3.81, -0.503],
            worked: &[Worked { value: 0.020283107537733814, ..PANEL }],
            ..FIGURE_4
        },
        PublishedFit {
            id: "36m",
            name: "36 M parameters",
            values: &[5.17, -0.518],
            worked: &[Worked { value: 0.01914797320015561, ..PANEL }],
            ..FIGURE_4
        },
        PublishedFit {
            id: "121m",
            name: "121 M parameters",
            values: &[3.76, -0.502],
            worked: &[Worked { value: 0.02050701799197198, ..PANEL }],
            ..FIGURE_4
        },
        PublishedFit {
            id: "12m-average",
            name: "12 M parameters, average",
            values: &[4.34, -0.507],
            worked: &[Worked { value: 0.020973873636863028, ..PANEL }],
            ..AVERAGES
        },
        PublishedFit {
            id: "36m-average",
            name: "36 M parameters, average",
            values: &[4.86, -0.513],
            worked: &[Worked { value: 0.020313945690327777, ..PANEL }],
            ..AVERAGES
        },
        PublishedFit {
            id: "121m-average",
            name: "121 M parameters, average",
            values: &[4.46, -0.508],
            worked: &[Worked { value: 0.02103868670216059, ..PANEL }],
            ..AVERAGES
        },
    ],
    source: SHEN_2024.at("Eqs. 1 and 6"),
    caveats: &[
        "a base learning rate of muP: divide it by width / 256 for a matrix",
        "the paper counts the batch in sequences of 4096 tokens: the formula divides by that",
        "a warm-up, stable, decay schedule with a tenth of decay",
        "the best settings were read off a grid of factors of two",
    ],
    errata: &[
        "the caption of figure 6 says \"optimal a\" where the figure shows b",
        "Table 4 prints a width factor of 8 for PowerLM-3B, whose width of 2304 is 9 times 256",
    ],
    seeds: &[16],
    ..BLANK
};

const RUNS: PublishedFit = PublishedFit {
    objective: "a power law through the best learning rates over batch of a grid",
    fitted_on: &[FittedRange::new(D_SEEN, 2e9, 256e9), FittedRange::new(BATCH, 65536.0, 2097152.0)],
    data: "RedPajama, sequences of 4096 tokens",
    ..BLANK_FIT
};

const FIGURE_4: PublishedFit = PublishedFit { source: SHEN_2024.at("figure 4, panels a to c"), ..RUNS };

const AVERAGES: PublishedFit = PublishedFit { source: SHEN_2024.at("figure 4, panel d"), ..RUNS };

const PANEL: Worked = Worked {
    at: &[("D", 3.2e10), ("B", 4194304.0)],
    output: "lr",
    value: 0.0,
    within: 1e-9,
    from: "the formula in double precision",
};

/// The learning rate over a run.
pub const POWER_SCHEDULE: Law = Law {
    id: "power-schedule",
    kind: Kind::HyperParameter,
    name: "Power Scheduler schedule",
    answers: "the base learning rate of muP after n tokens, before the last decay",
    formula: "leaves_at = (lr_max / (B / 4096 * a))^(1 / b)\n\
              lr = if(n < n_warmup, n / n_warmup * min(lr_max, B / 4096 * a * n_warmup^b), \
              min(lr_max, B / 4096 * a * n^b))",
    outputs: &[
        gives(BASE_RATE),
        gives_as(
            "leaves_at",
            Variable::own("n", Unit::Tokens, "tokens at which the learning rate leaves its maximum"),
        ),
    ],
    inputs: &[
        Variable::own("n", Unit::Tokens, "tokens seen so far"),
        Variable::own("n_warmup", Unit::Tokens, "tokens of the warm-up; the paper takes 1 B"),
        BATCH,
    ],
    parameters: &[
        positive("a", Unit::One),
        within("b", Unit::One, -2.0, -0.02),
        positive("lr_max", Unit::One),
    ],
    fits: &[PublishedFit {
        id: "shen2024",
        name: "Power Scheduler 2024",
        source: SHEN_2024.at("Eq. 7"),
        values: &[4.0, -0.51, 0.02],
        objective: "chosen by the authors near the fit",
        data: "RedPajama, sequences of 4096 tokens",
        worked: &[
            Worked {
                at: &[("n", 1e12), ("n_warmup", 1e9), ("B", 4194304.0)],
                output: "lr",
                value: 3.1071e-3,
                within: 2e-5,
                from: "the formula in double precision",
            },
            Worked {
                at: &[("n", 1e12), ("n_warmup", 1e9), ("B", 4194304.0)],
                output: "leaves_at",
                value: 2.596e10,
                within: 2e-4,
                from: "the formula in double precision",
            },
        ],
        ..BLANK_FIT
    }],
    source: SHEN_2024.at("Eqs. 7 and 8"),
    caveats: &[
        "the last tokens of a run decay exponentially to zero, which stands outside this formula",
        "the paper counts the batch in sequences of 4096 tokens: the formula divides by that",
    ],
    seeds: &[16],
    ..BLANK
};
