//! A program as a compute shader: the same operations in WGSL, one row of a grid for each invocation.
//!
//! A shader's numbers have 24 bits, and what it makes of a number that is none, or too large, is undefined. So it is written
//! for what keeps its meaning there, and gives up, row by row, what does not: the logarithm of zero, a power beyond its
//! numbers, a choice of no number. Steps, tests of equality and angles have no shader: near their edges it would say another
//! thing than the program.
//!
//! # Source
//! WGSL (W3C Candidate Recommendation Draft, 2025), 15.7.4 on the accuracy of its functions: `exp` to 3 + 2 |x| units in the
//! last place, `log` to three or, near one, to 2^-21. `expm1` and `log1p`, which it lacks, are series near zero.

use std::fmt::Write;

use super::Program;
use super::graph::{Pair, Test, Unary};
use super::joined::Joint;
use super::schedule::{Instruction, Operation, Place, Solving, Work};

/// A compute shader that computes the rows of a grid.
///
/// It has three storage buffers in group 0: `shape` (0), the numbers of [`Dispatch::shape`]; `inputs` (1), those of
/// [`Dispatch::inputs`]; and `outputs` (2), to which it writes the bits of a number for each output and row, those of one
/// output after those of another, or [`Kernel::LOST`] where the program itself must be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kernel {
    /// Its text in WGSL, whose entry is `main`.
    pub text: String,
    /// How many numbers it writes for each row.
    pub outputs: usize,
    /// How many exponentials, logarithms and roots it takes for each row; of an equation, for each step.
    pub functions: usize,
}

/// What a [`Kernel`] is given for some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispatch {
    /// The first row, how many rows, the points of each dimension; then for each input where it begins and its stride along
    /// each dimension.
    pub shape: Vec<u32>,
    /// All inputs, one after the other.
    pub inputs: Vec<f32>,
    /// How many rows.
    pub rows: usize,
}

impl Dispatch {
    /// How many workgroups run it, a row for each of their threads.
    pub const fn workgroups(&self) -> u32 {
        self.rows.div_ceil(Kernel::WORKGROUP) as u32
    }
}

impl Kernel {
    /// Rows for each workgroup.
    pub const WORKGROUP: usize = 64;
    /// The bits of a row that the shader gives up.
    pub const LOST: u32 = 0x7fc0_0000;

    /// The shader of a program over a grid of so many dimensions, with so many columns and scalars; nothing where there is
    /// none.
    pub(super) fn of(program: &Program, columns: usize, scalars: usize, dimensions: usize) -> Option<Self> {
        let schedule = program.schedules.first()?;
        let mut body = Body { text: String::new(), functions: 0 };
        for work in schedule
            .scalars
            .iter()
            .map(|work| (work, 'r'))
            .chain(schedule.rows.iter().map(|work| (work, 'b')))
        {
            match work {
                (Work::Compute(instruction), kind) => body.compute(instruction, kind)?,
                (Work::Solve(solving), kind) => body.solve(solving, kind)?,
            }
        }
        let mut text = format!("const LOST: u32 = {:#x}u;\n{HEAD}", Self::LOST);
        text += &indices(dimensions);
        let inputs = (0..columns).map(|at| format!("c{at}")).chain((0..scalars).map(|at| format!("p{at}")));
        for (at, name) in inputs.enumerate() {
            let first = 2 + dimensions + at * (1 + dimensions);
            let along = (0..dimensions)
                .map(|dimension| format!(" + i{dimension} * shape[{}]", first + 1 + dimension));
            let _ = writeln!(text, "  let {name} = inputs[shape[{first}]{}];", along.collect::<String>());
        }
        let variables = [('r', schedule.registers), ('b', schedule.buffers)];
        for (kind, at) in variables.into_iter().flat_map(|(kind, count)| (0..count).map(move |at| (kind, at)))
        {
            let _ = writeln!(text, "  var {kind}{at} = 0.0f;");
        }
        text += &body.text;
        for (at, output) in schedule.outputs.iter().enumerate() {
            let _ = writeln!(text, "  outputs[{at}u * shape[1] + at] = told({});", place(*output)?);
        }
        text += "}\n";
        Some(Self { text, outputs: schedule.outputs.len(), functions: body.functions })
    }
}

/// What every shader begins with.
const HEAD: &str = "\
@group(0) @binding(0) var<storage, read> shape: array<u32>;
@group(0) @binding(1) var<storage, read> inputs: array<f32>;
@group(0) @binding(2) var<storage, read_write> outputs: array<u32>;

// Whether this row is given up.
var<private> lost: bool = false;

fn is_wild(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u;
}

fn kept(x: f32) -> f32 {
  lost = lost || is_wild(x);
  return x;
}

fn none() -> f32 {
  lost = true;
  return 0.0;
}

fn exp_of(x: f32) -> f32 {
  lost = lost || !(x <= 88.0);
  return exp(min(x, 88.0));
}

fn ln_of(x: f32) -> f32 {
  lost = lost || !(x > 0.0);
  return log(max(x, 1e-37));
}

fn sqrt_of(x: f32) -> f32 {
  lost = lost || !(x >= 0.0);
  return sqrt(max(x, 0.0));
}

fn divided(a: f32, b: f32) -> f32 {
  if (b == 0.0) {
    return none();
  }
  return kept(a / b);
}

fn expm1_of(x: f32) -> f32 {
  if (abs(x) > 0.5) {
    return exp_of(x) - 1.0;
  }
  return x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0 * (1.0 + x / 7.0 * (1.0 + x / 8.0)))))));
}

// The series of the area tangent.
fn log1p_of(x: f32) -> f32 {
  if (abs(x) > 0.5) {
    return ln_of(1.0 + x);
  }
  let s = x / (2.0 + x);
  let q = s * s;
  return 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q / 13.0))))));
}

fn told(x: f32) -> u32 {
  return select(bitcast<u32>(x), LOST, lost || is_wild(x));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let at = id.x;
  if (at >= shape[1]) {
    return;
  }
";

/// The place of a row along each dimension, the last of them fastest.
fn indices(dimensions: usize) -> String {
    let mut text = "  var rest = shape[0] + at;\n".to_owned();
    for dimension in (0..dimensions).rev() {
        let points = 2 + dimension;
        let _ =
            writeln!(text, "  let i{dimension} = rest % shape[{points}];\n  rest = rest / shape[{points}];");
    }
    text
}

/// The statements of a shader.
struct Body {
    text: String,
    functions: usize,
}

impl Body {
    fn compute(&mut self, instruction: &Instruction, kind: char) -> Option<()> {
        let to = format!("{kind}{}", instruction.to);
        let computed = match instruction.operation {
            Operation::Unary(unary, a) => self.unary(unary, &place(a)?)?,
            Operation::Binary(pair, a, b) => binary(pair, &place(a)?, &place(b)?),
            Operation::Line(joint, [a, b, c]) => {
                let product = binary(Pair::Multiply, &place(a)?, &place(b)?);
                match joint {
                    Joint::Plus => binary(Pair::Add, &product, &place(c)?),
                    Joint::Less => binary(Pair::Subtract, &product, &place(c)?),
                    Joint::From => binary(Pair::Subtract, &place(c)?, &product),
                }
            }
            Operation::Choice(Test::Less, [a, b, x, y]) => {
                let [a, b, x, y] = [place(a)?, place(b)?, chosen(x)?, chosen(y)?];
                let _ = writeln!(self.text, "  if ({a} < {b}) {{ {to} = {x}; }} else {{ {to} = {y}; }}");
                return Some(());
            }
            Operation::Fill(a) => place(a)?,
            Operation::Choice(Test::Equal, _) | Operation::Lookup(..) => return None,
        };
        let _ = writeln!(self.text, "  {to} = {computed};");
        Some(())
    }

    fn unary(&mut self, unary: Unary, a: &str) -> Option<String> {
        self.functions += usize::from(!matches!(unary, Unary::Negative | Unary::Abs));
        Some(match unary {
            Unary::Negative => format!("-{a}"),
            Unary::Abs => format!("abs({a})"),
            Unary::Exp => format!("exp_of({a})"),
            Unary::Ln => format!("ln_of({a})"),
            Unary::Log10 => format!("ln_of({a}) * {}", literal(std::f64::consts::LOG10_E)?),
            Unary::Log2 => format!("ln_of({a}) * {}", literal(std::f64::consts::LOG2_E)?),
            Unary::Sqrt => format!("sqrt_of({a})"),
            Unary::Expm1 => format!("expm1_of({a})"),
            Unary::Log1p => format!("log1p_of({a})"),
            // Angles are good to 2^-11 in WGSL, and on the other side of a step is another number.
            Unary::Cos | Unary::Sin | Unary::Floor | Unary::Ceil | Unary::Round => return None,
        })
    }

    /// Newton's steps where they stay inside the bracket, halving it otherwise, as [`crate::num::roots`] does.
    fn solve(&mut self, solving: &Solving, kind: char) -> Option<()> {
        let (x, to) = (format!("{kind}{}", solving.unknown), format!("{kind}{}", solving.to));
        let [low, high] = [place(solving.low)?, place(solving.high)?];
        let _ = write!(
            self.text,
            "  {{
    let was_lost = lost;
    var low = {low};
    var high = {high};
    var at_low = 0.0f;
    var is_found = false;
    {x} = low;
    for (var step = 0u; step < {STEPS}u; step++) {{\n"
        );
        for instruction in &solving.equation {
            self.compute(instruction, kind)?;
        }
        let [value, slope] = [place(solving.value)?, place(solving.slope)?];
        let _ = write!(
            self.text,
            "      let value = {value};
      let next = {x} - value / {slope};
      if (step == 0u) {{
        at_low = value;
        {x} = high;
        continue;
      }}
      if (step == 1u) {{
        if ((value < 0.0) == (at_low < 0.0)) {{ break; }}
        {x} = 0.5 * (low + high);
        continue;
      }}
      if ((value < 0.0) == (at_low < 0.0)) {{ low = {x}; }} else {{ high = {x}; }}
      let to = select(0.5 * (low + high), next, next > low && next < high);
      is_found = abs(to - {x}) <= 2e-7 * abs({x});
      {x} = to;
      if (is_found) {{ break; }}
    }}
    {to} = {x};
    // On the way there may have been points without a value.
    lost = was_lost || !is_found || is_wild({x});
  }}\n"
        );
        Some(())
    }
}

/// More than halving ever takes of numbers of 24 bits.
const STEPS: u32 = 64;

fn binary(pair: Pair, a: &str, b: &str) -> String {
    match pair {
        Pair::Add => format!("{a} + {b}"),
        Pair::Subtract => format!("{a} - {b}"),
        Pair::Multiply => format!("kept({a} * {b})"),
        Pair::Divide => format!("divided({a}, {b})"),
        Pair::Min => format!("min({a}, {b})"),
        Pair::Max => format!("max({a}, {b})"),
    }
}

/// One side of a choice: where it is no number, the row is given up.
fn chosen(side: Place) -> Option<String> {
    match side {
        Place::Constant(value) if value.is_nan() => Some("none()".to_owned()),
        _ => place(side),
    }
}

fn place(place: Place) -> Option<String> {
    match place {
        Place::Constant(value) => literal(value),
        Place::Scalar(at) => Some(format!("p{at}")),
        Place::Column(at) => Some(format!("c{at}")),
        Place::Register(at) => Some(format!("r{at}")),
        Place::Buffer(at) => Some(format!("b{at}")),
        Place::Input(_) | Place::Data(_) | Place::Output(_) => None,
    }
}

/// A number as WGSL writes it; nothing of one that is beyond its numbers.
fn literal(value: f64) -> Option<String> {
    let short = value as f32;
    let is_there = short.is_finite() && (value == 0.0 || short.is_normal());
    is_there.then(|| if short < 0.0 { format!("({short:?}f)") } else { format!("{short:?}f") })
}
