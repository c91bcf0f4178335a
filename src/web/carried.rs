//! What an address carries in its fragment, beside the readable question in its query: a fit of the reader's own and, in a
//! link that was made to be shared, plans that are pinned and, where the reader said so, the runs.
//!
//! `#fit=…&pins=…&runs=…`. Each part stands there as it is or packed (`ui/packing.rs`), so what is damaged or cut off is
//! lost alone.

use std::sync::Arc;

use super::json::Json;
use super::link::{decode, encode};
use super::pins;
use super::question::Runs;

/// What a fragment carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// The answer of the reader's own fit, as JSON.
    pub fit: Option<Arc<str>>,
    /// The addresses of pinned plans.
    pub pins: Vec<String>,
    /// The reader's training runs, with all that was chosen about them.
    pub runs: Option<Runs>,
    /// The parts that could not be read.
    pub damaged: Vec<String>,
}

impl Carried {
    /// Reads a fragment, with its `#`. One that is a place in the page carries nothing.
    pub fn read(fragment: &str) -> Self {
        let mut carried = Self::default();
        for part in fragment.trim_start_matches('#').split('&') {
            if let Some((key, value)) = part.split_once('=')
                && decode(value).and_then(|value| carried.take(key, &value)).is_none()
            {
                carried.damaged.push(decode(key).unwrap_or_else(|| key.to_owned()));
            }
        }
        carried
    }

    fn take(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "fit" => self.fit = Some(Json::read(value).filter(|fit| fit.is_object()).map(|_| value.into())?),
            "pins" => {
                let (pins, all) = pins::read(value);
                self.pins = pins;
                return all.then_some(());
            }
            "runs" => self.runs = Some(Runs::read(value)?),
            _ => return None,
        }
        Some(())
    }

    /// The fragment, with its `#`; empty where there is nothing to carry.
    pub fn write(&self) -> String {
        let fit = self.fit.as_deref().map(|fit| format!("fit={}", encode(fit)));
        let pins = (!self.pins.is_empty()).then(|| format!("pins={}", encode(&pins::write(&self.pins))));
        let runs = self.runs.as_ref().map(|runs| format!("runs={}", encode(&runs.write())));
        let parts: Vec<String> = [fit, pins, runs].into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!("#{}", parts.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_arrives() {
        let mut runs = Runs::new("params,tokens,loss\n1B,20B,2.5\n", "runs & \"α\".csv");
        runs.switch(0, false);
        let carried = Carried {
            fit: Some(r#"{"fit":{"parameters":{"α":0.3}}}"#.into()),
            pins: vec!["?budget=1e24".to_owned(), "?budget=1e22&law=kaplan#fit=%7B%7D".to_owned()],
            runs: Some(runs),
            damaged: Vec::new(),
        };
        assert_eq!(Carried::read(&carried.write()), carried);
        assert_eq!(Carried::default().write(), "");
    }

    #[test]
    fn a_place_in_the_page_carries_nothing_and_damage_is_told() {
        let pins = Carried::read(&format!("#pins={}", encode("z1:xx\n?budget=1e24")));
        assert_eq!((pins.pins, pins.damaged), (vec!["?budget=1e24".to_owned()], vec!["pins".to_owned()]));
        assert_eq!(Carried::read("#runs"), Carried::default());
        let deep = format!("#fit={}", encode(&"{\"a\":".repeat(10_000)));
        for (fragment, damaged) in
            [("#fit=7", "fit"), ("#runs={}", "runs"), ("#__proto__=1", "__proto__"), (&*deep, "fit")]
        {
            assert_eq!(Carried::read(fragment).damaged, [damaged], "{damaged}");
        }
    }
}
