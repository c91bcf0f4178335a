//! Protein language models: the parametric loss of two objectives.

use super::chinchilla::FORM;
use super::{BLANK_FIT, FittedRange, Law, PublishedFit, Worked};
use crate::provenance::{ReadIn, Source};
use crate::units::{C_NON_EMBEDDING, D_SEEN, N_NON_EMBEDDING};

/// More than 300 protein language models on one corpus.
pub(super) const CHENG_2024: Source = Source {
    authors: "Cheng et al.",
    year: 2024,
    title: "Training Compute-Optimal Protein Language Models",
    arxiv: "2411.02142",
    locator: "",
};

const SCRIPT: ReadIn =
    ReadIn::SecondHand("a public script that refits the paper's Table A9 and holds the authors' constants");

/// The loss of a protein language model, causal or masked.
pub const CHENG_PROTEIN: Law = Law {
    id: "cheng-protein",
    name: "Protein language models",
    answers: "the loss of a protein model of N parameters trained over D amino acids",
    inputs: &[N_NON_EMBEDDING, D_SEEN],
    fits: &[CAUSAL, MASKED],
    source: CHENG_2024.at("Table A9"),
    read_in: SCRIPT,
    caveats: &[
        "a token is an amino acid",
        "Serrano et al. (2024, arXiv:2406.07249) recommend the opposite, many tokens and small models, on \
         other data: what the corpus holds decides",
    ],
    errata: &["the rows of the two objectives come from different constructions of the envelope"],
    seeds: &[17],
    ..FORM
};

const UNI_META: PublishedFit = PublishedFit {
    source: CHENG_2024.at("Table A9, unrounded"),
    read_in: SCRIPT,
    objective: "the sum of Huber terms, delta 1e-3, of the natural log of the loss",
    fitted_on: &[
        FittedRange::new(N_NON_EMBEDDING, 3.5e6, 10.7e9),
        FittedRange::new(D_SEEN, 5e9, 200e9),
        FittedRange::new(C_NON_EMBEDDING, 1e17, 1e22),
    ],
    ..BLANK_FIT
};

const fn at_1e9(value: f64) -> Worked {
    Worked {
        at: &[("N", 1e9), ("D", 1e11)],
        output: "L",
        value,
        within: 3e-7,
        from: "the formula in double precision",
    }
}

const CAUSAL: PublishedFit = PublishedFit {
    id: "clm",
    name: "Causal",
    values: &[
        2.122563756382614,
        143.97531038760354,
        0.36658655987525074,
        22036.528838204948,
        0.4955892608715566,
    ],
    data: "UniMeta200B, causal objective",
    worked: &[at_1e9(2.272764)],
    ..UNI_META
};

const MASKED: PublishedFit = PublishedFit {
    id: "mlm",
    name: "Masked",
    values: &[
        1.2339262055489964e-65,
        3.365188326974265,
        0.042286642359660905,
        7.56855502024196,
        0.09943255550337665,
    ],
    data: "UniMeta200B, masked objective",
    caveats: &["weakly identified: E went to zero, and refits from a grid of starts move beta widely"],
    worked: &[at_1e9(2.010867)],
    ..UNI_META
};
