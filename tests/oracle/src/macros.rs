//! `compare!`: the same tokens as `#[generator]`, as rustc's coroutine and as a plain function.

/// Defines tests that compare a body in its three forms.
///
/// Takes functions as a user writes them, without `#[generator]`, and the arguments for the first of
/// them, `with (..)`. The others are for it to call in `yield_from!`. The tests are in a module named
/// after the first function.
///
/// Nothing passes through a fragment such as `$body:block` on its way to the attribute, so that it
/// sees what it would see without this macro.
/// A body that `#[generator]` rejects for now starts with `pending "why";`. It is still compared
/// as a coroutine and as a plain function, and an ignored test says that it is pending.
#[macro_export]
macro_rules! compare {
    (pending $why:literal; $($items:tt)*) => {
        $crate::split_items! { [pinned $why] [] [] $($items)* }
    };
    ($($items:tt)*) => {
        $crate::split_items! { [pinned] [] [] $($items)* }
    };
}

/// [`compare!`] for movable machines (`+ Unpin`), which are moved between any two resumptions.
#[macro_export]
macro_rules! compare_movable {
    (pending $why:literal; $($items:tt)*) => {
        $crate::split_items! { [moved $why] [] [] $($items)* }
    };
    ($($items:tt)*) => {
        $crate::split_items! { [moved] [] [] $($items)* }
    };
}

/// [`compare_movable!`], where rustc's coroutine is pinned in a box: it may hold borrows of its locals, which
/// `#[generator]` refuses, or it does as the coroutine.
#[macro_export]
macro_rules! compare_borrowing {
    (pending $why:literal; $($items:tt)*) => {
        $crate::split_items! { [boxed $why] [] [] $($items)* }
    };
    ($($items:tt)*) => {
        $crate::split_items! { [boxed] [] [] $($items)* }
    };
}

/// Only what `#[generator]` makes of functions that any of the others takes.
#[macro_export]
macro_rules! only_cranked {
    ($($items:tt)*) => {
        $crate::split_items! { [alone] [] [] $($items)* }
    };
}

/// Splits the input into functions: `[how] [those found] [the signature so far] rest`.
#[doc(hidden)]
#[macro_export]
macro_rules! split_items {
    ($how:tt $found:tt [] with $args:tt) => {
        $crate::emit_forms! { $how $found $args }
    };
    ($how:tt $found:tt []) => {
        $crate::emit_forms! { $how $found () }
    };
    ($how:tt [$($found:tt)*] $signature:tt { $($body:tt)* } $($rest:tt)*) => {
        $crate::split_items! { $how [$($found)* { $signature { $($body)* } }] [] $($rest)* }
    };
    ($how:tt $found:tt [$($signature:tt)*] $token:tt $($rest:tt)*) => {
        $crate::split_items! { $how $found [$($signature)* $token] $($rest)* }
    };
}

/// The modules with the forms, and the tests.
#[doc(hidden)]
#[macro_export]
macro_rules! emit_forms {
    (
        [alone]
        [
            { [$(#[$($attr:tt)*])* async fn $name:ident $($signature:tt)*] $body:tt }
            $({ [$(#[$($attrs:tt)*])* async fn $names:ident $($signatures:tt)*] $bodies:tt })*
        ]
        $args:tt
    ) => {
        mod $name {
            use super::*;

            $(#[$($attr)*])*
            #[::handcrank::generator]
            async fn $name $($signature)* $body
            $(
                $(#[$($attrs)*])*
                #[::handcrank::generator]
                async fn $names $($signatures)* $bodies
            )*
        }
    };
    (
        [alone]
        [
            { [$(#[$($attr:tt)*])* fn $name:ident $($signature:tt)*] $body:tt }
            $({ [$(#[$($attrs:tt)*])* fn $names:ident $($signatures:tt)*] $bodies:tt })*
        ]
        $args:tt
    ) => {
        mod $name {
            use super::*;
            use ::handcrank::{Generator, generator, yield_, yield_from};

            $(#[$($attr)*])*
            #[generator]
            fn $name $($signature)* $body
            $(
                $(#[$($attrs)*])*
                #[generator]
                fn $names $($signatures)* $bodies
            )*
        }
    };
    // Futures: rustc's form is the function itself, and there is no plain one.
    (
        [$shift:ident $($why:literal)?]
        [
            { [$(#[$($attr:tt)*])* async fn $name:ident $($signature:tt)*] $body:tt }
            $({ [$(#[$($attrs:tt)*])* async fn $names:ident $($signatures:tt)*] $bodies:tt })*
        ]
        $args:tt
    ) => {
        mod $name {
            use super::*;

            $(#[doc = $why] #[cfg(any())])?
            mod cranked {
                use super::super::*;
                $(#[$($attr)*])*
                #[::handcrank::generator]
                pub(super) async fn $name $($signature)* $body
                $(
                    $(#[$($attrs)*])*
                    #[::handcrank::generator]
                    async fn $names $($signatures)* $bodies
                )*
            }

            #[allow(warnings, clippy::all, clippy::pedantic, reason = "reported for `cranked`")]
            mod native {
                use super::super::*;
                $(#[$($attr)*])* pub(super) async fn $name $($signature)* $body
                $( $(#[$($attrs)*])* async fn $names $($signatures)* $bodies )*
            }

            pub(super) fn forms() -> $crate::Forms {
                use $crate::{Form, Polled};
                $crate::Forms {
                    cranked: $crate::cranked! { [$($why)?] $shift $name $args Polled Polled },
                    native: Form::machine(|| Polled(native::$name $args), $crate::$shift),
                    plain: None,
                }
            }

            $crate::emit_tests! { $($why)? }
        }
    };
    (
        [$shift:ident $($why:literal)?]
        [
            { [$(#[$($attr:tt)*])* fn $name:ident $($signature:tt)*] $body:tt }
            $({ [$(#[$($attrs:tt)*])* fn $names:ident $($signatures:tt)*] $bodies:tt })*
        ]
        $args:tt
    ) => {
        mod $name {
            use super::*;

            $(#[doc = $why] #[cfg(any())])?
            mod cranked {
                use super::super::*;
                use ::handcrank::{Generator, generator, yield_, yield_from};
                $(#[$($attr)*])*
                #[generator]
                pub(super) fn $name $($signature)* $body
                $(
                    $(#[$($attrs)*])*
                    #[generator]
                    fn $names $($signatures)* $bodies
                )*
            }

            #[allow(warnings, clippy::all, clippy::pedantic, reason = "reported for `cranked`")]
            mod native {
                use super::super::*;
                $crate::signature! { [emit_native $shift $] $name $($signature)* $body }
                $( $crate::signature! { [emit_native $shift $] $names $($signatures)* $bodies } )*
            }

            #[allow(warnings, clippy::all, clippy::pedantic, reason = "reported for `cranked`")]
            mod plain {
                use super::super::*;
                $crate::signature! { [emit_plain $shift $] $name $($signature)* $body }
                $( $crate::signature! { [emit_plain $shift $] $names $($signatures)* $bodies } )*
            }

            pub(super) fn forms() -> $crate::Forms {
                use $crate::{Form, Native, Plain};
                $crate::Forms {
                    cranked: $crate::cranked! { [$($why)?] $shift $name $args Cranked Native },
                    native: Form::machine(|| Native(native::$name $args), $crate::$shift),
                    plain: Some(Form::plain(|| Plain(plain::$name $args))),
                }
            }

            $crate::emit_tests! { $($why)? }
        }
    };
}

/// The form that is compared; the oracle itself while the body is pending.
#[doc(hidden)]
#[macro_export]
macro_rules! cranked {
    ([] $shift:ident $name:ident $args:tt $wrapper:ident $native:ident) => {
        Form::machine(|| $crate::$wrapper(cranked::$name $args), $crate::$shift)
    };
    ([$why:literal] $shift:ident $name:ident $args:tt $wrapper:ident $native:ident) => {
        Form::machine(|| $crate::$native(native::$name $args), $crate::$shift)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! emit_tests {
    ($why:literal) => {
        $crate::emit_tests! {}

        #[test]
        #[ignore = $why]
        fn is_no_longer_pending() {
            panic!($why);
        }
    };
    () => {
        #[test]
        fn runs_to_the_end() {
            forms().run_alike();
        }

        #[test]
        fn is_dropped_at_every_point() {
            forms().drop_alike();
        }

        #[test]
        fn panics_at_every_event() {
            forms().unwind_alike();
        }

        #[test]
        fn panics_while_it_is_dropped() {
            forms().unwind_from_drop_alike();
        }
    };
}

/// Reads a signature and hands it to `emit_native!` or `emit_plain!`, as
/// `[how] name [generics] [parameters] [lets] [R] [Yield] [Return] [bounds] body`.
///
/// What an async function does with its parameters is done here, too: each moves into a local of its
/// own at the start, in order.
#[doc(hidden)]
#[macro_export]
macro_rules! signature {
    // 1. Generics end at the first `> (`.
    ($how:tt $name:ident ( $($params:tt)* ) -> $($output:tt)*) => {
        $crate::signature! {
            @output [$how $name [] [$($params)*]] $($output)*
        }
    };
    ($how:tt $name:ident < $($rest:tt)*) => {
        $crate::signature! { @generics $how $name [] $($rest)* }
    };
    (@generics $how:tt $name:ident $generics:tt > ( $($params:tt)* ) -> $($output:tt)*) => {
        $crate::signature! {
            @output [$how $name $generics [$($params)*]] $($output)*
        }
    };
    (@generics $how:tt $name:ident [$($generics:tt)*] $token:tt $($rest:tt)*) => {
        $crate::signature! { @generics $how $name [$($generics)* $token] $($rest)* }
    };

    // 2. `impl Generator<R, Yield = Y, Return = O>` with any of the three left out.
    (@output $head:tt impl Generator < Yield = $y:ty, Return = $o:ty > $($rest:tt)*) => {
        $crate::signature! { @bounds [$head [()] [$y] [$o]] [] $($rest)* }
    };
    (@output $head:tt impl Generator < Yield = $y:ty > $($rest:tt)*) => {
        $crate::signature! { @bounds [$head [()] [$y] [()]] [] $($rest)* }
    };
    (@output $head:tt impl Generator < Return = $o:ty > $($rest:tt)*) => {
        $crate::signature! { @bounds [$head [()] [()] [$o]] [] $($rest)* }
    };
    (@output $head:tt impl Generator < $r:ty, Yield = $y:ty, Return = $o:ty > $($rest:tt)*) => {
        $crate::signature! { @bounds [$head [$r] [$y] [$o]] [] $($rest)* }
    };
    (@output $head:tt impl Generator < $r:ty, Yield = $y:ty > $($rest:tt)*) => {
        $crate::signature! { @bounds [$head [$r] [$y] [()]] [] $($rest)* }
    };
    (@output $head:tt impl Generator $($rest:tt)*) => {
        $crate::signature! { @bounds [$head [()] [()] [()]] [] $($rest)* }
    };

    // 3. Bounds and `where`, up to the body.
    (
        @bounds [[$how:tt $name:ident $generics:tt [$($params:tt)*]] $r:tt $y:tt $o:tt]
        $bounds:tt { $($body:tt)* }
    ) => {
        $crate::signature! {
            @params [$how $name $generics $r $y $o $bounds { $($body)* } first]
            [] [] [] $($params)*
        }
    };
    (@bounds $head:tt [$($bounds:tt)*] $token:tt $($rest:tt)*) => {
        $crate::signature! { @bounds $head [$($bounds)* $token] $($rest)* }
    };

    // 4. Parameters: `[those before] [lets] [the pattern so far] rest`. Each step's `argument` is a
    // variable of its own, by hygiene.
    (
        @params [[$emit:ident $($how:tt)*] $name:ident $($head:tt)*]
        $params:tt $lets:tt []
    ) => {
        $crate::$emit! { [$($how)*] $name $params $lets $($head)* }
    };
    (
        @params [$how:tt $name:ident $generics:tt $r:tt $y:tt $o:tt $bounds:tt $body:tt $first:ident]
        $params:tt [$($lets:tt)*] [# [resume] $($pattern:tt)+] : $ty:ty $(, $($rest:tt)*)?
    ) => {
        $crate::signature! {
            @params [$how $name $generics $r $y $o $bounds $body $first]
            $params
            [$($lets)* let argument = $first; let $($pattern)*: $ty = argument;]
            [] $($($rest)*)?
        }
    };
    (
        @params $head:tt
        [$($params:tt)*] [$($lets:tt)*] [$($pattern:tt)+] : $ty:ty $(, $($rest:tt)*)?
    ) => {
        $crate::signature! {
            @params $head
            [$($params)* argument: $ty,]
            [$($lets)* let argument = argument; let $($pattern)* = argument;]
            [] $($($rest)*)?
        }
    };
    (@params $head:tt $params:tt $lets:tt [$($pattern:tt)*] $token:tt $($rest:tt)*) => {
        $crate::signature! { @params $head $params $lets [$($pattern)* $token] $($rest)* }
    };
}

/// The body as rustc's coroutine.
#[doc(hidden)]
#[macro_export]
macro_rules! emit_native {
    (
        [$shift:ident $d:tt] $name:ident [$($params:tt)*] $lets:tt [$($generics:tt)*]
        [$r:ty] [$y:ty] [$o:ty] [$($bounds:tt)*] $body:tt $first:ident
    ) => {
        pub(super) fn $name<$($generics)*>(
            $($params)*
        ) -> impl ::std::ops::Coroutine<$r, Yield = $y, Return = $o> $($bounds)* {
            macro_rules! yield_ {
                () => { yield () };
                // The call is where a value may be coerced to the type in the signature.
                ($d($d value:tt)*) => { yield ::std::convert::identity::<$y>($d($d value)*) };
            }
            macro_rules! yield_from {
                ($d inner:expr) => { yield_from!($d inner, ()) };
                ($d inner:expr, $d argument:expr) => {
                    // The temporaries of both live as long as the statement, as those of a call do.
                    match ($d inner, $d argument) {
                        (mut inner, mut argument) => loop {
                            // SAFETY: `inner` stays in this coroutine, which is pinned.
                            let pinned = unsafe { ::std::pin::Pin::new_unchecked(&mut inner) };
                            match ::std::ops::Coroutine::resume(pinned, argument) {
                                ::std::ops::CoroutineState::Yielded(value) => argument = yield value,
                                ::std::ops::CoroutineState::Complete(value) => break value,
                            }
                        }
                    }
                };
            }
            $crate::coroutine! { $shift |$first: $r| -> $o { $lets $body } }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! coroutine {
    (pinned |$first:ident: $r:ty| -> $o:ty { [$($lets:tt)*] $body:tt }) => {
        #[coroutine]
        static move |$first: $r| -> $o { $($lets)* $body }
    };
    (moved |$first:ident: $r:ty| -> $o:ty { [$($lets:tt)*] $body:tt }) => {
        #[coroutine]
        move |$first: $r| -> $o { $($lets)* $body }
    };
    (boxed |$first:ident: $r:ty| -> $o:ty { [$($lets:tt)*] $body:tt }) => {
        ::std::boxed::Box::pin(#[coroutine] static move |$first: $r| -> $o { $($lets)* $body })
    };
}

/// The body as a plain function.
#[doc(hidden)]
#[macro_export]
macro_rules! emit_plain {
    (
        [$shift:ident $d:tt] $name:ident [$($params:tt)*] [$($lets:tt)*] [$($generics:tt)*]
        [$r:ty] [$y:ty] [$o:ty] [$($bounds:tt)*] $body:tt $first:ident
    ) => {
        pub(super) fn $name<$($generics)*>($($params)*) -> impl FnOnce($r) -> $o $($bounds)* {
            macro_rules! yield_ {
                () => { $crate::suspend::<$y, $r>(()) };
                ($d($d value:tt)*) => { $crate::suspend::<$y, $r>($d($d value)*) };
            }
            macro_rules! yield_from {
                ($d inner:expr) => { yield_from!($d inner, ()) };
                ($d inner:expr, $d argument:expr) => {
                    match ($d inner, $d argument) {
                        (inner, argument) => inner(argument),
                    }
                };
            }
            move |$first: $r| -> $o { $($lets)* $body }
        }
    };
}
