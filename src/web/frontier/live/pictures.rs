//! The lines beside the map.

use std::sync::Arc;

use leptos::prelude::*;

use super::cursor::cursor;
use super::running::running;
use crate::figure::Stop;
use crate::web::frontier::lines;
use crate::web::ui::figure::Figure;
use crate::web::ui::lean::Memo;

#[component]
pub fn LinesFigure() -> impl IntoView {
    let (running, cursor) = (running(), cursor());
    let chart = Memo::new(move || {
        let (rows, at) = (cursor.rows.get(), cursor.at.get()[0]);
        let plane = cursor.plane.get()?;
        running.with(|_, field, _| lines::lines(&plane, field, &rows, at).map(Arc::new))?
    });
    let bands = Memo::new(move || running.with(|asked, _, _| asked.sweep.entries > 1).unwrap_or_default());
    let notes = Memo::new(move || {
        cursor.plane.with(|plane| plane.iter().map(|plane| plane.law.name.clone()).collect())
    });
    let title = Memo::new(move || {
        cursor.plane.with(|plane| plane.as_ref().map_or("", |plane| lines::title(&plane.across.0)))
    });
    // A press or Enter puts the cursor there.
    let pick = Callback::new(move |stop: Stop| {
        let x = chart.with_untracked(|chart| chart.as_ref()?.point(stop)).map(|(x, _)| x);
        let place = cursor.plane.with_untracked(|plane| Some(plane.as_ref()?.nearest(0, x?)));
        if let Some(place) = place {
            cursor.put([place, cursor.at.get_untracked()[1]]);
        }
    });
    move || {
        let says = Memo::new(move || {
            let rows = cursor.rows.get();
            running.with(|_, field, _| lines::says(field, &rows, bands.get())).unwrap_or_default()
        });
        let says = view! { {move || says.get()} }.into_any();
        view! { <Figure title=title.get() file="isoflop-lines" chart notes says pick/> }
    }
}
