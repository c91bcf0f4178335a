//! The normal distribution.

use super::ln;

/// The number below which a normal variable of mean 0 and deviation 1 lies with probability `p`.
///
/// Right to `1e-15` of itself; infinite at 0 and 1, not a number outside.
///
/// # Example
/// ```
/// use isoflop::num::normal_quantile;
/// assert!((normal_quantile(0.95) - 1.6448536269514722).abs() < 1e-15);
/// assert_eq!(normal_quantile(0.5), 0.0);
/// ```
///
/// # Source
/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", *Applied Statistics* 37 (1988), PPND16.
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return if tail < 0.0 { f64::NAN } else { f64::INFINITY.copysign(q) };
    }
    let r = (-ln(tail)).sqrt();
    let size = if r <= 5.0 { ratio(&SHOULDER, r - 1.6) } else { ratio(&TAIL, r - 5.0) };
    size.copysign(q)
}

/// The quotient of two polynomials of degree 7, the coefficients from the constant up.
fn ratio([above, below]: &[[f64; 8]; 2], r: f64) -> f64 {
    let value = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, c| sum * r + c);
    value(above) / value(below)
}

#[allow(clippy::excessive_precision, clippy::unreadable_literal, reason = "as printed in the source")]
const CENTRE: [[f64; 8]; 2] = [
    [
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ],
    [
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ],
];
#[allow(clippy::excessive_precision, clippy::unreadable_literal, reason = "as printed in the source")]
const SHOULDER: [[f64; 8]; 2] = [
    [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ],
    [
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ],
];
#[allow(clippy::excessive_precision, clippy::unreadable_literal, reason = "as printed in the source")]
const TAIL: [[f64; 8]; 2] = [
    [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ],
    [
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Of scipy.stats.norm.ppf, at 16 digits.
        for (p, z) in [
            (0.9, 1.2815515655446004),
            (0.975, 1.959963984540054),
            (0.999, 3.090232306167813),
            (1e-10, -6.361340902404056),
            (1e-300, -37.0471),
        ] {
            let tolerance = if z < -30.0 { 1e-5 } else { 1e-14 };
            assert!((normal_quantile(p) / z - 1.0).abs() < tolerance, "{p}: {}", normal_quantile(p));
        }
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert!(normal_quantile(1.5).is_nan());
        assert!((normal_quantile(0.1) + normal_quantile(0.9)).abs() < 1e-15);
    }
}
