//! The documents of the Laws pages: one for each law, well formed.

use std::collections::BTreeSet;

use isoflop::laws::LAWS;
use isoflop::web::documents::{Document, Files, all};

fn documents() -> Vec<Document> {
    all(&Files { styles: vec!["main.css".to_owned()], ..Files::default() }).unwrap()
}

fn name(after: &str) -> Option<&str> {
    after.find(['>', ' ', '\n']).map(|end| after[..end].trim_end_matches('/'))
}

/// The tags of a page in order, closing ones with their stroke, without those that enclose nothing.
fn tags(page: &str) -> Vec<&str> {
    const EMPTY: [&str; 9] = ["!DOCTYPE", "meta", "base", "link", "input", "path", "circle", "col", "br"];
    page.split('<').skip(1).filter_map(name).filter(|tag| !EMPTY.contains(tag)).collect()
}

#[test]
fn every_law_has_a_document_in_which_every_element_is_closed() {
    let documents = documents();
    assert_eq!(documents.len(), LAWS.len() + 2);
    for Document { folder, page } in documents {
        // Scripts and blocks of data hold signs that are no tags.
        let parts =
            page.split("<script").map(|part| part.split_once("</script>").map_or(part, |(_, rest)| rest));
        let mut open = Vec::new();
        for tag in parts.flat_map(tags) {
            match tag.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{folder}"),
                None => open.push(tag),
            }
        }
        assert!(open.is_empty(), "{folder}: {open:?}");
    }
}

#[test]
fn every_id_of_a_document_is_its_own() {
    for Document { folder, page } in documents() {
        let ids = page.split(" id=\"").skip(1).filter_map(|after| after.split('"').next());
        let mut seen = BTreeSet::new();
        for id in ids {
            assert!(seen.insert(id), "{folder}: {id} stands twice");
        }
    }
}
