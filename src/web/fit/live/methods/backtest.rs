//! The largest budgets hidden, and foretold from the others.

use leptos::prelude::*;

use super::disclosure::Disclosure;
use super::sides::{Sides, sides};
use crate::web::fit::live::state::state;
use crate::web::fit::live::text_field::TextField;
use crate::web::fit::methods::backtest::{self, BackTest};
use crate::web::fit::methods::{Section, backtest_charts};
use crate::web::fit::study::Study;
use crate::web::ui::lean::Memo;

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
            <p class="echo wide">{backtest::HINT}</p>
        }
        .into_any()
    };
    let losses = move || {
        let called = (backtest_charts::LOSSES, "isoflop-backtest");
        tested.figure(SECTION, called, backtest_charts::losses, BackTest::says_losses)
    };
    let sizes = move || {
        let called = (backtest_charts::SIZES, "isoflop-backtest-sizes");
        tested.figure(SECTION, called, backtest_charts::sizes, BackTest::says_sizes)
    };
    let any_losses = Memo::new(move || tested.read(BackTest::says_losses).is_some());
    let any_sizes = Memo::new(move || tested.read(BackTest::says_sizes).is_some());
    let pictures = move || {
        view! {
            {tested.remarks(|tested| vec![tested.says()])}
            <div class="two">
                {move || any_losses.get().then(losses)}
                {move || any_sizes.get().then(sizes)}
            </div>
            {tested.numbers(0, BackTest::table)}
            {tested.remarks(BackTest::remarks)}
        }
        .into_any()
    };
    let finding = tested.says(|tested| Some(tested.finding()));
    let body = move |()| tested.once(pictures);
    view! { <Disclosure section=SECTION finding fields standing working="Testing" body/> }
}
