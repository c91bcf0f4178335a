//! The known name that a mistyped one was probably meant to be.

/// The longest name that is compared; nothing known is longer.
const LONGEST: usize = 64;

/// The known name nearest to `given`, if it differs in at most a third of its letters, case aside.
///
/// ```
/// use isoflop::outcome::nearest;
///
/// let known = ["budget", "limits", "minimize"];
/// assert_eq!(nearest("minimise", known), Some("minimize"));
/// assert_eq!(nearest("Budgets", known), Some("budget"));
/// assert_eq!(nearest("colour", known), None);
/// ```
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let small = |letter: char| letter.to_ascii_lowercase();
    let given: Vec<char> = given.chars().take(LONGEST + 1).map(small).collect();
    if given.len() > LONGEST {
        return None;
    }
    let near = |name: &'a str| {
        let letters: Vec<char> = name.chars().map(small).collect();
        let distance = edits(&given, &letters);
        (3 * distance <= given.len().max(letters.len())).then_some((distance, name))
    };
    known.into_iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// How many letters must be put in, taken out or replaced to make `a` into `b`.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
