//! The device, for JavaScript.

use isoflop_gpu::{Given, Gpu};
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

    /// Runs a shader in so many workgroups, and gives so many numbers that it tells ([`Given`]).
    ///
    /// # Errors
    /// The device refuses it, or is lost.
    pub async fn run(
        &mut self,
        shader: String,
        shape: Vec<u32>,
        inputs: Vec<f32>,
        workgroups: u32,
        numbers: usize,
    ) -> Result<Vec<u32>, JsError> {
        let given = Given { shape: &shape, inputs: &inputs, workgroups, numbers };
        Ok(self.0.run(&shader, &given).await?)
    }
}
