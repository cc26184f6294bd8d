//! `?` in a body: std's `Try` is unstable, so this is its copy, for all types that std has it for.
//!
//! Rule: [`core::ops::Try`], RFC 3058.

use core::{convert::Infallible, ops::ControlFlow, task::Poll};

/// Ends each `match` of a body: the original's are exhaustive, or say that they are not.
///
/// # Safety
///
/// The other arms are those of the original.
#[inline(always)]
pub const unsafe fn unmatched() -> ! {
    // SAFETY: rustc has checked that the original's arms match every value.
    unsafe { core::hint::unreachable_unchecked() }
}

/// What `?` can be applied to.
#[diagnostic::on_unimplemented(
    message = "the `?` operator can only be applied to values that implement `Try`",
    label = "the `?` operator cannot be applied to type `{Self}`"
)]
pub trait Try: Sized {
    /// What `?` evaluates to.
    type Output;
    /// What `?` returns early with.
    type Residual;
    /// Goes on or returns early. In tuples, of which an expansion takes the part at the user's place.
    fn branch(self) -> ControlFlow<(Self::Residual,), (Self::Output,)>;
}

/// What a body that applies `?` to such a residual can return.
#[diagnostic::on_unimplemented(
    message = "the `?` operator cannot return `{R}` from a body that returns `{Self}`",
    label = "cannot use the `?` operator here in a body that returns `{Self}`"
)]
pub trait FromResidual<R> {
    /// The error that comes; `()` if there is none.
    type Given;
    /// The error that is returned.
    type Wanted;
    /// The value returned early. `convert` is [`From::from`]: it stands in the expansion, so that rustc says
    /// which error cannot be converted.
    fn from_residual(residual: R, convert: fn(Self::Given) -> Self::Wanted) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T> Try for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;
    #[inline(always)]
    fn branch(self) -> ControlFlow<(Self::Residual,), (T,)> {
        match self {
            Some(value) => ControlFlow::Continue((value,)),
            None => ControlFlow::Break((None,)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T> FromResidual<Option<Infallible>> for Option<T> {
    type Given = ();
    type Wanted = ();
    #[inline(always)]
    fn from_residual(_: Option<Infallible>, _: fn(())) -> Self {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> Try for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;
    #[inline(always)]
    fn branch(self) -> ControlFlow<(Self::Residual,), (T,)> {
        match self {
            Ok(value) => ControlFlow::Continue((value,)),
            Err(error) => ControlFlow::Break((Err(error),)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, E, F> FromResidual<Result<Infallible, E>> for Result<T, F> {
    type Given = E;
    type Wanted = F;
    #[inline(always)]
    fn from_residual(residual: Result<Infallible, E>, convert: fn(E) -> F) -> Self {
        let Err(error) = residual;
        Err(convert(error))
    }
}

#[diagnostic::do_not_recommend]
impl<B, C> Try for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;
    #[inline(always)]
    fn branch(self) -> ControlFlow<(Self::Residual,), (C,)> {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue((value,)),
            ControlFlow::Break(value) => ControlFlow::Break((ControlFlow::Break(value),)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<B, C> FromResidual<ControlFlow<B, Infallible>> for ControlFlow<B, C> {
    type Given = ();
    type Wanted = ();
    #[inline(always)]
    fn from_residual(residual: ControlFlow<B, Infallible>, _: fn(())) -> Self {
        let ControlFlow::Break(value) = residual;
        ControlFlow::Break(value)
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> Try for Poll<Result<T, E>> {
    type Output = Poll<T>;
    type Residual = Result<Infallible, E>;
    #[inline(always)]
    fn branch(self) -> ControlFlow<(Self::Residual,), (Poll<T>,)> {
        match self {
            Poll::Ready(Ok(value)) => ControlFlow::Continue((Poll::Ready(value),)),
            Poll::Ready(Err(error)) => ControlFlow::Break((Err(error),)),
            Poll::Pending => ControlFlow::Continue((Poll::Pending,)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, E, F> FromResidual<Result<Infallible, E>> for Poll<Result<T, F>> {
    type Given = E;
    type Wanted = F;
    #[inline(always)]
    fn from_residual(residual: Result<Infallible, E>, convert: fn(E) -> F) -> Self {
        let Err(error) = residual;
        Poll::Ready(Err(convert(error)))
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> Try for Poll<Option<Result<T, E>>> {
    type Output = Poll<Option<T>>;
    type Residual = Result<Infallible, E>;
    #[inline(always)]
    fn branch(self) -> ControlFlow<(Self::Residual,), (Poll<Option<T>>,)> {
        match self {
            Poll::Ready(Some(Ok(value))) => ControlFlow::Continue((Poll::Ready(Some(value)),)),
            Poll::Ready(Some(Err(error))) => ControlFlow::Break((Err(error),)),
            Poll::Ready(None) => ControlFlow::Continue((Poll::Ready(None),)),
            Poll::Pending => ControlFlow::Continue((Poll::Pending,)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, E, F> FromResidual<Result<Infallible, E>> for Poll<Option<Result<T, F>>> {
    type Given = E;
    type Wanted = F;
    #[inline(always)]
    fn from_residual(residual: Result<Infallible, E>, convert: fn(E) -> F) -> Self {
        let Err(error) = residual;
        Poll::Ready(Some(Err(convert(error))))
    }
}

/// No residual. A second one for each type, for rustc points at the only one that there is.
#[derive(Debug)]
pub enum NoResidual {}

#[diagnostic::do_not_recommend]
impl<T> FromResidual<NoResidual> for Option<T> {
    type Given = ();
    type Wanted = ();
    fn from_residual(no: NoResidual, _: fn(())) -> Self {
        match no {}
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> FromResidual<NoResidual> for Result<T, E> {
    type Given = ();
    type Wanted = ();
    fn from_residual(no: NoResidual, _: fn(())) -> Self {
        match no {}
    }
}

#[diagnostic::do_not_recommend]
impl<B, C> FromResidual<NoResidual> for ControlFlow<B, C> {
    type Given = ();
    type Wanted = ();
    fn from_residual(no: NoResidual, _: fn(())) -> Self {
        match no {}
    }
}

/// What is left of a macro like `ensure!`, which may return an error, where it has not.
#[derive(Debug)]
pub struct Passed;
