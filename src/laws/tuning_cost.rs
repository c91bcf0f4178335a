//! What partial training costs: tuning methods, retrieval, and savings at equal quality.

use super::{BLANK, Kind, Law, gives_as, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, N_TOTAL, Unit, Variable};

const ZIARKO_2024: Source = Source {
    authors: "Ziarko, Jiang et al.",
    year: 2024,
    title: "Repurposing Language Models into Embedding Models: Finding the Compute-Optimal Recipe",
    arxiv: "2406.04165",
    locator: "",
};

const SHAO_2024: Source = Source {
    authors: "Shao et al.",
    year: 2024,
    title: "Scaling Retrieval-Based Language Models with a Trillion-Token Datastore",
    arxiv: "2407.12854",
    locator: "",
};

const SO_2021: Source = Source {
    authors: "So et al.",
    year: 2021,
    title: "Primer: Searching for Efficient Transformers for Language Modeling",
    arxiv: "2109.08668",
    locator: "",
};

const COST: Variable = Variable::own("C", Unit::Flops, "training compute by the paper's own count");
const TUNED_COST: Variable = Variable::own("C", Unit::Flops, "tuning compute");

/// Cost by the parameters of forward pass, backward pass and update.
pub const TUNING_COST: Law = Law {
    id: "tuning-cost",
    name: "Cost of tuning, by what is computed",
    answers: "the FLOPs of tuning over D tokens if parts of the model are not passed backward or updated",
    formula: "2 * N_F * D + 2 * N_B * D + 2 * N_U * D",
    inputs: &[
        Variable::own("N_F", Unit::Parameters, "parameters of the forward pass"),
        Variable::own("N_B", Unit::Parameters, "parameters that gradients pass through"),
        Variable::own("N_U", Unit::Parameters, "parameters that are updated"),
        D_SEEN,
    ],
    source: ZIARKO_2024.at("the cost of a method"),
    read_in: ReadIn::Memory,
    caveats: &["full tuning is 6 N D; LoRA and biases alone about 4 N D, since hardly anything is updated"],
    ..EMBEDDINGS
};

/// Cost with the lower layers frozen.
pub const FREEZING_COST: Law = Law {
    id: "freezing-cost",
    name: "Cost of tuning the top layers",
    answers: "the FLOPs of tuning the top l of l_all layers of a model of N parameters over D tokens",
    formula: "2 * N * D * (1 + 2 * l / l_all)\nwhere l <= l_all",
    inputs: &[
        N_TOTAL,
        D_SEEN,
        Variable::own("l", Unit::One, "layers that are tuned, from the top"),
        Variable::own("l_all", Unit::One, "layers of the model"),
    ],
    source: ZIARKO_2024.at("effemb/utils/flops_multiplier.py"),
    read_in: ReadIn::AuthorsCode("effemb/utils/flops_multiplier.py of SeqDM/Efficient-Embeddings"),
    caveats: &[
        "the backward pass costs twice the forward one, and stops at the frozen layers; embeddings are \
         passed over",
    ],
    ..EMBEDDINGS
};

/// The loss of embedding models by budget.
pub const ZIARKO_TREND: Law = Law {
    id: "ziarko-trend",
    kind: Kind::Loss,
    name: "Embedding models, loss by budget",
    answers: "the best contrastive loss of an embedding model for a tuning budget of C FLOPs, by one method",
    formula: "k / C^a",
    outputs: &[gives_as("L", Variable::own("L", Unit::One, "contrastive loss"))],
    inputs: &[TUNED_COST],
    parameters: &[positive("k", Unit::One), within("a", Unit::One, 0.001, 2.0)],
    source: ZIARKO_2024.at("the log-log trends of each method"),
    caveats: &[
        "a straight line of the logarithms for each method; the slopes were not read: fit your own runs",
        "full tuning is best at low budgets and LoRA at high ones; Pythia, 14 M to 2.8 B",
    ],
    ..EMBEDDINGS
};

const EMBEDDINGS: Law = Law { kind: Kind::Cost, outputs: &[gives_as("C", COST)], seeds: &[8], ..BLANK };

/// Training a language model and building its datastore.
pub const MASSIVEDS_COST: Law = Law {
    id: "massiveds-cost",
    kind: Kind::Cost,
    name: "Cost of a model with a datastore",
    answers: "the FLOPs of training a model over D tokens and of encoding a datastore of D_store tokens",
    formula: "6 * N * D + 2 * N_retriever * D_store",
    outputs: &[gives_as("C", COST)],
    inputs: &[
        N_TOTAL,
        D_SEEN,
        Variable::own("N_retriever", Unit::Parameters, "parameters of the retriever"),
        Variable::own("D_store", Unit::Tokens, "tokens of the datastore"),
    ],
    source: SHAO_2024.at("the accounting of compute"),
    read_in: ReadIn::Memory,
    caveats: &["the paper draws its gains in figures and fits no law"],
    seeds: &[78],
    ..BLANK
};

/// How much less compute a better architecture needs.
pub const PRIMER_SAVINGS: Law = Law {
    id: "primer-savings",
    kind: Kind::Rule,
    name: "Savings at equal quality",
    answers: "by which factor one architecture needs less compute than another for the same loss",
    formula: "(a_0 / a_1)^(1 / k)",
    outputs: &[gives_as(
        "savings",
        Variable::own("savings", Unit::One, "compute of the old over that of the new"),
    )],
    inputs: &[
        Variable::own("a_0", Unit::One, "coefficient of the old architecture's law a C^-k"),
        Variable::own("a_1", Unit::One, "coefficient of the new architecture's law a C^-k"),
        Variable::own("k", Unit::One, "exponent that the two laws share"),
    ],
    source: SO_2021.at("the comparison of scaling laws"),
    read_in: ReadIn::Memory,
    caveats: &[
        "if the two laws are parallel, the factor is the same at every budget; the paper's constants were \
         not read",
    ],
    seeds: &[7],
    ..BLANK
};
