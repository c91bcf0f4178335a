//! One name in the place of another.

use super::syntax::{Expression, Formula};

impl Formula {
    /// The formula with the name `to` in the place of `from`; nothing where `from` is not a name that needs a meaning, or
    /// is the member of a family.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let law = Formula::parse("A / N^alpha + B / D^beta")?;
    /// assert_eq!(law.renamed("beta", "alpha").expect("a name").names(), ["A", "N", "alpha", "B", "D"]);
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    #[must_use]
    pub fn renamed(&self, from: &str, to: &str) -> Option<Self> {
        self.names.iter().find(|name| *name == from)?;
        let mut formula = self.clone();
        let mut found = false;
        for expression in &mut formula.expressions {
            if let Expression::Name(name) = expression
                && name == from
            {
                to.clone_into(name);
                found = true;
            }
        }
        formula.names = formula.all_names();
        found.then_some(formula)
    }
}
