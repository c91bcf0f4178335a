//! Continual pre-training: how much of a domain to mix in.

use super::{
    BLANK, BLANK_FIT, Kind, Law, PublishedFit, SourcedTable, Worked, exponent, free, gives, gives_as,
    positive, within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{D_SEEN, LOSS_NATS, N_TOTAL, Unit, Variable};

/// Mixtures of domain and general data for continual pre-training.
const QUE_2024: Source = Source {
    authors: "Que et al.",
    year: 2024,
    title: "D-CPT Law: Domain-specific Continual Pre-Training Scaling Law for Large Language Models",
    arxiv: "2406.01375",
    locator: "",
};

/// The largest share of domain data that leaves general ability unharmed.
const GU_2024: Source = Source {
    authors: "Gu et al.",
    year: 2024,
    title: "CMR Scaling Law: Predicting Critical Mixture Ratios for Continual Pre-training of Language \
            Models",
    arxiv: "2407.17467",
    locator: "",
};

/// A language added to Llama-3 by continual pre-training.
const XI_2024: Source = Source {
    authors: "Xi et al.",
    year: 2024,
    title: "A Practice of Post-Training on Llama-3 70B with Optimal Selection of Additional Language Mixture \
            Ratio",
    arxiv: "2409.06624",
    locator: "",
};

const NOTES: ReadIn = ReadIn::SecondHand("summaries of the paper that agree with one another");

const SHARE: Variable =
    Variable::own("r", Unit::One, "share, 0 to 1, of the corpus whose validation loss is predicted");
const DOMAIN_SHARE: Variable = Variable::own("r_d", Unit::One, "share, 0 to 1, of the domain corpus");

/// The loss on one of two corpora by their mixture.
pub const D_CPT: Law = Law {
    id: "d-cpt",
    name: "D-CPT law",
    answers: "the loss on a domain, or on general text, of a model continually trained on a mixture of the \
              two",
    formula: "E + A / N^alpha + B * r^eta / D^beta + C / (r + epsilon)^gamma",
    inputs: &[N_TOTAL, D_SEEN, SHARE],
    parameters: &[
        positive("E", Unit::NatsPerToken),
        positive("A", Unit::NatsPerToken),
        exponent("alpha"),
        positive("B", Unit::NatsPerToken),
        within("eta", Unit::One, 0.02, 5.0),
        exponent("beta"),
        positive("C", Unit::NatsPerToken),
        within("epsilon", Unit::One, 1e-6, 1.0),
        within("gamma", Unit::One, 0.02, 5.0),
    ],
    source: QUE_2024.at("the form L3"),
    ..MIXED
};

/// The same for a domain that was not trained on.
pub const D_CPT_CROSS_DOMAIN: Law = Law {
    id: "d-cpt-cross-domain",
    name: "D-CPT law across domains",
    answers: "the loss on a new domain from its loss before training, k_1, and the rate k_2 at which that \
              falls",
    formula: "K = w_1 / k_1 + w_2 * k_2\n\
              E + A / N^alpha + B * r^eta / D^beta + C / (r + epsilon)^gamma + F / K^mu",
    inputs: &[
        N_TOTAL,
        D_SEEN,
        SHARE,
        Variable::own("k_1", Unit::NatsPerToken, "validation loss on the domain before training"),
        Variable::own("k_2", Unit::One, "rate at which the validation loss on the domain falls at first"),
    ],
    parameters: &[
        within("w_1", Unit::One, 1e-3, 1e3),
        within("w_2", Unit::One, 1e-3, 1e3),
        positive("E", Unit::NatsPerToken),
        positive("A", Unit::NatsPerToken),
        exponent("alpha"),
        positive("B", Unit::NatsPerToken),
        within("eta", Unit::One, 0.02, 5.0),
        exponent("beta"),
        positive("C", Unit::NatsPerToken),
        within("epsilon", Unit::One, 1e-6, 1.0),
        within("gamma", Unit::One, 0.02, 5.0),
        positive("F", Unit::NatsPerToken),
        exponent("mu"),
    ],
    source: QUE_2024.at("the cross-domain law with K3"),
    ..MIXED
};

/// What the two share.
const MIXED: Law = Law {
    kind: Kind::Loss,
    outputs: &[gives(LOSS_NATS)],
    read_in: NOTES,
    caveats: &[
        "the domain law takes the share of the domain, the general law that of the general corpus; their \
         constants differ",
        "the paper is not known to print constants: fit your own runs; it used 0.5, 1.8 and 4 B models and \
         nine shares",
        "with eta below 1 the loss rises with r near r = 0: trust it where it falls",
    ],
    errata: &[
        "a public note prints a sum of power laws in N, D, r and N D r as this law; it contradicts all other \
         sources",
    ],
    seeds: &[106],
    ..BLANK
};

/// A printed trade-off between a domain and general text.
pub const D_CPT_CHEMISTRY: Law = Law {
    id: "d-cpt-chemistry",
    kind: Kind::Table,
    name: "D-CPT example, chemistry",
    answers: "the measured losses on general text and chemistry by the share of chemistry, 1.8 B and 10 B \
              tokens",
    formula: "L_g = interp(general, r_d)\nL_d = interp(chemistry, r_d)",
    outputs: &[gives_as("L_g", LOSS_NATS), gives_as("L_d", LOSS_NATS)],
    inputs: &[DOMAIN_SHARE],
    tables: &[
        SourcedTable {
            name: "general",
            x: SHARES,
            y: &[2.9052, 2.9193, 2.9376, 2.9445, 2.9644, 2.9848, 3.4667],
            source: QUE_2024.at("Table 5"),
            read_in: NOTES,
        },
        SourcedTable {
            name: "chemistry",
            x: SHARES,
            y: &[1.7321, 1.7312, 1.7311, 1.7291, 1.7279, 1.7265, 1.7220],
            source: QUE_2024.at("Table 5"),
            read_in: NOTES,
        },
    ],
    source: QUE_2024.at("Table 5"),
    read_in: NOTES,
    caveats: &[
        "Qwen1.5-1.8B; before training the general loss was 2.8602; with 3 % of it allowed, the law chose \
         0.924",
        "between the printed shares a straight line is assumed",
    ],
    seeds: &[106],
    ..BLANK
};

const SHARES: &[f64] = &[0.9, 0.91, 0.92, 0.924, 0.93, 0.94, 1.0];

/// A printed choice of the share when domain tokens are scarce.
pub const D_CPT_MUSIC: Law = Law {
    id: "d-cpt-music",
    kind: Kind::Table,
    name: "D-CPT example, music",
    answers: "the measured loss on music by its share, 1.8 B parameters and 5 B tokens of music",
    formula: "interp(music, r_d)",
    outputs: &[gives_as("L_d", LOSS_NATS)],
    inputs: &[DOMAIN_SHARE],
    tables: &[SourcedTable {
        name: "music",
        x: &[0.2, 0.732, 0.8],
        y: &[0.7486, 0.7309, 0.7398],
        source: QUE_2024.at("Table 6"),
        read_in: NOTES,
    }],
    source: QUE_2024.at("Table 6"),
    read_in: NOTES,
    caveats: &[
        "the law chose 0.732 and expected 0.7328 there; all tokens of music are used once, so a small share \
         is a long run",
        "between the three printed shares a straight line is assumed",
    ],
    seeds: &[106],
    ..BLANK
};

/// The critical mixture ratio.
pub const CMR: Law = Law {
    id: "cmr",
    kind: Kind::HyperParameter,
    name: "Critical mixture ratio",
    answers: "the largest share of domain data in D tokens of continual pre-training that spares general \
              ability",
    formula: "a * (D / 2e8)^s + b\nwhere a * (D / 2e8)^s + b > 0, a * (D / 2e8)^s + b < 1",
    outputs: &[gives_as("R", Variable::own("R", Unit::One, "share of the domain corpus"))],
    inputs: &[D_SEEN],
    parameters: &[free("a", Unit::One), within("s", Unit::One, -2.0, 2.0), free("b", Unit::One)],
    fits: &[
        PublishedFit {
            id: "460m",
            name: "460 M",
            values: &[0.22524761, 0.26944345, -0.48139982],
            worked: &[at_20e9(0.297617), at_50e9(0.515771)],
            ..TABLE_5
        },
        PublishedFit {
            id: "940m",
            name: "940 M",
            values: &[0.7520627, 0.13720245, -1.06581937],
            worked: &[at_20e9(0.348863), at_50e9(0.538376)],
            ..TABLE_5
        },
        PublishedFit {
            id: "1-6b",
            name: "1.6 B",
            values: &[-2.36384831, -0.15125569, 1.59223649],
            worked: &[at_20e9(0.414337), at_50e9(0.566779)],
            ..TABLE_5
        },
        PublishedFit {
            id: "3-1b",
            name: "3.1 B",
            values: &[-2.5368197, -0.42071423, 0.84375368],
            worked: &[at_20e9(0.478276), at_50e9(0.595187)],
            ..TABLE_5
        },
    ],
    source: GU_2024.at("Table 5"),
    read_in: ReadIn::SecondHand("a public script that transcribes Table 5"),
    caveats: &[
        "one curve for each model size; which corpora is not stated in what was read; tokens are counted in \
         units of 0.2 B",
        "below about 3 B tokens a curve is under zero, and far above its runs it may pass 1: no share there",
        "the signs differ between the sizes: two of them have a ceiling, b, and two do not",
    ],
    errata: &["the text says 500 B tokens for T = 250, where the unit of 0.2 B says 50 B"],
    ..BLANK
};

/// Tokens of an added language by its ratio.
pub const ALMR: Law = Law {
    id: "almr",
    kind: Kind::Rule,
    name: "Additional language mixture ratio",
    answers: "how many of D tokens of continual pre-training are of the added language at a mixture ratio r",
    formula: "D_added = r * D\nD_kept = D - D_added\nwhere r >= 0, r <= 1",
    outputs: &[gives_as("D_added", D_SEEN), gives_as("D_kept", D_SEEN)],
    inputs: &[D_SEEN, Variable::own("r", Unit::One, "share, 0 to 1, of the added language in the mixture")],
    source: XI_2024.at("abstract"),
    caveats: &[
        "no more than what the ratio means: the paper finds that the best ratio goes with the learning rate, \
         but how was not read",
        "so tune ratio and learning rate together on a small sibling, as the paper does on 8 B for 70 B",
    ],
    seeds: &[30],
    ..BLANK
};

const TABLE_5: PublishedFit = PublishedFit {
    source: GU_2024.at("Table 5"),
    read_in: ReadIn::SecondHand("a public script that transcribes Table 5"),
    objective: "the critical ratios of a range of tokens; the paper's own fit",
    data: "continual pre-training; the corpora are not stated in what was read",
    ..BLANK_FIT
};

const fn at_20e9(value: f64) -> Worked {
    Worked {
        at: &[("D", 20e9)],
        output: "R",
        value,
        within: 2e-6,
        from: "the formula in double precision, T = 100",
    }
}

const fn at_50e9(value: f64) -> Worked {
    Worked {
        at: &[("D", 50e9)],
        output: "R",
        value,
        within: 2e-6,
        from: "the formula in double precision, T = 250",
    }
}
