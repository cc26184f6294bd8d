use std::fmt::Debug;
use std::future::{Future, ready};

use handcrank::generator;

trait Show {
    fn shown<T: Debug>(&self, value: T) -> impl Future<Output = usize>;
    fn own(self) -> impl Future<Output = usize>;
}

struct Of<T>(T);

// A local borrows from something owned, with a type parameter in it.
#[generator]
impl<T: Debug> Show for Of<T> {
    async fn shown<U: Debug>(&self, value: U) -> usize {
        let borrowed = &value;
        ready(()).await;
        format!("{borrowed:?}").len()
    }

    async fn own(self) -> usize {
        let borrowed = &self.0;
        ready(()).await;
        format!("{borrowed:?}").len()
    }
}

fn main() {}
