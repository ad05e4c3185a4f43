//! `GET /eventrouter/v1/sse`: what happens to a subject, as server-sent events. The server waits between two pieces; nothing else of the
//! stream is its own.

use jiff::Timestamp;
use serde_json::json;

use super::authorize::is_org_id;
use super::refusal::{EXPIRED, Refusal};
use super::turn::Turn;
use super::{Messaging, STREAM};
use crate::http::{Reply, Request, Response, plain};
use crate::settings::Settings;

/// An open stream.
#[derive(Clone, Debug)]
pub struct Stream {
    subject: String,
    authorization: String,
    /// The newest event that it was sent.
    after: u64,
    /// When it was sent its last ping, in milliseconds since 1970.
    pinged: Option<i64>,
}

/// What is to be sent now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub bytes: Vec<u8>,
    /// The stream ends with it.
    pub ends: bool,
}

impl Stream {
    pub fn subject(&self) -> &str {
        &self.subject
    }
}

impl Messaging {
    /// Opens a stream; `Err` is the answer in its place.
    pub fn open_stream(&mut self, settings: &Settings, request: &Request, now: Timestamp) -> Result<Stream, Response> {
        self.turn(settings, now).open_stream(request)
    }

    /// What a stream is to be sent by now.
    pub fn read_stream(&mut self, settings: &Settings, stream: &mut Stream, now: Timestamp) -> Piece {
        self.turn(settings, now).read_stream(stream)
    }
}

impl Turn<'_> {
    /// The stream as far as it goes now, as if it ended there.
    pub fn whole_stream(&mut self, request: &Request) -> Response {
        match self.open_stream(request) {
            Ok(mut stream) => Response { body: self.read_stream(&mut stream).bytes, ..head() },
            Err(response) => response,
        }
    }

    fn open_stream(&mut self, request: &Request) -> Result<Stream, Response> {
        if request.method != "GET" {
            let message = format!("Method {} is not allowed; GET is.", request.method);
            return Err(Refusal::new(405, message).into());
        }
        let authorization = request.header("authorization");
        let token = self.state.tokens.of(authorization, self.now).map_err(|refusal| self.over(&refusal.message))?;
        let subject = token.subject.clone();
        let accept = request.header("accept").unwrap_or_default();
        if !accept.split(',').any(|kind| kind.trim().starts_with("text/event-stream")) {
            return Err(Refusal::bad("Accept must be text/event-stream.").into());
        }
        if !request.header("x-org-id").is_some_and(is_org_id) {
            return Err(Refusal::bad("X-Org-Id must be the id of the org.").into());
        }
        let newest = self.state.last_event;
        let after = match request.header("last-event-id").map(|id| id.trim().parse::<u64>()) {
            Some(Err(_)) => return Err(Refusal::bad("Last-Event-Id must be the id of an event.").into()),
            None if self.switches.stream_needs_last_event_id => {
                return Err(Refusal::bad("Last-Event-Id must be specified.").into());
            }
            Some(Ok(id)) if self.switches.stream_resumes => id,
            _ => newest,
        };
        let authorization = authorization.unwrap_or_default().to_owned();
        Ok(Stream { subject, authorization, after, pinged: None })
    }

    fn over(&self, message: &str) -> Response {
        match message {
            EXPIRED if !self.switches.expiry_as_json => {
                let headers = vec![("Content-Type".into(), "text/plain".into())];
                Response { status: 401, headers, body: EXPIRED.into() }
            }
            _ => plain(Reply::new(401, unauthorized())),
        }
    }

    fn read_stream(&mut self, stream: &mut Stream) -> Piece {
        let mut text = String::new();
        if self.state.tokens.of(Some(&stream.authorization), self.now).is_err() {
            text = if self.switches.expiry_as_json { unauthorized().to_string() } else { EXPIRED.to_owned() };
            return Piece { bytes: text.into_bytes(), ends: true };
        }
        let every = i64::try_from(self.switches.ping_every.as_millis()).unwrap_or(i64::MAX);
        if stream.pinged.is_none_or(|pinged| self.now.saturating_sub(pinged) >= every) {
            stream.pinged = Some(self.now);
            text.push_str("event: ping\ndata: 0\n\n");
        }
        let events = self.state.events.get(&stream.subject).map_or(&[][..], Vec::as_slice);
        let first = events.partition_point(|event| event.id <= stream.after);
        for event in events.get(first..).unwrap_or_default() {
            let event_text = event.text();
            if self.state.cuts.remove(&stream.subject) {
                // Within the line of its data: a client that takes it for whole has half of a JSON.
                text.extend(event_text.chars().take(event_text.chars().count() / 2));
                return Piece { bytes: text.into_bytes(), ends: true };
            }
            stream.after = event.id;
            text.push_str(&event_text);
        }
        Piece { bytes: text.into_bytes(), ends: false }
    }
}

/// The head of a stream.
pub fn head() -> Response {
    let headers = [("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache")]
        .map(|(name, value)| (name.into(), value.into()));
    Response { status: 200, headers: headers.into(), body: Vec::new() }
}

fn unauthorized() -> serde_json::Value {
    json!({ "status": 401, "error": "Unauthorized", "path": STREAM })
}
