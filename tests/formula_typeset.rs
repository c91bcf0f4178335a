//! Formulas as LaTeX and MathML.

mod formulas;

use isoflop::formula::{Formula, Leaf, Order, Program};
use isoflop::laws::LAWS;
use proptest::prelude::*;

use formulas::formulas;

fn latex(text: &str) -> String {
    Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).latex(&[])
}

fn mathml(text: &str) -> String {
    let math = Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).mathml(&[]);
    let inside = math.strip_prefix("<math display=\"block\">").and_then(|math| math.strip_suffix("</math>"));
    inside.unwrap_or_else(|| panic!("a math element: {math}")).to_owned()
}

/// Every formula of the catalogue.
const CATALOGUE: [(&str, &str); 6] = [
    ("E + A / N^alpha + B / D^beta", r"E + \frac{A}{N^{\alpha}} + \frac{B}{D^{\beta}}"),
    ("k_N * C^a", r"k_{N} \, C^{a}"),
    ("k_D * C^b", r"k_{D} \, C^{b}"),
    ("beta / (alpha + beta)", r"\frac{\beta}{\alpha + \beta}"),
    ("alpha / (alpha + beta)", r"\frac{\alpha}{\alpha + \beta}"),
    (
        "(alpha * A / (beta * B))^(1 / (alpha + beta))",
        r"\left(\frac{\alpha \, A}{\beta \, B}\right)^{\frac{1}{\alpha + \beta}}",
    ),
];

#[test]
fn formulas_print_as_in_their_papers() {
    for (formula, golden) in CATALOGUE {
        assert_eq!(latex(formula), *golden);
    }
}

#[test]
fn every_formula_of_the_catalogue_prints() {
    for law in LAWS {
        let formula = law.read().unwrap();
        for values in [&[][..], &[("E", 1.5)]] {
            assert!(!formula.latex(values).is_empty(), "{}", law.id);
            assert!(formula.mathml(values).starts_with("<math"), "{}", law.id);
        }
    }
}

#[test]
fn brackets_stand_where_they_must_and_nowhere_else() {
    for (text, golden) in [
        ("6 * N * D", r"6 \, N \, D"),
        ("2 * 3 * x * 4", r"2 \cdot 3 \, x \cdot 4"),
        ("a - (b - c) - d", r"a - \left(b - c\right) - d"),
        ("a + (b + c)", r"a + b + c"),
        ("(a + b) * (c - d)", r"\left(a + b\right) \, \left(c - d\right)"),
        ("-x^2", r"-x^{2}"),
        ("(-x)^2", r"\left(-x\right)^{2}"),
        ("a - -b", r"a - \left(-b\right)"),
        ("a * -b", r"a \, \left(-b\right)"),
        ("-a * b + c", r"-a \, b + c"),
        ("a + (-b * c + d)", r"a + \left(-b \, c + d\right)"),
        ("-(a + b)", r"-\left(a + b\right)"),
        ("-(-a)", r"-\left(-a\right)"),
        ("-(a * b)", r"-\left(a \, b\right)"),
        ("2^3^x", r"2^{3^{x}}"),
        ("(2^3)^x", r"\left(2^{3}\right)^{x}"),
        ("(a / b)^2 * c / d", r"\frac{\left(\frac{a}{b}\right)^{2} \, c}{d}"),
        ("x^-0.5", r"x^{-0.5}"),
        ("exp(x)^2", r"\left(\mathrm{e}^{x}\right)^{2}"),
        (
            "ln(x)^2 * log10(y) - log2(2)",
            r"\left(\ln\left(x\right)\right)^{2} \, \log_{10}\left(y\right) - \log_{2}\left(2\right)",
        ),
        ("sqrt(x + 1) * abs(x - 1)", r"\sqrt{x + 1} \, \left|x - 1\right|"),
        (
            "floor(x)^2 + ceil(x) + round(x)",
            r"\left\lfloor x\right\rfloor^{2} + \left\lceil x\right\rceil + \operatorname{round}\left(x\right)",
        ),
        (
            "expm1(x) * y + log1p(-x)",
            r"\left(\mathrm{e}^{x} - 1\right) \, y + \ln\left(1 + \left(-x\right)\right)",
        ),
        (
            "min(D, D_unique) + cos(pi * x)",
            r"\min\left(D, D_{\mathrm{unique}}\right) + \cos\left(\pi \, x\right)",
        ),
        ("sum(i: C[i] * h[i]^gamma[i]) + 1", r"\sum_{i} C_{i} \, h_{i}^{\gamma_{i}} + 1"),
        ("sum(i: h[i]) * x", r"\left(\sum_{i} h_{i}\right) \, x"),
        ("2 * sum(i: h[i] - 1)", r"2 \, \sum_{i} \left(h_{i} - 1\right)"),
        ("(2 * sum(i: h[i])) * x", r"\left(2 \, \sum_{i} h_{i}\right) \, x"),
        ("sum(i: h[i])^2", r"\left(\sum_{i} h_{i}\right)^{2}"),
        ("prod(k in 1..4: a[k] + k)", r"\prod_{k = 1}^{4} \left(a_{k} + k\right)"),
        ("sum(i, j: t[i, j] * r[c4])", r"\sum_{i} \sum_{j} t_{i, j} \, r_{\mathrm{c4}}"),
        ("1 / sum(i: h[i])", r"\frac{1}{\sum_{i} h_{i}}"),
        (
            "if(x < 1, x, x^2) + 1",
            r"\left(\begin{cases} x & \text{if } x < 1 \\ x^{2} & \text{otherwise} \end{cases}\right) + 1",
        ),
        (
            "solve(L in 0..2 * a: L^2 = a)",
            r"\operatorname{root}_{L \in \left[0, 2 \, a\right]}\left(L^{2} = a\right)",
        ),
        ("interp(T, x / 2)", r"\operatorname{interp}\left(T, \frac{x}{2}\right)"),
        ("law(refit-240; N, D = 20 * N)", r"\operatorname{refit-240}\left(N, D = 20 \, N\right)"),
    ] {
        assert_eq!(latex(text), golden, "{text}");
    }
}

#[test]
fn names_and_numbers_print_as_people_write_them() {
    for (text, golden) in [
        (
            "alpha_N + A1 + beta2 + C4x + loss",
            r"\alpha_{N} + A_{1} + \beta_{2} + \mathrm{C4x} + \mathrm{loss}",
        ),
        ("N_eff_max + D_1 + mu_alpha", r"N_{\mathrm{eff}, \mathrm{max}} + D_{1} + \mu_{\alpha}"),
        ("_x + __", r"x + \mathrm{\_\_}"),
        ("5.76e23 / 1e9", r"\frac{5.76 \times 10^{23}}{10^{9}}"),
        ("0.0001 + 0.00012 + 0.00001", r"0.0001 + 0.00012 + 10^{-5}"),
        ("999999 + 1000000 + 123.5", r"999999 + 10^{6} + 123.5"),
        ("x^1e9 * 2e9 * y", r"x^{10^{9}} \cdot 2 \times 10^{9} \, y"),
        ("(2e9)^x", r"\left(2 \times 10^{9}\right)^{x}"),
    ] {
        assert_eq!(latex(text), golden, "{text}");
    }
}

#[test]
fn values_take_the_place_of_names() {
    let law = Formula::parse("E + A / N^alpha - B * x^alpha").unwrap();
    let values = [("E", 1.817_218_09), ("A", 482.014_5), ("alpha", -0.347_789_99), ("B", -1.234_56e-7)];
    let golden =
        r"1.8172 + \frac{482.01}{N^{-0.34779}} - \left(-1.2346 \times 10^{-7} \, x^{-0.34779}\right)";
    assert_eq!(law.latex(&values), golden);
    assert_eq!(Formula::parse("pi * x").unwrap().latex(&[("x", 1.0)]), r"\pi \cdot 1");
}

#[test]
fn lines_and_conditions_are_aligned() {
    assert_eq!(
        latex("U = min(D, D_u); L = E + B / U^beta where N > 0, D >= U"),
        r"\begin{aligned} U &= \min\left(D, D_{u}\right) \\ L &= E + \frac{B}{U^{\beta}} \\ &\text{where } N > 0, \; D \ge U \end{aligned}"
    );
    assert_eq!(latex("x = 2; x * y"), r"\begin{aligned} x &= 2 \\ &x \, y \end{aligned}");
}

#[test]
fn a_called_law_is_printed_as_called() {
    let formula = Formula::parse("law(square; x)").unwrap();
    let square = isoflop::formula::CalledLaw {
        formula: Formula::parse("y = x * x; y * y").unwrap(),
        inputs: vec!["x".to_owned()],
        values: vec![],
    };
    let linked = formula.with_laws(|_| Some(square.clone())).unwrap();
    assert_eq!(linked.latex(&[]), r"\operatorname{square}\left(x\right)");
}

#[test]
fn mathml_says_the_same() {
    for (text, golden) in [
        (
            "L = E + A / N^alpha",
            "<mi>L</mi><mo>=</mo><mi>E</mi><mo>+</mo><mfrac><mrow><mi>A</mi></mrow><mrow><msup><mrow><mi>N</mi></mrow>\
             <mrow><mi>α</mi></mrow></msup></mrow></mfrac>",
        ),
        (
            "-x * 2 - k_N",
            "<mo>−</mo><mi>x</mi><mo>⋅</mo><mn>2</mn><mo>−</mo><msub><mrow><mi>k</mi></mrow><mrow><mi>N</mi></mrow></msub>",
        ),
        (
            "sum(k in 1..4: h[k])",
            "<munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mrow><mn>4</mn></mrow></munderover>\
             <msub><mrow><mi>h</mi></mrow><mrow><mi>k</mi></mrow></msub>",
        ),
        (
            "if(a < b, 1, sqrt(b))",
            "<mrow><mo form=\"prefix\">{</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mtext>if\u{a0}</mtext><mi>a</mi>\
             <mo>&lt;</mo><mi>b</mi></mtd></mtr><mtr><mtd><msqrt><mi>b</mi></msqrt></mtd>\
             <mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>",
        ),
        (
            "2e-9 * ln(x)",
            "<mn>2</mn><mo>×</mo><msup><mrow><mn>10</mn></mrow><mrow><mo>−</mo><mn>9</mn></mrow></msup><mo rspace=\"0.14em\">\u{2062}</mo>\
             <mrow><mi>ln</mi><mo>\u{2061}</mo><mrow><mo form=\"prefix\">(</mo><mi>x</mi><mo form=\"postfix\">)</mo></mrow></mrow>",
        ),
    ] {
        assert_eq!(mathml(text), golden, "{text}");
    }
}

/// Formulas of operators and functions, over x, y and `N_eff`.
fn arithmetic() -> impl Strategy<Value = String> {
    let leaf =
        prop::sample::select(vec!["x", "y", "N_eff", "2", "0.34", "3e7", "pi"]).prop_map(str::to_owned);
    leaf.prop_recursive(5, 30, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        let operator = prop::sample::select(vec!["+", "-", "*", "/", "^"]);
        let function =
            prop::sample::select(vec!["exp", "ln", "log10", "sqrt", "abs", "expm1", "log1p", "cos", "floor"]);
        prop_oneof![
            4 => (pair.clone(), operator).prop_map(|((a, b), sign)| format!("({a}) {sign} ({b})")),
            2 => inner.clone().prop_map(|a| format!("-({a})")),
            1 => (function, inner).prop_map(|(function, a)| format!("{function}({a})")),
            1 => pair.prop_map(|(a, b)| format!("max({a}, {b})")),
        ]
    })
}

/// LaTeX of such a formula in the law language again, by its signs alone: a reader knows no more.
fn read_back(latex: &str) -> String {
    let mut text = latex.to_owned();
    for (sign, meaning) in [
        (r"\mathrm{e}^{", "exp("),
        (r"N_{\mathrm{eff}}", "N_eff"),
        (r"\log_{10}\left(", "log10("),
        (r"\left\lfloor ", "floor("),
        (r"\right\rfloor", ")"),
        (r"\left|", "abs("),
        (r"\right|", ")"),
        (r"\left", ""),
        (r"\right", ""),
        (r"\frac", ""),
        ("}{", ")/("),
        ("{", "("),
        ("}", ")"),
        (r"\times", "*"),
        (r"\cdot", "*"),
        (r"\,", "*"),
        (r"\", ""),
    ] {
        text = text.replace(sign, meaning);
    }
    text
}

fn value(formula: &Formula, at: [f64; 3]) -> f64 {
    let leaves = [("x", Leaf::Scalar), ("y", Leaf::Scalar), ("N_eff", Leaf::Scalar)];
    let program = Program::compile(formula, &leaves, &[], Order::Value).unwrap();
    let mut value = [0.0];
    program.bind(&[]).values(&at, &[], &mut value);
    value[0]
}

/// The tags of an element close in the order in which they open.
fn is_well_formed(mathml: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for tag in mathml.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { return false };
        match tag.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None => open.push(tag.split(' ').next().unwrap_or(tag)),
        }
    }
    open.is_empty()
}

fn is_balanced(latex: &str) -> bool {
    let count = |text: &str| latex.matches(text).count();
    let mut depth = 0_i32;
    for c in latex.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && count("\\left") == count("\\right") && count("\\begin") == count("\\end")
}

/// A bracket too few would give another value: of the formula, and of the same with numbers that are not huge and whose
/// sums are exact. Where either has none, as zero times what has none, that says nothing.
fn means_the_same(text: &str) -> Result<(), String> {
    let mild = text.replace("3e7", "3.0517578125e-5").replace("0.34", "0.875").replace("pi", "1.25");
    let mut said = Vec::new();
    for text in [text, &mild] {
        let formula = Formula::parse(text).unwrap();
        let latex = formula.latex(&[]);
        let again = Formula::parse(&read_back(&latex)).map_err(|error| format!("{latex}: {error}"))?;
        for at in [[0.7, 1.9, 3.1], [1.3, 0.4, 2.2], [2.6, 0.8, 0.3]] {
            let (given, expected) = (value(&again, at), value(&formula, at));
            if !given.is_nan() && !expected.is_nan() {
                said.push(given == expected || (given - expected).abs() <= 1e-6 * (1.0 + expected.abs()));
            }
        }
    }
    if said.is_empty() || said.contains(&true) { Ok(()) } else { Err(format!("{text} is not what is set")) }
}

#[test]
fn what_is_lost_in_rounding_or_is_no_number_is_no_other_meaning() {
    for text in [
        "(cos((3e7) * ((0.34) * ((2) + (3e7))))) + ((x) + (x))",
        "(ln(-(x))) * ((-(2)) / ((2) / ((2) - (2))))",
        "((-(x)) - (x)) ^ ((0.34) + ((2) - (0.34)))",
        "ln(((x) ^ (3e7)) * ((pi) / (pi)))",
        "floor((-(0.34)) + ((0.34) + (2)))",
        "(x) / ((ln(-(x))) * ((2) / (exp(3e7))))",
        "((exp(3e7)) * ((2) / ((2) ^ (3e7)))) ^ ((-(x)) - (x))",
        "(expm1(-(((x) / (3e7)) ^ (2)))) ^ (-(2))",
        "(ln(((x) / (3e7)) + ((3e7) - (3e7)))) + (x)",
        "ln((pi) - ((pi) * ((0.34) / (0.34))))",
        "(x) / (expm1((3e7) ^ (2)))",
        "(x) / (log1p(((x) * (3e7)) * (-(3e7))))",
    ] {
        means_the_same(text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn every_formula_prints_in_balance(text in formulas(), value in proptest::num::f64::ANY) {
        if let Ok(formula) = Formula::parse(&format!("U = {text}; U + 1 where U < {text}")) {
            for values in [&[][..], &[("x", value)]] {
                let (latex, mathml) = (formula.latex(values), formula.mathml(values));
                prop_assert!(is_balanced(&latex), "{text}: {latex}");
                prop_assert!(is_well_formed(&mathml), "{text}: {mathml}");
                prop_assert!(latex.contains("where") && mathml.contains("where"));
            }
        }
    }

    #[test]
    fn latex_means_what_the_formula_means(text in arithmetic()) {
        means_the_same(&text).map_err(TestCaseError::fail)?;
    }
}
