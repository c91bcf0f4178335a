//! Where an axis is marked, and with what.
//!
//! Ticks come from integer exponents, never from a logarithm.

use super::axis::{Axis, Scale};
use super::number::{self, Format};
use crate::units::Unit;

/// Ticks are at least this far apart, in CSS pixels.
const APART: f64 = 56.0;
/// And no more than this many, however long the axis.
const MOST: usize = 7;

/// One mark of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub value: f64,
    /// What is written there.
    pub label: String,
}

/// The ticks of an axis of this length in CSS pixels, the lowest first; of an axis of rows their names.
///
/// Logarithmic axes are marked every 1, 2, 4 or more decades; if that leaves fewer than three ticks,
/// at 1, 2 and 5 of each decade; if that is still too few, as one of these or equal steps has most; and if that is a single
/// one, at 1 and 3, or at those of 1, 2 and 5 that there is room for.
pub fn ticks(axis: &Axis, length: f64) -> Vec<Tick> {
    if !axis.names.is_empty() {
        let tick = |(at, name): (usize, &String)| Tick { value: at as f64, label: name.clone() };
        return axis.names.iter().enumerate().map(tick).collect();
    }
    let marks = match axis.scale {
        Scale::Linear => steps(axis, length),
        Scale::Log => logarithmic(axis, length),
    };
    marks.into_iter().map(|mark| mark.tick(axis.format)).collect()
}

/// A tick as an integer times a power of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    m: i64,
    e: i32,
}

impl Mark {
    fn value(self) -> f64 {
        number::power(self.m, self.e)
    }

    fn tick(self, format: Format) -> Tick {
        let value = self.value();
        let label = match format {
            Format::Powers if value > 0.0 => number::power_tick(self.m, self.e),
            Format::Quantity => number::tick(self.m, self.e, Unit::Parameters),
            Format::Ratio => number::tick(self.m, self.e, Unit::TokensPerParameter),
            Format::Powers | Format::Decimal(_) => self.decimal_label(),
        };
        Tick { value, label }
    }

    fn decimal_label(self) -> String {
        let places = u8::try_from(-self.e).unwrap_or(0);
        Format::Decimal(places).value(self.value())
    }
}

fn logarithmic(axis: &Axis, length: f64) -> Vec<Mark> {
    let fits = |marks: &Vec<Mark>| wide_enough(axis, marks, length);
    let step = [1, 2, 4, 8, 16, 32].into_iter().find(|step| fits(&decades(axis, *step)));
    let coarse = step.map_or(Vec::new(), |step| decades(axis, step));
    if coarse.len() > 2 {
        return coarse;
    }
    let finer = Some(within_decades(axis, &[1, 2, 5])).filter(fits).unwrap_or_default();
    if finer.len() > 2 {
        return finer;
    }
    // The last of the longest.
    let most = [steps(axis, length), finer, coarse].into_iter().max_by_key(Vec::len).unwrap_or_default();
    if most.len() > 1 {
        return most;
    }
    let thirds = Some(within_decades(axis, &[1, 3])).filter(fits);
    thirds.unwrap_or_else(|| thinned(axis, within_decades(axis, &[1, 2, 5]), length))
}

fn decades(axis: &Axis, step: i32) -> Vec<Mark> {
    let (low, high) = (number::decade_above(axis.range.0), number::decade(axis.range.1));
    (low..=high).step_by(step.unsigned_abs() as usize).map(|e| Mark { m: 1, e }).collect()
}

fn within_decades(axis: &Axis, multiples: &[i64]) -> Vec<Mark> {
    let (low, high) = (number::decade(axis.range.0), number::decade(axis.range.1));
    let all = (low..=high).flat_map(|e| multiples.iter().map(move |m| Mark { m: *m, e }));
    all.filter(|mark| axis.holds(mark.value())).collect()
}

/// Those that there is room for, from the lowest on.
fn thinned(axis: &Axis, marks: Vec<Mark>, length: f64) -> Vec<Mark> {
    let at = |mark: &Mark| axis.share(mark.value()) * length;
    let mut kept: Vec<Mark> = Vec::new();
    for mark in marks {
        if kept.last().is_none_or(|last| at(&mark) - at(last) >= APART) {
            kept.push(mark);
        }
    }
    kept
}

/// Equal steps of 1, 2 or 5 times a power of ten, as small as the length allows.
fn steps(axis: &Axis, length: f64) -> Vec<Mark> {
    let (low, high) = axis.range;
    let mut best = Vec::new();
    let (mut m, mut e) = number::nice_above(high - low);
    // An axis without length has no step that fits; thirty halvings are past any that has.
    for _ in 0..30 {
        let step = number::power(m, e);
        let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
        let marks: Vec<Mark> = (first..=last).map(|k| Mark { m: k.saturating_mul(m), e }).collect();
        if marks.len() > 1 && !wide_enough(axis, &marks, length) {
            return best;
        }
        best = marks;
        (m, e) = match m {
            5 => (2, e),
            2 => (1, e),
            _ => (5, e - 1),
        };
    }
    best
}

fn wide_enough(axis: &Axis, marks: &[Mark], length: f64) -> bool {
    let at = |mark: &Mark| axis.share(mark.value()) * length;
    marks.len() <= MOST && marks.windows(2).all(|pair| at(&pair[1]) - at(&pair[0]) >= APART)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis, length: f64) -> Vec<String> {
        ticks(axis, length).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn an_axis_of_less_than_a_decade_has_more_than_one_tick() {
        let axis = Axis::log("days", "days", (7.0, 32.0), Format::Quantity);
        assert_eq!(labels(&axis, 190.0), ["10", "20"]);
    }

    #[test]
    fn an_axis_that_is_short_for_its_decades_has_more_than_one_tick() {
        let axis = Axis::log("parameters", "parameters", (18e9, 360e9), Format::Quantity);
        assert_eq!(labels(&axis, 130.0), ["20\u{a0}B", "100\u{a0}B"]);
        let axis = Axis::log("parameters", "parameters", (11.6e9, 565e9), Format::Quantity);
        assert_eq!(labels(&axis, 300.0), ["30\u{a0}B", "100\u{a0}B", "300\u{a0}B"]);
    }

    #[test]
    fn decades_are_thinned_to_fit() {
        let axis = Axis::log("training FLOPs", "FLOPs", (1e18, 1e26), Format::Powers);
        assert_eq!(labels(&axis, 544.0), ["10¹⁸", "10²⁰", "10²²", "10²⁴", "10²⁶"]);
        assert_eq!(labels(&axis, 300.0), ["10¹⁸", "10²⁰", "10²²", "10²⁴", "10²⁶"]);
        assert_eq!(labels(&axis, 120.0), ["10¹⁸", "10²²", "10²⁶"]);
    }

    #[test]
    fn tick_values_are_the_powers_themselves() {
        let axis = Axis::log("training FLOPs", "FLOPs", (1e18, 1e26), Format::Powers);
        assert_eq!(ticks(&axis, 544.0)[3].value, 1e24);
    }

    #[test]
    fn narrow_spans_are_marked_at_one_two_five() {
        let axis = Axis::log("parameters", "parameters", (10e9, 500e9), Format::Quantity);
        let expected = ["10\u{a0}B", "20\u{a0}B", "50\u{a0}B", "100\u{a0}B", "200\u{a0}B", "500\u{a0}B"];
        assert_eq!(labels(&axis, 410.0), expected);
    }

    #[test]
    fn a_fraction_of_a_decade_is_marked_at_equal_steps() {
        let axis = Axis::log("loss", "nats", (2.0, 5.0), Format::Decimal(1));
        assert_eq!(labels(&axis, 300.0), ["2", "3", "4", "5"]);
    }

    #[test]
    fn linear_axes_step_by_one_two_five() {
        let axis = Axis::linear("loss", "nats", (1.94, 2.1), Format::Decimal(2));
        assert_eq!(labels(&axis, 270.0), ["1.95", "2.00", "2.05", "2.10"]);
        let residual = Axis::linear("residual, %", "%", (-4.0, 4.0), Format::Decimal(0));
        assert_eq!(labels(&residual, 270.0), ["−4", "−2", "0", "2", "4"]);
    }
}
