//! Henighan et al.: loss by size and by compute, and the best size, for images, video, mathematics and text.

use super::{
    BLANK, BLANK_FIT, Kind, Law, Parameter, PublishedFit, Worked, exponent, free, gives, gives_as, within,
};
use crate::provenance::Source;
use crate::units::{C_NON_EMBEDDING, D_SEEN, LOSS_NATS, N_NON_EMBEDDING, Unit, Variable};

/// One form for many modalities.
const HENIGHAN_2020: Source = Source {
    authors: "Henighan et al.",
    year: 2020,
    title: "Scaling Laws for Autoregressive Generative Modeling",
    arxiv: "2010.14701",
    locator: "",
};

const HISTORICAL: &str = "historical: exponents near 0.7 come of the protocol that it shares with Kaplan \
    et al. (see porian-optimum)";
const PF_DAYS: &str = "the constants of compute are in PF-days of 8.64e19 FLOPs, as printed; the batch \
    size is not adjusted for";

/// What the fits share.
const TABLE_1: PublishedFit = PublishedFit {
    source: HENIGHAN_2020.at("Table 1"),
    objective: "a power law plus constant through the converged or the best runs; no interval is given",
    ..BLANK_FIT
};

const IRREDUCIBLE: Parameter = within("L_inf", Unit::NatsPerToken, 0.0, 1e4);

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
            caveats: &["on problems beyond those of training"],
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
            caveats: &["on problems beyond those of training"],
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

/// The best size for a budget.
pub const HENIGHAN_OPTIMUM: Law = Law {
    id: "henighan-optimum",
    kind: Kind::Optimum,
    name: "Henighan optimum",
    answers: "the size and tokens of lowest loss for C FLOPs on images, video, mathematics or text",
    formula: "N_opt = (C / 8.64e19 / C_1)^a\nD_opt = C / (6 * N_opt)",
    outputs: &[gives_as("N_opt", N_NON_EMBEDDING), gives_as("D_opt", D_SEEN)],
    inputs: &[C_NON_EMBEDDING],
    parameters: &[within("C_1", Unit::One, 1e-20, 1e6), exponent("a")],
    fits: &[
        PublishedFit {
            id: "language",
            name: "Language",
            values: &[3.3e-13, 0.73],
            caveats: &["the row of GPT-3 and Kaplan et al. (2020), not of this paper's runs"],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 1.292661528882535e+09,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-8",
            name: "Image 8x8",
            values: &[5.3e-14, 0.64],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 3.136631094521204e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-16",
            name: "Image 16x16",
            values: &[4.8e-12, 0.75],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 3.083678352051189e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-32",
            name: "Image 32x32",
            values: &[1.6e-13, 0.65],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 2.076452549919285e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-vq16",
            name: "Image VQ16",
            values: &[6.2e-14, 0.64],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 2.837065213549027e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-vq32",
            name: "Image VQ32",
            values: &[9.4e-13, 0.7],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 2.623073756952443e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "text-to-image-image",
            name: "Text to image, image",
            values: &[9.4e-13, 0.7],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 2.623073756952443e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "image-to-text-image",
            name: "Image to text, image",
            values: &[3.3e-12, 0.72],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 1.847863824043145e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "video-vq16",
            name: "Video VQ16^3",
            values: &[1.13e-12, 0.71],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 3.036087649338316e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
        PublishedFit {
            id: "math",
            name: "Mathematics, extrapolated",
            values: &[2.3e-12, 0.69],
            caveats: &["on problems beyond those of training"],
            worked: &[Worked {
                at: &[("C", 8.64e19)],
                output: "N_opt",
                value: 1.072525911262072e+08,
                within: 1e-13,
                from: "the formula in double precision",
            }],
            ..TABLE_1
        },
    ],
    source: HENIGHAN_2020.at("Table 1"),
    caveats: &[PF_DAYS, HISTORICAL],
    errata: &["section 6 has 2.8e8 C^0.74 for images of 16x16, Table 1 (C / 4.8e-12)^0.75"],
    seeds: &[3],
    ..BLANK
};

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
    caveats: &["the constants stand in a figure only, so no fit comes with it"],
    seeds: &[3],
    ..BLANK
};
