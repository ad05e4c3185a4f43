//! The lists at the root of the API: versions, resources, limits.

use serde_json::{Map, Value, json};

use crate::http::{ApiError, Call, Reply, VERSIONS};
use crate::org::Org;

/// `GET /services/data/`, which needs no token and counts as no call.
pub fn versions(method: &str) -> Reply {
    if method != "GET" {
        return ApiError::method_not_allowed(method, "GET,HEAD").into();
    }
    let list: Vec<Value> = VERSIONS
        .map(|version| {
            json!({
                "label": label(version),
                "url": format!("/services/data/v{version}.0"),
                "version": format!("{version}.0"),
            })
        })
        .collect();
    Reply::ok(Value::Array(list))
}

/// `GET /services/data/vNN.0/`
pub fn root(org: &Org, call: &Call) -> Reply {
    let names =
        ["actions", "composite", "jobs", "limits", "parameterizedSearch", "query", "queryAll", "recent", "sobjects"];
    let mut list: Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), format!("{}/{name}", call.base()).into())).collect();
    list.insert("identity".into(), org.identity_url().into());
    Reply::ok(Value::Object(list))
}

/// Limits of a Developer org that clients look at; the simulator counts the calls, and uses none of the others up.
/// Source: a recorded answer of May 2026.
const LIMITS: &[(&str, u32)] = &[
    ("ConcurrentAsyncGetReportInstances", 200),
    ("ConcurrentSyncReportRuns", 20),
    ("DailyAsyncApexExecutions", 250_000),
    ("DailyBulkApiBatches", 15_000),
    ("DailyBulkV2QueryFileStorageMB", 976_562),
    ("DailyBulkV2QueryJobs", 10_000),
    ("DailyDurableStreamingApiEvents", 10_000),
    ("DailyGenericStreamingApiEvents", 10_000),
    ("DailyStandardVolumePlatformEvents", 10_000),
    ("DailyStreamingApiEvents", 10_000),
    ("DailyWorkflowEmails", 15),
    ("DataStorageMB", 5),
    ("FileStorageMB", 20),
    ("HourlyODataCallout", 1_000),
    ("HourlyPublishedPlatformEvents", 50_000),
    ("HourlyTimeBasedWorkflow", 50),
    ("MassEmail", 10),
    ("SingleEmail", 15),
];

/// `GET /limits`
pub fn limits((used, daily): (u32, u32)) -> Reply {
    let entry = |max: u32, remaining: u32| json!({ "Max": max, "Remaining": remaining });
    let mut limits: Map<String, Value> =
        LIMITS.iter().map(|(name, max)| ((*name).to_owned(), entry(*max, *max))).collect();
    limits.insert("DailyApiRequests".into(), entry(daily, daily.saturating_sub(used)));
    Reply::ok(Value::Object(limits))
}

/// `GET /recent?limit=…`: what the user looked at last. The simulator takes it to be what was written last.
/// Source: REST API guide, Recently Viewed Items.
pub fn recent(org: &Org, call: &Call) -> Result<Reply, ApiError> {
    const MOST: usize = 200;
    let limit = match call.parameter("limit") {
        None => MOST,
        Some(text) => text
            .parse()
            .ok()
            .filter(|limit| (1..=2000).contains(limit))
            .ok_or_else(|| ApiError::bad("INVALID_QUERY_LIMIT", "limit must be a number from 1 to 2000"))?,
    };
    let objects = org.schema.objects().iter().filter(|object| object.is_writable() && object.retrieveable);
    let mut rows: Vec<_> =
        objects.flat_map(|object| org.store.living(object.name).map(move |row| (object, row))).collect();
    rows.sort_by(|(_, left), (_, right)| right.text("LastModifiedDate").cmp(&left.text("LastModifiedDate")));
    let records = rows.into_iter().take(limit).map(|(object, row)| {
        let attributes = json!({ "type": object.name, "url": call.record_url(object.name, &row.id) });
        let name = object.visible().find(|field| field.name_field).map_or(Value::Null, |field| row.value(field.name));
        json!({ "attributes": attributes, "Id": row.id, "Name": name })
    });
    Ok(Reply::ok(Value::Array(records.collect())))
}

/// Three releases a year since v31.0, Summer '14; the winter release carries the year to come.
fn label(version: u32) -> String {
    let release = version - VERSIONS.start();
    let (season, late) = match release % 3 {
        0 => ("Summer", 0),
        1 => ("Winter", 1),
        _ => ("Spring", 1),
    };
    format!("{season} '{:02}", 14 + release / 3 + late)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_the_three_releases_of_a_year() {
        assert_eq!(label(31), "Summer '14");
        assert_eq!(label(32), "Winter '15");
        assert_eq!(label(33), "Spring '15");
        assert_eq!(label(60), "Spring '24");
        assert_eq!(label(66), "Spring '26");
    }
}
