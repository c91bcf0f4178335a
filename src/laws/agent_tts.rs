//! A common coin for the compute of agents.

use super::{BLANK, Kind, Law, gives};
use crate::provenance::Source;
use crate::units::{N_TOTAL, Unit, Variable};

/// "`AgentTTS`".
const WANG_2025: Source = Source {
    authors: "Wang et al.",
    year: 2025,
    title: "AgentTTS: Large Language Model Agent for Test-time Compute-optimal Scaling Strategy in Complex \
            Tasks",
    arxiv: "2508.00890",
    locator: "",
};

/// The budget of a stage.
pub const AGENT_TTS: Law = Law {
    id: "agent-tts-budget",
    kind: Kind::Cost,
    name: "Budget of a stage of an agent",
    answers: "the compute of sampling from a model, in single passes of a model of 3 B parameters",
    formula: "(N / 3e9 * (N_p + S * N_d) - 128) / 64",
    outputs: &[gives(Variable::own("B", Unit::One, "passes of a 3 B model, 128 tokens read, 64 written"))],
    inputs: &[
        N_TOTAL,
        Variable::own("N_p", Unit::Tokens, "tokens of the prompt"),
        Variable::own("S", Unit::One, "samples"),
        Variable::own("N_d", Unit::Tokens, "tokens of an answer"),
    ],
    source: WANG_2025.at("the unit of budget"),
    caveats: &[
        "derived from the paper's words: equal FLOPs, the prompt read once for all samples",
        "there is no law of accuracy: which model suits which stage is found by search",
    ],
    seeds: &[63],
    ..BLANK
};
