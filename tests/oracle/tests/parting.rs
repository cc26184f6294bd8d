//! Moves of locals before a call of the user's that never returns, at the end of a branch.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    dropping_copy_types,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, compare_movable, event, noisy};

fn stop<T>(_value: T) -> ! {
    event("stop");
    panic!("stopped")
}

struct Control;

impl Control {
    fn fail(&self, value: Noisy) -> ! {
        event(format!("fail {value:?}"));
        panic!("failed")
    }
}

struct Own(Noisy);

impl Own {
    fn finish(self) -> usize {
        event("finish");
        self.0.name().len()
    }
}

macro_rules! die {
    ($($value:tt)*) => {
        stop(($($value)*))
    };
}

/// One machine for each of these, all over the same body.
macro_rules! each_branch {
    ($($name:ident: $way:literal,)*) => { $(compare! {
        fn $name(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
            let (text, own, extra) = (noisy("text"), Own(noisy("own")), noisy("extra"));
            let run: Box<dyn FnOnce() -> usize> = Box::new({
                let inner = noisy("inner");
                move || inner.name().len()
            });
            let control = Control;
            let count: u64 = 7;
            let n = yield_!(1);
            let way = $way;
            let seen = match way {
                1 => stop(text),
                2 => {
                    own.finish();
                    stop(1)
                }
                3 => {
                    run();
                    control.fail(text);
                }
                4 => control.fail(text),
                5 => {
                    let other = own;
                    if way > 4 {
                        drop(text);
                        stop(other)
                    } else {
                        stop(2)
                    }
                }
                6 => die!(way),
                7 => {
                    if way > 1 {
                        drop(text);
                        stop(1)
                    } else {
                        stop((own, run))
                    }
                }
                8 => {
                    // SAFETY: it does nothing unsafe.
                    unsafe {
                        drop(run);
                        stop(n)
                    }
                }
                9 => loop {
                    if way > 1 {
                        drop(extra);
                        stop(3);
                    }
                },
                11 if n > 1_000_000 => {
                    let held = extra;
                    stop(held);
                }
                // What is copied, before calls that return.
                12 => {
                    drop(count);
                    usize::from_str_radix("5", 10).unwrap()
                }
                13 => {
                    if count.wrapping_add(count) > 3 {
                        usize::try_from(count).unwrap()
                    } else {
                        stop(extra)
                    }
                }
                _ => 0,
            };
            let way = way + 1;
            if way < 10 {
                event(text.name());
                drop(text);
            }
            yield_!(seen + count as usize);
            own.finish() + run() + extra.name().len()
        }
    })* };
}

each_branch! {
    argument: 1,
    receiver: 2,
    called: 3,
    beside_a_receiver: 4,
    branch_in_branch: 5,
    by_a_macro: 6,
    both_branches: 7,
    in_unsafe: 8,
    in_a_loop: 9,
    neither: 11,
    copied: 12,
    copied_and_looked_at: 13,
    none: 20,
}

compare_movable! {
    fn in_a_machine_that_moves(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> + Unpin {
        let text = noisy("text");
        for i in 0..3 {
            let n = yield_!(i);
            if i == 2 {
                event(n.to_string());
                drop(text);
                stop(i);
            }
            event(text.name());
        }
        text.name().len()
    }
}
