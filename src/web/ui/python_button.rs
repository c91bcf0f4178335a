//! A verb that copies a program in Python. The worker writes the law in it, once it is wanted: no page can.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::browser;
use super::copy_button::{SAID_FOR, said};
use super::lean::RwSignal;
use super::mishaps::mishaps;
use super::pool::{self, Heard, Lane};
use crate::web::report::python::answered;

/// A program: the question for its law, and what is made of the answer.
pub struct Program {
    /// Asks for the law in Python.
    pub question: String,
    /// The program around that.
    pub around: Box<dyn Fn(&str) -> String>,
}

#[component]
pub fn PythonButton(
    name: &'static str,
    /// The program of what is shown now.
    program: Box<dyn Fn() -> Option<Program>>,
) -> impl IntoView {
    let mishaps = mishaps();
    let says = RwSignal::new(name);
    let unwritten = Rc::new(Cell::new(false));
    let failed = unwritten.clone();
    let written = move |Program { question, around }: Program| {
        let around = Rc::new(around);
        failed.set(false);
        Promise::new(&mut |resolve, reject| {
            let (around, failed) = (around.clone(), failed.clone());
            pool::ask(Lane::Quick, question.as_str().into(), move |heard| {
                let text = match heard {
                    Heard::Answer(text) => answered(&text).map(|law| around(&law)),
                    Heard::Fault(report) => {
                        mishaps.fault(report);
                        None
                    }
                    Heard::Refused(_) => None,
                    Heard::Progress(_) | Heard::Cells(..) => return,
                };
                let blob = text.and_then(|text| browser::blob(&text.into(), "text/plain"));
                let _ = if let Some(blob) = blob {
                    resolve.call1(&JsValue::UNDEFINED, &blob)
                } else {
                    failed.set(true);
                    reject.call0(&JsValue::UNDEFINED)
                };
            });
        })
    };
    let copy = move |_| {
        let Some(program) = program() else { return };
        let unwritten = unwritten.clone();
        browser::copy_promised(&written(program), move |worked| {
            says.set(if unwritten.get() { "It could not be written" } else { said(worked) });
            browser::later(SAID_FOR, move || says.set(name));
        });
    };
    view! {
        <button type="button" class="act" on:click=copy>
            <span aria-live="polite">{move || says.get().to_owned()}</span>
        </button>
    }
}
