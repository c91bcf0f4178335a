//! The dialog in which work is kept, opened, exported and imported.

use leptos::html;
use leptos::prelude::*;
use web_sys::SubmitEvent;

use super::browser::{self, Place};
use super::lean::RwSignal;
use super::mishaps::{Mishaps, mishaps};
use super::quantity_field::focus;
use super::store::{QUESTION, RUNS};
use super::tabs;
use crate::web::laws::kept::KEPT as LAWS;
use crate::web::link::VERSION;
use crate::web::works::{self, Imported, KEPT, Work, Works};

/// The field of the name to keep work under.
const NAME: &str = "keep-name";

/// The dialog, which [`show`](Keeping::show) opens.
#[derive(Clone, Copy)]
pub struct Keeping {
    dialog: NodeRef<html::Dialog>,
    kept: RwSignal<Works>,
    /// What closed tabs have left, by the names that it is kept under.
    left: RwSignal<Vec<(String, Work)>>,
    /// What came of the last act.
    said: RwSignal<String>,
    /// What the last act took away, as long as what it said stands.
    before: RwSignal<Option<Before>>,
    /// What brings it back.
    undo: NodeRef<html::Button>,
    mishaps: Mishaps,
}

/// What was taken away, and nothing else: another tab may change the rest before it is brought back.
#[derive(Clone, PartialEq)]
enum Before {
    /// Work that was kept.
    Kept(Work),
    /// What closed tabs had left.
    Left(Vec<(String, Work)>),
}

fn kept() -> Works {
    Works::read(&browser::kept(Place::Reader, KEPT).unwrap_or_default())
}

impl Keeping {
    /// One that is closed.
    pub fn new() -> Self {
        Self {
            dialog: NodeRef::new(),
            kept: RwSignal::new(Works::default()),
            left: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
            before: RwSignal::new(None),
            undo: NodeRef::new(),
            mishaps: mishaps(),
        }
    }

    /// Opens it on what is kept now.
    pub fn show(self) {
        self.kept.set(kept());
        self.say("", None);
        self.list_left();
        if let Some(dialog) = self.dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    }

    fn list_left(self) {
        tabs::closed(move |left| self.left.set(left));
    }

    /// Says what came of an act, and offers to bring back what it took away, but no more what one before it did.
    fn say(self, said: &str, before: Option<Before>) {
        self.said.set(said.to_owned());
        self.before.set(before);
    }

    /// Changes what is kept. Another tab may have kept something since.
    fn change(self, change: impl FnOnce(&mut Works)) -> bool {
        let mut works = kept();
        change(&mut works);
        let worked = browser::keep(Place::Reader, KEPT, Some(&works.write()));
        if worked {
            self.kept.set(works);
        } else {
            self.lacks_room();
        }
        worked
    }

    fn lacks_room(self) {
        // A browser that keeps anything keeps something of every visit.
        let keeps_nothing = browser::names(Place::Reader).is_empty();
        let said = if keeps_nothing {
            "This browser keeps nothing: export it as a file."
        } else {
            "This browser has no room left: export everything, then remove some work."
        };
        self.say(said, None);
        self.mishaps.room(false);
    }

    /// Says what was removed, and offers to bring it back. The button that was pressed is gone with it.
    fn removed(self, what: &str, before: Option<Before>) {
        self.say(&format!("{what} was removed."), before);
        request_animation_frame(move || match self.undo.get_untracked() {
            Some(undo) => _ = undo.focus(),
            None => focus(NAME),
        });
    }

    fn keep(self, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            return self.say("Expected a name for it.", None);
        }
        let mut earlier = None;
        if self.change(|works| earlier = works.keep(tabs::held(name))) {
            let said = if earlier.is_some() { "Kept in the place of the earlier one." } else { "Kept." };
            self.say(said, earlier.map(Before::Kept));
        }
    }

    fn remove(self, name: &str) {
        let mut removed = None;
        if self.change(|works| removed = works.remove(name)) {
            self.removed(name, removed.map(Before::Kept));
        }
    }

    /// Removes what some closed tabs have left.
    fn forget(self, is_meant: impl Fn(&str) -> bool) {
        let (meant, left): (Vec<_>, Vec<_>) =
            self.left.get_untracked().into_iter().partition(|(name, _)| is_meant(name));
        for (name, _) in &meant {
            tabs::forget(name);
        }
        self.left.set(left);
        let what = if meant.len() == 1 { "What a tab had left" } else { "What the tabs had left" };
        self.removed(what, Some(Before::Left(meant)));
    }

    fn undo(self) {
        let Some(before) = self.before.get_untracked() else { return };
        let worked = match &before {
            Before::Kept(work) => self.change(|works| _ = works.keep(work.clone())),
            Before::Left(left) => {
                let worked = tabs::remember(left);
                self.list_left();
                if !worked {
                    self.lacks_room();
                }
                worked
            }
        };
        if worked {
            self.say("It is back.", None);
            focus(NAME);
        } else {
            // There may be room for it later.
            self.before.set(Some(before));
        }
    }

    fn open(self, work: &Work) {
        if !tabs::open_work(work) {
            self.say("This browser has no room left to open it in this tab.", None);
        }
    }

    fn import(self, text: &str) {
        let Imported { works: all, laws, version } = match works::import(text) {
            Ok(read) => read,
            Err(why) => return self.say(&why, None),
        };
        let count = all.len();
        let stands = browser::kept(Place::Reader, LAWS).unwrap_or_default();
        let with_laws = works::with_laws(&stands, &laws);
        if !self.change(|works| all.into_iter().for_each(|work| works.add(work))) {
            return;
        }
        if !browser::keep(Place::Reader, LAWS, Some(&with_laws)) {
            return self.lacks_room();
        }
        let kinds = if count == 1 { "one piece of work" } else { &*format!("{count} pieces of work") };
        let made_by = version.map_or(String::new(), |by| format!("; it was made by Isoflop {by}"));
        self.say(&format!("Imported {kinds}, and laws as far as the file has some{made_by}."), None);
    }
}

/// Saves everything as one file, what other tabs have left too.
pub fn export() {
    let named = |(_, work): (String, Work)| {
        let name = dated(work.page_name(), &when(work.when));
        Work { name, ..work }
    };
    let others = tabs::others().into_iter().map(named);
    let mut tabs: Vec<Work> = std::iter::once(tabs::held("This tab")).chain(others).collect();
    tabs.retain(|tab| !tab.parts.is_empty());
    let laws = browser::kept(Place::Reader, LAWS).unwrap_or_default();
    let file = works::export(VERSION, &kept(), &tabs, &laws);
    browser::save("isoflop.json", "application/json", &file.into());
}

/// A name and a date, where one is known.
fn dated(name: &str, at: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{name}, {at}") }
}

/// When it was, as people here write it; nothing where that is not known.
fn when(when: f64) -> String {
    if when == 0.0 {
        return String::new();
    }
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    js_sys::Date::new(&when.into()).to_locale_string("en-GB", &options).into()
}

#[component]
pub fn KeepDialog(keeping: Keeping) -> impl IntoView {
    let Keeping { dialog, kept, left, said, before, undo, .. } = keeping;
    let name = NodeRef::<html::Input>::new();
    let file = NodeRef::<html::Input>::new();
    let keep = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(name) = name.get_untracked() {
            keeping.keep(&name.value());
        }
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let choose = move |_| {
        if let Some(file) = file.get_untracked() {
            file.click();
        }
    };
    let chosen = move |_| {
        let Some(input) = file.get_untracked() else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        leptos::task::spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
            keeping.import(&text.ok().and_then(|text| text.as_string()).unwrap_or_default());
        });
        // So that choosing the same file again is a change.
        input.set_value("");
    };
    let row = move |work: Work, remove: Box<dyn Fn()>| {
        let name = if work.name.is_empty() { work.in_words(QUESTION, RUNS) } else { work.name.clone() };
        let at = when(work.when);
        view! {
            <tr>
                <th scope="row">
                    <button type="button" class="act" on:click=move |_| keeping.open(&work)>{name.clone()}</button>
                </th>
                <td>{at.clone()}</td>
                <td class="figure">
                    <button type="button" class="act" on:click=move |_| remove()>
                        "Remove" <span class="unseen">" " {dated(&name, &at)}</span>
                    </button>
                </td>
            </tr>
        }
        .into_any()
    };
    let rows = move || {
        let row = |work: Work| {
            let name = work.name.clone();
            row(work, Box::new(move || keeping.remove(&name)))
        };
        let rows: Vec<AnyView> = kept.get().all.into_iter().map(row).collect();
        (!rows.is_empty()).then(|| view! { <table><tbody>{rows}</tbody></table> }.into_any())
    };
    let left_rows = move || {
        let row =
            |(name, work): (String, Work)| row(work, Box::new(move || keeping.forget(|known| known == name)));
        let rows: Vec<AnyView> = left.get().into_iter().map(row).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <table>
                    <caption>"From tabs that were closed"</caption>
                    <tbody>{rows}</tbody>
                </table>
                <p class="acts">
                    <button type="button" class="act" on:click=move |_| keeping.forget(|_| true)>
                        "Remove all that closed tabs have left"
                    </button>
                </p>
            }
            .into_any()
        })
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="keep">
            <h2 id="keep">"Keep and open"</h2>
            <form on:submit=keep>
                <label for=NAME>"Keep this work as"</label>
                <div class="with">
                    <input type="text" id=NAME node_ref=name autocomplete="off" aria-describedby="keep-said"/>
                    <button type="submit" class="button">"Keep"</button>
                </div>
            </form>
            <p class="echo" id="keep-said" role="status">
                {move || said.get()}
                {move || before.with(Option::is_some).then(|| view! {
                    " "
                    <button type="button" class="act" node_ref=undo on:click=move |_| keeping.undo()>"Undo"</button>
                }.into_any())}
            </p>
            {move || rows()}
            {move || left_rows()}
            <p class="acts">
                <button type="button" class="act" on:click=move |_| export()>"Export everything"</button>
                <button type="button" class="act" on:click=choose>"Import a file…"</button>
                <input type="file" hidden tabindex="-1" aria-hidden="true" node_ref=file on:change=chosen/>
            </p>
            <p class="acts"><button type="button" class="button" on:click=close>"Close"</button></p>
        </dialog>
    }
}
