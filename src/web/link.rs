//! The address of a question.
//!
//! The query holds what was typed and chosen, readable: `?budget=5.76e23+FLOPs&law=chinchilla&fit=refit-240`. A typed
//! law stands in it as the contract's JSON, and what a law needs besides size and tokens as `at.S=0.5`.
//! The fragment holds a fit of the reader's own, as JSON. Runs are never in it.

use super::find::{Aim, Find};
use super::json::Json;
use super::limit::{Limit, Limited};
use super::question::{Fit, LAW, Need, Question};

/// What the key of something that a law needs begins with.
const NEED: &str = "at.";

/// A question read from an address.
#[derive(Debug, PartialEq)]
pub struct Opened {
    /// The question, with its usual parts where the address has none.
    pub question: Question,
    /// The parts that could not be read.
    pub damaged: Vec<String>,
}

/// The query and fragment of a question; both empty for the question that the page opens with.
pub fn address(question: &Question) -> String {
    if *question == (Question { runs: question.runs.clone(), ..Question::default() }) {
        return String::new();
    }
    let part = |key: &str, value: &str| format!("{key}={}", encode(value));
    let find = (question.find != Find::Loss).then(|| part("find", question.find.key()));
    let aims = Aim::ALL.into_iter().map(|aim| (aim.key(), question.aims.text(aim)));
    let aims = aims.filter(|(_, text)| !text.is_empty()).map(|(key, text)| part(key, text));
    let mut parts: Vec<String> = find.into_iter().chain(aims).collect();
    parts.extend([part("budget", &question.budget), part("law", &question.law)]);
    let mut fragment = String::new();
    match &question.fit {
        Fit::Published(id) if id.is_empty() => {}
        Fit::Published(id) => parts.push(part("fit", id)),
        Fit::Yours(text) => fragment = format!("#{}", part("fit", text)),
    }
    parts
        .extend(question.needs.iter().map(|need| part(&format!("{NEED}{}", encode(&need.name)), &need.text)));
    parts.extend(question.limits.iter().map(|limit| part(limit.on.key(), &limit.text)));
    format!("?{}{fragment}", parts.join("&"))
}

/// The value of one key of a query (with its `?`).
pub fn parameter(query: &str, key: &str) -> Option<String> {
    let parts = query.trim_start_matches('?').split('&').filter_map(|part| part.split_once('='));
    parts.into_iter().find(|(known, _)| *known == key).and_then(|(_, value)| decode(value))
}

/// Reads an address as [`address`] gives it.
pub fn read(address: &str) -> Opened {
    let (query, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    open(query, fragment)
}

/// Reads the query (with its `?`) and the fragment (with its `#`) of an address.
pub fn open(query: &str, fragment: &str) -> Opened {
    let mut opened = Opened { question: Question::default(), damaged: Vec::new() };
    for part in query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()) {
        take(&mut opened, part, false);
    }
    for part in fragment.trim_start_matches('#').split('&').filter(|part| part.contains('=')) {
        take(&mut opened, part, true);
    }
    // The fit that the page opens with is one of its own law.
    let question = &mut opened.question;
    if question.law != LAW && question.fit == Question::default().fit && parameter(query, "fit").is_none() {
        question.fit = Fit::Published(String::new());
    }
    opened
}

fn take(opened: &mut Opened, part: &str, fragment: bool) {
    let (key, value) = part.split_once('=').unwrap_or((part, ""));
    let question = &mut opened.question;
    let Some(value) = decode(value) else {
        return opened.damaged.push(key.to_owned());
    };
    match key {
        "budget" if !fragment => question.budget = value,
        "find" if !fragment => match Find::keyed(&value) {
            Some(find) => question.find = find,
            None => opened.damaged.push(key.to_owned()),
        },
        "law" if !fragment => question.law = value,
        "fit" if !fragment => question.fit = Fit::Published(value),
        "fit" if Json::read(&value).is_some_and(Json::is_object) => {
            question.fit = Fit::Yours(value.into());
        }
        key if key.starts_with(NEED) && !fragment => {
            let name = decode(&key[NEED.len()..]).unwrap_or_default();
            question.needs.push(Need { name, text: value });
        }
        _ => match (of_key(&Aim::ALL, Aim::key, key), of_key(&Limited::ALL, Limited::key, key)) {
            (Some(aim), _) if !fragment => question.aims.write(aim, value),
            (_, Some(on)) if !fragment => question.limits.push(Limit { on, text: value }),
            _ => opened.damaged.push(decode(key).unwrap_or_else(|| key.to_owned())),
        },
    }
}

fn of_key<T: Copy>(all: &[T], key_of: fn(T) -> &'static str, key: &str) -> Option<T> {
    all.iter().copied().find(|one| key_of(*one) == key)
}

/// Characters that may stand in a query and a fragment as they are.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~,:@/$!*()'".contains(&byte)
}

/// A text as it stands in a query or a fragment.
pub fn encode(text: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        b' ' => "+".to_owned(),
        byte if is_plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

/// The text of a part of a query or a fragment; nothing if it is damaged.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
                rest = &rest[2..];
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::super::find::Aims;
    use super::*;

    fn opened(question: &Question) -> Opened {
        read(&address(question))
    }

    #[test]
    fn the_first_question_has_a_bare_address() {
        assert_eq!(address(&Question::default()), "");
        assert_eq!(open("", "").question, Question::default());
    }

    #[test]
    fn a_link_is_readable() {
        let question = Question { budget: "1e24 FLOPs".to_owned(), ..Question::default() };
        assert_eq!(address(&question), "?budget=1e24+FLOPs&law=chinchilla&fit=refit-240");
    }

    #[test]
    fn a_link_opens_what_it_was_made_of() {
        let mut aims = Aims::default();
        aims.write(Aim::Loss, "2.0 & more".to_owned());
        aims.write(Aim::Size, "7B".to_owned());
        let question = Question {
            find: Find::Tokens,
            aims,
            budget: "5.76 × 10^23 & 100 % H100+".to_owned(),
            law: "a law".to_owned(),
            fit: Fit::Yours(r#"{"parameters":{"E":1.8,"α":0.34}}"#.into()),
            limits: vec![
                Limit { on: Limited::MostTokens, text: "300B".to_owned() },
                Limit { on: Limited::FixedSize, text: String::new() },
            ],
            needs: vec![Need { name: "S_α".to_owned(), text: "0.5 & more".to_owned() }],
            runs: None,
        };
        assert_eq!(opened(&question), Opened { question, damaged: Vec::new() });
    }

    #[test]
    fn a_law_alone_is_asked_by_its_usual_fit() {
        assert_eq!(open("?law=other", "").question.fit, Fit::Published(String::new()));
        assert_eq!(open("?law=other&fit=one", "").question.fit, Fit::Published("one".to_owned()));
        assert_eq!(open("?law=chinchilla", "").question, Question::default());
        let law = r#"{"formula":"E + A / N^alpha"}"#;
        let question =
            Question { law: law.to_owned(), fit: Fit::Published(String::new()), ..Question::default() };
        assert_eq!(opened(&question).question, question);
    }

    #[test]
    fn the_rest_of_a_damaged_link_opens() {
        let Opened { question, damaged } =
            open("?budget=1e24&find=me&colour=blue&law=%F", "#fit=%7B%22para&answer");
        assert_eq!(question, Question { budget: "1e24".to_owned(), ..Question::default() });
        assert_eq!(damaged, ["find", "colour", "law", "fit"]);
    }
}
