//! The asynchronous examples, run as programs.

mod program;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::LazyLock,
    thread,
    time::Duration,
};

static ECHO: LazyLock<PathBuf> = LazyLock::new(|| program::built("echo"));
static PIPELINE: LazyLock<PathBuf> = LazyLock::new(|| program::built("pipeline"));

fn echo() -> Command {
    Command::new(&*ECHO)
}

fn pipeline() -> Command {
    Command::new(&*PIPELINE)
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

#[test]
fn echoes() {
    let mut server = echo()
        .args(["serve", "127.0.0.1:0", "3"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    let mut stdout = BufReader::new(server.stdout.take().expect("piped"));
    stdout.read_line(&mut line).expect("it says where");
    let address = line
        .trim()
        .rsplit(' ')
        .next()
        .expect("an address")
        .to_owned();

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
    let output = send(&address, &[7; 4_000_000]);
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
