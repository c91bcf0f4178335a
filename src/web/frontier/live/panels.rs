//! Small maps beside one another, by a third axis.

use std::sync::Arc;

use leptos::prelude::*;

use super::laws::laws;
use super::state::state;
use crate::figure::{Chart, Grid};
use crate::web::frontier::chosen::Chosen;
use crate::web::frontier::map;
use crate::web::frontier::panels::Panels;
use crate::web::ui::browser;
use crate::web::ui::chart::{ChartView, ReadingLine};
use crate::web::ui::data_table::DataTable;
use crate::web::ui::figure::Save;
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::pool::{self, Heard, Lane};

/// What is asked follows what is typed after this pause, in milliseconds.
const PAUSE: i32 = 250;

/// Panels that have come, each with its surface.
type Come = Option<(Arc<Panels>, Vec<Arc<Grid>>)>;

#[component]
pub fn PanelsFigure() -> impl IntoView {
    let (state, laws) = (state(), laws());
    // The cursor and the pins are of the map.
    let chosen = Memo::new(move || {
        state.chosen.with(|chosen| Chosen { at: Default::default(), pins: Vec::new(), ..chosen.clone() })
    });
    let asked = Memo::new(move || {
        let law = laws.chosen.get();
        chosen.with(|chosen| chosen.panels(&law).map(Arc::new))
    });
    let come: RwSignal<Come> = RwSignal::new(None);
    let trouble = RwSignal::new(String::new());
    let job = StoredValue::new(None::<u64>);
    let ask = browser::settled(PAUSE, move || ask(asked.get_untracked(), come, trouble, job));
    let mut last = None;
    effect(move || {
        let now = asked.get();
        if last.as_ref() != Some(&now) {
            last = Some(now);
            ask();
        }
    });
    let charts = Memo::new(move || {
        come.with(|come| {
            let Some((panels, surfaces)) = come else { return Vec::new() };
            let charts = map::small(&panels.plane, surfaces).into_iter();
            charts.zip(panels.titles()).map(|(chart, title)| (title, Arc::new(chart))).collect::<Vec<_>>()
        })
    });
    let title = move || come.with(|come| come.as_ref().map(|(panels, _)| panels.title()).unwrap_or_default());
    let says = move || {
        let is_awaited = charts.with(Vec::is_empty) && trouble.with(String::is_empty);
        if is_awaited { "Still to come.".to_owned() } else { trouble.get() }
    };
    let tabled = RwSignal::new(false);
    let panels = move || {
        let all = charts.get().into_iter().enumerate();
        let one = |(at, (title, _)): (usize, (String, Arc<Chart>))| {
            view! { <Panel at title charts tabled come/> }.into_any()
        };
        all.map(one).collect_view().into_any()
    };
    view! {
        <section class="panels" aria-label="Panels" hidden=move || asked.with(Option::is_none)>
            <div class="head">
                <h2>{title}</h2>
                <button
                    type="button"
                    class="act"
                    hidden=move || charts.with(Vec::is_empty)
                    on:click=move |_| tabled.update(|tabled| *tabled = !*tabled)
                >
                    {move || if tabled.get() { "Pictures" } else { "Tables" }.to_owned()}
                    <span class="unseen">" of the panels"</span>
                </button>
            </div>
            <p class="says" aria-live="polite" hidden=move || says().is_empty()>
                {move || says()}
            </p>
            <div class="panel-row">{panels}</div>
        </section>
    }
}

/// Asks for all panels at once; what was asked for before is of no more use.
fn ask(
    asked: Option<Arc<Panels>>,
    come: RwSignal<Come>,
    trouble: RwSignal<String>,
    job: StoredValue<Option<u64>>,
) {
    if let Some(before) = job.try_update_value(Option::take).flatten() {
        pool::withdraw(before);
    }
    trouble.set(String::new());
    let Some(asked) = asked else { return come.set(None) };
    let question = asked.question.clone();
    let hear = move |heard| match heard {
        Heard::Cells(_, numbers) => {
            let surfaces = asked.surfaces(&numbers).into_iter().map(Arc::new).collect();
            come.set(Some((asked.clone(), surfaces)));
        }
        Heard::Refused(refusal) => {
            come.set(None);
            trouble.set(refusal.message);
        }
        Heard::Fault(report) => {
            come.set(None);
            trouble.set(report);
        }
        Heard::Progress(_) | Heard::Answer(_) => {}
    };
    job.set_value(Some(pool::ask_cells(Lane::Study, question.into(), hear)));
}

/// One of them.
#[component]
fn Panel(
    at: usize,
    title: String,
    charts: Memo<Vec<(String, Arc<Chart>)>>,
    tabled: RwSignal<bool>,
    come: RwSignal<Come>,
) -> impl IntoView {
    let chart = Memo::new(move || charts.with(|charts| charts.get(at).map(|(_, chart)| chart.clone())));
    let (reading, cursor) = (RwSignal::new(String::new()), RwSignal::new(None));
    let notes = {
        let title = title.clone();
        Memo::new(move || {
            let law = come.with(|come| come.as_ref().map(|(panels, _)| panels.plane.law.name.clone()));
            law.into_iter().chain([title.clone()]).collect()
        })
    };
    let name = title.clone();
    let body = move || {
        if tabled.get() {
            let table = Memo::new(move || {
                come.with(|come| {
                    let (panels, surfaces) = come.as_ref()?;
                    Some(map::table(&panels.plane, surfaces.get(at)?))
                })
            });
            let name = name.clone();
            view! { <DataTable table name=Memo::new(move || name.clone())/> }.into_any()
        } else {
            view! { <ChartView chart reading cursor pick=None/> }.into_any()
        }
    };
    view! {
        <figure>
            <figcaption>
                <h3>{title}</h3>
                <span class="tools"><Save title="the panel" file="isoflop-panel" chart notes/></span>
            </figcaption>
            {move || body()}
            <ReadingLine reading/>
        </figure>
    }
}
