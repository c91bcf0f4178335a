//! Approach 2: what is asked of the runs of each budget, what is read, and how it is said.

use super::power::Powers;
use super::{asked, flops};
use crate::figure::Table;
use crate::num;
use crate::units::{self, Unit, percent, show};
use crate::web::fit::rows::{Row, Rows};
use crate::web::fit::study::{Study, positive};
use crate::web::json::{self, Json};
use crate::web::reading;
use crate::web::words;

/// A vertex so near an end of its window, as a share of it, is off-centre.
const EDGE: f64 = 0.1;
/// From this standard error of log10 N on the curvature is weak: the size is known to 12 % only.
const WEAK: f64 = 0.05;
/// Budgets of fewer runs than this are gathered in one row where there are more of them than this.
const FEW: usize = 3;
/// Warnings of the Answer that the table or the sentence say already.
const SAID: [&str; 4] = ["runs.derived", "isoflop.left_out", "isoflop.wide_group", "isoflop.exponent_sum"];

/// By how much the compute of the runs of one budget may grow from one to the next, as a share.
///
/// # Errors
/// What was expected, in a sentence.
pub fn tolerance(study: &Study) -> Result<f64, String> {
    positive(&study.tolerance, "a share such as 0.1")
}

/// The question about runs; nothing while the tolerance cannot be read.
pub fn ask(study: &Study, runs: &str) -> Option<String> {
    let tolerance = json::number(tolerance(study).ok()?);
    Some(asked("isoflop", &[("runs", runs.to_owned()), ("tolerance", tolerance)]))
}

/// The runs of one budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The budget, in FLOPs.
    pub budget: f64,
    /// By how much its largest compute exceeds its smallest.
    spread: f64,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Those that the parabola goes through.
    pub fitted: Vec<Row>,
    /// Why the power laws leave it out.
    pub left_out: Option<String>,
    /// The lowest point of its parabola.
    pub vertex: Option<Vertex>,
    /// The coefficient of the square of log10 N.
    pub curvature: Option<f64>,
}

/// The lowest point of a parabola.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vertex {
    /// N.
    pub size: f64,
    /// D.
    pub tokens: f64,
    /// The loss.
    pub loss: f64,
    /// The standard error of log10 N.
    se: Option<f64>,
}

/// By how much the method itself would miss, at a budget: found over true, less one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Miss {
    compute: f64,
    size: f64,
}

/// What has come of the profiles.
#[derive(Clone, Debug, PartialEq)]
pub struct Profiles {
    /// The groups, by budget.
    pub groups: Vec<Group>,
    /// The power laws through their vertices.
    pub powers: Option<Powers>,
    /// The unit of the losses.
    pub losses: Unit,
    tolerance: f64,
    sum: Option<f64>,
    six_nd: bool,
    bias: Vec<Miss>,
    bias_of_exponent: Option<f64>,
    warnings: Vec<String>,
}

impl Profiles {
    /// Reads an Answer about these rows.
    pub fn read(answer: &str, rows: &Rows) -> Option<Self> {
        let answer = Json::read(answer)?.get("isoflop")?.members();
        let get = |name| answer.get(name).copied();
        let bias = get("bias").map(Json::members).unwrap_or_default();
        let miss =
            |at: Json<'_>| Some(Miss { compute: at.get("C")?.number()?, size: at.get("N")?.number()? });
        let warnings =
            reading::warnings(&answer).into_iter().filter(|one| !SAID.contains(&one.code.as_str()));
        Some(Self {
            groups: get("groups")?.items().into_iter().filter_map(|group| Group::read(group, rows)).collect(),
            powers: Powers::read(get("power_laws")),
            losses: rows.losses,
            tolerance: get("tolerance").and_then(Json::number).unwrap_or_default(),
            sum: get("exponent_sum").and_then(Json::number),
            six_nd: get("six_nd").is_some_and(|is| is.as_text() == "true"),
            bias: bias
                .get("at")
                .map(|at| at.items())
                .unwrap_or_default()
                .into_iter()
                .filter_map(miss)
                .collect(),
            bias_of_exponent: bias.get("exponent").and_then(|exponent| exponent.get("N")?.number()),
            warnings: warnings.map(|one| words::sentence_case(&one.message)).collect(),
        })
    }

    /// The groups that the power laws go through.
    pub fn used(&self) -> impl Iterator<Item = (&Group, Vertex)> {
        self.groups
            .iter()
            .filter(|group| group.left_out.is_none())
            .filter_map(|group| Some((group, group.vertex?)))
    }

    /// The one number that matters.
    pub fn finding(&self) -> String {
        match &self.powers {
            Some(powers) => format!("N grows as C to the power {}", powers.n.print()),
            None => "no power law".to_owned(),
        }
    }

    /// What is said under the picture of the profiles.
    pub fn says(&self) -> String {
        let (used, all) = (self.used().count(), self.groups.len());
        let of = if used == all { format!("all {all}") } else { format!("{used} of {all}") };
        let budgets = if all == 1 { "budget" } else { "budgets" };
        format!(
            "Runs are of one budget where each has at most {} more compute than the one before. The lowest points of {of} \
             {budgets} count.",
            percent(self.tolerance)
        )
    }

    /// Which budgets do not count, beside methods that use all runs; nothing where all count, or none.
    pub fn says_left_out(&self) -> Option<String> {
        self.used().next()?;
        let left_out: Vec<&Group> = self.groups.iter().filter(|group| group.left_out.is_some()).collect();
        match left_out.as_slice() {
            [] => None,
            [one] => {
                let why = one.left_out.as_deref().unwrap_or_default();
                Some(format!("The parabolas leave out {}: {}", flops(one.budget), words::sentence_case(why)))
            }
            some => Some(format!("The parabolas leave out {} of {} budgets.", some.len(), self.groups.len())),
        }
    }

    /// The power laws in a sentence, whether the exponents add up to one, and what they give at a budget.
    pub fn says_powers(&self, budget: Option<f64>) -> String {
        let Some(powers) = &self.powers else { return "There is no power law.".to_owned() };
        let Powers { n, d } = powers;
        let error = if n.se.is_some() { " (one standard error)" } else { "" };
        let sum = match self.sum {
            _ if self.six_nd => "They add up to one, since C = 6 N D.".to_owned(),
            Some(sum) => match units::decimals(sum, 3) {
                one if one == "1.000" => format!("They add up to {one}, as they do where C = 6 N D."),
                sum => format!("They add up to {sum}: C is not 6 N D in these runs."),
            },
            None => String::new(),
        };
        let at = budget.map(|budget| {
            let (size, tokens) = (show(n.at(budget), Unit::Parameters), show(d.at(budget), Unit::Tokens));
            format!(" At {} they give {size} on {tokens}.", flops(budget))
        });
        format!(
            "Best sizes grow as C to the power {}, best tokens to the power {}{error}. {sum}{}",
            n.print(),
            d.print(),
            at.unwrap_or_default()
        )
    }

    /// The method's own bias, in words.
    pub fn says_bias(&self) -> Option<String> {
        let side = |miss: &Miss| {
            let word = if miss.size < 0.0 { "few" } else { "many" };
            format!("{} too {word} parameters at {}", percent(miss.size.abs()), flops(miss.compute))
        };
        let sides: Vec<String> = self.bias.iter().map(side).collect();
        let exponent =
            self.bias_of_exponent.map(|off| format!(", an exponent off by {}", units::decimals(off, 4)));
        (!sides.is_empty()).then(|| {
            format!(
                "The method’s own bias: on noise-free runs of a law like that of these, at the same sizes, parabolas would \
                 give {}{}.",
                sides.join(" and "),
                exponent.unwrap_or_default()
            )
        })
    }

    /// What else is to be known.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The groups, as a table.
    pub fn table(&self) -> Table {
        let head = ["Budget", "Spread", "Runs", "Best size", "Best tokens", "Loss", "Curvature", "Remark"];
        let is_small = |group: &Group| group.left_out.is_some() && group.rows.len() < FEW;
        let small: Vec<&Group> = self.groups.iter().filter(|group| is_small(group)).collect();
        let gathered = small.len() > FEW;
        let listed = self.groups.iter().filter(|group| !gathered || !is_small(group));
        let mut rows: Vec<Vec<String>> = listed.map(|group| group.row(self.tolerance)).collect();
        if gathered {
            let mut row = vec![String::new(); head.len()];
            row[0] = format!("{} others", small.len());
            row[2] = small.iter().map(|group| group.rows.len()).sum::<usize>().to_string();
            row[7] = format!("left out: fewer than {FEW} runs each");
            rows.push(row);
        }
        Table { caption: "Budgets".to_owned(), head: head.map(str::to_owned).to_vec(), rows }
    }
}

impl Group {
    fn read(group: Json<'_>, rows: &Rows) -> Option<Self> {
        let group = group.members();
        let get = |name| group.get(name).copied();
        let row = |at: Json<'_>| {
            let at = at.count()?;
            rows.read.binary_search_by_key(&at, |row| row.row).ok().map(|place| rows.read[place])
        };
        let rows_of =
            |name| get(name).map(Json::items).unwrap_or_default().into_iter().filter_map(row).collect();
        let left_out = get("used")?.as_text() != "true";
        Some(Self {
            budget: get("budget")?.number()?,
            spread: get("spread")?.number()?,
            rows: rows_of("rows"),
            fitted: rows_of("fitted"),
            left_out: left_out.then(|| get("message").and_then(Json::string).unwrap_or_default()),
            vertex: get("vertex").and_then(Vertex::read),
            curvature: get("curvature").and_then(Json::number),
        })
    }

    fn row(&self, tolerance: f64) -> Vec<String> {
        // The lowest point of a parabola that does not count is none of the runs' saying.
        let counts = self.vertex.as_ref().filter(|_| self.left_out.is_none());
        let vertex = |print: fn(&Vertex) -> String| counts.map(print).unwrap_or_default();
        vec![
            flops(self.budget),
            percent(self.spread),
            self.rows.len().to_string(),
            vertex(Vertex::print),
            vertex(|vertex| show(vertex.tokens, Unit::Tokens).number()),
            vertex(|vertex| units::decimals(vertex.loss, 3)),
            self.curvature.map(|curvature| units::significant(curvature, 3)).unwrap_or_default(),
            self.remark(tolerance),
        ]
    }

    /// What is to be known of it: why it is left out, or what makes its vertex weak.
    fn remark(&self, tolerance: f64) -> String {
        if let Some(why) = &self.left_out {
            return format!("left out: {why}");
        }
        let mut remarks = Vec::new();
        remarks.extend(self.off_centre());
        if let Some(se) = self.vertex.and_then(|vertex| vertex.se).filter(|se| *se > WEAK) {
            remarks.push(format!(
                "weak curvature: the size is uncertain by {}",
                percent(num::pow(10.0, se) - 1.0)
            ));
        }
        if self.spread > tolerance {
            remarks.push("wide: its budgets may be several".to_owned());
        }
        remarks.join("; ")
    }

    fn off_centre(&self) -> Option<String> {
        let (low, high) = super::span(self.fitted.iter().map(|row| row.params))?;
        let at = num::ln(self.vertex?.size / low) / num::ln(high / low);
        let end = if at < EDGE { "smallest" } else { "largest" };
        (!(EDGE..=1.0 - EDGE).contains(&at)).then(|| format!("off-centre: lowest near the {end} size"))
    }
}

impl Vertex {
    fn read(vertex: Json<'_>) -> Option<Self> {
        let number = |name| vertex.get(name)?.number();
        Some(Self { size: number("N")?, tokens: number("D")?, loss: number("L")?, se: number("log10_se") })
    }

    /// The size with its error, as a share or, where that is large, as a factor: `80.2 M ± 0.9 %`.
    fn print(&self) -> String {
        let size = show(self.size, Unit::Parameters).number();
        match self.se.map(|se| num::pow(10.0, se)) {
            Some(factor) if factor < 2.0 => format!("{size}\u{a0}±\u{a0}{}", percent(factor - 1.0)),
            Some(factor) => format!("{size}\u{a0}× or ÷\u{a0}{}", units::significant(factor, 2)),
            None => size,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fit::methods::tests::{answered, rows};

    /// Three budgets of five sizes each, then one of three sizes, whose loss falls to its largest.
    const TABLE: &str = "params,flops,loss\n22.6M,1e18,3.6646\n45.1M,1e18,3.5219\n90.1M,1e18,3.4911\n180M,1e18,3.5547\n\
                         359M,1e18,3.7382\n73.9M,1e19,3.0396\n147M,1e19,2.9481\n294M,1e19,2.9298\n587M,1e19,2.9692\n\
                         1.17B,1e19,3.0908\n241M,1e20,2.627\n481M,1e20,2.5682\n960M,1e20,2.5548\n1.92B,1e20,2.5813\n\
                         3.82B,1e20,2.6603\n1B,1e21,2.4\n2B,1e21,2.3\n4B,1e21,2.25\n";

    fn found(table: &str) -> Profiles {
        let rows = rows(table);
        let answer = answered(&ask(&Study::default(), &rows.json()).unwrap());
        Profiles::read(&answer, &rows).unwrap()
    }

    #[test]
    fn budgets_have_their_vertices_and_one_without_says_why() {
        let found = found(TABLE);
        let rows = found.table().rows;
        assert_eq!(
            rows[0][..4],
            ["1.00\u{a0}×\u{a0}10¹⁸\u{a0}FLOPs", "0.0\u{a0}%", "5", "80.2\u{a0}M\u{a0}±\u{a0}0.9\u{a0}%"]
        );
        assert_eq!((rows[3][3].as_str(), rows[0][7].as_str()), ("", ""));
        assert!(rows[3][7].starts_with("left out: "), "{:?}", rows[3]);
        assert_eq!(found.finding(), "N grows as C to the power 0.513\u{a0}±\u{a0}0.001");
        assert!(found.says().ends_with("The lowest points of 3 of 4 budgets count."), "{}", found.says());
        assert!(found.says_left_out().unwrap().starts_with("The parabolas leave out 1.00\u{a0}×\u{a0}10²¹"));
        assert!(found.says_powers(None).ends_with("They add up to one, since C = 6 N D."));
        assert!(found.says_bias().unwrap().contains("parameters at 1.00\u{a0}×\u{a0}10²⁰"));
    }

    #[test]
    fn c_is_said_not_to_be_6_n_d_only_where_the_exponents_show_it() {
        let said = |sum| Profiles { six_nd: false, sum: Some(sum), ..found(TABLE) }.says_powers(None);
        assert!(said(0.9998).ends_with("They add up to 1.000, as they do where C = 6 N D."));
        assert!(said(0.98).ends_with("They add up to 0.980: C is not 6 N D in these runs."));
    }

    #[test]
    fn one_budget_has_no_power_law() {
        let one: Vec<&str> = TABLE.lines().take(6).collect();
        let found = found(&one.join("\n"));
        assert_eq!((found.finding().as_str(), found.powers), ("no power law", None));
        assert_eq!(found.warnings()[0], "One budget has a best size, and a power law needs two.");
    }

    #[test]
    fn budgets_of_a_run_or_two_share_a_row() {
        let alone = |at: i32| format!("1B,{at}e22,2.{at}\n");
        let rows = found(&format!("{TABLE}{}", (1..6).map(alone).collect::<String>())).table().rows;
        assert_eq!(rows.len(), 5);
        assert_eq!((rows[4][0].as_str(), rows[4][2].as_str()), ("5 others", "5"));
        assert_eq!(rows[4][7], "left out: fewer than 3 runs each");
    }

    #[test]
    fn a_tolerance_that_cannot_be_read_is_not_asked() {
        let study = Study { tolerance: "none".to_owned(), ..Study::default() };
        assert_eq!(ask(&study, "{}"), None);
        assert!(tolerance(&study).unwrap_err().starts_with("Expected a share such as 0.1"));
    }

    #[test]
    fn a_vertex_near_an_end_or_uncertain_says_so() {
        let mut group = found(TABLE).groups.remove(0);
        group.vertex = group.vertex.map(|vertex| Vertex { size: 24e6, se: Some(0.1), ..vertex });
        let said = group.remark(0.1);
        assert_eq!(
            said,
            "off-centre: lowest near the smallest size; weak curvature: the size is uncertain by 26\u{a0}%"
        );
    }
}
