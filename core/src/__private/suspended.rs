//! Where a machine is suspended: what its `tells` is made of. It runs for nobody but who asks.

use core::{fmt, mem::MaybeUninit};

use super::Position;
use crate::{Suspended, SuspensionPoint};

/// Tells at which of these suspension points of a function a machine is, if it is at one.
pub fn tell<P: Position>(
    at: P,
    function: &'static str,
    file: &'static str,
    points: &[(u32, u32, &'static str)],
    visit: &mut dyn FnMut(SuspensionPoint),
) {
    let number: usize = at.number().into();
    let point = number.checked_sub(1).and_then(|index| points.get(index));
    if let Some(&(line, column, text)) = point {
        visit(SuspensionPoint::new(function, file, line, column, text));
    }
}

/// What a machine awaits or delegates to.
pub struct Child<T>(*const T);

impl<T> fmt::Debug for Child<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child").finish()
    }
}

/// What is awaited or delegated to at the point where the machine is suspended.
///
/// # Safety
///
/// It is there, and stays for as long as the value is used. It may be shared: nothing else in the frame refers to it.
pub const unsafe fn child<T>(saved: *const MaybeUninit<T>) -> Child<T> {
    Child(saved.cast())
}

/// The child tells where it is. The first of the two traits of which the child's type has the method decides, by
/// auto-ref.
pub trait Follows {
    /// Tells it.
    fn follow(&self, visit: &mut dyn FnMut(SuspensionPoint));
}

impl<T: Suspended> Follows for Child<T> {
    fn follow(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        // SAFETY: `child` was told that it is there.
        unsafe { &*self.0 }.suspended(visit);
    }
}

/// The child cannot tell.
pub trait Ends {
    /// Tells nothing.
    fn follow(&self, _: &mut dyn FnMut(SuspensionPoint)) {}
}

impl<T> Ends for &Child<T> {}
