//! Runs the shaders that Isoflop writes of formulas: in the browser by WebGPU, natively by Vulkan or Metal, for tests and
//! measurements.
//!
//! It knows no formula: a text and numbers go in, bits come out. Whoever asks for them compares a sample with what the
//! processor makes of the same rows before it believes them.

use std::collections::BTreeMap;

use futures_channel::oneshot;
use thiserror::Error;
use wgpu::{
    BindGroupDescriptor, BindGroupEntry, Buffer, BufferDescriptor, BufferUsages, CommandEncoderDescriptor,
    ComputePassDescriptor, ComputePipeline, ComputePipelineDescriptor, Device, DeviceDescriptor, ErrorFilter,
    Instance, InstanceDescriptor, Limits, MapMode, PipelineCompilationOptions, PollType, PowerPreference,
    Queue, RequestAdapterOptions, ShaderModuleDescriptor, ShaderSource,
};

/// Why nothing was computed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GpuError {
    /// No device is there, or it may not be used.
    #[error("no GPU can be used: {0}")]
    None(String),
    /// The device refuses the shader, or what it is to be given.
    #[error("the GPU refuses this sweep: {0}")]
    Refused(String),
    /// The device was lost while it computed.
    #[error("the GPU was lost while it computed: {0}")]
    Lost(String),
}

/// What a shader reads, and how much it is to tell.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Its first buffer.
    pub shape: &'a [u32],
    /// Its second buffer.
    pub inputs: &'a [f32],
    /// How many workgroups run it.
    pub workgroups: u32,
    /// How many numbers it writes into its third buffer.
    pub numbers: usize,
}

/// A device, with the shaders that it has been given.
pub struct Gpu {
    device: Device,
    queue: Queue,
    name: String,
    pipelines: BTreeMap<String, ComputePipeline>,
}

impl Gpu {
    /// The device that computes fastest.
    ///
    /// # Errors
    /// [`GpuError::None`].
    pub async fn open() -> Result<Self, GpuError> {
        let instance = Instance::new(InstanceDescriptor::new_without_display_handle());
        let options = RequestAdapterOptions {
            power_preference: PowerPreference::HighPerformance,
            ..RequestAdapterOptions::default()
        };
        let none = |error: String| GpuError::None(error);
        let adapter = instance.request_adapter(&options).await.map_err(|error| none(error.to_string()))?;
        let required =
            DeviceDescriptor { required_limits: Limits::downlevel_defaults(), ..Default::default() };
        let (device, queue) =
            adapter.request_device(&required).await.map_err(|error| none(error.to_string()))?;
        let info = adapter.get_info();
        let name = if info.name.is_empty() { info.driver } else { info.name };
        Ok(Self { device, queue, name, pipelines: BTreeMap::new() })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs a shader, and gives the numbers that it tells, as bits.
    ///
    /// # Errors
    /// [`GpuError::Refused`] or [`GpuError::Lost`].
    pub async fn run(&mut self, shader: &str, given: &Given<'_>) -> Result<Vec<u32>, GpuError> {
        let memory = self.device.push_error_scope(ErrorFilter::OutOfMemory);
        let valid = self.device.push_error_scope(ErrorFilter::Validation);
        let told = self.submit(shader, given);
        let refused = [valid.pop().await, memory.pop().await].into_iter().flatten().next();
        if let Some(error) = refused {
            return Err(GpuError::Refused(error.to_string()));
        }
        read(&self.device, &told).await
    }

    /// Has the shader run, and gives the buffer that holds what it told, ready to be read.
    fn submit(&mut self, shader: &str, given: &Given) -> Buffer {
        let device = &self.device;
        let pipeline = self.pipelines.entry(shader.to_owned()).or_insert_with(|| pipeline(device, shader));
        let bytes = (given.numbers * 4) as u64;
        let shape: Vec<u8> = given.shape.iter().flat_map(|number| number.to_le_bytes()).collect();
        let inputs: Vec<u8> = given.inputs.iter().flat_map(|number| number.to_le_bytes()).collect();
        let filled = [&shape, &inputs].map(|bytes| {
            // There is no buffer of nothing.
            let buffer =
                buffer(device, bytes.len().max(4) as u64, BufferUsages::STORAGE | BufferUsages::COPY_DST);
            self.queue.write_buffer(&buffer, 0, bytes);
            buffer
        });
        let outputs = buffer(device, bytes, BufferUsages::STORAGE | BufferUsages::COPY_SRC);
        let told = buffer(device, bytes, BufferUsages::MAP_READ | BufferUsages::COPY_DST);
        let entries = [&filled[0], &filled[1], &outputs].into_iter().enumerate();
        let entries: Vec<BindGroupEntry> = entries
            .map(|(at, buffer)| BindGroupEntry { binding: at as u32, resource: buffer.as_entire_binding() })
            .collect();
        let layout = pipeline.get_bind_group_layout(0);
        let group = device.create_bind_group(&BindGroupDescriptor {
            label: None,
            layout: &layout,
            entries: &entries,
        });
        let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
        {
            let mut pass = encoder.begin_compute_pass(&ComputePassDescriptor::default());
            pass.set_pipeline(pipeline);
            pass.set_bind_group(0, &group, &[]);
            pass.dispatch_workgroups(given.workgroups, 1, 1);
        }
        encoder.copy_buffer_to_buffer(&outputs, 0, &told, 0, bytes);
        self.queue.submit([encoder.finish()]);
        told
    }
}

fn pipeline(device: &Device, shader: &str) -> ComputePipeline {
    let source = ShaderSource::Wgsl(shader.into());
    let module = device.create_shader_module(ShaderModuleDescriptor { label: None, source });
    device.create_compute_pipeline(&ComputePipelineDescriptor {
        label: None,
        layout: None,
        module: &module,
        entry_point: Some("main"),
        compilation_options: PipelineCompilationOptions::default(),
        cache: None,
    })
}

fn buffer(device: &Device, size: u64, usage: BufferUsages) -> Buffer {
    device.create_buffer(&BufferDescriptor { label: None, size, usage, mapped_at_creation: false })
}

/// The numbers of a buffer, once they are there.
async fn read(device: &Device, buffer: &Buffer) -> Result<Vec<u32>, GpuError> {
    let lost = |error: String| GpuError::Lost(error);
    let (tell, told) = oneshot::channel();
    // Nobody listens where the answer is no longer wanted.
    buffer.map_async(MapMode::Read, .., move |mapped| _ = tell.send(mapped));
    // In a browser this does nothing: there it goes on by itself.
    device.poll(PollType::wait_indefinitely()).map_err(|error| lost(error.to_string()))?;
    match told.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => return Err(lost(error.to_string())),
        Err(_) => return Err(lost("it says nothing".to_owned())),
    }
    let bytes = buffer.get_mapped_range(..).map_err(|error| lost(error.to_string()))?;
    Ok(bytes
        .chunks_exact(4)
        .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        .collect())
}
