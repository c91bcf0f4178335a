//! How runs come in: delimited text is read here, every other layout and several files by the worker, once.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use super::laws::laws;
use super::state::{focus_is_lost, state};
use super::table::TABLE;
use crate::runs::{Origin, text};
use crate::web::fit::reading::{Prepared, Reading, admitted, is_plain};
use crate::web::json::{self, Json};
use crate::web::question::Runs;
use crate::web::reading::LawEntry;
use crate::web::ui::lean::Memo;
use crate::web::ui::pool::{self, Heard, Lane};
use crate::web::ui::quantity_field::focus;
use crate::web::ui::runs::{Came, Intake, Read, ReadersRuns, why};
use crate::web::ui::{self, browser};
use crate::web::words::{refusal as refused, sentence_case};

/// How this page takes runs.
const OF_FIT: Intake = Intake {
    hint: "It needs a column for loss and two of size, tokens and FLOPs. CSV, TSV, JSON, Markdown, and the exports of W&B \
           and TensorBoard are read. Nothing is uploaded.",
    several: true,
    take,
};

/// What is longer, in bytes, takes long enough to say so.
const LONG: usize = 1 << 20;
/// The class of the page while it says so.
const READING: &str = "reading";
/// Until that is on the screen, in milliseconds.
const PAINT: i32 = 40;

thread_local! {
    /// Counts what was taken: what comes of something earlier is not shown any more.
    static TAKEN: Cell<u64> = const { Cell::new(0) };
}

/// The runs as this page reads them.
#[derive(Clone, Copy)]
struct PreparedRuns(Memo<Option<Result<Prepared, String>>>);

/// Reads the runs for the law, for all of the page, and takes others.
pub fn provide() {
    let (state, laws) = (state(), laws());
    let inputs = Memo::new(move || {
        let names = |law: &LawEntry| law.inputs.iter().map(|input| input.name.clone()).collect();
        laws.chosen.with(|law| law.as_ref().map_or_else(Vec::new, names))
    });
    let kept = Memo::new(move || state.runs.get());
    let prepared = Memo::new(move || {
        let runs = kept.get()?;
        Some(inputs.with(|inputs| Prepared::of(&runs, inputs)).map_err(|error| why(&error)))
    });
    provide_context(PreparedRuns(prepared));
    let table = Memo::new(move || {
        let read = |prepared: Prepared| Read { runs: prepared.runs, table: prepared.table };
        Some(prepared.get()?.map(read))
    });
    ui::runs::provide(kept, table, OF_FIT, move |runs| {
        let inputs = inputs.get_untracked();
        state.act(|_, now| *now = runs.map(|runs| admitted(runs, &inputs)));
    });
    // What another page kept and could not read.
    if let (Some(runs), Some(Err(_))) = (kept.get_untracked(), prepared.get_untracked()) {
        ui::runs::runs().take_text(runs.text.to_string());
    }
}

/// The runs as this page reads them; nothing while there are none.
pub fn prepared() -> Memo<Option<Prepared>> {
    let PreparedRuns(prepared) = expect_context();
    Memo::new(move || prepared.get().and_then(Result::ok))
}

/// Takes what came; what is long is announced first.
fn take(runs: ReadersRuns, came: Vec<Came>) {
    let bytes: usize = came.iter().map(|came| came.bytes.len()).sum();
    if bytes < LONG {
        return read(runs, came);
    }
    browser::mark_page(READING, true);
    browser::later(PAINT, move || read(runs, came));
}

/// Reads what came: at once where every row of it can be read as delimited text.
fn read(runs: ReadersRuns, came: Vec<Came>) {
    let number = TAKEN.get() + 1;
    TAKEN.set(number);
    let mut files: Vec<(String, Arc<str>)> = Vec::new();
    let several = came.len() > 1;
    for Came { name, bytes } in came {
        match text(&bytes) {
            Ok(text) => files.push((name, text.into())),
            Err(error) if several => return refuse(runs, sentence_case(&format!("{name}: {error}"))),
            Err(error) => return refuse(runs, why(&error)),
        }
    }
    if let [file] = files.as_slice() {
        let read = as_it_stands(file);
        if is_plain(&read) {
            return accept(runs, read);
        }
    }
    let question = ask(&files);
    pool::ask(Lane::Wide, question.into(), move |heard| {
        if TAKEN.get() != number {
            return;
        }
        match heard {
            Heard::Progress(_) | Heard::Cells(..) => {}
            Heard::Answer(answer) => {
                if let Some(read) = answered(&files, &answer) {
                    accept(runs, read);
                }
            }
            Heard::Refused(refusal) => {
                // What is no table stays where it can be mended, unless a table is there.
                if let ([file], true) = (files.as_slice(), runs.read.with_untracked(Option::is_none)) {
                    accept(runs, as_it_stands(file));
                }
                refuse(runs, refused(&refusal.message, &refusal.at));
            }
            Heard::Fault(report) => refuse(runs, format!("The files could not be read: {report}")),
        }
    });
}

/// The runs of a file that is read as it stands.
fn as_it_stands((name, text): &(String, Arc<str>)) -> Runs {
    Runs { text: text.clone(), ..Runs::new("", name) }
}

fn accept(runs: ReadersRuns, read: Runs) {
    browser::mark_page(READING, false);
    runs.refused.set(None);
    let was_empty = runs.read.with_untracked(Option::is_none);
    runs.act(|runs| *runs = Some(read));
    // Where runs come in goes, and whoever was there goes on at the table.
    if was_empty {
        browser::later(0, || {
            if focus_is_lost() {
                focus(TABLE);
            }
        });
    }
}

fn refuse(runs: ReadersRuns, why: String) {
    browser::mark_page(READING, false);
    runs.refused.set(Some(why));
}

/// The question that makes one table of files.
fn ask(files: &[(String, Arc<str>)]) -> String {
    let file = |(name, text): &(String, Arc<str>)| {
        json::object(&[("name", json::string(name)), ("text", json::string(text))])
    };
    let files = json::list(files.iter().map(file));
    json::object(&[("table", json::object(&[("files", files)]))])
}

/// The runs of its answer.
fn answered(files: &[(String, Arc<str>)], answer: &str) -> Option<Runs> {
    let table = Json::read(answer)?.get("table")?.members();
    let name = files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let Some(text) = table.get("text")?.string() else { return files.first().map(as_it_stands) };
    let file = |file: Json<'_>| Some((file.items().first()?.string()?, file.items().get(1)?.count()?));
    let note = |warning: Json<'_>| warning.get("message")?.string();
    let reading = Reading {
        origin: Origin {
            lines: table.get("lines")?.items().into_iter().filter_map(Json::count).collect(),
            files: table.get("files")?.items().into_iter().filter_map(file).collect(),
        },
        notes: table.get("warnings")?.items().into_iter().filter_map(note).collect(),
        ..Reading::default()
    };
    Some(Runs { beside: reading.write(), ..Runs::new(&text, &name) })
}
