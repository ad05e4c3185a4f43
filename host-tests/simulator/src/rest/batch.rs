//! `POST /composite/batch`: independent subrequests, run in order, each counted as a call.

use serde_json::{Value, json};

use super::composite::MAX_SUBREQUESTS;
use super::composite::flag;
use super::composite::subcall;
use super::route;
use crate::http::{ApiError, Call, Options, Reply};
use crate::org::Org;

/// Runs a batch.
pub fn run(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    let envelope = call.json_object()?;
    let halt = flag(&envelope, "haltOnError")?;
    let list = envelope.get("batchRequests").and_then(Value::as_array).filter(|list| !list.is_empty());
    let list = list.ok_or_else(|| bad("batchRequests must be an array of subrequests"))?;
    if list.len() > MAX_SUBREQUESTS {
        return Err(bad(&format!("a batch takes at most {MAX_SUBREQUESTS} subrequests")));
    }
    // The batch itself is counted already.
    org.count_calls(u32::try_from(list.len()).unwrap_or(0).saturating_sub(1));
    let mut failed = false;
    let mut results = Vec::new();
    for item in list {
        let reply = if failed && halt {
            ApiError::new(412, "PROCESSING_HALTED", "Batch processing halted per request").into()
        } else {
            one(org, call, item)?
        };
        failed |= reply.status >= 400;
        results.push(json!({ "statusCode": reply.status, "result": reply.body }));
    }
    Ok(Reply::ok(json!({ "hasErrors": failed, "results": results })))
}

fn one(org: &mut Org, outer: &Call, item: &Value) -> Result<Reply, ApiError> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let (Some(method), Some(url)) = (text("method"), text("url")) else {
        return Err(bad("a subrequest needs method and url"));
    };
    // Unlike in a composite the path may start with the version.
    let url = if url.starts_with('/') { url.to_owned() } else { format!("/services/data/{url}") };
    let before = org.store.idempotency_key();
    let call = subcall(method, &url, item.get("richInput").cloned(), Options::default(), outer);
    let reply = call.and_then(|call| route::inner(org, &call)).unwrap_or_else(Reply::from);
    if reply.status >= 300 {
        org.store.roll_back(before);
    }
    Ok(reply)
}

fn bad(message: &str) -> ApiError {
    ApiError::bad("INVALID_BATCH_REQUEST", message)
}
