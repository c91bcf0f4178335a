//! How large a vocabulary should be.

use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as, positive,
    within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{C_TRAIN, D_SEEN, N_NON_VOCABULARY, Unit, Variable};

/// "Scaling Laws with Vocabulary".
const TAO_2024: Source = Source {
    authors: "Tao et al.",
    year: 2024,
    title: "Scaling Laws with Vocabulary: Larger Models Deserve Larger Vocabularies",
    arxiv: "2407.13623",
    locator: "",
};

/// The authors' code.
const CODE: ReadIn = ReadIn::AuthorsCode("sail-sg/scaling-with-vocab at 6701cc2");

const N_V: Variable =
    Variable::own("N_v", Unit::Parameters, "parameters of the vocabulary, entries times width, counted once");
const ENTRIES: Variable = Variable::own("V", Unit::One, "entries of the vocabulary");
const CHARACTERS: Variable = Variable::own("H", Unit::Characters, "characters of the training text");

const RANGE: &[FittedRange] = &[FittedRange::new(N_NON_VOCABULARY, 33e6, 1.13e9)];
const DATA: &str = "1 200 rows: 6 sizes of 33 M to 1.13 B, 10 vocabularies of 4 K to 96 K, 20 checkpoints";

/// The width that goes with a size, as the authors' code chooses it.
macro_rules! width {
    () => {
        "if(N <= 50e6, 512, if(N <= 200e6, 768, if(N <= 500e6, 1024, if(N <= 1e9, 1536, if(N <= 2e9, 2048, \
         if(N <= 5e9, 3200, if(N <= 10e9, 4096, if(N <= 20e9, 5120, if(N <= 50e9, 6048, if(N <= 100e9, 8192, \
         if(N <= 200e9, 12288, if(N <= 500e9, 16384, if(N <= 1e12, 20480, 24576)))))))))))))"
    };
}

/// Tokens for each character, by vocabulary.
pub const TAO_COMPRESSION: Law = Law {
    id: "tao-compression",
    kind: Kind::Rule,
    name: "Tokens for each character",
    answers: "how many tokens a character of text takes with V entries of vocabulary",
    formula: "v = min(V, 200000)\n\
              f = a * ln(v)^2 - b * ln(v) + c",
    outputs: &[gives(Variable::own("f", Unit::One, "tokens for each character"))],
    inputs: &[ENTRIES],
    parameters: &[positive("a", Unit::One), positive("b", Unit::One), positive("c", Unit::One)],
    fits: &[PublishedFit {
        id: "tao2024",
        name: "Tao 2024",
        source: TAO_2024.at("f(V)"),
        read_in: CODE,
        values: &[0.00639222, 0.15811069, 1.20470122],
        objective: "not said",
        data: "the paper's training text and byte-pair vocabularies",
        worked: &[Worked {
            at: &[("V", 32000.0)],
            output: "f",
            value: 0.25240,
            within: 2.5e-5,
            from: "the formula, to five decimals",
        }],
        ..BLANK_FIT
    }],
    source: TAO_2024.at("f(V)"),
    read_in: CODE,
    caveats: &["beyond 200 000 entries it stays as it is: the parabola turns at 235 021"],
    seeds: &[89],
    ..BLANK
};

/// The width that the authors give a size.
pub const TAO_WIDTH: Law = Law {
    id: "tao-width",
    kind: Kind::Rule,
    name: "Width of a model of a size, in steps",
    answers: "the width of a model of N parameters, as the vocabulary paper chooses it",
    formula: width!(),
    outputs: &[gives(Variable::own("d", Unit::One, "width of the model"))],
    inputs: &[N_NON_VOCABULARY],
    source: TAO_2024.at("the widths of the code"),
    read_in: CODE,
    errata: &["Table 1 prints a width of 12888 at 130 B; the code and its column of vocabularies use 12288"],
    seeds: &[89],
    ..BLANK
};

/// Approach 1: size, vocabulary and text by budget.
pub const TAO_APPROACH_1: Law = Law {
    id: "tao-approach-1",
    kind: Kind::Optimum,
    name: "Vocabulary approach 1: power laws of the budget",
    answers: "the size, vocabulary parameters and characters of text that are best for a training budget",
    formula: "N_opt = k_N * C^a\n\
              N_v_opt = k_v * C^b\n\
              H_opt = k_H * C^c",
    outputs: &[gives_as("N_opt", N_NON_VOCABULARY), gives_as("N_v_opt", N_V), gives_as("H_opt", CHARACTERS)],
    inputs: &[C_TRAIN],
    parameters: &[
        positive("k_N", Unit::Parameters),
        exponent("a"),
        positive("k_v", Unit::Parameters),
        exponent("b"),
        positive("k_H", Unit::Characters),
        exponent("c"),
    ],
    fits: &[
        PublishedFit {
            id: "code",
            name: "Tao 2024, the code",
            source: TAO_2024.at("approach 1"),
            read_in: CODE,
            values: &[
                // exp of -2.4846510161625193, -1.589031299255507 and 1.85958504.
                0.08335463885854506,
                0.5,
                0.20412325033699738,
                0.4163622634135234,
                6.421071730599375,
                0.5,
            ],
            objective: "not said; through the best points at each budget",
            data: DATA,
            caveats: &["the code holds the logs of the coefficients: -2.4846510161625193, \
                        -1.589031299255507, 1.85958504"],
            worked: &[Worked {
                at: &[("C", 1e20)],
                output: "N_opt",
                value: 0.08335463885854506e10,
                within: 1e-12,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
        PublishedFit {
            id: "printed",
            name: "Tao 2024, rounded as printed",
            source: TAO_2024.at("approach 1"),
            read_in: ReadIn::Paper,
            values: &[0.08, 0.50, 0.20, 0.42, 6.42, 0.50],
            objective: "not said; through the best points at each budget",
            data: DATA,
            caveats: &["rounded: the exponent 0.42 for 0.4164 puts the vocabulary of a 7 B model 18 % too \
                        high"],
            worked: &[Worked {
                at: &[("C", 1e20)],
                output: "N_opt",
                value: 8e8,
                within: 1e-12,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
    ],
    source: TAO_2024.at("approach 1"),
    read_in: CODE,
    caveats: &["the budget counts 6 (N + N_v) for each token"],
    seeds: &[89],
    ..BLANK
};

/// The budget for which a size is best.
pub const TAO_BUDGET: Law = Law {
    id: "tao-budget",
    kind: Kind::Rule,
    name: "Budget for which a size is best, by approach 1",
    answers: "the training budget for which N parameters without the vocabulary's are best",
    formula: "C = (N / exp(-k))^2",
    outputs: &[gives_as("C", C_TRAIN)],
    inputs: &[N_NON_VOCABULARY],
    parameters: &[within("k", Unit::One, 0.0, 10.0)],
    fits: &[PublishedFit {
        id: "code",
        name: "Tao 2024, the code",
        source: TAO_2024.at("approach 1"),
        read_in: CODE,
        values: &[2.4846510161625193],
        objective: "not said; through the best points at each budget",
        fitted_on: RANGE,
        data: DATA,
        worked: &[Worked {
            at: &[("N", 7e9)],
            output: "C",
            value: 7.1e21,
            within: 0.008,
            from: "Tao et al. (2024), Table 1",
        }],
        ..BLANK_FIT
    }],
    source: TAO_2024.at("approach 1, solved for the budget"),
    read_in: CODE,
    seeds: &[89],
    ..BLANK
};

/// Approach 1, as entries of the vocabulary.
pub const TAO_VOCABULARY_1: Law = Law {
    id: "tao-vocabulary-1",
    kind: Kind::Rule,
    name: "Best vocabulary, approach 1",
    answers: "the best entries of vocabulary for N parameters, trained compute-optimally, by power laws",
    formula: concat!("C = (N / exp(-k))^2\nN_v = exp(-m) * C^b\nd = ", width!(), "\nV = floor(N_v / d)"),
    outputs: &[gives(N_V), gives(ENTRIES), gives_as("C", C_TRAIN)],
    inputs: &[N_NON_VOCABULARY],
    parameters: &[within("k", Unit::One, 0.0, 10.0), within("m", Unit::One, 0.0, 10.0), exponent("b")],
    fits: &[PublishedFit {
        id: "code",
        name: "Tao 2024, the code",
        source: TAO_2024.at("approach 1"),
        read_in: CODE,
        values: &[2.4846510161625193, 1.589031299255507, 0.4163622634135234],
        objective: "not said; through the best points at each budget",
        fitted_on: RANGE,
        data: DATA,
        worked: &[Worked {
            at: &[("N", 7e9)],
            output: "V",
            value: 62280.0,
            within: 0.0,
            from: "the authors' code",
        }],
        ..BLANK_FIT
    }],
    source: TAO_2024.at("approach 1 and Table 1"),
    read_in: CODE,
    caveats: &["the width is taken from the size, in steps: the vocabulary jumps where the width does"],
    errata: &["Table 1 prints a width of 12888 at 130 B; the code and its column of vocabularies use 12288"],
    seeds: &[89],
    ..BLANK
};

/// Approach 2: the vocabulary grows more slowly than the model.
pub const TAO_VOCABULARY_2: Law = Law {
    id: "tao-vocabulary-2",
    kind: Kind::Rule,
    name: "Best vocabulary, approach 2",
    answers: "the best entries of vocabulary for N parameters, trained compute-optimally, by derivatives",
    formula: concat!("N_v = k * (N / 33e6)^gamma\nd = ", width!(), "\nV = floor(N_v / d)"),
    outputs: &[gives(N_V), gives(ENTRIES)],
    inputs: &[N_NON_VOCABULARY],
    parameters: &[positive("k", Unit::Parameters), exponent("gamma")],
    fits: &[PublishedFit {
        id: "code",
        name: "Tao 2024, the code",
        source: TAO_2024.at("approach 2"),
        read_in: CODE,
        values: &[3_145_728.0, 0.8353974035228025],
        objective: "not said; through the roots of the derivative at seven sizes",
        fitted_on: &[FittedRange::new(N_NON_VOCABULARY, 33e6, 2.87e9)],
        data: "the derivative of the FLOPs by the vocabulary, at 33 M to 2.87 B parameters",
        worked: &[Worked {
            at: &[("N", 7e9)],
            output: "V",
            value: 67450.0,
            within: 0.0,
            from: "the authors' code",
        }],
        ..BLANK_FIT
    }],
    source: TAO_2024.at("approach 2 and Table 1"),
    read_in: CODE,
    caveats: &["least squares through the printed roots do not give the exponent: it ships as the code has \
                it"],
    seeds: &[89],
    ..BLANK
};

/// The loss by size, vocabulary and tokens.
pub const TAO_LOSS: Law = Law {
    id: "tao-loss",
    kind: Kind::Loss,
    name: "Loss with vocabulary",
    answers: "the unigram-normalised loss by parameters, vocabulary parameters and tokens",
    formula: "L_u = A_1 / (N / 1e6)^alpha_1 + A_2 / (N_v / 1e6)^alpha_2 + B / (D / 1e9)^beta - E",
    outputs: &[gives(Variable::own(
        "L_u",
        Unit::One,
        "nats per token less those of a unigram model, so below zero",
    ))],
    inputs: &[N_NON_VOCABULARY, N_V, D_SEEN],
    parameters: LOSS_PARAMETERS,
    cost: "6 * (N + N_v) * D",
    fits: &[
        PublishedFit {
            id: "code",
            name: "Tao 2024, the code",
            source: TAO_2024.at("approach 3"),
            read_in: CODE,
            values: LOSS_CODE,
            worked: &[Worked {
                at: &[("N", 3e9), ("N_v", 1e8), ("D", 70e9)],
                output: "L_u",
                value: -5.15406581759,
                within: 1e-11,
                from: "the formula in double precision",
            }],
            ..LOSS_FIT
        },
        PublishedFit {
            id: "printed",
            name: "Tao 2024, rounded as printed",
            source: TAO_2024.at("approach 3"),
            values: &[1.831, 0.447, 0.196, 0.671, 2.124, 0.447, 5.533],
            worked: &[Worked {
                at: &[("N", 3e9), ("N_v", 1e8), ("D", 70e9)],
                output: "L_u",
                value: -5.15500592534,
                within: 1e-11,
                from: "the formula in double precision",
            }],
            ..LOSS_FIT
        },
    ],
    source: TAO_2024.at("approach 3"),
    read_in: CODE,
    caveats: &[
        "parameters count in millions and tokens in billions inside the formula, as in the paper",
        "the loss is that of the model less that of a unigram model of the same vocabulary: it cannot be \
         compared \
         with other losses",
        "fitted to D = H f(V / 1000), not H f(V): to predict a loss from characters take the former, which \
         gives an \
         R² of 0.97; the latter gives 0.04",
    ],
    errata: &["the code that fits it turns characters into tokens with the vocabulary in thousands"],
    seeds: &[89],
    ..BLANK
};

const LOSS_PARAMETERS: &[super::Parameter] = &[
    positive("A_1", Unit::NatsPerToken),
    exponent("alpha_1"),
    positive("A_2", Unit::NatsPerToken),
    exponent("alpha_2"),
    positive("B", Unit::NatsPerToken),
    exponent("beta"),
    positive("E", Unit::NatsPerToken),
];

const LOSS_CODE: &[f64] = &[
    1.8313851559554126,
    0.44660634152009615,
    0.19584238398665638,
    0.6707374679896795,
    2.1241123120064955,
    0.44660634152009615,
    5.5327846803337435,
];

/// What the fits of the loss share.
const LOSS_FIT: PublishedFit = PublishedFit {
    objective: "not said; alpha_1 and beta tied",
    fitted_on: RANGE,
    data: DATA,
    caveats: &["vocabularies of 4 K to 96 K; beyond, and beyond 1.13 B parameters, it extrapolates"],
    ..BLANK_FIT
};

/// Approach 3: the vocabulary at which the loss falls no more, at a budget.
pub const TAO_VOCABULARY_3: Law = Law {
    id: "tao-vocabulary-3",
    kind: Kind::Rule,
    name: "Best vocabulary, approach 3",
    answers: "the best entries of vocabulary for N parameters and a budget of C, which need not be the \
              best one",
    formula: concat!(
        "n = N / 1e6\n\
         v = solve(x in 1e-3..1e6: alpha_2 * A_2 * x^(-alpha_2 - 1) = \
         beta * B * (C / (6e15 * (n + x)))^-beta / (n + x))\n\
         N_v = 1e6 * v\n\
         d = ",
        width!(),
        "\nV = floor(N_v / d)"
    ),
    outputs: &[gives(N_V), gives(ENTRIES)],
    inputs: &[N_NON_VOCABULARY, C_TRAIN],
    parameters: &[
        exponent("alpha_2"),
        within("A_2", Unit::NatsPerToken, 1e-3, 1e3),
        exponent("beta"),
        within("B", Unit::NatsPerToken, 1e-3, 1e3),
    ],
    fits: &[PublishedFit {
        id: "code",
        name: "Tao 2024, the code",
        source: TAO_2024.at("approach 3"),
        read_in: CODE,
        values: &[0.6707374679896795, 0.19584238398665638, 0.44660634152009615, 2.1241123120064955],
        objective: "not said; alpha_1 and beta tied",
        fitted_on: RANGE,
        data: DATA,
        worked: &[Worked {
            at: &[("N", 7e9), ("C", 7.052_393_420_318_813e21)],
            output: "V",
            value: 59547.0,
            within: 0.0,
            from: "the authors' code",
        }],
        ..BLANK_FIT
    }],
    source: TAO_2024.at("approach 3 and Table 1"),
    read_in: CODE,
    caveats: &[
        "for a compute-optimal budget take C from tao-budget",
        "a converged re-fit of the same rows gives 59 400 at 7 B and 378 041 at 300 B: the digits are good \
         to 1.5 %",
    ],
    seeds: &[89],
    ..BLANK
};
