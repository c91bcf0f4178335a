//! A fit as texts to copy: a paragraph of methods, tables, JSON, Python.

use super::outcome::{Draws, Estimate, Outcome, estimates};
use super::study::{Resampling, Study};
use crate::ask::Named;
use crate::num::decimal;
use crate::outcome::Termination;
use crate::units::{self, Convention, Unit, ascii, show, significant};
use crate::web::maths;
use crate::web::reading::{LawEntry, given_fit};
use crate::web::report::python;
use crate::web::report::text::{comment, plain, tex};

/// A form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A paragraph for a paper.
    Methods,
    /// A table for a page of text.
    Markdown,
    /// A table for a paper.
    Latex,
    /// Everything, with every digit.
    Json,
    /// A table for programs, with every digit.
    Csv,
    /// The fitted law as a program, which finds what it decides.
    Python,
}

impl Form {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Methods, Self::Markdown, Self::Latex, Self::Json, Self::Csv, Self::Python];

    /// What the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Methods => "Methods paragraph",
            Self::Markdown => "Markdown",
            Self::Latex => "LaTeX",
            Self::Json => "JSON with draws",
            Self::Csv => "CSV",
            Self::Python => "Python",
        }
    }
}

/// What a report is about.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// What was chosen.
    pub study: Study,
    /// The law.
    pub law: LawEntry,
    /// The fit.
    pub outcome: Outcome,
    /// Its draws.
    pub draws: Option<Draws>,
    /// What it decides, and at which budget.
    pub decision: Option<(String, Vec<Estimate>)>,
    /// From where to where the runs reach, by variable.
    pub fitted_on: Named<[f64; 2]>,
    /// What its numbers are of.
    pub runs: Counted,
    /// The ends of the intervals of what is derived.
    pub derived: Named<[f64; 2]>,
    /// The paper of the law, in BibTeX; empty where it has none.
    pub bibtex: String,
    /// The law with the fitted values in Python, as the worker writes it; empty until it has.
    pub in_python: String,
}

/// What the numbers of a table of runs are of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// The unit of the losses.
    pub losses: Unit,
    /// What sizes count, where the table says it.
    pub sizes: Option<Convention>,
    /// How many rows could not be read.
    pub unreadable: usize,
}

impl Counted {
    /// What a reader of a paper would not take for granted, each in a sentence after a space.
    fn says(self) -> String {
        let losses =
            (self.losses != Unit::NatsPerToken).then(|| format!(" Losses are in {}.", self.losses.words()));
        let sizes = self.sizes.filter(|sizes| *sizes != Convention::TotalParameters);
        let sizes = sizes.map(|sizes| format!(" N counts {}.", sizes.words()));
        let unreadable = match self.unreadable {
            0 => None,
            1 => Some(" One row could not be read and was left out.".to_owned()),
            many => Some(format!(" {} rows could not be read and were left out.", units::whole(many as f64))),
        };
        [losses, sizes, unreadable].into_iter().flatten().collect()
    }
}

impl About {
    /// The report in a form.
    pub fn text(&self, form: Form) -> String {
        match form {
            Form::Methods => self.methods(),
            Form::Markdown => self.markdown(),
            Form::Latex => self.latex(),
            Form::Json => self.json(),
            Form::Csv => self.csv(),
            // Until the worker has written the law there is nothing.
            Form::Python if self.in_python.is_empty() => String::new(),
            Form::Python => self.python(),
        }
    }

    fn json(&self) -> String {
        let text = &self.outcome.text;
        self.draws.as_ref().map_or_else(|| text.to_string(), |draws| draws.joined(text, &self.derived))
    }

    fn csv(&self) -> String {
        let budget = self.decision.as_ref().map_or(String::new(), |(budget, _)| plain(budget));
        let number = |value: Option<f64>| value.map(ascii).unwrap_or_default();
        let line = |name: &str, row: &Estimate| {
            let (value, ends) = row.exact;
            let [low, high] = ends.map_or([None; 2], |ends| ends.map(Some));
            let unit = row.unit.map_or("", Unit::words);
            format!("{name},{},{},{},{unit}\n", number(value), number(low), number(high))
        };
        let estimates: String = self.estimates().iter().map(|row| line(&row.name, row)).collect();
        let decision = self.decision.iter().flat_map(|(_, rows)| rows);
        let decision: String = decision.map(|row| line(&format!("{} at {budget}", row.name), row)).collect();
        format!("name,estimate,5 %,95 %,unit\n{estimates}{decision}")
    }

    fn estimates(&self) -> Vec<Estimate> {
        estimates(&self.outcome, self.draws.as_ref(), &self.derived, &self.study)
    }

    fn rows(&self) -> Vec<Estimate> {
        let mut rows = self.estimates();
        if let Some((budget, decision)) = &self.decision {
            let unit = |row: &Estimate| row.loss_unit().map_or(String::new(), |unit| format!(", {unit}"));
            let named = |row: &Estimate| Estimate {
                name: format!("{} at {budget}{}", row.name, unit(row)),
                ..row.clone()
            };
            rows.extend(decision.iter().map(named));
        }
        rows
    }

    fn methods(&self) -> String {
        let fitted = &self.outcome.fitted;
        let reach = self.fitted_on.get("C").map(|[low, high]| {
            let flops = |value| plain(&show(value, Unit::Flops).number());
            format!(" ({} to {} FLOPs)", flops(*low), flops(*high))
        });
        let proof = match fitted.termination {
            Termination::Converged => {
                let agree = fitted.certificate.starts.zip(fitted.certificate.agreeing);
                let agree = agree.map_or(String::new(), |(starts, agreeing)| {
                    format!(", {agreeing} of {starts} starts agree")
                });
                format!("The optimum is certified: objective {}{agree}.", ascii(fitted.objective))
            }
            _ => format!("No convergence is claimed; the objective is {}.", ascii(fitted.objective)),
        };
        let held = self.held();
        let draws = self.draws.as_ref().map(|draws| {
            let of = match self.study.resampling {
                Resampling::Rows => "bootstrap refits of resampled rows",
                Resampling::Groups => "bootstrap refits of resampled runs",
                Resampling::Wild => "wild bootstrap refits",
            };
            let failed = match draws.failed {
                0 => String::new(),
                1 => ", of which 1 without a certified optimum is left out".to_owned(),
                failed => format!(", of which {failed} without a certified optimum are left out"),
            };
            format!(
                " Intervals are 5th to 95th percentiles of {} {of} (seed {}){failed}.",
                units::whole(draws.len() as f64),
                self.study.seed.trim()
            )
        });
        let decision = self.decision.as_ref().map(|(budget, rows)| {
            let parts: Vec<String> = rows
                .iter()
                .map(|row| {
                    let mut letters = row.name.chars();
                    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
                    let unit = row.loss_unit().map_or(String::new(), |unit| format!(" {unit}"));
                    format!("{first}{} {}{unit}{}", letters.as_str(), row.value, spread(row))
                })
                .collect();
            format!(" At {budget}: {}.", parts.join(", "))
        });
        let values: Vec<String> = self
            .estimates()
            .iter()
            .map(|row| format!("{} = {}{}", row.name, row.value, spread(row)))
            .collect();
        let key = self.bibtex.split_once('{').and_then(|(_, entry)| entry.split_once(','));
        let cited = key.map_or(String::new(), |(key, _)| format!(" ({key})"));
        let paragraph = plain(&format!(
            "We fitted {}{cited} to {} training runs{}, minimising {}.{}{held} {proof}{} {}.{} Fitted with \
             Isoflop {}.",
            self.equation().replace('\n', "; "),
            units::whole(fitted.runs as f64),
            reach.unwrap_or_default(),
            self.study.method(),
            self.runs.says(),
            draws.unwrap_or_default(),
            values.join(", "),
            decision.unwrap_or_default(),
            env!("CARGO_PKG_VERSION")
        ));
        if self.bibtex.is_empty() { paragraph } else { format!("{paragraph}\n\n{}\n", self.bibtex) }
    }

    /// What was held: ties and fixed values.
    fn held(&self) -> String {
        let fixed = self.study.fixed.iter().filter(|(_, text)| !text.trim().is_empty());
        let fixed = fixed.map(|(name, text)| {
            let how = if self.study.is_fixed(name) { "fixed at" } else { "within" };
            format!("{name} {how} {}", text.trim())
        });
        let ties = self.study.ties().unwrap_or_default();
        let all: Vec<String> = ties.iter().map(|names| names.join(" = ")).chain(fixed).collect();
        if all.is_empty() { String::new() } else { format!(" Held: {}.", all.join(", ")) }
    }

    fn equation(&self) -> String {
        let outputs: Vec<&str> = self.law.outputs.iter().map(|output| output.name.as_str()).collect();
        maths::equation(&outputs, &self.law.formula)
    }

    fn markdown(&self) -> String {
        let mut text = String::from("| | Estimate | 5 % | 95 % |\n|---|---:|---:|---:|\n");
        for row in self.rows() {
            let [low, high] = row.ends.unwrap_or_default();
            text += &plain(&format!("| {} | {} | {low} | {high} |\n", row.name, row.value));
        }
        let fitted = &self.outcome.fitted;
        text + &plain(&format!(
            "\n{}, {} runs, {}; objective {}.\n",
            self.law.name,
            units::whole(fitted.runs as f64),
            self.study.method(),
            significant(fitted.objective, 11)
        ))
    }

    fn latex(&self) -> String {
        let fitted = &self.outcome.fitted;
        let names: Vec<&str> = fitted.parameters.names().chain(fitted.derived.names()).collect();
        let row = |(at, row): (usize, Estimate)| {
            let name =
                names.get(at).map_or_else(|| tex(&row.name), |name| format!("${}$", maths::latex(name, &[])));
            let [low, high] = row.ends.unwrap_or_default();
            format!("{name} & {} & {} & {} \\\\\n", tex(&row.value), tex(&low), tex(&high))
        };
        let rows: String = self.rows().into_iter().enumerate().map(row).collect();
        format!(
            "\\begin{{tabular}}{{lrrr}}\n\\hline\n & Estimate & 5\\,\\% & 95\\,\\% \\\\\n\\hline\n{rows}\
             \\hline\n\\end{{tabular}}\n"
        )
    }

    /// Size and tokens, and the budget that the decision is for, where they are all that the law takes.
    fn best(&self) -> Option<([&str; 2], f64)> {
        let chosen = self.law.size_and_tokens().filter(|chosen| chosen.len() == self.law.inputs.len())?;
        let rows = &self.decision.as_ref()?.1;
        let of = |unit| rows.iter().find(|row| row.unit == Some(unit))?.exact.0;
        // As it was typed: the best plan spends it to a part in 10¹³ or so.
        let flops = decimal(&format!("{:.9e}", 6.0 * of(Unit::Parameters)? * of(Unit::Tokens)?))?;
        self.law.cost.is_none().then_some((chosen, flops))
    }

    /// A program that finds what the fit decides, where size and tokens are all that the law takes; else the law alone.
    fn python(&self) -> String {
        let (method, runs) = (self.study.method(), self.outcome.fitted.runs);
        let head = comment("#", &format!("{}, fitted to {runs} runs: {method}", self.law.name));
        let at: Named<f64> = self.law.inputs.iter().map(|input| (&*input.name, f64::NAN)).collect();
        head + &match self.best() {
            Some((chosen, budget)) => python::searched(&self.in_python, &at, chosen, budget),
            None => self.in_python.clone(),
        }
    }
}

/// The question for a law with what a fit found, in Python.
pub fn asks_python(law: &LawEntry, outcome: &Outcome) -> String {
    python::question(&law.id, Some(&given_fit(outcome.values())), law.inputs.iter().map(|input| &*input.name))
}

/// An interval in brackets.
fn spread(row: &Estimate) -> String {
    row.ends.as_ref().map_or(String::new(), |[low, high]| format!(" ({low} to {high})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::reading::VariableEntry;

    fn about() -> About {
        let answer = concat!(
            r#"{"fit":{"parameters":{"E":1.81721809901008,"A":477.84,"alpha":0.34731,"B":2143.4,"beta":0.36717},"#,
            r#""objective":0.0010182740178,"runs":240,"termination":"converged","derived":{},"#,
            r#""certificate":{"gradient":1e-13,"starts":64,"agreeing":61},"fitted_on":{},"warnings":[]}}"#
        );
        let mut draws = Draws::default();
        draws.add(r#"{"fit":{"draws":{"E":[1.78,1.86]},"failed_draws":0}}"#).unwrap();
        let variable =
            |name: &str| VariableEntry { name: name.to_owned(), unit: Unit::One, counts: String::new() };
        About {
            study: Study::default(),
            law: LawEntry {
                name: "Chinchilla".to_owned(),
                formula: "E + A / N^alpha + B / D^beta".to_owned(),
                outputs: vec![variable("L")],
                inputs: vec![variable("N"), variable("D")],
                ..LawEntry::default()
            },
            outcome: Outcome::read(answer).unwrap(),
            draws: Some(draws),
            decision: Some((
                "5.76\u{a0}×\u{a0}10²³\u{a0}FLOPs".to_owned(),
                vec![Estimate {
                    name: "Size N".to_owned(),
                    value: "73.2\u{a0}B".to_owned(),
                    ends: Some(["52.1\u{a0}B".to_owned(), "102.3\u{a0}B".to_owned()]),
                    exact: (Some(73190438835.3), Some([52.08e9, 102.34e9])),
                    unit: Some(Unit::Parameters),
                    ..Estimate::default()
                }],
            )),
            fitted_on: Named::from_iter([("C", [1.4e18, 1.3e22])]),
            runs: Counted { losses: Unit::NatsPerToken, sizes: None, unreadable: 0 },
            derived: Named::default(),
            bibtex: "@article{hoffmann2022,\n  year = {2022}\n}".to_owned(),
            in_python: String::new(),
        }
    }

    #[test]
    fn the_methods_say_what_was_done_and_what_came_of_it() {
        let text = about().text(Form::Methods);
        for part in [
            "We fitted L = E + A / N^alpha + B / D^beta (hoffmann2022) to 240 training runs (1.40 × 10¹⁸ to 1.30 × 10²² FLOPs)",
            "minimising the sum of Huber losses (δ = 1e-3) of log residuals.",
            "The optimum is certified: objective 0.0010182740178, 61 of 64 starts agree.",
            "5th to 95th percentiles of 2 bootstrap refits of resampled rows (seed 42)",
            "E = 1.8172 (1.784 to 1.856)",
            "At 5.76 × 10²³ FLOPs: size N 73.2 B (52.1 B to 102.3 B).",
            "\n\n@article{hoffmann2022,\n",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn the_methods_say_what_is_counted_and_what_was_left_out() {
        let mut about = about();
        let sizes = Some(Convention::NonEmbeddingParameters);
        about.runs = Counted { losses: Unit::BitsPerByte, sizes, unreadable: 1 };
        let loss = Estimate {
            name: "Loss".to_owned(),
            value: "0.612".to_owned(),
            unit: Some(Unit::BitsPerByte),
            ..Estimate::default()
        };
        about.decision.iter_mut().for_each(|(_, rows)| rows.push(loss.clone()));
        let text = about.text(Form::Methods);
        for part in [
            "of log residuals. Losses are in bits per byte. N counts parameters without embeddings. One row could not \
             be read and was left out. The optimum is certified",
            "(52.1 B to 102.3 B), loss 0.612 bits per byte.",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(about.text(Form::Markdown).contains("| Loss at 5.76 × 10²³ FLOPs, bits per byte | 0.612 |"));
        about.runs =
            Counted { losses: Unit::NatsPerToken, sizes: Some(Convention::TotalParameters), unreadable: 12 };
        let text = about.text(Form::Methods);
        assert!(
            text.contains("residuals. 12 rows could not be read and were left out. The optimum"),
            "{text}"
        );
    }

    #[test]
    fn a_degenerate_fit_is_written_with_powers_of_ten() {
        let mut about = about();
        about.outcome.fitted.parameters.0[1].1 = Some(4.648e12);
        let text = about.text(Form::Methods);
        assert!(text.contains("A = 4.6480 × 10¹²,"), "{text}");
    }

    #[test]
    fn tables_have_a_row_for_each_number() {
        let (markdown, latex) = (about().text(Form::Markdown), about().text(Form::Latex));
        assert!(markdown.contains("| E | 1.8172 | 1.784 | 1.856 |\n"), "{markdown}");
        assert!(
            markdown.contains("| Size N at 5.76 × 10²³ FLOPs | 73.2 B | 52.1 B | 102.3 B |\n"),
            "{markdown}"
        );
        assert!(latex.contains("$\\alpha$ & 0.34731 &  &  \\\\\n"), "{latex}");
        assert!(latex.contains("Size N at 5.76 $\\times$ 10$^{23}$ FLOPs & 73.2 B"), "{latex}");
    }

    #[test]
    fn a_table_for_programs_has_every_digit() {
        let csv = about().text(Form::Csv);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[..2], ["name,estimate,5 %,95 %,unit", "E,1.81721809901008,1.784,1.856,"]);
        assert_eq!(
            *lines.last().unwrap(),
            "Size N at 5.76 × 10²³ FLOPs,73190438835.3,52080000000,102340000000,parameters"
        );
    }

    #[test]
    fn python_says_what_the_law_was_fitted_to() {
        let mut about = about();
        assert_eq!(about.text(Form::Python), "");
        about.in_python = "def law(N, D):\n    return 2\n".to_owned();
        let text = about.text(Form::Python);
        assert!(text.starts_with("# Chinchilla, fitted to 240 runs: "), "{text}");
        // Its inputs have no units here, so nothing says which of them a budget pays for.
        assert!(text.ends_with("\ndef law(N, D):\n    return 2\n"), "{text}");
    }

    #[test]
    fn json_is_the_fit_with_its_draws() {
        let text = about().text(Form::Json);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["draws"]["E"], serde_json::json!([1.78, 1.86]));
        assert_eq!(json["parameters"]["E"], 1.81721809901008);
    }
}
