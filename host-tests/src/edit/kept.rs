//! Keeps what the org says of its objects and fields for some minutes: each letter of a search is a call of the component, and the org
//! is asked once.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use serde_json::Value;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::host::{Egress, Sent};
use crate::web::lock;

/// An administrator's new field is there after this time.
const MAX_AGE: Duration = Duration::from_secs(300);
/// Most answers, and most bytes of one: a list of 1,500 objects has about 2 MB.
const MAX_ANSWERS: usize = 30;
const MAX_BYTES: usize = 16 << 20;
/// Most bytes that are read of an answer whose length is not announced: as many as the component reads.
const MAX_READ: usize = 64 << 20;

/// Most searches whose lists are kept: who takes letters back has been there before.
const MAX_LISTS: usize = 200;

/// See above. Of one org and user: an answer is found by its request, without the token.
#[derive(Default)]
pub(super) struct Kept {
    answers: Mutex<Vec<Known>>,
    lists: Mutex<Vec<List>>,
}

/// What the component made of the org's answer for one search.
struct List {
    asked: String,
    since: Instant,
    answer: Value,
}

#[derive(Clone)]
struct Known {
    asked: Asked,
    since: Instant,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone, PartialEq, Eq)]
struct Asked {
    uri: String,
    body: Bytes,
}

impl Kept {
    /// A call that can use what is kept.
    pub fn call(&self) -> Call {
        let mut all = lock(&self.answers);
        all.retain(|known| known.since.elapsed() < MAX_AGE);
        Call { known: all.clone(), new: Arc::default() }
    }

    /// What the org answered to a call that went well. An error can be over a second later.
    pub fn keep(&self, call: &Call) {
        let mut all = lock(&self.answers);
        for new in lock(&call.new).drain(..) {
            all.retain(|known| known.asked != new.asked);
            // The oldest goes first.
            if all.len() >= MAX_ANSWERS {
                all.remove(0);
            }
            all.push(new);
        }
    }

    /// As after a new log-in, which can be another user's.
    pub fn forget(&self) {
        lock(&self.answers).clear();
        lock(&self.lists).clear();
    }

    /// The list that the same question got.
    pub fn list(&self, asked: &str) -> Option<Value> {
        let mut lists = lock(&self.lists);
        lists.retain(|list| list.since.elapsed() < MAX_AGE);
        lists.iter().find(|list| list.asked == asked).map(|list| list.answer.clone())
    }

    pub fn keep_list(&self, asked: String, answer: &Value) {
        let mut lists = lock(&self.lists);
        lists.retain(|list| list.asked != asked);
        if lists.len() >= MAX_LISTS {
            lists.remove(0);
        }
        lists.push(List { asked, since: Instant::now(), answer: answer.clone() });
    }
}

/// See [`Kept::call`].
pub(super) struct Call {
    known: Vec<Known>,
    new: Arc<Mutex<Vec<Known>>>,
}

impl Call {
    pub fn over(&self, egress: Egress) -> Keeper {
        Keeper { egress, known: self.known.clone(), new: Arc::clone(&self.new) }
    }
}

/// An egress that answers from memory where it can.
pub(super) struct Keeper {
    egress: Egress,
    known: Vec<Known>,
    new: Arc<Mutex<Vec<Known>>>,
}

impl WasiHttpHooks for Keeper {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        io: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let (mut egress, known, new) = (self.egress.clone(), self.known.clone(), Arc::clone(&self.new));
        Box::new(async move {
            let (head, body) = request.into_parts();
            let asked = Asked { uri: head.uri.to_string(), body: body.collect().await?.to_bytes() };
            if let Some(known) = known.iter().find(|known| known.asked == asked) {
                return Ok((known.answer(), done()));
            }
            let request = Request::from_parts(head, full(asked.body.clone()));
            let (response, io) = Box::into_pin(egress.send_request(request, options, io)).await?;
            let (head, body) = response.into_parts();
            let is_kept =
                head.status == StatusCode::OK && announced(&head.headers).is_none_or(|length| length <= MAX_BYTES);
            if !is_kept {
                return Ok((Response::from_parts(head, body), io));
            }
            let body = Limited::new(body, MAX_READ).collect().await.map_err(|_| Error::HttpResponseIncomplete)?;
            let known = Known { asked, since: Instant::now(), headers: head.headers, body: body.to_bytes() };
            let answer = known.answer();
            if known.body.len() <= MAX_BYTES {
                lock(&new).push(known);
            }
            Ok((answer, io))
        })
    }
}

impl Known {
    fn answer(&self) -> Response<WasiBody> {
        let mut response = Response::new(full(self.body.clone()));
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

fn full(body: Bytes) -> WasiBody {
    Full::new(body).map_err(|never| match never {}).boxed_unsync()
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn done() -> Box<dyn Future<Output = Result<(), Error>> + Send> {
    Box::new(async { Ok(()) })
}
