//! What Isoflop is, where its numbers are from, and what is wrong in print: of every law together.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Document;
use super::frame::{ABOUT, Files, document_of, quoted};
use super::law::{errata, notes, papers};
use crate::laws::Law;
use crate::provenance::{ReadIn, Source};
use crate::web::link::VERSION;
use crate::web::words::html;

/// The document.
pub fn page(laws: &[&Law], files: &Files) -> Document {
    let main = include_str!("about.html")
        .replace("{{version}}", VERSION)
        .replace("{{laws}}", &laws.len().to_string())
        .replace("{{read}}", &read(laws))
        .replace("{{sources}}", &sources(laws))
        .replace("{{errata}}", &wrong_in_print(laws));
    let description =
        "What Isoflop is, the papers that its scaling laws are from, and the errata of each of them.";
    document_of(&ABOUT, "about/", ["About", description], &main, files)
}

/// How the values of fits were read, from the surest way on.
fn read(laws: &[&Law]) -> String {
    let fits = || laws.iter().flat_map(|law| law.fits);
    let count = |is: fn(ReadIn) -> bool| fits().filter(|fit| is(fit.read_in)).count();
    format!(
        "{} were read in the papers themselves, {} in the code of their authors, {} in what others wrote about them, and {} \
         were computed for Isoflop by scripts that stand in its repository",
        count(|read| read == ReadIn::Paper),
        count(|read| matches!(read, ReadIn::AuthorsCode(_))),
        count(|read| matches!(read, ReadIn::SecondHand(_))),
        count(|read| matches!(read, ReadIn::ComputedHere(_))),
    )
}

/// Every paper once, by its first author, with the laws that are from it.
fn sources(laws: &[&Law]) -> String {
    let mut all: BTreeMap<(&str, u16, &str), (Source, Vec<&Law>)> = BTreeMap::new();
    for law in laws {
        for source in papers(law) {
            let key = (source.authors, source.year, source.title);
            let (_, of) = all.entry(key).or_insert((source, Vec::new()));
            if of.last().is_none_or(|last| last.id != law.id) {
                of.push(law);
            }
        }
    }
    all.values().fold(String::new(), |mut list, (source, laws)| {
        let _ = write!(list, "<li>{}<p class=\"quiet\">{}</p></li>", cited(source), linked(laws));
        list
    })
}

fn cited(source: &Source) -> String {
    let place = source.url().map(|url| {
        format!(" <a href=\"{}\" rel=\"noopener\">arXiv:{}</a>", quoted(&url), html(source.arxiv))
    });
    let stop = if source.title.ends_with(['?', '!', '.']) { "" } else { "." };
    format!(
        "<p>{} ({}). <cite>{}</cite>{stop}{}</p>",
        html(source.authors),
        source.year,
        html(source.title),
        place.unwrap_or_default()
    )
}

fn linked(laws: &[&Law]) -> String {
    let link = |law: &&Law| format!("<a href=\"laws/{}/\">{}</a>", law.id, html(law.name));
    laws.iter().map(link).collect::<Vec<_>>().join(", ")
}

/// The errata of every law that has some.
fn wrong_in_print(laws: &[&Law]) -> String {
    laws.iter().fold(String::new(), |mut all, law| {
        let errata = errata(law);
        let errata: Vec<&str> = errata.iter().map(String::as_str).collect();
        if !errata.is_empty() {
            let _ = write!(all, "<div><h3>{}</h3>{}</div>", linked(&[*law]), notes(&errata));
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laws::LAWS;

    #[test]
    fn every_paper_of_the_catalogue_stands_there_once_and_every_erratum() {
        let page = page(LAWS, &Files::default()).page;
        for law in LAWS {
            for source in papers(law) {
                let title = format!("<cite>{}</cite>", html(source.title));
                assert_eq!(page.matches(&cited(&source)).count(), 1, "{title}");
            }
            let errata = errata(law);
            for erratum in &errata {
                assert!(page.contains(&notes(&[erratum])), "{}: {erratum}", law.id);
            }
        }
        assert!(!page.contains("{{"), "a part is left open");
    }

    #[test]
    fn every_fit_is_counted_by_the_way_it_was_read() {
        let counts = read(LAWS).split(' ').filter_map(|word| word.parse::<usize>().ok()).sum::<usize>();
        assert_eq!(counts, LAWS.iter().map(|law| law.fits.len()).sum::<usize>());
    }
}
