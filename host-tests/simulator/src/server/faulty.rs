//! A connection of an org with faults: HTTP/1.1 on a bare socket, since a proper one would refuse most of what goes wrong here.
//!
//! It reads what every client of the simulator sends: a head, and a body of a known length.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Served;
use super::answer::{self, Answer};
use super::proper::MAX_UPLOAD;
use super::stream::next_piece;
use crate::fault::{Lost, What};
use crate::http::{Request, Response};
use crate::messaging::Stream;

/// Pace of an answer that comes a byte at a time: far below any time-out between two bytes.
const DRIBBLE_PAUSE: Duration = Duration::from_millis(200);
/// What is written at a time of a body that does not end.
const ENDLESS_CHUNK: [u8; 16 << 10] = [b' '; 16 << 10];
/// Longest head of a request.
const MAX_HEAD: usize = 64 << 10;
const MAX_HEADERS: usize = 64;

/// Serves a connection until one of the two ends it, or the faults are switched off and a connection as it should be can follow.
pub async fn connection(mut socket: TcpStream, served: &Served) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut stopping = served.stopping.subscribe();
    let mut buffer = Vec::new();
    loop {
        let request = tokio::select! {
            request = read(&mut socket, &mut buffer) => request?,
            _ = stopping.wait_for(|stopping| *stopping) => None,
        };
        let Some(request) = request else { return Ok(()) };
        if request.header("transfer-encoding").is_some() {
            let body = "With faults the simulator reads bodies of a known length only: send Content-Length.".into();
            let refusal = Response { status: 411, headers: Vec::new(), body };
            return socket.write_all(&bytes(&refusal, refusal.body.len())).await;
        }
        let (answer, fault) = answer::of(served, &request).await;
        let fault = fault.map(|fault| fault.what);
        let mut response = match answer {
            Answer::Response(response) => response,
            Answer::Stream(opened) => return events(&mut socket, served, opened, fault).await,
        };
        let wants_end = request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        let ends = wants_end || !*served.faulty.borrow();
        if ends {
            // Or the client sends its next request into a connection that is just being closed.
            response.headers.push(("Connection".into(), "close".into()));
        }
        match fault {
            None => socket.write_all(&bytes(&response, response.body.len())).await?,
            Some(what) => {
                if !misbehave(&mut socket, &response, what).await? {
                    return Ok(());
                }
            }
        }
        if ends {
            return Ok(());
        }
    }
}

/// A stream, and what the fault makes of it. It ends with the connection, as its length is not known.
async fn events(socket: &mut TcpStream, served: &Served, mut stream: Stream, fault: Option<What>) -> io::Result<()> {
    let head = b"HTTP/1.1 200 Simulated\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    match fault {
        Some(What::Close) => return Ok(()),
        Some(What::HeadCut) => return socket.write_all(part(head, head.len() / 2)).await,
        _ => socket.write_all(head).await?,
    }
    while let Some(piece) = next_piece(served, &mut stream).await {
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
            let body = request.header("content-length").map_or(Ok(0), str::parse::<usize>);
            let body = body
                .ok()
                .filter(|body| *body <= MAX_UPLOAD)
                .ok_or_else(|| invalid("a body of no length, or too long"))?;
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
