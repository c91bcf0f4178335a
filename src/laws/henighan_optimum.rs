//! Henighan et al.: the best size for a budget, for images, video, mathematics and text.

use super::henighan::{HENIGHAN_2020, PF_DAYS, TABLE_1};
use super::{BLANK, Derived, Kind, Law, PublishedFit, Worked, exponent, gives_as, within};
use crate::units::{C_NON_EMBEDDING, D_SEEN, N_NON_EMBEDDING, Unit};

const HISTORICAL: &str = "historical: exponents near 0.7 come of the protocol that it shares with Kaplan \
    et al. (see porian-optimum)";

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
    derived: &[
        Derived {
            name: "b",
            formula: "1 - a",
            meaning: "the exponent of the best tokens as the budget grows",
        },
        Derived {
            name: "p",
            formula: "(1 - a) / a",
            meaning: "the exponent of the best tokens as the best size grows",
        },
    ],
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
            caveats: &["the row that Table 1 marks as extrapolated"],
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
    caveats: &[
        PF_DAYS,
        HISTORICAL,
        "over its domains the paper's median is tokens that grow as the size to the power of 0.4",
    ],
    errata: &["section 6 has 2.8e8 C^0.74 for images of 16x16, Table 1 (C / 4.8e-12)^0.75"],
    seeds: &[3],
    ..BLANK
};
