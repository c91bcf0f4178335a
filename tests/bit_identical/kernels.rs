//! What is computed natively and in wasm, to be compared bit by bit: each kernel gives the same number of
//! words for every input, so that a difference can say which input it comes from.

use isoflop::allocate::{Columns, Values, batch};
use isoflop::formula::{Formula, Leaf, Order, Program};
use isoflop::num::algebra::{Cholesky, nnls_gram, solve, symmetric_eigen};
use isoflop::num::kronecker::Kronecker;
use isoflop::num::rng::Stream;
use isoflop::num::roots::find_root;
use isoflop::num::{self, columns, lanes};
use isoflop::units::{self, Unit};

/// Inputs of each kernel of one number.
const INPUTS: usize = 100_000;
/// Small systems, roots, fits of formulas: fewer, since each is much work.
const FEWER: usize = 4000;

/// A name, and what it computes.
pub type Kernel = (&'static str, fn() -> Vec<u64>);

/// Every kernel.
pub const KERNELS: &[Kernel] = &[
    ("exp", || scalar(num::exp)),
    ("exp_m1", || scalar(num::exp_m1)),
    ("ln", || scalar(num::ln)),
    ("ln_1p", || scalar(num::ln_1p)),
    ("log2", || scalar(num::log2)),
    ("log10", || scalar(num::log10)),
    ("sqrt", || scalar(num::sqrt)),
    ("abs", || scalar(num::abs)),
    ("cos", || scalar(num::cos)),
    ("sin", || scalar(num::sin)),
    ("tan", || scalar(num::tan)),
    ("tanh", || scalar(num::tanh)),
    ("cbrt", || scalar(num::cbrt)),
    ("floor", || scalar(num::floor)),
    ("ceil", || scalar(num::ceil)),
    ("round", || scalar(num::round)),
    ("powi", || scalar(|x| num::powi(x, 7))),
    ("pow", || pairs(num::pow)),
    ("min", || pairs(num::min)),
    ("max", || pairs(num::max)),
    ("atan2", || pairs(num::atan2)),
    ("hypot", || pairs(num::hypot)),
    ("clamp", || pairs(|x, y| num::clamp(x, -1.0, y))),
    ("column exp", || column(columns::exp)),
    ("column exp_m1", || column(columns::exp_m1)),
    ("column ln", || column(columns::ln)),
    ("column ln_1p", || column(columns::ln_1p)),
    ("column log2", || column(columns::log2)),
    ("column log10", || column(columns::log10)),
    ("column pow", || column(|xs, out| columns::pow(xs, -0.34, out))),
    ("column exp of tame", || tame(columns::exp)),
    ("column ln of tame", || tame(columns::ln)),
    ("column pow of tame", || tame(|xs, out| columns::pow(xs, -0.34, out))),
    ("sums", sums),
    ("random words", || (0..INPUTS as u64).map(|i| Stream::new(7, i).word()).collect()),
    ("random numbers", || drawn(|stream| stream.unit().to_bits())),
    ("random rows", || drawn(|stream| stream.index(240) as u64)),
    ("sequence", || {
        bits(&(0..INPUTS as u64).map(|i| Kronecker::new(3).coordinate(i, 2)).collect::<Vec<_>>())
    }),
    ("cholesky", cholesky),
    ("elimination", elimination),
    ("eigenvalues", eigenvalues),
    ("non-negative least squares", least_squares),
    ("roots", roots),
    ("quantities read", quantities_read),
    ("quantities shown", quantities_shown),
    ("law, gradient, second derivatives", derivatives),
    ("allocations", allocations),
];

/// The bits of numbers.
fn bits(xs: &[f64]) -> Vec<u64> {
    xs.iter().map(|x| x.to_bits()).collect()
}

fn scalar(f: fn(f64) -> f64) -> Vec<u64> {
    num::samples(1, INPUTS).into_iter().map(|x| f(x).to_bits()).collect()
}

fn pairs(f: fn(f64, f64) -> f64) -> Vec<u64> {
    num::samples(1, INPUTS).into_iter().zip(num::samples(2, INPUTS)).map(|(x, y)| f(x, y).to_bits()).collect()
}

fn column(f: fn(&[f64], &mut [f64])) -> Vec<u64> {
    over(f, &num::samples(1, INPUTS))
}

/// Numbers for which a shorter body of the column serves.
fn tame(f: fn(&[f64], &mut [f64])) -> Vec<u64> {
    over(f, &unit_numbers(3, INPUTS).map(|x| 1e-9 + 700.0 * x).collect::<Vec<_>>())
}

fn over(f: fn(&[f64], &mut [f64]), xs: &[f64]) -> Vec<u64> {
    let mut out = vec![0.0; xs.len()];
    f(xs, &mut out);
    bits(&out)
}

/// Numbers from 0 to 1.
fn unit_numbers(seed: u64, n: usize) -> impl Iterator<Item = f64> {
    let mut stream = Stream::new(seed, 0);
    (0..n).map(move |_| stream.unit())
}

/// From one stream, one after the other.
fn drawn(mut draw: impl FnMut(&mut Stream) -> u64) -> Vec<u64> {
    let mut stream = Stream::new(9, 1);
    (0..INPUTS).map(|_| draw(&mut stream)).collect()
}

/// Sums of finite numbers over columns of every length up to 50.
fn sums() -> Vec<u64> {
    let xs: Vec<f64> = num::samples(5, INPUTS).into_iter().filter(|x| x.abs() < 1e90).collect();
    let mut out = Vec::new();
    for (i, length) in (0..xs.len() - 160).step_by(37).zip((0..=50).cycle()) {
        let [a, b, c] = [0, 50, 100].map(|offset| &xs[i + offset..i + offset + length]);
        let [dot, size] = lanes::sums_of([a, b], |[a, b]| [a * b, (a * b).abs()]);
        out.extend([lanes::sum(a), lanes::dot3(a, b, c), dot, size].map(f64::to_bits));
    }
    out
}

/// `k` columns of `rows` numbers from -1 to 1, and their inner products.
fn gram(stream: &mut Stream, k: usize, rows: usize) -> Vec<f64> {
    let columns: Vec<Vec<f64>> =
        (0..k).map(|_| (0..rows).map(|_| 2.0 * stream.unit() - 1.0).collect()).collect();
    columns.iter().flat_map(|a| columns.iter().map(move |b| lanes::dot(a, b))).collect()
}

/// Each system has `k` unknowns and gives `words` words.
fn systems(words: usize, mut solve: impl FnMut(&[f64], &mut [f64], usize) -> Vec<f64>) -> Vec<u64> {
    (0..FEWER as u64)
        .flat_map(|i| {
            let mut stream = Stream::new(11, i);
            let k = 1 + i as usize % 8;
            let matrix = gram(&mut stream, k, k + 3);
            let mut right: Vec<f64> = (0..k).map(|_| 2.0 * stream.unit() - 1.0).collect();
            let mut found = solve(&matrix, &mut right, k);
            found.resize(words, 0.0);
            bits(&found)
        })
        .collect()
}

fn cholesky() -> Vec<u64> {
    systems(8, |matrix, right, k| {
        let mut factor = matrix.to_vec();
        Cholesky::factor(&mut factor, k).map_or(vec![], |factor| {
            factor.solve(right);
            right.to_vec()
        })
    })
}

fn elimination() -> Vec<u64> {
    systems(8, |matrix, right, _| solve(matrix, right).unwrap_or_default())
}

fn eigenvalues() -> Vec<u64> {
    systems(72, |matrix, _, k| {
        let eigen = symmetric_eigen(matrix, k).expect("finite entries");
        eigen.values.into_iter().chain(eigen.vectors.into_iter().flatten()).collect()
    })
}

fn least_squares() -> Vec<u64> {
    systems(8, |matrix, right, k| {
        let mut x = vec![0.0; k];
        nnls_gram(matrix, right, &mut x);
        x
    })
}

/// Where a sum of two powers has a given value.
fn roots() -> Vec<u64> {
    (0..FEWER as u64)
        .flat_map(|i| {
            let mut stream = Stream::new(13, i);
            let [alpha, beta, level] = [0.1, 0.2, 0.5].map(|low| low + stream.unit());
            let f = |v: f64| {
                let (p, q) = (num::exp(-alpha * v), num::exp(-beta * v));
                (p + q - level, -alpha * p - beta * q)
            };
            let root = find_root(f, -50.0, 200.0, 1.0).expect("the signs differ");
            [root.x, root.residual, root.width].map(f64::to_bits)
        })
        .collect()
}

/// Texts as people write them, well and badly.
const TEXTS: [&str; 40] = [
    "70B",
    "70 B",
    "1.07B",
    "1.4T",
    "1.4T tokens",
    "5.76e23",
    "5.76e23 FLOPs",
    "5.76×10^23 FLOPs",
    "5.76 × 10²³",
    "5.76 * 10**23",
    "10^23",
    "1 PF-day",
    "6667 PF-days",
    "2.5 ZFLOP",
    "1.3 EFLOP",
    "1,400",
    "1 400",
    "1_400",
    "1,400,000.5",
    ".5",
    "5.",
    "1e-320",
    "1e400",
    "4.9406564584124654e-324",
    "1.7976931348623157e308",
    "0.1",
    "0.30000000000000004",
    "123456789012345678901234567890",
    "9007199254740993",
    "7.2057594037927933e16",
    "1,5",
    "0,140",
    "70b",
    "5 E",
    "5 FLOPS",
    "-3",
    "",
    "B",
    "½",
    "1.4T parameters",
];

fn quantities_read() -> Vec<u64> {
    let numbers = num::samples(15, FEWER).into_iter().map(|x| format!("{x:e}"));
    let texts = TEXTS.into_iter().map(str::to_owned).chain(numbers);
    texts
        .flat_map(|text| {
            Unit::ALL.map(|unit| match units::read(&text, unit) {
                Ok(read) => read.value.to_bits(),
                Err(error) => of_text(&error.to_string()),
            })
        })
        .collect()
}

fn quantities_shown() -> Vec<u64> {
    num::samples(16, FEWER)
        .into_iter()
        .flat_map(|x| {
            let shown = Unit::ALL.map(|unit| of_text(&units::show(x, unit).to_string()));
            let plain =
                [units::significant(x, 3), units::ascii(x), format!("{x:?}")].map(|text| of_text(&text));
            shown.into_iter().chain(plain)
        })
        .collect()
}

/// A text as one word: FNV-1a.
fn of_text(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A law with what formulas have, over random rows.
fn derivatives() -> Vec<u64> {
    let law = "U = min(D, 4 * S); E + A / N^alpha + B / U^beta + 1e-3 * ln(1 + N / D) * exp(-D / S) + abs(S - D)^0.5 * 1e-9 \
        + if(N < D, cos(alpha * ln(N)), sum(k in 1..3: beta^k * floor(ln(S)))) \
        + solve(x in 0..1e9: x + beta * x^3 = alpha * ln(D))";
    let law = Formula::parse(law).expect("a law");
    let scalar = |name| (name, Leaf::Scalar);
    let leaves = [
        ("N", Leaf::Data),
        ("D", Leaf::Data),
        ("S", Leaf::Data),
        scalar("E"),
        ("A", Leaf::LogScalar),
        scalar("alpha"),
        ("B", Leaf::LogScalar),
        scalar("beta"),
    ];
    let wrt = ["E", "A", "alpha", "B", "beta"];
    let program = Program::compile(&law, &leaves, &wrt, Order::Hessian).expect("a program");
    let column = |seed, low: f64| -> Vec<f64> {
        unit_numbers(seed, FEWER).map(|x| low * num::exp(10.0 * x)).collect()
    };
    let data = [column(21, 1e7), column(22, 1e9), column(23, 1e9)];
    let mut bound = program.bind(&data.each_ref().map(Vec::as_slice));
    let words = 1 + wrt.len() + program.pairs().len();
    let mut out = vec![0; words * FEWER];
    bound.each(Order::Hessian, &[1.8, 6.1, 0.34, 7.6, 0.36], &[], |chunk| {
        let outputs = [chunk.value()].into_iter().chain((0..wrt.len()).map(|k| chunk.first(k)));
        let outputs = outputs.chain((0..program.pairs().len()).map(|i| chunk.second(i)));
        for (word, output) in outputs.enumerate() {
            chunk.rows().zip(output).for_each(|(row, x)| out[words * row + word] = x.to_bits());
        }
    });
    out
}

/// Optima of a batch of budgets and exponents.
fn allocations() -> Vec<u64> {
    let law = Formula::parse("E + A / N^alpha + B / D^beta").expect("a law");
    let cost = Formula::parse("6 * N * D + 2 * N * S").expect("a cost");
    let numbers = |seed, low: f64, high: f64| -> Vec<f64> {
        unit_numbers(seed, FEWER).map(|x| low + x * (high - low)).collect()
    };
    let (alpha, beta) = (numbers(31, 0.2, 0.6), numbers(32, 0.2, 0.6));
    let power = |xs: Vec<f64>| -> Vec<f64> { xs.into_iter().map(|x| num::pow(10.0, x)).collect() };
    let (budget, served) = (power(numbers(33, 18.0, 27.0)), power(numbers(34, 9.0, 14.0)));
    let values = vec![
        ("E", Values::One(1.8)),
        ("A", Values::One(478.0)),
        ("alpha", Values::Each(&alpha)),
        ("B", Values::One(2143.0)),
        ("beta", Values::Each(&beta)),
    ];
    let law = Columns { formula: &law, values };
    let cost = Columns { formula: &cost, values: vec![("S", Values::Each(&served))] };
    let optima = batch(&law, &cost, ["N", "D"], Values::Each(&budget)).expect("optima");
    (0..FEWER)
        .flat_map(|i| {
            let numbers = [optima.at[0][i], optima.at[1][i], optima.value[i], optima.residual[i]];
            numbers.map(f64::to_bits).into_iter().chain([u64::from(optima.optimal[i])])
        })
        .collect()
}
