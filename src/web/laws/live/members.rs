//! The members of families: named, added and taken away.

use leptos::prelude::*;

use crate::web::laws::members::{self, Change, Lists};
use crate::web::ui::browser;
use crate::web::ui::lean::Memo;
use crate::web::ui::quantity_field::focus;

/// A list for each group of families that share members.
#[component]
pub fn MemberLists(
    /// The families of each group.
    groups: Memo<Vec<Vec<String>>>,
    lists: Memo<Lists>,
    /// What the reader does to the list of a group.
    #[prop(into)]
    change: Callback<(usize, Change)>,
) -> impl IntoView {
    let count = Memo::new(move || groups.with(Vec::len));
    move || (0..count.get()).map(|group| list(group, groups, lists, change)).collect_view().into_any()
}

fn list(
    group: usize,
    groups: Memo<Vec<Vec<String>>>,
    lists: Memo<Lists>,
    change: Callback<(usize, Change)>,
) -> AnyView {
    let typed = Memo::new(move || lists.with(|lists| lists.typed.get(group).cloned().unwrap_or_default()));
    let count = Memo::new(move || typed.with(Vec::len));
    let wrong = Memo::new(move || typed.with(|typed| members::complaint(typed)));
    let says = move || {
        wrong.get().unwrap_or_else(|| {
            groups
                .with(|groups| groups.get(group).map(|families| members::says(families)).unwrap_or_default())
        })
    };
    let add = move |_| {
        let at = count.get_untracked();
        change.run((group, Change::Add));
        browser::later(0, move || focus(&id(group, at)));
    };
    view! {
        <div class="members" role="group" aria-labelledby=format!("members-{group}")>
            <div class="name"><span id=format!("members-{group}")>"Members"</span></div>
            <ul>
                {move || (0..count.get()).map(|at| member((group, at), typed, wrong, change)).collect_view()}
                <li><button type="button" class="act" on:click=add>"Add a member"</button></li>
            </ul>
            <p
                class="echo"
                class:bad=move || wrong.with(Option::is_some)
                id=format!("members-{group}-echo")
                aria-live="polite"
            >
                {move || says()}
            </p>
        </div>
    }
    .into_any()
}

fn id(group: usize, at: usize) -> String {
    format!("member-{group}-{at}")
}

fn member(
    (group, at): (usize, usize),
    typed: Memo<Vec<String>>,
    wrong: Memo<Option<String>>,
    change: Callback<(usize, Change)>,
) -> AnyView {
    let name = Memo::new(move || typed.with(|typed| typed.get(at).cloned().unwrap_or_default()));
    let write = move |event| change.run((group, Change::Name(at, event_target_value(&event))));
    let remove = move |_| {
        change.run((group, Change::Remove(at)));
        browser::later(0, move || focus(&id(group, at.saturating_sub(1))));
    };
    view! {
        <li>
            <input
                type="text"
                id=id(group, at)
                aria-label=format!("Member {}", at + 1)
                aria-invalid=move || wrong.with(Option::is_some).then(|| "true".to_owned())
                aria-describedby=format!("members-{group}-echo")
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=move || name.get()
                on:input=write
            />
            <button type="button" class="act" on:click=remove>
                "Remove" <span class="unseen">" " {move || name.get()}</span>
            </button>
        </li>
    }
    .into_any()
}
