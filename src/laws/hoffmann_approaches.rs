//! Chinchilla's first two approaches: the best size and tokens as power laws of the budget.
//!
//! The paper prints their exponents to two digits and no coefficients, but it prints the optimum for
//! nine sizes. The fits here are least squares through those rows.

use super::chinchilla::HOFFMANN_2022;
use super::{
    BLANK, BLANK_FIT, FittedRange, Interval, Kind, Law, PublishedFit, Worked, exponent, gives_as, positive,
};
use crate::provenance::ReadIn;
use crate::units::{C_TRAIN, D_SEEN, N_TOTAL, Unit};

/// Chinchilla's first approach: the lower envelope of the training curves.
pub const HOFFMANN_APPROACH_1: Law = Law {
    id: "hoffmann-approach-1",
    name: "Chinchilla approach 1, minimum over training curves",
    fits: &[PublishedFit {
        id: "table-3",
        name: "Least squares through Table 3",
        source: HOFFMANN_2022.at("Table 3"),
        values: &[0.09915893230795243, 0.4980986857771878, 1.6960843615010024, 0.5018542648378527],
        intervals: &[subsamples("a", 0.488, 0.502), subsamples("b", 0.501, 0.512)],
        caveats: &[
            "the paper prints no coefficients: these pass through its rounded rows, which they miss by up to \
             1.2 % in size and 5.0 % in tokens",
            "all but two rows of the table lie beyond the runs",
        ],
        worked: &[Worked {
            at: &[("C", 1e21)],
            output: "N_opt",
            value: 2.86e9,
            within: 0.0018,
            from: "Hoffmann et al. (2022), Appendix D.4: 2.86 B",
        }],
        ..TABLE
    }],
    source: HOFFMANN_2022.at("section 3.1 and Table 2"),
    errata: &["Table 2 has an exponent of tokens of 0.50, outside its own interval of 0.501 to 0.512"],
    ..POWER_LAWS
};

/// Chinchilla's second approach: the vertices of `IsoFLOP` parabolas.
pub const HOFFMANN_APPROACH_2: Law = Law {
    id: "hoffmann-approach-2",
    name: "Chinchilla approach 2, IsoFLOP profiles",
    fits: &[PublishedFit {
        id: "table-a3",
        name: "Least squares through Table A3",
        source: HOFFMANN_2022.at("Table A3, approach 2"),
        values: &[0.1448770518112774, 0.48994161286254667, 1.1527636290954997, 0.5100202250950421],
        intervals: &[subsamples("a", 0.462, 0.534), subsamples("b", 0.483, 0.529)],
        caveats: &[
            "the paper prints no coefficients: these pass through its rounded rows, which they miss by up to \
             3.3 % in size and 2.5 % in tokens",
            "all but two rows of the table lie beyond the runs",
            "Table A2 has exponents of size of 0.50 on C4 and 0.53 on GitHub, where this has 0.49",
        ],
        worked: &[Worked {
            at: &[("C", 1.20e20)],
            output: "N_opt",
            value: 1e9,
            within: 0.034,
            from: "Hoffmann et al. (2022), Table A3: 1 B, missed by up to 3.3 %",
        }],
        ..TABLE
    }],
    source: HOFFMANN_2022.at("section 3.2 and Table 2"),
    ..POWER_LAWS
};

/// From the 10th to the 90th percentile of 100 subsamples of 80 % of the data, as Table 2 has it.
pub(super) const fn subsamples(of: &'static str, low: f64, high: f64) -> Interval {
    Interval { of, low, high, level: 0.8 }
}

/// What the three approaches share.
pub(super) const POWER_LAWS: Law = Law {
    kind: Kind::Optimum,
    answers: "the size and tokens of lowest loss for a training budget of C FLOPs",
    formula: "N_opt = k_N * C^a\nD_opt = k_D * C^b",
    outputs: &[gives_as("N_opt", N_TOTAL), gives_as("D_opt", D_SEEN)],
    inputs: &[C_TRAIN],
    parameters: &[
        positive("k_N", Unit::Parameters),
        exponent("a"),
        positive("k_D", Unit::Tokens),
        exponent("b"),
    ],
    caveats: &["it gives no loss, so it answers for a training budget alone"],
    seeds: &[1],
    ..BLANK
};

/// What the three fits share.
pub(super) const TABLE: PublishedFit = PublishedFit {
    read_in: ReadIn::ComputedHere("scripts/hoffmann_presets.py"),
    objective: "the sum of squares of the log of size and of tokens, on the log of compute, over nine printed rows",
    fitted_on: &[FittedRange::new(C_TRAIN, 6e18, 3e21)],
    data: "MassiveText, one epoch, vocabulary of 32 000",
    ..BLANK_FIT
};
