//! What is looked for: the best plan of a budget, the least that reaches a loss, or the best for a size or tokens.

use super::json;
use super::reading::Plan;
use crate::units::{Read, Unit, UnitError, read, show};

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Find {
    /// The lowest loss within a budget.
    #[default]
    Loss,
    /// The least compute that reaches a loss.
    Compute,
    /// The fewest dollars that reach a loss.
    Dollars,
    /// The size for which so many tokens are compute-optimal.
    Size,
    /// The tokens for which a size is compute-optimal.
    Tokens,
}

/// What is given where no budget is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// A loss to reach.
    Loss,
    /// The tokens that there are.
    Tokens,
    /// The size of the model.
    Size,
}

/// What was typed for each aim; it stays while another is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aims([String; Aim::ALL.len()]);

impl Find {
    /// Everything that can be looked for.
    pub const ALL: [Self; 5] = [Self::Loss, Self::Compute, Self::Dollars, Self::Size, Self::Tokens];

    /// What it is called, after "Find".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loss => "the lowest loss within a budget",
            Self::Compute => "the least compute for a loss",
            Self::Dollars => "the cheapest plan for a loss",
            Self::Size => "the size for given tokens",
            Self::Tokens => "the tokens for a given size",
        }
    }

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Compute => "compute",
            Self::Dollars => "dollars",
            Self::Size => "size",
            Self::Tokens => "tokens",
        }
    }

    /// What is looked for by a name in a link.
    pub fn keyed(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|find| find.key() == key)
    }

    /// What is given instead of a budget.
    pub const fn aim(self) -> Option<Aim> {
        match self {
            Self::Loss => None,
            Self::Compute | Self::Dollars => Some(Aim::Loss),
            Self::Size => Some(Aim::Tokens),
            Self::Tokens => Some(Aim::Size),
        }
    }
}

impl Aim {
    /// Every aim.
    pub const ALL: [Self; 3] = [Self::Loss, Self::Tokens, Self::Size];

    /// What its field is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loss => "Loss to reach",
            Self::Tokens => "Tokens at hand",
            Self::Size => "Size of the model",
        }
    }

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Loss => "for-loss",
            Self::Tokens => "for-tokens",
            Self::Size => "for-size",
        }
    }

    /// The unit it is given in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Loss => Unit::NatsPerToken,
            Self::Tokens => Unit::Tokens,
            Self::Size => Unit::Parameters,
        }
    }

    /// The variable of the plan that it is.
    const fn variable(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Tokens => "D",
            Self::Size => "N",
        }
    }

    /// What is expected of its text.
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Loss => "a loss such as 2.0",
            Self::Tokens => "a number of tokens such as 1.4T",
            Self::Size => "a number of parameters such as 70B",
        }
    }

    /// What a plan has of it, as it might be typed.
    pub fn of(self, plan: &Plan) -> Option<String> {
        let amount = match self {
            Self::Loss => plan.value,
            Self::Tokens => plan.tokens(),
            Self::Size => plan.size(),
        };
        Some(show(amount?, self.unit()).number().replace('\u{a0}', " "))
    }

    /// How its text reads.
    ///
    /// # Errors
    /// Why it is no such amount.
    pub fn read(self, text: &str) -> Result<Read, UnitError> {
        read(text, self.unit())
    }

    /// What a Question says of it, as JSON: a limit on the loss, or what the best plan of the budget has.
    pub(super) fn rule(self, text: &str) -> String {
        let bound = if self == Self::Loss { "at_most" } else { "equal" };
        json::object(&[("of", json::string(self.variable())), (bound, json::string(text))])
    }
}

impl Aims {
    /// What was typed.
    pub fn text(&self, aim: Aim) -> &str {
        &self.0[aim as usize]
    }

    /// Types.
    pub fn write(&mut self, aim: Aim, text: String) {
        self.0[aim as usize] = text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_aim_has_its_own_text() {
        let mut aims = Aims::default();
        for aim in Aim::ALL {
            aims.write(aim, aim.key().to_owned());
        }
        assert!(Aim::ALL.iter().all(|aim| aims.text(*aim) == aim.key()));
        assert!(Find::ALL.iter().all(|find| Find::keyed(find.key()) == Some(*find)));
    }
}
