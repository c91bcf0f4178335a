//! A second reference, for inputs by the ten thousand: the functions in pairs of doubles, about 100
//! bits, from series and Newton's method. `accuracy.rs` holds it to the table of mpmath first.

use std::ops::{Add, Div, Mul, Neg, Sub};

use isoflop::num;

/// The unevaluated sum of two doubles, the second at most half a unit in the last place of the first.
#[derive(Clone, Copy, Debug)]
pub struct Dd(pub f64, pub f64);

/// A number times a power of two, so that no result overflows or loses digits.
#[derive(Clone, Copy, Debug)]
pub struct Scaled(pub Dd, pub i32);

const LN_2: Dd = Dd(std::f64::consts::LN_2, 2.3190468138462996e-17);
const LN_10: Dd = Dd(std::f64::consts::LN_10, -2.1707562233822494e-16);
const ONE: Dd = Dd(1.0, 0.0);

pub fn exp(x: Dd) -> Scaled {
    let k = (x.0 / LN_2.0).round();
    let r = x - LN_2 * Dd(k, 0.0);
    Scaled(exp_m1_series(r) + ONE, k as i32)
}

pub fn exp_m1(x: f64) -> Scaled {
    if x.abs() < 0.5 {
        return Scaled(exp_m1_series(Dd(x, 0.0)), 0);
    }
    let Scaled(y, k) = exp(Dd(x, 0.0));
    if k < 0 { Scaled(y.shifted(k) - ONE, 0) } else { Scaled(y - Dd(two_to(-k), 0.0), k) }
}

pub fn ln(x: f64) -> Scaled {
    let y = num::ln(x);
    if (0.5..=2.0).contains(&x) {
        return newton(y, Dd(x - 1.0, 0.0));
    }
    let Scaled(inverse, k) = exp(Dd(-y, 0.0));
    let product = inverse * Dd(shift(x, k), 0.0);
    Scaled(Dd(y, 0.0) + (product - ONE), 0)
}

/// `ln(1 + z)` by a step of Newton's method from an approximation of ours: `y + ((1 + z) e^-y - 1)`.
fn newton(y: f64, z: Dd) -> Scaled {
    let error = z + (ONE + z) * exp_m1_series(Dd(-y, 0.0));
    Scaled(Dd(y, 0.0) + error, 0)
}

pub fn log2(x: f64) -> Scaled {
    Scaled(ln(x).0 / LN_2, 0)
}

pub fn log10(x: f64) -> Scaled {
    Scaled(ln(x).0 / LN_10, 0)
}

pub fn ln_1p(x: f64) -> Scaled {
    let y = num::ln_1p(x);
    if y.abs() < 0.8 {
        return newton(y, Dd(x, 0.0));
    }
    let Scaled(inverse, k) = exp(Dd(-y, 0.0));
    let product = two_sum(1.0, x).shifted(k) * inverse;
    Scaled(Dd(y, 0.0) + (product - ONE), 0)
}

pub fn pow(x: f64, y: f64) -> Scaled {
    exp(ln(x).0 * Dd(y, 0.0))
}

fn exp_m1_series(r: Dd) -> Dd {
    let terms = (1..28).rev();
    r * terms.fold(ONE, |sum, n| ONE + sum * r / Dd(f64::from(n) + 1.0, 0.0))
}

impl Scaled {
    /// How far `computed` is from this, in units of the last place of `computed`.
    pub fn ulps(self, computed: f64) -> f64 {
        let Scaled(exact, k) = self;
        let difference = Dd(shift(computed, -k), 0.0) - exact;
        (difference.0 + difference.1) / shift(ulp(computed), -k)
    }
}

/// The distance to the next number away from zero.
pub fn ulp(x: f64) -> f64 {
    x.abs().next_up() - x.abs()
}

/// `x 2^k` in two steps, since a single power of two may overflow.
fn shift(x: f64, k: i32) -> f64 {
    x * two_to(k / 2) * two_to(k - k / 2)
}

/// `2^k`, zero below the normal numbers.
fn two_to(k: i32) -> f64 {
    f64::from_bits(((k + 1023).max(0) as u64) << 52)
}

impl Dd {
    fn shifted(self, k: i32) -> Self {
        Self(shift(self.0, k), shift(self.1, k))
    }
}

fn two_sum(a: f64, b: f64) -> Dd {
    let sum = a + b;
    let part = sum - a;
    Dd(sum, (a - (sum - part)) + (b - part))
}

fn fast_two_sum(a: f64, b: f64) -> Dd {
    let sum = a + b;
    Dd(sum, b - (sum - a))
}

/// Dekker's product.
fn two_product(a: f64, b: f64) -> Dd {
    let halves = |x: f64| {
        let carried = x * 134_217_729.0;
        let high = carried - (carried - x);
        (high, x - high)
    };
    let (product, (a1, a2), (b1, b2)) = (a * b, halves(a), halves(b));
    Dd(product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2)
}

impl Add for Dd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let high = two_sum(self.0, other.0);
        let low = two_sum(self.1, other.1);
        let sum = fast_two_sum(high.0, high.1 + low.0);
        fast_two_sum(sum.0, sum.1 + low.1)
    }
}

impl Neg for Dd {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0, -self.1)
    }
}

impl Sub for Dd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Dd {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = two_product(self.0, other.0);
        fast_two_sum(product.0, product.1 + (self.0 * other.1 + self.1 * other.0))
    }
}

impl Div for Dd {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.0 / other.0;
        let rest = self - other * Self(first, 0.0);
        let second = rest.0 / other.0;
        let rest = rest - other * Self(second, 0.0);
        fast_two_sum(first, second) + Self(rest.0 / other.0, 0.0)
    }
}
