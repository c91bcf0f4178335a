//! Names that a sum, a product or a `solve` brings with it, and the members of families.

use std::collections::{BTreeMap, BTreeSet};

use super::syntax::{Expression, Formula};
use super::{FormulaError, MAX_NAMES, MAX_OPERATIONS};
use crate::num::grown;

/// An index or an unknown, known inside its sum, product or `solve` only.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scope {
    pub name: String,
    pub position: usize,
    pub domain: Domain,
}

/// What an index runs over, in order; or that it is an unknown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Domain {
    /// Whole numbers, both ends included.
    Range { first: i64, last: i64 },
    /// Members of families, by name; `None` until they are known.
    Members(Option<Vec<String>>),
    /// What `solve` solves for.
    Unknown,
}

/// What stands in the square brackets of a family.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Subscript {
    Literal(String),
    /// The member, or number, at which this scope's index is.
    Index(usize),
}

impl Scope {
    /// How many values the index takes; one while they are not known.
    pub fn count(&self) -> usize {
        match &self.domain {
            Domain::Range { first, last } => usize::try_from(last - first + 1).unwrap_or(0),
            Domain::Members(members) => members.as_ref().map_or(1, Vec::len),
            Domain::Unknown => 1,
        }
    }

    /// The number that the index stands for on a pass, if it stands for numbers.
    pub fn number(&self, pass: usize) -> Option<f64> {
        match self.domain {
            Domain::Range { first, .. } => Some(first.saturating_add_unsigned(pass as u64) as f64),
            Domain::Members(_) | Domain::Unknown => None,
        }
    }

    /// What the index says between square brackets on a pass, if it is known.
    fn member(&self, pass: usize) -> Option<String> {
        match &self.domain {
            Domain::Range { first, .. } => Some(first.saturating_add_unsigned(pass as u64).to_string()),
            Domain::Members(members) => members.as_ref()?.get(pass).cloned(),
            Domain::Unknown => None,
        }
    }
}

/// The name of a leaf such as `h[arxiv]`; `pass` says where each index is. `None` while members are unknown.
pub(super) fn leaf_name(
    scopes: &[Scope],
    family: &str,
    subscripts: &[Subscript],
    pass: impl Fn(usize) -> usize,
) -> Option<String> {
    let one = |subscript: &Subscript| match subscript {
        Subscript::Literal(member) => Some(member.clone()),
        Subscript::Index(scope) => scopes[*scope].member(pass(*scope)),
    };
    let members: Option<Vec<String>> = subscripts.iter().map(one).collect();
    Some(format!("{family}[{}]", members?.join(",")))
}

/// The family and the members that the name of a leaf speaks of.
fn split(leaf: &str) -> Option<(&str, Vec<&str>)> {
    let (family, members) = leaf.strip_suffix(']')?.split_once('[')?;
    Some((family, members.split(',').collect()))
}

impl Formula {
    /// The families whose members must be given before the formula can be compiled, in order of appearance.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let law = Formula::parse("E + 1 / sum(i: C[i] * h[i]^gamma[i])")?;
    /// assert_eq!(law.families(), ["C", "h", "gamma"]);
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = Vec::new();
        for expression in &self.expressions {
            if let Expression::Member { family, subscripts } = expression
                && subscripts.iter().any(|subscript| self.is_open(subscript))
                && !families.contains(&family.as_str())
            {
                families.push(family);
            }
        }
        families
    }

    /// The places between square brackets that share their members, as long as these are not known: families under
    /// one index, and those tied to them by another. A place is a family and a number, from 0.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let law = Formula::parse("sum(i: C[i] * h[i]) + sum(i, j: t[i, j] * h[j] * g[i])")?;
    /// assert_eq!(law.shared(), [vec![("C", 0), ("h", 0), ("t", 1)], vec![("t", 0), ("g", 0)]]);
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn shared(&self) -> Vec<Vec<(&str, usize)>> {
        let mut groups: Vec<Shared> = Vec::new();
        for (place, index) in self.expressions.iter().flat_map(|expression| self.open_places(expression)) {
            let mut one = Shared { places: vec![place], indices: vec![index] };
            let meets = |group: &Shared| group.places.contains(&place) || group.indices.contains(&index);
            let at = groups.iter().position(meets).unwrap_or(groups.len());
            while let Some(met) = groups.iter().rposition(meets) {
                let met = groups.remove(met);
                one.indices.extend(met.indices);
                let new = std::mem::replace(&mut one.places, met.places);
                one.places
                    .extend(new.into_iter().filter(|place| !one.places.contains(place)).collect::<Vec<_>>());
            }
            groups.insert(at, one);
        }
        groups.into_iter().map(|group| group.places).collect()
    }

    /// The places of a family under indices whose members are not known, with these.
    fn open_places<'a>(&'a self, expression: &'a Expression) -> Vec<((&'a str, usize), usize)> {
        let Expression::Member { family, subscripts } = expression else { return Vec::new() };
        let open = |(place, subscript): (usize, &Subscript)| match subscript {
            Subscript::Index(index) if self.is_open(subscript) => Some(((family.as_str(), place), *index)),
            _ => None,
        };
        subscripts.iter().enumerate().filter_map(open).collect()
    }

    /// Whether this is an index whose members are not known.
    fn is_open(&self, subscript: &Subscript) -> bool {
        matches!(subscript, Subscript::Index(scope)
            if matches!(self.scopes[*scope].domain, Domain::Members(None)))
    }

    /// The formula with the members of its families known, from the names of some of its leaves.
    ///
    /// Families that share an index share its members, so those of one are enough: from `h[arxiv]` and
    /// `h[c4]` it follows that there are `C[arxiv]` and `C[c4]`. An index runs over its members in the order
    /// of their names, whatever the order in which they are given. Other names are passed over.
    ///
    /// # Errors
    /// [`FormulaError::NoMembers`] if nothing says what an index runs over, [`FormulaError::Members`] if two
    /// families disagree on it, [`FormulaError::TooManyTerms`] if the sums grow too long.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let law = Formula::parse("E + 1 / sum(i: C[i] * h[i]^gamma[i])")?.with_members(&["h[c4]", "h[arxiv]"])?;
    /// let names = ["E", "C[arxiv]", "C[c4]", "h[arxiv]", "h[c4]", "gamma[arxiv]", "gamma[c4]"];
    /// assert_eq!(law.names(), names);
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn with_members(&self, leaves: &[&str]) -> Result<Self, FormulaError> {
        let mut formula = self.clone();
        let found = Members::of(leaves).spread(self)?;
        for (at, (scope, members)) in formula.scopes.iter_mut().zip(found).enumerate() {
            // An output may leave a sum of its law behind.
            let stands = self.expressions.contains(&Expression::Open(at));
            if let (Domain::Members(known @ None), true) = (&mut scope.domain, stands) {
                let (index, position) = (scope.name.clone(), scope.position);
                let members = members.ok_or(FormulaError::NoMembers { index, position })?;
                *known = Some(members.into_iter().collect());
            }
        }
        formula.settle()?;
        Ok(formula)
    }

    /// Checks its size, and finds its names.
    pub(super) fn settle(&mut self) -> Result<(), FormulaError> {
        self.check_size()?;
        self.names = self.all_names();
        match self.names.len() {
            given if given > MAX_NAMES => Err(FormulaError::TooManyNames { most: MAX_NAMES, given }),
            _ => Ok(()),
        }
    }

    /// Written out, with every sum as long as it is, the formula has no more than so many operations.
    fn check_size(&self) -> Result<(), FormulaError> {
        let (mut size, mut opened): (usize, Vec<usize>) = (0, Vec::new());
        for (expression, &position) in self.expressions.iter().zip(&self.positions) {
            size = size.saturating_add(1);
            match expression {
                Expression::Open(_) => opened.push(size),
                Expression::Fold { scope, .. } | Expression::Solve { scope, .. } => {
                    let before = opened.pop().unwrap_or(0);
                    let terms = self.scopes[*scope].count();
                    size = before.saturating_add((size - before).saturating_mul(terms));
                }
                _ => {}
            }
            if size > MAX_OPERATIONS {
                return Err(FormulaError::TooManyTerms { most: MAX_OPERATIONS, position });
            }
        }
        Ok(())
    }

    /// A family or a table is nothing else too, and a family has as many indices wherever it stands.
    pub(super) fn check_families(&self) -> Result<(), FormulaError> {
        let mut plain: BTreeSet<&str> = grown(self.lines.iter().map(|line| line.name.as_str()));
        plain.extend(self.expressions.iter().filter_map(|expression| match expression {
            Expression::Name(name) => Some(name.as_str()),
            _ => None,
        }));
        let mut indices: BTreeMap<&str, usize> = BTreeMap::new();
        let tables: BTreeSet<&str> = grown(self.tables());
        for (expression, &position) in self.expressions.iter().zip(&self.positions) {
            let (family, mixed) = match expression {
                Expression::Member { family, subscripts } => {
                    let known = *indices.entry(family).or_insert(subscripts.len());
                    (family, known != subscripts.len() || tables.contains(family.as_str()))
                }
                Expression::Lookup { table, .. } => (&self.tables[*table].name, false),
                _ => continue,
            };
            if mixed || plain.contains(family.as_str()) {
                return Err(FormulaError::Mixed { family: family.clone(), position });
            }
        }
        Ok(())
    }

    /// Every name that needs a meaning, in order of appearance.
    pub(super) fn all_names(&self) -> Vec<String> {
        let lines: BTreeSet<&str> = grown(self.lines.iter().map(|line| line.name.as_str()));
        let order: BTreeSet<(usize, usize)> = grown(self.positions.iter().copied().zip(0..));
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let leaves = order.into_iter().flat_map(|(_, at)| self.leaves_of(&self.expressions[at]));
        leaves.filter(|name| !lines.contains(name.as_str()) && seen.insert(name.clone())).collect()
    }

    /// The leaves that an expression is by itself: one for a name, one for each member of a family.
    pub(super) fn leaves_of(&self, expression: &Expression) -> Vec<String> {
        match expression {
            Expression::Name(name) => vec![name.clone()],
            Expression::Member { family, subscripts } => {
                let mut indices: Vec<usize> = Vec::new();
                for subscript in subscripts {
                    if let Subscript::Index(scope) = subscript
                        && !indices.contains(scope)
                    {
                        indices.push(*scope);
                    }
                }
                let counts: Vec<usize> = indices.iter().map(|&scope| self.scopes[scope].count()).collect();
                let names = (0..counts.iter().product()).map(|n| {
                    // The last index runs fastest.
                    let pass = |scope| {
                        let at = indices.iter().position(|&index| index == scope).unwrap_or(0);
                        n / counts[at + 1..].iter().product::<usize>() % counts[at]
                    };
                    leaf_name(&self.scopes, family, subscripts, pass)
                });
                names.flatten().collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Places of families that share their members, and the indices by which they do.
struct Shared<'a> {
    places: Vec<(&'a str, usize)>,
    indices: Vec<usize>,
}

/// For each family, and each place between its square brackets, the members that are known.
struct Members<'a>(BTreeMap<(&'a str, usize), BTreeSet<String>>);

impl<'a> Members<'a> {
    fn of(leaves: &[&'a str]) -> Self {
        let mut known: BTreeMap<(&str, usize), BTreeSet<String>> = BTreeMap::new();
        for (family, members) in leaves.iter().filter_map(|leaf| split(leaf)) {
            for (place, member) in members.into_iter().enumerate() {
                known.entry((family, place)).or_default().insert(member.to_owned());
            }
        }
        Self(known)
    }

    /// What each index of the formula runs over: from family to index, and on to the other families of that
    /// index, until nothing new is learnt.
    fn spread(mut self, formula: &'a Formula) -> Result<Vec<Option<BTreeSet<String>>>, FormulaError> {
        let mut found: Vec<Option<BTreeSet<String>>> = vec![None; formula.scopes.len()];
        loop {
            let mut learnt = false;
            for (expression, &position) in formula.expressions.iter().zip(&formula.positions) {
                let Expression::Member { family, subscripts } = expression else { continue };
                for (place, subscript) in subscripts.iter().enumerate() {
                    let &Subscript::Index(index) = subscript else { continue };
                    if !formula.is_open(subscript) {
                        continue;
                    }
                    match (self.0.get(&(family.as_str(), place)), &found[index]) {
                        (Some(members), None) => found[index] = Some(members.clone()),
                        (None, Some(members)) => {
                            self.0.insert((family, place), members.clone());
                        }
                        (Some(members), Some(others)) if members != others => {
                            let (family, index) = (family.clone(), formula.scopes[index].name.clone());
                            return Err(FormulaError::Members { family, index, position });
                        }
                        _ => continue,
                    }
                    learnt = true;
                }
            }
            if !learnt {
                return Ok(found);
            }
        }
    }
}
