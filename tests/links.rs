//! Whatever a page asks, its link opens it again.

use isoflop::laws::LAWS;
use isoflop::web::find::{Aim, Aims, Find};
use isoflop::web::fit::study::{Measure, Resampling, Study};
use isoflop::web::frontier::along::{Axis, Spacing};
use isoflop::web::frontier::chosen::{self, Chosen, Other, Show, View};
use isoflop::web::laws::address::Asked;
use isoflop::web::laws::evaluation::Evaluation;
use isoflop::web::laws::members;
use isoflop::web::limit::{Limit, Limited};
use isoflop::web::link;
use isoflop::web::question::{Fit, LAW, Need, Question, Runs};
use isoflop::web::reading::LawEntry;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Whatever can be typed, and what stands between the parts of an address.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,12}",
        select(vec!["5.76e23 FLOPs", "a&b=c#d", "10 %7E~", "+", "{\"a\":1}", "α 10²³", ""])
            .prop_map(str::to_owned),
    ]
}

fn some_text() -> impl Strategy<Value = String> {
    text().prop_filter("something", |text| !text.trim().is_empty())
}

fn own_fit() -> impl Strategy<Value = Fit> {
    vec(("[a-zα]{1,5}", any::<f64>().prop_filter("a number", |value| value.is_finite())), 0..6).prop_map(
        |values| {
            let values: serde_json::Map<_, _> =
                values.into_iter().map(|(name, value)| (name, value.into())).collect();
            Fit::Yours(serde_json::json!({ "fit": { "parameters": values } }).to_string().into())
        },
    )
}

/// A law and a fit. The page's own law always has one.
fn law_and_fit() -> impl Strategy<Value = (String, Fit)> {
    let law = prop_oneof![Just(LAW.to_owned()), some_text()];
    let published = prop_oneof![some_text(), Just(String::new())].prop_map(Fit::Published);
    (law, prop_oneof![published, own_fit()]).prop_map(|(law, fit)| match fit {
        Fit::Published(id) if id.is_empty() && law == LAW => (law, Fit::Published("hoffmann2022".to_owned())),
        fit => (law, fit),
    })
}

fn needs() -> impl Strategy<Value = Vec<Need>> {
    vec((some_text(), some_text()).prop_map(|(name, text)| Need { name, text }), 0..3)
}

fn runs() -> impl Strategy<Value = Runs> {
    (text(), text(), text(), any::<bool>(), vec(0..500_usize, 0..5)).prop_map(
        |(text, name, beside, apart, mut off)| {
            off.sort_unstable();
            off.dedup();
            Runs { off, beside: beside.into(), apart, ..Runs::new(&text, &name) }
        },
    )
}

fn question() -> impl Strategy<Value = Question> {
    let aims = [text(), text(), text()].prop_map(|texts| {
        let mut aims = Aims::default();
        for (aim, text) in Aim::ALL.into_iter().zip(texts) {
            aims.write(aim, text);
        }
        aims
    });
    let limit = (select(Limited::ALL.to_vec()), text()).prop_map(|(on, text)| Limit { on, text });
    let rest = (text(), law_and_fit(), needs(), vec(limit, 0..4), option::of(runs()));
    (select(Find::ALL.to_vec()), aims, rest).prop_map(
        |(find, aims, (budget, (law, fit), needs, limits, runs))| Question {
            find,
            aims,
            budget,
            law,
            fit,
            needs,
            limits,
            runs,
        },
    )
}

fn study() -> impl Strategy<Value = Study> {
    let usual = Study::default();
    let texts = vec(text(), 12);
    let kinds = (select(Measure::ALL.to_vec()), select(Resampling::ALL.to_vec()), any::<bool>());
    let fixed = option::of((some_text(), some_text()));
    (texts, kinds, fixed, option::of(text())).prop_map(
        move |(texts, (measure, resampling, raw), fixed, beside)| {
            let mut texts = texts.into_iter();
            let mut next = || texts.next().unwrap_or_default();
            Study {
                law: next(),
                formula: next(),
                delta: next(),
                over: next(),
                ties: next(),
                draws: next(),
                seed: next(),
                budget: next(),
                open: next(),
                tolerance: next(),
                hidden: next(),
                losses: next(),
                measure,
                resampling,
                raw,
                fixed: fixed.into_iter().collect(),
                beside: beside.into_iter().collect(),
                ..usual.clone()
            }
        },
    )
}

fn axis() -> impl Strategy<Value = Axis> {
    let of = select(vec!["budget", "demand", "most-tokens"]);
    (of, select(Spacing::ALL.to_vec()), [text(), text(), text()]).prop_map(
        |(of, spacing, [from, to, steps])| {
            let axis = Axis { of: of.to_owned(), spacing, from, to, steps };
            assert!(axis.along().is_some(), "{of}");
            axis
        },
    )
}

fn sweep() -> impl Strategy<Value = Chosen> {
    let find = select(vec![chosen::Find::Plan, chosen::Find::Loss]);
    let kinds = (find, select(Show::ALL.to_vec()), select(View::ALL.to_vec()));
    let or_none = || prop_oneof![axis(), Just(Axis::default())];
    let axes = (axis(), or_none(), or_none());
    let against = option::of((text(), text()).prop_map(|(law, fit)| Other { law, fit }));
    // A single pin without a text is no pin.
    let pins = vec(some_text(), 0..4);
    let rest = (law_and_fit(), needs(), text(), text(), [text(), text()], pins);
    (kinds, axes, against, rest).prop_map(|((find, show, view), (across, up, by), against, rest)| {
        let ((law, fit), needs, budget, refits, at, pins) = rest;
        Chosen { law, fit, find, show, across, up, by, budget, needs, against, view, refits, at, pins }
    })
}

/// A law, what its page opens with, and what stands in its evaluator.
fn evaluated() -> impl Strategy<Value = (LawEntry, Asked, Asked)> {
    let laws: Vec<LawEntry> =
        LAWS.iter().map(|law| LawEntry::of(law)).filter(|law| !law.inputs.is_empty()).collect();
    let lists = vec(vec("[a-z][a-z0-9_]{0,5}", 1..4), 4);
    (select(laws), lists, vec(text(), 40), any::<[usize; 2]>()).prop_map(
        |(law, lists, texts, [fit, over])| {
            let groups = members::groups_of(&law.formula).len();
            let usual = members::opening(groups);
            let filled = |members: members::Members, over: usize, text: &dyn Fn(usize) -> String| {
                let open = members::opened(&law, &members);
                let names = || open.inputs.iter().map(|input| &input.name).chain(&open.parameters);
                let typed = |name: &str| text(names().position(|known| known == name).unwrap_or(0));
                let over = open.inputs[over % open.inputs.len()].name.clone();
                Asked { evaluation: Evaluation::opening(&open, typed), members, over }
            };
            let is_right = |list: &Vec<String>| members::complaint(list).is_none();
            let lists = lists
                .into_iter()
                .zip(usual.clone())
                .map(|(list, usual)| if is_right(&list) { list } else { usual });
            let usual = filled(usual, 0, &|_| "1B".to_owned());
            let mut asked = filled(lists.collect(), over, &|at| texts[at % texts.len()].clone());
            if !law.fits.is_empty() {
                asked.evaluation.fit.clone_from(&law.fits[fit % law.fits.len()].id);
                // Its values are the fit's.
                asked.evaluation.values.clone_from(&usual.evaluation.values);
            }
            (law, usual, asked)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_link_opens_any_question_it_was_made_of(question in question(), pins in vec("\\?[a-z=&]{1,9}", 0..3)) {
        let opened = link::read(&link::shared(&question, &pins, question.runs.clone()));
        prop_assert_eq!(opened.damaged, Vec::<String>::new());
        prop_assert_eq!(opened.pins, pins);
        prop_assert_eq!(&opened.question, &question);
        // What is in the address of the page is the same but for the runs.
        let opened = link::read(&link::address(&question));
        prop_assert_eq!(opened.question, Question { runs: None, ..question });
    }

    #[test]
    fn a_link_opens_any_study_it_was_made_of(study in study()) {
        prop_assert_eq!(Study::open(&study.query()), (study, Vec::new()));
    }

    #[test]
    fn a_link_opens_any_sweep_it_was_made_of(sweep in sweep()) {
        let address = sweep.address();
        let (query, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
        prop_assert_eq!(Chosen::open(query, fragment), (sweep, Vec::new()));
    }

    #[test]
    fn a_link_opens_any_value_of_a_law_that_it_was_made_of((law, usual, asked) in evaluated()) {
        prop_assert_eq!(Asked::open(&asked.query(&law, &usual), &law, &usual), (asked, Vec::new()));
    }

    #[test]
    fn no_link_makes_a_page_fall(address in "[?#]?([a-z.]{1,8}=[ -~]{0,20}[&#]){0,6}", any in any::<String>()) {
        for address in [&address, &any] {
            let (query, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
            _ = link::read(address);
            _ = Study::open(query);
            _ = Chosen::open(query, fragment);
            _ = link::other_version(query);
            let law = LawEntry::of(LAWS[0]);
            _ = Asked::open(query, &law, &Asked::default());
        }
    }
}
