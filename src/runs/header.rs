//! Which column means what, from the names people give them.

use super::Role;
use crate::num::ascending;

/// A role that more than one column could have, and the column it was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The role.
    pub role: Role,
    /// The column that was given it, from 0.
    pub column: usize,
    /// The columns that could have it too, the likelier first.
    pub others: Vec<usize>,
}

// cspell:disable

/// Names of a role in lower case, without space and punctuation, the likelier first.
const PARAMS: &[&str] = &[
    "n",
    "ntotal",
    "totalparams",
    "totalparameters",
    "paramstotal",
    "params",
    "param",
    "parameters",
    "nparams",
    "nparameters",
    "numparams",
    "numparameters",
    "numberofparameters",
    "paramcount",
    "parametercount",
    "parametersn",
    "paramsn",
    "modelsize",
    "modelsizen",
    "modelparams",
    "modelparameters",
    "sizen",
    "size",
    "paramsopt",
    "activeparams",
    "nactive",
    "paramsactive",
    "denseparams",
    "nnoemb",
    "nnoembed",
    "paramsnoembed",
    "paramsnoemb",
    "nonembeddingparams",
    "paramsnonembedding",
    "nnonembedding",
];
const TOKENS: &[&str] = &[
    "d",
    "tokens",
    "token",
    "ntokens",
    "numtokens",
    "numberoftokens",
    "tokencount",
    "tokensd",
    "trainingtokens",
    "traintokens",
    "ntrainingtokens",
    "numtrainingtokens",
    "tokenstrained",
    "tokensseen",
    "tokenstotal",
    "totaltokens",
    "datasetsize",
    "datasize",
    "trainingdata",
    "tokensopt",
];
const FLOPS: &[&str] = &[
    "c",
    "flops",
    "flop",
    "flopsc",
    "trainingflops",
    "trainingflop",
    "trainflops",
    "trainflop",
    "totalflops",
    "totalflop",
    "flopstotal",
    "flopcount",
    "nflops",
    "numflops",
    "compute",
    "trainingcompute",
    "computeflops",
    "totalcompute",
    "flopsbudget",
    "flopbudget",
    "computebudget",
    "budget",
];
const LOSS: &[&str] = &[
    "l",
    "loss",
    "valloss",
    "validationloss",
    "lossval",
    "lossvalidation",
    "evalloss",
    "evaluationloss",
    "testloss",
    "finalloss",
    "lossfinal",
    "heldoutloss",
    "crossentropy",
    "crossentropyloss",
    "nll",
];
/// Losses to take only where there is no better one.
const LOSS_LAST: &[&str] =
    &["smoothloss", "trainloss", "trainingloss", "losstrain", "valbpb", "bpb", "bitsperbyte"];
const RUN: &[&str] = &["run", "runname", "runid", "name", "id", "model", "modelname", "experiment", "config"];
const STEP: &[&str] = &["step", "steps", "globalstep", "trainingstep", "iteration", "iterations", "iter"];

/// How well a name suits a role: the smaller the better, nothing if it does not.
fn rank(role: Role, name: &str) -> Option<usize> {
    let listed = |names: &[&str]| names.iter().position(|known| *known == name);
    match role {
        Role::Params => listed(PARAMS).or_else(|| begins(name, "modelsize")),
        Role::Tokens => listed(TOKENS).or_else(|| begins(name, "datasetsize")),
        Role::Flops => listed(FLOPS),
        Role::Loss => listed(LOSS).or_else(|| other_loss(name)),
        Role::Run => listed(RUN),
        Role::Step => listed(STEP),
        _ => None,
    }
}

/// A rank behind every listed name, for names such as `model_size__nonembedding`.
fn begins(name: &str, with: &str) -> Option<usize> {
    name.starts_with(with).then_some(100)
}

/// The rank of a loss on some data, such as `loss_c4`, and of a loss of last resort.
fn other_loss(name: &str) -> Option<usize> {
    let last = LOSS_LAST.iter().position(|known| *known == name).map(|at| 200 + at);
    last.or_else(|| name.contains("loss").then_some(100))
}

/// A name in lower case, without space and punctuation.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a column's name is one for the name of a run.
pub(super) fn is_run(name: &str) -> bool {
    RUN.contains(&&*plain(name))
}

/// A name without what it has in brackets at its end, and that: `Size (B)` is `Size` and `B`.
pub(super) fn split_unit(name: &str) -> (&str, Option<&str>) {
    let name = name.trim();
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((base, unit)) = name.strip_suffix(close).and_then(|name| name.rsplit_once(open)) {
            let unit = unit.trim();
            return (base.trim(), Some(unit.strip_prefix("in ").unwrap_or(unit)));
        }
    }
    (name, None)
}

/// Whether a column's name says that its loss is not in nats per token.
pub(super) fn is_other_loss_unit(name: &str) -> bool {
    let name = plain(name);
    ["bpb", "bits", "perplexity", "ppl"].iter().any(|word| name.contains(word))
}

/// The role of each column, and where another column could have been meant.
///
/// `holds` says whether a column holds amounts of a role. One that does not gets the role only if a run
/// cannot do without, so that its rows say what is wrong.
pub(super) fn guess(names: &[String], holds: impl Fn(usize, Role) -> bool) -> (Vec<Role>, Vec<Choice>) {
    let mut roles = vec![Role::Ignore; names.len()];
    let mut choices = Vec::new();
    for role in Role::ALL {
        let holding = |column: &usize| role.expected().is_none() || holds(*column, role);
        let mut columns = candidates(names, &roles, role).into_iter().filter(holding);
        let Some(column) = columns.next() else { continue };
        roles[column] = role;
        let others: Vec<usize> = columns.collect();
        if !others.is_empty() && role.expected().is_some() {
            choices.push(Choice { role, column, others });
        }
    }
    for role in [Role::Loss, Role::Params, Role::Tokens, Role::Flops] {
        let best = candidates(names, &roles, role).into_iter().next();
        if let Some(column) = best.filter(|_| is_needed(&roles, role)) {
            roles[column] = role;
        }
    }
    (roles, choices)
}

/// The columns without a role whose names suit this one, the likelier first.
fn candidates(names: &[String], roles: &[Role], role: Role) -> Vec<usize> {
    let free = names.iter().enumerate().filter(|(column, _)| roles[*column] == Role::Ignore);
    let (ranks, columns): (Vec<f64>, Vec<usize>) =
        free.filter_map(|(column, name)| Some((suits(role, name)? as f64, column))).unzip();
    ascending(&ranks).into_iter().map(|at| columns[at]).collect()
}

/// Whether a run cannot be read without a column of this role: the loss, or two of the other three.
fn is_needed(roles: &[Role], role: Role) -> bool {
    let three = [Role::Params, Role::Tokens, Role::Flops];
    let had = three.iter().filter(|one| roles.contains(one)).count();
    !roles.contains(&role) && (role == Role::Loss || had < 2)
}

/// How well a header suits a role, with what it has in brackets or without.
fn suits(role: Role, header: &str) -> Option<usize> {
    rank(role, &plain(header)).or_else(|| rank(role, &plain(split_unit(header).0)))
}
