//! The largest budgets hidden, and foretold from the others.

use leptos::prelude::*;

use super::disclosure::Disclosure;
use super::sides::{Sides, sides};
use crate::web::fit::live::state::state;
use crate::web::fit::live::text_field::TextField;
use crate::web::fit::methods::Section;
use crate::web::fit::methods::backtest::{self, BackTest, FORETOLD};
use crate::web::fit::study::Study;

const SECTION: Section = Section::BackTest;

#[component]
pub fn Hidden() -> impl IntoView {
    let (state, Sides { tested, standing, .. }) = (state(), sides());
    let fields = move |()| {
        view! {
            <TextField
                id="hidden".to_owned()
                name="Budgets to hide".to_owned()
                text=|study: Study| study.hidden
                write=move |(text,): (String,)| state.write(|study| study.hidden = text)
                wrong=|study: Study| backtest::hidden(&study).err()
            />
        }
        .into_any()
    };
    let picture = move || {
        let called = (FORETOLD, "isoflop-backtest");
        view! {
            {tested.figure(SECTION, called, BackTest::chart, |tested| Some(tested.says()))}
            {tested.numbers(0, BackTest::table)}
        }
        .into_any()
    };
    let finding = tested.says(|tested| Some(tested.finding()));
    let body = move |()| tested.once(picture);
    view! { <Disclosure section=SECTION finding fields standing working="Testing" body/> }
}
