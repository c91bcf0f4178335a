//! The lines of a formula, and which of them a law gives.

use super::Draft;
use crate::formula::Formula;
use crate::units::Unit;
use crate::web::reading::VariableEntry;

/// What a line of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: LineRole,
    /// The unit of its value.
    pub unit: Unit,
}

/// What a line of a formula can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineRole {
    /// What the law is about: the one that is plotted, fitted and planned with.
    Main,
    /// Something else that the law gives.
    Output,
    /// A step on the way.
    Step,
}

impl LineRole {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Main, Self::Output, Self::Step];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main output",
            Self::Output => "output",
            Self::Step => "step",
        }
    }
}

impl Draft {
    /// Gives new lines of a formula a meaning, and puts all in its order.
    pub(super) fn meet_lines(&mut self, formula: &Formula) {
        let mut old = std::mem::take(&mut self.lines);
        let named = formula.outputs();
        let names = if named.is_empty() { vec!["L"] } else { named };
        for name in &names {
            let known = old.iter().position(|line| line.name == *name).map(|at| old.remove(at));
            let unit = crate::ask::unit_of(name);
            let new = || Line { name: (*name).to_owned(), role: LineRole::Step, unit };
            self.lines.push(known.unwrap_or_else(new));
        }
        // What the last line gives, where nothing else was said.
        let (last, count) = (names.len() - 1, names.len());
        let mut mains = (0..count).filter(|at| self.lines[*at].role == LineRole::Main);
        let main = mains.next().unwrap_or(last);
        self.make_main(main, count);
        self.lines.extend(old);
    }

    /// Makes a line the main output, of so many that there are now; one that was it is an output still.
    fn make_main(&mut self, main: usize, count: usize) {
        for (at, line) in self.lines.iter_mut().take(count).enumerate() {
            match line.role {
                _ if at == main => line.role = LineRole::Main,
                LineRole::Main => line.role = LineRole::Output,
                _ => {}
            }
        }
    }

    /// Says what a line is. There is always a main one.
    pub fn is_line(&mut self, at: usize, role: LineRole) {
        let count = self.known_lines().count();
        let was_main = self.lines.get(at).is_some_and(|line| line.role == LineRole::Main);
        if let Some(line) = self.lines.get_mut(at) {
            line.role = role;
        }
        if role == LineRole::Main {
            self.make_main(at, count);
        } else if was_main && count > 1 {
            self.make_main(if at + 1 == count { at - 1 } else { count - 1 }, count);
        } else if was_main {
            self.make_main(at, count);
        }
    }

    /// The lines of the formula; of the formula last met, where it has a mistake now.
    pub fn known_lines(&self) -> impl Iterator<Item = &Line> {
        let names: Option<Vec<String>> = self.read().ok().map(|read| match read.outputs() {
            none if none.is_empty() => vec!["L".to_owned()],
            lines => lines.into_iter().map(str::to_owned).collect(),
        });
        self.lines.iter().filter(move |line| names.as_ref().is_none_or(|names| names.contains(&line.name)))
    }

    /// What it gives, the main output first.
    pub fn outputs(&self) -> Vec<VariableEntry> {
        let mut lines: Vec<&Line> = self.known_lines().filter(|line| line.role != LineRole::Step).collect();
        lines.sort_by_key(|line| line.role != LineRole::Main);
        let output = |line: &Line| VariableEntry {
            name: line.name.clone(),
            unit: line.unit,
            counts: line.unit.words().to_owned(),
        };
        lines.into_iter().map(output).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::FIRST;
    use super::super::tests::whole;
    use super::*;

    #[test]
    fn there_is_always_a_main_output() {
        let mut draft = whole();
        let roles = |draft: &Draft| draft.known_lines().map(|line| line.role.name()).collect::<Vec<_>>();
        draft.is_line(0, LineRole::Main);
        assert_eq!(roles(&draft), ["main output", "output"]);
        draft.is_line(0, LineRole::Step);
        assert_eq!(roles(&draft), ["step", "main output"]);
        let alone = Draft::of(FIRST);
        assert_eq!(alone.outputs()[0].name, "L");
    }
}
