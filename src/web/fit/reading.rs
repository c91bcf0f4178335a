//! How the Fit page reads a table of runs: what was said of it beside what every page knows, and what follows.

use std::sync::Arc;

use super::last::Last;
use crate::num::decimal;
use crate::outcome::Warning;
use crate::runs::{
    Confidence, CurveChoices, Curves, Decay, Guess, LossUnit, Origin, Role, RunsError, Standing, Table, read,
};
use crate::units::{Convention, Unit};
use crate::web::json::{self, Json};
use crate::web::question::Runs;
use crate::web::words::sentence_case;

/// What the Fit page alone knows of runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Whether it was settled which rows are no runs, as it is once when a table comes.
    pub settled: bool,
    /// Where the rows came from, where that is not the text.
    pub origin: Origin,
    /// What was done to make a table of the files, in sentences.
    pub notes: Vec<String>,
    /// Columns that are inputs of a law, each with the name of the input.
    pub inputs: Vec<(usize, String)>,
    /// The unit of the losses, where the reader has said it.
    pub unit: Option<LossUnit>,
    /// Bytes per token, as typed: they bring bits per byte to nats per token.
    pub bytes_per_token: String,
    /// Tokens per step, as typed, where no column says so.
    pub tokens_per_step: String,
    /// How the learning rate went, where the reader has said it.
    pub decay: Option<Decay>,
}

/// A table as the Fit page reads it, and what follows from its columns.
#[derive(Clone)]
pub struct Prepared {
    /// What it was read from.
    pub runs: Runs,
    /// The inputs of the law.
    pub inputs: Vec<String>,
    /// The table.
    pub table: Arc<Table>,
    /// What follows.
    pub about: Arc<About>,
}

/// What follows from the columns of a table.
pub struct About {
    mapped: Arc<Mapped>,
    /// How the rows stand.
    pub standing: Standing,
}

impl About {
    /// What was guessed.
    pub fn guesses(&self) -> &[Guess] {
        &self.mapped.guesses
    }

    /// The unit of the losses in the table.
    pub fn unit(&self) -> LossUnit {
        self.mapped.unit
    }

    /// Their unit once they are read.
    pub fn losses(&self) -> Unit {
        self.mapped.losses
    }

    /// Whether tokens would follow from the steps if it were known how many a step has.
    pub fn needs_tokens_per_step(&self) -> bool {
        self.mapped.needs_tokens_per_step()
    }
}

impl PartialEq for Prepared {
    fn eq(&self, other: &Self) -> bool {
        self.runs == other.runs && self.inputs == other.inputs
    }
}

/// What can be said of a learning rate, with its name where it is kept.
pub const DECAYS: [(&str, Decay, &str); 3] = [
    ("decays", Decay::Decays, "decays to the end of a run"),
    ("constant", Decay::Constant, "is constant"),
    ("cooled", Decay::CooledDown, "was cooled down at every checkpoint"),
];

impl Reading {
    /// What is kept with runs.
    pub fn of(runs: &Runs) -> Self {
        let kept = Json::read(&runs.beside).map(Json::members).unwrap_or_default();
        let items = |name| kept.get(name).copied().map(Json::items).unwrap_or_default();
        let string = |name| kept.get(name).and_then(|text| text.string()).unwrap_or_default();
        let pair = |pair: Json<'_>| Some((pair.items().first()?.count()?, pair.items().get(1)?.string()?));
        let pairs = |name| items(name).into_iter().filter_map(pair);
        Self {
            settled: kept.get("settled").is_some_and(|settled| settled.as_text() == "true"),
            origin: Origin {
                lines: items("lines").into_iter().filter_map(Json::count).collect(),
                files: pairs("files").map(|(row, file)| (file, row)).collect(),
            },
            notes: items("notes").into_iter().filter_map(Json::string).collect(),
            inputs: pairs("inputs").collect(),
            unit: LossUnit::named(&string("unit")),
            bytes_per_token: string("bytes"),
            tokens_per_step: string("per_step"),
            decay: DECAYS.iter().find(|(name, ..)| *name == string("decay")).map(|(_, decay, _)| *decay),
        }
    }

    /// The same, to be kept with runs.
    pub fn write(&self) -> Arc<str> {
        let pair = |(number, text): (&usize, &String)| {
            json::list([number.to_string(), json::string(text)].into_iter())
        };
        let decay = DECAYS.iter().find(|(_, decay, _)| Some(*decay) == self.decay);
        let unit = self.unit.map_or("", LossUnit::words);
        let kept = [
            ("settled", self.settled.to_string()),
            ("lines", json::list(self.origin.lines.iter().map(usize::to_string))),
            ("files", json::list(self.origin.files.iter().map(|(file, row)| pair((row, file))))),
            ("notes", json::list(self.notes.iter().map(|note| json::string(note)))),
            ("inputs", json::list(self.inputs.iter().map(|(column, input)| pair((column, input))))),
            ("unit", json::string(unit)),
            ("bytes", json::string(&self.bytes_per_token)),
            ("per_step", json::string(&self.tokens_per_step)),
            ("decay", json::string(decay.map_or("", |(name, ..)| name))),
        ];
        json::object(&kept).into()
    }
}

/// A table whose columns have their meaning, and what follows from them: rows are switched without another word in it.
struct Mapped {
    table: Table,
    guesses: Vec<Guess>,
    unit: LossUnit,
    losses: Unit,
    curves: Arc<Curves>,
    warnings: Vec<Warning>,
}

thread_local! {
    /// The text that was read last: much is chosen about one text, and a long one takes a while.
    static TABLE: Last<Arc<str>, Table> = const { Last::new() };
    /// The columns that were read last, with the inputs of the law they were read for.
    static MAPPED: Last<(Runs, Vec<String>), Arc<Mapped>> = const { Last::new() };
}

/// The table of a text, before anything is chosen about it.
fn laid_out(runs: &Runs, said: &Reading) -> Result<Table, RunsError> {
    TABLE.with(|last| {
        last.get(runs.text.clone(), || {
            let mut table = read(runs.text.as_bytes())?;
            table.place(&said.origin);
            Ok(table)
        })
    })
}

/// The table of runs with every row on, for a law with these inputs.
fn mapped(runs: &Runs, inputs: &[String]) -> Result<Arc<Mapped>, RunsError> {
    let all = Runs { off: Vec::new(), ..runs.clone() };
    MAPPED.with(|last| {
        last.get((all, inputs.to_vec()), || Mapped::of(runs, &Reading::of(runs), inputs).map(Arc::new))
    })
}

impl Mapped {
    fn of(runs: &Runs, said: &Reading, inputs: &[String]) -> Result<Self, RunsError> {
        let mut table = laid_out(runs, said)?;
        let names: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let guessed = table.map(&names);
        // A choice about another text is no choice about this one.
        for (column, role) in &runs.columns {
            let _ = table.assign(*column, *role);
        }
        for (column, input) in &said.inputs {
            if let Some(name) = table.names().get(*column).cloned() {
                let _ = table.assign(*column, Role::Ignore);
                let _ = table.assign_input(&name, input);
            }
        }
        if let Some(tokens) = positive(&said.tokens_per_step) {
            table.set_tokens_per_step(Some(tokens));
        }
        let unit = said.unit.or_else(|| table.loss_unit()).unwrap_or_default();
        let bytes = positive(&said.bytes_per_token);
        if unit != guessed.loss_unit || bytes.is_some() {
            table.read_loss_as(unit, bytes);
        }
        let choices = CurveChoices { decay: said.decay, ..CurveChoices::default() };
        let curves = Arc::new(Curves::of(&table, choices));
        let warnings = table.loss_warnings(unit, bytes);
        let losses = unit.kept(bytes);
        Ok(Self { table, guesses: guessed.guesses, unit, losses, curves, warnings })
    }

    /// Whether tokens would follow from the steps if it were known how many a step has.
    fn needs_tokens_per_step(&self) -> bool {
        let has = |role| self.table.column(role).is_some();
        has(Role::Step)
            && ![Role::Tokens, Role::Batch].into_iter().any(has)
            && !(has(Role::Sequences) && has(Role::Length))
    }
}

/// Whether every row can be read as delimited text.
pub fn is_plain(runs: &Runs) -> bool {
    laid_out(runs, &Reading::of(runs)).is_ok_and(|table| table.counts().used == table.rows())
}

/// A positive number that was typed; nothing while it is none.
pub fn positive(text: &str) -> Option<f64> {
    decimal(text.trim()).filter(|value| value.is_finite() && *value > 0.0)
}

impl Prepared {
    /// Reads runs for a law with these inputs.
    ///
    /// # Errors
    /// Why the text is no table.
    pub fn of(runs: &Runs, inputs: &[String]) -> Result<Self, RunsError> {
        let mapped = mapped(runs, inputs)?;
        let mut table = mapped.table.clone();
        for row in &runs.off {
            let _ = table.switch(*row, false);
        }
        let standing = table.standing_of(mapped.curves.clone());
        let (runs, inputs) = (runs.clone(), inputs.to_vec());
        Ok(Self { runs, inputs, table: Arc::new(table), about: Arc::new(About { mapped, standing }) })
    }

    /// What a reader should know of how the table was read, in sentences without a full stop: what was done to make a
    /// table of files, the guesses that are not plain and still hold, conversions, curves.
    pub fn says(&self) -> Vec<String> {
        let about = &self.about;
        let holds = |guess: &&Guess| guess.role == self.table.roles()[guess.column];
        let unsure = |guess: &&Guess| guess.confidence < Confidence::Sure;
        let reason = |guess: &Guess| match guess.open {
            Some(open) => format!("{}; {open}", guess.reason),
            None => guess.reason.clone(),
        };
        let guesses = about.guesses().iter().filter(holds).filter(unsure).map(reason);
        let warnings = about.mapped.warnings.iter().chain(&about.standing.warnings);
        let warnings = warnings.map(|warning| warning.message.clone());
        Reading::of(&self.runs).notes.into_iter().chain(guesses).chain(warnings).collect()
    }

    /// What sizes count, where the name of their column says it.
    pub fn sizes(&self) -> Option<Convention> {
        let column = self.table.column(Role::Params)?;
        self.about.guesses().iter().find(|guess| guess.column == column)?.counts
    }

    /// The input of the law that a column is.
    pub fn input(&self, column: usize) -> Option<&str> {
        self.table.inputs().iter().find(|(at, _)| *at == column).map(|(_, input)| input.as_str())
    }

    /// The rows that are checkpoints before the end of a schedule that decays.
    pub(super) fn undecayed(&self) -> impl Iterator<Item = usize> {
        let is = &self.about.standing.curves.undecayed;
        (0..is.len()).filter(|row| is[*row])
    }
}

/// Runs that the page sees for the first time: what columns mean by their words is said, and checkpoints that are no
/// runs are off.
pub fn admitted(mut runs: Runs, inputs: &[String]) -> Runs {
    let mut said = Reading::of(&runs);
    if said.settled {
        return runs;
    }
    said.settled = true;
    runs.beside = said.write();
    if let (Ok(plain), Ok(prepared)) = (laid_out(&runs, &said), Prepared::of(&runs, inputs)) {
        for (at, (plain, now)) in plain.roles().iter().zip(prepared.table.roles()).enumerate() {
            if plain != now {
                runs.columns.push((at, *now));
            }
        }
        prepared.undecayed().for_each(|row| runs.switch(row, false));
        runs.apart = !prepared.table.is_plain();
    }
    runs
}

/// Changes what rows are read by. Those that are no runs any more are switched off, and on that are runs again.
pub fn settle(runs: &mut Runs, inputs: &[String], change: impl FnOnce(&mut Runs)) {
    let before = Prepared::of(runs, inputs);
    change(runs);
    let after = Prepared::of(runs, inputs);
    let undecayed = |prepared: &Result<Prepared, RunsError>, row: usize| {
        let of = prepared.as_ref().ok().map(|prepared| &prepared.about.standing.curves.undecayed);
        of.and_then(|rows| rows.get(row).copied()).unwrap_or(false)
    };
    for row in 0..after.as_ref().map_or(0, |after| after.table.rows()) {
        let (was, is) = (undecayed(&before, row), undecayed(&after, row));
        if was != is {
            runs.switch(row, was);
        }
    }
    runs.apart = after.is_ok_and(|after| !after.table.is_plain());
}

/// The text of runs with another text in a cell, and where its rows came from.
///
/// # Errors
/// In a sentence, where the row would be lost by it, or the text could not be read again.
pub fn edited(runs: &Runs, row: usize, column: usize, text: &str) -> Result<(Arc<str>, Origin), String> {
    let why = |error: RunsError| sentence_case(&error.to_string());
    let mut table = laid_out(runs, &Reading::of(runs)).map_err(why)?;
    table.edit(row, column, text).map_err(why)?;
    let written: Arc<str> = table.to_text().into();
    let again = read(written.as_bytes()).map_err(why)?;
    if again.rows() != table.rows() {
        let line = table.line(row).unwrap_or(row);
        return Err(format!("Row {line} would be lost without this cell: switch it off instead."));
    }
    Ok((written, table.origin()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURVES: &str =
        "run,N,D,loss,lr\na,1e9,1e9,3,2e-4\na,1e9,2e9,2.9,1e-4\nb,2e9,1e9,2.8,2e-4\nb,2e9,4e9,2.7,1e-4\n";

    fn admit(text: &str) -> Runs {
        admitted(Runs::new(text, ""), &[])
    }

    #[test]
    fn what_is_said_is_kept_as_it_is() {
        let reading = Reading {
            settled: true,
            origin: Origin {
                lines: vec![1, 7],
                files: vec![("a \"1\".json".to_owned(), 0), ("b".to_owned(), 1)],
            },
            notes: vec!["2 tables stacked".to_owned()],
            inputs: vec![(3, "h[web]".to_owned())],
            unit: Some(LossUnit::BitsPerByte),
            bytes_per_token: "4.1".to_owned(),
            tokens_per_step: "5e5".to_owned(),
            decay: Some(Decay::CooledDown),
        };
        let runs = Runs { beside: reading.write(), ..Runs::new("", "") };
        assert_eq!(Reading::of(&runs), reading);
        assert_eq!(Reading::of(&Runs::new("", "")), Reading::default());
        assert!(DECAYS.iter().all(|(_, decay, _)| *decay != Decay::Unknown && *decay != Decay::Single));
    }

    #[test]
    fn checkpoints_are_off_until_the_reader_says_that_the_rate_is_constant() {
        let mut runs = admit(CURVES);
        assert_eq!(runs.off, [0, 2]);
        let says = Prepared::of(&runs, &[]).unwrap().says();
        assert!(
            says.iter().any(|says| says.starts_with("2 rows are checkpoints before the end of 2 runs")),
            "{says:?}"
        );
        // One that was switched on stays on, whatever else changes.
        runs.switch(0, true);
        settle(&mut runs, &[], |runs| runs.name = "other".to_owned());
        assert_eq!(runs.off, [2]);
        settle(&mut runs, &[], |runs| {
            let said = Reading { decay: Some(Decay::Constant), ..Reading::of(runs) };
            runs.beside = said.write();
        });
        assert!(runs.off.is_empty());
        assert_eq!(admitted(runs.clone(), &[]), runs);
    }

    #[test]
    fn the_plan_is_told_what_words_mean_and_what_it_cannot_read() {
        let plain =
            admit("my model params,train tokens seen,smoothed eval loss\n1e9,2e10,2.5\n2e9,4e10,2.4\n");
        assert_eq!(
            plain.table().unwrap().sent().unwrap(),
            Prepared::of(&plain, &[]).unwrap().table.sent().unwrap()
        );
        assert!(!plain.apart);
        for text in [
            "params_m,tokens,loss\n1000,2e10,2.5\n",
            "N,D,loss (bits)\n1e9,2e10,3.5\n",
            "N,D,loss,weight\n1e9,2e10,2.5,1\n",
            "N,step,loss,batch_tokens\n1e9,100,2.5,5e5\n",
        ] {
            assert!(admit(text).apart, "{text}");
        }
    }

    #[test]
    fn a_cell_is_edited_and_every_row_keeps_its_line() {
        let mut runs = Runs::new("N,D,loss\n1e9,2e10,2.5\n\n2e9,4e10,x\n", "");
        assert!(Prepared::of(&runs, &[]).unwrap().table.run(1).is_err());
        for text in ["2,4\"", "2.4"] {
            let (written, origin) = edited(&runs, 1, 2, text).unwrap();
            runs = Runs { text: written, beside: Reading { origin, ..Reading::default() }.write(), ..runs };
        }
        let table = Prepared::of(&runs, &[]).unwrap().table;
        assert_eq!((table.cell(1, 2), table.run(1).unwrap().loss, table.line(1)), ("2.4", 2.4, Some(4)));
        assert!(edited(&runs, 2, 0, "x").unwrap_err().starts_with(char::is_uppercase));
        // A row that holds nothing would be none.
        let one = Runs::new("N\n1\n2\n", "");
        let refused = "Row 3 would be lost without this cell: switch it off instead.";
        assert_eq!(edited(&one, 1, 0, " ").unwrap_err(), refused);
    }

    #[test]
    fn columns_are_what_the_reader_says() {
        let mut runs = admit("a,b,c,h\n1e9,2e10,2.5,64\n2e9,4e10,2.4,128\n");
        runs.columns = vec![(0, Role::Params), (1, Role::Tokens), (2, Role::Loss)];
        let said =
            Reading { inputs: vec![(3, "lr".to_owned())], unit: Some(LossUnit::Bits), ..Reading::of(&runs) };
        runs.beside = said.write();
        let prepared = Prepared::of(&runs, &["lr".to_owned()]).unwrap();
        assert_eq!((prepared.input(3), prepared.input(2)), (Some("lr"), None));
        assert_eq!(prepared.table.run(0).unwrap().loss, 2.5 * std::f64::consts::LN_2);
        assert_eq!(
            prepared.says(),
            ["column \"c\" is read as bits per token: times ln 2, they are nats per token"]
        );
    }
}
