//! `Generator`, `GeneratorState`, `Fuse` and `Iter`, on generators written by hand.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::iter::FusedIterator;
use std::marker::{PhantomData, PhantomPinned};
use std::panic::{AssertUnwindSafe, RefUnwindSafe, UnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::MutexGuard;

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Fuse, Generator, GeneratorState, Iter};

// ------------------------------------------------------------------------------ what is tested on

/// Counts down to 1, then completes with `end`. Movable. Panics if it is resumed after that.
#[derive(Clone, Debug)]
struct Countdown<O> {
    left: u32,
    end: Option<O>,
}

fn countdown<O>(from: u32, end: O) -> Countdown<O> {
    Countdown {
        left: from,
        end: Some(end),
    }
}

impl<O: Unpin> Generator for Countdown<O> {
    type Yield = u32;
    type Return = O;

    fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<u32, O> {
        if self.left == 0 {
            return Complete(self.end.take().expect("resumed after completion"));
        }
        self.left -= 1;
        Yielded(self.left + 1)
    }
}

/// Counts as `Countdown` does. Pinned: it fails if it is resumed or dropped elsewhere than where it
/// was started.
struct Anchored<'a> {
    left: Cell<u32>,
    address: Cell<Option<usize>>,
    log: Log<'a>,
    _pinned: PhantomPinned,
}

/// What happened, in order.
type Log<'a> = &'a RefCell<Vec<&'static str>>;

fn anchored(from: u32, log: Log<'_>) -> Anchored<'_> {
    Anchored {
        left: Cell::new(from),
        address: Cell::new(None),
        log,
        _pinned: PhantomPinned,
    }
}

impl Anchored<'_> {
    fn here(&self) -> usize {
        (&raw const *self).addr()
    }
}

impl Generator for Anchored<'_> {
    type Yield = u32;
    type Return = ();

    fn resume(self: Pin<&mut Self>, (): ()) -> GeneratorState<u32, ()> {
        let here = self.here();
        assert_eq!(
            self.address.replace(Some(here)).unwrap_or(here),
            here,
            "moved"
        );
        match self.left.get() {
            0 => {
                self.log.borrow_mut().push("complete");
                Complete(())
            }
            left => {
                self.left.set(left - 1);
                Yielded(left)
            }
        }
    }
}

impl Drop for Anchored<'_> {
    fn drop(&mut self) {
        self.log.borrow_mut().push("drop");
        if let Some(address) = self.address.get() {
            assert_eq!(address, self.here(), "moved");
        }
    }
}

/// Pushes to the vector that it is resumed with; completes when that holds three elements.
struct Pusher;

impl<'r> Generator<&'r mut Vec<u32>> for Pusher {
    type Yield = ();
    type Return = &'static str;

    fn resume(self: Pin<&mut Self>, list: &'r mut Vec<u32>) -> GeneratorState<(), &'static str> {
        list.push(7);
        if list.len() < 3 {
            Yielded(())
        } else {
            Complete("full")
        }
    }
}

/// Panics each time it is resumed, with the number of the time.
#[derive(Debug)]
struct Panics(u32);

impl Generator for Panics {
    type Yield = u32;
    type Return = ();

    fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<u32, ()> {
        self.0 += 1;
        panic!("resumed {} times", self.0)
    }
}

fn run<G: Generator>(generator: G) -> (Vec<G::Yield>, G::Return) {
    let mut generator = pin!(generator);
    let mut yielded = Vec::new();
    loop {
        match generator.as_mut().resume(()) {
            Yielded(value) => yielded.push(value),
            Complete(value) => return (yielded, value),
        }
    }
}

fn message_of<T>(panics: impl FnOnce() -> T) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(panics)) else {
        panic!("it did not panic");
    };
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => (*payload.downcast::<&str>().unwrap()).to_owned(),
    }
}

// -------------------------------------------------------------------------------------- Generator

#[test]
fn references_and_pins_are_generators() {
    assert_eq!(run(countdown(2, "end")), (vec![2, 1], "end"));
    assert_eq!(run(&mut countdown(2, "end")), (vec![2, 1], "end"));
    assert_eq!(run(&mut &mut countdown(2, "end")), (vec![2, 1], "end"));
    assert_eq!(run(Pin::new(&mut countdown(2, "end"))), (vec![2, 1], "end"));
    assert_eq!(run(Box::new(countdown(2, "end"))), (vec![2, 1], "end"));
    assert_eq!(run(Box::pin(countdown(2, "end"))), (vec![2, 1], "end"));

    let log = RefCell::default();
    assert_eq!(run(anchored(2, &log)), (vec![2, 1], ()));
    assert_eq!(run(pin!(anchored(2, &log))), (vec![2, 1], ()));
    assert_eq!(run(&mut pin!(anchored(2, &log))), (vec![2, 1], ()));
    assert_eq!(run(Box::pin(anchored(2, &log))), (vec![2, 1], ()));
    assert_eq!(run(Box::new(Box::pin(anchored(2, &log)))), (vec![2, 1], ()));
}

#[test]
fn trait_objects_are_generators() {
    type Object<'a, O> = dyn Generator<Yield = u32, Return = O> + 'a;
    type Movable<'a, O> = dyn Generator<Yield = u32, Return = O> + Unpin + 'a;

    let log = RefCell::default();
    let stack: Pin<&mut Object<()>> = pin!(anchored(2, &log));
    assert_eq!(run(stack), (vec![2, 1], ()));
    let heap: Pin<Box<Object<()>>> = Box::pin(anchored(2, &log));
    assert_eq!(run(heap), (vec![2, 1], ()));
    let reference: &mut Movable<&str> = &mut countdown(2, "end");
    assert_eq!(run(reference), (vec![2, 1], "end"));
    let boxed: Box<Movable<&str>> = Box::new(countdown(2, "end"));
    assert_eq!(run(boxed), (vec![2, 1], "end"));
    let several: [Pin<Box<Object<()>>>; 2] =
        [Box::pin(anchored(1, &log)), Box::pin(countdown(2, ()))];
    assert_eq!(several.map(run), [(vec![1], ()), (vec![2, 1], ())]);
}

#[test]
fn a_reference_resumes_where_the_last_one_stopped() {
    let mut generator = countdown(3, "end");
    assert_eq!(Pin::new(&mut &mut generator).resume(()), Yielded(3));
    assert_eq!(
        Pin::new(&mut Pin::new(&mut generator)).resume(()),
        Yielded(2)
    );
    assert_eq!(
        Pin::new(&mut Box::new(&mut generator)).resume(()),
        Yielded(1)
    );
    assert_eq!(Pin::new(&mut generator).resume(()), Complete("end"));
}

#[test]
fn an_argument_may_have_a_lifetime_of_its_own() {
    type Object = dyn for<'r> Generator<&'r mut Vec<u32>, Yield = (), Return = &'static str>;

    fn fill<G, O>(generator: G)
    where
        G: for<'r> Generator<&'r mut Vec<u32>, Yield = (), Return = O>,
    {
        let mut generator = pin!(generator);
        let mut list = Vec::new();
        while let Yielded(()) = generator.as_mut().resume(&mut list) {
            list.push(0);
        }
        assert_eq!(list, [7, 0, 7]);
    }

    fill(Pusher);
    fill(&mut Pusher);
    fill(pin!(Pusher));
    fill(Box::new(Pusher));
    fill(Pusher.fuse());
    let object: Pin<&mut Object> = pin!(Pusher);
    fill(object);
}

// --------------------------------------------------------------------------------- GeneratorState

#[test]
fn states_have_the_derives_of_std() {
    type State = GeneratorState<u8, char>;

    let state: State = Yielded(1);
    let copy = state;
    assert_eq!(state, copy);
    assert_ne!(state, Complete('a'));
    assert_eq!(state.cmp(&Yielded(2)), Ordering::Less);
    assert_eq!(State::Complete('a').cmp(&state), Ordering::Greater);
    assert_eq!(
        GeneratorState::<f32, ()>::Yielded(f32::NAN).partial_cmp(&Yielded(0.0)),
        None
    );
    assert_eq!(
        format!("{state:?} {:?}", State::Complete('a')),
        "Yielded(1) Complete('a')"
    );
    assert_eq!(HashSet::from([state, copy, Complete('a')]).len(), 2);
}

#[test]
fn states_use_niches() {
    assert_eq!(
        size_of::<GeneratorState<Box<u8>, ()>>(),
        size_of::<Box<u8>>()
    );
}

// ------------------------------------------------------------------------------------------- Fuse

#[test]
fn fuse_returns_the_value_once() {
    let mut fused = countdown(1, "end").fuse();
    assert_eq!(Pin::new(&mut fused).resume(()), Yielded(1));
    assert_eq!(Pin::new(&mut fused).resume(()), Complete(Some("end")));
    assert_eq!(Pin::new(&mut fused).resume(()), Complete(None));
    assert_eq!(Pin::new(&mut fused).resume(()), Complete(None));
}

#[test]
fn fuse_takes_generators_behind_pins_and_references() {
    let mut generator = countdown(2, "end");
    assert_eq!(run((&mut generator).fuse()), (vec![2, 1], Some("end")));
    assert_eq!(
        run(Box::pin(countdown(2, "end")).fuse()),
        (vec![2, 1], Some("end"))
    );
    assert_eq!(
        run(countdown(2, "end").fuse().fuse()),
        (vec![2, 1], Some(Some("end")))
    );
}

#[test]
fn fuse_drops_the_generator_in_place_as_soon_as_it_completes() {
    let log = RefCell::default();
    {
        let mut fused = pin!(anchored(1, &log).fuse());
        assert_eq!(fused.as_mut().resume(()), Yielded(1));
        log.borrow_mut().push("yielded");
        assert_eq!(fused.as_mut().resume(()), Complete(Some(())));
        log.borrow_mut().push("returned");
        assert_eq!(fused.as_mut().resume(()), Complete(None));
    }
    assert_eq!(*log.borrow(), ["yielded", "complete", "drop", "returned"]);
}

#[test]
fn a_suspended_fuse_drops_the_generator_in_place() {
    let log = RefCell::default();
    {
        let mut fused = pin!(anchored(2, &log).fuse());
        assert_eq!(fused.as_mut().resume(()), Yielded(2));
        log.borrow_mut().push("yielded");
    }
    drop(anchored(2, &log).fuse());
    assert_eq!(*log.borrow(), ["yielded", "drop", "drop"]);
}

#[test]
fn a_complete_fuse_drops_its_argument() {
    struct Takes;

    impl Generator<Rc<()>> for Takes {
        type Yield = ();
        type Return = Rc<()>;

        fn resume(self: Pin<&mut Self>, arg: Rc<()>) -> GeneratorState<(), Rc<()>> {
            Complete(arg)
        }
    }

    let arg = Rc::new(());
    let mut fused = Takes.fuse();
    assert_eq!(
        Pin::new(&mut fused).resume(arg.clone()),
        Complete(Some(Rc::new(())))
    );
    assert_eq!(Pin::new(&mut fused).resume(arg.clone()), Complete(None));
    assert_eq!(Rc::strong_count(&arg), 1);
}

#[test]
fn fuse_passes_panics_through() {
    let mut fused = Panics(0).fuse();
    assert_eq!(
        message_of(|| Pin::new(&mut fused).resume(())),
        "resumed 1 times"
    );
    assert_eq!(
        message_of(|| Pin::new(&mut fused).resume(())),
        "resumed 2 times"
    );
}

#[test]
fn a_fuse_is_complete_even_if_dropping_the_generator_panics() {
    struct Explodes;

    impl Generator for Explodes {
        type Yield = ();
        type Return = ();

        fn resume(self: Pin<&mut Self>, (): ()) -> GeneratorState<(), ()> {
            Complete(())
        }
    }

    impl Drop for Explodes {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }

    let mut fused = Explodes.fuse();
    assert_eq!(message_of(|| Pin::new(&mut fused).resume(())), "dropped");
    assert_eq!(Pin::new(&mut fused).resume(()), Complete(None));
}

#[test]
fn fuse_clones_and_prints() {
    let mut fused = countdown(2, "end").fuse();
    assert_eq!(Pin::new(&mut fused).resume(()), Yielded(2));
    assert_eq!(run(fused.clone()), (vec![1], Some("end")));
    assert_eq!(
        format!("{fused:?}"),
        r#"Fuse { generator: Some(Countdown { left: 1, end: Some("end") }) }"#
    );
    assert_eq!(run(&mut fused), (vec![1], Some("end")));
    assert_eq!(format!("{fused:?}"), "Fuse { generator: None }");
}

// ------------------------------------------------------------------------------------------- Iter

#[test]
fn iter_takes_whatever_is_pinned() {
    let log = RefCell::default();
    let mut numbers = Vec::new();
    for number in Iter::new(pin!(anchored(2, &log))) {
        numbers.push(number);
    }
    numbers.extend(Iter::new(Box::pin(anchored(3, &log))));
    let object: Pin<Box<dyn Generator<Yield = u32, Return = ()> + '_>> =
        Box::pin(anchored(4, &log));
    numbers.extend(Iter::new(object));
    assert_eq!(numbers, [2, 1, 3, 2, 1, 4, 3, 2, 1]);
}

#[test]
fn iter_takes_what_can_be_moved() {
    assert!(Iter::new(countdown(3, ())).eq([3, 2, 1]));
    assert!(Iter::new(&mut countdown(3, ())).eq([3, 2, 1]));
    assert!(Iter::new(Box::new(countdown(3, ()))).eq([3, 2, 1]));
}

#[test]
fn iter_is_fused() {
    // The generator panics if it is resumed after it completed.
    let mut iter = Iter::new(countdown(1, ()));
    assert_eq!(iter.size_hint(), (0, None));
    assert_eq!([(); 4].map(|()| iter.next()), [Some(1), None, None, None]);
    assert_eq!(iter.size_hint(), (0, Some(0)));
}

#[test]
fn iter_gives_the_generator_back() {
    let mut generator = countdown(3, ());
    let mut iter = Iter::new(&mut generator);
    assert_eq!(iter.next(), Some(3));
    assert_eq!(run(iter.into_inner()), (vec![2, 1], ()));
}

#[test]
fn iter_starts_where_the_generator_stopped() {
    let mut generator = countdown(3, ());
    assert_eq!(Pin::new(&mut generator).resume(()), Yielded(3));
    assert!(Iter::new(generator).eq([2, 1]));
}

#[test]
fn iter_keeps_the_generator() {
    let log = RefCell::default();
    let mut iter = Iter::new(Box::pin(anchored(1, &log)));
    assert_eq!(iter.by_ref().count(), 1);
    log.borrow_mut().push("ended");
    drop(iter);
    assert_eq!(*log.borrow(), ["complete", "ended", "drop"]);
}

#[test]
fn iter_passes_panics_through() {
    let mut iter = Iter::new(Panics(0));
    assert_eq!(message_of(|| iter.next()), "resumed 1 times");
    assert_eq!(message_of(|| iter.next()), "resumed 2 times");
}

#[test]
fn iter_clones_and_prints() {
    let mut iter = Iter::new(countdown(2, ()));
    assert_eq!(iter.next(), Some(2));
    assert!(iter.clone().eq([1]));
    assert_eq!(
        format!("{iter:?}"),
        "Iter { generator: Countdown { left: 1, end: Some(()) }, complete: false }"
    );
    assert_eq!(iter.last(), Some(1));
}

// ------------------------------------------------------------------------------------ auto traits

/// Whether a type implements a trait, as a constant: an inherent `HOLDS` comes before the trait's.
macro_rules! implements {
    ($type:ty: $($bound:tt)+) => {{
        #[allow(dead_code, reason = "not used where the bound holds")]
        trait Otherwise {
            const HOLDS: bool = false;
        }
        impl<T: ?Sized> Otherwise for Probe<T> {}

        struct Probe<T: ?Sized>(PhantomData<T>);
        #[allow(dead_code, reason = "not used where the bound does not hold")]
        impl<T: $($bound)+ + ?Sized> Probe<T> {
            const HOLDS: bool = true;
        }

        Probe::<$type>::HOLDS
    }};
}

/// For each auto trait: it holds for the wrapped type exactly where it holds for the inner one.
macro_rules! auto_traits_follow {
    ($($inner:ty => $outer:ty;)+) => {$(
        const _: () = {
            assert!(implements!($inner: Send) == implements!($outer: Send));
            assert!(implements!($inner: Sync) == implements!($outer: Sync));
            assert!(implements!($inner: Unpin) == implements!($outer: Unpin));
            assert!(implements!($inner: UnwindSafe) == implements!($outer: UnwindSafe));
            assert!(implements!($inner: RefUnwindSafe) == implements!($outer: RefUnwindSafe));
        };
    )+};
}

auto_traits_follow! {
    u8 => Fuse<u8>;
    *const u8 => Fuse<*const u8>;
    Cell<u8> => Fuse<Cell<u8>>;
    MutexGuard<'static, u8> => Fuse<MutexGuard<'static, u8>>;
    PhantomPinned => Fuse<PhantomPinned>;
    &'static mut u8 => Fuse<&'static mut u8>;
    u8 => Iter<u8>;
    *const u8 => Iter<*const u8>;
    Cell<u8> => Iter<Cell<u8>>;
    MutexGuard<'static, u8> => Iter<MutexGuard<'static, u8>>;
    PhantomPinned => Iter<PhantomPinned>;
    &'static mut u8 => Iter<&'static mut u8>;
    (u8, *const u8) => GeneratorState<u8, *const u8>;
    (*const u8, u8) => GeneratorState<*const u8, u8>;
    (u8, Cell<u8>) => GeneratorState<u8, Cell<u8>>;
    (u8, MutexGuard<'static, u8>) => GeneratorState<u8, MutexGuard<'static, u8>>;
    (u8, PhantomPinned) => GeneratorState<u8, PhantomPinned>;
    (u8, &'static mut u8) => GeneratorState<u8, &'static mut u8>;
}

/// The probe itself, and what implements `Generator` and `FusedIterator`.
const _: () = {
    assert!(implements!(u8: Send) && !implements!(*const u8: Send));
    assert!(implements!(u8: Unpin) && !implements!(PhantomPinned: Unpin));

    // Pinned: behind a pin only. Movable: behind everything.
    assert!(implements!(Anchored<'static>: Generator));
    assert!(implements!(Pin<&'static mut Anchored<'static>>: Generator));
    assert!(implements!(Pin<Box<Anchored<'static>>>: Generator));
    assert!(!implements!(&'static mut Anchored<'static>: Generator));
    assert!(!implements!(Box<Anchored<'static>>: Generator));
    assert!(!implements!(Pin<&'static Anchored<'static>>: Generator));
    assert!(implements!(&'static mut Countdown<()>: Generator));
    assert!(implements!(Box<Countdown<()>>: Generator));
    assert!(!implements!(&'static Countdown<()>: Generator));

    // The argument is part of the trait.
    assert!(implements!(Fuse<Pusher>: for<'r> Generator<&'r mut Vec<u32>>));
    assert!(!implements!(Fuse<Pusher>: Generator));

    // `Iter` takes movable generators that take and return `()`.
    assert!(implements!(Iter<Countdown<()>>: FusedIterator));
    assert!(implements!(Iter<Pin<&'static mut Anchored<'static>>>: FusedIterator));
    assert!(implements!(Iter<Pin<Box<dyn Generator<Yield = u8, Return = ()>>>>: FusedIterator));
    assert!(!implements!(Iter<Anchored<'static>>: Iterator));
    assert!(!implements!(Iter<Countdown<&'static str>>: Iterator));
    assert!(!implements!(Iter<Fuse<Countdown<()>>>: Iterator));
    assert!(!implements!(Iter<Pusher>: Iterator));
};
