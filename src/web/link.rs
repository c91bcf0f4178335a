//! The address of a question.
//!
//! The query holds what was typed and chosen, readable: `?budget=5.76e23+FLOPs&law=chinchilla&fit=refit-240&v=0.1.0`. A
//! typed law stands in it as the contract's JSON, and what a law needs besides size and tokens as `at.S=0.5`; `v` is the
//! version of Isoflop that made it. The fragment carries what is too long to be read ([`Carried`]).

use super::carried::Carried;
use super::find::{Aim, Find};
use super::limit::{Limit, Limited};
use super::question::{Fit, LAW, Need, Question, Runs};

/// The key of the version that made an address.
pub const MADE_BY: &str = "v";
/// The key of a card, by its kind, that the Plan is to offer for other pages: no part of the question.
pub const EMBED: &str = "embed";
/// This version: in another, numbers may differ.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What the key of something that a law needs begins with.
const NEED: &str = "at.";

/// A question read from an address.
#[derive(Debug, PartialEq)]
pub struct Opened {
    /// The question, with its usual parts where the address has none.
    pub question: Question,
    /// The addresses of pinned plans that came with it.
    pub pins: Vec<String>,
    /// The parts that could not be read.
    pub damaged: Vec<String>,
}

/// The query and fragment of a question; both empty for the question that the page opens with. The runs are not in it.
pub fn address(question: &Question) -> String {
    shared(question, &[], None)
}

/// The query and fragment of a question that is shared, with what goes along.
pub fn shared(question: &Question, pins: &[String], runs: Option<Runs>) -> String {
    let fit = if let Fit::Yours(text) = &question.fit { Some(text.clone()) } else { None };
    let fragment = Carried { fit, pins: pins.to_vec(), runs, damaged: Vec::new() }.write();
    let usual = Question { runs: question.runs.clone(), ..Question::default() };
    if fragment.is_empty() && *question == usual {
        return String::new();
    }
    let part = |key: &str, value: &str| format!("{key}={}", encode(value));
    let find = (question.find != Find::Loss).then(|| part("find", question.find.key()));
    let aims = Aim::ALL.into_iter().map(|aim| (aim.key(), question.aims.text(aim)));
    let aims = aims.filter(|(_, text)| !text.is_empty()).map(|(key, text)| part(key, text));
    let mut parts: Vec<String> = find.into_iter().chain(aims).collect();
    parts.extend([part("budget", &question.budget), part("law", &question.law)]);
    if let Fit::Published(id) = &question.fit
        && !id.is_empty()
    {
        parts.push(part("fit", id));
    }
    parts
        .extend(question.needs.iter().map(|need| part(&format!("{NEED}{}", encode(&need.name)), &need.text)));
    parts.extend(question.limits.iter().map(|limit| part(limit.on.key(), &limit.text)));
    parts.push(part(MADE_BY, VERSION));
    format!("?{}{fragment}", parts.join("&"))
}

/// An address of the Plan that offers a card of this kind besides.
pub fn offering(address: &str, kind: &str) -> String {
    let (rest, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let joint = if rest.contains('?') { '&' } else { '?' };
    format!("{rest}{joint}{EMBED}={kind}{fragment}")
}

/// The value of one key of a query (with its `?`).
pub fn parameter(query: &str, key: &str) -> Option<String> {
    let parts = query.trim_start_matches('?').split('&').filter_map(|part| part.split_once('='));
    parts.into_iter().find(|(known, _)| *known == key).and_then(|(_, value)| decode(value))
}

/// The version that made an address, by its query, where that is another than this one.
pub fn other_version(query: &str) -> Option<String> {
    let version = parameter(query, MADE_BY).filter(|version| version != VERSION)?;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || ".-+".contains(letter);
    let is_version = version.len() <= 20 && !version.is_empty() && version.chars().all(is_plain);
    Some(if is_version { version } else { "of another version".to_owned() })
}

/// Reads an address as [`address`] gives it.
pub fn read(address: &str) -> Opened {
    let (query, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    open(query, fragment)
}

/// Reads the query (with its `?`) and the fragment (with its `#`) of an address.
pub fn open(query: &str, fragment: &str) -> Opened {
    let mut opened = Opened { question: Question::default(), pins: Vec::new(), damaged: Vec::new() };
    for part in query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()) {
        take(&mut opened, part);
    }
    let Carried { fit, pins, runs, damaged } = Carried::read(fragment);
    opened.damaged.extend(damaged);
    opened.pins = pins;
    let question = &mut opened.question;
    question.runs = runs;
    if let Some(fit) = fit {
        question.fit = Fit::Yours(fit);
    }
    // The fit that the page opens with is one of its own law.
    if question.law != LAW && question.fit == Question::default().fit && parameter(query, "fit").is_none() {
        question.fit = Fit::Published(String::new());
    }
    opened
}

fn take(opened: &mut Opened, part: &str) {
    let (key, value) = part.split_once('=').unwrap_or((part, ""));
    let question = &mut opened.question;
    let Some(value) = decode(value) else {
        return opened.damaged.push(key.to_owned());
    };
    match key {
        "budget" => question.budget = value,
        "find" => match Find::keyed(&value) {
            Some(find) => question.find = find,
            None => opened.damaged.push(key.to_owned()),
        },
        "law" => question.law = value,
        "fit" => question.fit = Fit::Published(value),
        MADE_BY | EMBED => {}
        key if key.starts_with(NEED) => {
            let name = decode(&key[NEED.len()..]).unwrap_or_default();
            question.needs.push(Need { name, text: value });
        }
        _ => match (of_key(&Aim::ALL, Aim::key, key), of_key(&Limited::ALL, Limited::key, key)) {
            (Some(aim), _) => question.aims.write(aim, value),
            (_, Some(on)) => question.limits.push(Limit { on, text: value }),
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
        let plain = "?budget=1e24+FLOPs&law=chinchilla&fit=refit-240";
        assert_eq!(address(&question), format!("{plain}&v={VERSION}"));
        assert_eq!(read(plain).question, question);
    }

    #[test]
    fn a_link_of_another_version_says_so() {
        assert_eq!(other_version(&address(&Question::default())), None);
        assert_eq!(other_version(&format!("?budget=1e24&v={VERSION}")), None);
        assert_eq!(other_version("?v=9.0.0-beta.1&budget=1e24").as_deref(), Some("9.0.0-beta.1"));
        let hostile = other_version("?v=%3Cscript%3E").unwrap();
        assert_eq!(hostile, "of another version");
    }

    #[test]
    fn a_shared_link_brings_pins_and_runs() {
        let runs = Runs::new("params,tokens,loss\n1B,20B,2.5\n", "runs.csv");
        let pins = vec!["?budget=1e22".to_owned()];
        let Opened { question, pins: opened, damaged } =
            read(&shared(&Question::default(), &pins, Some(runs.clone())));
        assert_eq!(question, Question { runs: Some(runs), ..Question::default() });
        assert_eq!((opened, damaged), (pins, Vec::new()));
        assert_eq!(shared(&Question::default(), &[], None), "");
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
        assert_eq!(opened(&question), Opened { question, pins: Vec::new(), damaged: Vec::new() });
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
        let Opened { question, damaged, .. } =
            open("?budget=1e24&find=me&colour=blue&law=%F", "#fit=%7B%22para&answer");
        assert_eq!(question, Question { budget: "1e24".to_owned(), ..Question::default() });
        assert_eq!(damaged, ["find", "colour", "law", "fit"]);
    }
}
