//! A fit that a link brought without its runs.

use leptos::prelude::*;

use super::head::plan_address;
use super::laws::laws;
use super::state::state;
use crate::web::json::Json;
use crate::web::maths;
use crate::web::reading::yours;

#[component]
pub fn Brought() -> impl IntoView {
    let (state, laws) = (state(), laws());
    let shown = move || {
        let (text, law) = (state.fit_alone()?, laws.chosen.get()?);
        let fit = yours(&text)?;
        let outputs: Vec<&str> = law.outputs.iter().map(|output| output.name.as_str()).collect();
        let values: Vec<(&str, f64)> = fit.values.iter().map(|(name, value)| (name, *value)).collect();
        let math = maths::display(&maths::equation(&outputs, &law.formula), &values);
        let plan = state.study.with(|study| plan_address(study, &text, study));
        let runs = Json::read(&text)?.get("runs").and_then(Json::count);
        let to = runs.map_or(String::new(), |runs| format!(" to {runs} runs"));
        let says = format!("This link brought a fit of {}{to}, without the runs themselves. ", law.name);
        Some(
            view! {
                <section class="brought" aria-label="A fit without its runs">
                    <p role="status">{says} <a class="act" href=plan>"Use this fit in Plan"</a></p>
                    <div class="formula numbers" tabindex="0" role="group" aria-label="The law with its values" inner_html=math></div>
                </section>
            }
            .into_any(),
        )
    };
    view! { {move || shown()} }
}
