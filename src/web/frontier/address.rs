//! A sweep in the address of the page: what stands at its usual value is left out.

use super::along::{Axis, Spacing};
use super::chosen::{Chosen, Find, MOST_PINS, Other, Show, View};
use crate::web::carried::Carried;
use crate::web::link::{MADE_BY, VERSION, decode, encode};
use crate::web::question::{Fit, LAW, Need};

/// What the key of something that the law depends on begins with.
const NEED: &str = "need.";
/// What stands between the parts of an axis.
const BETWEEN: char = '~';

impl Chosen {
    /// The query and the fragment of its address, with their signs; empty where all is as usual.
    pub fn address(&self) -> String {
        let usual = Self::default();
        let mut parts = Vec::new();
        let mut part = |key: &str, value: &str, is: bool| {
            if is {
                parts.push(format!("{key}={}", encode(value)));
            }
        };
        part("law", &self.law, self.law != usual.law);
        let mut carried = Carried::default();
        match &self.fit {
            Fit::Published(id) => part("fit", id, self.fit != usual.fit && !id.is_empty()),
            Fit::Yours(text) => carried.fit = Some(text.clone()),
        }
        part("find", "loss", self.find == Find::Loss);
        part("show", self.show.key(), self.show != usual.show);
        part("across", &written(&self.across), self.across != usual.across);
        part("up", &written(&self.up), self.up != usual.up);
        part("by", &written(&self.by), self.by != usual.by);
        part("budget", &self.budget, self.budget != usual.budget);
        let against = self.against.as_ref().map(|other| joined(&[&other.law, &other.fit]));
        part("against", against.as_deref().unwrap_or_default(), against.is_some());
        part("view", self.view.key(), self.view != usual.view);
        part("refits", &self.refits, self.refits != usual.refits);
        part("at", &joined(&self.at), self.at != usual.at);
        part("pins", &joined(&self.pins), self.pins != usual.pins);
        for need in &self.needs {
            part(&format!("{NEED}{}", encode(&need.name)), &need.text, !need.text.is_empty());
        }
        let fragment = carried.write();
        if parts.is_empty() && fragment.is_empty() {
            return String::new();
        }
        parts.push(format!("{MADE_BY}={VERSION}"));
        format!("?{}{fragment}", parts.join("&"))
    }

    /// Reads a query, with its `?`, and a fragment, with its `#`; and the parts of them that could not be read.
    pub fn open(query: &str, fragment: &str) -> (Self, Vec<String>) {
        let (mut chosen, mut damaged) = (Self::default(), Vec::new());
        let mut has_fit = false;
        for part in query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            has_fit |= key == "fit";
            if decode(value).and_then(|value| chosen.take(key, value)).is_none() {
                damaged.push(decode(key).unwrap_or_else(|| key.to_owned()));
            }
        }
        let carried = Carried::read(fragment);
        damaged.extend(carried.damaged);
        if let Some(fit) = carried.fit {
            chosen.fit = Fit::Yours(fit);
        }
        // The fit that the page opens with is one of its own law.
        if chosen.law != LAW && chosen.fit == Self::default().fit && !has_fit {
            chosen.fit = Fit::Published(String::new());
        }
        (chosen, damaged)
    }

    fn take(&mut self, key: &str, value: String) -> Option<()> {
        match key {
            MADE_BY => {}
            "law" => self.law = value,
            "fit" => self.fit = Fit::Published(value),
            "find" => self.find = if value == "loss" { Find::Loss } else { return None },
            "show" => self.show = Show::ALL.into_iter().find(|show| show.key() == value)?,
            "across" => self.across = read(&value)?,
            "up" => self.up = read(&value)?,
            "by" => self.by = read(&value)?,
            "budget" => self.budget = value,
            "against" => {
                let [law, fit] = split(&value)?.try_into().ok()?;
                self.against = Some(Other { law, fit });
            }
            "view" => self.view = View::ALL.into_iter().find(|view| view.key() == value)?,
            "refits" => self.refits = value,
            "at" => self.at = split(&value)?.try_into().ok()?,
            "pins" if value.is_empty() => self.pins.clear(),
            "pins" => self.pins = split(&value)?.into_iter().take(MOST_PINS).collect(),
            _ => {
                let name = decode(key.strip_prefix(NEED)?)?;
                self.needs.push(Need { name, text: value });
            }
        }
        Some(())
    }
}

fn written(axis: &Axis) -> String {
    let Axis { of, spacing, from, to, steps } = axis;
    if of.is_empty() { String::new() } else { joined(&[of, spacing.name(), from, to, steps]) }
}

/// Texts as one; what stands between them may stand in them too.
fn joined(texts: &[impl AsRef<str>]) -> String {
    let escape = |text: &str| text.replace('%', "%25").replace(BETWEEN, "%7E");
    let texts: Vec<String> = texts.iter().map(|text| escape(text.as_ref())).collect();
    texts.join(&BETWEEN.to_string())
}

fn split(text: &str) -> Option<Vec<String>> {
    // A plus is a plus here: the whole was decoded by now.
    text.split(BETWEEN).map(|text| decode(&text.replace('+', "%2B"))).collect()
}

fn read(text: &str) -> Option<Axis> {
    if text.is_empty() {
        return Some(Axis::default());
    }
    let [of, spacing, from, to, steps] = split(text)?.try_into().ok()?;
    let spacing = Spacing::ALL.into_iter().find(|known| known.name() == spacing)?;
    let axis = Axis { of, spacing, from, to, steps };
    axis.along().map(|_| axis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::frontier::along::Along;
    use crate::web::frontier::listed::Listed;

    fn opened(chosen: &Chosen) -> (Chosen, Vec<String>) {
        let address = chosen.address();
        let (query, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
        Chosen::open(query, fragment)
    }

    #[test]
    fn the_usual_sweep_has_a_bare_address() {
        assert_eq!(Chosen::default().address(), "");
        assert_eq!(Chosen::open("", ""), (Chosen::default(), Vec::new()));
    }

    #[test]
    fn an_address_opens_what_it_was_made_of() {
        let mut chosen = Chosen {
            law: "kumar-uniform".to_owned(),
            fit: Fit::Yours(r#"{"parameters":{"E":1.8,"α":0.34}}"#.into()),
            find: Find::Loss,
            show: Show::Loss,
            up: Axis {
                spacing: Spacing::List,
                from: "1T, 2 T".to_owned(),
                ..Along::Input("P_w & β".to_owned()).usual(&Listed::default(), "")
            },
            by: Along::Parameter("beta".to_owned()).usual(&Listed::default(), "3"),
            budget: "1e22 & more".to_owned(),
            refits: "4000".to_owned(),
            against: Some(Other { law: "gadre".to_owned(), fit: "redpajama".to_owned() }),
            view: View::Lower,
            at: ["1e22".to_owned(), "8~".replace('~', "")],
            pins: vec!["4".to_owned()],
            ..Chosen::default()
        };
        chosen.write_need("D", "140B".to_owned());
        assert_eq!(opened(&chosen), (chosen.clone(), Vec::new()));
        let flat = Chosen { up: Axis::default(), pins: Vec::new(), ..chosen };
        assert_eq!(opened(&flat), (flat, Vec::new()));
    }

    #[test]
    fn the_rest_of_a_damaged_address_opens() {
        let (chosen, damaged) = Chosen::open("?refits=7&show=colour&up=budget~log&find=me&blue=1", "#fit=7");
        assert_eq!(chosen, Chosen { refits: "7".to_owned(), ..Chosen::default() });
        assert_eq!(damaged, ["show", "up", "find", "blue", "fit"]);
        assert_eq!(Chosen::open("?law=other", "").0.fit, Fit::Published(String::new()));
    }
}
