//! When things drop: scopes, temporaries, arguments, and what `drop` and `forget` take away.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::mem::{ManuallyDrop, forget, replace, take};
use std::sync::{Mutex, MutexGuard};

use handcrank_oracle::{Noisy, Zst, compare, event, mk, noisy};

struct Holder<'a>(&'a Noisy, Noisy);

impl Drop for Holder<'_> {
    fn drop(&mut self) {
        event(format!("holder of {:?} and {:?}", self.0, self.1));
    }
}

fn holder<'a>(held: &'a Noisy, name: &str) -> Holder<'a> {
    Holder(held, noisy(name))
}

impl Holder<'_> {
    fn len(&self) -> usize {
        self.1.name().len()
    }
}

compare! {
    fn locals_drop_in_reverse_order(x: Noisy, y: Noisy) -> impl Generator<Yield = u32> {
        let _a = noisy("a");
        yield_!(1);
        let _b = noisy("b");
        {
            let _c = noisy("c");
            let _d = noisy("d");
            yield_!(2);
            let _e = noisy("e");
        }
        let _f = (noisy("f0"), noisy("f1"));
        yield_!(3);
        event(format!("{x:?} {y:?}"));
    }
    with (noisy("x"), noisy("y"))
}

compare! {
    fn drops_see_the_borrowed_alive() -> impl Generator<Yield = usize> {
        let owner = noisy("owner");
        let first = holder(&owner, "first");
        yield_!(first.len());
        {
            let inner = noisy("inner");
            let _second = holder(&inner, "second");
            let _third = holder(&first.1, "third");
            yield_!(2);
        }
        yield_!(3);
    }
}

compare! {
    fn statement_temporaries(#[resume] n: u32) -> impl Generator<u32, Yield = usize> {
        let owner = noisy("owner");
        event(n.to_string());
        holder(&owner, "statement").len();
        yield_!(holder(&owner, "in the argument").len());
        event(format!("{}", holder(&owner, "beside").len() + yield_!(1) as usize));
        let n = holder(&owner, "in a let").len() + mk(yield_!(2)) as usize;
        yield_!(n);
        let _ = holder(&owner, "wildcard").len() + yield_!(3) as usize;
        { holder(&owner, "block").len() + yield_!(4) as usize };
        let (a, _) = (holder(&owner, "tuple").len(), yield_!(5));
        yield_!(a);
    }
}

compare! {
    fn extended_temporaries() -> impl Generator<Yield = usize> {
        let a = &noisy("a");
        yield_!(a.name().len());
        let (b, c) = (&noisy("b"), &mut noisy("c"));
        c.rename("!");
        yield_!(b.name().len() + c.name().len());
        let holder = Holder(&noisy("held"), noisy("holder"));
        yield_!(holder.len());
        let Some(d) = &Some(noisy("d")) else { return };
        yield_!(d.name().len());
        let ref e = noisy("e");
        let f: &[Noisy] = &[noisy("f0"), noisy("f1")];
        let g = { &noisy("g") };
        yield_!(e.name().len() + f.len() + g.name().len());
        let h = if f.len() > 1 { &noisy("h1") } else { &noisy("h2") };
        yield_!(h.name().len());
    }
}

compare! {
    fn tail_temporaries(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let owner = noisy("owner");
        let a = {
            let local = noisy("local");
            yield_!(local.name().len());
            holder(&owner, "tail of a block").len()
        };
        let b = match n {
            0 => 0,
            _ => holder(&owner, "tail of an arm").len() + yield_!(a) as usize,
        };
        let c = if n > 3 { holder(&owner, "tail of an if").len() } else { yield_!(0) as usize };
        yield_!(b + c);
        holder(&owner, "tail of the body").len() + yield_!(9) as usize
    }
}

compare! {
    fn explicit_drops() -> impl Generator<Yield = usize, Return = usize> {
        let mut a = noisy("a");
        let b = noisy("b");
        let c = noisy("c");
        let mut list = vec![noisy("l0"), noisy("l1")];
        yield_!(1);
        drop(b);
        yield_!(2);
        forget(Zst);
        let old = replace(&mut a, noisy("a2"));
        yield_!(old.name().len());
        let taken = take(&mut list);
        yield_!(list.len() + taken.len());
        drop((c, taken));
        let mut manual = ManuallyDrop::new(noisy("manual"));
        yield_!(manual.name().len());
        // SAFETY: what is unsafe here is sound for the types of this body.
        unsafe { ManuallyDrop::drop(&mut manual) };
        let slot = { let _old = old; yield_!(5); a };
        slot.name().len()
    }
}

compare! {
    fn guards_across_yields() -> impl Generator<Yield = bool, Return = Vec<Noisy>> {
        let mutex = Mutex::new(vec![noisy("m0")]);
        let mut guard = mutex.lock().unwrap();
        guard.push(noisy("m1"));
        yield_!(mutex.try_lock().is_err());
        guard.pop();
        drop(guard);
        yield_!(mutex.try_lock().is_ok());
        {
            let again: MutexGuard<'_, Vec<Noisy>> = mutex.lock().unwrap();
            yield_!(again.is_empty());
        }
        mutex.lock().unwrap().push(noisy("m2"));
        match mutex.lock().unwrap().len() {
            2 => yield_!(mutex.try_lock().is_err()),
            _ => unreachable!(),
        }
        mutex.into_inner().unwrap()
    }
}

compare! {
    fn loops_drop_each_turn(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let outer = noisy("outer");
        let mut kept: Option<Noisy> = None;
        let mut n = n;
        for turn in 0..4 {
            let start = noisy(format!("start {turn}"));
            if turn == 1 {
                kept = Some(start);
                continue;
            }
            n = yield_!(n);
            let end = noisy(format!("end {turn}"));
            if n > 11 {
                let held = holder(&outer, "held");
                yield_!(held.len() as u32);
                break;
            }
            event(format!("{start:?} {end:?}"));
        }
        yield_!(0);
        event(format!("{kept:?}"));
    }
}

compare! {
    fn unused_results_and_shadowed_values() -> impl Generator<Yield = u32> {
        let a = noisy("a1");
        let a = noisy(format!("a2 after {a:?}"));
        yield_!(1);
        noisy("result");
        let _: Noisy = noisy("ignored");
        (noisy("t0"), noisy("t1")).0;
        yield_!(2);
        let a = { let a = a; yield_!(3); (a, noisy("beside")) };
        a.0;
        yield_!(4);
        event(format!("{:?}", a.1));
    }
}

compare! {
    fn zero_sized_values_are_dropped_once(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = [Zst; 2]> {
        let a = Zst;
        let b = [Zst, Zst];
        let mut n = n;
        while n < 13 {
            let _turn = Zst;
            n = yield_!(n);
        }
        drop(a);
        yield_!(100);
        b
    }
}

compare! {
    fn drop_glue_of_containers() -> impl Generator<Yield = usize> {
        let boxed: Box<dyn FnOnce() -> Noisy> = { let inner = noisy("captured"); Box::new(move || inner) };
        let nested = vec![Some(Box::new(noisy("boxed"))), None];
        let rc = std::rc::Rc::new(noisy("shared"));
        let other = rc.clone();
        let array = [(1, noisy("a0")), (2, noisy("a1"))];
        let result: Result<Noisy, Zst> = Ok(noisy("ok"));
        yield_!(nested.len());
        drop(rc);
        yield_!(array.len());
        let called = boxed();
        yield_!(called.name().len() + other.name().len());
        event(format!("{result:?}"));
    }
}
