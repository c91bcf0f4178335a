//! Families in a Question: `{"h":{"arxiv":0.1,"c4":0.9}}` stands for `{"h[arxiv]":0.1,"h[c4]":0.9}`.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StringDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::question::is_question;
use super::{Column, Named, Quantity};

/// A column, or the members of a family with a column each.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", serde(untagged))]
pub(super) enum Given {
    /// A column.
    Column(Column),
    /// The members of a family.
    Members(Named<Column>),
}

/// Reads columns by name, each member of a family as an input of its own.
pub(super) fn flat<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Named<Column>, D::Error> {
    let given: Named<Given> = Named::deserialize(deserializer)?;
    let mut columns = Vec::new();
    for (name, given) in given.0 {
        match given {
            Given::Column(column) => columns.push((name, column)),
            Given::Members(members) => {
                let member = |(member, column)| (format!("{name}[{member}]"), column);
                columns.extend(members.0.into_iter().map(member));
            }
        }
    }
    Ok(Named(columns))
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, text such as \"70B\", a Question, a list of them, or the members of a family")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Given, E> {
        Ok(Given::Column(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Given, E> {
        Ok(Given::Column((value as f64).into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Given, E> {
        Ok(Given::Column((value as f64).into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Given, E> {
        Ok(Given::Column(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Given, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(|items| Given::Column(Column::Many(items)))
    }

    /// The first name says whether this is a Question.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        let first = map.next_key::<String>()?;
        let asked = first.as_deref().is_some_and(is_question);
        let map = MapAccessDeserializer::new(Again { first, map });
        if asked {
            Quantity::deserialize(map).map(|quantity| Given::Column(Column::One(quantity)))
        } else {
            Named::deserialize(map).map(Given::Members)
        }
    }
}

/// An object whose first name was read already.
struct Again<A> {
    first: Option<String>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Again<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(first) => {
                let first: StringDeserializer<A::Error> = first.into_deserializer();
                seed.deserialize(first).map(Some)
            }
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}
