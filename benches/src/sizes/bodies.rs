//! The bodies. The same tokens become a machine of ours and one of rustc's.

use std::array;
use std::future::{Ready, ready};
use std::ops::Range;
use std::{slice, str, vec};

use super::{Live, Row, peer};

/// Whatever is not known at compile time.
pub struct Noisy(pub u32);

impl Drop for Noisy {
    fn drop(&mut self) {
        std::hint::black_box(self.0);
    }
}

fn noisy(n: u32) -> Noisy {
    Noisy(n)
}

fn bytes(of: u8) -> [u8; 1024] {
    std::hint::black_box([of; 1024])
}

fn consume<T>(value: T) {
    std::hint::black_box(value);
}

fn look<T: ?Sized>(value: &T) {
    std::hint::black_box(value);
}

/// Futures around futures, each of which takes the array and hands it on.
mod layers {
    #[allow(clippy::large_futures, reason = "that is what is shown")]
    pub(super) mod ours {
        use super::super::consume;
        #[handcrank::generator]
        pub async fn layer_0(data: [u8; 1024]) {
            std::future::ready(()).await;
            consume(data);
        }

        #[handcrank::generator]
        pub async fn layer_1(data: [u8; 1024]) {
            layer_0(data).await;
        }

        #[handcrank::generator]
        pub async fn layer_2(data: [u8; 1024]) {
            layer_1(data).await;
        }

        #[handcrank::generator]
        pub async fn layer_3(data: [u8; 1024]) {
            layer_2(data).await;
        }

        #[handcrank::generator]
        pub async fn layer_4(data: [u8; 1024]) {
            layer_3(data).await;
        }

        #[handcrank::generator]
        pub async fn layer_5(data: [u8; 1024]) {
            layer_4(data).await;
        }
    }

    #[allow(clippy::large_futures, reason = "that is what is shown")]
    pub(super) mod rustc {
        use super::super::consume;
        pub async fn layer_0(data: [u8; 1024]) {
            std::future::ready(()).await;
            consume(data);
        }

        pub async fn layer_1(data: [u8; 1024]) {
            layer_0(data).await;
        }

        pub async fn layer_2(data: [u8; 1024]) {
            layer_1(data).await;
        }

        pub async fn layer_3(data: [u8; 1024]) {
            layer_2(data).await;
        }

        pub async fn layer_4(data: [u8; 1024]) {
            layer_3(data).await;
        }

        pub async fn layer_5(data: [u8; 1024]) {
            layer_4(data).await;
        }
    }
}

/// `gen` bodies yield a `u32`; `async` ones await. After the body: what is passed, and what is live, set by
/// set.
macro_rules! rows {
    ($dollar:tt $($(#[$wasted:ident])? $kind:ident $name:ident $params:tt $body:tt
        with $args:tt, live $([$($live:ty),*])*;)*) => {
        $(mod $name {
            pub(super) mod ours {
                #[allow(unused_imports)]
                use super::super::*;
                #[allow(unused_imports)]
                use super::super::layers::ours::*;
                #[allow(unused_imports)]
                use handcrank::{generator, yield_, yield_from};
                ours!($kind $name $params $body);
            }
            #[allow(warnings, reason = "reported for `ours`")]
            pub(super) mod rustc {
                use super::super::*;
                use super::super::layers::rustc::*;
                rustc!($kind $dollar $name $params $body);
            }
        })*

        /// All of them.
        #[must_use]
        pub fn rows() -> Vec<Row> {
            vec![$(Row {
                name: stringify!($name),
                ours: size_of_val(&$name::ours::$name $args),
                rustc: size_of_val(&$name::rustc::$name $args),
                diapause: peer::size(stringify!($name)),
                floor: Live::floor(&[$(Live::nothing()$(.and::<$live>())*),*]),
                wasted: false $(|| stringify!($wasted) == "wasted")?,
            }),*]
        }
    };
}

macro_rules! ours {
    (gen $name:ident ($($params:tt)*) $body:tt) => {
        #[generator]
        pub fn $name($($params)*) -> impl handcrank::Generator<Yield = u32> $body
    };
    (async $name:ident ($($params:tt)*) $body:tt) => {
        #[generator]
        pub async fn $name($($params)*) $body
    };
}

macro_rules! rustc {
    (gen $dollar:tt $name:ident ($($params:tt)*) $body:tt) => {
        pub fn $name($($params)*) -> impl std::ops::Coroutine<Yield = u32, Return = ()> {
            macro_rules! yield_ { ($dollar($value:tt)*) => { yield ($dollar($value)*) } }
            macro_rules! yield_from {
                ($dollar($machine:tt)*) => {{
                    let mut machine = $dollar($machine)*;
                    loop {
                        let step = {
                            // SAFETY: it is never moved.
                            let machine = unsafe { std::pin::Pin::new_unchecked(&mut machine) };
                            std::ops::Coroutine::resume(machine, ())
                        };
                        match step {
                            std::ops::CoroutineState::Yielded(value) => yield value,
                            std::ops::CoroutineState::Complete(value) => break value,
                        };
                    }
                }};
            }
            #[coroutine] static move || $body
        }
    };
    (async $dollar:tt $name:ident ($($params:tt)*) $body:tt) => {
        pub async fn $name($($params)*) $body
    };
}

rows! { $
    gen counter(n: u32) {
        let mut i = 0;
        while i < n {
            yield_!(i);
            i += 1;
        }
    } with (1), live [u32] [u32, u32];

    gen range(n: u32) {
        for i in 0..n {
            yield_!(i);
        }
    } with (1), live [u32] [Range<u32>];

    gen nested_loops(n: u32) {
        for i in 0..n {
            for j in i..n {
                yield_!(i ^ j);
            }
        }
    } with (1), live [u32] [u32, Range<u32>, u32, Range<u32>];

    gen fibonacci() {
        let (mut a, mut b) = (0_u32, 1_u32);
        loop {
            yield_!(a);
            (a, b) = (b, a.wrapping_add(b));
        }
    } with (), live [u32, u32];

    gen one_vec(numbers: Vec<u32>) {
        for number in numbers {
            yield_!(number);
        }
    } with (vec![]), live [Vec<u32>] [vec::IntoIter<u32>];

    gen borrowed_slice(numbers: &[u32]) {
        for number in numbers {
            yield_!(*number);
        }
    } with (&[]), live [&[u32]] [slice::Iter<u32>];

    gen local_vec_borrowed() {
        let numbers = vec![1, 2, 3];
        for number in &numbers {
            yield_!(*number);
        }
    } with (), live [Vec<u32>, slice::Iter<u32>];

    gen lock(numbers: &std::sync::Mutex<Vec<u32>>) {
        let guard = numbers.lock().unwrap();
        for number in guard.iter() {
            yield_!(*number);
        }
    } with (&std::sync::Mutex::new(vec![])), live [&u32] [std::sync::MutexGuard<'static, u32>, slice::Iter<u32>];

    gen sibling_scopes(n: u32) {
        {
            let text = n.to_string();
            yield_!(1);
            look(&text);
        }
        {
            let number = u64::from(n);
            yield_!(2);
            look(&number);
        }
    } with (1), live [u32] [u32, String] [u64];

    gen branches(n: u32) {
        if n == 0 {
            let text = n.to_string();
            yield_!(1);
            look(&text);
        } else if n == 1 {
            let big = [n; 16];
            yield_!(2);
            look(&big);
        } else {
            let small = u64::from(n);
            yield_!(3);
            look(&small);
        }
    } with (1), live [u32] [String] [[u32; 16]] [u64];

    gen match_arms(op: Option<String>) {
        match op {
            Some(text) => {
                for letter in text.bytes() {
                    yield_!(u32::from(letter));
                }
            }
            None => yield_!(0),
        }
    } with (None), live [Option<String>] [String, str::Bytes];

    gen drops_later() {
        let first = noisy(1);
        yield_!(1);
        let second = noisy(2);
        yield_!(2);
        look(&first.0);
        look(&second.0);
    } with (), live [Noisy] [Noisy, Noisy];

    gen maybe_moved(flag: bool, text: String) {
        if flag {
            consume(text);
        }
        yield_!(1);
    } with (true, String::new()), live [bool, String];

    gen moved_before() {
        let text = String::from("x");
        consume(text);
        yield_!(1);
        let other = String::from("y");
        yield_!(2);
        look(&other);
    } with (), live [String];

    gen dead_scalar(n: u32) {
        let a = u64::from(n) * 3;
        let b = a + 1;
        let c = b * a;
        yield_!(1);
        look(&c.wrapping_add(1));
        yield_!(2);
    } with (1), live [u32] [u64];

    gen dead_array(n: u8) {
        let a = bytes(n);
        let sum = a.iter().map(|byte| u32::from(*byte)).sum::<u32>();
        yield_!(sum);
        yield_!(sum + 1);
    } with (1), live [u8] [u32];

    #[wasted]
    gen copies_in_sequence() {
        let a = [1_u8; 1024];
        yield_!(u32::from(a[0]));
        let mut sum = u32::from(a[1]);
        let b = [2_u8; 1024];
        yield_!(u32::from(b[0]));
        sum += u32::from(b[1]);
        yield_!(sum);
    } with (), live [[u8; 1024]] [[u8; 1024], u32];

    #[wasted]
    gen move_chain() {
        let a = bytes(1);
        yield_!(1);
        let b = a;
        yield_!(2);
        let c = b;
        yield_!(3);
        consume(c);
    } with (), live [[u8; 1024]];

    #[wasted]
    gen move_chain_of_noisy() {
        let a = (noisy(1), bytes(1));
        yield_!(1);
        let b = a;
        yield_!(2);
        let c = b;
        yield_!(3);
        consume(c);
    } with (), live [(Noisy, [u8; 1024])];

    gen temporary(cell: &std::cell::RefCell<Vec<u32>>) {
        for number in cell.borrow().iter() {
            yield_!(*number);
        }
    } with (&std::cell::RefCell::new(vec![])),
        live [&u32] [std::cell::Ref<'static, u32>, slice::Iter<u32>];

    gen operands(n: u64) {
        let sum = (n + 1, yield_!(1), n + 2, yield_!(2)).0;
        look(&(sum + 1));
    } with (1), live [u64] [u64, u64];

    gen tokenizer(text: String) {
        let mut buffer = String::new();
        for letter in text.chars() {
            if letter.is_whitespace() {
                yield_!(buffer.len() as u32);
                buffer.clear();
            } else {
                buffer.push(letter);
            }
        }
        yield_!(buffer.len() as u32);
    } with (String::new()), live [String] [String, String, str::Chars];

    gen early_exit(text: &str) {
        for word in text.split(' ') {
            let Ok(number) = word.parse::<u32>() else { return };
            yield_!(number);
        }
    } with (""), live [&str] [str::Split<'static, char>];

    gen big_local(n: u32) {
        let mut table = [0_u32; 16384];
        for i in 0..n {
            table[i as usize % 16384] = i;
            yield_!(table[(i / 2) as usize % 16384]);
        }
    } with (1), live [u32] [[u32; 16384], Range<u32>, u32];

    gen twelve_points(n: u32) {
        let mut state = n;
        loop {
            match state % 12 {
                0 => yield_!(0),
                1 => yield_!(10),
                2 => yield_!(20),
                3 => yield_!(30),
                4 => yield_!(40),
                5 => yield_!(50),
                6 => yield_!(60),
                7 => yield_!(70),
                8 => yield_!(80),
                9 => yield_!(90),
                10 => yield_!(100),
                _ => yield_!(110),
            }
            state = state.wrapping_mul(5).wrapping_add(1);
        }
    } with (1), live [u32];

    gen closure_kept(n: u32) {
        let step = move |i: u32| i.wrapping_mul(n);
        for i in 0..4 {
            yield_!(step(i));
        }
    } with (1), live [u32] [u32, Range<u32>];

    gen chain(numbers: Vec<u32>) {
        for number in numbers.iter().filter(|n| **n % 2 == 0).map(|n| n + 1) {
            yield_!(number);
        }
    } with (vec![]), live [Vec<u32>] [Vec<u32>, slice::Iter<u32>];

    gen array_by_value(numbers: [u32; 8]) {
        for number in numbers {
            yield_!(number);
        }
    } with ([0; 8]), live [[u32; 8]] [array::IntoIter<u32, 8>];

    gen two_loops(n: u32) {
        for i in 0..n {
            yield_!(i);
        }
        for i in (0..u64::from(n)).rev() {
            yield_!(i as u32);
        }
    } with (1), live [u32] [u32, Range<u32>] [Range<u64>];

    async awaits_ready(n: u32) {
        consume(ready(n).await);
    } with (1), live [u32] [Ready<u32>];

    async awaits_twice() {
        let a = ready(1_u64).await;
        let b = ready(2_u64).await;
        consume(a + b);
    } with (), live [Ready<u64>] [u64, Ready<u64>];

    async pauses_in_loop(n: u32) {
        for i in 0..n {
            ready(i).await;
        }
    } with (1), live [u32] [Range<u32>, Ready<u32>];

    #[wasted]
    async big_argument(data: [u8; 8192]) {
        ready(()).await;
        consume(data);
    } with ([0; 8192]), live [[u8; 8192], Ready<()>];

    async argument_consumed_before(data: [u8; 8192]) {
        consume(data);
        ready(()).await;
    } with ([0; 8192]), live [[u8; 8192]];

    #[wasted]
    async six_layers(data: [u8; 1024]) {
        layer_5(data).await;
    } with ([0; 1024]), live [[u8; 1024], Ready<()>];

    async argument_borrowed(data: [u8; 8192]) {
        look(&data);
        ready(()).await;
    } with ([0; 8192]), live [[u8; 8192]];
}
