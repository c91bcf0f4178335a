//! nanochat: batch, learning rate and weight decay at more tokens, as an open training script sets them.

use super::step_law::BATCH;
use super::{
    BLANK, BLANK_FIT, Kind, Law, PublishedFit, SourcedTable, Worked, exponent, gives, gives_as, positive,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, Unit, Variable};

/// The script and its log.
const KARPATHY_2025: Source =
    Source { authors: "Karpathy", year: 2025, title: "nanochat", arxiv: "", locator: "" };

const LOG: ReadIn = ReadIn::AuthorsCode("karpathy/nanochat, dev/LOG.md and scripts/base_train.py");

const RATE: Variable = Variable::own("lr", Unit::One, "learning rate");

const DECAY: Variable = Variable::own("lambda", Unit::One, "weight decay");

/// Batch, learning rate and weight decay at more tokens.
pub const NANOCHAT: Law = Law {
    id: "nanochat",
    kind: Kind::Rule,
    name: "nanochat batch, learning rate and weight decay at more tokens",
    answers: "the batch for D tokens as a power of two, with learning rate and weight decay, from those for \
        D_ref",
    formula: "B = round(2^round(log2(B_ref * (D / D_ref)^p)))\n\
              lr = lr_ref * sqrt(B / B_ref)\n\
              lambda = lambda_ref * sqrt(B / B_ref) * D_ref / D",
    outputs: &[gives(BATCH), gives(RATE), gives(DECAY)],
    inputs: &[D_SEEN, D_SEEN.named("D_ref"), RATE.named("lr_ref"), DECAY.named("lambda_ref")],
    parameters: &[positive("B_ref", Unit::Tokens), exponent("p")],
    fits: &[PublishedFit {
        id: "karpathy2025",
        name: "nanochat 2025",
        source: KARPATHY_2025.at("scripts/base_train.py"),
        read_in: LOG,
        values: &[524288.0, 0.383],
        objective: "the exponent of Power Lines, and a batch measured at twelve layers",
        caveats: &["the measured best batch is 2^19 tokens at twelve layers and about 2^20 at twenty-six"],
        worked: &[Worked {
            at: &[("D", 918e6), ("D_ref", 110e6), ("lr_ref", 1.0), ("lambda_ref", 1.0)],
            output: "B",
            value: 1048576.0,
            within: 1e-15,
            from: "the log's table: 2^20 at 918 M parameters, tokens in proportion",
        }],
        ..BLANK_FIT
    }],
    source: KARPATHY_2025.at("scripts/base_train.py"),
    read_in: LOG,
    caveats: &["practice of one training script, not a study"],
    ..BLANK
};

/// The best weight decay of Muon, by width.
pub const NANOCHAT_WEIGHT_DECAY: Law = Law {
    id: "nanochat-weight-decay",
    kind: Kind::Table,
    name: "nanochat weight decay of Muon by width",
    answers: "the weight decay of Muon that a log of experiments found best, by the width of the model",
    formula: "interp(best, width)",
    outputs: &[gives_as("lambda", DECAY)],
    inputs: &[Variable::own("width", Unit::One, "width of the model, from 512 to 1280")],
    tables: &[SourcedTable {
        name: "best",
        x: &[512.0, 768.0, 1024.0, 1280.0],
        y: &[0.40, 0.22, 0.10, 0.08],
        source: KARPATHY_2025.at("dev/LOG.md"),
        read_in: LOG,
    }],
    source: KARPATHY_2025.at("dev/LOG.md"),
    read_in: LOG,
    caveats: &[
        "four measured widths, lines between them",
        "the log says width^-1.97; least squares of the logarithms of these four give width^-1.85",
    ],
    ..BLANK
};
