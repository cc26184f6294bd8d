use handcrank::{generator, yield_};

fn main() {
    let _ = #[generator]
    || {
        yield_!(1);
    };
}
