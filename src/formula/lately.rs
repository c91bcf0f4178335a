//! What was worked out lately: a Question that differs from the one before in its numbers alone reads and compiles no
//! formula again.
//!
//! Reading and compiling depend on nothing but what they are given. So what is kept changes how soon an answer is there,
//! and never what it says.

use std::cell::RefCell;
use std::sync::Arc;

use super::graph::{Graph, Id};
use super::lower::lower;
use super::program::Drawing;
use super::{Formula, FormulaError, Leaf, Order, Program};

/// How many are kept, each of its kind: those of a plan with its limits and of what it costs.
const KEPT: usize = 32;
/// A longer text is read again.
const LONGEST: usize = 1_000;
/// A program of more instructions, a graph of more nodes, is made again: what is kept takes little memory.
const LARGEST: usize = 2_000;

/// The last things that were worked out, the latest first, each with what it was worked out from.
pub(super) struct Lately<K, V>(RefCell<Vec<(K, V)>>);

impl<K, V: Clone> Lately<K, V> {
    pub const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// What was worked out from the same.
    pub fn find(&self, is_same: impl Fn(&K) -> bool) -> Option<V> {
        let mut kept = self.0.borrow_mut();
        let at = kept.iter().position(|(key, _)| is_same(key))?;
        kept[..=at].rotate_right(1);
        Some(kept[0].1.clone())
    }

    /// Keeps it, and forgets what was not asked for the longest.
    pub fn keep(&self, key: K, value: V) {
        let mut kept = self.0.borrow_mut();
        kept.truncate(KEPT - 1);
        kept.insert(0, (key, value));
    }
}

/// A formula with the meaning of its names.
struct Meant {
    formula: Formula,
    leaves: Vec<(String, Leaf)>,
}

/// What a program is compiled from.
struct Compiled {
    of: Meant,
    wrt: Vec<String>,
    order: Order,
}

/// A formula as a graph.
#[derive(Debug)]
pub(super) struct Drawn {
    pub graph: Graph,
    pub result: Id,
}

/// The page's first worker asks little and keeps nothing, for its weight.
const KEEPS: bool = cfg!(feature = "catalogue");

thread_local! {
    static READ: Lately<String, Formula> = const { Lately::new() };
    static DRAWN: Lately<Meant, Arc<Drawn>> = const { Lately::new() };
    static COMPILED: Lately<Compiled, Arc<Program>> = const { Lately::new() };
}

/// The formula of a text, read by `parse` unless it was lately.
pub(super) fn read(
    text: &str,
    parse: impl FnOnce(&str) -> Result<Formula, FormulaError>,
) -> Result<Formula, FormulaError> {
    if !KEEPS {
        return parse(text);
    }
    if let Some(formula) = READ.with(|read| read.find(|known| known == text)) {
        return Ok(formula);
    }
    let formula = parse(text)?;
    if text.len() <= LONGEST {
        READ.with(|read| read.keep(text.to_owned(), formula.clone()));
    }
    Ok(formula)
}

impl Program {
    /// [`Program::compile`], without compiling again what was compiled lately.
    ///
    /// # Errors
    /// As [`Program::compile`].
    ///
    /// # Panics
    /// As [`Program::compile`].
    pub fn shared(
        formula: &Formula,
        leaves: &[(&str, Leaf)],
        wrt: &[&str],
        order: Order,
    ) -> Result<Arc<Self>, FormulaError> {
        if !KEEPS {
            return Self::compile(formula, leaves, wrt, order).map(Arc::new);
        }
        let is_same =
            |known: &Compiled| known.order == order && known.wrt == wrt && known.of.is(formula, leaves);
        if let Some(program) = COMPILED.with(|compiled| compiled.find(is_same)) {
            return Ok(program);
        }
        let program = Arc::new(Self::compile(formula, leaves, wrt, order)?);
        if let Some(of) = Meant::to_keep(formula, leaves, program.instructions()) {
            let wrt = wrt.iter().map(|&name| name.to_owned()).collect();
            COMPILED.with(|compiled| compiled.keep(Compiled { of, wrt, order }, Arc::clone(&program)));
        }
        Ok(program)
    }
}

impl Drawn {
    /// The graph of `formula`, without drawing again what was drawn lately.
    ///
    /// # Errors
    /// As [`Program::compile`].
    pub fn shared(formula: &Formula, leaves: &[(&str, Leaf)]) -> Result<Arc<Self>, FormulaError> {
        let known = || DRAWN.with(|drawn| drawn.find(|known| known.is(formula, leaves)));
        if let Some(drawn) = if KEEPS { known() } else { None } {
            return Ok(drawn);
        }
        let (mut drawing, meaning) = Drawing::new(leaves, &[]);
        let result = lower(formula, &mut drawing.graph, &meaning)?.result;
        let drawn = Arc::new(Self { graph: drawing.graph, result });
        if !KEEPS {
            return Ok(drawn);
        }
        if let Some(of) = Meant::to_keep(formula, leaves, drawn.graph.nodes.len()) {
            DRAWN.with(|kept| kept.keep(of, Arc::clone(&drawn)));
        }
        Ok(drawn)
    }
}

impl Meant {
    /// What to keep something of this size by, if it is to be kept.
    fn to_keep(formula: &Formula, leaves: &[(&str, Leaf)], size: usize) -> Option<Self> {
        // Rows of tables may differ by no more than the sign of a zero, which equality does not see.
        let keeps = formula.tables.is_empty() && size <= LARGEST;
        let owned = |&(name, leaf): &(&str, Leaf)| (name.to_owned(), leaf);
        keeps.then(|| Self { formula: formula.clone(), leaves: leaves.iter().map(owned).collect() })
    }

    fn is(&self, formula: &Formula, leaves: &[(&str, Leaf)]) -> bool {
        let own = self.leaves.iter().map(|(name, leaf)| (name.as_str(), *leaf));
        own.eq(leaves.iter().copied()) && self.formula.is_same(formula)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(program: &Program, scalars: &[f64]) -> f64 {
        let mut value = [f64::NAN];
        program.bind(&[]).values(scalars, &[], &mut value);
        value[0]
    }

    #[test]
    fn what_is_asked_for_again_is_the_same() {
        let formula = Formula::parse("a * x^2").unwrap();
        let leaves = [("x", Leaf::Scalar), ("a", Leaf::Scalar)];
        let first = Program::shared(&formula, &leaves, &["x"], Order::Hessian).unwrap();
        let again = Program::shared(&formula, &leaves, &["x"], Order::Hessian).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn whatever_differs_is_compiled_anew() {
        let (formula, other) = (Formula::parse("a * x^2").unwrap(), Formula::parse("x * a^2").unwrap());
        let scalars = [("x", Leaf::Scalar), ("a", Leaf::Scalar)];
        let turned = [("a", Leaf::Scalar), ("x", Leaf::Scalar)];
        let logarithmic = [("x", Leaf::LogScalar), ("a", Leaf::Scalar)];
        let at = |formula, leaves: &[(&str, Leaf)]| {
            value(&Program::shared(formula, leaves, &[], Order::Value).unwrap(), &[2.0, 3.0])
        };
        assert_eq!(at(&formula, &scalars), 12.0);
        assert_eq!(at(&other, &scalars), 18.0);
        assert_eq!(at(&formula, &turned), 18.0);
        assert!((at(&formula, &logarithmic) - 163.794_450_099_43).abs() < 1e-9);
        // One text may stand for two formulas: here with the laws and names that it calls written in.
        let written = formula.with_names(&[("a", &Formula::parse("7").unwrap())]).unwrap();
        assert_eq!(written.text(), formula.text());
        assert_eq!(at(&written, &scalars), 28.0);
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let lately = Lately::new();
        (0..KEPT).for_each(|i| lately.keep(i, i));
        assert_eq!(lately.find(|&key| key == 0), Some(0));
        lately.keep(KEPT, KEPT);
        assert_eq!(lately.find(|&key| key == 1), None);
        assert_eq!(lately.find(|&key| key == 0), Some(0));
    }
}
