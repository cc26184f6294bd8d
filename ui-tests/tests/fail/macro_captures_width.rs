use handcrank::{Generator, generator, yield_};

macro_rules! show {
    ($format:literal, $value:expr) => {
        println!($format, $value)
    };
}

#[generator]
fn numbers(width: usize) -> impl Generator<Yield = usize> {
    yield_!(1);
    show!("{:width$}", 3);
    show!("{:.width$}", 3.0);
    yield_!(width);
}

fn main() {}
