//! The question: budget, law, fit, limits.

use leptos::prelude::*;

use super::choice_field::{Choice, ChoiceField};
use super::find::Finding;
use super::laws::{Laws, laws};
use super::lean::{Memo, RwSignal};
use super::limits::Limits;
use super::moved::mover;
use super::needs::Needs;
use super::plan::planned;
use super::provenance::Provenance;
use super::quantity_field::{Echo, EchoLine, QuantityInput, focus};
use super::store::store;
use crate::units::{Unit, show};
use crate::web::presets::{BUDGETS, COUNTED};
use crate::web::question::{Fit, Question};
use crate::web::words;

/// The value of the choice that stands for the reader's own fit; no id has a space.
const YOURS: &str = "your fit";

/// How a law without a fit says so.
const NO_FIT: &str = "No constants were published. Fit it to your runs below.";

#[component]
pub fn QuestionForm() -> impl IntoView {
    view! {
        <form class="question" aria-label="Question" on:submit=|event| event.prevent_default()>
            <Finding/>
            <LawChoice/>
            <FitChoice/>
            <Needs/>
            <Limits/>
        </form>
    }
}

#[component]
pub fn Budget() -> impl IntoView {
    let (store, planned) = (store(), planned());
    let text = Memo::new(move || store.with(|question| question.budget.clone()));
    let write = move |text| store.write(|question| question.budget = text);
    let echo = Memo::new(move || {
        let read = store.with(Question::budget);
        let says = read.as_ref().map(words::budget_echo).unwrap_or_default();
        Echo::of(
            read.map(|budget| budget.read),
            |_| says,
            |error| {
                let complaint = words::complaint(error);
                if planned.plan.with(Option::is_none) {
                    return complaint;
                }
                format!("{complaint} The answer above is for the last budget that was read.")
            },
        )
    });
    let step = move |factor| {
        let read = store.now(Question::budget).ok()?.read;
        match read.unit {
            Unit::Flops => Some(format!("{:.2e} FLOPs", read.value * factor)),
            Unit::Dollars => Some(show(read.value * factor, Unit::Dollars).number().replace('\u{a0}', "")),
            _ => None,
        }
    };
    let presets = BUDGETS.map(|preset| {
        let take = move || {
            store.act(|question| preset.take(question));
            focus("budget");
        };
        Offer { name: preset.name, take: Box::new(take) }
    });
    view! {
        <div class="field wide">
            <div class="name"><label for="budget">"Budget"</label></div>
            <QuantityInput id="budget".to_owned() text echo write step/>
            <EchoLine of="budget".to_owned() echo write tall=true/>
            {offers("Or ", presets.into())}
        </div>
    }
}

#[component]
fn LawChoice() -> impl IntoView {
    let (store, laws, mover) = (store(), laws(), mover());
    let choices =
        move || laws.all().into_iter().map(|law| Choice::new(&law.id, &law.name)).collect::<Vec<_>>();
    let all = view! { <a class="act" href="./laws/">"All laws"</a> }.into_any();
    let counted = COUNTED.map(|(name, id)| Offer { name, take: Box::new(move || mover.choose_law(id)) });
    view! {
        <div class="field">
        <ChoiceField
            id="law"
            name="Law"
            choices=Memo::new(choices)
            chosen=Memo::new(move || store.with(|question| question.law.clone()))
            choose=move |id: String| mover.choose_law(&id)
            beside=all
            complaint=Memo::new(move || laws.refusal())
        />
        {offers("Or count ", counted.into())}
        </div>
    }
}

/// Something to take instead.
struct Offer {
    name: &'static str,
    take: Box<dyn Fn()>,
}

/// A line of what can be taken instead.
fn offers(before: &'static str, offers: Vec<Offer>) -> AnyView {
    let last = offers.len() - 1;
    let one = |(at, Offer { name, take }): (usize, Offer)| {
        let button = view! {
            <button type="button" class="act" on:click=move |_| take()>{super::rich::rich(name)}</button>
        };
        view! { <span>{button} {if at < last { "," } else { "" }}</span> " " }.into_any()
    };
    view! { <p class="presets">{before} {offers.into_iter().enumerate().map(one).collect_view()}</p> }
        .into_any()
}

/// What the reader's own values are called.
fn own_name(laws: Laws) -> String {
    let name = laws.fit().map(|fit| fit.name).unwrap_or_default();
    if name.starts_with("Fit of") { "Your own runs".to_owned() } else { name }
}

#[component]
fn FitChoice() -> impl IntoView {
    let (store, laws, mover) = (store(), laws(), mover());
    let open = RwSignal::new(false);
    let yours = move || store.with(|question| matches!(question.fit, Fit::Yours(_)));
    let choices = move || {
        let fits = laws.chosen().map(|law| law.fits).unwrap_or_default();
        let published = fits.into_iter().filter(|fit| !fit.id.is_empty());
        let published = published.map(|fit| Choice::new(&fit.id, &fit.name));
        let own = yours().then(|| Choice::new(YOURS, &own_name(laws)));
        own.into_iter().chain(published).collect::<Vec<_>>()
    };
    let chosen = move || {
        store.with(|question| match &question.fit {
            Fit::Published(id) if !id.is_empty() => id.clone(),
            Fit::Published(_) => laws.fit().map(|fit| fit.id).unwrap_or_default(),
            Fit::Yours(_) => YOURS.to_owned(),
        })
    };
    let choose = move |id: String| {
        if id != YOURS {
            mover.compare(|question| question.fit = Fit::Published(id));
        }
    };
    let complaint = move || {
        let known = choices();
        if known.is_empty() && laws.chosen().is_some() {
            return Some(NO_FIT.to_owned());
        }
        let id = chosen();
        let unknown = !known.is_empty() && known.iter().all(|choice| choice.value != id);
        unknown.then(|| format!("Expected a fit of this law; “{id}” is none."))
    };
    let facts = Memo::new(move || laws.fit().map(|fit| fit.facts()).unwrap_or_default());
    let source = move || {
        view! {
            <button
                type="button"
                class="act"
                aria-expanded=move || open.get().to_string()
                aria-controls="source"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Source"
            </button>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <ChoiceField
                id="fit"
                name="Fit"
                choices=Memo::new(choices)
                chosen=Memo::new(chosen)
                choose
                beside=source()
                complaint=Memo::new(complaint)
            />
            {move || open.get().then(|| view! { <Provenance id="source" facts/> }.into_any())}
        </div>
    }
}
