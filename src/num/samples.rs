//! Inputs that try a function where it may differ between machines.

use super::exp::exp;
use super::rng::{Stream, unit};

/// `n` seeded inputs: first the special ones, then random ones of six kinds in turn.
///
/// The special ones are the zeros, infinities, NaNs of both signs and with payload, the limits of the
/// subnormal and normal numbers, the edges of overflow and underflow of `exp`, and the neighbours of 1
/// and -1. The kinds are: any bits at all; what `exp` can take; positive numbers over all magnitudes
/// of a scaling law; numbers near 1; small ones of both signs; subnormals.
///
/// # Example
/// ```
/// use isoflop::num::samples;
/// let inputs = samples(1, 100_000);
/// assert!(inputs.iter().any(|x| x.is_nan()) && inputs.iter().any(|x| x.is_subnormal()));
/// ```
pub fn samples(seed: u64, n: usize) -> Vec<f64> {
    let random = (0_u64..).map(|i| sample(Stream::new(seed, i).word(), i));
    special().chain(random).take(n).collect()
}

fn special() -> impl Iterator<Item = f64> {
    const EDGES: [f64; 12] = [
        0.0,
        f64::INFINITY,
        f64::MAX,
        f64::MIN_POSITIVE,
        1.0,
        std::f64::consts::LN_2,
        708.0,
        // The last with a finite exponential, with a normal one (of its negative), and with one.
        709.782_712_893_384,
        708.396_418_532_264_1,
        745.133_219_101_941_2,
        710.0,
        746.0,
    ];
    let payload = f64::from_bits(0x7ff8_0000_0000_beef);
    let signalling = f64::from_bits(0x7ff0_0000_0000_0001);
    let smallest = [f64::from_bits(1), f64::MIN_POSITIVE.next_down()];
    let nan = [f64::NAN, payload, signalling];
    let near = EDGES.into_iter().flat_map(|x| [x, x.next_up(), x.next_down()]);
    near.chain(smallest).chain(nan).flat_map(|x| [x, -x])
}

/// Sample `i` from one random word; `i` says of which kind.
fn sample(word: u64, i: u64) -> f64 {
    let signed = 2.0 * unit(word) - 1.0;
    match i % 6 {
        0 => f64::from_bits(word),
        1 => 750.0 * signed,
        2 => exp(80.0 * signed),
        3 => 1.0 + signed * signed * signed,
        4 => signed * exp(-(((word & 0x3ff) as f64) / 16.0)),
        _ => f64::from_bits(word >> 12 | (word & 1) << 63),
    }
}
