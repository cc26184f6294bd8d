//! The bodies that diapause takes, as its users write them: with the types of what is kept.

#![allow(warnings, reason = "reported for `ours`")]

/// A module for each, for diapause makes a module that is called as the function.
macro_rules! machines {
    ($($name:ident $params:tt $body:block with ($($args:expr),*);)*) => {
        $(mod $name {
            #[diapause::coroutine(yield = u32)]
            pub fn machine $params $body
        })*

        /// The size of the machine that diapause makes of a body, if it takes it.
        pub fn size(name: &str) -> Option<usize> {
            match name {
                $(stringify!($name) => Some(size_of_val(&$name::machine($($args),*))),)*
                _ => None,
            }
        }
    };
}

machines! {
    counter(n: u32) {
        let mut i = 0_u32;
        while i < n {
            yield_!(i);
            i += 1;
        }
    } with (1);

    range(n: u32) {
        for i in 0_u32..n {
            yield_!(i);
        }
    } with (1);

    nested_loops(n: u32) {
        for i in 0_u32..n {
            for j in i..n {
                yield_!(i ^ j);
            }
        }
    } with (1);

    one_vec(numbers: Vec<u32>) {
        for number in numbers {
            yield_!(number);
        }
    } with (vec![]);

    array_by_value(numbers: [u32; 8]) {
        for number in numbers {
            yield_!(number);
        }
    } with ([0; 8]);

    big_local(n: u32) {
        let mut table: [u32; 16384] = [0_u32; 16384];
        for i in 0_u32..n {
            table[i as usize % 16384] = i;
            yield_!(table[(i / 2) as usize % 16384]);
        }
    } with (1);

    copies_in_sequence() {
        let a: [u8; 1024] = [1_u8; 1024];
        yield_!(u32::from(a[0]));
        let mut sum: u32 = u32::from(a[1]);
        let b: [u8; 1024] = [2_u8; 1024];
        yield_!(u32::from(b[0]));
        sum += u32::from(b[1]);
        yield_!(sum);
    } with ();

    move_chain() {
        let a: [u8; 1024] = [1_u8; 1024];
        yield_!(1);
        let b: [u8; 1024] = a;
        yield_!(2);
        let c: [u8; 1024] = b;
        yield_!(3);
        std::hint::black_box(c);
    } with ();

    two_loops(n: u32) {
        for i in 0_u32..n {
            yield_!(i);
        }
        let rest: std::iter::Rev<std::ops::Range<u64>> = (0..u64::from(n)).rev();
        for i in rest {
            yield_!(i as u32);
        }
    } with (1);
}
