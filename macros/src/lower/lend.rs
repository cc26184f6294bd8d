//! Variables that a closure without `move` captures beside a saved local that it takes, or may: the closure becomes a
//! `move` closure, and they are lent. rustc is asked whether it moves them, as of a saved local,
//! and whether it changes them (`core/src/__private/sharing.rs`).
//!
//! ```text
//! || { x.finish(); k.push(1); k.len() }
//!     →  {
//!            .. what captures `x` ..
//!            let k_sharing = Probe::new();
//!            let k_lent = if k_sharing.shares() { k_sharing.in_shared(); lend_variable(&raw const k) }
//!                else { k_sharing.in_unique(); lend_variable(&raw mut k) };
//!            move || { .. (*k_lent.at()).push(1); (*k_lent.at()).len() }
//!        }
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{
    Expr,
    visit::{self, Visit},
};

use super::{
    Lower,
    asking::{Literal, MOST, Takes},
    asking_probe::{Parameters, Probed},
    asks::Asks,
    captures::{Capture, Parts, Place},
    escape::may_escape,
};
use crate::{
    frame::SlotId,
    hygiene::private,
    syntax::{self, Special, generated, generated_for, special},
    tokens::names,
};

/// A variable that is lent to a closure.
#[derive(Clone)]
pub(super) struct Variable {
    pub name: Ident,
    /// Whether it may be moved, of which rustc is asked.
    pub is_asked: bool,
    /// Whether it may be changed.
    pub is_mutable: bool,
}

impl Variable {
    /// Where it is.
    pub fn place(&self) -> TokenStream {
        let lent = self.lent();
        q!((*#lent.at()))
    }

    /// Lends it, or moves it.
    pub fn lend(&self) -> TokenStream {
        let (name, lent, sharing) = (&self.name, self.lent(), self.sharing());
        let (declare, slot) = if self.is_mutable {
            (
                q!(let #sharing = #private::Probe::new();),
                q! {
                    if #sharing.shares() {
                        #sharing.in_shared();
                        #private::lend_variable(&raw const #name)
                    } else {
                        #sharing.in_unique();
                        #private::lend_variable(&raw mut #name)
                    }
                },
            )
        } else {
            (
                TokenStream::new(),
                q!(#private::lend_variable(&raw const #name)),
            )
        };
        if !self.is_asked {
            return q!(#declare let #lent = #slot;);
        }
        let captured = self.captured();
        q! {
            #declare
            let (#captured, #lent) = {
                let capturing = &#private::Capturing::new();
                if capturing.mode().moves() {
                    capturing.mode().in_move();
                    capturing.own(#name)
                } else {
                    capturing.mode().in_borrow();
                    capturing.lend(#slot)
                }
            };
        }
    }

    /// What the closure calls it.
    fn lent(&self) -> Ident {
        generated_for(&self.name, "_lent")
    }

    fn sharing(&self) -> Ident {
        generated_for(&self.name, "_sharing")
    }

    fn captured(&self) -> Ident {
        generated_for(&self.name, "_captured")
    }
}

impl Takes {
    /// These variables are captured as well.
    pub fn lend(&mut self, variables: Vec<Variable>) {
        let asked = variables.iter().filter(|variable| variable.is_asked);
        self.asked.extend(asked.map(|variable| Capture {
            name: variable.name.clone(),
            slot: SlotId::NONE,
            last: true,
            fields: None,
            parts: Parts::Together,
            place: Some(Place::Variable),
        }));
        self.lent = variables;
    }
}

impl Lower<'_> {
    /// The variables that a closure captures, if all of them can be lent.
    pub(super) fn lendable(&self, literal: &Literal) -> Option<Vec<Variable>> {
        let mut uses = Uses::default();
        uses.visit_expr(literal.body());
        let asks = Asks::of(literal.body());
        let is_variable =
            |name: &Ident| self.locals.get(name).is_some() && self.saved(name).is_none();
        let declared = syntax::declared(literal.body(), literal.inputs());
        let is_captured =
            |name: &&Ident| is_variable(name) && !declared.contains(&name.to_string());
        if uses.unknown.iter().any(|name| is_captured(&name)) {
            return None;
        }
        let mut variables: Vec<Variable> = Vec::new();
        for name in uses.named.iter().filter(is_captured) {
            if variables.iter().any(|known| known.name == *name) {
                continue;
            }
            variables.push(Variable {
                name: name.clone(),
                is_asked: asks.read.contains(name) || asks.asked.contains(name),
                is_mutable: self.locals.get(name).is_some_and(|local| local.mutable),
            });
        }
        let asked = variables.iter().filter(|variable| variable.is_asked);
        let needs_probe = variables
            .iter()
            .any(|variable| variable.is_asked || variable.is_mutable);
        let leaves = asks.is_nested && may_escape(literal.body(), literal.output());
        (asked.count() < MOST && !(needs_probe && leaves) && literal.is_plain())
            .then_some(variables)
    }

    /// Asks rustc whether a variable is changed. What else the copy of the body captures by reference has a stand-in, so
    /// that it is `Send` if the variable is not shared.
    pub(super) fn probe_sharing(
        &mut self,
        literal: &Literal,
        parameters: &Parameters,
        takes: &Takes,
        variable: &Variable,
    ) -> TokenStream {
        let Probed {
            mut types,
            mut stand_ins,
            body,
        } = self.probed(literal, parameters, takes, &variable.name);
        for (number, capture) in self.captures(literal.body(), &[]).iter().enumerate() {
            let place = self.frame.get(capture.slot).name.clone();
            let mut known = takes
                .asked
                .iter()
                .chain(&takes.consumed)
                .chain(&takes.passed);
            if known.any(|known| known.name == capture.name) {
                continue;
            }
            let ty = generated(&format!("slot_type_{number}"));
            types.extend(q!(let #ty = &#private::Ty::new(); #ty.is(&#place);));
            stand_ins.extend(q!(let #place = #ty.any();));
        }
        let sharing = variable.sharing();
        let ty = if variable.is_asked {
            let captured = variable.captured();
            q!(let variable_type = &#captured.local_type();)
        } else {
            let place = variable.place();
            q!(let variable_type = &#private::Ty::new(); variable_type.is(&#place);)
        };
        q! {{
            #types
            #ty
            let mut local = #private::Unsync::like(variable_type);
            #sharing.is(&|| -> () {
                loop {}
                &local;
                #stand_ins
                #body
            });
        }}
    }
}

/// What a body names, and what it may use in a way that cannot be told.
#[derive(Default)]
struct Uses {
    named: Vec<Ident>,
    /// By fields, of which a closure captures no more; in a `move` closure, which copies; in a macro nobody knows.
    unknown: Vec<Ident>,
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Path(path) => self.named.extend(path.path.get_ident().cloned()),
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                // The names of format arguments are no variables.
                for arg in &call.args {
                    match arg {
                        Expr::Assign(named) => self.visit_expr(&named.right),
                        arg => self.visit_expr(arg),
                    }
                }
                return;
            }
            Expr::Field(_) => self
                .unknown
                .extend(syntax::part_path(expr).map(|(name, _)| name)),
            Expr::Closure(closure) if closure.capture.is_some() => {
                self.unknown.extend(names(quote!(#closure)));
            }
            Expr::Async(block) if block.capture.is_some() => {
                self.unknown.extend(names(quote!(#block)));
            }
            Expr::Match(e) => self
                .unknown
                .extend(syntax::part_path(&e.expr).map(|(name, _)| name)),
            Expr::Let(e) => self
                .unknown
                .extend(syntax::part_path(&e.expr).map(|(name, _)| name)),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }
    fn visit_local(&mut self, local: &'ast syn::Local) {
        let is_name = syntax::plain_name(&local.pat).is_some();
        if let (Some(init), false) = (&local.init, is_name) {
            self.unknown
                .extend(syntax::part_path(&init.expr).map(|(name, _)| name));
        }
        visit::visit_local(self, local);
    }
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.unknown.extend(names(mac.tokens.clone()));
    }
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
