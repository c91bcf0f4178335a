//! The worker: reads a message, asks, says what came of it.

#[cfg(feature = "fit")]
mod gpu;

use std::cell::Cell;
use std::panic::{self, PanicHookInfo};

use serde_json::json;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{Asked, Progress, Said};
#[cfg(feature = "fit")]
use super::message::{NUMBERS, TEXT};
use crate::ask;

/// Progress is said this often at most, in milliseconds.
const PAUSE: f64 = 50.0;

thread_local! {
    static JOB: Cell<u64> = const { Cell::new(0) };
    static SAID_AT: Cell<f64> = const { Cell::new(0.0) };
}

/// Listens for questions, and says that it does.
pub fn start() {
    panic::set_hook(Box::new(report));
    let hear = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(message) = event.data().as_string() {
            answer(&message);
        }
    });
    scope().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    say(&Said::Ready(env!("CARGO_PKG_VERSION").to_owned()));
}

fn answer(message: &str) {
    let Ok(asked) = Asked::read(message) else { return };
    let job = asked.job;
    JOB.set(job);
    SAID_AT.set(js_sys::Date::now());
    let progress = &mut |progress: ask::Progress| {
        let now = js_sys::Date::now();
        if now - SAID_AT.get() < PAUSE {
            return;
        }
        SAID_AT.set(now);
        let progress = Progress { done: progress.done, of: progress.of, stage: progress.stage.to_owned() };
        say(&Said::Progress(job, progress));
    };
    #[cfg(feature = "fit")]
    if asked.gpu {
        return gpu::answer(job, asked.question().to_owned());
    }
    #[cfg(feature = "fit")]
    if asked.beside {
        let (text, numbers) = ask::answer_beside(asked.question(), progress);
        return hand_over(&Said::of(job, text), &numbers);
    }
    say(&Said::of(job, ask::answer_text(asked.question(), progress)));
}

/// Says something with numbers, whose memory becomes the page's.
#[cfg(feature = "fit")]
fn hand_over(said: &Said, numbers: &[f64]) {
    let Ok(text) = said.message() else { return };
    let (message, numbers) = (js_sys::Object::new(), js_sys::Float64Array::from(numbers));
    let set = |name: &str, value: &JsValue| js_sys::Reflect::set(&message, &name.into(), value);
    let is_set = set(TEXT, &text.into()).and(set(NUMBERS, &numbers)).is_ok();
    if is_set {
        // It fails only where the page is gone.
        let _ = scope().post_message_with_transfer(&message, &js_sys::Array::of1(&numbers.buffer()));
    }
}

/// A fault in this program becomes a message; the page then starts another worker.
fn report(fault: &PanicHookInfo<'_>) {
    let error = json!({
        "code": "fault",
        "message": format!("Isoflop {}: {fault}", env!("CARGO_PKG_VERSION")),
    });
    say(&Said::Error(JOB.get(), ask::to_json(&error)));
}

fn say(said: &Said) {
    if let Ok(message) = said.message() {
        // It fails only where the page is gone.
        let _ = scope().post_message(&message.into());
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
