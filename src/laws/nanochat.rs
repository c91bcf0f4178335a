//! nanochat: batch, learning rate and weight decay at more tokens, as an open training script sets them.

use super::step_law::BATCH;
use super::{
    BLANK, BLANK_FIT, Kind, Law, PublishedFit, SourcedTable, Worked, exponent, gives, gives_as, positive,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_BITS_PER_BYTE, N_LINEAR_AND_HEAD, Unit, Variable};

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

/// The best size and tokens of four budgets.
pub const NANOCHAT_ISOFLOP: Law = Law {
    id: "nanochat-isoflop",
    kind: Kind::Table,
    name: "nanochat IsoFLOP optima",
    answers: "the best size and tokens, and the loss there, that a log of experiments found for a budget of \
        C FLOPs",
    formula: "N_opt = step(size, C)\nD_opt = step(tokens, C)\nbits_per_byte = step(bits, C)",
    outputs: &[
        gives_as("N_opt", N_LINEAR_AND_HEAD),
        gives_as("D_opt", D_SEEN),
        gives_as("bits_per_byte", LOSS_BITS_PER_BYTE),
    ],
    inputs: &[Variable::own("C", Unit::Flops, "training compute as the script counts it, from 1e18 to 1e19")],
    tables: &[
        optima("size", &[110_678_115.0, 167_797_457.0, 250_650_865.0, 381_758_347.0]),
        optima("tokens", &[1_241_505_403.0, 1_785_336_422.0, 2_642_234_152.0, 3_806_871_243.0]),
        optima("bits", &[0.8972, 0.8616, 0.8293, 0.7999]),
    ],
    source: KARPATHY_2025.at("dev/LOG.md"),
    read_in: LOG,
    caveats: &[
        "N is that of matrices and output head; a budget between two gets the values of the smaller",
        "the log says that size grows as C^0.54 and tokens as C^0.49; least squares of the logarithms of \
         these four give 0.524 and 0.479",
    ],
    ..BLANK
};

const fn optima(name: &'static str, y: &'static [f64]) -> SourcedTable {
    SourcedTable {
        name,
        x: &[1e18, 2e18, 5e18, 1e19],
        y,
        source: KARPATHY_2025.at("dev/LOG.md"),
        read_in: LOG,
    }
}
