//! Diffusion transformers: size, tokens, loss and FID from compute.

use super::{
    BLANK, BLANK_FIT, Derived, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as,
    positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{C_TRAIN, Unit, Variable};

/// Text to image.
const LIANG_2024: Source = Source {
    authors: "Liang et al.",
    year: 2024,
    title: "Scaling Laws For Diffusion Transformers",
    arxiv: "2410.08184",
    locator: "",
};

const READ: ReadIn = ReadIn::SecondHand("notes on the paper, and a public review of it");

const N: Variable =
    Variable::own("N", Unit::Parameters, "parameters; which of them count is not stated in what was read");

const D: Variable =
    Variable::own("D", Unit::Tokens, "tokens trained on; which are counted is not stated in what was read");

const RUNS: PublishedFit = PublishedFit {
    id: "liang2024",
    name: "Liang 2024",
    source: LIANG_2024.at("the laws of compute"),
    read_in: READ,
    objective: "power laws through the best models of six budgets",
    fitted_on: &[FittedRange::new(C_TRAIN, 1e17, 6e18)],
    data: "108 M pairs of LAION-Aesthetic",
    caveats: &["models of 1 M to 1 B parameters, 2 to 15 layers, a batch of 1024"],
    ..BLANK_FIT
};

/// Best size and tokens.
pub const DIT_OPTIMUM: Law = Law {
    id: "dit-optimum",
    kind: Kind::Optimum,
    name: "Diffusion transformers, best size",
    answers: "the size and tokens of lowest loss of a text-to-image transformer for a budget of C FLOPs",
    formula: "N_opt = k_N * C^a\nD_opt = k_D * C^b",
    outputs: &[gives_as("N_opt", N), gives_as("D_opt", D)],
    inputs: &[C_TRAIN],
    parameters: &[
        positive("k_N", Unit::Parameters),
        exponent("a"),
        positive("k_D", Unit::Tokens),
        exponent("b"),
    ],
    derived: &[Derived {
        name: "six_N_D_over_C",
        formula: "6 * k_N * k_D",
        meaning: "6 N D of the best plan over the budget: 1 but for rounding, as a + b is 1",
    }],
    fits: &[PublishedFit {
        values: &[0.0009, 0.5681, 186.8535, 0.4319],
        caveats: &[
            "models of 1 M to 1 B parameters, 2 to 15 layers, a batch of 1024",
            "rounded: 6 N D is 0.9 % above C, and the size at 1.5e21 FLOPs 0.66 % above the printed 958.3 M",
        ],
        worked: &[Worked {
            at: &[("C", 1.5e21)],
            output: "N_opt",
            value: 958.3e6,
            within: 0.01,
            from: "the paper's prediction at 1.5e21 FLOPs",
        }],
        ..RUNS
    }],
    source: LIANG_2024.at("the laws of compute"),
    read_in: READ,
    errata: &["the abstract on arXiv says 1 B parameters at 1e21 FLOPs, the text 1.5e21"],
    seeds: &[6],
    ..BLANK
};

/// The lowest loss.
pub const DIT_LOSS: Law = Law {
    id: "dit-loss",
    kind: Kind::Loss,
    name: "Diffusion transformers, lowest loss",
    answers: "the lowest loss of a text-to-image transformer for a budget of C FLOPs",
    formula: "k * C^(-p)",
    outputs: &[gives(Variable::own(
        "L",
        Unit::One,
        "rectified-flow velocity loss in training, exponential mean at 0.9",
    ))],
    inputs: &[C_TRAIN],
    parameters: &[positive("k", Unit::One), exponent("p")],
    fits: &[PublishedFit {
        values: &[2.3943, 0.0273],
        worked: &[Worked {
            at: &[("C", 1e21)],
            output: "L",
            value: 0.6396,
            within: 8e-5,
            from: "the formula in double precision",
        }],
        ..RUNS
    }],
    source: LIANG_2024.at("the laws of compute"),
    read_in: READ,
    caveats: &["not a cross-entropy: no other loss can be compared with it"],
    errata: &["a public review prints the coefficient as 3.3943 and calls the tokens N"],
    seeds: &[6],
    ..BLANK
};

/// The FID.
pub const DIT_FID: Law = Law {
    id: "dit-fid",
    kind: Kind::Rule,
    name: "Diffusion transformers, FID",
    answers: "the FID of the best text-to-image transformer for a budget of C FLOPs",
    formula: "k * C^(-p)",
    outputs: &[gives(Variable::own("FID", Unit::One, "Fréchet distance in features of CLIP ViT-L/14"))],
    inputs: &[C_TRAIN],
    parameters: &[positive("k", Unit::One), exponent("p")],
    fits: &[PublishedFit {
        values: &[2.2566e6, 0.234],
        worked: &[Worked {
            at: &[("C", 1e21)],
            output: "FID",
            value: 27.508,
            within: 2e-5,
            from: "the formula in double precision",
        }],
        ..RUNS
    }],
    source: LIANG_2024.at("the laws of compute"),
    read_in: READ,
    seeds: &[6],
    ..BLANK
};

/// Growth of model, data and loss, by architecture.
pub const DIT_ARCHITECTURE: Law = Law {
    id: "dit-architecture",
    kind: Kind::Rule,
    name: "Diffusion transformers, growth by architecture",
    answers: "how many times best model, data and loss grow when the budget grows from C to C_new, by \
        architecture",
    formula: "model = (C_new / C)^a\ndata = (C_new / C)^b\nloss = (C_new / C)^c",
    outputs: &[
        gives(Variable::own("model", Unit::One, "best size over the best size before")),
        gives(Variable::own("data", Unit::One, "best tokens over the best tokens before")),
        gives(Variable::own("loss", Unit::One, "lowest loss over the lowest loss before")),
    ],
    inputs: &[C_TRAIN, C_TRAIN.named("C_new")],
    parameters: &[exponent("a"), exponent("b"), within("c", Unit::One, -2.0, -0.02)],
    fits: &[
        PublishedFit {
            id: "in-context",
            name: "In-context",
            values: &[0.56, 0.43, -0.0273],
            worked: &[Worked { value: 3.630780547701014, ..TENFOLD }],
            ..RUNS
        },
        PublishedFit {
            id: "cross-attention",
            name: "Cross-attention",
            values: &[0.54, 0.46, -0.0385],
            worked: &[Worked { value: 3.4673685045253166, ..TENFOLD }],
            ..RUNS
        },
    ],
    source: LIANG_2024.at("the comparison of architectures"),
    read_in: READ,
    seeds: &[6],
    ..BLANK
};

const TENFOLD: Worked = Worked {
    at: &[("C", 1e18), ("C_new", 1e19)],
    output: "model",
    value: 0.0,
    within: 1e-12,
    from: "ten to the exponent",
};
