//! A quantity typed as text, with how it was read beneath it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::lean::Memo;
use super::rich::rich;
use crate::units::{Read, Slip};

/// What stands beneath a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Echo {
    /// Something to know; may be empty.
    Says(String),
    /// How it was read, and what was probably meant.
    Slip(Slip),
    /// Why it could not be read.
    Complaint(String),
}

impl Echo {
    /// What to say of a text that was read or not: `says` puts a value into words, `complains` an error.
    pub fn of<E>(
        read: Result<Read, E>,
        says: impl FnOnce(f64) -> String,
        complains: impl FnOnce(&E) -> String,
    ) -> Self {
        match read {
            Ok(Read { slip: Some(slip), .. }) => Self::Slip(slip),
            Ok(read) => Self::Says(says(read.value)),
            Err(error) => Self::Complaint(complains(&error)),
        }
    }
}

/// The text field itself: what is wrong with it is announced where it stands.
///
/// With the caret at the end, the arrow keys step by a tenth, with Shift by a decade, as long as `step` knows how.
#[component]
pub fn QuantityInput(
    /// The id of the field; what stands beneath it is `{id}-echo`.
    id: String,
    text: Memo<String>,
    echo: Memo<Echo>,
    #[prop(into)] write: Callback<String>,
    #[prop(into)] step: Callback<f64, Option<String>>,
) -> impl IntoView {
    let wrong = move || echo.with(|echo| matches!(echo, Echo::Complaint(_)));
    let keys = move |event: KeyboardEvent| {
        let field: web_sys::HtmlInputElement = event_target(&event);
        let at_end =
            field.selection_start().ok().flatten() == Some(field.value().encode_utf16().count() as u32);
        let by = if event.shift_key() { 10.0 } else { 1.1 };
        let factor = match event.key().as_str() {
            "ArrowUp" => by,
            "ArrowDown" => 1.0 / by,
            _ => return,
        };
        if let Some(stepped) = step.run(factor).filter(|_| at_end) {
            event.prevent_default();
            write.run(stepped);
        }
    };
    view! {
        <input
            type="text"
            id=id.clone()
            aria-invalid=move || wrong().then(|| "true".to_owned())
            aria-describedby=format!("{id}-echo")
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            prop:value=move || text.get()
            on:input=move |event| write.run(event_target_value(&event))
            on:keydown=keys
        />
    }
}

/// How a field was read, or why not; `lines` are kept free for it.
#[component]
pub fn EchoLine(
    /// The id of the field it belongs to.
    of: String,
    echo: Memo<Echo>,
    #[prop(into)] write: Callback<String>,
    #[prop(optional)] tall: bool,
) -> impl IntoView {
    let field = of.clone();
    let says = move || match echo.get() {
        Echo::Says(text) | Echo::Complaint(text) => rich(&text),
        Echo::Slip(slip) => {
            let meant = slip.meant.replace('\u{a0}', " ");
            let field = field.clone();
            let take = move |_| {
                write.run(meant.clone());
                focus(&field);
            };
            view! {
                {format!("Read as {}. Did you mean ", slip.read_as)}
                <button type="button" class="act" on:click=take>{slip.meant}</button>
                "?"
            }
            .into_any()
        }
    };
    view! {
        <p
            class="echo"
            class:tall=tall
            class:bad=move || echo.with(|echo| matches!(echo, Echo::Complaint(_)))
            id=format!("{of}-echo")
            aria-live="polite"
        >
            {move || says()}
        </p>
    }
}

/// Puts the caret at the end of a field.
pub fn focus(id: &str) {
    let field =
        document().get_element_by_id(id).and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(field) = field {
        let _ = field.focus();
    }
}
