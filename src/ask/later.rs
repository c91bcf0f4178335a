//! What the contract names and a later version answers.

/// Verbs, and fields by the path they end in, with what brings them.
const LATER: &[(&str, &str)] = &[("split", "large sweeps"), ("merge", "large sweeps")];

/// What brings the verb or field of this path, if a later version does.
pub(super) fn brought_by(path: &str) -> Option<&'static str> {
    let ends = |known: &str| {
        path.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    LATER.iter().find(|(known, _)| ends(known)).map(|(_, with)| *with)
}
