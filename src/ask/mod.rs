//! The one door: a Question in JSON, an Answer in JSON.

mod answer;
mod asking;
mod error;
mod evaluate;
mod fit;
mod fitted;
mod json;
mod later;
mod law;
mod laws;
mod named;
mod number;
mod predict;
mod quantity;
mod question;
mod range;
mod read;
#[cfg(feature = "schema")]
mod schema;
mod verbs;

pub use answer::{Answer, Body};
use asking::Asking;
pub use asking::Progress;
pub use error::{AskError, ErrorAnswer};
pub use fit::{CertificateAnswer, FitAnswer, FitQuestion, LossChoice, RunsChoice};
pub use fitted::{FitChoice, GivenFit};
pub use law::{InputDeclaration, LawChoice, ParameterDeclaration, TypedLaw};
pub use laws::{
    DerivedEntry, FitEntry, LawEntry, LawsAnswer, OutputEntry, ParameterEntry, ReadInEntry, SourceEntry,
    VariableEntry,
};
pub use named::Named;
pub use number::Number;
pub use predict::{Column, PredictAnswer, PredictQuestion, Values};
pub use quantity::Quantity;
pub use question::{LawsQuestion, Question, Verb};
#[cfg(feature = "schema")]
pub use schema::schema;

/// Answers a Question written as JSON, with an Answer written as JSON.
///
/// Every text has an Answer: what is no JSON, or no Question, is answered with an error that says what
/// was expected and where. `progress` hears how far a long answer has come.
pub fn answer_text(question: &str, progress: &mut dyn FnMut(Progress)) -> String {
    let answer = match json::parse(question) {
        Ok(value) => {
            let id = value.get("id").cloned();
            let result = read::read(value).map_err(AskError::from);
            Answer::new(id, result.and_then(|question: Question| verb(&question.verb, progress)))
        }
        Err(error) => Answer::new(None, Err(error)),
    };
    answer.to_json()
}

/// Answers a Question.
pub fn answer(question: &Question, progress: &mut dyn FnMut(Progress)) -> Answer {
    Answer::new(question.id.clone(), verb(&question.verb, progress))
}

fn verb(verb: &Verb, progress: &mut dyn FnMut(Progress)) -> Result<Body, AskError> {
    verbs::answer(verb, &mut Asking::new(progress))
}
