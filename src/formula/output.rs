//! Several outputs of one formula: any of its lines may be one.

use super::syntax::{Expression, Formula, Line};

impl Formula {
    /// The names of its lines, each of which may be an output; none if the last line has no name.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let law = Formula::parse("N_opt = k_N * C^a; D_opt = k_D * C^b")?;
    /// assert_eq!(law.outputs(), ["N_opt", "D_opt"]);
    /// assert_eq!(law.output("N_opt").expect("an output").names(), ["k_N", "C", "a"]);
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn outputs(&self) -> Vec<&str> {
        let named = self.result_name.iter().flat_map(|_| &self.lines);
        named.map(|line| line.name.as_str()).collect()
    }

    /// The formula of one output: its line, with what that and the conditions need of the others.
    pub fn output(&self, name: &str) -> Option<Self> {
        self.outputs().into_iter().find(|output| *output == name)?;
        let line = self.lines.iter().find(|line| line.name == name)?;
        let used = self.used(line.value);
        let mut formula = self.clone();
        formula.expressions.clear();
        formula.positions.clear();
        let mut map = vec![0; self.expressions.len()];
        for at in (0..self.expressions.len()).filter(|&at| used[at]) {
            let mut expression = self.expressions[at].clone();
            expression.operands_mut().into_iter().for_each(|operand| *operand = map[*operand]);
            map[at] = formula.expressions.len();
            formula.expressions.push(expression);
            formula.positions.push(self.positions[at]);
        }
        let lines = self.lines.iter().filter(|line| used[line.value]);
        formula.lines = lines.map(|line| Line { value: map[line.value], ..line.clone() }).collect();
        for condition in &mut formula.conditions {
            (condition.left, condition.right) = (map[condition.left], map[condition.right]);
        }
        formula.result = map[line.value];
        formula.result_name = Some(name.to_owned());
        formula.text = format!("{}\n{name}", self.text);
        formula.names = formula.all_names();
        Some(formula)
    }

    /// Which expressions a result and the conditions need.
    fn used(&self, result: usize) -> Vec<bool> {
        let mut used = vec![false; self.expressions.len()];
        let conditions = self.conditions.iter().flat_map(|condition| [condition.left, condition.right]);
        conditions.chain([result]).for_each(|at| used[at] = true);
        let mut scopes = vec![false; self.scopes.len()];
        // What an expression needs stands before it, so one backward pass reaches everything.
        for at in (0..self.expressions.len()).rev() {
            match &self.expressions[at] {
                Expression::Open(scope) => used[at] = scopes[*scope],
                Expression::Fold { scope, .. } | Expression::Solve { scope, .. } => {
                    scopes[*scope] |= used[at];
                }
                Expression::Name(name) if used[at] => {
                    let line = self.lines.iter().find(|line| line.name == *name);
                    if let Some(line) = line {
                        used[line.value] = true;
                    }
                }
                _ => {}
            }
            if used[at] {
                self.expressions[at].operands().into_iter().for_each(|operand| used[operand] = true);
            }
        }
        used
    }
}
