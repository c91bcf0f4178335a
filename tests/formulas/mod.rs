//! Random formulas of every form of the language.

use proptest::prelude::*;

/// Formulas of every form, nested, over x, alpha, `N_eff`, `A1`, `_`, `h[c4]` and `a[1]` to `a[3]`, with a table T and
/// a law `dense` of two inputs.
pub fn formulas() -> impl Strategy<Value = String> {
    let leaf =
        prop::sample::select(vec!["x", "alpha", "N_eff", "2", "5.76e23", "0.34", "h[c4]", "pi", "A1", "_"]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(6, 60, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        let three = (inner.clone(), inner.clone(), inner.clone());
        let operator = prop::sample::select(vec!["+", "-", "*", "/", "^"]);
        let function = prop::sample::select(vec![
            "exp", "ln", "log10", "log2", "sqrt", "abs", "expm1", "log1p", "cos", "floor", "ceil", "round",
        ]);
        let comparison = prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
        prop_oneof![
            (pair.clone(), operator).prop_map(|((a, b), sign)| format!("({a}) {sign} ({b})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            (function, inner.clone()).prop_map(|(function, a)| format!("{function}({a})")),
            pair.clone().prop_map(|(a, b)| format!("min({a}, {b})")),
            (three, comparison).prop_map(|((a, b, c), sign)| format!("if({a} {sign} {b}, {c}, {a})")),
            inner.clone().prop_map(|a| format!("sum(q1 in 1..3: q1 * a[q1] + ({a}))")),
            pair.clone().prop_map(|(a, b)| format!("interp(T, {a}) * law(dense; {a}, D = {b})")),
            pair.prop_map(|(a, b)| format!("{a} + solve(Q in {a}..9: Q^2 = {b})")),
        ]
    })
}
