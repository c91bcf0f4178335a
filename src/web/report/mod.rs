//! A plan, or the value of a law, as texts to copy: a sentence with its sources, tables, JSON, Python.

mod evaluated;
pub mod python;
pub mod text;
mod working;

pub use evaluated::Evaluated;
pub use working::Step;

use super::find::Find;
use super::json;
use super::link::VERSION;
use super::question::Question;
use super::reading::{FitEntry, LawEntry, Plan};
use super::words::{self, Cell, LEVEL};
use text::plain;

/// What a text is about, with what made it and, where there is a link, where it opens.
fn made(about: &str, link: &str) -> String {
    let opens = if link.is_empty() { "" } else { ", " };
    format!("{about}; Isoflop {VERSION}{opens}{link}")
}

/// Name, value, unit and interval.
const COLUMNS: &str = "lrlr";

/// A form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A sentence with its sources.
    Sentence,
    /// A table for a page of text.
    Markdown,
    /// A table for a paper.
    Latex,
    /// The question and the answer, with every digit.
    Json,
}

impl Form {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Sentence, Self::Markdown, Self::Latex, Self::Json];

    /// What the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sentence => "Copy sentence",
            Self::Markdown => "Markdown",
            Self::Latex => "LaTeX",
            Self::Json => "JSON",
        }
    }
}

/// What a report is about.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// The question.
    pub question: Question,
    /// The answer, read.
    pub plan: Plan,
    /// The answer, as the worker gave it.
    pub answer: String,
    /// What the draws of the fit say.
    pub spread: Option<Plan>,
    /// The law.
    pub law: LawEntry,
    /// Its fit.
    pub fit: FitEntry,
}

impl About {
    /// The report in a form; `link` opens the plan.
    pub fn text(&self, form: Form, link: &str) -> String {
        match form {
            Form::Sentence => self.sentence(link),
            Form::Markdown => self.markdown(link),
            Form::Latex => self.latex(link),
            Form::Json => self.json(),
        }
    }

    fn sentence(&self, link: &str) -> String {
        let says = words::aloud(&self.question, &self.plan).unwrap_or_default();
        plain(&format!("{} ({}; Isoflop {VERSION}, {link})", says.trim_end_matches('.'), self.by())) + "."
    }

    /// The law, the fit and where it stands.
    fn by(&self) -> String {
        let parts = [&self.law.name, &self.fit.name, &self.fit.source];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// The numbers of the sentence: name, value, unit, interval.
    fn rows(&self) -> Vec<Vec<String>> {
        let row = |cell: Cell| {
            let of = |spread| words::interval(self.question.find, cell.what, spread);
            let interval = self.spread.as_ref().and_then(of).unwrap_or_default();
            let unit = cell.unit.trim_end_matches(['.', ',']).to_owned();
            vec![cell.what.name().to_owned(), cell.number, unit, interval]
        };
        let cells = words::sentence(self.question.find, &self.plan);
        cells.into_iter().filter(|cell| !cell.number.is_empty()).map(row).collect()
    }

    fn markdown(&self, link: &str) -> String {
        let table = text::markdown(COLUMNS, &["", "Plan", "", LEVEL], &self.rows());
        plain(&format!("{table}\n{}. [Isoflop {VERSION}]({link})\n", self.under()))
    }

    /// What is given, and by what law.
    fn under(&self) -> String {
        words::given(&self.question).into_iter().chain([self.by()]).collect::<Vec<_>>().join("; ")
    }

    /// The same, with what made it and where it opens.
    fn made(&self, link: &str) -> String {
        made(&self.under(), link)
    }

    fn latex(&self, link: &str) -> String {
        text::tabular(&self.made(link), COLUMNS, &["", "Plan", "", LEVEL], &self.rows())
    }

    fn json(&self) -> String {
        let question = self.question.allocate().unwrap_or_else(|| "null".to_owned());
        json::object(&[("question", question.as_str()), ("answer", &self.answer)])
    }

    /// The question for the law in Python.
    pub fn asks_python(&self) -> String {
        python::question(&self.question.law, Some(&self.fit.as_json()), self.plan.at.names())
    }

    /// A program that finds the plan again, around the law in Python, where size and tokens share one budget; else one that
    /// computes its loss.
    pub fn python(&self, law: &str, link: &str) -> String {
        let head = text::comment("#", &self.made(link));
        let point = self.plan.at.iter().map(|(name, value)| (name, *value));
        head + &match self.one_budget() {
            Some((chosen, budget)) => python::searched(law, &self.plan.at, chosen, budget),
            None => python::printed(law, point),
        }
    }

    /// Size and tokens, and the budget that they share, where nothing else is chosen or limited.
    fn one_budget(&self) -> Option<([&str; 2], f64)> {
        let is_free = self.question.find == Find::Loss && self.is_by_compute() && self.plan.active.len() == 1;
        let chosen = self.law.size_and_tokens().filter(|_| is_free && self.law.cost.is_none());
        chosen.zip(self.plan.flops)
    }
}
