//! What must not cost more as it grows: suspension points, nesting, the frame, and the drop of what needs none.

use std::ops::Coroutine;

use handcrank::{generator, yield_};

use crate::workloads::Variant;

/// The names of the rows, in groups in which a cost may not grow.
pub const GROUPS: [&[&str]; 3] = [
    &["1 point", "10 points", "100 points"],
    &["depth 1", "depth 4", "depth 16"],
    &["frame of 64 bytes", "frame of 64 KiB"],
];

/// In a row, so many suspension points, by hand a `match` over as many numbers.
macro_rules! points {
    ($module:ident $name:literal: $($number:literal)*) => {
        mod $module {
            use super::*;

            #[generator]
            fn ours(n: u64) -> impl Iterator<Item = u64> {
                for i in 0..n {
                    $(yield_!(i ^ $number);)*
                }
            }

            #[derive(Default)]
            struct ByHand {
                i: u64,
                n: u64,
                at: usize,
            }

            impl Iterator for ByHand {
                type Item = u64;
                #[inline]
                fn next(&mut self) -> Option<u64> {
                    const POINTS: [u64; [$($number),*].len()] = [$($number),*];
                    if self.at == POINTS.len() {
                        self.at = 0;
                        self.i += 1;
                    }
                    if self.i == self.n {
                        return None;
                    }
                    let item = self.i ^ POINTS[self.at];
                    self.at += 1;
                    Some(item)
                }
            }

            fn rustc(n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
                #[coroutine]
                move || {
                    for i in 0..n {
                        $(yield i ^ $number;)*
                    }
                }
            }

            const TIMES: u64 = 10_000 / [$($number),*].len() as u64;

            variants! { $name, |input|
                Ours: iter(ours(TIMES));
                ByHand: iter(ByHand { n: TIMES, ..ByHand::default() });
                Rustc: coroutine(rustc(TIMES));
            }
        }
    };
}

points! { points_1 "1 point": 1 }
points! { points_10 "10 points": 1 2 3 4 5 6 7 8 9 10 }
points! { points_100 "100 points":
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39
    40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76
    77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99
}

/// Loops in loops, all but the innermost of which turn once.
macro_rules! depths {
    ($module:ident $name:literal: $($level:ident)*) => {
        mod $module {
            use super::*;

            depths!(@ours n [for i in 0..n { yield_!(i); }] $($level)*);

            fn rustc(n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
                #[coroutine]
                move || {
                    depths!(@nest [for i in 0..n { yield i; }] $($level)*);
                }
            }

            variants! { $name, |input|
                Ours: iter(ours(10_000));
                ByHand: iter(0..10_000_u64);
                Rustc: coroutine(rustc(10_000));
            }
        }
    };
    (@ours $n:ident [$($body:tt)*]) => {
        #[generator]
        fn ours($n: u64) -> impl Iterator<Item = u64> {
            $($body)*
        }
    };
    (@ours $n:ident [$($body:tt)*] $level:ident $($rest:ident)*) => {
        depths!(@ours $n [let mut $level = true; while $level { $level = false; $($body)* }] $($rest)*);
    };
    (@nest [$($body:tt)*]) => { $($body)* };
    (@nest [$($body:tt)*] $level:ident $($rest:ident)*) => {
        depths!(@nest [let mut $level = true; while $level { $level = false; $($body)* }] $($rest)*)
    };
}

depths! { depth_1 "depth 1": }
depths! { depth_4 "depth 4": a b c }
depths! { depth_16 "depth 16": a b c d e f g h i j k l m o p }

macro_rules! frames {
    ($module:ident $name:literal $length:literal) => {
        mod $module {
            use super::*;

            #[generator]
            fn ours(n: u64) -> impl Iterator<Item = u64> {
                let mut table = [0_u64; $length];
                for i in 0..n {
                    let place = i as usize % $length;
                    yield_!(table[place]);
                    table[place] = i;
                }
            }

            struct ByHand {
                table: [u64; $length],
                i: u64,
                n: u64,
            }

            impl Iterator for ByHand {
                type Item = u64;
                #[inline]
                fn next(&mut self) -> Option<u64> {
                    if self.i == self.n {
                        return None;
                    }
                    let i = self.i;
                    self.i += 1;
                    Some(std::mem::replace(&mut self.table[i as usize % $length], i))
                }
            }

            fn rustc(n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
                #[coroutine]
                move || {
                    let mut table = [0_u64; $length];
                    for i in 0..n {
                        let place = i as usize % $length;
                        yield table[place];
                        table[place] = i;
                    }
                }
            }

            variants! { $name, |input|
                Ours: iter(ours(100_000));
                ByHand: iter(ByHand { table: [0; $length], i: 0, n: 100_000 });
                Rustc: coroutine(rustc(100_000));
            }
        }
    };
}

frames! { small "frame of 64 bytes" 8 }
frames! { large "frame of 64 KiB" 8192 }

mod nothing {
    use super::*;

    #[generator]
    fn ours(n: u64) -> impl Iterator<Item = u64> {
        for i in 0..n {
            for j in 0..i {
                yield_!(i ^ j);
            }
        }
    }

    fn rustc(n: u64) -> impl Coroutine<Yield = u64, Return = ()> {
        #[coroutine]
        move || {
            for i in 0..n {
                for j in 0..i {
                    yield i ^ j;
                }
            }
        }
    }

    variants! { "drop of what needs none", |input|
        Ours: drop_alone(ours(input.n));
        ByHand: drop_alone((0..input.n, 0..0_u64));
        Rustc: drop_alone(rustc(input.n));
    }
}

/// All of them.
#[must_use]
pub fn all() -> Vec<Variant> {
    [
        points_1::variants(),
        points_10::variants(),
        points_100::variants(),
        depth_1::variants(),
        depth_4::variants(),
        depth_16::variants(),
        small::variants(),
        large::variants(),
        nothing::variants(),
    ]
    .concat()
}
