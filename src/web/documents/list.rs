//! The list of laws, with what it can be searched and filtered by.

use std::fmt::Write as _;

use super::Document;
use super::frame::{Files, document, quoted};
use crate::laws::{Kind, Law};
use crate::units::{Unit, Variable};
use crate::web::maths;
use crate::web::words::html;

/// What the list can be filtered by. A row has the keys of its values in `data-{name}`, with spaces between.
const FILTERS: [Filter; 4] = [
    Filter { name: "answers", title: "Answers", all: "everything", of: answers },
    Filter { name: "kind", title: "Kind", all: "any kind", of: |law| vec![kind(law.kind)] },
    Filter { name: "needs", title: "Needs", all: "anything", of: needs },
    Filter {
        name: "year",
        title: "Year",
        all: "any year",
        of: |law| vec![Value::of(law.source.year.to_string())],
    },
];

struct Filter {
    name: &'static str,
    title: &'static str,
    /// What no choice is called.
    all: &'static str,
    of: fn(&Law) -> Vec<Value>,
}

/// One of the values of a filter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Value {
    /// In attributes and in the address.
    key: String,
    /// As it is shown.
    shown: String,
}

impl Value {
    fn of(shown: impl Into<String>) -> Self {
        let shown = shown.into();
        Self { key: shown.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), "-"), shown }
    }
}

/// The document of the list.
pub fn list(laws: &[&Law], files: &Files) -> Document {
    let main = format!("{}<div class=\"laws\" id=\"laws\">{}{}</div>", head(laws), filters(laws), rows(laws));
    let description = "Published scaling laws with every constant, its source, its errata and a calculator.";
    document("laws/", "Laws", description, &main, files)
}

fn head(laws: &[&Law]) -> String {
    let fits: usize = laws.iter().map(|law| law.fits.len()).sum();
    format!(
        "<div class=\"head\"><h1>Laws</h1><p class=\"quiet\">{} laws with {fits} published fits, each number with \
         its source.</p><p class=\"acts\"><a class=\"act\" href=\"laws/new/\">Type your own law…</a></p></div>",
        laws.len()
    )
}

fn filters(laws: &[&Law]) -> String {
    let mut form = String::from(
        "<form class=\"filters\" role=\"search\" aria-label=\"Laws\">\
         <div class=\"field\"><div class=\"name\"><label for=\"search\">Search</label></div>\
         <input type=\"search\" id=\"search\" placeholder=\"law, author, variable\" autocomplete=\"off\" \
         autocapitalize=\"off\" spellcheck=\"false\"></div>",
    );
    for filter in &FILTERS {
        let counted = filter.counted(laws);
        form.push_str(&filter.buttons(&counted, laws.len()));
        form.push_str(&filter.select(&counted));
    }
    form + "</form>"
}

impl Filter {
    /// Its values, the most frequent first (years: the latest), each with how many laws have it.
    fn counted(&self, laws: &[&Law]) -> Vec<(Value, usize)> {
        let mut counted: Vec<(Value, usize)> = Vec::new();
        for value in laws.iter().flat_map(|law| (self.of)(law)) {
            match counted.iter_mut().find(|(known, _)| *known == value) {
                Some((_, count)) => *count += 1,
                None => counted.push((value, 1)),
            }
        }
        match self.name {
            "year" => counted.sort_by(|(a, _), (b, _)| b.cmp(a)),
            _ => counted.sort_by_key(|(value, count)| (value.shown == OTHER, std::cmp::Reverse(*count))),
        }
        counted
    }

    /// A list of buttons, for where there is room.
    fn buttons(&self, counted: &[(Value, usize)], laws: usize) -> String {
        let button = |key: &str, shown: &str, count: usize, pressed: bool| {
            format!(
                "<li><button type=\"button\" data-filter=\"{}\" data-value=\"{key}\" aria-pressed=\"{pressed}\">{}\
                 <span class=\"count\">{count}</span></button></li>",
                self.name,
                html(shown)
            )
        };
        let values = counted.iter().map(|(value, count)| button(&value.key, &value.shown, *count, false));
        format!(
            "<div class=\"filter\" role=\"group\" aria-labelledby=\"by-{0}\"><h2 id=\"by-{0}\">{1}</h2><ul>{2}{3}</ul></div>",
            self.name,
            self.title,
            button("", self.all, laws, true),
            values.collect::<String>()
        )
    }

    /// The same as a select, for a phone.
    fn select(&self, counted: &[(Value, usize)]) -> String {
        let option = |(value, count): &(Value, usize)| {
            format!("<option value=\"{}\">{} ({count})</option>", value.key, html(&value.shown))
        };
        format!(
            "<select class=\"filter-select\" data-filter=\"{}\" aria-label=\"{1}\" autocomplete=\"off\">\
             <option value=\"\" selected>{1}: {2}</option>{3}</select>",
            self.name,
            self.title,
            self.all,
            counted.iter().map(option).collect::<String>()
        )
    }
}

fn rows(laws: &[&Law]) -> String {
    format!(
        "<div class=\"list\"><ul class=\"rows\" id=\"kept\" aria-label=\"Your laws\" hidden></ul>\
         <ul class=\"rows\" id=\"rows\" aria-label=\"Laws\">{}</ul>\
         <p class=\"found\" id=\"found\" role=\"status\"></p></div>",
        laws.iter().map(|law| row(law)).collect::<String>()
    )
}

fn row(law: &Law) -> String {
    let mut data = String::new();
    for filter in &FILTERS {
        let keys: Vec<String> = (filter.of)(law).into_iter().map(|value| value.key).collect();
        let _ = write!(data, " data-{}=\"{}\"", filter.name, keys.join(" "));
    }
    format!(
        "<li class=\"law\" data-law=\"{0}\"{data} data-words=\"{1}\">\
         <div class=\"of\"><h2><a href=\"laws/{0}/\">{2}</a></h2><p class=\"by\">{3} {4}</p></div>\
         <div class=\"f\">{5}</div>\
         <p class=\"gives\">{6} <span class=\"faint\">{7}</span></p></li>",
        law.id,
        quoted(&sought(law)),
        html(law.name),
        html(law.source.authors),
        law.source.year,
        maths::display(&equation(law), &[]),
        html(&gives(law)),
        count(law.fits.len()),
    )
}

/// What it gives, as far as there is a word for it.
fn gives(law: &Law) -> String {
    let named: Vec<String> =
        answers(law).into_iter().map(|value| value.shown).filter(|shown| shown != OTHER).collect();
    if named.is_empty() { kind(law.kind).shown } else { named.join(", ") }
}

fn count(fits: usize) -> String {
    match fits {
        0 => "form alone".to_owned(),
        1 => "1 fit".to_owned(),
        more => format!("{more} fits"),
    }
}

/// What a law computes, by its formula.
pub fn equation(law: &Law) -> String {
    let outputs: Vec<&str> = law.outputs.iter().map(|output| output.name).collect();
    maths::equation(&outputs, law.formula)
}

/// Everything that a search looks through, in lower case.
fn sought(law: &Law) -> String {
    let mut words =
        vec![law.id, law.name, law.answers, law.source.authors, law.source.title, law.source.arxiv];
    words.extend(law.inputs.iter().flat_map(|input| [input.symbol, input.convention.words()]));
    words.extend(law.outputs.iter().flat_map(|output| [output.name, output.variable.convention.words()]));
    words.extend(law.parameters.iter().map(|parameter| parameter.symbol));
    for fit in law.fits {
        words.extend([fit.name, fit.source.authors, fit.source.title, fit.data]);
    }
    let year = law.source.year.to_string();
    words.push(&year);
    let mut seen: Vec<String> = Vec::new();
    for word in words.into_iter().map(str::to_lowercase) {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.join(" ")
}

/// What a law gives.
fn answers(law: &Law) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for value in law.outputs.iter().map(|output| Value::of(amount(&output.variable))) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// What a law is computed from.
fn needs(law: &Law) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for input in law.inputs {
        let value = Value::of(amount(input));
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// What is counted, by a word of its convention; the first that fits counts.
const AMOUNTS: [(&str, &[&str]); 13] = [
    ("loss", &["loss", "log-likelihood", "perplexity", "cross-entropy"]),
    ("learning rate", &["learning rate"]),
    ("accuracy or error", &["accuracy", "error"]),
    ("batch size", &["batch"]),
    ("precision", &["precision", "bits", "quantis"]),
    ("experts", &["expert", "sparsity", "granularity", "routing"]),
    ("vocabulary", &["vocabulary"]),
    ("shape", &["width", "layer", "head", "depth"]),
    ("unique tokens", &["unique", "epoch", "repeat"]),
    ("mixture", &["mixture", "domain"]),
    ("exponents", &["exponent"]),
    ("compute", &["compute", "FLOPs", "operations"]),
    ("share or ratio", &["share", "ratio", "fraction", "over that of"]),
];

/// What kind of amount a variable is, in a word or two: few enough to choose from.
fn amount(variable: &Variable) -> &'static str {
    let words = variable.convention.words();
    let unit = variable.unit();
    match unit {
        Unit::Parameters => return "size",
        Unit::Flops | Unit::FlopsPerToken => return "compute",
        Unit::Bytes => return "memory",
        Unit::Seconds => return "time",
        Unit::Dollars => return "dollars",
        Unit::Steps => return "steps",
        unit if unit.is_loss() => return "loss",
        _ => {}
    }
    let named = AMOUNTS.iter().find(|(_, parts)| parts.iter().any(|part| words.contains(part)));
    match (named, unit) {
        (Some((name, _)), _) => name,
        (None, Unit::Tokens | Unit::TokensPerParameter) => "tokens",
        (None, Unit::Examples | Unit::Images | Unit::Sequences | Unit::Characters) => "examples",
        (None, _) => OTHER,
    }
}

/// What stands last.
const OTHER: &str = "something else";

/// What kind of law it is.
fn kind(kind: Kind) -> Value {
    let shown = match kind {
        Kind::Loss => "law of loss",
        Kind::Optimum => "best size and tokens",
        Kind::HyperParameter => "hyper-parameter",
        Kind::Cost => "cost",
        Kind::Rule => "rule of thumb",
        Kind::Table => "table",
    };
    Value { key: kind.name().to_owned(), shown: shown.to_owned() }
}
