//! Where the cursor stands on both axes: one for the map and the lines.

use leptos::prelude::*;

use super::laws::laws;
use super::running::running;
use super::state::{State, state};
use crate::units::{ascii, read};
use crate::web::frontier::along::Along;
use crate::web::frontier::chosen::{Chosen, MOST_PINS, View};
use crate::web::frontier::lines::Row;
use crate::web::frontier::map::Plane;
use crate::web::ui::lean::Memo;

/// Where the cursor stands.
#[derive(Clone, Copy)]
pub struct Cursor {
    /// What is shown, where anything is.
    pub plane: Memo<Option<Plane>>,
    /// Its places: across, and upwards.
    pub at: Memo<[usize; 2]>,
    /// The rows that are drawn: those that are pinned, and its own.
    pub rows: Memo<Vec<Row>>,
    state: State,
}

/// The cursor, for all of the page.
pub fn provide() {
    let (running, state) = (running(), state());
    let laws = laws();
    let plane = Memo::new(move || {
        let plane = running.with(|asked, _, _| asked.plane.clone())?;
        // What stands against it is named, and what the map shows of that chosen, without another sweep.
        let all = laws.all.get();
        state.chosen.with(|chosen| {
            let other = chosen.against.as_ref().map(|other| other.name(&all)).unwrap_or_default();
            let view = if plane.numbers.compared { chosen.view } else { View::Own };
            Some(Plane { view, other, ..plane })
        })
    });
    let at = Memo::new(move || {
        plane.with(|plane| match plane {
            Some(plane) => state.chosen.with(|chosen| places(plane, chosen)),
            None => [0, 0],
        })
    });
    let rows = Memo::new(move || {
        let own = at.get()[1];
        plane.with(|plane| match plane {
            Some(plane) => state.chosen.with(|chosen| rows(plane, chosen, own)),
            None => Vec::new(),
        })
    });
    provide_context(Cursor { plane, at, rows, state });
}

/// The cursor of the page.
pub fn cursor() -> Cursor {
    expect_context()
}

fn places(plane: &Plane, chosen: &Chosen) -> [usize; 2] {
    let shape = plane.shape();
    [0, 1].map(|axis| {
        let along = if axis == 0 { Some(&plane.across.0) } else { plane.up.as_ref().map(|(along, _)| along) };
        let value = along.and_then(|along| typed(along, &chosen.at[axis], plane));
        value.map_or(shape[1 - axis] / 2, |value| plane.nearest(axis, value))
    })
}

fn typed(along: &Along, text: &str, plane: &Plane) -> Option<f64> {
    read(text, along.unit(&plane.law)).ok().map(|read| read.value)
}

fn rows(plane: &Plane, chosen: &Chosen, own: usize) -> Vec<Row> {
    let mut rows = vec![Row { at: own, yours: true }];
    if let Some((along, _)) = &plane.up {
        for pin in &chosen.pins {
            let at = typed(along, pin, plane).map(|value| plane.nearest(1, value));
            if let Some(at) = at.filter(|at| rows.iter().all(|row| row.at != *at)) {
                rows.push(Row { at, yours: false });
            }
        }
    }
    rows.sort_by_key(|row| row.at);
    rows
}

impl Cursor {
    /// Puts it somewhere.
    pub fn put(self, at: [usize; 2]) {
        if let Some(texts) = untrack(|| self.values(at)) {
            self.state.write(|chosen| chosen.at = texts);
        }
    }

    /// The values of both axes at a place, as typed.
    fn values(self, [across, up]: [usize; 2]) -> Option<[String; 2]> {
        self.plane.with(|plane| {
            let plane = plane.as_ref()?;
            let across = plane.across.1.get(across).map(|value| ascii(*value));
            let up = plane.up.as_ref().and_then(|(_, values)| values.get(up)).map(|value| ascii(*value));
            Some([across.unwrap_or_default(), up.unwrap_or_default()])
        })
    }

    /// What was chosen, the cursor where it stands: at the values of a cell.
    pub fn stands(self) -> Chosen {
        let at = self.values(self.at.get());
        self.state
            .chosen
            .with(|chosen| Chosen { at: at.unwrap_or_else(|| chosen.at.clone()), ..chosen.clone() })
    }

    /// Moves it by so many places across and upwards, as far as there are some.
    pub fn step(self, [across, up]: [isize; 2]) {
        let shape = self.plane.with_untracked(|plane| plane.as_ref().map(Plane::shape));
        let Some([rows, columns]) = shape else { return };
        let [at_across, at_up] = self.at.get_untracked();
        let moved = |at: usize, by: isize, of: usize| at.saturating_add_signed(by).min(of.saturating_sub(1));
        self.put([moved(at_across, across, columns), moved(at_up, up, rows)]);
    }

    /// Pins its row; what comes of it, in words.
    pub fn pin(self) -> String {
        let own = self.at.get_untracked()[1];
        let value = self.plane.with_untracked(|plane| {
            plane.as_ref()?.up.as_ref().and_then(|(_, values)| values.get(own).copied())
        });
        let Some(value) = value else {
            return "There is one line only: choose what runs upwards to pin others.".to_owned();
        };
        let pinned = self.rows.with_untracked(Vec::len) - 1;
        let known = self.state.chosen.with_untracked(|chosen| chosen.pins.len());
        let text = ascii(value);
        if self.state.chosen.with_untracked(|chosen| chosen.pins.contains(&text)) {
            return "This row is pinned already.".to_owned();
        }
        if known >= MOST_PINS {
            return format!("{pinned} rows are pinned already: remove one first.");
        }
        self.state.act(|chosen| chosen.pins.push(text));
        "Pinned.".to_owned()
    }

    /// Lets go of the pin of a row.
    pub fn unpin(self, row: usize) {
        self.state.act(|chosen| {
            let plane = self.plane.get_untracked();
            let Some(plane) = plane else { return };
            let Some((along, _)) = &plane.up else { return };
            chosen
                .pins
                .retain(|pin| typed(along, pin, &plane).map(|value| plane.nearest(1, value)) != Some(row));
        });
    }
}
