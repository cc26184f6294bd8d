// The expansion of this function; see `tests/snapshots.rs`.
//
// #[generator]
// /// Writes what it is given into what it is given.
// fn writer(#[resume] first: Job<'_>) -> impl Generator<Job<'_>, Yield = usize> {
//     let mut job = first;
//     loop {
//         job.out.push(job.word);
//         job = yield_!(job.out.len());
//     }
// }

/// Writes what it is given into what it is given.
#[allow(clippy::implied_bounds_in_impls, clippy::multiple_bound_locations)]
#[allow(refining_impl_trait)]
fn writer() -> impl for<'resume_0> Generator<
    Job<'resume_0>,
    Yield = usize,
    Return = (),
> + ::handcrank::__private::Suspended {
    let shape = ::handcrank::__private::Shape::<
        for<'resume_0, 'unused_1, 'unused_2, 'unused_3> fn(
            ::handcrank::__private::Lifetimes<'resume_0, 'unused_1, 'unused_2, 'unused_3>,
        ) -> Job<'resume_0>,
        usize,
        (),
    >::new();
    let job_type = ::handcrank::__private::Ty::new();
    #[allow(clippy::diverging_sub_expression)]
    if false {
        let _original = shape
            .original(move || {
                let mut argument = ::handcrank::__private::Argument;
                let mut _tie;
                let first: Job<'_> = (shape)
                    .lent({
                        (argument) = (::handcrank::__private::Argument);
                        _tie = ::handcrank::__private::lend(&mut (argument));
                        (argument) = (::handcrank::__private::Argument);
                        let loan = ::handcrank::__private::lend(&mut (argument));
                        _tie = loan;
                        loan
                    });
                yield_! {
                    @ in_generator
                }
                {
                    let mut job = first;
                    #[allow(unreachable_code)]
                    let () = if false {
                        loop {}
                        job_type.is(&job);
                    };
                    loop {
                        job.out.push(job.word);
                        job = (shape)
                            .resumed(
                                (shape)
                                    .hand_out(::handcrank::__private::Yielding::<usize> {
                                        value: job.out.len(),
                                    }),
                                (shape)
                                    .lent({
                                        (argument) = (::handcrank::__private::Argument);
                                        _tie = ::handcrank::__private::lend(&mut (argument));
                                        (argument) = (::handcrank::__private::Argument);
                                        let loan = ::handcrank::__private::lend(&mut (argument));
                                        _tie = loan;
                                        loan
                                    }),
                            );
                    }
                }
            });
        loop {}
    }
    #[allow(warnings, unused, clippy::all, clippy::pedantic)]
    if false {
        ::handcrank::__private::universally(move |
            universal: ::handcrank::__private::Universal<Job<'_>>|
        {
            let _original = shape
                .original(move || {
                    let first: Job<'_> = ((universal).lend)();
                    {
                        let mut job = first;
                        loop {
                            job.out.push(job.word);
                            job = (shape)
                                .resumed(
                                    (shape)
                                        .hand_out(::handcrank::__private::Yielding::<usize> {
                                            value: job.out.len(),
                                        }),
                                    ((universal).lend)(),
                                );
                        }
                    }
                });
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
        struct WriterFrame<L1, F1, B1> {
            /// Where the machine is: 0 not started, 1 `yield_!(job.out.len())`
            at: ::handcrank::__private::Point,
            job: ::handcrank::__private::MaybeUninit<L1>,
            job_live: ::handcrank::__private::MaybeUninit<F1>,
            job_moved: ::handcrank::__private::MaybeUninit<B1>,
        }
        /// Whether the frame is `Send` and `Sync`, with the names of its locals for rustc to say.
        #[allow(non_camel_case_types)]
        const _: () = {
            struct job<T> {
                local: T,
            }
            unsafe impl<L1, F1, B1> ::handcrank::__private::Send
            for WriterFrame<L1, F1, B1>
            where
                job<L1>: ::handcrank::__private::Send,
            {}
            unsafe impl<L1, F1, B1> ::handcrank::__private::Sync
            for WriterFrame<L1, F1, B1>
            where
                job<L1>: ::handcrank::__private::Sync,
            {}
        };
        impl<L1, F1, B1> ::handcrank::__private::Frame for WriterFrame<L1, F1, B1> {
            const NEEDS_DROP: bool = ::handcrank::__private::needs_drop::<
                (L1, F1, B1),
            >();
            type Tied = (::handcrank::__private::Ty<L1>,);
            fn state(&self) -> ::handcrank::__private::State {
                ::handcrank::__private::state(self.at, 1)
            }
        }
        let frame = WriterFrame {
            at: ::handcrank::__private::Point::Start,
            job: ::handcrank::__private::MaybeUninit::uninit(),
            job_live: ::handcrank::__private::MaybeUninit::uninit(),
            job_moved: ::handcrank::__private::MaybeUninit::uninit(),
        };
        if false {
            loop {}
            ::handcrank::__private::Frame::holds(&frame, (job_type,));
        }
        unsafe {
            ::handcrank::__private::LentMachine::new(
                shape,
                ::handcrank::__private::Machine::<
                    _,
                    _,
                    _,
                    ::handcrank::__private::Pinned,
                >::new(
                    shape.in_body(),
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
                            let first_2 = &::handcrank::__private::Slot::empty();
                            let job_keep = ::handcrank::__private::KeepOf::new();
                            let job = ::handcrank::__private::slot(
                                &raw mut (*frame).job,
                            );
                            let job_live = job_keep.flag(&raw mut (*frame).job_live);
                            let job_moved = &::handcrank::__private::Slot::new(0 as u8);
                            let job_moved = job_keep
                                .slot(&raw mut (*frame).job_moved, job_moved)
                                .at();
                            let job_mode_1 = ::handcrank::__private::ModeOf::new();
                            let returned = 'body: {
                                let mut first_2_saved = ::handcrank::__private::Saved::new(
                                    first_2,
                                    false,
                                    &suspending,
                                );
                                if to == 0 {
                                    let argument = ::handcrank::__private::first(&turn);
                                    let first: Job<'_> = argument;
                                    ::handcrank::__private::put(&mut first_2_saved, first);
                                }
                                ::handcrank::__private::Returning::<()> {
                                    value: {
                                        let mut job_saved = ::handcrank::__private::Parted::new(
                                            job,
                                            job_live,
                                            job_moved,
                                            to > 0,
                                            &suspending,
                                        );
                                        if to == 0 {
                                            let job = (&mut first_2_saved).take();
                                            ::handcrank::__private::put(&mut job_saved, job);
                                        }
                                        ::handcrank::__private::drops_rest(
                                            &job_saved,
                                            move |mut rest, moved| {
                                                if moved & 2 != 0 {
                                                    job_mode_1.in_move();
                                                    ::handcrank::__private::core::mem::forget(
                                                        ::handcrank::__private::told(
                                                            {
                                                                let ty = ::handcrank::__private::Ty::new();
                                                                #[allow(unreachable_code)]
                                                                let () = if false {
                                                                    loop {}
                                                                    ty.is_at(&raw const rest.out);
                                                                };
                                                                ty
                                                            },
                                                            rest.out,
                                                        ),
                                                    );
                                                }
                                                if moved & 1 != 0 {
                                                    ::handcrank::__private::core::mem::forget(
                                                        ::handcrank::__private::told(
                                                            {
                                                                let ty = ::handcrank::__private::Ty::new();
                                                                #[allow(unreachable_code)]
                                                                let () = if false {
                                                                    loop {}
                                                                    ty.is_at(&raw const rest.word);
                                                                };
                                                                ty
                                                            },
                                                            rest.word,
                                                        ),
                                                    );
                                                }
                                            },
                                        );
                                        {
                                            'loop_1: loop {
                                                ::handcrank::__private::known(to <= 1);
                                                if to == 0 {
                                                    (*(job).at())
                                                        .out
                                                        .push(
                                                            ::handcrank::__private::Read(&raw const (*(job).at()).word)
                                                                .part(job, job_moved, 1),
                                                        );
                                                }
                                                {
                                                    if to == 0 {
                                                        let value = ::handcrank::__private::Yielding::<usize> {
                                                            value: (match (
                                                                ::handcrank::__private::receive_part(
                                                                    job,
                                                                    &raw const (*(job).at()).out,
                                                                    job_moved,
                                                                    2,
                                                                    job_mode_1,
                                                                ),
                                                            ) {
                                                                ((ref local_type, ref result_type, ref probe, local),) => {
                                                                    if false {
                                                                        loop {}
                                                                        local_type.is(&(*(job).at()).out);
                                                                        let mut local = ::handcrank::__private::Local::like(
                                                                            local_type,
                                                                        );
                                                                        probe
                                                                            .is(
                                                                                &|| -> () {
                                                                                    loop {}
                                                                                    &local;
                                                                                    result_type.same(local.value.len());
                                                                                },
                                                                            );
                                                                    }
                                                                    if probe.moves() {
                                                                        probe.in_move();
                                                                        let mut local = ::handcrank::__private::received(local);
                                                                        result_type.same(local.len())
                                                                    } else {
                                                                        probe.in_borrow();
                                                                        result_type.same((*(job).at()).out.len())
                                                                    }
                                                                }
                                                            }),
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
                                                    let ::handcrank::__private::Some(argument_1_) = ::handcrank::__private::arrive(
                                                        &turn,
                                                    ) else {
                                                        return ::handcrank::__private::Step::Dropped;
                                                    };
                                                    let argument_1_ = (argument_1_,);
                                                    (match ((argument_1_).0) {
                                                        value => ::handcrank::__private::set(&mut job_saved, value),
                                                    });
                                                };
                                            }
                                        }
                                    },
                                }
                                    .value
                            };
                            if false {
                                loop {}
                                use ::handcrank::__private::{FadesAway as _, MayDrop as _};
                                (&::handcrank::__private::type_of(job))
                                    .tells_keep(&job_keep);
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
                            "writer",
                            ::handcrank::__private::core::file!(),
                            &[
                                (
                                    ::handcrank::__private::core::line!(),
                                    ::handcrank::__private::core::column!(),
                                    "yield_!(job.out.len())",
                                ),
                            ],
                            visit,
                        );
                        ::handcrank::__private::Step::Dropped
                    },
                ),
            )
        }
    };
    machine
}
