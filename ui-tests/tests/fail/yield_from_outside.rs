use handcrank::yield_from;

fn numbers() {
    yield_from!([1, 2]);
}

fn main() {}
