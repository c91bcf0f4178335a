//! `DeepSeek` LLM: learning rate and batch from compute, `IsoFLOP` allocation, FLOPs of a token, schedule.

use super::step_law::{BATCH, LEARNING_RATE};
use super::{
    BLANK, BLANK_FIT, Derived, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as,
    positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, Unit, Variable};

/// The first models of `DeepSeek`.
const BI_2024: Source = Source {
    authors: "Bi et al.",
    year: 2024,
    title: "DeepSeek LLM: Scaling Open-Source Language Models with Longtermism",
    arxiv: "2401.02954",
    locator: "",
};

const READ: ReadIn =
    ReadIn::SecondHand("a course on training language models, checked there against the PDF");

/// C: training compute as M D.
const C_OF_M: Variable = Variable::own(
    "C",
    Unit::Flops,
    "training compute as M D: FLOPs for each token without the vocabulary, attention counted, times tokens",
);

/// M: what one token costs in training.
const M: Variable = Variable::own(
    "M",
    Unit::FlopsPerToken,
    "FLOPs for each token in training, attention counted, vocabulary not",
);

/// Learning rate and batch for a budget.
pub const DEEPSEEK_HYPER: Law = Law {
    id: "deepseek-hyper",
    kind: Kind::HyperParameter,
    name: "DeepSeek learning rate and batch",
    answers: "the peak learning rate and the batch for a training budget of C FLOPs",
    formula: "lr = k_lr * C^p_lr\nB = k_B * C^p_B",
    outputs: &[gives(LEARNING_RATE), gives(BATCH)],
    inputs: &[C_OF_M],
    parameters: &[
        positive("k_lr", Unit::One),
        within("p_lr", Unit::One, -2.0, -0.02),
        positive("k_B", Unit::Tokens),
        within("p_B", Unit::One, 0.02, 2.0),
    ],
    fits: &[PublishedFit {
        id: "bi2024",
        name: "DeepSeek 2024",
        source: BI_2024.at("Eq. 1"),
        read_in: READ,
        values: &[0.3118, -0.1250, 0.2920, 0.3271],
        objective: "power laws through settings whose loss is within 0.25 % of the lowest",
        fitted_on: &[FittedRange::new(C_OF_M, 1e17, 2e19)],
        data: "DeepSeek's own, current version",
        caveats: &[
            "checked at 1e20 FLOPs; the paper's models of 7 B and 67 B parameters lie three to five decades \
             above the runs",
        ],
        worked: &[
            Worked {
                at: &[("C", 1e20)],
                output: "lr",
                value: 9.860e-4,
                within: 5.1e-5,
                from: "the formula in double precision",
            },
            Worked {
                at: &[("C", 8.4557e22)],
                output: "lr",
                value: 4.2e-4,
                within: 0.03,
                from: "Table 2, the model of 7 B parameters",
            },
            Worked {
                at: &[("C", 8.4557e22)],
                output: "B",
                value: 9_437_184.0,
                within: 0.1,
                from: "Table 2, the model of 7 B parameters",
            },
        ],
        ..BLANK_FIT
    }],
    source: BI_2024.at("Eq. 1"),
    read_in: READ,
    caveats: &[
        "the units are not printed: the paper's own models fix C in FLOPs and B in tokens",
        "C is M D, with attention and without vocabulary; 6 N D is off by up to half at small scale",
        "AdamW with betas 0.9 and 0.95, weight decay 0.1, 2000 steps of warm-up and a schedule of steps",
        "along the compute frontier alone: batch and tokens grow together",
    ],
    errata: &[
        "the Step Law paper quotes the learning rate's coefficient as 0.3188; this paper prints 0.3118",
    ],
    ..BLANK
};

/// The best FLOPs for each token, and tokens, for a budget.
pub const DEEPSEEK_OPTIMUM: Law = Law {
    id: "deepseek-optimum",
    kind: Kind::Optimum,
    name: "DeepSeek IsoFLOP allocation",
    answers: "the model, in FLOPs for each token, and the tokens of lowest loss for a budget of C FLOPs",
    formula: "M_opt = k_M * C^a\nD_opt = k_D * C^b",
    outputs: &[gives_as("M_opt", M), gives_as("D_opt", D_SEEN)],
    inputs: &[C_OF_M],
    parameters: &[
        positive("k_M", Unit::FlopsPerToken),
        exponent("a"),
        positive("k_D", Unit::Tokens),
        exponent("b"),
    ],
    derived: &[Derived {
        name: "M_D_over_C",
        formula: "k_M * k_D",
        meaning: "best model times best tokens over the budget: 1 but for rounding, as a + b is 1",
    }],
    fits: &[PublishedFit {
        id: "bi2024",
        name: "DeepSeek 2024",
        source: BI_2024.at("section 3, IsoFLOP profiles"),
        read_in: READ,
        values: &[0.1715, 0.5243, 5.8316, 0.4757],
        objective: "power laws through the best of about ten models for each of eight budgets",
        fitted_on: &[FittedRange::new(C_OF_M, 1e17, 3e20)],
        data: "DeepSeek's own, current version",
        worked: &[Worked {
            at: &[("C", 1e17)],
            output: "M_opt",
            value: 140_399_035.516_120_17,
            within: 1e-12,
            from: "the formula in double precision",
        }],
        ..BLANK_FIT
    }],
    source: BI_2024.at("section 3, IsoFLOP profiles"),
    read_in: READ,
    caveats: &[
        "the model is counted in FLOPs for each token, not in parameters",
        "the exponents hang on the data: see the law of data quality",
    ],
    ..BLANK
};

/// How much faster the best model grows than the best data, by the data.
pub const DEEPSEEK_DATA_QUALITY: Law = Law {
    id: "deepseek-data-quality",
    kind: Kind::Rule,
    name: "DeepSeek growth of model and data, by data set",
    answers: "how many times model and tokens grow when the budget grows from C to C_new, by data set",
    formula: "model = (C_new / C)^a\ntokens = (C_new / C)^b",
    outputs: &[
        gives_as("model", Variable::own("model", Unit::One, "best model over the best model before")),
        gives_as("tokens", Variable::own("tokens", Unit::One, "best tokens over the best tokens before")),
    ],
    inputs: &[C_OF_M, C_OF_M.named("C_new")],
    parameters: &[exponent("a"), exponent("b")],
    fits: &[
        PublishedFit {
            id: "current",
            name: "DeepSeek's data, current",
            values: &[0.524, 0.476],
            data: "DeepSeek's own, current version",
            worked: &[TENFOLD_CURRENT],
            ..QUALITY
        },
        PublishedFit {
            id: "early",
            name: "DeepSeek's data, early",
            values: &[0.450, 0.550],
            data: "DeepSeek's own, early version",
            worked: &[TENFOLD_EARLY],
            ..QUALITY
        },
        PublishedFit {
            id: "openwebtext2",
            name: "OpenWebText2",
            values: &[0.578, 0.422],
            data: "OpenWebText2",
            worked: &[TENFOLD_OPEN],
            ..QUALITY
        },
        PublishedFit {
            id: "kaplan",
            name: "As quoted for OpenAI",
            values: &[0.73, 0.27],
            data: "OpenWebText2",
            worked: &[TENFOLD_KAPLAN],
            ..QUALITY
        },
        PublishedFit {
            id: "chinchilla",
            name: "As quoted for Chinchilla",
            values: &[0.49, 0.51],
            data: "MassiveText",
            worked: &[TENFOLD_CHINCHILLA],
            ..QUALITY
        },
    ],
    source: BI_2024.at("Table 4"),
    read_in: READ,
    caveats: &[
        "the better the data, the more of a budget goes into the model: the paper's reading of these \
         exponents",
    ],
    ..BLANK
};

const QUALITY: PublishedFit = PublishedFit {
    source: BI_2024.at("Table 4"),
    read_in: READ,
    objective: "power laws through the best models of each budget",
    ..BLANK_FIT
};

const TENFOLD_CURRENT: Worked = Worked { value: 3.3419504002611427, ..TENFOLD };
const TENFOLD_EARLY: Worked = Worked { value: 2.8183829312644537, ..TENFOLD };
const TENFOLD_OPEN: Worked = Worked { value: 3.7844258471709327, ..TENFOLD };
const TENFOLD_KAPLAN: Worked = Worked { value: 5.370317963702527, ..TENFOLD };
const TENFOLD_CHINCHILLA: Worked = Worked { value: 3.0902954325135905, ..TENFOLD };

const TENFOLD: Worked = Worked {
    at: &[("C", 1e20), ("C_new", 1e21)],
    output: "model",
    value: 0.0,
    within: 1e-12,
    from: "ten to the exponent",
};

/// What one token costs.
pub const DEEPSEEK_FLOPS_PER_TOKEN: Law = Law {
    id: "deepseek-flops-per-token",
    kind: Kind::Cost,
    name: "DeepSeek FLOPs for each token",
    answers: "the training FLOPs for each token of a model of n layers of width d on sequences of l tokens",
    formula: "72 * n * d^2 + 12 * n * d * l",
    outputs: &[gives(M)],
    inputs: &[
        Variable::own("n", Unit::One, "layers"),
        Variable::own("d", Unit::One, "width of the model"),
        Variable::own("l", Unit::Tokens, "tokens of a sequence"),
    ],
    source: BI_2024.at("Eq. 2"),
    read_in: READ,
    caveats: &["forward and backward, attention counted, vocabulary not; training costs M D"],
    ..BLANK
};

/// The learning rate of the schedule of steps, over its peak.
pub const DEEPSEEK_SCHEDULE: Law = Law {
    id: "deepseek-schedule",
    kind: Kind::Rule,
    name: "DeepSeek schedule of steps",
    answers: "the learning rate at step s of T over its peak, in a schedule of two drops",
    formula: "if(s < 2000, s / 2000, if(s < 0.8 * T, 1, if(s < 0.9 * T, 0.316, 0.1)))",
    outputs: &[gives_as("factor", Variable::own("factor", Unit::One, "learning rate over its peak"))],
    inputs: &[Variable::own("s", Unit::Steps, "the step"), Variable::own("T", Unit::Steps, "steps in all")],
    source: BI_2024.at("the schedule of steps"),
    read_in: READ,
    ..BLANK
};
