use handcrank::{generator, yield_};

#[generator]
fn numbers(list: &mut Vec<u32>) -> impl Iterator<Item = u32> {
    while let Some(n) = list.pop() {
        yield_!(n);
    }
}

fn call() {
    let mut list = vec![1];
    let mut numbers = numbers(&mut list);
    list.push(2);
    numbers.next();
}

fn main() {}
