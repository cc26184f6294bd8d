use handcrank::yield_;

fn numbers() {
    yield_!(1);
}

fn main() {}
