use handcrank::generator;

#[generator]
struct Numbers(u32);

fn main() {}
