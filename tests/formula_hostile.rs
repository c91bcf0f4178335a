//! Whatever text comes, a formula is read or refused, and what is read gives a row the same bits in any crowd.

mod formulas;

use isoflop::formula::{CalledLaw, Formula, Leaf, Order, Program, Table};
use proptest::prelude::*;

/// Text that looks like a formula more often than random characters do.
fn likely() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "N",
        "D",
        "alpha",
        "α",
        "E",
        "1",
        "2.5",
        "1e3",
        "e",
        "+",
        "-",
        "*",
        "/",
        "^",
        "(",
        ")",
        ",",
        "=",
        ";",
        "\n",
        "where",
        "<",
        "<=",
        "min(",
        "max(",
        "exp(",
        "ln(",
        "cos(",
        "floor(",
        "if(",
        "step(T, ",
        "interp(T, ",
        "solve(x in 0..9: ",
        "x",
        "==",
        "sum(i: ",
        "sum(k in 1..3: ",
        "prod(i, j: ",
        "h[i]",
        "t[i, j]",
        "a[k]",
        "k",
        "[",
        "]",
        "log",
        " ",
        "U=",
        "16",
        "0",
        "sqrt(",
        "−",
        "é",
        ".",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// A table for whatever looks one up.
fn table() -> Table {
    Table::new(vec![0.5, 3.0], vec![-1.0, 2.0]).unwrap()
}

/// The formula with its table and its law, if it is one.
fn whole(text: &str) -> Option<Formula> {
    let dense = CalledLaw {
        formula: Formula::parse("E + N^-0.3 + D^-0.4").ok()?,
        inputs: ["N", "D"].map(str::to_owned).to_vec(),
        values: vec![("E".to_owned(), 1.5)],
    };
    let formula = Formula::parse(text).ok()?.with_laws(|_| Some(dense.clone())).ok()?;
    Some(formula.with_tables(&[("T", table())]))
}

fn read_and_run(text: &str) {
    let Ok(formula) = Formula::parse(text) else { return };
    let members: Vec<String> = formula.families().iter().map(|family| format!("{family}[a]")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    let Ok(formula) = formula.with_members(&members) else { return };
    let formula = formula.with_tables(&[("T", table())]);
    let names = formula.names();
    let leaves: Vec<(&str, Leaf)> = names
        .iter()
        .enumerate()
        .map(|(i, name)| (*name, if i % 2 == 0 { Leaf::Data } else { Leaf::Scalar }))
        .collect();
    let wrt: Vec<&str> = names.iter().skip(1).step_by(2).copied().collect();
    let Ok(program) = Program::compile(&formula, &leaves, &wrt, Order::Hessian) else { return };
    let column = [0.0, 1.5, -2.0, 1e300];
    let data: Vec<&[f64]> =
        leaves.iter().filter(|(_, leaf)| *leaf == Leaf::Data).map(|_| &column[..]).collect();
    let scalars = vec![0.7; wrt.len()];
    let mut bound = program.bind(&data);
    bound.each(Order::Hessian, &scalars, &[], |chunk| assert_eq!(chunk.value().len(), chunk.rows().len()));
    bound.broken(&scalars, &[]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_never_panics(text in "\\PC{0,200}") {
        read_and_run(&text);
    }

    #[test]
    fn likely_text_never_panics(text in likely()) {
        read_and_run(&text);
    }
    #[test]
    fn any_formula_gives_a_row_the_same_bits_alone_and_in_a_crowd(text in formulas::formulas()) {
        let Some(formula) = whole(&text) else { return Ok(()) };
        let names = formula.names();
        let kind = |name: &str| if name == "x" || name == "A1" { Leaf::Data } else { Leaf::Scalar };
        let leaves: Vec<(&str, Leaf)> = names.iter().map(|name| (*name, kind(name))).collect();
        let wrt: Vec<&str> = names.iter().copied().filter(|name| kind(name) == Leaf::Scalar).take(3).collect();
        let order = [Order::Hessian, Order::Value];
        let program = order.into_iter().find_map(|order| {
            Program::compile(&formula, &leaves, &wrt, order).ok().map(|program| (program, order))
        });
        let Some((program, order)) = program else { return Ok(()) };
        let column: Vec<f64> = (0..300).map(|i| 0.05 * f64::from(i) - 3.0).collect();
        let scalars = vec![0.7; leaves.len()];
        let bits = |rows: std::ops::Range<usize>| {
            let column = &column[rows];
            let data = vec![column; leaves.iter().filter(|(_, leaf)| *leaf == Leaf::Data).count()];
            let mut bits = Vec::new();
            program.bind(&data).each(order, &scalars, &[], |chunk| {
                let outputs = if order == Order::Value { 0 } else { wrt.len() };
                let columns: Vec<&[f64]> =
                    std::iter::once(chunk.value()).chain((0..outputs).map(|k| chunk.first(k))).collect();
                for row in 0..chunk.rows().len() {
                    // Which NaN it is says nothing.
                    let one = |x: f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
                    bits.push(columns.iter().map(|column| one(column[row])).collect::<Vec<_>>());
                }
            });
            bits
        };
        let all = bits(0..300);
        if all.len() == 300 {
            for row in [0, 1, 60, 61, 255, 256, 299] {
                prop_assert_eq!(&bits(row..row + 1)[0], &all[row], "{} row {}", text, row);
            }
        }
    }
}
