//! `"mode": "api-request"`: the real component, and `chat-host`, against a simulated org and against scripted answers.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/org.rs"]
mod org;
#[path = "../common/process.rs"]
mod process;
#[path = "../common/scripted.rs"]
mod scripted;

mod answers;
mod bodies;
mod calls;
mod cli;
mod documents;
mod trouble;
mod urls;

use serde_json::{Value, json};

use crate::org::{DOMAIN, with};

/// A request with these members.
fn request(members: Value) -> Value {
    with(json!({ "mode": "api-request", "deploymentDomain": DOMAIN }), members)
}

/// The same, allowed to write.
fn write(method: &str, path: &str, body: Value) -> Value {
    request(json!({ "method": method, "path": path, "allowWrites": true, "body": body }))
}

/// What a run would send.
async fn sent(settings: &Value, variables: &Value) -> Value {
    let plan = org::plan(&settings.to_string(), variables).await.unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert_eq!((&plan["error"], &plan["requests"]), (&json!(null), &json!({ "atLeast": 1, "atMost": 1 })), "{plan:#}");
    plan["request"].clone()
}

/// The code of what keeps it from being sent.
async fn refused(settings: &Value, variables: &Value) -> String {
    let plan = org::plan(&settings.to_string(), variables).await.unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert_eq!(
        (&plan["request"], &plan["requests"]),
        (&json!(null), &json!({ "atLeast": 0, "atMost": 0 })),
        "{plan:#}"
    );
    // A plan shows values, but an error never does.
    assert!(!plan["error"].to_string().to_lowercase().contains("canary"), "{plan:#}");
    assert_eq!(plan["error"]["retry"], "never");
    plan["error"]["code"].as_str().expect("a code").to_owned()
}
