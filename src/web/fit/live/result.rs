//! How the fit stands, and what it says.

use leptos::prelude::*;

use super::decision::{Budget, decision_rows};
use super::drawing::drawing;
use super::fitting::{Done, fitting};
use super::shown::{rows, shown};
use super::state::state;
use crate::outcome::{Termination, Warning};
use crate::web::fit::outcome::{Estimate, Outcome, Way, decision, estimates};
use crate::web::maths;
use crate::web::reading::Plan;
use crate::web::ui::caveats::caveat;
use crate::web::ui::certificate::Certificate;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::progress::ProgressRow;
use crate::web::ui::rich::rich;
use crate::web::ui::runs::runs;
use crate::web::ui::verdict::Verdict;
use crate::web::words::{self, Caveat};

#[component]
pub fn ResultSection() -> impl IntoView {
    let (fitting, drawing, runs, rows) = (fitting(), drawing(), runs(), rows());
    let unusable = move || {
        let none = rows.with(Option::is_none);
        runs.read.with(|read| read.as_ref().filter(|_| none).and_then(|read| read.table.sent().err()))
    };
    let complaint = move || {
        let refused = fitting
            .standing
            .refusal
            .get()
            .or_else(|| drawing.refusal.get())
            .map(|refusal| words::refusal(&refusal.message, &refusal.at));
        unusable().map(|error| words::sentence_case(&error.to_string())).or(refused).unwrap_or_default()
    };
    let warnings =
        move || runs.read.with(|read| read.as_ref().map(|read| read.table.warnings()).unwrap_or_default());
    let warning =
        |warning: Warning| view! { <p class="echo">{words::sentence_case(&warning.message)}</p> }.into_any();
    let done = Memo::new(move || fitting.result.get());
    // What is shown fades once the next answer is late, or is none.
    let faded = Memo::new(move || {
        fitting.is_behind()
            && (fitting.standing.late.get()
                || fitting.standing.refusal.with(Option::is_some)
                || fitting.standing.halted.get()
                || fitting.question.with(Option::is_none))
    });
    // What is chosen now has no fit.
    let of_the_last = move || {
        let law = done.with(|done| done.as_ref().map(|done| done.law.name.clone()))?;
        let other = fitting.standing.refusal.with(Option::is_some) || fitting.question.with(Option::is_none);
        (other && faded.get()).then(|| format!("Below stands the last fit, of {law}."))
    };
    let running = move || {
        let cancel = move |()| fitting.standing.cancel();
        let row =
            || view! { <ProgressRow progress=fitting.standing.progress name="Fitting" cancel/> }.into_any();
        fitting.standing.late.get().then(row)
    };
    let halted = move || {
        let says = if done.with(Option::is_some) { "Cancelled. The last fit stays. " } else { "Cancelled. " };
        let note = || {
            view! {
                <p class="echo" role="status">
                    {says} <button type="button" class="act" on:click=move |_| fitting.standing.start()>"Fit again"</button>
                </p>
            }
            .into_any()
        };
        fitting.standing.halted.get().then(note)
    };
    view! {
        <section class="result" aria-label="Result of the fit">
            <p class="echo bad complaint" id="fit-error" role="status">{move || complaint()}</p>
            {move || running()}
            {move || halted()}
            {move || of_the_last().map(|says| view! { <p class="echo">{says}</p> }.into_any())}
            <div class:behind=move || faded.get()>
                {move || done.get().map(|done| view! { <Found done/> }.into_any())}
            </div>
            {move || warnings().into_iter().map(warning).collect_view().into_any()}
            <DrawsRow/>
        </section>
    }
}

#[component]
fn Found(done: Done) -> impl IntoView {
    let Done { outcome, law, .. } = done.clone();
    let outputs: Vec<&str> = law.outputs.iter().map(|output| output.name.as_str()).collect();
    let math = maths::display(&maths::equation(&outputs, &law.formula), &outcome.values());
    let shown = shown();
    let caveats = Memo::new(move || shown.plan.get().map(|(_, plan)| about(plan)).unwrap_or_default());
    let through = outcome.interpolated.map(|count| {
        let runs = if count == 1 { "one run".to_owned() } else { format!("{count} runs") };
        view! { <p class="echo">{format!("The fitted law goes through {runs}.")}</p> }.into_any()
    });
    let converged = outcome.fitted.termination == Termination::Converged;
    let ways = (!converged).then(|| view! { <Ways outcome=outcome.clone()/> }.into_any());
    view! {
        <Verdict fitted=outcome.fitted.clone()/>
        {ways}
        <div class="formula numbers" tabindex="0" role="group" aria-label="The law with its values" inner_html=math></div>
        <Certificate fitted=outcome.fitted/>
        {through}
        <Estimates done/>
        <Budget/>
        <div class="caveats">{move || caveats.get().into_iter().map(caveat).collect_view().into_any()}</div>
    }
}

/// What to know about what is decided. How many draws are left out stands under the estimates.
fn about(mut plan: Plan) -> Vec<Caveat> {
    plan.warnings.retain(|warning| warning.code != "draws.left_out");
    words::caveats(&plan)
}

/// Ways to ask less of the runs, where they do not decide all that is asked.
#[component]
fn Ways(outcome: Outcome) -> impl IntoView {
    let state = state();
    let ways = move || state.study.with(|study| outcome.ways(study));
    let button = move |way: Way| {
        let name = way.name();
        let take = move |_| state.choose(|study| way.take(study));
        view! { <button type="button" class="act" on:click=take>{name}</button> }.into_any()
    };
    view! { <p class="acts">{move || ways().into_iter().map(button).collect_view().into_any()}</p> }
}

#[component]
fn Estimates(done: Done) -> impl IntoView {
    let (drawing, shown) = (drawing(), shown());
    let study = done.study;
    let outcome = done.outcome;
    // Until there are new draws the old ones stay, at half strength.
    let draws = Memo::new(move || drawing.band.get().map(|band| band.draws));
    let old = Memo::new(move || drawing.own.get().is_none());
    let rows = move || {
        let derived = shown.derived.get();
        draws.with(|draws| estimates(&outcome, draws.as_deref(), &derived, &study))
    };
    let decided = move || decision_rows(shown);
    let row = move |yours: bool| {
        move |row: Estimate| {
            let titled = row.titled();
            let [low, high] = row.ends.unwrap_or_default();
            view! {
                <tr class:yours=yours>
                    <th scope="row">{if yours { rich(&titled) } else { view! { <var>{row.name}</var> }.into_any() }}</th>
                    <td class="figure">{rich(&row.value)}</td>
                    <td class="figure end">{rich(&low)}</td>
                    <td class="figure end">{rich(&high)}</td>
                    <td class="faint">{row.remark}</td>
                </tr>
            }
            .into_any()
        }
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Estimates">
            <table class="estimates" class:old=move || old.get()>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col" class="figure">"Estimate"</th>
                        <th scope="col" class="figure">"5\u{a0}%"</th>
                        <th scope="col" class="figure">"95\u{a0}%"</th>
                        <th scope="col">"Remark"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || rows().into_iter().map(row(false)).collect_view().into_any()}
                    {move || {
                        let (at, rows) = decided()?;
                        let head = view! {
                            <tr class="yours">
                                <th scope="rowgroup" colspan="5">"At " {rich(&at)}</th>
                            </tr>
                        };
                        Some(view! { {head} {rows.into_iter().map(row(true)).collect_view()} }.into_any())
                    }}
                </tbody>
            </table>
        </div>
    }
}

/// How the draws stand: under way, cancelled, or there. A line that is always there.
#[component]
fn DrawsRow() -> impl IntoView {
    let (drawing, shown) = (drawing(), shown());
    let is_drawing = Memo::new(move || drawing.progress.with(Option::is_some));
    let so_far = move || {
        let plan = shown.plan.get()?.1;
        let size = decision(&plan).into_iter().next()?;
        let [low, high] = size.ends?;
        Some(format!("So far: {}, 90\u{a0}%: {low} to {high}.", size.value))
    };
    let progress: RwSignal<Option<crate::web::message::Progress>> = drawing.progress;
    let running = move || {
        let cancel = move |()| drawing.cancel();
        view! {
            <ProgressRow progress name="Refitting" cancel/>
            <p class="echo">{move || so_far().map(|says| rich(&says))}</p>
        }
        .into_any()
    };
    let stopped = move || {
        let count = drawing.cancelled.get()?;
        let says = format!("Cancelled after {count} draws; they are kept. ");
        Some(view! {
            <p class="echo" role="status">
                {says} <button type="button" class="act" on:click=move |_| drawing.resume()>"Go on"</button>
            </p>
        }
        .into_any())
    };
    let told = move || {
        let draws = drawing.own.get()?;
        let failed = match draws.failed {
            0 => String::new(),
            1 => "; 1 has no certified optimum and is left out".to_owned(),
            failed => format!("; {failed} have no certified optimum and are left out"),
        };
        let says = format!("5 and 95\u{a0}% of {} refits{failed}.", crate::units::whole(draws.len() as f64));
        Some(view! { <p class="echo">{says}</p> }.into_any())
    };
    view! {
        <div class="drawing">
            {move || if is_drawing.get() { Some(running()) } else { stopped().or_else(|| told()) }}
        </div>
    }
}
