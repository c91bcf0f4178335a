//! What the reader has chosen to sweep, as it was typed and chosen. The link, the Questions and all that is shown derive from
//! it.

use super::along::{Along, Axis, Mistake, Values};
use super::listed::Listed;
use super::size::Count;
use crate::units::{Unit, ascii, read};
use crate::web::limit::{Limit, Limited};
use crate::web::question::{BUDGET, FIT, Fit, LAW, Need, Question};

/// What is found at each point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Find {
    /// The plan of lowest loss.
    #[default]
    Plan,
    /// The loss of what the axes say.
    Loss,
}

/// What is shown of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Tokens for each parameter.
    #[default]
    Ratio,
    /// Parameters.
    Size,
    /// Tokens.
    Tokens,
    /// The loss.
    Loss,
    /// The share of the budget that trains, where something is served too.
    Training,
}

/// What the map shows of a sweep that stands against another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// This one alone.
    #[default]
    Own,
    /// What this one is more: a factor, or a difference of losses and shares.
    More,
    /// In how many refits this one is lower.
    Lower,
}

/// Another law that stands against the one that is swept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Its id.
    pub law: String,
    /// The id of its fit.
    pub fit: String,
}

/// What the reader has chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The id of a law, or a typed law as the contract's JSON.
    pub law: String,
    /// Values for its parameters.
    pub fit: Fit,
    /// What is found at each point.
    pub find: Find,
    /// What is shown of it.
    pub show: Show,
    /// The axis from left to right.
    pub across: Axis,
    /// The axis upwards; without one there is no map.
    pub up: Axis,
    /// The axis from panel to panel, beside the map; without one there are none.
    pub by: Axis,
    /// The budget, where no axis is.
    pub budget: String,
    /// What else the law depends on, where no axis says it; empty where a plan chooses the best.
    pub needs: Vec<Need>,
    /// What it stands against.
    pub against: Option<Other>,
    /// What the map shows of that.
    pub view: View,
    /// How many draws of the fit make the bands.
    pub refits: String,
    /// The values of both axes that the cursor stands at, as typed or read; empty at first.
    pub at: [String; 2],
    /// The values of the upward axis whose lines are kept.
    pub pins: Vec<String>,
}

/// The fit of the paper that the page's own is a refit of.
const PUBLISHED: &str = "hoffmann2022";
/// As many pins are kept.
pub const MOST_PINS: usize = 4;

impl Default for Chosen {
    fn default() -> Self {
        let law = Listed::default();
        let text = str::to_owned;
        Self {
            law: text(LAW),
            fit: Fit::Published(text(FIT)),
            find: Find::Plan,
            show: Show::Ratio,
            across: Along::Budget.usual(&law, "512"),
            up: Along::Demand.usual(&law, "256"),
            by: Axis::default(),
            budget: text(BUDGET),
            needs: Vec::new(),
            against: None,
            view: View::Own,
            refits: text("100"),
            at: [text("5.76e23"), text("2T")],
            pins: vec![text("10B"), text("20T")],
        }
    }
}

impl Show {
    /// What can be shown of a plan, or of a loss.
    pub const ALL: [Self; 5] = [Self::Size, Self::Tokens, Self::Ratio, Self::Loss, Self::Training];

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Size => "size",
            Self::Tokens => "tokens",
            Self::Loss => "loss",
            Self::Training => "training",
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ratio => "tokens per parameter",
            Self::Size => "parameters",
            Self::Tokens => "tokens",
            Self::Loss => "loss",
            Self::Training => "share spent on training",
        }
    }

    /// What stands over a picture of it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ratio => "Tokens per parameter",
            Self::Size => "Parameters",
            Self::Tokens => "Tokens",
            Self::Loss => "Loss",
            Self::Training => "Share spent on training",
        }
    }

    /// The head of a column of it.
    pub const fn column(self) -> &'static str {
        match self {
            Self::Ratio => "Tokens per parameter",
            Self::Size => "Size",
            Self::Tokens => "Tokens",
            Self::Loss => "Loss",
            Self::Training => "Spent on training",
        }
    }

    /// What follows a value of it: `tokens per parameter`.
    pub fn counts(self, law: &Listed) -> &'static str {
        match self {
            Self::Training => "of the budget spent on training",
            other => other.unit(law).words(),
        }
    }

    /// What it is an amount of where an answer does not say.
    pub const fn usual_unit(self) -> Unit {
        match self {
            Self::Ratio => Unit::TokensPerParameter,
            Self::Size => Unit::Parameters,
            Self::Tokens => Unit::Tokens,
            Self::Loss => Unit::NatsPerToken,
            Self::Training => Unit::One,
        }
    }

    /// What it is an amount of, of a law whose loss has this unit.
    pub fn unit(self, law: &Listed) -> Unit {
        let of_law = law.unit.parse().ok().filter(|_| self == Self::Loss);
        of_law.unwrap_or_else(|| self.usual_unit())
    }

    /// The output of a Question that it is.
    pub(super) const fn output(self) -> &'static str {
        match self {
            Self::Ratio => "D/N",
            Self::Size => "N",
            Self::Tokens => "D",
            Self::Loss => "loss",
            Self::Training => "3*D/(3*D + demand)",
        }
    }
}

impl Other {
    /// What it is called among these laws: by the fit alone where its law has others.
    pub fn name(&self, laws: &[Listed]) -> String {
        let Some(law) = laws.iter().find(|law| law.id == self.law) else { return self.law.clone() };
        let fit = law.fits.iter().find(|fit| fit.id == self.fit).filter(|_| law.fits.len() > 1);
        fit.map_or(&law.name, |fit| &fit.name).clone()
    }
}

impl View {
    /// Every kind, as the page offers them.
    pub const ALL: [Self; 3] = [Self::Own, Self::More, Self::Lower];

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::More => "more",
            Self::Lower => "lower",
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "this law",
            Self::More => "how they differ",
            Self::Lower => "in how many refits this law is lower",
        }
    }
}

impl Show {
    /// Whether two of them differ by a factor, and not by a difference.
    pub const fn by_factor(self) -> bool {
        matches!(self, Self::Size | Self::Tokens | Self::Ratio)
    }
}

impl Chosen {
    /// Stands against the law and fit that the published constants of Chinchilla are, or another of its fits; or against nothing
    /// any more.
    pub fn toggle_against(&mut self) {
        self.against = match self.against.take() {
            Some(_) => None,
            None => Some(Other { law: LAW.to_owned(), fit: PUBLISHED.to_owned() }),
        };
        self.view = if self.against.is_some() { View::More } else { View::Own };
    }

    /// What the axes run along, from left to right and upwards.
    pub fn axes(&self) -> [Option<Along>; 2] {
        [self.across.along(), self.up.along()]
    }

    /// Whether an axis runs along this.
    pub fn runs_along(&self, along: &Along) -> bool {
        self.axes().iter().flatten().any(|axis| axis == along)
    }

    /// What can be shown: a share of training only where something is served.
    pub fn shown(&self) -> Vec<Show> {
        let serves = self.runs_along(&Along::Demand);
        let is_here = |show: &Show| match self.find {
            Find::Loss => *show == Show::Loss,
            Find::Plan => *show != Show::Training || serves,
        };
        Show::ALL.into_iter().filter(is_here).collect()
    }

    /// The values of both axes; of one that is not there, none.
    ///
    /// # Errors
    /// The first axis that cannot be read, from 0, and why.
    pub fn values(&self, law: &Listed) -> Result<[Option<Values>; 2], (usize, Mistake)> {
        let read = |at: usize, axis: &Axis| match axis.along() {
            Some(along) => axis.read(along.unit(law)).map(Some).map_err(|mistake| (at, mistake)),
            None => Ok(None),
        };
        Ok([read(0, &self.across)?, read(1, &self.up)?])
    }

    /// How many draws are asked for.
    ///
    /// # Errors
    /// What is expected instead of what was typed.
    pub fn draws(&self) -> Result<usize, String> {
        let expected = "expected a whole number of refits such as 100";
        match read(&self.refits, Unit::One).map(|read| read.value) {
            Ok(count) if count >= 0.0 && count == crate::num::floor(count) => Ok(count as usize),
            Err(_) if self.refits.trim().is_empty() => Ok(0),
            _ => Err(expected.to_owned()),
        }
    }

    /// How large the sweep is, where `known` draws of the fit are at hand.
    pub fn count(&self, law: &Listed, known: usize) -> Option<Count> {
        let cells = self.values(law).ok()?.iter().flatten().map(|values| values.len() as f64).product();
        let draws = self.draws().ok()?.min(known);
        Some(Count { cells, entries: 1.0 + draws as f64 })
    }

    /// Takes law, fit, budget and serving demand of the question that was left on Plan.
    pub fn take_plan(&mut self, plan: &Question, law: &Listed) {
        self.law.clone_from(&plan.law);
        self.fit = plan.fit.clone();
        self.settle(law);
        let amount = |on: Limited| plan.limits.iter().find(|limit| limit.on == on)?.amount();
        let budget = plan.budget().ok().map(|budget| ascii(budget.flops));
        let demand = amount(Limited::Serving).map(|amount| ascii(amount.value));
        for (along, text) in [(Along::Budget, budget), (Along::Demand, demand)] {
            let at = self.axes().iter().position(|axis| axis.as_ref() == Some(&along));
            if let Some((at, text)) = at.zip(text) {
                self.at[at] = text;
            }
        }
    }

    /// The question of the Plan where the cursor stands, as far as the Plan has fields for it: a parameter is the fit's there.
    pub fn plan(&self) -> Question {
        let mut plan = Question { law: self.law.clone(), fit: self.fit.clone(), ..Question::default() };
        plan.budget.clone_from(&self.budget);
        plan.needs.clone_from(&self.needs);
        for (along, text) in self.axes().into_iter().zip(&self.at).filter(|(_, text)| !text.is_empty()) {
            let text = text.clone();
            let mut limit = |on| plan.limits.push(Limit { on, text: text.clone() });
            match along {
                Some(Along::Budget) => plan.budget = text,
                Some(Along::Demand) => limit(Limited::Serving),
                Some(Along::MostTokens) => limit(Limited::MostTokens),
                Some(Along::LargestSize) => limit(Limited::LargestSize),
                Some(Along::Input(name)) if !matches!(&*name, "N" | "D") => {
                    plan.needs.push(Need { name, text });
                }
                Some(Along::Input(_) | Along::Parameter(_)) | None => {}
            }
        }
        plan
    }

    /// Takes another law and fit: axes and needs that it does not have are given up.
    pub fn choose_law(&mut self, law: &Listed, fit: &str) {
        self.law.clone_from(&law.id);
        self.fit = Fit::Published(fit.to_owned());
        self.settle(law);
    }

    /// Finds something else at each point.
    pub fn choose_find(&mut self, find: Find, law: &Listed) {
        self.find = find;
        self.settle(law);
    }

    /// Runs the axis from panel to panel along something else.
    pub fn choose_panels(&mut self, along: Option<Along>, law: &Listed) {
        self.by = along.map_or_else(Axis::default, |along| along.usual(law, "4"));
        self.settle(law);
    }

    /// Runs an axis along something else.
    pub fn choose_axis(&mut self, at: usize, along: Option<Along>, law: &Listed) {
        let axis = [&self.across, &self.up][at];
        let steps = if axis.steps.is_empty() { "128".to_owned() } else { axis.steps.clone() };
        let new = along.map_or_else(Axis::default, |along| along.usual(law, &steps));
        let swapped = (new.of == [&self.up.of, &self.across.of][at].as_str()) && !new.of.is_empty();
        if swapped {
            std::mem::swap(&mut self.across, &mut self.up);
            self.at.swap(0, 1);
            self.pins.clear();
        } else if at == 0 {
            self.across = new;
            self.at[0].clear();
        } else {
            self.up = new;
            self.at[1].clear();
            self.pins.clear();
        }
        self.settle(law);
    }

    /// Gives up what does not go together.
    pub fn settle(&mut self, law: &Listed) {
        let offered = Along::offered(law, self.find == Find::Plan);
        let holds = |axis: &Axis| axis.along().is_some_and(|along| offered.contains(&along));
        if !holds(&self.across) {
            let first = offered.iter().find(|along| along.key() != self.up.of);
            self.across = first.map_or_else(Axis::default, |along| along.usual(law, "512"));
            self.at[0].clear();
        }
        if !self.up.of.is_empty() && (!holds(&self.up) || self.up.of == self.across.of) {
            let second = offered.iter().find(|along| along.key() != self.across.of);
            self.up = second.map_or_else(Axis::default, |along| along.usual(law, "256"));
            self.at[1].clear();
            self.pins.clear();
        }
        if !holds(&self.by) || [&self.across.of, &self.up.of].contains(&&self.by.of) {
            self.by = Axis::default();
        }
        if !self.shown().contains(&self.show) {
            self.show = self.shown()[0];
        }
        let needed = |symbol: &str| law.others().any(|input| input.symbol == symbol);
        self.needs.retain(|need| needed(&need.name));
    }

    /// What else the law depends on that no axis says.
    pub fn needed<'a>(&self, law: &'a Listed) -> Vec<&'a str> {
        let is_axis = |symbol: &str| self.runs_along(&Along::Input(symbol.to_owned()));
        let plans = self.find == Find::Plan;
        let inputs = law.inputs.iter().map(|input| &*input.symbol);
        let is_found = |symbol: &str| plans && matches!(symbol, "N" | "D");
        inputs.filter(|symbol| !is_axis(symbol) && !is_found(symbol)).collect()
    }

    /// What is typed for one of them.
    pub fn need(&self, name: &str) -> &str {
        self.needs.iter().find(|need| need.name == name).map_or("", |need| &need.text)
    }

    /// Types something for one of them.
    pub fn write_need(&mut self, name: &str, text: String) {
        match self.needs.iter_mut().find(|need| need.name == name) {
            Some(need) => need.text = text,
            None => self.needs.push(Need { name: name.to_owned(), text }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laws::LAWS;

    fn law(id: &str) -> Listed {
        LAWS.iter().filter(|law| law.id == id).find_map(|law| Listed::of(law)).unwrap()
    }

    #[test]
    fn the_question_of_the_plan_is_where_the_cursor_stands() {
        let mut plan = Question { budget: "1e24 FLOPs".to_owned(), ..Question::default() };
        plan.limits.push(Limit { on: Limited::Serving, text: "500B".to_owned() });
        plan.fit = Fit::Published("hoffmann2022".to_owned());
        let mut chosen = Chosen::default();
        chosen.take_plan(&plan, &law(LAW));
        assert_eq!((&chosen.fit, &chosen.at), (&plan.fit, &["1e24".to_owned(), "500000000000".to_owned()]));
        let there = chosen.plan();
        let amounts = |question: &Question| {
            (
                question.budget().map(|budget| budget.flops).ok(),
                question.limits[0].amount().map(|amount| amount.value),
            )
        };
        assert_eq!((amounts(&there), there.limits[0].on), (amounts(&plan), Limited::Serving));
        assert_eq!((there.law, there.fit), (plan.law, plan.fit));
    }

    #[test]
    fn what_another_law_does_not_count_is_given_up() {
        let mut chosen = Chosen::default();
        let kumar = law("kumar-uniform");
        chosen.choose_law(&kumar, "x");
        chosen.choose_axis(1, Some(Along::Input("P".to_owned())), &kumar);
        assert_eq!((&*chosen.up.of, chosen.pins.len()), ("at.P", 0));
        chosen.choose_axis(0, Some(Along::Input("P".to_owned())), &kumar);
        assert_eq!((&*chosen.across.of, &*chosen.up.of), ("at.P", "budget"));
        chosen.write_need("P", "8".to_owned());
        chosen.choose_law(&law(LAW), "refit-240");
        assert!(chosen.needs.is_empty() && chosen.across.of != chosen.up.of, "{chosen:?}");
        assert!(!chosen.runs_along(&Along::Input("P".to_owned())));
    }

    #[test]
    fn a_share_of_training_is_one_of_served_models() {
        let mut chosen = Chosen { show: Show::Training, ..Chosen::default() };
        chosen.choose_axis(1, Some(Along::MostTokens), &law(LAW));
        assert_eq!(chosen.show, Show::Size);
        chosen.choose_find(Find::Loss, &law(LAW));
        assert_eq!((chosen.show, chosen.shown()), (Show::Loss, vec![Show::Loss]));
        assert_eq!(chosen.needed(&law(LAW)), [""; 0]);
    }
}
