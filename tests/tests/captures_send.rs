//! Futures that keep closures and blocks which borrow their locals are `Send` where rustc's own are: how each local is
//! captured decides.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::{
    cell::Cell,
    future::{Future, poll_fn, ready},
    pin::{Pin, pin},
    task::{Context, Poll},
};

use handcrank_tests::{Pause, block_on, implements};

/// `Send`, but not `Sync`.
#[derive(Default)]
struct Pipe {
    bytes: Cell<u32>,
    log: Vec<u32>,
    io: Io,
}

/// The same.
#[derive(Default)]
struct Io(Cell<u32>);

impl Pipe {
    /// Is ready at the third time.
    fn poll_write(&mut self, cx: &mut Context<'_>, byte: u32) -> Poll<u32> {
        self.log.push(byte);
        if self.log.len() % 3 > 0 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.log.iter().sum())
    }
    fn write(&mut self, n: u32) -> u32 {
        self.log.push(n);
        n
    }
    async fn flush(&mut self) -> u32 {
        self.bytes.set(1);
        ready(()).await;
        1
    }
    fn size(&self) -> u32 {
        self.bytes.set(self.bytes.get() + 1);
        self.bytes.get()
    }
}

impl Io {
    fn poll_it(self: Pin<&mut Self>) -> Poll<u32> {
        self.0.set(self.0.get() + 1);
        Poll::Ready(self.0.get())
    }
}

async fn both(a: impl Future<Output = u32>, b: impl Future<Output = u32>) -> u32 {
    let (a, b) = (pin!(a), pin!(b));
    a.await * 100 + b.await
}

/// The same function twice, once compiled by rustc alone. They have to agree in what they return, and in whether they are
/// `Send`, which is as said.
macro_rules! agree {
    ($($name:ident($($param:ident: $ty:ty = $arg:expr),*) $body:block $is_send:literal;)*) => {$(
        #[test]
        fn $name() {
            #[handcrank::generator]
            async fn ours($($param: $ty),*) -> u32 $body
            async fn native($($param: $ty),*) -> u32 $body
            let is_send = [implements!(native($($arg),*), Send), implements!(ours($($arg),*), Send)];
            assert_eq!(is_send, [$is_send, $is_send], "of rustc's, and of ours");
            assert_eq!(block_on(ours($($arg),*)), block_on(native($($arg),*)));
        }
    )*};
}

agree! {
    a_part_beside_a_local_that_is_taken(pipe: &mut Pipe = &mut Pipe::default(), bytes: Vec<u32> = vec![2, 3]) {
        ready(()).await;
        async {
            pipe.log.extend(bytes);
            ready(pipe.log.len()).await;
        }
        .await;
        pipe.size() + pipe.log.len() as u32
    } true;
    a_part_that_is_taken(pair: (u32, &mut Pipe) = (1, &mut Pipe::default())) {
        let pair = pair;
        let mut later = Some(|| pair.1);
        ready(()).await;
        let pipe = later.take().map(|later| later());
        pipe.map_or(0, |pipe| pipe.size())
    } true;
    in_a_block(pipe: &mut Pipe = &mut Pipe::default()) {
        let mut size = {
            assert!(pipe.log.is_empty());
            || pipe.write(1)
        };
        ready(()).await;
        size()
    } true;
    in_an_arm(pipe: &mut Pipe = &mut Pipe::default(), n: u32 = 1) {
        let mut size = match n {
            1 => Some(|| pipe.write(1)),
            _ => None,
        };
        ready(()).await;
        size.as_mut().map_or(0, |size| size())
    } true;
    a_reference_to_a_reference(pipe: &mut &mut Pipe = &mut &mut Pipe::default()) {
        let mut write = || (**pipe).write(1);
        ready(()).await;
        write() + poll_fn(|cx| pipe.poll_write(cx, 1)).await
    } true;
    a_pinned_reference_to_a_reference(pipe: Pin<&mut &mut Pipe> = Pin::new(&mut &mut Pipe::default())) {
        let mut pipe = pipe;
        poll_fn(|cx| pipe.poll_write(cx, 1)).await
    } true;
    a_reference(pipe: &mut Pipe = &mut Pipe::default()) {
        poll_fn(|cx| pipe.poll_write(cx, 2)).await + poll_fn(|cx| pipe.poll_write(cx, 3)).await
    } true;
    a_part(pipe: &mut Pipe = &mut Pipe::default()) {
        poll_fn(|_| Pin::new(&mut pipe.io).poll_it()).await
    } true;
    a_local(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        let written = poll_fn(|cx| pipe.poll_write(cx, 2)).await;
        Pause(1).await;
        written + pipe.size()
    } true;
    for_the_last_time(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        Pause(1).await;
        poll_fn(|cx| pipe.poll_write(cx, 2)).await
    } true;
    beside_a_copy(pipe: &mut Pipe = &mut Pipe::default(), bytes: Vec<u32> = vec![1, 2]) {
        let mut sum = 0;
        for byte in bytes {
            sum += poll_fn(|cx| pipe.poll_write(cx, byte)).await;
        }
        sum
    } true;
    a_box(pipe: Box<Pipe> = Box::default()) {
        let mut pipe = pipe;
        let written = poll_fn(|cx| { pipe.log.push(1); pipe.poll_write(cx, 2) }).await;
        written + pipe.size()
    } true;
    shared(pipe: Pipe = Pipe::default()) {
        poll_fn(|_| Poll::Ready(pipe.size())).await + pipe.size()
    } false;
    shared_reference(pipe: &Pipe = &Pipe::default()) {
        poll_fn(|_| Poll::Ready(pipe.size())).await
    } false;
    a_part_is_shared(pipe: &mut Pipe = &mut Pipe::default()) {
        poll_fn(|_| { pipe.log.push(2); Poll::Ready(pipe.bytes.get()) }).await
    } false;
    other_parts_are_shared(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        let size = pipe.log.len() as u32;
        let pushed = poll_fn(|_| { pipe.log.push(2); Poll::Ready(pipe.log.len() as u32) }).await;
        size + pushed + pipe.bytes.get()
    } true;
    only_sync_parts(pipe: Pipe = Pipe::default()) {
        poll_fn(|_| Poll::Ready(pipe.log.len() as u32)).await + pipe.size()
    } true;
    in_another_closure(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        poll_fn(|cx| {
            let mut write = |byte| pipe.poll_write(cx, byte);
            write(1)
        })
        .await
            + pipe.size()
    } true;
    a_block(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        let sum = async {
            pipe.log.push(1);
            ready(()).await;
            pipe.log.push(2);
            pipe.log.iter().sum::<u32>()
        }
        .await;
        sum + pipe.size()
    } true;
    beside_each_other(pipe: Pipe = Pipe::default(), other: Pipe = Pipe::default()) {
        let (mut pipe, mut other) = (pipe, other);
        let sum = both(
            poll_fn(|cx| pipe.poll_write(cx, 5)),
            async {
                Pause(1).await;
                other.log.push(4);
                other.log.len() as u32
            },
        )
        .await;
        sum + pipe.size() + other.size()
    } true;
    operands(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        let sum = both(poll_fn(|cx| pipe.poll_write(cx, 5)), ready(ready(1).await)).await;
        sum + pipe.size()
    } true;
    in_a_variable(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        let mut write = poll_fn(|cx| pipe.poll_write(cx, 1));
        Pause(1).await;
        let written = (&mut write).await;
        written + pipe.size()
    } true;
    called_twice(cell: Cell<u32> = Cell::new(1)) {
        let mut cell = cell;
        let mut add = || {
            *cell.get_mut() += 1;
            cell.get()
        };
        let one = add();
        Pause(1).await;
        one * 10 + add()
    } true;
    reads_beside_a_reference(list: Vec<u32> = vec![3, 4]) {
        let first = &list[0];
        let sum = poll_fn(|_| Poll::Ready(list.iter().sum::<u32>())).await;
        let copies = (poll_fn(|_| Poll::Ready(list.len() as u32)), poll_fn(|_| Poll::Ready(*first)));
        Pause(1).await;
        sum + *first + copies.0.await + copies.1.await
    } true;
    in_a_loop(pipe: &mut Pipe = &mut Pipe::default()) {
        let mut sum = 0;
        while poll_fn(|cx| pipe.poll_write(cx, 1)).await < 7 {
            sum += poll_fn(|_| Pin::new(&mut pipe.io).poll_it()).await;
        }
        sum
    } true;
    in_a_branch(pipe: Pipe = Pipe::default(), is_first: bool = true) {
        let mut pipe = pipe;
        let written = if is_first {
            poll_fn(|cx| pipe.poll_write(cx, 1)).await
        } else {
            match poll_fn(|cx| pipe.poll_write(cx, 2)).await {
                3 => 4,
                other => other,
            }
        };
        written + pipe.size()
    } true;
    a_block_last(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        Pause(1).await;
        async {
            pipe.log.push(1);
            ready(()).await;
            pipe.log.iter().sum::<u32>()
        }
        .await
    } true;
    a_block_last_method(pipe: Pipe = Pipe::default()) {
        let mut pipe = pipe;
        Pause(1).await;
        async {
            pipe.log.push(1);
            ready(()).await;
            pipe.flush().await
        }
        .await
    } true;
    a_block_last_method_of_ref(pipe: &mut Pipe = &mut Pipe::default()) {
        Pause(1).await;
        async {
            pipe.log.push(1);
            ready(()).await;
            pipe.flush().await
        }
        .await
    } true;
    a_block_that_takes(pipe: &mut Pipe = &mut Pipe::default(), byte: Vec<u32> = vec![1]) {
        Pause(1).await;
        async {
            pipe.log.extend(byte);
            ready(()).await;
            pipe.flush().await
        }
        .await
    } true;
    an_adaptor(pipe: Pipe = Pipe::default()) {
        use futures_util::FutureExt;
        let mut pipe = pipe;
        Pause(1).await;
        ready(1).map(|n| pipe.write(n)).await
    } true;
    an_adaptor_not_last(pipe: Pipe = Pipe::default()) {
        use futures_util::FutureExt;
        let mut pipe = pipe;
        Pause(1).await;
        ready(1).map(|n| pipe.write(n)).await + pipe.size()
    } true;
    a_stream(pipe: Pipe = Pipe::default()) {
        use futures_util::StreamExt;
        let mut pipe = pipe;
        let mut stream = futures_util::stream::iter([1, 2]).map(|n| pipe.write(n));
        let mut sum = 0;
        while let Some(n) = stream.next().await {
            Pause(1).await;
            sum += n;
        }
        sum
    } true;
}

/// The same of what is left, as README.md says: rustc's is `Send`, and ours is not.
macro_rules! differ {
    ($($name:ident($($param:ident: $ty:ty = $arg:expr),*) $body:block;)*) => {$(
        #[test]
        fn $name() {
            #[handcrank::generator]
            async fn ours($($param: $ty),*) -> u32 $body
            async fn native($($param: $ty),*) -> u32 $body
            assert!(implements!(native($($arg),*), Send) && !implements!(ours($($arg),*), Send));
            assert_eq!(block_on(ours($($arg),*)), block_on(native($($arg),*)));
        }
    )*};
}

differ! {
    left_a_reborrow_that_is_moved(pipe: &mut Pipe = &mut Pipe::default()) {
        let write = || {
            let other = pipe;
            other.write(1)
        };
        ready(()).await;
        write()
    };
    left_a_reference_that_is_dereferenced_by_a_type(pipe: &mut Pipe = &mut Pipe::default()) {
        let mut inner = &mut *pipe;
        let outer = &mut inner;
        poll_fn(|cx| {
            let pipe: &mut Pipe = outer;
            pipe.poll_write(cx, 1)
        })
        .await
    };
}
