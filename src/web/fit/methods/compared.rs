//! What came of several methods on the same runs, and how they differ.

use super::backtest::BackTest;
use super::compare::{Method, Way};
use super::{flops, pair};
use crate::figure::strip::{Said, strip};
use crate::figure::{Chart, Table};
use crate::num;
use crate::units::{self, Unit, percent, show};
use crate::web::fit::printed::{amount, between};
use crate::web::json::{self, Json};
use crate::web::words;

/// What one method makes of the runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The method.
    pub method: Method,
    /// Whether its fit has no certificate.
    pub in_doubt: bool,
    /// Its plan, or why it has none.
    pub plan: Result<Planned, String>,
    /// Akaike's and Schwarz's criteria, where it is fitted by the same loss as the chosen one.
    pub criteria: Option<[f64; 2]>,
    /// The share of the compute that its plan wastes if the chosen method is right.
    pub wasted: Option<f64>,
}

/// A plan at the budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planned {
    /// N.
    pub size: f64,
    /// The ends of its interval.
    pub ends: Option<[f64; 2]>,
    /// D.
    pub tokens: f64,
    /// D over N.
    pub ratio: f64,
    /// The loss it foretells; an approach of best sizes foretells none.
    pub loss: Option<f64>,
}

/// Reads an Answer about these methods, in their order.
pub fn read(answer: &str, methods: &[Method]) -> Option<Vec<Compared>> {
    let compare = Json::read(answer)?.get("compare")?.members();
    let regret = compare.get("regret").and_then(|rows| rows.items().into_iter().next());
    let wasted: Vec<_> = regret.map(Json::items).unwrap_or_default().into_iter().map(Json::number).collect();
    let items = compare.get("methods")?.items();
    let one = |(at, (item, method)): (usize, (Json<'_>, &Method))| {
        let item = item.members();
        let number = |name| item.get(name).and_then(|value| value.number());
        let alike = method.counts_as(&methods[0]);
        let plan = match item.get("error") {
            Some(error) => Err(super::refused(*error)),
            None => item
                .get("decision")
                .and_then(|plan| planned(*plan))
                .ok_or("it has no plan at this budget".to_owned()),
        };
        let ended = item.get("termination").and_then(|word| word.string());
        Compared {
            method: method.clone(),
            in_doubt: ended.is_some_and(|word| word != "converged"),
            plan,
            criteria: number("aic").zip(number("bic")).filter(|_| alike).map(|(aic, bic)| [aic, bic]),
            wasted: wasted.get(at).copied().flatten(),
        }
    };
    Some(items.into_iter().zip(methods).enumerate().map(one).collect())
}

fn planned(decision: Json<'_>) -> Option<Planned> {
    let at = decision.get("at")?;
    let value = |of: Option<Json<'_>>| of.and_then(|of| of.get("value")).and_then(Json::number);
    let (size, tokens) = (value(at.get("N"))?, value(at.get("D"))?);
    Some(Planned {
        size,
        ends: at.get("N").and_then(|size| size.get("interval")).and_then(pair),
        tokens,
        ratio: tokens / size,
        loss: value(decision.get("value")),
    })
}

impl Compared {
    /// What it is called, and whether it can be believed.
    pub fn name(&self) -> String {
        let name = &self.method.name;
        if self.in_doubt { format!("{name}, not converged") } else { name.clone() }
    }
}

/// What is over the strip: `The same runs, six methods`.
pub fn title(count: usize) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let number = WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned());
    format!("The same runs, {number} {}", if count == 1 { "method" } else { "methods" })
}

/// The budget, what was left out, and what the wrong choice would waste. `parabolas` is what is said of these.
pub fn says(compared: &[Compared], budget: f64, parabolas: Option<&str>) -> String {
    let mut says = vec![format!("Compute-optimal size at {}.", flops(budget))];
    // Several are often left out for one reason.
    let mut left_out: Vec<(&str, Vec<&Compared>)> = Vec::new();
    for one in compared {
        let Err(why) = &one.plan else { continue };
        match left_out.iter_mut().find(|(known, _)| known == why) {
            Some((_, all)) => all.push(one),
            None => left_out.push((why, vec![one])),
        }
    }
    says.extend(left_out.into_iter().map(|(why, all)| match all.as_slice() {
        [one] => one.method.left_out(why),
        all => {
            let names: Vec<&str> = all.iter().map(|one| one.method.name.as_str()).collect();
            words::sentence_case(&format!("{} are left out: {why}", names.join("; ")))
        }
    }));
    says.extend(parabolas.map(str::to_owned));
    says.extend(supported(compared));
    let worst = compared.iter().skip(1).filter_map(|one| Some((one, one.wasted?)));
    if let Some((one, wasted)) = worst.reduce(|worst, next| if next.1 > worst.1 { next } else { worst }) {
        let (name, wasted) = (one.method.within(), percent(wasted));
        says.push(format!("If the first is right, following {name} would waste {wasted} of the compute."));
    }
    says.join(" ")
}

/// Which law the runs support most, where there are others, by Akaike's criterion: of those that it can tell apart.
fn supported(compared: &[Compared]) -> Option<String> {
    compared.iter().find(|one| matches!(one.method.way, Way::Law(_)) && one.criteria.is_some())?;
    let known: Vec<(&Compared, f64)> =
        compared.iter().filter_map(|one| Some((one, one.criteria?[0]))).collect();
    let (best, least) = *known.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let next = known.iter().filter(|(one, _)| *one != best).map(|(_, aic)| *aic);
    let less = next.reduce(num::min)? - least;
    let (name, less) = (&best.method.name, units::decimals(less, 1));
    Some(format!(
        "Of the fits by this loss, the runs support most “{name}”: its AIC is lower than any other by {less}."
    ))
}

/// The heads of the table, of which the first is over the methods.
const HEADS: [&str; 10] = [
    "",
    "Parameters",
    "90\u{a0}%",
    "Tokens",
    "Tokens per parameter",
    "Loss",
    "AIC",
    "BIC",
    "Held-out error",
    "Wasted",
];

/// The same numbers in rows, with how far each is off the largest budgets where these were hidden from it.
pub fn table(compared: &[Compared], hidden: Option<&BackTest>, title: String) -> Table {
    let row = |one: &Compared| {
        let plan = one.plan.as_ref().ok();
        let print = |value: Option<String>| value.unwrap_or_default();
        let criterion = |at: usize| print(one.criteria.map(|both| units::decimals(both[at], 1)));
        vec![
            one.name(),
            print(plan.map(|plan| size(plan.size))),
            print(plan.and_then(ends)),
            print(plan.map(|plan| show(plan.tokens, Unit::Tokens).number())),
            print(plan.map(|plan| ratio(plan.ratio))),
            print(plan.and_then(|plan| plan.loss).map(|loss| units::decimals(loss, 3))),
            criterion(0),
            criterion(1),
            print(hidden.and_then(|hidden| hidden.says_error(&one.method))),
            print(one.wasted.map(percent)),
        ]
    };
    Table {
        caption: title,
        head: HEADS.map(str::to_owned).to_vec(),
        rows: compared.iter().map(row).collect(),
    }
}

/// The methods that have a size, as a chart; nothing where none has.
pub fn chart(compared: &[Compared], title: &str, says: String) -> Option<Chart> {
    let said = compared.iter().enumerate().filter_map(|(at, one)| {
        let plan = one.plan.as_ref().ok()?;
        Some(Said { name: one.name(), value: plan.size, ends: plan.ends, own: at == 0 })
    });
    strip(title, says, ("compute-optimal parameters", "parameters"), &said.collect::<Vec<_>>())
}

/// The same with every digit, as a file.
pub fn csv(compared: &[Compared], hidden: Option<&BackTest>) -> String {
    let head =
        "method,parameters,90 % lower,90 % upper,tokens,loss,AIC,BIC,held-out error,wasted\n".to_owned();
    let row = |one: &Compared| {
        let plan = one.plan.as_ref().ok();
        let ends = plan.and_then(|plan| plan.ends);
        let numbers = [
            plan.map(|plan| plan.size),
            ends.map(|ends| ends[0]),
            ends.map(|ends| ends[1]),
            plan.map(|plan| plan.tokens),
            plan.and_then(|plan| plan.loss),
            one.criteria.map(|both| both[0]),
            one.criteria.map(|both| both[1]),
            hidden.and_then(|hidden| hidden.error(&one.method)),
            one.wasted,
        ];
        let cells: Vec<String> = numbers.map(|number| number.map(units::ascii).unwrap_or_default()).to_vec();
        format!("{},{}\n", json::string(&one.name()), cells.join(","))
    };
    head + &compared.iter().map(row).collect::<String>()
}

/// A size as it is printed.
pub fn size(size: f64) -> String {
    show(size, Unit::Parameters).number()
}

/// Tokens per parameter as they are printed.
pub fn ratio(ratio: f64) -> String {
    amount(ratio, Unit::TokensPerParameter)
}

/// The interval of a size as it is printed.
pub fn ends(plan: &Planned) -> Option<String> {
    plan.ends.map(|ends| between(plan.size, ends, Unit::Parameters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fit::methods::compare::methods;
    use crate::web::fit::study::Study;
    use crate::web::reading::LawEntry;

    fn law() -> LawEntry {
        LawEntry { parameters: vec!["alpha".to_owned(), "beta".to_owned()], ..LawEntry::default() }
    }

    const ANSWER: &str = concat!(
        r#"{"compare":{"methods":[{"name":"chinchilla","termination":"converged","aic":-489.04,"bic":-481.4,"#,
        r#""decision":{"at":{"N":{"value":73.2e9,"interval":[52.08e9,102.34e9]},"D":{"value":1.31e12}},"#,
        r#""value":{"value":1.9744}}},"#,
        r#"{"name":"chinchilla","termination":"max_iterations","aic":-352.8,"bic":-345.1,"#,
        r#""decision":{"at":{"N":{"value":76e9},"D":{"value":1.26e12}},"value":{"value":1.9744}}},"#,
        r#"{"name":"isoflop","error":{"code":"ask.malformed","message":"isoflop: expected runs with budgets","at":{"path":"isoflop"}}}],"#,
        r#""reference":0,"regret":[[0.0,0.0312,null]],"warnings":[]}}"#
    );

    fn compared() -> Vec<Compared> {
        let all = methods(&Study::default(), &law(), false, str::to_owned);
        read(ANSWER, &[0, 3, 6].map(|at| all[at].clone())).unwrap()
    }

    #[test]
    fn only_fits_by_the_same_loss_are_told_apart_by_criteria() {
        let rows = table(&compared(), None, String::new()).rows;
        assert_eq!(
            rows[0][1..],
            [
                "73.2\u{a0}B",
                "52.1 to 102.3\u{a0}B",
                "1.31\u{a0}T",
                "17.9",
                "1.974",
                "−489.0",
                "−481.4",
                "",
                "0.0\u{a0}%"
            ]
        );
        assert_eq!(rows[1][0], "Least squares, log loss, not converged");
        assert_eq!(rows[1][6..], ["", "", "", "3.1\u{a0}%"]);
        assert_eq!(rows[2][1], "");
        let file = csv(&compared(), None);
        let line = file.lines().nth(1).unwrap();
        assert_eq!(
            line,
            "\"Log-Huber, δ\u{a0}=\u{a0}0.001\",73200000000,52080000000,102340000000,1310000000000,1.9744,-489.04,-481.4,,0"
        );
    }

    #[test]
    fn the_sentence_says_what_is_left_out_and_what_the_wrong_choice_wastes() {
        let said = says(&compared(), 5.76e23, None);
        assert_eq!(
            said,
            "Compute-optimal size at 5.76\u{a0}×\u{a0}10²³\u{a0}FLOPs. Parabolas are left out: expected runs with budgets. If the first \
             is right, following least squares, log loss would waste 3.1\u{a0}% of the compute."
        );
        assert_eq!(title(6), "The same runs, six methods");
    }

    #[test]
    fn laws_fitted_by_one_loss_are_told_apart_by_criteria() {
        let beside = vec!["kaplan-size-and-data".to_owned()];
        let all = methods(&Study { beside, ..Study::default() }, &law(), false, |_| "Kaplan".to_owned());
        let one = |method: &Method, aic| Compared {
            method: method.clone(),
            in_doubt: false,
            plan: Err("none".to_owned()),
            criteria: Some([aic, aic]),
            wasted: None,
        };
        let said = says(&[one(&all[0], -489.0), one(&all[1], -480.25)], 1e21, None);
        assert!(said.contains("δ\u{a0}=\u{a0}0.001; Kaplan are left out: none."), "{said}");
        let first = Compared { plan: Err("no size".to_owned()), ..one(&all[0], -489.0) };
        let said = says(&[first, one(&all[1], -480.25)], 1e21, None);
        assert!(said.contains("“Kaplan” is left out: none."), "{said}");
        let most =
            "the runs support most “Log-Huber, δ\u{a0}=\u{a0}0.001”: its AIC is lower than any other by 8.8.";
        assert!(said.ends_with(most), "{said}");
    }
}
