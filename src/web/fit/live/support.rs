//! What supports the answer: which runs decide, how the residuals lie, how well each number is bounded.

use std::sync::Arc;

use leptos::prelude::*;

use super::drawing::drawing;
use super::fitting::{Done, fitting};
use super::methods::{Disclosure, Found, notes, opened};
use super::shown::shown;
use super::state::state;
use crate::units::{Unit, read};
use crate::web::fit::charts::{
    CLOUD, INFLUENCE, Influence, Of, PROFILE, Profile, QUANTILES, cloud, quantiles,
};
use crate::web::fit::methods::Section;
use crate::web::fit::rows::Rows;
use crate::web::ui::choice_field::{Choice, ChoiceField};
use crate::web::ui::figure::Figure;
use crate::web::ui::job::{Job, StandingRow};
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::rich::rich;

const SECTION: Section = Section::Support;
/// So many runs are left out together to see how far they decide.
const MOST: usize = 3;

#[component]
pub fn Support() -> impl IntoView {
    let (state, fitting, shown, open) = (state(), fitting(), shown(), opened(SECTION));
    let job = Job::new(move || -> Option<(Arc<Rows>, String)> {
        let done = fitting.result.get().filter(|_| open.get() && !fitting.is_behind())?;
        // No more than a quarter of the runs may be left out.
        let most = MOST.min(done.outcome.fitted.runs / 4);
        let question = state.study.with(|study| study.diagnose(done.rows.json(), most))?;
        Some((done.rows, question))
    });
    let found = Found::by(job, |rows: &Arc<Rows>, answer| Some((rows.clone(), Influence::read(answer)?)));
    let finding = found.says(move |(rows, influence)| {
        let (budget, plan) = shown.plan.get()?;
        let budget = read(&budget, Unit::Flops).ok()?.shown().to_string();
        influence.says(rows, plan.size(), &budget)
    });
    let body = move |()| {
        let called = (INFLUENCE, "isoflop-influence");
        let chart = |(rows, influence): &(Arc<Rows>, Influence)| influence.chart(rows);
        view! {
            <div class="two">
                {found.figure(SECTION, called, chart, move |found| Some(chart(found)?.summary))}
                <Quantiles/>
                <Bounded/>
                <Refits/>
            </div>
        }
        .into_any()
    };
    view! { <Disclosure section=SECTION finding standing=job.standing working="Leaving runs out" body/> }
}

#[component]
fn Quantiles() -> impl IntoView {
    let shown = shown();
    let chart = Memo::new(move || {
        shown.predicted.with(|predicted| {
            let predicted = predicted.as_ref()?;
            quantiles(&predicted.rows, &predicted.losses).map(Arc::new)
        })
    });
    let says = move || chart.with(|chart| chart.as_ref().map(|chart| chart.summary.clone()));
    view! { <Figure title=QUANTILES file="isoflop-quantiles" chart notes=notes(SECTION) says=says.into_any()/> }
}

/// The names of what a fit found, for lists.
fn choices(names: impl Iterator<Item = (String, String)>) -> Vec<Choice> {
    names.map(|(value, name)| Choice::new(&value, &name)).collect()
}

/// The profile of a parameter, or of what is decided.
#[component]
fn Bounded() -> impl IntoView {
    let (state, fitting, drawing, shown) = (state(), fitting(), drawing(), shown());
    let open = opened(SECTION);
    let all = Memo::new(move || fitting.result.with(|done| done.as_ref().map(profiled)).unwrap_or_default());
    let wanted = RwSignal::new(None::<Of>);
    let of = Memo::new(move || {
        let wanted = wanted.get();
        all.with(|all| all.iter().find(|of| wanted.as_ref() == Some(of)).or_else(|| all.first()).cloned())
    });
    let job = Job::new(move || -> Option<(Of, String)> {
        let done = fitting.result.get().filter(|_| open.get() && !fitting.is_behind())?;
        let of = of.get()?;
        let question = state.study.with(|study| {
            study.budget().ok()?;
            study.profile(done.rows.json(), of.json(&study.budget))
        })?;
        Some((of, question))
    });
    let found = Memo::new(move || job.good(|of: &Of, answer| Some((of.clone(), Profile::read(answer)?))));
    let chart = Memo::new(move || {
        found.with(|found| found.as_ref().and_then(|(of, profile)| profile.chart(of)).map(Arc::new))
    });
    let says = move || {
        let refits = |of: &Of| match of {
            Of::Parameter(name) => drawing.own.get()?.interval(name),
            decided => shown.plan.get()?.1.intervals.get(decided.key()).copied(),
        };
        found.with(|found| {
            let (of, profile) = found.as_ref()?;
            Some(rich(&profile.says(of, refits(of))))
        })
    };
    let listed = Memo::new(move || {
        all.with(|all| choices(all.iter().enumerate().map(|(at, of)| (at.to_string(), of.name()))))
    });
    let chosen = Memo::new(move || {
        let of = of.get();
        all.with(|all| all.iter().position(|known| Some(known) == of.as_ref())).unwrap_or(0).to_string()
    });
    let choose = move |at: String| {
        wanted.set(all.with_untracked(|all| all.get(at.parse::<usize>().ok()?).cloned()));
    };
    let complaint = Memo::new(|| None::<String>);
    let standing = job.standing;
    view! {
        <div class:behind=move || standing.is_behind()>
            <Figure title=PROFILE file="isoflop-profile" chart notes=notes(SECTION) says=says.into_any()/>
            <div class="choices">
                <ChoiceField id="profile-of" name="Profile of" choices=listed chosen choose complaint/>
            </div>
            <StandingRow standing name="Profiling"/>
        </div>
    }
}

/// What a fit can be profiled by: what is free, and what it decides.
fn profiled(done: &Done) -> Vec<Of> {
    let free = |name: &str| !done.study.is_fixed(name);
    let mut inputs: Vec<&str> = done.law.inputs.iter().map(|input| input.name.as_str()).collect();
    inputs.sort_unstable();
    let values = done.outcome.values();
    Of::all(values.iter().map(|(name, _)| *name).filter(|name| free(name)), inputs == ["D", "N"])
}

/// The refits, as dots over two parameters.
#[component]
fn Refits() -> impl IntoView {
    let (fitting, drawing) = (fitting(), drawing());
    let names = Memo::new(move || {
        let values = fitting.result.with(|done| {
            done.as_ref().map(|done| {
                done.outcome.values().into_iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
            })
        });
        values.unwrap_or_default()
    });
    let wanted = [RwSignal::new(None::<String>), RwSignal::new(None::<String>)];
    // At first those that the fit is most about: exponents, or else the first two.
    let at = move |side: usize| {
        names.with(|names| {
            let known = |name: &String| names.iter().position(|other| other == name);
            let usual = [known(&"alpha".to_owned()), known(&"beta".to_owned())];
            wanted[side]
                .get()
                .as_ref()
                .and_then(known)
                .or(usual[side])
                .unwrap_or(side.min(names.len().saturating_sub(1)))
        })
    };
    let chart = Memo::new(move || {
        let draws = drawing.own.get()?;
        let pair = names.with(|names| Some([names.get(at(0))?.clone(), names.get(at(1))?.clone()]))?;
        let estimate = fitting.result.with(|done| {
            let values = done.as_ref()?.outcome.values();
            let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
            Some((value(&pair[0])?, value(&pair[1])?))
        })?;
        cloud(&draws, pair.each_ref().map(String::as_str), estimate).map(Arc::new)
    });
    let says = move || {
        let said = chart.with(|chart| chart.as_ref().map(|chart| chart.summary.clone()));
        said.unwrap_or_else(|| "Once there are refits, each is a dot here.".to_owned())
    };
    let listed = Memo::new(move || {
        names.with(|names| {
            choices(names.iter().map(|name| (name.clone(), crate::web::fit::outcome::letter(name))))
        })
    });
    let complaint = Memo::new(|| None::<String>);
    let field = move |side: usize, id: &'static str, name: &'static str| {
        let chosen = Memo::new(move || names.with(|names| names.get(at(side)).cloned()).unwrap_or_default());
        let choose = move |name: String| wanted[side].set(Some(name));
        view! { <ChoiceField id name choices=listed chosen choose complaint/> }.into_any()
    };
    view! {
        <div>
            <Figure title=CLOUD file="isoflop-refits" chart notes=notes(SECTION) says=says.into_any()/>
            <div class="choices">
                {field(0, "refits-across", "Across")}
                {field(1, "refits-up", "Up")}
            </div>
        </div>
    }
}
