//! Saved locals: where they are, and who drops them.

use core::{
    cell::{Cell, UnsafeCell},
    fmt,
    mem::{ManuallyDrop, MaybeUninit, needs_drop},
};

use super::Position;

/// A saved local's storage in the frame. The body names it by shared reference, `x: &'frame Slot<T>`,
/// so that a closure in the body which uses `x` captures that reference, with the frame's lifetime, and
/// may itself be saved.
#[repr(transparent)]
pub struct Slot<T>(UnsafeCell<MaybeUninit<T>>);

// SAFETY: a closure that captures a slot stands for one that captures `&T` or `&mut T`; that is sent
// between threads only if both could be. Frames hold `MaybeUninit<T>`, so their own `Sync` does not
// depend on this.
unsafe impl<T: Send + Sync> Sync for Slot<T> {}

// A slot stands for a local, and a closure that uses a local by reference is judged by the probe alone.
impl<T> core::panic::RefUnwindSafe for Slot<T> {}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").finish_non_exhaustive()
    }
}

impl<T> Slot<T> {
    /// A slot on the stack, for a local that no suspension point keeps.
    #[inline(always)]
    #[must_use]
    pub const fn empty() -> Self {
        Slot(UnsafeCell::new(MaybeUninit::uninit()))
    }

    /// A slot on the stack which holds something.
    #[inline(always)]
    #[must_use]
    pub const fn new(value: T) -> Self {
        Slot(UnsafeCell::new(MaybeUninit::new(value)))
    }

    /// `*x.at()` is the place expression for the local: it borrows, copies or assigns as its use asks,
    /// with no lifetime attached.
    #[inline(always)]
    pub const fn at(&self) -> *mut T {
        self.0.get().cast()
    }

    /// A use by value after which the local is used again: a copy or a reborrow, for rustc has checked the
    /// original. That the local is used again is found out by syntax, which may err where control never
    /// gets there; a value that would have to be dropped is therefore refused.
    ///
    /// # Safety
    ///
    /// The local is live.
    #[inline(always)]
    pub unsafe fn again(&self) -> T {
        // Here, so that rustc names the place of the call.
        const { assert_stays::<T>() };
        // SAFETY: the caller's; nothing has to be dropped, so that two values do no harm.
        unsafe { self.at().read() }
    }

    /// Initialises the local. Its guard comes later, before anything can unwind.
    ///
    /// # Safety
    ///
    /// The local is not live.
    #[inline(always)]
    pub const unsafe fn init(&self, value: T) {
        // SAFETY: the slot is in the frame, which is reached by raw pointers and slots alone.
        unsafe { self.at().write(value) }
    }
}

/// A binding in a guard, which is kept across a suspension point: where the value is of which it is a part;
/// or, of a pattern that binds by reference, the reference.
pub struct Bound<T> {
    /// Where the binding is in what is matched on.
    part: *const T,
    /// The binding, if it is not there.
    value: MaybeUninit<T>,
}

// SAFETY: it stands for the borrow of a part, or for a reference.
unsafe impl<T: Sync> Send for Bound<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Bound<T> {}

impl<T> fmt::Debug for Bound<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bound").finish_non_exhaustive()
    }
}

impl<T> Bound<T> {
    /// The binding of a pattern that is matched on a place. In a guard, it is the part of the place that
    /// would be moved or copied from there; or a reference, which is elsewhere.
    ///
    /// # Safety
    ///
    /// The binding is live.
    #[inline(always)]
    pub unsafe fn new<P: ?Sized>(binding: *const T, place: *const P) -> Self {
        // SAFETY: the place is live, for a pattern has been matched on it.
        let size = size_of_val(unsafe { &*place });
        let offset = (binding as usize).wrapping_sub(place.cast::<u8>() as usize);
        if offset < size {
            return Bound {
                part: binding,
                value: MaybeUninit::uninit(),
            };
        }
        Bound {
            part: core::ptr::null(),
            // SAFETY: the caller's; a reference that nobody else uses, or a value without a size or behind
            // a reference, which is copied.
            value: unsafe { MaybeUninit::new(binding.read()) },
        }
    }
}

impl<T> Bound<T> {
    #[inline(always)]
    const fn place(&self) -> *const T {
        if self.part.is_null() {
            self.value.as_ptr()
        } else {
            self.part
        }
    }
}

impl<T> Slot<Bound<T>> {
    /// `*x.bound()` is the place expression for the binding.
    ///
    /// # Safety
    ///
    /// The slot is initialised.
    #[inline(always)]
    pub const unsafe fn bound(&self) -> *const T {
        // SAFETY: the caller's.
        unsafe { &*self.at() }.place()
    }
}

/// A binding in a guard that does not suspend, of an arm that does. What the guard leaves may refer to it, and says so by
/// its own type; nothing else uses it after a suspension point.
pub struct Left<T>(Bound<T>);

// SAFETY: what is used is the value, if there is one.
unsafe impl<T: Send> Send for Left<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Left<T> {}

impl<T> fmt::Debug for Left<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Left").finish_non_exhaustive()
    }
}

impl<T> Left<T> {
    /// As [`Bound::new`].
    ///
    /// # Safety
    ///
    /// As there.
    #[inline(always)]
    pub unsafe fn new<P: ?Sized>(binding: *const T, place: *const P) -> Self {
        // SAFETY: the caller's.
        Left(unsafe { Bound::new(binding, place) })
    }
}

impl<T> Slot<Left<T>> {
    /// `*x.bound()` is the place expression for the binding.
    ///
    /// # Safety
    ///
    /// The slot is initialised.
    #[inline(always)]
    pub const unsafe fn bound(&self) -> *const T {
        // SAFETY: the caller's.
        unsafe { &*self.at() }.0.place()
    }
}

/// Refuses what has to be dropped where it seems to be used again.
#[track_caller]
const fn assert_stays<T>() {
    assert!(
        !needs_drop::<T>(),
        "a local that is kept across a suspension point is moved here, and seems to be used \
         again: say `return` or `break` after what never returns, and assign it in plain sight"
    );
}

/// What is at a place. It has methods where an expression has to have a type of its own: the argument of a function is
/// expected to have its parameter's, so that a value which is to be coerced would not fit.
#[derive(Debug)]
pub struct Read<T>(pub *const T);

impl<T> Read<T> {
    /// [`Slot::again`], of a part of a local.
    ///
    /// # Safety
    ///
    /// As there.
    #[inline(always)]
    pub unsafe fn again(self) -> T {
        const { assert_stays::<T>() };
        // SAFETY: as there.
        unsafe { self.0.read() }
    }

    /// A use by value in a closure or `async` block without `move`, which has borrowed the local.
    ///
    /// # Safety
    ///
    /// The local is live.
    #[inline(always)]
    pub const unsafe fn captured(self) -> T {
        const {
            assert!(
                !needs_drop::<T>(),
                "a closure or `async` block takes a local that is kept across a suspension point: make it a \
                 `move` closure, or an `async move` block"
            );
        }
        // SAFETY: the caller's; nothing has to be dropped, so that two values do no harm.
        unsafe { self.0.read() }
    }

    /// [`part`](super::part()).
    ///
    /// # Safety
    ///
    /// As there.
    #[inline(always)]
    pub unsafe fn part<W, B: super::Bits>(self, whole: &Slot<W>, moved: *mut B, bit: B) -> T {
        // SAFETY: the caller's.
        unsafe { super::part(whole, self.0, moved, bit) }
    }
}

/// The slot at a field of the frame.
///
/// # Safety
///
/// `field` points into the frame of the running machine.
#[inline(always)]
pub const unsafe fn slot<'frame, T>(field: *mut MaybeUninit<T>) -> &'frame Slot<T> {
    // SAFETY: `Slot<T>` is a transparent wrapper of `MaybeUninit<T>`, which any bytes are valid for; the
    // frame outlives every use, and is reached through slots alone while the body runs.
    unsafe { &*field.cast::<Slot<T>>() }
}

/// The fields of one of several scopes which share storage.
#[inline(always)]
pub const fn inner<T>(scope: *mut ManuallyDrop<T>) -> *mut T {
    scope.cast()
}

/// Owns a saved local while the body runs: drops it at the end of its scope, on `break`, `return`, `?`
/// and unwinding alike, unless the body is being left to suspend.
#[derive(Debug)]
pub struct Saved<'s, T> {
    slot: &'s Slot<T>,
    live: bool,
    suspending: &'s Cell<bool>,
}

impl<'s, T> Saved<'s, T> {
    /// The guard of a local that is `live` now.
    ///
    /// # Safety
    ///
    /// If `live`, the slot holds a value, which this guard owns from now on.
    #[inline(always)]
    pub const unsafe fn new(slot: &'s Slot<T>, live: bool, suspending: &'s Cell<bool>) -> Self {
        Saved {
            slot,
            live,
            suspending,
        }
    }

    /// The guard of a local that may have been moved. Its type has no destructor, as the macro knows by its initialiser,
    /// so that nobody need keep whether it has.
    ///
    /// # Safety
    ///
    /// As for [`new`](Self::new).
    #[inline(always)]
    pub const unsafe fn plain(slot: &'s Slot<T>, live: bool, suspending: &'s Cell<bool>) -> Self {
        const {
            assert!(
                !needs_drop::<T>(),
                "what this loop counts has a destructor: say `for x in (a..b).into_iter()`"
            );
        }
        // SAFETY: the caller's.
        unsafe { Saved::new(slot, live, suspending) }
    }

    /// Initialises the local, and gives its place.
    ///
    /// # Safety
    ///
    /// The local is not live.
    #[inline(always)]
    pub unsafe fn put(&mut self, value: T) -> *mut T {
        let place = self.slot.at();
        // SAFETY: the slot is in the frame, which is reached by raw pointers and slots alone.
        unsafe { place.write(value) };
        self.live = true;
        place
    }

    /// Assigns to the local, which may or may not be live.
    ///
    /// # Safety
    ///
    /// Nothing borrows the local.
    #[inline(always)]
    pub unsafe fn set(&mut self, value: T) {
        if needs_drop::<T>() && self.live {
            self.live = false;
            // Rust initialises the place even if dropping the old value unwinds.
            let replace = Replace::new(self, value);
            // SAFETY: the guard owned a live value and has just given it up.
            unsafe { replace.guard.slot.at().drop_in_place() };
            drop(replace);
        } else {
            // SAFETY: nothing is there that needs to be dropped.
            unsafe { self.put(value) };
        }
    }

    /// Moves the value out: the use of a local by value. A `Copy` type stays usable.
    ///
    /// # Safety
    ///
    /// The local is live, or of a `Copy` type and was so.
    #[inline(always)]
    pub unsafe fn take(&mut self) -> T {
        self.live = false;
        // SAFETY: a value is there, by the caller; the guard does not drop it any more.
        unsafe { self.slot.at().read() }
    }

    /// The value has been moved out of the slot.
    #[inline(always)]
    pub(super) const fn give_up(&mut self) {
        self.live = false;
    }

    /// Where the local is.
    #[inline(always)]
    pub(super) const fn slot(&self) -> &'s Slot<T> {
        self.slot
    }

    /// Whether dropping the guard would drop a value.
    #[inline(always)]
    pub fn owns(&self) -> bool {
        self.live && !self.suspending.get()
    }

    /// Takes charge of a value which is there already: a parameter's.
    ///
    /// # Safety
    ///
    /// The slot holds a value.
    #[inline(always)]
    pub const unsafe fn own(&mut self) {
        self.live = true;
    }
}

impl<T> Drop for Saved<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        if needs_drop::<T>() && self.live && !self.suspending.get() {
            // SAFETY: the guard owns the value, which nothing uses after its scope: rustc has checked
            // the original.
            unsafe { drop_value(self.slot.at()) }
        }
    }
}

/// Drops a value. A function of its own, so that a guard's destructor is short enough to be inlined wherever a panic
/// unwinds: then LLVM keeps the guard in registers, and knows of each way out whether the body suspends there.
///
/// # Safety
///
/// As for [`drop_in_place`](core::ptr::drop_in_place).
#[inline(never)]
unsafe fn drop_value<T>(value: *mut T) {
    // SAFETY: the caller's.
    unsafe { value.drop_in_place() }
}

/// Writes the new value when the old one has been dropped, or has panicked while being dropped.
pub(super) struct Replace<'g, 's, T> {
    guard: &'g mut Saved<'s, T>,
    value: ManuallyDrop<T>,
}

impl<'g, 's, T> Replace<'g, 's, T> {
    pub(super) const fn new(guard: &'g mut Saved<'s, T>, value: T) -> Self {
        Replace {
            guard,
            value: ManuallyDrop::new(value),
        }
    }
}

impl<T> Drop for Replace<'_, '_, T> {
    fn drop(&mut self) {
        // SAFETY: `value` is taken once, here; the slot's old value is gone.
        unsafe {
            let value = ManuallyDrop::take(&mut self.value);
            self.guard.put(value);
        }
    }
}

/// [`Saved`] for a local of which it is not known at every suspension point whether it has been moved:
/// the answer is kept in the frame.
#[derive(Debug)]
pub struct Tracked<'s, T> {
    guard: Saved<'s, T>,
    live: *mut bool,
}

impl<'s, T> Tracked<'s, T> {
    /// The guard of a local that comes to be here, or, if the body `travels` on to a later suspension
    /// point, came to be in an earlier entry.
    ///
    /// # Safety
    ///
    /// `live` is the local's flag in the frame, and it is right if `travels`.
    #[inline(always)]
    pub unsafe fn new(
        slot: &'s Slot<T>,
        live: *mut bool,
        travels: bool,
        suspending: &'s Cell<bool>,
    ) -> Self {
        // SAFETY: the flag was written when the body was last left, if it travels now.
        let is_live = travels && (!needs_drop::<T>() || unsafe { live.read() });
        Tracked {
            // SAFETY: the flag says that there is a value.
            guard: unsafe { Saved::new(slot, is_live, suspending) },
            live,
        }
    }
}

impl<'s, T> Tracked<'s, T> {
    /// The guard of a binding that has just been initialised, if the body has `started` to run on, or
    /// was so in an earlier entry.
    ///
    /// # Safety
    ///
    /// As for [`Tracked::new`]; if `started`, the slot holds a value.
    #[inline(always)]
    pub unsafe fn bound(
        slot: &'s Slot<T>,
        live: *mut bool,
        started: bool,
        suspending: &'s Cell<bool>,
    ) -> Self {
        // SAFETY: the flag was written when the body was last left, if it travels now.
        let is_live = started || !needs_drop::<T>() || unsafe { live.read() };
        Tracked {
            // SAFETY: there is a value.
            guard: unsafe { Saved::new(slot, is_live, suspending) },
            live,
        }
    }
}

impl<T> Tracked<'_, T> {
    /// [`Saved::take`]. A method, for an argument of a function would be expected to have its parameter's
    /// type, not the local's; called on `&mut guard`, so that no trait of the user's comes first.
    ///
    /// # Safety
    ///
    /// As there.
    #[inline(always)]
    pub unsafe fn take(&mut self) -> T {
        // SAFETY: the caller's.
        unsafe { self.guard.take() }
    }
}

impl<'s, T> core::ops::Deref for Tracked<'s, T> {
    type Target = Saved<'s, T>;
    #[inline(always)]
    fn deref(&self) -> &Saved<'s, T> {
        &self.guard
    }
}

impl<T> core::ops::DerefMut for Tracked<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.guard
    }
}

impl<T> Drop for Tracked<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        if needs_drop::<T>() && self.guard.suspending.get() {
            // SAFETY: the flag is in the frame.
            unsafe { self.live.write(self.guard.live) }
        }
    }
}

// Free functions, for a method would lose to one of the same name in a trait of the user's.

/// [`Slot::init`].
///
/// # Safety
///
/// As there.
#[inline(always)]
pub const unsafe fn init<T>(slot: &Slot<T>, value: T) {
    // SAFETY: the caller's.
    unsafe { slot.init(value) }
}

/// Moves a parameter from the frame to the stack.
///
/// # Safety
///
/// There is a value in the one slot, which nobody uses from now on, and none in the other.
#[inline(always)]
pub const unsafe fn pass<T>(passed: &Slot<T>, local: &Slot<T>) {
    // SAFETY: the caller's.
    unsafe { local.init(passed.at().read()) }
}

/// A parameter of a machine that has not started and is being dropped.
#[derive(Debug)]
pub struct Unstarted<'s, T>(&'s Slot<T>);

impl<'s, T> Unstarted<'s, T> {
    /// The parameter in this slot.
    ///
    /// # Safety
    ///
    /// It is there, and nobody uses it from now on.
    #[inline(always)]
    pub const unsafe fn new(slot: &'s Slot<T>) -> Self {
        Unstarted(slot)
    }
}

impl<T> Drop for Unstarted<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: `new` was told that it is there.
        unsafe { drop_value(self.0.at()) }
    }
}

/// Drops a tuple of parameters: one after the other, the others also if one panics.
#[inline(always)]
pub fn drop_in_order<T>(_: T) {}

/// Drops a value before its scope ends, if there is one.
///
/// # Safety
///
/// Nothing uses the value any more.
#[inline(always)]
pub unsafe fn drop_now<T>(guard: &mut Saved<'_, T>) {
    if guard.owns() {
        guard.give_up();
        // SAFETY: the guard owned the value, and has just given it up.
        unsafe { guard.slot.at().drop_in_place() }
    }
}

/// [`Saved::own`].
///
/// # Safety
///
/// As there.
#[inline(always)]
pub const unsafe fn own<T>(guard: &mut Saved<'_, T>) {
    // SAFETY: the caller's.
    unsafe { guard.own() }
}

/// From now on the guards do nothing: the body is left, to be entered again at the suspension point of this number.
///
/// # Safety
///
/// `at` is in the frame of the running machine. For the number, as for [`Position::of`].
#[inline(always)]
pub unsafe fn suspend<P: Position>(suspending: &Cell<bool>, at: *mut P, number: P::Number) {
    suspending.set(true);
    // SAFETY: the caller's.
    unsafe { at.write(P::of(number)) }
}
