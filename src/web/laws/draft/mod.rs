//! A law as its reader types it: the text, what its names mean, and the contract's law that this makes.

mod contract;
mod line;
mod mistake;
mod origin;
mod storage;
mod symbol;
mod table;

pub use line::{Line, LineRole};
pub use mistake::Mistake;
pub use storage::read;
pub use symbol::{Role, Symbol};
pub use table::TableText;

use super::members::{self, Change, Lists, family};
use crate::formula::{Formula, FormulaError};
use crate::outcome::Explain as _;

/// What stands in the editor of a reader who has typed nothing yet.
pub const FIRST: &str = "E + A / N^alpha + B / D^beta";

/// A law as it is typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// What the reader calls it.
    pub name: String,
    /// The formula, as typed, mistakes and all.
    pub formula: String,
    /// What the names of the formula mean, in the order of their first appearance; names that have gone are kept
    /// at the end, for the case that they come back. A family has a symbol for itself, which says what it is, and one
    /// for each member, which has its value.
    pub symbols: Vec<Symbol>,
    /// What its lines are; those that have gone are kept at the end.
    pub lines: Vec<Line>,
    /// The members of its families.
    pub members: Lists,
    /// The tables that it looks things up in, as typed; those that have gone are kept at the end.
    pub tables: Vec<TableText>,
}

impl Draft {
    /// A draft of a formula whose names mean what they most probably do.
    pub fn of(formula: &str) -> Self {
        let mut draft = Self { formula: formula.to_owned(), ..Self::default() };
        if let Ok(read) = draft.read() {
            draft.meet(&read);
        }
        draft
    }

    /// The formula, read.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<Formula, FormulaError> {
        Formula::parse(&self.formula)
    }

    /// Where the formula has a mistake, if it has one.
    pub fn mistake(&self) -> Option<Mistake> {
        let error = self.read().err()?;
        Some(Mistake::new(&self.formula, &error.to_string(), &error.at()))
    }

    /// Gives new names of a formula a meaning, and puts all in its order.
    pub fn meet(&mut self, formula: &Formula) {
        self.members.provide(formula.shared().len());
        let Some(names) = self.names(formula) else { return };
        let mut old = std::mem::take(&mut self.symbols);
        for name in &names {
            let known = old.iter().position(|symbol| symbol.name == *name);
            // A member is what its family is.
            let of = self.symbols.iter().find(|symbol| symbol.name != *name && symbol.name == family(name));
            let guess = || {
                if let Some(of) = of {
                    return Symbol { name: name.clone(), value: String::new(), ..of.clone() };
                }
                let exponent = members::is_exponent(formula, &self.members.good, name);
                Symbol::guess(name, exponent, formula.families().contains(&name.as_str()))
            };
            let symbol = known.map_or_else(guess, |at| old.remove(at));
            self.symbols.push(symbol);
        }
        self.symbols.extend(old);
        self.meet_lines(formula);
        self.meet_tables(formula);
    }

    /// The names of a formula, each family before its members.
    fn names(&self, formula: &Formula) -> Option<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        let families = formula.families();
        for name in members::names(formula, &self.members.good)? {
            let own = family(&name);
            if families.contains(&own) && !names.iter().any(|known| known == own) {
                names.push(own.to_owned());
            }
            names.push(name);
        }
        Some(names)
    }

    /// The families of the formula that share members.
    pub fn groups(&self) -> Vec<Vec<String>> {
        members::groups_of(&self.formula)
    }

    /// Changes the members of a group; what was typed for a member goes with it.
    pub fn change_members(&mut self, group: usize, change: &Change) {
        let Ok(formula) = self.read() else { return };
        let before = self.members.good.clone();
        let stood = self.members.change(group, change);
        let count = formula.shared().len();
        let (old, new) = (&before[..count.min(before.len())], &self.members.good[..count.min(before.len())]);
        let text = |name: &str| {
            self.symbols
                .iter()
                .find(|symbol| symbol.name == name)
                .map_or(String::new(), |symbol| symbol.value.clone())
        };
        let moved = members::moved(&formula, old, new, (group, &stood), text);
        // A member that was renamed or taken away leaves no symbol behind.
        let families = formula.families();
        self.symbols.retain(|symbol| {
            let own = family(&symbol.name);
            own == symbol.name || !families.contains(&own)
        });
        self.meet(&formula);
        for (name, value) in moved {
            if let Some(symbol) = self.symbols.iter_mut().find(|symbol| symbol.name == name) {
                symbol.value = value;
            }
        }
    }

    /// Changes what a name means.
    pub fn change(&mut self, at: usize, change: impl FnOnce(&mut Symbol)) {
        if let Some(symbol) = self.symbols.get_mut(at) {
            change(symbol);
        }
        self.spread();
    }

    /// Has the members of each family be what the family is.
    fn spread(&mut self) {
        let families: Vec<Symbol> =
            self.symbols.iter().filter(|symbol| self.is_family(&symbol.name)).cloned().collect();
        for member in &mut self.symbols {
            let own = |of: &&Symbol| of.name != member.name && family(&member.name) == of.name;
            if let Some(of) = families.iter().find(own) {
                let (name, value) = (std::mem::take(&mut member.name), std::mem::take(&mut member.value));
                *member = Symbol { name, value, ..of.clone() };
            }
        }
    }

    /// Whether a symbol is of a family, whose members have the values.
    pub fn is_family(&self, name: &str) -> bool {
        self.symbols.iter().any(|symbol| symbol.name != name && family(&symbol.name) == name)
    }

    /// Whether a name is a member of a family that is declared.
    pub fn is_member(&self, name: &str) -> bool {
        let own = family(name);
        own != name && self.symbols.iter().any(|other| other.name == own)
    }

    /// What the names of the formula mean; of the formula last met, where it has a mistake now.
    pub fn known(&self) -> impl Iterator<Item = &Symbol> {
        let names = self.read().ok().and_then(|read| self.names(&read));
        let stands = move |symbol: &&Symbol| names.as_ref().is_none_or(|names| names.contains(&symbol.name));
        self.symbols.iter().filter(stands)
    }

    /// The names that have values: of a family its members.
    pub fn valued(&self) -> impl Iterator<Item = &Symbol> {
        self.known().filter(|symbol| !self.is_family(&symbol.name))
    }

    /// Whether size and tokens can be chosen by it.
    pub fn plans(&self) -> bool {
        let has = |name: &str| self.known().any(|symbol| symbol.name == name && symbol.role == Role::Input);
        has("N") && has("D")
    }
}

/// The name of what a formula computes: that of its last line, or L.
pub fn output(formula: &str) -> String {
    let read = Formula::parse(formula).ok();
    read.as_ref().and_then(Formula::result_name).unwrap_or("L").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laws::Bounds;
    use crate::units::Unit;

    /// Two outputs, a family and a table.
    const WHOLE: &str = "M = sum(i: C[i] * h[i])^gamma\nL = E + M * interp(T, x) / N^alpha";

    pub fn whole() -> Draft {
        let mut draft = Draft::of(WHOLE);
        draft.tables[0].rows = "x, y\n0, 1\n1\t2\n\n2 4".to_owned();
        let at =
            |draft: &Draft, name: &str| draft.symbols.iter().position(|symbol| symbol.name == name).unwrap();
        for name in ["h", "x"] {
            let at = at(&draft, name);
            draft.change(at, |symbol| symbol.role = Role::Input);
        }
        draft.is_line(0, LineRole::Output);
        draft.change_members(0, &Change::Name(1, "books".to_owned()));
        for symbol in &mut draft.symbols {
            symbol.value = if symbol.name == "N" { "1B" } else { "0.5" }.to_owned();
        }
        draft
    }

    #[test]
    fn names_mean_what_they_most_probably_do() {
        let draft = Draft::of(FIRST);
        let meant = |name: &str| draft.symbols.iter().find(|symbol| symbol.name == name).unwrap();
        assert_eq!((meant("N").role, meant("N").unit), (Role::Input, Unit::Parameters));
        assert_eq!((meant("D").role, meant("D").unit), (Role::Input, Unit::Tokens));
        assert_eq!(meant("alpha").bounds(), Ok(Bounds::In(0.02, 2.0)));
        assert_eq!(meant("E").bounds(), Ok(Bounds::Positive));
        assert!(draft.plans());
    }

    #[test]
    fn meanings_outlive_a_mistake_and_a_name_that_comes_back() {
        let mut draft = Draft::of(FIRST);
        draft.symbols[0].low = "1".to_owned();
        draft.symbols[0].high = "2".to_owned();
        "E + A / (N".clone_into(&mut draft.formula);
        assert_eq!(draft.known().count(), 7);
        for text in ["A / N", "E + A / N"] {
            text.clone_into(&mut draft.formula);
            let read = draft.read().unwrap();
            draft.meet(&read);
        }
        assert_eq!(draft.symbols[0].bounds(), Ok(Bounds::In(1.0, 2.0)));
        assert_eq!(draft.known().count(), 3);
    }

    #[test]
    fn what_was_typed_for_a_member_stays_with_it_and_gone_families_come_back() {
        let mut draft = whole();
        draft.give("h[books]", Some("0.3".to_owned()));
        draft.change_members(0, &Change::Add);
        draft.change_members(0, &Change::Remove(0));
        let value = |draft: &Draft, name: &str| {
            draft.known().find(|symbol| symbol.name == name).map(|symbol| symbol.value.clone())
        };
        assert_eq!(value(&draft, "h[books]").as_deref(), Some("0.3"));
        assert_eq!(value(&draft, "h[domain3]").as_deref(), Some(""));
        for text in ["E / N", WHOLE] {
            text.clone_into(&mut draft.formula);
            let read = draft.read().unwrap();
            draft.meet(&read);
        }
        assert_eq!(value(&draft, "h[books]").as_deref(), Some("0.3"));
        assert!(draft.tables[0].read().is_ok());
    }
}
