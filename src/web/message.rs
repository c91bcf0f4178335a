//! What the page and its worker say to each other: one text a message.
//!
//! To the worker goes `{"job":7,"question":{...}}`, and with `"beside":true` where the numbers of a sweep are wanted beside
//! its Answer: then the last message is an object of that text and of them ([`TEXT`], [`NUMBERS`]), which are handed over and
//! not copied. With `"gpu":true` they are to be computed by WebGPU, or not at all: the error then has a code such as
//! `gpu.none`. Back come any number of `{"job":7,"progress":{...}}`, then
//! `{"job":7,"answer":{...}}` or `{"job":7,"error":{...}}`. Question and Answer are carried as they are, to the
//! last byte. A worker's first word is `{"ready":"0.1.0"}`: what is sent before it would be lost.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::json::Json;
use crate::ask::to_json;

/// How far a job has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// Steps done.
    pub done: u64,
    /// Steps in all.
    pub of: u64,
    /// What is being done, such as `starts`.
    pub stage: String,
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// It can be asked now; its version.
    Ready(String),
    /// A job has come so far.
    Progress(u64, Progress),
    /// The Answer to a job, as JSON.
    Answer(u64, String),
    /// Why a job has no answer, as the JSON of the contract's error.
    Error(u64, String),
}

/// Where a message has its text, when it has numbers too.
pub const TEXT: &str = "text";
/// And where it has those.
pub const NUMBERS: &str = "numbers";

/// What a worker is asked.
#[derive(Deserialize)]
pub struct Asked<'a> {
    /// The number of the job.
    pub job: u64,
    /// Whether the numbers of a sweep are wanted beside its Answer.
    #[serde(default)]
    pub beside: bool,
    /// Whether they are to be computed by WebGPU.
    #[serde(default)]
    pub gpu: bool,
    #[serde(borrow)]
    question: &'a RawValue,
}

impl<'a> Asked<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// If it is no such message.
    pub fn read(message: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(message)
    }

    /// The question.
    pub fn question(&self) -> &'a str {
        self.question.get()
    }
}

#[derive(Default, Serialize)]
struct Reply<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ready: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<Progress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a RawValue>,
}

/// The message that asks a question, which is JSON.
pub fn ask(job: u64, question: &str) -> String {
    format!("{{\"job\":{job},\"question\":{question}}}")
}

/// The same for a sweep whose numbers are wanted beside its Answer.
pub fn ask_beside(job: u64, question: &str) -> String {
    format!("{{\"job\":{job},\"beside\":true,\"question\":{question}}}")
}

/// The same, to be computed by WebGPU.
pub fn ask_gpu(job: u64, question: &str) -> String {
    format!("{{\"job\":{job},\"beside\":true,\"gpu\":true,\"question\":{question}}}")
}

impl Said {
    /// The message that says this.
    ///
    /// # Errors
    /// If an answer or error is no JSON.
    pub fn message(&self) -> serde_json::Result<String> {
        let reply = match self {
            Self::Ready(version) => Reply { ready: Some(version.clone()), ..Reply::default() },
            Self::Progress(job, progress) => {
                Reply { job: Some(*job), progress: Some(progress.clone()), ..Reply::default() }
            }
            Self::Answer(job, text) => {
                Reply { job: Some(*job), answer: Some(serde_json::from_str(text)?), ..Reply::default() }
            }
            Self::Error(job, text) => {
                Reply { job: Some(*job), error: Some(serde_json::from_str(text)?), ..Reply::default() }
            }
        };
        Ok(to_json(&reply))
    }

    /// What an Answer says for a job: the answer, or the error in its place.
    pub fn of(job: u64, answer: String) -> Self {
        #[derive(Deserialize)]
        struct Refusal<'a> {
            #[serde(borrow)]
            error: &'a RawValue,
        }
        match serde_json::from_str::<Refusal<'_>>(&answer) {
            Ok(refusal) => Self::Error(job, refusal.error.get().to_owned()),
            Err(_) => Self::Answer(job, answer),
        }
    }

    /// What a message of the worker says, if it is one.
    pub fn read(message: &str) -> Option<Self> {
        let said = Json::read(message)?.members();
        if let Some(version) = said.get("ready") {
            return Some(Self::Ready(version.string()?));
        }
        let job = said.get("job")?.as_text().parse().ok()?;
        if let Some(progress) = said.get("progress") {
            let steps = |name| progress.get(name)?.as_text().parse().ok();
            let stage = progress.get("stage")?.string()?;
            return Some(Self::Progress(job, Progress { done: steps("done")?, of: steps("of")?, stage }));
        }
        let text = |value: &Json<'_>| value.as_text().to_owned();
        let answer = said.get("answer").map(|answer| Self::Answer(job, text(answer)));
        answer.or_else(|| Some(Self::Error(job, text(said.get("error")?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_and_answer_arrive_to_the_last_byte() {
        let question = r#"{"allocate": {"budget" : "5.76e23 FLOPs"} }"#;
        let sent = ask(7, question);
        let asked = Asked::read(&sent).unwrap();
        assert_eq!((asked.job, asked.beside, asked.question()), (7, false, question));
        let sent = ask_beside(8, question);
        let asked = Asked::read(&sent).unwrap();
        assert_eq!((asked.job, asked.beside, asked.gpu, asked.question()), (8, true, false, question));
        let sent = ask_gpu(9, question);
        let asked = Asked::read(&sent).unwrap();
        assert_eq!((asked.job, asked.beside, asked.gpu, asked.question()), (9, true, true, question));

        let said = Said::of(7, r#"{"version":"0.1.0",  "value":1.9184120999999999}"#.to_owned());
        assert_eq!(Said::read(&said.message().unwrap()), Some(said));
    }

    #[test]
    fn an_answer_that_is_an_error_is_said_as_one() {
        let said =
            Said::of(3, r#"{"version":"0.1.0","error":{"code":"ask.verb","message":"no"}}"#.to_owned());
        assert_eq!(said, Said::Error(3, r#"{"code":"ask.verb","message":"no"}"#.to_owned()));
        assert_eq!(Said::read(&said.message().unwrap()), Some(said));
    }

    #[test]
    fn what_is_no_message_says_nothing() {
        assert_eq!(Said::read("{}"), None);
        assert_eq!(Said::read(r#"{"job":1}"#), None);
        assert_eq!(Said::read("not json"), None);
    }
}
