//! The values of a fit.

use leptos::prelude::*;

use super::rich::rich;
use crate::units::significant;
use crate::web::formula_text::greek;
use crate::web::reading::Fitted;

#[component]
pub fn Estimates(fitted: Fitted) -> impl IntoView {
    let derived = fitted.derived.iter().map(|(name, value)| (name, value, None));
    let values = fitted.parameters.iter().map(|(name, value)| (name, value, fitted.errors.get(name)));
    let row = |(name, value, error): (&str, &f64, Option<&f64>)| {
        view! {
            <tr>
                <th scope="row"><var>{greek(name).unwrap_or(name).to_owned()}</var></th>
                <td class="figure">{rich(&significant(*value, 5))}</td>
                <td class="figure">{error.map(|error| rich(&significant(*error, 2)))}</td>
            </tr>
        }
    };
    view! {
        <table>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col" class="figure">"Estimate"</th>
                    <th scope="col" class="figure">"Standard error"</th>
                </tr>
            </thead>
            <tbody>{values.chain(derived).map(row).collect_view()}</tbody>
        </table>
    }
}
