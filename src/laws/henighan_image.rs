//! Henighan et al.: the loss of a whole image, and what an image says about its caption.

use super::henighan::{HENIGHAN_2020, PF_DAYS, TABLE_1};
use super::{BLANK, Kind, Law, PublishedFit, Worked, exponent, free, gives, gives_as, within};
use crate::units::{C_NON_EMBEDDING, N_NON_EMBEDDING, Unit, Variable};

/// The lowest loss of an image for a budget.
pub const HENIGHAN_IMAGE: Law = Law {
    id: "henighan-image",
    name: "Henighan loss of an image by compute",
    answers: "the lowest loss for C FLOPs, in nats for a whole image",
    formula: "L_inf + (C_0 / (C / 8.64e19))^alpha",
    outputs: &[gives(Variable::own("L", Unit::NatsPerImage, "cross-entropy in nats per image"))],
    inputs: &[C_NON_EMBEDDING],
    parameters: &[
        within("L_inf", Unit::NatsPerImage, 0.0, 1e5),
        within("C_0", Unit::One, 1e-20, 1e50),
        exponent("alpha"),
    ],
    fits: &[
        PublishedFit {
            id: "image-16",
            name: "Image 16x16",
            source: HENIGHAN_2020.at("Table 3"),
            values: &[2026.0, 1.7e10, 0.16],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 2069.3382955949296,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-32",
            name: "Image 32x32",
            source: HENIGHAN_2020.at("Table 3"),
            values: &[6806.0, 2.7e26, 0.1],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 7245.679661223005,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-vq16",
            name: "Image VQ16",
            source: HENIGHAN_2020.at("Table 3"),
            values: &[1047.0, 4.7e15, 0.11],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 1099.9579011187009,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-vq32",
            name: "Image VQ32",
            source: HENIGHAN_2020.at("Table 3"),
            values: &[3246.0, 3.1e19, 0.12],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 3464.2545987255908,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
    ],
    source: HENIGHAN_2020.at("Table 3"),
    caveats: &[PF_DAYS],
    errata: &[
        "the row of images of 8x8, (C / 1.9e3)^-0.19 + 602, contradicts Table 1, by which the constant is \
         1.9e4: it is left out",
    ],
    seeds: &[3],
    ..BLANK
};

/// How much an image says about its caption.
pub const HENIGHAN_INFORMATION: Law = Law {
    id: "henighan-mutual-information",
    kind: Kind::Rule,
    name: "Henighan mutual information of text and image",
    answers: "how much of a caption a model of N parameters can tell from its image",
    formula: "lambda * ln(N / N_c)",
    outputs: &[gives_as(
        "infogain",
        Variable::own("infogain", Unit::One, "information over the loss of the text"),
    )],
    inputs: &[N_NON_EMBEDDING],
    parameters: &[free("lambda", Unit::One), within("N_c", Unit::Parameters, 1e6, 1e30)],
    source: HENIGHAN_2020.at("section 4.1"),
    caveats: &[
        "the constants stand in a figure only, so no fit comes with it",
        "the paper expects a share of 20 % for images from text at about 3e12 parameters",
    ],
    seeds: &[3],
    ..BLANK
};
