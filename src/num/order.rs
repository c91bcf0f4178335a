//! The smaller and the larger of two numbers, with zeros and NaN settled, and the order of many.
//!
//! `f64::min` of `0` and `-0` is either, and drops a NaN. Here `-0 < 0`, and NaN in gives
//! [`f64::NAN`] out, so that it cannot hide.

use super::bits::one_nan;
use super::lanes::F64x2;

/// The smaller of two numbers; `-0` is smaller than `0`, and NaN wins over both.
///
/// # Example
/// ```
/// use isoflop::num::min;
/// assert!(min(0.0, -0.0).is_sign_negative());
/// assert!(min(1.0, f64::NAN).is_nan());
/// ```
#[inline(always)]
pub fn min(a: f64, b: f64) -> f64 {
    let equal = f64::from_bits(a.to_bits() | b.to_bits());
    let least = if a < b { a } else { b };
    settle(a, b, if a == b { equal } else { least })
}

/// The larger of two numbers; `0` is larger than `-0`, and NaN wins over both.
///
/// # Example
/// ```
/// use isoflop::num::max;
/// assert!(max(0.0, -0.0).is_sign_positive());
/// assert_eq!(max(-1.0, 3.0), 3.0);
/// ```
#[inline(always)]
pub fn max(a: f64, b: f64) -> f64 {
    let equal = f64::from_bits(a.to_bits() & b.to_bits());
    let most = if a > b { a } else { b };
    settle(a, b, if a == b { equal } else { most })
}

#[inline(always)]
fn settle(a: f64, b: f64, chosen: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { chosen }
}

/// `x` if it lies between `low` and `high`, else the nearer of them: `min(max(x, low), high)`.
///
/// Where `low > high`, `high` is the answer; NaN anywhere gives NaN. It never panics.
///
/// # Example
/// ```
/// use isoflop::num::clamp;
/// assert_eq!(clamp(3.0, -1.0, 1.0), 1.0);
/// ```
#[inline(always)]
pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    min(max(x, low), high)
}

/// The least and the largest of a column; nothing where one of its numbers is not finite, or there is none.
///
/// # Example
/// ```
/// use isoflop::num::range;
/// assert_eq!(range(&[2.0, -1.0, 3.0]), Some([-1.0, 3.0]));
/// assert_eq!(range(&[2.0, f64::NAN]), None);
/// ```
pub fn range(values: &[f64]) -> Option<[f64; 2]> {
    let (pairs, rest) = values.as_chunks::<2>();
    let first = F64x2::splat(*values.first()?);
    let (mut low, mut high, mut apart) = (first, first, F64x2::ZERO);
    let mut take = |pair| {
        (low, high) = (low.min(pair), high.max(pair));
        // Zero, or not a number where one is not finite.
        apart += pair * F64x2::ZERO;
    };
    for [a, b] in pairs {
        take(F64x2::new(*a, *b));
    }
    for last in rest {
        take(F64x2::splat(*last));
    }
    let ends = [low.to_array(), high.to_array()];
    (!apart.sum().is_nan()).then(|| [min(ends[0][0], ends[0][1]), max(ends[1][0], ends[1][1])])
}

/// The number without its sign; of NaN the one NaN.
#[inline(always)]
pub fn abs(x: f64) -> f64 {
    one_nan(x.abs())
}

/// The places of the values from the lowest to the highest, those of equals as they stand. The order is that of
/// [`f64::total_cmp`].
///
/// Of the standard library's sorts, each type of entry gets one of its own, five kilobytes in a page; rows are
/// sorted by the places of their keys instead.
///
/// # Example
/// ```
/// use isoflop::num::ascending;
/// assert_eq!(ascending(&[2.0, 1.0, 3.0, 1.0]), [1, 3, 0, 2]);
/// ```
pub fn ascending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let mut merged = order.clone();
    let mut run = 1;
    while run < order.len() {
        for (pair, places) in order.chunks(2 * run).zip(merged.chunks_mut(2 * run)) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            for place in places {
                let is_right = match (left.first(), right.first()) {
                    (Some(a), Some(b)) => values[*b].total_cmp(&values[*a]).is_lt(),
                    (left, _) => left.is_none(),
                };
                let side = if is_right { &mut right } else { &mut left };
                if let Some((first, rest)) = side.split_first() {
                    *place = *first;
                    *side = rest;
                }
            }
        }
        std::mem::swap(&mut order, &mut merged);
        run *= 2;
    }
    order
}

/// A sorted set or map, grown one by one: collected, it would be sorted at once, by code of its own for each type,
/// and those here are short.
///
/// # Example
/// ```
/// use isoflop::num::grown;
/// use std::collections::BTreeSet;
/// let names: BTreeSet<&str> = grown(["N", "D", "N"]);
/// assert_eq!(names.len(), 2);
/// ```
pub fn grown<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut grown = C::default();
    grown.extend(items);
    grown
}

/// What a share of some numbers in ascending order lies below, between neighbours by their distance; none of none.
///
/// # Example
/// ```
/// use isoflop::num::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
/// ```
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let at = share * sorted.len().checked_sub(1)? as f64;
    let below = at as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(sorted.len() - 1)]);
    Some(between(low, high, at - below as f64))
}

/// So far from one number to another; their distance may be no number.
fn between(low: f64, high: f64, share: f64) -> f64 {
    if share == 0.0 { low } else { low + share * (high - low) }
}

/// The same for several shares of values in any order: only what is needed is put in its place, a selection for each, instead of
/// a sort.
///
/// Values are finite; zeros of either sign are the same.
///
/// # Example
/// ```
/// use isoflop::num::quantiles;
/// assert_eq!(quantiles(&[4.0, 1.0, 2.0], &[0.0, 0.75]), [Some(1.0), Some(3.0)]);
/// ```
pub fn quantiles(values: &[f64], shares: &[f64]) -> Vec<Option<f64>> {
    let Some(last) = values.len().checked_sub(1) else { return vec![None; shares.len()] };
    let below = |share: f64| (share * last as f64) as usize;
    let mut places: Vec<usize> = shares.iter().map(|share| below(*share)).collect();
    places.sort_unstable();
    places.dedup();
    // Whole numbers are compared sooner.
    let mut keys: Vec<i64> = values.iter().map(|value| key(*value)).collect();
    select(&mut keys, 0, &places);
    // What is behind a place, up to the next one, is in any order: the least of it is the neighbour.
    let neighbour = |place: usize| {
        let next = places.iter().find(|next| **next > place).copied().unwrap_or(last);
        keys[(place + 1).min(next)..=next].iter().copied().min().unwrap_or(keys[place])
    };
    shares
        .iter()
        .map(|share| {
            let (at, below) = (share * last as f64, below(*share));
            let [low, high] = [keys[below], neighbour(below)].map(number);
            Some(between(low, high, at - below as f64))
        })
        .collect()
}

/// Puts into each of some places, rising and counted from `first`, what a sort would put there: the one in the middle first, which
/// leaves the others a part each.
fn select(keys: &mut [i64], first: usize, places: &[usize]) {
    let Some(&middle) = places.get(places.len() / 2) else { return };
    let (before, _, after) = keys.select_nth_unstable(middle - first);
    let (left, right) = places.split_at(places.len() / 2);
    select(before, first, left);
    select(after, middle + 1, &right[1..]);
}

/// Whole numbers in the order of the finite numbers that they stand for.
fn key(value: f64) -> i64 {
    turned((value + 0.0).to_bits().cast_signed())
}

/// The number that a key stands for.
fn number(key: i64) -> f64 {
    f64::from_bits(turned(key).cast_unsigned())
}

/// Of negative numbers the larger bits are the lower ones.
fn turned(bits: i64) -> i64 {
    bits ^ ((bits >> 63) & i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ascending, max, min, quantile, quantiles, range};

    proptest! {
        #[test]
        fn quantiles_are_those_of_a_sort(
            values in prop::collection::vec(-1e3..1e3_f64, 1..60),
            shares in prop::collection::vec(0.0..=1.0_f64, 0..5),
        ) {
            let sorted: Vec<f64> = ascending(&values).into_iter().map(|row| values[row]).collect();
            let expected: Vec<_> = shares.iter().map(|share| quantile(&sorted, *share)).collect();
            prop_assert_eq!(quantiles(&values, &shares), expected);
        }

        #[test]
        fn a_range_is_that_of_every_number(values in prop::collection::vec(-1e3..1e3_f64, 1..20), at in 0..20_usize) {
            let low = values.iter().copied().fold(f64::INFINITY, min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, max);
            prop_assert_eq!(range(&values), Some([low, high]));
            for none in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let mut with = values.clone();
                with[at % values.len()] = none;
                prop_assert_eq!(range(&with), None);
            }
        }

        #[test]
        fn places_are_those_of_a_stable_sort(values in prop::collection::vec(-3_i8..3, 0..40)) {
            let values: Vec<f64> = values.into_iter().map(|value| f64::from(value) * -0.5).collect();
            let mut expected: Vec<usize> = (0..values.len()).collect();
            expected.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
            prop_assert_eq!(ascending(&values), expected);
        }
    }
}
