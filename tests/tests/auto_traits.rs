//! `Send`, `Sync` and `Unpin` are what a hand-written struct of the saved locals would have.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard};

use futures_util::stream::Stream;
use handcrank::{Generator, generator, yield_, yield_from};
use handcrank_tests::{Pause, implements};

/// `Send`, but not `Sync`.
type OnlySend = Cell<u32>;

/// `Sync`, but not `Send`.
struct OnlySync(PhantomData<MutexGuard<'static, u32>>);

impl OnlySync {
    fn new() -> Self {
        OnlySync(PhantomData)
    }

    fn touch(&self) -> u32 {
        let _ = self.0;
        1
    }
}

/// `(Send, Sync, Unpin)` of a value's type.
macro_rules! auto_traits {
    ($value:expr) => {
        match $value {
            value => (
                implements!(value, Send),
                implements!(value, Sync),
                implements!(value, Unpin),
            ),
        }
    };
}

const SEND_SYNC: (bool, bool, bool) = (true, true, false);
const SEND: (bool, bool, bool) = (true, false, false);
const SYNC: (bool, bool, bool) = (false, true, false);
const NEITHER: (bool, bool, bool) = (false, false, false);

// ------------------------------------------------------------------------------ what is saved counts

#[generator]
fn plain_data(text: String) -> impl Generator<Yield = usize> {
    let list = vec![1, 2, 3];
    yield_!(list.len());
    yield_!(text.len());
}

#[generator]
fn saves_send() -> impl Generator<Yield = u32> {
    let cell = OnlySend::new(1);
    yield_!(1);
    cell.set(2);
}

#[generator]
fn saves_sync() -> impl Generator<Yield = u32> {
    let value = OnlySync::new();
    yield_!(1);
    yield_!(value.touch());
}

#[generator]
fn saves_rc() -> impl Generator<Yield = u32> {
    let shared = Rc::new(1);
    yield_!(*shared);
    yield_!(*shared + 1);
}

#[generator]
fn saves_pointer(pointer: *const u32) -> impl Generator<Yield = bool> {
    yield_!(true);
    yield_!(pointer.is_null());
}

#[generator]
fn saves_reference_to_cell(cell: &Cell<u32>) -> impl Generator<Yield = u32> {
    yield_!(cell.get());
    cell.set(0);
}

#[generator]
fn saves_guard(mutex: &Mutex<u32>) -> impl Generator<Yield = u32> {
    let mut guard = mutex.lock().unwrap();
    yield_!(*guard);
    *guard += 1;
}

#[generator]
fn saves_borrow_of_cell() -> impl Generator<Yield = u32> {
    let cell = RefCell::new(1);
    let reader = cell.borrow();
    yield_!(*reader);
    drop(reader);
}

#[test]
fn a_saved_local_counts() {
    assert_eq!(auto_traits!(plain_data(String::new())), SEND_SYNC);
    assert_eq!(auto_traits!(saves_send()), SEND);
    assert_eq!(auto_traits!(saves_sync()), SYNC);
    assert_eq!(auto_traits!(saves_rc()), NEITHER);
    assert_eq!(auto_traits!(saves_pointer(std::ptr::null())), NEITHER);
    assert_eq!(
        auto_traits!(saves_reference_to_cell(&Cell::new(1))),
        NEITHER
    );
    assert_eq!(auto_traits!(saves_guard(&Mutex::new(1))), SYNC);
    assert_eq!(auto_traits!(saves_borrow_of_cell()), NEITHER);
}

// ------------------------------------------------------------------------------ what is not, does not

#[generator]
fn moved_before_the_yield() -> impl Generator<Yield = u32> {
    let shared = Rc::new(1);
    drop(shared);
    yield_!(1);
}

#[generator]
fn in_a_scope_before_the_yield() -> impl Generator<Yield = u32> {
    let n = {
        let shared = Rc::new(5);
        let cell = Cell::new(*shared);
        cell.get()
    };
    yield_!(n);
}

#[generator]
fn made_after_the_yield() -> impl Generator<Yield = u32> {
    yield_!(1);
    let shared = Rc::new(1);
    let _ = *shared;
}

#[generator]
fn moved_into_the_yield(rc: fn() -> Rc<u32>) -> impl Generator<Yield = Rc<u32>> {
    let shared = rc();
    yield_!(shared);
    yield_!(rc());
}

#[generator]
fn temporary_of_an_earlier_statement() -> impl Generator<Yield = u32> {
    let n = Rc::new(Cell::new(3)).get();
    yield_!(n);
}

#[generator]
fn on_a_path_without_a_yield(flag: bool) -> impl Generator<Yield = u32> {
    if flag {
        let shared = Rc::new(1);
        let _ = *shared;
        return;
    }
    yield_!(1);
}

#[generator]
fn arguments_and_results_do_not_count(
    #[resume] first: Rc<u32>,
) -> impl Generator<Rc<u32>, Yield = Rc<u32>, Return = Rc<u32>> {
    drop(first);
    let next = yield_!(Rc::new(1));
    next
}

#[test]
fn a_local_that_is_not_saved_does_not_count() {
    assert_eq!(auto_traits!(in_a_scope_before_the_yield()), SEND_SYNC);
    assert_eq!(auto_traits!(made_after_the_yield()), SEND_SYNC);
    assert_eq!(auto_traits!(temporary_of_an_earlier_statement()), SEND_SYNC);
    assert_eq!(auto_traits!(on_a_path_without_a_yield(true)), SEND_SYNC);
}

#[test]
fn a_local_moved_out_before_every_yield_does_not_count() {
    assert_eq!(auto_traits!(moved_before_the_yield()), SEND_SYNC);
    assert_eq!(auto_traits!(moved_into_the_yield(|| Rc::new(1))), SEND_SYNC);
    assert_eq!(
        auto_traits!(arguments_and_results_do_not_count()),
        SEND_SYNC
    );
}

// ------------------------------------------------------------------------------ parameters and operands

#[generator]
fn unused_parameter(_shared: Rc<u32>) -> impl Generator<Yield = u32> {
    yield_!(1);
}

#[generator]
fn wildcard_parameter(_: Rc<u32>) -> impl Generator<Yield = u32> {
    yield_!(1);
}

#[generator]
fn saved_operand(rc: fn() -> Rc<u32>) -> impl Generator<Yield = u32> {
    let pair = (rc(), yield_!(1));
    drop(pair);
}

#[generator]
fn saved_iterator(list: fn() -> Rc<Vec<u32>>) -> impl Generator<Yield = u32> {
    for item in list().iter() {
        yield_!(*item);
    }
}

#[generator]
fn saved_closure(sum: &Cell<u32>) -> impl Generator<Yield = u32> {
    let add = |n| sum.set(sum.get() + n);
    add(1);
    yield_!(1);
    add(2);
}

#[generator]
fn closure_over_a_local() -> impl Generator<Yield = u32> {
    let list = vec![1, 2];
    let len = || list.len() as u32;
    yield_!(len());
    yield_!(len());
}

#[generator]
fn closure_that_changes_a_local() -> impl Generator<Yield = u32> {
    let mut n = 0;
    let mut add = || {
        n += 1;
        n
    };
    yield_!(add());
    yield_!(add());
}

#[generator]
fn borrows_a_local() -> impl Generator<Yield = u32> {
    let list = [1, 2, 3];
    for item in &list {
        yield_!(*item);
    }
}

#[test]
fn parameters_operands_and_closures() {
    assert_eq!(auto_traits!(unused_parameter(Rc::new(1))), NEITHER);
    assert_eq!(auto_traits!(wildcard_parameter(Rc::new(1))), NEITHER);
    assert_eq!(auto_traits!(saved_operand(|| Rc::new(1))), NEITHER);
    assert_eq!(auto_traits!(saved_iterator(Rc::default)), NEITHER);
    assert_eq!(auto_traits!(saved_closure(&Cell::new(1))), NEITHER);
    assert_eq!(auto_traits!(closure_over_a_local()), SEND_SYNC);
    assert_eq!(auto_traits!(closure_that_changes_a_local()), SEND_SYNC);
    assert_eq!(auto_traits!(borrows_a_local()), SEND_SYNC);
}

// ------------------------------------------------------------------------------ generics and delegates

#[generator]
fn generic<T>(value: T) -> impl Generator<Yield = u32, Return = T> {
    yield_!(1);
    value
}

#[generator]
fn delegates(shared: Rc<u32>) -> impl Generator<Yield = u32, Return = Rc<u32>> {
    yield_from!(generic(shared))
}

#[generator]
fn delegates_to_an_iterator() -> impl Generator<Yield = u32> {
    yield_from!(vec![1, 2]);
}

#[test]
fn type_parameters_and_delegates() {
    assert_eq!(auto_traits!(generic(1)), SEND_SYNC);
    assert_eq!(auto_traits!(generic(Cell::new(1))), SEND);
    assert_eq!(auto_traits!(generic(OnlySync::new())), SYNC);
    assert_eq!(auto_traits!(generic(Rc::new(1))), NEITHER);
    assert_eq!(auto_traits!(generic(Arc::new(Mutex::new(1)))), SEND_SYNC);
    assert_eq!(auto_traits!(delegates(Rc::new(1))), NEITHER);
    assert_eq!(auto_traits!(delegates_to_an_iterator()), SEND_SYNC);
}

// ------------------------------------------------------------------------------ kinds of machines

#[generator]
fn movable(text: String) -> impl Generator<Yield = usize> + Unpin {
    yield_!(text.len());
}

#[generator]
fn movable_with_rc(shared: Rc<u32>) -> impl Generator<Yield = u32> + Unpin {
    yield_!(*shared);
    drop(shared);
}

#[generator]
fn iterator(list: Vec<u32>) -> impl Iterator<Item = u32> {
    for item in list {
        yield_!(item);
    }
}

#[generator]
fn iterator_with_cell(cell: Cell<u32>) -> impl Iterator<Item = u32> {
    let n = cell.get();
    yield_!(n);
    cell.set(1);
}

#[generator]
async fn future(n: u32) -> u32 {
    Pause(n).await;
    n
}

#[generator]
async fn future_with_rc(shared: Rc<u32>) -> u32 {
    Pause(*shared).await;
    *shared
}

#[generator]
async fn pinned_in_place() {
    let mut pause = pin!(Pause(1));
    pause.as_mut().await;
}

#[generator]
fn stream(list: Vec<u32>) -> impl Stream<Item = u32> {
    for item in list {
        Pause(item).await;
        yield_!(item);
    }
}

#[test]
fn kinds_of_machines() {
    assert_eq!(auto_traits!(movable(String::new())), (true, true, true));
    assert_eq!(
        auto_traits!(movable_with_rc(Rc::new(1))),
        (false, false, true)
    );
    assert_eq!(auto_traits!(iterator(vec![])), (true, true, true));
    assert_eq!(
        auto_traits!(iterator_with_cell(Cell::new(1))),
        (true, false, true)
    );
    assert_eq!(auto_traits!(future(1)), SEND_SYNC);
    assert_eq!(auto_traits!(future_with_rc(Rc::new(1))), NEITHER);
    assert_eq!(auto_traits!(pinned_in_place()), SEND_SYNC);
    assert_eq!(auto_traits!(stream(vec![])), SEND_SYNC);
}

#[test]
fn machines_do_cross_threads() {
    let machine = Box::pin(plain_data("text".to_owned()));
    let lengths = std::thread::spawn(|| handcrank_tests::run(machine).0)
        .join()
        .unwrap();
    assert_eq!(lengths, [3, 4]);
    let sum = std::thread::spawn(|| iterator(vec![1, 2]).sum::<u32>())
        .join()
        .unwrap();
    assert_eq!(sum, 3);
}

// ------------------------------------------------------------------------------ across `.await`

#[generator]
fn words(text: &str) -> impl Iterator<Item = &str> + Send {
    for word in text.split(' ') {
        yield_!(word);
    }
}

#[generator]
async fn count(text: &str, seen: &mut Vec<String>) -> usize {
    let owned = text.to_owned();
    let all: Vec<&str> = words(&owned).collect();
    for word in &all {
        seen.push((*word).to_owned());
        Pause(1).await;
    }
    all.len()
}

/// rustc asks for any lifetimes whether what lives across an `.await` is `Send`.
#[test]
fn rustc_knows_that_machines_are_send_in_its_own_futures() {
    async fn native() -> usize {
        let text = String::from("a b");
        let mut seen = Vec::new();
        let mut lengths = 0;
        for word in words(&text) {
            std::future::ready(()).await;
            lengths += word.len();
        }
        lengths + count(&text, &mut seen).await + seen.len()
    }
    let future = native();
    assert!(implements!(future, Send));
    assert_eq!(handcrank_tests::block_on(future).1, 6);
}
