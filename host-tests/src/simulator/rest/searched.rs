//! What a search asks for, read from a body or from the parameters of an address.

use serde_json::{Map, Value};

use super::composite::unrecognised;
use super::search::{Scope, Search, Wanted};
use crate::simulator::http::{ApiError, Call};

/// Most records of a search, and of each of its objects.
pub const MAX_LIMIT: usize = 2000;

/// Members of a body that change nothing here.
const IGNORED: &[&str] = &["spellCorrection"];
/// Members of a body that the real resource has and this one does not.
const NOT_SIMULATED: &[&str] = &[
    "dataCategories",
    "division",
    "metadata",
    "netWorkIds",
    "offset",
    "pricebookId",
    "snippet",
    "updateTracking",
    "updateViewStat",
];

/// `POST`
pub fn of_body(body: &Map<String, Value>) -> Result<Search, ApiError> {
    for member in body.keys().map(String::as_str) {
        match member {
            "q" | "in" | "fields" | "sobjects" | "overallLimit" | "defaultLimit" => {}
            _ if IGNORED.contains(&member) => {}
            _ if NOT_SIMULATED.contains(&member) => return Err(ApiError::not_simulated(member)),
            _ => return Err(unrecognised(member)),
        }
    }
    let default_limit = limit(body.get("defaultLimit"), "defaultLimit")?.unwrap_or(MAX_LIMIT);
    let fields = texts(body.get("fields"), "fields")?;
    let list = match body.get("sobjects") {
        None => [].as_slice(),
        Some(list) => list.as_array().ok_or_else(|| malformed("sobjects must be an array"))?,
    };
    let sobjects = list.iter().map(|wanted| object(wanted, &fields, default_limit)).collect::<Result<Vec<_>, _>>()?;
    if sobjects.is_empty() && !fields.is_empty() {
        return Err(malformed("fields need at least one sobject"));
    }
    Ok(Search {
        text: text(body.get("q"))?,
        scope: scope(body.get("in").and_then(Value::as_str))?,
        sobjects,
        overall_limit: limit(body.get("overallLimit"), "overallLimit")?.unwrap_or(MAX_LIMIT),
    })
}

fn object(wanted: &Value, fields: &[String], default_limit: usize) -> Result<Wanted, ApiError> {
    let members = wanted.as_object().ok_or_else(|| malformed("an sobject must be an object with a name"))?;
    if let Some(member) =
        members.keys().find(|member| !["name", "fields", "where", "limit", "orderBy"].contains(&member.as_str()))
    {
        return Err(unrecognised(member));
    }
    let part = |member: &str| members.get(member).and_then(Value::as_str).map(str::to_owned);
    let own = texts(members.get("fields"), "fields")?;
    Ok(Wanted {
        name: part("name").ok_or_else(|| malformed("an sobject needs a name"))?,
        fields: if own.is_empty() { fields.to_vec() } else { own },
        filter: part("where"),
        order: part("orderBy"),
        limit: limit(members.get("limit"), "limit")?.unwrap_or(default_limit),
    })
}

/// `GET`; parameters that it does not know are ignored, as on the real resource.
pub fn of_parameters(call: &Call) -> Result<Search, ApiError> {
    if let Some(member) = NOT_SIMULATED.iter().find(|member| call.parameter(member).is_some()) {
        return Err(ApiError::not_simulated(member));
    }
    let number = |name: &str| limit(call.parameter(name).map(Value::from).as_ref(), name);
    let list = |name: &str| -> Vec<String> {
        let parts = call.parameter(name).unwrap_or_default().split(',').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let default_limit = number("defaultLimit")?.unwrap_or(MAX_LIMIT);
    let mut sobjects = Vec::new();
    for (_, name) in call.query.iter().filter(|(name, _)| name == "sobject") {
        let own = list(&format!("{name}.fields"));
        let part = |part: &str| call.parameter(&format!("{name}.{part}")).map(str::to_owned);
        sobjects.push(Wanted {
            name: name.clone(),
            fields: if own.is_empty() { list("fields") } else { own },
            filter: part("where"),
            order: part("orderBy"),
            limit: number(&format!("{name}.limit"))?.unwrap_or(default_limit),
        });
    }
    Ok(Search {
        text: text(call.parameter("q").map(Value::from).as_ref())?,
        scope: scope(call.parameter("in"))?,
        sobjects,
        overall_limit: number("overallLimit")?.unwrap_or(MAX_LIMIT),
    })
}

fn text(given: Option<&Value>) -> Result<String, ApiError> {
    let text = given.and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    text.map(str::to_owned).ok_or_else(|| malformed("a search needs q"))
}

fn scope(given: Option<&str>) -> Result<Scope, ApiError> {
    match given.map(str::to_ascii_uppercase).as_deref() {
        None | Some("ALL") => Ok(Scope::All),
        Some("NAME") => Ok(Scope::Name),
        Some("EMAIL") => Ok(Scope::Email),
        Some("PHONE") => Ok(Scope::Phone),
        Some("SIDEBAR") => Err(ApiError::not_simulated("in=SIDEBAR")),
        Some(_) => Err(malformed("in must be ALL, NAME, EMAIL, PHONE or SIDEBAR")),
    }
}

/// A number, or one as text: the manual shows both.
fn limit(given: Option<&Value>, name: &str) -> Result<Option<usize>, ApiError> {
    let Some(given) = given else { return Ok(None) };
    let number =
        given.as_u64().or_else(|| given.as_str()?.parse().ok()).and_then(|number| usize::try_from(number).ok());
    let number = number.filter(|number| (1..=MAX_LIMIT).contains(number));
    number.map(Some).ok_or_else(|| malformed(&format!("{name} must be a number from 1 to {MAX_LIMIT}")))
}

fn texts(list: Option<&Value>, name: &str) -> Result<Vec<String>, ApiError> {
    let no_texts = || malformed(&format!("{name} must be an array of strings"));
    let Some(list) = list else { return Ok(Vec::new()) };
    let list = list.as_array().ok_or_else(no_texts)?;
    list.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(no_texts)).collect()
}

fn malformed(message: &str) -> ApiError {
    ApiError::bad("MALFORMED_SEARCH", message)
}
