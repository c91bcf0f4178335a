//! All numbers of the rows where the cursor stands, as the engine tells them apart from the sweep: they are there before it is.

use std::sync::Arc;

use leptos::prelude::*;

use super::cursor::cursor;
use super::draws::draws;
use super::laws::laws;
use super::running::running;
use super::state::state;
use crate::web::frontier::chosen::{Chosen, Show, View};
use crate::web::frontier::lines::Row;
use crate::web::frontier::map::Plane;
use crate::web::frontier::pinned::{Answer, told};
use crate::web::ui::asked::asked;
use crate::web::ui::lean::Memo;

/// What was asked for.
#[derive(Clone, Debug, PartialEq)]
struct About {
    plane: Plane,
    rows: Vec<Row>,
    /// The place of the cursor across.
    at: usize,
    shows: Vec<Show>,
    refits: usize,
    question: String,
}

/// What is told of the rows.
#[derive(Clone, Copy)]
pub struct Known {
    /// The last of it; it stays until there is more.
    pub answer: Memo<Option<Arc<Answer>>>,
    /// The same, once it is told of the rows as they are now.
    pub now: Memo<Option<Arc<Answer>>>,
    /// What the map shows where the cursor stands, in words, once that is known.
    pub reading: Memo<Option<String>>,
}

/// What is told of the rows, for all of the page.
pub fn provide() {
    let (cursor, draws, laws, state, running) = (cursor(), draws(), laws(), state(), running());
    // The worker that is asked loads what the first one has loaded by then.
    let has_come = Memo::new(move || {
        running.with(|_, field, coarse| coarse.is_some() || field.count() > 0).unwrap_or_default()
    });
    let about = Memo::new(move || {
        let (law, known) = (laws.chosen.get(), draws.draws.get());
        has_come.get().then_some(())?;
        let (plane, rows, at) = (cursor.plane.get()?, cursor.rows.get(), cursor.at.get()[0]);
        let values: Vec<f64> = match &plane.up {
            Some((_, values)) => rows.iter().filter_map(|row| values.get(row.at).copied()).collect(),
            None => Vec::new(),
        };
        let across = *plane.across.1.get(at)?;
        let sweep = state.chosen.with(|chosen| chosen.rows(&law, across, &values, &known))?;
        let shows = state.chosen.with(Chosen::shown);
        let refits = sweep.entries - 1;
        Some(Arc::new(About { plane, rows, at, shows, refits, question: sweep.whole() }))
    });
    let asked = asked(move || {
        let about = about.get()?;
        let question = about.question.clone();
        Some((about, vec![question]))
    });
    let answer = Memo::new(move || {
        let answer = asked.good(|about, answers| {
            let told = told(&answers[0], &about.shows, about.rows.len())?;
            let About { plane, rows, at, refits, question, .. } = (**about).clone();
            Some(Arc::new(Answer { plane, rows, at, told, refits, question, text: answers[0].clone() }))
        });
        answer.flatten()
    });
    let now = Memo::new(move || {
        let now = about.get();
        asked.good(|about, _| now.as_ref() == Some(about)).filter(|is_of_now| *is_of_now)?;
        answer.get()
    });
    // A picture that is still to sharpen may be far from what is so at the cursor.
    let reading = Memo::new(move || {
        let (plane, at) = (cursor.plane.get()?, cursor.at.get());
        let said = running.with(|_, field, _| plane.said_of(field, at))?;
        let alone = || now.get()?.here().filter(|_| plane.view == View::Own);
        said.or_else(|| Some(plane.counted(&alone()?)))
    });
    provide_context(Known { answer, now, reading });
}

/// What is told of the rows of the page.
pub fn known() -> Known {
    expect_context()
}
