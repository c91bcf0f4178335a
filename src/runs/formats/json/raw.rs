//! Values cut out of a text of JSON, as they stand in it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::runs::formats::FileError;
use crate::runs::{MAX_ROWS, RunsError};

/// Puts what is no JSON and yet written for numbers, `NaN` and `Infinity`, in quotation marks.
pub(super) fn with_quoted_nan(text: &str) -> Cow<'_, str> {
    if !text.contains("NaN") && !text.contains("Infinity") {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len() + 64);
    let (mut quoted, mut escaped, mut done) = (false, false, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'N' | b'I' | b'-' if !quoted && at >= done => {
                let word = ["NaN", "Infinity", "-Infinity", "-NaN"]
                    .into_iter()
                    .find(|word| text[at..].starts_with(word));
                if let Some(word) = word {
                    mended.push_str(&text[done..at]);
                    mended.extend(["\"", word, "\""]);
                    done = at + word.len();
                }
            }
            _ => {}
        }
    }
    mended.push_str(&text[done..]);
    Cow::Owned(mended)
}

/// The members of an object, in their order.
struct Members<'a>(Vec<Member<'a>>);
/// A name and what it names.
pub(super) type Member<'a> = (Cow<'a, str>, &'a RawValue);
/// The items of an array.
struct Items<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Take<'a> {
            type Value = Members<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'a>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    if members.len() > MAX_ROWS {
                        return Err(A::Error::custom("too many members"));
                    }
                    members.push((name.0, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Take(PhantomData))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Items<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Take<'a> {
            type Value = Items<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Items<'a>, A::Error> {
                let mut taken = Vec::new();
                while let Some(item) = items.next_element::<&'de RawValue>()? {
                    if taken.len() > MAX_ROWS + 1 {
                        return Err(A::Error::custom("too many rows"));
                    }
                    taken.push(item);
                }
                Ok(Items(taken))
            }
        }
        deserializer.deserialize_seq(Take(PhantomData))
    }
}

/// The name of a member, as it stands in the text where it can.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;
        impl<'de> Visitor<'de> for Take {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Take)
    }
}

/// The first byte of a value, which says what it is.
pub(super) fn kind(value: &RawValue) -> u8 {
    value.get().as_bytes().first().copied().unwrap_or(b'n')
}

pub(super) fn members(value: &RawValue) -> Result<Vec<Member<'_>>, FileError> {
    serde_json::from_str::<Members>(value.get())
        .map(|members| members.0)
        .map_err(|error| refuse_inside(&error))
}

pub(super) fn items(value: &RawValue) -> Result<Vec<&RawValue>, FileError> {
    serde_json::from_str::<Items>(value.get()).map(|items| items.0).map_err(|error| refuse_inside(&error))
}

/// JSON that was cut out as JSON can only be refused for its size.
fn refuse_inside(_: &serde_json::Error) -> FileError {
    RunsError::TooLarge { what: "rows", limit: MAX_ROWS, given: MAX_ROWS + 1 }.into()
}

/// The byte of the text at which a value begins.
pub(super) fn place(text: &str, value: &RawValue) -> usize {
    (value.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// A value as the text of a cell: text as it reads, nothing for null, everything else as it stands.
pub(super) fn cell(value: &RawValue) -> Cow<'_, str> {
    let raw = value.get();
    match kind(value) {
        b'n' => Cow::Borrowed(""),
        b'"' if raw.contains('\\') => Cow::Owned(serde_json::from_str(raw).unwrap_or_default()),
        b'"' => Cow::Borrowed(&raw[1..raw.len() - 1]),
        _ => Cow::Borrowed(raw),
    }
}
