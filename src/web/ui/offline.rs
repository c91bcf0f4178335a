//! The site without a network: a service worker keeps all of it, and says when a newer version is there.

use std::cell::RefCell;

use leptos::prelude::{window, window_event_listener_untyped};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use super::address;
use super::mishaps::Mishaps;

/// The service worker of the site (`src/web/sw.js`).
const WORKER: &str = "./sw.js";
/// What makes one that waits take over.
const TAKE_OVER: &str = "take over";

thread_local! {
    /// The service worker that keeps this site.
    static KEPT: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
}

/// Keeps the site for when there is no network, and says when there is none, or a newer version. Some browsers keep nothing:
/// they go on as they are.
pub fn keep(mishaps: Mishaps) {
    // What is one document is there already.
    if address::is_whole() {
        return;
    }
    let is_away = move || mishaps.away(!window().navigator().on_line());
    is_away();
    for turn in ["online", "offline"] {
        window_event_listener_untyped(turn, move |_| is_away());
    }
    if saves_data() {
        return;
    }
    let Some(container) = container() else { return };
    // Leptos runs nothing before it has mounted something.
    spawn_local(async move {
        // A browser may refuse, or say nothing.
        let registered = JsFuture::from(container.register(WORKER)).await.ok();
        if let Some(registration) = registered.and_then(|registered| registered.dyn_into().ok()) {
            watch(mishaps, &container, registration);
        }
    });
}

/// Whether the reader wants little to be loaded: all of the site is some megabytes.
fn saves_data() -> bool {
    let connection = js_sys::Reflect::get(&window().navigator(), &"connection".into());
    let saves = connection.and_then(|connection| js_sys::Reflect::get(&connection, &"saveData".into()));
    saves.is_ok_and(|saves| saves.is_truthy())
}

/// Where service workers are registered; nothing outside a secure context.
fn container() -> Option<ServiceWorkerContainer> {
    let container = js_sys::Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    container.dyn_into().ok()
}

/// Hears of newer versions. The first one that a browser keeps is none.
fn watch(mishaps: Mishaps, container: &ServiceWorkerContainer, registration: ServiceWorkerRegistration) {
    let is_first = container.controller().is_none();
    let waits = registration.clone();
    let look = move || mishaps.newer(!is_first && waits.waiting().is_some());
    look();
    let coming = registration.clone();
    let found = Closure::<dyn Fn()>::new(move || {
        let Some(worker) = coming.installing() else { return };
        let (look, own) = (look.clone(), worker.clone());
        let changed = Closure::<dyn Fn()>::new(move || {
            if own.state() == ServiceWorkerState::Installed {
                look();
            }
        });
        worker.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
        changed.forget();
    });
    registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
    found.forget();
    KEPT.set(Some(registration));
}

/// Has the version that waits take over, and loads the page again when it has.
pub fn take_over() {
    let Some(container) = container() else { return };
    let again = Closure::<dyn Fn()>::new(|| _ = window().location().reload());
    container.set_oncontrollerchange(Some(again.as_ref().unchecked_ref()));
    again.forget();
    KEPT.with_borrow(|kept| {
        if let Some(waiting) = kept.as_ref().and_then(ServiceWorkerRegistration::waiting) {
            let _ = waiting.post_message(&TAKE_OVER.into());
        }
    });
}
