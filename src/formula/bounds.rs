//! What the conditions of a formula say of one unknown alone: between which numbers it means something.

use super::curvature::number;
use super::graph::{Id, Node, Unary};
use super::lower::lower;
use super::program::Drawing;
use super::syntax::Comparison;
use super::{Formula, FormulaError, Leaf};

/// An end of the range of an unknown, by a condition of a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    /// Which of the unknowns.
    pub unknown: usize,
    /// Whether it is the upper end.
    pub high: bool,
    /// Where it is.
    pub at: f64,
    /// Whether the end itself belongs to the range.
    pub included: bool,
    /// The place of the condition in the text.
    pub condition: usize,
}

impl Formula {
    /// The ends that conditions such as `S <= 0.98` set to one of the names `unknown`, with the values of all others.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let law = Formula::parse("L = N^-a * (1 - S)\nwhere S >= 0, S < 2 * a, N > S")?;
    /// let ends = law.ends(&["N", "S"], &[("a", 0.3)])?;
    /// assert_eq!(ends.len(), 2);
    /// assert!(ends[1].unknown == 1 && ends[1].high && ends[1].at == 0.6 && !ends[1].included);
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    ///
    /// # Errors
    /// As [`super::Program::compile`].
    pub fn ends(&self, unknown: &[&str], values: &[(&str, f64)]) -> Result<Vec<Ends>, FormulaError> {
        if self.conditions.is_empty() {
            return Ok(Vec::new());
        }
        let names = unknown.iter().chain(values.iter().map(|(name, _)| name));
        let leaves: Vec<(&str, Leaf)> = names.map(|&name| (name, Leaf::Scalar)).collect();
        let (mut drawing, meaning) = Drawing::new(&leaves, unknown);
        let lowered = lower(self, &mut drawing.graph, &meaning)?;
        let value = |leaf: usize| leaf.checked_sub(unknown.len()).map(|i| values[i].1);
        let mut ends = Vec::new();
        for sides in &lowered.conditions {
            let comparison = self.conditions[sides.condition].comparison;
            for (own, other, comparison) in both(sides.sides, comparison) {
                let (Some(unknown), Some(at)) = (leaf(&drawing, own), number(&drawing.graph, other, &value))
                else {
                    continue;
                };
                let Some((high, included)) = side(comparison) else { continue };
                ends.push(Ends { unknown, high, at, included, condition: sides.condition });
            }
        }
        Ok(ends)
    }
}

/// A comparison as it is read from either side.
fn both([left, right]: [Id; 2], comparison: Comparison) -> [(Id, Id, Comparison); 2] {
    let turned = match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    };
    [(left, right, comparison), (right, left, turned)]
}

/// Whether a comparison sets an upper end, and includes it.
fn side(comparison: Comparison) -> Option<(bool, bool)> {
    match comparison {
        Comparison::Less => Some((true, false)),
        Comparison::AtMost => Some((true, true)),
        Comparison::Greater => Some((false, false)),
        Comparison::AtLeast => Some((false, true)),
        Comparison::Equal | Comparison::NotEqual => None,
    }
}

/// Which unknown a node is, given as it is or by its logarithm.
fn leaf(drawing: &Drawing, node: Id) -> Option<usize> {
    let given = match drawing.graph.nodes[node] {
        Node::Unary(Unary::Exp, inner) => inner,
        _ => node,
    };
    drawing.active().into_iter().position(|active| active == given)
}

/// Whether the sides of a condition are an unknown and a number that depends on none.
pub(super) fn ends_box(drawing: &Drawing, sides: [Id; 2], active: &[bool]) -> bool {
    let known = |id: Id| !active[id] && number(&drawing.graph, id, &|_| Some(1.0)).is_some();
    let [left, right] = sides;
    leaf(drawing, left).is_some() && known(right) || leaf(drawing, right).is_some() && known(left)
}
