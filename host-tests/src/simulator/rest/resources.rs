//! The lists at the root of the API: versions, resources, limits.

use serde_json::{Map, Value, json};

use crate::simulator::http::{ApiError, Call, Reply, VERSIONS};
use crate::simulator::org::Org;

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
    let names = ["actions", "composite", "limits", "parameterizedSearch", "query", "queryAll", "sobjects"];
    let mut list: Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), format!("{}/{name}", call.base()).into())).collect();
    list.insert("identity".into(), org.identity_url().into());
    Reply::ok(Value::Object(list))
}

/// `GET /limits`, as far as the simulator keeps account.
pub fn limits((used, daily): (u32, u32)) -> Reply {
    Reply::ok(json!({ "DailyApiRequests": { "Max": daily, "Remaining": daily.saturating_sub(used) } }))
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
