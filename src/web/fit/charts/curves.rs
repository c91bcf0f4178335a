//! The curves of the fitted law that are drawn through the runs.

use super::super::rows::{Row, Rows, predict};
use crate::figure::{Grid, Label};
use crate::num::{self, ascending};
use crate::units::{self, Unit, show};
use crate::web::json::{self, Json};
use crate::web::reading::LawEntry;

/// Runs belong to one budget, or one size, if they differ by no more than this factor.
const ALIKE: f64 = 1.25;
/// As many different sizes make a profile of a budget.
const PROFILE: usize = 4;
/// At most so many curves.
const CURVES: usize = 9;
/// A narrow picture has room for the labels of so many.
const ROOM: usize = 4;
/// The law is asked for at so many points of a curve.
const POINTS: usize = 30;

/// Along what the loss is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Across {
    /// Size, one curve for each budget.
    Size,
    /// Compute, one curve for each size.
    Compute,
}

impl Across {
    /// What suits these rows: profiles of budgets, if most rows belong to one.
    pub fn of(rows: &Rows) -> Self {
        let all = rows.used().count();
        let profiles = profiles(rows);
        let inside: usize = profiles.iter().map(Vec::len).sum();
        if profiles.len() > 1 && 2 * inside >= all { Self::Size } else { Self::Compute }
    }

    /// What the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Size => "by size",
            Self::Compute => "by compute",
        }
    }
}

/// A curve of the fitted law.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What all its points share: `10²⁰ FLOPs`, `1.44 B parameters`.
    pub(super) name: String,
    /// The same beside it.
    pub(super) label: Label,
    /// N.
    pub(super) params: Vec<f64>,
    /// D.
    tokens: Vec<f64>,
}

/// Rows in use that share a budget, and have enough sizes to make a profile.
fn profiles(rows: &Rows) -> Vec<Vec<&Row>> {
    let mut groups = alike(rows, |row| row.flops);
    groups.retain(|group| {
        let mut sizes: Vec<u64> = group.iter().map(|row| row.params.to_bits()).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes.len() >= PROFILE
    });
    groups
}

/// Rows in use in groups that are alike in something, the smallest first.
fn alike(rows: &Rows, of: fn(&Row) -> f64) -> Vec<Vec<&Row>> {
    let used: Vec<&Row> = rows.used().collect();
    let values: Vec<f64> = used.iter().map(|row| of(row)).collect();
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    for at in ascending(&values) {
        match groups.last_mut().filter(|group| values[at] <= ALIKE * of(group[0])) {
            Some(group) => group.push(used[at]),
            None => groups.push(vec![used[at]]),
        }
    }
    groups
}

/// The curves that are drawn through the rows in use.
pub fn curves(rows: &Rows, across: Across) -> Vec<Curve> {
    let groups = match across {
        Across::Size => profiles(rows),
        Across::Compute => {
            let mut groups = alike(rows, |row| row.params);
            groups.retain(|group| group.len() > 1);
            groups
        }
    };
    let several = groups.len();
    let step = several.div_ceil(CURVES).max(1);
    let shown = groups.into_iter().enumerate().filter(|(at, _)| (several - 1 - at).is_multiple_of(step));
    let mut curves: Vec<Curve> = shown.map(|(_, group)| curve(&group, across)).collect();
    // Where labels stand inside, there is room for half of them.
    if curves.len() > ROOM {
        curves.iter_mut().rev().skip(1).step_by(2).for_each(|curve| curve.label.narrow.clear());
    }
    curves
}

fn curve(group: &[&Row], across: Across) -> Curve {
    let middle = |of: fn(&Row) -> f64| {
        let sum: f64 = group.iter().map(|row| num::ln(of(row))).sum();
        num::exp(sum / group.len() as f64)
    };
    let ends = |of: fn(&Row) -> f64| {
        let values = group.iter().map(|row| of(row));
        (values.clone().fold(f64::INFINITY, num::min), values.fold(0.0, num::max))
    };
    match across {
        Across::Size => {
            let (low, high) = ends(|row| row.params);
            let flops = middle(|row| row.flops);
            let params = Grid::positions(low, high, POINTS);
            let tokens = params.iter().map(|params| flops / (6.0 * params)).collect();
            let label = units::significant(flops, 1);
            Curve { name: format!("{label} FLOPs"), label: Label::always(label), params, tokens }
        }
        Across::Compute => {
            let (low, high) = ends(|row| row.tokens);
            let size = middle(|row| row.params);
            let tokens = Grid::positions(low, high, POINTS);
            let label = show(size, Unit::Parameters).number();
            let params = vec![size; tokens.len()];
            Curve { name: format!("{label} parameters"), label: Label::always(label), params, tokens }
        }
    }
}

impl Curve {
    pub(super) fn x(&self, across: Across) -> Vec<f64> {
        match across {
            Across::Size => self.params.clone(),
            Across::Compute => self.flops(),
        }
    }

    fn flops(&self) -> Vec<f64> {
        self.params.iter().zip(&self.tokens).map(|(params, tokens)| 6.0 * params * tokens).collect()
    }
}

/// The question for the fitted law along some curves; nothing of a law that needs more than size, tokens and compute.
pub fn ask_curves(curves: &[Curve], entry: &LawEntry, law: &str, fit: &str) -> Option<String> {
    if curves.is_empty() {
        return None;
    }
    let column = |of: fn(&Curve) -> Vec<f64>| json::list(curves.iter().flat_map(of).map(json::number));
    let input = |name: &str| match name {
        "N" => Some(column(|curve| curve.params.clone())),
        "D" => Some(column(|curve| curve.tokens.clone())),
        "C" => Some(column(Curve::flops)),
        _ => None,
    };
    let inputs = entry.inputs.iter().map(|known| Some((known.name.as_str(), input(&known.name)?)));
    let at: Vec<_> = inputs.collect::<Option<_>>()?;
    (!at.is_empty()).then(|| predict(law, fit, &at))
}

/// What the fitted law says along curves, and what most draws say; one entry for each point of each curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Along {
    pub(super) losses: Vec<f64>,
    pub(super) ends: Vec<Option<[f64; 2]>>,
}

impl Along {
    /// Whether it says what most draws say.
    pub fn has_bands(&self) -> bool {
        self.ends.iter().any(Option::is_some)
    }

    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let predict = Json::read(answer)?.get("predict")?.members();
        let losses = predict.get("values")?.items();
        let pair = |pair: Json<'_>| match pair.items().as_slice() {
            [low, high] => Some([low.number()?, high.number()?]),
            _ => None,
        };
        let ends = predict.get("intervals").map(|ends| ends.items()).unwrap_or_default();
        Some(Self {
            losses: losses.into_iter().map(|value| value.number().unwrap_or(f64::NAN)).collect(),
            ends: ends.into_iter().map(pair).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{profiles, rows};
    use super::*;

    #[test]
    fn profiles_of_budgets_are_drawn_by_size_and_others_by_compute() {
        let mut runs = profiles();
        assert_eq!(Across::of(&rows(&runs)), Across::Size);
        let curves = curves(&rows(&runs), Across::Size);
        let names: Vec<&str> = curves.iter().map(|curve| curve.name.as_str()).collect();
        assert_eq!(names, ["6\u{a0}×\u{a0}10¹⁸ FLOPs", "6\u{a0}×\u{a0}10¹⁹ FLOPs"]);
        for row in 3..8 {
            runs.switch(row, false);
        }
        assert_eq!(Across::of(&rows(&runs)), Across::Compute);
    }
}
