//! What waits for the outside: sockets and times.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap},
    future::Future,
    io,
    os::fd::AsFd,
    rc::Rc,
    sync::Arc,
    task::{Context, Waker},
    time::{Duration, Instant},
};

use handcrank::{generator, yield_};
use polling::{Event, Events, PollMode, Poller};

/// Wakes those who wait for a socket or for a time.
pub struct Reactor {
    pub poller: Arc<Poller>,
    sockets: RefCell<HashMap<usize, [Waiting; 2]>>,
    timers: RefCell<BTreeMap<(Instant, usize), Waker>>,
    keys: Cell<usize>,
}

/// Those who wait for a socket, in one direction.
#[derive(Default)]
struct Waiting {
    /// How often it has become ready.
    times: usize,
    wakers: Vec<Waker>,
}

#[derive(Clone, Copy)]
pub enum Direction {
    In,
    Out,
}

impl Reactor {
    pub fn new() -> io::Result<Reactor> {
        Ok(Reactor {
            poller: Arc::new(Poller::new()?),
            sockets: RefCell::default(),
            timers: RefCell::default(),
            keys: Cell::new(0),
        })
    }

    fn key(&self) -> usize {
        self.keys.set(self.keys.get() + 1);
        self.keys.get()
    }

    /// Waits until something happens, or the poller is notified, and wakes those whom it concerns.
    pub fn wait(&self, events: &mut Events) -> io::Result<()> {
        let next = self.timers.borrow().keys().next().copied();
        let timeout = next.map(|(time, _)| time.saturating_duration_since(Instant::now()));
        events.clear();
        self.poller.wait(events, timeout)?;
        let mut sockets = self.sockets.borrow_mut();
        for event in events.iter() {
            let Some([input, output]) = sockets.get_mut(&event.key) else {
                continue; // closed since
            };
            for (waiting, is_ready) in [(input, event.readable), (output, event.writable)] {
                if is_ready {
                    waiting.times += 1;
                    waiting.wakers.drain(..).for_each(Waker::wake);
                }
            }
        }
        let mut timers = self.timers.borrow_mut();
        let now = Instant::now();
        while let Some(timer) = timers.first_entry().filter(|timer| timer.key().0 <= now) {
            timer.remove().wake();
        }
        Ok(())
    }
}

/// A socket that a reactor knows of.
pub struct Socket<S: AsFd> {
    pub inner: S,
    key: usize,
    pub reactor: Rc<Reactor>,
}

impl<S: AsFd> Socket<S> {
    /// `inner` does not block.
    pub fn new(reactor: &Rc<Reactor>, inner: S) -> io::Result<Self> {
        let (key, reactor) = (reactor.key(), Rc::clone(reactor));
        let interest = Event::all(key);
        // SAFETY: `drop` deletes it before it is closed, as `inner` never leaves the `Socket`.
        unsafe {
            reactor
                .poller
                .add_with_mode(&inner.as_fd(), interest, PollMode::Edge)?;
        }
        reactor.sockets.borrow_mut().insert(key, Default::default());
        Ok(Socket {
            inner,
            key,
            reactor,
        })
    }

    fn waiting<T>(&self, direction: Direction, ask: impl FnOnce(&mut Waiting) -> T) -> T {
        let mut sockets = self.reactor.sockets.borrow_mut();
        ask(&mut sockets.entry(self.key).or_default()[direction as usize])
    }
}

impl<S: AsFd> Drop for Socket<S> {
    fn drop(&mut self) {
        // It fails if it is not there.
        let _ = self.reactor.poller.delete(&self.inner);
        self.reactor.sockets.borrow_mut().remove(&self.key);
    }
}

/// The socket has become ready, after it was not.
#[generator]
pub fn ready<S: AsFd>(
    #[resume] mut cx: &mut Context<'_>,
    socket: &Socket<S>,
    direction: Direction,
) -> impl Future<Output = ()> {
    let before = socket.waiting(direction, |waiting| waiting.times);
    while socket.waiting(direction, |waiting| waiting.times) == before {
        socket.waiting(direction, |waiting| {
            let waker = cx.waker();
            if !waiting.wakers.iter().any(|other| other.will_wake(waker)) {
                waiting.wakers.push(waker.clone());
            }
        });
        cx = yield_!();
    }
}

/// A timer that the reactor forgets when nobody waits for it any more.
struct Timer<'a>(&'a Reactor, (Instant, usize));

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        self.0.timers.borrow_mut().remove(&self.1);
    }
}

#[generator]
pub fn sleep(
    #[resume] mut cx: &mut Context<'_>,
    reactor: &Reactor,
    duration: Duration,
) -> impl Future<Output = ()> {
    let end = Instant::now() + duration;
    let timer = Timer(reactor, (end, reactor.key()));
    while Instant::now() < end {
        let mut timers = reactor.timers.borrow_mut();
        timers.insert(timer.1, cx.waker().clone());
        drop(timers);
        cx = yield_!();
    }
}

/// Lets others run first.
#[generator]
pub async fn yield_now(#[resume] cx: &mut Context<'_>) {
    cx.waker().wake_by_ref();
    yield_!();
}
