//! JSON as text: read as far as someone asks, passed on as it stands.
//!
//! The page reads a few parts of an answer and sends most of the rest back to the worker. Types of its own for each
//! answer, or a tree of values, would weigh more than all it says.

use serde::de::IgnoredAny;

use crate::ask::Named;
use crate::num::decimal;

/// A value, as it stands in a text that is known to be JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// The value of a text; nothing if the text is no JSON.
    pub fn read(text: &'a str) -> Option<Self> {
        serde_json::from_str::<IgnoredAny>(text).ok().map(|_| Self(text.trim_ascii()))
    }

    /// Its own text.
    pub const fn as_text(self) -> &'a str {
        self.0
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// The members of an object, in order; none of anything else.
    pub fn members(self) -> Named<Self> {
        let parts = if self.is_object() { self.parts() } else { Vec::new() };
        let member = |pair: &[Self]| Some((pair.first()?.string()?, *pair.get(1)?));
        Named(parts.chunks(2).filter_map(member).collect())
    }

    /// A member of an object.
    pub fn get(self, name: &str) -> Option<Self> {
        self.members().get(name).copied()
    }

    /// The values of a list; none of anything else.
    pub fn items(self) -> Vec<Self> {
        if self.0.starts_with('[') { self.parts() } else { Vec::new() }
    }

    /// A number, to the last bit.
    pub fn number(self) -> Option<f64> {
        decimal(self.0)
    }

    /// A count.
    pub fn count(self) -> Option<usize> {
        self.0.parse().ok()
    }

    /// A string.
    pub fn string(self) -> Option<String> {
        let inside = self.0.strip_prefix('"')?.strip_suffix('"')?;
        if !inside.contains('\\') {
            return Some(inside.to_owned());
        }
        // Letters beyond the first plane may stand as two escapes, the halves of their UTF-16.
        let mut units = Vec::new();
        let mut letters = inside.chars();
        while let Some(letter) = letters.next() {
            let letter = match letter {
                '\\' => match letters.next()? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => {
                        units.push(u16::from_str_radix(letters.as_str().get(..4)?, 16).ok()?);
                        letters = letters.as_str().get(4..)?.chars();
                        continue;
                    }
                    other => other,
                },
                other => other,
            };
            units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
        }
        String::from_utf16(&units).ok()
    }

    /// What stands between the brackets: the values of a list, or names and values by turns.
    fn parts(self) -> Vec<Self> {
        let inside = self.0.get(1..self.0.len() - 1).unwrap_or_default();
        let mut parts = Vec::new();
        let (mut depth, mut quoted, mut escaped, mut from) = (0, false, false, 0);
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                b',' | b':' if depth == 0 => {
                    parts.push(Self(inside[from..at].trim_ascii()));
                    from = at + 1;
                }
                _ => {}
            }
        }
        let last = inside[from..].trim_ascii();
        if !last.is_empty() {
            parts.push(Self(last));
        }
        parts
    }
}

/// A string.
pub fn string(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\0'..='\u{1f}' => quoted.extend(format!("\\u{:04x}", u32::from(letter)).chars()),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A number, in as many digits as tell it apart; `null` if it is none.
pub fn number(value: f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { "null".to_owned() }
}

/// A list of values.
pub fn list(values: impl Iterator<Item = String>) -> String {
    let mut list = String::from("[");
    for (at, value) in values.enumerate() {
        if at > 0 {
            list.push(',');
        }
        list.push_str(&value);
    }
    list.push(']');
    list
}

/// An object of names and values.
pub fn object<T: AsRef<str>>(members: &[(&str, T)]) -> String {
    let long = members.iter().map(|(name, value)| name.len() + value.as_ref().len() + 4).sum::<usize>();
    let mut object = String::with_capacity(long + 2);
    object.push('{');
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            object.push(',');
        }
        object.push_str(&string(name));
        object.push(':');
        object.push_str(value.as_ref());
    }
    object.push('}');
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_where_they_stand() {
        let text = r#" {"a": [1, {"b": "},{:\"\\"}, null] ,"c":-2.5e-3, "d":{}, "e":[]} "#;
        let read = Json::read(text).unwrap();
        assert_eq!(read.as_text(), text.trim());
        assert_eq!(read.members().names().collect::<Vec<_>>(), ["a", "c", "d", "e"]);
        let items = read.get("a").unwrap().items();
        assert_eq!(items.len(), 3);
        assert_eq!(items[1].get("b").unwrap().string().unwrap(), r#"},{:"\"#);
        assert_eq!((items[0].count(), items[2].number()), (Some(1), None));
        assert_eq!(read.get("c").unwrap().number(), Some(-0.0025));
        assert!(read.get("d").unwrap().members().is_empty());
        assert!(read.get("e").unwrap().items().is_empty());
        assert_eq!(read.get("f"), None);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["", "plain", "\"\\/\u{8}\u{c}\n\r\t\0", "α · 10²³ 🚀"] {
            let written = string(text);
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
            assert_eq!(Json::read(&written).unwrap().string().as_deref(), Some(text));
        }
        let escaped = r#""\ud83d\ude80\u00e9\/\b\f\n\r\t""#;
        let expected = serde_json::from_str::<String>(escaped).unwrap();
        assert_eq!(Json::read(escaped).unwrap().string(), Some(expected));
        for value in [0.0, -0.0, 0.1 + 0.2, 5.76e23, 5e-324, f64::MAX] {
            let read = Json::read(&number(value)).unwrap().number().unwrap();
            assert_eq!(read.to_bits(), value.to_bits());
        }
    }

    #[test]
    fn what_is_no_json_is_not_read() {
        for text in ["", "{", "{\"a\":}", "[1,]", "nul", "\"\\ud800", "{} {}"] {
            assert_eq!(Json::read(text), None, "{text}");
        }
        assert_eq!(Json::read(r#""\ud800""#).and_then(Json::string), None);
        assert!(Json::read("1").unwrap().members().is_empty());
        assert!(Json::read("\"[1]\"").unwrap().items().is_empty());
    }
}
