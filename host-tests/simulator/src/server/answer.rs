//! From a request to what is sent: the same for every kind of connection.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::Served;
use crate::fault::{Fault, What, messaging};
use crate::http::{Request, Response};
use crate::messaging::{self as host, Stream};
use crate::org::Org;

/// Path of what counts as a request of the API.
const API: &str = "/services/data/v";

/// What is sent.
pub enum Answer {
    Response(Response),
    /// The head of a stream, which goes on.
    Stream(Stream),
}

/// The answer, and the fault that it meets.
pub async fn of(served: &Served, request: &Request) -> (Answer, Option<Fault>) {
    let (answer, fault, saved, pause, news) = {
        let mut org = served.lock();
        let fault = match messaging::name_of(request) {
            Some(name) => org.next_named_fault(name),
            None if request.path.starts_with(API) => org.next_fault(request),
            None => None,
        };
        let began = Instant::now();
        let answer = carried_out(&mut org, request, fault);
        if request.path.starts_with("/services/") && fault.is_none_or(|fault| fault.processed) {
            org.note_duration(began.elapsed());
        }
        // Within the lock, so that the file has the order of the org.
        let saved = served.data.as_ref().map(|data| data.save(org.take_written()));
        let is_write = request.method != "GET" && request.path.starts_with("/services/data/");
        let pause = if is_write { org.settings.slow_commit } else { Duration::ZERO };
        served.is_faulty(&org);
        (answer, fault, saved, pause, org.take_news())
    };
    served.wakes.wake(&news);
    if let Some(ticket) = saved
        && let Err(cause) = ticket.saved().await
    {
        let body = format!("The simulator cannot write its data file: {cause}");
        return (Answer::Response(Response { status: 503, headers: Vec::new(), body: body.into() }), None);
    }
    if !pause.is_zero() {
        tokio::time::sleep(pause).await;
    }
    (answer, fault)
}

fn carried_out(org: &mut Org, request: &Request, fault: Option<Fault>) -> Answer {
    let now = Timestamp::now();
    let is_processed = fault.is_none_or(|fault| fault.processed);
    if request.path == host::STREAM && is_processed {
        return match org.open_stream(request, now) {
            Ok(stream) => Answer::Stream(stream),
            Err(refusal) => Answer::Response(refusal),
        };
    }
    if fault.is_some_and(Fault::is_late) {
        org.put_off(request.clone(), now);
    }
    let processed = is_processed.then(|| org.handle(request, now));
    if fault.is_some_and(|fault| fault.what == What::RevokedToken) {
        match messaging::name_of(request) {
            Some(_) => org.expire_messaging_tokens(),
            None => org.expire_sessions(),
        }
    }
    Answer::Response(match fault {
        None => processed.unwrap_or_default(),
        Some(fault) => fault.answer(request, processed),
    })
}
