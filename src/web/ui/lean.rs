//! Signals, memos, effects and lists, all of one type inside.
//!
//! Leptos compiles its machinery anew for every type that a signal holds and for every closure that an effect runs,
//! one to four kilobytes each time. Here it is compiled once, for values and closures whose types it does not know.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

/// A value of any type that can be compared.
#[derive(Clone)]
pub struct Held(Arc<dyn Value>);

trait Value: Any + Send + Sync {
    fn equals(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Value for T {
    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        let other: &dyn Any = &*other.0;
        self.0.equals(other)
    }
}

impl Held {
    /// Holds a value.
    pub fn new<T: PartialEq + Send + Sync + 'static>(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// The value, of the type it was made of.
    ///
    /// # Panics
    /// If that is another.
    pub fn read<T: 'static>(&self) -> &T {
        let value: &dyn Any = &*self.0;
        value.downcast_ref().expect("a signal holds what it was made for")
    }
}

/// A value that can be read and written, and tells when it is written.
pub struct RwSignal<T> {
    held: leptos::prelude::RwSignal<Held>,
    of: PhantomData<fn() -> T>,
}

/// A value that follows others, and tells when it has changed.
pub struct Memo<T> {
    held: leptos::prelude::Memo<Held>,
    of: PhantomData<fn() -> T>,
}

macro_rules! reading {
    ($signal:ident) => {
        impl<T> Clone for $signal<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $signal<T> {}

        impl<T: 'static> $signal<T> {
            /// Reads it, and hears when it changes.
            pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
                read(self.held.get().read())
            }

            /// Reads it as it is now.
            pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
                read(self.held.get_untracked().read())
            }

            /// Hears when it changes.
            pub fn track(self) {
                self.held.track();
            }
        }

        impl<T: Clone + 'static> $signal<T> {
            /// The value; hears when it changes.
            pub fn get(self) -> T {
                self.with(T::clone)
            }

            /// The value as it is now.
            pub fn get_untracked(self) -> T {
                self.with_untracked(T::clone)
            }
        }
    };
}

reading!(RwSignal);
reading!(Memo);

impl<T: PartialEq + Send + Sync + 'static> RwSignal<T> {
    /// A signal with its first value.
    pub fn new(value: T) -> Self {
        Self { held: leptos::prelude::RwSignal::new(Held::new(value)), of: PhantomData }
    }

    /// Whether what it belonged to is no more on the page.
    pub fn is_disposed(self) -> bool {
        self.held.is_disposed()
    }

    /// Writes it.
    pub fn set(self, value: T) {
        self.held.set(Held::new(value));
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> RwSignal<T> {
    /// Changes it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let mut value = self.get_untracked();
        change(&mut value);
        self.set(value);
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// What follows the signals that `derive` reads.
    pub fn new(derive: impl Fn() -> T + Send + Sync + 'static) -> Self {
        fn memo(derive: Box<dyn Fn() -> Held + Send + Sync>) -> leptos::prelude::Memo<Held> {
            leptos::prelude::Memo::new(move |_| derive())
        }
        Self { held: memo(Box::new(move || Held::new(derive()))), of: PhantomData }
    }
}

/// Acts now, and whenever a signal changes that it reads.
pub fn effect(act: impl FnMut() + 'static) {
    fn run(act: Box<dyn FnMut()>) {
        Effect::new(act);
    }
    run(Box::new(act));
}

/// A view for each number of a list, which stays as long as its number does.
pub fn each(numbers: impl Fn() -> Vec<usize> + Send + 'static, row: fn(usize) -> AnyView) -> AnyView {
    fn list(numbers: Box<dyn Fn() -> Vec<usize> + Send>, row: fn(usize) -> AnyView) -> AnyView {
        view! { <For each=numbers key=|number| *number children=row/> }.into_any()
    }
    list(Box::new(numbers), row)
}
