//! What expansions of `#[generator]` use. Not public: anything here may change in any release, which
//! is why the macro is pinned to this exact version.
//!
//! Expansions are read by people, so whatever is general has a name here and is a call there.

mod alternative;
mod branch;
mod called;
mod capture;
mod capture_mode;
mod count;
mod delegate;
mod emptied;
mod frame;
mod in_place;
mod keep;
mod leaving;
mod lent;
mod machine;
mod movable;
mod named;
mod original;
mod parting;
mod parts;
mod place;
mod point;
mod polled;
mod probe;
mod sharing;
mod step;
mod suspended;

#[cfg(feature = "alloc")]
mod boxed;

pub use core::ops::ControlFlow;
pub use core::{self};
pub use core::{
    clone::Clone,
    convert::From,
    future::{Future, IntoFuture},
    iter::{FusedIterator, IntoIterator, Iterator},
    marker::{Copy, PhantomData, Send, Sync},
    mem::{ManuallyDrop, MaybeUninit, forget, needs_drop},
    option::Option::{None, Some},
    task::Poll,
};

#[cfg(feature = "alloc")]
pub use self::boxed::{box_iterator, pin_box, unpin_box};
#[cfg(feature = "futures-core")]
pub use self::polled::StreamMachine;
pub use self::{
    alternative::Alternative,
    branch::{FromResidual, Passed, Try, unmatched},
    called::{CallsCopy, CallsDeep, CallsDeeper, CallsPlace, CallsPointee, CallsReferent, called},
    capture::{
        Captured, CapturedPart, CapturesPart, CapturesWhole, HeldReference, HoldsPlace, Kind,
        Points, capture, capture_either, capture_part, capture_to_pass, captured_by_pattern, kind,
        reach,
    },
    capture_mode::{CaptureMode, Changes, PickCapture, Reached, Taken},
    count::{Counted, HasCount, HasOther, Number, Tuple, counted},
    delegate::{
        NoArgument, Pours, StreamFrom, YieldFrom, pour, resume_delegate, resume_movable_delegate,
    },
    emptied::{Emptied, Empties, MayRemain, Nothing, Remains, Rest},
    frame::{
        Bound, Left, Read, Saved, Slot, Tracked, Unstarted, drop_in_order, drop_now, init, inner,
        own, pass, slot, suspend,
    },
    in_place::{InPlace, in_place},
    keep::{Drops, Fades, FadesAway, Keep, KeepOf, MayDrop, Plain, type_of},
    leaving::{LeavesWhole, Leaving, Returnable},
    lent::{
        Argument, At, Delegate, Lender, Lent, LentAt, LentMachine, Lifetimes, Loan, Universal,
        lend, original_await_lent, universally,
    },
    machine::{Body, Entered, Frame, IterMachine, Machine, Movable, Pinned},
    movable::{Temporary, after, anything, kept_mut, kept_ref, opaque},
    named::{Named, Shown, named},
    original::{
        Diverges, Given, Returning, Returns, Shape, Stub, Yielding, is_send, is_sync,
        original_await, outlives, relabelled, unpromoted,
    },
    parting::parts_here,
    parts::{
        Bits, Guard, NeverMoved, Parted, Refill, Refills, Words, any_local, bound, bound_whole,
        drops_rest, hand_over_part, part, put, put_mut, put_ref, receive_handed, receive_part,
        refill, refills, set, word,
    },
    place::{
        Access, AccessOf, Held, Keeps, KeepsPlace, KeepsValue, Operands, Order, OrderOf,
        OrdersOthers, OrdersScalars, PlaceFirst, Shared, Unique, Unsync, ValueFirst, held, shared,
        stand_in, unique,
    },
    point::{LongPoint, Point, Position, State, state},
    polled::{Context, FutureMachine, Never, pinned, poll},
    probe::{
        Borrows, Branch, ByReference, Either, Local, Mode, ModeOf, Moves, Pick, Probe, Ty, Use,
        copied, in_prelude, lent, like, of_expected, receive, receive_operand, receive_temporary,
        received, told,
    },
    sharing::{Capturing, LentVariable, PickSharing, lend_variable},
    step::{
        End, Step, Turn, Unwinding, arrive, context, dropping, first, known, lent_context,
        of_frame, polled, settle,
    },
    suspended::{Ends, Follows, child, tell},
};
pub use crate::Suspended;
#[cfg(feature = "futures-core")]
pub use futures_core::Stream;
