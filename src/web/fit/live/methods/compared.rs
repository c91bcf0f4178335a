//! The same runs by several methods.

use std::sync::Arc;

use leptos::prelude::*;

use crate::web::fit::live::fitting::fitting;
use crate::web::fit::live::job::{Job, StandingRow};
use crate::web::fit::live::laws::laws;
use crate::web::fit::live::shown::rows;
use crate::web::fit::live::state::state;
use crate::web::fit::methods::compare::{self, Method, Way};
use crate::web::fit::methods::compared::{self, Compared};
use crate::web::fit::methods::isoflop::{self, Profiles};
use crate::web::fit::methods::strip::Strip;
use crate::web::fit::rows::Rows;
use crate::web::fit::study::Study;
use crate::web::ui::browser;
use crate::web::ui::data_table::DataTable;
use crate::web::ui::lean::{Memo, RwSignal};
use crate::web::ui::rich::rich;

/// What is compared: methods, at a budget.
type About = (Vec<Method>, f64);

#[component]
pub fn ComparedSection() -> impl IntoView {
    let (state, fitting, laws, rows) = (state(), fitting(), laws(), rows());
    let methods = Memo::new(move || -> Vec<Method> {
        let named = rows.with(|rows| rows.as_ref().is_some_and(|rows| rows.columns.named));
        let study = state.study.get();
        laws.chosen
            .with(|law| law.as_ref().map(|law| compare::methods(&study, law, named)).unwrap_or_default())
    });
    // A fit comes first: it is what the others are compared with.
    let job = Job::new(move || -> Option<(About, String)> {
        let done = fitting.result.get().filter(|_| !fitting.is_behind())?;
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
        let question = isoflop::ask(&Study::default(), &rows.json())?;
        Some((rows, question))
    });
    let left_out = Memo::new(move || {
        profiles.good(|rows: &Arc<Rows>, answer| Profiles::read(answer, rows)?.says_left_out())
    });
    let title = Memo::new(move || compared::title(methods.with(Vec::len)));
    let says = move || {
        compared.with(|compared| {
            let (compared, budget) = compared.as_ref()?;
            Some(rich(&compared::says(compared, *budget, left_out.get().as_deref())))
        })
    };
    let tabled = RwSignal::new(false);
    let table = move || {
        compared.with(|compared| {
            let (compared, _) = compared.as_ref()?;
            let name = title.get();
            Some(view! { <DataTable table=compared::table(compared, name.clone()) name/> }.into_any())
        })
    };
    let save = move |_| {
        compared.with_untracked(|compared| {
            if let Some((compared, _)) = compared {
                browser::save("isoflop-methods.csv", "text/csv", &compared::csv(compared).into());
            }
        });
    };
    view! {
        <figure class="compared">
            <figcaption>
                <h2>{move || title.get()}</h2>
                <span class="tools">
                    <button type="button" class="act" on:click=move |_| tabled.update(|tabled| *tabled = !*tabled)>
                        {move || if tabled.get() { "Picture" } else { "Table" }}
                        <span class="unseen">" of the methods"</span>
                    </button>
                    <button type="button" class="act" on:click=save>
                        "Save CSV"
                        <span class="unseen">" of the methods"</span>
                    </button>
                </span>
            </figcaption>
            <p class="says">{move || says()}</p>
            <div class="room" class:behind=move || job.standing.is_behind()>
                {move || if tabled.get() { table() } else { Some(view! { <StripTable methods compared/> }.into_any()) }}
            </div>
            <StandingRow standing=job.standing name="Comparing"/>
        </figure>
    }
}

/// Every method on one axis. Its place is there before its answer.
#[component]
fn StripTable(methods: Memo<Vec<Method>>, compared: Memo<Option<(Vec<Compared>, f64)>>) -> impl IntoView {
    let rows = move || {
        let methods = methods.get();
        let compared = compared.get().map(|(compared, _)| compared);
        let compared = compared.filter(|compared| compared.iter().map(|one| &one.method).eq(&methods));
        let strip = compared.as_ref().and_then(|compared| Strip::of(compared));
        let foot = strip.as_ref().map(Strip::foot).unwrap_or_default();
        let row = |(at, method): (usize, &Method)| {
            let one = compared.as_ref().and_then(|compared| compared.get(at));
            let picture = one.zip(strip.as_ref()).map(|(one, strip)| strip.row(one)).unwrap_or_default();
            let name = one.map_or_else(|| method.name.clone(), Compared::name);
            row(at == 0, method.way.clone(), name, one, picture)
        };
        let rows = methods.iter().enumerate().map(row).collect_view();
        view! {
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <td></td>
                    <td class="across" inner_html=foot></td>
                    <td></td>
                </tr>
            </tfoot>
        }
        .into_any()
    };
    view! {
        <table class="strip">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">"Compute-optimal parameters"</th>
                    <th scope="col" class="figure">"Tokens per parameter"</th>
                </tr>
            </thead>
            {move || rows()}
        </table>
    }
}

fn row(mine: bool, way: Way, name: String, one: Option<&Compared>, picture: String) -> AnyView {
    let state = state();
    let plan = one.and_then(|one| one.plan.as_ref().ok());
    let aloud = plan.map(|plan| match compared::ends(plan) {
        Some(ends) => format!("{}, 90\u{a0}%: {ends}", compared::size(plan.size)),
        None => compared::size(plan.size),
    });
    let ratio = match one {
        Some(_) => plan.map_or_else(|| "left out".to_owned(), |plan| compared::ratio(plan.ratio)),
        None => String::new(),
    };
    // Another fit of the same law is chosen by its name.
    let named = match way {
        Way::Fit(fit) if !mine => {
            let choose = move |_| {
                state.choose(|study| {
                    study.measure = fit.measure;
                    study.raw = fit.raw;
                    study.delta.clone_from(&fit.delta);
                    study.ties.clone_from(&fit.ties);
                });
            };
            view! { <button type="button" class="act" title="Use this method" on:click=choose>{name}</button> }.into_any()
        }
        _ => name.into_any(),
    };
    view! {
        <tr class:yours=mine>
            <th scope="row">{named}</th>
            <td class="across">
                <span class="unseen">{aloud}</span>
                <span inner_html=picture></span>
            </td>
            <td class="figure">{ratio}</td>
        </tr>
    }
    .into_any()
}
