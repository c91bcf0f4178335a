//! From one way of counting to another: parameters with and without embeddings, losses in nats and bits.
//!
//! Two laws can be compared only in one count. As laws, conversions stand in the place of any number:
//! `"N": {"predict": {"law": "parameters-without-embeddings", "at": {…}}}`.

use super::pearce::PEARCE_2024;
use super::{BLANK, Kind, Law, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{
    LOSS_BITS, LOSS_BITS_PER_BYTE, LOSS_NATS, N_LINEAR_AND_HEAD, N_NON_EMBEDDING, N_TOTAL, Unit, Variable,
};

/// The data set whose paper made bits per byte the measure that depends on no tokenizer.
const GAO_2020: Source = Source {
    authors: "Gao et al.",
    year: 2020,
    title: "The Pile: An 800GB Dataset of Diverse Text for Language Modeling",
    arxiv: "2101.00027",
    locator: "",
};

const VOCABULARY: Variable = Variable::own("V", Unit::One, "entries of the vocabulary");
const WIDTH: Variable = Variable::own("d", Unit::One, "width of the model");
const MATRICES: Variable =
    Variable::own("m", Unit::One, "matrices of V by d: 1 where embedding and output head are tied, else 2");
const BYTES_PER_TOKEN: Variable = Variable::own("bytes", Unit::One, "bytes of text for each token");

const POSITIONS: &str = "learned positions, which count as embeddings too, are left out";

/// What is left of all parameters.
pub const WITHOUT_EMBEDDINGS: Law = Law {
    id: "parameters-without-embeddings",
    kind: Kind::Rule,
    name: "Parameters without embeddings",
    answers: "the parameters without embeddings of a model of N in all, from its width and vocabulary",
    formula: "N_without = N - m * V * d\n\
              N_head = N_without + V * d\n\
              where N > m * V * d, m >= 1, m <= 2",
    outputs: &[gives_as("N_without", N_NON_EMBEDDING), gives_as("N_head", N_LINEAR_AND_HEAD)],
    inputs: &[N_TOTAL, VOCABULARY, WIDTH, MATRICES],
    source: PEARCE_2024.at("the sum of both counts"),
    read_in: ReadIn::AuthorsCode(
        "script_analysis_kaplan_chinchilla.py of TeaPearce/Reconciling_Kaplan_Chinchilla_Scaling_Laws",
    ),
    caveats: &[POSITIONS],
    ..BLANK
};

/// All parameters.
pub const WITH_EMBEDDINGS: Law = Law {
    id: "parameters-with-embeddings",
    kind: Kind::Rule,
    name: "Parameters with embeddings",
    answers: "all parameters of a model of N without embeddings, from its width and vocabulary",
    formula: "N_all = N + m * V * d\n\
              N_head = N + V * d\n\
              where m >= 1, m <= 2",
    outputs: &[gives_as("N_all", N_TOTAL), gives_as("N_head", N_LINEAR_AND_HEAD)],
    inputs: &[N_NON_EMBEDDING, VOCABULARY, WIDTH, MATRICES],
    caveats: &[POSITIONS, "pearce-total estimates it from N alone, for models of the usual shape"],
    ..WITHOUT_EMBEDDINGS
};

/// A loss in bits.
pub const IN_BITS: Law = Law {
    id: "loss-in-bits",
    kind: Kind::Rule,
    name: "Loss in bits",
    answers: "a loss of L nats per token in bits per token and in bits per byte",
    formula: "bits_per_token = L / ln(2)\nbits_per_byte = bits_per_token / bytes",
    outputs: &[gives_as("bits_per_token", LOSS_BITS), gives_as("bits_per_byte", LOSS_BITS_PER_BYTE)],
    inputs: &[LOSS_NATS, BYTES_PER_TOKEN],
    source: GAO_2020.at("bits per byte"),
    read_in: ReadIn::Memory,
    caveats: &[
        "bytes for each token depend on the tokenizer and the text: measure them on the text of the loss",
    ],
    ..BLANK
};

/// A loss in nats.
pub const IN_NATS: Law = Law {
    id: "loss-in-nats",
    name: "Loss in nats",
    answers: "a loss of L bits per byte in nats per token",
    formula: "nats_per_token = L * bytes * ln(2)",
    outputs: &[gives_as("nats_per_token", LOSS_NATS)],
    inputs: &[LOSS_BITS_PER_BYTE, BYTES_PER_TOKEN],
    ..IN_BITS
};
