//! Times the kernels natively: one JSON object on a line for each, for `scripts/bench.mjs`.
//!
//! ```sh
//! cargo bench --bench native -- runs.json [kernel]
//! ```

mod kernels;

use std::env;
use std::fs;
use std::time::Instant;

use isoflop::num;
use kernels::{Kernel, Runs};
use serde_json::{Value, json};

/// Calls before the steady state, or as many as fit into so many seconds.
const WARM: usize = 50;
const LONG: f64 = 1.0;
/// A batch of calls takes at least so long, in seconds, that the clock's own time does not count.
const BATCH: f64 = 2e-3;
/// Batches; the quickest counts, since what slows one down is another program.
const BATCHES: usize = 25;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [file, name @ ..] = &arguments[..] else { return };
    let runs: Value = serde_json::from_str(&fs::read_to_string(file).expect("the runs")).expect("JSON");
    let column = |name: &str| -> Vec<f64> { serde_json::from_value(runs[name].clone()).expect("a column") };
    for mut kernel in kernels::all(Runs::keep(&column("N"), &column("D"), &column("L"))) {
        if name.first().is_none_or(|name| *name == kernel.name) {
            println!("{}", time(&mut kernel));
        }
    }
}

/// Seconds of the first call, the median of calls 2 to 20, and the steady state.
fn time(kernel: &mut Kernel) -> Value {
    let mut calls = |count: usize| {
        let start = Instant::now();
        for _ in 0..count {
            std::hint::black_box((kernel.run)());
        }
        start.elapsed().as_secs_f64()
    };
    let first = calls(1);
    let mut early: Vec<f64> = (0..19).map(|_| calls(1)).collect();
    early.sort_by(f64::total_cmp);
    let mut warm = 0.0;
    for _ in 0..WARM {
        warm += calls(1);
        if warm > LONG {
            break;
        }
    }
    let mut count = 1;
    while calls(count) < BATCH {
        count *= 2;
    }
    let steady = (0..BATCHES).map(|_| calls(count) / count as f64).fold(f64::INFINITY, num::min);
    let value = (kernel.run)();
    json!({
        "name": kernel.name, "size": kernel.size, "value": value,
        "first": first, "early": early[9], "steady": steady,
    })
}
