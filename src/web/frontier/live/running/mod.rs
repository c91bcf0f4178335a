//! The sweep under way: its tiles are shared out to workers, and what they tell is put together.
//!
//! First comes a coarse picture, then a first tile, by which the rest is timed. What takes no longer than a moment goes on by
//! itself, the rest when the reader says so. A tile whose worker failed is given to another; what is done is never lost.

mod by_gpu;
mod work;

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

use super::draws::draws;
use super::laws::laws;
use super::state::state;
use crate::num::{max, min};
use crate::web::frontier::chosen::{Chosen, View};
use crate::web::frontier::field::{Field, tiles};
use crate::web::frontier::gpu::{By, Gpu};
use crate::web::frontier::map::Plane;
use crate::web::frontier::pace::Pace;
use crate::web::frontier::questions::Sweep;
use crate::web::frontier::size::{AT_ONCE, Count, MOST_CELLS, USUAL};
use crate::web::reading::Refusal;
use crate::web::ui::browser;
use crate::web::ui::lean::{Memo, RwSignal, effect};
use crate::web::ui::mishaps::{Mishaps, mishaps};
use crate::web::ui::pool::{self, Heard, Lane};
use work::Work;

/// What is asked follows what is typed after this pause, in milliseconds.
const PAUSE: i32 = 120;
/// So many points has the coarse picture at most, across and upwards.
const COARSE: [usize; 2] = [33, 17];
/// So many plans has the first tile at most, by which the rest is timed; fewer where the coarse picture says that they would take
/// longer than this, in seconds.
const FIRST: (f64, f64) = (8192.0, 0.1);
/// The picture is drawn anew this often at most, in milliseconds: what comes in between is drawn together.
const PICTURE: f64 = 250.0;
/// A tile is given to so many workers before the sweep is given up.
const TRIES: usize = 3;

/// How the sweep stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Status {
    /// Something cannot be read, or is not there yet.
    #[default]
    Nothing,
    /// It is too large, in words.
    Refused(String),
    /// Its first tile is under way.
    Beginning,
    /// It waits to be run; so many seconds it would take.
    Waiting(f64),
    /// It is under way.
    Running,
    /// The reader has halted it; what is done is kept.
    Halted,
    /// All of it is done, in so many seconds.
    Done(f64, By),
}

/// What is swept, and what it is shown over.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The sweep.
    pub sweep: Sweep,
    /// The same over fewer points.
    coarse: Sweep,
    /// Its axes.
    pub plane: Plane,
}

/// The sweep of the page.
#[derive(Clone, Copy)]
pub struct Running {
    /// What is to be swept.
    pub asked: Memo<Option<Arc<Asked>>>,
    /// How it stands.
    pub status: RwSignal<Status>,
    /// Why there is no answer.
    pub refusal: RwSignal<Option<Refusal>>,
    /// How WebGPU stands with it.
    pub gpu: RwSignal<Gpu>,
    /// Whether nothing was swept, and nothing will be before the reader changes something.
    pub is_idle: Memo<bool>,
    /// Counts what has come, so that who shows it hears of it.
    pub came: RwSignal<u32>,
    work: StoredValue<Work>,
    mishaps: Mishaps,
}

/// The sweep, for all of the page.
pub fn provide() {
    let (state, laws, draws) = (state(), laws(), draws());
    // The cursor and the pins are of what is shown.
    let swept = Memo::new(move || {
        state.chosen.with(|chosen| Chosen {
            at: Default::default(),
            pins: Vec::new(),
            view: View::Own,
            ..chosen.clone()
        })
    });
    let asked = Memo::new(move || {
        let law = laws.chosen.get();
        let (known, others) = (draws.draws.get(), draws.others.get());
        if draws.awaited.get() {
            return None;
        }
        swept.with(|chosen| {
            // There may be more values than fit into memory.
            chosen.count(&law, known.len()).filter(|count| count.cells <= MOST_CELLS)?;
            let sweep = chosen.sweep(&law, &known, &others)?;
            let coarse = chosen.coarse(&law, COARSE)?;
            let plane = Plane::of(chosen, &law, sweep.numbers())?;
            Some(Arc::new(Asked { sweep, coarse, plane }))
        })
    });
    let (status, came) = (RwSignal::new(Status::Nothing), RwSignal::new(0));
    let work = StoredValue::new(Work { wanted: true, ..Work::default() });
    let is_idle = Memo::new(move || {
        came.track();
        let is_refused = status.with(|status| matches!(status, Status::Refused(_)));
        let is_unread = asked.with(Option::is_none) && !draws.awaited.get();
        (is_refused || is_unread) && work.with_value(|work| work.of.is_none())
    });
    let running = Running {
        asked,
        status,
        refusal: RwSignal::new(None),
        gpu: RwSignal::new(Gpu::Untried),
        is_idle,
        came,
        work,
        mishaps: mishaps(),
    };
    provide_context(running);
    let count = Memo::new(move || {
        let (law, known) = (laws.chosen.get(), draws.draws.get());
        swept.with(|chosen| chosen.count(&law, known.len()))
    });
    let begin = browser::settled(PAUSE, move || running.begin(count.get_untracked()));
    let mut last = None;
    effect(move || {
        let now = (asked.get(), count.get());
        if last.as_ref() != Some(&now) {
            last = Some(now);
            begin();
        }
    });
    let mut tried = 0;
    effect(move || {
        let tries = running.mishaps.tries.get();
        if std::mem::replace(&mut tried, tries) != tries {
            running.run();
        }
    });
}

/// The sweep of the page.
pub fn running() -> Running {
    expect_context()
}

impl Running {
    /// Reads what it is of, the cells that are done, and the coarse ones under them; hears when more come.
    pub fn with<T>(self, read: impl FnOnce(&Asked, &Field, Option<&Field>) -> T) -> Option<T> {
        self.came.track();
        self.work.with_value(|work| {
            let of = work.of.as_ref()?;
            Some(read(of, &work.field, work.coarse.as_ref()))
        })
    }

    /// How many cells are done, and of how many.
    pub fn progress(self) -> (usize, usize) {
        self.with(|_, field, _| (field.count(), field.len())).unwrap_or_default()
    }

    /// Begins the sweep that is asked for. What is done of the same one stays.
    fn begin(self, count: Option<Count>) {
        let asked = self.asked.get_untracked();
        let each = self.work.with_value(|work| work.pace.told());
        let columns = crate::web::frontier::questions::COLUMNS;
        if let Some(refused) = count.and_then(|count| count.refused(each, columns)) {
            self.stop();
            return self.status.set(Status::Refused(refused));
        }
        let Some(asked) = asked else {
            // What was too large is not what stands there now.
            if self.status.with_untracked(|status| matches!(status, Status::Refused(_))) {
                self.status.set(Status::Nothing);
            }
            return;
        };
        let same = self.work.with_value(|work| work.of.as_ref() == Some(&asked));
        if same {
            // It may have been refused, or have stood still when a worker failed.
            return self.go_on();
        }
        self.stop();
        self.refusal.set(None);
        self.work.update_value(|work| {
            let is_first = work.of.is_none();
            work.field = Field::new(asked.sweep.shape, asked.sweep.columns());
            work.coarse = None;
            work.waiting.clear();
            work.tries.clear();
            (work.pace, work.cut_for) = (Pace::default(), None);
            work.wanted &= is_first;
            work.is_first = is_first;
            work.forget_time();
            work.of = Some(asked.clone());
        });
        self.gpu.update(|gpu| *gpu = std::mem::take(gpu).anew());
        self.status.set(Status::Beginning);
        self.came.update(|came| *came += 1);
        self.ask_coarse(&asked);
    }

    /// Asks for the coarse picture, and then for the first tile.
    fn ask_coarse(self, asked: &Arc<Asked>) {
        let (shape, of) = (asked.coarse.shape, asked.clone());
        let lane = pool::sweepers()[0];
        let started = now();
        let hear = move |heard| match heard {
            Heard::Cells(_, numbers) if self.is_of(&of) => {
                let mut coarse = Field::new(shape, of.coarse.columns());
                coarse.put(&(0..shape[0] * shape[1]), &numbers);
                self.work.update_value(|work| work.coarse = Some(coarse));
                self.came.update(|came| *came += 1);
                self.ask_first(&of, (now() - started) / 1e3 / of.coarse.len() as f64);
            }
            Heard::Refused(refusal) if self.is_of(&of) => self.refuse(refusal),
            // The first tile is asked of another worker then.
            Heard::Fault(_) if self.is_of(&of) => self.ask_first(&of, USUAL),
            _ => {}
        };
        let job = pool::ask_cells(lane, asked.coarse.whole().into(), hear);
        self.work.update_value(|work| {
            work.under_way.insert(job, (lane, 0..0));
        });
    }

    /// Asks for the first tile, which times the rest, where a plan seems to take so many seconds.
    fn ask_first(self, of: &Arc<Asked>, each: f64) {
        self.work.update_value(|work| {
            work.under_way.clear();
            work.since = now();
        });
        let plans = min(FIRST.1 / each, FIRST.0);
        let first = tiles(of.sweep.shape, (plans as usize / of.sweep.entries).max(1)).into_iter().next();
        if let Some(range) = first {
            self.ask(pool::sweepers()[0], range, of);
        }
    }

    /// Asks a worker for some cells.
    fn ask(self, lane: Lane, range: Range<usize>, of: &Arc<Asked>) {
        let (question, of) = (of.sweep.cells(range.start, range.end), of.clone());
        let started = now();
        let cells = range.clone();
        let hear = move |heard| {
            if !self.is_of(&of) {
                return;
            }
            match heard {
                Heard::Cells(_, numbers) => {
                    let plans = (cells.len() * of.sweep.entries) as f64;
                    self.take(lane, &cells, &numbers, (now() - started) / 1e3, plans);
                    self.go_on();
                }
                Heard::Refused(refusal) if lane == Lane::Gpu => {
                    self.without_gpu(&cells, &refusal.code, &refusal.message);
                }
                Heard::Fault(report) if lane == Lane::Gpu => self.without_gpu(&cells, "fault", &report),
                Heard::Refused(refusal) => self.refuse(refusal),
                Heard::Fault(report) => self.again(lane, &cells, report),
                Heard::Progress(_) | Heard::Answer(_) => {}
            }
        };
        let job = pool::ask_cells(lane, question.into(), hear);
        self.work.update_value(|work| {
            work.under_way.insert(job, (lane, range.clone()));
            let workers = work.under_way.values().filter(|(lane, _)| *lane != Lane::Gpu).count();
            work.by.workers = work.by.workers.max(workers);
        });
        if lane == Lane::Gpu {
            self.hurry_gpu(job, range);
        }
    }

    /// Puts cells in their place, whose plans took so many seconds together.
    fn take(self, lane: Lane, cells: &Range<usize>, numbers: &[f64], seconds: f64, plans: f64) {
        self.work.update_value(|work| {
            work.under_way.retain(|_, (busy, _)| *busy != lane);
            work.field.put(cells, numbers);
            if lane == Lane::Gpu {
                work.by.gpu = true;
                work.by_gpu += 1;
            } else {
                work.pace.hear(seconds, plans);
                // What asking takes weighs most in small tiles, so larger ones show that plans take less.
                if work.cut_for.is_none_or(|cut_for| work.pace.each() < 0.5 * cut_for) {
                    work.plan_tiles();
                }
            }
        });
        if lane == Lane::Gpu {
            self.time_gpu(seconds / plans);
        }
        self.draw();
    }

    /// Has the picture drawn anew, now or soon.
    fn draw(self) {
        let wait = self.work.try_update_value(|work| {
            let wait = work.drawn + PICTURE - now();
            let is_new = !std::mem::replace(&mut work.will_draw, true);
            is_new.then_some(max(wait, 0.0))
        });
        if let Some(wait) = wait.flatten() {
            browser::later(wait as i32, move || {
                self.work.update_value(|work| (work.will_draw, work.drawn) = (false, now()));
                self.came.update(|came| *came += 1);
            });
        }
    }

    /// Goes on: with all of it where that is wanted or takes a moment.
    fn go_on(self) {
        let asked = self.work.with_value(|work| work.of.clone());
        let Some(asked) = asked else { return };
        if self.work.with_value(|work| work.field.is_whole()) {
            return self.finish();
        }
        let lanes = pool::sweepers();
        let left = self.work.with_value(Work::left) / lanes.len() as f64;
        let halted = self.status.with_untracked(|status| *status == Status::Halted);
        if halted {
            return;
        }
        if !self.work.with_value(|work| work.wanted) && left > AT_ONCE {
            return self.wait(&asked, left);
        }
        self.work.update_value(|work| {
            work.wanted = true;
            if work.waiting.is_empty() && work.under_way.is_empty() {
                work.plan_tiles();
            }
        });
        self.status.set(Status::Running);
        self.try_gpu(left);
        let (alone, used) = self.gpu.with_untracked(|gpu| (gpu.is_alone(), gpu.is_used()));
        let workers = lanes.iter().filter(|_| !alone);
        for lane in workers.chain(used.then_some(&Lane::Gpu)) {
            let next = self.work.try_update_value(|work| {
                let is_busy = work.under_way.values().any(|(busy, _)| busy == lane);
                if is_busy { None } else { work.waiting.pop_front() }
            });
            if let Some(range) = next.flatten() {
                self.ask(*lane, range, &asked);
            }
        }
    }

    /// Waits to be run, for what would take so many seconds; first tiles tell that.
    fn wait(self, asked: &Arc<Asked>, left: f64) {
        let (is_timed, is_sure) =
            self.work.with_value(|work| (!work.under_way.is_empty(), work.pace.is_sure()));
        if is_sure && !is_timed {
            return self.status.set(Status::Waiting(left));
        }
        self.status.set(Status::Beginning);
        if is_timed {
            // Once that tile is there, it goes on from here.
            return;
        }
        match self.work.try_update_value(Work::next_tile).flatten() {
            Some(range) => self.ask(pool::sweepers()[0], range, asked),
            None => self.status.set(Status::Waiting(left)),
        }
    }

    fn finish(self) {
        // It may be whole since it was asked for before.
        let runs = self.status.with_untracked(|status| matches!(status, Status::Beginning | Status::Running));
        let spent = self.work.try_update_value(|work| {
            work.spent += if runs { now() - work.since } else { 0.0 };
            (work.spent / 1e3, work.by)
        });
        if let Some((seconds, by)) = spent {
            self.status.set(Status::Done(seconds, by));
        }
        self.came.update(|came| *came += 1);
    }

    /// Gives cells to another worker, unless several have failed at them.
    fn again(self, lane: Lane, cells: &Range<usize>, report: String) {
        let tries = self.work.try_update_value(|work| {
            work.under_way.retain(|_, (busy, _)| *busy != lane);
            work.waiting.push_front(cells.clone());
            let tries = work.tries.entry(cells.start).or_default();
            *tries += 1;
            *tries
        });
        if tries.is_some_and(|tries| tries < TRIES) {
            return self.go_on();
        }
        self.halt();
        self.work.update_value(|work| work.tries.clear());
        self.mishaps.fault(report);
    }

    fn refuse(self, refusal: Refusal) {
        self.stop();
        self.work.update_value(|work| work.waiting.clear());
        self.status.set(Status::Nothing);
        self.refusal.set(Some(refusal));
    }

    fn is_of(self, asked: &Arc<Asked>) -> bool {
        self.work.with_value(|work| work.of.as_ref() == Some(asked))
    }

    /// Runs all of it; what is done stays.
    pub fn run(self) {
        self.work.update_value(|work| {
            work.wanted = true;
            work.since = now();
        });
        self.status.set(Status::Running);
        self.go_on();
    }

    /// Runs all of it again.
    pub fn run_again(self) {
        self.stop();
        self.work.update_value(|work| {
            work.forget_time();
            if let Some(of) = &work.of {
                work.field = Field::new(of.sweep.shape, of.sweep.columns());
            }
            work.plan_tiles();
        });
        self.came.update(|came| *came += 1);
        self.run();
    }

    /// The reader halts it: what workers are at goes back to what waits.
    pub fn halt(self) {
        self.stop();
        self.work.update_value(|work| {
            work.spent += now() - work.since;
            work.since = now();
        });
        self.status.set(Status::Halted);
    }

    /// Ends what is under way.
    fn stop(self) {
        let jobs = self.work.try_update_value(|work| {
            let jobs = std::mem::take(&mut work.under_way);
            for (_, range) in jobs.values().filter(|(_, range)| !range.is_empty()) {
                work.waiting.push_front(range.clone());
            }
            jobs
        });
        jobs.into_iter().flatten().for_each(|(job, _)| pool::cancel(job));
    }
}

fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
