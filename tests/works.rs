//! Work that is kept, as text: nothing is lost, whoever wrote it.

use isoflop::web::works::{Work, Works, export, import, with_laws};

/// How many entries are kept, work or not.
fn entries(works: &Works) -> usize {
    let all: serde_json::Value = serde_json::from_str(&works.write()).expect("it is JSON");
    all.as_array().expect("a list").len()
}

#[test]
fn laws_that_come_take_no_law_away() {
    let kept = r#"[{"name":"a","formula":"1 / N"},7]"#;
    let more = r#"[{"name":"a","formula":"2 / N"},{"name":"a","formula":"1 / N"},{"name":"b"},8]"#;
    let all = with_laws(kept, more);
    assert_eq!(all, r#"[{"name":"a","formula":"1 / N"},7,{"name":"a (2)","formula":"2 / N"},{"name":"b"}]"#);
    assert_eq!(with_laws(&all, more), all);
    assert_eq!(with_laws("", ""), "[]");
    assert_eq!(with_laws("not json", r#"[{"name":"b"}]"#), r#"["not json",{"name":"b"}]"#);
}

fn work(name: &str, question: &str) -> Work {
    let parts = vec![("isoflop.question".to_owned(), question.to_owned())];
    Work { name: name.to_owned(), when: 1.5e12, page: "fit/".to_owned(), parts }
}

#[test]
fn work_is_kept_as_it_is() {
    let mut works = Works::default();
    works.keep(work("a \"b\"", "?budget=1e24\n"));
    works.keep(work("c", ""));
    works.keep(work("a \"b\"", "?budget=1e25"));
    assert_eq!(works.all.iter().map(|work| work.name.as_str()).collect::<Vec<_>>(), ["a \"b\"", "c"]);
    assert_eq!(Works::read(&works.write()), works);
}

#[test]
fn what_is_no_work_stays_and_is_no_work() {
    let mut works = Works::default();
    works.keep(work("a", "?"));
    for damaged in ["not json", "[1,{}]", r#"[{"name":"a","when":1,"page":"https://x/","parts":{}}]"#] {
        let mut kept = Works::read(damaged);
        assert!(kept.all.is_empty(), "{damaged}");
        kept.keep(work("a", "?"));
        let again = Works::read(&kept.write());
        assert_eq!((&again.all, entries(&again)), (&works.all, entries(&kept)));
    }
    // Nothing else of the browser's is touched.
    let other = r#"[{"name":"a","when":1,"page":"","parts":{"theirs":"x"}}]"#;
    assert!(Works::read(other).all.is_empty());
}

#[test]
fn a_file_brings_back_what_it_was_made_of() {
    let (mut works, mut here) = (Works::default(), Works::default());
    works.keep(work("a", "?budget=1e24"));
    here.keep(work("a", "?budget=1e20"));
    let file = export("0.1.0", &works, &[work("This tab", "?")], r#"[{"name":"law"}]"#);
    let (all, laws) = import(&file).unwrap();
    for work in all.iter().chain(&all) {
        here.add(work.clone());
    }
    let names: Vec<&str> = here.all.iter().map(|work| work.name.as_str()).collect();
    assert_eq!(names, ["a", "a (2)", "This tab"]);
    assert_eq!(laws, r#"[{"name":"law"}]"#);
    assert!(import("{}").unwrap_err().starts_with("Expected a file that Isoflop exported; this one"));
    assert!(import("params,tokens").unwrap_err().contains("no JSON"));
}
