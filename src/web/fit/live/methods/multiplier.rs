//! The compute that another fit needs for the same loss.

use leptos::prelude::*;

use super::disclosure::{Disclosure, opened};
use super::found::Found;
use crate::ask::Named;
use crate::web::fit::live::drawing::{Own, drawing};
use crate::web::fit::live::fitting::{Fitting, fitting};
use crate::web::fit::live::laws::laws;
use crate::web::fit::live::state::state;
use crate::web::fit::live::text_field::TextField;
use crate::web::fit::methods::Section;
use crate::web::fit::methods::multiplier::{self, HELD, MULTIPLIER, Multiplier, Recipe};
use crate::web::fit::study::Study;
use crate::web::ui::browser::{self, Place};
use crate::web::ui::choice_field::{Choice, ChoiceField};
use crate::web::ui::job::Job;
use crate::web::ui::lean::{Memo, RwSignal};

const SECTION: Section = Section::Multiplier;
/// The name under which the fit is kept that the reader held.
const KEPT: &str = "isoflop.fit.held";

/// The fit that is shown, with its draws.
fn this(fitting: Fitting, own: Own) -> Option<Recipe> {
    let done = fitting.result.get()?;
    let text = done.outcome.text.clone();
    let fit = own.get().map_or_else(|| text.to_string(), |draws| draws.joined(&text, &Named::default()));
    let runs = crate::units::whole(done.outcome.fitted.runs as f64);
    let name = format!("{}, {runs} runs, {}", done.law.name, done.study.method());
    Some(Recipe::new(name, done.study.law()?, fit))
}

#[component]
pub fn Against() -> impl IntoView {
    let (state, fitting, own, laws) = (state(), fitting(), drawing().own, laws());
    let open = opened(SECTION);
    let held = RwSignal::new(browser::kept(Place::Tab, KEPT).and_then(|text| Recipe::read(&text)));
    let choices = Memo::new(move || {
        let held = held.get().map(|held| Choice::new(HELD, &format!("Held: {}", held.name)));
        let fits = laws.chosen.get().map(|law| law.fits).unwrap_or_default();
        held.into_iter().chain(fits.iter().map(|fit| Choice::new(&fit.id, &fit.name))).collect::<Vec<_>>()
    });
    // A link may name a fit that was held elsewhere.
    let chosen = Memo::new(move || {
        let wanted = state.study.with(|study| study.other.clone());
        choices.with(|choices| {
            let known = choices.iter().find(|known| known.value == wanted).or(choices.first());
            known.map(|known| known.value.clone()).unwrap_or_default()
        })
    });
    let other = Memo::new(move || match &*chosen.get() {
        HELD => held.get(),
        id => laws.chosen.with(|law| Recipe::published(law.as_ref()?, id)),
    });
    let job = Job::new(move || -> Option<(String, String)> {
        let this = if open.get() && !fitting.is_behind() { this(fitting, own)? } else { return None };
        let other = other.get()?;
        let question = state.study.with(|study| multiplier::ask(study, &this, &other))?;
        Some((other.name, question))
    });
    let found = Found::by(job, |other: &String, answer| Some((other.clone(), Multiplier::read(answer)?)));
    let hold = move |_| {
        if let Some(this) = untrack(|| this(fitting, own)) {
            browser::keep(Place::Tab, KEPT, Some(&this.write()));
            held.set(Some(this));
            state.choose(|study| HELD.clone_into(&mut study.other));
        }
    };
    let none = Memo::new(move || {
        choices
            .with(Vec::is_empty)
            .then(|| "No fit of this law is published: hold one to compare with.".to_owned())
    });
    let fields = move |()| {
        let beside = view! { <button type="button" class="act" on:click=hold>"Hold this fit to compare with"</button> };
        view! {
            <div class="wide">
                <ChoiceField
                    id="other"
                    name="The other fit"
                    choices
                    chosen
                    choose=move |other: String| state.choose(|study| study.other = other)
                    beside=beside.into_any()
                    complaint=none
                />
            </div>
            <TextField
                id="losses".to_owned()
                name="Losses".to_owned()
                placeholder="that the runs of both reach"
                text=|study: Study| study.losses
                write=move |(text,): (String,)| state.write(|study| study.losses = text)
                wrong=|study: Study| multiplier::losses(&study).err()
            />
        }
        .into_any()
    };
    let picture = move || {
        let called = (MULTIPLIER, "isoflop-multiplier");
        found.figure(
            SECTION,
            called,
            |(other, found)| found.chart(other),
            |(other, found)| Some(found.says(other)),
        )
    };
    let finding = found.says(|(_, found)| Some(found.finding()));
    let body = move |()| found.once(picture);
    view! { <Disclosure section=SECTION finding fields standing=job.standing working="Comparing" body/> }
}
