//! The functions that mutations start from, and their parts.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{fs, io};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Expr, ItemFn, Pat, Signature, Stmt, Type};

/// Where functions are found, from the workspace's root.
const SOURCES: [&str; 7] = [
    "tests/oracle/tests",
    "tests/tests",
    "tests/no-std",
    "ui-tests/tests",
    "examples",
    "core/src",
    "benches",
];

/// How many functions of the generator of random bodies belong to the corpus.
const RANDOM: u64 = 60;

/// Functions, and what they are made of.
#[derive(Default)]
pub struct Corpus {
    /// All functions that are, or could be, generators.
    pub functions: Vec<ItemFn>,
    pub(crate) exprs: Vec<Expr>,
    pub(crate) stmts: Vec<Stmt>,
    pub(crate) pats: Vec<Pat>,
    pub(crate) types: Vec<Type>,
    pub(crate) signatures: Vec<Signature>,
}

impl std::fmt::Debug for Corpus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Corpus")
            .field("functions", &self.functions.len())
            .field("exprs", &self.exprs.len())
            .finish_non_exhaustive()
    }
}

impl Corpus {
    /// The functions of this repository, always in the same order.
    ///
    /// # Errors
    /// If a source cannot be read.
    pub fn of_repository() -> io::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut corpus = Self::default();
        for source in SOURCES {
            for file in rust_files(&root.join(source))? {
                corpus.add_source(&fs::read_to_string(file)?);
            }
        }
        let options = handcrank_difference::generate::Options {
            unsupported: 20,
            borrowing: false,
        };
        for number in 0..RANDOM {
            let program = handcrank_difference::generate::generate(1, number, options);
            corpus.add_source(&program.text("program"));
        }
        Ok(corpus)
    }

    /// Adds the functions of a source text. What is no Rust, as some tests are, has none.
    fn add_source(&mut self, source: &str) {
        if let Ok(tokens) = TokenStream::from_str(source) {
            self.add_functions(tokens);
        }
    }

    /// Functions are looked for among tokens, for most of them are arguments of macros.
    fn add_functions(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut start = 0;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    if let Some(function) = function(&tokens[start..=at]) {
                        self.add(function);
                    }
                    self.add_functions(group.stream());
                    start = at + 1;
                }
                TokenTree::Group(group) => self.add_functions(group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == ';' => start = at + 1,
                _ => {}
            }
        }
    }

    fn add(&mut self, function: ItemFn) {
        let text = quote::quote!(#function).to_string();
        let suspends = ["yield_", "yield_from", "await"];
        if suspends.iter().any(|word| text.contains(word)) {
            self.visit_item_fn(&function);
            self.functions.push(function);
        }
    }
}

/// The function that ends with these tokens.
fn function(tokens: &[TokenTree]) -> Option<ItemFn> {
    let starts = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Ident(name) => ["pub", "fn", "async", "unsafe"]
            .iter()
            .any(|word| name == word),
        _ => false,
    };
    let ends = (0..tokens.len()).filter(|at| starts(&tokens[*at]));
    ends.map(|at| tokens[at..].iter().cloned().collect())
        .find_map(|tokens: TokenStream| syn::parse2(tokens).ok())
        .map(|mut function: ItemFn| {
            function
                .attrs
                .retain(|attr| !attr.path().is_ident("generator"));
            function
        })
}

fn rust_files(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !directory.exists() {
        return Ok(found);
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(directory)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            found.extend(rust_files(&entry)?);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
    Ok(found)
}

impl<'ast> Visit<'ast> for Corpus {
    fn visit_signature(&mut self, signature: &'ast Signature) {
        self.signatures.push(signature.clone());
        visit::visit_signature(self, signature);
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.exprs.push(expr.clone());
        visit::visit_expr(self, expr);
    }

    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        self.stmts.push(stmt.clone());
        visit::visit_stmt(self, stmt);
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        self.pats.push(pat.clone());
        visit::visit_pat(self, pat);
    }

    fn visit_type(&mut self, ty: &'ast Type) {
        self.types.push(ty.clone());
        visit::visit_type(self, ty);
    }
}
