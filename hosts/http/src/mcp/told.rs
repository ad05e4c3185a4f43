//! What a model is told: the tools, and what became of a call. Neither tokens nor settings are in it.
//!
//! Of an error a model gets what a visitor may read. The rest - fields, the org's rules, what is wrong with settings - is for people who
//! run the front, and stands in the log.

use serde_json::{Map, Value, json};

use super::VERSION;

/// How long a client may keep what is told here, in milliseconds: settings are published anew a few times a day.
const KEEP: u32 = 60_000;

/// The answer to `server/discover`.
pub fn discovery() -> Value {
    json!({ "supportedVersions": [VERSION], "capabilities": { "tools": {} }, "ttlMs": KEEP, "cacheScope": "private" })
}

/// The answer to `tools/list`.
pub fn tools(tools: Vec<Value>) -> Value {
    json!({ "tools": tools, "ttlMs": KEEP, "cacheScope": "private" })
}

/// A tool, of what `describe` says of its settings.
pub fn tool(name: &str, described: &Value) -> Value {
    let mut tool = json!({
        "name": name,
        "description": described["description"],
        "inputSchema": described["variables"],
        "outputSchema": described["results"],
    });
    if described["title"].is_string() {
        tool["title"] = described["title"].clone();
    }
    tool
}

/// What a run came to, of the outcome as it is written for callers.
pub fn outcome(outcome: &Value) -> Value {
    let records = || outcome["records"].as_array().into_iter().flatten();
    if outcome["status"] == "done" {
        let results = records().filter_map(|record| Some(format!("{}: {}", text(record, "name")?, text(record, "result")?)));
        let told = std::iter::once("Done.".to_owned()).chain(results).collect::<Vec<_>>().join("\n");
        let variables = &outcome["variables"];
        return json!({
            "content": [{ "type": "text", "text": told }, { "type": "text", "text": variables.to_string() }],
            "structuredContent": variables,
        });
    }
    let mut told = vec![of_status(outcome).to_owned()];
    let errors = records().map(|record| &record["error"]).chain([&outcome["response"]["error"]]);
    told.extend(errors.filter_map(|error| text(&error["texts"]["en"], "visitor")).map(str::to_owned));
    for problem in records().flat_map(|record| record["problems"].as_array().into_iter().flatten()) {
        if let (Some(variable), Some(what)) = (text(problem, "variable"), text(&problem["texts"], "en")) {
            told.push(format!("{variable}: {what}"));
        }
    }
    let seconds = outcome["retryAfterSeconds"].as_u64();
    told.extend(seconds.map(|seconds| format!("Wait {seconds} seconds before trying again.")));
    told.dedup();
    failed(&told.join("\n"))
}

fn of_status(outcome: &Value) -> &'static str {
    match outcome["status"].as_str() {
        Some("ambiguous") => {
            "Nothing was written: several existing records match. Ask for one more detail about the person, and call again."
        }
        Some("deferred") => "Nothing was written: Salesforce takes no more requests for now.",
        Some("session-expired") => {
            "Nothing was written: the connection to Salesforce has expired, and its operator must renew it."
        }
        _ => "The call has failed.",
    }
}

/// What findings are about the model's own arguments; the others are about settings and session.
pub fn findings(findings: &Value) -> Value {
    let all = findings["findings"].as_array();
    let about_arguments = all.into_iter().flatten().filter(|finding| {
        finding["path"].as_str().is_some_and(|path| path == "variables" || path.starts_with("variables/"))
    });
    let told: Vec<&str> = about_arguments.filter_map(|finding| text(finding, "message")).collect();
    failed(match told.as_slice() {
        [] => "Nothing was sent: the tool is not set up rightly. Its operator finds the reason in the log.".to_owned(),
        told => format!("Nothing was sent. {}", told.join(" ")),
    }
    .as_str())
}

/// A call that came to nothing, with what the model can do about it.
pub fn failed(told: &str) -> Value {
    json!({ "content": [{ "type": "text", "text": told }], "isError": true })
}

/// What the log has of findings: what is wrong, and where.
pub fn findings_for_log(tool: &str, findings: &Value) -> Value {
    let each = findings["findings"].as_array().into_iter().flatten();
    let each = each.map(|finding| json!({ "code": finding["code"], "path": finding["path"] }));
    json!(Map::from_iter([("tool".to_owned(), tool.into()), ("findings".to_owned(), each.collect())]))
}

fn text<'a>(object: &'a Value, member: &str) -> Option<&'a str> {
    object[member].as_str()
}
