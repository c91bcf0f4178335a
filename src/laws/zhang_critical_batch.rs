//! Zhang et al.: the critical batch, from steps to one loss at several batches, and how it grows.

use super::step_law::BATCH;
use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, Output, PublishedFit, Worked, exponent, gives, gives_as,
    positive,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// How the critical batch grows.
const ZHANG_2024: Source = Source {
    authors: "Zhang et al.",
    year: 2024,
    title: "How Does Critical Batch Size Scale in Pre-training?",
    arxiv: "2410.21676",
    locator: "",
};

const NOTEBOOK: ReadIn = ReadIn::AuthorsCode("hlzhang109/critical-batch-size, plots/chinchilla.ipynb");

/// N of the paper.
const N: Variable =
    Variable::own("N", Unit::Parameters, "parameters, by the names of the models: 85 M to 1.2 B");

const CRITICAL: Output = gives_as("B_crit", BATCH);

const IN_SEQUENCES: Output = gives_as(
    "B_crit_sequences",
    Variable::own("B_crit_sequences", Unit::Sequences, "critical batch in sequences of 512 tokens"),
);

/// The critical batch from the size.
pub const ZHANG_CRITICAL_BATCH: Law = Law {
    id: "zhang-critical-batch",
    kind: Kind::HyperParameter,
    name: "Zhang critical batch",
    answers: "the batch up to which steps fall almost in proportion, for N parameters",
    formula: "B_crit_sequences = k * (N / 1e6)^p\nB_crit = 512 * B_crit_sequences",
    outputs: &[CRITICAL, IN_SEQUENCES],
    inputs: &[N],
    parameters: &[positive("k", Unit::Sequences), exponent("p")],
    fits: &[
        PublishedFit {
            id: "zhang2024",
            name: "Zhang 2024, tokens with size",
            source: ZHANG_2024.at("plots/chinchilla.ipynb"),
            read_in: NOTEBOOK,
            values: &[93.196814043949, 0.4682782328130422],
            caveats: &[
                "tokens grow with size, as Chinchilla says: what grows the critical batch is the tokens",
            ],
            worked: &[Worked {
                at: &[("N", 2e9)],
                output: "B_crit_sequences",
                value: 3274.93,
                within: 1e-4,
                from: "the authors' notebook, a forecast",
            }],
            ..C4
        },
        PublishedFit {
            id: "zhang2024-rounded",
            name: "Zhang 2024, tokens with size, rounded",
            source: ZHANG_2024.at("section 3.3"),
            read_in: ReadIn::SecondHand("a course on training language models that quotes section 3.3"),
            values: &[93.20, 0.47],
            caveats: &["rounded: its forecasts are up to 2 % off those of the full constants"],
            worked: &[Worked {
                at: &[("N", 2e9)],
                output: "B_crit_sequences",
                value: 3274.93,
                within: 0.02,
                from: "the authors' notebook, a forecast",
            }],
            ..C4
        },
        PublishedFit {
            id: "zhang2024-fixed-tokens",
            name: "Zhang 2024, tokens fixed",
            source: ZHANG_2024.at("section 3.3"),
            read_in: ReadIn::SecondHand("a course on training language models that quotes section 3.3"),
            values: &[621.341, 0.087],
            objective: "a power law; how it was fitted is not stated in what was read",
            caveats: &["all sizes on 3.072 B tokens: the critical batch hardly grows with size alone"],
            worked: &[Worked {
                at: &[("N", 1e6)],
                output: "B_crit_sequences",
                value: 621.341,
                within: 1e-15,
                from: "the coefficient itself",
            }],
            ..C4
        },
    ],
    source: ZHANG_2024.at("section 3.3"),
    caveats: &[
        "critical means here: steps are a fifth above the line of proportion that starts at 256 sequences",
        "the paper counts N in millions and the batch in sequences of 512 tokens; the formula converts both",
        "a constant learning rate with a mean of the weights, learning rate and beta2 swept",
    ],
    ..BLANK
};

const C4: PublishedFit = PublishedFit {
    objective: "squares of the log critical batches of five sizes",
    fitted_on: &[FittedRange::new(N, 85e6, 1.2e9)],
    data: "C4, sequences of 512 tokens",
    ..BLANK_FIT
};

/// Steps to one loss, by the batch: fit it to your own table of steps.
pub const ZHANG_STEPS: Law = Law {
    id: "zhang-steps",
    kind: Kind::HyperParameter,
    name: "Zhang steps by batch",
    answers: "the steps that reach one loss at a batch of B, and the critical batch that follows",
    formula: "S = a + b / (B / 512)\n\
              B_crit_sequences = b / (5 * a) + 1.2 * 256\n\
              B_crit = 512 * B_crit_sequences",
    outputs: &[gives(Variable::own("S", Unit::Steps, "steps to the loss")), CRITICAL, IN_SEQUENCES],
    inputs: &[BATCH],
    parameters: &[positive("a", Unit::Steps), positive("b", Unit::Steps)],
    fits: &[
        PublishedFit {
            id: "85m",
            name: "85 M parameters",
            values: &[1293.8268694659337, 2834258.0888740215],
            caveats: &["to a loss of 3.42 on C4's held-out part"],
            worked: &[Worked { value: 745.3201466, ..CRITICAL_AT }],
            ..STEP_TABLE
        },
        PublishedFit {
            id: "151m",
            name: "151 M parameters",
            values: &[1752.4211962796799, 5677478.783007255],
            caveats: &["to a loss of 3.24 on C4's held-out part"],
            worked: &[Worked { value: 955.1582414, ..CRITICAL_AT }],
            ..STEP_TABLE
        },
        PublishedFit {
            id: "302m",
            name: "302 M parameters",
            values: &[2095.3497601960876, 11383269.891870424],
            caveats: &["to a loss of 3.07 on C4's held-out part"],
            worked: &[Worked { value: 1393.726947, ..CRITICAL_AT }],
            ..STEP_TABLE
        },
        PublishedFit {
            id: "604m",
            name: "604 M parameters",
            values: &[2459.9274969089824, 19449688.58779496],
            caveats: &["to a loss of 2.92 on C4's held-out part"],
            worked: &[Worked { value: 1888.522101, ..CRITICAL_AT }],
            ..STEP_TABLE
        },
        PublishedFit {
            id: "1200m",
            name: "1.2 B parameters",
            values: &[3897.306597333535, 43381130.22429582],
            caveats: &["to a loss of 2.736 on C4's held-out part"],
            worked: &[Worked { value: 2533.410802, ..CRITICAL_AT }],
            ..STEP_TABLE
        },
    ],
    source: ZHANG_2024.at("plots/chinchilla.ipynb"),
    read_in: NOTEBOOK,
    caveats: &[
        "the critical batch is that of the paper, whose smallest batch in proportion is 256 sequences of \
         512 tokens",
        "the paper's own fits minimise squares of log steps; b is in steps times sequences of 512 tokens",
    ],
    ..BLANK
};

const STEP_TABLE: PublishedFit = PublishedFit {
    source: ZHANG_2024.at("plots/chinchilla.ipynb"),
    read_in: NOTEBOOK,
    objective: "squares of the log steps of nine batches from 64 to 16 384 sequences",
    fitted_on: &[FittedRange::new(BATCH, 32768.0, 8388608.0)],
    data: "C4, sequences of 512 tokens",
    ..BLANK_FIT
};

const CRITICAL_AT: Worked = Worked {
    at: &[("B", 131072.0)],
    output: "B_crit_sequences",
    value: 0.0,
    within: 1e-9,
    from: "the authors' notebook",
};
