//! Tasks, and the loop that runs them.

use std::{
    cell::Cell,
    future::Future,
    io,
    rc::Rc,
    sync::Arc,
    task::{Context, Wake, Waker},
};

use handcrank::{generator, yield_};
use polling::{Events, Poller};

use crate::{group::Group, reactor::Reactor};

pub struct Runtime {
    pub reactor: Rc<Reactor>,
    tasks: Group<dyn Future<Output = ()>>,
}

/// Wakes the runtime's thread, or keeps it from falling asleep.
struct Alarm(Arc<Poller>);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.notify().expect("the poller can be notified");
    }
}

/// What a task has come to.
struct Outcome<T> {
    output: Cell<Option<T>>,
    waker: Cell<Option<Waker>>,
}

impl Runtime {
    pub fn new() -> io::Result<Rc<Runtime>> {
        Ok(Rc::new(Runtime {
            reactor: Rc::new(Reactor::new()?),
            tasks: Group::new(),
        }))
    }

    /// Runs a future to its end, and the tasks that are spawned meanwhile.
    pub fn run<T: 'static>(&self, main: impl Future<Output = T> + 'static) -> io::Result<T> {
        let alarm = Alarm(Arc::clone(&self.reactor.poller));
        self.tasks.wake_by(&Arc::new(alarm).into());
        let outcome = self.start(main);
        let mut events = Events::new();
        loop {
            while self.tasks.poll_woken().is_some() {}
            if let Some(output) = outcome.output.take() {
                self.tasks.clear();
                return Ok(output);
            }
            self.reactor.wait(&mut events)?;
        }
    }

    fn start<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Rc<Outcome<T>> {
        let outcome = Rc::new(Outcome {
            output: Cell::new(None),
            waker: Cell::new(None),
        });
        self.tasks.add(Box::pin(task(future, Rc::clone(&outcome))));
        outcome
    }

    /// Starts a task. What is returned waits for its end; the task goes on without.
    pub fn spawn<T: 'static>(
        &self,
        future: impl Future<Output = T> + 'static,
    ) -> impl Future<Output = T> + 'static {
        ended(self.start(future))
    }
}

#[generator]
async fn task<T>(future: impl Future<Output = T>, outcome: Rc<Outcome<T>>) {
    let output = future.await;
    outcome.output.set(Some(output));
    if let Some(waker) = outcome.waker.take() {
        waker.wake();
    }
}

#[generator]
fn ended<T>(#[resume] mut cx: &mut Context<'_>, task: Rc<Outcome<T>>) -> impl Future<Output = T> {
    loop {
        if let Some(output) = task.output.take() {
            return output;
        }
        task.waker.set(Some(cx.waker().clone()));
        cx = yield_!();
    }
}
