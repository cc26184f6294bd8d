//! Calls that stand for macros which are known: ours and std's.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use syn::{Attribute, Expr, ExprCall, Ident, parse_quote_spanned, spanned::Spanned};

use crate::expression;

/// What a call made by `prepare` stands for.
#[derive(Clone, Copy, PartialEq)]
pub enum Special {
    /// `yield_from!(machine)`, `yield_from!(machine, first)`.
    YieldFrom,
    /// One of std's macros, its arguments parsed; the function is `name !`.
    Macro,
    /// `vec![a; n]`, with `a` and `n` as arguments.
    RepeatMacro,
    /// `machine!([a, b = f()] ..)`, with `a` and `f()` as arguments; the function is all of it.
    Machine,
    /// An arm has been chosen, by its pattern and guard: its body. Made by `lower`.
    Chosen,
}

impl Special {
    /// Whether it is a macro that is known.
    pub fn is_macro(self) -> bool {
        matches!(
            self,
            Special::Macro | Special::RepeatMacro | Special::Machine
        )
    }
}

/// The attribute that marks a call as [`Special`].
pub fn special_attribute(special: Special, span: Span) -> Attribute {
    match special {
        Special::YieldFrom => parse_quote_spanned!(span=> #[handcrank_yield_from]),
        Special::Macro => parse_quote_spanned!(span=> #[handcrank_macro]),
        Special::RepeatMacro => parse_quote_spanned!(span=> #[handcrank_repeat_macro]),
        Special::Machine => parse_quote_spanned!(span=> #[handcrank_machine]),
        Special::Chosen => parse_quote_spanned!(span=> #[handcrank_chosen]),
    }
}

/// What a call stands for, if it is none of the user's.
pub fn special(call: &ExprCall) -> Option<Special> {
    call.attrs.iter().find_map(|attr| {
        if attr.path().is_ident("handcrank_yield_from") {
            Some(Special::YieldFrom)
        } else if attr.path().is_ident("handcrank_macro") {
            Some(Special::Macro)
        } else if attr.path().is_ident("handcrank_repeat_macro") {
            Some(Special::RepeatMacro)
        } else if attr.path().is_ident("handcrank_machine") {
            Some(Special::Machine)
        } else if attr.path().is_ident("handcrank_chosen") {
            Some(Special::Chosen)
        } else {
            None
        }
    })
}

/// The name of the macro that a [`Special::Macro`] call stands for.
pub fn macro_name(call: &ExprCall) -> Option<String> {
    match &*call.func {
        Expr::Macro(call) => call.mac.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    }
}

/// Keeps what the arguments of a macro look like that prints them.
pub fn set_texts(call: &mut Expr, texts: &[TokenStream]) {
    let Expr::Call(call) = call else { return };
    for text in texts {
        let span = call.func.span();
        call.attrs
            .push(parse_quote_spanned!(span=> #[handcrank_text(#text)]));
    }
}

/// What the arguments of a macro look like that prints them, as the user wrote them.
pub fn texts(call: &ExprCall) -> Vec<TokenStream> {
    call.attrs
        .iter()
        .filter(|attr| attr.path().is_ident("handcrank_text"))
        .filter_map(|attr| match &attr.meta {
            syn::Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        })
        .collect()
}

/// A macro that is known as it is written, from its lowered arguments.
pub fn macro_tokens(call: &ExprCall) -> Option<TokenStream> {
    let kind = special(call).filter(|special| special.is_macro())?;
    let Expr::Macro(func) = &*call.func else {
        return None;
    };
    let (path, bang) = (&func.mac.path, func.mac.bang_token);
    let args = &call.args;
    let inside = match kind {
        Special::RepeatMacro => {
            let (element, count) = (args.first(), args.last());
            quote::quote!(#element; #count)
        }
        Special::Machine => expression::with_values(&func.mac, args),
        _ => quote::quote!(#args),
    };
    // In its own delimiters: then the call is the user's.
    let delimiter = match func.mac.delimiter {
        syn::MacroDelimiter::Paren(_) => Delimiter::Parenthesis,
        syn::MacroDelimiter::Brace(_) => Delimiter::Brace,
        syn::MacroDelimiter::Bracket(_) => Delimiter::Bracket,
    };
    let mut group = Group::new(delimiter, inside);
    group.set_span(func.mac.delimiter.span().join());
    Some(quote::quote!(#path #bang #group))
}

/// The path of std's macro of this name, if the body has something else in its place.
pub fn replaced(path: &syn::Path) -> Option<TokenStream> {
    let name = &path.segments.last()?.ident;
    let span = name.span();
    match name.to_string().as_str() {
        "pin" => Some(quote::quote_spanned!(span=> ::core::pin::pin)),
        "dbg" => Some(quote::quote_spanned!(span=> ::std::dbg)),
        _ => None,
    }
}

/// Whether a macro is one of std's that take a list of expressions, apart from `vec`, which also takes a length.
pub fn takes_list(name: &str) -> bool {
    matches!(
        name,
        "print"
            | "println"
            | "eprint"
            | "eprintln"
            | "format"
            | "panic"
            | "todo"
            | "unreachable"
            | "unimplemented"
            | "write"
            | "writeln"
            | "assert"
            | "assert_eq"
            | "assert_ne"
            | "debug_assert"
            | "debug_assert_eq"
            | "debug_assert_ne"
            | "format_args"
            | "dbg"
            | "pin"
    )
}

/// Whether a call, or what it stands for, always diverges.
pub fn diverges(call: &ExprCall) -> bool {
    let is_macro = matches!(
        macro_name(call).as_deref(),
        Some("panic" | "todo" | "unreachable" | "unimplemented")
    );
    is_macro || never_returns(call)
}

/// The last two names of the path that is called: `Box` and `new`.
pub fn last_names(call: &ExprCall) -> Option<(&Ident, &Ident)> {
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    let mut names = path.path.segments.iter().rev().map(|last| &last.ident);
    let last = names.next()?;
    Some((names.next()?, last))
}

/// Whether a call is one of std's functions that never return, by its path. What the body has in its place asks rustc.
pub fn never_returns(call: &ExprCall) -> bool {
    let Some((module, function)) = last_names(call) else {
        return false;
    };
    let functions: &[&str] = match module.to_string().as_str() {
        "process" => &["abort", "exit"],
        "panic" => &["panic_any", "resume_unwind"],
        "hint" => &["unreachable_unchecked"],
        _ => return false,
    };
    functions.iter().any(|name| function == name)
}

/// The values of a marked macro call's arguments: the name of a named one is no local.
pub fn argument_values(call: &mut ExprCall) -> impl DoubleEndedIterator<Item = &mut Expr> {
    call.args.iter_mut().map(|arg| match arg {
        Expr::Assign(named) => &mut *named.right,
        arg => arg,
    })
}

/// The same, to look at.
pub fn argument_values_of(call: &ExprCall) -> impl DoubleEndedIterator<Item = &Expr> {
    call.args.iter().map(|arg| match arg {
        Expr::Assign(named) => &*named.right,
        arg => arg,
    })
}

/// Whether a macro only looks at its tokens.
pub fn is_textual(mac: &syn::Macro) -> bool {
    let last = mac.path.segments.last();
    last.is_some_and(|segment| {
        [
            "cfg",
            "column",
            "compile_error",
            "concat",
            "env",
            "file",
            "include",
            "include_bytes",
            "include_str",
            "line",
            "module_path",
            "option_env",
            "stringify",
        ]
        .iter()
        .any(|name| segment.ident == name)
    })
}
