//! The law language: what is read, what is refused, and that derivatives are derivatives.

use isoflop::formula::{Formula, FormulaError, Leaf, Order, Program, Table};

const LANGUAGE: &str = include_str!("../src/formula/LANGUAGE.md");

fn constant(text: &str) -> Result<f64, FormulaError> {
    let program = Program::compile(&Formula::parse(text)?, &[], &[], Order::Value)?;
    let mut value = [0.0];
    program.bind(&[]).values(&[], &[], &mut value);
    Ok(value[0])
}

#[test]
fn every_line_of_the_language_page_holds() {
    let (_, page) = LANGUAGE.split_once("```test\n").expect("the page has its test block");
    let (page, _) = page.split_once("```").expect("the block ends");
    let mut lines = 0;
    for line in page.lines() {
        let (input, output) = line.split_once(" -> ").expect("input -> output");
        let given = match constant(input.trim_end()) {
            Ok(value) => value.to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(given, output, "{input}");
        lines += 1;
    }
    assert!(lines > 30, "the page was read: {lines} lines");
}

#[test]
fn names_come_in_order_of_appearance_without_intermediate_values() {
    let formula = Formula::parse("U = min(D, D_u); E + A / N^α + B / U^β where N > 1").unwrap();
    assert_eq!(formula.names(), ["D", "D_u", "E", "A", "N", "alpha", "B", "beta"]);
    assert_eq!(formula.exponents(), ["alpha", "beta"]);
    assert_eq!(formula.conditions().collect::<Vec<_>>(), ["N > 1"]);
}

#[test]
fn an_exponent_inside_a_sum_is_still_an_exponent() {
    let formula = Formula::parse("x^(a + b*c) + d").unwrap();
    assert_eq!(formula.exponents(), ["a", "b", "c"]);
}

#[test]
fn every_named_line_may_be_an_output() {
    let text = "U = min(D, D_u); S = sum(i: h[i]^g); N_opt = k * U^a; D_opt = U / S + z where z > 0";
    let formula = Formula::parse(text).unwrap();
    assert_eq!(formula.outputs(), ["U", "S", "N_opt", "D_opt"]);
    let size = formula.output("N_opt").unwrap();
    assert_eq!((size.names(), size.families()), (vec!["D", "D_u", "k", "a", "z"], vec![]));
    assert_eq!(size.result_name(), Some("N_opt"));
    let tokens = formula.output("D_opt").unwrap().with_members(&["h[a]", "h[b]"]).unwrap();
    assert_eq!(tokens.names(), ["D", "D_u", "h[a]", "h[b]", "g", "z"]);
    let leaves: Vec<(&str, Leaf)> = size.names().into_iter().map(|name| (name, Leaf::Fixed(3.0))).collect();
    let mut value = [0.0];
    Program::compile(&size, &leaves, &[], Order::Value).unwrap().bind(&[]).values(&[], &[], &mut value);
    assert!((value[0] - 81.0).abs() < 1e-12);
    assert!(formula.output("k").is_none() && Formula::parse("U = 2; U * x").unwrap().output("U").is_none());
    assert_eq!(size.latex(&[]).matches("&=").count(), 4, "printed with the whole of its law");
}

#[test]
fn text_that_is_too_deep_or_too_long_is_refused() {
    let deep = format!("{}1{}", "(".repeat(4_000), ")".repeat(4_000));
    assert!(matches!(Formula::parse(&deep), Err(FormulaError::TooDeep { most: 64, .. })));
    let signs = "-".repeat(9_000) + "1";
    assert!(matches!(Formula::parse(&signs), Err(FormulaError::TooDeep { .. })));
    let long = "1+".repeat(5_001);
    assert!(matches!(Formula::parse(&long), Err(FormulaError::TooLong { length: 10_002, .. })));
}

#[test]
fn a_formula_whose_derivatives_explode_is_refused() {
    let names: Vec<String> = (0..400).map(|i| format!("a{i}")).collect();
    let text = names.join("*");
    let leaves: Vec<(&str, Leaf)> = names.iter().map(|name| (name.as_str(), Leaf::Scalar)).collect();
    let wrt: Vec<&str> = names.iter().map(String::as_str).collect();
    let result = Program::compile(&Formula::parse(&text).unwrap(), &leaves, &wrt, Order::Hessian);
    assert!(matches!(result, Err(FormulaError::TooLarge { .. })));
}

const CHINCHILLA: [(&str, Leaf); 7] = [
    ("N", Leaf::Data),
    ("D", Leaf::Data),
    ("E", Leaf::Scalar),
    ("A", Leaf::Scalar),
    ("alpha", Leaf::Scalar),
    ("B", Leaf::Scalar),
    ("beta", Leaf::Scalar),
];

#[test]
fn the_linear_parameters_of_chinchilla_are_its_coefficients() {
    let law = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
    let wrt = ["E", "A", "alpha", "B", "beta"];
    let program = Program::compile(&law, &CHINCHILLA, &wrt, Order::Hessian).unwrap();
    assert_eq!(program.linear(), [0, 1, 3]);
    assert_eq!(program.pairs(), [(1, 2), (2, 2), (3, 4), (4, 4)]);
}

#[test]
fn what_is_linear_in_pieces_is_not_linear() {
    let text = "abs(a) * x + interp(T, b) + if(c < 1, d, 2 * d) + e * x";
    let formula = Formula::parse(text).unwrap().with_tables(&[("T", table())]);
    let leaves = ["x", "a", "b", "c", "d", "e"].map(|name| (name, Leaf::Scalar));
    let program = Program::compile(&formula, &leaves, &["a", "b", "d", "e"], Order::Hessian).unwrap();
    assert_eq!(program.linear(), [2, 3]);
}

#[test]
fn a_coefficient_fixed_at_zero_takes_its_term_with_it() {
    let law = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
    let leaves =
        CHINCHILLA.map(|(name, leaf)| if name == "A" { (name, Leaf::Fixed(0.0)) } else { (name, leaf) });
    let program = Program::compile(&law, &leaves, &[], Order::Value).unwrap();
    let used: Vec<&str> = leaves
        .iter()
        .enumerate()
        .filter(|(i, _)| program.depends_on(*i))
        .map(|(_, (name, _))| *name)
        .collect();
    assert_eq!(used, ["D", "E", "B", "beta"]);
}

#[test]
fn rows_do_not_depend_on_the_chunk_they_fall_in() {
    let law = Formula::parse("E + A / N^alpha + B / D^beta").unwrap();
    let program = Program::compile(&law, &CHINCHILLA, &[], Order::Value).unwrap();
    let n: Vec<f64> = (0..1000).map(|i| 1e7 * f64::from(i + 1)).collect();
    let d: Vec<f64> = (0..1000).map(|i| 3e12 / f64::from(i + 1)).collect();
    let theta = [1.8172, 482.01, 0.3478, 2085.43, 0.3658];
    let mut all = vec![0.0; 1000];
    program.bind(&[&n, &d]).values(&theta, &[], &mut all);
    for row in 0..1000 {
        let mut one = [0.0];
        program.bind(&[&n[row..=row], &d[row..=row]]).values(&theta, &[], &mut one);
        assert_eq!(one[0].to_bits(), all[row].to_bits(), "row {row}");
    }
}

#[test]
fn roots_do_not_depend_on_the_rows_beside_them() {
    // Every third row has no root, and the others take differently many steps.
    let formula = Formula::parse("solve(L in lo..40: L + a * L^3 = x) * x").unwrap();
    let leaves = [("x", Leaf::Data), ("lo", Leaf::Data), ("a", Leaf::Scalar)];
    let program = Program::compile(&formula, &leaves, &["a"], Order::Hessian).unwrap();
    let x: Vec<f64> = (0..600).map(|i| 0.01 * f64::from(i * i)).collect();
    let low: Vec<f64> = (0..600).map(|i| if i % 3 == 0 { 30.0 } else { -1.0 }).collect();
    let all = bits_of_everything(&program, &[&x, &low]);
    for row in 0..600 {
        let alone = bits_of_everything(&program, &[&x[row..=row], &low[row..=row]]);
        assert_eq!(alone[0], all[row], "row {row}");
        assert_eq!(f64::from_bits(all[row][0]).is_nan(), row % 3 == 0, "row {row}");
    }
}

/// Value, first and second derivative of each row, at the scalar 0.3.
fn bits_of_everything(program: &Program, data: &[&[f64]]) -> Vec<[u64; 3]> {
    let mut bits = Vec::new();
    program.bind(data).each(Order::Hessian, &[0.3], &[], |chunk| {
        let columns = [chunk.value(), chunk.first(0), chunk.second(0)];
        bits.extend((0..chunk.rows().len()).map(|row| columns.map(|column| column[row].to_bits())));
    });
    bits
}

#[test]
fn a_root_of_scalars_has_the_bits_of_a_root_of_rows() {
    let formula = Formula::parse("solve(w in 0..9: w * exp(w * a) = x)").unwrap();
    let value = |x: Leaf, data: &[&[f64]], scalars: &[f64]| {
        let leaves = [("x", x), ("a", Leaf::Scalar)];
        let program = Program::compile(&formula, &leaves, &["a"], Order::Gradient).unwrap();
        let mut bits = [0; 2];
        program.bind(data).each(Order::Gradient, scalars, &[], |chunk| {
            bits = [chunk.value()[0].to_bits(), chunk.first(0)[0].to_bits()];
        });
        bits
    };
    for x in [0.0, 1e-9, 0.7, 3.0, 1e5] {
        assert_eq!(value(Leaf::Data, &[&[x]], &[0.8]), value(Leaf::Scalar, &[], &[x, 0.8]), "{x}");
    }
}

fn table() -> Table {
    Table::new(vec![1.0, 2.0, 4.0], vec![10.0, 30.0, 20.0]).unwrap()
}

#[test]
fn a_table_says_what_stands_in_it_and_nothing_outside() {
    let x = [0.9, 1.0, 1.5, 2.0, 3.0, 4.0, 4.1, f64::NAN];
    let found = |text: &str| {
        let formula = Formula::parse(text).unwrap().with_tables(&[("unused", table()), ("T", table())]);
        let program = Program::compile(&formula, &[("x", Leaf::Data)], &[], Order::Value).unwrap();
        let mut found = [0.0; 8];
        program.bind(&[&x]).values(&[], &[], &mut found);
        assert!(found[0].is_nan() && found[6].is_nan() && found[7].is_nan(), "{text}: {found:?}");
        found[1..6].to_vec()
    };
    assert_eq!(found("step(T, x)"), [10.0, 10.0, 30.0, 30.0, 20.0]);
    assert_eq!(found("interp(T, x)"), [10.0, 20.0, 30.0, 25.0, 20.0]);
}

#[test]
fn the_slope_of_a_table_is_that_of_its_line() {
    let formula =
        Formula::parse("interp(T, x * y) + interp(T, 2) * x").unwrap().with_tables(&[("T", table())]);
    assert_eq!((formula.tables(), formula.names()), (vec!["T"], vec!["x", "y"]));
    let leaves = [("x", Leaf::Scalar), ("y", Leaf::Scalar)];
    let program = Program::compile(&formula, &leaves, &["x", "y"], Order::Hessian).unwrap();
    assert_eq!(program.pairs(), [(0, 1)]);
    for (x, slope) in [(0.5, 20.0), (0.75, 20.0), (1.0, -5.0), (1.5, -5.0), (2.0, -5.0)] {
        program.bind(&[]).each(Order::Hessian, &[x, 2.0], &[], |chunk| {
            assert_eq!([chunk.first(0)[0], chunk.first(1)[0]], [slope * 2.0 + 30.0, slope * x]);
            assert_eq!(chunk.second(0)[0], slope);
        });
    }
    let stepped = Formula::parse("step(T, x)").unwrap().with_tables(&[("T", table())]);
    let refused = Program::compile(&stepped, &leaves, &["x"], Order::Gradient).unwrap_err();
    assert_eq!(refused, FormulaError::Stepped { function: "step", position: 5 });
}

#[test]
fn a_table_that_does_not_rise_is_refused() {
    let refused = |xs: &[f64], ys: &[f64]| Table::new(xs.to_vec(), ys.to_vec()).unwrap_err().to_string();
    assert_eq!(refused(&[1.0], &[2.0]), "expected a table of 2 to 10000 rows; got 1 values of x and 1 of y");
    assert_eq!(
        refused(&[1.0, 2.0], &[2.0]),
        "expected a table of 2 to 10000 rows; got 2 values of x and 1 of y"
    );
    let message =
        "row 1 of the table: expected finite numbers, x larger than in the row before; got x = 1 and y = 2";
    assert_eq!(refused(&[1.0, 1.0], &[2.0, 2.0]), message);
    let message =
        "row 0 of the table: expected finite numbers, x larger than in the row before; got x = NaN and y = 2";
    assert_eq!(refused(&[f64::NAN, 1.0], &[2.0, 2.0]), message);
}

#[test]
fn what_is_inside_steps_is_not_solved_through() {
    let formula = Formula::parse("solve(w in 0..9: round(w) + w = x)").unwrap();
    let leaves = [("x", Leaf::Scalar)];
    assert!(Program::compile(&formula, &leaves, &["x"], Order::Value).is_ok());
    let refused = Program::compile(&formula, &leaves, &["x"], Order::Gradient).unwrap_err();
    assert_eq!(refused, FormulaError::Stepped { function: "round", position: 17 });
}

#[test]
fn a_broken_condition_names_its_first_row() {
    let law = Formula::parse("x where x < 3, x > 0").unwrap();
    let program = Program::compile(&law, &[("x", Leaf::Data)], &[], Order::Value).unwrap();
    assert_eq!(program.bind(&[&[1.0, 2.0]]).broken(&[], &[]), [None, None]);
    assert_eq!(program.bind(&[&[1.0, 4.0, -1.0, f64::NAN]]).broken(&[], &[]), [Some(1), Some(2)]);
}

#[test]
fn nothing_is_differentiated_across_steps() {
    let formula = Formula::parse("6 * N * D + ceil(V / 128) * round(D)").unwrap();
    let leaves = [("N", Leaf::Scalar), ("D", Leaf::Scalar), ("V", Leaf::Scalar)];
    let compile = |wrt: &[&str], order| Program::compile(&formula, &leaves, wrt, order);
    assert!(compile(&["N", "D"], Order::Value).is_ok());
    assert!(compile(&["N"], Order::Hessian).is_ok(), "what is differentiated does not stand in a step");
    let refused = compile(&["N", "D"], Order::Gradient).unwrap_err();
    assert_eq!(refused, FormulaError::Stepped { function: "round", position: 28 });
}

#[test]
fn what_is_not_chosen_does_not_leak() {
    // ln is NaN from 1 on and the root below 1; their derivatives are infinite at 1.
    let formula = Formula::parse("if(x < 1, ln(1 - x), sqrt(x - 1) * y)").unwrap();
    let leaves = [("x", Leaf::Data), ("y", Leaf::Scalar)];
    let program = Program::compile(&formula, &leaves, &["y"], Order::Hessian).unwrap();
    let mut found = Vec::new();
    program.bind(&[&[0.5, 2.0, f64::NAN, f64::INFINITY]]).each(Order::Hessian, &[3.0], &[], |chunk| {
        found = chunk.value().iter().copied().zip(chunk.first(0).iter().copied()).collect();
    });
    assert_eq!(found[..2], [(isoflop::num::ln(0.5), 0.0), (3.0, 1.0)]);
    assert!(found[2].0.is_nan() && found[2].1.is_nan(), "a comparison with NaN chooses neither");
    assert_eq!(found[3].0, f64::INFINITY);
}

#[test]
fn all_comparisons_agree_with_what_they_say() {
    let holds = |sign: &str, a: f64, b: f64| {
        let formula = Formula::parse(&format!("if(a {sign} b, 1, 0) where a {sign} b")).unwrap();
        let program =
            Program::compile(&formula, &[("a", Leaf::Data), ("b", Leaf::Scalar)], &[], Order::Value);
        let program = program.unwrap();
        let (column, mut value) = ([a], [0.0]);
        let mut bound = program.bind(&[&column]);
        bound.values(&[b], &[], &mut value);
        let broken = bound.broken(&[b], &[])[0].is_some();
        assert_eq!(value[0] == 1.0, !broken, "a choice and a condition agree: {a} {sign} {b}");
        value[0]
    };
    for (sign, expected) in [
        ("<", [1.0, 0.0, 0.0]),
        ("<=", [1.0, 1.0, 0.0]),
        (">", [0.0, 0.0, 1.0]),
        (">=", [0.0, 1.0, 1.0]),
        ("==", [0.0, 1.0, 0.0]),
        ("!=", [1.0, 0.0, 1.0]),
    ] {
        assert_eq!([(1.0, 2.0), (2.0, 2.0), (3.0, 2.0)].map(|(a, b)| holds(sign, a, b)), expected, "{sign}");
        assert!(holds(sign, f64::NAN, 2.0).is_nan() && holds(sign, 2.0, f64::NAN).is_nan(), "{sign}");
    }
}

/// `Formula::parse` and `with_members`, then the value at `leaves`.
fn value_with_members(text: &str, leaves: &[(&str, f64)]) -> Result<f64, FormulaError> {
    let names: Vec<&str> = leaves.iter().map(|(name, _)| *name).collect();
    let formula = Formula::parse(text)?.with_members(&names)?;
    let leaves: Vec<(&str, Leaf)> = leaves.iter().map(|&(name, value)| (name, Leaf::Fixed(value))).collect();
    let mut value = [0.0];
    Program::compile(&formula, &leaves, &[], Order::Value)?.bind(&[]).values(&[], &[], &mut value);
    Ok(value[0])
}

#[test]
fn families_that_share_an_index_share_its_members() {
    let formula =
        Formula::parse("sum(i: C[i] * h[i]^g[i]) + A^sum(j: C[j] * a[1]) + sum(k in 1..2: a[k])").unwrap();
    assert_eq!(formula.families(), ["C", "h", "g"]);
    assert_eq!(formula.names(), ["A", "a[1]", "a[2]"]);
    let formula = formula.with_members(&["x", "h[c4]", "h[arxiv]"]).unwrap();
    let names = ["C[arxiv]", "C[c4]", "h[arxiv]", "h[c4]", "g[arxiv]", "g[c4]", "A", "a[1]", "a[2]"];
    assert_eq!(formula.names(), names);
    assert_eq!(formula.exponents(), ["C[arxiv]", "C[c4]", "g[arxiv]", "g[c4]", "a[1]"]);
    assert_eq!(formula.families(), Vec::<&str>::new());
}

#[test]
fn a_sum_over_two_indices_takes_every_pair() {
    let leaves =
        [("h[a]", 2.0), ("h[b]", 3.0), ("t[a,a]", 1.0), ("t[a,b]", 10.0), ("t[b,a]", 100.0), ("t[b,b]", 1e3)];
    let both = value_with_members("sum(i, j: t[i, j] * h[i] * h[j])", &leaves);
    assert_eq!(both, Ok(4.0 + 60.0 + 600.0 + 9000.0));
    assert_eq!(value_with_members("sum(i: h[i] * t[i, i])", &leaves), Ok(3002.0));
    assert_eq!(value_with_members("sum(i: h[i] * t[a, i])", &leaves), Ok(32.0));
}

#[test]
fn a_sum_does_not_depend_on_the_order_of_its_members() {
    let text = "sum(i: h[i])";
    let (a, b, c) = (("h[a]", 0.1), ("h[b]", 0.7), ("h[c]", 1e-17));
    let given = value_with_members(text, &[a, b, c]).unwrap();
    assert_eq!(value_with_members(text, &[c, b, a]).unwrap().to_bits(), given.to_bits());
}

#[test]
fn families_that_disagree_are_refused() {
    let text = "sum(i: C[i] * h[i])";
    let refused = value_with_members(text, &[("h[a]", 1.0), ("C[b]", 1.0)]).unwrap_err();
    let (family, index) = ("h".to_owned(), "i".to_owned());
    assert_eq!(refused, FormulaError::Members { family, index, position: 14 });
    let missing = value_with_members(text, &[("h[a]", 1.0)]).unwrap_err();
    assert_eq!(missing, FormulaError::Unbound { name: "C[a]".to_owned() });
}

#[test]
fn sums_that_grow_too_long_with_their_members_are_refused() {
    let members: Vec<String> = (0..400).map(|i| format!("h[m{i}]")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    let formula = Formula::parse("1 + sum(i, j: h[i] * h[j])").unwrap();
    let refused = formula.with_members(&members).unwrap_err();
    assert_eq!(refused, FormulaError::TooManyTerms { most: 100_000, position: 4 });
}

#[test]
fn the_coefficients_of_a_sum_are_linear() {
    let formula =
        Formula::parse("E + sum(i: C[i] * h[i]^g[i])").unwrap().with_members(&["h[a]", "h[b]"]).unwrap();
    let leaves: Vec<(&str, Leaf)> = formula.names().into_iter().map(|name| (name, Leaf::Scalar)).collect();
    let wrt = ["E", "C[a]", "g[a]", "C[b]", "g[b]"];
    let program = Program::compile(&formula, &leaves, &wrt, Order::Hessian).unwrap();
    assert_eq!(program.linear(), [0, 1, 3]);
    assert_eq!(program.pairs(), [(1, 2), (2, 2), (3, 4), (4, 4)]);
}

/// Formulas that use every operation, over x and y in (0.2, 3).
const SMOOTH: [&str; 13] = [
    "x^3 * y - x / y",
    "x^y + y^-0.7",
    "exp(x - y) * ln(x + y)",
    "sqrt(x * y) + log10(x) * log2(y + 1)",
    "abs(x - 10) / abs(y + 1)",
    "expm1(-x * y) + log1p(x / y)",
    "min(x, y + 5) * max(x * 2 + y, y)",
    "(x + y)^2.5 / (1 + x^-2)",
    "u = x * y; v = exp(-u); (1 - v) / u",
    "-(-x)^2 * y^16 / 1e5",
    "((3 / x)^(0.3 / y) + 2 / y)^y",
    "min(x, 9) ^ 2 - -y",
    "cos(x * y) / (2 + cos(y))",
];

#[test]
fn derivatives_agree_with_central_differences() {
    for text in SMOOTH {
        let formula = Formula::parse(text).unwrap();
        for leaf in [Leaf::Scalar, Leaf::LogScalar] {
            let program =
                Program::compile(&formula, &[("x", leaf), ("y", leaf)], &["x", "y"], Order::Hessian).unwrap();
            let mut bound = program.bind(&[]);
            for at in [[0.7, 1.3], [1.1, 0.4]] {
                let (gradient, hessian) = derivatives(&program, &mut bound, at);
                for k in 0..2 {
                    let h = 1e-5;
                    let (mut up, mut down) = (at, at);
                    up[k] += h;
                    down[k] -= h;
                    let value = |bound: &mut isoflop::formula::Bound, at: [f64; 2]| {
                        let mut value = [0.0];
                        bound.values(&at, &[], &mut value);
                        value[0]
                    };
                    let slope = (value(&mut bound, up) - value(&mut bound, down)) / (2.0 * h);
                    assert!((slope - gradient[k]).abs() <= 1e-8 * (1.0 + slope.abs()), "{text} {leaf:?} {k}");
                    let (above, below) =
                        (derivatives(&program, &mut bound, up).0, derivatives(&program, &mut bound, down).0);
                    for l in 0..2 {
                        let curve = (above[l] - below[l]) / (2.0 * h);
                        let exact = hessian[k][l];
                        assert!(
                            (curve - exact).abs() <= 1e-7 * (1.0 + curve.abs()),
                            "{text} {leaf:?} {k} {l}: {curve} {exact}"
                        );
                    }
                }
            }
        }
    }
}

fn derivatives(
    program: &Program,
    bound: &mut isoflop::formula::Bound,
    at: [f64; 2],
) -> ([f64; 2], [[f64; 2]; 2]) {
    let (mut gradient, mut hessian) = ([0.0; 2], [[0.0; 2]; 2]);
    bound.each(Order::Hessian, &at, &[], |chunk| {
        (0..2).for_each(|k| gradient[k] = chunk.first(k)[0]);
        for (i, &(k, l)) in program.pairs().iter().enumerate() {
            hessian[k][l] = chunk.second(i)[0];
            hessian[l][k] = chunk.second(i)[0];
        }
    });
    (gradient, hessian)
}

#[test]
fn a_column_by_its_logarithm_gives_the_same_as_a_scalar() {
    let formula = Formula::parse("E + A / N^alpha").unwrap();
    let leaves = [("N", Leaf::LogColumn), ("E", Leaf::Scalar), ("A", Leaf::Scalar), ("alpha", Leaf::Scalar)];
    let columns = Program::compile(&formula, &leaves, &["N"], Order::Hessian).unwrap();
    let logs = [1.0, 2.0, 3.0];
    let mut found = Vec::new();
    columns.bind(&[]).each(Order::Hessian, &[1.5, 20.0, 0.5], &[&logs], |chunk| {
        found.extend((0..3).map(|row| [chunk.value()[row], chunk.first(0)[row], chunk.second(0)[row]]));
    });
    for (row, u) in logs.iter().enumerate() {
        let term = 20.0 * isoflop::num::exp(-0.5 * u);
        for (given, expected) in found[row].iter().zip([1.5 + term, -0.5 * term, 0.25 * term]) {
            assert!((given - expected).abs() < 1e-14 * expected.abs(), "{given} {expected}");
        }
    }
}
