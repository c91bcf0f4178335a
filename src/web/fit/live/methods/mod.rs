//! The other methods on the same runs, live.

mod backtest;
mod compared;
mod disclosure;
mod envelope;
mod found;
mod multiplier;
mod numbers;
mod profiles;
mod sides;
mod strip;

pub use compared::ComparedSection;
pub use disclosure::{Disclosure, notes, opened};
pub use found::Found;
pub use sides::provide;

use leptos::prelude::*;

use super::support::Support;

/// What opens below the residuals.
#[component]
pub fn Sections() -> impl IntoView {
    view! {
        <section class="approaches" aria-labelledby="approaches">
            <h2 id="approaches">"More about these runs"</h2>
            <Support/>
            <profiles::IsoFlop/>
            <envelope::Curves/>
            <backtest::Hidden/>
            <multiplier::Against/>
        </section>
    }
}
