//! Tasks as a program without an operating system has them: leaf futures over what interrupts change, and machines
//! that await them.

use core::{
    cell::UnsafeCell,
    fmt,
    future::Future,
    hint::spin_loop,
    sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
    task::{Context, Waker},
};

use handcrank::{generator, yield_};

use crate::executor::Arena;

/// A value that is changed by tasks and by interrupts. (Here interrupts are calls: a lock will do.)
struct Shared<T> {
    is_locked: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the value is used by one at a time, and by whichever thread that is.
unsafe impl<T: Send> Sync for Shared<T> {}

impl<T> Shared<T> {
    const fn new(value: T) -> Self {
        Shared {
            is_locked: AtomicBool::new(false),
            value: UnsafeCell::new(value),
        }
    }

    /// `change` does not panic, and does not use this again.
    fn with<O>(&self, change: impl FnOnce(&mut T) -> O) -> O {
        while self.is_locked.swap(true, SeqCst) {
            spin_loop();
        }
        // SAFETY: whoever has set the flag has the value alone, until it is cleared.
        let output = change(unsafe { &mut *self.value.get() });
        self.is_locked.store(false, SeqCst);
        output
    }
}

/// Room for one value, and for one task that waits for it.
pub struct Mailbox(Shared<(Option<u32>, Option<Waker>)>);

impl Mailbox {
    const fn new() -> Self {
        Mailbox(Shared::new((None, None)))
    }

    /// Replaces what is there, and wakes who waits.
    pub fn post(&self, value: u32) {
        let waker = self.0.with(|(content, waker)| {
            *content = Some(value);
            waker.take()
        });
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// What is there.
    pub fn read(&self) -> Option<u32> {
        self.0.with(|(content, _)| content.take())
    }

    /// Waits until something is there.
    #[generator]
    pub fn take(&self, #[resume] mut cx: &mut Context<'_>) -> impl Future<Output = u32> {
        loop {
            let content = self.0.with(|(content, waker)| {
                if content.is_none() {
                    *waker = Some(cx.waker().clone());
                }
                content.take()
            });
            match content {
                Some(value) => return value,
                None => cx = yield_!(),
            }
        }
    }
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").finish_non_exhaustive()
    }
}

/// What a timer's interrupt advances.
struct Clock {
    now: AtomicU32,
    sleepers: Shared<[Option<(u32, Waker)>; 2]>,
}

impl Clock {
    const fn new() -> Self {
        Clock {
            now: AtomicU32::new(0),
            sleepers: Shared::new([const { None }; 2]),
        }
    }

    fn tick(&self) {
        let now = self.now.fetch_add(1, SeqCst) + 1;
        self.sleepers.with(|sleepers| {
            for sleeper in sleepers {
                if let Some((_, waker)) = sleeper.take_if(|(end, _)| *end <= now) {
                    waker.wake();
                }
            }
        });
    }

    #[generator]
    fn sleep(&self, #[resume] mut cx: &mut Context<'_>, ticks: u32) -> impl Future<Output = ()> {
        let end = self.now.load(SeqCst) + ticks;
        while self.now.load(SeqCst) < end {
            self.sleepers.with(|sleepers| {
                if let Some(free) = sleepers.iter_mut().find(|sleeper| sleeper.is_none()) {
                    *free = Some((end, cx.waker().clone()));
                }
            });
            cx = yield_!();
        }
    }
}

/// Counts those that are dropped.
struct Dropped(&'static AtomicU32);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
    }
}

#[generator]
async fn blink(clock: &'static Clock, led: &'static AtomicU32, period: u32, times: u32) {
    let _dropped = Dropped(&ENDED);
    for _ in 0..times {
        clock.sleep(period).await;
        led.fetch_add(1, SeqCst);
    }
}

/// Adds up what comes, and borrows what it has, until zero comes.
#[generator]
async fn add_up(input: &'static Mailbox, output: &'static Mailbox) {
    let _dropped = Dropped(&ENDED);
    let mut numbers = [0; 4];
    for number in &mut numbers {
        *number = input.take().await;
        if *number == 0 {
            break;
        }
    }
    output.post(numbers.iter().sum());
    blink(&CLOCK, &LEDS[1], 1, 1).await;
}

static ARENA: Arena<3, 512> = Arena::new();
static CLOCK: Clock = Clock::new();
static LEDS: [AtomicU32; 2] = [const { AtomicU32::new(0) }; 2];
static INPUT: Mailbox = Mailbox::new();
static OTHER: Mailbox = Mailbox::new();
static OUTPUT: Mailbox = Mailbox::new();
static ENDED: AtomicU32 = AtomicU32::new(0);

/// Whether the tasks do what they should, and are polled when they are woken and not otherwise; the number of the
/// first check that fails, otherwise.
///
/// # Errors
/// If one fails.
pub fn check() -> Result<(), u8> {
    let leds = || [LEDS[0].load(SeqCst), LEDS[1].load(SeqCst)];
    let expect = |number, holds| if holds { Ok(()) } else { Err(number) };

    let mut executor = ARENA.claim().ok_or(20)?;
    expect(21, ARENA.claim().is_none())?;
    executor
        .spawn(blink(&CLOCK, &LEDS[0], 2, 2))
        .map_err(|_| 22)?;
    executor.spawn(add_up(&INPUT, &OUTPUT)).map_err(|_| 23)?;
    expect(24, executor.spawn(too_large(0)).is_err())?;

    // Each is polled once, and then only if it is woken.
    expect(25, executor.turn() == 2)?;
    expect(26, executor.turn() == 0)?;
    INPUT.post(40);
    expect(27, executor.turn() == 1)?;
    CLOCK.tick();
    expect(28, executor.turn() == 0 && leds() == [0, 0])?;
    CLOCK.tick();
    expect(29, executor.turn() == 1 && leds() == [1, 0])?;
    INPUT.post(2);
    CLOCK.tick();
    CLOCK.tick();
    expect(30, executor.turn() == 2 && leds() == [2, 0])?;
    expect(31, executor.count() == 1 && ENDED.load(SeqCst) == 1)?;

    // Where one has ended there is room for another.
    executor.spawn(add_up(&OTHER, &OUTPUT)).map_err(|_| 32)?;
    executor
        .spawn(blink(&CLOCK, &LEDS[0], 1, 9))
        .map_err(|_| 33)?;
    expect(34, executor.spawn(blink(&CLOCK, &LEDS[0], 1, 9)).is_err())?;
    expect(35, ENDED.load(SeqCst) == 1)?;
    INPUT.post(0);
    expect(36, executor.turn() == 3 && OUTPUT.read() == Some(42))?;
    CLOCK.tick();
    expect(37, executor.turn() == 2 && leds() == [3, 1])?;
    // The first has ended, with the machine that it awaited. The others are dropped where they are.
    expect(38, executor.count() == 2 && ENDED.load(SeqCst) == 3)?;
    drop(executor);
    expect(39, ENDED.load(SeqCst) == 5)?;
    expect(40, ARENA.claim().is_some())
}

#[generator]
async fn too_large(byte: u8) {
    let bytes = [byte; 512];
    let index = INPUT.take().await as usize;
    OUTPUT.post(bytes[index].into());
}
