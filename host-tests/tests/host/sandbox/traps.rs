//! A call that traps, or computes for too long, is an error of that call, and of no other.

use std::sync::Arc;
use std::time::Duration;

use host_tests::COMPONENT;
use host_tests::host::{Egress, Host, MAX_MEMORY, MAX_TIME};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use wasmtime::{Config, Engine};
use wasmtime_wasi_http::Error;

use crate::border::{Border, Crossing};
use crate::org::{by_email, host, session, visitor};

/// A run that is right, on this host.
async fn runs(host: &Host) {
    let border = Border::new(|request: Crossing| {
        let body: Value = serde_json::from_slice(&request.body).expect("JSON");
        let part = &body["compositeRequest"][0];
        let (status, body) = match part["method"] == "GET" {
            true => (200, json!({ "totalSize": 0, "done": true, "records": [] })),
            false => (201, json!({ "id": "003000000000001AAA", "success": true, "errors": [] })),
        };
        let answer =
            json!({ "body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": part["referenceId"] });
        Ok((200, json!({ "compositeResponse": [answer] }).to_string().into_bytes()))
    });
    let ran = host.run(border, &session("token"), &by_email().to_string(), &visitor().to_string()).await;
    let outcome = ran.expect("no trap").expect("good input");
    assert_eq!(outcome.records[0].id.as_deref(), Some("003000000000001AAA"), "{outcome:?}");
}

/// Settings that fit a text, and whose findings need more memory than the text.
fn of_size(bytes: usize) -> String {
    json!({ "mode": "x".repeat(bytes) }).to_string()
}

#[tokio::test]
async fn a_call_beyond_the_memory_traps_and_the_next_is_right() {
    // The component itself needs 1.1 MiB before it does anything.
    let small = Host::new(COMPONENT).expect("the component loads").with_limits(2 << 20, MAX_TIME);
    for _ in 0..3 {
        let trapped = small.check(&of_size(1 << 20)).await.expect_err("more than there is");
        assert_eq!(trapped.to_string(), "the module trapped");
        runs(&small).await;
    }
}

#[tokio::test]
async fn what_is_larger_than_all_memory_is_an_error_of_the_call_and_the_next_is_right() {
    for argument in [MAX_MEMORY - (1 << 20), MAX_MEMORY, 2 * MAX_MEMORY] {
        assert!(host().check(&" ".repeat(argument)).await.is_err(), "{argument} bytes");
        runs(host()).await;
    }
}

/// An engine that reserves nothing and limits nothing.
fn unlimited() -> Host {
    let mut config = Config::new();
    config.epoch_interruption(true).concurrency_support(false);
    let engine = Engine::new(&config).expect("a configuration");
    Host::in_engine(engine, COMPONENT).expect("the component loads").without_memory_limit()
}

#[tokio::test]
async fn a_host_without_limits_has_those_of_the_component() {
    let host = unlimited();
    for argument in [MAX_MEMORY - (1 << 20), MAX_MEMORY, 4 * MAX_MEMORY] {
        let trapped = host.check(&" ".repeat(argument)).await.expect_err("more than there is");
        assert_eq!(trapped.to_string(), "the module trapped", "{argument} bytes");
        runs(&host).await;
    }
    assert!(host.check(&" ".repeat(MAX_MEMORY / 2)).await.is_ok());
}

#[tokio::test]
async fn a_border_that_fails_in_every_way_ends_in_an_outcome() {
    let errors = || {
        [
            Error::HttpRequestDenied,
            Error::ConnectionRefused,
            Error::ConnectionTerminated,
            Error::TlsCertificateError,
            Error::HttpResponseIncomplete,
            Error::HttpResponseTimeout,
            Error::HttpRequestUriInvalid,
        ]
    };
    for index in 0..errors().len() {
        let border = Border::new(move |_: Crossing| Err(errors().into_iter().nth(index).expect("an error")));
        let ran = host().run(border, &session("token"), &by_email().to_string(), &visitor().to_string()).await;
        let outcome = ran.expect("no trap").expect("good input");
        assert!(outcome.records[0].error.is_some() && outcome.records[0].id.is_none(), "{outcome:?}");
    }
    runs(host()).await;
}

/// A border with a bug takes its own call with it, and only that.
#[tokio::test]
async fn a_border_that_panics_harms_no_other_call() {
    let broken = tokio::spawn(async {
        let border = Border::new(|_: Crossing| panic!("a bug of the engine's"));
        let _ = host().run(border, &session("token"), &by_email().to_string(), &visitor().to_string()).await;
    });
    assert!(broken.await.is_err_and(|error| error.is_panic()));
    runs(host()).await;
}

/// The longest that a document can keep the module computing: every row is a record of its own with a mistake in it.
fn laborious() -> String {
    let row =
        |index: usize| json!({ "source": { "variable": "v" }, "object": format!("O{index}__c"), "field": "Name" });
    let mappings: Vec<Value> = (0..1000).map(row).collect();
    let picklist: Vec<Value> = (0..15_000).map(|index| json!({ "value": format!("value {index}") })).collect();
    let facts = json!({ "type": "picklist", "restricted": true, "values": picklist });
    let schema = json!({ "objects": { "O1__c": { "fields": { "Name": facts } } } });
    json!({ "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com", "mappings": mappings, "schema": schema })
        .to_string()
}

#[tokio::test]
async fn a_computing_guest_is_ended_by_the_hosts_limit_of_time_and_the_next_call_is_right() {
    let laborious = laborious();
    assert!(host().check(&laborious).await.is_ok(), "it ends by itself, given time");
    // Ended where it first lets others run.
    let hasty = Host::new(COMPONENT).expect("the component loads").with_limits(MAX_MEMORY, Duration::ZERO);
    // On a fast machine one may be done before an epoch ends; not all of them are.
    let mut ended = None;
    for _ in 0..200 {
        ended = ended.or(hasty.check(&laborious).await.err());
    }
    assert_eq!(ended.expect("it computes").to_string(), "the module took too long");
    // Short calls are done before they let others run, unless an epoch ends just then.
    let mut answered = false;
    for _ in 0..100 {
        answered |= hasty.manifest().await.is_ok();
    }
    assert!(answered, "no call is right any more");
}

/// On one thread: a guest that did not let others run would be done first.
#[tokio::test(flavor = "current_thread")]
async fn others_go_on_while_a_guest_computes() {
    let (done, mut order) = mpsc::unbounded_channel();
    let laborious = Arc::new(laborious());
    let (text, tell) = (Arc::clone(&laborious), done.clone());
    let long = tokio::spawn(async move {
        for _ in 0..20 {
            host().check(&text).await.expect("no trap");
        }
        tell.send("long").expect("a listener");
    });
    let short = tokio::spawn(async move {
        runs(host()).await;
        host().instantiate(Egress::Nowhere).await.expect("an instance");
        done.send("short").expect("a listener");
    });
    long.await.expect("no panic");
    short.await.expect("no panic");
    assert_eq!((order.recv().await, order.recv().await), (Some("short"), Some("long")));
}
