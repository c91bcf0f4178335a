//! What a Question says of devices.

use serde::{Deserialize, Serialize};

use crate::ask::Quantity;
use crate::hardware::Precision;

/// The devices that train. They make quantities of a plan: `device_hours`, `days`, `dollars`,
/// `training_memory`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "hardware such as {\"device\":\"h100-sxm\",\"count\":64,\"mfu\":0.4}"
)]
pub struct AskedHardware {
    /// The id or another name of a device, which says peak and price unless they are given here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The precision that the peak is of; `bf16` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// The most operations of one device in a second, dense, in FLOP/s.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak: Option<Quantity>,
    /// How many devices there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Quantity>,
    /// The share of the peak that training reaches, recomputation not counted; 0.4 is assumed where neither it nor
    /// a throughput is given, and warned of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mfu: Option<Quantity>,
    /// A throughput from which that share follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub throughput: Option<AskedThroughput>,
    /// What a device costs, in dollars an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Quantity>,
    /// The bytes that training needs for each parameter: weights, gradients and the state of the optimiser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes_per_parameter: Option<Quantity>,
}

/// How fast a run was seen to train.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    deny_unknown_fields,
    expecting = "a throughput such as {\"tokens_per_second\":380000,\"N\":\"8B\",\"devices\":64}"
)]
pub struct AskedThroughput {
    /// Tokens in a second, of all devices together.
    pub tokens_per_second: Quantity,
    /// The parameters of the model that was trained, those active for a token.
    #[serde(rename = "N")]
    pub size: Quantity,
    /// The devices that it was trained on.
    pub devices: Quantity,
}
