//! More calls than the host has places for: each of them is carried out, and none is turned away.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use host_tests::COMPONENT;
use host_tests::host::{Host, MAX_CALLS, Sent};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::org::{map, results, session, settings};

const PLACES: usize = MAX_CALLS as usize;
const CROWD: usize = 1_000;

/// An org whose door is shut until it is opened.
#[derive(Clone)]
struct Door {
    inside: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    open: watch::Sender<bool>,
}

impl Door {
    fn new() -> Self {
        Self { inside: Arc::default(), most: Arc::default(), open: watch::Sender::new(false) }
    }

    /// One Case, created by one request.
    async fn create(&self, host: &Host) -> Value {
        let settings = settings([map("topic", "Case.Subject")], json!({})).to_string();
        let variables = json!({ "topic": "A wheel is missing" }).to_string();
        let ran = host.run(self.clone(), &session("token"), &settings, &variables).await;
        host_tests::json::outcome(&ran.expect("a place").expect("good input"))
    }

    /// As soon as so many requests stand before the door.
    async fn waits_for(&self, count: usize) {
        while self.inside.load(Ordering::SeqCst) < count {
            tokio::task::yield_now().await;
        }
    }

    async fn answer(self, request: Request<WasiBody>) -> Sent {
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(inside, Ordering::SeqCst);
        let opened = self.open.subscribe().wait_for(|open| *open).await.map(drop);
        opened.expect("the door is there");
        let body = request.into_body().collect().await?.to_bytes();
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        let part = &body["compositeRequest"][0];
        let created = json!({ "id": "500000000000001AAA", "success": true, "errors": [] });
        let answer =
            json!({ "body": created, "httpHeaders": {}, "httpStatusCode": 201, "referenceId": part["referenceId"] });
        let body = Full::new(Bytes::from(json!({ "compositeResponse": [answer] }).to_string()));
        let body = body.map_err(|never| match never {}).boxed_unsync();
        self.inside.fetch_sub(1, Ordering::SeqCst);
        let nothing_more: Box<dyn Future<Output = Result<(), Error>> + Send> = Box::new(async { Ok(()) });
        Ok((Response::new(body), nothing_more))
    }
}

impl WasiHttpHooks for Door {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        _: Option<RequestOptions>,
        _: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        Box::new(self.clone().answer(request))
    }
}

/// Its places are counted here, so it is shared with no other test.
fn host() -> Arc<Host> {
    Arc::new(Host::new(COMPONENT).expect("the component loads"))
}

fn crowd(door: &Door, host: &Arc<Host>, size: usize) -> JoinSet<Value> {
    let mut crowd = JoinSet::new();
    for _ in 0..size {
        let (door, host) = (door.clone(), Arc::clone(host));
        crowd.spawn(async move { door.create(&host).await });
    }
    crowd
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_conversations_at_once_are_all_carried_out() {
    let (door, host) = (Door::new(), host());
    let crowd = crowd(&door, &host, CROWD);
    // Every place is taken at the same time.
    door.waits_for(PLACES).await;
    door.open.send_replace(true);
    let outcomes = crowd.join_all().await;
    assert_eq!(outcomes.len(), CROWD);
    for outcome in outcomes {
        assert_eq!(results(&outcome), ["created"], "{outcome:#}");
    }
    assert_eq!(door.most.load(Ordering::SeqCst), PLACES);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_given_up_leaves_the_queue_or_the_place_to_others() {
    let (door, host) = (Door::new(), host());
    let mut running = crowd(&door, &host, PLACES);
    door.waits_for(PLACES).await;
    let mut waiting = crowd(&door, &host, 10);
    tokio::task::yield_now().await;
    waiting.shutdown().await;
    running.shutdown().await;
    let next = Door::new();
    next.open.send_replace(true);
    let outcomes = crowd(&next, &host, PLACES + 1).join_all().await;
    assert!(outcomes.iter().all(|outcome| outcome["status"] == "done"));
}
