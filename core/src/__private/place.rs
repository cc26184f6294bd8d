//! Places that are evaluated before a suspension point and used after it: `table[i()] == yield_!(1)`.
//!
//! A pointer to the place is kept. Whether the place is used mutably decides between `Index` and `IndexMut`,
//! `Deref` and `DerefMut`; where that depends on a method, rustc is asked, as in `probe.rs`: a closure that
//! borrows a variable mutably is not `Copy`, and one that shares what is not `Sync` is not `Send`.

use core::{cell::Cell, convert::Infallible, fmt, marker::PhantomData, mem::MaybeUninit};

use super::{Branch, Probe, Slot, Ty};

/// The place is read, or borrowed by `&`.
#[derive(Debug)]
pub enum Shared {}

/// The place is assigned, or borrowed by `&mut`.
#[derive(Debug)]
pub enum Unique {}

/// A place that is kept for such an access.
pub struct Held<T: ?Sized, A>(*mut T, PhantomData<fn() -> A>);

// SAFETY: it stands for a `&T`.
unsafe impl<T: ?Sized + Sync> Send for Held<T, Shared> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for Held<T, Shared> {}
// SAFETY: it stands for a `&mut T`.
unsafe impl<T: ?Sized + Send> Send for Held<T, Unique> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for Held<T, Unique> {}

impl<T: ?Sized, A> fmt::Debug for Held<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held").finish_non_exhaustive()
    }
}

/// The value of a place that can be copied: what is done to the place later does not change it.
pub struct Copied<T>(MaybeUninit<T>);

impl<T> fmt::Debug for Copied<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Copied").finish_non_exhaustive()
    }
}

/// Keeps a place that is read.
#[inline(always)]
pub const fn shared<T: ?Sized>(place: *const T) -> Held<T, Shared> {
    Held(place.cast_mut(), PhantomData)
}

/// Keeps a place that is written.
#[inline(always)]
pub const fn unique<T: ?Sized>(place: *mut T) -> Held<T, Unique> {
    Held(place, PhantomData)
}

/// What a slot keeps of a place.
pub trait Keeps {
    /// The type of the place.
    type Place: ?Sized;
    /// The place.
    fn place(&mut self) -> *mut Self::Place;
}

impl<T: ?Sized, A> Keeps for Held<T, A> {
    type Place = T;
    #[inline(always)]
    fn place(&mut self) -> *mut T {
        self.0
    }
}

impl<T> Keeps for Copied<T> {
    type Place = T;
    #[inline(always)]
    fn place(&mut self) -> *mut T {
        self.0.as_mut_ptr()
    }
}

/// `*held(x)` is the place expression for what a slot keeps.
///
/// # Safety
///
/// The slot is initialised.
#[inline(always)]
pub unsafe fn held<K: Keeps>(slot: &Slot<K>) -> *mut K::Place {
    // SAFETY: the caller's; nothing else refers to what the slot keeps.
    unsafe { &mut *slot.at() }.place()
}

/// Keeps an operand of a comparison: the value of a scalar, as of all that can be copied, for it is read
/// before the other operand is evaluated. Of anything else a reference is made, so that the place does not
/// change. The method is found for the first of the two traits which has it: what can be copied.
pub trait KeepsValue<T> {
    /// Reads the place.
    ///
    /// # Safety
    ///
    /// The place is live.
    unsafe fn keep(&self, place: *const T) -> Copied<T>;
}

impl<T: Copy> KeepsValue<T> for Ty<T> {
    #[inline(always)]
    unsafe fn keep(&self, place: *const T) -> Copied<T> {
        // SAFETY: the caller's. A field of a packed struct need not be aligned.
        Copied(MaybeUninit::new(unsafe { place.read_unaligned() }))
    }
}

/// See [`KeepsValue`].
pub trait KeepsPlace<T: ?Sized> {
    /// Points to the place.
    ///
    /// # Safety
    ///
    /// None is needed; it is called as [`KeepsValue::keep`] is.
    unsafe fn keep(&self, place: *const T) -> Held<T, Shared>;
}

impl<T: ?Sized> KeepsPlace<T> for &Ty<T> {
    #[inline(always)]
    unsafe fn keep(&self, place: *const T) -> Held<T, Shared> {
        shared(place)
    }
}

/// Stands for a place, behind a reference, or for a variable inside of a probe's closure.
#[derive(Debug)]
pub struct Unsync<T: ?Sized> {
    is_not_sync: PhantomData<Cell<()>>,
    /// The place.
    pub value: T,
}

// SAFETY: there is none: it is made in code that never runs.
unsafe impl<T: ?Sized> Send for Unsync<T> {}

impl<T> Unsync<T> {
    /// A stand-in of this type, in code that never runs.
    pub fn like(_: &Ty<T>) -> Self {
        unreachable!("a probe never runs")
    }
}

/// A stand-in for what a slot keeps, in code that never runs.
pub fn stand_in<T: ?Sized>(_: *mut T) -> &'static mut Unsync<T> {
    unreachable!("a probe never runs")
}

/// The access that holds for a probe.
#[diagnostic::on_unimplemented(
    message = "cannot tell whether this changes a place that is kept across a suspension point",
    label = "bind the arguments before: `let value = ..;`"
)]
pub trait PickAccess<A> {}
impl<C: Copy> PickAccess<Shared> for Probe<C> {}
impl<C: Send> PickAccess<Unique> for Probe<C> {}

/// [`Shared`] or [`Unique`], with what makes the other's branch dead code.
pub trait Access {
    /// Which of the two it is.
    const UNIQUE: bool;
    /// Uninhabited unless the place is read.
    type InShared;
    /// Uninhabited unless the place is written.
    type InUnique;
    /// Starts the branch that reads.
    fn in_shared() -> Self::InShared;
    /// Starts the branch that writes.
    fn in_unique() -> Self::InUnique;
}

impl Access for Shared {
    const UNIQUE: bool = false;
    type InShared = ();
    type InUnique = Infallible;
    #[inline(always)]
    fn in_shared() {}
    fn in_unique() -> Infallible {
        unreachable!("the other branch runs")
    }
}

impl Access for Unique {
    const UNIQUE: bool = true;
    type InShared = Infallible;
    type InUnique = ();
    fn in_shared() -> Infallible {
        unreachable!("the other branch runs")
    }
    #[inline(always)]
    fn in_unique() {}
}

/// An access that is inferred from what comes later.
pub struct AccessOf<A>(PhantomData<fn() -> A>);

impl<A: Access> AccessOf<A> {
    /// An access that is inferred.
    #[inline(always)]
    pub const fn new() -> Self {
        AccessOf(PhantomData)
    }
    /// Whether the place is written.
    #[inline(always)]
    pub fn is_unique(&self) -> bool {
        A::UNIQUE
    }
    /// Starts the branch for a place that is read.
    #[inline(always)]
    pub fn in_shared(&self) -> Branch<A::InShared> {
        Branch(A::in_shared())
    }
    /// Starts the branch for a place that is written.
    #[inline(always)]
    pub fn in_unique(&self) -> Branch<A::InUnique> {
        Branch(A::in_unique())
    }
    /// Keeps the place.
    #[inline(always)]
    pub const fn hold<T: ?Sized>(&self, place: *mut T) -> Held<T, A> {
        Held(place, PhantomData)
    }
}

impl<A> fmt::Debug for AccessOf<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessOf").finish()
    }
}

impl<C> Probe<C> {
    /// Tells the access.
    #[inline(always)]
    pub fn has_access<A: Access>(&self, _: &AccessOf<A>)
    where
        Self: PickAccess<A>,
    {
    }
}

/// The place of a compound assignment is evaluated first.
#[derive(Debug)]
pub enum PlaceFirst {}

/// The value of a compound assignment is evaluated first: both operands are scalars.
#[derive(Debug)]
pub enum ValueFirst {}

/// [`PlaceFirst`] or [`ValueFirst`], with what makes the other's branch dead code.
pub trait Order {
    /// Which of the two it is.
    const PLACE_FIRST: bool;
    /// Uninhabited unless the place is first.
    type InPlaceFirst;
    /// Uninhabited unless the value is first.
    type InValueFirst;
    /// Starts the branch for the place.
    fn in_place_first() -> Self::InPlaceFirst;
    /// Starts the branch for the value.
    fn in_value_first() -> Self::InValueFirst;
}

impl Order for PlaceFirst {
    const PLACE_FIRST: bool = true;
    type InPlaceFirst = ();
    type InValueFirst = Infallible;
    #[inline(always)]
    fn in_place_first() {}
    fn in_value_first() -> Infallible {
        unreachable!("the other branch runs")
    }
}

impl Order for ValueFirst {
    const PLACE_FIRST: bool = false;
    type InPlaceFirst = Infallible;
    type InValueFirst = ();
    fn in_place_first() -> Infallible {
        unreachable!("the other branch runs")
    }
    #[inline(always)]
    fn in_value_first() {}
}

/// An order that is inferred from what comes later.
pub struct OrderOf<O>(PhantomData<fn() -> O>);

impl<O: Order> OrderOf<O> {
    /// An order that is inferred.
    #[inline(always)]
    pub const fn new() -> Self {
        OrderOf(PhantomData)
    }
    /// Whether the place is evaluated first.
    #[inline(always)]
    pub fn is_place_first(&self) -> bool {
        O::PLACE_FIRST
    }
    /// Starts the branch in which the place is evaluated first.
    #[inline(always)]
    pub fn in_place_first(&self) -> Branch<O::InPlaceFirst> {
        Branch(O::in_place_first())
    }
    /// Starts the branch in which the value is evaluated first.
    #[inline(always)]
    pub fn in_value_first(&self) -> Branch<O::InValueFirst> {
        Branch(O::in_value_first())
    }
}

impl<O> fmt::Debug for OrderOf<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OrderOf").finish()
    }
}

/// The types of a compound assignment's operands. The order is found for the first of the two traits below
/// that has it: for scalars (`rustc_hir_typeck/src/writeback.rs`, `fix_scalar_builtin_expr`).
#[derive(Debug)]
pub struct Operands<'t, L, R>(pub &'t Ty<L>, pub &'t Ty<R>);

/// A type whose operators are the language's own.
pub trait Scalar {}

macro_rules! scalars {
    ($($scalar:ty)*) => { $(impl Scalar for $scalar {})* };
}
scalars!(bool u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);

/// See [`Operands`].
pub trait OrdersScalars {
    /// The value comes first.
    fn order(&self, _: &OrderOf<ValueFirst>) {}
}

impl<L: Scalar, R: Scalar> OrdersScalars for Operands<'_, L, R> {}

/// See [`Operands`].
pub trait OrdersOthers {
    /// The place comes first.
    fn order(&self, _: &OrderOf<PlaceFirst>) {}
}

impl<L, R> OrdersOthers for &Operands<'_, L, R> {}
