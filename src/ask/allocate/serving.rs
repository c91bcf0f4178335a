//! What a Question says of serving.

use serde::{Deserialize, Serialize};

use crate::ask::Quantity;
use crate::hardware::Precision;

/// What the model will read and write over its life. It makes quantities of a plan: `serving`, `total`,
/// `serving_dollars`, `serving_memory`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "serving such as {\"tokens\":\"2T\"} or {\"requests\":\"7B\",\"prompt\":70,\"output\":215}"
)]
pub struct AskedServing {
    /// Tokens read and written; or `requests`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Quantity>,
    /// Requests, of `prompt` and `output` tokens each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests: Option<Quantity>,
    /// Tokens of the prompt of a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<Quantity>,
    /// Tokens of the answer to a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Quantity>,
    /// The share of prompt tokens that a cache holds and that are not computed again; none by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache_hit: Option<Quantity>,
    /// The share of the peak that reading prompts reaches; 0.5 is assumed where it is not given, and warned of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill_mfu: Option<Quantity>,
    /// The share of the peak that generating tokens reaches; 0.01 is assumed where it is not given, and warned of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decode_mfu: Option<Quantity>,
    /// The devices that serve; by default those that train.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardware: Option<AskedServingHardware>,
    /// The bits of a weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bits: Option<Quantity>,
    /// The bytes of the cache of keys and values; the law `kv-cache` says how many they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache: Option<Quantity>,
}

/// The devices that serve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "hardware such as {\"device\":\"a100-sxm\",\"precision\":\"int8\",\"price\":\"$1.10/h\"}"
)]
pub struct AskedServingHardware {
    /// The id or another name of a device, which says peak and price unless they are given here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The precision that the peak is of; `bf16` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// The most operations of one device in a second, dense, in FLOP/s.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak: Option<Quantity>,
    /// What a device costs, in dollars an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Quantity>,
}
