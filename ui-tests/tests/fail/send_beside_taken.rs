//! A block without `move` takes a kept local, and changes a part of another that is not `Sync`.

use std::cell::Cell;
use std::future::ready;

use handcrank::generator;

struct Pipe {
    bytes: Cell<u32>,
    log: Vec<u32>,
}

#[generator]
async fn write(pipe: &mut Pipe, bytes: Vec<u32>) -> u32 {
    ready(()).await;
    async {
        pipe.log.extend(bytes);
        ready(pipe.log.len()).await;
    }
    .await;
    pipe.bytes.get()
}

fn is_send<T: Send>(_: T) {}

fn main() {
    let bytes = Cell::new(0);
    is_send(write(&mut Pipe { bytes, log: vec![] }, vec![]));
}
