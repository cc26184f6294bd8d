//! What tells where a machine is suspended: a second closure beside the body, for whoever asks.
//!
//! ```text
//! |frame, visit| {
//!     let point = |line, column, text| point("name", file!(), line, column, text);
//!     let future_1 = &raw const (*frame).future_1;
//!     match (*frame).at {
//!         At::Yield1 => visit(point(line!(), column!(), "yield_!(a)")),
//!         At::Await2 => {
//!             visit(point(line!(), column!(), "b.await"));
//!             (&child(future_1)).follow(visit);
//!         }
//!         _ => {}
//!     }
//! }
//! ```

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Ident, ext::IdentExt};

use crate::hygiene::private;
use crate::lower::{Lowered, Point};

/// What the user calls the function, and where.
pub struct Called {
    pub name: String,
    pub span: Span,
}

impl Called {
    /// By the function's name.
    pub fn of(function: &Ident) -> Self {
        Called {
            name: function.unraw().to_string(),
            span: function.span(),
        }
    }
}

/// The closure, of a function that is called so. `looks` finds in the frame what is awaited.
pub fn tells(called: &Called, at: &Ident, lowered: &Lowered, looks: &TokenStream) -> TokenStream {
    let Lowered { points, frame, .. } = lowered;
    if points.is_empty() {
        return q!(|_, _| {});
    }
    let arms = points.iter().map(|point| {
        let Point {
            variant,
            source,
            span,
            child,
        } = point;
        let (line, column) = (place(*span, "line"), place(*span, "column"));
        let tell = q!(visit(point(#line, #column, #source)));
        match child {
            None => q!(#at::#variant => #tell,),
            Some(child) => {
                let name = &frame.get(*child).name;
                q! {
                    #at::#variant => {
                        #tell;
                        (&#private::child(#name)).follow(visit);
                    }
                }
            }
        }
    });
    let follows = (!looks.is_empty()).then(|| q!(use #private::{Ends as _, Follows as _};));
    let (function, file) = (&called.name, place(called.span, "file"));
    q! {
        |frame, visit| {
            #follows
            let point = |line, column, text| #private::point(#function, #file, line, column, text);
            #looks
            match (*frame).at {
                #(#arms)*
                _ => {}
            }
        }
    }
}

/// A place in the user's source: these macros tell where they are called, if all of the call is there.
fn place(span: Span, what: &str) -> TokenStream {
    let what = Ident::new(what, span);
    quote_spanned!(span=> ::handcrank::__private::core::#what!())
}
