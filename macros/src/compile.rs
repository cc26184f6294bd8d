//! The pipeline: from a body, with its parameters and the shape of its machine, to what is emitted.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Block, Ident, Pat, Type, visit::Visit};

use crate::{
    coerced::Numbered,
    constants::Bound,
    edition,
    emit::{self, Expansion},
    errors::Errors,
    jumps,
    lent::Lent,
    liveness,
    lower::{self, OnYield, Param, Target},
    movable,
    name_self::name_self,
    original,
    prepare::{self, Allowed, Yields},
    resolve, returning,
    signature::{BodyParam, Kind, Shape},
    suspended::Called,
    tie::Ties,
};

/// What there is to compile.
pub struct Body<'a> {
    pub shape: &'a Shape,
    pub params: Vec<BodyParam>,
    pub block: Block,
    /// What the types of the expansion are named after.
    pub prefix: Ident,
    /// What the user calls the function.
    pub called: Called,
    /// The locals that go into the machine, if it is an expression: then no others can be used.
    pub captured: Option<&'a [Ident]>,
    /// Whether the first resume argument is bound.
    pub takes_argument: bool,
}

/// Rejects what no machine's body may have, where it is not known of what shape the machine is.
pub fn check(mut block: Block, errors: &mut Errors) {
    let anything = Allowed {
        yields: Yields::All,
        awaits: true,
        returns_result: false,
    };
    prepare::prepare(&mut block, anything, errors);
    jumps::check(&block, errors);
}

/// Runs all stages.
pub fn compile<'a>(body: Body<'a>, errors: &mut Errors) -> Option<Expansion<'a>> {
    let Body {
        shape,
        mut params,
        block: mut body,
        prefix,
        called: function,
        captured,
        takes_argument,
    } = body;
    if edition::is_2024() && names_gen(&body) {
        errors.leave_to_rustc();
    }
    let allowed = Allowed {
        yields: match (shape.kind, takes_argument) {
            (Kind::Future, false) => Yields::Nothing,
            (Kind::Future | Kind::Stream, true) => Yields::Values,
            _ => Yields::All,
        },
        awaits: shape.kind.is_polled(),
        returns_result: is_result(&shape.returned),
    };
    let called = prepare::prepare(&mut body, allowed, errors);
    jumps::check(&body, errors);
    if errors.refuses() {
        return None;
    }

    let items = emit::hoist_items(&mut body);
    let pats = params.iter_mut().map(|param| &mut param.param.pat);
    let bound = Bound::settle(pats, &items, &mut body);
    let coerced = Numbered::of(&mut body);
    let (mut written, written_params) = (body.clone(), params.clone());

    let this = match captured {
        None => name_self(&mut params, &mut body),
        Some(_) => None,
    };
    let mut locals = {
        let mut pats: Vec<Pat> = params.iter().map(|param| param.param.pat.clone()).collect();
        let locals = resolve::resolve(&mut pats, &mut body, this.as_ref());
        for (param, pat) in params.iter_mut().zip(pats) {
            param.param.pat = pat;
        }
        locals
    };
    if let Some(this) = &this {
        locals.is_written(this, "self");
    }
    let (mut resolved, resolved_params) = (body.clone(), params.clone());
    let mut relabels = TokenStream::new();
    if let Some(one) = &shape.one_lifetime {
        relabels = one.relabel(&mut params);
        one.rename(&mut body);
    }
    liveness::mark_last_uses(&mut body, &locals);
    liveness::mark_parting_uses(&mut body, &locals);

    let target = target(shape, &body);
    let params: Vec<Param> = params
        .into_iter()
        .map(|BodyParam { param, .. }| param)
        .collect();
    let lowered = lower::lower(&target, &locals, &params, &body, errors);

    // What rustc checks has to be what runs.
    lowered.whole.capture(&mut written);
    lowered.placed.parenthesise(&mut written, None);
    lowered.placed.parenthesise(&mut resolved, Some(&locals));
    coerced.forget(&mut resolved);
    let universal = original::universal(shape, &written_params, &written, &coerced);
    let movable_check = shape
        .movable
        .then(|| movable::check(shape, &resolved_params, &resolved, &locals))
        .flatten();
    let ties = Ties::of(lowered.frame.tied().map(|(name, _)| name));
    ties.tell(&mut written, &resolved);
    coerced.tell(&mut written, &lowered.frame.carriers_of_operands());
    let original = match captured {
        None => original::original(shape, &written_params, &written, &called),
        Some(captured) => {
            let captured: Vec<_> = captured.iter().chain(&ties.carriers).cloned().collect();
            original::of_captures(shape, &captured, &written_params, &written, &called)
        }
    };
    Some(Expansion {
        shape,
        items,
        bound,
        ties,
        original,
        universal,
        movable_check,
        prefix,
        called: function,
        may_return_unseen: target.may_return_unseen,
        relabels,
        lowered,
    })
}

fn target(shape: &Shape, body: &Block) -> Target {
    let (yielded, returned) = (shape.yield_type(), &shape.returned);
    let on_yield = match (shape.kind, &shape.polls) {
        (Kind::Generator | Kind::Iterator, _) => OnYield::Resumed,
        (_, None) => OnYield::Item,
        (Kind::Future, Some(_)) => OnYield::Pending,
        (Kind::Stream, Some(_)) => OnYield::Poll,
    };
    Target {
        resume_type: shape.resume_type(),
        yield_type: quote!(#yielded),
        return_type: quote!(#returned),
        movable: shape.movable,
        on_yield,
        argument_leaves_nothing: shape.lent.as_ref().is_some_and(Lent::leaves_nothing),
        may_return_unseen: returning::may_return_unseen(body),
    }
}

/// Whether a type is a `Result`, by its name: anyhow's, or an alias like that.
fn is_result(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident.to_string().ends_with("Result"))
}

/// Whether something is called `gen`, which is a keyword from edition 2024 on, but none to syn.
fn names_gen(body: &Block) -> bool {
    struct NamesGen(bool);
    impl<'ast> Visit<'ast> for NamesGen {
        fn visit_ident(&mut self, name: &'ast Ident) {
            self.0 |= name == "gen";
        }
    }
    let mut found = NamesGen(false);
    found.visit_block(body);
    found.0
}
