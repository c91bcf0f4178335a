//! Real shapes near the size of the plan, once they are wanted.

use leptos::prelude::*;

use super::asked::asked;
use super::laws::laws;
use super::lean::Memo;
use super::limits::Group;
use super::opened::Opened;
use super::plan::planned;
use super::rich::rich;
use super::wide_table::{Column, WideTable};
use crate::units::{Unit, show, whole};
use crate::web::limit::Limited;
use crate::web::reading::read_values;
use crate::web::shapes::{About, Counted, Shape};

/// What stands over the columns.
const HEADS: [&str; 7] = [
    "Layers",
    "Width",
    "Heads",
    "Feed-forward",
    "Parameters exactly",
    "FLOPs, attention included",
    "Given up",
];

#[component]
pub fn Shapes() -> impl IntoView {
    let verbs = ["Shapes near this size", "Hide the shapes"];
    view! { <Opened id="shapes" title="Shape" verbs body=|| view! { <Near/> }.into_any()/> }
}

#[component]
fn Near() -> impl IntoView {
    let (planned, laws) = (planned(), laws());
    let about = Memo::new(move || {
        let law = laws.chosen()?;
        planned.with(|question, plan| About::of(question, plan, &law))?
    });
    let counts = asked(move || {
        let about = about.get()?;
        let questions = about.questions(&about.near());
        Some((about, questions))
    });
    let counted = Memo::new(move || {
        let now = about.get()?;
        let counted = |about: &About, answers: &[_]| {
            if *about == now { about.counted(&about.near(), answers) } else { None }
        };
        counts.good(counted)?
    });
    let losses = asked(move || {
        let (about, counted) = (about.get()?, counted.get()?);
        let question = planned.with(|question, plan| about.losses(&counted, question, plan))??;
        Some((about, vec![question]))
    });
    let best = Memo::new(move || {
        let (now, counted) = (about.get()?, counted.get()?);
        let best = |about: &About, answers: &[std::sync::Arc<str>]| {
            if *about == now { Some(about.best(&counted, &read_values(&answers[0])?)) } else { None }
        };
        losses.good(best)?
    });
    let least = asked(move || {
        let (about, best) = (about.get()?, best.get()?);
        let least = |of: &Counted| planned.question.with(|question| about.least(of, question.as_ref()?));
        let questions = best.iter().map(least).collect::<Option<Vec<_>>>()?;
        Some((best, questions))
    });
    let rows = Memo::new(move || {
        let (about, best) = (about.get()?, best.get()?);
        let answers = least.good(|asked, answers| if *asked == best { answers.to_vec() } else { Vec::new() });
        let answers = answers.unwrap_or_default();
        let lost =
            |(at, of): (usize, &Counted)| (*of, about.lost(of, answers.get(at).map(|answer| &**answer)));
        Some(best.iter().enumerate().map(lost).collect::<Vec<_>>())
    });
    let says = move || match about.get() {
        None => "Shapes are of dense models, and this law counts others.".to_owned(),
        Some(about) => about.rules().says(),
    };
    let columns = || HEADS.map(Column::figure).into();
    let shown = move || rows.get().unwrap_or_default().into_iter().map(row).collect();
    view! {
        <p class="echo">{move || rich(&says())}</p>
        <div class="rules">
            <Group id="shape-rules" name="Rules" none="usual unless you say" holds=Limited::is_of_shape/>
        </div>
        <WideTable name="Shapes near the size of the plan" class="" columns rows=shown/>
    }
}

fn row((of, lost): (Counted, String)) -> AnyView {
    let Shape { layers, width, heads, feed_forward } = of.shape;
    let cell = |text: String| view! { <td class="figure">{rich(&text)}</td> }.into_any();
    let counts = [layers, width, heads, feed_forward, of.parameters].map(|count| cell(whole(count)));
    view! {
        <tr>
            {counts.into_iter().collect_view()}
            {cell(show(of.flops, Unit::Flops).number())}
            {cell(lost)}
        </tr>
    }
    .into_any()
}
