//! Routed models trained on one number of tokens.

use super::{
    BLANK, BLANK_FIT, Derived, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as,
    within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{LOSS_NATS, Unit, Variable};

/// "Unified Scaling Laws for Routed Language Models".
const CLARK_2022: Source = Source {
    authors: "Clark et al.",
    year: 2022,
    title: "Unified Scaling Laws for Routed Language Models",
    arxiv: "2202.01169",
    locator: "",
};

/// How the paper was read.
const NOTES: ReadIn = ReadIn::SecondHand("third-party notes that state they were taken from the paper");

const N_BASE: Variable =
    Variable::own("N", Unit::Parameters, "parameters of the dense model that is routed, without embeddings");
const EXPERTS: Variable = Variable::own("E", Unit::One, "experts in each routed layer; 1 if dense");

const FORM: &[super::Parameter] = &[
    within("E_start", Unit::One, 0.5, 10.0),
    within("E_max", Unit::One, 20.0, 1e5),
    within("a", Unit::One, -2.0, 0.0),
    within("b", Unit::One, -2.0, 2.0),
    within("c", Unit::One, -1.0, 1.0),
    within("d", Unit::One, -10.0, 10.0),
];

const S_BASE: &[f64] = &[1.847, 314.478, -0.082, -0.108, 0.009, 1.104];
const RL_R: &[f64] = &[1.880, 469.982, -0.083, -0.126, 0.012, 1.111];
const HASH: &[f64] = &[4.175, 477.741, -0.087, -0.136, 0.012, 1.157];

/// The loss of a routed model.
pub const CLARK: Law = Law {
    id: "clark",
    kind: Kind::Loss,
    name: "Routed models at 130 B tokens",
    answers: "the loss of a model of N parameters routed over E experts and trained on 130 B tokens",
    formula: "E_hat = 1 / (1 / (E - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max)\n\
              L = 10^(a * log10(N) + b * log10(E_hat) + c * log10(N) * log10(E_hat) + d)\n\
              where E >= 1",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_BASE, EXPERTS],
    parameters: FORM,
    fits: &[
        PublishedFit {
            id: "s-base",
            name: "S-BASE routing",
            values: S_BASE,
            worked: &[Worked { value: 2.08581463174, ..AT_1B }],
            ..TABLE_3
        },
        PublishedFit {
            id: "rl-r",
            name: "Routing by reinforcement",
            values: RL_R,
            worked: &[Worked { value: 2.14977047934, ..AT_1B }],
            ..TABLE_3
        },
        PublishedFit {
            id: "hash",
            name: "Hash routing",
            values: HASH,
            worked: &[Worked { value: 2.11072756869, ..AT_1B }],
            ..TABLE_3
        },
    ],
    source: CLARK_2022.at("the law, and Table 3"),
    read_in: NOTES,
    caveats: &[
        "every run saw 130 B tokens: it says nothing of fewer or more, and cannot split a budget",
        "the logarithms are taken to base 10: no other gives sane losses",
        "that experts stop helping large models follows from the fixed tokens (Krajewski et al. 2024, \
         section 6.3)",
    ],
    ..BLANK
};

/// What the fits share.
const TABLE_3: PublishedFit = PublishedFit {
    source: CLARK_2022.at("Table 3"),
    read_in: NOTES,
    objective: "not read",
    data: "130 B tokens for every run",
    caveats: &["c has one or two digits in print, so nothing that divides by it can be trusted"],
    ..BLANK_FIT
};

/// Where they are tried.
const AT_1B: Worked = Worked {
    at: &[("N", 1e9), ("E", 64.0)],
    output: "L",
    value: 0.0,
    within: 1e-11,
    from: "the formula in double precision",
};

/// The loss of a dense model on the same data.
pub const CLARK_DENSE: Law = Law {
    id: "clark-dense",
    kind: Kind::Loss,
    name: "Dense models beside routed ones",
    answers: "the loss of a dense model of N parameters trained on 130 B tokens",
    formula: "(N_c / N)^alpha",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_BASE],
    parameters: &[within("N_c", Unit::Parameters, 1e9, 1e18), exponent("alpha")],
    derived: &[Derived {
        name: "N_2",
        formula: "N_c / 2^(1 / alpha)",
        meaning: "the parameters for a loss of 2 nats per token",
    }],
    fits: &[PublishedFit {
        id: "clark2022",
        name: "Clark 2022, dense",
        source: CLARK_2022.at("the dense law"),
        read_in: NOTES,
        values: &[3.568e13, 0.078],
        objective: "not read",
        data: "130 B tokens for every run",
        worked: &[Worked {
            at: &[("N", 1e9)],
            output: "L",
            value: 2.26510916844,
            within: 1e-11,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: CLARK_2022.at("the dense law"),
    read_in: NOTES,
    ..BLANK
};

/// The dense model of the same loss.
pub const CLARK_EQUIVALENT: Law = Law {
    id: "clark-equivalent",
    kind: Kind::Rule,
    name: "Dense equivalent of a routed model",
    answers: "the size of the dense model that loses as much as a model of N parameters routed over E \
              experts",
    formula: "E_hat = 1 / (1 / (E - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max)\n\
              log_L = a * log10(N) + b * log10(E_hat) + c * log10(N) * log10(E_hat) + d\n\
              N_dense = 10^((log_L - d - b * log10(E_start)) / (a + c * log10(E_start)))\n\
              where E >= 1",
    outputs: &[gives_as(
        "N_dense",
        Variable::own("N", Unit::Parameters, "parameters of the dense model, without embeddings"),
    )],
    inputs: &[N_BASE, EXPERTS],
    parameters: FORM,
    fits: &[
        PublishedFit {
            id: "s-base",
            name: "S-BASE routing",
            values: S_BASE,
            worked: &[Worked { value: 51828431.8741, ..AT_5M }],
            ..TABLE_3
        },
        PublishedFit {
            id: "rl-r",
            name: "Routing by reinforcement",
            values: RL_R,
            worked: &[Worked { value: 48908411.3486, ..AT_5M }],
            ..TABLE_3
        },
        PublishedFit {
            id: "hash",
            name: "Hash routing",
            values: HASH,
            worked: &[Worked { value: 46991655.6681, ..AT_5M }],
            ..TABLE_3
        },
    ],
    source: CLARK_2022.at("the effective parameter count"),
    read_in: NOTES,
    ..BLANK
};

/// Where they are tried.
const AT_5M: Worked = Worked {
    at: &[("N", 5e6), ("E", 128.0)],
    output: "N_dense",
    value: 0.0,
    within: 1e-11,
    from: "the formula in double precision",
};

/// Up to which size experts help.
pub const CLARK_CUTOFF: Law = Law {
    id: "clark-cutoff",
    kind: Kind::Rule,
    name: "Size up to which routing helps, at 130 B tokens",
    answers: "how near a model of N parameters is to the size from which routing no longer lowers its \
              loss, at 1",
    formula: "N / N_cutoff",
    outputs: &[gives(Variable::own("reach", Unit::One, "size over the cutoff: below 1 routing helps"))],
    inputs: &[N_BASE],
    parameters: &[within("N_cutoff", Unit::Parameters, 1e6, 1e15)],
    fits: &[
        PublishedFit {
            id: "s-base",
            name: "S-BASE routing",
            values: &[937e9],
            worked: &[Worked { at: &[("N", 937e8)], ..TENTH }],
            ..CUTOFF
        },
        PublishedFit {
            id: "rl-r",
            name: "Routing by reinforcement",
            values: &[85e9],
            worked: &[Worked { at: &[("N", 85e8)], ..TENTH }],
            ..CUTOFF
        },
        PublishedFit {
            id: "hash",
            name: "Hash routing",
            values: &[83e9],
            worked: &[Worked { at: &[("N", 83e8)], ..TENTH }],
            ..CUTOFF
        },
    ],
    source: CLARK_2022.at("the printed cutoffs"),
    read_in: NOTES,
    caveats: &[
        "as printed: the rounded constants of Table 3 give 10^(-b/c), which is 1.0e12, 3.2e10 and 2.2e11",
        "it follows from the fixed 130 B tokens: with more tokens larger models profit too",
    ],
    ..BLANK
};

/// What the cutoffs share.
const CUTOFF: PublishedFit = PublishedFit {
    source: CLARK_2022.at("the printed cutoffs"),
    read_in: NOTES,
    objective: "from the unrounded constants of the paper",
    fitted_on: &[] as &[FittedRange],
    data: "130 B tokens for every run",
    ..BLANK_FIT
};

/// A tenth of a cutoff.
const TENTH: Worked =
    Worked { at: &[], output: "reach", value: 0.1, within: 1e-12, from: "a tenth of the cutoff" };
