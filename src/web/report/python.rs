//! Formulas in Python.

/// The lines of a function in Python; nothing where the formula has more than Python's own operations.
pub fn body(formula: &str) -> Option<Vec<String>> {
    const BEYOND: [&str; 10] =
        ["sum(", "prod(", "solve(", "interp(", "step(", "if(", "where ", "law(", "[", "<"];
    if BEYOND.iter().any(|sign| formula.contains(sign)) {
        return None;
    }
    let lines: Vec<&str> =
        formula.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()).collect();
    let (last, before) = lines.split_last()?;
    let python = |line: &str| line.replace('^', "**").replace("ln(", "log(");
    let mut body: Vec<String> = before.iter().map(|line| python(line)).collect();
    match last.split_once('=') {
        Some((_, value)) => body.push(format!("return {}", python(value.trim()))),
        None => body.push(format!("return {}", python(last))),
    }
    Some(body)
}

/// Whether a name may stand in Python as it is.
pub fn is_name(name: &str) -> bool {
    !["lambda", "in", "is", "as", "if", "or", "and", "not"].contains(&name)
}
