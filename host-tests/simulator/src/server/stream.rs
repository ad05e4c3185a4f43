//! Streams of the messaging host: the wait between two pieces.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Bytes, Frame};
use jiff::Timestamp;
use tokio::sync::Notify;

use super::Served;
use super::proper::Body;
use crate::messaging::{Piece, Stream};

/// How long a stream waits at most before it looks again: for pings, scripts, tokens that expire, and what a test did to the org.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// Wakes the streams of a subject when something happened to it.
#[derive(Debug, Default)]
pub struct Wakes {
    subjects: Mutex<BTreeMap<String, Arc<Notify>>>,
    stopped: AtomicBool,
}

impl Wakes {
    fn of(&self, subject: &str) -> Arc<Notify> {
        let mut subjects = self.subjects.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(subjects.entry(subject.to_owned()).or_default())
    }

    pub fn wake<'a>(&self, subjects: impl IntoIterator<Item = &'a String>) {
        let known = self.subjects.lock().unwrap_or_else(PoisonError::into_inner);
        for subject in subjects {
            if let Some(notify) = known.get(subject) {
                notify.notify_waiters();
            }
        }
    }

    /// Ends all streams.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        let known = self.subjects.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().for_each(|notify| notify.notify_waiters());
    }
}

/// The next piece that has something to say; `None` at the end of the simulator.
pub async fn next_piece(served: &Served, stream: &mut Stream) -> Option<Piece> {
    let wakes = &served.wakes;
    let notify = wakes.of(stream.subject());
    loop {
        let woken = notify.notified();
        tokio::pin!(woken);
        // From here on nothing is missed.
        woken.as_mut().enable();
        if wakes.stopped.load(Ordering::Relaxed) {
            return None;
        }
        let (piece, news) = {
            let mut org = served.lock();
            let piece = org.read_stream(stream, Timestamp::now());
            (piece, org.take_news())
        };
        // What became due meanwhile can be of other subjects.
        wakes.wake(news.iter().filter(|subject| *subject != stream.subject()));
        if piece.ends || !piece.bytes.is_empty() {
            return Some(piece);
        }
        drop(tokio::time::timeout(LOOK_AGAIN, woken).await);
    }
}

/// A body that goes on as long as the stream does.
pub fn body(served: Arc<Served>, stream: Stream) -> Body {
    let pieces = futures_util::stream::unfold(Some(stream), move |stream| {
        let served = Arc::clone(&served);
        async move {
            let mut stream = stream?;
            let piece = next_piece(&served, &mut stream).await?;
            let next = (!piece.ends).then_some(stream);
            Some((Ok::<_, Infallible>(Frame::data(Bytes::from(piece.bytes))), next))
        }
    });
    StreamBody::new(pieces).boxed_unsync()
}
