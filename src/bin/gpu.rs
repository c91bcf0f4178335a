//! Runs shaders, for a worker that has loaded it: nothing of WebGPU is loaded before it is used.

use isoflop::formula::{Dispatch, Kernel};
use isoflop::gpu::Gpu;
use wasm_bindgen::prelude::*;

/// A device.
#[wasm_bindgen]
pub struct Device(Gpu);

#[wasm_bindgen]
impl Device {
    /// The device that computes fastest.
    ///
    /// # Errors
    /// There is none.
    pub async fn open() -> Result<Device, JsError> {
        Ok(Self(Gpu::open().await?))
    }

    /// What it is called.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        self.0.name().to_owned()
    }

    /// Runs a shader that tells so many numbers for each of so many rows.
    ///
    /// # Errors
    /// The device refuses it, or is lost.
    pub async fn run(
        &mut self,
        text: String,
        outputs: usize,
        shape: Vec<u32>,
        inputs: Vec<f32>,
        rows: usize,
    ) -> Result<Vec<u32>, JsError> {
        let kernel = Kernel { text, outputs, functions: 0 };
        Ok(self.0.run(&kernel, &Dispatch { shape, inputs, rows }).await?)
    }
}

fn main() {}
