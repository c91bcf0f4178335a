//! The papers that constants come from.

use super::Source;

/// "Chinchilla": the compute-optimal split of a budget, by three approaches.
pub const HOFFMANN_2022: Source = Source {
    authors: "Hoffmann et al.",
    year: 2022,
    title: "Training Compute-Optimal Large Language Models",
    arxiv: "2203.15556",
    locator: "",
};

/// The replication that found Chinchilla's third approach to have stopped early.
pub const BESIROGLU_2024: Source = Source {
    authors: "Besiroglu, Erdil, Barnett and You",
    year: 2024,
    title: "Chinchilla Scaling: A replication attempt",
    arxiv: "2404.10102",
    locator: "",
};
