//! What another size would cost at the compute of the plan, once it is wanted.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::asked;
use super::evidence::evidence;
use super::figure::Figure;
use super::lean::Memo;
use super::opened::Opened;
use super::plan::planned;
use crate::web::slice::{self, About, TITLE};
use crate::web::words;

#[component]
pub fn Slice() -> impl IntoView {
    let verbs = ["The loss of every size", "Hide the other sizes"];
    view! { <Opened id="slice" title="Other sizes" verbs body=|| view! { <Shown/> }.into_any()/> }
}

#[component]
fn Shown() -> impl IntoView {
    let planned = planned();
    let about = Memo::new(move || planned.with(About::of).flatten());
    let answers = asked(move || {
        let about = about.get()?;
        let questions = planned.with(|question, plan| about.questions(question, plan))??;
        Some((about, questions))
    });
    let slice = Memo::new(move || {
        let now = about.get()?;
        answers.good(|about, answers| if *about == now { about.slice(answers) } else { None }).flatten()
    });
    let draws = evidence().draws;
    let drawn = asked(move || {
        let (about, fit) = (about.get()?, draws.get()?);
        let question = planned.with(|question, plan| about.ask_band(&fit, question, plan))??;
        Some((about, vec![question]))
    });
    let band = Memo::new(move || {
        let now = about.get()?;
        draws.get()?;
        drawn.good(|about, answers| if *about == now { slice::band(&answers[0]) } else { None }).flatten()
    });
    let chart = Memo::new(move || {
        let band = band.get().unwrap_or_default();
        slice.with(|slice| slice.as_ref().map(|slice| Arc::new(slice.chart(&band))))
    });
    let says = move || {
        let held = if band.with(Option::is_some) { " The band holds 90\u{a0}% of the refits." } else { "" };
        slice.with(|slice| slice.as_ref().map(|slice| slice.says() + held).unwrap_or_default())
    };
    let notes = Memo::new(move || {
        planned.question.with(|question| question.as_ref().and_then(words::lead)).into_iter().collect()
    });
    view! {
        <div class="figures">
            <Figure title=TITLE file="isoflop-sizes" says=(move || says()).into_any() chart notes/>
        </div>
    }
}
