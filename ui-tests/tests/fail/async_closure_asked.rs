// An `async` closure stands in two calls, and is of two types.
use handcrank::generator;

struct Pool(Vec<u32>);

impl Pool {
    async fn run<T>(&self, task: impl AsyncFn(u32) -> T) -> T {
        task(1).await
    }
}

#[generator]
async fn first(pool: Pool) -> u32 {
    pool.run(async |n| n).await
}

fn main() {}
