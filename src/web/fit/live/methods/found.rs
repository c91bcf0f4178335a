//! What a study of the runs has found, as the page shows it: nothing until there is something, then always the last.

use std::sync::Arc;

use leptos::prelude::*;

use super::disclosure::notes;
use super::numbers::Numbers;
use crate::figure::{Chart, Table};
use crate::web::fit::methods::Section;
use crate::web::ui::figure::Figure;
use crate::web::ui::job::Job;
use crate::web::ui::lean::Memo;
use crate::web::ui::rich::rich;

/// What has come of a study.
pub struct Found<T> {
    what: Memo<Option<T>>,
}

impl<T> Clone for Found<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Found<T> {}

/// How a picture is called: over it, and as a file.
pub type Called = (&'static str, &'static str);

impl<T: PartialEq + Send + Sync + 'static> Found<T> {
    /// Reads the answers of a job.
    pub fn by<U: PartialEq + Send + Sync + 'static>(
        job: Job<U>,
        read: impl Fn(&U, &str) -> Option<T> + Copy + Send + Sync + 'static,
    ) -> Self {
        Self { what: Memo::new(move || job.good(read)) }
    }

    /// What was found.
    pub fn with<V>(self, read: impl FnOnce(Option<&T>) -> V) -> V {
        self.what.with(|found| read(found.as_ref()))
    }

    /// Reads what was found, if anything was.
    pub fn read<V>(self, read: impl FnOnce(&T) -> Option<V>) -> Option<V> {
        self.what.with(|found| found.as_ref().and_then(read))
    }

    /// What is said of it in a line.
    pub fn says(self, says: impl Fn(&T) -> Option<String> + Send + Sync + 'static) -> Memo<Option<String>> {
        Memo::new(move || self.read(&says))
    }

    /// A view, once there is something.
    pub fn once(self, view: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
        let any = Memo::new(move || self.what.with(Option::is_some));
        (move || any.get().then(&view)).into_any()
    }

    /// A picture with what is said of it.
    pub fn figure(
        self,
        section: Section,
        (title, file): Called,
        chart: impl Fn(&T) -> Option<Chart> + Send + Sync + 'static,
        says: impl Fn(&T) -> Option<String> + Send + Sync + 'static,
    ) -> AnyView {
        let chart = Memo::new(move || self.read(&chart).map(Arc::new));
        let says = self.says(says);
        let says = move || says.get().map(|says| rich(&says));
        view! { <Figure title file chart notes=notes(section) says=says.into_any()/> }.into_any()
    }

    /// Its numbers in rows, of which so many of the last columns are words.
    pub fn numbers(self, words: usize, table: impl Fn(&T) -> Table + Send + Sync + 'static) -> AnyView {
        let table = Memo::new(move || self.read(|found| Some(table(found))));
        (move || table.get().map(|table| view! { <Numbers table words/> }.into_any())).into_any()
    }

    /// What else is to be known of it, a line each.
    pub fn remarks(self, remarks: impl Fn(&T) -> Vec<String> + Send + Sync + 'static) -> AnyView {
        let line = |says: &String| view! { <p class="echo">{rich(says)}</p> }.into_any();
        let remarks = Memo::new(move || self.read(|found| Some(remarks(found))).unwrap_or_default());
        (move || remarks.with(|remarks| remarks.iter().map(line).collect_view().into_any())).into_any()
    }
}
