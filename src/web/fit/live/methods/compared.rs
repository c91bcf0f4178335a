//! The same runs by several methods, and by other laws that the reader adds.

use std::sync::Arc;

use leptos::prelude::*;

use super::sides::{Sides, sides};
use super::strip::StripTable;
use crate::web::fit::live::beside::offered;
use crate::web::fit::live::fitting::fitting;
use crate::web::fit::live::laws::laws;
use crate::web::fit::live::state::state;
use crate::web::fit::methods::compare::{self, Method};
use crate::web::fit::methods::compared::{self, Compared};
use crate::web::fit::methods::isoflop::{self, Profiles};
use crate::web::fit::rows::Rows;
use crate::web::fit::study::Study;
use crate::web::ui::choice_field::ChoiceField;
use crate::web::ui::data_table::DataTable;
use crate::web::ui::figure::Save;
use crate::web::ui::job::{Job, StandingRow};
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::rich::rich;

/// More runs than this are compared once the reader asks for it: every method is fitted again for each of its draws.
const MANY: usize = 20_000;

/// What is compared: methods, at a budget.
type About = (Vec<Method>, f64);

#[component]
pub fn ComparedSection() -> impl IntoView {
    let (state, fitting, Sides { methods, tabled, tested, .. }) = (state(), fitting(), sides());
    let wanted = RwSignal::new(false);
    let waits = Memo::new(move || {
        let runs = fitting.result.with(|done| done.as_ref().map_or(0, |done| done.rows.used().count()));
        runs > MANY && !wanted.get()
    });
    // A fit comes first: it is what the others are compared with.
    let job = Job::new(move || -> Option<(About, String)> {
        let done = fitting.result.get().filter(|_| !fitting.is_behind() && !waits.get())?;
        let (methods, study) = (methods.get(), state.study.get());
        let question = compare::ask(&methods, &study, &done.rows.json())?;
        let budget = study.budget().ok()?.value;
        Some(((methods, budget), question))
    });
    let compared = Memo::new(move || {
        job.good(|(methods, budget): &About, answer| Some((compared::read(answer, methods)?, *budget)))
    });
    // Which budgets the parabolas leave out is theirs to say.
    let profiles = Job::new(move || -> Option<(Arc<Rows>, String)> {
        let rows = fitting.result.with(|done| done.as_ref().map(|done| done.rows.clone()))?;
        let rows = Some(rows).filter(|_| !waits.get())?;
        let tolerance = methods.with(|methods| compare::tolerance(methods))?.to_string();
        let question = isoflop::ask(&Study { tolerance, ..Study::default() }, &rows.json())?;
        Some((rows, question))
    });
    let left_out = Memo::new(move || {
        profiles.good(|rows: &Arc<Rows>, answer| Profiles::read(answer, rows)?.says_left_out())
    });
    let title = Memo::new(move || compared::title(methods.with(Vec::len)));
    let table = move || {
        let table = Memo::new(move || {
            compared.with(|compared| {
                let (compared, _) = compared.as_ref()?;
                Some(tested.with(|tested| compared::table(compared, tested, title.get())))
            })
        });
        view! { <DataTable table name=title/> }.into_any()
    };
    let words = move || {
        compared.with(|compared| {
            let (compared, budget) = compared.as_ref()?;
            Some(compared::says(compared, *budget, left_out.get().as_deref()))
        })
    };
    let chart = Memo::new(move || {
        let drawn = |(compared, _): &(Vec<Compared>, f64)| {
            compared::chart(compared, &title.get(), words().unwrap_or_default())
        };
        compared.with(|compared| compared.as_ref().and_then(drawn)).map(Arc::new)
    });
    let notes = Memo::new(move || words().into_iter().collect());
    let csv = Callback::new(move |()| {
        let file =
            |(compared, _): &(Vec<Compared>, f64)| tested.with(|tested| compared::csv(compared, tested));
        untrack(|| compared.with(|compared| compared.as_ref().map(file))).unwrap_or_default()
    });
    let start = move || {
        view! {
            <p class="echo">
                "Comparing methods on so many runs takes minutes. "
                <button type="button" class="act" on:click=move |_| wanted.set(true)>"Compare"</button>
            </p>
        }
        .into_any()
    };
    let none = Memo::new(String::new);
    let complaint = Memo::new(|| None::<String>);
    view! {
        <figure class="compared">
            <figcaption>
                <h2>{move || title.get()}</h2>
                <span class="tools">
                    <button type="button" class="act" on:click=move |_| tabled.update(|tabled| *tabled = !*tabled)>
                        {move || if tabled.get() { "Picture" } else { "Table" }}
                        <span class="unseen">" of the methods"</span>
                    </button>
                    <Save title="the methods" file="isoflop-methods" chart notes csv/>
                </span>
            </figcaption>
            <p class="says">{move || words().map(|words| rich(&words))}</p>
            <div class="room" class:behind=move || job.standing.is_behind()>
                {move || if tabled.get() { table() } else { view! { <StripTable compared/> }.into_any() }}
            </div>
            {move || waits.get().then(start)}
            <StandingRow standing=job.standing name="Comparing"/>
            <ChoiceField
                id="beside"
                name="Beside another law"
                choices=offered(laws())
                chosen=none
                choose=move |law: String| state.choose(|study| study.beside.push(law))
                complaint
            />
        </figure>
    }
}
