//! `"mode": "api-request"`: the real component, and `chat-host`, against a simulated org and against scripted answers.

mod answers;
mod bodies;
mod calls;
mod cli;
mod urls;

use crate::org;
use serde_json::{Value, json};

use crate::common::settings::{request, write};

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
