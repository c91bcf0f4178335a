//! The example that draws a figure of Sardana et al. (2024) comes to the sizes that they print.

#[path = "../examples/ratio_map.rs"]
#[expect(dead_code, reason = "what draws is the example's")]
mod ratio_map;

use isoflop::num::pow;

/// The loss of the best model of this size by the values of the paper.
fn quality(size: f64) -> f64 {
    let tokens = pow(0.283 * 410.7 / (0.336 * 406.4) * pow(size, 0.336), 1.0 / 0.283);
    1.69 + 406.4 / pow(size, 0.336) + 410.7 / pow(tokens, 0.283)
}

#[test]
fn sizes_are_those_that_are_printed() {
    // Of the quality of 7, 13, 30 and 70 billion parameters, 6, 7, 13.6 and 41.6 billion are best.
    for (size, served, best) in
        [(7e9, 1e11, 6e9), (13e9, 2e12, 6.969e9), (30e9, 1e13, 13.6e9), (70e9, 1e13, 41.6e9)]
    {
        let share = ratio_map::shares(&[quality(size)], &[served])[0];
        assert!((share * size / best - 1.0).abs() < 5e-3, "{} of {size}", share * size);
    }
}
