//! An HTTP/1.1 server that answers from a script, and misbehaves where the script says so.
//!
//! It stands on bare sockets, because a proper HTTP library would refuse most of what is tested with it, and on
//! threads, so that tests with and without an async runtime use the same one.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};

/// First byte of a TLS handshake.
const TLS_HANDSHAKE: u8 = 0x16;
/// What is written at a time of a body that does not end.
const ENDLESS_CHUNK: [u8; 16 << 10] = [b' '; 16 << 10];
/// Pace of a body that arrives byte by byte: far below any time-out between two bytes.
const DRIBBLE_PAUSE: Duration = Duration::from_millis(250);

/// What the server does with one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// An answer as it should be. The connection stays open.
    Answer { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    /// The same in chunks of a few bytes.
    Chunked { status: u16, body: Vec<u8> },
    /// These bytes, then the end of the connection.
    Raw(Vec<u8>),
    /// The end of the connection.
    Close,
    /// A head and a body until the peer goes.
    Endless,
    /// A head and the first byte of a body, then nothing until the peer goes.
    Silence,
    /// Server-sent events, then nothing until the peer goes.
    Stream(Vec<u8>),
    /// A head and a body of which a byte comes every now and then, until the peer goes.
    Dribble,
    /// This, before the request's body is read.
    Early(Box<Reply>),
    /// This, and the connection ends, although its head does not say so.
    ThenClose(Box<Reply>),
    /// This, but from before it on nobody listens any more.
    ThenGone(Box<Reply>),
}

/// One request as it arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Number of the connection, from 1.
    pub connection: usize,
}

/// A running server. It ends with the value.
pub struct Script {
    shared: Arc<Shared>,
}

struct Shared {
    port: u16,
    replies: Mutex<VecDeque<Reply>>,
    repeats: bool,
    requests: Mutex<Vec<Recorded>>,
    recorded: Condvar,
    connections: AtomicUsize,
    stopping: AtomicBool,
    listening: Mutex<Option<JoinHandle<()>>>,
}

/// The answers of a composite request, by reference id.
pub fn composite(answers: &[(&str, u16, Value)]) -> Value {
    let answers = answers.iter().map(|(reference, status, body)| {
        json!({ "body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": reference })
    });
    json!({ "compositeResponse": answers.collect::<Vec<_>>() })
}

/// The body of a query's answer.
pub fn rows(records: &[Value]) -> Value {
    json!({ "totalSize": records.len(), "done": true, "records": records })
}

/// The body of a create's answer.
pub fn created(id: &str) -> Value {
    json!({ "id": id, "success": true, "errors": [] })
}

/// The body of an error. Salesforce's messages can repeat what was sent, so this one may say anything.
pub fn refusal(code: &str, message: &str) -> Value {
    json!([{ "errorCode": code, "message": message }])
}

impl Reply {
    pub fn json(status: u16, body: &Value) -> Self {
        Self::Answer {
            status,
            headers: vec![("Content-Type".into(), "application/json;charset=UTF-8".into())],
            body: body.to_string().into_bytes(),
        }
    }

    pub fn html(status: u16) -> Self {
        Self::Answer {
            status,
            headers: vec![("Content-Type".into(), "text/html".into())],
            body: b"<!doctype html><title>Log in</title><p>Please log in.</p>".to_vec(),
        }
    }

    pub fn text(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::Answer { status, headers: Vec::new(), body: body.into() }
    }

    pub fn redirect(status: u16, location: &str) -> Self {
        Self::text(status, "").header("Location", location)
    }

    /// A good answer that ends before its `content-length`.
    pub fn cut(body: &Value) -> Self {
        let body = body.to_string();
        let half = body.get(..body.len() / 2).unwrap_or_default();
        Self::Raw(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{half}", body.len()).into_bytes())
    }

    /// Adds a header to an answer.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name.into(), value.into()));
        }
        self
    }
}

impl Recorded {
    /// The values of a header, in order.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let values = self.headers.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| value.as_str()).collect()
    }

    /// Whether it only asks.
    pub fn is_lookup(&self) -> bool {
        let json = self.json();
        let subrequests = json["compositeRequest"].as_array().cloned().unwrap_or_default();
        !subrequests.is_empty() && subrequests.iter().all(|subrequest| subrequest["method"] == "GET")
    }

    /// The body as JSON; null if it is something else.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Script {
    /// Listens on a free port and gives the replies in this order, one for each request on whatever connection. A
    /// request after the last one is recorded too, and answered 599.
    pub fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::listening(replies, false)
    }

    /// The same, but the last reply is given again and again: trouble that does not pass.
    pub fn repeating(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::listening(replies, true)
    }

    fn listening(replies: impl IntoIterator<Item = Reply>, repeats: bool) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let shared = Arc::new(Shared {
            port: listener.local_addr().expect("a bound socket").port(),
            replies: Mutex::new(replies.into_iter().collect()),
            repeats,
            requests: Mutex::default(),
            recorded: Condvar::new(),
            connections: AtomicUsize::new(0),
            stopping: AtomicBool::new(false),
            listening: Mutex::default(),
        });
        let listening = thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.listen(&listener)
        });
        *lock(&shared.listening) = Some(listening);
        Self { shared }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.shared.port)
    }

    pub fn port(&self) -> u16 {
        self.shared.port
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.requests).clone()
    }

    /// Connections so far, those without a request included.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Blocks until that many requests have arrived.
    pub fn wait_for_requests(&self, count: usize) {
        let requests = lock(&self.shared.requests);
        let wait = self.shared.recorded.wait_while(requests, |requests| requests.len() < count);
        drop(wait.expect("no panic while recording"));
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.shared.stop_listening();
    }
}

impl Shared {
    fn listen(self: &Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming() {
            if self.stopping.load(Ordering::SeqCst) {
                return;
            }
            let Ok(stream) = stream else { continue };
            let connection = self.connections.fetch_add(1, Ordering::SeqCst) + 1;
            let shared = Arc::clone(self);
            // A peer that goes away is no failure of the test.
            thread::spawn(move || drop(shared.serve(stream, connection)));
        }
    }

    /// Returns when the port is closed.
    fn stop_listening(&self) {
        let Some(listening) = lock(&self.listening).take() else {
            return;
        };
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the listener up; without it the thread would wait for a connection for ever.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        listening.join().expect("no panic while listening");
    }

    fn serve(&self, stream: TcpStream, connection: usize) -> std::io::Result<()> {
        let mut writer = stream.try_clone()?;
        let mut reader = BufReader::new(stream);
        // As a plain HTTP server does when it is spoken to in TLS.
        if reader.fill_buf()?.first() == Some(&TLS_HANDSHAKE) {
            return writer.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
        while let Some(mut request) = read_head(&mut reader, connection)? {
            let mut reply = self.next_reply();
            if let Reply::Early(early) = reply {
                self.record(request.clone());
                self.reply(&mut writer, *early)?;
                // Closing while the peer still writes would take the answer from it.
                read_body(&mut reader, &request)?;
                continue;
            }
            request.body = read_body(&mut reader, &request)?;
            self.record(request);
            if let Reply::ThenGone(last) = reply {
                self.stop_listening();
                reply = Reply::ThenClose(last);
            }
            if !self.reply(&mut writer, reply)? {
                return Ok(());
            }
        }
        Ok(())
    }

    fn next_reply(&self) -> Reply {
        let mut replies = lock(&self.replies);
        match replies.front() {
            Some(last) if self.repeats && replies.len() == 1 => last.clone(),
            _ => replies.pop_front().unwrap_or_else(|| Reply::text(599, "")),
        }
    }

    fn record(&self, request: Recorded) {
        lock(&self.requests).push(request);
        self.recorded.notify_all();
    }

    /// Whether the connection goes on.
    fn reply(&self, writer: &mut TcpStream, reply: Reply) -> std::io::Result<bool> {
        match reply {
            Reply::Answer { status, headers, body } => {
                let mut head = format!("HTTP/1.1 {status} Scripted\r\nContent-Length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                writer.write_all(&[head.as_bytes(), b"\r\n", &body].concat())?;
            }
            Reply::Chunked { status, body } => {
                write!(writer, "HTTP/1.1 {status} Scripted\r\nTransfer-Encoding: chunked\r\n\r\n")?;
                for chunk in body.chunks(7) {
                    let chunk = [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat();
                    writer.write_all(&chunk)?;
                }
                writer.write_all(b"0\r\n\r\n")?;
            }
            Reply::Raw(bytes) => {
                writer.write_all(&bytes)?;
                return Ok(false);
            }
            Reply::Close => return Ok(false),
            Reply::Endless => {
                writer.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
                loop {
                    writer.write_all(&ENDLESS_CHUNK)?;
                }
            }
            Reply::Silence => {
                writer.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")?;
                // Ends with the peer, which sends nothing more.
                let _ = writer.read(&mut [0])?;
                return Ok(false);
            }
            Reply::Stream(events) => {
                writer.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")?;
                writer.write_all(&events)?;
                let _ = writer.read(&mut [0])?;
                return Ok(false);
            }
            Reply::Dribble => {
                writer.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
                loop {
                    writer.write_all(b" ")?;
                    thread::sleep(DRIBBLE_PAUSE);
                }
            }
            Reply::ThenClose(last) | Reply::ThenGone(last) => {
                self.reply(writer, *last)?;
                return Ok(false);
            }
            Reply::Early(reply) => return self.reply(writer, *reply),
        }
        Ok(true)
    }
}

/// A request without its body; none if the peer sends no more.
fn read_head(reader: &mut impl BufRead, connection: usize) -> std::io::Result<Option<Recorded>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(ToOwned::to_owned);
    let mut request = Recorded {
        method: words.next().unwrap_or_default(),
        path: words.next().unwrap_or_default(),
        connection,
        ..Recorded::default()
    };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => request.headers.push((name.to_lowercase(), value.trim().to_owned())),
            None => return Ok(Some(request)),
        }
    }
}

fn read_body(reader: &mut impl BufRead, request: &Recorded) -> std::io::Result<Vec<u8>> {
    let length = request.header("content-length").first().and_then(|length| length.parse().ok());
    if let Some(length) = length {
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        return Ok(body);
    }
    let mut body = Vec::new();
    if request.header("transfer-encoding") == ["chunked"] {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size)?;
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk)?;
            chunk.truncate(size);
            if chunk.is_empty() {
                break;
            }
            body.append(&mut chunk);
        }
    }
    Ok(body)
}

/// A test that failed while it held the lock fails by itself; the server need not.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
