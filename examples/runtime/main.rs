//! An asynchronous runtime, all of whose futures are generators, and an echo server on it.
//!
//! ```sh
//! cargo run --example runtime -- serve 127.0.0.1:7000
//! cargo run --example runtime -- load 127.0.0.1:7000 1000 10000
//! ```
//!
//! `serve ADDRESS [CONNECTIONS]` serves until it is stopped, or until so many connections are done. `load ADDRESS
//! CONNECTIONS BYTES` opens so many connections, sends so many bytes over all of them at once, and compares what comes
//! back.
//!
//! From the bottom up: a `Reactor` waits for sockets and times. Leaf futures (`ready`, `sleep`) are generators that are
//! given the context of each poll. A `Group` polls those of its futures that have been woken; `join`, `select` and the
//! `Runtime` itself are made of groups.

mod group;
mod reactor;
mod tasks;

use std::{
    env,
    error::Error,
    fmt::Display,
    future::Future,
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs},
    os::fd::AsFd,
    process::ExitCode,
    rc::Rc,
    str::FromStr,
    time::Duration,
};

use group::{Boxed, Group, join, next, select};
use handcrank::generator;
use reactor::{Direction, Reactor, Socket, ready, sleep, yield_now};
use tasks::Runtime;

/// A peer that says nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(10);

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match start(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &[String]) -> Fallible<()> {
    let runtime = Runtime::new()?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["serve", address] => runtime.run(serve(runtime.clone(), address.into(), usize::MAX))?,
        ["serve", address, connections] => {
            let connections = number(connections)?;
            runtime.run(serve(runtime.clone(), address.into(), connections))?
        }
        ["load", address, connections, bytes] => {
            let (connections, bytes) = (number(connections)?, number(bytes)?);
            runtime.run(load(runtime.clone(), address.into(), connections, bytes))?
        }
        _ => Err(
            "usage: runtime serve ADDRESS [CONNECTIONS] | runtime load ADDRESS CONNECTIONS BYTES"
                .into(),
        ),
    }
}

fn number<N: FromStr<Err: Display>>(text: &str) -> Result<N, String> {
    text.parse().map_err(|error| format!("`{text}`: {error}"))
}

/// Serves connections, each by a task of its own. What goes wrong with one does not end the others.
#[generator]
async fn serve(runtime: Rc<Runtime>, address: String, connections: usize) -> Fallible<()> {
    let listener = TcpListener::bind(&address)
        .map_err(|error| format!("cannot listen on `{address}`: {error}"))?;
    println!("listening on {}", listener.local_addr()?);
    listener.set_nonblocking(true)?;
    let listener = Socket::new(&runtime.reactor, listener)?;
    let tasks = Group::new();
    let (mut accepted, mut failed, mut now, mut most, mut bytes) = (0, 0, 0, 0, 0);
    loop {
        let mut events: Vec<Boxed<'_, Event>> = vec![];
        if accepted < connections {
            events.push(Box::pin(accept(&listener)));
        }
        if now > 0 {
            events.push(Box::pin(end(&tasks)));
        }
        match select(events).await {
            None => break,
            Some(Event::Accepted(connection)) => {
                let (socket, peer) =
                    connection.map_err(|error| format!("cannot accept: {error}"))?;
                socket.set_nonblocking(true)?;
                let socket = Socket::new(&runtime.reactor, socket)?;
                tasks.add(Box::pin(from(peer, runtime.spawn(echo(socket)))));
                (accepted, now) = (accepted + 1, now + 1);
                most = most.max(now);
            }
            Some(Event::Ended(peer, echoed)) => {
                now -= 1;
                match echoed {
                    Ok(count) => bytes += count,
                    Err(error) => {
                        failed += 1;
                        eprintln!("{peer}: {error}");
                    }
                }
            }
        }
    }
    println!("{accepted} connections, at most {most} at once, {bytes} bytes");
    if failed > 0 {
        return Err(format!("{failed} of {accepted} connections failed").into());
    }
    Ok(())
}

enum Event {
    Accepted(io::Result<(TcpStream, SocketAddr)>),
    Ended(SocketAddr, io::Result<usize>),
}

#[generator]
async fn accept(listener: &Socket<TcpListener>) -> Event {
    Event::Accepted(once_ready(listener, Direction::In, TcpListener::accept).await)
}

#[generator]
async fn end<F>(tasks: &Group<F>) -> Event
where
    F: Future<Output = (SocketAddr, io::Result<usize>)>,
{
    let (_, (peer, echoed)) = next(tasks).await.expect("a task");
    Event::Ended(peer, echoed)
}

#[generator]
async fn from<T>(peer: SocketAddr, task: impl Future<Output = T>) -> (SocketAddr, T) {
    (peer, task.await)
}

/// Sends back what comes, until the peer has no more to say.
#[generator]
async fn echo(socket: Socket<TcpStream>) -> io::Result<usize> {
    let mut buffer = vec![0; 4096];
    let mut total = 0;
    loop {
        let count = read(&socket, &mut buffer).await?;
        if count == 0 {
            return Ok(total);
        }
        write_all(&socket, &buffer[..count]).await?;
        total += count;
        yield_now().await;
    }
}

/// Sends over all connections at once, and compares what comes back.
#[generator]
async fn load(
    runtime: Rc<Runtime>,
    address: String,
    connections: usize,
    bytes: usize,
) -> Fallible<()> {
    let mut sockets = vec![];
    for _ in 0..connections {
        let socket = connect(&address)
            .and_then(|socket| Socket::new(&runtime.reactor, socket))
            .map_err(|error| format!("cannot connect to `{address}`: {error}"))?;
        sockets.push(socket);
    }
    let mut halves: Vec<Boxed<'_, io::Result<()>>> = vec![];
    for (number, socket) in sockets.iter().enumerate() {
        halves.push(Box::pin(send(socket, number, bytes)));
        halves.push(Box::pin(receive(socket, number, bytes)));
    }
    for done in join(halves).await {
        done.map_err(|error| format!("`{address}`: {error}"))?;
    }
    // All were open until now. Nothing more may come.
    for (number, socket) in sockets.iter().enumerate() {
        socket.inner.shutdown(Shutdown::Write)?;
        if read(socket, &mut [0]).await? != 0 {
            return Err(format!("`{address}`: connection {number} sent too much back").into());
        }
    }
    println!("{connections} connections, {bytes} bytes there and back over each");
    Ok(())
}

fn connect(address: &str) -> io::Result<TcpStream> {
    let mut result = Err(io::Error::other("no such address"));
    for address in address.to_socket_addrs()? {
        result = TcpStream::connect_timeout(&address, PATIENCE);
        if result.is_ok() {
            break;
        }
    }
    let socket = result?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// What is sent over a connection: another sequence over each.
fn content(connection: usize, range: std::ops::Range<usize>) -> Vec<u8> {
    let mixed = |at: usize| (at + connection).wrapping_mul(2_654_435_761) >> 16;
    range.map(|at| mixed(at).to_le_bytes()[0]).collect()
}

#[generator]
async fn send(socket: &Socket<TcpStream>, connection: usize, bytes: usize) -> io::Result<()> {
    for start in (0..bytes).step_by(4096) {
        let end = bytes.min(start + 4096);
        write_all(socket, &content(connection, start..end)).await?;
    }
    Ok(())
}

#[generator]
async fn receive(socket: &Socket<TcpStream>, connection: usize, bytes: usize) -> io::Result<()> {
    let mut buffer = vec![0; 4096];
    let mut total = 0;
    while total < bytes {
        let count = read(socket, &mut buffer).await?;
        let problem = if count == 0 {
            "ended"
        } else if buffer[..count] != content(connection, total..total + count) {
            "sent something else back"
        } else {
            total += count;
            continue;
        };
        let message = format!("connection {connection} {problem} after {total} of {bytes} bytes");
        return Err(io::Error::other(message));
    }
    Ok(())
}

#[generator]
async fn read(socket: &Socket<TcpStream>, buffer: &mut [u8]) -> io::Result<usize> {
    let read = once_ready(socket, Direction::In, |mut socket| socket.read(buffer));
    patiently(&socket.reactor, read).await
}

#[generator]
async fn write_all(socket: &Socket<TcpStream>, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let write = once_ready(socket, Direction::Out, |mut socket| socket.write(bytes));
        let count = patiently(&socket.reactor, write).await?;
        bytes = &bytes[count..];
    }
    Ok(())
}

/// Tries again whenever the socket is ready, for as long as it would block.
#[generator]
async fn once_ready<S: AsFd, T>(
    socket: &Socket<S>,
    direction: Direction,
    mut operation: impl FnMut(&S) -> io::Result<T>,
) -> io::Result<T> {
    loop {
        match operation(&socket.inner) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                ready(socket, direction).await;
            }
            done => return done,
        }
    }
}

#[generator]
async fn patiently<T>(
    reactor: &Reactor,
    work: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let first = select(vec![
        Box::pin(work) as Boxed<'_, _>,
        Box::pin(too_late(reactor)),
    ]);
    first.await.expect("one of two")
}

#[generator]
async fn too_late<T>(reactor: &Reactor) -> io::Result<T> {
    sleep(reactor, PATIENCE).await;
    Err(io::Error::new(
        io::ErrorKind::TimedOut,
        "nothing happened for ten seconds",
    ))
}
