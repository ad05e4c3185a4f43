//! An HTTP/1.1 server on bare sockets, since a proper one would refuse most of what goes wrong here.
//!
//! It reads what every client of the simulator sends: a head, and a body of a known length.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::stream::{Wakes, next_piece};
use super::{Shared, lock};
use crate::fault::{Fault, Lost, What, messaging};
use crate::http::{Request, Response};
use crate::messaging::{self as host, Stream};

/// Pace of an answer that comes a byte at a time: far below any time-out between two bytes.
const DRIBBLE_PAUSE: Duration = Duration::from_millis(200);
/// What is written at a time of a body that does not end.
const ENDLESS_CHUNK: [u8; 16 << 10] = [b' '; 16 << 10];
/// Longest head of a request.
const MAX_HEAD: usize = 64 << 10;
const MAX_HEADERS: usize = 64;
/// Path of what counts as a request of the API.
const API: &str = "/services/data/v";

/// Serves until the task is dropped, and its connections with it.
pub async fn serve(listener: TcpListener, org: Shared, wakes: Arc<Wakes>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (org, wakes) = (Arc::clone(&org), Arc::clone(&wakes));
        // A client that goes away is its own affair.
        connections.spawn(async move { drop(connection(stream, &org, &wakes).await) });
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(mut stream: TcpStream, org: &Shared, wakes: &Wakes) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer).await? {
        let (response, fault, opened) = answer(org, wakes, &request);
        if let Some(opened) = opened {
            return events(&mut stream, org, wakes, opened, fault.map(|fault| fault.what)).await;
        }
        match fault.map(|fault| fault.what) {
            None => stream.write_all(&bytes(&response, response.body.len())).await?,
            Some(what) => {
                if !misbehave(&mut stream, &response, what).await? {
                    return Ok(());
                }
            }
        }
        if request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")) {
            return Ok(());
        }
    }
    Ok(())
}

/// The answer, the fault that it met, and the stream that the request opened.
fn answer(org: &Shared, wakes: &Wakes, request: &Request) -> (Response, Option<Fault>, Option<Stream>) {
    let mut org = lock(org);
    let fault = match messaging::name_of(request) {
        Some(name) => org.next_named_fault(name),
        None if request.path.starts_with(API) => org.next_fault(request),
        None => None,
    };
    let is_processed = fault.is_none_or(|fault| fault.processed);
    if request.path == host::STREAM && is_processed {
        return match org.open_stream(request, Timestamp::now()) {
            Ok(stream) => (host::stream_head(), fault, Some(stream)),
            Err(refusal) => (refusal, None, None),
        };
    }
    if fault.is_some_and(Fault::is_late) {
        org.put_off(request.clone(), Timestamp::now());
    }
    let processed = is_processed.then(|| org.handle(request, Timestamp::now()));
    if fault.is_some_and(|fault| fault.what == What::RevokedToken) {
        match messaging::name_of(request) {
            Some(_) => org.expire_messaging_tokens(),
            None => org.expire_sessions(),
        }
    }
    let news = org.take_news();
    drop(org);
    wakes.wake(&news);
    match fault {
        None => (processed.unwrap_or_default(), None, None),
        Some(fault) => (fault.answer(request, processed), Some(fault), None),
    }
}

/// A stream, and what the fault makes of it. It ends with the connection, as its length is not known.
async fn events(
    socket: &mut TcpStream,
    org: &Shared,
    wakes: &Wakes,
    mut stream: Stream,
    fault: Option<What>,
) -> io::Result<()> {
    let head = b"HTTP/1.1 200 Simulated\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    match fault {
        Some(What::Close) => return Ok(()),
        Some(What::HeadCut) => return socket.write_all(part(head, head.len() / 2)).await,
        _ => socket.write_all(head).await?,
    }
    while let Some(piece) = next_piece(org, wakes, &mut stream).await {
        match fault {
            Some(What::Silence) => {
                let _ = socket.read(&mut [0]).await?;
                return Ok(());
            }
            // Within the second half of the last line.
            Some(What::BodyCut | What::LengthTooLong | What::LengthTooShort) => {
                return socket.write_all(part(&piece.bytes, piece.bytes.len().saturating_sub(9))).await;
            }
            Some(What::Dribble) => {
                for byte in piece.bytes.chunks(1) {
                    socket.write_all(byte).await?;
                    tokio::time::sleep(DRIBBLE_PAUSE).await;
                }
            }
            Some(What::Endless) => loop {
                socket.write_all(&ENDLESS_CHUNK).await?;
            },
            _ => socket.write_all(&piece.bytes).await?,
        }
        if piece.ends {
            break;
        }
    }
    Ok(())
}

/// Writes what the fault makes of an answer; false if the connection ends.
async fn misbehave(stream: &mut TcpStream, response: &Response, what: What) -> io::Result<bool> {
    let whole = bytes(response, response.body.len());
    let head = whole.len() - response.body.len();
    match what {
        What::Close | What::Later(Lost::Close) => {}
        What::HeadCut => stream.write_all(part(&whole, head / 2)).await?,
        What::BodyCut => stream.write_all(part(&whole, head + response.body.len() / 2)).await?,
        What::LengthTooLong => stream.write_all(&bytes(response, response.body.len() + 10)).await?,
        What::LengthTooShort => {
            let whole = bytes(response, response.body.len().saturating_sub(10));
            stream.write_all(&whole).await?;
        }
        What::Silence | What::Later(Lost::Silence) => {
            // What was not carried out has no answer, and so not even the head of one.
            if response.status != 0 {
                stream.write_all(part(&bytes(response, response.body.len().max(1)), head)).await?;
            }
            // Ends with the client, which sends nothing more.
            let _ = stream.read(&mut [0]).await?;
        }
        What::Dribble => {
            stream.write_all(part(&whole, head)).await?;
            for byte in response.body.chunks(1) {
                stream.write_all(byte).await?;
                tokio::time::sleep(DRIBBLE_PAUSE).await;
            }
        }
        What::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n").await?;
            loop {
                stream.write_all(&ENDLESS_CHUNK).await?;
            }
        }
        _ => {
            stream.write_all(&whole).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

fn part(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

fn bytes(response: &Response, length: usize) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} Simulated\r\nContent-Length: {length}\r\n", response.status);
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    [head.as_bytes(), b"\r\n", &response.body].concat()
}

/// The next request of a connection; none if the client sends no more.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    loop {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        if let Ok(httparse::Status::Complete(length)) = head.parse(buffer) {
            let mut request = request(&head).ok_or_else(|| invalid("a request without a method or a path"))?;
            let body = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            while buffer.len() < length + body {
                if stream.read_buf(buffer).await? == 0 {
                    return Ok(None);
                }
            }
            request.body = buffer.get(length..length + body).unwrap_or_default().to_vec();
            buffer.drain(..length + body);
            return Ok(Some(request));
        }
        if buffer.len() > MAX_HEAD {
            return Err(invalid("a head that is too long, or none"));
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

fn request(head: &httparse::Request) -> Option<Request> {
    let target = head.path?;
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query.to_owned())));
    let headers = head.headers.iter();
    Some(Request {
        method: head.method?.to_owned(),
        path: path.to_owned(),
        query,
        headers: headers
            .map(|header| (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).into_owned()))
            .collect(),
        body: Vec::new(),
    })
}
