//! `/actions/custom/flow`: the one flow of this org, and what it answers. Source: Actions API guide, Flow Actions.

use serde_json::{Value, json};

use crate::http::{ApiError, Call, Reply};
use crate::org::Org;
use crate::rules::flow;

/// The version that brought it.
pub const MIN_VERSION: u32 = 32;

/// `GET /actions/custom/flow`, `GET|POST /actions/custom/flow/X`
pub fn flow(org: &mut Org, call: &Call, rest: &[&str]) -> Result<Reply, ApiError> {
    match (rest, call.method.as_str()) {
        ([], "GET") => {
            let url = format!("{}/actions/custom/flow/{}", call.base(), flow::NAME);
            let action = json!({ "label": flow::LABEL, "name": flow::NAME, "type": "FLOW", "url": url });
            Ok(Reply::ok(json!({ "actions": [action] })))
        }
        ([], method) => Err(ApiError::method_not_allowed(method, "GET,HEAD")),
        ([name], _) if !name.eq_ignore_ascii_case(flow::NAME) => Err(ApiError::not_found()),
        ([_], "GET") => Ok(Reply::ok(description())),
        ([_], "POST") => invoke(org, call),
        ([_], method) => Err(ApiError::method_not_allowed(method, "GET,HEAD,POST")),
        _ => Err(ApiError::not_found()),
    }
}

fn description() -> Value {
    let parameter = |name: &str, kind: &str| json!({ "description": null, "label": name, "maxOccurs": 1, "name": name, "required": false, "type": kind });
    let inputs: Vec<Value> = flow::INPUTS.iter().map(|name| parameter(name, "STRING")).collect();
    let outputs = [parameter(flow::OUTPUT, "STRING"), parameter("Flow__InterviewStatus", "PICKLIST")];
    json!({
        "description": null, "inputs": inputs, "label": flow::LABEL, "name": flow::NAME, "outputs": outputs, "standard": false,
        "targetEntityName": null, "type": "FLOW",
    })
}

/// Each of the inputs starts an interview of its own; one that fails leaves the others.
fn invoke(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    let body = call.json_object()?;
    let inputs = body.get("inputs").and_then(Value::as_array).filter(|inputs| !inputs.is_empty());
    let inputs =
        inputs.ok_or_else(|| ApiError::bad("JSON_PARSER_ERROR", "The request body must have a list of inputs"))?;
    let mut status = 200;
    let mut results = Vec::new();
    for input in inputs {
        let interview = flow::run(org, input, &call.options, call.now);
        if interview.is_err() {
            status = 400;
        }
        results.push(result(interview));
    }
    Ok(Reply::new(status, Value::Array(results)))
}

fn result(interview: Result<Value, ApiError>) -> Value {
    let (errors, outputs) = match interview {
        Ok(outputs) => (Value::Null, outputs),
        Err(error) => (json!([error.to_collection_json()]), Value::Null),
    };
    json!({
        "actionName": flow::NAME, "errors": errors, "invocationId": null, "isSuccess": !outputs.is_null(), "outcome": null,
        "outputValues": outputs, "sortOrder": -1, "version": 1,
    })
}
