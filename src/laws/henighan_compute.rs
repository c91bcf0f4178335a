//! Henighan et al.: the lowest loss for a budget, for images, video, mathematics and text.

use super::henighan::{HENIGHAN_2020, IRREDUCIBLE, PF_DAYS, TABLE_1};
use super::{BLANK, Law, PublishedFit, Worked, exponent, gives, within};
use crate::units::{C_NON_EMBEDDING, LOSS_NATS, Unit};

/// The lowest loss for a budget.
pub const HENIGHAN_COMPUTE: Law = Law {
    id: "henighan-compute",
    name: "Henighan loss by compute",
    answers: "the lowest loss for C FLOPs on images, video, mathematics or text",
    formula: "L_inf + (C_0 / (C / 8.64e19))^alpha",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[C_NON_EMBEDDING],
    parameters: &[IRREDUCIBLE, within("C_0", Unit::One, 1e-20, 1e50), exponent("alpha")],
    fits: &[
        PublishedFit {
            id: "language",
            name: "Language",
            values: &[0.0, 3.47e8, 0.048],
            caveats: &["the row of GPT-3 and Kaplan et al. (2020), not of this paper's runs"],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 2.5700159271427503,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-8",
            name: "Image 8x8",
            values: &[3.13, 1.8e-8, 0.19],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 3.1637677229509857,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-16",
            name: "Image 16x16",
            values: &[2.64, 1.6e-8, 0.16],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 2.69657951198578,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-32",
            name: "Image 32x32",
            values: &[2.21, 3.6e-9, 0.1],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 2.3530969081105253,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-vq16",
            name: "Image VQ16",
            values: &[4.09, 6.1e-7, 0.11],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 4.297198344855945,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-vq32",
            name: "Image VQ32",
            values: &[3.17, 2.6e-6, 0.12],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 3.3836962011112224,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "text-to-image-image",
            name: "Text to image, image",
            values: &[1.93, 1.5e-6, 0.15],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 2.063786930226102,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-to-text-image",
            name: "Image to text, image",
            values: &[1.97, 1.5e-6, 0.16],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 2.0869969664875923,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "video-vq16",
            name: "Video VQ16^3",
            values: &[0.95, 2.2e-5, 0.14],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 1.1728123069840068,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "math",
            name: "Mathematics, extrapolated",
            values: &[0.14, 1.4e-5, 0.17],
            caveats: &["the row that Table 1 marks as extrapolated"],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "L",
                value: 0.28956906062730386,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
    ],
    source: HENIGHAN_2020.at("Table 1"),
    caveats: &[
        PF_DAYS,
        "a token of an image or video is a pixel channel or a code, so losses of two rows do not compare",
    ],
    seeds: &[3],
    ..BLANK
};
