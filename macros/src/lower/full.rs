//! Full expressions: what one keeps across its suspension points, and when that drops.
//!
//! ```text
//! f(a(), &g(), yield b);      →  { guard of the temporary `g()`; guard of the operand `a()`;
//!                                    .. both are evaluated, then the suspension point ..
//!                                    f(operand_1_saved.take(), &(*temporary_2_.at()), argument_3_); }
//! ```
//!
//! Rule: reference, "Temporary scopes".

use proc_macro2::TokenStream;
use syn::Expr;

use super::{Guard, Lower};
use crate::frame::{ScopeId, SlotId};

/// What a full expression keeps across its suspension points.
pub(super) struct Temporaries {
    /// Where the slots are.
    pub scope: ScopeId,
    /// Temporaries in the order of their creation. They live as long as the full expression.
    pub guards: Vec<Guard>,
    /// Operands in the order of their evaluation. Each lives as long as the expression that it is for, so
    /// all are dropped before the temporaries (`rustc_mir_build/src/builder/expr/as_operand.rs`).
    pub operands: Vec<Guard>,
    /// Whether the expression at hand is the full expression, and no statement around it: its operands live
    /// as long as the temporaries (`rustc_middle/src/ty/rvalue_scopes.rs`), and are among them.
    pub is_full: bool,
    /// Whether the value of the expression at hand is that of a saved local.
    pub is_saved: bool,
    /// What has to run before the rest of the expression.
    pub steps: TokenStream,
}

impl Temporaries {
    /// None yet.
    pub(super) fn new(scope: ScopeId) -> Self {
        Temporaries {
            scope,
            guards: Vec::new(),
            operands: Vec::new(),
            is_full: false,
            is_saved: false,
            steps: TokenStream::new(),
        }
    }

    /// Where operands are, of the full expression itself or of one that is nested in it.
    pub(super) fn of_operands(&mut self, is_full: bool) -> &mut Vec<Guard> {
        if is_full {
            &mut self.guards
        } else {
            &mut self.operands
        }
    }
}

impl Lower<'_> {
    /// Lowers a full expression that is no statement: an arm, a branch, a tail.
    pub(super) fn full_expr(&mut self, expr: &mut Expr) -> (TokenStream, TokenStream) {
        self.full(false, |this| {
            this.temporaries.is_full = true;
            this.direct(expr)
        })
    }

    /// A slot for a temporary or an operand of the full expression at hand.
    pub(super) fn temporary_slot(&mut self, what: &str) -> SlotId {
        let inner = std::mem::replace(&mut self.scope, self.temporaries.scope);
        let slot = self.anonymous(what);
        self.scope = inner;
        slot
    }

    /// Lowers an operand that is kept across a suspension point. Returns what has to run before it.
    pub(super) fn kept(&mut self, operand: &mut Expr) -> TokenStream {
        self.keeping(|this| this.value_apart(operand))
    }

    /// Runs `lower` for what is kept across a suspension point. Returns what has to run before it.
    pub(super) fn keeping(&mut self, lower: impl FnOnce(&mut Self)) -> TokenStream {
        let steps = std::mem::take(&mut self.temporaries.steps);
        let hold = std::mem::replace(&mut self.hold, true);
        lower(self);
        self.hold = hold;
        std::mem::replace(&mut self.temporaries.steps, steps)
    }

    /// Lowers a full expression with temporaries of its own. Returns what has to run before the rest, which
    /// belongs into a block with it.
    pub(super) fn full<T>(
        &mut self,
        hold: bool,
        lower: impl FnOnce(&mut Self) -> T,
    ) -> (TokenStream, T) {
        let outer_hold = std::mem::replace(&mut self.hold, hold);
        let (temporaries, rest) = self.in_scope(|this| {
            let temporaries = Temporaries::new(this.scope);
            let outer = std::mem::replace(&mut this.temporaries, temporaries);
            let rest = lower(this);
            (std::mem::replace(&mut this.temporaries, outer), rest)
        });
        self.hold = outer_hold;
        let mut before: TokenStream = temporaries
            .guards
            .iter()
            .chain(&temporaries.operands)
            .map(|guard| self.render_guard(guard))
            .collect();
        before.extend(temporaries.steps);
        (before, rest)
    }
}
