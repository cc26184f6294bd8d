//! std's macros, whose arguments are lowered as the macro uses them.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, spanned::Spanned};

use super::{Lower, operand::Operand, place::Access, verbatim};
use crate::{
    hygiene::{Ends, private},
    syntax,
};

impl Lower<'_> {
    /// One of std's macros. Most drop the temporaries of their arguments themselves.
    pub(super) fn std_macro(&mut self, expr: &mut Expr) {
        let Expr::Call(call) = &*expr else { return };
        let name = syntax::macro_name(call).unwrap_or_default();
        if name == "pin" && self.hold && !self.in_closure {
            return self.held_pin(expr);
        }
        if keeps_temporaries(&name) {
            return self.macro_arguments(expr, &name);
        }
        if self.suspends(expr) {
            let ends = Ends::of(expr);
            let (before, ()) = self.full(false, |this| this.macro_arguments(expr, &name));
            *expr = self.step("value", ends, &q!({ #before #expr }));
        } else {
            self.unheld(|this| this.macro_arguments(expr, &name));
        }
    }

    /// `pin!(a)`, whose value is kept across a suspension point: `pinned(&mut a)`.
    fn held_pin(&mut self, expr: &mut Expr) {
        let Expr::Call(call) = expr else { return };
        let Some(operand) = call.args.first_mut() else {
            return;
        };
        self.check_pin(operand);
        self.held(operand);
        let pinned = pinned(&call.func);
        *expr = verbatim(q!(#pinned(&mut #operand)));
    }

    /// What is pinned in the frame must stay where it is.
    pub(super) fn check_pin(&mut self, operand: &Expr) {
        if self.target.movable {
            self.errors.reject(
                operand,
                "`pin!` across a suspension point of a generator that may move: what it pins would move \
                 with it; return a pinned one, `impl Generator` without `Unpin`, or use `Box::pin`",
            );
        }
    }

    /// Lowers a macro's arguments as it uses them.
    fn macro_arguments(&mut self, expr: &mut Expr, name: &str) {
        let Expr::Call(call) = expr else { return };
        let by_value = matches!(name, "vec" | "dbg" | "pin" | "machine");
        let condition = name == "assert" || name == "debug_assert";
        let writes = name == "write" || name == "writeln";
        let mut operands = Vec::new();
        for (number, arg) in syntax::argument_values(call).enumerate() {
            let is_first = number == 0;
            operands.push(if by_value || condition && is_first {
                Operand::value(arg)
            } else if writes && is_first {
                Operand::place(arg, Access::Unique)
            } else {
                Operand::place(arg, Access::Shared)
            });
        }
        // They are operands of what the macro expands to, in a call or a `match`.
        self.temporaries.is_full = false;
        self.operands(&mut operands);
        if let Some(restored) = printing(call, name).or_else(|| syntax::macro_tokens(call)) {
            *expr = verbatim(restored);
        }
    }
}

/// What is called, with `&mut a`, in the place of `pin!(a)`.
pub(super) fn pinned(func: &Expr) -> Expr {
    let named = names_std(func);
    verbatim(q!(({ #named #private::pinned })))
}

/// Asserts that the name of a macro which is replaced means std's: that it is known, and that no `macro_rules!` of
/// the user's hides it, for then it is ambiguous in the inner block. Nothing hides what is called by a path.
fn names_std(func: &Expr) -> Option<TokenStream> {
    let Expr::Macro(func) = func else {
        return None;
    };
    let path = &func.mac.path;
    let (std, name) = (syntax::replaced(path)?, &path.segments.last()?.ident);
    let hidden = path
        .get_ident()
        .is_some()
        .then(|| q!({ use #std; use #name as _; }));
    Some(q!(use #path as _; #hidden))
}

/// A macro that prints what its arguments look like, which is what the user wrote, and no place of ours:
///
/// ```text
/// assert!(x > 1)  →  assert!((*x.at()) > 1, "{}{}", "assertion failed: ", stringify!(x > 1))
/// dbg!(x)         →  match x { value => { eprintln!(.., stringify!(x), &value); value } }
/// ```
fn printing(call: &syn::ExprCall, name: &str) -> Option<TokenStream> {
    let texts = syntax::texts(call);
    let Expr::Macro(func) = &*call.func else {
        return None;
    };
    let (path, bang) = (&func.mac.path, func.mac.bang_token);
    if texts.is_empty() {
        return None;
    }
    if name != "dbg" {
        let condition = call.args.first()?;
        return Some(quote! {
            #path #bang (
                #condition, "{}{}", "assertion failed: ", #private::core::stringify!(#(#texts)*)
            )
        });
    }
    let (span, named) = (func.span(), names_std(&call.func));
    let printed = call.args.iter().zip(texts).map(|(arg, text)| {
        let text = quote!(#private::core::stringify!(#text));
        let file = quote_spanned!(span=> ::core::file!(), ::core::line!(), ::core::column!());
        q! {
            match (#arg) {
                value => {
                    #named
                    ::std::eprintln!("[{}:{}:{}] {} = {:#?}", #file, #text, &value);
                    value
                }
            }
        }
    });
    let printed: Vec<_> = printed.collect();
    Some(match &*printed {
        [only] => quote!((#only)),
        all => quote!((#(#all),*)),
    })
}

/// Whether temporaries in the arguments of a macro live as long as the statement around it.
fn keeps_temporaries(name: &str) -> bool {
    matches!(
        name,
        "vec"
            | "dbg"
            | "pin"
            | "write"
            | "writeln"
            | "format_args"
            | "assert_eq"
            | "assert_ne"
            | "debug_assert_eq"
            | "debug_assert_ne"
    )
}
