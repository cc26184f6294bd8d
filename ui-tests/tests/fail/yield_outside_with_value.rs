use handcrank::yield_;

fn numbers() -> u32 {
    let n: u32 = yield_!(1);
    n + 1
}

fn main() {}
