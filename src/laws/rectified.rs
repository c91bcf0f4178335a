//! Rectified power laws: what a model knows beforehand delays the power law of tuning data.

use super::{
    BLANK, BLANK_FIT, Derived, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as,
    positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{LOSS_NATS, Unit, Variable};

/// Fine-tuning curves of thirty models.
const LIN_2024: Source = Source {
    authors: "Lin et al.",
    year: 2024,
    title: "Selecting Large Language Model to Fine-tune via Rectified Scaling Law",
    arxiv: "2402.02314",
    locator: "",
};

/// Synthetic data for mathematics.
const QIN_2025: Source = Source {
    authors: "Qin et al.",
    year: 2025,
    title: "Scaling Laws of Synthetic Data for Language Models",
    arxiv: "2503.19551",
    locator: "",
};

const TUNING: Variable = Variable::own("D_f", Unit::Examples, "fine-tuning examples");
const ERROR: Variable = Variable::own("Err", Unit::One, "error rate on MATH, in percent");
const ACCURACY: Variable = Variable::own("Accuracy", Unit::One, "accuracy on MATH, in percent");
const SYNTHETIC: Variable = Variable::own("D", Unit::Tokens, "synthetic tokens of the training");

const COMPUTED: ReadIn = ReadIn::ComputedHere("scripts/rectified_presets.py");

/// The loss of a tuned model by the size of the tuning set.
pub const RECTIFIED: Law = Law {
    id: "rectified",
    kind: Kind::Loss,
    name: "Rectified law of fine-tuning",
    answers: "the loss of a given model after tuning on D_f examples",
    formula: "B / (D_l + D_f^beta) + E",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[TUNING],
    parameters: &[
        positive("B", Unit::NatsPerToken),
        within("D_l", Unit::One, 1e-3, 1e9),
        exponent("beta"),
        positive("E", Unit::NatsPerToken),
    ],
    derived: &[Derived { name: "zero_shot", formula: "B / D_l + E", meaning: "the loss before any tuning" }],
    fits: &[PublishedFit {
        id: "lamini-gpt-124m-flan",
        name: "LaMini-GPT-124M on FLAN",
        source: LIN_2024.at("README of linhaowei1/Fine-tuning-Scaling-Law, the example"),
        read_in: COMPUTED,
        values: &[563.8230842, 166.0563347, 0.4552798372, 1.069236471],
        objective: "the sum of squares of the natural log of the loss, over 14 sizes",
        fitted_on: &[FittedRange::new(TUNING, 200.0, 1_638_400.0)],
        data: "FLAN, LaMini-GPT-124M",
        caveats: &["an example of one model and data set: fit your own curve"],
        worked: &[
            Worked {
                at: &[("D_f", 1e6)],
                output: "L",
                value: 1.868795,
                within: 3e-7,
                from: "another least-squares fit of the same 14 losses",
            },
            Worked {
                at: &[("D_f", 200.0)],
                output: "L",
                value: 4.247949918,
                within: 0.006,
                from: "the first of the 14 losses",
            },
        ],
        ..BLANK_FIT
    }],
    source: LIN_2024.at("the rectified scaling law"),
    read_in: ReadIn::AuthorsCode("linhaowei1/Fine-tuning-Scaling-Law"),
    caveats: &[
        "D_l is what the model had learned before, measured in examples to the power of beta",
        "one curve for each model and task",
    ],
    ..BLANK
};

/// Error on MATH by synthetic training tokens.
pub const SYNTHLLM: Law = Law {
    id: "synthllm",
    kind: Kind::Rule,
    name: "Synthetic data for mathematics",
    answers: "the error and accuracy on MATH of a model trained over D synthetic tokens",
    formula: "Err = B / (D_l + D^beta) + E\nAccuracy = 100 - Err",
    outputs: &[gives_as("Err", ERROR), gives_as("Accuracy", ACCURACY)],
    inputs: &[SYNTHETIC],
    parameters: &[
        positive("B", Unit::One),
        within("D_l", Unit::One, 1e-3, 1e9),
        exponent("beta"),
        positive("E", Unit::One),
    ],
    derived: &[Derived {
        name: "zero_shot",
        formula: "B / D_l",
        meaning: "the error above E before training",
    }],
    fits: &[
        PublishedFit {
            id: "llama-3-2-3b",
            name: "Llama-3.2-3B",
            values: &[4046021.904, 55132.25154, 0.5133494936, 14.23141754],
            data: "SynthLLM, Llama-3.2-3B",
            worked: &[accuracy(&[("D", 300e9)], 80.9), accuracy(&[("D", 4e12)], 84.4)],
            ..RECOVERED
        },
        PublishedFit {
            id: "llama-3-1-8b",
            name: "Llama-3.1-8B",
            values: &[1775554.79, 31537.38525, 0.5133494936, 16.20504839],
            data: "SynthLLM, Llama-3.1-8B",
            worked: &[accuracy(&[("D", 10e9)], 73.2), accuracy(&[("D", 1e12)], 82.6)],
            ..RECOVERED
        },
    ],
    source: QIN_2025.at("Eq. 2"),
    caveats: &[
        "diminishing returns after about 300 B tokens; a ceiling near 4 T tokens for 3 B and 1 T for 8 B",
        "fitted on 100 K to 3.2 M examples, tested on 7.4 M; of the 1 B model's constants only beta, 0.34, \
         was read",
    ],
    errata: &["the text gives B / D_l = 56.3 to a \"7B\", which is the 8 B model"],
    seeds: &[49],
    ..BLANK
};

const fn accuracy(at: &'static [(&'static str, f64)], value: f64) -> Worked {
    Worked { at, output: "Accuracy", value, within: 7e-4, from: "Qin et al. (2025), Table 1" }
}

const RECOVERED: PublishedFit = PublishedFit {
    source: QIN_2025.at("Table 1, and B / D_l = 56.3 of the 8 B model"),
    read_in: COMPUTED,
    objective: "the sum of squares of the accuracy, over the twelve values of Table 1, one beta for both \
                sizes",
    fitted_on: &[FittedRange::new(SYNTHETIC, 10e9, 4e12)],
    caveats: &[
        "recovered from rounded predictions: the paper draws its constants in a figure",
        "Table 1 holds predictions of the paper, most of them beyond its runs",
    ],
    errata: &[
        "they say 42.1 % and 30.8 % of error after 4.5 B tokens, where the text measures 40.0 % and 28.7 % \
         after 7.4 M examples: that point is not on the curves of Table 1",
    ],
    ..BLANK_FIT
};
