//! The seed of random numbers.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// With which random numbers: a whole number below 2^53, or a larger one as text, since readers of JSON round those. The
/// same seed gives the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Default for Seed {
    fn default() -> Self {
        Self(42)
    }
}

/// Whole numbers from here on are not exact in every reader of JSON.
const EXACT: u64 = 1 << 53;

impl Serialize for Seed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 < EXACT { serializer.serialize_u64(self.0) } else { serializer.collect_str(&self.0) }
    }
}

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SeedVisitor;

        impl Visitor<'_> for SeedVisitor {
            type Value = Seed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number below 2^53, or a larger one below 2^64 as text")
            }

            fn visit_u64<E: Error>(self, seed: u64) -> Result<Seed, E> {
                if seed < EXACT {
                    Ok(Seed(seed))
                } else {
                    Err(E::invalid_value(serde::de::Unexpected::Unsigned(seed), &self))
                }
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Seed, E> {
                text.parse().map(Seed).map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_any(SeedVisitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Seed {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Seed".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A whole number below 2^53, or a larger one as text.",
            "anyOf": [
                { "type": "integer", "minimum": 0, "exclusiveMaximum": EXACT },
                { "type": "string", "pattern": "^[0-9]+$" },
            ],
        })
    }
}
