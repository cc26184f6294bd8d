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

/// A value of the type of a place.
pub fn anything<T>() -> T {
    unreachable!("the check of a movable generator never runs")
}
