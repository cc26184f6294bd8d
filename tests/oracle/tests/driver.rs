//! The driver itself: whatever differs between two forms is reported.

use std::mem::{forget, replace};
use std::pin::Pin;

use handcrank_oracle::{Form, Forms, Machine, Noisy, Outcome, event, noisy, pinned};

/// What a scripted machine does differently.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    OtherValue,
    OtherResult,
    OneYieldLess,
    OtherDropOrder,
    Leak,
    EarlyDrop,
    ExtraEvent,
    PanicsAtTheEnd,
    GoesOn,
    NeverYields,
}

/// Holds two values and yields twice.
struct Scripted {
    fault: Fault,
    step: u32,
    held: Vec<Noisy>,
}

fn scripted(fault: Fault) -> Scripted {
    Scripted {
        fault,
        step: 0,
        held: vec![noisy("a"), noisy("b")],
    }
}

impl Machine<()> for Scripted {
    type Yield = u32;
    type Return = &'static str;

    fn crank(mut self: Pin<&mut Self>, (): ()) -> Outcome<u32, &'static str> {
        let fault = self.fault;
        assert!(self.step != u32::MAX, "resumed after the end");
        // It has ended unless it comes to a yield.
        let step = replace(&mut self.step, u32::MAX) + 1;
        event(format!("step {step}"));
        if fault == Fault::ExtraEvent && step == 2 {
            event("extra");
        }
        if fault == Fault::EarlyDrop && step == 2 {
            self.held.pop();
        }
        let last = match fault {
            Fault::NeverYields => 1,
            Fault::OneYieldLess => 2,
            _ => 3,
        };
        if step < last {
            self.step = step;
            return Outcome::Yielded(if fault == Fault::OtherValue { 7 } else { step });
        }
        if fault == Fault::GoesOn {
            self.step = step;
        }
        self.clear();
        assert!(fault != Fault::PanicsAtTheEnd, "at the end");
        Outcome::Complete(if fault == Fault::OtherResult {
            "other"
        } else {
            "end"
        })
    }
}

impl Scripted {
    fn clear(&mut self) {
        match self.fault {
            Fault::OtherDropOrder => self.held.reverse(),
            Fault::Leak => forget(self.held.pop()),
            _ => {}
        }
        self.held.clear();
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.clear();
    }
}

/// The faulty machine as the one that is tested, a sound one as the oracle.
fn forms(fault: Fault) -> Forms {
    Forms {
        cranked: Form::machine(move || scripted(fault), pinned),
        native: Form::machine(|| scripted(Fault::None), pinned),
        plain: None,
    }
}

/// Uses a value whose drop is in the log, and drops it.
fn buried(uses: bool, drops: bool) -> Form {
    struct Buried {
        steps: std::vec::IntoIter<Outcome<(), ()>>,
        uses: bool,
        drops: bool,
    }
    impl Machine<()> for Buried {
        type Yield = ();
        type Return = ();
        fn crank(mut self: Pin<&mut Self>, (): ()) -> Outcome<(), ()> {
            let outcome = self.steps.next().expect("resumed after the end");
            let value = noisy("value");
            value.bury();
            if self.uses {
                let _ = value.name();
            }
            if self.drops {
                drop(value);
            } else {
                forget(value);
            }
            outcome
        }
    }
    let steps = || vec![Outcome::Yielded(()), Outcome::Complete(())].into_iter();
    let make = move || Buried {
        steps: steps(),
        uses,
        drops,
    };
    Form::machine(make, pinned)
}

#[test]
#[should_panic(expected = "USED AFTER ITS DROP")]
fn a_use_after_the_drop_is_reported() {
    let forms = |uses| buried(uses, false);
    Forms {
        cranked: forms(true),
        native: forms(true),
        plain: None,
    }
    .run_alike();
}

#[test]
#[should_panic(expected = "DROPPED TWICE")]
fn a_second_drop_is_reported() {
    let forms = || buried(false, true);
    Forms {
        cranked: forms(),
        native: forms(),
        plain: None,
    }
    .run_alike();
}

#[test]
fn what_is_alike_passes() {
    forms(Fault::None).run_alike();
    forms(Fault::None).drop_alike();
    forms(Fault::None).unwind_alike();
    forms(Fault::None).unwind_from_drop_alike();
}

#[test]
#[should_panic(expected = "run to the end")]
fn another_value_is_reported() {
    forms(Fault::OtherValue).run_alike();
}

#[test]
#[should_panic(expected = "run to the end")]
fn another_result_is_reported() {
    forms(Fault::OtherResult).run_alike();
}

#[test]
#[should_panic(expected = "run to the end")]
fn a_missing_yield_is_reported() {
    forms(Fault::OneYieldLess).run_alike();
}

#[test]
#[should_panic(expected = "run to the end")]
fn an_extra_event_is_reported() {
    forms(Fault::ExtraEvent).run_alike();
}

#[test]
#[should_panic(expected = "run to the end")]
fn a_panic_is_reported() {
    forms(Fault::PanicsAtTheEnd).run_alike();
}

#[test]
#[should_panic(expected = "it goes on")]
fn going_on_after_the_end_is_reported() {
    forms(Fault::GoesOn).run_alike();
}

#[test]
#[should_panic(expected = "dropped at yield 0")]
fn another_drop_order_is_reported() {
    forms(Fault::OtherDropOrder).drop_alike();
}

#[test]
#[should_panic(expected = "leaked [\"b\"] | []")]
fn a_leak_is_reported() {
    forms(Fault::Leak).drop_alike();
}

#[test]
#[should_panic(expected = "event 2 panics")]
fn an_early_drop_is_reported() {
    forms(Fault::EarlyDrop).unwind_alike();
}

#[test]
#[should_panic(expected = "dropped at yield 0, event 0 panics")]
fn another_order_while_unwinding_is_reported() {
    forms(Fault::OtherDropOrder).unwind_from_drop_alike();
}

#[test]
#[should_panic(expected = "the body never yields")]
fn a_body_that_compares_nothing_is_reported() {
    let mut forms = forms(Fault::None);
    forms.native = Form::machine(|| scripted(Fault::NeverYields), pinned);
    forms.run_alike();
}
