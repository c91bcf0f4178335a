//! The last of what takes a while to make, kept until something else is wanted.

use std::cell::RefCell;

/// A value, and what it was made for.
pub struct Last<K, V>(RefCell<Option<(K, V)>>);

impl<K: PartialEq, V: Clone> Last<K, V> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(RefCell::new(None))
    }

    /// The value for this, made anew unless it was wanted last.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn get<E>(&self, wanted: K, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        if let Some((known, value)) = &*self.0.borrow()
            && *known == wanted
        {
            return Ok(value.clone());
        }
        // What is not wanted any more makes room first.
        self.0.take();
        let value = make()?;
        self.0.replace(Some((wanted, value.clone())));
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_what_is_wanted_again() {
        let (last, made) = (Last::new(), std::cell::Cell::new(0));
        let make = |fine: bool| {
            made.set(made.get() + 1);
            if fine { Ok(made.get()) } else { Err("no") }
        };
        assert_eq!(last.get("a", || make(true)), Ok(1));
        assert_eq!(last.get("a", || make(true)), Ok(1));
        assert_eq!(last.get("b", || make(false)), Err("no"));
        assert_eq!(last.get("a", || make(true)), Ok(3));
    }
}
