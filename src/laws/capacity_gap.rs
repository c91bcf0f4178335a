//! Teachers for students.

use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{LOSS_NATS, N_TOTAL, Unit, Variable};

/// "Towards the Law of Capacity Gap in Distilling Language Models".
const ZHANG_2023: Source = Source {
    authors: "Zhang et al.",
    year: 2023,
    title: "Towards the Law of Capacity Gap in Distilling Language Models",
    arxiv: "2311.07052",
    locator: "",
};

/// "Distillation Scaling Laws".
const BUSBRIDGE_2025: Source = Source {
    authors: "Busbridge et al.",
    year: 2025,
    title: "Distillation Scaling Laws",
    arxiv: "2502.08606",
    locator: "",
};

/// How both papers were read.
const NOTES: ReadIn = ReadIn::SecondHand("third-party notes that state they were taken from the paper");

/// The best teacher of a student.
pub const CAPACITY_GAP: Law = Law {
    id: "capacity-gap",
    kind: Kind::Rule,
    name: "Law of capacity gap",
    answers: "the size of the teacher from which a student of N parameters learns best",
    formula: "T = (slope * N / 1e6 - offset) * 1e6",
    outputs: &[gives_as("T", Variable::own("T", Unit::Parameters, "parameters of the best teacher"))],
    inputs: &[N_TOTAL],
    parameters: &[positive("slope", Unit::One), within("offset", Unit::One, -1000.0, 1000.0)],
    fits: &[
        PublishedFit {
            id: "zhang2023",
            name: "Zhang 2023",
            source: ZHANG_2023.at("the fitted line"),
            read_in: NOTES,
            values: &[2.498, 11.498],
            objective: "least squares; R² 0.9957",
            data: "GPT-2 of 140 M to 1.6 B and Pythia of 70 M to 2.8 B, pruned to students",
            caveats: &["extrapolated once, from a teacher of 7 B to a student of 3 B"],
            worked: &[Worked {
                at: &[("N", 110e6)],
                output: "T",
                value: 263.282e6,
                within: 1e-9,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
        PublishedFit {
            id: "rounded",
            name: "Two and a half times",
            source: ZHANG_2023.at("the rule of thumb"),
            read_in: NOTES,
            values: &[2.5, 0.0],
            objective: "the line, rounded",
            data: "GPT-2 of 140 M to 1.6 B and Pythia of 70 M to 2.8 B, pruned to students",
            worked: &[Worked {
                at: &[("N", 110e6)],
                output: "T",
                value: 275e6,
                within: 1e-12,
                from: "the formula in double precision",
            }],
            ..BLANK_FIT
        },
    ],
    source: ZHANG_2023.at("the law"),
    read_in: NOTES,
    caveats: &[
        "that the line is in millions of parameters follows from its intercept; the notes do not say it",
        "Busbridge et al. (2025) call a linear rule a special case; claims of 3 to 4 times are not the \
         paper's",
        "the other way round, a student of about 0.4 times the teacher",
    ],
    seeds: &[93],
    ..BLANK
};

/// The loss of a student by its teacher.
pub const BUSBRIDGE: Law = Law {
    id: "busbridge",
    kind: Kind::Loss,
    name: "Distillation scaling law",
    answers: "the loss of a student by its teacher's loss, its own parameters and the tokens it learns from",
    formula: "L = L_T + L_T^-c_0 * (1 + (L_T / (L_S * d_1))^(1 / f_1))^(-c_1 * f_1) \
              * (A / N^alpha + B / D^beta)^gamma",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[
        Variable::own("L_T", Unit::NatsPerToken, "loss of the teacher"),
        Variable::own("L_S", Unit::NatsPerToken, "loss the student would have without a teacher"),
        Variable::own("N", Unit::Parameters, "parameters of the student"),
        Variable::own("D", Unit::Tokens, "tokens that the student learns from"),
    ],
    parameters: &[
        exponent("c_0"),
        within("d_1", Unit::One, 0.01, 100.0),
        exponent("f_1"),
        within("c_1", Unit::One, 0.0, 1000.0),
        within("A", Unit::NatsPerToken, 1e-3, 1e6),
        exponent("alpha"),
        within("B", Unit::NatsPerToken, 1e-3, 1e6),
        exponent("beta"),
        exponent("gamma"),
    ],
    source: BUSBRIDGE_2025.at("the distillation law"),
    read_in: NOTES,
    caveats: &["the fitted constants were not obtained: fit it to your own runs"],
    ..BLANK
};

/// What teaching a student costs.
pub const BUSBRIDGE_COST: Law = Law {
    id: "busbridge-cost",
    kind: Kind::Cost,
    name: "Cost of distillation",
    answers: "the FLOPs of training a student with a teacher's outputs, and of the teacher where it must \
              be trained",
    formula: "3 * F_S * D_S + F_T * (logits * D_S + 3 * pretraining * D_T)",
    outputs: &[gives(Variable::own("C", Unit::Flops, "FLOPs of distillation"))],
    inputs: &[
        Variable::own("F_S", Unit::FlopsPerToken, "forward FLOPs of the student for each token"),
        Variable::own("F_T", Unit::FlopsPerToken, "forward FLOPs of the teacher for each token"),
        Variable::own("D_S", Unit::Tokens, "tokens that the student learns from"),
        Variable::own("D_T", Unit::Tokens, "tokens that the teacher was trained on"),
        Variable::own("logits", Unit::One, "1 if the teacher's outputs are computed for this, else 0"),
        Variable::own("pretraining", Unit::One, "1 if the teacher is trained for this, else 0"),
    ],
    source: BUSBRIDGE_2025.at("the cost of distillation"),
    read_in: NOTES,
    ..BLANK
};
