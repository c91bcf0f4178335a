//! `DiLoCo`: what training with several replicas that meet rarely costs in loss.

use super::{BLANK, BLANK_FIT, Kind, Law, PublishedFit, Worked, exponent, gives, positive};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, N_TOTAL, Unit, Variable};

/// Replicas that meet rarely.
const CHARLES_2025: Source = Source {
    authors: "Charles et al.",
    year: 2025,
    title: "Communication-Efficient Language Model Training Scales Reliably and Robustly: Scaling Laws for \
        DiLoCo",
    arxiv: "2503.09799",
    locator: "",
};

const REPORT: ReadIn = ReadIn::SecondHand(
    "robirahman/miri-decentralized-training-report, Simulator_Documentation.md, section 4.7",
);

const REPLICAS: Variable = Variable::own("M", Unit::One, "replicas");

const PENALTY: Variable = Variable::own("penalty", Unit::One, "loss over that of one replica");

/// The loss of N parameters with M replicas.
pub const DILOCO: Law = Law {
    id: "diloco",
    kind: Kind::Loss,
    name: "DiLoCo loss",
    answers: "the loss of N parameters on 20 N tokens with M replicas that meet every 30 steps",
    formula: "L = A * N^(-alpha) * M^beta",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[N_TOTAL, REPLICAS],
    parameters: &[positive("A", Unit::NatsPerToken), exponent("alpha"), BETA],
    cost: "120 * N^2",
    fits: &[PublishedFit {
        id: "charles2025",
        values: &[19.226, 0.0985, 0.0116],
        worked: &[Worked {
            at: &[("N", 35e6), ("M", 8.0)],
            output: "L",
            value: 3.5586,
            within: 1.5e-5,
            from: "the formula in double precision",
        }],
        ..TABLE_10
    }],
    source: CHARLES_2025.at("Table 10"),
    read_in: REPORT,
    caveats: &[
        "better read as the price of more replicas than as a loss: it has no irreducible loss, and falls \
         without end",
        "20 tokens for each parameter, 30 inner steps between meetings, C4",
        "the paper's laws of learning rate and batch could not be checked, and are left out",
    ],
    seeds: &[68],
    ..BLANK
};

const BETA: super::Parameter = super::within("beta", Unit::One, 0.0, 2.0);

const TABLE_10: PublishedFit = PublishedFit {
    name: "Charles 2025",
    source: CHARLES_2025.at("Table 10"),
    read_in: REPORT,
    objective: "a power law; how it was fitted is not stated in what was read",
    data: "C4",
    ..BLANK_FIT
};

/// The price of replicas.
pub const DILOCO_PENALTY: Law = Law {
    id: "diloco-penalty",
    kind: Kind::Rule,
    name: "DiLoCo price of replicas",
    answers: "the loss with M replicas over the loss with one",
    formula: "M^beta",
    outputs: &[gives(PENALTY)],
    inputs: &[REPLICAS],
    parameters: &[BETA],
    fits: &[PublishedFit {
        id: "charles2025",
        values: &[0.0116],
        worked: &[Worked {
            at: &[("M", 8.0)],
            output: "penalty",
            value: 1.0244,
            within: 5e-5,
            from: "the formula in double precision",
        }],
        ..TABLE_10
    }],
    source: CHARLES_2025.at("Table 10"),
    read_in: REPORT,
    caveats: &["the same for all sizes: in truth the price falls with size"],
    seeds: &[68],
    ..BLANK
};

/// The price of replicas, by size.
pub const DILOCO_PENALTY_BY_SIZE: Law = Law {
    id: "diloco-penalty-by-size",
    kind: Kind::Rule,
    name: "DiLoCo price of replicas, by size",
    answers: "the loss of N parameters with M replicas over the loss with one",
    formula: "M^(k * N^(-p))",
    outputs: &[gives(PENALTY)],
    inputs: &[N_TOTAL, REPLICAS],
    parameters: &[positive("k", Unit::One), exponent("p")],
    fits: &[PublishedFit {
        id: "report",
        name: "Fit of an independent report",
        source: CHARLES_2025.at("Table 4, fitted by others"),
        values: &[1.0923, 0.2342],
        objective: "a power law through the log of the price of eight replicas, by size",
        caveats: &["not of the paper: a report on decentralised training fitted it to the paper's losses"],
        worked: &[Worked {
            at: &[("N", 2.4e9), ("M", 8.0)],
            output: "penalty",
            value: 1.0145,
            within: 2e-4,
            from: "the loss of 2.4 B parameters with eight replicas: 1.45 % higher",
        }],
        ..TABLE_10
    }],
    source: CHARLES_2025.at("Table 4, fitted by others"),
    read_in: REPORT,
    caveats: &["30 inner steps between meetings"],
    seeds: &[68],
    ..BLANK
};

/// How long a run takes.
pub const DILOCO_TIME: Law = Law {
    id: "diloco-time",
    kind: Kind::Cost,
    name: "DiLoCo wall-clock time",
    answers: "how long a run of N parameters takes with M replicas that meet every H steps, and without \
        replicas",
    formula: "steps = D / B\n\
              compute = 6 * N * D / (R * Q)\n\
              inner = 2 * N / W_0 * (1 - M / R) + e_0\n\
              outer = 2 * N / W_1 * (1 - 1 / R) + e_1\n\
              diloco = compute + steps * inner + steps / H * outer\n\
              data_parallel = compute + steps * outer",
    outputs: &[
        gives(Variable::own("diloco", Unit::Seconds, "time with replicas")),
        gives(Variable::own(
            "data_parallel",
            Unit::Seconds,
            "time without, over the slow links at every step",
        )),
        gives(Variable::own("compute", Unit::Seconds, "time of the computation alone")),
    ],
    inputs: &[
        N_TOTAL,
        D_SEEN,
        super::step_law::BATCH,
        REPLICAS,
        Variable::own("R", Unit::One, "chips in all"),
        Variable::own("Q", Unit::One, "FLOP/s of a chip"),
        Variable::own("H", Unit::Steps, "steps between meetings"),
        Variable::own("W_0", Unit::One, "parameters a second over the links inside a replica"),
        Variable::own("W_1", Unit::One, "parameters a second over the links between replicas"),
        Variable::own("e_0", Unit::One, "seconds that each exchange inside a replica waits"),
        Variable::own("e_1", Unit::One, "seconds that each exchange between replicas waits"),
    ],
    source: CHARLES_2025.at("appendix A"),
    read_in: ReadIn::Memory,
    caveats: &[
        "from memory: the terms are standard, but whether the paper counts its links so was not checked",
    ],
    seeds: &[68],
    ..BLANK
};
