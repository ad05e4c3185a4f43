//! What a model is told: the tools, and what became of a call. Neither tokens nor settings are in it.
//!
//! Of an error a model gets what a visitor may read. The rest - fields, the org's rules, what is wrong with settings - is for people who
//! run the front, and stands in the log.

use serde_json::{Map, Value, json};

use super::VERSION;

/// How long a client may keep what is told here, in milliseconds: settings are published anew a few times a day.
const KEEP: u32 = 60_000;

/// Members of an answer.
pub type Told = Map<String, Value>;

/// The answer to `server/discover`.
pub fn discovery() -> Told {
    let tools = json!({ "tools": {} });
    told([("supportedVersions", json!([VERSION])), ("capabilities", tools)].into_iter().chain(kept()))
}

/// The answer to `tools/list`.
pub fn tools(tools: &[Told]) -> Told {
    told([("tools", json!(tools))].into_iter().chain(kept()))
}

/// What is listed depends on the bearer.
fn kept() -> [(&'static str, Value); 2] {
    [("ttlMs", KEEP.into()), ("cacheScope", "private".into())]
}

/// A tool, of what `describe` says of its settings.
pub fn tool(name: &str, described: &Value) -> Told {
    let names =
        [("description", "description"), ("inputSchema", "variables"), ("outputSchema", "results"), ("title", "title")];
    let members = names.into_iter().filter_map(|(name, of)| {
        let member = described.get(of).filter(|member| !member.is_null())?;
        Some((name, member.clone()))
    });
    told([("name", name.into())].into_iter().chain(members))
}

/// What a run came to, of the outcome as it is written for callers.
pub fn outcome(outcome: &Value) -> Told {
    let records = || list(outcome, "records");
    if text(outcome, "/status") == Some("done") {
        let of_record = |record| Some(format!("{}: {}", text(record, "/name")?, text(record, "/result")?));
        let results = std::iter::once("Done.".to_owned()).chain(records().filter_map(of_record));
        let variables = outcome.get("variables").cloned().unwrap_or_default();
        let content = [results.collect::<Vec<_>>().join("\n"), variables.to_string()];
        let content: Value = content.into_iter().map(|text| json!({ "type": "text", "text": text })).collect();
        return told([("content", content), ("structuredContent", variables)].into_iter());
    }
    let mut lines = vec![of_status(outcome).to_owned()];
    let errors = records().filter_map(|record| record.get("error")).chain(outcome.pointer("/response/error"));
    lines.extend(errors.filter_map(|error| text(error, "/texts/en/visitor")).map(str::to_owned));
    for problem in records().flat_map(|record| list(record, "problems")) {
        if let (Some(variable), Some(what)) = (text(problem, "/variable"), text(problem, "/texts/en")) {
            lines.push(format!("{variable}: {what}"));
        }
    }
    let seconds = outcome.get("retryAfterSeconds").and_then(Value::as_u64);
    lines.extend(seconds.map(|seconds| format!("Wait {seconds} seconds before trying again.")));
    lines.dedup();
    failed(&lines.join("\n"))
}

fn of_status(outcome: &Value) -> &'static str {
    match text(outcome, "/status") {
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
pub fn findings(findings: &Value) -> Told {
    let is_about_arguments = |finding: &&Value| {
        text(finding, "/path").is_some_and(|path| path == "variables" || path.starts_with("variables/"))
    };
    let about_arguments = list(findings, "findings").filter(is_about_arguments);
    let messages: Vec<&str> = about_arguments.filter_map(|finding| text(finding, "/message")).collect();
    match messages.as_slice() {
        [] => failed("Nothing was sent: the tool is not set up rightly. Its operator finds the reason in the log."),
        messages => failed(&format!("Nothing was sent. {}", messages.join(" "))),
    }
}

/// A call that came to nothing, with what the model can do about it.
pub fn failed(text: &str) -> Told {
    told([("content", json!([{ "type": "text", "text": text }])), ("isError", true.into())].into_iter())
}

/// What the log has of findings: what is wrong, and where.
pub fn findings_for_log(tool: &str, findings: &Value) -> String {
    let of_finding = |finding: &Value| json!({ "code": finding.get("code"), "path": finding.get("path") });
    let findings: Value = list(findings, "findings").map(of_finding).collect();
    json!({ "tool": tool, "findings": findings }).to_string()
}

fn told(members: impl Iterator<Item = (&'static str, Value)>) -> Told {
    members.map(|(name, member)| (name.to_owned(), member)).collect()
}

fn list<'a>(object: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    object.get(member).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(object: &'a Value, pointer: &str) -> Option<&'a str> {
    object.pointer(pointer).and_then(Value::as_str)
}
