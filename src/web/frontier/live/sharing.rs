//! What the Frontier page shares: what is chosen, and what was told where the cursor stands as texts to copy.

use super::cursor::cursor;
use super::laws::laws;
use super::running::running;
use super::state::state;
use super::told::known;
use crate::web::frontier::chosen::Chosen;
use crate::web::frontier::map;
use crate::web::frontier::report::About;
use crate::web::ui::share::{self, Shared};

/// Says what the Frontier page shares, for all of the page.
pub fn provide() {
    let (cursor, known, laws, running, state) = (cursor(), known(), laws(), running(), state());
    // Nothing where what stands on the page is not of what is chosen: the link would open something else.
    let about = move || {
        let answer = known.now.get()?;
        let is_chosen = running.with(|of, _, _| running.asked.with(|asked| asked.as_deref() == Some(of)))?;
        let cell = running.with(|_, field, _| map::cell(&answer.plane, field, cursor.at.get()))?;
        let (chosen, laws, reading) = (state.chosen.get(), laws.all.get(), known.reading.get());
        is_chosen.then_some(About { chosen, laws, answer, reading, cell })
    };
    share::offer(move || {
        let about = about();
        Shared {
            python: None,
            address: state.chosen.with(Chosen::address),
            with_runs: None,
            texts: Box::new(move |link| about.as_ref().map(|about| about.texts(link)).unwrap_or_default()),
        }
    });
}
