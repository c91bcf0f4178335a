//! What another size would cost at the compute of the plan, once it is wanted.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::{Asked, asked, asked_once};
use super::evidence::evidence;
use super::figure::Figure;
use super::lean::{Memo, RwSignal};
use super::opened::Opened;
use super::place;
use super::plan::planned;
use crate::web::slice::{self, About, TITLE};
use crate::web::words;

/// What has been asked about the sizes around the plan.
#[derive(Clone, Copy)]
struct Around {
    about: Memo<Option<About>>,
    answers: Asked<About>,
    /// Whether it is wanted of the question that the page opens with too.
    wanted: RwSignal<bool>,
}

#[component]
pub fn Slice() -> impl IntoView {
    let planned = planned();
    let served = place::find("#slice .finding").filter(|_| untrack(|| planned.opens()));
    let served = served.and_then(|found| found.text_content());
    let wanted = RwSignal::new(served.is_none());
    let about = Memo::new(move || planned.with(About::of).flatten());
    let answers = asked(move || {
        let about = about.get().filter(|_| wanted.get() || !planned.opens())?;
        let questions = planned.with(|question, plan| about.questions(question, plan))??;
        Some((about, questions))
    });
    provide_context(Around { about, answers, wanted });
    let finding = Memo::new(move || {
        about.get()?;
        // While newer answers come, the last that is known: the line would come and go with every key.
        let near = answers.good(About::near);
        match near.filter(|_| served.is_none() || !planned.opens()) {
            Some(near) => near.map(slice::finding),
            None => served.clone().filter(|_| answers.refusal.with(Option::is_none)),
        }
    });
    let verbs = ["The loss of every size", "Hide the other sizes"];
    view! { <Opened id="slice" title="Other sizes" verbs finding body=|| view! { <Shown/> }.into_any()/> }
}

#[component]
fn Shown() -> impl IntoView {
    let planned = planned();
    let Around { about, answers, wanted } = expect_context();
    wanted.set(true);
    // Where nothing is to be asked, that is answered at once.
    let others = asked_once(move || {
        let about = about.get()?;
        Some((about, planned.question.with(|question| Some(about.others(question.as_ref()?)))?))
    });
    let slice = Memo::new(move || {
        let now = about.get()?;
        let others = others.good(|about, answers| (*about == now).then(|| answers.to_vec())).flatten()?;
        answers
            .good(|about, answers| if *about == now { about.slice(answers, &others) } else { None })
            .flatten()
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
