//! JSON: read as strictly as a scientist would wish, no name twice in one object; written so that a number that
//! is read again is the same.

use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Number, Value};

use super::AskError;
#[cfg(feature = "catalogue")]
use super::AskFault;

/// A value as one line of JSON.
///
/// Names are text and numbers finite in everything that is written here, so nothing can fail.
pub fn to_json(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    // Memory takes whatever is written to it.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut text, Shortest));
    String::from_utf8(text).unwrap_or_default()
}

/// Numbers by their shortest digits, as the standard library finds them: `serde_json`'s own way is faster, and
/// weighs ten kilobytes in the page.
struct Shortest;

impl Formatter for Shortest {
    fn write_f64<W: ?Sized + Write>(&mut self, to: &mut W, value: f64) -> io::Result<()> {
        write!(to, "{value:?}")
    }
}

/// Reads one JSON value.
pub(super) fn parse(text: &str) -> Result<Value, AskError> {
    serde_json::from_str(text).map(|Strict(value)| value).map_err(|error| no_json(text, &error))
}

#[cfg(feature = "catalogue")]
fn no_json(text: &str, error: &serde_json::Error) -> AskError {
    let message = error.to_string();
    let fault = message.rsplit_once(" at line ").map_or(message.as_str(), |(fault, _)| fault);
    AskFault::NotJson { fault: fault.to_owned(), position: position(text, error) }.at("")
}

/// The page's first worker says nothing of what it refuses.
#[cfg(not(feature = "catalogue"))]
fn no_json(_: &str, _: &serde_json::Error) -> AskError {
    AskError::malformed("", "")
}

/// The character at which reading stopped.
#[cfg(feature = "catalogue")]
fn position(text: &str, error: &serde_json::Error) -> usize {
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let stopped = line_start + error.column().saturating_sub(1);
    text.char_indices().take_while(|(byte, _)| *byte < stopped).count()
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(A::Error::custom(format!("the name \"{name}\" stands twice in one object")));
            }
            map.insert(name, entries.next_value::<Strict>()?.0);
        }
        Ok(Value::Object(map))
    }
}
