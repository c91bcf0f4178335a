//! A column has the bits of its scalars, in place or not, whichever body served it; and what comes out
//! of `num` where there is no number is always the one NaN.

use isoflop::num::{self, columns, lanes};

/// As many as the comparison between native and wasm takes.
const INPUTS: usize = 100_000;

type Scalar = fn(f64) -> f64;
type Column = fn(&[f64], &mut [f64]);

const PAIRS: [(Scalar, Column); 7] = [
    (num::exp, columns::exp),
    (num::exp_m1, columns::exp_m1),
    (num::ln, columns::ln),
    (num::ln_1p, columns::ln_1p),
    (num::log2, columns::log2),
    (num::log10, columns::log10),
    (|x| num::pow(x, 0.34), |xs, out| columns::pow(xs, 0.34, out)),
];

fn bits(xs: &[f64]) -> Vec<u64> {
    xs.iter().map(|x| x.to_bits()).collect()
}

/// Mixed inputs, which take the full bodies, and tame ones of all lengths, which take the fast ones.
fn inputs() -> Vec<Vec<f64>> {
    let mixed = num::samples(1, INPUTS);
    let tame: Vec<f64> = mixed.iter().copied().filter(|x| (1e-300..700.0).contains(x)).collect();
    let negative = tame.iter().map(|x| -x).collect();
    let short = (0..9).map(|n| tame[..n].to_vec());
    [mixed, tame.clone(), negative].into_iter().chain(short).collect()
}

#[test]
fn columns_have_the_bits_of_scalars() {
    for xs in inputs() {
        for (which, (scalar, column)) in PAIRS.into_iter().enumerate() {
            let mut out = vec![0.0; xs.len()];
            column(&xs, &mut out);
            let scalars: Vec<f64> = xs.iter().map(|&x| scalar(x)).collect();
            assert!(bits(&out) == bits(&scalars), "function {which}");
        }
    }
}

#[test]
fn columns_in_place_have_the_same_bits() {
    for xs in inputs() {
        let (mut exp, mut ln, mut out) = (xs.clone(), xs.clone(), vec![0.0; xs.len()]);
        columns::exp_in_place(&mut exp);
        columns::exp(&xs, &mut out);
        assert!(bits(&exp) == bits(&out));
        columns::ln_in_place(&mut ln);
        columns::ln(&xs, &mut out);
        assert!(bits(&ln) == bits(&out));
    }
}

#[test]
fn powers_of_a_column_have_the_bits_of_scalars() {
    let xs = num::samples(1, INPUTS);
    let mut out = vec![0.0; INPUTS];
    for y in [0.0, -0.0, 1.0, -1.5, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        columns::pow(&xs, y, &mut out);
        let scalars: Vec<f64> = xs.iter().map(|&x| num::pow(x, y)).collect();
        assert!(bits(&out) == bits(&scalars), "y = {y}");
    }
}

#[test]
fn pow_has_the_bits_of_exp_of_y_ln_x() {
    let (xs, ys) = (num::samples(1, INPUTS), num::samples(2, INPUTS));
    for (x, y) in xs.into_iter().zip(ys).filter(|(x, y)| *x > 0.0 && x.is_finite() && y.is_finite()) {
        assert_eq!(num::pow(x, y).to_bits(), num::exp(y * num::ln(x)).to_bits(), "{x:e}^{y:e}");
    }
}

#[test]
fn there_is_one_nan() {
    let unary: [Scalar; 16] = [
        num::exp,
        num::exp_m1,
        num::ln,
        num::ln_1p,
        num::log2,
        num::log10,
        num::sqrt,
        num::abs,
        num::cos,
        num::sin,
        num::tan,
        num::tanh,
        num::cbrt,
        num::floor,
        num::ceil,
        num::round,
    ];
    let binary: [fn(f64, f64) -> f64; 5] = [num::pow, num::min, num::max, num::atan2, num::hypot];
    let is_the_one = |y: f64| !y.is_nan() || y.to_bits() == f64::NAN.to_bits();
    let xs = num::samples(3, 20_000);
    for pair in xs.windows(2) {
        for (which, f) in unary.iter().enumerate() {
            assert!(is_the_one(f(pair[0])), "function {which} of {:e}", pair[0]);
        }
        assert!(binary.iter().all(|f| is_the_one(f(pair[0], pair[1]))), "{pair:?}");
    }
}

#[test]
fn min_and_max_settle_zeros_and_nan_in_either_order() {
    for pair in num::samples(4, 20_000).windows(2) {
        let (a, b) = (pair[0], pair[1]);
        assert_eq!(num::min(a, b).to_bits(), num::min(b, a).to_bits());
        assert_eq!(num::max(a, b).to_bits(), num::max(b, a).to_bits());
        if a.is_nan() || b.is_nan() {
            assert!(num::min(a, b).is_nan() && num::max(a, b).is_nan());
        } else {
            let ordered = if a.total_cmp(&b).is_le() { (a, b) } else { (b, a) };
            assert_eq!(num::min(a, b).to_bits(), ordered.0.to_bits());
            assert_eq!(num::max(a, b).to_bits(), ordered.1.to_bits());
        }
    }
    assert_eq!(num::clamp(-0.0, 0.0, 1.0).to_bits(), 0.0_f64.to_bits());
    assert_eq!(num::clamp(5.0, 2.0, 1.0), 1.0);
}

/// The order of sums that `lanes` promises, written out.
fn plain_sum(terms: &[f64]) -> f64 {
    let mut lanes = [0.0; 4];
    for (i, term) in terms.iter().enumerate() {
        lanes[i % 4] += term;
    }
    (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
}

#[test]
fn sums_keep_their_promised_order() {
    let xs: Vec<f64> = num::samples(5, 4000).into_iter().filter(|x| x.abs() < 1e90).collect();
    let (ys, ws): (Vec<f64>, Vec<f64>) = xs.iter().map(|x| (x * 1.7 - 0.3, x * x)).unzip();
    for n in (0..40).chain([xs.len() - 1]) {
        let (x, y, w) = (&xs[..n], &ys[1..=n], &ws[..n]);
        let products: Vec<f64> = x.iter().zip(y).map(|(x, y)| x * y).collect();
        let weighted: Vec<f64> = w.iter().zip(x).zip(y).map(|((w, x), y)| w * x * y).collect();
        assert_eq!(lanes::sum(x).to_bits(), plain_sum(x).to_bits());
        assert_eq!(lanes::dot(x, y).to_bits(), plain_sum(&products).to_bits());
        assert_eq!(lanes::dot3(w, x, y).to_bits(), plain_sum(&weighted).to_bits());
    }
}

#[test]
fn lanes_do_what_f64_does() {
    use lanes::F64x2;
    let two = |f: fn(f64, f64) -> f64, a: f64, b: f64| [f(a, b).to_bits(), f(b, a).to_bits()];
    let bits = |pair: F64x2| pair.to_array().map(f64::to_bits);
    let tame = num::samples(6, 5000).into_iter().filter(|x| !x.is_nan()).collect::<Vec<_>>();
    for pair in tame.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (p, q) = (F64x2::new(a, b), F64x2::new(b, a));
        assert_eq!(bits(p.min(q)), two(|a, b| if b < a { b } else { a }, a, b));
        assert_eq!(bits(p.max(q)), two(|a, b| if a < b { b } else { a }, a, b));
        assert_eq!(bits(p.le(q).select(p, q)), two(|a, b| if a <= b { a } else { b }, a, b));
        assert_eq!(bits(p.lt(q).select(p, q)), two(|a, b| if a < b { a } else { b }, a, b));
        assert_eq!(p.le(q).to_array(), [a <= b, b <= a]);
        assert_eq!(bits(p.abs()), [a.abs().to_bits(), b.abs().to_bits()]);
        assert_eq!(bits(-p), [(-a).to_bits(), (-b).to_bits()]);
        // The NaN of inf - inf and its like is the machine's own; only numbers are compared.
        let numbers = |x: F64x2, y: [f64; 2]| {
            x.to_array()
                .into_iter()
                .zip(y)
                .all(|(x, y)| x.to_bits() == y.to_bits() || x.is_nan() && y.is_nan())
        };
        assert!(numbers(p + q, [a + b, b + a]) && numbers(p - q, [a - b, b - a]));
        assert!(numbers(p * q, [a * b, b * a]) && numbers(p / q, [a / b, b / a]));
    }
}
