//! A plan as texts to copy: what they say, and that their Python finds it again.

mod python;

use isoflop::ask::{Named, answer_text};
use isoflop::formula::Formula;
use isoflop::laws::{LAWS, Law, PublishedFit};
use isoflop::units::Unit;
use isoflop::web::evaluator::Prediction;
use isoflop::web::fit;
use isoflop::web::fit::outcome::{Outcome, decision};
use isoflop::web::fit::report::{Counted, asks_python};
use isoflop::web::fit::study::Study;
use isoflop::web::laws::evaluation::Evaluation;
use isoflop::web::laws::members::{groups_of, opened, opening};
use isoflop::web::limit::{Limit, Limited};
use isoflop::web::question::{Fit, Question};
use isoflop::web::reading::LawEntry;
use isoflop::web::reading::{Plan, read_laws};
use isoflop::web::report;
use isoflop::web::report::python::answered;
use isoflop::web::report::{About, Evaluated, Form, Step};
use isoflop::web::words::What;

use python::printed;

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

/// A law in Python, as the engine writes it.
fn in_python(question: &str) -> String {
    let answer = answer_text(question, &mut |_| {});
    answered(&answer).unwrap_or_else(|| panic!("{question}: {answer}"))
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
        let Some(found) = printed(&about.python(&in_python(&about.asks_python()), "")) else { return };
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
    let Some(found) = printed(&limited.python(&in_python(&limited.asks_python()), "")) else { return };
    near(&found, &[limited.plan.value.unwrap()], 1e-12);
}

#[test]
fn python_finds_what_a_fit_decides() {
    let fit = r#"{"parameters":{"E":1.8172,"A":482.01,"alpha":0.3478,"B":2085.43,"beta":0.3658}"#;
    let plan = format!(r#"{{"allocate":{{"law":"chinchilla","fit":{fit}}},"budget":"5.76e23 FLOPs"}}}}"#);
    let plan = Plan::read(&answer_text(&plan, &mut |_| {})).expect("there is a plan");
    let answer = format!(
        r#"{{"fit":{fit},"objective":1,"runs":9,"termination":"converged","derived":{{}},"certificate":{{"gradient":0,"starts":1,"agreeing":1}},"fitted_on":{{}},"warnings":[]}}}}"#
    );
    let mut about = fit::report::About {
        study: Study::default(),
        law: read_laws(&answer_text(r#"{"laws":{"only":["chinchilla"]}}"#, &mut |_| {})).remove(0),
        outcome: Outcome::read(answer.as_str()).expect("a fit"),
        draws: None,
        decision: Some(("5.76 × 10²³ FLOPs".to_owned(), decision(&plan))),
        fitted_on: Named::default(),
        runs: Counted { losses: Unit::NatsPerToken, sizes: None, unreadable: 0 },
        derived: Named::default(),
        bibtex: String::new(),
        in_python: String::new(),
    };
    assert_eq!(about.text(fit::report::Form::Python), "");
    about.in_python = in_python(&asks_python(&about.law, &about.outcome));
    let [size, tokens, loss] = [plan.size(), plan.tokens(), plan.value].map(Option::unwrap);
    let Some(found) = printed(&about.text(fit::report::Form::Python)) else { return };
    near(&found[..2], &[size, tokens], 1e-6);
    near(&found[2..], &[loss], 1e-12);
    // Before anything is decided it is the law alone.
    about.decision = None;
    assert_eq!(printed(&about.text(fit::report::Form::Python)), Some(Vec::new()));
}

/// What the formula of a step gives, by the engine.
fn computed(step: &Step) -> f64 {
    let last = step.formula.lines().last().unwrap();
    let name = last.split_once(" = ").map_or("L", |(name, _)| name);
    let formula = step.formula.replace(&format!("{name} = "), "");
    let names = Formula::parse(&formula).unwrap().names().into_iter().map(str::to_owned).collect::<Vec<_>>();
    let at: serde_json::Map<_, _> =
        names.into_iter().map(|name| (name.clone(), step.values.get(&name).copied().into())).collect();
    let law = serde_json::json!({"formula": formula, "outputs": [name]});
    let question = serde_json::json!({"predict": {"law": law, "at": at}}).to_string();
    let answer: serde_json::Value = serde_json::from_str(&answer_text(&question, &mut |_| {})).unwrap();
    answer["predict"]["value"].as_f64().unwrap_or_else(|| panic!("{question}: {answer}"))
}

#[test]
fn the_working_of_every_number_gives_that_number() {
    let answer = answer_text(r#"{"laws":{}}"#, &mut |_| {});
    let closed: Vec<_> = read_laws(&answer)
        .into_iter()
        .filter(|law| !law.closed_forms.is_empty() && !law.fits.is_empty())
        .collect();
    assert!(closed.len() > 2);
    for law in closed {
        let about = about(by(&law.id, &law.fits[0].id, "1e22 FLOPs"));
        for what in [What::Size, What::Tokens, What::Ratio, What::Loss, What::Dollars] {
            for step in about.working(what) {
                assert!(step.gives.is_some(), "{}: {step:?}", law.id);
                near(&[computed(&step)], &[step.gives.unwrap()], 1e-7);
            }
        }
        let size = &about.working(What::Size)[0].formula;
        assert_eq!(size.contains("N = "), law.closed_forms.get("N").is_some(), "{}", law.id);
    }
}

#[test]
fn a_working_is_written_for_a_page_and_for_a_paper() {
    let mut question = by("chinchilla", "refit-240", "5.76e23 FLOPs");
    let loss = about(question.clone()).working_latex(What::Loss);
    assert!(loss.contains("L = E + A / N^{\\alpha} + B / D^{\\beta} \\\\\n"), "{loss}");
    assert!(loss.contains("} = 1.9739\n\\end{gather*}"), "{loss}");
    let size = about(question.clone()).working(What::Size)[0].display();
    assert!(size[0].starts_with("<p><var>N</var> = (<var>α</var>"), "{size:?}");
    assert!(size[1].contains("(5.7600\u{a0}×\u{a0}10<sup>23</sup> / 6)"), "{size:?}");
    // With a limit the solver finds the size: what it makes least is shown.
    question.limits.push(Limit { on: Limited::MostTokens, text: "300B".to_owned() });
    assert_eq!(about(question.clone()).working(What::Size), about(question).working(What::Loss));
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

/// What a law says by a fit at a point that its source works out; where there is none, or no fit, at the first of some points
/// at which it says anything. Its families have two members each.
fn evaluated(law: &Law, fit: Option<&PublishedFit>) -> Option<Evaluated> {
    let groups = groups_of(law.formula).len();
    let entry = opened(&LawEntry::of(law), &opening(groups));
    let worked = fit.and_then(|fit| fit.worked.first());
    let of = |name: &str| worked?.at.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let tried = [0.5, 0.05, 2.0, 1e9].into_iter().find_map(|usual| {
        // Each name has another: of two that are the same a difference is zero.
        let own = |name: &str| usual * (1.0 + f64::from(name.bytes().map(u32::from).sum::<u32>() % 17) / 2.0);
        let at = |name: &str| of(name).unwrap_or_else(|| own(name)).to_string();
        let fit = fit.map_or(String::new(), |fit| fit.id.to_owned());
        let evaluation = Evaluation { fit, ..Evaluation::opening(&entry, at) };
        let question = evaluation.question(&entry)?;
        let answer = answer_text(&question, &mut |_| {});
        let outputs = Prediction::read(&answer)?.outputs;
        let is_known = outputs.iter().all(|(_, value)| value.is_some());
        is_known.then_some((evaluation, question, answer, outputs))
    });
    let (evaluation, question, answer, outputs) = tried?;
    let (values, at) = (evaluation.known(&entry)?, evaluation.point(&entry)?);
    let source = law.source.to_string();
    Some(Evaluated { law: entry, fit: evaluation.fit, source, values, at, outputs, question, answer })
}

#[test]
fn python_has_the_value_of_every_law_by_every_fit() {
    let fits = |law: &'static Law| {
        let none = law.fits.is_empty().then_some(None);
        law.fits.iter().map(Some).chain(none).map(move |fit| (law, fit))
    };
    let all: Vec<Evaluated> =
        LAWS.iter().copied().flat_map(fits).filter_map(|(law, fit)| evaluated(law, fit)).collect();
    assert!(all.len() > 400, "{}", all.len());
    let programs: Vec<String> =
        all.iter().map(|about| about.python(&in_python(&about.asks_python()), "")).collect();
    // One Python for all of them: each program in a scope of its own, which prints what it returns in lines.
    let programs: Vec<String> =
        programs.iter().map(|program| program.replace("print(law(", "show(law(")).collect();
    let show = "def show(values):\n    print(*values) if isinstance(values, tuple) else print(values)\n\n";
    let each = format!("{show}for text in {programs:?}:\n    exec(text, {{\"show\": show}})\n");
    let Some(found) = printed(&each) else { return };
    let mut found = found.into_iter();
    for about in &all {
        for (name, value) in about.outputs.iter() {
            let (value, found) = (value.expect("a value"), found.next().expect("as many values"));
            let is_near = found == value || (found / value - 1.0).abs() < 1e-9;
            assert!(is_near, "{} {} {name}: {found} is not {value}", about.law.id, about.fit);
        }
    }
    assert_eq!(found.next(), None);
}

#[test]
fn a_typed_law_is_a_program_too_with_the_laws_that_it_calls() {
    for (law, inputs, at) in [
        (
            r#"{"formula":"law(chinchilla; N, D) + law(chinchilla/hoffmann2022; N, 2 * D)"}"#,
            r#"["D","N"]"#,
            r#"{"D":1e12,"N":7e10}"#,
        ),
        (
            r#"{"formula":"s = sum(i: h[i]^2); s + solve(x in 0..9: x^2 = s)"}"#,
            r#"["h[web]","h[code]"]"#,
            r#"{"h[web]":0.6,"h[code]":0.4}"#,
        ),
        (r#"{"formula":"interp(T, x)","tables":{"T":{"x":[1,3],"y":[2,6]}}}"#, r#"["x"]"#, r#"{"x":1.5}"#),
    ] {
        let answer = answer_text(&format!(r#"{{"predict":{{"law":{law},"at":{at}}}}}"#), &mut |_| {});
        let law = in_python(&format!(r#"{{"write":{{"law":{law},"inputs":{inputs}}}}}"#));
        let value =
            serde_json::from_str::<serde_json::Value>(&answer).unwrap()["predict"]["value"].as_f64().unwrap();
        let point: serde_json::Map<String, serde_json::Value> = serde_json::from_str(at).unwrap();
        let point = point.iter().map(|(name, value)| (name.as_str(), value.as_f64().unwrap()));
        let Some(found) = printed(&report::python::printed(&law, point)) else { return };
        near(&found, &[value], 1e-12);
    }
}

#[test]
fn what_a_law_is_called_stays_in_its_comment() {
    let chinchilla = LAWS.iter().find(|law| law.id == "chinchilla").unwrap();
    let mut about = evaluated(chinchilla, None).unwrap();
    about.law.name = "mine\nimport os\rimport sys".to_owned();
    let python = about.python("def law(N, D):\n    return 1\n", "https://example.org/");
    assert!(python.starts_with("# mine import os import sys, "), "{python}");
    let latex = about.text(Form::Latex, "");
    assert!(latex.starts_with("% mine import os import sys, "), "{latex}");
    assert_eq!(latex.matches("import").count(), 2);
}

#[test]
fn the_value_of_a_law_is_said_with_its_source() {
    let chinchilla = LAWS.iter().find(|law| law.id == "chinchilla").unwrap();
    let about = evaluated(chinchilla, chinchilla.fits.first()).unwrap();
    let said = about.text(Form::Sentence, "https://example.org/");
    let value = about.outputs.get("L").copied().flatten().unwrap();
    assert!(said.starts_with(&format!("Loss L = {value:.4} nats per token at Size N = ")), "{said}");
    assert!(
        said.contains("(Chinchilla parametric loss, ") && said.ends_with(", https://example.org/)."),
        "{said}"
    );
    let markdown = about.text(Form::Markdown, "https://example.org/");
    assert!(markdown.contains(&format!("| Loss L | {value:.4} | nats per token |\n")), "{markdown}");
    let latex = about.text(Form::Latex, "");
    assert!(latex.contains(&format!("Loss L & {value:.4} & nats per token \\\\\n")), "{latex}");
    let json: serde_json::Value = serde_json::from_str(&about.text(Form::Json, "")).unwrap();
    assert_eq!(json["answer"]["predict"]["value"], value);
    assert_eq!(json["question"]["predict"]["law"], "chinchilla");
}
