//! The curve of a law over one of its inputs.

use super::Written;
use super::example::Example;
use crate::laws::{Law, PublishedFit};
use crate::units::Variable;
use crate::web::evaluator;
use crate::web::words::html;

/// The choice of the input, where there are several, and the figure.
pub fn figure(law: &Law, _fit: Option<&PublishedFit>, _example: &Example) -> Written<String> {
    let picture = String::new();
    Ok(format!("{}{}", choice(law), framed(&picture)))
}

fn choice(law: &Law) -> String {
    let option = |input: &Variable| {
        let name = evaluator::name(input.unit(), input.convention.words());
        format!("<option value=\"{0}\">{1} {0}</option>", input.symbol, html(&name))
    };
    if law.inputs.len() < 2 {
        return String::new();
    }
    format!(
        "<div class=\"field over\"><div class=\"name\"><label for=\"over\">Plot against</label></div>\
         <select id=\"over\" autocomplete=\"off\">{}</select></div>",
        law.inputs.iter().map(option).collect::<String>()
    )
}

/// What is over the curve.
const TITLE: &str = "The law along one input";

fn framed(picture: &str) -> String {
    let tool = |name: &str, of: &str| {
        format!(
            "<button type=\"button\" class=\"act\">{name}<span class=\"unseen\">{of}{TITLE}</span></button>"
        )
    };
    format!(
        "<figure><figcaption><h2>{TITLE}</h2><span class=\"tools\">{}{}</span></figcaption>\
         <p class=\"says\"></p><div class=\"picture\">{picture}</div><p class=\"reading\"></p></figure>",
        tool("Table", " of "),
        tool("Save…", ""),
    )
}
