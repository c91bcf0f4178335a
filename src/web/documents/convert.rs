//! Conversions between counts, as they stand closed in the page of a law.

use std::sync::OnceLock;

use super::evaluate::field;
use super::example::Example;
use crate::ask;
use crate::laws::LAWS;
use crate::web::json;
use crate::web::laws::conversion::{self, Conversion};
use crate::web::reading::{VariableEntry, read_laws};
use crate::web::words::html;

/// Every conversion of the catalogue.
fn known() -> &'static [Conversion] {
    static KNOWN: OnceLock<Vec<Conversion>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let ids = LAWS.iter().filter(|law| law.converts()).map(|law| json::string(law.id));
        read_laws(&listed(ids)).iter().filter_map(Conversion::of).collect()
    })
}

/// The conversions that apply to a law; none to one that is a conversion itself.
fn of(example: &Example) -> &'static [Conversion] {
    if example.law.converts() { &[] } else { known() }
}

/// Under the field of an input.
pub fn of_input(example: &Example, input: &VariableEntry) -> String {
    let found = Conversion::into(input, of(example));
    found.map_or(String::new(), |found| {
        let inputs = found.law.inputs.iter();
        let act =
            "<p class=\"acts\"><button type=\"button\" class=\"act\" disabled>Use this count</button></p>";
        details(&format!("convert-{}", input.name), &found.title_into(), inputs, act)
    })
}

/// Under the value.
pub fn of_value(example: &Example) -> String {
    let found = example.entry.outputs.first().and_then(|output| Conversion::out_of(output, of(example)));
    found.map_or(String::new(), |found| {
        let inputs = found.law.inputs.iter().enumerate().filter(|(at, _)| *at != found.from);
        details("convert-value", &found.title_out(), inputs.map(|(_, input)| input), "")
    })
}

/// The laws that convert what this one has, for the program: a block of data.
pub fn data(example: &Example) -> Option<String> {
    let law = example.entry;
    let into = law.inputs.iter().filter_map(|input| Conversion::into(input, of(example)));
    let out = law.outputs.first().and_then(|output| Conversion::out_of(output, of(example)));
    let mut ids: Vec<String> = into.chain(out).map(|found| found.law.id).collect();
    ids.sort();
    ids.dedup();
    (!ids.is_empty()).then(|| listed(ids.iter().map(|id| json::string(id))))
}

/// Laws as an Answer lists them.
fn listed(ids: impl Iterator<Item = String>) -> String {
    let question = json::object(&[("laws", json::object(&[("only", json::list(ids))]))]);
    ask::answer_text(&question, &mut |_| ())
}

fn details<'a>(id: &str, title: &str, inputs: impl Iterator<Item = &'a VariableEntry>, act: &str) -> String {
    let one = |input: &VariableEntry| {
        let name = conversion::name(input);
        field(&format!("{id}-{}", input.name), &input.name, &name, input.unit, "")
    };
    format!(
        "<details class=\"convert\" id=\"{id}\"><summary id=\"{id}-title\">{}</summary>{}\
         <p class=\"converted\" role=\"status\"></p>{act}</details>",
        html(title),
        inputs.map(one).collect::<String>(),
    )
}
