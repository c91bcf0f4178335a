//! A plan as texts to copy: what they say, and that their Python finds it again.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use isoflop::ask::answer_text;
use isoflop::web::limit::{Limit, Limited};
use isoflop::web::question::{Fit, Question};
use isoflop::web::reading::{Plan, read_laws};
use isoflop::web::report::{About, Form};

fn about(question: Question) -> About {
    let answer = answer_text(&question.allocate().expect("it can be asked"), &mut |_| {});
    let laws = format!(r#"{{"laws":{{"only":["{}"]}}}}"#, question.law);
    let law = read_laws(&answer_text(&laws, &mut |_| {})).remove(0);
    let Fit::Published(id) = &question.fit else { panic!("the fits here are published") };
    let fit = law.fit(id).cloned().expect("it is one of the law's");
    About { plan: Plan::read(&answer).expect("there is a plan"), spread: None, question, answer, law, fit }
}

fn by(law: &str, fit: &str, budget: &str) -> Question {
    let (law, fit) = (law.to_owned(), Fit::Published(fit.to_owned()));
    Question { law, fit, budget: budget.to_owned(), ..Question::default() }
}

/// The Python that has NumPy, made once for all tests; empty where this machine has none.
static PYTHON: LazyLock<String> = LazyLock::new(|| {
    let python = Command::new("scripts/python.sh").output().expect("the script runs");
    assert!(python.status.success());
    String::from_utf8(python.stdout).expect("a path").trim().to_owned()
});

/// What a program prints; nothing where this machine has no Python.
fn printed(program: &str) -> Option<Vec<f64>> {
    let python = PYTHON.as_str();
    if python.is_empty() {
        return None;
    }
    let mut child = Command::new(python)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python runs");
    child.stdin.take().expect("a pipe").write_all(program.as_bytes()).expect("it is read");
    let out = child.wait_with_output().expect("it ends");
    assert!(out.status.success(), "{program}");
    let text = String::from_utf8(out.stdout).expect("text");
    Some(text.split_whitespace().map(|number| number.parse().expect("a number")).collect())
}

fn near(found: &[f64], expected: &[f64], within: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found / expected - 1.0).abs() < within, "{found} is not {expected}");
    }
}

#[test]
fn python_finds_the_plan_again() {
    let plain = [
        by("chinchilla", "refit-240", "5.76e23 FLOPs"),
        by("chinchilla", "hoffmann2022", "$2M"),
        by("sardana", "sardana2024", "1e22 FLOPs"),
    ];
    for question in plain {
        let about = about(question);
        let plan = &about.plan;
        let Some(found) = printed(&about.text(Form::Python, "")) else { return };
        let [size, tokens, loss] = [plan.size(), plan.tokens(), plan.value].map(Option::unwrap);
        // Where the loss is flattest its digits tell half as many of the size.
        near(&found[..2], &[size, tokens], 1e-6);
        near(&found[2..], &[loss], 1e-12);
    }
}

#[test]
fn where_more_than_a_budget_decides_python_has_the_loss_of_the_plan() {
    let mut limited = by("chinchilla", "refit-240", "5.76e23 FLOPs");
    limited.limits.push(Limit { on: Limited::MostTokens, text: "300B".to_owned() });
    let limited = about(limited);
    let Some(found) = printed(&limited.text(Form::Python, "")) else { return };
    near(&found, &[limited.plan.value.unwrap()], 1e-12);
}

#[test]
fn a_sentence_has_its_sources_and_its_link() {
    let said = about(Question::default()).text(Form::Sentence, "https://example.org/#x");
    let begins = "With 5.76 × 10²³ FLOPs, the lowest loss comes from training a model of 73.2 B parameters on 1.31 T tokens, ";
    assert!(said.starts_with(begins), "{said}");
    assert!(
        said.contains("(Chinchilla parametric loss, Refit of 240 runs, ")
            && said.ends_with(", https://example.org/#x)."),
        "{said}"
    );
}

#[test]
fn tables_have_the_numbers_of_the_sentence() {
    let about = about(Question::default());
    let (markdown, latex) = (about.text(Form::Markdown, "https://example.org/"), about.text(Form::Latex, ""));
    assert!(markdown.contains("| Size | 73.2 B | parameters |  |\n"), "{markdown}");
    assert!(latex.contains("Size & 73.2 B & parameters &  \\\\\n"), "{latex}");
    let json: serde_json::Value = serde_json::from_str(&about.text(Form::Json, "")).unwrap();
    assert_eq!(json["answer"]["allocate"]["at"]["N"], about.plan.size().unwrap());
    assert_eq!(json["question"]["allocate"]["law"], "chinchilla");
}
