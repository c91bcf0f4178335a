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
use super::question::{Fit, Question};
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

    /// The one of this name in an address.
    pub fn keyed(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
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

/// A card read from an address, and what its reader is to know of that address.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The card, as usual where its address says nothing that can be read.
    pub card: Card,
    /// The parts of the address that could not be read, by their names there.
    pub damaged: Vec<String>,
    /// The version of Isoflop that made it, where that is another than this one.
    pub version: Option<String>,
}

/// The keys of what is a card's own.
const CARD: &str = "card";
const THEME: &str = "theme";
const LIVE: &str = "live";
/// The key of a fit that is not published.
const OWN: &str = "own";
/// What is live where nothing is.
const NONE: &str = "none";
/// The look of the system, in an address.
const SYSTEM: &str = "system";

impl Opened {
    /// Takes a part of an address that is a card's own; nothing where it cannot be read.
    fn take(&mut self, key: &str, value: &str) -> Option<()> {
        let value = link::decode(value)?;
        match key {
            CARD => self.card.kind = Kind::keyed(&value)?,
            THEME => self.card.theme = theme(&value)?,
            _ => self.card.live = live(&value)?,
        }
        Some(())
    }

    /// Takes the rest of an address, which is that of a question.
    fn ask(&mut self, query: &str, own: Option<&str>) {
        let fit = own.map(|own| format!("#fit={own}")).unwrap_or_default();
        let opened = link::open(query, &fit);
        self.damaged.extend(opened.damaged);
        if own.is_some() && !matches!(opened.question.fit, Fit::Yours(_)) {
            // What is damaged of a fragment comes last, and there this part is called otherwise.
            self.damaged.pop();
            self.damaged.push(OWN.to_owned());
        }
        self.version = link::other_version(query);
        self.card.question = opened.question;
    }
}

impl Card {
    /// Reads a fragment, with its `#` or without. What cannot be read is as usual.
    pub fn read(fragment: &str) -> Opened {
        let mut opened = Opened { card: Self::default(), damaged: Vec::new(), version: None };
        let (mut query, mut own) = (Vec::new(), None);
        for part in fragment.trim_start_matches('#').split('&') {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match key {
                CARD | THEME | LIVE if opened.take(key, value).is_none() => {
                    opened.damaged.push(key.to_owned());
                }
                CARD | THEME | LIVE => {}
                OWN => own = Some(value),
                _ => query.push(part),
            }
        }
        opened.ask(&query.join("&"), own);
        opened
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

fn theme(text: &str) -> Option<Theme> {
    let theme = Theme::of(Some(text));
    (theme != Theme::System || text == SYSTEM).then_some(theme)
}

fn live(text: &str) -> Option<Vec<Live>> {
    let names = || text.split(',').filter(|name| !matches!(*name, "" | NONE));
    let is_known = |name: &str| Live::ALL.iter().any(|live| live.key() == name);
    let all = Live::ALL.into_iter().filter(|live| names().any(|name| name == live.key()));
    names().all(is_known).then(|| all.collect())
}

#[cfg(test)]
mod tests {
    use super::super::limit::{Limit, Limited};
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
                let opened = Opened { card: card.clone(), damaged: Vec::new(), version: None };
                assert_eq!(Card::read(&card.write()), opened, "{}", card.write());
            }
        }
        assert_eq!(Card::default().write(), "#card=answer");
    }

    #[test]
    fn a_damaged_address_is_a_card_too() {
        for fragment in ["", "#", "#card=%F&theme=<b>&live=all&own={", "#__proto__=1&budget=%E2%82", "#=&&="]
        {
            assert_eq!(Card::read(fragment).card.kind, Kind::Answer, "{fragment}");
        }
        assert_eq!(Card::read("#live=none").card.live, []);
    }

    #[test]
    fn what_could_not_be_read_of_an_address_is_named_as_it_is_there() {
        for (fragment, damaged) in [
            ("#card=map&theme=system&live=budget,law&budget=1e21+FLOPs", &[][..]),
            ("#live=none&theme=dark", &[]),
            ("#card=pie&theme=blue&live=all", &["card", "theme", "live"]),
            ("#own={&budget=1e21+FLOPs", &["own"]),
            ("#own=z1:damaged&fit=%F", &["fit", "own"]),
            ("#fit=%F&own=%7B%7D", &["fit"]),
            ("#budget=%F&find=me&colour=blue", &["budget", "find", "colour"]),
        ] {
            assert_eq!(Card::read(fragment).damaged, damaged, "{fragment}");
        }
        let kept = Card::read("#own={&budget=1e21+FLOPs&theme=dark").card;
        assert_eq!((&*kept.question.budget, kept.theme), ("1e21 FLOPs", Theme::Dark));
        assert_eq!(Card::read("#budget=1e21&v=9.9.9").version.as_deref(), Some("9.9.9"));
    }
}
