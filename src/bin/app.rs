//! The page: mounts the app and starts its worker.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{MessageEvent, Worker};

fn main() {
    let (said, hear) = signal(String::from("The worker starts."));
    let address = document()
        .query_selector("meta[name=worker]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default();
    if let Ok(worker) = Worker::new(&address) {
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            hear.set(event.data().as_string().unwrap_or_default());
        });
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        listen.forget();
    }
    mount_to_body(move || view! { <p>{said}</p> });
}
