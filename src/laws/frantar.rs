//! Pruned models: the loss of what remains of a model.

use super::{
    BLANK, BLANK_FIT, Derived, FittedRange, Kind, Law, Parameter, PublishedFit, Worked, exponent, gives,
    positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, N_NON_ZERO, Unit, Variable};

/// "Scaling Laws for Sparsely-Connected Foundation Models".
const FRANTAR_2023: Source = Source {
    authors: "Frantar et al.",
    year: 2023,
    title: "Scaling Laws for Sparsely-Connected Foundation Models",
    arxiv: "2309.08520",
    locator: "",
};

/// How the form and the rounded constants were read.
const NOTES: ReadIn = ReadIn::SecondHand(
    "two notes that quote Eq. 1, and the defaults of a third party's \
                                          script",
);

/// The notebook's coefficients, in parameters and tokens or images.
const REPOSITORY: ReadIn = ReadIn::ComputedHere("scripts/frantar_units.py");

const T5: [f64; 7] = [
    16.787050107077444,
    0.72161276,
    45.01844735112024,
    0.24513173,
    689991261.9177524,
    0.20270772,
    0.65074219,
];

const VIT: [f64; 7] = [
    294.3895961785651,
    0.82101251,
    468.15738289900344,
    0.39222675,
    237412873.8420379,
    0.88979104,
    4.51669257,
];

const PRUNED: Variable = Variable::own("S", Unit::One, "share of the weights that are zero");

const FORM: &[Parameter] = &[
    positive("a_S", Unit::NatsPerToken),
    exponent("b_S"),
    positive("c_S", Unit::NatsPerToken),
    exponent("b_N"),
    within("a_D", Unit::Tokens, 1e4, 1e12),
    exponent("b_D"),
    positive("c", Unit::NatsPerToken),
];

const FORMULA: &str = "L = (a_S * (1 - S)^b_S + c_S) / N^b_N + (a_D / D)^b_D + c\n\
                       where S >= 0, S < 1";

const SPARSITIES: FittedRange = FittedRange::new(PRUNED, 0.0, 0.875);

/// The loss of a pruned language model by its non-zero parameters.
pub const FRANTAR: Law = Law {
    id: "frantar",
    kind: Kind::Loss,
    name: "Sparsely connected language models",
    answers: "the loss of a language model with N non-zero parameters, of which a share S was pruned away",
    formula: FORMULA,
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_NON_ZERO, D_SEEN, PRUNED],
    parameters: FORM,
    derived: &[Derived {
        name: "gain_limit",
        formula: "((a_S + c_S) / c_S)^(1 / b_N)",
        meaning: "the dense size over the non-zero parameters of equal loss, as everything else is pruned",
    }],
    fits: &[
        PublishedFit {
            id: "t5",
            name: "T5 on C4",
            source: FRANTAR_2023.at("jaxpruner, projects/bigsparse/sparsity-scaling.ipynb"),
            read_in: REPOSITORY,
            values: &T5,
            objective: "the mean of Huber terms, delta 1e-3, of the natural log of the loss, over 48 runs",
            fitted_on: &[
                SPARSITIES,
                FittedRange::new(N_NON_ZERO, 1327104.0, 84934656.0),
                FittedRange::new(D_SEEN, 2.5e5 * 65536.0, 1e6 * 65536.0),
            ],
            data: "C4, encoder-decoder T5, 65 536 tokens a step",
            caveats: &["checked by the paper on one larger model of 75 % sparsity, which it puts 1 % too \
                        low"],
            worked: &[
                Worked {
                    at: &[("S", 0.75), ("N", 603_979_776.0), ("D", 3.2768e10)],
                    output: "L",
                    value: 1.46830,
                    within: 4e-6,
                    from: "the notebook's prediction of the model held out; measured: 1.48278",
                },
                Worked {
                    at: &[("S", 0.875), ("N", 84934656.0), ("D", 6.5536e10)],
                    output: "L",
                    value: 1.602968,
                    within: 2e-4,
                    from: "a measured run of t5-data.csv",
                },
            ],
            ..BLANK_FIT
        },
        PublishedFit {
            id: "t5-rounded",
            name: "T5 on C4, rounded as printed",
            source: FRANTAR_2023.at("the table of fitted coefficients"),
            read_in: NOTES,
            values: &[16.8, 0.722, 45.0, 0.245, 6.90e8, 0.203, 0.651],
            objective: "the mean of Huber terms, delta 1e-3, of the natural log of the loss, over 48 runs",
            fitted_on: &[SPARSITIES],
            data: "C4, encoder-decoder T5, 65 536 tokens a step",
            caveats: &["rounded: it says up to 0.1 % more than the unrounded fit"],
            worked: &[Worked {
                at: &[("S", 0.75), ("N", 8.5e7), ("D", 6.5e10)],
                output: "L",
                value: 1.63234729263,
                within: 1e-11,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
    ],
    source: FRANTAR_2023.at("Eq. 1"),
    read_in: NOTES,
    caveats: &[
        "N counts what is left after pruning, without embeddings: at one N, a sparser model was larger \
         before",
        "6 N D is what a model of N dense parameters costs; pruning costs more: gradual-pruning-cost says \
         how much",
        "patterns such as 2:4 cost extra loss",
        "starting from a trained model saves data: from scratch takes 4.90, 4.27 and 2.45 times as much at \
         50, 75 \
         and 87.5 %",
    ],
    seeds: &[38],
    ..BLANK
};

/// The loss of a pruned image classifier.
pub const FRANTAR_VIT: Law = Law {
    id: "frantar-vit",
    name: "Sparsely connected vision transformers",
    answers: "the loss of a vision transformer with N non-zero parameters, of which a share S was pruned \
              away",
    outputs: &[gives(Variable::own("L", Unit::NatsPerImage, "validation loss on JFT, per image"))],
    inputs: &[N_NON_ZERO, Variable::own("D", Unit::Images, "images seen in training"), PRUNED],
    fits: &[PublishedFit {
        id: "vit",
        name: "ViT on JFT",
        source: FRANTAR_2023.at("jaxpruner, projects/bigsparse/sparsity-scaling.ipynb"),
        read_in: REPOSITORY,
        values: &VIT,
        objective: "the mean of Huber terms, delta 1e-2, of the loss, over 112 runs",
        fitted_on: &[SPARSITIES],
        data: "JFT, models of up to 42.4 M non-zero parameters",
        worked: &[Worked {
            at: &[("S", 0.75), ("N", 4.2467e7), ("D", 1.8e9)],
            output: "L",
            value: 5.25461777522,
            within: 1e-11,
            from: "the formula in double precision; measured: 5.284093",
        }],
        ..BLANK_FIT
    }],
    ..FRANTAR
};

/// How much larger a dense model of the same loss is.
pub const FRANTAR_GAIN: Law = Law {
    id: "frantar-gain",
    kind: Kind::Rule,
    name: "Dense equivalent of a pruned model",
    answers: "how many times the non-zero parameters a dense model needs for the loss of the pruned one",
    formula: "gain = ((a_S + c_S) / (a_S * (1 - S)^b_S + c_S))^(1 / b_N)\n\
              where S >= 0, S < 1",
    outputs: &[gives(Variable::own("gain", Unit::One, "dense parameters over non-zero ones at equal loss"))],
    inputs: &[PRUNED],
    parameters: &[
        within("a_S", Unit::NatsPerToken, 1e-3, 1e5),
        within("c_S", Unit::NatsPerToken, 1e-3, 1e5),
        exponent("b_S"),
        exponent("b_N"),
    ],
    derived: &[Derived {
        name: "limit",
        formula: "((a_S + c_S) / c_S)^(1 / b_N)",
        meaning: "the most it can be, as everything else is pruned",
    }],
    fits: &[
        PublishedFit {
            id: "t5",
            name: "T5 on C4",
            source: FRANTAR_2023.at("jaxpruner, projects/bigsparse/sparsity-scaling.ipynb"),
            read_in: REPOSITORY,
            values: &[T5[0], T5[2], T5[1], T5[3]],
            objective: "the mean of Huber terms, delta 1e-3, of the natural log of the loss, over 48 runs",
            fitted_on: &[SPARSITIES],
            data: "C4, encoder-decoder T5",
            worked: &[Worked {
                at: &[("S", 0.75)],
                output: "gain",
                value: 2.156788227216,
                within: 1e-11,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
        PublishedFit {
            id: "t5-rounded",
            name: "T5 on C4, rounded as printed",
            source: FRANTAR_2023.at("the table of fitted coefficients"),
            read_in: NOTES,
            values: &[16.8, 45.0, 0.722, 0.245],
            objective: "the mean of Huber terms, delta 1e-3, of the natural log of the loss, over 48 runs",
            fitted_on: &[SPARSITIES],
            data: "C4, encoder-decoder T5",
            worked: &[Worked {
                at: &[("S", 0.75)],
                output: "gain",
                value: 2.15982266207,
                within: 1e-11,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
        PublishedFit {
            id: "vit",
            name: "ViT on JFT",
            source: FRANTAR_2023.at("jaxpruner, projects/bigsparse/sparsity-scaling.ipynb"),
            read_in: REPOSITORY,
            values: &[VIT[0], VIT[2], VIT[1], VIT[3]],
            objective: "the mean of Huber terms, delta 1e-2, of the loss, over 112 runs",
            fitted_on: &[SPARSITIES],
            data: "JFT",
            worked: &[Worked {
                at: &[("S", 0.75)],
                output: "gain",
                value: 2.172417936265,
                within: 1e-11,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
    ],
    source: FRANTAR_2023.at("Eq. 1, solved for the dense size at equal data"),
    read_in: NOTES,
    caveats: &["equal loss at equal data; the pruned model was larger, and cost more to train"],
    seeds: &[38],
    ..BLANK
};

/// What gradual pruning adds to the cost of training.
pub const GRADUAL_PRUNING_COST: Law = Law {
    id: "gradual-pruning-cost",
    kind: Kind::Cost,
    name: "Training cost of gradual pruning",
    answers: "the training cost of a model pruned on the way, over that of a dense model of as many non-zero \
              parameters",
    formula: "(dense + ramp * (1 - 0.75 * S)) / (1 - S) + 1 - dense - ramp\n\
              where S >= 0, S < 1, dense + ramp <= 1",
    outputs: &[gives(Variable::own("c_mul", Unit::One, "training cost over 6 N D, N being non-zero"))],
    inputs: &[
        PRUNED,
        Variable::own("dense", Unit::One, "share of the steps before pruning begins"),
        Variable::own("ramp", Unit::One, "share of the steps in which pruning goes on, by a cubic schedule"),
    ],
    source: FRANTAR_2023.at("the cost of sparse training"),
    read_in: ReadIn::Memory,
    caveats: &[
        "a cubic schedule is three quarters done on average, hence 0.75; the paper's own shares of the \
         steps were \
         not read again: give yours",
        "it counts a zero as free to train, which hardware does not grant",
    ],
    seeds: &[38],
    ..BLANK
};
