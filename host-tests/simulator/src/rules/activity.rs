//! Tasks and events. Source: object reference, Task and Event.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::http::ApiError;
use crate::org::{Changes, Org, Row};
use crate::schema::{SObject, temporal};

/// Checks a save of an activity, and completes the times of an event; leaves all other objects alone.
pub fn complete(org: &Org, sobject: &SObject, changes: &mut Changes, own: Option<&str>) -> Result<(), ApiError> {
    if !["Task", "Event"].contains(&sobject.name) {
        return Ok(());
    }
    let mut after = own.and_then(|id| org.store.get(id)).map(Row::values).unwrap_or_default();
    after.extend(changes.clone());
    after.retain(|_, value| !value.is_null());
    let lead = after.get("WhoId").and_then(Value::as_str).is_some_and(|id| id.starts_with("00Q"));
    if lead && after.contains_key("WhatId") {
        let message = "Related To ID: an activity of a lead cannot be related to another record";
        return Err(ApiError::bad("FIELD_INTEGRITY_EXCEPTION", message).with_fields(["WhatId"]));
    }
    if sobject.name == "Event" { times(changes, &after) } else { Ok(()) }
}

/// Start and length are told in two ways each, which follow each other: what a save gives counts more than what was there.
fn times(changes: &mut Changes, after: &Changes) -> Result<(), ApiError> {
    let time = |values: &Changes, name: &str| values.get(name).and_then(Value::as_str).and_then(temporal::datetime);
    let start = time(changes, "StartDateTime").or_else(|| time(changes, "ActivityDateTime"));
    let start = start.or_else(|| time(after, "StartDateTime"));
    let minutes = |values: &Changes| values.get("DurationInMinutes").and_then(Value::as_i64);
    let until = |end: Timestamp| start.map(|start| end.duration_since(start).as_mins());
    let length = match (minutes(changes), time(changes, "EndDateTime").and_then(until)) {
        (Some(minutes), Some(until)) if minutes != until => {
            let message = "Duration: the duration must be the time between start and end";
            return Err(ApiError::bad("FIELD_INTEGRITY_EXCEPTION", message).with_fields(["DurationInMinutes"]));
        }
        (minutes, until) => minutes.or(until),
    };
    let length = length.or_else(|| minutes(after));
    let (Some(start), Some(length)) = (start, length) else {
        let lacks = [("DurationInMinutes", length.is_none()), ("ActivityDateTime", start.is_none())];
        return Err(ApiError::required(lacks.into_iter().filter_map(|(name, lacks)| lacks.then_some(name)).collect()));
    };
    let end = start.checked_add(SignedDuration::from_mins(length)).ok().filter(|_| length >= 0);
    let end = end.ok_or_else(|| {
        ApiError::bad("FIELD_INTEGRITY_EXCEPTION", "Duration: the duration cannot be negative")
            .with_fields(["DurationInMinutes"])
    })?;
    let text = |time: Timestamp| Value::from(temporal::datetime_text(time));
    changes.extend([
        ("StartDateTime", text(start)),
        ("ActivityDateTime", text(start)),
        ("ActivityDate", temporal::datetime_text(start).chars().take(10).collect::<String>().into()),
        ("DurationInMinutes", length.into()),
        ("EndDateTime", text(end)),
    ]);
    Ok(())
}

/// What follows from status and priority of a task.
pub fn compute(values: &mut Changes, now: Timestamp) {
    let is = |field: &str, wanted: &str| values.get(field).and_then(Value::as_str) == Some(wanted);
    let (closed, high) = (is("Status", "Completed"), is("Priority", "High"));
    values.extend([("IsClosed", closed.into()), ("IsHighPriority", high.into())]);
    match closed {
        true => drop(values.entry("CompletedDateTime").or_insert_with(|| temporal::datetime_text(now).into())),
        false => drop(values.remove("CompletedDateTime")),
    }
}

/// The activities of a converted Lead become the Contact's.
pub fn convert(org: &mut Org, lead: &str, contact: &str) {
    for sobject in ["Task", "Event"] {
        let of_lead = org.store.living(sobject).filter(|row| row.text("WhoId") == Some(lead));
        for id in of_lead.map(|row| row.id.clone()).collect::<Vec<_>>() {
            org.store.change(&id, |row| drop(row.values.insert("WhoId", contact.into())));
        }
    }
}
