//! Runs shaders, for a worker that has loaded it: nothing of WebGPU is loaded before it is used.

#[cfg(target_arch = "wasm32")]
mod browser;

fn main() {}
