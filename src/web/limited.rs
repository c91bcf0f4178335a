//! The kinds of things that are said beside a budget: limits on the plan, what it will serve, the devices that train it and
//! the shape of the model.

use crate::units::Unit;

/// The quantity of a plan that a deadline limits.
pub(super) const DAYS: &str = "days";

/// What can be said beside a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// So many tokens will be served.
    Serving,
    /// The share of the tokens served that is generated; the rest is read.
    Generated,
    /// At most so many tokens.
    MostTokens,
    /// At most so many parameters.
    LargestSize,
    /// So long may training take.
    Deadline,
    /// Exactly so many parameters.
    FixedSize,
    /// So many tokens for each parameter.
    Ratio,
    /// So much memory may the parameters take.
    Memory,
    /// What a parameter takes of it.
    ParameterBytes,
    /// Attention over so many tokens is paid for too.
    Attention,
    /// The device that trains.
    Device,
    /// So many of them.
    Devices,
    /// The share of its peak that a device reaches.
    Utilisation,
    /// What a device costs.
    Price,
    /// The entries of the vocabulary.
    Vocabulary,
    /// The width of a head.
    HeadWidth,
    /// The heads of keys and values in each layer.
    KeyValueHeads,
    /// The tokens of a sequence.
    Context,
}

/// Where something is offered that is not said yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// Among the limits.
    Always,
    /// Among the limits, once more of them are wanted.
    More,
    /// Among the limits, where another is set that it belongs to.
    Beside(Limited),
    /// Among what is said of the devices.
    OfDevices,
    /// Among what is said of the shape of the model.
    OfShape,
}

/// What is the same of everything of a kind.
#[derive(Clone, Copy)]
struct Facts {
    name: &'static str,
    key: &'static str,
    expected: &'static str,
    unit: Unit,
    on: Option<&'static str>,
    offered: Offered,
}

impl Facts {
    const fn new(name: &'static str, key: &'static str, expected: &'static str) -> Self {
        Self { name, key, expected, unit: Unit::One, on: None, offered: Offered::Always }
    }

    const fn of(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    const fn tokens(self) -> Self {
        self.of(Unit::Tokens)
    }

    const fn on(self, on: &'static str) -> Self {
        Self { on: Some(on), ..self }
    }

    const fn size(name: &'static str, key: &'static str) -> Self {
        Self::new(name, key, "a number of parameters such as 70B").of(Unit::Parameters).on("N")
    }

    const fn offered(self, offered: Offered) -> Self {
        Self { offered, ..self }
    }
}

impl Limited {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::Serving,
        Self::Generated,
        Self::MostTokens,
        Self::LargestSize,
        Self::Deadline,
        Self::FixedSize,
        Self::Ratio,
        Self::Memory,
        Self::ParameterBytes,
        Self::Attention,
        Self::Device,
        Self::Devices,
        Self::Utilisation,
        Self::Price,
        Self::Vocabulary,
        Self::HeadWidth,
        Self::KeyValueHeads,
        Self::Context,
    ];

    const fn facts(self) -> Facts {
        match self {
            Self::Serving => {
                Facts::new("Serving demand", "serving", "the tokens of a lifetime such as 2T").tokens()
            }
            Self::Generated => Facts::new(
                "Share generated",
                "generated",
                "the share of the tokens served that is generated such as 0.75",
            )
            .offered(Offered::Beside(Self::Serving)),
            Self::MostTokens => {
                Facts::new("Most tokens", "most-tokens", "a number of tokens such as 1.4T").tokens().on("D")
            }
            Self::LargestSize => Facts::size("Largest size", "largest-size"),
            Self::Deadline => Facts::new("Deadline", "deadline", "a time of training such as 30 days")
                .of(Unit::Days)
                .on(DAYS),
            Self::FixedSize => Facts::size("Fixed size", "size").offered(Offered::More),
            Self::Ratio => Facts::new(
                "Tokens per parameter",
                "tokens-per-parameter",
                "tokens for each parameter such as 20",
            )
            .of(Unit::TokensPerParameter)
            .on("D/N")
            .offered(Offered::More),
            Self::Memory => Facts::new("Memory", "memory", "the memory for all parameters such as 80 GB")
                .of(Unit::Bytes)
                .on("N")
                .offered(Offered::More),
            Self::ParameterBytes => Facts::new(
                "Bytes per parameter",
                "bytes",
                "the bytes of a parameter, 2 in bf16; training takes more",
            )
            .offered(Offered::Beside(Self::Memory)),
            Self::Attention => Facts::new(
                "Attention over",
                "attention",
                "the tokens that each token attends to such as 131072",
            )
            .tokens()
            .offered(Offered::More),
            Self::Device => {
                Facts::new("Device", "device", "a device such as H100").offered(Offered::OfDevices)
            }
            Self::Devices => Facts::new("Number of devices", "devices", "a number of devices such as 64")
                .offered(Offered::OfDevices),
            Self::Utilisation => {
                Facts::new("Share of peak", "utilisation", "a share of the peak such as 0.4")
                    .offered(Offered::OfDevices)
            }
            Self::Price => Facts::new("Price of a device", "price", "a price such as $2.50/h")
                .of(Unit::DollarsPerHour)
                .offered(Offered::OfDevices),
            Self::Vocabulary => {
                Facts::new("Vocabulary", "vocabulary", "the entries of the vocabulary such as 128000")
                    .offered(Offered::OfShape)
            }
            Self::HeadWidth => Facts::new("Width of a head", "head-width", "the width of a head such as 64")
                .offered(Offered::OfShape),
            Self::KeyValueHeads => Facts::new(
                "Key-value heads",
                "key-value-heads",
                "the heads of keys and values in each layer such as 8",
            )
            .offered(Offered::OfShape),
            Self::Context => Facts::new("Context", "context", "the tokens of a sequence such as 8192")
                .tokens()
                .offered(Offered::OfShape),
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        self.facts().key
    }

    /// What is expected of its text.
    pub const fn expected(self) -> &'static str {
        self.facts().expected
    }

    /// The unit it is given in.
    pub const fn unit(self) -> Unit {
        self.facts().unit
    }

    /// Where it is offered.
    pub const fn offered(self) -> Offered {
        self.facts().offered
    }

    /// What of a plan it limits, if it limits any: a variable, a quantity or a formula.
    pub(super) const fn limits(self) -> Option<&'static str> {
        self.facts().on
    }

    /// Whether it is a limit on the plan, and not something that is to be known for one.
    pub const fn is_a_limit(self) -> bool {
        self.limits().is_some()
    }

    /// Whether plans move with it, a limit or not.
    pub const fn moves_plans(self) -> bool {
        self.is_a_limit() || matches!(self, Self::Serving | Self::Attention)
    }

    /// Whether it is about the devices that train, and not about the plan.
    pub const fn is_of_devices(self) -> bool {
        matches!(self.offered(), Offered::OfDevices)
    }

    /// Whether it is about the shape of the model, and not about the plan.
    pub const fn is_of_shape(self) -> bool {
        matches!(self.offered(), Offered::OfShape)
    }

    /// Whether plans depend on it.
    pub const fn is_of_plans(self) -> bool {
        !self.is_of_devices() && !self.is_of_shape()
    }
}
