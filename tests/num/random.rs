//! The generator gives the published numbers, streams do not depend on each other, and points spread.

use isoflop::num::{
    kronecker::Kronecker,
    rng::{Stream, philox},
    samples,
};

#[test]
fn philox_gives_the_known_answers_of_random123() {
    // Random123, tests/kat_vectors, "philox4x32 10".
    let ones = u32::MAX;
    let known = [
        ([0; 4], [0; 2], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]),
        ([ones; 4], [ones; 2], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]),
        (
            [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
            [0xa4093822, 0x299f31d0],
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
        ),
    ];
    for (counter, key, expected) in known {
        assert_eq!(philox(counter, key), expected);
    }
}

#[test]
fn a_stream_is_philox_of_its_seed_draw_and_place() {
    let (seed, draw) = (0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210_u64);
    let mut stream = Stream::new(seed, draw);
    for block in 0..5 {
        let [a, b, c, d] =
            philox([block, 0, draw as u32, (draw >> 32) as u32], [seed as u32, (seed >> 32) as u32]);
        assert_eq!(stream.word(), u64::from(a) | u64::from(b) << 32);
        assert_eq!(stream.word(), u64::from(c) | u64::from(d) << 32);
    }
}

#[test]
fn an_index_is_below_its_limit_and_each_is_as_likely() {
    let mut counts = [0_u32; 7];
    let mut stream = Stream::new(1, 2);
    for _ in 0..70_000 {
        counts[stream.index(7)] += 1;
    }
    // Five standard deviations of a count of 10 000.
    assert!(counts.iter().all(|&n| n.abs_diff(10_000) < 500), "{counts:?}");
    assert_eq!(stream.index(1), 0);
}

#[test]
fn a_unit_is_below_one_with_the_mean_and_spread_of_the_uniform() {
    let mut stream = Stream::new(3, 0);
    let xs: Vec<f64> = (0..100_000).map(|_| stream.unit()).collect();
    assert!(xs.iter().all(|x| (0.0..1.0).contains(x)));
    let mean = xs.iter().sum::<f64>() / 1e5;
    let variance = xs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 1e5;
    assert!((mean - 0.5).abs() < 5e-3 && (variance - 1.0 / 12.0).abs() < 2e-3, "{mean} {variance}");
}

#[test]
fn neighbouring_draws_and_seeds_have_nothing_in_common() {
    let words = |seed, draw| {
        let mut stream = Stream::new(seed, draw);
        (0..500).map(|_| stream.word()).collect::<Vec<_>>()
    };
    let mut all: Vec<u64> = [words(1, 1), words(1, 2), words(2, 1), words(0, 0)].concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 2000);
}

#[test]
fn points_leave_no_corner_of_a_box_empty() {
    // 512 points of an even spread over 4³ cells: 8 each.
    let points = Kronecker::new(3);
    let mut cells = [0; 64];
    for i in 0..512 {
        cells[(0..3).fold(0, |cell, axis| cell * 4 + (4.0 * points.coordinate(i, axis)) as usize)] += 1;
    }
    assert!(cells.iter().all(|&n| (5..=12).contains(&n)), "{cells:?}");
}

#[test]
fn points_follow_the_generalised_golden_ratio() {
    // 1/g for d = 1, 2, 3, from Roberts (2018): g = 1.618..., 1.3247..., 1.2207...
    for (dimensions, g) in [(1, 1.618_033_988_749_895), (2, 1.324_717_957_244_746), (3, 1.220_744_084_605_76)]
    {
        let step = Kronecker::new(dimensions).coordinate(0, 0) - 0.5;
        assert!((step.rem_euclid(1.0) - 1.0 / g).abs() < 1e-14);
    }
}

#[test]
fn samples_hold_every_kind_of_number_and_never_change() {
    let xs = samples(1, 100_000);
    assert_eq!(xs.len(), 100_000);
    for kind in ["zero", "subnormal", "infinite", "nan"] {
        let is = |x: &f64| match kind {
            "zero" => *x == 0.0,
            "subnormal" => x.is_subnormal(),
            "infinite" => x.is_infinite(),
            _ => x.is_nan(),
        };
        let both = [true, false].map(|sign| xs.iter().any(|x| is(x) && x.is_sign_negative() == sign));
        assert_eq!(both, [true, true], "{kind} of both signs");
    }
    // What it was when the first bit-identity test was written.
    let sum = xs.iter().fold(0_u64, |sum, x| sum.rotate_left(5) ^ x.to_bits());
    assert_eq!(sum, 12_159_536_385_009_133_689);
    assert_ne!(xs[5000].to_bits(), samples(2, 5001)[5000].to_bits());
}
