//! Does `x.method()` move `x` or borrow it? Syntax cannot tell, so rustc is asked.
//!
//! A closure's captures depend on how its body uses a variable. `UnwindSafe` holds for a closure that
//! owns a [`Local`] and fails for one that borrows it; `FnMut` is the other way round. So exactly one of
//! the two [`Pick`] impls applies, and the answer is a type: the branch that must not run starts with a
//! call that returns an uninhabited type, so it is dead code that the borrow checker never sees.
//!
//! Rules: closure capture modes (reference, "Closure types"), `rustc_hir_typeck/src/upvar.rs`.

use core::{cell::UnsafeCell, convert::Infallible, fmt, marker::PhantomData, panic::UnwindSafe};

/// A type carried from one place to another without a value.
pub struct Ty<T: ?Sized>(PhantomData<fn() -> *mut T>);

impl<T: ?Sized> Ty<T> {
    /// A type that is inferred.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        Ty(PhantomData)
    }
    /// That of the place here.
    #[inline(always)]
    #[must_use]
    pub const fn at(_: *const T) -> Self {
        Ty(PhantomData)
    }
    /// It is the type of this place.
    pub const fn is(&self, _: &T) {}
    /// It is the type of what this points to, which may not be aligned.
    pub const fn is_at(&self, _: *const T) {}
    /// It is that type.
    pub const fn is_that(&self, _: &Ty<T>) {}
}

impl<T> Ty<T> {
    /// It is the type of this value, which is returned.
    #[inline(always)]
    pub fn same(&self, value: T) -> T {
        value
    }
    /// A value of the type, in code that never runs.
    pub fn any(&self) -> T {
        unreachable!("a probe never runs")
    }
}

/// Makes a closure that captures nothing where a call has told its type, of which there is one value: so the closure can be
/// written more than once. What is told may be a function pointer as well, to which the call coerces it.
macro_rules! made_of_nothing {
    ($($name:ident, $with:ident ($($arg:ident),*);)*) => {
        impl<T> Ty<T> {$(
            /// Of a closure with so many parameters.
            #[inline(always)]
            pub fn $name<$($arg,)* R>(&self, closure: fn($($arg),*) -> R) -> T
            where
                T: FnOnce($($arg),*) -> R + Copy,
            {
                if size_of::<T>() == 0 {
                    // SAFETY: the type is that of a copy of this closure, which captures nothing, for it is a pointer here.
                    return unsafe { of_nothing() };
                }
                const {
                    assert!(
                        size_of::<T>() == 0 || size_of::<T>() == size_of::<fn()>(),
                        "a closure is coerced to a function pointer and to nothing else"
                    );
                }
                // SAFETY: the type is a function pointer, to which the closure is coerced, and differs from this one in
                // lifetimes alone: a call of the one is a call of the other.
                unsafe { core::mem::transmute_copy(&closure) }
            }

            /// The same of one that may return a closure, of which each copy returns another.
            #[inline(always)]
            pub fn $with<$($arg,)* R, S>(&self, _: fn($($arg),*) -> S) -> T
            where
                T: FnOnce($($arg),*) -> R + Copy,
            {
                const {
                    assert!(
                        size_of::<T>() == 0,
                        "a closure that returns one is given as a function pointer: bind it before, by \
                         `let f: fn(_) -> _ = ..;`"
                    );
                }
                // SAFETY: as above.
                unsafe { of_nothing() }
            }
        )*}
    };
}

made_of_nothing! {
    made_of_nothing_0, made_with_closure_0();
    made_of_nothing_1, made_with_closure_1(A);
    made_of_nothing_2, made_with_closure_2(A, B);
    made_of_nothing_3, made_with_closure_3(A, B, C);
    made_of_nothing_4, made_with_closure_4(A, B, C, D);
}

/// The value of a type without a size.
///
/// # Safety
///
/// There is one, and it is copied.
#[inline(always)]
const unsafe fn of_nothing<T: Copy>() -> T {
    // SAFETY: what has no size is read from any address that is aligned.
    unsafe { core::ptr::NonNull::<T>::dangling().read() }
}

/// A value of a type which is known before it is looked at.
#[inline(always)]
pub fn told<T>(_: Ty<T>, value: T) -> T {
    value
}

/// A value of the type that is expected.
#[inline(always)]
pub fn of_expected<T>(value: T) -> T {
    value
}

/// What `Some`, `Ok` and `Err` make, and `Box::new`.
#[diagnostic::on_unimplemented(
    message = "`Some`, `Ok`, `Err` or `Box` is not the prelude's here, and does something: write its path, `Type::Some`"
)]
pub trait InPrelude {}
impl<T> InPrelude for Option<T> {}
impl<T, E> InPrelude for Result<T, E> {}
#[cfg(feature = "alloc")]
impl<T: ?Sized> InPrelude for alloc::boxed::Box<T> {}

/// Asserts that it makes no difference when a value is made.
#[inline(always)]
pub const fn in_prelude<T: InPrelude>(value: T) -> T {
    value
}

impl<T: ?Sized> fmt::Debug for Ty<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ty").finish()
    }
}

/// Stands for the saved local inside the probe's closure.
#[derive(Debug)]
pub struct Local<T> {
    /// The local.
    pub value: T,
    shared_is_not_unwind_safe: PhantomData<UnsafeCell<u8>>,
}

impl<T> UnwindSafe for Local<T> {}

// SAFETY: there is none: it is made in code that never runs. It is never `Sync`, so that a closure is not `Send` that
// shares one.
unsafe impl<T> Send for Local<T> {}

impl<T> Local<T> {
    /// A stand-in of this type, in code that never runs.
    pub fn like(_: &Ty<T>) -> Self {
        unreachable!("a probe never runs")
    }
}

/// The type of a closure, of which it is asked how it captures.
pub struct Probe<C>(PhantomData<fn() -> C>);

impl<C> Clone for Probe<C> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<C> Copy for Probe<C> {}

impl<C> fmt::Debug for Probe<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Probe").finish()
    }
}

/// The one mode that holds for a probe.
#[diagnostic::on_unimplemented(
    message = "cannot tell whether this moves a local that is kept across a suspension point",
    label = "bind the local anew just before: `let x = x;`"
)]
pub trait Pick<M> {}

/// The local is borrowed or copied.
#[derive(Debug)]
pub enum Borrows {}

/// The local is moved.
#[derive(Debug)]
pub enum Moves {}

impl<C: FnMut()> Pick<Borrows> for Probe<C> {}
impl<C: UnwindSafe> Pick<Moves> for Probe<C> {}

/// What starts a branch: uninhabited in the one that must not run. It is no type that is inferred alone, for which rustc
/// looks before it has asked the probe (an internal error, until Rust 1.88).
#[derive(Debug)]
pub struct Branch<T>(pub T);

/// How something is used, with what makes the branch for another use dead code.
pub trait Use {
    /// Which of the two it is.
    const MOVES: bool;
    /// Uninhabited unless the local is borrowed.
    type InBorrow;
    /// Uninhabited unless the local is moved.
    type InMove;
    /// Starts the branch that borrows.
    fn in_borrow() -> Self::InBorrow;
    /// Starts the branch that moves.
    fn in_move() -> Self::InMove;
}

/// [`Borrows`] or [`Moves`]: what a call does to what it is made on.
pub trait Mode: Use {
    /// What the frame keeps of a value on which a method is called: nothing if the method takes it.
    type Lent<T>;
    /// Keeps it, or gives it back.
    ///
    /// # Safety
    ///
    /// As for [`super::Saved::put`].
    unsafe fn lend<T>(guard: &mut super::Saved<'_, Self::Lent<T>>, value: T) -> Option<T>;
    /// Where it is.
    fn lent<T>(slot: &super::Slot<Self::Lent<T>>) -> *mut T;
    /// What the frame keeps of a part on which a method is called, while the arguments are evaluated: nothing if the
    /// method borrows it.
    type Handed<T>;
    /// Takes the part, if the method does.
    fn hand<T>(take: impl FnOnce() -> T) -> Self::Handed<T>;
    /// The same, when the arguments have been evaluated.
    fn handed<T>(part: Self::Handed<T>) -> Option<T>;
}

/// A use by reference.
pub trait ByReference {
    /// Whether the local is changed.
    type Access;
}

impl ByReference for Borrows {
    type Access = super::place::Shared;
}

impl<B: ByReference> Use for B {
    const MOVES: bool = false;
    type InBorrow = ();
    type InMove = Infallible;
    #[inline(always)]
    fn in_borrow() {}
    fn in_move() -> Infallible {
        unreachable!("the other branch runs")
    }
}

impl Mode for Borrows {
    type Lent<T> = T;
    #[inline(always)]
    unsafe fn lend<T>(guard: &mut super::Saved<'_, T>, value: T) -> Option<T> {
        // SAFETY: the caller's.
        unsafe { guard.put(value) };
        None
    }
    #[inline(always)]
    fn lent<T>(slot: &super::Slot<T>) -> *mut T {
        slot.at()
    }
    type Handed<T> = ();
    #[inline(always)]
    fn hand<T>(_: impl FnOnce() -> T) {}
    #[inline(always)]
    fn handed<T>((): ()) -> Option<T> {
        None
    }
}

impl Use for Moves {
    const MOVES: bool = true;
    type InBorrow = Infallible;
    type InMove = ();
    fn in_borrow() -> Infallible {
        unreachable!("the other branch runs")
    }
    #[inline(always)]
    fn in_move() {}
}

impl Mode for Moves {
    type Lent<T> = ();
    #[inline(always)]
    unsafe fn lend<T>(_: &mut super::Saved<'_, ()>, value: T) -> Option<T> {
        Some(value)
    }
    fn lent<T>(_: &super::Slot<()>) -> *mut T {
        unreachable!("the other branch runs")
    }
    type Handed<T> = T;
    #[inline(always)]
    fn hand<T>(take: impl FnOnce() -> T) -> T {
        take()
    }
    #[inline(always)]
    fn handed<T>(part: T) -> Option<T> {
        Some(part)
    }
}

impl<C> Probe<C> {
    /// A closure's type that is inferred.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        Probe(PhantomData)
    }
    /// It is the type of this closure.
    pub const fn is(&self, _: &C) {}

    /// Whether the closure moves its local.
    #[inline(always)]
    pub fn moves<M: Mode>(&self) -> bool
    where
        Self: Pick<M>,
    {
        M::MOVES
    }
    /// Starts the branch for a closure that borrows its local.
    #[inline(always)]
    pub fn in_borrow<M: Mode>(&self) -> Branch<M::InBorrow>
    where
        Self: Pick<M>,
    {
        Branch(M::in_borrow())
    }
    /// Starts the branch for a closure that moves its local.
    #[inline(always)]
    pub fn in_move<M: Mode>(&self) -> Branch<M::InMove>
    where
        Self: Pick<M>,
    {
        Branch(M::in_move())
    }
    /// Starts a call that borrows its local, for the local is used again; if syntax errs in that, it does not
    /// compile: see [`super::Slot::again`].
    #[inline(always)]
    pub fn stays<M: Mode>(&self) -> Branch<M::InBorrow>
    where
        Self: Pick<M>,
    {
        const {
            assert!(
                !M::MOVES,
                "a local that is kept across a suspension point is moved here, and seems to be used \
                 again: say `return` or `break` after what never returns, and assign it in plain sight"
            );
        }
        Branch(M::in_borrow())
    }
    /// Refuses a closure that leaves behind a local of this type which would have to be dropped.
    #[inline(always)]
    pub fn takes<T, M: Mode>(&self, _: &Ty<T>)
    where
        Self: Pick<M>,
    {
        const {
            assert!(
                M::MOVES || !core::mem::needs_drop::<T>(),
                "a method borrows what it is called on, although std's methods of its name take it: bind it \
                 before, by `let value = ..;` if it is a temporary, by `let value = &value;` if it is a local"
            );
        }
    }
}

/// How a part is used, told before it is used.
pub struct ModeOf<M>(PhantomData<fn() -> M>);

impl<M> Clone for ModeOf<M> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<M> Copy for ModeOf<M> {}

impl<M: Use> ModeOf<M> {
    /// A mode that is inferred.
    #[inline(always)]
    pub const fn new() -> Self {
        ModeOf(PhantomData)
    }
    /// Whether it is moved.
    #[inline(always)]
    pub fn moves(&self) -> bool {
        M::MOVES
    }
    /// Initialises a value on which a method is called: with the guard of an operand if the method takes it,
    /// with that of a temporary if not.
    ///
    /// # Safety
    ///
    /// As for [`super::Saved::put`].
    #[inline(always)]
    pub unsafe fn put<T>(
        &self,
        temporary: &mut super::Saved<'_, T>,
        operand: &mut super::Saved<'_, T>,
        value: T,
    ) {
        // SAFETY: the caller's.
        unsafe {
            if M::MOVES {
                operand.put(value);
            } else {
                temporary.put(value);
            }
        }
    }
    /// If the call moves the local, it is an operand from now on.
    ///
    /// # Safety
    ///
    /// The local is live, and both are its guards.
    #[inline(always)]
    pub unsafe fn hand_over<T>(
        &self,
        local: &mut super::Saved<'_, T>,
        operand: &mut super::Saved<'_, T>,
    ) {
        if M::MOVES {
            local.give_up();
            // SAFETY: the caller's.
            unsafe { operand.own() };
        }
    }
    /// Starts code that runs if the part has been moved.
    #[inline(always)]
    pub fn in_move(&self) -> Branch<M::InMove> {
        Branch(M::in_move())
    }
    /// Starts code that runs if it has not.
    #[inline(always)]
    pub fn in_borrow(&self) -> Branch<M::InBorrow> {
        Branch(M::in_borrow())
    }
}

impl<M> fmt::Debug for ModeOf<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ModeOf").finish()
    }
}

/// A value of the type that a place has, in code that never runs.
pub fn like<T>(_: *const T) -> T {
    unreachable!("a probe never runs")
}

/// A use by value that is known to leave the local usable.
#[diagnostic::on_unimplemented(
    message = "a `move` closure in a closure takes a local that is kept across a suspension point",
    label = "make the closure around it a `move` closure, too"
)]
pub trait Copied: Copy {}
impl<T: Copy> Copied for T {}

/// Reads a local that is used again later.
///
/// # Safety
///
/// `place` points to a live value.
#[inline(always)]
pub const unsafe fn copied<T: Copied>(place: *const T) -> T {
    // SAFETY: the caller's; the type is `Copy`.
    unsafe { place.read() }
}

/// One of the arms of a selection: the first, or one of the others.
#[derive(Debug)]
pub enum Either<A, B> {
    /// The first.
    This(A),
    /// One after it.
    Other(B),
}

/// What a call starts with: the types of what it is made on and of its result, the question whether it moves that, and
/// the value, if it does.
pub type Received<T, U, C> = (Ty<T>, Ty<U>, Probe<C>, Option<T>);

/// The types are inferred.
#[inline(always)]
pub(super) const fn inferred<T, U, C>(local: Option<T>) -> Received<T, U, C> {
    (Ty::new(), Ty::new(), Probe::new(), local)
}

/// What a call on a saved local starts with: if it moves the local, the value, taken before the arguments
/// are evaluated.
///
/// # Safety
///
/// As for [`super::Saved::take`].
#[inline(always)]
pub unsafe fn receive<T, U, C, M: Mode>(guard: &mut super::Saved<'_, T>) -> Received<T, U, C>
where
    Probe<C>: Pick<M>,
{
    let local = if M::MOVES {
        // SAFETY: the caller's.
        Some(unsafe { guard.take() })
    } else {
        None
    };
    inferred(local)
}

/// [`receive`], of a value that the frame keeps if the method borrows it.
///
/// # Safety
///
/// As for [`super::Saved::put`].
#[inline(always)]
pub unsafe fn receive_temporary<T, U, C, M: Mode>(
    guard: &mut super::Saved<'_, M::Lent<T>>,
    value: T,
) -> Received<T, U, C>
where
    Probe<C>: Pick<M>,
{
    // SAFETY: the caller's.
    let local = unsafe { M::lend(guard, value) };
    inferred(local)
}

/// Where the value is that [`receive_temporary`] has put into the frame.
#[inline(always)]
pub fn lent<T, C, M: Mode>(slot: &super::Slot<M::Lent<T>>, _: &Probe<C>, _: &Ty<T>) -> *mut T
where
    Probe<C>: Pick<M>,
{
    M::lent(slot)
}

/// [`receive`], of an operand whose mode is asked for before.
///
/// # Safety
///
/// As there.
#[inline(always)]
pub unsafe fn receive_operand<T, U, C, M: Mode>(
    guard: &mut super::Saved<'_, T>,
    _: ModeOf<M>,
) -> Received<T, U, C>
where
    Probe<C>: Pick<M>,
{
    // SAFETY: the caller's.
    unsafe { receive(guard) }
}

/// The value that [`receive`] took.
///
/// # Safety
///
/// The call moves the local.
#[inline(always)]
pub unsafe fn received<T>(local: Option<T>) -> T {
    // SAFETY: the caller's.
    unsafe { local.unwrap_unchecked() }
}
