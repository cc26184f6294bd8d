// The expansion of this function; see `tests/snapshots.rs`.
//
// #[generator]
// /// A door that is opened and closed by resume arguments.
// fn door(#[resume] first: Push) -> impl Generator<Push, Yield = &'static str> {
//     let mut push = first;
//     loop {
//         push = match push {
//             Push::Open => yield_!("open"),
//             Push::Close { slam: true } => {
//                 yield_!("bang");
//                 yield_!("closed")
//             }
//             Push::Close { .. } => yield_!("closed"),
//             Push::Leave => return,
//         };
//     }
// }

/// A door that is opened and closed by resume arguments.
#[allow(clippy::implied_bounds_in_impls, clippy::multiple_bound_locations)]
#[allow(refining_impl_trait)]
fn door() -> impl Generator<
    Push,
    Yield = &'static str,
    Return = (),
> + ::handcrank::__private::Suspended {
    let shape = ::handcrank::__private::Shape::<Push, &'static str, ()>::new();
    let push_type = ::handcrank::__private::Ty::new();
    #[allow(clippy::diverging_sub_expression)]
    if false {
        let _original = shape
            .original(move || {
                let first: Push = shape.argument();
                yield_! {
                    @ in_generator
                }
                {
                    let mut push = first;
                    #[allow(unreachable_code)]
                    let () = if false {
                        loop {}
                        push_type.is(&push);
                    };
                    loop {
                        push = match push {
                            Push::Open => {
                                (shape)
                                    .yield_value(::handcrank::__private::Yielding::<
                                        &'static str,
                                    > {
                                        value: "open",
                                    })
                            }
                            Push::Close { slam: true } => {
                                (shape)
                                    .yield_value(::handcrank::__private::Yielding::<
                                        &'static str,
                                    > {
                                        value: "bang",
                                    });
                                (shape)
                                    .yield_value(::handcrank::__private::Yielding::<
                                        &'static str,
                                    > {
                                        value: "closed",
                                    })
                            }
                            Push::Close { .. } => {
                                (shape)
                                    .yield_value(::handcrank::__private::Yielding::<
                                        &'static str,
                                    > {
                                        value: "closed",
                                    })
                            }
                            Push::Leave => {
                                return ::handcrank::__private::Returning::<()> {
                                    value: (),
                                }
                                    .value;
                            }
                        };
                    }
                }
            });
        loop {}
    }
    #[allow(
        warnings,
        unused,
        unreachable_code,
        dangerous_implicit_autorefs,
        semicolon_in_expressions_from_macros,
        clippy::all,
        clippy::pedantic,
        clippy::nursery,
        clippy::undocumented_unsafe_blocks,
    )]
    let machine = {
        struct DoorFrame<L1> {
            /// Where the machine is: 0 not started, 1 `yield_!("open")`, 2 `yield_!("bang")`, 3 `yield_!("closed")`, 4 `yield_!("closed")`
            at: ::handcrank::__private::Point,
            push: ::handcrank::__private::MaybeUninit<L1>,
        }
        /// Whether the frame is `Send` and `Sync`, with the names of its locals for rustc to say.
        #[allow(non_camel_case_types)]
        const _: () = {
            struct push<T> {
                local: T,
            }
            unsafe impl<L1> ::handcrank::__private::Send for DoorFrame<L1>
            where
                push<L1>: ::handcrank::__private::Send,
            {}
            unsafe impl<L1> ::handcrank::__private::Sync for DoorFrame<L1>
            where
                push<L1>: ::handcrank::__private::Sync,
            {}
        };
        impl<L1> ::handcrank::__private::Frame for DoorFrame<L1> {
            const NEEDS_DROP: bool = ::handcrank::__private::needs_drop::<(L1,)>();
            type Tied = (::handcrank::__private::Ty<L1>,);
            fn state(&self) -> ::handcrank::__private::State {
                ::handcrank::__private::state(self.at, 4)
            }
        }
        let frame = DoorFrame {
            at: ::handcrank::__private::Point::Start,
            push: ::handcrank::__private::MaybeUninit::uninit(),
        };
        if false {
            loop {}
            ::handcrank::__private::Frame::holds(&frame, (push_type,));
        }
        unsafe {
            ::handcrank::__private::Machine::<
                _,
                _,
                _,
                ::handcrank::__private::Pinned,
            >::new(
                shape,
                frame,
                #[inline(always)]
                |entered, turn| -> ::handcrank::__private::Step<_, _, _> {
                    if turn.runs() {
                        let frame = entered.frame();
                        if false {
                            return ::handcrank::__private::of_frame(frame);
                        }
                        let mut to = (*frame).at.number();
                        ::handcrank::__private::known(
                            to <= 4 && (turn.resumes() || to > 0),
                        );
                        let turn = ::handcrank::__private::ManuallyDrop::new(turn);
                        let suspending = ::handcrank::__private::core::cell::Cell::new(
                            false,
                        );
                        let unwinding = ::handcrank::__private::Unwinding::new(
                            &raw mut (*frame).at,
                            &suspending,
                        );
                        let first_2 = &::handcrank::__private::Slot::empty();
                        let push = ::handcrank::__private::slot(&raw mut (*frame).push);
                        let returned = 'body: {
                            let mut first_2_saved = ::handcrank::__private::Saved::new(
                                first_2,
                                false,
                                &suspending,
                            );
                            if to == 0 {
                                let argument = ::handcrank::__private::first(&turn);
                                let first: Push = argument;
                                ::handcrank::__private::put(&mut first_2_saved, first);
                            }
                            ::handcrank::__private::Returning::<()> {
                                value: {
                                    let mut push_saved = ::handcrank::__private::Saved::new(
                                        push,
                                        to > 0,
                                        &suspending,
                                    );
                                    if to == 0 {
                                        let push = (&mut first_2_saved).take();
                                        ::handcrank::__private::put(&mut push_saved, push);
                                    }
                                    {
                                        'loop_1: loop {
                                            ::handcrank::__private::known(to <= 4);
                                            {
                                                let mut value_7_ = (
                                                    'arms_1: {
                                                        let arm = if to == 0 {
                                                            match (*(push).at()) {
                                                                Push::Open => 0,
                                                                Push::Close { slam: true } => 1,
                                                                Push::Close { .. } => 2,
                                                                Push::Leave => {
                                                                    break 'body ::handcrank::__private::Returning::<()> {
                                                                        value: (),
                                                                    }
                                                                        .value;
                                                                }
                                                                _ => ::handcrank::__private::unmatched(),
                                                            }
                                                        } else if to <= 1 {
                                                            0
                                                        } else if to <= 3 {
                                                            1
                                                        } else {
                                                            2
                                                        };
                                                        match arm {
                                                            0 => {
                                                                if to == 0 {
                                                                    let value = ::handcrank::__private::Yielding::<
                                                                        &'static str,
                                                                    > {
                                                                        value: "open",
                                                                    }
                                                                        .value;
                                                                    ::handcrank::__private::suspend(
                                                                        &suspending,
                                                                        &raw mut (*frame).at,
                                                                        1,
                                                                    );
                                                                    return ::handcrank::__private::Step::Yielded(value);
                                                                }
                                                                to = 0;
                                                                let ::handcrank::__private::Some(argument_3_) = ::handcrank::__private::arrive(
                                                                    &turn,
                                                                ) else {
                                                                    return ::handcrank::__private::Step::Dropped;
                                                                };
                                                                let argument_3_ = (argument_3_,);
                                                                break 'arms_1 ((argument_3_).0);
                                                            }
                                                            1 => {
                                                                if to == 0 || to == 2 {
                                                                    if to == 0 {
                                                                        let value = ::handcrank::__private::Yielding::<
                                                                            &'static str,
                                                                        > {
                                                                            value: "bang",
                                                                        }
                                                                            .value;
                                                                        ::handcrank::__private::suspend(
                                                                            &suspending,
                                                                            &raw mut (*frame).at,
                                                                            2,
                                                                        );
                                                                        return ::handcrank::__private::Step::Yielded(value);
                                                                    }
                                                                    to = 0;
                                                                    let ::handcrank::__private::Some(argument_4_) = ::handcrank::__private::arrive(
                                                                        &turn,
                                                                    ) else {
                                                                        return ::handcrank::__private::Step::Dropped;
                                                                    };
                                                                    let argument_4_ = (argument_4_,);
                                                                    (argument_4_).0;
                                                                }
                                                                {
                                                                    if to == 0 {
                                                                        let value = ::handcrank::__private::Yielding::<
                                                                            &'static str,
                                                                        > {
                                                                            value: "closed",
                                                                        }
                                                                            .value;
                                                                        ::handcrank::__private::suspend(
                                                                            &suspending,
                                                                            &raw mut (*frame).at,
                                                                            3,
                                                                        );
                                                                        return ::handcrank::__private::Step::Yielded(value);
                                                                    }
                                                                    to = 0;
                                                                    let ::handcrank::__private::Some(argument_5_) = ::handcrank::__private::arrive(
                                                                        &turn,
                                                                    ) else {
                                                                        return ::handcrank::__private::Step::Dropped;
                                                                    };
                                                                    let argument_5_ = (argument_5_,);
                                                                    (argument_5_).0
                                                                }
                                                            }
                                                            _ => {
                                                                if to == 0 {
                                                                    let value = ::handcrank::__private::Yielding::<
                                                                        &'static str,
                                                                    > {
                                                                        value: "closed",
                                                                    }
                                                                        .value;
                                                                    ::handcrank::__private::suspend(
                                                                        &suspending,
                                                                        &raw mut (*frame).at,
                                                                        4,
                                                                    );
                                                                    return ::handcrank::__private::Step::Yielded(value);
                                                                }
                                                                to = 0;
                                                                let ::handcrank::__private::Some(argument_6_) = ::handcrank::__private::arrive(
                                                                    &turn,
                                                                ) else {
                                                                    return ::handcrank::__private::Step::Dropped;
                                                                };
                                                                let argument_6_ = (argument_6_,);
                                                                break 'arms_1 ((argument_6_).0);
                                                            }
                                                        }
                                                    },
                                                );
                                                (match ((value_7_).0) {
                                                    value => ::handcrank::__private::set(&mut push_saved, value),
                                                });
                                            };
                                        }
                                    }
                                },
                            }
                                .value
                        };
                        unwinding.returned();
                        return ::handcrank::__private::Step::Complete(returned);
                    }
                    let (frame, visit) = entered.telling();
                    if false {
                        return ::handcrank::__private::of_frame(frame);
                    }
                    ::handcrank::__private::tell(
                        (*frame).at,
                        "door",
                        ::handcrank::__private::core::file!(),
                        &[
                            (
                                ::handcrank::__private::core::line!(),
                                ::handcrank::__private::core::column!(),
                                "yield_!(\"open\")",
                            ),
                            (
                                ::handcrank::__private::core::line!(),
                                ::handcrank::__private::core::column!(),
                                "yield_!(\"bang\")",
                            ),
                            (
                                ::handcrank::__private::core::line!(),
                                ::handcrank::__private::core::column!(),
                                "yield_!(\"closed\")",
                            ),
                            (
                                ::handcrank::__private::core::line!(),
                                ::handcrank::__private::core::column!(),
                                "yield_!(\"closed\")",
                            ),
                        ],
                        visit,
                    );
                    ::handcrank::__private::Step::Dropped
                },
            )
        }
    };
    machine
}
