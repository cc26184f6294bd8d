use core::{fmt, ops::Deref, pin::Pin};

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

/// What can tell where it is suspended: all that [`#[generator]`](macro@crate::generator) makes.
///
/// A function marked so returns an `impl Generator`, `impl Iterator`, `impl Future` or `impl Stream` that has this trait
/// as well, without its signature saying so. Where the type is hidden behind another one it has to be said:
/// `F: Future + Suspended`. Ask by [`suspended_at`].
///
/// It takes no room in the machine, and no time while that runs.
///
/// # Examples
///
/// What wraps a machine passes the question on:
///
/// ```
/// use handcrank::{Suspended, SuspensionPoint};
///
/// struct Named<M> {
///     name: &'static str,
///     machine: M,
/// }
///
/// impl<M: Suspended> Suspended for Named<M> {
///     fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
///         self.machine.suspended(visit);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot tell where it is suspended",
    label = "not known to be made by `#[generator]`",
    note = "a box of `dyn Trait` hides its machine, and so does a type parameter without the bound `Suspended`"
)]
pub trait Suspended {
    /// Calls `visit` with the suspension point that this waits at, then with the one that what is awaited there waits
    /// at, and so on. Calls it not at all if this is not suspended.
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint));
}

impl<M: Suspended + ?Sized> Suspended for &M {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        (**self).suspended(visit);
    }
}

impl<M: Suspended + ?Sized> Suspended for &mut M {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        (**self).suspended(visit);
    }
}

#[cfg(feature = "alloc")]
impl<M: Suspended + ?Sized> Suspended for Box<M> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        (**self).suspended(visit);
    }
}

impl<P: Deref<Target: Suspended>> Suspended for Pin<P> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        (**self).suspended(visit);
    }
}

/// A `yield_!`, `yield_from!` or `.await`, and where it is in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SuspensionPoint {
    function: &'static str,
    file: &'static str,
    line: u32,
    column: u32,
    text: &'static str,
}

impl SuspensionPoint {
    pub(crate) const fn new(
        function: &'static str,
        file: &'static str,
        line: u32,
        column: u32,
        text: &'static str,
    ) -> Self {
        SuspensionPoint {
            function,
            file,
            line,
            column,
            text,
        }
    }

    /// The name of the function that it is in; `machine!` in one that is made in place.
    #[must_use]
    pub const fn function(&self) -> &'static str {
        self.function
    }

    /// The source file, as [`file!`] names it.
    #[must_use]
    pub const fn file(&self) -> &'static str {
        self.file
    }

    /// The line at which it starts, counted from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// The column at which it starts, counted from 1.
    #[must_use]
    pub const fn column(&self) -> u32 {
        self.column
    }

    /// The source text, on one line and without comments.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }
}

/// `function at file:line:column: text`
impl fmt::Display for SuspensionPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SuspensionPoint {
            function,
            file,
            line,
            column,
            text,
        } = self;
        write!(f, "{function} at {file}:{line}:{column}: {text}")
    }
}

/// Where a machine is suspended.
///
/// The answer follows what is awaited, and what is delegated to, as long as that was made by
/// [`#[generator]`](macro@crate::generator) too, or tells otherwise: it ends at a leaf, at a future of another crate, at
/// a `dyn Trait`, and at a type parameter that is not said to be [`Suspended`].
///
/// A machine that has not started, or that has ended, is not suspended.
///
/// # Examples
///
/// Printed, it is the stack of a task that is stuck:
///
/// ```
/// use std::future::{Future, pending};
/// use std::pin::pin;
/// use std::task::{Context, Waker};
///
/// use handcrank::{generator, suspended_at};
///
/// #[generator]
/// async fn answer(request: &str) -> usize {
///     pending::<()>().await;
///     request.len()
/// }
///
/// #[generator]
/// async fn serve() {
///     for request in ["a", "b"] {
///         answer(request).await;
///     }
/// }
///
/// let mut task = pin!(serve());
/// assert_eq!(suspended_at(&task).to_string(), "not suspended");
/// let _ = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
///
/// println!("{}", suspended_at(&task));
/// // serve at src/main.rs:16:9: answer(request).await
/// // answer at src/main.rs:9:5: pending::<()>().await
///
/// let at = suspended_at(&task);
/// let texts: Vec<&str> = at.points().map(|point| point.text()).collect();
/// assert_eq!(texts, ["answer(request).await", "pending::<()>().await"]);
/// ```
pub fn suspended_at<M: Suspended + ?Sized>(machine: &M) -> SuspendedAt<'_, M> {
    SuspendedAt { machine }
}

/// Where a machine is suspended: what [`suspended_at`] returns.
///
/// Printed, it is a line for each suspension point, outermost first, or `not suspended`.
pub struct SuspendedAt<'a, M: ?Sized> {
    machine: &'a M,
}

impl<'a, M: Suspended + ?Sized> SuspendedAt<'a, M> {
    /// The suspension points, outermost first.
    #[must_use]
    pub fn points(&self) -> Points<'a, M> {
        Points {
            machine: self.machine,
            passed: 0,
        }
    }
}

impl<M: ?Sized> Clone for SuspendedAt<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: ?Sized> Copy for SuspendedAt<'_, M> {}

impl<M: Suspended + ?Sized> fmt::Display for SuspendedAt<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        let mut separator = "";
        self.machine.suspended(&mut |point| {
            result = result.and_then(|()| write!(f, "{separator}{point}"));
            separator = "\n";
        });
        result?;
        if separator.is_empty() {
            f.write_str("not suspended")?;
        }
        Ok(())
    }
}

impl<M: Suspended + ?Sized> fmt::Debug for SuspendedAt<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.points()).finish()
    }
}

impl<'a, M: Suspended + ?Sized> IntoIterator for SuspendedAt<'a, M> {
    type Item = SuspensionPoint;
    type IntoIter = Points<'a, M>;
    fn into_iter(self) -> Points<'a, M> {
        self.points()
    }
}

/// The suspension points of [`SuspendedAt`], outermost first.
///
/// Nothing is allocated: each step asks the machine again.
pub struct Points<'a, M: ?Sized> {
    machine: &'a M,
    passed: usize,
}

impl<M: Suspended + ?Sized> Iterator for Points<'_, M> {
    type Item = SuspensionPoint;
    fn next(&mut self) -> Option<SuspensionPoint> {
        let (mut number, mut found) = (0, None);
        self.machine.suspended(&mut |point| {
            if number == self.passed {
                found = Some(point);
            }
            number += 1;
        });
        self.passed += usize::from(found.is_some());
        found
    }
}

impl<M: ?Sized> fmt::Debug for Points<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Points").finish_non_exhaustive()
    }
}
