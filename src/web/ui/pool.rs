//! The page's workers, each started when first needed.
//!
//! Quick questions never wait behind a fit. The first worker knows what the Plan opens with; what it refuses goes to
//! one that knows all, which answers or says why not. A worker takes one question at a time; the others wait here, where
//! they can still be withdrawn. A worker that failed is replaced by a fresh one.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::browser;
use crate::web::message::{self, Progress, Said};
use crate::web::reading::Refusal;

/// A question that was withdrawn is worked on for so long at most, in milliseconds.
const PATIENCE: i32 = 300;
/// A longer question, in bytes, leaves its worker with memory that it never gives back.
const LONG: usize = 1 << 20;
/// Such a worker is ended once nothing was asked of it for so long, in milliseconds: about as long as another takes to
/// be there.
const IDLE: i32 = 500;

/// Which of the workers a question goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Questions that are answered within a frame.
    Quick,
    /// Questions that take longer, such as fits.
    Long,
    /// Quick questions that the first worker refuses.
    Wide,
    /// Parts of long ones, beside [`Lane::Long`].
    Second,
    /// The same.
    Third,
    /// Studies of several fits, which nothing else waits for.
    Study,
    /// Parts of sweeps, beside the others.
    Fourth,
    /// The same.
    Fifth,
    /// The same.
    Sixth,
    /// The same.
    Seventh,
    /// The same.
    Eighth,
    /// Sweeps by WebGPU.
    Gpu,
}

/// Every lane, in the order of their stations.
const LANES: [Lane; 12] = [
    Lane::Quick,
    Lane::Long,
    Lane::Wide,
    Lane::Second,
    Lane::Third,
    Lane::Study,
    Lane::Fourth,
    Lane::Fifth,
    Lane::Sixth,
    Lane::Seventh,
    Lane::Eighth,
    Lane::Gpu,
];

/// The lanes that share the parts of a long job, as far as there are processors for them.
const SHARING: [Lane; 8] = [
    Lane::Long,
    Lane::Second,
    Lane::Third,
    Lane::Fourth,
    Lane::Fifth,
    Lane::Sixth,
    Lane::Seventh,
    Lane::Eighth,
];
/// As many of them draw: each holds the rows of a fit.
const DRAWERS: usize = 3;
/// A machine of no more memory than this, in gigabytes, has so many workers at most.
const SMALL: (f64, usize) = (2.0, 2);

/// The lanes that share draws: as many as there are processors besides the page's own.
pub fn drawers() -> &'static [Lane] {
    &SHARING[..processors().saturating_sub(1).clamp(1, DRAWERS)]
}

/// The lanes that share a sweep: as many as there are processors, fewer where memory is small. The page waits for them.
pub fn sweepers() -> &'static [Lane] {
    let memory = js_sys::Reflect::get(&leptos::prelude::window().navigator(), &"deviceMemory".into());
    let is_small = memory.ok().and_then(|memory| memory.as_f64()).is_some_and(|memory| memory <= SMALL.0);
    let most = if is_small { SMALL.1 } else { SHARING.len() };
    &SHARING[..processors().clamp(1, most)]
}

/// Whether the browser has WebGPU at all; whether there is a device is found out when it is used.
pub fn has_gpu() -> bool {
    let gpu = js_sys::Reflect::get(&leptos::prelude::window().navigator(), &"gpu".into());
    gpu.is_ok_and(|gpu| gpu.is_object())
}

fn processors() -> usize {
    leptos::prelude::window().navigator().hardware_concurrency() as usize
}

impl Lane {
    /// The program that answers them, by the name of its address in the page.
    const fn program(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            _ => "worker",
        }
    }

    /// The lane of this page: not every page has a first worker.
    fn here(self) -> Self {
        if self == Self::Quick && browser::meta(self.program()).is_none() { Self::Wide } else { self }
    }
}

/// What came of a question.
#[derive(Clone, Debug)]
pub enum Heard {
    /// It has come so far.
    Progress(Progress),
    /// The Answer, as the worker gave it.
    Answer(Arc<str>),
    /// The Answer to a sweep, and its numbers beside it.
    Cells(Arc<str>, Vec<f64>),
    /// There is no answer, and why.
    Refused(Refusal),
    /// The worker failed; the report.
    Fault(String),
}

struct Job {
    number: u64,
    question: Arc<str>,
    /// Whether numbers are wanted beside the answer.
    beside: bool,
    hear: Rc<dyn Fn(Heard)>,
}

#[derive(Default)]
struct Station {
    worker: Option<Worker>,
    /// Counts the workers of this station, so that a dismissed one is no longer listened to.
    hired: u32,
    ready: bool,
    /// The last question that was given to it.
    last: u64,
    /// Whether it has had a long question.
    full: bool,
    under_way: Option<Job>,
    waiting: VecDeque<Job>,
}

#[derive(Default)]
struct Pool {
    jobs: u64,
    stations: [Station; LANES.len()],
}

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

/// Asks a question; `hear` is called with what comes of it, until the last word or [`cancel`].
pub fn ask(lane: Lane, question: Arc<str>, hear: impl Fn(Heard) + 'static) -> u64 {
    put(lane, question, false, Rc::new(hear))
}

/// Asks for cells of a sweep, whose numbers come beside the answer; of [`Lane::Gpu`] by WebGPU, or not at all.
pub fn ask_cells(lane: Lane, question: Arc<str>, hear: impl Fn(Heard) + 'static) -> u64 {
    put(lane, question, true, Rc::new(hear))
}

fn put(lane: Lane, question: Arc<str>, beside: bool, hear: Rc<dyn Fn(Heard)>) -> u64 {
    let lane = lane.here();
    POOL.with_borrow_mut(|pool| {
        pool.jobs += 1;
        let job = Job { number: pool.jobs, question, beside, hear };
        pool.stations[lane as usize].waiting.push_back(job);
    });
    next(lane);
    POOL.with_borrow(|pool| pool.jobs)
}

/// Withdraws a question that nobody waits for any more. If it is being worked on, its answer will be dropped; a worker
/// that has it still after a while is ended, so that others need not wait for it. Quick ones are over sooner than
/// another worker is there.
pub fn withdraw(number: u64) {
    let mut is_under_way = false;
    POOL.with_borrow_mut(|pool| {
        for (lane, station) in LANES.into_iter().zip(&mut pool.stations) {
            station.waiting.retain(|job| job.number != number);
            if let Some(job) = station.under_way.as_mut().filter(|job| job.number == number) {
                job.hear = Rc::new(|_| ());
                is_under_way = lane != Lane::Quick;
            }
        }
    });
    if is_under_way {
        browser::later(PATIENCE, move || cancel(number));
    }
}

/// Withdraws a question, and ends the worker that works on it.
pub fn cancel(number: u64) {
    POOL.with_borrow_mut(|pool| {
        for station in &mut pool.stations {
            station.waiting.retain(|job| job.number != number);
            if station.under_way.as_ref().is_some_and(|job| job.number == number) {
                station.under_way = None;
                station.dismiss();
            }
        }
    });
    LANES.into_iter().for_each(next);
}

impl Station {
    fn dismiss(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
        (self.ready, self.full) = (false, false);
        self.hired += 1;
    }
}

/// Gives a free worker the next question of its lane.
fn next(lane: Lane) {
    let failed = POOL.with_borrow_mut(|pool| {
        let station = &mut pool.stations[lane as usize];
        if station.under_way.is_some() || station.waiting.is_empty() {
            return None;
        }
        let Some(worker) = &station.worker else {
            return match hire(lane, station.hired) {
                Ok(worker) => {
                    station.worker = Some(worker);
                    None
                }
                Err(fault) => Some(fault),
            };
        };
        if station.ready {
            let job = station.waiting.pop_front()?;
            let ask = match (job.beside, lane) {
                (true, Lane::Gpu) => message::ask_gpu,
                (true, _) => message::ask_beside,
                (false, _) => message::ask,
            };
            let _ = worker.post_message(&ask(job.number, &job.question).into());
            station.last = job.number;
            station.full |= job.question.len() > LONG;
            station.under_way = Some(job);
        }
        None
    });
    if let Some(fault) = failed {
        fail(lane, &fault);
    }
}

/// Starts a worker and listens to it.
fn hire(lane: Lane, hired: u32) -> Result<Worker, String> {
    let address = browser::meta(lane.program()).unwrap_or_default();
    let worker =
        Worker::new(&address).map_err(|_| format!("the worker at \"{address}\" cannot be started"))?;
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if employs(lane, hired)
            && let Some((said, numbers)) = read(&event.data())
        {
            heard(lane, said, numbers);
        }
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    let mishap = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
        if employs(lane, hired) {
            fail(lane, &event.message());
        }
    });
    worker.set_onerror(Some(mishap.as_ref().unchecked_ref()));
    mishap.forget();
    Ok(worker)
}

fn employs(lane: Lane, hired: u32) -> bool {
    POOL.with_borrow(|pool| pool.stations[lane as usize].hired == hired)
}

/// What a message says, and the numbers that it brings.
fn read(message: &JsValue) -> Option<(Said, Option<Vec<f64>>)> {
    if let Some(text) = message.as_string() {
        return Some((Said::read(&text)?, None));
    }
    let part = |name: &str| js_sys::Reflect::get(message, &name.into()).ok();
    let numbers = part(message::NUMBERS)?.dyn_into::<js_sys::Float64Array>().ok()?;
    Some((Said::read(&part(message::TEXT)?.as_string()?)?, Some(numbers.to_vec())))
}

fn heard(lane: Lane, said: Said, numbers: Option<Vec<f64>>) {
    match said {
        Said::Ready(_) => POOL.with_borrow_mut(|pool| pool.stations[lane as usize].ready = true),
        Said::Progress(number, progress) => {
            let hear = POOL.with_borrow(|pool| {
                let job =
                    pool.stations[lane as usize].under_way.as_ref().filter(|job| job.number == number)?;
                Some(job.hear.clone())
            });
            if let Some(hear) = hear {
                hear(Heard::Progress(progress));
            }
        }
        Said::Answer(number, text) => finish(lane, number, || match numbers {
            Some(numbers) => Heard::Cells(text.into(), numbers),
            None => Heard::Answer(text.into()),
        }),
        Said::Error(number, text) => {
            let refusal = Refusal::read(&text);
            if refusal.code == "fault" {
                return fail(lane, &refusal.message);
            }
            if lane == Lane::Quick {
                return pass_on(number);
            }
            finish(lane, number, || Heard::Refused(refusal));
        }
    }
    next(lane);
}

/// Gives what the first worker refuses to the whole one.
fn pass_on(number: u64) {
    POOL.with_borrow_mut(|pool| {
        let [quick, _, wide, ..] = &mut pool.stations;
        wide.waiting.extend(quick.under_way.take_if(|job| job.number == number));
    });
    next(Lane::Quick);
    next(Lane::Wide);
}

fn finish(lane: Lane, number: u64, word: impl FnOnce() -> Heard) {
    let job = POOL
        .with_borrow_mut(|pool| pool.stations[lane as usize].under_way.take_if(|job| job.number == number));
    if let Some(job) = job {
        (job.hear)(word());
        browser::later(IDLE, move || relieve(lane, number));
    }
}

/// Ends a worker that is full and has had no other question since this one.
fn relieve(lane: Lane, number: u64) {
    POOL.with_borrow_mut(|pool| {
        let station = &mut pool.stations[lane as usize];
        let is_idle = station.under_way.is_none() && station.waiting.is_empty() && station.last == number;
        if is_idle && station.full {
            station.dismiss();
        }
    });
}

/// The worker of a lane is of no more use: what it was doing has failed, the rest goes to a fresh one. A worker
/// that never became ready takes all that waits for it along, or it would be started again for ever.
fn fail(lane: Lane, fault: &str) {
    let lost = POOL.with_borrow_mut(|pool| {
        let station = &mut pool.stations[lane as usize];
        let started = station.ready;
        station.dismiss();
        let mut lost: Vec<Job> = station.under_way.take().into_iter().collect();
        if !started {
            lost.extend(station.waiting.drain(..));
        }
        lost
    });
    for job in lost {
        (job.hear)(Heard::Fault(fault.to_owned()));
    }
    next(lane);
}
