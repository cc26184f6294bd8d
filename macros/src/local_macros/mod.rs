//! Macros that the body defines by `macro_rules!`, and calls: they are expanded here, for what they expand to has to be seen. It may
//! suspend, return, name locals that are kept, and declare some.
//!
//! ```text
//! macro_rules! emit { ($e:expr) => { let n = $e; yield_!(n); } }
//! emit!(n + 1);           →  let n_in_emit_1 = n + 1; yield_!(n_in_emit_1);
//! ```
//!
//! Where one cannot be expanded (a fragment that is not known here, a name that may be another one where it is called), it is
//! left to rustc, and is a macro that nobody knows.
//!
//! Rule: reference, "Macros By Example".

mod hygiene;
mod matching;
mod rule;
mod transcribe;

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use proc_macro2::{Span, TokenStream};
use syn::{Block, Expr, ItemMacro, Macro, MacroDelimiter, Stmt, StmtMacro, Token, parse::Parser};

use hygiene::Expanded;
use rule::Rule;

/// More are not expanded: rustc has a limit as well, and says so.
const MOST: usize = 2048;

/// The macros that are in scope.
pub struct LocalMacros {
    /// Those of each block around.
    scopes: Vec<HashMap<String, Rc<Definition>>>,
    /// How many calls have been expanded.
    count: usize,
    /// The names that calls have been given, which they may declare.
    given: HashSet<String>,
}

/// A macro that has been defined.
struct Definition {
    rules: Vec<Rule>,
    /// The names that are bound after it, which may be others where it is called.
    bound_later: HashSet<String>,
}

impl LocalMacros {
    pub fn new() -> Self {
        LocalMacros {
            scopes: Vec::new(),
            count: 0,
            given: HashSet::new(),
        }
    }

    /// A block starts.
    pub fn enter(&mut self) {
        self.scopes.push(HashMap::new());
    }

    /// A block ends, and the scope of what it has defined.
    pub fn leave(&mut self) {
        self.scopes.pop();
    }

    /// A macro is defined, before these statements.
    pub fn define<'s>(&mut self, item: &mut ItemMacro, after: impl Iterator<Item = &'s Stmt>) {
        let is_rules = item.mac.path.is_ident("macro_rules");
        let (Some(name), true, Some(scope)) = (&item.ident, is_rules, self.scopes.last_mut())
        else {
            return;
        };
        // One that is not understood hides another of its name.
        let definition = Definition {
            rules: rule::parse(item.mac.tokens.clone()).unwrap_or_default(),
            bound_later: hygiene::bound_in(after),
        };
        scope.insert(name.to_string(), Rc::new(definition));
        // Its calls are not seen.
        item.attrs.push(syn::parse_quote!(#[allow(unused_macros)]));
    }

    /// The statements that a call in the place of one stands for. `is_last`: it is the last of its block.
    pub fn statements(&mut self, call: &StmtMacro, is_last: bool) -> Option<Vec<Stmt>> {
        if !call.attrs.is_empty() {
            return None;
        }
        let is_braced = matches!(call.mac.delimiter, MacroDelimiter::Brace(_));
        if is_last && call.semi_token.is_none() && !is_braced {
            return Some(vec![Stmt::Expr(self.expression(&call.mac)?, None)]);
        }
        self.expand(&call.mac, |tokens| {
            let mut stmts = Block::parse_within.parse2(tokens).ok()?;
            if let (Some(Stmt::Expr(_, semi @ None)), Some(after)) =
                (stmts.last_mut(), &call.semi_token)
            {
                // From an expansion, so that nobody is told that it is needless.
                let span = Span::mixed_site().located_at(after.span);
                *semi = Some(Token![;](span));
            }
            stmts.iter_mut().for_each(as_statement);
            Some(stmts)
        })
    }

    /// The expression that a call in the place of one stands for.
    pub fn expression(&mut self, mac: &Macro) -> Option<Expr> {
        self.expand(mac, |tokens| {
            let stmts = Block::parse_within.parse2(tokens.clone()).ok();
            // A semicolon at its end is ignored.
            match stmts.as_deref() {
                Some([Stmt::Expr(expr, Some(_))]) => Some(expr.clone()),
                _ => syn::parse2(tokens).ok(),
            }
            .map(matching::operand)
        })
    }

    fn expand<T: Expanded>(
        &mut self,
        mac: &Macro,
        parse: impl Fn(TokenStream) -> Option<T>,
    ) -> Option<T> {
        let name = mac.path.get_ident()?.to_string();
        let defined = self.scopes.iter().rev().find_map(|scope| scope.get(&name));
        let definition = Rc::clone(defined?);
        if self.count == MOST {
            return None;
        }
        let (rule, bound) = matching::matching(&definition.rules, &mac.tokens)?;
        self.count += 1;
        let mark = format!("_in_{name}_{}", self.count);
        let marked = transcribe::transcribe(&rule.transcriber, &bound, &mark)?;
        let expanded = hygiene::resolve(parse(marked)?, &mark)?;
        let others = || definition.bound_later.union(&self.given);
        let names = others().chain(&expanded.declared).map(String::as_str);
        if others().any(|name| expanded.free.contains(name)) || rule.captures_any(names) {
            return None;
        }
        self.given.extend(expanded.given);
        Some(expanded.value)
    }
}

/// A call with a semicolon is a statement, although syn has taken it for an expression where it had none.
fn as_statement(stmt: &mut Stmt) {
    if let Stmt::Expr(Expr::Macro(call), semi @ Some(_)) = stmt {
        *stmt = Stmt::Macro(StmtMacro {
            attrs: std::mem::take(&mut call.attrs),
            mac: call.mac.clone(),
            semi_token: *semi,
        });
    }
}
