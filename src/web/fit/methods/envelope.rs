//! Approach 1: the lowest of the training curves at each budget, and how it is said.

use super::asked;
use super::power::{Power, Powers};
use crate::figure::Table;
use crate::units::{self, Unit, show, whole};
use crate::web::fit::rows::Rows;
use crate::web::json::Json;
use crate::web::reading;
use crate::web::words;

/// What it needs, where the table has no column that names runs.
pub const NEEDS: &str = "It needs training curves: several rows of each run, and a column that names the run. Choose \
                         that column as Run above the table.";
/// Warnings of the Answer that are said otherwise.
const SAID: [&str; 2] = ["runs.derived", "envelope.variants_differ"];

/// The question about runs as they are asked about; nothing where they have no name.
pub fn ask(rows: &Rows) -> Option<String> {
    rows.columns.named.then(|| asked("envelope", &[("curves", rows.curves())]))
}

/// The run of lowest loss at a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Winner {
    /// C.
    pub compute: f64,
    /// N.
    pub size: f64,
    /// D.
    pub tokens: f64,
    /// Its loss there.
    pub loss: f64,
    /// Its name.
    pub run: String,
    /// Whether no run is smaller, or none larger.
    pub extreme: bool,
}

/// A choice of points, and the power laws through them.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What it is called: `every budget`.
    pub name: &'static str,
    /// How many points there are.
    points: usize,
    /// The power laws.
    pub powers: Option<Powers>,
}

/// What has come of the curves.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// The winners, by budget.
    pub winners: Vec<Winner>,
    /// Through every winner, without those of extreme size, through the hull.
    pub variants: [Variant; 3],
    warnings: Vec<String>,
}

impl Envelope {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let answer = Json::read(answer)?.get("envelope")?.members();
        let winners: Vec<Winner> =
            answer.get("points")?.items().into_iter().filter_map(Winner::read).collect();
        let variant = |name, key| {
            let variant = answer.get(key).copied().map(Json::members).unwrap_or_default();
            let points = variant.get("points").and_then(|count| count.count()).unwrap_or(0);
            Variant { name, points, powers: Powers::read(variant.get("power_laws").copied()) }
        };
        let grid = Variant {
            name: "every budget",
            points: winners.len(),
            powers: Powers::read(answer.get("power_laws").copied()),
        };
        let variants =
            [grid, variant("without extreme sizes", "trimmed"), variant("corners of the hull", "hull")];
        let warnings =
            reading::warnings(&answer).into_iter().filter(|one| !SAID.contains(&one.code.as_str()));
        Some(Self {
            winners,
            variants,
            warnings: warnings.map(|one| words::sentence_case(&one.message)).collect(),
        })
    }

    /// The one number that matters.
    pub fn finding(&self) -> String {
        match &self.variants[0].powers {
            Some(powers) => format!("N grows as C to the power {}", powers.n.print()),
            None => "no power law".to_owned(),
        }
    }

    /// What is said under the picture of the curves.
    pub fn says(&self) -> String {
        let extreme = self.winners.iter().filter(|winner| winner.extreme).count();
        let share = if extreme == 0 {
            "No winner is of the smallest or largest size.".to_owned()
        } else {
            let (some, all) = (whole(extreme as f64), whole(self.winners.len() as f64));
            format!("Dashed: at {some} of {all} budgets the winner is of the smallest or largest size.")
        };
        format!("Grey curves are runs; the line is the lowest loss at each budget. {share}")
    }

    /// The exponents of the variants, in a sentence.
    pub fn says_powers(&self) -> String {
        let [grid, rest @ ..] = &self.variants;
        let Some(powers) = &grid.powers else { return "There is no power law.".to_owned() };
        let other = |variant: &Variant| {
            let powers = variant.powers.as_ref()?;
            Some(format!("{} {}", powers.n.print(), variant.name))
        };
        let others: Vec<String> = rest.iter().filter_map(other).collect();
        let others = if others.is_empty() { String::new() } else { format!("; {}", others.join(", ")) };
        format!(
            "Best sizes grow as C to the power {} over every budget{others}. There are no standard errors: neighbouring \
             budgets have the same runs.",
            powers.n.print()
        )
    }

    /// What else is to be known.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The variants, as a table, with what they give at a budget.
    pub fn table(&self, budget: Option<f64>) -> Table {
        let head = [
            "Points taken",
            "Points",
            "Exponent of N",
            "Exponent of D",
            "Size at the budget",
            "Tokens at the budget",
        ];
        let row = |variant: &Variant| {
            let power = |of: fn(&Powers) -> Power| variant.powers.as_ref().map(of);
            let exponent =
                |of| power(of).map_or_else(|| "none".to_owned(), |power| units::decimals(power.exponent, 3));
            let at = |of, unit| {
                power(of)
                    .zip(budget)
                    .map(|(power, budget)| show(power.at(budget), unit).number())
                    .unwrap_or_default()
            };
            vec![
                variant.name.to_owned(),
                whole(variant.points as f64),
                exponent(|powers| powers.n),
                exponent(|powers| powers.d),
                at(|powers: &Powers| powers.n, Unit::Parameters),
                at(|powers: &Powers| powers.d, Unit::Tokens),
            ]
        };
        let rows = self.variants.iter().map(row).collect();
        Table { caption: "Power laws".to_owned(), head: head.map(str::to_owned).to_vec(), rows }
    }
}

impl Winner {
    fn read(point: Json<'_>) -> Option<Self> {
        let point = point.members();
        let number = |name| point.get(name).and_then(|value| value.number());
        let run = point.get("run")?;
        Some(Self {
            compute: number("C")?,
            size: number("N")?,
            tokens: number("D")?,
            loss: number("L")?,
            run: run.string().unwrap_or_else(|| run.as_text().to_owned()),
            extreme: point.get("extreme").is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{self, Mark};
    use crate::runs::Role;
    use crate::web::fit::methods::envelope_charts;
    use crate::web::fit::methods::tests::{answered, rows, rows_by};
    use crate::web::fit::reading::{Prepared, admitted};
    use crate::web::question::Runs;

    const TABLE: &str = "name,params,tokens,loss\na,3M,6M,11.5\na,3M,60M,7.5\na,3M,240M,6.3\nb,10M,20M,8.1\n\
                         b,10M,200M,5.5\nb,10M,800M,4.7\nc,30M,60M,6.0\nc,30M,600M,4.3\nc,30M,2.4B,3.8\n";

    #[test]
    fn the_lowest_curves_win_and_winners_of_extreme_size_are_counted() {
        let rows = rows_by(TABLE, (0, Role::Run));
        let found = Envelope::read(&answered(&ask(&rows).unwrap())).unwrap();
        assert_eq!((found.winners.len(), found.winners[0].run.as_str()), (1500, "a"));
        let extreme = found.winners.iter().filter(|winner| winner.extreme).count();
        assert!(
            found.says().contains(&format!("at {} of 1\u{202f}500 budgets", whole(extreme as f64))),
            "{}",
            found.says()
        );
        let table = found.table(Some(1e21));
        assert_eq!(table.rows[0][..2], ["every budget", "1\u{202f}500"]);
        assert!(found.says_powers().contains(&table.rows[0][2]));
        let chart = envelope_charts::chart(&rows, &found).unwrap();
        assert!(chart.summary.starts_with("Loss over compute of 3 runs."), "{}", chart.summary);
        assert!(envelope_charts::powers(&found, Some(1e21)).is_some());
    }

    /// The curves of `TABLE` by step: all but the last checkpoint of each run stay out of a fit of final losses.
    fn checkpoints() -> Rows {
        let mut at = 0;
        let row = |line: &str| {
            at += 1;
            if at == 1 { format!("{line},step\n") } else { format!("{line},{at}00\n") }
        };
        let runs = admitted(Runs::new(&TABLE.lines().map(row).collect::<String>(), ""), &[]);
        Rows::of(&Prepared::of(&runs, &[]).unwrap(), None, false).unwrap()
    }

    #[test]
    fn checkpoints_that_are_no_runs_are_points_of_the_curves_everywhere() {
        let (rows, whole) = (checkpoints(), rows_by(TABLE, (0, Role::Run)));
        assert_eq!((rows.used().count(), rows.points().count()), (3, 9));
        let found = Envelope::read(&answered(&ask(&rows).unwrap())).unwrap();
        assert_eq!(found.winners, Envelope::read(&answered(&ask(&whole).unwrap())).unwrap().winners);
        let chart = envelope_charts::chart(&rows, &found).unwrap();
        let curve = |mark: &Mark| matches!(mark, Mark::Line(line) if line.role == figure::Role::Run && line.points.len() == 3);
        assert_eq!(chart.marks.iter().filter(|mark| curve(mark)).count(), 3);
    }

    #[test]
    fn rows_without_runs_are_no_curves() {
        assert_eq!(ask(&rows("params,tokens,loss\n1B,20B,2.5\n2B,40B,2.4\n")), None);
    }
}
