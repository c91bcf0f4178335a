//! The reader's own runs: a place to put them, then the table and the fit.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{DragEvent, File, FileList};

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
    /// What they were read from.
    pub runs: Runs,
    /// The table.
    pub table: Arc<Table>,
}

/// A file that was chosen or dropped, or what was pasted.
pub struct Came {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// How a page takes runs.
#[derive(Clone, Copy)]
pub struct Intake {
    /// What a table needs, and which layouts are read.
    pub hint: &'static str,
    /// Whether several files are taken as one table.
    pub several: bool,
    /// Takes what came.
    pub take: fn(ReadersRuns, Vec<Came>),
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
    /// How they are taken.
    pub intake: Intake,
    write: Callback<Option<Runs>>,
}

/// Reads the runs that are part of the Plan's question.
pub fn provide_of_plan() {
    let store = store();
    let kept = Memo::new(move || store.with(|question| question.runs.clone()));
    let table = Memo::new(move || {
        let runs = kept.get()?;
        if runs.apart {
            return Some(Err(APART.to_owned()));
        }
        Some(match runs.table() {
            Ok(table) => Ok(Read { runs, table: Arc::new(table) }),
            Err(error) => Err(why(&error)),
        })
    });
    provide(kept, table, OF_PLAN, move |runs| store.act(|question| question.runs = runs));
}

/// Reads the runs, for all of the page, and lets them be dropped and pasted anywhere on it. `write` hears what has
/// become of them.
pub fn provide(
    kept: Memo<Option<Runs>>,
    table: Memo<Option<Result<Read, String>>>,
    intake: Intake,
    write: impl Fn(Option<Runs>) + Send + Sync + 'static,
) {
    let refused = RwSignal::new(None);
    let runs = ReadersRuns {
        read: Memo::new(move || table.get().and_then(Result::ok)),
        error: Memo::new(move || refused.get().or_else(|| table.get().and_then(Result::err))),
        refused,
        kept,
        intake,
        write: Callback::new(write),
    };
    provide_context(runs);
    listen(runs);
}

/// Why something is no table, in a sentence.
pub fn why(error: &RunsError) -> String {
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

    /// Takes what was typed or pasted.
    pub fn take_text(self, text: String) {
        (self.intake.take)(self, vec![Came { name: PASTED.to_owned(), bytes: text.into_bytes() }]);
    }

    /// Takes files; none is nothing.
    pub fn take_files(self, files: Option<FileList>) {
        let Some(files) = files else { return };
        let count = if self.intake.several { files.length() } else { files.length().min(1) };
        let files: Vec<File> = (0..count).filter_map(|at| files.get(at)).collect();
        leptos::task::spawn_local(async move {
            let mut came = Vec::new();
            for file in files {
                if let Ok(buffer) = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await {
                    came.push(Came { name: file.name(), bytes: js_sys::Uint8Array::new(&buffer).to_vec() });
                }
            }
            if !came.is_empty() {
                (self.intake.take)(self, came);
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
            runs.take_files(event.data_transfer().and_then(|data| data.files()));
        }
    });
    browser::on_document("paste", move |event: web_sys::ClipboardEvent| {
        let at: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
        if at.is_some_and(|at| at.tag_name() == "INPUT" || at.tag_name() == "TEXTAREA") {
            return;
        }
        let Some(data) = event.clipboard_data() else { return };
        match data.files().filter(|files| files.length() > 0) {
            Some(files) => runs.take_files(Some(files)),
            None => match data.get_data("text/plain") {
                Ok(text) if !text.trim().is_empty() => runs.take_text(text),
                _ => {}
            },
        }
    });
}

/// How the Plan takes runs: one file, as text.
const OF_PLAN: Intake = Intake {
    hint: "It needs a column for loss and two of size, tokens and FLOPs. CSV and TSV are read. Nothing is uploaded.",
    several: false,
    take: |runs, came| {
        for Came { name, bytes } in came {
            runs.take(&bytes, &name);
        }
    },
};

/// What the Plan says of runs that the Fit page reads further.
const APART: &str =
    "These runs are kept. The Plan does not show them: the Fit page reads their units, weights or steps.";

/// The name of a table that was pasted.
const PASTED: &str = "Pasted table";

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
