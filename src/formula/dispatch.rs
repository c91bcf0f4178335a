//! A formula over a grid as a compute shader, and what the shader is given for some rows.

use std::ops::Range;

use super::spread::SpreadOver;
use super::wgsl::{Dispatch, Kernel};

/// So many rows are computed twice.
const SAMPLE: usize = 48;
/// How near a shader's number is to be, of those that are not next to nothing.
const NEAR: f64 = 1e-4;
const NOTHING: f64 = 1e-6;

/// Whether the bits that a shader told are near a number.
fn is_near(computed: f64, told: u32) -> bool {
    let (told, size) = (f64::from(f32::from_bits(told)), computed.abs());
    told.is_nan() || (told - computed).abs() <= NEAR * if size < NOTHING { 1.0 } else { size }
}

impl SpreadOver {
    /// The shader of what varies along all dimensions; nothing where that has none, or where names vary from row to row.
    pub fn kernel(&self) -> Option<Kernel> {
        let layer = self.whole()?;
        let is_given = |slot: &usize| !self.is_by_row(*slot);
        let is_all_given = layer.columns.iter().chain(&layer.scalars).all(is_given);
        if !is_all_given {
            return None;
        }
        Kernel::of(&layer.program, layer.columns.len(), layer.scalars.len(), self.shape().len())
    }

    /// What the shader is given for some rows; nothing where a number of them is beyond those of a shader.
    pub fn dispatch(&self, rows: Range<usize>) -> Option<Dispatch> {
        let layer = self.whole()?;
        let number = |number: usize| u32::try_from(number).ok();
        let mut shape = vec![number(rows.start)?, number(rows.len())?];
        for points in self.shape() {
            shape.push(number(*points)?);
        }
        number(rows.end)?;
        let mut inputs: Vec<f32> = Vec::new();
        for slot in layer.columns.iter().chain(&layer.scalars) {
            shape.push(number(inputs.len())?);
            let (along, mut stride) = (self.varies(*slot), 1);
            let mut strides: Vec<u32> = Vec::new();
            for (dimension, points) in self.shape().iter().enumerate().rev() {
                let varies = along & 1 << dimension != 0;
                strides.push(if varies { number(stride)? } else { 0 });
                stride *= if varies { *points } else { 1 };
            }
            shape.extend(strides.into_iter().rev());
            for value in self.given(*slot) {
                let short = *value as f32;
                if value.is_finite() && !short.is_finite() {
                    return None;
                }
                inputs.push(short);
            }
        }
        Some(Dispatch { shape, inputs, rows: rows.len() })
    }

    /// Whether what a shader told of some rows is what the processor computes there, on a sample of them; rows that were given
    /// up are no mistake.
    pub fn is_right(&self, rows: Range<usize>, told: &[u32]) -> bool {
        let Some(layer) = self.whole() else { return false };
        let step = (rows.len() / SAMPLE).max(1);
        told.len() == rows.len() * layer.outputs.len()
            && rows.clone().step_by(step).chain(rows.end.checked_sub(1)).all(|row| {
                let computed = self.run(layer, row..row + 1, &[]);
                let told = told.chunks_exact(rows.len()).map(|column| column[row - rows.start]);
                computed.iter().zip(told).all(|(computed, told)| is_near(computed[0], told))
            })
    }

    /// The values in some rows where a shader has told what it computes there, one number after the other as it writes them
    /// ([`Kernel`]). A row that it gave up is computed here.
    pub fn values_told(&self, rows: Range<usize>, told: &[u32]) -> Vec<Vec<f64>> {
        let number = |bits: &u32| f64::from(f32::from_bits(*bits));
        let computed: Vec<Vec<f64>> =
            told.chunks_exact(rows.len().max(1)).map(|column| column.iter().map(number).collect()).collect();
        let is_lost = |row: usize| computed.iter().any(|column| column[row - rows.start].is_nan());
        let mut lost: Vec<Range<usize>> = Vec::new();
        for row in rows.clone().filter(|row| is_lost(*row)) {
            match lost.last_mut() {
                Some(run) if run.end == row => run.end += 1,
                _ => lost.push(row..row + 1),
            }
        }
        let mut values = self.values_of(rows.clone(), &[], computed);
        for run in lost {
            let again = self.all_values(run.clone(), &[]);
            for (column, again) in values.iter_mut().zip(again) {
                column[run.start - rows.start..run.end - rows.start].copy_from_slice(&again);
            }
        }
        values
    }
}
