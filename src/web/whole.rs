//! The whole site in one document, `isoflop.html`: which page of it is shown is the first part of the query, such as
//! `?/fit/&law=kaplan`. Elsewhere each page has a folder of its own, and no query begins so.

/// The folder of the page that a query names, and the query without that.
pub fn apart(query: &str) -> (&str, String) {
    let Some(named) = query.strip_prefix("?/") else { return ("", query.to_owned()) };
    let (folder, rest) = named.split_once('&').unwrap_or((named, ""));
    (folder, if rest.is_empty() { String::new() } else { format!("?{rest}") })
}

/// The query that names the page of a folder, and says what this query says.
pub fn together(folder: &str, query: &str) -> String {
    match (folder, query.strip_prefix('?').filter(|rest| !rest.is_empty())) {
        ("", _) => query.to_owned(),
        (_, None) => format!("?/{folder}"),
        (_, Some(rest)) => format!("?/{folder}&{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_its_page_and_says_the_rest() {
        for (folder, query, both) in [
            ("", "", ""),
            ("", "?budget=1e21&law=kaplan", "?budget=1e21&law=kaplan"),
            ("fit/", "", "?/fit/"),
            ("laws/new/", "?kept=a%26b", "?/laws/new/&kept=a%26b"),
        ] {
            assert_eq!(together(folder, query), both);
            assert_eq!(apart(both), (folder, query.to_owned()));
        }
        assert_eq!(together("fit/", "?"), "?/fit/");
    }
}
