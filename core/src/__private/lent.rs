//! Resume arguments with lifetimes of their own, `impl Generator<&mut T>`: each is lent for one turn.
//!
//! What the body may do with one, the original says. There an argument is
//!
//! * a borrow of the [`Argument`], which every suspension point assigns: none may live past the next one;
//! * where lifetimes are not only those of references, in a second copy of the original, of a type with
//!   lifetimes that the body knows nothing about ([`Universal`]): nothing that lives shorter may be put into
//!   one, and lifetimes that the signature tells apart are not mixed up.
//!
//! The second is no part of the first, for a lifetime that ends with the turn is one that the body chooses: it
//! could choose that of a local for `'r` in `&'r RefCell<Vec<&'r str>>`.

use core::{fmt, marker::PhantomData, mem::ManuallyDrop, pin::Pin};

use super::{Body, Frame, Given, Machine, Shape, Yielding};
use crate::{Generator, GeneratorState, SuspensionPoint};

type Invariant<T> = PhantomData<fn(T) -> T>;

/// Four lifetimes: those that a resume argument has of its own, and as many more as it lacks.
pub struct Lifetimes<'a, 'b, 'c, 'd>(Invariant<(&'a (), &'b (), &'c (), &'d ())>);

impl fmt::Debug for Lifetimes<'_, '_, '_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lifetimes").finish()
    }
}

/// A resume argument's type at some lifetimes. `for<'r, 's, 't, 'u> fn(Lifetimes<'r, 's, 't, 'u>) -> &'r mut T`
/// is the type, open in them, of the argument `&mut T`.
pub trait LentAt<'a, 'b, 'c, 'd> {
    /// The type.
    type Argument;
}

impl<'a, 'b, 'c, 'd, K, A> LentAt<'a, 'b, 'c, 'd> for K
where
    K: FnOnce(Lifetimes<'a, 'b, 'c, 'd>) -> A,
{
    type Argument = A;
}

/// A resume argument's type, open in its own lifetimes.
pub trait Lent: for<'a, 'b, 'c, 'd> LentAt<'a, 'b, 'c, 'd> {}

impl<K> Lent for K where K: for<'a, 'b, 'c, 'd> LentAt<'a, 'b, 'c, 'd> {}

/// The argument at some lifetimes.
pub type At<'a, 'b, 'c, 'd, K> = <K as LentAt<'a, 'b, 'c, 'd>>::Argument;

/// What stands for whatever resumes the machine, in the original: arguments are borrowed from it.
#[derive(Debug)]
pub struct Argument;

/// Stands for one argument, in the original.
#[derive(Clone, Copy)]
pub struct Loan<'r>(Invariant<&'r ()>);

impl fmt::Debug for Loan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loan").finish()
    }
}

/// Borrows an argument.
pub fn lend(_: &mut Argument) -> Loan<'_> {
    unreachable!("the original never runs")
}

/// An argument type of which nothing is known but what it says.
pub struct Universal<A> {
    /// Stands for an argument. No method: an error is to be about what is done with it.
    pub lend: fn() -> A,
    lifetimes: Invariant<A>,
}

impl<A> Universal<A> {
    /// An argument type of which that is known which rustc infers: for a copy that checks something else.
    pub fn inferred() -> Self {
        unreachable!("the original never runs")
    }
}

impl<A> Clone for Universal<A> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<A> Copy for Universal<A> {}

impl<A> fmt::Debug for Universal<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Universal").finish()
    }
}

/// Holds a copy of the original, which is in a closure with an [`Universal`] as its parameter. Unlike a bound
/// with `Fn`, this leaves the lifetimes in the parameter's type to the closure.
pub fn universally<F>(_: F) {}

/// What an argument comes from.
pub trait Lender<K> {
    /// The argument's type.
    type Argument;
}

impl<'r, K: LentAt<'r, 'r, 'r, 'r>> Lender<K> for Loan<'r> {
    type Argument = At<'r, 'r, 'r, 'r, K>;
}

impl<K, A> Lender<K> for Universal<A> {
    type Argument = A;
}

/// Comes between the two halves of a `yield_!`.
#[derive(Debug)]
pub struct Suspended;

/// Of a machine whose arguments are lent: `K` is their type, open in its lifetimes.
impl<K, Y, O> Shape<K, Y, O> {
    /// Stands for the first half of `yield_!`.
    pub fn hand_out(&self, _: Yielding<Y>) -> Suspended {
        unreachable!("the original never runs")
    }

    /// Stands for the second half of `yield_!`, which evaluates to the next argument.
    pub fn resumed<A>(&self, _: Suspended, argument: A) -> A {
        argument
    }

    /// Stands for an argument that is handed in.
    pub fn lent<'r>(&self, _: Loan<'r>) -> At<'r, 'r, 'r, 'r, K>
    where
        K: LentAt<'r, 'r, 'r, 'r>,
    {
        unreachable!("the original never runs")
    }

    /// Stands for the first half of `yield_from!`: the first argument goes to what is delegated to.
    pub fn delegate<M, A>(&self, _: M, _: Given<A>) -> Delegate<M> {
        unreachable!("the original never runs")
    }

    /// Stands for the second half of `yield_from!`. What is delegated to is resumed with any argument.
    pub fn end<M, L, O2>(&self, _: Delegate<M>, _: L) -> O2
    where
        M: Generator<L::Argument, Yield = Y, Return = O2>
            + for<'a, 'b, 'c, 'd> Generator<At<'a, 'b, 'c, 'd, K>>,
        K: Lent,
        L: Lender<K>,
    {
        unreachable!("the original never runs")
    }

    /// The types at the lifetimes that all arguments have in the body that runs.
    #[inline(always)]
    #[must_use]
    pub const fn in_body<'a, 'b, 'c, 'd>(self) -> Shape<At<'a, 'b, 'c, 'd, K>, Y, O>
    where
        K: LentAt<'a, 'b, 'c, 'd>,
    {
        Shape::new()
    }
}

/// What is delegated to, while the machine is suspended in it.
#[derive(Debug)]
pub struct Delegate<M>(PhantomData<M>);

/// Stands for `.await` where the task context is lent.
pub fn original_await_lent<O, F: core::future::Future<Output = O>, L>(_: F, _: L) -> O {
    unreachable!("the original never runs")
}

/// A machine that may be resumed with an argument of any lifetimes.
#[must_use = "generators are lazy and do nothing unless resumed"]
pub struct LentMachine<M, K> {
    machine: M,
    argument: PhantomData<fn(K)>,
}

impl<F: Frame, B: Body<R, Frame = F>, R, P, K> LentMachine<Machine<F, B, R, P>, K> {
    /// Of a machine that takes the argument at some lifetimes.
    ///
    /// # Safety
    ///
    /// The body is right whatever the lifetimes of an argument are, and uses none after its turn: rustc has
    /// checked an original with such a [`Shape`].
    #[inline(always)]
    pub unsafe fn new<'a, 'b, 'c, 'd>(
        _: Shape<K, B::Yield, B::Return>,
        machine: Machine<F, B, R, P>,
    ) -> Self
    where
        K: LentAt<'a, 'b, 'c, 'd, Argument = R>,
    {
        LentMachine {
            machine,
            argument: PhantomData,
        }
    }
}

impl<'a, 'b, 'c, 'd, F: Frame, B: Body<R, Frame = F>, R, P, K: Lent>
    Generator<At<'a, 'b, 'c, 'd, K>> for LentMachine<Machine<F, B, R, P>, K>
{
    type Yield = B::Yield;
    type Return = B::Return;

    #[inline(always)]
    fn resume(
        self: Pin<&mut Self>,
        argument: At<'a, 'b, 'c, 'd, K>,
    ) -> GeneratorState<B::Yield, B::Return> {
        let argument = ManuallyDrop::new(argument);
        // SAFETY: `new` has seen that `R` is the same type, lifetimes apart, and its caller that the body does
        // not need them. The argument is moved: it is not dropped here.
        let argument = unsafe { (&raw const argument).cast::<R>().read() };
        // SAFETY: the machine is pinned with its wrapper, which has no `Drop` and never moves it.
        unsafe { self.map_unchecked_mut(|this| &mut this.machine) }.resume(argument)
    }
}

impl<M: crate::Suspended, K> crate::Suspended for LentMachine<M, K> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        self.machine.suspended(visit);
    }
}

impl<M, K> fmt::Debug for LentMachine<M, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LentMachine").finish_non_exhaustive()
    }
}
