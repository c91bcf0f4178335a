//! Every method on one axis. A row stays in its place while its content changes, so that who is in it stays there.

use leptos::prelude::*;

use super::sides::sides;
use crate::web::fit::live::state::state;
use crate::web::fit::methods::compare::{Method, Way};
use crate::web::fit::methods::compared::{self, Compared};
use crate::web::fit::methods::strip::Strip;
use crate::web::ui::browser;
use crate::web::ui::lean::{Memo, each};
use crate::web::ui::quantity_field::focus;

/// What has come of methods, at a budget.
pub type Found = Memo<Option<(Vec<Compared>, f64)>>;

/// What the rows show: the comparison, once it is one of these methods, and its axis.
#[derive(Clone, Copy)]
struct Shown(Memo<Option<(Vec<Compared>, Option<Strip>)>>);

#[component]
pub fn StripTable(compared: Found) -> impl IntoView {
    let methods = sides().methods;
    let shown = Shown(Memo::new(move || {
        let methods = methods.get();
        let compared = compared.get().map(|(compared, _)| compared);
        let compared = compared.filter(|compared| compared.iter().map(|one| &one.method).eq(&methods))?;
        let strip = Strip::of(&compared);
        Some((compared, strip))
    }));
    provide_context(shown);
    let foot = move || {
        let foot = |(_, strip): &(_, Option<Strip>)| strip.as_ref().map(Strip::foot);
        shown.0.with(|shown| shown.as_ref().and_then(foot)).unwrap_or_default()
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
            <tbody>{each(move || (0..methods.with(Vec::len)).collect(), row)}</tbody>
            <tfoot>
                <tr>
                    <td></td>
                    <td class="across" inner_html=move || foot()></td>
                    <td></td>
                </tr>
            </tfoot>
        </table>
    }
}

/// What stands in a row.
#[derive(Clone, Default, PartialEq)]
struct Cells {
    name: String,
    /// The size, for who does not see its picture.
    aloud: String,
    picture: String,
    ratio: String,
    /// Whether it can be chosen by its name.
    is_fit: bool,
    /// The law that can be left out again.
    law: Option<String>,
}

impl Cells {
    fn of(method: &Method, one: Option<&Compared>, strip: Option<&Strip>) -> Self {
        let plan = one.and_then(|one| one.plan.as_ref().ok());
        let aloud = plan.map(|plan| match compared::ends(plan) {
            Some(ends) => format!("{}, 90\u{a0}%: {ends}", compared::size(plan.size)),
            None => compared::size(plan.size),
        });
        let ratio =
            one.map(|_| plan.map_or_else(|| "left out".to_owned(), |plan| compared::ratio(plan.ratio)));
        let law = match &method.way {
            Way::Law(fit) => Some(fit.law.clone()),
            _ => None,
        };
        Self {
            name: one.map_or_else(|| method.name.clone(), Compared::name),
            aloud: aloud.unwrap_or_default(),
            picture: one.zip(strip).map(|(one, strip)| strip.row(one)).unwrap_or_default(),
            ratio: ratio.unwrap_or_default(),
            is_fit: method.way.fit().is_some(),
            law,
        }
    }
}

fn row(at: usize) -> AnyView {
    let (state, methods, Shown(shown)) = (state(), sides().methods, expect_context());
    let cells = Memo::new(move || {
        let read = |method: &Method| {
            shown.with(|shown| {
                let one = shown.as_ref().and_then(|(compared, _)| compared.get(at));
                Cells::of(method, one, shown.as_ref().and_then(|(_, strip)| strip.as_ref()))
            })
        };
        methods.with(|methods| methods.get(at).map(read)).unwrap_or_default()
    });
    let name = move || cells.with(|cells| cells.name.clone());
    // The chosen one stands first, and whoever chose it is there too.
    let choose = move |_| {
        let way = methods.with_untracked(|methods| methods.get(at).map(|method| method.way.clone()));
        if let Some(fit) = way.as_ref().and_then(Way::fit) {
            state.choose(|study| study.choose_method(fit));
            browser::later(0, || focus("method-0"));
        }
    };
    let button = move || {
        view! {
            <button
                type="button"
                class="act"
                id=format!("method-{at}")
                title="Use this method"
                aria-pressed=(at == 0).to_string()
                on:click=choose
            >
                {move || name()}
            </button>
        }
        .into_any()
    };
    let leave = move |_| {
        if let Some(law) = cells.with_untracked(|cells| cells.law.clone()) {
            state.choose(|study| study.beside.retain(|known| *known != law));
            browser::later(0, || focus("beside"));
        }
    };
    let left = move || {
        view! {
            <button type="button" class="act" title="Leave this law out" on:click=leave>
                <span aria-hidden="true">"×"</span>
                <span class="unseen">{move || format!("Leave out {}", name())}</span>
            </button>
        }
        .into_any()
    };
    let is_fit = Memo::new(move || cells.with(|cells| cells.is_fit));
    let is_law = Memo::new(move || cells.with(|cells| cells.law.is_some()));
    view! {
        <tr class:yours=at == 0>
            <th scope="row">
                <span class="named">
                    {move || if is_fit.get() { button() } else { (move || name()).into_any() }}
                    {move || is_law.get().then(|| left())}
                </span>
            </th>
            <td class="across">
                <span class="unseen">{move || cells.with(|cells| cells.aloud.clone())}</span>
                <span inner_html=move || cells.with(|cells| cells.picture.clone())></span>
            </td>
            <td class="figure">{move || cells.with(|cells| cells.ratio.clone())}</td>
        </tr>
    }
    .into_any()
}
