//! Which of the last runs can be made again with one click: those that have written nothing, and those of which a second run writes
//! nothing twice. What an outcome says about running again is in docs/outcomes.md.

use serde_json::Value;

use super::{EditedOrg, Editor};

/// Whether the page offers it: the run has all that it needs, is of this org, and is safe to be made again.
pub(super) fn is_offered(editor: &Editor, org: &EditedOrg, run: &Value) -> bool {
    let is_of_this_org = match org.domain() {
        None => run["simulated"] == true,
        Some(domain) => run["simulated"] == false && run["domain"] == domain,
    };
    let is_whole = run["settings"].is_object() && run["values"].is_object();
    is_of_this_org && is_whole && run["repeatedBy"].is_null() && is_safe(run) && editor.files.has_all(&run["values"])
}

/// By the outcome, and for one that may have written by the plan that it had.
fn is_safe(run: &Value) -> bool {
    match run["status"].as_str() {
        Some("ambiguous" | "deferred" | "session-expired") => true,
        // The editor was ended in the middle.
        Some("begun") => run["idempotent"] == true,
        Some("failed") => has_written_nothing(run) || run["idempotent"] == true,
        _ => false,
    }
}

/// A run writes all its records or none: none is `unknown`, and none of the errors asks to look first.
fn has_written_nothing(run: &Value) -> bool {
    let records = || run["records"].as_array().into_iter().flatten();
    let mut errors = records().map(|record| &record["error"]).chain([&run["error"]]);
    records().all(|record| record["result"] != "unknown") && errors.all(|error| error["retry"] != "verify")
}

/// Whether a second run finds what the first one wrote, also where that is still under way: each record has an idempotency key whose
/// field is known to be unique, is upserted by a unique field, or is never created. A file is only found at a record with such a key.
pub(super) fn is_idempotent(settings: &Value, plan: &Value) -> bool {
    let is_prepared = settings["schema"].is_object();
    let records = plan["records"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut files = plan["files"].as_array().into_iter().flatten();
    let has_key =
        |name: &Value| records.iter().any(|record| record["name"] == *name && !record["idempotency"].is_null());
    is_prepared
        && files.all(|file| has_key(&file["record"]))
        && !records.is_empty()
        && records.iter().all(|record| match record["approach"].as_str() {
            Some("upsert-by-key" | "update-by-id" | "skip") => true,
            Some("look-up") => record["whenNoneMatches"] != "create" || !record["idempotency"].is_null(),
            _ => !record["idempotency"].is_null(),
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn run(status: &str, record: &Value, is_idempotent: bool) -> Value {
        json!({ "status": status, "records": [record], "error": null, "idempotent": is_idempotent })
    }

    #[test]
    fn what_has_written_nothing_is_safe() {
        let failed = |retry: &str| json!({ "result": "failed", "error": { "retry": retry } });
        for retry in ["never", "later", "renew-session"] {
            assert!(is_safe(&run("failed", &failed(retry), false)), "{retry}");
        }
        for status in ["ambiguous", "deferred", "session-expired"] {
            assert!(is_safe(&run(status, &json!({ "result": status, "error": null }), false)), "{status}");
        }
        assert!(!is_safe(&run("done", &json!({ "result": "created", "error": null }), true)), "it is done");
    }

    #[test]
    fn what_may_have_written_is_safe_where_the_settings_make_it_so() {
        let unknown = json!({ "result": "unknown", "error": { "retry": "verify" } });
        let asks = json!({ "result": "failed", "error": { "retry": "verify" } });
        for run in [
            |is| run("failed", &json!({ "result": "unknown", "error": null }), is),
            |is| run("begun", &Value::Null, is),
        ] {
            assert!(!is_safe(&run(false)) && is_safe(&run(true)));
        }
        for record in [&unknown, &asks] {
            assert!(!is_safe(&run("failed", record, false)) && is_safe(&run("failed", record, true)), "{record}");
        }
        // Of an API request the error is beside the records.
        let mut request = run("failed", &json!({ "result": "skipped", "error": null }), false);
        request["error"] = json!({ "retry": "verify" });
        assert!(!is_safe(&request));
    }

    #[test]
    fn a_record_that_may_be_created_needs_a_unique_field() {
        let of =
            |schema: Value, record: Value| is_idempotent(&json!({ "schema": schema }), &json!({ "records": [record] }));
        let record = |approach: &str, idempotency: Value| json!({ "approach": approach, "idempotency": idempotency, "whenNoneMatches": "create" });
        let key = json!({ "field": "Step__c" });
        for (approach, idempotency, expected) in [
            ("create", Value::Null, false),
            ("create", key.clone(), true),
            ("look-up", Value::Null, false),
            ("look-up", key.clone(), true),
            ("upsert-by-key", Value::Null, true),
            ("update-by-id", Value::Null, true),
            ("fail", Value::Null, false),
        ] {
            assert_eq!(of(json!({}), record(approach, idempotency.clone())), expected, "{approach}");
            assert!(
                !of(Value::Null, record(approach, idempotency)),
                "unprepared, the field is only believed to be unique"
            );
        }
        let with_file = |idempotency: Value| {
            let mut record = record("update-by-id", idempotency);
            record["name"] = json!("Contact");
            json!({ "records": [record], "files": [{ "record": "Contact" }] })
        };
        assert!(!is_idempotent(&json!({ "schema": {} }), &with_file(Value::Null)), "it would be there twice");
        assert!(is_idempotent(&json!({ "schema": {} }), &with_file(key)));
        let only_updated = json!({ "approach": "look-up", "idempotency": null, "whenNoneMatches": "skip" });
        assert!(of(json!({}), only_updated));
        assert!(!is_idempotent(&json!({ "schema": {} }), &json!({ "records": [] })), "an API request");
    }
}
