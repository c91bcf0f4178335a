//! Work that is kept, as text: nothing is lost, whoever wrote it.

use isoflop::web::works::{Imported, Work, Works, export, import, with_laws};

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
fn what_gives_way_can_be_put_back_and_takes_nothing_else_away() {
    let mut works = Works::default();
    works.keep(work("a", "?budget=1e24"));
    let earlier = works.keep(work("a", "?budget=1e25"));
    assert_eq!(earlier, Some(work("a", "?budget=1e24")));
    assert_eq!(works.keep(work("b", "?")), None);
    works.keep(earlier.unwrap());
    assert_eq!(works.all, [work("a", "?budget=1e24"), work("b", "?")]);
    assert_eq!(works.remove("a"), Some(work("a", "?budget=1e24")));
    assert_eq!(works.remove("a"), None);
    assert_eq!(works.all, [work("b", "?")]);
}

#[test]
fn work_is_told_apart_by_what_is_in_it() {
    let says = |page: &str, parts: &[(&str, &str)]| {
        let parts = parts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Work { page: page.to_owned(), parts, ..Work::default() }.in_words("isoflop.question", "isoflop.runs")
    };
    let runs = ("isoflop.runs", r#"{"text":"params,tokens,loss\n","name":"gadre_c4.csv"}"#);
    let budget = ("isoflop.question", "?budget=1e22+FLOPs&law=kaplan-size-and-data&v=0.1.0");
    let aim = ("isoflop.question", "?find=compute&for-loss=2.0&budget=1e22+FLOPs&law=chinchilla");
    let typed = ("isoflop.question", r#"?budget=1e22&law={"name":"Mine","formula":"1"}"#);
    let long = format!("?budget={}", "9".repeat(60));
    assert_eq!(says("", &[budget]), "Plan, 1e22 FLOPs, kaplan-size-and-data");
    assert_eq!(says("", &[aim, runs]), "Plan, loss to reach 2.0, chinchilla, gadre_c4.csv");
    assert_eq!(says("", &[typed]), "Plan, 1e22, Mine");
    assert_eq!(says("", &[("isoflop.question", &long)]), format!("Plan, {}…, chinchilla", "9".repeat(40)));
    assert_eq!(says("", &[]), "Plan, 5.76e23 FLOPs, chinchilla");
    assert_eq!(says("fit/", &[runs]), "Fit, gadre_c4.csv");
    assert_eq!(says("fit/", &[("isoflop.runs", "{")]), "Fit");
    assert_eq!(says("frontier/", &[]), "Frontier");
}

#[test]
fn a_moment_that_no_calendar_has_is_not_known() {
    for (given, when) in [("1e300", 0.0), ("-8.65e15", 0.0), ("8.64e15", 8.64e15), ("1.5e12", 1.5e12)] {
        let kept = format!(r#"[{{"name":"a","when":{given},"page":"","parts":{{}}}}]"#);
        assert_eq!(Works::read(&kept).all[0].when, when, "{given}");
    }
}

#[test]
fn a_file_says_which_version_made_it_if_that_is_one() {
    let version = |made_by: &str| import(&export(made_by, &Works::default(), &[], "")).unwrap().version;
    assert_eq!(version("99.0.0-beta.1").as_deref(), Some("99.0.0-beta.1"));
    for none in [env!("CARGO_PKG_VERSION"), "", "<b>1</b>", "ask us at x.example", "1 & 2", "latest"] {
        assert_eq!(version(none), None, "{none}");
    }
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
    let Imported { works: all, laws, .. } = import(&file).unwrap();
    for work in all.iter().chain(&all) {
        here.add(work.clone());
    }
    let names: Vec<&str> = here.all.iter().map(|work| work.name.as_str()).collect();
    assert_eq!(names, ["a", "a (2)", "This tab"]);
    assert_eq!(laws, r#"[{"name":"law"}]"#);
    assert!(import("{}").unwrap_err().starts_with("Expected a file that Isoflop exported; this one"));
    assert!(import("params,tokens").unwrap_err().contains("no JSON"));
}
