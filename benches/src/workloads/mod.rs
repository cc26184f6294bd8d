//! The work, and who does it. Each file is one workload, with a function for each kind of machine, written as
//! its authors would write it.

use std::fmt;

/// Who does the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `#[generator]`.
    Ours,
    /// A state machine written by hand.
    ByHand,
    /// rustc's coroutine, `async fn` or `async gen`.
    Rustc,
    /// Iterators of std.
    Std,
    /// The crate of that name.
    Diapause,
    /// genawaiter's, in an `Rc`.
    GenawaiterRc,
    /// genawaiter's, on the stack.
    GenawaiterStack,
    /// next-gen.
    NextGen,
    /// async-stream.
    AsyncStream,
    /// asynk-strim.
    AsynkStrim,
    /// The crate of that name.
    Corosensei,
    /// The crate of that name.
    Generator,
}

impl Kind {
    /// The name of it, as in the tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Ours => "ours",
            Kind::ByHand => "by hand",
            Kind::Rustc => "rustc",
            Kind::Std => "std",
            Kind::Diapause => "diapause",
            Kind::GenawaiterRc => "genawaiter rc",
            Kind::GenawaiterStack => "genawaiter stack",
            Kind::NextGen => "next-gen",
            Kind::AsyncStream => "async-stream",
            Kind::AsynkStrim => "asynk-strim",
            Kind::Corosensei => "corosensei",
            Kind::Generator => "generator",
        }
    }
}

/// How it is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// All of it is in sight of the compiler.
    Inlined,
    /// Through a trait object of which nothing is known.
    Called,
}

impl Mode {
    /// The name of it, as in the tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Inlined => "inlined",
            Mode::Called => "called",
        }
    }
}

/// One of the measured functions.
#[derive(Clone, Copy)]
pub struct Variant {
    /// Which work is done.
    pub workload: &'static str,
    /// Who does it.
    pub kind: Kind,
    /// How it is driven.
    pub mode: Mode,
    /// Does it. All of a workload return the same.
    pub run: fn(&Input) -> u64,
}

impl fmt::Debug for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} / {} / {}",
            self.workload,
            self.kind.name(),
            self.mode.name()
        )
    }
}

/// What the workloads work on.
#[derive(Debug)]
pub struct Input {
    /// A small multiple of what is counted to.
    pub n: u64,
    /// 1 MB of text.
    pub text: String,
    /// Digits.
    pub digits: Vec<u8>,
    /// A tree.
    pub tree: tree::Tree,
    /// Numbers, sorted.
    pub sorted: [Vec<u64>; 2],
}

impl Input {
    /// The input of all that is measured.
    #[must_use]
    pub fn new() -> Self {
        let mut random = 1_u64;
        let mut next = || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random
        };
        let mut text = String::with_capacity(1 << 20);
        while text.len() < 1 << 20 {
            let letter = next();
            text.push(match letter % 7 {
                0 => ' ',
                1 => char::from(b'0' + (letter >> 8) as u8 % 10),
                _ => char::from(b'A' + (letter >> 8) as u8 % 26 + 32 * ((letter >> 20) as u8 & 1)),
            });
        }
        let digits = (0..10_000)
            .map(|_| b'0' + (next() >> 20) as u8 % 10)
            .collect();
        let mut sorted = [(); 2].map(|()| (0..5_000).map(|_| next() >> 40).collect::<Vec<_>>());
        for numbers in &mut sorted {
            numbers.sort_unstable();
        }
        let tree = tree::Tree::random(&mut next, 12);
        Input {
            n: 10_000,
            text,
            digits,
            tree,
            sorted,
        }
    }
}

impl Default for Input {
    fn default() -> Self {
        Self::new()
    }
}

/// The variants of a workload: `Kind: driver(machine);`, or `Kind: driver(statement; machine);` for a machine
/// that a macro puts on the stack.
macro_rules! variants {
    ($workload:literal, |$input:ident| $($kind:ident: $driver:ident($($machine:tt)*);)*) => {
        /// Those who do it.
        #[must_use]
        pub fn variants() -> Vec<$crate::workloads::Variant> {
            use $crate::workloads::{Input, Kind, Mode, Variant};
            vec![$(
                Variant {
                    workload: $workload,
                    kind: Kind::$kind,
                    mode: Mode::Inlined,
                    run: |#[allow(unused)] $input: &Input| {
                        drive!($driver inlined $($machine)*)
                    },
                },
                Variant {
                    workload: $workload,
                    kind: Kind::$kind,
                    mode: Mode::Called,
                    run: |#[allow(unused)] $input: &Input| {
                        drive!($driver called $($machine)*)
                    },
                },
            )*]
        }
    };
}

macro_rules! drive {
    ($driver:ident $how:ident $setup:stmt; $machine:expr) => {{
        $setup
        $crate::drive::$driver::$how($machine)
    }};
    ($driver:ident $how:ident $machine:expr) => {
        $crate::drive::$driver::$how($machine)
    };
}

/// The same body for the peers that take any body, as a function for each, which is what their users write.
/// `yield_!` is theirs.
macro_rules! peers {
    ($d:tt ($($arg:ident: $ty:ty),*) $body:tt) => {
        #[allow(warnings, reason = "reported for `ours`")]
        pub mod peers {
            use super::*;

            async fn rc_producer<'x>(co: genawaiter::rc::Co<u64>, $($arg: $ty),*) {
                macro_rules! yield_ { ($d value:expr) => { co.yield_($d value).await } }
                $body
            }

            pub fn genawaiter_rc<'x>($($arg: $ty),*) -> impl Iterator<Item = u64> {
                genawaiter::rc::Gen::new(move |co| rc_producer(co, $($arg),*)).into_iter()
            }

            pub async fn genawaiter_stack<'x>(co: genawaiter::stack::Co<'_, u64>, $($arg: $ty),*) {
                macro_rules! yield_ { ($d value:expr) => { co.yield_($d value).await } }
                $body
            }

            pub fn asynk_strim<'x>($($arg: $ty),*) -> impl futures_core::Stream<Item = u64> {
                asynk_strim::stream_fn(move |mut yielder| async move {
                    macro_rules! yield_ { ($d value:expr) => { yielder.yield_item($d value).await } }
                    $body
                })
            }

            pub fn corosensei<'x>($($arg: $ty),*) -> $crate::drive::OnStack<'x> {
                corosensei::ScopedCoroutine::new(
                    move |yielder: &corosensei::Yielder<(), u64>, ()| {
                        macro_rules! yield_ { ($d value:expr) => { yielder.suspend($d value) } }
                        $body
                    },
                )
            }

            pub fn generator<'x>($($arg: $ty),*) -> impl Iterator<Item = u64> + 'x {
                generator::Gn::new_scoped_opt(0x8000, move |mut scope: generator::Scope<'_, 'x, (), u64>| {
                    macro_rules! yield_ { ($d value:expr) => {{
                        // SAFETY: what is borrowed outlives the machine, which is never forgotten.
                        unsafe { scope.yield_unsafe($d value) };
                    }} }
                    $body
                    generator::done!()
                })
            }
        }
    };
}

macro_rules! workloads {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $($(#[$doc])* pub mod $name;)*

        /// All there is to measure.
        #[must_use]
        pub fn all() -> Vec<Variant> {
            let mut all = Vec::new();
            $(all.extend($name::variants());)*
            all
        }
    };
}

workloads! {
    /// One loop.
    counter,
    /// Two loops.
    nested,
    /// Arguments.
    total,
    /// A tree, by recursion.
    tree,
    /// A tree, by a stack.
    stack,
    /// A megabyte of text.
    tokenizer,
    /// Adapters over what is borrowed.
    chain,
    /// 64 KiB of local state.
    large,
    /// `?` in a hot loop.
    question,
    /// Twelve suspension points in a `match`.
    twelve,
    /// Delegation.
    delegation,
    /// Two machines in one.
    merge,
    /// Primes.
    sieve,
    /// Awaiting.
    awaits,
    /// Streams in streams.
    streams,
    /// Made and dropped.
    made,
    /// Dropped while suspended.
    stopped,
}
