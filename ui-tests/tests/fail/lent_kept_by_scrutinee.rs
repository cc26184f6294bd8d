use std::sync::Mutex;

use handcrank::{Generator, generator, yield_};

#[generator]
fn keeps(#[resume] first: &Mutex<Option<u8>>) -> impl Generator<&Mutex<Option<u8>>, Yield = u8> {
    if let Some(n) = *first.lock().unwrap() {
        yield_!(n);
        println!("the lock is held up to here");
    } else {
    }
}

fn main() {}
