//! Closures and `async` blocks, which capture saved locals.
//!
//! ```text
//! |a| a + x          →  |a| a + (*x.at())                               borrows the slot
//! move |a| a + x     →  { let x = x_saved.take(); move |a| a + x }      takes the value
//! |a| f(a, x)        →  the same: if it is no copy that `f` is given, rustc's closure takes `x` as well
//! ```

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Ident, Token, parse_quote};

use super::{
    Lower,
    asked_part::replace_fields,
    asking::{Literal, Takes},
    captures::{Capture, Parts},
    in_place::InPlace,
    mixed, verbatim,
};
use crate::hygiene::{private, span_of};
use crate::{
    edition,
    frame::SlotId,
    syntax::{self, Used},
};

impl Lower<'_> {
    /// `|a| ..`
    pub(super) fn closure(&mut self, expr: &mut Expr) {
        let saved_only = self.captures_saved_only(expr);
        let Expr::Closure(closure) = expr else { return };
        let last = syntax::take_last_captures(&mut closure.attrs);
        let is_move = closure.capture.is_some();
        let captures = if is_move {
            self.captures(&closure.body, &last)
        } else {
            let mut literal = Literal::closure(closure);
            match self.taken_without_move(&mut literal, saved_only, &last) {
                Ok(captures) => captures,
                Err(asked) => {
                    let (asking, takes) = *asked;
                    self.must_not_outlive(closure.inputs_begin.span, &closure.body, &takes);
                    *expr = verbatim(asking);
                    return self.take_captures(&takes.consumed, false, expr);
                }
            }
        };
        let holds = self.holds_places(&closure.body, &captures);
        let taken = (&captures[..], is_move);
        let (in_place, declared) =
            self.reach_others(closure.inputs_begin.span, &mut closure.body, taken);
        let outer = std::mem::replace(&mut self.in_place, in_place);
        self.in_body_of_closure(&captures, |this| this.value(&mut closure.body));
        self.in_place = outer;
        if !captures.is_empty() || holds && saved_only {
            // The places of saved locals, which are all else that it captures, are copied.
            closure.capture.get_or_insert_default();
        } else if holds && closure.capture.is_none() {
            let whole = self.whole_variables(&closure.body);
            let body = &closure.body;
            *closure.body = verbatim(q!({ #whole #body }));
            closure.inputs_begin = Token![|](mixed(closure.inputs_begin.span));
        }
        self.take_captures(&captures, is_move, expr);
        declare_around(&declared, expr);
    }

    /// What a closure or an `async` block that starts there calls the locals that it does not take, and what declares them in a
    /// block around it. `taken`: those that it takes, and whether it says `move`.
    fn reach_others(
        &mut self,
        start: Span,
        body: &mut Expr,
        (taken, is_move): (&[Capture], bool),
    ) -> (InPlace, TokenStream) {
        let (mut in_place, mut declared) = self.reached_in_place(body, taken);
        if !is_move && !taken.is_empty() {
            self.must_not_outlive(start, body, &Takes::certainly(taken));
            let held = self.hold_others(body, taken);
            in_place.extend(held.in_place);
            declared.extend(held.declared);
            replace_fields(body, &held.fields);
        }
        (in_place, declared)
    }

    /// A closure or an `async` block that starts there, and takes these, refers to the places of other locals that it does
    /// not hold.
    fn must_not_outlive(&mut self, start: Span, body: &Expr, takes: &Takes) {
        if self.in_probe || !edition::captures_fields() {
            return;
        }
        let holds = self.holds_references(body);
        for capture in self.captures(body, &[]) {
            let name = &capture.name;
            let is_among = |all: &[Capture]| all.iter().any(|other| other.name == *name);
            let is_held = holds && !is_among(takes.beside()) && !is_among(&takes.passed);
            if !is_held && !is_among(&takes.consumed) {
                self.whole.note(start, name, self.locals);
            }
        }
    }

    /// What a closure or an `async` block without `move` takes. If rustc has to be asked: all of it, as it is evaluated
    /// after these captures have been taken.
    fn taken_without_move(
        &mut self,
        literal: &mut Literal,
        saved_only: bool,
        last: &[Ident],
    ) -> Result<Vec<Capture>, Box<(TokenStream, Takes)>> {
        let variables = match saved_only {
            true => Some(Vec::new()),
            false if self.in_probe => None,
            false => self.lendable(literal),
        };
        let Some(variables) = variables else {
            // They are captured as rustc captures them.
            return Ok(Vec::new());
        };
        let mut takes = self.may_consume(literal, last);
        let is_none = !takes.are_asked() && takes.consumed.is_empty();
        if !is_none && !variables.is_empty() {
            takes.lend(variables);
        }
        if !is_none {
            takes.beside = self.reached_beside(literal, &takes);
        }
        let is_asked = takes.are_asked() || !takes.lent.is_empty() || !takes.beside().is_empty();
        if is_asked && !self.in_probe {
            let others = [takes.clone().all(), takes.beside().to_vec()].concat();
            let held = self.hold_others(literal.body(), &others);
            takes.fields = held.fields;
            let outer = self.in_place.clone();
            self.in_place.extend(held.in_place);
            let asking = self.asking(literal, &takes);
            self.in_place = outer;
            let declared = held.declared;
            return Err(Box::new((q!({ #declared #asking }), takes)));
        }
        // In a probe it is one of the type, whether it is moved or not.
        Ok(takes.all())
    }

    /// What a closure or an `async` block without `move` takes of what nobody uses later, and of what else rustc has to
    /// be asked.
    fn may_consume(&mut self, literal: &mut Literal, last: &[Ident]) -> Takes {
        let mut others = self.captures(literal.body(), last);
        if self.in_closure {
            others.retain(|capture| self.is_held(&capture.name));
            return self.asked(literal, others);
        }
        let consumed = self.consumed(literal.body(), last);
        let parts = self.name_parts(literal, &others);
        others.retain(|capture| {
            let is_known = consumed.iter().any(|other| other.name == capture.name);
            capture.last && !is_known
        });
        others.extend(parts);
        let hidden = self.hide(&consumed);
        let takes = self.asked(literal, others);
        self.saved.extend(hidden);
        Takes { consumed, ..takes }
    }

    /// Whether a closure that stands before a suspension point may take a saved local when it is evaluated.
    pub(super) fn may_take(&mut self, operand: &Expr) -> bool {
        let operand = syntax::strip(operand);
        let Expr::Closure(closure) = operand else {
            return false;
        };
        if closure.capture.is_some() || !self.captures_saved_only(operand) {
            return closure.capture.is_some();
        }
        let mut closure = closure.clone();
        let last = syntax::take_last_captures(&mut closure.attrs);
        let takes = self.may_consume(&mut Literal::closure(&closure), &last);
        !takes.all().is_empty()
    }

    /// `async { .. }`
    pub(super) fn async_block(&mut self, expr: &mut Expr) {
        let saved_only = self.captures_saved_only(expr);
        let Expr::Async(block) = expr else { return };
        let last = syntax::take_last_captures(&mut block.attrs);
        let mut literal = Literal::block(block);
        let is_move = block.capture.is_some();
        let captures = if is_move {
            self.captures(literal.body(), &last)
        } else {
            match self.taken_without_move(&mut literal, saved_only, &last) {
                Ok(captures) => captures,
                Err(asked) => {
                    let (asking, takes) = *asked;
                    self.must_not_outlive(block.async_token.span, literal.body(), &takes);
                    *expr = verbatim(asking);
                    return self.take_captures(&takes.consumed, false, expr);
                }
            }
        };
        let holds = self.holds_places(literal.body(), &captures);
        let mut body = literal.body().clone();
        let taken = (&captures[..], is_move);
        let (in_place, declared) = self.reach_others(block.async_token.span, &mut body, taken);
        if let Expr::Block(body) = body {
            block.block = body.block;
        }
        let outer = std::mem::replace(&mut self.in_place, in_place);
        self.in_body_of_closure(&captures, |this| this.plain_block(&mut block.block));
        self.in_place = outer;
        if !captures.is_empty() || holds && saved_only {
            block.capture.get_or_insert_default();
        } else if holds && block.capture.is_none() {
            let whole = self.whole_variables(literal.body());
            let body = &block.block;
            block.block = parse_quote!({ #whole #body });
            block.async_token = Token![async](mixed(block.async_token.span));
        }
        self.take_captures(&captures, is_move, expr);
        declare_around(&declared, expr);
    }

    /// Whether a closure refers to places in the frame in an edition where it would capture the variables that they are
    /// in, by reference. It is to have the places: by `move`; or by being a closure of a later edition, which depends on
    /// where its first token is (`rustc_hir_typeck/src/upvar.rs`, `enable_precise_capture`).
    fn holds_places(&self, body: &Expr, taken: &[Capture]) -> bool {
        !edition::captures_fields()
            && self
                .captures(body, &[])
                .iter()
                .any(|capture| taken.iter().all(|other| other.name != capture.name))
    }

    /// Has a closure of a later edition capture other variables as a whole.
    fn whole_variables(&self, body: &Expr) -> TokenStream {
        let mut names = self.variables(body);
        names.sort();
        names.dedup();
        q!(#(let _ = &#names;)*)
    }

    /// Lowers the body of a closure, in which what it takes is a plain local.
    pub(super) fn in_body_of_closure(&mut self, taken: &[Capture], lower: impl FnOnce(&mut Self)) {
        let hidden = self.hide(taken);
        let outer = std::mem::replace(&mut self.in_closure, true);
        self.unheld(lower);
        self.in_closure = outer;
        self.saved.extend(hidden);
    }

    /// Makes plain locals of saved ones, which are given back.
    fn hide(&mut self, taken: &[Capture]) -> Vec<(String, SlotId)> {
        taken
            .iter()
            .filter_map(|capture| self.saved.remove_entry(&capture.name.to_string()))
            .collect()
    }

    /// The saved locals that a closure without `move` takes nevertheless: those that it uses by value, and that
    /// nobody uses later. If the type is `Copy`, rustc's closure borrows the local, and nobody can tell.
    fn consumed(&mut self, body: &Expr, last: &[Ident]) -> Vec<Capture> {
        if self.in_closure {
            return Vec::new();
        }
        let mut captures = self.captures(body, last);
        captures.retain(|capture| capture.last);
        if captures.is_empty() {
            return Vec::new();
        }
        let placed = self.placed.clone();
        let (in_closure, in_probe) = (
            std::mem::replace(&mut self.in_closure, true),
            std::mem::replace(&mut self.in_probe, true),
        );
        let by_others = std::mem::take(&mut self.consumed);
        self.unheld(|this| this.value(&mut body.clone()));
        (self.in_closure, self.in_probe) = (in_closure, in_probe);
        self.placed = placed;
        captures.retain(|capture| self.consumed.contains(&capture.name.to_string()));
        self.consumed.extend(by_others);
        captures
    }

    /// Whether each local that a closure captures is saved.
    pub(super) fn captures_saved_only(&self, closure: &Expr) -> bool {
        self.variables(closure).is_empty()
    }

    /// Whether a closure captures no local of the body.
    pub(super) fn captures_nothing(&self, closure: &Expr) -> bool {
        let used = Used::of(closure);
        !used.is_hidden
            && !used.names.iter().any(|name| self.saved(name).is_some())
            && self.captures_saved_only(closure)
    }

    /// The locals that an expression uses which are neither saved nor declared in it.
    fn variables(&self, expr: &Expr) -> Vec<Ident> {
        let mut names = self.locals.used_in(expr);
        names.retain(|name| self.saved(name).is_none());
        names
    }

    fn take_captures(&mut self, captures: &[Capture], is_move: bool, expr: &mut Expr) {
        if captures.is_empty() {
            return;
        }
        let mut takes = TokenStream::new();
        for Capture {
            name,
            slot,
            last,
            fields,
            parts,
            place: _,
        } in captures
        {
            let span = name.span();
            let guard = self.guard_of(*slot, span);
            let place = self.frame.get(*slot).name.clone();
            let is_reference = self.reference(name).is_some();
            takes.extend(if self.in_probe {
                if self.in_closure && *last && fields.is_none() && !is_reference {
                    // So that the closure around takes it.
                    self.consumed.insert(name.to_string());
                }
                q!(let mut #name = #private::like(#place.at());)
            } else if self.in_closure {
                // The closure around refers to it.
                let place = self.place_of(*slot, span);
                q!(let mut #name = #private::copied(&raw const #place);)
            } else if let (Some(fields), false) = (fields, is_reference) {
                let value = self.capture_fields(*slot, fields, *last, span);
                q!(let mut #name = #value;)
            } else if *last {
                self.note_move(*slot);
                let value = q!((&mut #guard).take());
                let of_parts = *parts != Parts::Together && edition::captures_fields();
                let leaves = *parts == Parts::Some || *parts == Parts::Referred && is_move;
                if of_parts && self.assigned_in_part.contains(&name.to_string()) {
                    self.errors.reject(
                        name,
                        &format!(
                            "a closure takes `{name}` by a pattern, and a part of it is assigned; bind its parts \
                             before the closure"
                        ),
                    );
                }
                if of_parts && leaves {
                    at!(mixed(span)=> let mut #name = #private::captured_by_pattern(#value);)
                } else {
                    q!(let mut #name = #value;)
                }
            } else {
                // A copy, or rustc has refused the original.
                self.note_read(*slot);
                q!(let mut #name = #place.again();)
            });
        }
        // An error about the closure's type is where the closure is.
        declare_around(&takes, expr);
    }
}

/// Puts a block around a closure in which these are declared, if there are any.
fn declare_around(declared: &TokenStream, closure: &mut Expr) {
    if !declared.is_empty() {
        *closure = verbatim(at!(mixed(span_of(&closure))=> ({ #declared #closure })));
    }
}
