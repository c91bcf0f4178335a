//! The other methods on the same runs, live.

mod backtest;
mod compared;
mod disclosure;
mod envelope;
mod job;
mod multiplier;
mod numbers;
mod profiles;

pub use compared::ComparedSection;

use leptos::prelude::*;

/// What opens below the residuals.
#[component]
pub fn Approaches() -> impl IntoView {
    view! {
        <section class="approaches" aria-labelledby="approaches">
            <h2 id="approaches">"Other approaches"</h2>
            <profiles::IsoFlop/>
            <envelope::Curves/>
            <backtest::Hidden/>
            <multiplier::Against/>
        </section>
    }
}
