//! The line that says what runs, how far it has come, and what can be done about it.

use leptos::html;
use leptos::prelude::*;

use super::running::{Status, running};
use crate::units::{Unit, show, whole};
use crate::web::frontier::gpu::Gpu;
use crate::web::frontier::size::lasting;
use crate::web::ui::lean::Memo;
use crate::web::ui::pool;
use crate::web::ui::rich::rich;
use crate::web::words;

#[component]
pub fn EngineLine() -> impl IntoView {
    let running = running();
    let progress = Memo::new(move || running.progress());
    let is_under_way = Memo::new(move || {
        running.status.with(|status| matches!(status, Status::Beginning | Status::Running))
    });
    let refusal = Memo::new(move || {
        running.refusal.with(|refusal| refusal.as_ref().map(|why| words::refusal(&why.message, &why.at)))
    });
    let says = move || {
        let (done, of) = progress.get();
        let entries = running.with(|asked, _, _| asked.sweep.entries).unwrap_or(1);
        match running.status.get() {
            Status::Nothing => refusal.get().unwrap_or_default(),
            Status::Refused(why) => why,
            Status::Beginning => "Beginning.".to_owned(),
            Status::Waiting(seconds) => format!("This sweep takes about {}.", lasting(seconds)),
            Status::Running => format!("Sweeping, {} of {} points.", whole(done as f64), whole(of as f64)),
            Status::Halted => {
                format!(
                    "Cancelled after {} of {} points; they are kept.",
                    whole(done as f64),
                    whole(of as f64)
                )
            }
            Status::Done(seconds, by) => {
                let optima = show(of as f64 * entries as f64, Unit::Parameters).number();
                by.done(&whole(of as f64), &optima, seconds) + &running.gpu.with(Gpu::says)
            }
        }
    };
    let is_bad = move || {
        refusal.with(Option::is_some) || running.status.with(|status| matches!(status, Status::Refused(_)))
    };
    // One button, so that who has pressed it is still at it when it does something else.
    let button = NodeRef::<html::Button>::new();
    let verb = move || match running.status.get() {
        Status::Beginning | Status::Running => Some("Cancel"),
        Status::Waiting(_) => Some("Run"),
        Status::Halted => Some("Go on"),
        Status::Done(..) => Some("Run again"),
        _ => None,
    };
    let act = move |_| match running.status.get_untracked() {
        Status::Beginning | Status::Running => running.halt(),
        Status::Done(..) => running.run_again(),
        _ => running.run(),
    };
    // The engine that it is not run by.
    let other = move || {
        let offers = running
            .status
            .with(|status| matches!(status, Status::Waiting(_) | Status::Halted | Status::Done(..)));
        let other = running.gpu.with(|gpu| match gpu {
            Gpu::Failed { .. } => None,
            gpu if gpu.is_alone() => Some(("Run on workers", Gpu::Unwanted)),
            _ => Some(("Run on WebGPU", Gpu::Wanted)),
        });
        other.filter(|_| offers && pool::has_gpu())
    };
    let by_other = move |_| {
        if let Some((_, gpu)) = untrack(other) {
            // It is hidden now.
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
            running.run_by(gpu);
        }
    };
    view! {
        <div class="engine">
            <progress
                aria-label="Sweep"
                hidden=move || !is_under_way.get()
                value=move || progress.get().0.to_string()
                max=move || progress.get().1.max(1).to_string()
            ></progress>
            <span class:bad=is_bad>{move || rich(&says())}</span>
            <button type="button" class="act" node_ref=button hidden=move || verb().is_none() on:click=act>
                {move || verb().unwrap_or_default()}
            </button>
            <button type="button" class="act" hidden=move || other().is_none() on:click=by_other>
                {move || other().map(|(verb, _)| verb).unwrap_or_default()}
            </button>
            <Aloud/>
        </div>
    }
}

/// What came of a sweep, for those who listen: only its end, or that it waits.
#[component]
fn Aloud() -> impl IntoView {
    let running = running();
    let said = Memo::new(move || match running.status.get() {
        Status::Done(seconds, _) => format!("The sweep is done, in {}.", lasting(seconds)),
        Status::Waiting(seconds) => {
            format!("The sweep waits to be run; it takes about {}.", lasting(seconds))
        }
        Status::Refused(why) => why,
        Status::Nothing | Status::Beginning | Status::Running | Status::Halted => String::new(),
    });
    view! { <span class="unseen" role="status">{move || said.get()}</span> }
}
