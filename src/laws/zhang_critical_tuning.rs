//! Fine-tuning: the tuning set from which one way of tuning is better than another.

use super::zhang_finetuning::{PRETRAINING, SIZE, TUNING, ZHANG_2024};
use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, gives_as, positive, within};
use crate::provenance::ReadIn;
use crate::units::Unit;

/// The tuning set at which two ways of tuning are equally good, by model size.
pub const ZHANG_CRITICAL_BY_MODEL_SIZE: Law = Law {
    id: "zhang-critical-by-model-size",
    name: "Critical tuning set, by model size",
    answers: "the number of examples from which one way of tuning is better than another, for N parameters",
    formula: "H * N^gamma",
    inputs: &[SIZE],
    fits: CRITICAL_BY_MODEL_SIZE,
    ..CRITICAL
};

/// The tuning set at which two ways of tuning are equally good, by pre-training tokens.
pub const ZHANG_CRITICAL_BY_PRETRAINING: Law = Law {
    id: "zhang-critical-by-pretraining",
    name: "Critical tuning set, by pre-training tokens",
    answers: "the number of examples from which one way of tuning is better than another, after D tokens",
    formula: "H * D^gamma",
    inputs: &[PRETRAINING],
    fits: CRITICAL_BY_PRETRAINING,
    ..CRITICAL
};

/// What the critical sizes share. Their worked values are at a thousand, where the powers are tame enough for
/// differences of the tests.
const CRITICAL: Law = Law {
    kind: Kind::Rule,
    outputs: &[gives_as("D_c", TUNING)],
    parameters: &[positive("H", Unit::Examples), within("gamma", Unit::One, -5.0, 5.0)],
    source: ZHANG_2024.at("Eq. 3"),
    caveats: &[
        "it equates the two losses as if their floors E were equal; with the fitted floors there may be no \
         such size, or two",
        "H is (A1 / A2)^(1 / (beta1 - beta2)): it cannot be had from the two digits of Table 4, which leave \
         it open by one or two orders of magnitude",
        "as a rule: prompt or LoRA for a few thousand examples, LoRA for slightly more, full tuning for \
         millions",
    ],
    seeds: &[74],
    ..BLANK
};

const TABLE_5: PublishedFit = PublishedFit {
    source: ZHANG_2024.at("Table 5"),
    read_in: ReadIn::Paper,
    objective: "no fit of its own: Eq. 3 with the unrounded constants of Table 4",
    ..BLANK_FIT
};

const fn critical(at: &'static [(&'static str, f64)], value: f64) -> Worked {
    Worked { at, output: "D_c", value, within: 1e-8, from: "the formula in double precision" }
}

const CRITICAL_BY_MODEL_SIZE: &[PublishedFit] = &[
    PublishedFit {
        id: "ende-fmt-prompt",
        name: "WMT14 English-German, full tuning against prompt tuning",
        values: &[3.7e14, -1.2],
        data: "WMT14 En-De",
        worked: &[critical(&[("N", 1000.0)], 9.2939798e+10)],
        ..TABLE_5
    },
    PublishedFit {
        id: "ende-fmt-lora",
        name: "WMT14 English-German, full tuning against LoRA",
        values: &[2e24, -2.4],
        data: "WMT14 En-De",
        worked: &[critical(&[("N", 1000.0)], 1.26191469e+17)],
        ..TABLE_5
    },
    PublishedFit {
        id: "ende-prompt-lora",
        name: "WMT14 English-German, prompt tuning against LoRA",
        values: &[1.6e-9, 1.5],
        data: "WMT14 En-De",
        worked: &[critical(&[("N", 1000.0)], 5.05964426e-05)],
        ..TABLE_5
    },
    PublishedFit {
        id: "enzh-fmt-prompt",
        name: "WMT19 English-Chinese, full tuning against prompt tuning",
        values: &[6.1e4, -0.12],
        data: "WMT19 En-Zh",
        worked: &[critical(&[("N", 1000.0)], 26627.4658)],
        ..TABLE_5
    },
    PublishedFit {
        id: "enzh-fmt-lora",
        name: "WMT19 English-Chinese, full tuning against LoRA",
        values: &[1.6e6, -0.3],
        data: "WMT19 En-Zh",
        worked: &[critical(&[("N", 1000.0)], 201428.066)],
        ..TABLE_5
    },
    PublishedFit {
        id: "enzh-prompt-lora",
        name: "WMT19 English-Chinese, prompt tuning against LoRA",
        values: &[1.8e-11, 1.9],
        data: "WMT19 En-Zh",
        worked: &[critical(&[("N", 1000.0)], 9.02137021e-06)],
        ..TABLE_5
    },
    PublishedFit {
        id: "mlsum-fmt-prompt",
        name: "MLSum, full tuning against prompt tuning",
        values: &[3.6e18, -2.1],
        data: "MLSum",
        worked: &[critical(&[("N", 1000.0)], 1.80427404e+12)],
        ..TABLE_5
    },
    PublishedFit {
        id: "mlsum-fmt-lora",
        name: "MLSum, full tuning against LoRA",
        values: &[1.2e17, -1.8],
        data: "MLSum",
        worked: &[critical(&[("N", 1000.0)], 4.77728605e+11)],
        ..TABLE_5
    },
    PublishedFit {
        id: "mlsum-prompt-lora",
        name: "MLSum, prompt tuning against LoRA",
        values: &[0.00045, 2.3],
        data: "MLSum",
        worked: &[critical(&[("N", 1000.0)], 3574.47706)],
        ..TABLE_5
    },
];

const CRITICAL_BY_PRETRAINING: &[PublishedFit] = &[
    PublishedFit {
        id: "ende-fmt-prompt",
        name: "WMT14 English-German, full tuning against prompt tuning",
        values: &[3.7e3, -0.0015],
        data: "WMT14 En-De",
        worked: &[critical(&[("D", 1000.0)], 3661.8599)],
        ..TABLE_5
    },
    PublishedFit {
        id: "ende-fmt-lora",
        name: "WMT14 English-German, full tuning against LoRA",
        values: &[6.9e8, -0.5],
        data: "WMT14 En-De",
        worked: &[critical(&[("D", 1000.0)], 21819715.9)],
        ..TABLE_5
    },
    PublishedFit {
        id: "ende-prompt-lora",
        name: "WMT14 English-German, prompt tuning against LoRA",
        values: &[7.7e-10, 1.2],
        data: "WMT14 En-De",
        worked: &[critical(&[("D", 1000.0)], 3.06542521e-06)],
        ..TABLE_5
    },
    PublishedFit {
        id: "enzh-fmt-prompt",
        name: "WMT19 English-Chinese, full tuning against prompt tuning",
        values: &[5.0, 0.26],
        data: "WMT19 En-Zh",
        worked: &[critical(&[("D", 1000.0)], 30.1279793)],
        ..TABLE_5
    },
    PublishedFit {
        id: "enzh-fmt-lora",
        name: "WMT19 English-Chinese, full tuning against LoRA",
        values: &[2.7e2, 0.093],
        data: "WMT19 En-Zh",
        worked: &[critical(&[("D", 1000.0)], 513.291136)],
        ..TABLE_5
    },
    PublishedFit {
        id: "enzh-prompt-lora",
        name: "WMT19 English-Chinese, prompt tuning against LoRA",
        values: &[8.6e-19, 2.1],
        data: "WMT19 En-Zh",
        worked: &[critical(&[("D", 1000.0)], 1.71592559e-12)],
        ..TABLE_5
    },
    PublishedFit {
        id: "mlsum-fmt-prompt",
        name: "MLSum, full tuning against prompt tuning",
        values: &[3.7e6, -0.63],
        data: "MLSum",
        worked: &[critical(&[("D", 1000.0)], 47665.2334)],
        ..TABLE_5
    },
    PublishedFit {
        id: "mlsum-fmt-lora",
        name: "MLSum, full tuning against LoRA",
        values: &[1e7, -0.63],
        data: "MLSum",
        worked: &[critical(&[("D", 1000.0)], 128824.955)],
        ..TABLE_5
    },
    PublishedFit {
        id: "mlsum-prompt-lora",
        name: "MLSum, prompt tuning against LoRA",
        values: &[1.6e2, -0.63],
        data: "MLSum",
        worked: &[critical(&[("D", 1000.0)], 2.06119928)],
        ..TABLE_5
    },
];
