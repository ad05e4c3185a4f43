//! What an org carries out when its client has given up.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::super::{Org, Request};

fn create(org: &Org) -> Request {
    Request {
        method: "POST".into(),
        path: "/services/data/v62.0/sobjects/Case".into(),
        query: None,
        headers: vec![
            ("authorization".into(), format!("Bearer {}", org.access_token())),
            ("content-type".into(), "application/json".into()),
        ],
        body: json!({ "Subject": "Late" }).to_string().into_bytes(),
    }
}

fn ask(org: &Org) -> Request {
    let path = "/services/data/v62.0/limits".into();
    Request { method: "GET".into(), path, body: Vec::new(), ..create(org) }
}

#[test]
fn what_is_put_off_is_carried_out_once_when_the_org_settles() {
    let mut org = Org::new();
    org.put_off(create(&org), Timestamp::UNIX_EPOCH);
    assert!(org.records("Case").is_empty());
    for _ in 0..2 {
        org.settle(Timestamp::UNIX_EPOCH);
        assert_eq!(org.records("Case").len(), 1);
    }
}

#[test]
fn what_is_put_off_is_carried_out_once_before_the_first_request_after_its_time() {
    let mut org = Org::new();
    org.settings.late_by = SignedDuration::from_secs(10);
    org.put_off(create(&org), Timestamp::UNIX_EPOCH);
    for (seconds, cases) in [(0, 0), (9, 0), (10, 1), (11, 1)] {
        let asked = ask(&org);
        org.handle(&asked, Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds));
        assert_eq!(org.records("Case").len(), cases, "after {seconds} seconds");
    }
}
