//! The best plan for another budget, from one that is known: papers that print exponents and no coefficients.

use super::cheng_protein::CHENG_2024;
use super::{
    BLANK, BLANK_FIT, FittedRange, Kind, Law, PublishedFit, Worked, exponent, gives, gives_as, positive,
    within,
};
use crate::provenance::{ReadIn, Source};
use crate::units::{C_TRAIN, D_SEEN, LOSS_NATS, N_TOTAL, Unit, Variable};

/// Protein language models on subsets of `UniRef50`.
const SERRANO_2024: Source = Source {
    authors: "Serrano, Ciudad and Molina",
    year: 2024,
    title: "Are Protein Language Models Compute Optimal?",
    arxiv: "2406.07249",
    locator: "",
};

/// World models and behaviour cloning of a video game.
const PEARCE_2024: Source = Source {
    authors: "Pearce et al.",
    year: 2024,
    title: "Scaling Laws for Pre-training Agents and World Models",
    arxiv: "2411.04434",
    locator: "",
};

const KNOWN_SIZE: Variable = Variable::own("N_0", Unit::Parameters, "best parameters at the known budget");
const KNOWN_BUDGET: Variable = Variable::own("C_0", Unit::Flops, "known budget, counted as 6 N D");

/// The best size and tokens from a known optimum.
const RELATIVE: Law = Law {
    kind: Kind::Rule,
    formula: "N_opt = N_0 * (C / C_0)^a\nD_opt = C_0 / (6 * N_0) * (C / C_0)^b",
    outputs: &[gives_as("N_opt", N_TOTAL), gives_as("D_opt", D_SEEN)],
    inputs: &[C_TRAIN, KNOWN_BUDGET, KNOWN_SIZE],
    parameters: &[exponent("a"), exponent("b")],
    ..BLANK
};

const fn ten_times(size: f64) -> Worked {
    Worked {
        at: &[("C", 1e19), ("C_0", 1e18), ("N_0", 1e7)],
        output: "N_opt",
        value: size,
        within: 1e-8,
        from: "the formula in double precision, ten times the budget of 10 M parameters",
    }
}

/// Protein language models: two papers that disagree.
pub const PROTEIN_EXPONENTS: Law = Law {
    id: "protein-exponents",
    name: "Protein models, exponents of the best plan",
    answers: "the best size and tokens of a protein model for another budget, from a plan that is known to \
              be best",
    fits: &[
        PublishedFit {
            id: "serrano",
            name: "Serrano et al., masked, UniRef50",
            source: SERRANO_2024.at("abstract and conclusions"),
            read_in: ReadIn::SecondHand("summaries of the paper"),
            values: &[0.27, 0.71],
            objective: "the best plans of a range of budgets; the paper's own fit",
            data: "subsets of UniRef50, one epoch, encoder-only models like ESM-2",
            caveats: &[
                "the exponents add up to 0.98, not 1",
                "the training loss ends on a plateau near 2.4",
                "the opposite of what Cheng et al. find on other data",
            ],
            worked: &[ten_times(18620871.37)],
            ..BLANK_FIT
        },
        PublishedFit {
            id: "cheng-mlm",
            name: "Cheng et al., masked, UniMeta200B",
            source: CHENG_2024.at("the frontier of the masked objective"),
            read_in: ReadIn::SecondHand("summaries of the paper"),
            values: &[0.77, 0.23],
            objective: "the best plans of IsoFLOP profiles",
            data: "UniMeta200B, masked objective",
            caveats: &[
                "the opposite of what Serrano et al. find on other data",
                "its N is without embeddings, and so is its budget",
            ],
            worked: &[ten_times(58884365.54)],
            ..BLANK_FIT
        },
    ],
    source: SERRANO_2024.at("abstract and conclusions"),
    read_in: ReadIn::SecondHand("summaries of the paper"),
    caveats: &[
        "the two papers recommend opposite plans: what the corpus holds decides",
        "the coefficients are not known, so a known optimum has to be given",
    ],
    seeds: &[17],
    ..RELATIVE
};

const TABLE_1: PublishedFit = PublishedFit {
    source: PEARCE_2024.at("Table 1"),
    read_in: ReadIn::Paper,
    fitted_on: &[FittedRange::new(C_TRAIN, 1e15, 1e20)],
    ..BLANK_FIT
};

const FRONTIER: PublishedFit =
    PublishedFit { objective: "power laws through the frontier of the training curves", ..TABLE_1 };

const PARAMETRIC: PublishedFit = PublishedFit {
    objective: "the parametric loss N_c / N^alpha + D_c / D^beta + E, by curve_fit",
    caveats: &["the authors prefer the frontier where there is one"],
    ..TABLE_1
};

/// World models and agents.
pub const PEARCE_AGENTS: Law = Law {
    id: "pearce-agents",
    name: "World models and agents, exponents of the best plan",
    answers: "the best size and tokens of a world model or agent for another budget, from one that is known",
    fits: &[
        PublishedFit {
            id: "wm-token-256",
            name: "World model, 256 tokens per image, frontier",
            values: &[0.49, 0.51],
            data: "world modelling, images of 256 tokens",
            worked: &[ten_times(30902954.33)],
            ..FRONTIER
        },
        PublishedFit {
            id: "wm-token-540",
            name: "World model, 540 tokens per image, frontier",
            values: &[0.62, 0.37],
            data: "world modelling, images of 540 tokens",
            errata: &["text and table give 0.37 and 0.38 for the tokens"],
            worked: &[
                ten_times(41686938.35),
                Worked {
                    at: &[("C", 1e19), ("C_0", 1e18), ("N_0", 27e6)],
                    output: "N_opt",
                    value: 110e6,
                    within: 0.03,
                    from: "the paper's optima, 27 M at 1e18 and 110 M at 1e19 FLOPs, among sizes on a grid",
                },
            ],
            ..FRONTIER
        },
        PublishedFit {
            id: "bc-cnn",
            name: "Behaviour cloning, CNN, frontier",
            values: &[0.66, 0.34],
            data: "behaviour cloning, images through a CNN",
            errata: &["text and table give 0.33 and 0.34 for the tokens"],
            worked: &[ten_times(45708818.96)],
            ..FRONTIER
        },
        PublishedFit {
            id: "wm-token-256-parametric",
            name: "World model, 256 tokens per image, parametric",
            values: &[0.52, 0.48],
            data: "world modelling, images of 256 tokens",
            worked: &[ten_times(33113112.15)],
            ..PARAMETRIC
        },
        PublishedFit {
            id: "wm-token-540-parametric",
            name: "World model, 540 tokens per image, parametric",
            values: &[0.78, 0.22],
            data: "world modelling, images of 540 tokens",
            worked: &[ten_times(60255958.61)],
            ..PARAMETRIC
        },
        PublishedFit {
            id: "bc-token-540-parametric",
            name: "Behaviour cloning, 540 tokens per image, parametric",
            values: &[0.32, 0.68],
            data: "behaviour cloning, images of 540 tokens",
            caveats: &[
                "its frontier was not reached; the optima of 2 M at 1e18 and 11 M at 1e19 FLOPs are of \
                 discrete sizes and do not go with this exponent",
            ],
            worked: &[ten_times(20892961.31)],
            ..PARAMETRIC
        },
        PublishedFit {
            id: "bc-cnn-parametric",
            name: "Behaviour cloning, CNN, parametric",
            values: &[0.47, 0.53],
            data: "behaviour cloning, images through a CNN",
            worked: &[ten_times(29512092.27)],
            ..PARAMETRIC
        },
    ],
    source: PEARCE_2024.at("Table 1"),
    caveats: &[
        "the coefficients are not printed, so a known optimum has to be given",
        "N holds embeddings but not the image tokenizer; D are tokens of the transformer",
        "constant learning rate, unlimited data, 2 M to 894 M parameters",
    ],
    seeds: &[4],
    ..RELATIVE
};

/// How the best size grows with the budget, for settings of which the paper prints nothing else.
pub const PEARCE_SIZE: Law = Law {
    id: "pearce-size",
    name: "World models and agents, exponents of the best size",
    answers: "the best size for another budget from one that is known, by what a token is and how it is \
              supervised",
    formula: "N_0 * (C / C_0)^a",
    outputs: &[gives_as("N_opt", N_TOTAL)],
    parameters: &[exponent("a")],
    fits: &[
        size("lm-characters", "Language, characters", &[0.66], &[ten_times(45708818.96)]),
        size("lm-gpt2-tokens", "Language, GPT-2 tokens", &[0.44], &[ten_times(27542287.03)]),
        size("characters-dense", "Characters, dense supervision", &[0.63], &[ten_times(42657951.88)]),
        size("characters-sparse", "Characters, sparse supervision", &[0.50], &[ten_times(31622776.6)]),
        size(
            "characters-sparse-classes",
            "Characters, sparse supervision of super-classes",
            &[0.15],
            &[ten_times(14125375.45)],
        ),
        size("rt1-16", "RT-1, 16 tokens per image", &[0.56], &[ten_times(36307805.48)]),
        size("rt1-36", "RT-1, 36 tokens per image", &[0.60], &[ten_times(39810717.06)]),
        size("rt1-64", "RT-1, 64 tokens per image", &[0.61], &[ten_times(40738027.78)]),
        size("rt1-100", "RT-1, 100 tokens per image", &[0.60], &[ten_times(39810717.06)]),
        size("rt1-256", "RT-1, 256 tokens per image", &[0.65], &[ten_times(44668359.22)]),
        size("bc-token-small", "Behaviour cloning, small", &[0.35], &[ten_times(22387211.39)]),
    ],
    source: PEARCE_2024.at("the experiments on tokens and supervision"),
    ..PEARCE_AGENTS
};

const fn size(
    id: &'static str,
    name: &'static str,
    values: &'static [f64],
    worked: &'static [Worked],
) -> PublishedFit {
    PublishedFit {
        id,
        name,
        source: PEARCE_2024.at("the experiments on tokens and supervision"),
        read_in: ReadIn::Paper,
        values,
        objective: "the best sizes of a range of budgets; the paper's own fit",
        intervals: &[],
        fitted_on: &[],
        data: name,
        caveats: &[],
        errata: &[],
        worked,
    }
}

/// The loss on the frontier of a budget.
pub const PEARCE_FRONTIER_LOSS: Law = Law {
    id: "pearce-frontier-loss",
    kind: Kind::Loss,
    name: "World models and agents, loss on the frontier",
    answers: "the lowest loss of a world model or agent for a training budget of C FLOPs",
    formula: "E + c_0 / C^c",
    outputs: &[gives(LOSS_NATS)],
    inputs: &[C_TRAIN],
    parameters: &[
        within("E", Unit::NatsPerToken, 0.1, 1e3),
        positive("c_0", Unit::NatsPerToken),
        within("c", Unit::One, -1.0, 1.0),
    ],
    source: PEARCE_2024.at("the frontier fits of Fig. 1"),
    caveats: &[
        "bounds as in the paper: E from 0.1, c from -1 to 1; its constants are labels of a figure and were \
         not read",
    ],
    seeds: &[4],
    ..BLANK
};
