//! The types of expressions, and for each the simplest expression that has an effect one can see.

use crate::tree::Node;

/// The type of an expression or a local.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    U32,
    Bool,
    Unit,
    Noisy,
    Option,
    Pair,
    Duo,
    Deep,
    Shape,
    Vec,
    Array,
    Box,
    BoxDuo,
    Result,
    String,
    Money,
    Table,
    Numbers,
    Ref,
    RefMut,
    RefDuo,
    RefVec,
    RefShape,
    /// A guard on a value, which reports its drop.
    Guard,
    Boxed,
    OptionRef,
    /// A trait object, which other boxes are coerced to.
    Any,
    MaybeAny,
    RefAny,
    /// A closure that can be called again and again, and returns a number.
    Call,
    /// A closure that can be called once.
    Once,
}

impl Type {
    /// The types that locals are given most.
    pub const OWNED: [Type; 19] = [
        Type::U32,
        Type::Bool,
        Type::Noisy,
        Type::Noisy,
        Type::Option,
        Type::Pair,
        Type::Duo,
        Type::Deep,
        Type::Shape,
        Type::Vec,
        Type::Array,
        Type::Box,
        Type::BoxDuo,
        Type::Result,
        Type::String,
        Type::Table,
        Type::Numbers,
        Type::Any,
        Type::MaybeAny,
    ];

    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Type::U32 => "u32",
            Type::Bool => "bool",
            Type::Unit => "()",
            Type::Noisy => "Noisy",
            Type::Option => "Option<Noisy>",
            Type::Pair => "(Noisy, Noisy)",
            Type::Duo => "Duo",
            Type::Deep => "Deep",
            Type::Shape => "Shape",
            Type::Vec => "Vec<Noisy>",
            Type::Array => "[Noisy; 2]",
            Type::Box => "Box<Noisy>",
            Type::BoxDuo => "Box<Duo>",
            Type::Result => "Result<u32, Noisy>",
            Type::String => "String",
            Type::Money => "Money",
            Type::Table => "Table",
            Type::Numbers => "[u32; 3]",
            Type::Ref => "&Noisy",
            Type::RefMut => "&mut Noisy",
            Type::RefDuo => "&Duo",
            Type::RefVec => "&Vec<Noisy>",
            Type::RefShape => "&Shape",
            Type::Guard => "Guard<'_>",
            Type::Boxed => "Box<dyn FnOnce() -> u32>",
            Type::OptionRef => "Option<&Noisy>",
            Type::Any => "Box<dyn Shown>",
            Type::MaybeAny => "Option<Box<dyn Shown>>",
            Type::RefAny => "&dyn Shown",
            Type::Call | Type::Once => "_",
        }
    }

    /// What everything shrinks to.
    fn default_text(self) -> &'static str {
        match self {
            Type::U32 => "mk(1)",
            Type::Bool => "check(true)",
            Type::Unit => "()",
            Type::Noisy => "noisy(\"z\")",
            Type::Option => "Some(noisy(\"z\"))",
            Type::Pair => "(noisy(\"z\"), noisy(\"y\"))",
            Type::Duo => "duo(\"z\")",
            Type::Deep => "deep(\"z\")",
            Type::Shape => "shape(2, \"z\")",
            Type::Vec => "vec![noisy(\"z\")]",
            Type::Array => "[noisy(\"z\"), noisy(\"y\")]",
            Type::Box => "Box::new(noisy(\"z\"))",
            Type::BoxDuo => "Box::new(duo(\"z\"))",
            Type::Result => "fallible(1)",
            Type::String => "String::from(\"z\")",
            Type::Money => "Money(1)",
            Type::Table => "table()",
            Type::Numbers => "[1, 2, 3]",
            Type::Ref | Type::RefAny => "&noisy(\"z\")",
            Type::RefMut => "&mut noisy(\"z\")",
            Type::RefDuo => "&duo(\"z\")",
            Type::RefVec => "&vec![noisy(\"z\")]",
            Type::RefShape => "&shape(2, \"z\")",
            Type::Guard => "lock(&noisy(\"z\"))",
            Type::Boxed => "Box::new(move || mk(1))",
            Type::OptionRef => "None::<&Noisy>",
            Type::Any => "any(1)",
            Type::MaybeAny => "Some(any(1))",
            Type::Call | Type::Once => "|| mk(1)",
        }
    }

    /// The simplest expression of the type.
    #[must_use]
    pub fn default(self) -> Node {
        expr!(self; self.default_text())
    }

    /// Whether a use by value leaves it usable.
    #[must_use]
    pub fn is_copy(self) -> bool {
        matches!(
            self,
            Type::U32
                | Type::Bool
                | Type::Unit
                | Type::Money
                | Type::Numbers
                | Type::Ref
                | Type::RefDuo
                | Type::RefVec
                | Type::RefShape
                | Type::OptionRef
                | Type::RefAny
        )
    }

    /// Whether other values are coerced to it, so that it has to be written or known from elsewhere.
    #[must_use]
    pub fn is_coerced_to(self) -> bool {
        matches!(self, Type::Any | Type::MaybeAny | Type::Boxed)
    }

    /// Whether it may borrow a local.
    #[must_use]
    pub fn borrows(self) -> bool {
        matches!(
            self,
            Type::Ref
                | Type::RefMut
                | Type::RefDuo
                | Type::RefVec
                | Type::RefShape
                | Type::Guard
                | Type::OptionRef
                | Type::RefAny
                | Type::Boxed
                | Type::Call
                | Type::Once
        )
    }

    /// The places inside that may be moved out, and their types.
    #[must_use]
    pub fn fields(self) -> &'static [(&'static str, Type)] {
        match self {
            Type::Pair => &[("0", Type::Noisy), ("1", Type::Noisy)],
            Type::Duo | Type::BoxDuo => &[("a", Type::Noisy), ("b", Type::Noisy)],
            Type::Deep => &[
                ("pair", Type::Pair),
                ("pair.0", Type::Noisy),
                ("pair.1", Type::Noisy),
                ("duo", Type::Duo),
                ("duo.a", Type::Noisy),
                ("duo.b", Type::Noisy),
                ("option", Type::Option),
                ("count", Type::U32),
            ],
            _ => &[],
        }
    }
}
