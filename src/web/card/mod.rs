//! A card: one answer of the Plan, to stand in another page.
//!
//! All of it is in the fragment of its address, and it is written as text by one function: natively into the document that the
//! build makes, and in the reader's browser, with an engine that knows the laws that the Plan opens with (`src/bin/card.rs`).

mod pictures;
mod snippet;
mod written;

pub use snippet::{Output, Room, snippet};
pub use written::{Written, written};

use super::link;
use super::question::Question;
use super::theme::Theme;

/// What a card shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The numbers of the plan, and the frontier.
    #[default]
    Answer,
    /// The frontier.
    Frontier,
    /// All sizes and tokens, by their loss.
    Map,
    /// The fit: its values, and where they are from.
    Fit,
    /// The law: its formula, and what it gives at the plan.
    Law,
    /// What other published fits say.
    Disagreement,
}

impl Kind {
    /// All of them, in the order of the dialog.
    pub const ALL: [Self; 6] =
        [Self::Answer, Self::Frontier, Self::Map, Self::Fit, Self::Law, Self::Disagreement];

    /// Its name in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Frontier => "frontier",
            Self::Map => "map",
            Self::Fit => "fit",
            Self::Law => "law",
            Self::Disagreement => "disagreement",
        }
    }

    /// Its name in the dialog.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer => "Answer",
            Self::Frontier => "Frontier",
            Self::Map => "Isoloss map",
            Self::Fit => "Fit",
            Self::Law => "Law",
            Self::Disagreement => "Disagreement",
        }
    }
}

/// What a reader of a card can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live {
    /// The budget, or what is given in its place.
    Budget,
    /// The law and its fit.
    Law,
    /// The limits that it has.
    Limits,
}

impl Live {
    /// All of them, in the order of the dialog.
    pub const ALL: [Self; 3] = [Self::Budget, Self::Law, Self::Limits];

    /// Its name in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Law => "law",
            Self::Limits => "limits",
        }
    }

    /// Its name in the dialog.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Budget => "Budget",
            Self::Law => "Law",
            Self::Limits => "Limits",
        }
    }
}

/// A card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What it shows.
    pub kind: Kind,
    /// How it looks.
    pub theme: Theme,
    /// What its reader can change.
    pub live: Vec<Live>,
    /// What it answers.
    pub question: Question,
}

impl Default for Card {
    fn default() -> Self {
        Self {
            kind: Kind::default(),
            theme: Theme::default(),
            live: vec![Live::Budget],
            question: Question::default(),
        }
    }
}

/// The keys of what is a card's own.
const CARD: &str = "card";
const THEME: &str = "theme";
const LIVE: &str = "live";
/// The key of a fit that is not published.
const OWN: &str = "own";
/// What is live where nothing is.
const NONE: &str = "none";

impl Card {
    /// Reads a fragment, with its `#` or without. What cannot be read is as usual.
    pub fn read(fragment: &str) -> Self {
        let mut card = Self::default();
        let (mut query, mut own) = (Vec::new(), String::new());
        for part in fragment.trim_start_matches('#').split('&') {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let is = |known: &str| Some(known) == link::decode(value).as_deref();
            match key {
                CARD => card.kind = Kind::ALL.into_iter().find(|kind| is(kind.key())).unwrap_or_default(),
                THEME => card.theme = Theme::of(link::decode(value).as_deref()),
                LIVE => card.live = live(&link::decode(value).unwrap_or_default()),
                OWN => own = format!("#fit={value}"),
                _ => query.push(part),
            }
        }
        card.question = link::open(&query.join("&"), &own).question;
        card
    }

    /// The fragment, with its `#`.
    pub fn write(&self) -> String {
        let mut parts = vec![format!("{CARD}={}", self.kind.key())];
        parts.extend(self.theme.key().map(|theme| format!("{THEME}={theme}")));
        if self.live != [Live::Budget] {
            let live: Vec<&str> = self.live.iter().map(|live| live.key()).collect();
            parts.push(format!("{LIVE}={}", if live.is_empty() { NONE.to_owned() } else { live.join(",") }));
        }
        let address = link::address(&self.question);
        let (query, fit) =
            address.split_once("#fit=").map_or((&*address, None), |(query, fit)| (query, Some(fit)));
        parts.extend(query.strip_prefix('?').map(str::to_owned));
        parts.extend(fit.map(|fit| format!("{OWN}={fit}")));
        format!("#{}", parts.join("&"))
    }

    /// Whether its reader can change something.
    pub fn lives(&self, live: Live) -> bool {
        self.live.contains(&live)
    }
}

fn live(text: &str) -> Vec<Live> {
    Live::ALL.into_iter().filter(|live| text.split(',').any(|known| known == live.key())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::limit::{Limit, Limited};
    use super::super::question::Fit;
    use super::*;

    #[test]
    fn a_card_is_what_its_address_says() {
        let limits = vec![Limit { on: Limited::MostTokens, text: "300B & more".to_owned() }];
        let own = Fit::Yours(r#"{"parameters":{"E":1.8,"α":0.34}}"#.into());
        for kind in Kind::ALL {
            for (theme, live, fit) in [
                (Theme::System, vec![Live::Budget], Question::default().fit),
                (Theme::Dark, Vec::new(), own.clone()),
                (Theme::Light, Live::ALL.to_vec(), Fit::Published("hoffmann2022".to_owned())),
            ] {
                let question =
                    Question { budget: "$2M".to_owned(), limits: limits.clone(), fit, ..Question::default() };
                let card = Card { kind, theme, live, question };
                assert_eq!(Card::read(&card.write()), card, "{}", card.write());
            }
        }
        assert_eq!(Card::default().write(), "#card=answer");
    }

    #[test]
    fn a_damaged_address_is_a_card_too() {
        for fragment in ["", "#", "#card=%F&theme=<b>&live=all&own={", "#__proto__=1&budget=%E2%82", "#=&&="]
        {
            assert_eq!(Card::read(fragment).kind, Kind::Answer, "{fragment}");
        }
        assert_eq!(Card::read("#live=none").live, []);
    }
}
