//! A generic model of training time: steps by the critical batch, times what a step takes.

use super::mccandlish::{MCCANDLISH_2018, S_MIN};
use super::step_law::BATCH;
use super::{BLANK, Kind, Law, gives};
use crate::provenance::ReadIn;
use crate::units::{N_TOTAL, Unit, Variable};

/// Steps, the time of a step, and how long a run takes.
pub const TRAINING_TIME: Law = Law {
    id: "training-time",
    kind: Kind::Cost,
    name: "Training time, generic",
    answers: "how long a run to one loss takes at a batch of B on G devices, and the shortest time there is",
    formula: "steps = S_min * (1 + B_crit / B)\n\
              bubble = 1 + (p - 1) / m\n\
              step_time = max(6 * N * B / (G * F * MFU), comm) * bubble\n\
              time = steps * step_time\n\
              tokens = steps * B\n\
              shortest = S_min * comm * bubble",
    outputs: &[
        gives(Variable::own("time", Unit::Seconds, "time of the run")),
        gives(Variable::own("steps", Unit::Steps, "steps to the loss")),
        gives(Variable::own("step_time", Unit::Seconds, "time of a step")),
        gives(Variable::own("tokens", Unit::Tokens, "tokens to the loss")),
        gives(Variable::own(
            "shortest",
            Unit::Seconds,
            "time that no batch and no number of devices goes below",
        )),
    ],
    inputs: &[
        N_TOTAL,
        BATCH,
        BATCH.named("B_crit"),
        S_MIN,
        Variable::own("G", Unit::One, "devices"),
        Variable::own("F", Unit::One, "peak FLOP/s of a device"),
        Variable::own("MFU", Unit::One, "share of the peak that is used"),
        Variable::own("comm", Unit::Seconds, "time of a step that no number of devices goes below"),
        Variable::own("p", Unit::One, "stages of the pipeline; 1 for none"),
        Variable::own("m", Unit::One, "micro-batches in the pipeline"),
    ],
    source: MCCANDLISH_2018.at("Eq. 2.11, with a generic time for a step"),
    read_in: ReadIn::SecondHand(
        "a course on training language models that quotes Eq. 2.11; the rest is algebra",
    ),
    caveats: &[
        "generic: Lamy-Poirier (2021, arXiv:2106.02679) asks this question, but only its abstract was read, \
         and none of its formulas or numbers stands here",
        "the shortest time is a limit: the tokens grow without end as the batch does",
        "at the critical batch a run takes twice the fewest steps and twice the fewest tokens",
    ],
    seeds: &[105],
    ..BLANK
};
