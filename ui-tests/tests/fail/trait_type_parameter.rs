// Where the type parameter is that of the trait, the attribute on the functions alone is no help.
use std::future::{Future, ready};

use handcrank::generator;

trait Compare<T> {
    #[generator]
    fn same(&self, one: &T, other: &T) -> impl Future<Output = bool>;
    #[generator]
    async fn length(&self, items: Vec<T>) -> usize;
}

struct One;

impl<T: PartialEq> Compare<T> for One {
    #[generator]
    async fn same(&self, one: &T, other: &T) -> bool {
        let both = [one, other];
        ready(()).await;
        both[0] == both[1]
    }

    #[generator]
    async fn length(&self, items: Vec<T>) -> usize {
        let borrowed = &items;
        ready(()).await;
        borrowed.len()
    }
}

fn main() {}
