//! A table that may be wider than its place, and then scrolls inside it.

use leptos::prelude::*;

use super::rich::rich;

/// The head of a column.
pub struct Column {
    words: String,
    class: &'static str,
}

impl Column {
    fn new(words: impl Into<String>, class: &'static str) -> Self {
        Self { words: words.into(), class }
    }

    /// Of names and other words.
    pub fn words(words: impl Into<String>) -> Self {
        Self::new(words, "")
    }

    /// Of numbers.
    pub fn figure(words: impl Into<String>) -> Self {
        Self::new(words, "figure")
    }

    /// Of marks on a line, which those who listen do not miss.
    pub fn line() -> Self {
        Self::new("On a line", "line")
    }

    /// Of what a row reads.
    pub fn read(words: impl Into<String>) -> Self {
        Self::new(words, "read")
    }

    fn head(self) -> AnyView {
        let Self { words, class } = self;
        let words = match class {
            "line" => view! { <span class="unseen">{words}</span> }.into_any(),
            _ => rich(&words).into_any(),
        };
        view! { <th scope="col" class=class>{words}</th> }.into_any()
    }
}

/// A row of a name and numbers.
pub fn figures(name: &str, cells: impl IntoIterator<Item = String>) -> AnyView {
    let cell = |text: String| view! { <td class="figure">{rich(&text)}</td> }.into_any();
    let cells = cells.into_iter().map(cell).collect::<Vec<_>>();
    view! { <tr><th scope="row">{name.to_owned()}</th>{cells}</tr> }.into_any()
}

#[component]
pub fn WideTable(
    /// What it holds, for who listens.
    name: &'static str,
    /// The class of its style.
    class: &'static str,
    columns: impl Fn() -> Vec<Column> + Send + 'static,
    rows: impl Fn() -> Vec<AnyView> + Send + 'static,
) -> impl IntoView {
    table(name, class, Box::new(columns), Box::new(rows))
}

fn table(
    name: &'static str,
    class: &'static str,
    columns: Box<dyn Fn() -> Vec<Column> + Send>,
    rows: Box<dyn Fn() -> Vec<AnyView> + Send>,
) -> AnyView {
    view! {
        <div class="scroll" role="region" aria-label=name tabindex="0">
            <table class=class>
                <thead>
                    <tr>{move || columns().into_iter().map(Column::head).collect_view()}</tr>
                </thead>
                <tbody>{move || rows().collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
