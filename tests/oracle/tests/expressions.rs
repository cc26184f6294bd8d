//! Literals, casts, ranges, std's macros with captured names, attributes, `unsafe`, and the rest.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::fmt::Write as _;
use std::mem::MaybeUninit;

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

static mut COUNTER: u32 = 0;

unsafe fn raw_len(name: *const Noisy) -> usize {
    // SAFETY: the caller passes a valid pointer.
    unsafe { (*name).name().len() }
}

union Bits {
    int: u32,
    float: f32,
}

compare! {
    fn literals(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = u64> {
        let (a, b, c, d) = (1_u8, -2_i64, 0xff_u16, 1.5e3);
        let (text, raw, bytes, c_text) = ("t\"e", r#"r"w"#, b"by", c"c");
        let (letter, byte, flag, unit) = ('\u{e9}', b'\n', true, ());
        yield_!(format!("{a} {b} {c} {d} {n}"));
        yield_!(format!("{text} {raw} {bytes:?} {c_text:?} {letter} {byte} {flag} {unit:?}"));
        let big = u64::MAX - u64::from(a);
        let array: [u8; 4] = *b"abcd";
        yield_!(concat!("con", "cat", 1).to_owned());
        yield_!(format!("{array:?} {}", stringify!(a + b)));
        big
    }
}

compare! {
    fn casts(#[resume] n: u32) -> impl Generator<u32, Yield = i64, Return = String> {
        let small = n as u8;
        let signed = -1_i32;
        yield_!(signed as u8 as i64);
        let float = small as f64 / 4.0;
        yield_!(float as i64);
        let letter = (b'a' + small) as char;
        let name = noisy("name");
        let pointer = &raw const name as *const u8 as usize;
        yield_!((pointer != 0) as i64);
        let function = mk::<u32> as fn(u32) -> u32;
        yield_!(function(yield_!(1)) as i64);
        let slice: &[Noisy] = &[name];
        format!("{letter} {}", slice.len() as f32)
    }
}

compare! {
    fn ranges_and_slices() -> impl Generator<Yield = String> {
        let list = vec![noisy("a"), noisy("b"), noisy("c"), noisy("d")];
        let (from, to) = (1, 3);
        let full = &list[..];
        yield_!(format!("{:?}", &full[from..to]));
        let range = from..;
        yield_!(format!("{:?} {:?}", &list[range.clone()], range));
        let closed = ..=to;
        yield_!(format!("{:?} {}", list.get(closed), closed.contains(&to)));
        let text = String::from("h\u{e9}llo");
        let part = &text[..3];
        yield_!(part.to_owned());
        let [first, middle @ .., _] = full else { return };
        yield_!(format!("{first:?} {}", middle.len()));
    }
}

compare! {
    fn format_macros_capture_saved_locals(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = String> {
        let name = noisy("name");
        let (width, precision) = (7, 2);
        let ratio = 2.0 / 3.0;
        let mut out = String::new();
        yield_!(format!("{name:?} {n:>width$} {ratio:.precision$} {ratio:width$.1} {{n}} {0} {0:?}", n + 1));
        write!(out, "{name:?}-{n:#x}").unwrap();
        writeln!(out, "|{:w$}|{x}", n, w = width, x = name.name()).unwrap();
        yield_!(out.clone());
        print!("{name:?}");
        println!("{n} {out}");
        eprint!("{n}");
        eprintln!("{:?} {width}", name);
        let n = yield_!(format!("{}", format_args!("{n} {name:?}")));
        let arguments = format!("{n:?}");
        arguments + &out
    }
}

compare! {
    fn other_std_macros(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = Option<u32>> {
        let name = noisy("name");
        let list = vec![n, n + 1, 5];
        let fives = vec![5; list.len()];
        assert!(list.len() == 3, "{n} {list:?}");
        assert_eq!(list[2], fives[0], "{name:?} {}", n);
        assert_ne!(list, fives);
        debug_assert!(!name.name().is_empty());
        yield_!(list.len());
        let matched = matches!(list.as_slice(), [first, ..] if *first == n);
        assert!(matched, "{name:?}");
        yield_!(usize::from(matches!(name.name(), "name")));
        let line = line!() as usize - line!() as usize;
        let here = (file!().is_empty(), cfg!(test), module_path!().is_empty());
        yield_!(line + usize::from(here.0) + usize::from(here.1));
        let set = if cfg!(debug_assertions) || true { Some(n) } else { unreachable!("{name:?}") };
        let dropped = vec![noisy("v0"), noisy("v1")];
        yield_!(dropped.len());
        match set {
            Some(found) if found == n => Some(found),
            Some(other) => panic!("{other} {name:?}"),
            None => todo!(),
        }
    }
}

compare! {
    fn panics_with_captured_names(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let name = noisy("name");
        let n = yield_!(n);
        let limit = 11;
        if n == limit {
            yield_!(1);
            assert_eq!(n + 1, limit, "{name:?} at {n}");
        }
        0
    }
}

compare! {
    pending "no rules expected `(`";
    fn user_macros_see_saved_locals(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = u32> {
        macro_rules! sum {
            ($($x:expr),* $(,)?) => { 0 $(+ $x)* };
        }
        macro_rules! bump {
            ($place:ident) => { $place += 1 };
        }
        macro_rules! show {
            ($value:expr) => { format!("{:?}", $value) };
        }
        let name = noisy("name");
        let mut count = n;
        yield_!(show!(name));
        bump!(count);
        yield_!(show!((sum!(count, n, name.name().len() as u32), &name)));
        bump!(count);
        let total = sum!(count, n,);
        yield_!(total.to_string());
        count
    }
}

compare! {
    fn attributes_on_statements(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        #[allow(unused_variables)]
        let unused = noisy("unused");
        #[cfg(any())]
        let n = yield_!(no_such_name);
        #[cfg(all())]
        let n = yield_!(n);
        #[rustfmt::skip]
        yield_!(n  +  1);
        #[allow(clippy::needless_range_loop)]
        for i in 0..2 {
            #[cfg(any())]
            yield_!(1000);
            yield_!(i);
        }
        #[expect(unreachable_code)]
        if false { return 1; let _ = 2; }
        match n {
            #[cfg(any())]
            0 => yield_!(no_such_name),
            #[allow(unreachable_patterns)]
            1 | 1 => yield_!(2),
            _ => yield_!(3),
        };
        #[inline]
        fn nested() -> u32 {
            4
        }
        #[allow(unused_unsafe)]
        // SAFETY: what is unsafe here is sound for the types of this body.
        unsafe { yield_!(nested()) }
    }
}

compare! {
    fn unsafe_blocks(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = u32> {
        let name = noisy("name");
        let mut list = [1, 2, 3];
        let pointer = &raw const name;
        let unique = list.as_mut_ptr();
        // SAFETY: what is unsafe here is sound for the types of this body.
        let len = unsafe { raw_len(pointer) };
        yield_!(len);
        // SAFETY: what is unsafe here is sound for the types of this body.
        unsafe {
            *unique.add(1) = n;
            yield_!(*unique.add(1) as usize);
            *unique.add(2) += yield_!(raw_len(pointer));
        }
        let bits = Bits { int: 1.0_f32.to_bits() };
        // SAFETY: what is unsafe here is sound for the types of this body.
        yield_!(unsafe { bits.float } as usize);
        let mut uninit = MaybeUninit::<u32>::uninit();
        yield_!(0);
        uninit.write(n);
        // SAFETY: what is unsafe here is sound for the types of this body.
        let value = unsafe {
            COUNTER = COUNTER.wrapping_add(1);
            let inner = noisy("inner");
            yield_!(inner.name().len());
            uninit.assume_init()
        };
        value + list[1] as u32
    }
}

compare! {
    fn constants_statics_and_const_blocks(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        const TABLE: [u32; 3] = [1, 2, 3];
        static NAMES: &[&str] = &["zero", "one"];
        const fn square(n: u32) -> u32 {
            n * n
        }
        let empty: [Option<Noisy>; 2] = [const { None }; 2];
        let constant = const { square(4) };
        yield_!(TABLE[1] + constant);
        let promoted: &'static [u32] = &[7, 8, 9];
        yield_!(promoted[2] + NAMES.len() as u32);
        let length = TABLE.len() as u32;
        let array = [n; TABLE.len()];
        yield_!(array.iter().sum::<u32>() + length);
        empty.iter().flatten().count() as u32 + i8::MAX as u32
    }
}

compare! {
    fn parentheses_blocks_and_semicolons(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = (u32, ())> {
        ;;
        let x = (((n)));
        (yield_!(x));
        {{ yield_!(1); }};
        let y = { ; { (yield_!(2)) } };
        if (x) > (0) { (yield_!(3)); };
        let unit = (yield_!(4), ()).1;
        let _trailing = [x, y,].len();
        (y, unit)
    }
}

macro_rules! bump {
    ($e:expr) => {
        $e += 1;
    };
}

macro_rules! twice {
    ($e:expr) => {
        bump!($e);
        bump!($e);
        let _done = noisy("twice");
    };
}

compare! {
    fn macros_in_the_place_of_statements() -> impl Generator<Yield = u32> {
        thread_local! { static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(7) } }
        let mut n = 1;
        bump!(n);
        yield_!(n);
        { twice!(n); }
        yield_!(n);
        bump! { n }
        yield_!(n + COUNT.with(|count| count.get()));
        twice!(n);
        let last = noisy(format!("{n}"));
    }
}

compare! {
    fn literals_of_structs_where_blocks_follow(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        #[derive(PartialEq)]
        struct Two(u32);
        let named = std::ops::Range { start: 1, end: n } == std::ops::Range { start: 1, end: 2 } && yield_!(1) > 0;
        let one_of = matches!(std::ops::Range { start: 1, end: yield_!(2) }.start, 1..=4);
        u32::from(named || Two(n) == Two(2) || one_of)
    }
}

compare! {
    fn what_starts_with_a_block(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let kept = noisy("kept");
        let mut turn = 0;
        while { turn += 1; turn } < 4 {
            yield_!(turn);
        }
        if { yield_!(n) } > 2 && { event(format!("{kept:?}")); true } {
            yield_!(5);
        }
        let lazy = { turn } == 3 || { yield_!(6) } == 2;
        let same = Pair { a: 1, b: 2 } == (Pair { a: 1, b: { yield_!(7); 2 } }) && { yield_!(8); true };
        let both = Pair { a: 1, b: 2 } == (Pair { a: 1, b: 3 }) || { yield_!(9); true };
        let found = matches!(Pair { a: 1, b: yield_!(10) }, Pair { a: 1, .. });
        (*{ yield_!(11); &mut turn }, _) = (4, kept);
        yield_!(u32::from(lazy) + u32::from(same) + u32::from(both) + u32::from(found) + turn);
    }
}

#[derive(PartialEq)]
struct Pair {
    a: u32,
    b: u32,
}

compare! {
    fn parts_that_are_coerced() -> impl Generator<Yield = &'static dyn std::fmt::Debug> {
        let pair = (&1, { yield_!(&2); &"three" });
        yield_!(pair.0);
        yield_!(pair.1);
        let nested = ((&4, noisy("rest")), &[5, 6]);
        yield_!(nested.0.0);
        let slice: &'static [i32] = nested.1;
        yield_!(&"last");
        let show = || -> &dyn std::fmt::Debug { nested.1 };
        event(format!("{slice:?} {:?}", show()));
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Spot {
    line: u32,
    column: u32,
}

macro_rules! pass_on {
    ($($value:expr),*) => { ($($value),*) };
}

compare! {
    fn struct_literals_in_macros(#[resume] line: u32) -> impl Generator<u32, Yield = Spot, Return = String> {
        let column = 3;
        yield_!(pass_on!(Spot { line, column }));
        let spot = pass_on!(Spot { column: column + 1, line });
        yield_!(pass_on!(spot.clone()));
        for line in 1..3 {
            let Spot { column, .. } = pass_on!(Spot { line: column, column: line });
            yield_!(pass_on!(Spot { line, ..spot.clone() }));
            yield_!(pass_on!(Spot { column, line, }));
        }
        format!("{spot:?} {line} {column}")
    }
}

macro_rules! say {
    ($format:literal $(, $argument:expr)*) => {
        format!($format $(, $argument)*)
    };
}

macro_rules! note {
    ($format:literal) => {
        event(format!($format))
    };
}

macro_rules! at_once {
    ($format:literal) => {
        (|| event(format!($format)))()
    };
}

compare! {
    fn format_strings_of_other_macros(
        a: Noisy,
        n: u32,
    ) -> impl Generator<Yield = String, Return = usize> {
        let x = 1.5_f64;
        note!("{n:>5} {x:#?} {a:?}");
        yield_!(say!("{n} {a:?}"));
        {
            let n = n + 1;
            let x = noisy("inner");
            at_once!("{n} {x:?}");
            yield_!(say!("{n}-{x:?}"));
        }
        let r = &a;
        yield_!(say!("{r:?} {}", n + 1));
        let c = || say!("{a:?} {r:?} {{n}}");
        yield_!(c());
        let Some(n) = Some(&x) else { return 0 };
        yield_!(say!("{n:?}").len().to_string());
        say!("{n}").len()
    }
    with (noisy("a"), 3)
}

macro_rules! parsed {
    ($text:expr) => {
        $text.parse().unwrap_or_default()
    };
}

compare! {
    // What an unknown macro is worth, the `let` says: it cannot be put into a closure, to ask what it moves.
    fn macros_whose_type_the_context_says(
        text: String,
    ) -> impl Generator<Yield = String, Return = u64> {
        yield_!(text.clone());
        let n: u64 = parsed!(text);
        yield_!(parsed!(text));
        let more: u64 = parsed!(text);
        n + more
    }
    with ("17".to_owned())
}
