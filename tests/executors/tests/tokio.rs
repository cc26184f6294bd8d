//! On tokio: spawned, so `Send + 'static` is inferred; sockets, timers, channels, cancellation.
#![allow(
    missing_docs,
    clippy::needless_continue,
    reason = "tests, of `continue` as well"
)]

use std::{
    cell::RefCell,
    future::Future,
    io,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use handcrank::generator;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Mutex, mpsc, oneshot},
    task::JoinSet,
    time::{sleep, timeout},
};

/// Echoes until the peer is done. The buffer is borrowed across awaits.
#[generator]
async fn echo(mut socket: TcpStream) -> io::Result<usize> {
    let mut buffer = [0; 1024];
    let mut total = 0;
    loop {
        let count = socket.read(&mut buffer).await?;
        if count == 0 {
            return Ok(total);
        }
        socket.write_all(&buffer[..count]).await?;
        total += count;
    }
}

#[generator]
async fn serve(listener: TcpListener, clients: usize) -> io::Result<usize> {
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let (socket, _) = listener.accept().await?;
        tasks.spawn(echo(socket));
    }
    let mut total = 0;
    while let Some(served) = tasks.join_next().await {
        total += served.expect("no task panics")?;
    }
    Ok(total)
}

#[generator]
async fn ask(address: std::net::SocketAddr, message: String) -> io::Result<String> {
    let mut socket = TcpStream::connect(address).await?;
    socket.write_all(message.as_bytes()).await?;
    socket.shutdown().await?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tcp_on_loopback() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(listener, 20));
    let clients: Vec<_> = (0..20)
        .map(|n| tokio::spawn(ask(address, format!("message {n} ").repeat(500))))
        .collect();
    let mut sent = 0;
    for (n, client) in clients.into_iter().enumerate() {
        let answer = client.await.unwrap().unwrap();
        assert_eq!(answer, format!("message {n} ").repeat(500));
        sent += answer.len();
    }
    assert_eq!(server.await.unwrap().unwrap(), sent);
}

/// A local that is no `Send`, and dead before the await.
#[generator]
async fn counts(limit: u32) -> u32 {
    let sum = {
        let shared = Rc::new(RefCell::new(0));
        for n in 0..limit {
            *shared.borrow_mut() += n;
        }
        let sum = *shared.borrow();
        drop(shared);
        sum
    };
    sleep(Duration::from_millis(1)).await;
    sum
}

#[generator]
async fn blocking(n: u64) -> u64 {
    let squared = tokio::task::spawn_blocking(move || n * n).await;
    squared.expect("no panic") + 1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spawned() {
    assert_eq!(tokio::spawn(counts(10)).await.unwrap(), 45);
    assert_eq!(tokio::spawn(blocking(5)).await.unwrap(), 26);
}

#[tokio::test]
async fn spawned_on_the_current_thread() {
    assert_eq!(tokio::spawn(counts(5)).await.unwrap(), 10);
    let local = tokio::task::LocalSet::new();
    let sum = local
        .run_until(async {
            let shared = Rc::new(RefCell::new(1));
            tokio::task::spawn_local(keeps(shared.clone()))
                .await
                .unwrap();
            *shared.borrow()
        })
        .await;
    assert_eq!(sum, 6);
}

/// Keeps what is no `Send`.
#[generator]
async fn keeps(shared: Rc<RefCell<u32>>) {
    for n in 0..3 {
        sleep(Duration::from_millis(1)).await;
        *shared.borrow_mut() += n;
    }
    tokio::task::yield_now().await;
    *shared.borrow_mut() += 2;
}

/// The locals of a future are dropped with it.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[generator]
async fn never(drops: Arc<AtomicUsize>) {
    let _first = Counted(drops.clone());
    sleep(Duration::from_millis(1)).await;
    let _second = Counted(drops);
    std::future::pending::<()>().await;
}

#[tokio::test(start_paused = true)]
async fn cancelled_by_timeout_and_select() {
    let drops = Arc::new(AtomicUsize::new(0));
    let waited = timeout(Duration::from_secs(1), never(drops.clone())).await;
    assert!(waited.is_err());
    assert_eq!(drops.load(Ordering::SeqCst), 2);

    let chosen = race(drops.clone()).await;
    assert_eq!(chosen, "timer");
    assert_eq!(drops.load(Ordering::SeqCst), 4);

    let task = tokio::spawn(never(drops.clone()));
    sleep(Duration::from_secs(1)).await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(drops.load(Ordering::SeqCst), 6);
}

/// `select!` inside of a body, of our futures.
#[generator]
async fn race(drops: Arc<AtomicUsize>) -> &'static str {
    let timer = sleep(Duration::from_millis(5));
    let other = never(drops);
    tokio::pin!(timer, other);
    tokio::select! {
        () = &mut timer => "timer",
        () = &mut other => "other",
    }
}

/// From one channel to another, until either end is gone.
#[generator]
async fn forward<T>(mut receiver: mpsc::Receiver<T>, sender: mpsc::Sender<T>) -> usize {
    let mut count = 0;
    while let Some(item) = receiver.recv().await {
        if sender.send(item).await.is_err() {
            break;
        }
        count += 1;
    }
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forwarded_between_threads() {
    let (sender, receiver) = mpsc::channel(3);
    let (forwarded, mut results) = mpsc::channel(2);
    let mut forwarding = Box::pin(forward(receiver, forwarded));
    // Polled here once, and then moved to another thread.
    sender.send(0_u32).await.unwrap();
    assert!(futures::poll!(&mut forwarding).is_pending());
    let task = tokio::spawn(forwarding);
    let sending = tokio::spawn(async move {
        for n in 1..1000 {
            sender.send(n).await.unwrap();
        }
    });
    for n in 0..1000 {
        assert_eq!(results.recv().await, Some(n));
    }
    sending.await.unwrap();
    assert_eq!(results.recv().await, None);
    assert_eq!(task.await.unwrap(), 1000);
}

#[tokio::test]
async fn forwarding_ends_with_the_receiver_and_loses_nothing() {
    let (sender, receiver) = mpsc::channel(8);
    let (forwarded, mut results) = mpsc::channel(1);
    let mut forwarding = Box::pin(forward(receiver, forwarded));
    for n in 0..5 {
        sender.send(n).await.unwrap();
    }
    // One item fills the channel; the next is in flight.
    assert!(futures::poll!(&mut forwarding).is_pending());
    assert_eq!(results.recv().await, Some(0));
    assert!(futures::poll!(&mut forwarding).is_pending());
    drop(results);
    assert_eq!(forwarding.await, 2);
    assert!(
        sender.send(5).await.is_err(),
        "the receiver is gone with the machine"
    );
}

/// The guard of an async mutex is kept across awaits, and released by cancellation.
#[generator]
async fn add_slowly(total: Arc<Mutex<u32>>, n: u32) {
    let mut guard = total.lock().await;
    let before = *guard;
    sleep(Duration::from_millis(2)).await;
    *guard = before + n;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guards_across_awaits() {
    let total = Arc::new(Mutex::new(0));
    let mut tasks = JoinSet::new();
    for n in 0..20 {
        tasks.spawn(add_slowly(total.clone(), n));
    }
    while tasks.join_next().await.is_some() {}
    assert_eq!(*total.lock().await, 190);
    let cancelled = timeout(Duration::from_micros(1), add_slowly(total.clone(), 1)).await;
    assert!(cancelled.is_err() || *total.lock().await == 191);
    assert!(timeout(Duration::from_secs(5), total.lock()).await.is_ok());
}

trait Store {
    #[generator]
    fn get(&self, key: &str) -> impl Future<Output = Option<usize>> + Send
    where
        Self: Sync;

    #[generator]
    fn first<'a>(&'a self, keys: &'a [&'a str]) -> impl Future<Output = Option<usize>> + Send
    where
        Self: Sync,
    {
        for key in keys {
            if let Some(found) = self.get(key).await {
                return Some(found);
            }
        }
        None
    }
}

struct Slow(Vec<String>);

impl Store for Slow {
    #[generator]
    fn get(&self, key: &str) -> impl Future<Output = Option<usize>> + Send {
        sleep(Duration::from_millis(1)).await;
        self.0.iter().position(|known| known == key)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn methods_of_traits() {
    let store = Slow(vec!["a".into(), "b".into()]);
    let found = tokio::spawn(async move { store.first(&["x", "b"]).await });
    assert_eq!(found.await.unwrap(), Some(1));
}

struct Counter {
    value: u32,
}

impl Counter {
    #[generator]
    async fn bump(&mut self, by: u32) -> u32 {
        for _ in 0..by {
            tokio::task::yield_now().await;
            self.value += 1;
        }
        self.value
    }
}

/// Boxed, so that it may await itself.
#[generator]
fn fibonacci(n: u64) -> std::pin::Pin<Box<dyn Future<Output = u64> + Send>> {
    if n < 2 {
        return n;
    }
    tokio::task::yield_now().await;
    fibonacci(n - 1).await + fibonacci(n - 2).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn borrowed_and_recursive() {
    let mut counter = Counter { value: 1 };
    assert_eq!(counter.bump(3).await, 4);
    assert_eq!(counter.bump(2).await + counter.value, 12);
    assert_eq!(tokio::spawn(fibonacci(12)).await.unwrap(), 144);
}

#[generator]
async fn answer(to: oneshot::Receiver<u32>) -> u32 {
    let (mut left, right) = tokio::join!(
        async { 1 },
        match std::future::ready(true).await {
            #[cfg(any())]
            _ => no_such_name.await,
            _ => async { to.await.unwrap_or(0) },
        }
    );
    left += right;
    left
}

#[tokio::test]
async fn join_inside_of_a_body() {
    let (sender, receiver) = oneshot::channel();
    sender.send(41).unwrap();
    assert_eq!(answer(receiver).await, 42);
}

/// Branches of `select!` that await, return, break, and bind.
#[generator]
async fn merge(
    mut numbers: mpsc::Receiver<u32>,
    mut words: mpsc::Receiver<String>,
    sink: mpsc::Sender<String>,
) -> Result<usize, String> {
    let mut seen = 0;
    let mut open = true;
    loop {
        tokio::select! {
            biased;
            Some(number) = numbers.recv() => {
                #[cfg(any())]
                no_such_name.await;
                seen += 1;
                sink.send(number.to_string()).await.map_err(|_| "closed".to_owned())?;
            }
            word = words.recv(), if open => match word {
                #[cfg(any())]
                Some(word) => no_such_name.await,
                Some(word) if word == "stop" => return Err(word),
                Some(mut word) => {
                    word.push('!');
                    sink.send(word).await.map_err(|_| "closed".to_owned())?;
                    seen += 1;
                    continue;
                }
                None => open = false,
            },
            else => break,
        }
    }
    Ok(seen)
}

#[tokio::test]
async fn select_inside_of_a_body() {
    for stop in [false, true] {
        let (number, numbers) = mpsc::channel(4);
        let (word, words) = mpsc::channel(4);
        let (sink, mut items) = mpsc::channel(16);
        let merging = tokio::spawn(merge(numbers, words, sink));
        for n in 0..3 {
            number.send(n).await.unwrap();
            word.send(format!("w{n}")).await.unwrap();
        }
        if stop {
            word.send("stop".to_owned()).await.unwrap();
        }
        drop((number, word));
        let mut received = vec![];
        while let Some(item) = items.recv().await {
            received.push(item);
        }
        received.sort();
        assert_eq!(received, ["0", "1", "2", "w0!", "w1!", "w2!"]);
        let merged = merging.await.unwrap();
        assert_eq!(merged, if stop { Err("stop".to_owned()) } else { Ok(6) });
    }
}

#[generator]
async fn all_or_nothing(fails: bool) -> Result<u32, &'static str> {
    let base = 10;
    let (a, b) = tokio::try_join!(
        async {
            sleep(Duration::from_millis(1)).await;
            if fails { Err("failed") } else { Ok(base) }
        },
        async { Ok(base + 1) },
    )?;
    Ok(a + b)
}

#[tokio::test]
async fn try_join_inside_of_a_body() {
    assert_eq!(all_or_nothing(false).await, Ok(21));
    assert_eq!(all_or_nothing(true).await, Err("failed"));
}
