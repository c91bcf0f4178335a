//! What of a sweep is done, and the tiles that are still to do.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use super::Asked;
use crate::num::{clamp, max};
use crate::web::frontier::field::{Field, tiles};
use crate::web::frontier::gpu::By;
use crate::web::frontier::pace::Pace;
use crate::web::ui::pool::Lane;

/// A tile is to take about so long, in seconds.
const TILE: f64 = 0.2;
/// So many plans a tile has at least and at most.
const TILE_SIZES: [f64; 2] = [64.0, 1_048_576.0];

/// What is done, and what is still to do.
#[derive(Default)]
pub(super) struct Work {
    /// What of.
    pub(super) of: Option<Arc<Asked>>,
    pub(super) field: Field,
    pub(super) coarse: Option<Field>,
    pub(super) waiting: VecDeque<Range<usize>>,
    pub(super) under_way: BTreeMap<u64, (Lane, Range<usize>)>,
    pub(super) tries: BTreeMap<usize, usize>,
    pub(super) pace: Pace,
    /// What a plan was thought to take when the tiles were cut, in seconds; nothing before they are.
    pub(super) cut_for: Option<f64>,
    /// Whether all of it is to be run, however long it takes.
    pub(super) wanted: bool,
    /// When it went on last, and how long it had run before, in milliseconds.
    pub(super) since: f64,
    pub(super) spent: f64,
    pub(super) by: By,
    /// How many tiles WebGPU has computed.
    pub(super) by_gpu: usize,
    /// Whether it is the sweep that the page was opened with: a link shows the same digits everywhere.
    pub(super) is_first: bool,
    /// When the picture was drawn last, and whether it will be once more.
    pub(super) drawn: f64,
    pub(super) will_draw: bool,
}

impl Work {
    /// As if nothing had been done yet.
    pub(super) fn forget_time(&mut self) {
        (self.spent, self.by, self.by_gpu) = (0.0, By::default(), 0);
    }

    /// The next tile of those that wait, which are cut first where that is still to do.
    pub(super) fn next_tile(&mut self) -> Option<Range<usize>> {
        if self.waiting.is_empty() {
            self.plan_tiles();
        }
        self.waiting.pop_front()
    }

    /// How long what is left would take one worker, in seconds.
    pub(super) fn left(&self) -> f64 {
        let entries = self.of.as_ref().map_or(1, |of| of.sweep.entries);
        let plans = (self.field.len() - self.field.count()) * entries;
        plans as f64 * self.pace.each()
    }

    /// Cuts what is not done into tiles that take about as long as is good for a picture that sharpens.
    pub(super) fn plan_tiles(&mut self) {
        let Some(of) = &self.of else { return };
        let each = self.pace.each();
        self.cut_for = Some(each);
        let plans = clamp(TILE / max(each, 1e-12), TILE_SIZES[0], TILE_SIZES[1]);
        let cells = (plans as usize / of.sweep.entries).max(1);
        let all = tiles(of.sweep.shape, cells);
        let (field, under_way) = (&self.field, &self.under_way);
        let is_asked = |cell: usize| under_way.values().any(|(_, range)| range.contains(&cell));
        let is_open = |tile: &Range<usize>| tile.clone().any(|cell| !field.is_done(cell) && !is_asked(cell));
        self.waiting = all.into_iter().filter(is_open).collect();
    }
}
