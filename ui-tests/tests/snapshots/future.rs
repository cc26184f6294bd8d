// The expansion of this function; see `tests/snapshots.rs`.
//
// #[generator]
// /// The length of a page.
// async fn length(client: &Client, url: &str) -> Option<usize> {
//     let page = client.get(url).await?;
//     if page.is_empty() {
//         return None;
//     }
//     Some(page.len())
// }

/// The length of a page.
#[allow(clippy::implied_bounds_in_impls, clippy::multiple_bound_locations)]
#[allow(refining_impl_trait)]
fn length<'elided_0, 'elided_1>(
    client: &'elided_0 Client,
    url: &'elided_1 str,
) -> impl ::handcrank::__private::Future<
    Output = Option<usize>,
> + ::handcrank::__private::Suspended {
    let shape = ::handcrank::__private::Shape::<
        ::handcrank::__private::Context,
        ::handcrank::__private::Never,
        Option<usize>,
    >::new();
    #[allow(clippy::diverging_sub_expression)]
    if false {
        let _original = shape
            .original(move || {
                let client: &Client = client;
                let url: &str = url;
                {
                    let page = (
                        match ::handcrank::__private::Try::branch(
                            ::handcrank::__private::original_await(
                                ::handcrank::__private::IntoFuture::into_future(
                                    client.get(url),
                                ),
                            ),
                        ) {
                            ::handcrank::__private::ControlFlow::Continue(value) => {
                                value.0
                            }
                            ::handcrank::__private::ControlFlow::Break(residual) => {
                                return ::handcrank::__private::Returning::<Option<usize>> {
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
                    if page.is_empty() {
                        return ::handcrank::__private::Returning::<Option<usize>> {
                            value: None,
                        }
                            .value;
                    }
                    Some(page.len())
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
        struct LengthFrame<L0, L2, L1, Borrows> {
            /// Where the machine is: 0 not started, 1 `client.get(url).await`
            at: ::handcrank::__private::Point,
            client: ::handcrank::__private::MaybeUninit<L0>,
            scopes_0: LengthScopes0<L2, L1>,
            borrows: ::handcrank::__private::PhantomData<Borrows>,
        }
        struct LengthScope1<L2> {
            future_1_: ::handcrank::__private::MaybeUninit<L2>,
        }
        struct LengthScope4<L1> {
            url: ::handcrank::__private::MaybeUninit<L1>,
        }
        union LengthScopes0<L2, L1> {
            scope_1: ::handcrank::__private::ManuallyDrop<LengthScope1<L2>>,
            scope_4: ::handcrank::__private::ManuallyDrop<LengthScope4<L1>>,
            none: (),
        }
        /// Whether the frame is `Send` and `Sync`, with the names of its locals for rustc to say.
        #[allow(non_camel_case_types)]
        const _: () = {
            struct client<T> {
                local: T,
            }
            struct url<T> {
                local: T,
            }
            struct future_1_<T> {
                local: T,
            }
            unsafe impl<L0, L2, L1, Borrows> ::handcrank::__private::Send
            for LengthFrame<L0, L2, L1, Borrows>
            where
                client<L0>: ::handcrank::__private::Send,
                url<L1>: ::handcrank::__private::Send,
                future_1_<L2>: ::handcrank::__private::Send,
            {}
            unsafe impl<L0, L2, L1, Borrows> ::handcrank::__private::Sync
            for LengthFrame<L0, L2, L1, Borrows>
            where
                client<L0>: ::handcrank::__private::Sync,
                url<L1>: ::handcrank::__private::Sync,
                future_1_<L2>: ::handcrank::__private::Sync,
            {}
        };
        impl<L0, L2, L1, Borrows> ::handcrank::__private::Frame
        for LengthFrame<L0, L2, L1, Borrows> {
            const NEEDS_DROP: bool = ::handcrank::__private::needs_drop::<
                (L0, L2, L1, Borrows),
            >();
            type Tied = ();
            fn state(&self) -> ::handcrank::__private::State {
                ::handcrank::__private::state(self.at, 1)
            }
            unsafe fn drop_unstarted(frame: *mut Self) {
                unsafe {
                    let client = ::handcrank::__private::slot(&raw mut (*frame).client);
                    let scope_4 = ::handcrank::__private::inner(
                        &raw mut (*frame).scopes_0.scope_4,
                    );
                    let url_passed = ::handcrank::__private::slot(
                        &raw mut (*scope_4).url,
                    );
                    ::handcrank::__private::drop_in_order((
                        ::handcrank::__private::Unstarted::new(client),
                        ::handcrank::__private::Unstarted::new(url_passed),
                    ));
                }
            }
        }
        let url = unsafe {
            ::handcrank::__private::relabelled::<_, &'elided_0 str>(url)
        };
        unsafe {
            ::handcrank::__private::FutureMachine::new(
                shape,
                LengthFrame {
                    at: ::handcrank::__private::Point::Start,
                    client: ::handcrank::__private::MaybeUninit::new(client),
                    scopes_0: LengthScopes0 {
                        scope_4: ::handcrank::__private::ManuallyDrop::new(LengthScope4 {
                            url: ::handcrank::__private::MaybeUninit::new(url),
                        }),
                    },
                    borrows: ::handcrank::__private::PhantomData::<
                        (&'elided_0 (), &'elided_1 ()),
                    >,
                },
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
                        let url = &::handcrank::__private::Slot::empty();
                        let client = ::handcrank::__private::slot(
                            &raw mut (*frame).client,
                        );
                        let scope_1 = ::handcrank::__private::inner(
                            &raw mut (*frame).scopes_0.scope_1,
                        );
                        let future_1_ = ::handcrank::__private::slot(
                            &raw mut (*scope_1).future_1_,
                        );
                        let scope_4 = ::handcrank::__private::inner(
                            &raw mut (*frame).scopes_0.scope_4,
                        );
                        let url_passed = ::handcrank::__private::slot(
                            &raw mut (*scope_4).url,
                        );
                        let returned = 'body: {
                            let mut client_saved = ::handcrank::__private::Saved::new(
                                client,
                                to > 0,
                                &suspending,
                            );
                            let mut url_saved = ::handcrank::__private::Saved::new(
                                url,
                                false,
                                &suspending,
                            );
                            if to == 0 {
                                ::handcrank::__private::pass(url_passed, url);
                                ::handcrank::__private::own(&mut client_saved);
                                ::handcrank::__private::own(&mut url_saved);
                            }
                            ::handcrank::__private::Returning::<Option<usize>> {
                                value: {
                                    let page_bound;
                                    {
                                        let mut output_2_ = (
                                            {
                                                let mut future_1__saved = ::handcrank::__private::Saved::new(
                                                    future_1_,
                                                    to > 0,
                                                    &suspending,
                                                );
                                                if to < 1 {
                                                    ::handcrank::__private::put(
                                                        &mut future_1__saved,
                                                        ::handcrank::__private::IntoFuture::into_future(
                                                            (*(client).at()).get((url).again()),
                                                        ),
                                                    );
                                                } else {
                                                    to = 0;
                                                    if ::handcrank::__private::dropping(&turn) {
                                                        return ::handcrank::__private::Step::Dropped;
                                                    }
                                                }
                                                match ::handcrank::__private::poll(
                                                    (future_1_).at(),
                                                    ::handcrank::__private::context(&turn),
                                                ) {
                                                    ::handcrank::__private::Poll::Ready(output) => output,
                                                    ::handcrank::__private::Poll::Pending => {
                                                        ::handcrank::__private::suspend(
                                                            &suspending,
                                                            &raw mut (*frame).at,
                                                            1,
                                                        );
                                                        return ::handcrank::__private::Step::Pending;
                                                    }
                                                }
                                            },
                                        );
                                        page_bound = (
                                            match ::handcrank::__private::Try::branch((output_2_).0) {
                                                ::handcrank::__private::ControlFlow::Continue(value) => {
                                                    value.0
                                                }
                                                ::handcrank::__private::ControlFlow::Break(residual) => {
                                                    break 'body ::handcrank::__private::Returning::<
                                                        Option<usize>,
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
                                    }
                                    let mut page = page_bound;
                                    if page.is_empty() {
                                        break 'body ::handcrank::__private::Returning::<
                                            Option<usize>,
                                        > {
                                            value: None,
                                        }
                                            .value;
                                    }
                                    Some(page.len())
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
                        "length",
                        ::handcrank::__private::core::file!(),
                        &[
                            (
                                ::handcrank::__private::core::line!(),
                                ::handcrank::__private::core::column!(),
                                "client.get(url).await",
                            ),
                        ],
                        visit,
                    );
                    use ::handcrank::__private::{Ends as _, Follows as _};
                    let scope_1 = ::handcrank::__private::inner(
                        &raw mut (*frame).scopes_0.scope_1,
                    );
                    let future_1_ = &raw const (*scope_1).future_1_;
                    match (*frame).at.number() {
                        1 => (&::handcrank::__private::child(future_1_)).follow(visit),
                        _ => {}
                    }
                    ::handcrank::__private::Step::Dropped
                },
            )
        }
    };
    machine
}
