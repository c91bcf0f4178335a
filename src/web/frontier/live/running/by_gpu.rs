//! The part of WebGPU in a sweep: when it is tried, how long it may take, and what happens where it fails.

use std::ops::Range;

use leptos::prelude::*;

use super::{Running, Status};
use crate::web::frontier::gpu::{Gpu, WORTH};
use crate::web::ui::browser;
use crate::web::ui::pool::{self, Lane};

/// So long WebGPU may take for a tile, in milliseconds: where its driver hangs, nothing else tells.
const GPU_PATIENCE: i32 = 30_000;

impl Running {
    /// Has WebGPU tried on a sweep that would take the workers so many seconds, unless the page was opened with it.
    pub(super) fn try_gpu(self, left: f64) {
        let is_worth_it = left > WORTH && pool::has_gpu() && !self.work.with_value(|work| work.is_first);
        if is_worth_it && self.gpu.with_untracked(|gpu| *gpu == Gpu::Untried) {
            self.gpu.set(Gpu::Tried);
        }
    }

    /// Gives a tile to the workers where WebGPU takes too long for it.
    pub(super) fn hurry_gpu(self, job: u64, cells: Range<usize>) {
        browser::later(GPU_PATIENCE, move || {
            if self.work.with_value(|work| work.under_way.contains_key(&job)) {
                pool::cancel(job);
                self.without_gpu(&cells, "timeout", "it took too long");
            }
        });
    }

    /// Notes what a plan took WebGPU, where it is tried. The first tile waited until it was loaded.
    pub(super) fn time_gpu(self, each: f64) {
        let known = self.work.with_value(|work| work.pace.timed().filter(|_| work.by_gpu > 1));
        let is_tried = self.gpu.with_untracked(|gpu| *gpu == Gpu::Tried);
        if let Some(known) = known.filter(|_| is_tried) {
            self.gpu.set(Gpu::timed(each, known, pool::sweepers().len()));
        }
    }

    /// Goes on with the workers alone: WebGPU failed at some cells.
    pub(super) fn without_gpu(self, cells: &Range<usize>, code: &str, why: &str) {
        self.gpu.update(|gpu| *gpu = std::mem::take(gpu).failed(code, why));
        self.work.update_value(|work| {
            work.under_way.retain(|_, (busy, _)| *busy != Lane::Gpu);
            work.waiting.push_front(cells.clone());
        });
        self.go_on();
    }

    /// Has it run by WebGPU or by the workers from now on: what is done is done again, what waits is run.
    pub fn run_by(self, gpu: Gpu) {
        self.gpu.set(gpu);
        match self.status.get_untracked() {
            Status::Done(..) => self.run_again(),
            _ => self.run(),
        }
    }
}
