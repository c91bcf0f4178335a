//! What the contract names and a later version answers.

/// Verbs, and fields by the path they end in, with what brings them.
const LATER: &[(&str, &str)] = &[
    ("profile", "fitting"),
    ("backtest", "fitting"),
    ("compare", "fitting"),
    ("crossing", "fitting"),
    ("multiplier", "fitting"),
    ("sweep", "large sweeps"),
    ("split", "large sweeps"),
    ("merge", "large sweeps"),
    ("of.law", "planning"),
    ("of.fit", "planning"),
    ("fit.tie", "fitting"),
    ("fit.fix", "fitting"),
    ("fit.bootstrap", "fitting"),
    ("fit.level", "fitting"),
    ("fit.decide", "fitting"),
    ("runs.weight", "fitting"),
    ("runs.group", "fitting"),
    ("runs.sigma", "fitting"),
    ("loss.squares", "fitting"),
    ("loss.absolute", "fitting"),
    ("loss.over", "fitting"),
];

/// What brings the verb or field of this path, if a later version does.
pub(super) fn brought_by(path: &str) -> Option<&'static str> {
    let ends = |known: &str| {
        path.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    LATER.iter().find(|(known, _)| ends(known)).map(|(_, with)| *with)
}
