//! Drives a machine through a plan and compares the logs of all that run the same body.

use std::any::Any;
use std::fmt::{self, Debug, Write};
use std::mem::MaybeUninit;
use std::ops::{Coroutine, CoroutineState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use handcrank::{Generator, GeneratorState};

use crate::log::{self, Blown, Log, note};
use crate::{Input, Plain, plain};

/// How a resumption ended.
#[derive(Debug)]
pub enum Outcome<Y, O> {
    /// It reached a suspension point.
    Yielded(Y),
    /// It reached the end.
    Complete(O),
}

/// Anything that can be resumed.
pub trait Machine<R> {
    /// What it yields.
    type Yield: Debug;
    /// What it returns.
    type Return: Debug;
    /// Runs to the next suspension point.
    fn crank(self: Pin<&mut Self>, argument: R) -> Outcome<Self::Yield, Self::Return>;
}

/// A machine made by `#[generator]`.
#[derive(Debug)]
pub struct Cranked<G>(pub G);

/// A coroutine made by rustc.
#[derive(Debug)]
pub struct Native<C>(pub C);

/// A future, made by either.
#[derive(Debug)]
pub struct Polled<F>(pub F);

/// The machine inside a wrapper; a wrapper pins what it wraps.
macro_rules! inner {
    ($pinned:expr) => {
        // SAFETY: a projection to the only field, which is never moved out of the wrapper.
        unsafe { $pinned.map_unchecked_mut(|wrapper| &mut wrapper.0) }
    };
}

impl<R, G: Generator<R, Yield: Debug, Return: Debug>> Machine<R> for Cranked<G> {
    type Yield = G::Yield;
    type Return = G::Return;

    fn crank(self: Pin<&mut Self>, argument: R) -> Outcome<G::Yield, G::Return> {
        match inner!(self).resume(argument) {
            GeneratorState::Yielded(value) => Outcome::Yielded(value),
            GeneratorState::Complete(value) => Outcome::Complete(value),
        }
    }
}

impl<R, C: Coroutine<R, Yield: Debug, Return: Debug>> Machine<R> for Native<C> {
    type Yield = C::Yield;
    type Return = C::Return;

    fn crank(self: Pin<&mut Self>, argument: R) -> Outcome<C::Yield, C::Return> {
        match inner!(self).resume(argument) {
            CoroutineState::Yielded(value) => Outcome::Yielded(value),
            CoroutineState::Complete(value) => Outcome::Complete(value),
        }
    }
}

impl<F: Future<Output: Debug>> Machine<()> for Polled<F> {
    type Yield = ();
    type Return = F::Output;

    fn crank(self: Pin<&mut Self>, (): ()) -> Outcome<(), F::Output> {
        match inner!(self).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Outcome::Yielded(()),
            Poll::Ready(value) => Outcome::Complete(value),
        }
    }
}

/// What happens to a machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// It is dropped after so many resumptions; `None` lets it run to its end.
    pub drop_at: Option<usize>,
    /// The event that panics: of all, or of those of the drop if `drop_at` is set.
    pub fuse: Option<usize>,
}

/// The payload of the unwinding that stands for a drop in a plain function.
pub(crate) struct Abandon;

/// More resumptions than any body here needs.
const STEPS: usize = 200;

const DROP_PANICKED: &str = "panicked while dropping";

pub(crate) fn catch<T>(run: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(run))
}

pub(crate) fn note_yield(value: impl Debug) {
    log::unfused(|| {
        note(format!("yielded {value:?}"));
        drop(value);
    });
}

/// Notes how the last resumption ended.
pub(crate) fn note_completion(ended: Result<impl Debug, Box<dyn Any + Send>>) {
    log::unfused(|| match ended {
        Ok(value) => {
            note(format!("returned {value:?}"));
            drop(value);
        }
        Err(payload) if payload.is::<Abandon>() => {}
        Err(payload) => note(format!("panicked: {}", message(&*payload))),
    });
}

fn message(payload: &(dyn Any + Send)) -> &str {
    if payload.is::<Blown>() {
        "the fuse"
    } else if let Some(text) = payload.downcast_ref::<&str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "with an unknown payload"
    }
}

/// What happens to a machine's address between two resumptions.
pub type Shift<M> = fn(Pin<Box<M>>) -> Pin<Box<M>>;

/// Leaves the machine where it is between two resumptions.
#[must_use]
pub fn pinned<M>(machine: Pin<Box<M>>) -> Pin<Box<M>> {
    machine
}

/// Moves the machine to another address between two resumptions, and overwrites what was left where it was.
#[must_use]
pub fn moved<M: Unpin>(machine: Pin<Box<M>>) -> Pin<Box<M>> {
    let old = Box::into_raw(Pin::into_inner(machine));
    // SAFETY: the box had a machine in it, which is moved out. What is freed is bytes, after the new box exists, so that the two
    // cannot have the same address.
    unsafe {
        let new = Box::pin(old.read());
        old.cast::<u8>().write_bytes(0xab, size_of::<M>());
        drop(Box::from_raw(old.cast::<MaybeUninit<M>>()));
        new
    }
}

/// The same of a machine that is a box with another in it.
#[must_use]
pub fn boxed<M: Unpin>(machine: Pin<Box<M>>) -> Pin<Box<M>> {
    moved(machine)
}

/// Runs a machine as planned.
fn run<M: Machine<R>, R: Input>(make: &impl Fn() -> M, shift: Shift<M>, plan: Plan) -> Log {
    log::start();
    let mut machine = Box::pin(make());
    note("made");
    let mut step = 0;
    let mut ended = false;
    if plan.drop_at.is_none() {
        log::light(plan.fuse);
    }
    while !ended && plan.drop_at != Some(step) {
        assert!(step < STEPS, "the body does not come to an end");
        let argument = log::unfused(|| R::nth(step));
        match catch(|| machine.as_mut().crank(argument)) {
            Ok(Outcome::Yielded(value)) => {
                note_yield(value);
                step += 1;
            }
            Ok(Outcome::Complete(value)) => {
                note_completion(Ok(value));
                ended = true;
            }
            Err(payload) => {
                note_completion(Err::<(), _>(payload));
                ended = true;
            }
        }
        machine = shift(machine);
    }
    if ended {
        // rustc's coroutine forgets the argument that it refuses, so it is kept out of the log.
        let refused = log::unseen(|| {
            let argument = R::nth(step + 1);
            log::quietly(|| catch(|| machine.as_mut().crank(argument)).is_err())
        });
        assert!(refused, "resumed after the end, it goes on");
    }
    note("dropping");
    if plan.drop_at.is_some() {
        log::light(plan.fuse);
    }
    match catch(|| drop(machine)) {
        Ok(()) => note("dropped"),
        Err(payload) => note(format!("{DROP_PANICKED}: {}", message(&*payload))),
    }
    log::finish()
}

/// One body in one of its forms, ready to be run as often as needed.
pub struct Form(Box<dyn Fn(Plan) -> Log>);

impl Form {
    /// A form that is resumed; `shift` is [`pinned`] or [`moved`].
    pub fn machine<M, R>(make: impl Fn() -> M + 'static, shift: Shift<M>) -> Self
    where
        M: Machine<R> + 'static,
        R: Input,
    {
        Self(Box::new(move |plan| run(&make, shift, plan)))
    }

    /// The plain function.
    pub fn plain<F, R, O>(make: impl Fn() -> Plain<F> + 'static) -> Self
    where
        F: FnOnce(R) -> O,
        R: Input,
        O: Debug,
    {
        Self(Box::new(move |plan| plain::run(&make, plan)))
    }

    fn run(&self, drop_at: Option<usize>, fuse: Option<usize>) -> Log {
        (self.0)(Plan { drop_at, fuse })
    }

    /// How often the body yields when left alone.
    fn yields(&self) -> usize {
        let log = self.run(None, None);
        log.events
            .iter()
            .filter(|event| event.starts_with("yielded "))
            .count()
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Form(..)")
    }
}

/// All forms of one body.
#[derive(Debug)]
pub struct Forms {
    /// Made by `#[generator]`.
    pub cranked: Form,
    /// Made by rustc: the oracle.
    pub native: Form,
    /// A plain function; a body that awaits has none.
    pub plain: Option<Form>,
}

impl Forms {
    /// Compares runs to the end.
    ///
    /// # Panics
    /// If the logs differ.
    pub fn run_alike(&self) {
        assert!(
            self.native.yields() > 0,
            "the body never yields: nothing is compared"
        );
        self.compare("run to the end", None, None);
    }

    /// Compares drops before the start and at every suspension point.
    ///
    /// # Panics
    /// If the logs differ.
    pub fn drop_alike(&self) {
        for point in 0..=self.native.yields() {
            self.compare(&format!("dropped at yield {point}"), Some(point), None);
        }
    }

    /// Compares runs in which one event panics, for every event.
    ///
    /// # Panics
    /// If the logs differ.
    pub fn unwind_alike(&self) {
        for event in 0.. {
            let what = format!("event {event} panics");
            if !self.compare(&what, None, Some(event)).blown {
                break;
            }
        }
    }

    /// Compares drops at every suspension point in which one event panics, for every event.
    ///
    /// # Panics
    /// If the logs differ.
    pub fn unwind_from_drop_alike(&self) {
        for point in 0..=self.native.yields() {
            for event in 0.. {
                let what = format!("dropped at yield {point}, event {event} panics");
                if !self.compare(&what, Some(point), Some(event)).blown {
                    break;
                }
            }
        }
    }

    /// Checks that every value is dropped exactly once, and is not used after that: in a run to the end, where
    /// each event panics, where the machine is dropped at each suspension point, and where both happen. The
    /// body leaks nothing of itself.
    ///
    /// Returns the number of runs.
    ///
    /// # Panics
    /// If a value is leaked, dropped twice or used after its drop, or if the order is not the oracle's.
    pub fn destroys_once(&self) -> usize {
        let points = (0..=self.native.yields()).map(Some);
        let mut runs = 0;
        for drop_at in points.chain([None]) {
            for fuse in [None].into_iter().chain((0..).map(Some)) {
                let what = format!("dropped at {drop_at:?}, event {fuse:?} panics");
                let native = self.compare(&what, drop_at, fuse);
                let cranked = self.cranked.run(drop_at, fuse);
                runs += 1;
                // Where a destructor panics, Rust itself forgets some values.
                if native.leaked.is_empty() {
                    assert!(
                        cranked.leaked.is_empty(),
                        "{what}: {:?} leaked",
                        cranked.leaked
                    );
                }
                if fuse.is_some() && !native.blown {
                    break;
                }
            }
        }
        runs
    }

    /// Compares one run of each form and returns the oracle's log. Where rustc's coroutine is not what a plain
    /// function is, the oracle errs: then `#[generator]` has to be what the plain function is, and this panics
    /// all the same, about the oracle.
    fn compare(&self, what: &str, drop_at: Option<usize>, fuse: Option<usize>) -> Log {
        let native = self.native.run(drop_at, fuse);
        let cranked = self.cranked.run(drop_at, fuse);
        assert_eq!(cranked.misuse(), None, "{what}: {:#?}", cranked.events);
        // In a plain function an unwinding stands for the drop, and it cannot panic once more.
        let drop_panics = native
            .events
            .iter()
            .any(|event| event.starts_with(DROP_PANICKED));
        let has_plain = !drop_panics && (drop_at.is_none() || fuse.is_none());
        let plain = self.plain.as_ref().filter(|_| has_plain);
        let Some(plain) = plain.map(|plain| plain.run(drop_at, fuse)) else {
            assert_same(what, "#[generator]", &cranked, "rustc's coroutine", &native);
            return native;
        };
        let oracle = difference(
            what,
            "rustc's coroutine",
            &native,
            "a plain function",
            &plain,
        );
        if let Some(oracle) = oracle {
            assert_same(what, "#[generator]", &cranked, "a plain function", &plain);
            panic!("{oracle}");
        }
        assert_same(what, "#[generator]", &cranked, "rustc's coroutine", &native);
        native
    }
}

fn assert_same(what: &str, one: &str, a: &Log, other: &str, b: &Log) {
    if let Some(difference) = difference(what, one, a, other, b) {
        panic!("{difference}");
    }
}

/// The logs side by side, if they are not the same.
fn difference(what: &str, one: &str, a: &Log, other: &str, b: &Log) -> Option<String> {
    let mut a_events = a.events.clone();
    let mut b_leaked = b.leaked.clone();
    // rustc forgets some values when a destructor panics (rust-lang/rust#47949); to drop them is
    // better, and no difference.
    b_leaked.retain(|name| {
        let dropped = a_events
            .iter()
            .rposition(|event| event.strip_prefix("drop ") == Some(name));
        match dropped {
            Some(event) if !a.leaked.contains(name) => {
                a_events.remove(event);
                false
            }
            _ => true,
        }
    });
    if a_events == b.events && a.leaked == b_leaked {
        return None;
    }
    let mut table = format!("{what}\n  {one:<40}| {other}\n");
    for line in 0..a.events.len().max(b.events.len()) {
        let left = a.events.get(line).map_or("", String::as_str);
        let right = b.events.get(line).map_or("", String::as_str);
        let mark = if left == right { ' ' } else { '!' };
        let _ = writeln!(table, "{mark} {left:<40}| {right}");
    }
    let _ = write!(table, "  leaked {:?} | {:?}", a.leaked, b.leaked);
    Some(table)
}
