//! The check that no borrow of a local crosses a suspension point: a copy of the original in which every
//! saved local is assigned at each of them. It never runs.

/// A condition that rustc knows nothing about.
#[must_use]
pub fn opaque() -> bool {
    unreachable!("the check of a movable generator never runs")
}

/// A value, of the type that is expected, after something has been assigned.
pub fn after<T>((): (), _: T) -> T {
    unreachable!("the check of a movable generator never runs")
}

/// A temporary that has a name, and its value from [`kept_ref`]. It has the destructor of that.
#[derive(Debug)]
pub struct Temporary<T>(pub T);

impl<T> Temporary<T> {
    /// It has none yet.
    #[allow(clippy::new_without_default, reason = "it is never run")]
    pub fn new() -> Self {
        unreachable!("the check of a movable generator never runs")
    }
}

/// What is kept: by way of a trait, so that its type is that of the value, and not what is expected of a reference to it.
pub trait Named {
    /// The value.
    type Value;
}
impl<T> Named for Temporary<T> {
    type Value = T;
}

/// A reference to a temporary that has a name: what is expected of it says what is expected of the value.
pub fn kept_ref<P: Named<Value = T>, T>(_: T, _: &mut P) -> &T {
    unreachable!("the check of a movable generator never runs")
}

/// [`kept_ref`], of a unique reference.
pub fn kept_mut<P: Named<Value = T>, T>(_: T, _: &mut P) -> &mut T {
    unreachable!("the check of a movable generator never runs")
}

/// A value of the type of a place.
pub fn anything<T>() -> T {
    unreachable!("the check of a movable generator never runs")
}
