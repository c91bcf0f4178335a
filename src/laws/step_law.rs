//! Step Law: learning rate and batch size of lowest loss, from size and tokens.

use super::{
    BLANK, BLANK_FIT, FittedRange, Interval, Kind, Law, PublishedFit, SourcedTable, Worked, gives, positive,
    within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, N_NON_VOCABULARY, Unit, Variable};

/// Step Law.
pub(super) const LI_2025: Source = Source {
    authors: "Li et al.",
    year: 2025,
    title: "Predictable Scale: Part I, Step Law",
    arxiv: "2503.04715",
    locator: "",
};

/// lr: the peak learning rate of `AdamW`.
pub(super) const LEARNING_RATE: Variable = Variable::own("lr", Unit::One, "peak learning rate of AdamW");

/// B: the batch, in tokens.
pub(super) const BATCH: Variable = Variable::own("B", Unit::Tokens, "tokens of one optimiser step");

/// Learning rate and batch of lowest loss for N parameters and D tokens.
pub const STEP_LAW: Law = Law {
    id: "step-law",
    kind: Kind::HyperParameter,
    name: "Step Law, learning rate and batch",
    answers: "the peak learning rate and the batch of lowest loss for N parameters and D tokens",
    formula: "lr = c * N^alpha * D^beta\nB = d * D^gamma\nB_sequences = B / 2048",
    outputs: &[
        gives(LEARNING_RATE),
        gives(BATCH),
        gives(Variable::own(
            "B_sequences",
            Unit::Sequences,
            "sequences of 2048 tokens of one optimiser step",
        )),
    ],
    inputs: &[N_NON_VOCABULARY, D_SEEN],
    parameters: &[
        positive("c", Unit::One),
        within("alpha", Unit::One, -2.0, -0.02),
        within("beta", Unit::One, 0.02, 2.0),
        positive("d", Unit::Tokens),
        within("gamma", Unit::One, 0.02, 2.0),
    ],
    fits: &[ROUNDED, BOOTSTRAP],
    source: LI_2025.at("Eq. 1 and Table 2"),
    caveats: &[
        "N is layers * (4 h^2 + 3 h * ffn): no norms, no embedding, no output head; for a mixture of \
         experts it is the total, not the active: over the released mixtures the total costs 0.16 % of \
         loss, the active 1.0 %",
        "AdamW, 2000 steps of warm-up and a cosine to a fixed final learning rate of 1e-5; with a final \
         rate of a tenth of the peak the best learning rate is lower and the best batch larger",
        "the batch grows with the tokens here: do not take the learning rate of this law with the batch of \
         another",
        "at 1 B parameters and 100 B tokens its loss is 0.094 % above that of the best run of a grid",
        "over the dense runs that were released, half or twice the batch costs about 0.44 % of loss, four \
         times the learning rate 3.9 %; eight times diverges",
    ],
    errata: &[
        "section 3.4.1 says that the best learning rate rises with N; Eq. 1, Table 2 and the data say that \
         it falls",
        "Table 1 quotes 0.3188 for DeepSeek's learning rate, which prints 0.3118",
        "Table 1 quotes 2e18 for the batch of OpenAI and of MiniCPM; Kaplan et al. print about 2e8 tokens, \
         MiniCPM 1.21e9",
        "the abstract's deviation from the best run is 0.07 % in version 1, 0.09 % in version 5, 0.094 % in \
         version 7",
        "the dense runs that were released do not reproduce Table 2: several sizes and token counts are \
         missing",
    ],
    seeds: &[62],
    ..BLANK
};

const RUNS: &[FittedRange] =
    &[FittedRange::new(N_NON_VOCABULARY, 60e6, 1.1e9), FittedRange::new(D_SEEN, 2e9, 100e9)];

const OBJECTIVE: &str = "squares of log learning rate and log batch over runs within 0.25 % of the lowest \
    loss of their size and tokens, mean of 1000 bootstraps";

const INTERVALS: &[Interval] = &[
    Interval { of: "alpha", low: -0.7744, high: -0.6554, level: 0.95 },
    Interval { of: "beta", low: 0.2712, high: 0.3451, level: 0.95 },
    Interval { of: "gamma", low: 0.5340, high: 0.6055, level: 0.95 },
];

const ROUNDED: PublishedFit = PublishedFit {
    id: "li2025",
    name: "Li 2025, as printed",
    source: LI_2025.at("Eq. 1"),
    values: &[1.79, -0.713, 0.307, 0.58, 0.571],
    objective: OBJECTIVE,
    intervals: INTERVALS,
    fitted_on: RUNS,
    data: "sequences of 2048 tokens",
    caveats: &["the run of 1 B parameters and 100 B tokens was held out"],
    worked: &[
        Worked {
            at: &[("N", 1.073741824e9), ("D", 1e11)],
            output: "lr",
            value: 1.5517e-3,
            within: 3.3e-5,
            from: "the formula in double precision",
        },
        Worked {
            at: &[("N", 1.073741824e9), ("D", 1e11)],
            output: "B",
            value: 1.1077e6,
            within: 4.6e-5,
            from: "the formula in double precision",
        },
        Worked {
            at: &[("N", 6.5e9), ("D", 1e10)],
            output: "lr",
            value: 2.12e-4,
            within: 0.005,
            from: "Table 3, a mixture of experts of 6.5 B in all; its tokens are inferred",
        },
    ],
    ..BLANK_FIT
};

const BOOTSTRAP: PublishedFit = PublishedFit {
    id: "li2025-bootstrap",
    name: "Li 2025, mean of the bootstrap",
    source: LI_2025.at("data/1004_fitted_lr_bs_scaling_model_parameters.csv, means of 1000 rows"),
    read_in: ReadIn::AuthorsCode("step-law/steplaw, data/1004_fitted_lr_bs_scaling_model_parameters.csv"),
    values: &[
        1.7973399939000017,
        -0.7129222911869904,
        0.30749095041206964,
        0.5806877084495872,
        0.5709443646895045,
    ],
    objective: OBJECTIVE,
    intervals: INTERVALS,
    fitted_on: RUNS,
    data: "sequences of 2048 tokens",
    caveats: &[
        "the file holds logarithms of the two coefficients, 0.5863077907399268 and -0.5435421736103339",
        "the 1000 draws have no licence and are left out: their coefficients and exponents go together, \
         which the intervals do not show",
    ],
    worked: &[Worked {
        at: &[("N", 7e9), ("D", 1.4e12)],
        output: "lr",
        value: 9.3468e-4,
        within: 6e-6,
        from: "the formula in double precision",
    }],
    ..BLANK_FIT
};

/// What a learning rate or a batch beside the best one costs.
pub const STEP_LAW_TOLERANCE: Law = Law {
    id: "step-law-tolerance",
    kind: Kind::Table,
    name: "Step Law, tolerance of learning rate and batch",
    answers: "the share of the loss that is lost where the learning rate or the batch is off its best by a \
              factor",
    formula: "by_rate = interp(rates, r_lr)\n\
              by_batch = interp(batches, r_B)\n\
              where r_lr >= 0.125, r_lr <= 4, r_B >= 0.125, r_B <= 8",
    outputs: &[
        gives(Variable::own(
            "by_rate",
            Unit::One,
            "excess of the loss over the lowest, by the learning rate",
        )),
        gives(Variable::own("by_batch", Unit::One, "excess of the loss over the lowest, by the batch")),
    ],
    inputs: &[
        Variable::own("r_lr", Unit::One, "learning rate over the best one, at the best batch"),
        Variable::own("r_B", Unit::One, "batch over the best one, at the best learning rate"),
    ],
    tables: &[
        SourcedTable {
            name: "rates",
            x: &[0.125, 0.25, 0.5, 0.71, 1.0, 1.41, 2.0, 2.83, 4.0],
            y: &[0.0171, 0.0091, 0.0032, 0.0016, 0.0, 0.0019, 0.0084, 0.0197, 0.0392],
            source: RELEASED,
            read_in: MEDIANS,
        },
        SourcedTable {
            name: "batches",
            x: &[0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0],
            y: &[0.0458, 0.0158, 0.0044, 0.0, 0.0044, 0.0140, 0.0286],
            source: RELEASED,
            read_in: MEDIANS,
        },
    ],
    source: RELEASED,
    read_in: MEDIANS,
    caveats: &[
        "medians of the excess over the lowest loss of a size and token count, over those of the 17 released \
         grids, seven at least, that hold the nearest setting",
        "215 M to 1.1 B parameters on 4 to 100 B tokens; between two rows it gives the line between them",
        "the grids differ much: at 215 M parameters on 4 B tokens twice the best rate costs 3.0 %, and four \
         times diverges; in the median eight times does",
        "one is off while the other is at its best: where both are off, the two do not add up",
    ],
    seeds: &[62],
    ..BLANK
};

const RELEASED: Source = LI_2025.at("the dense runs that were released");

const MEDIANS: ReadIn = ReadIn::SecondHand(
    "a digest of data/dense_lr_bs_loss.csv of step-law/steplaw, commit 32a8f4c, that takes medians over its grids; of these \
     one, of 215 M parameters on 4 B tokens, was computed again here",
);
