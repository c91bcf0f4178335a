//! Accuracy at a larger number of samples, from two smaller ones.

use super::{BLANK, Kind, Law, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

const KANG_2023: Source = Source {
    authors: "Kang et al.",
    year: 2023,
    title: "Performance Scaling via Optimal Transport: Enabling Data Selection from Partially Revealed \
            Sources",
    arxiv: "2307.02460",
    locator: "",
};

const SAMPLES: Variable = Variable::own("n", Unit::Examples, "samples");
const SCORE: Variable = Variable::own("score", Unit::One, "accuracy, or another score");

/// The line through two points over the logarithm of the samples.
pub const PROJEKTOR: Law = Law {
    id: "projektor",
    kind: Kind::Rule,
    name: "Two-point projection",
    answers: "the accuracy at n samples, from those at two smaller numbers of samples",
    formula: "(ln(n / n_0) * score_1 - ln(n / n_1) * score_0) / ln(n_1 / n_0)",
    outputs: &[gives_as("score", SCORE)],
    inputs: &[
        SAMPLES,
        SAMPLES.named("n_0"),
        SCORE.named("score_0"),
        SAMPLES.named("n_1"),
        SCORE.named("score_1"),
    ],
    source: KANG_2023.at("the second stage, projection in the number of samples"),
    read_in: ReadIn::AuthorsCode("the notebook of ruoxi-jia-group/projektor"),
    caveats: &[
        "a straight line without a ceiling: an accuracy may come out above 1",
        "the first stage, a regression on distances of optimal transport, is not here",
    ],
    errata: &["a commented line of the notebook leaves out the logarithms"],
    seeds: &[64],
    ..BLANK
};
