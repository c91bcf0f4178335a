//! The kernels of `tests/bit_identical` and `benches`, as a wasm module: for tests and measurements, never
//! shipped. `scripts/kernels.sh` builds it.

#[path = "../benches/kernels/mod.rs"]
mod kernels;
#[path = "../tests/bit_identical/kernels.rs"]
mod same_bits;

use wasm_bindgen::prelude::*;

/// How many kernels there are to compare.
#[wasm_bindgen]
pub fn bit_kernels() -> usize {
    same_bits::KERNELS.len()
}

/// What one of them computes.
#[wasm_bindgen]
pub fn bits(kernel: usize) -> Vec<u64> {
    same_bits::KERNELS[kernel].1()
}

/// The kernels to time, with their data.
#[wasm_bindgen]
pub struct Bench(Vec<kernels::Kernel>);

#[wasm_bindgen]
impl Bench {
    /// Of runs by their columns.
    #[wasm_bindgen(constructor)]
    pub fn new(n: &[f64], d: &[f64], loss: &[f64]) -> Self {
        Self(kernels::all(kernels::Runs::keep(n, d, loss)))
    }

    /// The name of each kernel.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|kernel| kernel.name.to_owned()).collect()
    }

    /// What one call of each works on: elements, rows or cells.
    pub fn sizes(&self) -> Vec<usize> {
        self.0.iter().map(|kernel| kernel.size).collect()
    }

    /// Runs one of them once. Called many times from outside: an engine never replaces code that is running.
    pub fn run(&mut self, kernel: usize) -> f64 {
        (self.0[kernel].run)()
    }
}

/// The law fitted to runs, for draws that are shared out between workers.
#[wasm_bindgen]
pub struct Draws(kernels::Fitted);

#[wasm_bindgen]
impl Draws {
    /// Of runs by their columns.
    #[wasm_bindgen(constructor)]
    pub fn new(n: &[f64], d: &[f64], loss: &[f64]) -> Self {
        Self(kernels::Fitted::new(kernels::Runs::keep(n, d, loss)))
    }

    /// F of some draws.
    pub fn objectives(&self, first: u32, end: u32) -> Vec<f64> {
        self.0.draws(u64::from(first)..u64::from(end))
    }
}
