// The expansion of this function; see `tests/snapshots.rs`.
//
// #[generator]
// /// The sum of the numbers among some words, each as it is met.
// pub fn numbers(
//     words: &[String],
// ) -> impl Generator<Yield = u32, Return = Result<u32, ParseIntError>> {
//     let mut sum = 0;
//     let trimmed: Vec<&str> = words.iter().map(|word| word.trim()).collect();
//     for word in &trimmed {
//         let number = word.parse::<u32>()?;
//         yield_!(number);
//         sum += number;
//     }
//     Ok(sum)
// }

/// The sum of the numbers among some words, each as it is met.
#[allow(clippy::implied_bounds_in_impls, clippy::multiple_bound_locations)]
#[allow(refining_impl_trait)]
pub fn numbers(
    words: &[String],
) -> impl Generator<
    Yield = u32,
    Return = Result<u32, ParseIntError>,
> + ::handcrank::__private::Suspended {
    let shape = ::handcrank::__private::Shape::<
        (),
        u32,
        Result<u32, ParseIntError>,
    >::new();
    let sum_type = ::handcrank::__private::Ty::new();
    let trimmed_type = ::handcrank::__private::Ty::new();
    let word_2_type = ::handcrank::__private::Ty::new();
    let number_type = ::handcrank::__private::Ty::new();
    #[allow(clippy::diverging_sub_expression)]
    if false {
        let _original = shape
            .original(move || {
                let words: &[String] = words;
                yield_! {
                    @ in_generator
                }
                {
                    let mut sum = 0;
                    let trimmed: Vec<&str> = words
                        .iter()
                        .map(|word| word.trim())
                        .collect();
                    #[allow(unreachable_code)]
                    let () = if false {
                        loop {}
                        sum_type.is(&sum);
                        trimmed_type.is(&trimmed);
                    };
                    for word in &trimmed {
                        #[allow(unreachable_code)]
                        let () = if false {
                            loop {}
                            word_2_type.is(&word);
                        };
                        let number = (
                            match ::handcrank::__private::Try::branch(
                                word.parse::<u32>(),
                            ) {
                                ::handcrank::__private::ControlFlow::Continue(value) => {
                                    value.0
                                }
                                ::handcrank::__private::ControlFlow::Break(residual) => {
                                    return ::handcrank::__private::Returning::<
                                        Result<u32, ParseIntError>,
                                    > {
                                        value: ::handcrank::__private::FromResidual::from_residual(
                                            (residual).0,
                                            ::handcrank::__private::From::from,
                                        ),
                                    }
                                        .value;
                                }
                            },
                        )
                            .0;
                        #[allow(unreachable_code)]
                        let () = if false {
                            loop {}
                            number_type.is(&number);
                        };
                        (shape)
                            .yield_value(::handcrank::__private::Yielding::<u32> {
                                value: number,
                            });
                        sum += number;
                    }
                    Ok(sum)
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
        struct NumbersFrame<L1, L2, L3, L4, F4, L5, L0> {
            /// Where the machine is: 0 not started, 1 `yield_!(number)`
            at: ::handcrank::__private::Point,
            scopes_0: NumbersScopes0<L1, L2, L3, L4, F4, L5, L0>,
        }
        struct NumbersScope1<L1, L2, L3, L4, F4, L5> {
            sum: ::handcrank::__private::MaybeUninit<L1>,
            trimmed: ::handcrank::__private::MaybeUninit<L2>,
            items_1_: ::handcrank::__private::MaybeUninit<L3>,
            word_2: ::handcrank::__private::MaybeUninit<L4>,
            word_2_live: ::handcrank::__private::MaybeUninit<F4>,
            number: ::handcrank::__private::MaybeUninit<L5>,
        }
        struct NumbersScope11<L0> {
            words: ::handcrank::__private::MaybeUninit<L0>,
        }
        union NumbersScopes0<L1, L2, L3, L4, F4, L5, L0> {
            scope_1: ::handcrank::__private::ManuallyDrop<
                NumbersScope1<L1, L2, L3, L4, F4, L5>,
            >,
            scope_11: ::handcrank::__private::ManuallyDrop<NumbersScope11<L0>>,
            none: (),
        }
        /// Whether the frame is `Send` and `Sync`, with the names of its locals for rustc to say.
        #[allow(non_camel_case_types)]
        const _: () = {
            struct words<T> {
                local: T,
            }
            struct sum<T> {
                local: T,
            }
            struct trimmed<T> {
                local: T,
            }
            struct items_1_<T> {
                local: T,
            }
            struct word_2<T> {
                local: T,
            }
            struct number<T> {
                local: T,
            }
            unsafe impl<L1, L2, L3, L4, F4, L5, L0> ::handcrank::__private::Send
            for NumbersFrame<L1, L2, L3, L4, F4, L5, L0>
            where
                words<L0>: ::handcrank::__private::Send,
                sum<L1>: ::handcrank::__private::Send,
                trimmed<L2>: ::handcrank::__private::Send,
                items_1_<L3>: ::handcrank::__private::Send,
                word_2<L4>: ::handcrank::__private::Send,
                number<L5>: ::handcrank::__private::Send,
            {}
            unsafe impl<L1, L2, L3, L4, F4, L5, L0> ::handcrank::__private::Sync
            for NumbersFrame<L1, L2, L3, L4, F4, L5, L0>
            where
                words<L0>: ::handcrank::__private::Sync,
                sum<L1>: ::handcrank::__private::Sync,
                trimmed<L2>: ::handcrank::__private::Sync,
                items_1_<L3>: ::handcrank::__private::Sync,
                word_2<L4>: ::handcrank::__private::Sync,
                number<L5>: ::handcrank::__private::Sync,
            {}
        };
        impl<L1, L2, L3, L4, F4, L5, L0> ::handcrank::__private::Frame
        for NumbersFrame<L1, L2, L3, L4, F4, L5, L0> {
            const NEEDS_DROP: bool = ::handcrank::__private::needs_drop::<
                (L1, L2, L3, L4, F4, L5, L0),
            >();
            type Tied = (
                ::handcrank::__private::Ty<L1>,
                ::handcrank::__private::Ty<L2>,
                ::handcrank::__private::Ty<L4>,
                ::handcrank::__private::Ty<L5>,
            );
            fn state(&self) -> ::handcrank::__private::State {
                ::handcrank::__private::state(self.at, 1)
            }
            unsafe fn drop_unstarted(frame: *mut Self) {
                unsafe {
                    let scope_11 = ::handcrank::__private::inner(
                        &raw mut (*frame).scopes_0.scope_11,
                    );
                    let words_passed = ::handcrank::__private::slot(
                        &raw mut (*scope_11).words,
                    );
                    ::handcrank::__private::drop_in_order((
                        ::handcrank::__private::Unstarted::new(words_passed),
                    ));
                }
            }
        }
        let frame = NumbersFrame {
            at: ::handcrank::__private::Point::Start,
            scopes_0: NumbersScopes0 {
                scope_11: ::handcrank::__private::ManuallyDrop::new(NumbersScope11 {
                    words: ::handcrank::__private::MaybeUninit::new(words),
                }),
            },
        };
        if false {
            loop {}
            ::handcrank::__private::Frame::holds(
                &frame,
                (sum_type, trimmed_type, word_2_type, number_type),
            );
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
                            to <= 1 && (turn.resumes() || to > 0),
                        );
                        let turn = ::handcrank::__private::ManuallyDrop::new(turn);
                        let suspending = ::handcrank::__private::core::cell::Cell::new(
                            false,
                        );
                        let unwinding = ::handcrank::__private::Unwinding::new(
                            &raw mut (*frame).at,
                            &suspending,
                        );
                        let words = &::handcrank::__private::Slot::empty();
                        let scope_1 = ::handcrank::__private::inner(
                            &raw mut (*frame).scopes_0.scope_1,
                        );
                        let sum = ::handcrank::__private::slot(&raw mut (*scope_1).sum);
                        let trimmed = ::handcrank::__private::slot(
                            &raw mut (*scope_1).trimmed,
                        );
                        let items_1_ = ::handcrank::__private::slot(
                            &raw mut (*scope_1).items_1_,
                        );
                        let word_2_keep = ::handcrank::__private::KeepOf::new();
                        let word_2 = ::handcrank::__private::slot(
                            &raw mut (*scope_1).word_2,
                        );
                        let word_2_live = word_2_keep
                            .flag(&raw mut (*scope_1).word_2_live);
                        let number = ::handcrank::__private::slot(
                            &raw mut (*scope_1).number,
                        );
                        let scope_11 = ::handcrank::__private::inner(
                            &raw mut (*frame).scopes_0.scope_11,
                        );
                        let words_passed = ::handcrank::__private::slot(
                            &raw mut (*scope_11).words,
                        );
                        let returned = 'body: {
                            let mut words_saved = ::handcrank::__private::Saved::new(
                                words,
                                false,
                                &suspending,
                            );
                            if to == 0 {
                                ::handcrank::__private::pass(words_passed, words);
                                ::handcrank::__private::own(&mut words_saved);
                            }
                            ::handcrank::__private::Returning::<
                                Result<u32, ParseIntError>,
                            > {
                                value: {
                                    let mut sum_saved = ::handcrank::__private::Saved::plain(
                                        sum,
                                        to > 0,
                                        &suspending,
                                    );
                                    let mut trimmed_saved = ::handcrank::__private::Saved::new(
                                        trimmed,
                                        to > 0,
                                        &suspending,
                                    );
                                    if to == 0 {
                                        let sum = 0;
                                        ::handcrank::__private::put(&mut sum_saved, sum);
                                        let trimmed: Vec<&str> = (words)
                                            .again()
                                            .iter()
                                            .map(|word| word.trim())
                                            .collect();
                                        ::handcrank::__private::put(&mut trimmed_saved, trimmed);
                                    }
                                    {
                                        {
                                            let mut items_1__saved = ::handcrank::__private::Saved::new(
                                                items_1_,
                                                to > 0,
                                                &suspending,
                                            );
                                            if to == 0 {
                                                ::handcrank::__private::put(
                                                    &mut items_1__saved,
                                                    ::handcrank::__private::IntoIterator::into_iter(
                                                        &(*(trimmed).at()),
                                                    ),
                                                );
                                            }
                                            'loop_1: loop {
                                                ::handcrank::__private::known(to <= 1);
                                                if to == 0 {
                                                    match ::handcrank::__private::Iterator::next(
                                                        &mut *(items_1_).at(),
                                                    ) {
                                                        ::handcrank::__private::Some(word_2) => {
                                                            ::handcrank::__private::init(word_2, word_2);
                                                        }
                                                        ::handcrank::__private::None => break 'loop_1,
                                                        _ => ::handcrank::__private::unmatched(),
                                                    }
                                                }
                                                let mut word_2_saved = ::handcrank::__private::Tracked::bound(
                                                    word_2,
                                                    word_2_live,
                                                    to == 0,
                                                    &suspending,
                                                );
                                                let mut number_saved = ::handcrank::__private::Saved::new(
                                                    number,
                                                    to > 0,
                                                    &suspending,
                                                );
                                                if to == 0 {
                                                    let number = (
                                                        match ::handcrank::__private::Try::branch(
                                                            (match (
                                                                ::handcrank::__private::receive(&mut word_2_saved),
                                                            ) {
                                                                ((ref local_type, ref result_type, ref probe, local),) => {
                                                                    if false {
                                                                        loop {}
                                                                        local_type.is(&(*(word_2).at()));
                                                                        let mut local = ::handcrank::__private::Local::like(
                                                                            local_type,
                                                                        );
                                                                        probe
                                                                            .is(
                                                                                &|| -> () {
                                                                                    loop {}
                                                                                    &local;
                                                                                    result_type.same(local.value.parse::<u32>());
                                                                                },
                                                                            );
                                                                    }
                                                                    if probe.moves() {
                                                                        probe.in_move();
                                                                        let mut local = ::handcrank::__private::received(local);
                                                                        result_type.same(local.parse::<u32>())
                                                                    } else {
                                                                        probe.in_borrow();
                                                                        result_type.same((*(word_2).at()).parse::<u32>())
                                                                    }
                                                                }
                                                            }),
                                                        ) {
                                                            ::handcrank::__private::ControlFlow::Continue(value) => {
                                                                value.0
                                                            }
                                                            ::handcrank::__private::ControlFlow::Break(residual) => {
                                                                break 'body ::handcrank::__private::Returning::<
                                                                    Result<u32, ParseIntError>,
                                                                > {
                                                                    value: ::handcrank::__private::FromResidual::from_residual(
                                                                        (residual).0,
                                                                        ::handcrank::__private::From::from,
                                                                    ),
                                                                }
                                                                    .value;
                                                            }
                                                        },
                                                    )
                                                        .0;
                                                    ::handcrank::__private::put(&mut number_saved, number);
                                                }
                                                {
                                                    if to == 0 {
                                                        let value = ::handcrank::__private::Yielding::<u32> {
                                                            value: (number).again(),
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
                                                    let ::handcrank::__private::Some(argument_2_) = ::handcrank::__private::arrive(
                                                        &turn,
                                                    ) else {
                                                        return ::handcrank::__private::Step::Dropped;
                                                    };
                                                    let argument_2_ = (argument_2_,);
                                                    (argument_2_).0;
                                                };
                                                (*(sum).at()) += (&mut number_saved).take();
                                            }
                                        }
                                    }
                                    Ok((&mut sum_saved).take())
                                },
                            }
                                .value
                        };
                        if false {
                            loop {}
                            use ::handcrank::__private::{FadesAway as _, MayDrop as _};
                            (&::handcrank::__private::type_of(word_2))
                                .tells_keep(&word_2_keep);
                        }
                        unwinding.returned();
                        return ::handcrank::__private::Step::Complete(returned);
                    }
                    let (frame, visit) = entered.telling();
                    if false {
                        return ::handcrank::__private::of_frame(frame);
                    }
                    ::handcrank::__private::tell(
                        (*frame).at,
                        "numbers",
                        ::handcrank::__private::core::file!(),
                        &[
                            (
                                ::handcrank::__private::core::line!(),
                                ::handcrank::__private::core::column!(),
                                "yield_!(number)",
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
