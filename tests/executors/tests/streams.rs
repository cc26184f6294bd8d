//! Streams: adapters, sinks, what is dropped midway; on `LocalPool` and on smol.
#![allow(missing_docs, reason = "tests")]

use std::{
    cell::{Cell, RefCell},
    future::{Future, ready},
    pin::pin,
    rc::Rc,
    thread,
    time::Duration,
};

use futures::{
    AsyncBufReadExt, AsyncWriteExt, FutureExt, SinkExt, StreamExt, TryStreamExt,
    channel::mpsc,
    executor::{LocalPool, block_on},
    io::BufReader,
    stream::{self, FusedStream, Stream},
    task::LocalSpawnExt,
};
use handcrank::{generator, yield_};

#[generator]
fn count(limit: u32) -> impl Stream<Item = u32> + FusedStream {
    for n in 0..limit {
        ready(()).await;
        yield_!(n);
    }
}

#[generator]
fn paired<S: Stream>(source: S) -> impl Stream<Item = (S::Item, S::Item)> {
    let mut source = pin!(source);
    while let Some(first) = source.next().await {
        let Some(second) = source.next().await else {
            return;
        };
        yield_!((first, second));
    }
}

#[test]
fn adapters() {
    let all = |stream: stream::BoxStream<'_, u32>| block_on(stream.collect::<Vec<_>>());
    assert_eq!(all(count(4).map(|n| n * 2).boxed()), [0, 2, 4, 6]);
    assert_eq!(
        all(count(6).filter(|n| ready(n % 2 == 1)).boxed()),
        [1, 3, 5]
    );
    assert_eq!(all(count(9).take(2).chain(count(2)).boxed()), [0, 1, 0, 1]);
    assert_eq!(all(count(5).skip(3).boxed()), [3, 4]);
    assert_eq!(
        all(count(3).then(|n| async move { n + 1 }).boxed()),
        [1, 2, 3]
    );
    assert_eq!(all(count(3).flat_map(count).boxed()), [0, 0, 1]);
    assert_eq!(all(count(4).buffered_by(2).boxed()), [0, 1, 2, 3]);
    assert_eq!(
        all(count(3)
            .scan(0, |sum, n| {
                *sum += n;
                ready(Some(*sum))
            })
            .boxed()),
        [0, 1, 3]
    );
    assert_eq!(block_on(count(5).fold(0, |sum, n| ready(sum + n))), 10);
    assert_eq!(
        block_on(count(5).zip(count(2)).collect::<Vec<_>>()),
        [(0, 0), (1, 1)]
    );
    assert_eq!(
        block_on(count(5).chunks(2).collect::<Vec<_>>()),
        [vec![0, 1], vec![2, 3], vec![4]]
    );
    assert_eq!(
        block_on(paired(paired(count(9))).collect::<Vec<_>>()).len(),
        2
    );
    let mut peekable = pin!(count(2).peekable());
    assert_eq!(block_on(peekable.as_mut().peek()), Some(&0));
    let merged = stream::select(count(3), count(3)).collect::<Vec<_>>();
    assert_eq!(block_on(merged).len(), 6);
}

trait BufferedBy: Stream<Item = u32> + Sized {
    fn buffered_by(self, n: usize) -> impl Stream<Item = u32> {
        self.map(|n| ready(n).boxed()).buffered(n)
    }
}

impl<S: Stream<Item = u32>> BufferedBy for S {}

#[test]
fn fused_and_sized() {
    let mut stream = pin!(count(1));
    assert_eq!(stream.size_hint(), (0, None));
    assert!(!stream.is_terminated());
    assert_eq!(stream.next().now_or_never(), Some(Some(0)));
    assert!(!stream.is_terminated());
    assert_eq!(stream.next().now_or_never(), Some(None));
    assert!(stream.is_terminated());
    assert_eq!(stream.next().now_or_never(), Some(None));
}

/// `?` ends the stream: an error that is to be seen is yielded first.
#[generator]
fn numbers<'a>(lines: &'a [&'a str]) -> impl Stream<Item = Result<u32, std::num::ParseIntError>> {
    for line in lines {
        match line.parse() {
            Ok(number) => yield_!(Ok(number)),
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        }
    }
}

#[test]
fn items_that_are_results() {
    let sum = numbers(&["1", "2"]).try_fold(0, |sum, n| ready(Ok(sum + n)));
    assert_eq!(block_on(sum), Ok(3));
    let all = block_on(numbers(&["1", "x", "2"]).collect::<Vec<_>>());
    assert!(matches!(&*all, [Ok(1), Err(_)]));
}

struct Noted(Rc<RefCell<Vec<&'static str>>>, &'static str);

impl Drop for Noted {
    fn drop(&mut self) {
        self.0.borrow_mut().push(self.1);
    }
}

#[generator]
fn noting(log: Rc<RefCell<Vec<&'static str>>>) -> impl Stream<Item = u32> {
    let _outer = Noted(log.clone(), "outer");
    yield_!(1);
    let _inner = Noted(log.clone(), "inner");
    ready(()).await;
    yield_!(2);
    let _last = Noted(log, "last");
    std::future::pending::<()>().await;
}

#[test]
fn dropped_midway() {
    for (taken, dropped) in [(0, &[][..]), (1, &["outer"]), (2, &["inner", "outer"])] {
        let log = Rc::new(RefCell::new(vec![]));
        {
            let mut stream = pin!(noting(log.clone()));
            for n in 0..taken {
                assert_eq!(stream.next().now_or_never(), Some(Some(n + 1)));
            }
            assert!(log.borrow().is_empty());
        }
        assert_eq!(*log.borrow(), dropped);
    }
    let log = Rc::new(RefCell::new(vec![]));
    let mut stream = Box::pin(noting(log.clone()));
    assert_eq!(stream.next().now_or_never(), Some(Some(1)));
    assert_eq!(stream.next().now_or_never(), Some(Some(2)));
    assert_eq!(stream.next().now_or_never(), None);
    drop(stream);
    assert_eq!(*log.borrow(), ["last", "inner", "outer"]);
}

/// Into a sink, with back pressure.
#[generator]
async fn pour<S: Stream<Item = u32>>(source: S, mut sink: mpsc::Sender<u32>) -> usize {
    let mut source = pin!(source);
    let mut count = 0;
    while let Some(item) = source.next().await {
        if sink.send(item).await.is_err() {
            break;
        }
        count += 1;
    }
    sink.close().await.ok();
    count
}

#[test]
fn on_the_local_pool() {
    let mut pool = LocalPool::new();
    let (sender, receiver) = mpsc::channel(1);
    let poured = Rc::new(Cell::new(0));
    let noted = poured.clone();
    pool.spawner()
        .spawn_local(pour(count(100), sender).map(move |count| noted.set(count)))
        .unwrap();
    let some = pool.run_until(receiver.take(50).collect::<Vec<_>>());
    assert_eq!(some, (0..50).collect::<Vec<_>>());
    pool.run();
    assert!(poured.get() < 100);
    let (sender, receiver) = mpsc::channel(3);
    pool.spawner()
        .spawn_local(pour(count(100), sender).map(|_| ()))
        .unwrap();
    assert_eq!(
        pool.run_until(receiver.fold(0, |sum, n| ready(sum + n))),
        4950
    );
}

#[generator]
async fn joined(n: u32) -> (u32, Vec<u32>) {
    let (left, right) = futures::join!(count(n).count(), count(n).collect::<Vec<_>>());
    (u32::try_from(left).unwrap_or(0), right)
}

#[generator]
async fn first_of(slow: impl Future<Output = u32> + Unpin) -> u32 {
    let mut fast = Box::pin(count(3).collect::<Vec<_>>()).fuse();
    let mut slow = slow.fuse();
    let mut total = 0;
    loop {
        futures::select! {
            all = fast => total += u32::try_from(all.len()).unwrap_or(0),
            n = slow => {
                ready(()).await;
                total += n;
            }
            complete => return total,
        }
    }
}

#[test]
fn macros_of_futures() {
    assert_eq!(block_on(joined(3)), (3, vec![0, 1, 2]));
    assert_eq!(block_on(first_of(ready(10))), 13);
}

/// Lines of a socket.
#[generator]
fn lines(socket: smol::net::TcpStream) -> impl Stream<Item = std::io::Result<String>> {
    let mut reader = BufReader::new(socket);
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line).await {
            Ok(0) => return,
            Ok(_) => yield_!(Ok(line.trim_end().to_owned())),
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        }
    }
}

/// A number for each turn of a timer.
#[generator]
fn interval(every: Duration) -> impl Stream<Item = u32> {
    let mut timer = smol::Timer::interval(every);
    let mut number = 0;
    while timer.next().await.is_some() {
        yield_!(number);
        number += 1;
    }
}

/// A fetch, page by page, until one is empty.
#[generator]
fn pages<F, R>(fetch: F) -> impl Stream<Item = u32>
where
    F: Fn(usize) -> R,
    R: Future<Output = Vec<u32>>,
{
    for page in 0.. {
        let items = fetch(page).await;
        if items.is_empty() {
            return;
        }
        for item in items {
            yield_!(item);
        }
    }
}

#[test]
fn on_smol() {
    smol::block_on(async {
        let listener = smol::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = smol::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            for n in 0..100 {
                socket
                    .write_all(format!("line {n}\r\n").as_bytes())
                    .await
                    .unwrap();
            }
        });
        let socket = smol::net::TcpStream::connect(address).await.unwrap();
        let read = smol::spawn(lines(socket).try_collect::<Vec<_>>())
            .await
            .unwrap();
        server.await;
        assert_eq!(read.len(), 100);
        assert_eq!(read[99], "line 99");

        let ticks = interval(Duration::from_millis(1))
            .take(3)
            .collect::<Vec<_>>()
            .await;
        assert_eq!(ticks, [0, 1, 2]);

        let fetched = pages(|page| async move {
            smol::Timer::after(Duration::from_millis(1)).await;
            if page < 3 { vec![0, 1] } else { vec![] }
        });
        assert_eq!(fetched.collect::<Vec<_>>().await, [0, 1, 0, 1, 0, 1]);
    });
}

#[test]
fn together_with_futures_concurrency() {
    use futures_concurrency::prelude::*;
    let both = block_on((joined(1), joined(2)).join());
    assert_eq!(both.0.1.len() + both.1.1.len(), 3);
    let raced = block_on((std::future::pending(), joined(1)).race());
    assert_eq!(raced.0, 1);
    let merged = block_on((count(2), count(3)).merge().collect::<Vec<_>>());
    assert_eq!(merged.len(), 5);
}

/// From one channel to another, until either end is gone.
macro_rules! forwarding {
    ($(#[$attr:meta])* $name:ident) => {
        $(#[$attr])*
        async fn $name<T>(receiver: &mut mpsc::Receiver<T>, sender: &mut mpsc::Sender<T>) -> usize {
            let mut count = 0;
            while let Some(item) = receiver.next().await {
                if sender.send(item).await.is_err() {
                    break;
                }
                count += 1;
            }
            count
        }
    };
}

forwarding!(
    #[generator]
    forward
);
forwarding!(forward_natively);

#[generator]
async fn forward_all<T>(mut receiver: mpsc::Receiver<T>, mut sender: mpsc::Sender<T>) -> usize {
    forward(&mut receiver, &mut sender).await
}

#[test]
fn forwarded_between_threads() {
    let (mut sender, receiver) = mpsc::channel(1);
    let (forwarded, results) = mpsc::channel(1);
    let mut forwarding = Box::pin(forward_all(receiver, forwarded));
    // Polled here once, and then moved to another thread.
    block_on(async {
        sender.send(0_u32).await.unwrap();
        assert!(futures::poll!(&mut forwarding).is_pending());
    });
    let forwarding = thread::spawn(move || block_on(forwarding));
    let sending = thread::spawn(move || {
        block_on(async {
            for n in 1..1000 {
                sender.send(n).await.unwrap();
            }
        });
    });
    let items: Vec<_> = block_on(results.collect());
    assert_eq!(items, (0..1000).collect::<Vec<_>>());
    sending.join().unwrap();
    assert_eq!(forwarding.join().unwrap(), 1000);
}

/// What has arrived, and what is left, where forwarding has been cancelled with one item in flight.
macro_rules! cancelled {
    ($forward:ident) => {
        block_on(async {
            let (mut sender, mut receiver) = mpsc::channel(8);
            let (mut forwarded, mut results) = mpsc::channel(0);
            for n in 0..6 {
                sender.send(n).await.unwrap();
            }
            {
                let mut forwarding = pin!($forward(&mut receiver, &mut forwarded));
                assert!(futures::poll!(&mut forwarding).is_pending());
                assert_eq!(results.next().await, Some(0));
                assert!(futures::poll!(&mut forwarding).is_pending());
            }
            let mut arrived = vec![];
            while let Some(Some(item)) = results.next().now_or_never() {
                arrived.push(item);
            }
            drop((sender, results));
            let count = $forward(&mut receiver, &mut forwarded).await;
            let left = receiver.collect::<Vec<_>>().await;
            (arrived, count, left)
        })
    };
}

#[test]
fn forwarding_that_is_cancelled_loses_what_is_in_flight_alone() {
    let (arrived, count, left) = cancelled!(forward);
    // The second time one item is taken to find out that the other end is gone.
    assert_eq!(count, 0);
    let missing = 6 - 1 - arrived.len() - left.len();
    assert!(missing <= 2, "{arrived:?} have arrived, {left:?} are left");
    assert_eq!((arrived, count, left), cancelled!(forward_natively));
}
