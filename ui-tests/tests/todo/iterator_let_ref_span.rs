// TODO: The label "value is borrowed here" begins at `#[generator]` (so do those of the cases
// `fail/iterator_let_ref_*.stderr`): the `&mut` that the check puts in has the attribute's span.
use handcrank::{generator, yield_};

#[generator]
fn numbers() -> impl Iterator<Item = u32> {
    let ref n = std::process::id();
    yield_!(*n);
    yield_!(*n);
}

fn main() {}
