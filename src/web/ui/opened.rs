//! A section that is asked for: its answer takes the whole program, which nobody needs who does not open it.

use leptos::prelude::*;

use super::lean::RwSignal;

#[component]
pub fn Opened(
    id: &'static str,
    title: &'static str,
    /// The words of the button while it is closed, and while it is open.
    verbs: [&'static str; 2],
    body: fn() -> AnyView,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let toggle = move |_| open.update(|open| *open = !*open);
    view! {
        <section class="section opened" id=id aria-labelledby=format!("{id}-title")>
            <h2 id=format!("{id}-title")>{title}</h2>
            <p class="acts">
                <button
                    type="button"
                    class="act"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=format!("{id}-says")
                    on:click=toggle
                >
                    {move || verbs[usize::from(open.get())].to_owned()}
                </button>
            </p>
            <div id=format!("{id}-says")>{move || if open.get() { body() } else { ().into_any() }}</div>
        </section>
    }
}
