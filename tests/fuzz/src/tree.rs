//! Mutations of syntax trees: the result is syntax, if not a sensible function.

use arbitrary::{Result, Unstructured};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ItemFn, Pat, Stmt, Type, parse_quote};

use crate::corpus::Corpus;

/// Mutates one place of a function.
pub(crate) fn mutate(
    function: &mut ItemFn,
    corpus: &Corpus,
    choices: &mut Unstructured,
) -> Result<()> {
    let counts = Counts::of(function);
    let mut change = match choices.int_in_range(0..=11)? {
        0..=2 => Change::Wrap(wrapper(corpus, choices)?),
        3..=4 => Change::Expr(choices.choose(&corpus.exprs)?.clone()),
        5 => Change::Pat(choices.choose(&corpus.pats)?.clone()),
        6 => Change::Type(choices.choose(&corpus.types)?.clone()),
        7 => Change::Nest(wrapper(corpus, choices)?, choices.int_in_range(2..=12)?),
        8..=9 => Change::Insert(choices.choose(&corpus.stmts)?.clone(), choices.arbitrary()?),
        10 => Change::Delete(choices.arbitrary()?),
        _ => Change::Swap(choices.arbitrary()?, choices.arbitrary()?),
    };
    let places = counts.places(&change);
    if places == 0 {
        return Ok(());
    }
    let at = choices.int_in_range(0..=places - 1)?;
    let mut mutation = Mutation {
        change: &mut change,
        left: at,
        done: false,
    };
    mutation.visit_item_fn_mut(function);
    Ok(())
}

/// What becomes of one place.
enum Change {
    /// An expression is put into another.
    Wrap(Wrapper),
    /// So often.
    Nest(Wrapper, usize),
    /// An expression becomes another.
    Expr(Expr),
    /// A pattern becomes another.
    Pat(Pat),
    /// A type becomes another.
    Type(Type),
    /// A block gets a statement.
    Insert(Stmt, u8),
    /// A block loses a statement.
    Delete(u8),
    /// Two statements of a block change places.
    Swap(u8, u8),
}

type Wrapper = Box<dyn Fn(Expr) -> Expr>;

macro_rules! wrappers {
    ($choices:expr, $other:ident, $pat:ident, $ty:ident: $($inner:ident => { $($wrapped:tt)* })*) => {{
        let all: Vec<fn(Expr, &Expr, &Pat, &Type) -> Expr> = vec![
            $(|$inner, $other, $pat, $ty| {
                let _ = ($other, $pat, $ty);
                parse(::quote::quote!($($wrapped)*)).unwrap_or($inner)
            }),*
        ];
        *$choices.choose(&all)?
    }};
}

fn parse(tokens: proc_macro2::TokenStream) -> Option<Expr> {
    syn::parse2(tokens).ok()
}

/// An expression with a hole, every construct being one.
fn wrapper(corpus: &Corpus, choices: &mut Unstructured) -> Result<Wrapper> {
    let (other, pat, ty) = (
        choices.choose(&corpus.exprs)?.clone(),
        choices.choose(&corpus.pats)?.clone(),
        choices.choose(&corpus.types)?.clone(),
    );
    let wrap = wrappers! { choices, other, pat, ty:
        e => { yield_!(#e) }
        e => { yield_from!(#e) }
        e => { yield_from!(#e, #other) }
        e => { (#e).await }
        e => { (#e)? }
        e => { { #e } }
        e => { { #e; } }
        e => { (#e) }
        e => { { let #pat = #e; #other } }
        e => { { let #pat: #ty = #e else { #other }; } }
        e => { if #e { #other } else { #other } }
        e => { if #other { #other } else if let #pat = #e { #other } else { #other } }
        e => { if let #pat = #e && #other && let #pat = #other { #other } }
        e => { match #e { #pat => #other, _ => #other } }
        e => { match #other { #pat if #e => #other, _ => #other } }
        e => { match #other { #pat if let #pat = #e => #other, _ => #other } }
        e => { while #e { #other; } }
        e => { while let #pat = #e { #other; } }
        e => { for #pat in #e { #other; } }
        e => { for #pat in #other { #e; continue; } }
        e => { 'l: loop { break 'l #e; } }
        e => { 'l: { if #other { break 'l #e; } #other } }
        e => { loop { #e; } }
        e => { || #e }
        e => { move |#pat| #e }
        e => { async { #e } }
        e => { async move { #e } }
        e => { const { #e } }
        e => { unsafe { #e } }
        e => { return #e }
        e => { #e + yield_!(#other) }
        e => { yield_!(#other) == #e }
        e => { #e && yield_!(#other) }
        e => { #other || #e }
        e => { -#e }
        e => { !#e }
        e => { *#e }
        e => { &#e }
        e => { &mut #e }
        e => { &raw const #e }
        e => { #e as #ty }
        e => { #e..#other }
        e => { ..=#e }
        e => { (#e)[#other] }
        e => { (#other)[#e] }
        e => { (#e).0 }
        e => { (#e).field }
        e => { (#e).0.1.await }
        e => { (#e).method(yield_!(#other)) }
        e => { (#other).method::<#ty>(#e, yield_!()) }
        e => { (#e)(yield_!(#other)) }
        e => { f(#e, #other, yield_!()) }
        e => { #e = #other }
        e => { #other = #e }
        e => { #other += #e }
        e => { (_, ..) = #e }
        e => { [#e, #other, yield_!()] }
        e => { [#e; 3] }
        e => { [#other; #e] }
        e => { (#e, #other) }
        e => { (#e,) }
        e => { S { a: #e, b: #other } }
        e => { S { a: #e, ..#other } }
        e => { S { a: yield_!(), ..#e } }
        e => { Some(#e) }
        e => { println!("{} {x}", #e, x = #other) }
        e => { format!("{:?}", #e) }
        e => { vec![#e; yield_!(#other)] }
        e => { assert_eq!(#e, #other, "{}", #other) }
        e => { matches!(#e, #pat if #other) }
        e => { unknown!(#e, #other) }
        e => { pin!(#e) }
        e => { dbg!(#e) }
        e => { #[cfg(any())] #e }
        e => { #[allow(unused)] { #e } }
        e => { { fn item() { #e } #other } }
        e => { { macro_rules! m { () => { #e } } m!() } }
    };
    Ok(Box::new(move |inner| wrap(inner, &other, &pat, &ty)))
}

/// How many places there are of each kind.
#[derive(Default)]
struct Counts {
    exprs: usize,
    pats: usize,
    types: usize,
    blocks: usize,
}

impl Counts {
    fn of(function: &ItemFn) -> Self {
        let mut counts = Self::default();
        counts.visit_item_fn(function);
        counts
    }

    fn places(&self, change: &Change) -> usize {
        match change {
            Change::Wrap(_) | Change::Nest(..) | Change::Expr(_) => self.exprs,
            Change::Pat(_) => self.pats,
            Change::Type(_) => self.types,
            Change::Insert(..) | Change::Delete(_) | Change::Swap(..) => self.blocks,
        }
    }
}

impl<'ast> Visit<'ast> for Counts {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.exprs += 1;
        visit::visit_expr(self, expr);
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        self.pats += 1;
        visit::visit_pat(self, pat);
    }

    fn visit_type(&mut self, ty: &'ast Type) {
        self.types += 1;
        visit::visit_type(self, ty);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.blocks += 1;
        visit::visit_block(self, block);
    }
}

/// Changes the place that comes after so many others of its kind.
struct Mutation<'c> {
    change: &'c mut Change,
    left: usize,
    done: bool,
}

impl Mutation<'_> {
    /// Whether this place is the one.
    fn is_here(&mut self) -> bool {
        if self.done {
            return false;
        }
        self.done = self.left == 0;
        self.left = self.left.saturating_sub(1);
        self.done
    }
}

/// A statement of a block.
fn index(choice: u8, block: &Block) -> usize {
    usize::from(choice) % block.stmts.len().max(1)
}

impl VisitMut for Mutation<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let is_of_kind = matches!(
            self.change,
            Change::Wrap(_) | Change::Nest(..) | Change::Expr(_)
        );
        if !is_of_kind || !self.is_here() {
            visit_mut::visit_expr_mut(self, expr);
            return;
        }
        let mut take = || std::mem::replace(expr, parse_quote!(()));
        let becomes = match self.change {
            Change::Wrap(wrap) => wrap(take()),
            Change::Nest(wrap, depth) => (0..*depth).fold(take(), |inner, _| wrap(inner)),
            Change::Expr(other) => other.clone(),
            _ => return,
        };
        *expr = becomes;
    }

    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        if let Change::Pat(other) = &self.change {
            let other = other.clone();
            if self.is_here() {
                *pat = other;
                return;
            }
        }
        visit_mut::visit_pat_mut(self, pat);
    }

    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Change::Type(other) = &self.change {
            let other = other.clone();
            if self.is_here() {
                *ty = other;
                return;
            }
        }
        visit_mut::visit_type_mut(self, ty);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        let is_of_kind = matches!(
            self.change,
            Change::Insert(..) | Change::Delete(_) | Change::Swap(..)
        );
        if !is_of_kind || !self.is_here() {
            visit_mut::visit_block_mut(self, block);
            return;
        }
        match self.change {
            Change::Insert(stmt, at) => block.stmts.insert(index(*at, block), stmt.clone()),
            Change::Delete(at) if !block.stmts.is_empty() => {
                block.stmts.remove(index(*at, block));
            }
            Change::Swap(a, b) if !block.stmts.is_empty() => {
                let (a, b) = (index(*a, block), index(*b, block));
                block.stmts.swap(a, b);
            }
            _ => {}
        }
    }
}
