//! What can be done about a finding with one click.
//!
//! A remedy names its change for programs, in a form that docs/findings.md describes: `(JSON: "whenBlank": "fail")`, or a name right at
//! its beginning, such as "Did you mean `LastName`?". Which setting belongs where, and whether a change helps, no rule of this page
//! says: each place is tried, and a button is offered where the component's `check` then says the finding no more, and no new
//! error or warning.

use serde_json::{Value, json};

use super::Editor;
use crate::json as answers;

/// Findings of an answer that get buttons.
const MAX_FINDINGS: usize = 20;
/// Changes that are tried for an answer, and bytes of settings that `check` reads for it: it follows each letter.
const MAX_TRIED: usize = 60;
const MAX_READ: usize = 4 << 20;

/// By whom the findings are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Which can tell whether a change helps.
    ByCheck,
    /// By the org or a run: `check` can only tell that a change does no harm.
    Elsewhere,
}

/// A change of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    /// JSON pointer.
    path: String,
    value: Value,
}

/// Gives each of the findings its `changes`, of which each is a button.
pub(super) async fn add(editor: &Editor, settings: &str, findings: &mut Value, told: Told) -> anyhow::Result<()> {
    let Ok(document) = serde_json::from_str::<Value>(settings) else { return Ok(()) };
    let mut before = None;
    let mut left = MAX_TRIED.min(MAX_READ / settings.len().max(1));
    for finding in findings.as_array_mut().into_iter().flatten().take(MAX_FINDINGS) {
        let mut changes = Vec::new();
        for places in wanted(&document, finding) {
            for change in places {
                let Some(changed) = with(&document, &change).filter(|changed| *changed != document) else { continue };
                let Some(others) = left.checked_sub(1) else { break };
                left = others;
                let known = match &before {
                    Some(known) => known,
                    None => before.insert(check(editor, settings).await?),
                };
                if helps(finding, told, known, &check(editor, &changed.to_string()).await?) {
                    changes.push(json!({ "path": change.path, "value": change.value }));
                    break;
                }
            }
        }
        if let Some(members) = finding.as_object_mut() {
            members.insert("changes".to_owned(), changes.into());
        }
    }
    Ok(())
}

async fn check(editor: &Editor, settings: &str) -> anyhow::Result<Vec<Value>> {
    let findings = editor.check(settings).await?;
    Ok(answers::findings(&findings)["findings"].as_array().cloned().unwrap_or_default())
}

/// No error or warning comes in the place of the finding.
fn helps(finding: &Value, told: Told, before: &[Value], after: &[Value]) -> bool {
    let is = |one: &Value, other: &Value| one["code"] == other["code"] && one["path"] == other["path"];
    let is_new = |found: &Value| found["severity"] != "info" && !before.iter().any(|known| is(known, found));
    let is_gone = told == Told::Elsewhere || !after.iter().any(|found| is(found, finding));
    is_gone && !after.iter().any(is_new)
}

/// The changes that a remedy names, each with the places where it may belong.
fn wanted(document: &Value, finding: &Value) -> Vec<Vec<Change>> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (path, remedy) = (text(&finding["path"]), text(&finding["texts"]["en"]["remedy"]));
    let settings = named_settings(&remedy);
    if settings.is_empty() {
        let is_of_a_text = document.pointer(&path).is_some_and(Value::is_string);
        let name = leading_name(&remedy).filter(|_| is_of_a_text);
        return name.map(|name| vec![Change { path, value: name.into() }]).into_iter().collect();
    }
    let places = places(document, &path);
    let of_setting = |(key, value): (String, Value)| {
        places.iter().map(|place| Change { path: format!("{place}/{key}"), value: value.clone() }).collect()
    };
    settings.into_iter().map(of_setting).collect()
}

/// Where a setting can belong: to the row that the finding is about, its record, or the document.
fn places(document: &Value, path: &str) -> Vec<String> {
    let end = path.match_indices('/').nth(2).map_or(path.len(), |(at, _)| at);
    let part = path.get(..end).unwrap_or_default();
    let mut places = Vec::new();
    if ["/mappings/", "/objects/"].iter().any(|start| part.starts_with(start)) {
        places.push(part.to_owned());
    }
    if let Some(record) = document.pointer(part).and_then(|row| row["object"].as_str()) {
        places.push(format!("/objects/{}", record.replace('~', "~0").replace('/', "~1")));
    }
    places.push(String::new());
    places
}

/// `(JSON: "whenBlank": "fail")`, as often as it is there. Where the author has to choose the value, an ellipsis stands for it, which is
/// no JSON.
fn named_settings(remedy: &str) -> Vec<(String, Value)> {
    let parts = remedy.split("(JSON: \"").skip(1);
    parts
        .filter_map(|part| {
            let (key, value) = part.split_once("\": ")?;
            // A bracket can be a part of the value.
            let mut ends = value.match_indices(')').map(|(end, _)| end);
            let value = ends.find_map(|end| serde_json::from_str(value.get(..end)?).ok())?;
            Some((key.to_owned(), value))
        })
        .collect()
}

/// The name that a remedy begins with. `src/texts/tests.rs` holds which remedies do.
fn leading_name(remedy: &str) -> Option<&str> {
    let rest = ["Did you mean `", "Enter `", "Write `"].iter().find_map(|start| remedy.strip_prefix(start))?;
    rest.split_once('`').map(|(name, _)| name)
}

/// The document with this change, and with the objects on the way to it; none where a list has no such place.
fn with(document: &Value, change: &Change) -> Option<Value> {
    let mut changed = document.clone();
    let mut at = &mut changed;
    for part in change.path.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        if at.is_null() {
            *at = json!({});
        }
        at = match at {
            Value::Object(members) => members.entry(name).or_insert(Value::Null),
            Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    match (at, &change.value) {
        // Hints that are silenced are added to those that are.
        (Value::Array(old), Value::Array(more)) => {
            let new: Vec<_> = more.iter().filter(|one| !old.contains(one)).cloned().collect();
            old.extend(new);
        }
        (place, value) => *place = value.clone(),
    }
    Some(changed)
}
