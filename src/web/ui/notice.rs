//! One line under the bar: the weightiest of what there is to say.

use leptos::prelude::*;

use super::copy_button::CopyButton;
use super::lean::{Memo, RwSignal};
use super::mishaps::{Unkept, mishaps};
use super::offline;
use super::store::store;
use crate::web::{link, words};

/// What there is to say; on a first visit, where nothing is wrong, what the page is about.
#[component]
pub fn Notice(
    /// Decided once: with the first change it is gone, and leaves its place, so that nothing moves.
    first_visit: bool,
) -> impl IntoView {
    let mishaps = mishaps();
    let dismissed = RwSignal::new(false);
    let line = move || {
        let trouble = mishaps.trouble.get();
        if let Some(report) = trouble.fault {
            return view! { <Fault report/> }.into_any();
        }
        if !trouble.damaged.is_empty() {
            let parts = words::some_of(&trouble.damaged);
            let text = format!("Part of this link could not be read ({parts}). The rest is open.");
            let close = move |()| mishaps.trouble.update(|trouble| trouble.damaged.clear());
            return view! { <Line text close/> }.into_any();
        }
        if let Some(version) = trouble.version {
            let text = format!(
                "This link was made by Isoflop {version}; this is {}. Its numbers may differ.",
                link::VERSION
            );
            let close = move |()| mishaps.trouble.update(|trouble| trouble.version = None);
            return view! { <Line text close/> }.into_any();
        }
        let unkept = match trouble.unkept {
            Some(Unkept::BeyondTab) => {
                "This browser has no room left; what you do now is kept only in this tab."
            }
            Some(Unkept::AtAll) => {
                "This browser keeps nothing of this page: what you do is lost when it is left."
            }
            Some(Unkept::Known) | None => "",
        };
        if !unkept.is_empty() {
            return view! { <Line text=unkept.to_owned() close=move |()| mishaps.unkept_is_known()/> }
                .into_any();
        }
        if trouble.newer {
            return view! { <Newer/> }.into_any();
        }
        if trouble.away {
            let text = "You are offline. Everything here works; links you copy will open for others once you are back.";
            let close = move |()| mishaps.away(false);
            return view! { <Line text=text.to_owned() close/> }.into_any();
        }
        if first_visit && !dismissed.get() {
            return view! { <FirstVisit dismissed/> }.into_any();
        }
        ().into_any()
    };
    view! { {move || line()} }
}

#[component]
fn FirstVisit(dismissed: RwSignal<bool>) -> impl IntoView {
    let known = store().known;
    view! {
        <aside class="notice first" class:gone=move || known.get() aria-label="Notice">
            <p>
                <span>
                    "This is the plan for Chinchilla’s own budget. Change the budget to make it yours, or "
                    <a href="#runs">"fit a law to your runs"</a> "."
                </span>
                <button type="button" class="close" aria-label="Dismiss" on:click=move |_| dismissed.set(true)>
                    "×"
                </button>
            </p>
        </aside>
    }
}

#[component]
fn Line(text: String, #[prop(into)] close: Callback<()>) -> impl IntoView {
    view! {
        <aside class="notice" aria-label="Notice">
            <p role="status">
                <span>{text}</span>
                <button type="button" class="close" aria-label="Dismiss" on:click=move |_| close.run(())>
                    "×"
                </button>
            </p>
        </aside>
    }
}

#[component]
fn Newer() -> impl IntoView {
    view! {
        <aside class="notice" aria-label="Notice">
            <p role="status">
                <span>
                    "A new version is ready. Your work is kept. "
                    <button type="button" class="act" on:click=move |_| offline::take_over()>"Reload now"</button>
                </span>
            </p>
        </aside>
    }
}

#[component]
fn Fault(report: String) -> impl IntoView {
    let mishaps = mishaps();
    view! {
        <aside class="notice" aria-label="Notice">
            <p role="alert">
                <span>
                    "The calculation stopped because of a fault in Isoflop. Your input is kept. "
                    <button type="button" class="act" on:click=move |_| mishaps.try_again()>"Try again"</button>
                    <CopyButton text=Memo::new(move || report.clone()) name="Copy the report"/>
                </span>
            </p>
        </aside>
    }
}
