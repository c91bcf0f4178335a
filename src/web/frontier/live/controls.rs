//! What is swept: law and fit, what is found and shown, both axes, the draws for bands.

use leptos::prelude::*;

use super::axis_field::{AxisField, PANELS};
use super::draws::draws;
use super::laws::laws;
use super::state::state;
use crate::units::{Unit, read};
use crate::web::frontier::along::Along;
use crate::web::frontier::chosen::{Chosen, Find, Other, Show, View};
use crate::web::frontier::size::Count;
use crate::web::question::Fit;
use crate::web::ui::choice_field::{Choice, ChoiceField};
use crate::web::ui::lean::Memo;
use crate::web::words::{complaint, flops_echo};

/// What the fit of the reader's own is called in the list.
const OWN: &str = "own fit";

#[component]
pub fn Controls() -> impl IntoView {
    let (state, laws) = (state(), laws());
    let none = Memo::new(|| None::<String>);
    let all_laws =
        Memo::new(move || laws.all.get().iter().map(|law| Choice::new(&law.id, &law.name)).collect());
    let choose_law = move |id: String| {
        let law = laws.all.with_untracked(|all| all.iter().find(|law| law.id == id).cloned());
        if let Some(law) = law {
            let fit = law.fits.first().map(|fit| fit.id.clone()).unwrap_or_default();
            state.act(|chosen| chosen.choose_law(&law, &fit));
        }
    };
    let fits = Memo::new(move || {
        let mut fits: Vec<Choice> =
            laws.chosen.with(|law| law.fits.iter().map(|fit| Choice::new(&fit.id, &fit.name)).collect());
        if state.chosen.with(|chosen| matches!(chosen.fit, Fit::Yours(_))) {
            fits.push(Choice::new(OWN, "Your own"));
        }
        fits
    });
    let fit = Memo::new(move || {
        state.chosen.with(|chosen| match &chosen.fit {
            Fit::Yours(_) => OWN.to_owned(),
            Fit::Published(id) if id.is_empty() => {
                laws.chosen.with(|law| law.fits.first().map(|fit| fit.id.clone()).unwrap_or_default())
            }
            Fit::Published(id) => id.clone(),
        })
    });
    let choose_fit = move |id: String| {
        if id != OWN {
            state.act(|chosen| chosen.fit = Fit::Published(id));
        }
    };
    let finds = Memo::new(|| {
        vec![
            Choice::new("plan", "lowest loss within the budget"),
            Choice::new("loss", "loss of this size and tokens"),
        ]
    });
    let choose_find = move |key: String| {
        let law = laws.chosen.get_untracked();
        let find = if key == "loss" { Find::Loss } else { Find::Plan };
        state.act(|chosen| chosen.choose_find(find, &law));
    };
    let shows = Memo::new(move || {
        let shows = state.chosen.with(Chosen::shown);
        shows.into_iter().map(|show| Choice::new(show.key(), show.name())).collect()
    });
    let choose_show = move |key: String| {
        if let Some(show) = Show::ALL.into_iter().find(|show| show.key() == key) {
            state.act(|chosen| chosen.show = show);
        }
    };
    let law_id = Memo::new(move || state.chosen.with(|chosen| chosen.law.clone()));
    let find = Memo::new(move || {
        state.chosen.with(|chosen| if chosen.find == Find::Loss { "loss" } else { "plan" }.to_owned())
    });
    let show = Memo::new(move || state.chosen.with(|chosen| chosen.show.key().to_owned()));
    // Panels are of a map.
    let has_map = Memo::new(move || state.chosen.with(|chosen| !chosen.up.of.is_empty()));
    let is_compared = Memo::new(move || state.chosen.with(|chosen| chosen.against.is_some()));
    view! {
        <form class="question" aria-label="Sweep" on:submit=|event| event.prevent_default()>
            <ChoiceField id="law" name="Law" choices=all_laws chosen=law_id choose=choose_law complaint=none/>
            <ChoiceField id="fit" name="Fit" choices=fits chosen=fit choose=choose_fit complaint=none/>
            <ChoiceField id="find" name="At each point" choices=finds chosen=find choose=choose_find complaint=none/>
            <ChoiceField id="show" name="Show" choices=shows chosen=show choose=choose_show complaint=none/>
            <AxisField at=0/>
            <AxisField at=1/>
            {move || has_map.get().then(|| view! { <AxisField at=PANELS/> }.into_any())}
            <Fixed/>
            <Refits/>
            {move || is_compared.get().then(|| view! { <Against/> }.into_any())}
        </form>
    }
}

/// What the sweep stands against, and what the map shows of that.
#[component]
fn Against() -> impl IntoView {
    let (state, laws) = (state(), laws());
    let none = Memo::new(|| None::<String>);
    let other = Memo::new(move || state.chosen.with(|chosen| chosen.against.clone()));
    let all = Memo::new(move || laws.all.get().iter().map(|law| Choice::new(&law.id, &law.name)).collect());
    let law = Memo::new(move || other.get().map(|other| other.law).unwrap_or_default());
    let choose_law = move |id: String| {
        let known = laws.all.with_untracked(|all| all.iter().find(|law| law.id == id).cloned());
        let fit = known.and_then(|law| Some(law.fits.first()?.id.clone())).unwrap_or_default();
        state.act(|chosen| chosen.against = Some(Other { law: id, fit }));
    };
    let fits = Memo::new(move || {
        let id = law.get();
        laws.all.with(|all| {
            let fits = all.iter().find(|law| law.id == id).map(|law| law.fits.clone()).unwrap_or_default();
            fits.iter().map(|fit| Choice::new(&fit.id, &fit.name)).collect()
        })
    });
    let fit = Memo::new(move || other.get().map(|other| other.fit).unwrap_or_default());
    let choose_fit = move |fit: String| {
        state.act(|chosen| {
            if let Some(other) = &mut chosen.against {
                other.fit = fit;
            }
        });
    };
    let views = Memo::new(|| View::ALL.iter().map(|view| Choice::new(view.key(), view.name())).collect());
    let view = Memo::new(move || state.chosen.with(|chosen| chosen.view.key().to_owned()));
    let choose_view = move |key: String| {
        if let Some(view) = View::ALL.into_iter().find(|view| view.key() == key) {
            state.act(|chosen| chosen.view = view);
        }
    };
    view! {
        <ChoiceField id="other-law" name="Against" choices=all chosen=law choose=choose_law complaint=none/>
        <ChoiceField id="other-fit" name="Its fit" choices=fits chosen=fit choose=choose_fit complaint=none/>
        <ChoiceField id="view" name="The map shows" choices=views chosen=view choose=choose_view complaint=none/>
    }
}

/// What no axis says: the budget, and what else the law depends on.
#[component]
fn Fixed() -> impl IntoView {
    let (state, laws) = (state(), laws());
    let has_budget = Memo::new(move || {
        state.chosen.with(|chosen| chosen.find == Find::Plan && !chosen.runs_along(&Along::Budget))
    });
    let budget = move || {
        let says = move || {
            state.chosen.with(|chosen| match read(&chosen.budget, Unit::Flops) {
                Ok(read) => (flops_echo(read.value), false),
                Err(error) => (complaint(&error), true),
            })
        };
        let write = move |event| state.write(|chosen| chosen.budget = event_target_value(&event));
        view! {
            <div class="field">
                <div class="name"><label for="budget">"Budget"</label></div>
                <input
                    type="text"
                    id="budget"
                    aria-describedby="budget-echo"
                    aria-invalid=move || says().1.then(|| "true".to_owned())
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || state.chosen.with(|chosen| chosen.budget.clone())
                    on:input=write
                />
                <p class="echo" class:bad=move || says().1 id="budget-echo" aria-live="polite">
                    {move || crate::web::ui::rich::rich(&says().0)}
                </p>
            </div>
        }
        .into_any()
    };
    let needed = Memo::new(move || {
        let law = laws.chosen.get();
        state.chosen.with(|chosen| chosen.needed(&law).into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    let need = move |name: String| {
        let along = Along::Input(name.clone());
        let (id, key, written) = (format!("need-{name}"), name.clone(), name.clone());
        let label = laws.chosen.with_untracked(|law| along.name(law));
        let unit = laws.chosen.with_untracked(|law| along.unit(law));
        let write = move |event| {
            let text = event_target_value(&event);
            state.write(|chosen| chosen.write_need(&written, text));
        };
        let text = Memo::new(move || state.chosen.with(|chosen| chosen.need(&key).to_owned()));
        let echo = Memo::new(move || {
            let plans = state.chosen.with(|chosen| chosen.find == Find::Plan);
            text.with(|text| match read(text, unit) {
                _ if text.trim().is_empty() && plans => {
                    ("Left open: each plan takes the best.".to_owned(), false)
                }
                _ if text.trim().is_empty() => {
                    (format!("Expected an amount such as {}.", unit.example()), false)
                }
                Ok(_) => (String::new(), false),
                Err(error) => (complaint(&error), true),
            })
        });
        view! {
            <div class="field">
                <div class="name"><label for=id.clone()>{label}</label></div>
                <input
                    type="text"
                    id=id.clone()
                    aria-describedby=format!("{id}-echo")
                    aria-invalid=move || echo.with(|echo| echo.1.then(|| "true".to_owned()))
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || text.get()
                    on:input=write
                />
                <p class="echo" class:bad=move || echo.with(|echo| echo.1) id=format!("{id}-echo") aria-live="polite">
                    {move || echo.with(|echo| echo.0.clone())}
                </p>
            </div>
        }
        .into_any()
    };
    view! {
        {move || has_budget.get().then(|| budget())}
        {move || needed.get().into_iter().map(need).collect_view().into_any()}
    }
}

/// How many draws of the fit make the bands, and how large all of it is.
#[component]
fn Refits() -> impl IntoView {
    let (state, laws, draws) = (state(), laws(), draws());
    let echo = Memo::new(move || {
        let (law, known) = (laws.chosen.get(), draws.draws.with(|draws| draws.len()));
        state.chosen.with(|chosen| match chosen.draws() {
            Err(why) => (complaint(&why), true),
            Ok(wanted) => {
                let count = chosen.count(&law, known).map(Count::says).unwrap_or_default();
                let rest = match known {
                    0 if wanted > 0 && !draws.awaited.get() => " This fit has no refits.".to_owned(),
                    known if wanted > known && known > 0 => {
                        format!(" This fit has {}.", crate::units::whole(known as f64))
                    }
                    _ => String::new(),
                };
                (format!("{count}{}{rest}", if rest.is_empty() { "" } else { "." }), false)
            }
        })
    });
    let write = move |event| state.write(|chosen| chosen.refits = event_target_value(&event));
    view! {
        <div class="field">
            <div class="name"><label for="refits">"Refits for the bands"</label></div>
            <input
                type="text"
                id="refits"
                aria-describedby="refits-echo"
                aria-invalid=move || echo.with(|echo| echo.1.then(|| "true".to_owned()))
                autocomplete="off"
                spellcheck="false"
                prop:value=move || state.chosen.with(|chosen| chosen.refits.clone())
                on:input=write
            />
            <p class="echo" class:bad=move || echo.with(|echo| echo.1) id="refits-echo" aria-live="polite">
                {move || echo.with(|echo| echo.0.clone())}
            </p>
        </div>
    }
}
