//! Random-feature ridge regression: what theory says of samples, features and ridge.

use super::{BLANK, Kind, Law, gives_as};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

const SIMON_2023: Source = Source {
    authors: "Simon et al.",
    year: 2023,
    title: "More is Better in Modern Machine Learning",
    arxiv: "2311.14646",
    locator: "",
};

/// The test error of random-feature ridge regression on power-law spectra.
pub const RANDOM_FEATURES: Law = Law {
    id: "random-features",
    kind: Kind::Rule,
    name: "Random features, test error",
    answers: "the expected test error of ridge regression on k random features from n samples",
    formula: "gamma = solve(g in 1e-12..1e12: \
                (max((n + k) / 2 - sum(i in 1..2000: 1 / (1 + g * i^a)), abs(n - k) / 2)^2 \
                - ((n - k) / 2)^2) * g \
                = k * delta)\n\
              z = (n + k) / 2 - sqrt(((n - k) / 2)^2 + k * delta / gamma)\n\
              q = sum(i in 1..2000: (1 + gamma * i^a)^(-2))\n\
              s = (k - z) / (k - q)\n\
              bias = sum(i in 1..2000: (1 - (1 + s - s / (1 + gamma * i^a)) / (1 + gamma * i^a)) / i^b)\n\
              risk = (bias + noise) / (1 - (q * (k - 2 * z) + z^2) / (n * (k - q)))\n\
              where a > 0, b > 0, delta > 0",
    outputs: &[
        gives_as("risk", Variable::own("risk", Unit::One, "expected squared error on new samples")),
        gives_as(
            "gamma",
            Variable::own("gamma", Unit::One, "effective ridge: eigenvalues below it are not learned"),
        ),
        gives_as("z", Variable::own("z", Unit::One, "modes that are learned")),
        gives_as("q", Variable::own("q", Unit::One, "sum of squared learnabilities")),
    ],
    inputs: &[
        Variable::own("n", Unit::Examples, "samples"),
        Variable::own("k", Unit::One, "random features"),
        Variable::own("delta", Unit::One, "ridge"),
        Variable::own("a", Unit::One, "decay of the kernel's eigenvalues i^-a"),
        Variable::own("b", Unit::One, "decay of the target's squared coefficients i^-b"),
        Variable::own("noise", Unit::One, "variance of the noise"),
    ],
    source: SIMON_2023.at("the eigenframework of random features"),
    read_in: ReadIn::Memory,
    caveats: &[
        "gamma solves (n - z) (1 - z / k) gamma = delta with z the sum over modes of lambda / (lambda + \
         gamma); the first two lines say so with one sum and no second root",
        "checked by simulation: 40 draws of the model agree within their noise",
        "2000 modes, so that n and k should stay well below 2000",
        "at the best ridge more samples and more features never hurt",
    ],
    seeds: &[18],
    ..BLANK
};
