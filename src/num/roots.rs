//! The root of a function of one variable, between two points where its signs differ.
//!
//! Newton's steps where they stay inside the bracket and shrink, halving it otherwise; so it converges
//! as fast as Newton on what is smooth, and surely on everything. The answer carries its own proof: a
//! change of sign across an interval a few units in the last place wide.

use thiserror::Error;

use super::order::max;

/// A root, with what proves it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Root {
    /// The root, in the variable's unit.
    pub x: f64,
    /// The value of the function at `x`.
    pub residual: f64,
    /// The width of an interval with `x` at one end across which the sign changes; 0 where the
    /// residual is 0.
    pub width: f64,
    /// How often the function was evaluated.
    pub evaluations: u32,
}

/// Why there is no root to give.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum RootError {
    /// The function has one sign at both ends.
    #[error(
        "expected a change of sign between {low} and {high}; the function is {at_low} and {at_high} there"
    )]
    NoSignChange {
        /// One end of the bracket.
        low: f64,
        /// The other end.
        high: f64,
        /// The function at `low`.
        at_low: f64,
        /// The function at `high`.
        at_high: f64,
    },
    /// The function is not a number somewhere in the bracket, or an end of it is not finite.
    #[error("expected a number; the function has none at {x}")]
    NotANumber {
        /// Where.
        x: f64,
    },
}

/// Newton's steps end here and halving goes on alone: at most 64 more evaluations, whatever the function.
const NEWTON_LIMIT: u32 = 100;
/// A step below this share of the variable has arrived: the next of Newton's would be rounding.
const ARRIVED: f64 = 1e-9;

/// Finds the root of `f` between `low` and `high`, starting at `start`.
///
/// `f(x)` gives the value and the derivative; a wrong, zero or infinite derivative costs time, never
/// correctness, and infinite values count by their sign. The root is found to a bracket of at most
/// 4 ulp (`8.9e-16` relative), or to neighbouring numbers around zero. A start outside the bracket is
/// replaced by its middle.
///
/// Where several roots lie between, it finds one of them, and always the same one.
///
/// # Errors
/// [`RootError::NoSignChange`] if `f` has one sign at both ends, [`RootError::NotANumber`] if an end
/// is not finite or `f` is NaN at a point it was asked for.
///
/// # Example
/// ```
/// use isoflop::num::roots::find_root;
/// let root = find_root(|x| (x * x - 2.0, 2.0 * x), 0.0, 2.0, 1.0)?;
/// assert!((root.x - std::f64::consts::SQRT_2).abs() <= root.width);
/// assert!(root.width <= 8.9e-16 * root.x);
/// # Ok::<(), isoflop::num::roots::RootError>(())
/// ```
///
/// # Source
/// The safeguard is that of Press et al., *Numerical Recipes*, 3rd ed. (2007), section 9.4, with
/// halving in the order of the floating-point numbers, so that a bracket over 600 decades takes
/// 64 halvings and not 2000.
pub fn find_root(
    mut f: impl FnMut(f64) -> (f64, f64),
    low: f64,
    high: f64,
    start: f64,
) -> Result<Root, RootError> {
    let mut search = Search::new(low, high, start)?;
    while let Some(x) = search.point() {
        let (y, slope) = f(x);
        search.tell(y, slope)?;
    }
    Ok(search.root())
}

/// The search of [`find_root`] from the outside, so that many can go on side by side: it names a point, is
/// told the function there, and names the next. What it does depends on what it is told alone.
///
/// # Example
/// ```
/// use isoflop::num::roots::Search;
/// let mut search = Search::new(0.0, 2.0, 1.0)?;
/// while let Some(x) = search.point() {
///     search.tell(x * x - 2.0, 2.0 * x)?;
/// }
/// assert!((search.root().x - std::f64::consts::SQRT_2).abs() <= 4.5e-16);
/// # Ok::<(), isoflop::num::roots::RootError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Search {
    bracket: Bracket,
    start: f64,
    x: f64,
    last_step: f64,
    least: f64,
}

impl Search {
    /// A search between `low` and `high` whose first point inside is `start`, or the middle if `start` does
    /// not lie inside.
    ///
    /// # Errors
    /// [`RootError::NotANumber`] if an end is not finite.
    pub fn new(low: f64, high: f64, start: f64) -> Result<Self, RootError> {
        if let Some(x) = [low, high].into_iter().find(|x| !x.is_finite()) {
            return Err(RootError::NotANumber { x });
        }
        let (a, b) = if low <= high { (low, high) } else { (high, low) };
        let bracket = Bracket { a, at_a: f64::NAN, b, at_b: f64::NAN, evaluations: 0 };
        Ok(Self { bracket, start, x: a, last_step: f64::INFINITY, least: f64::EPSILON })
    }

    /// Where the function is wanted next; `None` once the root is found.
    pub fn point(&self) -> Option<f64> {
        let found = self.bracket.evaluations >= 2 && self.bracket.is_narrow();
        (!found).then_some(self.x)
    }

    /// Takes the value and the slope of the function at [`Search::point`].
    ///
    /// # Errors
    /// As [`find_root`]; the search is over then.
    pub fn tell(&mut self, y: f64, slope: f64) -> Result<(), RootError> {
        let y = number(self.x, y)?;
        self.bracket.evaluations += 1;
        match self.bracket.evaluations {
            1 => (self.bracket.at_a, self.x) = (y, self.bracket.b),
            2 => {
                self.bracket.at_b = y;
                self.bracket.check()?;
                let inside = self.bracket.holds(self.start);
                self.x = if inside { self.start } else { self.bracket.middle() };
            }
            _ => {
                self.bracket.put(self.x, y);
                self.step(y, slope);
            }
        }
        Ok(())
    }

    /// The root, once [`Search::point`] has none; before, the end of the bracket with the smaller value.
    pub fn root(&self) -> Root {
        self.bracket.root()
    }

    /// Newton's step where it stays inside and shrinks, else the middle.
    fn step(&mut self, y: f64, slope: f64) {
        let mut step = -y / slope;
        let arrived = step.abs() <= ARRIVED * self.x.abs();
        if arrived {
            // The root is here but for rounding: go past it, ever further, so that the bracket closes.
            step = max(step.abs(), self.least * self.x.abs()).copysign(step);
            self.least *= 4.0;
        }
        let shrinks = arrived || 2.0 * step.abs() <= self.last_step;
        let newton = shrinks && self.bracket.evaluations < NEWTON_LIMIT;
        if newton && self.bracket.holds(self.x + step) {
            (self.x, self.last_step) = (self.x + step, step.abs());
        } else {
            (self.x, self.last_step) = (self.bracket.middle(), f64::INFINITY);
        }
    }
}

/// Two points with different signs, and the values there.
#[derive(Clone, Copy, Debug)]
struct Bracket {
    a: f64,
    at_a: f64,
    b: f64,
    at_b: f64,
    evaluations: u32,
}

impl Bracket {
    /// The signs at the ends differ.
    fn check(&self) -> Result<(), RootError> {
        let Self { a, at_a, b, at_b, .. } = *self;
        if at_a == 0.0 || at_b == 0.0 || (at_a < 0.0) != (at_b < 0.0) {
            Ok(())
        } else {
            Err(RootError::NoSignChange { low: a, high: b, at_low: at_a, at_high: at_b })
        }
    }

    fn middle(&self) -> f64 {
        middle(self.a, self.b)
    }

    /// Whether a point lies strictly between.
    fn holds(&self, x: f64) -> bool {
        self.a < x && x < self.b
    }

    /// Replaces the end that has the sign of `y` by `x`.
    fn put(&mut self, x: f64, y: f64) {
        if y == 0.0 || (y < 0.0) == (self.at_a < 0.0) {
            (self.a, self.at_a) = (x, y);
        } else {
            (self.b, self.at_b) = (x, y);
        }
    }

    fn is_narrow(&self) -> bool {
        let wide = 4.0 * f64::EPSILON * max(self.a.abs(), self.b.abs());
        self.at_a == 0.0 || self.at_b == 0.0 || self.b - self.a <= wide || self.a.next_up() >= self.b
    }

    /// The end with the smaller value.
    fn root(&self) -> Root {
        let first = self.at_a.abs() <= self.at_b.abs();
        let (x, residual) = if first { (self.a, self.at_a) } else { (self.b, self.at_b) };
        let width = if residual == 0.0 { 0.0 } else { self.b - self.a };
        Root { x, residual, width, evaluations: self.evaluations }
    }
}

fn number(x: f64, y: f64) -> Result<f64, RootError> {
    if y.is_nan() { Err(RootError::NotANumber { x }) } else { Ok(y) }
}

/// The number halfway between two in the order of the floating-point numbers.
fn middle(a: f64, b: f64) -> f64 {
    let (a, b) = (rank(a), rank(b));
    from_rank((a & b) + ((a ^ b) >> 1))
}

/// The place of a number in the order of all numbers; -0 and 0 share one.
fn rank(x: f64) -> i64 {
    let size = (x.to_bits() & !(1 << 63)).cast_signed();
    if x < 0.0 { -size } else { size }
}

fn from_rank(rank: i64) -> f64 {
    let size = f64::from_bits(rank.unsigned_abs());
    if rank < 0 { -size } else { size }
}
