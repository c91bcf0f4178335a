//! Sweeps by WebGPU: the worker reads the question and says what the shaders are given, a program of its own, which is loaded
//! then, runs them.

use std::cell::RefCell;

use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Progress, Said, hand_over, say};
use crate::ask::{self, OnGpu};
use crate::formula::{Dispatch, Kernel};

#[wasm_bindgen]
extern "C" {
    /// The device, as the program of `gpu/` has it.
    #[derive(Clone)]
    type Device;

    /// Loads that program and opens the device (scripts/post-build.mjs).
    #[wasm_bindgen(js_name = openGpu, catch)]
    async fn open_gpu() -> Result<Device, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn run(
        this: &Device,
        shader: &str,
        shape: Vec<u32>,
        inputs: Vec<f32>,
        workgroups: u32,
        numbers: usize,
    ) -> Result<js_sys::Uint32Array, JsValue>;
}

thread_local! {
    /// The device, once it is open.
    static DEVICE: RefCell<Option<Device>> = const { RefCell::new(None) };
}

/// Why there is no answer by WebGPU: what it is called, and the device's own words.
struct Fault(&'static str, String);

/// Answers a sweep, or says why WebGPU cannot.
pub(super) fn answer(job: u64, question: String) {
    spawn_local(async move {
        match sweep(job, &question).await {
            Ok(Ok((text, numbers))) => hand_over(&Said::of(job, text), &numbers),
            Ok(Err(refused)) => say(&Said::of(job, refused)),
            Err(Fault(code, message)) => {
                // The next one begins afresh.
                DEVICE.take();
                say(&Said::Error(job, ask::to_json(&json!({ "code": code, "message": message }))));
            }
        }
    });
}

/// The Answer with its numbers, or that there is none, as an Answer.
async fn sweep(job: u64, question: &str) -> Result<Result<(String, Vec<f64>), String>, Fault> {
    let mut sweep = match OnGpu::open(question) {
        Ok(Some(sweep)) => sweep,
        Ok(None) => {
            return Err(Fault("gpu.no_shader", "this sweep has nothing for a GPU to compute".to_owned()));
        }
        Err(refused) => return Ok(Err(refused)),
    };
    let device = device().await?;
    while let Some(given) = sweep.next_tile() {
        let kernels: Vec<Kernel> = sweep.kernels().into_iter().cloned().collect();
        let mut told = Vec::new();
        for (kernel, given) in kernels.iter().zip(given) {
            told.push(match given {
                Some(given) => Some(run(&device, kernel, given).await?),
                None => None,
            });
        }
        if !sweep.take(&told) {
            let message = "what it computed is not what the processor computes".to_owned();
            return Err(Fault("gpu.wrong", message));
        }
        let (done, of) = sweep.progress();
        say(&Said::Progress(job, Progress { done: done as u64, of: of as u64, stage: "cells".to_owned() }));
    }
    Ok(Ok(sweep.finish()))
}

/// The device, which is opened when it is first wanted.
async fn device() -> Result<Device, Fault> {
    if let Some(device) = DEVICE.with_borrow(Clone::clone) {
        return Ok(device);
    }
    let device = open_gpu().await.map_err(|error| Fault("gpu.none", words(&error)))?;
    DEVICE.set(Some(device.clone()));
    Ok(device)
}

async fn run(device: &Device, kernel: &Kernel, given: Dispatch) -> Result<Vec<u32>, Fault> {
    let (workgroups, numbers) = (given.workgroups(), kernel.outputs * given.rows);
    let told = device.run(&kernel.text, given.shape, given.inputs, workgroups, numbers).await;
    told.map(|told| told.to_vec()).map_err(|error| Fault("gpu.lost", words(&error)))
}

/// What an error says.
fn words(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "it does not say why".to_owned())
}
