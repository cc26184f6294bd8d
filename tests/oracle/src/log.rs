//! The event log of the current thread, the fuse that panics at one of its events, and values that
//! report to it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Once;

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static FUSE: Cell<Fuse> = const { Cell::new(Fuse::Unlit) };
    static ALIVE: RefCell<BTreeMap<usize, String>> = const { RefCell::new(BTreeMap::new()) };
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static NEXT: Cell<usize> = const { Cell::new(0) };
}

#[derive(Clone, Copy)]
enum Fuse {
    Unlit,
    Burning(usize),
    Blown,
}

const DROPPED_TWICE: &str = "DROPPED TWICE";
const USED_DEAD: &str = "USED AFTER ITS DROP";

/// The payload of the panic that a fuse causes.
pub(crate) struct Blown;

/// Notes what happened; panics if the fuse has burnt down to here.
///
/// # Panics
/// When the driver asked for it.
pub fn event(what: impl Into<String>) {
    note(what);
    if std::thread::panicking() {
        return;
    }
    match FUSE.get() {
        Fuse::Burning(0) => {
            FUSE.set(Fuse::Blown);
            // Unlike `panic!`, this calls no hook, so thousands of them stay quiet.
            std::panic::resume_unwind(Box::new(Blown));
        }
        Fuse::Burning(n) => FUSE.set(Fuse::Burning(n - 1)),
        Fuse::Unlit | Fuse::Blown => {}
    }
}

/// Notes what the driver itself did, which no fuse counts.
pub(crate) fn note(what: impl Into<String>) {
    LOG.with_borrow_mut(|log| log.push(what.into()));
}

/// Runs driver code: its events do not burn the fuse.
pub(crate) fn unfused<T>(run: impl FnOnce() -> T) -> T {
    let fuse = FUSE.replace(Fuse::Unlit);
    let result = run();
    FUSE.set(fuse);
    result
}

/// Runs driver code whose events are no part of the log.
pub(crate) fn unseen<T>(run: impl FnOnce() -> T) -> T {
    let log = LOG.take();
    let alive = ALIVE.take();
    let result = unfused(run);
    LOG.set(log);
    ALIVE.set(alive);
    result
}

/// Runs what is meant to panic without the panic's message.
pub(crate) fn quietly<T>(run: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    QUIET.set(true);
    let result = run();
    QUIET.set(false);
    result
}

/// Lets the n-th event from here on panic.
pub(crate) fn light(n: Option<usize>) {
    FUSE.set(n.map_or(Fuse::Unlit, Fuse::Burning));
}

/// Empties the log for the next run.
pub(crate) fn start() {
    FUSE.set(Fuse::Unlit);
    LOG.take();
    ALIVE.take();
    NEXT.set(0);
}

/// The log of one run.
pub(crate) struct Log {
    pub events: Vec<String>,
    /// Whether the fuse burnt down.
    pub blown: bool,
    /// The names of the values that were never dropped.
    pub leaked: Vec<String>,
}

impl Log {
    /// What was dropped a second time, or used after its drop.
    pub fn misuse(&self) -> Option<&str> {
        let is_misuse =
            |event: &&String| event.starts_with(DROPPED_TWICE) || event.starts_with(USED_DEAD);
        self.events.iter().find(is_misuse).map(String::as_str)
    }
}

pub(crate) fn finish() -> Log {
    Log {
        blown: matches!(FUSE.replace(Fuse::Unlit), Fuse::Blown),
        events: LOG.take(),
        leaked: ALIVE.take().into_values().collect(),
    }
}

/// Notes that an operand is evaluated.
pub fn mk<T: fmt::Debug>(value: T) -> T {
    event(format!("mk {value:?}"));
    value
}

/// A value that reports when it is made, cloned and dropped. It owns memory, so that a double drop is
/// one for a sanitizer, too.
pub struct Noisy {
    name: String,
    id: usize,
}

/// Makes a [`Noisy`].
pub fn noisy(name: impl Into<String>) -> Noisy {
    let name = name.into();
    event(format!("new {name}"));
    let id = NEXT.replace(NEXT.get() + 1);
    ALIVE.with_borrow_mut(|alive| alive.insert(id, name.clone()));
    Noisy { name, id }
}

impl Noisy {
    /// Every use of the value comes through here: it must not have been dropped.
    fn alive(&self) -> &Self {
        if !ALIVE.with_borrow(|alive| alive.contains_key(&self.id)) {
            note(format!("{USED_DEAD} {}", self.name));
        }
        self
    }

    /// What a drop leaves in the log, without the end of its memory: for tests of the driver.
    pub fn bury(&self) {
        ALIVE.with_borrow_mut(|alive| alive.remove(&self.id));
    }

    /// A use by shared reference.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.alive().name
    }

    /// A use by unique reference.
    pub fn rename(&mut self, suffix: &str) -> &mut Self {
        self.alive();
        self.name.push_str(suffix);
        event(format!("rename {}", self.name));
        self
    }

    /// A use by value, which ends it.
    #[must_use]
    pub fn consume(self) -> usize {
        event(format!("consume {}", self.alive().name));
        self.name.len()
    }

    /// A use by value, which hands it back.
    #[must_use]
    pub fn and(mut self, suffix: &str) -> Self {
        self.rename(suffix);
        self
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        let known = ALIVE.with_borrow_mut(|alive| alive.remove(&self.id));
        if known.is_none() {
            note(format!("{DROPPED_TWICE} {}", self.name));
        }
        event(format!("drop {}", self.name));
    }
}

impl Clone for Noisy {
    fn clone(&self) -> Self {
        noisy(format!("{}'", self.alive().name))
    }
}

impl PartialEq for Noisy {
    fn eq(&self, other: &Self) -> bool {
        event(format!("{} == {}", self.alive().name, other.alive().name));
        self.name == other.name
    }
}

impl fmt::Debug for Noisy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.alive().name)
    }
}

/// Has no size, but reports its drop.
#[derive(Debug)]
pub struct Zst;

impl Drop for Zst {
    fn drop(&mut self) {
        event("drop Zst");
    }
}

/// Panics when dropped, unless a panic is under way.
#[derive(Debug)]
pub struct Brittle(pub Noisy);

impl Drop for Brittle {
    fn drop(&mut self) {
        event(format!("break {}", self.0.name));
        if !std::thread::panicking() {
            std::panic::resume_unwind(Box::new(format!("{} broke", self.0.name)));
        }
    }
}
