//! What expansions of `#[generator]` use. Not public: anything here may change in any release, which
//! is why the macro is pinned to this exact version.
//!
//! Expansions are read by people, so whatever is general has a name here and is a call there.

mod branch;
mod delegate;
mod frame;
mod machine;
mod movable;
mod original;
mod parts;
mod polled;
mod probe;
mod step;

#[cfg(feature = "alloc")]
mod boxed;

pub use core::ops::ControlFlow;
pub use core::{self};
pub use core::{
    clone::Clone,
    cmp::{PartialEq, PartialOrd},
    convert::From,
    future::{Future, IntoFuture},
    iter::{FusedIterator, IntoIterator, Iterator},
    marker::Copy,
    mem::{ManuallyDrop, MaybeUninit},
    option::Option::{None, Some},
    task::Poll,
};

#[cfg(feature = "alloc")]
pub use self::boxed::{box_iterator, pin_box, unpin_box};
#[cfg(feature = "futures-core")]
pub use self::polled::StreamMachine;
pub use self::{
    branch::{FromResidual, Try, unmatched},
    delegate::{NoArgument, YieldFrom, resume_delegate, resume_movable_delegate},
    frame::{Saved, Slot, Tracked, again, init, inner, own, slot, suspend},
    machine::{IterMachine, Machine, Movable, Pinned},
    movable::{anything, opaque},
    original::{Given, Returning, Shape, Stub, Yielding, original_await},
    parts::{Guard, Moved, Parted, part, put, receive_part, refill, set},
    polled::{Context, Ended, FutureMachine, Never, pinned, poll},
    probe::{
        Borrows, Either, Local, Mode, ModeOf, Moves, Pick, Probe, Reads, Ty, WholeMoves, copied,
        like, receive, received,
    },
    step::{Step, Turn, arrive, context, dropping, first},
};
#[cfg(feature = "futures-core")]
pub use futures_core::Stream;
