//! What a model will read and write over its life.

use super::facts::amount;
use crate::ask::allocate::AskedServing;
use crate::ask::{AskError, Asking};
use crate::units::{Expected, Sign, Unit, ascii};

/// Tokens that are computed over the life of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Demand {
    /// All of them.
    pub tokens: f64,
    /// Those of prompts and those of answers, where it is known how they share.
    pub parts: Option<[f64; 2]>,
}

impl Demand {
    /// Reads it: tokens, or requests with their lengths.
    pub fn read(serving: &AskedServing, asking: &mut Asking) -> Result<Self, AskError> {
        let of_request = Self::of_request(serving, asking)?;
        match (&serving.tokens, &serving.requests) {
            (Some(tokens), None) => {
                let tokens = amount(tokens, Unit::Tokens, "allocate.serving.tokens", asking)?;
                let parts = of_request.map(|[prompt, output]| {
                    let all = prompt + output;
                    [tokens * (prompt / all), tokens * (output / all)]
                });
                cached(Self { tokens, parts }, serving, asking)
            }
            (None, Some(requests)) => {
                let requests = amount(requests, Unit::Requests, "allocate.serving.requests", asking)?;
                let lengths = of_request.ok_or_else(|| {
                    let message = "expected \"prompt\" and \"output\", the tokens of a request; got neither";
                    AskError::malformed("allocate.serving", message)
                })?;
                let parts = lengths.map(|length| requests * length);
                cached(Self { tokens: parts[0] + parts[1], parts: Some(parts) }, serving, asking)
            }
            (given, _) => {
                let got = if given.is_some() { "both" } else { "neither" };
                let message =
                    format!("expected \"tokens\" such as \"2T\", or \"requests\" such as \"7B\"; got {got}");
                Err(AskError::malformed("allocate.serving", message))
            }
        }
    }

    /// The tokens of a request: of its prompt and of its answer.
    fn of_request(serving: &AskedServing, asking: &mut Asking) -> Result<Option<[f64; 2]>, AskError> {
        let (prompt, output) = match (&serving.prompt, &serving.output) {
            (Some(prompt), Some(output)) => (prompt, output),
            (None, None) => return Ok(None),
            _ => {
                let message = "expected \"prompt\" and \"output\", the tokens of a request; got one of them";
                return Err(AskError::malformed("allocate.serving", message));
            }
        };
        let prompt = amount(prompt, Unit::Tokens, "allocate.serving.prompt", asking)?;
        Ok(Some([prompt, amount(output, Unit::Tokens, "allocate.serving.output", asking)?]))
    }
}

/// The demand without the prompt tokens that a cache holds.
fn cached(demand: Demand, serving: &AskedServing, asking: &mut Asking) -> Result<Demand, AskError> {
    let Some(hit) = &serving.cache_hit else { return Ok(demand) };
    let path = "allocate.serving.cache_hit";
    let hit = hit.resolve(Expected::from(Unit::One).sign(Sign::NotNegative), &|| path.to_owned(), asking)?;
    if hit > 1.0 {
        let message =
            format!("expected a share of prompt tokens from 0 to 1 such as 0.3; got {}", ascii(hit));
        return Err(AskError::malformed(path, message));
    }
    let Some([prompt, output]) = demand.parts else {
        let message = "expected \"prompt\" and \"output\" beside it: a cache holds tokens of prompts";
        return Err(AskError::malformed(path, message));
    };
    let parts = [(1.0 - hit) * prompt, output];
    Ok(Demand { tokens: parts[0] + parts[1], parts: Some(parts) })
}
