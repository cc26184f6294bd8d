//! The asynchronous examples, run as programs.

mod program;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Output, Stdio},
    sync::LazyLock,
    thread,
    time::Duration,
};

static ECHO: LazyLock<PathBuf> = LazyLock::new(|| program::built("echo"));
static PIPELINE: LazyLock<PathBuf> = LazyLock::new(|| program::built("pipeline"));
static RUNTIME: LazyLock<PathBuf> = LazyLock::new(|| program::built("runtime"));

fn echo() -> Command {
    Command::new(&*ECHO)
}

fn pipeline() -> Command {
    Command::new(&*PIPELINE)
}

fn runtime() -> Command {
    Command::new(&*RUNTIME)
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn send(address: &str, message: &[u8]) -> Output {
    let mut client = echo()
        .args(["send", address])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = client.stdin.take().expect("piped");
    let message = message.to_vec();
    let writing = thread::spawn(move || stdin.write_all(&message));
    let output = client.wait_with_output().expect("it ends");
    // It need not read all of it, if it fails.
    let _ = writing.join();
    output
}

struct Server {
    process: Child,
    address: String,
    stdout: BufReader<ChildStdout>,
}

/// Serves so many connections, on a port that is free.
fn serve(mut program: Command, connections: usize) -> Server {
    let mut process = program
        .args(["serve", "127.0.0.1:0", &connections.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    let mut stdout = BufReader::new(process.stdout.take().expect("piped"));
    stdout.read_line(&mut line).expect("it says where");
    let address = line.trim().rsplit(' ').next().expect("an address");
    Server {
        process,
        address: address.to_owned(),
        stdout,
    }
}

#[test]
fn echoes() {
    let Server {
        process: server,
        address,
        ..
    } = serve(echo(), 3);
    let long: Vec<u8> = (0..1_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    for message in [&b"hello"[..], &long] {
        let output = send(&address, message);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(output.stdout == message, "not what was sent");
    }
    // A connection that ends in the middle.
    let mut socket = TcpStream::connect(&address).expect("the server listens");
    socket.write_all(b"half").expect("the server reads");
    let mut answer = [0; 4];
    socket.read_exact(&mut answer).expect("the server answers");
    drop(socket);
    let output = server.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stderr(&output).ends_with("1000009 bytes\n"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn says_what_is_wrong_with_a_connection() {
    // The port is in use.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("bound").to_string();
    let output = echo().args(["serve", &address]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).starts_with(&format!("error: cannot listen on `{address}`: ")),
        "{}",
        stderr(&output)
    );
    // Closed in the middle, with bytes unread: a reset.
    let closing = thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a client connects");
        let mut bytes = [0; 10];
        socket.read_exact(&mut bytes).expect("it sends");
        thread::sleep(Duration::from_millis(100));
    });
    let output = send(&address, &vec![7; 4_000_000]);
    closing.join().expect("no panic");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).starts_with(&format!("error: `{address}`: ")),
        "{}",
        stderr(&output)
    );
    // Nobody is there.
    let output = send(&address, b"hello");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).starts_with(&format!("error: cannot connect to `{address}`: ")),
        "{}",
        stderr(&output)
    );
    let output = echo().arg("serve").output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
}

/// All of them are open at the same time, and not a byte is lost.
#[test]
fn echoes_to_a_thousand() {
    let mut server = serve(runtime(), 1000);
    let output = runtime()
        .args(["load", &server.address, "1000", "20001"])
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "1000 connections, 20001 bytes there and back over each\n"
    );
    let mut said = String::new();
    server.stdout.read_to_string(&mut said).expect("text");
    assert_eq!(
        said,
        "1000 connections, at most 1000 at once, 20001000 bytes\n"
    );
    let output = server.process.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}

/// What goes wrong with one connection is told, and does not end the others.
#[test]
fn serves_on_after_a_reset() {
    let mut server = serve(runtime(), 2);
    let mut socket = TcpStream::connect(&server.address).expect("the server listens");
    socket
        .write_all(&vec![7; 100_000])
        .expect("the server reads, or the system does");
    let mut some = [0; 10];
    socket.read_exact(&mut some).expect("the server answers");
    assert_eq!(some, [7; 10]);
    let peer = socket.local_addr().expect("connected").to_string();
    drop(socket); // with bytes unread
    let output = runtime()
        .args(["load", &server.address, "1", "5"])
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", stderr(&output));
    let mut said = String::new();
    server.stdout.read_to_string(&mut said).expect("text");
    assert!(said.ends_with(" 5 bytes\n"), "{said}");
    let output = server.process.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.starts_with(&format!("{peer}: ")), "{said}");
    assert!(
        said.ends_with("\nerror: 1 of 2 connections failed\n"),
        "{said}"
    );
}

/// An echo that takes one connection, and answers with `answer` to the first ten bytes.
fn bad_echo(answer: &'static [u8]) -> (String, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("bound").to_string();
    let serving = thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a client connects");
        let mut bytes = [0; 10];
        socket.read_exact(&mut bytes).expect("it sends");
        socket.write_all(answer).expect("it reads");
    });
    (address, serving)
}

#[test]
fn says_what_is_wrong_with_the_load() {
    let fails = |arguments: &[&str]| {
        let output = runtime().args(arguments).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1));
        stderr(&output)
    };
    // The port is in use.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("bound").to_string();
    let said = fails(&["serve", &address]);
    assert!(
        said.starts_with(&format!("error: cannot listen on `{address}`: ")),
        "{said}"
    );
    // Nobody is there any more.
    drop(listener);
    let said = fails(&["load", &address, "1", "1"]);
    assert!(
        said.starts_with(&format!("error: cannot connect to `{address}`: ")),
        "{said}"
    );
    // Closed in the middle, with bytes unread: a reset.
    let (address, serving) = bad_echo(b"");
    let said = fails(&["load", &address, "1", "4000000"]);
    assert!(said.starts_with(&format!("error: `{address}`: ")), "{said}");
    serving.join().expect("no panic");
    // Closed too early, and something else.
    for (answer, problem) in [
        (&b""[..], "ended after 0 of 10 bytes"),
        (b"!!!!!", "sent something else back after 0 of 10 bytes"),
    ] {
        let (address, serving) = bad_echo(answer);
        assert_eq!(
            fails(&["load", &address, "1", "10"]),
            format!("error: `{address}`: connection 0 {problem}\n")
        );
        serving.join().expect("no panic");
    }
    assert_eq!(
        fails(&["load", &address, "many", "10"]),
        "error: `many`: invalid digit found in string\n"
    );
    assert!(fails(&["serve"]).starts_with("error: usage: "));
}

/// A file that is gone when the test is.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("handcrank-{}-{name}", std::process::id()));
        fs::write(&path, content).expect("it can be written");
        TemporaryFile(path)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn counts_words() {
    let text = "One two, two.\r\nthree Three THREE\n".repeat(20_000);
    let file = TemporaryFile::new("words", text.as_bytes());
    let output = pipeline().arg(&file.0).output().expect("it runs");
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "40000 lines, 120000 words\n   60000 three\n   40000 two\n   20000 one\n"
    );
}

#[test]
fn says_what_is_wrong_with_a_file() {
    let output = pipeline().arg("/no/such/file").output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).starts_with("error: `/no/such/file`: "),
        "{}",
        stderr(&output)
    );
    let file = TemporaryFile::new("bytes", b"good\n\xff\xfe\n");
    let output = pipeline().arg(&file.0).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("invalid utf-8"),
        "{}",
        stderr(&output)
    );
    let output = pipeline().output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
}
