//! The one door: a Question in JSON, an Answer in JSON.
//!
//! The page, its worker, the embedded card, the npm package and `examples/ask.rs` all ask here. A
//! Question is one JSON object with one verb, and so is its Answer:
//!
//! ```text
//! {"id": …, "predict": {…}}                                      a Question; its id, if any, is repeated
//! {"id": …, "version": "0.1.0", "engine": "cpu", "predict": {…}}   its Answer
//! {"id": …, "version": "0.1.0", "error": {…}}                      why it has none
//! ```
//!
//! One Question has one Answer, to the last byte, natively and in the browser, on any day.
//! `schema/contract.json` is the JSON schema, `examples/questions/` holds a sample of each verb.
//!
//! # Laws
//! `{"laws":{}}` lists the catalogue: formulas, units, published fits, and where each number was read.
//! `{"laws":{"only":["chinchilla"]}}` lists the laws of these ids.
//!
//! # Predict
//! The value of a law. `at` has a value, or a column, for each of its inputs; columns are of one length.
//!
//! ```
//! use isoflop::ask::answer_text;
//! use serde_json::Value;
//!
//! let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//!
//! let answer = ask(r#"{"predict":{"law":"chinchilla","fit":"hoffmann2022","at":{"N":"70B","D":1.4e12}}}"#);
//! assert_eq!(answer["predict"]["value"], 1.9208460265656064);
//! assert_eq!(answer["predict"]["unit"], "nats/token");
//!
//! let answer = ask(r#"{"predict":{"law":"chinchilla","at":{"N":["1B","70B"],"D":"1.4T"}}}"#);
//! assert_eq!(answer["predict"]["values"].as_array().unwrap().len(), 2);
//! ```
//!
//! A **quantity** is a number in base units, text in the grammar of [`crate::units`], or a Question that
//! answers with one number. A **law** is the id of one in the catalogue, or a typed one:
//! `{"formula":"E + A / N^alpha"}`, with `inputs`, `parameters` and `outputs` where there is something to
//! say of them. An input is in a `unit` and may lie `in` an interval; a family that is a `simplex` has members that are
//! together 1, such as the weights of a mixture. Names in `inputs`, in `at`, in the columns of runs, in the cost or in the limits are
//! inputs; names with a value in the fit are parameters, and so is the rest. A parameter is positive
//! unless it says `{"positive":false}`, and one in an exponent lies between 0.02 and 2 unless it says
//! `{"in":[low,high]}`. A formula calls a law as `law(chinchilla; N, D)`, with the first of its fits, or as
//! `law(chinchilla/hoffmann2022; N, D)`. A **fit** is the id of a published one, the first by default, or values:
//! `{"parameters":{"E":1.69, …}}`, with `draws` and `fitted_on` where there are any. The answer of a fit
//! can be passed on as it is.
//!
//! # Allocate
//! The best plan within limits: by default the least loss for a `budget` of `6*N*D` FLOPs.
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let answer = ask(r#"{"allocate":{"law":"chinchilla","fit":"hoffmann2022","budget":"5.76e23 FLOPs"}}"#);
//! let plan = &answer["allocate"];
//! assert_eq!(plan["termination"], "optimum");
//! assert!((plan["at"]["N"].as_f64().unwrap() / 4.0360938e10 - 1.0).abs() < 1e-7);
//! assert!((plan["quantities"]["tokens_per_parameter"].as_f64().unwrap() - 58.93).abs() < 0.01);
//!
//! // The least compute that reaches a loss, with at least 20 tokens for each parameter.
//! let answer = ask(
//!     r#"{"allocate":{"law":"chinchilla","minimize":"cost","limits":[
//!         {"of":"loss","at_most":2.0},{"of":"D/N","at_least":20}]}}"#,
//! );
//! assert!((answer["allocate"]["value"].as_f64().unwrap() / 2.4312e23 - 1.0).abs() < 1e-3);
//! ```
//!
//! `minimize` is `loss`, `cost` or a formula; a limit is `of` a variable, `loss`, `cost` or a formula, and
//! has one of `at_most`, `at_least` and `equal`. A budget is one more limit, counted after `limits`.
//! `active` says which limits hold the plan back and what they cost. Where there is no best plan, `at` is
//! empty, `termination` says why, and `violated` which limits no plan satisfies. A law that lists the best
//! plans itself, such as `hoffmann-approach-1`, answers for a budget alone: `value` is null and
//! `certificate` too. When the fit has draws, `intervals` hold `level` of them, 0.9 by default.
//!
//! ## Hardware and serving
//! [`AskedHardware`] and [`AskedServing`] make quantities of a plan, each a formula of the cost and the variables: `training`
//! (the cost), `device_hours`, `days`, `training_dollars`, `training_memory`; `serving`, `total`, `serving_hours`,
//! `serving_dollars`, `serving_memory`; and `dollars`, of both. Limits, `minimize` and formulas name them, and the answer
//! lists them. A budget is in FLOPs, or text such as `$2M`, `10k H100-hours`, `64 H100 for 30 days` or `30 days`; in FLOPs
//! and dollars it pays for serving too. `assumed` lists the facts that were not given, with where each stands.
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let answer = ask(r#"{"allocate":{"law":"chinchilla","budget":"64 H100 for 30 days","hardware":{"mfu":0.4}}}"#);
//! let plan = &answer["allocate"];
//! assert!((plan["flops"].as_f64().unwrap() / 6.56e22 - 1.0).abs() < 1e-3);
//! assert!((plan["quantities"]["dollars"].as_f64().unwrap() / 115_200.0 - 1.0).abs() < 1e-12);
//! assert_eq!(plan["assumed"][1]["field"], "hardware.price");
//! ```
//!
//! # Fit
//! A law to training runs: see [`FitQuestion`]. `loss` is Huber's with any threshold, squares or absolute values, of
//! logarithms or raw; `runs` may say a `weight`, a `sigma` and a `group` for each row; parameters may be tied (`tie`) or
//! fixed (`fix`), and stay within the bounds that a law declares. `bootstrap` asks for `draws`, and `decide` for plans and
//! predictions with their intervals.
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let answer = ask(include_str!("../../examples/questions/fit-bootstrap.json"));
//! let fit = &answer["fit"];
//! assert_eq!(fit["termination"], "converged");
//! let size = &fit["decisions"][0]["at"]["N"];
//! let [low, high] = [0, 1].map(|end| size["interval"][end].as_f64().unwrap());
//! assert!(low < size["value"].as_f64().unwrap() && size["value"].as_f64().unwrap() < high);
//! ```
//!
//! `errors` are standard errors from the curvature; absolute values have none, and `certificate.interpolated` instead,
//! the rows that the law goes through. `noise` is how far the runs lie from the law: with draws and it, `predict` gives the
//! interval of one run more, `"interval_of":"run"`. `diagnose` asks how much each run says: what it leaves, its leverage, how far the
//! answer moves without it. A draw that does not reach a certified optimum is null, counted and warned of.
//!
//! # Profile, compare, backtest
//! How well a law still fits where one parameter, or what is decided by it, is held, with the interval that follows
//! ([`ProfileQuestion`]). What
//! several methods make of the same runs, and the share of a budget that is wasted where one law is right and the plan of
//! another is followed ([`CompareQuestion`]). How well the largest budgets are foretold from the others:
//! their losses by fitted laws, and their best sizes by every method ([`BacktestQuestion`]).
//!
//! # Multiplier, crossing
//! The compute that one recipe needs over that of another, at equal loss and each at its own best split
//! ([`MultiplierQuestion`]); where two laws say the same ([`CrossingQuestion`]).
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let answer = ask(
//!     r#"{"multiplier":{"a":{"law":"chinchilla","fit":"hoffmann2022"},"b":{"law":"chinchilla","fit":"refit-240"},
//!         "over":{"loss":[2.2]}}}"#,
//! );
//! let multiplier = &answer["multiplier"];
//! let ratio = multiplier["b"][0].as_f64().unwrap() / multiplier["a"][0].as_f64().unwrap();
//! assert_eq!(multiplier["value"][0], ratio);
//! ```
//!
//! # IsoFLOP
//! The best size and the best tokens of each budget, from the lowest point of a parabola through its runs, and power
//! laws of the budget through them: see [`IsoFlopQuestion`].
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let answer = ask(include_str!("../../examples/questions/isoflop.json"));
//! let profiles = &answer["isoflop"];
//! assert_eq!(profiles["groups"].as_array().unwrap().len(), 3);
//! assert!((profiles["power_laws"]["N"]["exponent"].as_f64().unwrap() - 0.5126).abs() < 1e-4);
//! assert_eq!(profiles["exponent_sum"], 1.0);
//!
//! // The answer's `best` is a law with its fit; with a budget it is the Question of a plan.
//! let mut plan = profiles["best"].clone();
//! plan["budget"] = "1e21 FLOPs".into();
//! let plan = ask(&serde_json::json!({"allocate": plan}).to_string());
//! assert!((plan["allocate"]["at"]["N"].as_f64().unwrap() / 2.76e9 - 1.0).abs() < 0.01);
//! ```
//!
//! Budgets are found by compute within a `tolerance`, or given by `groups`, one for each row. A budget without a usable
//! best size has a `reason` and does not count. `bias` says by how much the method would miss a law like that of the
//! runs if there were no noise; `bootstrap` asks for `intervals`, which leave that out.
//!
//! # Envelope
//! The run of lowest loss at each budget, from training curves, and power laws through them: see
//! [`EnvelopeQuestion`]. `trimmed` leaves out the smallest and the largest size, `hull` takes the corners of the lower
//! convex hull: where their exponents differ, the choice of points decides.
//!
//! # Sweep
//! A plan, or the value of a law, in every cell of a grid: see [`SweepQuestion`]. An axis is the budget, what a limit is of, a
//! parameter or an input of the law; where the fit has draws, or `draws` gives some, every cell is solved for each of them, and
//! `quantiles` asks for what shares of them lie below. `against` names what every cell is compared with.
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let answer = ask(
//!     r#"{"sweep":{"axes":[{"of":"budget","from":"1e20 FLOPs","to":"1e26 FLOPs","steps":7},
//!         {"of":"D","limit":"at_most","values":["1T","10T"]}],
//!         "solve":{"allocate":{"law":"chinchilla"}},"outputs":["N","D","loss"]}}"#,
//! );
//! assert_eq!(answer["sweep"]["shape"], serde_json::json!([7, 2]));
//! assert_eq!(answer["sweep"]["axes"][0][2], 1e22);
//! assert_eq!(answer["sweep"]["certificate"]["cells_not_optimal"], 0);
//! ```
//!
//! # Split, merge
//! A sweep, or a fit with a bootstrap, as independent Questions, for whatever maps over lines; and their Answers as that of the
//! whole, to the last byte: see [`SplitQuestion`] and [`MergeQuestion`]. `examples/cluster/` does it with Dask.
//!
//! # Table
//! Files of runs in whatever layout people have them, as one table of delimited text: see [`TableQuestion`].
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let answer = ask(include_str!("../../examples/questions/table.json"));
//! assert_eq!(answer["table"]["text"], "N,D,loss,file\n1e9,2e10,2.5,a.json\n2e9,4e10,2.4,b.md\n");
//! assert_eq!(answer["table"]["lines"], serde_json::json!([1, 3]));
//! ```
//!
//! # Write
//! A law in LaTeX, in MathML and as a function of Python, with the numbers of a fit: see [`WriteQuestion`].
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let answer = ask(r#"{"write":{"law":"chinchilla","fit":"hoffmann2022"}}"#);
//! let [latex, python] = ["latex", "python"].map(|form| answer["write"][form].as_str().unwrap());
//! assert_eq!(latex, r"1.6934 + \frac{406.4}{N^{0.33917}} + \frac{410.72}{D^{0.28491}}");
//! assert!(python.ends_with("\n\ndef law(N, D):\n    return E + A / N**alpha + B / D**beta\n"));
//! ```
//!
//! # Errors
//! `{"code","message","expected","given","unit","at"}`: a stable code, the same in words, and where: a
//! field of the Question, a row and column from 0, a character from 0. Fields and verbs are known by name;
//! one that a later version brings is refused as such.
//!
//! ```
//! # use isoflop::ask::answer_text;
//! # use serde_json::Value;
//! # let ask = |question: &str| serde_json::from_str::<Value>(&answer_text(question, &mut |_| {})).unwrap();
//! let error = &ask(r#"{"allocate":{"law":"chinchilla","budgett":1e21}}"#)["error"];
//! assert_eq!(error["code"], "ask.unknown_field");
//! assert!(error["message"].as_str().unwrap().ends_with("got \"budgett\": did you mean \"budget\"?"));
//!
//! let error = &ask(r#"{"predict":{"law":{"formula":"6ND"},"at":{"N":1e9,"D":1e9}}}"#)["error"];
//! assert_eq!(error["message"], "predict.law.formula: character 2: write 6*N*D");
//! assert_eq!(error["at"]["position"], 1);
//! ```
//!
#![doc = include_str!("WARNINGS.md")]

mod allocate;
mod answer;
mod asking;
#[cfg(feature = "fit")]
mod best;
mod called;
#[cfg(feature = "fit")]
mod envelope;
mod error;
mod evaluate;
#[cfg(feature = "fit")]
mod fit;
mod fitted;
#[cfg(feature = "fit")]
mod isoflop;
mod json;
mod law;
#[cfg(feature = "catalogue")]
mod laws;
#[cfg(feature = "catalogue")]
mod members;
mod named;
mod number;
mod predict;
mod quantity;
mod question;
mod range;
mod read;
#[cfg(feature = "fit")]
mod resampling;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "fit")]
mod seed;
#[cfg(feature = "catalogue")]
mod shares;
#[cfg(feature = "fit")]
mod split;
#[cfg(feature = "fit")]
mod study;
#[cfg(feature = "fit")]
mod sweep;
#[cfg(feature = "fit")]
mod table;
#[cfg(feature = "catalogue")]
mod typed;
mod verbs;
#[cfg(feature = "fit")]
mod write;

pub(crate) use allocate::interval;
pub use allocate::{
    ActiveAnswer, AllocateAnswer, AllocateCertificate, AllocateQuestion, AskedLimit, AssumedAnswer,
    BoundAnswer, BoundOf, Elsewhere, NextAnswer, Of, ViolatedAnswer,
};
#[cfg(feature = "catalogue")]
pub use allocate::{AskedHardware, AskedServing, AskedServingHardware, AskedThroughput, OtherLaw};
pub use answer::{Answer, Body};
use asking::Asking;
pub use asking::Progress;
#[cfg(feature = "fit")]
pub use best::{BestAnswer, PowerLawAnswer, PowerLawsAnswer};
#[cfg(feature = "fit")]
pub use envelope::{
    CurvesChoice, EnvelopeAnswer, EnvelopePoint, EnvelopeQuestion, HullAnswer, RunName, TrimmedAnswer,
};
pub use error::{AskError, AskFault, ErrorAnswer};
#[cfg(feature = "fit")]
pub use fit::{
    CertificateAnswer, DecisionAnswer, DecisionChoice, DiagnosticsAnswer, DrawnValue, ErrorsAnswer, Estimate,
    FitAnswer, FitQuestion, FixedChoice, InterpolatedAnswer, LossChoice, NoiseAnswer, RunsChoice,
    WithoutAnswer,
};
pub use fitted::{FitChoice, GivenFit};
#[cfg(feature = "fit")]
pub use isoflop::{BiasAnswer, GroupAnswer, IsoFlopAnswer, IsoFlopQuestion, VertexAnswer, WindowChoice};
pub use json::to_json;
pub use law::{LawChoice, ParameterDeclaration, unit_of};
#[cfg(feature = "catalogue")]
pub use laws::{
    DerivedEntry, FitEntry, IntervalEntry, LawEntry, LawsAnswer, LawsQuestion, OutputEntry, ParameterEntry,
    ReadInEntry, SourceEntry, TableEntry, VariableEntry,
};
pub use named::Named;
pub use number::Number;
pub use predict::{Column, PredictAnswer, PredictQuestion, Values};
pub use quantity::Quantity;
pub use question::{Question, Verb};
#[cfg(feature = "fit")]
pub use resampling::{BootstrapChoice, Resampled};
#[cfg(feature = "schema")]
pub use schema::schema;
#[cfg(feature = "fit")]
pub use seed::Seed;
#[cfg(feature = "fit")]
pub use split::{FitPart, MergeQuestion, PartAnswer, PartError, SplitAnswer, SplitQuestion, SweepPart};
#[cfg(feature = "fit")]
pub use study::{
    BacktestAnswer, BacktestQuestion, CompareAnswer, CompareQuestion, CrossingAnswer, CrossingQuestion,
    EnvelopeChoice, EnvelopeMethod, FitMethod, ForetoldAnswer, ForetoldBudget, HoldOut, IsoFlopChoice,
    IsoFlopMethod, MethodAnswer, MethodChoice, MultiplierAnswer, MultiplierQuestion, OptimumAnswer, Other,
    Over, ProfileAnswer, ProfileQuestion, ProfiledChoice, ProfiledDecision, Recipe,
};
#[cfg(feature = "fit")]
pub use sweep::{AskedAxis, OnGpu, Scale, Solve, SweepAnswer, SweepCertificate, SweepQuestion};
#[cfg(all(test, feature = "fit"))]
pub(crate) use sweep::{MOST_CELLS, MOST_PLANS};
#[cfg(feature = "fit")]
pub use table::{TableAnswer, TableFile, TableQuestion};
#[cfg(feature = "catalogue")]
pub use typed::{InputDeclaration, TypedLaw, TypedTable};
#[cfg(feature = "fit")]
pub use write::{WriteAnswer, WriteQuestion};

/// Answers a Question written as JSON, with an Answer written as JSON.
///
/// Every text has an Answer: what is no JSON, or no Question, is answered with an error that says what
/// was expected and where. `progress` hears how far a long answer has come.
pub fn answer_text(question: &str, progress: &mut dyn FnMut(Progress)) -> String {
    read_and_answer(question, progress).to_json()
}

/// The same with the numbers of a sweep beside the Answer and not in it, for who need not read them as text: for each
/// output the value of each cell, then each of its quantiles. Where there is none, it is not a number. Of anything else there
/// are no numbers.
#[cfg(feature = "fit")]
pub fn answer_beside(question: &str, progress: &mut dyn FnMut(Progress)) -> (String, Vec<f64>) {
    read_and_answer(question, progress).beside()
}

fn read_and_answer(question: &str, progress: &mut dyn FnMut(Progress)) -> Answer {
    match read_question(question) {
        Ok(question) => self::answer(&question, progress),
        Err(refused) => *refused,
    }
}

/// Reads a Question; where that cannot be, the Answer says why.
fn read_question(question: &str) -> Result<Question, Box<Answer>> {
    let refused = |id, error| Box::new(Answer::new(id, Err(error)));
    let value = json::parse(question).map_err(|error| refused(None, error))?;
    let id = value.get("id").cloned();
    read::read(value).map_err(|error| refused(id, AskError::from(error)))
}

/// Answers a Question.
pub fn answer(question: &Question, progress: &mut dyn FnMut(Progress)) -> Answer {
    Answer::new(question.repeated().cloned(), verb(&question.verb, progress))
}

fn verb(verb: &Verb, progress: &mut dyn FnMut(Progress)) -> Result<Body, AskError> {
    verbs::answer(verb, &mut Asking::new(progress))
}
