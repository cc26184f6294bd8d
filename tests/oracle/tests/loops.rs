//! `loop`, `while` and `while let`, with labels and `break` values.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, noisy};

compare! {
    fn loop_with_a_break_value(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = String> {
        let mut count = n;
        let name = loop {
            let turn = noisy(format!("turn {count}"));
            count = yield_!(count);
            if count == 12 {
                break turn;
            }
        };
        yield_!(count);
        let sum = loop {
            if count > 20 {
                break count + yield_!(1);
            }
            count += 5;
        };
        format!("{name:?} {sum}")
    }
}

compare! {
    fn endless_loop_left_by_return(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Noisy> {
        let mut best = noisy("none");
        let mut n = n;
        loop {
            n = yield_!(n * 2);
            let candidate = noisy(format!("n{n}"));
            if n == 13 {
                return best;
            }
            best = candidate;
        }
    }
}

compare! {
    fn labels(limit: u32) -> impl Generator<Yield = (u32, u32), Return = (u32, u32)> {
        let mut last = (0, 0);
        let mut a = 0;
        'rows: loop {
            a += 1;
            let row = noisy(format!("row {a}"));
            let mut b = 0;
            'columns: loop {
                b += 1;
                let cell = noisy(format!("cell {a}{b}"));
                if b > a {
                    continue 'rows;
                }
                if (a + b) % 3 == 0 {
                    continue 'columns;
                }
                last = (a, b);
                yield_!(last);
                if a == limit {
                    break 'rows;
                }
                event(format!("{row:?} {cell:?}"));
            }
        }
        last
    }
    with (4)
}

compare! {
    fn labeled_break_values(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Noisy> {
        let found = 'outer: loop {
            let outer = noisy("outer");
            let mut inner_rounds = n;
            let inner = loop {
                inner_rounds = yield_!(inner_rounds);
                if inner_rounds > 13 {
                    break 'outer outer;
                }
                if inner_rounds % 2 == 0 {
                    break noisy("inner");
                }
            };
            event(format!("{outer:?} {inner:?}"));
        };
        yield_!(0);
        found
    }
}

compare! {
    fn while_loops(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut i = 0;
        while i < 3 {
            let _scope = noisy(format!("w{i}"));
            yield_!(i);
            i += 1;
        }
        let mut n = n;
        while n < 20 && i < 100 {
            i += 1;
            if i == 6 {
                continue;
            }
            if i == 9 {
                break;
            }
            n = yield_!(i);
        }
        while false {
            yield_!(1000);
        }
        i
    }
}

compare! {
    fn while_condition_yields(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = u32> {
        let mut rounds = n;
        while yield_!(format!("go {rounds}?")) < 14 {
            let body = noisy("body");
            rounds += 1;
            yield_!(format!("{body:?}"));
        }
        while { let cond = noisy("condition"); yield_!(cond.name().to_owned()) % 3 != 0 } {
            rounds += 100;
        }
        rounds
    }
}

compare! {
    fn while_let_pops_a_stack(start: Vec<u32>) -> impl Generator<Yield = u32, Return = Vec<u32>> {
        let mut stack = start;
        let mut done = vec![];
        while let Some(top) = stack.pop() {
            let guard = noisy(format!("top {top}"));
            yield_!(top);
            if top > 2 {
                stack.push(top / 2);
                stack.push(top / 3);
                continue;
            }
            done.push(top);
            event(format!("{guard:?}"));
        }
        done
    }
    with (vec![9, 1])
}

compare! {
    fn while_let_scrutinee_yields(
        #[resume] input: Option<u32>,
    ) -> impl Generator<Option<u32>, Yield = u32, Return = u32> {
        let mut sum = input.unwrap_or(0);
        while let Some(n) = yield_!(sum) {
            let name = noisy(format!("n{n}"));
            sum += n;
            event(format!("{name:?}"));
        }
        while let (Some(a), b) = (yield_!(1), yield_!(2)) {
            sum += a + b.unwrap_or(0);
            if sum > 1000 {
                break;
            }
        }
        sum
    }
}

compare! {
    fn while_let_temporaries_live_through_the_body() -> impl Generator<Yield = usize> {
        let mut left = 3_usize;
        while let 1.. = noisy(format!("temporary {left}")).name().len() * left {
            left -= 1;
            yield_!(left);
            event("end of body");
        }
        let mut list = vec![noisy("a"), noisy("b")];
        while let Some(last) = list.last_mut() {
            last.rename("!");
            yield_!(last.name().len());
            list.pop();
        }
    }
}

compare! {
    fn while_let_chains(#[resume] first: Option<u32>) -> impl Generator<Option<u32>, Yield = u32> {
        let mut input = first;
        let mut budget = vec![1, 2, 3, 4, 5];
        while let Some(n) = input
            && let Some(cost) = budget.pop()
            && n + cost < 100
        {
            let spent = noisy(format!("spent {cost}"));
            input = yield_!(n * cost);
            if input.is_none() {
                input = yield_!(0);
            }
            event(format!("{spent:?}"));
        }
        yield_!(budget.len() as u32);
    }
}

compare! {
    fn loops_carry_moved_values() -> impl Generator<Yield = String, Return = Noisy> {
        let mut current = noisy("s");
        let mut n = 0;
        loop {
            yield_!(current.name().to_owned());
            current = current.and("+");
            n += 1;
            if n == 2 {
                let old = current;
                yield_!(format!("old {old:?}"));
                current = noisy("new");
            }
            if n == 4 {
                break current;
            }
        }
    }
}

compare! {
    fn breaks_out_of_nested_blocks(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut n = n;
        let result = loop {
            let a = noisy("a");
            {
                let b = noisy("b");
                if n == 11 {
                    let c = noisy("c");
                    n = yield_!(n);
                    event(format!("{a:?} {b:?} {c:?}"));
                    continue;
                }
                match n {
                    12 => {
                        let _d = noisy("d");
                        break { yield_!(12) };
                    }
                    _ => n = yield_!(n),
                }
            }
            event("end of turn");
        };
        result
    }
}
