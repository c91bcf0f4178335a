//! What the columns of a table mean: a guess with its reason, that a reader can correct.
//!
//! [`Table`] guesses the six roles of any table of runs by the usual names. [`Table::map`] goes further: names are
//! taken apart into words, and weights, noise, groups, seeds, schedules, batches and a law's own inputs are found too.

use std::fmt::Write as _;

use super::header::{Choice, split_unit};
use super::row::Source;
use super::vocabulary::{counts_embeddings, has, suggested, words};
use super::{LossUnit, Role, RunsError, Table};
use crate::num::ascending;
use crate::outcome::Warning;
use crate::units::Convention;

/// How sure a guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Another meaning is as likely: the reader should say.
    Unsure,
    /// The words say so, in a way that is not the usual one.
    Likely,
    /// The usual name, and nothing else is called so.
    Sure,
}

/// What a column was guessed to mean, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The column, from 0.
    pub column: usize,
    /// Its role.
    pub role: Role,
    /// The input of the law that it is, by name.
    pub input: Option<String>,
    /// What exactly it counts, where its name says so.
    pub counts: Option<Convention>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why, in a sentence without a full stop.
    pub reason: String,
    /// What else it could mean or be, where that is open.
    pub open: Option<&'static str>,
}

/// What all columns were guessed to mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// One guess for each column that has a meaning, in the order of the columns.
    pub guesses: Vec<Guess>,
    /// The unit of the losses.
    pub loss_unit: LossUnit,
    /// What is open, and what was converted.
    pub warnings: Vec<Warning>,
}

impl Table {
    /// Guesses what the columns mean, and assigns it: roles, scales that names give, the unit of the loss, and which
    /// columns are `inputs` of a law, by their names.
    ///
    /// Call it before [`Table::assign`]: what a reader has said since is not kept.
    pub fn map(&mut self, inputs: &[&str]) -> Mapping {
        let usual: Vec<Role> = self.roles.clone();
        self.inputs = self.find_inputs(inputs);
        self.scales = vec![None; self.names().len()];
        if self.layout.header {
            self.assign_by_words();
        }
        let loss_unit = self.loss_unit().unwrap_or_default();
        // This reads every row anew.
        self.read_loss_as(loss_unit, None);
        let guesses: Vec<Guess> =
            (0..self.names().len()).filter_map(|at| self.guess_of(at, &usual)).collect();
        let mut warnings: Vec<Warning> = guesses.iter().filter_map(|guess| self.open(guess)).collect();
        warnings.extend(self.loss_warnings(loss_unit, None));
        Mapping { guesses, loss_unit, warnings }
    }

    /// Gives a role to the column of this name, and takes it from the column that had it.
    ///
    /// # Errors
    /// [`RunsError::Missing`] or [`RunsError::DuplicateHeader`].
    pub fn assign_named(&mut self, name: &str, role: Role) -> Result<(), RunsError> {
        let column = self.named(name)?;
        self.assign(column, role)
    }

    /// Says that a column is an input of the law.
    ///
    /// # Errors
    /// [`RunsError::Missing`] or [`RunsError::DuplicateHeader`].
    pub fn assign_input(&mut self, name: &str, input: &str) -> Result<(), RunsError> {
        let column = self.named(name)?;
        self.inputs.retain(|(at, known)| *at != column && known != input);
        self.inputs.push((column, input.to_owned()));
        Ok(())
    }

    /// The columns that are inputs of the law, each with the name of the input.
    pub fn inputs(&self) -> &[(usize, String)] {
        &self.inputs
    }

    /// Says how many tokens a step has, or a sequence where a column counts those, if no column says so.
    pub fn set_tokens_per_step(&mut self, tokens: Option<f64>) {
        self.per_step = tokens;
        self.reread();
    }

    /// Whether sizes, tokens, FLOPs and losses are read as [`read`](super::read()) reads them, and rows count alike:
    /// without units of losses, scales in names of columns, tokens from steps, weights or noise.
    pub fn is_plain(&self) -> bool {
        let scaled = (0..self.roles.len())
            .any(|at| self.roles[at] != Role::Ignore && self.scales.get(at).is_some_and(Option::is_some));
        let by_steps = self.column(Role::Tokens).is_none() && self.column(Role::Step).is_some();
        let further = self.column(Role::Weight).or(self.column(Role::Noise)).is_some();
        self.losses.is_none() && !scaled && !by_steps && !further
    }

    /// The only column of this name.
    fn named(&self, name: &str) -> Result<usize, RunsError> {
        let mut found = (0..self.names().len()).filter(|at| self.names()[*at] == name.trim());
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => {
                let places = Some([first, second]);
                Err(RunsError::DuplicateHeader { column: name.to_owned(), places })
            }
            (Some(at), None) => Ok(at),
            (None, _) => {
                let header = super::error::list(self.names());
                Err(RunsError::Missing { column: name.to_owned(), header })
            }
        }
    }

    /// The columns that are called like an input of the law, or like a member of one, such as `h[web]` of `h`.
    fn find_inputs(&self, inputs: &[&str]) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for input in inputs {
            let free = |at: &usize| !found.iter().any(|(taken, _)| taken == at);
            let exactly = |at: &usize| self.names()[*at].split('[').next() == Some(*input);
            let likely = |at: &usize| {
                let by_words = words(&self.names()[*at]).concat() == words(input).concat();
                by_words && self.roles[*at] == Role::Ignore && input.len() > 1
            };
            let all = 0..self.names().len();
            let exact: Vec<usize> = all.clone().filter(free).filter(exactly).collect();
            let places =
                if exact.is_empty() { all.filter(free).find(likely).into_iter().collect() } else { exact };
            for at in places {
                let member = self.names()[at].find('[').map_or("", |bracket| &self.names()[at][bracket..]);
                found.push((at, format!("{input}{member}")));
            }
        }
        // N, D, C and the loss have roles.
        found.retain(|(at, _)| self.roles[*at] == Role::Ignore);
        found
    }

    /// Gives the roles that nobody has to the columns whose words suit them best.
    fn assign_by_words(&mut self) {
        let said: Vec<Option<(Role, u8)>> = self.names().iter().map(|name| suggested(name)).collect();
        for role in Role::ALL.into_iter().chain(Role::FURTHER) {
            if role == Role::Ignore || self.column(role).is_some() || self.is_derivable(role) {
                continue;
            }
            let suits = |at: &usize| {
                let taken = self.inputs.iter().any(|(input, _)| input == at);
                self.roles[*at] == Role::Ignore && !taken && said[*at].is_some_and(|(said, _)| said == role)
            };
            let places: Vec<usize> =
                (0..said.len()).filter(suits).filter(|at| self.holds(*at, role)).collect();
            let ranks: Vec<f64> =
                places.iter().map(|at| said[*at].map_or(255.0, |(_, rank)| f64::from(rank))).collect();
            let order = ascending(&ranks);
            let Some(best) = order.first().map(|at| places[*at]) else { continue };
            self.roles[best] = role;
            let others: Vec<usize> = order[1..].iter().map(|at| places[*at]).collect();
            if !others.is_empty() && [Role::Params, Role::Tokens, Role::Flops, Role::Loss].contains(&role) {
                self.choices.push(Choice { role, column: best, others });
            }
        }
        // A size without embeddings that stands alone is the size.
        if self.column(Role::Params).is_none()
            && let Some(at) = self.column(Role::NonEmbedding)
        {
            self.roles[at] = Role::Params;
        }
        for at in 0..self.roles.len() {
            self.scales[at] = scale(&self.names()[at], self.roles[at]);
        }
    }

    /// Whether a role is better left open: tokens per step are of no use beside tokens.
    fn is_derivable(&self, role: Role) -> bool {
        role == Role::Length && self.column(Role::Sequences).is_none()
    }

    /// Whether a column holds what a role needs, in any row.
    fn holds(&self, column: usize, role: Role) -> bool {
        let text = || (0..self.rows()).any(|row| !self.cell(row, column).trim().is_empty());
        if role == Role::Run || role.expected().is_none() {
            return text();
        }
        let source = Source::new(column, &self.names()[column], role, self.layout.decimal);
        source.is_some_and(|source| {
            let source = source.scaled(scale(&self.names()[column], role));
            let loss = role == Role::Loss;
            (0..self.rows())
                .any(|row| source.holds(&self.grid, row) || (loss && self.holds_loss(row, column)))
        })
    }

    /// Whether a cell begins with a digit: losses may have units that are read later.
    fn holds_loss(&self, row: usize, column: usize) -> bool {
        self.cell(row, column).trim().starts_with(|c: char| c.is_ascii_digit())
    }

    /// What the column means, and why.
    fn guess_of(&self, column: usize, usual: &[Role]) -> Option<Guess> {
        let (name, role) = (&self.names()[column], self.roles[column]);
        if let Some((_, input)) = self.inputs.iter().find(|(at, _)| *at == column) {
            let exact = name == input;
            return Some(Guess {
                column,
                role,
                input: Some(input.clone()),
                counts: None,
                confidence: if exact { Confidence::Sure } else { Confidence::Likely },
                reason: format!("\"{name}\" is called as the input {input} of the law"),
                open: None,
            });
        }
        if role == Role::Ignore {
            return None;
        }
        let chosen = self.choices.iter().find(|choice| choice.column == column);
        let counts = counts(name, role);
        let open = open(name, role, counts);
        let usual = usual[column] == role;
        let confidence = if chosen.is_some() || open.is_some() {
            Confidence::Unsure
        } else if usual {
            Confidence::Sure
        } else {
            Confidence::Likely
        };
        let what = counts.map_or(role.words(), Convention::words);
        let mut reason = if usual {
            format!("\"{name}\" is a usual name for {}", role.words())
        } else {
            format!("the words of \"{name}\" say {what}")
        };
        if let Some(scale) = split_unit(name).1.or(self.scales[column]) {
            let _ = write!(reason, ", given in {scale}");
        }
        if let Some(choice) = chosen {
            let others: Vec<&str> = choice.others.iter().map(|at| self.names()[*at].as_str()).collect();
            let _ = write!(reason, "; so could {}", super::error::list(&others));
        }
        Some(Guess { column, role, input: None, counts, confidence, reason, open })
    }

    /// Says what is open about a column. Choices among columns are said by [`Table::warnings`].
    fn open(&self, guess: &Guess) -> Option<Warning> {
        let name = self.names()[guess.column].as_str();
        let message = format!("column \"{name}\": {}", guess.open?);
        Some(Warning::new("runs.open", message).with("column", name).with("role", guess.role.label()))
    }
}

/// What exactly a column counts, where its name says so.
fn counts(name: &str, role: Role) -> Option<Convention> {
    let words = words(name);
    let has = |any: &[&str]| has(&words, any);
    match role {
        Role::Params | Role::NonEmbedding => match (counts_embeddings(name), has(&["active", "activated"])) {
            (Some(false), true) => Some(Convention::ActiveNonEmbeddingParameters),
            (Some(false), false) => Some(Convention::NonEmbeddingParameters),
            (_, true) => Some(Convention::ActiveParameters),
            (Some(true), false) => Some(Convention::TotalParameters),
            (None, false) => None,
        },
        Role::Tokens if has(&["unique"]) => Some(Convention::UniqueTokens),
        Role::Tokens if has(&["seen", "trained", "consumed", "processed"]) => Some(Convention::SeenTokens),
        Role::Loss => match LossUnit::of_column(name)? {
            LossUnit::Nats => Some(Convention::LossInNats),
            LossUnit::Bits => Some(Convention::LossInBits),
            LossUnit::BitsPerByte => Some(Convention::LossInBitsPerByte),
            LossUnit::Perplexity => None,
        },
        _ => None,
    }
}

/// What the name of a column leaves open.
fn open(name: &str, role: Role, counts: Option<Convention>) -> Option<&'static str> {
    match role {
        Role::Params if counts.is_none() => {
            Some("it does not say whether embeddings are counted; taken as all parameters")
        }
        Role::Sequences if !words(name).iter().any(|word| word.starts_with("seq")) => {
            Some("it does not say whether it counts sequences or tokens; taken as sequences")
        }
        _ => None,
    }
}

/// The scale that the last word of a name gives to its cells, as in `params_m`.
fn scale(name: &str, role: Role) -> Option<&'static str> {
    let counted = [Role::Params, Role::NonEmbedding, Role::Tokens, Role::Flops, Role::Batch, Role::Length];
    let words = words(name);
    if !counted.contains(&role) || words.len() < 2 || split_unit(name).1.is_some() {
        return None;
    }
    match (words.last()?.as_str(), role) {
        ("k" | "thousand" | "thousands", _) => Some("K"),
        ("m" | "mil" | "million" | "millions", _) => Some("M"),
        ("b" | "bn" | "billion" | "billions", _) => Some("B"),
        ("t" | "trillion" | "trillions", _) => Some("T"),
        ("pflop" | "pflops", Role::Flops) => Some("PFLOP"),
        ("eflop" | "eflops", Role::Flops) => Some("EFLOP"),
        ("zflop" | "zflops", Role::Flops) => Some("ZFLOP"),
        ("days", Role::Flops) if words.iter().any(|word| word.starts_with("pf")) => Some("PF-days"),
        _ => None,
    }
}
