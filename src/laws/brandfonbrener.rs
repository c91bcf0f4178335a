//! Laws of six training sets, and how the loss on one follows from the loss on another.

use super::chinchilla::FORM;
use super::{
    BLANK, BLANK_FIT, ClosedForm, Derived, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives,
    gives_as, positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{C_TRAIN, D_SEEN, LOSS_NATS, Unit, Variable};

/// Shifted power laws between the losses of models trained on different data.
const BRANDFONBRENER_2024: Source = Source {
    authors: "Brandfonbrener et al.",
    year: 2024,
    title: "Loss-to-Loss Prediction",
    arxiv: "2411.12925",
    locator: "",
};

const SIZE: Variable = Variable::own("N", Unit::Parameters, "parameters, as the authors' code counts them");

/// The form of Chinchilla, fitted to each of six training sets.
pub const BRANDFONBRENER_CHINCHILLA: Law = Law {
    id: "brandfonbrener-chinchilla",
    name: "Six training sets, Chinchilla's form",
    formula: FORM.formula,
    parameters: FORM.parameters,
    derived: FORM.derived,
    closed_forms: FORM.closed_forms,
    fits: BY_CHINCHILLA,
    ..SIX_SETS
};

/// The form of Kaplan with a floor, fitted to each of six training sets.
pub const BRANDFONBRENER_KAPLAN: Law = Law {
    id: "brandfonbrener-kaplan",
    name: "Six training sets, Kaplan's form with a floor",
    formula: "E + ((A / N)^(alpha / beta) + B / D)^beta",
    parameters: &[
        positive("E", Unit::NatsPerToken),
        within("A", Unit::Parameters, 1e3, 1e14),
        exponent("alpha"),
        exponent("beta"),
        within("B", Unit::Tokens, 1e3, 1e14),
    ],
    derived: &[
        Derived {
            name: "a",
            formula: "beta / (alpha + beta)",
            meaning: "the exponent of the best size as the budget grows",
        },
        Derived {
            name: "G",
            formula: "alpha * A^(alpha / beta) / (beta * B)",
            meaning: "the best size is (G C / 6)^a",
        },
    ],
    closed_forms: &[
        ClosedForm {
            of: "N",
            formula: "(alpha * A^(alpha / beta) / (beta * B) * C / 6)^(beta / (alpha + beta))",
        },
        ClosedForm {
            of: "D",
            formula: "C / 6 / (alpha * A^(alpha / beta) / (beta * B) * C / 6)^(beta / (alpha + beta))",
        },
    ],
    fits: BY_KAPLAN,
    ..SIX_SETS
};

/// The loss of a model on one training set from that of an equal one on another.
pub const LOSS_TO_LOSS: Law = Law {
    id: "loss-to-loss",
    name: "Loss-to-loss prediction",
    answers: "the loss L_1 of a model trained on one data set, from the loss L_0 of its equal trained on \
              another",
    inputs: &[KNOWN_LOSS, KNOWN_FLOOR, LOSS_NATS.named("E_1")],
    parameters: &[positive("K", Unit::One), within("kappa", Unit::One, 0.02, 5.0)],
    caveats: &[
        "E_0 and E_1 are the floors of brandfonbrener-kaplan for the two sets; K and kappa are the straight \
         line of ln(L_1 - E_1) on ln(L_0 - E_0) over pairs of runs of equal tokens",
        NO_CONSTANTS,
        ON_THE_LINE,
        "it is within about 2 % for runs of 1e21 FLOPs for which the laws of single sets are 3 to 6 % too \
         high",
    ],
    ..SHIFTED
};

/// The loss on a test set from the training loss.
pub const LOSS_TO_TEST: Law = Law {
    id: "loss-to-test",
    name: "Loss-to-loss prediction, training to test",
    answers: "the loss L_1 on a test set of a model whose loss on its own training set is L_0",
    inputs: &[KNOWN_LOSS, KNOWN_FLOOR],
    parameters: &[
        positive("K", Unit::One),
        within("kappa", Unit::One, 0.02, 5.0),
        within("E_1", Unit::NatsPerToken, 0.0, 20.0),
    ],
    caveats: &[
        "E_0 is the floor of brandfonbrener-kaplan for the training set; E_1 is at most the smallest loss of \
         the runs",
        NO_CONSTANTS,
        ON_THE_LINE,
    ],
    ..SHIFTED
};

const KNOWN_LOSS: Variable = LOSS_NATS.named("L_0");
const KNOWN_FLOOR: Variable = LOSS_NATS.named("E_0");

const NO_CONSTANTS: &str =
    "no constants ship: the runs carry no licence, and the paper's table of them was not read";
const ON_THE_LINE: &str = "Mayilvahanan et al. (2025, arXiv:2502.12120) find the same form, set by \
                           pre-training data and tokenizer, hardly by architecture, size or optimiser";

/// What the two share.
const SHIFTED: Law = Law {
    kind: Kind::Loss,
    formula: "K * (L_0 - E_0)^kappa + E_1
where L_0 > E_0",
    outputs: &[gives_as("L_1", LOSS_NATS)],
    source: BRANDFONBRENER_2024.at("the shifted power law"),
    read_in: ReadIn::AuthorsCode(
        "utils_scaling.py of KempnerInstitute/loss-to-loss-notebooks, commit 457ce81",
    ),
    seeds: &[10],
    ..BLANK
};

/// What the laws of single sets share.
const SIX_SETS: Law = Law {
    kind: Kind::Loss,
    answers: "the loss of a model of N parameters trained over D tokens of one of six data sets",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[SIZE, D_SEEN],
    source: BRANDFONBRENER_2024.at("the laws of single data sets"),
    read_in: ReadIn::AuthorsCode(
        "utils_scaling.py of KempnerInstitute/loss-to-loss-notebooks, commit 457ce81",
    ),
    caveats: &[
        "at 1e21 FLOPs, twenty times the largest run, every fit is 3 to 6 % above the loss that was measured",
    ],
    ..BLANK
};

const VALIDATION: PublishedFit = PublishedFit {
    source: BRANDFONBRENER_2024.at("data/opt_params_data.csv, the rows of val_loss"),
    read_in: ReadIn::AuthorsCode(
        "data/opt_params_data.csv of KempnerInstitute/loss-to-loss-notebooks, commit 457ce81",
    ),
    objective: "the sum of Huber terms, delta 1e-3, of the natural log of the loss",
    fitted_on: &[FittedRange::new(SIZE, 20e6, 1.74e9), FittedRange::new(C_TRAIN, 2e17, 4.84e19)],
    ..BLANK_FIT
};

const fn worked(value: f64) -> Worked {
    Worked {
        at: &[("N", 3309980160.0), ("D", 50352769083.264435)],
        output: "L",
        value,
        within: 1e-9,
        from: "the authors' code, for their run of 1e21 FLOPs",
    }
}

const BY_CHINCHILLA: &[PublishedFit] = &[
    PublishedFit {
        id: "fineweb",
        name: "FineWeb-100B",
        values: &[2.1471759753, 1636.584344, 0.426722012501, 4198.638775, 0.421205669668],
        data: "FineWeb-100B",
        worked: &[worked(2.41938082589)],
        ..VALIDATION
    },
    PublishedFit {
        id: "fineweb-edu",
        name: "FineWeb-Edu",
        values: &[2.00219140949, 2517.506178, 0.454019227959, 7160.559683, 0.449472189611],
        data: "FineWeb-Edu",
        worked: &[worked(2.23291954673)],
        ..VALIDATION
    },
    PublishedFit {
        id: "slimpajama",
        name: "SlimPajama",
        values: &[2.00684960712, 2048.353934, 0.440916344119, 6018.806527, 0.43849091762],
        data: "SlimPajama",
        worked: &[worked(2.25896948219)],
        ..VALIDATION
    },
    PublishedFit {
        id: "smollm",
        name: "SmolLM",
        values: &[1.55150506666, 2439.833585, 0.447699030959, 6916.032588, 0.443642916524],
        data: "SmolLM",
        worked: &[worked(1.80855185812)],
        ..VALIDATION
    },
    PublishedFit {
        id: "proof-pile-2",
        name: "Proof-Pile-2",
        values: &[1.33004168586, 3770.75759, 0.507126570526, 3588.08409, 0.434939306562],
        data: "Proof-Pile-2",
        worked: &[worked(1.46556112269)],
        ..VALIDATION
    },
    PublishedFit {
        id: "starcoder",
        name: "StarCoder",
        values: &[0.862588056826, 7753.623417, 0.546823589947, 4189.6206, 0.438653019911],
        data: "StarCoder",
        worked: &[worked(0.995540304436)],
        ..VALIDATION
    },
];

const BY_KAPLAN: &[PublishedFit] = &[
    PublishedFit {
        id: "fineweb",
        name: "FineWeb-100B",
        values: &[2.17001441717, 67873108.54, 0.410723258546, 0.453087608546, 931025251.5],
        data: "FineWeb-100B",
        worked: &[worked(2.42260437346)],
        ..VALIDATION
    },
    PublishedFit {
        id: "fineweb-edu",
        name: "FineWeb-Edu",
        values: &[1.96690513427, 66798878.46, 0.412898069829, 0.455581298668, 889955656.4],
        data: "FineWeb-Edu",
        worked: &[worked(2.2146707169)],
        ..VALIDATION
    },
    PublishedFit {
        id: "slimpajama",
        name: "SlimPajama",
        values: &[1.96723703511, 74673473.63, 0.401266668614, 0.43405859895, 1064203126.0],
        data: "SlimPajama",
        worked: &[worked(2.24244808163)],
        ..VALIDATION
    },
    PublishedFit {
        id: "smollm",
        name: "SmolLM",
        values: &[1.5340203712, 77882957.08, 0.418119552165, 0.454903772916, 1062913009.0],
        data: "SmolLM",
        worked: &[worked(1.79678455729)],
        ..VALIDATION
    },
    PublishedFit {
        id: "proof-pile-2",
        name: "Proof-Pile-2",
        values: &[1.31910563835, 21399832.68, 0.452684445259, 0.455226326603, 329014140.5],
        data: "Proof-Pile-2",
        worked: &[worked(1.45848423372)],
        ..VALIDATION
    },
    PublishedFit {
        id: "starcoder",
        name: "StarCoder",
        values: &[0.845247456705, 22270138.3, 0.451268111819, 0.471565258512, 377544568.2],
        data: "StarCoder",
        worked: &[worked(0.986858312051)],
        ..VALIDATION
    },
];
