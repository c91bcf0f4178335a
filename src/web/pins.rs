//! Plans that are pinned, beside the current one.
//!
//! A pin is the address of its question, and the current plan is row A. Numbers that count different things are not
//! compared.

use super::find::Find;
use super::link;
use super::question::Question;
use super::reading::{FitEntry, LawEntry, Plan};
use super::words;
use crate::units::{Unit, percent, ratio, show};

/// How rows are called; the first is the current plan.
pub const LETTERS: [&str; 4] = ["A", "B", "C", "D"];
/// The most plans that can be pinned.
const MOST: usize = LETTERS.len() - 1;
/// The heads of the numbers.
pub const HEADS: [&str; 4] = ["Size", "Tokens", "Loss", "Cost"];

/// The pin of a question.
pub fn pin(question: &Question) -> String {
    let address = link::address(question);
    if address.is_empty() { "?".to_owned() } else { address }
}

/// Pins as a text to be kept.
pub fn write(pins: &[String]) -> String {
    pins.join("\n")
}

/// Reads what was kept, and says whether all of it are pins.
pub fn read(kept: &str) -> (Vec<String>, bool) {
    let is_pin = |line: &&str| line.starts_with('?');
    (
        kept.lines().filter(is_pin).take(MOST).map(str::to_owned).collect(),
        kept.lines().all(|line| is_pin(&line)),
    )
}

/// Why a plan cannot be pinned beside the others.
pub fn refusal(pins: &[String], pin: &str) -> Option<&'static str> {
    match pins.iter().position(|known| known == pin) {
        Some(_) => Some("This plan is pinned already."),
        None if pins.len() >= MOST => Some("Three plans are pinned. Remove one to pin another."),
        None => None,
    }
}

/// What a plan is, in short: what is given, the law, the fit.
pub fn name(question: &Question, law: Option<&LawEntry>, fit: Option<&FitEntry>) -> String {
    let by = [law.map(|law| &law.name), fit.map(|fit| &fit.name)];
    let by = by.into_iter().flatten().filter(|name| !name.is_empty()).cloned();
    words::given(question).into_iter().chain(by).collect::<Vec<_>>().join(", ")
}

/// A plan, and what it goes by.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The question.
    pub question: Question,
    /// The answer.
    pub plan: Plan,
    /// The law.
    pub law: LawEntry,
    /// The fit of it; nothing where the law has none.
    pub fit: Option<FitEntry>,
}

/// A number of a plan, and what makes it another than one that is called the same.
struct Number {
    value: Option<f64>,
    unit: Unit,
    /// What is counted, in words; empty where that is not known.
    counts: String,
    /// What it was measured on.
    data: String,
}

impl Compared {
    /// Size, tokens, loss, and what is spent.
    pub fn shown(&self) -> [String; 4] {
        self.numbers().map(|Number { value, unit, .. }| match value {
            Some(value) if unit == Unit::Flops => show(value, unit).to_string(),
            Some(value) => show(value, unit).number(),
            None => "none".to_owned(),
        })
    }

    /// How far each of them is from the current plan's, or why that cannot be said.
    pub fn beside(&self, current: &Self) -> [String; 4] {
        let mut current = current.numbers().into_iter();
        self.numbers().map(|number| current.next().map_or(String::new(), |current| number.beside(&current)))
    }

    fn numbers(&self) -> [Number; 4] {
        let counted = |value, unit| Number { value, unit, counts: self.counts(unit), data: String::new() };
        let loss = self.law.outputs.first();
        let (spent, unit) = self.spent();
        [
            counted(self.plan.size(), Unit::Parameters),
            counted(self.plan.tokens(), Unit::Tokens),
            Number {
                value: self.plan.value,
                unit: Unit::NatsPerToken,
                counts: loss.map_or(String::new(), |loss| loss.unit.to_string()),
                data: self.fit.as_ref().map_or(String::new(), |fit| fit.data.clone()),
            },
            Number { value: spent, unit, counts: String::new(), data: String::new() },
        ]
    }

    /// What its law counts in a unit; nothing where the words say no more than the unit.
    fn counts(&self, unit: Unit) -> String {
        let input = self.law.inputs.iter().find(|input| input.unit == unit);
        input.map(|input| input.counts.clone()).filter(|counts| counts != unit.words()).unwrap_or_default()
    }

    /// Dollars where they were given or looked for, else FLOPs.
    fn spent(&self) -> (Option<f64>, Unit) {
        let budget = || Some(self.question.budget().ok()?.read).filter(|read| read.unit == Unit::Dollars);
        let dollars = match self.question.find {
            Find::Dollars => self.plan.least,
            Find::Loss => budget().map(|read| read.value),
            _ => None,
        };
        dollars.map_or((self.plan.spent(), Unit::Flops), |dollars| (Some(dollars), Unit::Dollars))
    }
}

impl Number {
    fn beside(&self, current: &Self) -> String {
        let Some((value, other)) = self.value.zip(current.value) else { return String::new() };
        let differ = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && one != other;
        if self.unit != current.unit || (self.unit == Unit::NatsPerToken && self.counts != current.counts) {
            return "in another unit".to_owned();
        }
        if differ(&self.counts, &current.counts) {
            return "counted otherwise".to_owned();
        }
        if self.data != current.data {
            return "on other data".to_owned();
        }
        difference(value / other - 1.0)
    }
}

/// A difference in percent, with its sign; from ten times on, how many times.
fn difference(share: f64) -> String {
    match share {
        share if share.abs() < 1e-9 => "the same".to_owned(),
        share if share.abs() < 5e-4 => format!("{}0.1\u{a0}%", if share < 0.0 { "> −" } else { "< +" }),
        share if share >= 9.0 => ratio(1.0 + share),
        share if share > 0.0 => format!("+{}", percent(share)),
        share => percent(share),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::web::question::Fit;
    use crate::web::reading::read_laws;

    fn answer(question: &str) -> String {
        answer_text(question, &mut |_| ())
    }

    fn compared(question: Question) -> Compared {
        let law = format!(r#"{{"laws":{{"only":["{}"]}}}}"#, question.law);
        let law = read_laws(&answer(&law)).remove(0);
        let fit = match &question.fit {
            Fit::Published(id) if id.is_empty() => law.fits.first().cloned(),
            Fit::Published(id) => law.fit(id).cloned(),
            Fit::Yours(_) => None,
        };
        let plan = Plan::read(&answer(&question.allocate().unwrap())).unwrap();
        Compared { question, plan, law, fit }
    }

    fn budget(text: &str) -> Question {
        Question { budget: text.to_owned(), ..Question::default() }
    }

    fn plain(texts: [String; 4]) -> [String; 4] {
        texts.map(|text| text.replace('\u{a0}', " "))
    }

    #[test]
    fn a_plan_has_its_numbers_and_their_differences() {
        let (now, twice) = (compared(budget("5.76e23 FLOPs")), compared(budget("1.152e24 FLOPs")));
        assert_eq!(plain(now.shown()), ["73.2 B", "1.31 T", "1.974", "5.76 × 10²³ FLOPs"]);
        assert_eq!(plain(now.beside(&now)), ["the same"; 4]);
        let [size, tokens, loss, cost] = plain(twice.beside(&now));
        assert!(size.starts_with('+') && tokens.starts_with('+'), "{size} {tokens}");
        assert_eq!([loss, cost], ["−0.9 %", "+100 %"]);
    }

    #[test]
    fn what_counts_another_thing_is_not_compared() {
        let now = compared(budget("5.76e23 FLOPs"));
        let dollars = compared(budget("$2M"));
        assert_eq!(dollars.beside(&now)[3], "in another unit");
        assert_eq!(plain(dollars.shown())[3], "$2.00 M");
        let other = compared(Question {
            law: "kumar-uniform".to_owned(),
            fit: Fit::Published(String::new()),
            ..Question::default()
        });
        assert_eq!(other.beside(&now)[2], "on other data");
    }

    #[test]
    fn a_plan_is_named_by_what_is_given_its_law_and_its_fit() {
        let Compared { question, law, fit, .. } = compared(Question::default());
        let name = name(&question, Some(&law), fit.as_ref()).replace('\u{a0}', " ");
        assert!(name.starts_with("5.76 × 10²³ FLOPs, "), "{name}");
        assert!(name.ends_with(&fit.unwrap().name));
    }

    #[test]
    fn pins_are_read_as_they_were_written() {
        let pins: Vec<_> = [Question::default(), budget("1e22"), budget("$2M")].iter().map(pin).collect();
        assert_eq!(read(&write(&pins)), (pins.clone(), true));
        assert_eq!(link::open(&pins[0], "").question, Question::default());
        assert_eq!(refusal(&pins[..2], &pins[1]), Some("This plan is pinned already."));
        assert_eq!(refusal(&pins[..2], &pins[2]), None);
        assert!(refusal(&pins, &pin(&budget("1e20"))).is_some());
    }

    #[test]
    fn a_difference_has_a_sign_however_small() {
        let said = [0.0, 0.0001, -0.0001, 0.052, -0.276, 13.9].map(difference);
        let expected = ["the same", "< +0.1 %", "> −0.1 %", "+5.2 %", "−28 %", "15 times"];
        assert_eq!(said.map(|text| text.replace('\u{a0}', " ")), expected);
    }
}
