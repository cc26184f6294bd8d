//! An executor whose tasks are in a static arena, as embassy's are: nothing is allocated.

use core::{
    cell::UnsafeCell,
    fmt,
    future::Future,
    mem::{MaybeUninit, take},
    pin::Pin,
    ptr,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, RawWaker, RawWakerVTable, Waker},
};

/// Room for so many tasks, which take so many bytes together. It is a `static`.
pub struct Arena<const TASKS: usize, const BYTES: usize> {
    /// Whether there is an executor.
    claimed: AtomicBool,
    /// Which tasks have been woken.
    woken: [AtomicBool; TASKS],
    bytes: UnsafeCell<[MaybeUninit<u8>; BYTES]>,
}

// SAFETY: the bytes are used by one executor at a time, and `spawn` wants futures that may be sent to where it is.
unsafe impl<const TASKS: usize, const BYTES: usize> Sync for Arena<TASKS, BYTES> {}

impl<const TASKS: usize, const BYTES: usize> Arena<TASKS, BYTES> {
    /// An arena without tasks.
    #[must_use]
    pub const fn new() -> Self {
        Arena {
            claimed: AtomicBool::new(false),
            woken: [const { AtomicBool::new(false) }; TASKS],
            bytes: UnsafeCell::new([MaybeUninit::uninit(); BYTES]),
        }
    }

    /// The executor, unless there is one.
    pub fn claim(&'static self) -> Option<Executor<TASKS>> {
        if self.claimed.swap(true, Ordering::Acquire) {
            return None;
        }
        Some(Executor {
            claimed: &self.claimed,
            woken: &self.woken,
            tasks: [const { None }; TASKS],
            // SAFETY: the last executor has dropped its tasks, and with them the last reference.
            free: unsafe { &mut *self.bytes.get() },
        })
    }
}

impl<const TASKS: usize, const BYTES: usize> Default for Arena<TASKS, BYTES> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const TASKS: usize, const BYTES: usize> fmt::Debug for Arena<TASKS, BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arena").finish_non_exhaustive()
    }
}

/// A future in the arena, which is dropped there.
struct Task(Pin<&'static mut (dyn Future<Output = ()> + Send)>);

impl Drop for Task {
    fn drop(&mut self) {
        // SAFETY: the task has it alone and does not use it any more; it is dropped where it was pinned.
        unsafe { ptr::drop_in_place(ptr::from_mut(self.0.as_mut().get_unchecked_mut())) }
    }
}

/// Polls the tasks of an arena that have been woken.
pub struct Executor<const TASKS: usize> {
    claimed: &'static AtomicBool,
    woken: &'static [AtomicBool; TASKS],
    tasks: [Option<Task>; TASKS],
    free: &'static mut [MaybeUninit<u8>],
}

impl<const TASKS: usize> Executor<TASKS> {
    /// Puts a task into the arena, to be polled at the next turn.
    ///
    /// # Errors
    /// If there is no room, the future comes back.
    pub fn spawn<F: Future<Output = ()> + Send + 'static>(&mut self, future: F) -> Result<(), F> {
        let Some(index) = self.tasks.iter().position(Option::is_none) else {
            return Err(future);
        };
        let padding = self.free.as_ptr().align_offset(align_of::<F>());
        let Some(end) = padding.checked_add(size_of::<F>()) else {
            return Err(future);
        };
        if end > self.free.len() {
            return Err(future);
        }
        let (place, free) = take(&mut self.free).split_at_mut(end);
        self.free = free;
        let place: *mut MaybeUninit<F> = place[padding..].as_mut_ptr().cast();
        // SAFETY: the place is large enough and aligned, nobody else refers to it, and it lives forever.
        let future: &'static mut F = unsafe { &mut *place }.write(future);
        // SAFETY: it stays in its place until it is dropped.
        self.tasks[index] = Some(Task(unsafe { Pin::new_unchecked(future) }));
        self.woken[index].store(true, Ordering::Release);
        Ok(())
    }

    /// Polls each task that has been woken, once. Returns how many that were.
    pub fn turn(&mut self) -> usize {
        let mut polled = 0;
        for (task, woken) in self.tasks.iter_mut().zip(self.woken) {
            // Woken again from here on, it is polled again.
            if !woken.swap(false, Ordering::AcqRel) {
                continue;
            }
            let Some(Task(future)) = task else { continue };
            polled += 1;
            let waker = waker(woken);
            if future
                .as_mut()
                .poll(&mut Context::from_waker(&waker))
                .is_ready()
            {
                *task = None;
            }
        }
        polled
    }

    /// How many tasks have not ended.
    #[must_use]
    pub fn count(&self) -> usize {
        self.tasks.iter().flatten().count()
    }
}

impl<const TASKS: usize> Drop for Executor<TASKS> {
    fn drop(&mut self) {
        self.tasks = [const { None }; TASKS];
        self.free = &mut [];
        self.claimed.store(false, Ordering::Release);
    }
}

impl<const TASKS: usize> fmt::Debug for Executor<TASKS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Executor").finish_non_exhaustive()
    }
}

/// Sets the flag when it wakes. The flag is static, so that a waker is no more than its address.
fn waker(woken: &'static AtomicBool) -> Waker {
    const VTABLE: RawWakerVTable = RawWakerVTable::new(
        |data| RawWaker::new(data, &VTABLE),
        // SAFETY: each waker of this table has been made of a static flag.
        |data| set(unsafe { &*data.cast() }),
        // SAFETY: as above.
        |data| set(unsafe { &*data.cast() }),
        |_| {},
    );
    fn set(woken: &AtomicBool) {
        woken.store(true, Ordering::Release);
    }
    // SAFETY: the functions may be called from any thread, on a flag that lives forever; there is nothing to free.
    unsafe { Waker::new(ptr::from_ref(woken).cast(), &VTABLE) }
}
