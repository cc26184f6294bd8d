//! Locals whose names are like those that an expansion makes.
#![allow(clippy::pedantic, reason = "bodies are odd on purpose")]

use handcrank::{Generator, GeneratorState, generator, yield_};

struct Both {
    a: String,
    b: String,
}

impl Both {
    fn finish(self, n: usize) -> usize {
        self.a.len() + n
    }
}

/// A saved local is named like its slot, and what is made for it after that.
#[generator]
fn locals_named_after_others(flag: bool) -> impl Generator<Yield = usize, Return = usize> {
    let data = Both {
        a: "a".to_owned(),
        b: "bb".to_owned(),
    };
    let data_saved = String::from("ccc");
    let data_live = 4;
    let data_moved = 5;
    let data_captured = 6;
    let data_keep = 7;
    let data_operand = 8;
    let data_type = 9;
    let (type_0, parameter_0, temporary_1, operand_1_, value_1_) = (10, 11, 12, 13, 14);
    let (rest, moved, base, kind, several, other, error) = (15, 16, 17, 18, 19, 20, 21);
    yield_!(data_saved.len());
    if flag {
        drop(data.a);
        yield_!(rest);
        drop(data.b);
    } else {
        let finish = |n: usize| data.finish(n + type_0 + parameter_0);
        yield_!(moved);
        yield_!(finish(data_captured));
    }
    yield_!(data_saved.len() + operand_1_);
    data_live
        + type_0
        + parameter_0
        + data_moved
        + data_keep
        + data_operand
        + data_type
        + temporary_1
        + value_1_
        + base
        + kind
        + several
        + other
        + error
        + moved
        + rest
}

#[test]
fn locals_may_be_named_as_what_is_made_for_others() {
    for (flag, expected) in [(true, vec![3, 15, 16]), (false, vec![3, 16, 28, 16])] {
        let mut machine = std::pin::pin!(locals_named_after_others(flag));
        let mut yielded = Vec::new();
        let returned = loop {
            match machine.as_mut().resume(()) {
                GeneratorState::Yielded(n) => yielded.push(n),
                GeneratorState::Complete(n) => break n,
            }
        };
        assert_eq!(yielded, expected);
        assert_eq!(
            returned,
            4 + 10 + 11 + 5 + 7 + 8 + 9 + 12 + 14 + 17 + 18 + 19 + 20 + 21 + 16 + 15
        );
    }
}
