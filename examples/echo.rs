//! An echo server and its client, on tokio.
//!
//! ```sh
//! cargo run --example echo -- serve 127.0.0.1:7000
//! echo hello | cargo run --example echo -- send 127.0.0.1:7000
//! ```
//!
//! `serve ADDRESS [CONNECTIONS]` serves until it is stopped, or until so many connections are done. `send ADDRESS` sends
//! what it reads from standard input, and prints what comes back.

use std::{
    env, error::Error, future::Future, io, net::SocketAddr, process::ExitCode, time::Duration,
};

use handcrank::generator;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::timeout,
};

/// A peer that says nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match *arguments {
        ["serve", address] => serve(address, usize::MAX).await,
        ["serve", address, connections] => match connections.parse() {
            Ok(connections) => serve(address, connections).await,
            Err(error) => Err(format!("`{connections}` connections: {error}").into()),
        },
        ["send", address] => send(address, tokio::io::stdin(), tokio::io::stdout()).await,
        _ => Err("usage: echo serve ADDRESS [CONNECTIONS] | echo send ADDRESS".into()),
    };
    match done {
        Ok(bytes) => {
            eprintln!("{bytes} bytes");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<u64, Box<dyn Error + Send + Sync>>;

/// Serves connections, each by a task of its own. What goes wrong with one is told, and does not end the others.
#[generator]
async fn serve(address: &str, connections: usize) -> Outcome {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| format!("cannot listen on `{address}`: {error}"))?;
    println!("listening on {}", listener.local_addr()?);
    let mut tasks = JoinSet::new();
    let (mut accepted, mut total) = (0, 0);
    while accepted < connections || !tasks.is_empty() {
        tokio::select! {
            connection = listener.accept(), if accepted < connections => {
                let (socket, peer) = connection?;
                accepted += 1;
                tasks.spawn(echo(socket, peer));
            }
            Some(echoed) = tasks.join_next() => match echoed? {
                (_, Ok(bytes)) => total += bytes,
                (peer, Err(error)) => eprintln!("{peer}: {error}"),
            },
        }
    }
    Ok(total)
}

/// Sends back what comes, until the peer has no more to say.
#[generator]
async fn echo(mut socket: TcpStream, peer: SocketAddr) -> (SocketAddr, io::Result<u64>) {
    let mut buffer = [0; 4096];
    let mut total = 0;
    loop {
        let count = match patiently(socket.read(&mut buffer)).await {
            Ok(0) => return (peer, Ok(total)),
            Ok(count) => count,
            Err(error) => return (peer, Err(error)),
        };
        if let Err(error) = patiently(socket.write_all(&buffer[..count])).await {
            return (peer, Err(error));
        }
        total += count as u64;
    }
}

/// Sends all of `input`, and writes what comes back, at the same time: neither side waits for the other.
#[generator]
async fn send(
    address: &str,
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin,
) -> Outcome {
    let socket = patiently(TcpStream::connect(address))
        .await
        .map_err(|error| format!("cannot connect to `{address}`: {error}"))?;
    let (reader, writer) = socket.into_split();
    let (sent, received) = tokio::try_join!(copy(input, writer), copy(reader, output))
        .map_err(|error| format!("`{address}`: {error}"))?;
    if sent != received {
        return Err(format!("`{address}` sent {received} bytes back of {sent}").into());
    }
    Ok(received)
}

/// Copies to the end, and says the end to the writer.
#[generator]
async fn copy(
    mut reader: impl AsyncRead + Unpin,
    mut writer: impl AsyncWrite + Unpin,
) -> io::Result<u64> {
    let mut buffer = vec![0; 4096];
    let mut total = 0;
    loop {
        let count = patiently(reader.read(&mut buffer)).await?;
        if count == 0 {
            writer.shutdown().await?;
            return Ok(total);
        }
        patiently(writer.write_all(&buffer[..count])).await?;
        writer.flush().await?;
        total += count as u64;
    }
}

#[generator]
async fn patiently<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    match timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(_) => Err(io::Error::new(
            io::ErrorKind::TimedOut,
            "nothing happened for ten seconds",
        )),
    }
}
