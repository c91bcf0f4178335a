//! The documents of the Laws pages: one for each law, well formed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use isoflop::laws::LAWS;
use isoflop::web::documents::{Document, Files, all};

fn documents() -> &'static [Document] {
    static ALL: LazyLock<Vec<Document>> =
        LazyLock::new(|| all(&Files { styles: vec!["main.css".to_owned()], ..Files::default() }).unwrap());
    &ALL
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
    // Beside them the list, the page to type one, and the one about all of it.
    assert_eq!(documents.len(), LAWS.len() + 3);
    documents.iter().for_each(assert_closed);
}

/// That every element of a document is closed.
fn assert_closed(Document { folder, page }: &Document) {
    // Scripts and blocks of data hold signs that are no tags.
    let parts = page.split("<script").map(|part| part.split_once("</script>").map_or(part, |(_, rest)| rest));
    let mut open = Vec::new();
    for tag in parts.flat_map(tags) {
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{folder}"),
            None => open.push(tag),
        }
    }
    assert!(open.is_empty(), "{folder}: {open:?}");
}

#[test]
fn the_fit_page_offers_every_law_with_a_parameter_and_every_element_of_it_is_closed() {
    let document = isoflop::web::documents::fit(&Files::default());
    assert_eq!(document.folder, "fit/");
    assert_closed(&document);
    assert!(!document.page.contains("{{"), "{}", document.page);
    let listed = document.page.split("id=\"laws-listed\">").nth(1).unwrap();
    let listed: Vec<Vec<String>> = serde_json::from_str(listed.split("</script>").next().unwrap()).unwrap();
    // Under the name of its group, each group once.
    let mut groups: Vec<&str> = listed.iter().map(|law| law[2].as_str()).collect();
    groups.dedup();
    assert_eq!(groups[0], "Losses by size and tokens");
    assert_eq!(groups.iter().collect::<BTreeSet<_>>().len(), groups.len(), "{groups:?}");
    let fitted = || LAWS.iter().filter(|law| !law.parameters.is_empty());
    let ids: BTreeSet<&str> = listed.iter().map(|law| law[0].as_str()).collect();
    let of_both = |inputs: &String| ["N", "D"].iter().all(|of| inputs.split(' ').any(|input| input == *of));
    assert!(listed.iter().all(|law| law.len() <= 4 && law.get(3).is_none_or(of_both)));
    assert_eq!(listed.len(), fitted().count());
    assert_eq!(ids, fitted().map(|law| law.id).collect());
}

#[test]
fn every_formula_of_a_document_is_set() {
    let mut best = 0;
    for Document { folder, page } in documents() {
        for formula in page.split("<div class=\"formula ").skip(1) {
            let math = between(formula, ">", "</div>").unwrap();
            assert!(math.starts_with("<math") && math.ends_with("</math>"), "{folder}: {math}");
            best += usize::from(formula.contains("aria-label=\"Best "));
        }
    }
    assert!(best > 0);
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

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(inside, _)| inside)
}

#[test]
fn every_law_with_a_value_has_a_curve_or_says_that_there_is_none() {
    let mut narrowed = 0;
    for Document { folder, page } in documents() {
        let Some(figure) = between(page, "<div class=\"curve", "</figure>") else { continue };
        let has_value = between(page, "<output ", "</output>").is_some_and(|value| !value.ends_with("–"));
        let says = between(figure, "<p class=\"says\">", "</p>").unwrap();
        if has_value {
            let alone = says.contains("has a value at this point alone");
            assert!(figure.contains("<svg") != alone, "{folder}: {says}");
        } else {
            assert!(figure.starts_with(" blank") && says.starts_with("Once every field"), "{folder}: {says}");
        }
        narrowed += usize::from(says.contains("the law means nothing: it holds where"));
    }
    assert!(narrowed > 0);
}

#[test]
fn the_curve_ends_where_its_law_does() {
    let says = |law: &str| {
        let page =
            &documents().iter().find(|document| document.folder == format!("laws/{law}/")).unwrap().page;
        between(page, "<div class=\"curve\">", "</figure>").unwrap().to_owned()
    };
    let condition =
        "Beyond 12.1\u{a0}B\u{a0}parameters the law means nothing: it holds where N &lt; exp(a / b).";
    let rate = says("kaplan-learning-rate");
    // In the sentence, and in the text of both pictures.
    assert_eq!(rate.matches(condition).count(), 3, "{rate}");
    assert!(
        says("cerebras-models")
            .contains("Below 111\u{a0}M and beyond 13.0\u{a0}B\u{a0}parameters the law has no value.")
    );
    assert!(!says("chinchilla").contains("the law means nothing"));
}

/// The document of a law.
fn law(id: &str) -> &'static str {
    let folder = format!("laws/{id}/");
    documents().iter().find(|document| document.folder == folder).map(|document| &*document.page).unwrap()
}

#[test]
fn the_words_of_the_range_begin_in_it() {
    for id in ["chinchilla", "kaplan-learning-rate", "kaplan-size-and-data"] {
        let pictures: Vec<&str> = law(id).split(">range of the runs</text>").collect();
        let [wide, narrow, _] = pictures[..] else { panic!("{id} has two pictures") };
        for before in [wide, narrow] {
            let words = before.rsplit("<text ").next().unwrap();
            assert!(!words.contains("text-anchor"), "{id}: {words}");
        }
    }
}

/// Whether a page has an element with this id.
fn has(page: &str, id: &str) -> bool {
    page.contains(&format!(" id=\"{id}\""))
}

#[test]
fn a_law_of_families_has_a_field_for_each_member() {
    for (id, fields) in [
        ("shukor-additive", &["at-N", "at-h[web]", "at-h[code]", "at-C[web]", "at-gamma[code]"][..]),
        ("shukor-joint", &["at-h[web]", "at-C_A[web]", "at-C_B[code]", "at-gamma_A"]),
        ("ye-mixing", &["at-h[web]", "at-t[code]", "at-k"]),
    ] {
        let page = law(id);
        for field in ["member-0-0", "member-0-1"].iter().chain(fields) {
            assert!(has(page, field), "{id}: {field}");
        }
        assert!(page.contains("id=\"at-h[web]\" value=\"0.5\""), "{id}");
    }
    assert!(!has(law("chinchilla"), "member-0-0"));
}

#[test]
fn a_count_can_be_converted_where_a_law_of_the_catalogue_does() {
    let page = law("kaplan-size-and-data");
    assert!(page.contains("Counted all parameters?</summary>"));
    for input in ["N", "V", "d", "m"] {
        assert!(has(page, &format!("convert-N-{input}")), "{input}");
    }
    assert!(page.contains("Convert to bits per token or bits per byte</summary>"));
    assert!(has(page, "convert-value-bytes") && has(page, "conversions"));
    assert!(law("chinchilla").contains("Counted without embeddings?</summary>"));
    // A conversion offers no other.
    assert!(!law("parameters-without-embeddings").contains("class=\"convert\""));
}
