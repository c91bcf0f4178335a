//! Counts of the same thing in other conventions: which laws of the catalogue lead from one to the other.
//!
//! Which laws convert is for the catalogue to say (`Law::converts`), which of them apply follows from what variables count.

use crate::formula::Formula;
use crate::units::{Unit, read};
use crate::web::evaluator;
use crate::web::json;
use crate::web::laws::evaluation::read_field;
use crate::web::reading::{LawEntry, VariableEntry};
use crate::web::words::sentence_case;

/// A law that leads from one count to others.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The law.
    pub law: LawEntry,
    /// The place of the count among its inputs.
    pub from: usize,
    /// The places of the other counts among its outputs.
    pub to: Vec<usize>,
}

/// Whether both are amounts of one kind, which other conventions count otherwise.
fn alike(one: &VariableEntry, other: &VariableEntry) -> bool {
    let kind = one.unit == other.unit && one.unit != Unit::One || one.unit.is_loss() && other.unit.is_loss();
    kind && one.counts != other.counts
}

impl Conversion {
    /// What a law of the catalogue that converts leads from and to.
    pub fn of(law: &LawEntry) -> Option<Self> {
        if !law.parameters.is_empty() || !law.fits.is_empty() {
            return None;
        }
        let mut counted = law.inputs.iter().enumerate().filter(|(_, input)| input.unit != Unit::One);
        let (from, input) = counted.next()?;
        let outputs = law.outputs.iter().enumerate();
        let to: Vec<usize> = outputs.filter(|(_, output)| alike(input, output)).map(|(at, _)| at).collect();
        let is_one = counted.next().is_none() && to.len() == law.outputs.len();
        is_one.then(|| Self { law: law.clone(), from, to })
    }

    /// What gives a variable from another count of it.
    pub fn into(variable: &VariableEntry, known: &[Self]) -> Option<Self> {
        known.iter().find_map(|known| {
            let counts = |at: &usize| known.law.outputs[*at].counts == variable.counts;
            let to = known.to.iter().copied().find(counts)?;
            Some(Self { to: vec![to], ..known.clone() })
        })
    }

    /// What gives other counts from that of a variable.
    pub fn out_of(variable: &VariableEntry, known: &[Self]) -> Option<Self> {
        known.iter().find(|known| known.input().counts == variable.counts).cloned()
    }

    /// The count that it converts.
    pub fn input(&self) -> &VariableEntry {
        &self.law.inputs[self.from]
    }

    /// The counts that it gives.
    pub fn outputs(&self) -> impl Iterator<Item = &VariableEntry> {
        self.to.iter().filter_map(|at| self.law.outputs.get(*at))
    }

    /// What is over the fields of a conversion to a variable: `Counted without embeddings?`
    pub fn title_into(&self) -> String {
        let input = self.input();
        if input.unit.is_loss() {
            return format!("Counted in {}?", input.unit.words());
        }
        let counts = clause(&input.counts);
        let how = counts.strip_prefix(input.unit.words()).unwrap_or(counts);
        format!("Counted {}?", how.trim_start())
    }

    /// What is over the fields of a conversion of a value: `Convert to bits per token or bits per byte`.
    pub fn title_out(&self) -> String {
        let words = |output: &VariableEntry| {
            if output.unit == self.input().unit {
                clause(&output.counts).to_owned()
            } else {
                output.unit.words().to_owned()
            }
        };
        format!("Convert to {}", self.outputs().map(words).collect::<Vec<_>>().join(" or "))
    }

    /// The question for it, where `texts` has what each input is, as typed; of an input that nothing shown depends on,
    /// the text may be empty. Nothing while nothing can be shown.
    pub fn question(&self, texts: &[String]) -> Option<String> {
        self.shown(texts).next()?;
        let value = |(input, text): (&VariableEntry, &String)| match read_field(text, input.unit) {
            None => Some((input.name.clone(), json::number(1.0))),
            Some(Ok(_)) => Some((input.name.clone(), json::string(text))),
            Some(Err(_)) => None,
        };
        let at: Vec<_> = self.law.inputs.iter().zip(texts).map(value).collect::<Option<_>>()?;
        let at: Vec<_> = at.iter().map(|(name, value)| (&**name, value.clone())).collect();
        Some(evaluator::ask(&json::string(&self.law.id), None, &at))
    }

    /// The outputs for which everything that they depend on was typed.
    pub fn shown<'a>(&'a self, texts: &'a [String]) -> impl Iterator<Item = &'a VariableEntry> {
        let formula = Formula::parse(&self.law.formula).ok();
        let missing =
            self.law.inputs.iter().zip(texts).filter(|(input, text)| read(text, input.unit).is_err());
        let missing: Vec<String> = missing.map(|(input, _)| input.name.clone()).collect();
        self.outputs().filter(move |output| {
            let line = formula
                .as_ref()
                .and_then(|formula| formula.output(&output.name).or_else(|| Some(formula.clone())));
            line.is_some_and(|line| {
                !line.names().iter().any(|name| missing.iter().any(|missing| missing == name))
            })
        })
    }
}

/// What a field of a conversion is called: a count by what it counts, since there are several.
pub fn name(input: &VariableEntry) -> String {
    if input.unit == Unit::One {
        evaluator::name(input.unit, &input.counts)
    } else {
        sentence_case(clause(&input.counts)).trim_end_matches('.').to_owned()
    }
}

fn clause(counts: &str) -> &str {
    counts.split(',').next().unwrap_or(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laws::LAWS;
    use crate::units::{
        C_TRAIN, D_SEEN, LOSS_BITS_PER_BYTE, LOSS_NATS, N_LINEAR_AND_HEAD, N_NON_EMBEDDING, N_TOTAL, Variable,
    };
    use crate::web::reading::read_laws;

    fn known() -> Vec<Conversion> {
        let ids: Vec<&str> = LAWS.iter().filter(|law| law.converts()).map(|law| law.id).collect();
        let answer = crate::ask::answer_text(&format!(r#"{{"laws":{{"only":{ids:?}}}}}"#), &mut |_| ());
        read_laws(&answer).iter().filter_map(Conversion::of).collect()
    }

    fn entry(of: Variable) -> VariableEntry {
        VariableEntry {
            name: of.symbol.to_owned(),
            unit: of.unit(),
            counts: of.convention.words().to_owned(),
        }
    }

    #[test]
    fn conversions_follow_from_what_is_counted() {
        let known = known();
        let ids: Vec<&str> = known.iter().map(|known| &*known.law.id).collect();
        assert_eq!(
            ids,
            ["parameters-without-embeddings", "parameters-with-embeddings", "loss-in-bits", "loss-in-nats"]
        );
        let into = |of| Conversion::into(&entry(of), &known).map(|found| found.title_into());
        let out = |of| Conversion::out_of(&entry(of), &known).map(|found| found.title_out());
        assert_eq!(into(N_NON_EMBEDDING).as_deref(), Some("Counted all parameters?"));
        assert_eq!(into(N_TOTAL).as_deref(), Some("Counted without embeddings?"));
        assert_eq!(into(N_LINEAR_AND_HEAD).as_deref(), Some("Counted all parameters?"));
        assert_eq!(into(LOSS_BITS_PER_BYTE).as_deref(), Some("Counted in nats per token?"));
        assert_eq!(out(LOSS_NATS).as_deref(), Some("Convert to bits per token or bits per byte"));
        assert_eq!([into(D_SEEN), into(C_TRAIN), out(D_SEEN)], [None, None, None]);
    }

    #[test]
    fn what_depends_on_nothing_missing_is_shown() {
        let bits = Conversion::out_of(&entry(LOSS_NATS), &known()).unwrap();
        let shown = |texts: [&str; 2]| {
            let texts = texts.map(str::to_owned);
            bits.shown(&texts).map(|output| output.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(shown(["2", ""]), ["bits_per_token"]);
        assert_eq!(shown(["2", "4"]), ["bits_per_token", "bits_per_byte"]);
        assert!(shown(["", "4"]).is_empty());
        let expected = r#"{"predict":{"law":"loss-in-bits","at":{"L":"2","bytes":1.0}}}"#;
        assert_eq!(bits.question(&["2".to_owned(), String::new()]).as_deref(), Some(expected));
        assert_eq!(bits.question(&["2".to_owned(), "four".to_owned()]), None);
    }
}
