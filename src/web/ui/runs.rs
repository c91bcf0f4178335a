//! The reader's own runs: a place to put them, then the table and the fit.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{DragEvent, File};

use super::browser;
use super::drop_zone::{ChooseFile, DropZone};
use super::fit::{FitPanel, fitting};
use super::lean::{Memo, RwSignal};
use super::runs_table::RunsTable;
use super::store::store;
use crate::runs::{RunsError, Table};
use crate::web::question::Runs;
use crate::web::words;

/// The runs as they were read, with all that was chosen about them.
#[derive(Clone)]
pub struct Read {
    runs: Runs,
    /// The table.
    pub table: Arc<Table>,
}

impl PartialEq for Read {
    fn eq(&self, other: &Self) -> bool {
        self.runs == other.runs
    }
}

/// The reader's runs, and what is wrong with the last thing that was put in their place.
#[derive(Clone, Copy)]
pub struct ReadersRuns {
    /// The table, if there is one.
    pub read: Memo<Option<Read>>,
    /// Why what was put in is no table, in a sentence.
    pub error: Memo<Option<String>>,
    /// Why a file that is no text was not taken.
    pub refused: RwSignal<Option<String>>,
    /// The runs as they came, with all that was chosen about them.
    pub kept: Memo<Option<Runs>>,
    write: Callback<Option<Runs>>,
}

/// Reads the runs that are part of the Plan's question.
pub fn provide_of_plan() {
    let store = store();
    let kept = Memo::new(move || store.with(|question| question.runs.clone()));
    provide(kept, move |runs| store.act(|question| question.runs = runs));
}

/// Reads the runs, for all of the page, and lets them be dropped and pasted anywhere on it. `write` hears what has
/// become of them.
pub fn provide(kept: Memo<Option<Runs>>, write: impl Fn(Option<Runs>) + Send + Sync + 'static) {
    let table = Memo::new(move || {
        let runs = kept.get()?;
        Some(match runs.table() {
            Ok(table) => Ok(Read { runs, table: Arc::new(table) }),
            Err(error) => Err(why(&error)),
        })
    });
    let refused = RwSignal::new(None);
    let runs = ReadersRuns {
        read: Memo::new(move || table.get().and_then(Result::ok)),
        error: Memo::new(move || refused.get().or_else(|| table.get().and_then(Result::err))),
        refused,
        kept,
        write: Callback::new(write),
    };
    provide_context(runs);
    listen(runs);
}

fn why(error: &RunsError) -> String {
    words::sentence_case(&error.to_string())
}

/// The reader's runs.
pub fn runs() -> ReadersRuns {
    expect_context()
}

impl ReadersRuns {
    /// Changes the runs.
    pub fn act(self, change: impl FnOnce(&mut Option<Runs>)) {
        let mut runs = self.kept.get_untracked();
        change(&mut runs);
        self.write.run(runs);
    }

    /// Changes what is chosen about the runs, if there are any.
    pub fn choose(self, change: impl FnOnce(&mut Runs)) {
        self.act(|runs| {
            if let Some(runs) = runs {
                change(runs);
            }
        });
    }

    /// Takes what was pasted or read, under a name. What is no text is refused, and what was there stays.
    pub fn take(self, bytes: &[u8], name: &str) {
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                self.refused.set(None);
                self.act(|runs| *runs = Some(Runs::new(text, name)));
            }
            Err(_) => self.refused.set(crate::runs::read(bytes).err().as_ref().map(why)),
        }
        if let Some(section) = document().get_element_by_id("runs") {
            section.scroll_into_view();
        }
    }

    /// Takes a file.
    pub fn take_file(self, file: &File) {
        let name = file.name();
        let bytes = wasm_bindgen_futures::JsFuture::from(file.array_buffer());
        leptos::task::spawn_local(async move {
            if let Ok(buffer) = bytes.await {
                self.take(&js_sys::Uint8Array::new(&buffer).to_vec(), &name);
            }
        });
    }
}

fn listen(runs: ReadersRuns) {
    let held = |event: &DragEvent| {
        event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
    };
    let over = move |is: bool| browser::mark_page("over", is);
    browser::on_document("dragover", move |event: DragEvent| {
        if held(&event) {
            event.prevent_default();
            over(true);
        }
    });
    browser::on_document("dragleave", move |event: DragEvent| {
        if event.related_target().is_none() {
            over(false);
        }
    });
    browser::on_document("drop", move |event: DragEvent| {
        over(false);
        if held(&event) {
            event.prevent_default();
            let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
            if let Some(file) = file {
                runs.take_file(&file);
            }
        }
    });
    browser::on_document("paste", move |event: web_sys::ClipboardEvent| {
        let at: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
        if at.is_some_and(|at| at.tag_name() == "INPUT" || at.tag_name() == "TEXTAREA") {
            return;
        }
        let Some(data) = event.clipboard_data() else { return };
        match data.files().and_then(|files| files.get(0)) {
            Some(file) => runs.take_file(&file),
            None => match data.get_data("text/plain") {
                Ok(text) if !text.trim().is_empty() => runs.take(text.as_bytes(), PASTED),
                _ => {}
            },
        }
    });
}

/// The name of a table that was pasted.
pub const PASTED: &str = "Pasted table";

#[component]
pub fn RunsSection() -> impl IntoView {
    let runs = runs();
    let is_read = Memo::new(move || runs.read.with(Option::is_some));
    view! {
        <section class="section runs" id="runs" aria-labelledby="runs-title" tabindex="-1">
            {move || if is_read.get() { view! { <Filled/> }.into_any() } else { view! { <Empty/> }.into_any() }}
        </section>
    }
}

#[component]
fn Filled() -> impl IntoView {
    view! {
        <Head/>
        <div class="columns">
            <RunsTable/>
            <FitPanel/>
        </div>
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <h2 id="runs-title">"Your runs"</h2>
        <DropZone/>
    }
}

#[component]
fn Head() -> impl IntoView {
    let (runs, fitting) = (runs(), fitting());
    let about = move || {
        let name = runs.kept.with(|runs| runs.as_ref().map(|runs| runs.name.clone())).unwrap_or_default();
        runs.read
            .with(|read| read.as_ref().map_or(String::new(), |read| words::about_table(&name, &read.table)))
    };
    let remove = move |_| {
        fitting.clear();
        runs.act(|runs| *runs = None);
    };
    view! {
        <div class="head">
            <h2 id="runs-title">"Your runs"</h2>
            <p>{move || about()}</p>
            <p class="acts">
                <ChooseFile name="Replace the file…" class="act"/>
                <button type="button" class="act" on:click=remove>"Remove"</button>
            </p>
        </div>
        {move || runs.refused.get().map(|error| {
            view! { <p class="echo bad" role="status">{error}</p> }.into_any()
        })}
    }
}
