//! Makes random programs that are well typed, and nearly always accepted by rustc.

mod closure;
mod coerced;
mod control;
mod matching;
mod pattern;
mod scope;
mod statement;
mod value;

use crate::program::{Machine, Program};
use crate::random::Random;
use crate::tree::{Kind, Node, Piece};
use crate::types::Type;
use scope::{Access, Place, Scope};

/// What is generated.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How often, of a hundred times, a construct is chosen that `#[generator]` is known not to support.
    pub unsupported: usize,
    /// Whether all are machines that may move, and hold borrows in spite of it.
    pub borrowing: bool,
}

/// A loop or a labelled block around the current point.
struct Target {
    label: String,
    /// What `break` takes.
    value: Option<Type>,
    /// How many loops there are around it.
    loops: usize,
    /// Whether one can `continue` it.
    repeats: bool,
    /// How many locals are in scope outside.
    locals: usize,
    /// What holds at each `break`.
    breaks: Vec<Scope>,
}

struct Generator {
    random: Random,
    options: Options,
    scope: Scope,
    /// What the reference being generated borrows from.
    origins: Vec<(usize, bool)>,
    targets: Vec<Target>,
    /// How many loops there are around the current point.
    loops: usize,
    /// Locals in fewer loops than that may not be moved.
    move_depth: usize,
    /// What `resume` takes, and what is yielded and returned.
    resume: Type,
    yields: Type,
    returns: Type,
    /// So many suspension points may follow.
    budget: usize,
    /// So many nodes may follow.
    size: usize,
    /// Above 0 there are no suspension points, and nothing leaves: in closures.
    closed: usize,
    /// Above 0 nothing is moved: in guards.
    still: usize,
    /// Whether borrowed temporaries may be used here.
    temporaries: bool,
    machine: Machine,
    fresh: usize,
    /// The functions that can be delegated to: name, and the type of the argument.
    inner: Vec<(&'static str, Type)>,
}

/// The types of resume arguments and yielded values.
const SHAPES: [(Type, Type); 8] = [
    (Type::U32, Type::U32),
    (Type::U32, Type::U32),
    (Type::U32, Type::U32),
    (Type::U32, Type::Noisy),
    (Type::Noisy, Type::Noisy),
    (Type::Noisy, Type::U32),
    (Type::Bool, Type::U32),
    (Type::Option, Type::U32),
];

const RETURNS: [Type; 7] = [
    Type::U32,
    Type::U32,
    Type::Unit,
    Type::Noisy,
    Type::Option,
    Type::Result,
    Type::Result,
];

/// Makes the program of a number.
#[must_use]
pub fn generate(seed: u64, number: u64, options: Options) -> Program {
    let mut random = Random::new(seed, number);
    let (resume, yields) = SHAPES[random.below(SHAPES.len())];
    let machine = match random.below(100) {
        _ if options.borrowing => Machine::Borrowing,
        0..15 => Machine::Movable,
        15..35 => Machine::Polled,
        _ => Machine::Pinned,
    };
    let mut generator = Generator {
        random,
        options,
        scope: Scope::default(),
        origins: Vec::new(),
        targets: Vec::new(),
        loops: 0,
        move_depth: 0,
        resume,
        yields,
        returns: Type::U32,
        budget: 0,
        size: 0,
        closed: 0,
        still: 0,
        temporaries: true,
        machine,
        fresh: 0,
        inner: Vec::new(),
    };
    let mut inner = Vec::new();
    if generator.random.chance(35) {
        inner.push(generator.function("inner", &[Type::Noisy], Type::U32, 3, 25));
        generator.inner.push(("inner", Type::Noisy));
    }
    if machine != Machine::Movable && generator.random.chance(25) {
        inner.push(generator.function("lent", &[Type::Ref], Type::U32, 3, 20));
        generator.inner.push(("lent", Type::Ref));
    }
    let returns = RETURNS[generator.random.below(RETURNS.len())];
    let count = generator.random.below(3);
    let parameters: Vec<_> = (0..count).map(|_| generator.owned()).collect();
    let budget = 4 + generator.random.below(9);
    let size = 40 + generator.random.below(120);
    let outer = generator.function("", &parameters, returns, budget, size);
    let mut tree = Node::group(vec![outer]);
    tree.pieces.extend(inner.into_iter().map(Piece::Child));
    tree.pieces.push(Piece::Text("\nwith (".to_owned()));
    let resume = (machine == Machine::Polled).then_some(generator.resume);
    for ty in parameters.into_iter().chain(resume) {
        tree.pieces.push(Piece::Child(ty.default()));
        tree.pieces.push(Piece::Text(", ".to_owned()));
    }
    tree.pieces.push(Piece::Text(")".to_owned()));
    Program {
        label: format!("--seed {seed}, program {number}"),
        machine,
        tree,
    }
}

impl Generator {
    /// A function; the text starts after its name if that is empty.
    fn function(
        &mut self,
        name: &str,
        parameters: &[Type],
        returns: Type,
        budget: usize,
        size: usize,
    ) -> Node {
        self.scope = Scope::default();
        self.returns = returns;
        self.budget = budget;
        self.size = size;
        let mut head = Node::group(Vec::new());
        let is_polled = self.machine == Machine::Polled;
        if !name.is_empty() {
            let function = if is_polled { "async fn" } else { "fn" };
            head.pieces.push(Piece::from(format!("{function} {name}")));
        }
        head.pieces.push(Piece::from("("));
        let marked = if is_polled || self.random.chance(70) {
            parameters.len()
        } else {
            self.random.below(parameters.len() + 1)
        };
        for index in 0..=parameters.len() {
            if index == marked {
                let ty = self.resume;
                let name = self.parameter(ty);
                // A future is given it by its caller.
                let mark = if is_polled { "" } else { "#[resume] " };
                let text = format!("{mark}{name}: {}, ", ty.name());
                head.pieces.push(Piece::from(text));
            }
            if let Some(&ty) = parameters.get(index) {
                let name = self.parameter(ty);
                let text = format!("{name}: {}, ", ty.name());
                head.pieces.push(Piece::from(text));
            }
        }
        let (resume, yields) = (self.resume.name(), self.yields.name());
        let returned = returns.name();
        let unpin = match self.machine {
            Machine::Movable | Machine::Borrowing => " + Unpin",
            Machine::Pinned | Machine::Polled => "",
        };
        head.pieces.push(Piece::from(if is_polled {
            format!(") -> {returned} {{\n")
        } else {
            format!(
                ") -> impl Generator<{resume}, Yield = {yields}, Return = {returned}>{unpin} {{\n"
            )
        }));
        let count = 2 + size / 14;
        let body = self.statements(count, 4);
        // Without a suspension point there is little to compare.
        let text = body.text();
        let body = if text.contains("yield_") || text.contains(".await") {
            body
        } else {
            let point = self.suspension(2);
            Node::group(vec![body, stmt!(point, ";")])
        };
        let last = self.expression(returns, 2);
        let last = Self::tail(last);
        let kind = if name.is_empty() {
            Kind::Group
        } else {
            Kind::Optional
        };
        node!(kind; head, body, last, "\n}\n")
    }

    /// A new name, or a name that is shadowed.
    fn name(&mut self) -> String {
        if self.random.chance(8)
            && let Some(local) = self.random.pick(&self.scope.locals)
        {
            return local.name.clone();
        }
        self.fresh += 1;
        format!("v{}", self.fresh)
    }

    /// Declares a local; returns it as in a pattern.
    fn declare(&mut self, ty: Type) -> String {
        let mutable = self.random.chance(50);
        let name = self.name();
        self.scope.declare(name.clone(), ty, mutable, self.loops);
        if mutable { format!("mut {name}") } else { name }
    }

    /// Declares a parameter, whose name is its own.
    fn parameter(&mut self, ty: Type) -> String {
        self.fresh += 1;
        let name = format!("v{}", self.fresh);
        let mutable = self.random.chance(50);
        self.scope.declare(name.clone(), ty, mutable, self.loops);
        if mutable { format!("mut {name}") } else { name }
    }

    fn owned(&mut self) -> Type {
        Type::OWNED[self.random.below(Type::OWNED.len())]
    }

    /// A name for a new value.
    fn label(&mut self) -> String {
        self.fresh += 1;
        format!("n{}", self.fresh)
    }

    /// Whether to do what is not supported yet.
    fn dares(&mut self) -> bool {
        let percent = self.options.unsupported;
        self.random.chance(percent)
    }

    /// A place that is used; moved if that is what the access does.
    fn place(&mut self, ty: Type, access: Access) -> Option<(Node, Place)> {
        if access == Access::Move && self.still > 0 {
            return None;
        }
        let access_wanted = if access == Access::Move && ty.is_copy() {
            Access::Shared
        } else {
            access
        };
        let mut places = self.scope.places(ty, access_wanted, self.move_depth);
        // A closure that takes a part of a local is not supported yet.
        if self.closed > 0 && !self.dares() {
            places.retain(|place| place.part.is_none());
        }
        let place = self.random.pick(&places)?.clone();
        if access_wanted == Access::Move {
            self.scope.gone(&place);
        } else {
            self.scope.touch(place.local, access_wanted);
        }
        Some((expr!(ty; place.text.clone()), place))
    }

    /// Operands in the order of their evaluation: what one borrows, those after it leave alone.
    fn operands<const N: usize>(&mut self, types: [Type; N], depth: usize) -> [Node; N] {
        let start = self.origins.len();
        let mut locked = Vec::new();
        let nodes = types.map(|ty| {
            let before = self.origins.len();
            let node = self.expression(ty, depth);
            if ty.borrows() {
                let borrowed = self.origins[before..].to_vec();
                self.scope.lock(&borrowed);
                locked.extend(borrowed);
            } else {
                self.origins.truncate(before);
            }
            node
        });
        self.scope.unlock(&locked);
        self.origins.truncate(start);
        // What the call returns may borrow what its operands do.
        self.origins.extend(locked);
        nodes
    }

    /// Generates something in a scope of its own.
    fn scoped<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let locals = self.scope.locals.len();
        let result = make(self);
        self.scope.locals.truncate(locals);
        result
    }
}
