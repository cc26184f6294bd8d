// What is hidden captures a lifetime which outlives the type parameter: the function that returns it has to say so.
use std::future::{Future, ready};

use handcrank::generator;

struct Server;

impl Server {
    #[generator]
    async fn echo<T: Clone>(&self, value: &T) -> T {
        ready(()).await;
        value.clone()
    }

    #[generator]
    async fn keep<T: Clone>(&self, value: T) -> T {
        ready(()).await;
        value.clone()
    }

    fn echoes<T: Clone>(&self, value: &T) -> impl Future<Output = T> {
        self.echo(value)
    }

    fn keeps<T: Clone>(&self, value: T) -> impl Future<Output = T> {
        self.keep(value)
    }
}

fn main() {}
