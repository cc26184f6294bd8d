//! Futures that are polled together: each of them only if it has been woken.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap, VecDeque},
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use handcrank::{generator, yield_};

/// Futures, of which those are polled that have been woken.
pub struct Group<F: Future + ?Sized> {
    members: RefCell<HashMap<usize, Member<F>>>,
    next_key: Cell<usize>,
    woken: Arc<Woken>,
}

struct Member<F: ?Sized> {
    future: Pin<Box<F>>,
    waker: Arc<MemberWaker>,
}

/// Members to be polled, and who is to poll them.
struct Woken {
    queue: Mutex<VecDeque<usize>>,
    parent: Mutex<Waker>,
}

struct MemberWaker {
    key: usize,
    is_queued: AtomicBool,
    woken: Arc<Woken>,
}

impl Wake for MemberWaker {
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, Ordering::AcqRel) {
            lock(&self.woken.queue).push_back(self.key);
            lock(&self.woken.parent).wake_by_ref();
        }
    }
}

impl<F: Future + ?Sized> Group<F> {
    pub fn new() -> Self {
        Group {
            members: RefCell::default(),
            next_key: Cell::new(0),
            woken: Arc::new(Woken {
                queue: Mutex::default(),
                parent: Mutex::new(Waker::noop().clone()),
            }),
        }
    }

    pub fn add(&self, future: Pin<Box<F>>) {
        let key = self.next_key.replace(self.next_key.get() + 1);
        let waker = Arc::new(MemberWaker {
            key,
            is_queued: AtomicBool::new(false),
            woken: Arc::clone(&self.woken),
        });
        let member = Member {
            future,
            waker: Arc::clone(&waker),
        };
        self.members.borrow_mut().insert(key, member);
        waker.wake();
    }

    pub fn is_empty(&self) -> bool {
        self.members.borrow().is_empty()
    }

    /// Drops all members.
    pub fn clear(&self) {
        let members = self.members.take();
        drop(members); // which may drop what uses the group
    }

    /// Says who is to be woken when a member is.
    pub fn wake_by(&self, parent: &Waker) {
        lock(&self.woken.parent).clone_from(parent);
    }

    /// Polls each member that is woken now, until one ends. A member may add others meanwhile.
    pub fn poll_woken(&self) -> Option<(usize, F::Output)> {
        let count = lock(&self.woken.queue).len();
        for _ in 0..count {
            let key = lock(&self.woken.queue).pop_front()?;
            let Some(mut member) = self.members.borrow_mut().remove(&key) else {
                continue; // ended since
            };
            member.waker.is_queued.store(false, Ordering::Release);
            let waker = Waker::from(Arc::clone(&member.waker));
            let polled = member
                .future
                .as_mut()
                .poll(&mut Context::from_waker(&waker));
            match polled {
                Poll::Ready(output) => return Some((key, output)),
                Poll::Pending => self.members.borrow_mut().insert(key, member),
            };
        }
        None
    }
}

/// What the next member that ends evaluates to, and the number of that member.
#[generator]
pub fn next<F: Future + ?Sized>(
    #[resume] mut cx: &mut Context<'_>,
    group: &Group<F>,
) -> impl Future<Output = Option<(usize, F::Output)>> {
    while !group.is_empty() {
        group.wake_by(cx.waker());
        if let Some(ended) = group.poll_woken() {
            return Some(ended);
        }
        cx = yield_!();
    }
    None
}

pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What all of them evaluate to.
#[generator]
pub async fn join<T>(futures: Vec<Boxed<'_, T>>) -> Vec<T> {
    let group = Group::new();
    for future in futures {
        group.add(future);
    }
    let mut outputs = BTreeMap::new();
    while let Some((key, output)) = next(&group).await {
        outputs.insert(key, output);
    }
    outputs.into_values().collect()
}

/// What the first of them that ends evaluates to, if there are any. The others are dropped.
#[generator]
pub async fn select<T>(futures: Vec<Boxed<'_, T>>) -> Option<T> {
    let group = Group::new();
    for future in futures {
        group.add(future);
    }
    let (_, output) = next(&group).await?;
    Some(output)
}

/// Without poison: what is locked here is never left half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
