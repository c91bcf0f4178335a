//! What the words in a column's name say of what it holds.

use super::Role;
use super::header::{plain, split_unit};

/// What words make of a name. The first rule that fits decides.
struct Rule {
    /// The role, or none for what only looks like one.
    role: Option<Role>,
    /// How well it suits: the smaller the better.
    rank: u8,
    /// Of each of these the name has a word.
    all: &'static [&'static [&'static str]],
    /// It has none of these.
    not: &'static [&'static str],
    /// Or it is one of these, without space and punctuation.
    exact: &'static [&'static str],
}

const fn rule(role: Role, rank: u8, all: &'static [&'static [&'static str]]) -> Rule {
    Rule { role: Some(role), rank, all, not: &[], exact: &[] }
}

const fn none(all: &'static [&'static [&'static str]]) -> Rule {
    Rule { role: None, rank: 0, all, not: &[], exact: &[] }
}

impl Rule {
    const fn not(self, not: &'static [&'static str]) -> Self {
        Self { not, ..self }
    }

    const fn or(self, exact: &'static [&'static str]) -> Self {
        Self { exact, ..self }
    }
}

// cspell:disable
const SPREAD: &[&str] = &["std", "sd", "stddev", "stderr", "sem", "sigma", "noise", "uncertainty"];
const LOSS: &[&str] =
    &["loss", "nll", "ce", "xent", "perplexity", "ppl", "pplx", "bpb", "bpt", "entropy", "bits"];
const TOKENS: &[&str] = &["tokens", "token", "toks"];
const FLOPS: &[&str] =
    &["flops", "flop", "flos", "pflops", "eflops", "zflops", "pflop", "eflop", "zflop", "compute"];
const PARAMS: &[&str] = &["params", "param", "parameters", "parameter", "nparams"];
const EMBEDDING: &[&str] = &["emb", "embed", "embs", "embedding", "embeddings"];
const STEP: &[&str] = &["step", "steps", "iteration", "iterations", "iter", "iters"];
const OF_ALL: &[&str] = &["total", "train", "training", "all"];
const OF_RUN: &[&str] =
    &["max", "peak", "base", "init", "initial", "min", "config", "final", "mult", "decay", "warmup"];

const RULES: [Rule; 40] = [
    rule(Role::Noise, 0, &[SPREAD, LOSS]).not(&["scale", "grad", "gradient", "init"]),
    rule(Role::Noise, 1, &[SPREAD]).not(&["scale", "grad", "gradient", "init"]).or(&["se"]),
    rule(Role::Weight, 0, &[&["weight", "weights"]])
        .not(&["decay", "tied", "tie", "tying", "init", "loss"])
        .or(&["w"]),
    rule(Role::Seed, 0, &[]).or(&["seed"]),
    rule(Role::Seed, 1, &[&["seed", "seeds", "replicate", "replica", "rep", "trial"]]),
    rule(Role::Schedule, 0, &[&["schedule", "scheduler"]])
        .not(&["step", "steps", "tokens"])
        .or(&["lrdecay", "decay", "anneal"]),
    none(&[&["lr"], OF_RUN]),
    none(&[&["learning"], &["rate"], OF_RUN]),
    rule(Role::Rate, 0, &[&["lr"]]),
    rule(Role::Rate, 0, &[&["learning"], &["rate"]]),
    rule(Role::Batch, 0, &[TOKENS, &["step", "batch", "iter", "iteration", "update"]]).not(&["second"]),
    rule(Role::Sequences, 0, &[&["batch"]]).not(&["micro", "device", "gpu", "per"]).or(&["bs", "gbs"]),
    rule(
        Role::Length,
        0,
        &[&["seq", "sequence", "context", "ctx", "block"], &["len", "length", "size", "window"]],
    )
    .or(&["seqlen", "ctx", "ctxlen", "context", "maxseqlen"]),
    none(&[LOSS, &["scale", "aux", "balance", "router", "z", "min", "max", "type", "weight"]]),
    rule(Role::Loss, 0, &[&["bits"], &["byte", "token"]]),
    none(&[&["per"]]),
    rule(Role::Loss, 0, &[LOSS, &["val", "valid", "validation", "eval", "test", "heldout", "dev"]]),
    rule(Role::Loss, 1, &[LOSS, &["final", "smooth"]]),
    rule(Role::Loss, 3, &[LOSS, &["train"]]),
    rule(Role::Loss, 2, &[LOSS]),
    none(&[FLOPS, &["utilization", "mfu", "token", "second", "s"]]),
    none(&[&["budget", "budgets"], &["tokens", "data"]]),
    rule(Role::Group, 1, &[FLOPS, &["group", "bucket", "nominal", "target"]]),
    rule(Role::Flops, 0, &[FLOPS, OF_ALL]),
    rule(Role::Flops, 1, &[FLOPS]),
    rule(Role::Group, 0, &[&["budget", "budgets", "isoflop", "isoflops", "group", "bucket", "cluster"]]),
    rule(Role::NonEmbedding, 0, &[&["nonemb", "nonembed", "nonembedding", "noemb", "noembed"]]).or(&[
        "nnoemb",
        "nnonemb",
        "nnonembedding",
        "nnoembed",
    ]),
    rule(Role::NonEmbedding, 0, &[PARAMS, EMBEDDING, WITHOUT]),
    rule(Role::Params, 0, &[PARAMS, EMBEDDING, WITH]),
    none(&[PARAMS, EMBEDDING]),
    none(&[PARAMS, &["wte", "head", "vocab"]]),
    rule(Role::Params, 0, &[PARAMS, &["total", "all"]]),
    rule(Role::Params, 1, &[PARAMS]),
    rule(Role::Params, 1, &[&["model"], &["size"]]),
    none(&[
        TOKENS,
        &["unique", "vocab", "vocabulary", "second", "sec", "ratio", "multiplier", "mult", "warmup"],
    ]),
    rule(
        Role::Tokens,
        0,
        &[TOKENS, &["seen", "trained", "consumed", "total", "training", "train", "processed"]],
    ),
    rule(Role::Tokens, 1, &[TOKENS]),
    rule(Role::Step, 0, &[STEP]).not(&["time", "size", "warmup", "decay", "total", "max", "num"]),
    rule(Role::Run, 0, &[&["run", "runs"]]).not(&["time", "runtime"]),
    // Files that were stacked may hold a run each.
    rule(Role::Run, 5, &[]).or(&["file"]),
];
const WITHOUT: &[&str] = &["non", "no", "without", "wo", "excl", "excluding"];
const WITH: &[&str] = &["with", "incl", "including", "total", "all"];
/// Amounts of one thing for each of another, as a slash says.
const RATES: [&str; 4] = ["tokens/", "flops/", "flop/", "params/"];
/// How tools mark the least and the largest value that a point stands for.
const RANGES: [&str; 2] = ["__MIN", "__MAX"];
// cspell:enable

/// The role that the words of a name suggest, and its rank: the smaller the better.
pub(super) fn suggested(name: &str) -> Option<(Role, u8)> {
    if RANGES.iter().any(|range| name.ends_with(range)) {
        return None;
    }
    let base = split_unit(name).0;
    let mut words = words(base);
    let lower = name.to_lowercase();
    if RATES.iter().any(|rate| lower.contains(rate)) {
        words.push("per".to_owned());
    }
    let whole = plain(base);
    let fits = |rule: &&Rule| {
        let by_words =
            !rule.all.is_empty() && rule.all.iter().all(|any| has(&words, any)) && !has(&words, rule.not);
        by_words || rule.exact.contains(&whole.as_str())
    };
    // A scalar of TensorBoard whose file does not say what it is.
    let value = (whole == "value").then_some((Role::Loss, 9));
    RULES.iter().find(fits).map_or(value, |rule| Some((rule.role?, rule.rank)))
}

/// Whether one of the words is one of these.
pub(super) fn has(words: &[String], any: &[&str]) -> bool {
    words.iter().any(|word| any.contains(&word.as_str()))
}

/// What the words of a count of parameters say of embeddings: whether they are counted, if anything.
pub(super) fn counts_embeddings(name: &str) -> Option<bool> {
    let words = words(name);
    let short = plain(split_unit(name).0);
    let is_without = |rule: &Rule| {
        rule.role == Some(Role::NonEmbedding)
            && (rule.exact.contains(&short.as_str()) || rule.all.iter().all(|any| has(&words, any)))
    };
    let without = RULES.iter().any(is_without) || (has(&words, EMBEDDING) && has(&words, WITHOUT));
    if without { Some(false) } else { has(&words, WITH).then_some(true) }
}

/// The words of a name in lower case: `nParams` and `n_params` have two.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_is_lower = false;
    for c in name.chars() {
        let starts = c.is_uppercase() && before_is_lower;
        if starts || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before_is_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}
