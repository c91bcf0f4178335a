//! The values of a fit.

use leptos::prelude::*;

use super::lean::Memo;
use super::rich::rich;
use crate::units::significant;
use crate::web::formula_text::greek;
use crate::web::reading::Fitted;

#[component]
pub fn Estimates(
    fitted: Fitted,
    /// What the fit decides, in the same terms.
    decision: Memo<Option<(String, String)>>,
) -> impl IntoView {
    let derived = fitted.derived.iter().map(|(name, value)| (name, value, None));
    let values = fitted.parameters.iter().map(|(name, value)| (name, value, fitted.errors.get(name)));
    let with_errors = !fitted.errors.is_empty();
    let decided = move || {
        decision.get().map(|(name, value)| {
            view! {
                <tr class="yours">
                    <th scope="row">{rich(&name)}</th>
                    <td class="figure">{rich(&value)}</td>
                </tr>
            }
            .into_any()
        })
    };
    let row = |(name, value, error): (&str, &Option<f64>, Option<&f64>)| {
        view! {
            <tr>
                <th scope="row"><var>{greek(name).unwrap_or(name).to_owned()}</var></th>
                <td class="figure">{value.map_or_else(|| "none".into_any(), |value| rich(&significant(value, 5)))}</td>
                {with_errors.then(|| {
                    view! { <td class="figure">{error.map(|error| rich(&significant(*error, 2)))}</td> }.into_any()
                })}
            </tr>
        }
        .into_any()
    };
    view! {
        <table>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col" class="figure">"Estimate"</th>
                    {with_errors.then(|| view! { <th scope="col" class="figure">"Standard error"</th> }.into_any())}
                </tr>
            </thead>
            <tbody>{values.chain(derived).map(row).collect_view()} {move || decided()}</tbody>
        </table>
    }
}
