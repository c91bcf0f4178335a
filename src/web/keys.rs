//! Keys that act by themselves, wherever the reader is not typing.

/// Keys that follow one another belong together within this time, in milliseconds.
const TOGETHER: f64 = 1500.0;

/// What keys do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Goes to the page of this name in the bar.
    Page(&'static str),
    /// Searches the laws.
    Search,
    /// Lists the keys.
    List,
}

/// A key, or several that are pressed one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// As the browser names them, with spaces between.
    pub pressed: &'static str,
    /// What they do, in words.
    pub does: &'static str,
    /// What they do.
    act: Act,
}

/// Every key that acts by itself.
pub const KEYS: [Keys; 6] = [
    Keys { pressed: "g p", does: "Go to Plan", act: Act::Page("Plan") },
    Keys { pressed: "g f", does: "Go to Fit", act: Act::Page("Fit") },
    Keys { pressed: "g l", does: "Go to Laws", act: Act::Page("Laws") },
    Keys { pressed: "g r", does: "Go to Frontier", act: Act::Page("Frontier") },
    Keys { pressed: "/", does: "Search the laws", act: Act::Search },
    Keys { pressed: "?", does: "List the keys", act: Act::List },
];

/// What has been pressed of keys that follow one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Begun {
    pressed: String,
    at: f64,
}

impl Begun {
    /// Hears one more key, at a time in milliseconds. What is begun is given up by a key that does not go on with it.
    pub fn hear(&mut self, key: &str, at: f64) -> Option<Act> {
        let begun = std::mem::take(&mut self.pressed);
        let together = at - self.at <= TOGETHER && !begun.is_empty();
        self.at = at;
        let goes_on = together.then(|| format!("{begun} {key}"));
        goes_on.and_then(|pressed| self.take(&pressed)).or_else(|| self.take(key))
    }

    /// Does what was pressed, or waits for the rest of it.
    fn take(&mut self, pressed: &str) -> Option<Act> {
        let rest = |keys: &Keys| keys.pressed.strip_prefix(pressed).is_some_and(|rest| rest.starts_with(' '));
        if KEYS.iter().any(rest) {
            pressed.clone_into(&mut self.pressed);
        }
        KEYS.iter().find(|keys| keys.pressed == pressed).map(|keys| keys.act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(keys: &[(&str, f64)]) -> Vec<Act> {
        let mut begun = Begun::default();
        keys.iter().filter_map(|(key, at)| begun.hear(key, *at)).collect()
    }

    #[test]
    fn every_entry_does_what_it_says() {
        for keys in KEYS {
            let pressed: Vec<_> = keys.pressed.split(' ').map(|key| (key, 0.0)).collect();
            assert_eq!(heard(&pressed), [keys.act], "{}", keys.pressed);
        }
    }

    #[test]
    fn what_is_begun_is_given_up_by_another_key_or_with_time() {
        assert_eq!(heard(&[("g", 0.0), ("x", 1.0), ("p", 2.0)]), []);
        assert_eq!(heard(&[("g", 0.0), ("p", 2000.0)]), []);
        assert_eq!(heard(&[("g", 0.0), ("g", 1.0), ("f", 2.0)]), [Act::Page("Fit")]);
        assert_eq!(heard(&[("g", 0.0), ("?", 1.0), ("p", 2.0)]), [Act::List]);
    }
}
