//! Recipes of the mode `api-request`.

use salesforce_module::report::{Act, Retry, Status};
use salesforce_module::wire::TransportErrorKind;
use serde_json::{Value, json};

use super::{org, send, values};
use crate::stage::{Fault, Stage};

pub fn knowledge(documents: &[Value]) {
    let mut stage = org(&json!({ "KnowledgeArticleVersion": [
        { "Title": "Reset your password", "Summary": "Open the menu.", "PublishStatus": "Online", "Language": "en_US" },
        { "Title": "Password rules", "Summary": "Not yet.", "PublishStatus": "Draft", "Language": "en_US" },
    ] }));
    let variables = json!({ "question": "password" });
    let found = json!({
        "article_title": "Reset your password", "article_summary": "Open the menu.", "article_url": "Reset-your-password",
    });
    for _ in 0..2 {
        let outcome = send(&mut stage, &documents[0], &variables);
        assert_eq!((outcome.status, outcome.requests, outcome.target.act), (Status::Done, 1, Act::LookUp));
        assert_eq!(Value::Object(outcome.variables), found);
    }
    // A lost answer is asked for again.
    let asked = stage.sent.len();
    stage.faults.insert(asked + 1, Fault::Lost(TransportErrorKind::CutOff));
    let outcome = send(&mut stage, &documents[0], &variables);
    assert_eq!((outcome.status, outcome.requests), (Status::Done, 2));
    let outcome = send(&mut stage, &documents[0], &json!({ "question": "holidays" }));
    assert_eq!((outcome.status, &outcome.variables["article_title"]), (Status::Done, &Value::Null));
    assert!(outcome.findings.iter().all(|finding| finding.code == "pointer-without-value"));
    for (question, requests, code) in [("", 0, "BLANK_VALUE"), ("p", 1, "MALFORMED_SEARCH")] {
        let outcome = send(&mut stage, &documents[0], &json!({ "question": question }));
        let error = outcome.error.expect("an error");
        assert_eq!((outcome.status, outcome.requests, error.code.as_str()), (Status::Failed, requests, code));
    }
}

pub fn named_query(documents: &[Value]) {
    let query = "SELECT CaseNumber FROM Case WHERE Contact.Email = :email AND IsClosed = false";
    assert!(super::section("Named Query").contains(query));
    let mut stage = org(&json!({
        "setup": { "namedQueries": { "OpenCases": query } },
        "Contact": [{ "Id": "003Hn00000000jt", "LastName": "Berg", "Email": "anna@example.com" }],
        "Case": [
            { "ContactId": "003Hn00000000jt", "Subject": "Lamp", "Status": "Closed" },
            { "ContactId": "003Hn00000000jt", "Subject": "Door" },
        ],
    }));
    let number = values(&stage, "Case", "CaseNumber")[1].clone();
    for _ in 0..2 {
        let outcome = send(&mut stage, &documents[0], &json!({ "email": "anna@example.com" }));
        assert_eq!((outcome.status, outcome.requests, outcome.target.act), (Status::Done, 1, Act::LookUp));
        assert_eq!(Value::Object(outcome.variables), json!({ "cases_open": 1, "case_number": number }));
    }
    assert_eq!(send(&mut stage, &documents[0], &json!({ "email": "" })).status, Status::Failed);
    let mut older = documents[0].clone();
    older["path"] = "/services/data/v64.0/named/query/OpenCases".into();
    assert_eq!(send(&mut stage, &older, &json!({ "email": "anna@example.com" })).status, Status::Failed);
}

pub fn flow(documents: &[Value]) {
    let mut stage = org(&json!({ "Contact": [{ "LastName": "Berg" }] }));
    let person = values(&stage, "Contact", "Id")[0].clone();
    let variables = json!({ "person_id": person, "subject": "Call back", "message": "It is dark." });
    for count in 1..=2 {
        let outcome = send(&mut stage, &documents[0], &variables);
        assert_eq!((outcome.status, outcome.requests, outcome.target.act), (Status::Done, 1, Act::Request));
        let ids = values(&stage, "Task", "Id");
        assert_eq!((ids.len(), &outcome.variables["task_id"]), (count, &ids[count - 1]));
    }
    assert_eq!(values(&stage, "Task", "WhoId"), [person.clone(), person]);
    assert_eq!(values(&stage, "Task", "Description"), ["It is dark.", "It is dark."]);
    // The flow fails by itself.
    let outcome = send(&mut stage, &documents[0], &json!({ "subject": "Call back" }));
    assert_eq!((outcome.status, outcome.requests), (Status::Failed, 1));
    let error = outcome.error.expect("an error");
    assert_eq!((error.code.as_str(), error.retry), ("UNKNOWN_EXCEPTION", Retry::Never));
    let mut stage = Stage::with(1, Fault::Lost(TransportErrorKind::CutOff));
    let outcome = send(&mut stage, &documents[0], &variables);
    assert_eq!((outcome.requests, outcome.error.map(|error| error.retry)), (1, Some(Retry::Verify)));
}
