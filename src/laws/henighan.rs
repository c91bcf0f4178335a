//! Henighan et al.: loss by size, for images, video, mathematics and text.

use super::{BLANK, BLANK_FIT, Law, Parameter, PublishedFit, Worked, exponent, gives, within};
use crate::provenance::Source;
use crate::units::{LOSS_NATS, N_NON_EMBEDDING, Unit};

/// One form for many modalities.
pub(super) const HENIGHAN_2020: Source = Source {
    authors: "Henighan et al.",
    year: 2020,
    title: "Scaling Laws for Autoregressive Generative Modeling",
    arxiv: "2010.14701",
    locator: "",
};

pub(super) const PF_DAYS: &str = "the constants of compute are in PF-days of 8.64e19 FLOPs, as printed; the batch \
    size is not adjusted for";

/// What the fits share.
pub(super) const TABLE_1: PublishedFit = PublishedFit {
    source: HENIGHAN_2020.at("Table 1"),
    objective: "a power law plus constant through the converged or the best runs; no interval is given",
    ..BLANK_FIT
};

pub(super) const IRREDUCIBLE: Parameter = within("L_inf", Unit::NatsPerToken, 0.0, 1e4);

/// The loss of a converged model.
pub const HENIGHAN_SIZE: Law = Law {
    id: "henighan-size",
    name: "Henighan loss by size",
    answers: "the loss of a converged model of N parameters on images, video, mathematics or text",
    formula: "L_inf + (N_0 / N)^alpha",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_NON_EMBEDDING],
    parameters: &[IRREDUCIBLE, within("N_0", Unit::Parameters, 1.0, 1e30), exponent("alpha")],
    fits: &[
        PublishedFit {
            id: "language",
            name: "Language",
            values: &[0.0, 1.47e14, 0.070],
            caveats: &["the row of GPT-3 and Kaplan et al. (2020), not of this paper's runs"],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 2.7021671713584006,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-8",
            name: "Image 8x8",
            values: &[3.12, 8.0e1, 0.24],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 3.154414510515666,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-16",
            name: "Image 16x16",
            values: &[2.64, 2.8e2, 0.22],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 2.7000308878950547,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-32",
            name: "Image 32x32",
            values: &[2.20, 6.3e1, 0.13],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 2.356283911192293,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-vq16",
            name: "Image VQ16",
            values: &[3.99, 2.7e4, 0.13],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 4.333619094728375,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-vq32",
            name: "Image VQ32",
            values: &[3.07, 1.9e4, 0.14],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 3.3713182969478224,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "text-to-image-text",
            name: "Text to image, text",
            values: &[0.0, 5.6e8, 0.037],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 1.065817770482942,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "text-to-image-image",
            name: "Text to image, image",
            values: &[2.0, 5.1e3, 0.16],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 2.2056890764444446,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-to-text-text",
            name: "Image to text, text",
            values: &[0.0, 7.0e8, 0.039],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 1.078844429706741,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-to-text-image",
            name: "Image to text, image",
            values: &[2.0, 5.5e3, 0.15],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 2.229643630125668,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "video-vq16",
            name: "Video VQ16^3",
            values: &[1.01, 3.7e4, 0.24],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 1.1600957564004388,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "math",
            name: "Mathematics, extrapolated",
            values: &[0.28, 1.1e4, 0.16],
            caveats: &["the row that Table 1 marks as extrapolated"],
            worked: &[Worked {
                at: &[("N", 1e8)],
                output: "L",
                value: 0.5126070265218362,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
    ],
    source: HENIGHAN_2020.at("Table 1"),
    caveats: &[
        "a token of an image or video is a pixel channel or a code, so losses of two rows do not compare",
    ],
    seeds: &[3],
    ..BLANK
};
