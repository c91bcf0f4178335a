//! What a card says, as elements of a page.

use super::pictures::{Ask, Planned};
use super::{Card, Kind, Live, Opened};
use crate::laws::{OPENING, find};
use crate::units::{Unit, ascii, show};
use crate::web::disagreement::{FITS, Row, headline, is_plain, place, reach, size_and_tokens};
use crate::web::figures::AT_HAND;
use crate::web::find::Find;
use crate::web::formula_text::greek;
use crate::web::json::{self, Json};
use crate::web::limit::{Limit, Offered};
use crate::web::link;
use crate::web::question::Question;
use crate::web::reading::{FitEntry, LawEntry, Plan, fit_of, with_draws};
use crate::web::report::About;
use crate::web::words::{self, LEVEL, What, attribute, html};

/// The draws of the fit whose runs are at hand.
const DRAWS: &str = include_str!("../../../public/data/refit_240_draws.csv");

/// A card as text.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// What can be changed.
    pub asks: String,
    /// How what can be changed was read, which follows every change, as what is said does.
    pub echo: String,
    /// What is said.
    pub says: String,
    /// Whether that is no answer, only why what was typed cannot be read, which stands under what is given too.
    pub mistaken: bool,
    /// What other programs are told: the question and the answer, as JSON.
    pub told: String,
}

impl Written {
    /// The same as JSON.
    pub fn json(&self) -> String {
        let [asks, echo, says] = [&self.asks, &self.echo, &self.says].map(|part| json::string(part));
        let mistaken = self.mistaken.to_string();
        let told = self.told.clone();
        json::object(&[
            ("asks", asks),
            ("echo", echo),
            ("says", says),
            ("mistaken", mistaken),
            ("told", told),
        ])
    }
}

/// Writes a card.
pub fn written(opened: &Opened, ask: Ask) -> Written {
    let card = &opened.card;
    let laws: Vec<LawEntry> = OPENING.iter().filter_map(|id| find(id).ok()).map(LawEntry::of).collect();
    let question = &card.question;
    let asked = in_flops(question).allocate();
    let answer = asked.as_deref().map(ask);
    let law = laws.iter().find(|law| law.id == question.law).cloned();
    let says = match (&law, &answer) {
        (None, _) => stranger(question, &laws),
        (_, None) => none(&mistake(question)),
        (Some(law), Some(answer)) => told(card, law, answer, ask),
    };
    let foot = foot(card, law.as_ref());
    let told = json::object(&[
        ("question", asked.as_deref().unwrap_or("null")),
        ("answer", answer.as_deref().unwrap_or("null")),
        ("address", &json::string(&link::address(question))),
    ]);
    let mistaken = law.is_some() && answer.is_none();
    Written {
        asks: asks(card, &laws),
        echo: echo(question),
        says: [notice(opened), says, foot].concat(),
        mistaken,
        told,
    }
}

/// What a reader is to know of the address before the answer.
fn notice(opened: &Opened) -> String {
    let names: Vec<&str> =
        opened.damaged.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let damaged = (!opened.damaged.is_empty()).then(|| {
        let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        format!("Part of this card’s address could not be read{names}. The rest is shown.")
    });
    let made = |version| format!("Made by Isoflop {version}; numbers may differ.");
    let said: Vec<String> = [damaged, opened.version.as_ref().map(made)].into_iter().flatten().collect();
    if said.is_empty() {
        return String::new();
    }
    format!("<p class=\"notice\" role=\"status\">{}</p>", html(&said.join(" ")))
}

/// What stands in the place of an answer.
fn none(why: &str) -> String {
    format!("<p class=\"none\" role=\"status\">{}</p>", html(why))
}

/// The question with its budget in FLOPs, where nothing else depends on devices: a card's engine knows none.
fn in_flops(question: &Question) -> Question {
    let is_alone = question.limits.iter().all(|limit| limit.on.offered() == Offered::OfDevices);
    match question.budget() {
        Ok(budget) if is_alone && question.find == Find::Loss => question.with_budget(budget.flops),
        _ => question.clone(),
    }
}

/// Why a question cannot be asked.
fn mistake(question: &Question) -> String {
    let wrong = || question.limits.iter().find_map(|limit| question.read_limit(limit)?.err());
    let of_limits = || wrong().map(|mistake| words::complaint(&mistake));
    let other = || "What is given beside the budget cannot be read.".to_owned();
    read(question).err().or_else(of_limits).unwrap_or_else(other)
}

/// How what is given was read, or why it cannot be.
fn read(question: &Question) -> Result<String, String> {
    match question.aim() {
        None => question
            .budget()
            .map(|budget| words::budget_echo(&budget))
            .map_err(|mistake| words::complaint(&mistake)),
        Some((aim, text)) => {
            aim.read(text).map(|_| String::new()).map_err(|mistake| words::complaint(&mistake))
        }
    }
}

/// What is said of a law that a card's engine does not know.
fn stranger(question: &Question, laws: &[LawEntry]) -> String {
    let known: Vec<&str> = laws.iter().map(|law| law.name.as_str()).collect();
    let name =
        if question.law.starts_with('{') { "A law of its author’s own" } else { question.law.as_str() };
    let given = words::given(question).unwrap_or_default();
    let known = known.join(", ");
    none(&format!(
        "{name}, with {given}. A card brings an engine for {known}: open this plan for its answer."
    ))
}

/// Why a question has no answer. The engine of a card, as that of the Plan's first worker, leaves to the whole one what costs
/// and devices are needed for.
fn refused(question: &Question, answer: &str) -> String {
    let error =
        Json::read(answer).and_then(|answer| answer.get("error")).map(Json::members).unwrap_or_default();
    let text = |name| error.get(name).and_then(|text| text.string()).unwrap_or_default();
    if text("code") == "first_worker" {
        let given = words::given(question).unwrap_or_default();
        return format!("With {given}: a card brings no engine for this. Open this plan for its answer.");
    }
    words::sentence_case(&text("message"))
}

fn told(card: &Card, law: &LawEntry, answer: &str, ask: Ask) -> String {
    let question = &card.question;
    let counted = in_flops(question);
    let Some(plan) = Plan::read(answer) else {
        return none(&refused(question, answer));
    };
    let fit = fit_of(question, law);
    let draws = fit.as_ref().filter(|fit| fit.id == AT_HAND).and_then(|fit| with_draws(fit, DRAWS));
    let spread = draws.as_deref().and_then(|draws| Plan::read(&ask(&counted.allocate_with(draws)?)));
    let spread = spread.as_ref().unwrap_or(&plan);
    let planned = Planned { question: &counted, plan: &plan, draws: draws.as_deref() };
    let picture = |picture: Option<String>| {
        picture.map(|svg| format!("<div class=\"drawn\">{svg}</div>")).unwrap_or_default()
    };
    let sentence = || aloud(question, &plan);
    let about = || {
        let fit = fit.clone().unwrap_or_default();
        About {
            question: question.clone(),
            plan: plan.clone(),
            answer: String::new(),
            spread: None,
            law: law.clone(),
            fit,
        }
    };
    if plan.is_none() {
        return sentence();
    }
    match card.kind {
        Kind::Answer => {
            let numbers = numbers(question, &plan, spread);
            format!("<div class=\"two\">{numbers}{}</div>", picture(planned.frontier(false, ask)))
        }
        Kind::Frontier => picture(planned.frontier(true, ask)),
        Kind::Map => picture(planned.map(ask)),
        Kind::Law => {
            let steps = about().working(What::Loss).first().map(|step| step.display().concat());
            format!(
                "<div class=\"formula\" tabindex=\"0\" role=\"group\" aria-label=\"Formula\">{}</div>{}",
                steps.unwrap_or_default(),
                sentence()
            )
        }
        Kind::Fit => fit.as_ref().map(values).unwrap_or_default() + &sentence(),
        Kind::Disagreement => others(question, &plan, ask),
    }
}

/// The plan in a sentence.
fn aloud(question: &Question, plan: &Plan) -> String {
    let said = words::aloud(question, plan).unwrap_or_default();
    format!("<p class=\"aloud\" role=\"status\">{}</p>", html(&said))
}

/// The numbers of the plan, each with its unit and interval.
fn numbers(question: &Question, plan: &Plan, spread: &Plan) -> String {
    let row = |cell: words::Cell| {
        let interval = words::interval(question.find, cell.what, spread);
        let interval = interval.map(|text| format!("<small>{}</small>", html(&text))).unwrap_or_default();
        let unit = cell.unit.trim_end_matches(['.', ',']);
        format!("<li><b>{}</b> <span>{unit} {interval}</span></li>", html(&cell.number))
    };
    let cells = words::sentence(question.find, plan);
    let rows: String = cells.into_iter().filter(|cell| !cell.number.is_empty()).map(row).collect();
    format!("<ul class=\"numbers\" aria-live=\"polite\">{rows}</ul>")
}

/// The values of a fit in full, and where they are from.
fn values(fit: &FitEntry) -> String {
    let row = |(name, value): (&str, &f64)| {
        format!(
            "<tr><th scope=\"row\"><var>{}</var></th><td>{}</td></tr>",
            html(greek(name).unwrap_or(name)),
            ascii(*value)
        )
    };
    let rows: String = fit.values.iter().map(row).collect();
    let facts = fit
        .facts()
        .into_iter()
        .filter(|(head, _)| *head != "Caveat")
        .map(|(head, text)| format!("<p>{head}: {}</p>", html(&text)));
    format!(
        "<div class=\"two\"><table><caption>{}</caption><tbody>{rows}</tbody></table><div class=\"facts\">{}</div></div>",
        html(&fit.name),
        facts.collect::<String>()
    )
}

/// What the other fits that a card knows say of the same compute.
fn others(question: &Question, plan: &Plan, ask: Ask) -> String {
    let Some((flops, own)) = plan.flops.zip(plan.size().zip(plan.tokens())) else { return String::new() };
    let known = FITS.iter().filter(|of| OPENING.contains(&of.law));
    let said = known.filter_map(|of| {
        let (size, tokens) = size_and_tokens(&ask(&of.plan(flops)))?;
        Some(Row { of: Some(*of), yours: of.is_of(question), ..Row::yours(size, tokens, None) })
    });
    let mut rows: Vec<Row> = said.collect();
    if rows.iter().all(|row| !row.yours) {
        rows.push(Row::yours(own.0, own.1, None));
    }
    rows.sort_by(|a, b| a.size.total_cmp(&b.size));
    let sizes: Vec<f64> = rows.iter().filter(|row| !row.yours).map(|row| row.size).collect();
    let row = |row: &Row| {
        let class = if row.yours { " class=\"own\"" } else { "" };
        format!(
            "<tr{class}><th scope=\"row\">{}</th><td class=\"line\"><svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"M0 4H100\"/><path class=\"dot\" d=\"M{:.2} 4h0\"/></svg></td><td>{}</td></tr>",
            html(row.of.map_or("This card", |of| of.name)),
            100.0 * place(&rows, row.size),
            html(&show(row.size, Unit::Parameters).number())
        )
    };
    let table: String = rows.iter().map(row).collect();
    // The laws that a card knows are those of one paper.
    let head = reach(&sizes).map(|reach| headline(sizes.len(), "fits of Chinchilla’s runs", reach));
    let head = head.map(|caveat| {
        format!(
            "<p class=\"aloud\">{}<b>{}</b>{}</p>",
            html(&caveat.before),
            html(&caveat.strong),
            html(&caveat.after)
        )
    });
    let beside = if is_plain(question) {
        ""
    } else {
        "<p class=\"facts\">By compute alone, without the limits of this plan.</p>"
    };
    format!("{}{beside}<table class=\"others\"><tbody>{table}</tbody></table>", head.unwrap_or_default())
}

/// What the reader can change, and what they cannot, in words.
fn asks(card: &Card, laws: &[LawEntry]) -> String {
    let question = &card.question;
    let (name, key, text) = match question.aim() {
        None => ("The best model for", "budget", question.budget.as_str()),
        Some((aim, text)) => (aim.name(), aim.key(), text),
    };
    let title = if card.lives(Live::Budget) {
        format!(
            "<h1><label for=\"given\">{name}</label></h1><input type=\"text\" id=\"given\" name=\"{key}\" value=\"{}\" aria-describedby=\"echo\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\">",
            attribute(text)
        )
    } else {
        format!("<h1>{name} {}</h1>", html(text))
    };
    let option = |id: &str, name: &str, is_chosen: bool| {
        format!(
            "<option value=\"{}\"{}>{}</option>",
            attribute(id),
            if is_chosen { " selected" } else { "" },
            html(name)
        )
    };
    let law = card.lives(Live::Law).then(|| {
        let all: String = laws.iter().map(|law| option(&law.id, &law.name, law.id == question.law)).collect();
        format!(
            "<div class=\"pair\"><label for=\"law\">Law</label><select id=\"law\" name=\"law\" autocomplete=\"off\">{all}</select></div>"
        )
    });
    let limit = |limit: &Limit| {
        let (key, name) = (limit.on.key(), limit.on.name());
        format!(
            "<div class=\"pair\"><label for=\"{key}\">{name}</label><input type=\"text\" id=\"{key}\" name=\"{key}\" value=\"{}\" aria-describedby=\"echo\" autocomplete=\"off\" spellcheck=\"false\"></div>",
            attribute(&limit.text)
        )
    };
    let limits: String =
        if card.lives(Live::Limits) { question.limits.iter().map(limit).collect() } else { String::new() };
    // Where something can be typed, it is also said how that was read.
    let echo = if card.lives(Live::Budget) || !limits.is_empty() {
        format!("<p class=\"echo\" id=\"echo\" aria-live=\"polite\">{}</p>", echo(question))
    } else {
        String::new()
    };
    format!("{title}<div class=\"rest\">{}{limits}</div>{echo}", law.unwrap_or_default())
}

/// The same as it stands under what is given, or why one of them cannot be read; nothing of what was given in FLOPs.
fn echo(question: &Question) -> String {
    if question.allocate().is_none() {
        return html(&mistake(question));
    }
    let is_counted = question.aim().is_none() && question.budget.trim_end().ends_with("FLOPs");
    read(question).ok().filter(|_| !is_counted).map(|said| html(&said)).unwrap_or_default()
}

/// The law, the fit, and the way to the whole.
fn foot(card: &Card, law: Option<&LawEntry>) -> String {
    let question = &card.question;
    let fit = law.and_then(|law| fit_of(question, law));
    let has_draws = fit.as_ref().is_some_and(|fit| fit.id == AT_HAND);
    let shows_draws = has_draws && matches!(card.kind, Kind::Answer | Kind::Frontier | Kind::Map);
    let level = shows_draws.then(|| format!("{LEVEL} intervals"));
    let name = law.map_or(String::new(), |law| law.name.clone());
    let parts: Vec<String> = [Some(name), fit.map(|fit| fit.name), level]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    format!(
        "<footer><span>{}</span> <a href=\"./{}\" target=\"_blank\" rel=\"noopener\">Isoflop, open this plan</a></footer>",
        html(&parts.join(", ")),
        attribute(&link::address(question))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(fragment: &str) -> Written {
        written(&Card::read(fragment), &|question| crate::ask::answer_text(question, &mut |_| {}))
    }

    #[test]
    fn what_was_typed_stands_in_its_field_as_it_was_typed() {
        let typed = card("#budget=5.76+%C3%97+10%C2%B2%C2%B3+FLOPs");
        assert!(typed.asks.contains("value=\"5.76 × 10²³ FLOPs\""), "{}", typed.asks);
        assert!(typed.says.contains("<b>73.2\u{a0}B</b>"), "{}", typed.says);
        let hostile = card("#budget=%22%3E%3Cscript%3E&law=%3Cb%3E&live=budget,law");
        assert!(hostile.asks.contains("value=\"&quot;&gt;&lt;script&gt;\""), "{}", hostile.asks);
        assert!(![hostile.asks, hostile.says].concat().contains("<script"));
    }

    #[test]
    fn a_budget_in_dollars_is_counted_and_a_limit_is_kept() {
        let dollars = card("#budget=$2M");
        assert!(dollars.echo.starts_with("Read as $2.00"), "{}", dollars.echo);
        assert!(dollars.says.contains("<b>104\u{a0}B</b>"), "{}", dollars.says);
        let limited = card("#most-tokens=300B&live=limits");
        assert!(limited.says.contains("<b>300\u{a0}B</b>"), "{}", limited.says);
        assert!(limited.asks.contains("name=\"most-tokens\" value=\"300B\""), "{}", limited.asks);
    }

    #[test]
    fn what_its_engine_leaves_to_the_whole_one_is_said() {
        let refusing = |_: &str| r#"{"error":{"code":"first_worker","message":"…"}}"#.to_owned();
        let said = written(&Card::read("#serving=2T"), &refusing).says;
        assert!(
            said.contains("for serving 2.00\u{a0}T\u{a0}tokens: a card brings no engine for this."),
            "{said}"
        );
    }

    #[test]
    fn every_card_says_something_of_every_law_that_it_knows() {
        for kind in Kind::ALL {
            for law in OPENING {
                let said = card(&format!("#card={}&law={law}&budget=1e22+FLOPs", kind.key()));
                assert!(!said.says.contains("class=\"none\""), "{law}: {}", said.says);
                assert!(said.says.contains("<footer>"));
            }
        }
        assert!(card("#law=muennighoff").says.contains("muennighoff, with 5.76"));
        assert!(card("#budget=x").says.contains("class=\"none\""));
    }

    #[test]
    fn what_could_not_be_read_of_its_address_is_said_above_the_answer() {
        let said = card("#own={&budget=1e21+FLOPs").says;
        let line = "<p class=\"notice\" role=\"status\">Part of this card’s address could not be read (own). The rest is shown.</p>";
        assert!(said.starts_with(line), "{said}");
        assert!(said.contains("class=\"numbers\""), "{said}");
        let other = card("#budget=1e21+FLOPs&v=9.9.9").says;
        assert!(other.contains(">Made by Isoflop 9.9.9; numbers may differ.<"), "{other}");
        let hostile = card("#%3Cscript%3E=1").says;
        assert!(hostile.contains("(&lt;script&gt;)") && !hostile.contains("<script"), "{hostile}");
        assert!(!card("#budget=1e21+FLOPs").says.contains("notice"));
    }

    #[test]
    fn a_mistake_of_what_was_typed_is_told_from_an_answer() {
        for (fragment, mistaken) in [
            ("#budget=x", true),
            ("#most-tokens=x&live=limits", true),
            ("#find=compute&for-loss=x", true),
            ("#budget=1e21+FLOPs", false),
            ("#law=muennighoff&budget=x", false),
        ] {
            let written = card(fragment);
            assert_eq!(written.mistaken, mistaken, "{fragment}");
            assert_eq!(written.json().contains("\"mistaken\":true"), mistaken, "{}", written.json());
            assert!(
                !mistaken || written.echo.to_lowercase().contains("expected"),
                "{fragment}: {}",
                written.echo
            );
        }
    }
}
