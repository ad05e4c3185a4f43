//! `/simulator/…`: what a test does to the org itself, beside what clients ask. It needs no token and counts as no call, since it is no
//! part of Salesforce.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::composite::unrecognised;
use crate::fault::{self, Fault, Order};
use crate::http::{ApiError, Reply, Request, uri};
use crate::messaging::console;
use crate::org::Org;

/// Where it begins.
pub const PATH: &str = "/simulator/";
/// Where a browser sees it: records, requests, clock.
pub const PAGE_PATH: &str = "/";
/// The page.
pub const PAGE: &str = include_str!("page.html");
/// Records of an object that are shown at once.
const MAX_SHOWN: usize = 200;

/// Answers a request to the simulator.
pub fn answer(org: &mut Org, request: &Request, now: Timestamp) -> Result<Reply, ApiError> {
    let resource = request.path.strip_prefix(PATH).unwrap_or_default().trim_end_matches('/');
    let moment = org.time(now);
    if let Some(answer) = console::answer(&mut org.messaging, &mut org.settings, resource, request, moment) {
        return answer;
    }
    if let Some(object) = resource.strip_prefix("records/") {
        return match request.method.as_str() {
            "GET" => records(org, object),
            method => Err(ApiError::method_not_allowed(method, "GET,HEAD")),
        };
    }
    match (resource, request.method.as_str()) {
        ("records", "GET") => Ok(objects(org)),
        ("reset", "POST") => reset(org, &body(request, &["to"])?),
        ("snapshot", "POST") => snapshot(org, &body(request, &["name"])?),
        ("clock", "GET") => Ok(clock_of(org, now)),
        ("clock", "POST") => clock(org, &body(request, &["now", "advanceSeconds"])?, now),
        ("requests", "GET") => requests(org, request),
        ("requests", "DELETE") => {
            org.forget_log();
            Ok(Reply::no_content())
        }
        ("faults", "GET") => Ok(faults(org)),
        ("faults", "POST") => order_faults(org, &body(request, &["faults"])?),
        ("faults", method) => Err(ApiError::method_not_allowed(method, "GET,HEAD,POST")),
        ("reset" | "snapshot", method) => Err(ApiError::method_not_allowed(method, "POST")),
        ("clock", method) => Err(ApiError::method_not_allowed(method, "GET,HEAD,POST")),
        ("records", method) => Err(ApiError::method_not_allowed(method, "GET,HEAD")),
        ("requests", method) => Err(ApiError::method_not_allowed(method, "GET,HEAD,DELETE")),
        _ => Err(ApiError::not_found()),
    }
}

/// The members of a body, none if it is empty; whatever its content type is.
fn body(request: &Request, known: &[&str]) -> Result<Map<String, Value>, ApiError> {
    if request.body.is_empty() {
        return Ok(Map::new());
    }
    let value = serde_json::from_slice(&request.body).unwrap_or_default();
    let Value::Object(members) = value else {
        return Err(ApiError::bad("JSON_PARSER_ERROR", "the body must be a JSON object"));
    };
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(unrecognised(unknown)),
        None => Ok(members),
    }
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, ApiError> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ApiError::bad("JSON_PARSER_ERROR", format!("{name} must be a text"))),
    }
}

fn reset(org: &mut Org, members: &Map<String, Value>) -> Result<Reply, ApiError> {
    let name = text(members, "to")?;
    match org.reset(name) {
        true => Ok(Reply::no_content()),
        false => {
            let what =
                name.map_or("the start was not kept".to_owned(), |name| format!("there is no snapshot \"{name}\""));
            Err(ApiError::new(404, "NOT_FOUND", what))
        }
    }
}

fn snapshot(org: &mut Org, members: &Map<String, Value>) -> Result<Reply, ApiError> {
    let name = text(members, "name")?.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| ApiError::bad("MISSING_ARGUMENT", "name must be specified"))?;
    org.snapshot(name);
    Ok(Reply::no_content())
}

fn clock_of(org: &Org, now: Timestamp) -> Reply {
    Reply::ok(json!({ "now": org.time(now).to_string() }))
}

fn clock(org: &mut Org, members: &Map<String, Value>, now: Timestamp) -> Result<Reply, ApiError> {
    let bad = |message: &str| ApiError::bad("JSON_PARSER_ERROR", message);
    let wanted = match (text(members, "now")?, members.get("advanceSeconds")) {
        (Some(text), None) => text.parse().map_err(|_| bad("now must be a moment such as 2026-11-22T10:00:00Z"))?,
        (None, Some(seconds)) => {
            let seconds = seconds.as_i64().ok_or_else(|| bad("advanceSeconds must be a whole number"))?;
            let moved = org.time(now).checked_add(SignedDuration::from_secs(seconds));
            moved.map_err(|_| bad("advanceSeconds leads out of the calendar"))?
        }
        _ => return Err(ApiError::bad("MISSING_ARGUMENT", "either now or advanceSeconds must be specified")),
    };
    org.set_clock(wanted, now);
    Ok(clock_of(org, now))
}

/// Faults that requests can still meet, and all that there are.
fn faults(org: &Org) -> Reply {
    let ordered: Vec<String> = org.faults_to_come().iter().map(ToString::to_string).collect();
    let known = Fault::all()
        .into_iter()
        .map(|fault| json!({ "name": fault.to_string(), "request": fault.done(), "client": fault.seen() }));
    let known: Vec<Value> = known.collect();
    Reply::ok(json!({ "faults": ordered, "known": known, "messagingRequests": fault::messaging::NAMES }))
}

/// Lets the faults of a list take the place of all others. One that is not understood changes nothing.
fn order_faults(org: &mut Org, members: &Map<String, Value>) -> Result<Reply, ApiError> {
    let list = members.get("faults").and_then(Value::as_array);
    let list = list.ok_or_else(|| ApiError::bad("MISSING_ARGUMENT", "faults must be a list, such as [\"1:close\"]"))?;
    let read = |order: &Value| order.as_str().unwrap_or_default().parse::<Order>();
    let orders: Vec<Order> =
        list.iter().map(read).collect::<Result<_, _>>().map_err(|error| ApiError::bad("INVALID_INPUT", error))?;
    org.order_faults(orders);
    Ok(Reply::no_content())
}

/// How many records there are, of each object that has some.
fn objects(org: &Org) -> Reply {
    let schema = org.current_schema();
    let counts = schema.objects().iter().map(|object| (object.name, org.store.living(object.name).count()));
    let objects = counts.filter(|(_, count)| *count > 0);
    let objects: Vec<Value> = objects.map(|(name, count)| json!({ "name": name, "count": count })).collect();
    Reply::ok(json!({ "objects": objects }))
}

/// The newest records of an object, with the fields that have a value.
fn records(org: &Org, object: &str) -> Result<Reply, ApiError> {
    if org.current_schema().existing(object).is_none() {
        return Err(ApiError::not_found());
    }
    let mut records = org.records(object);
    let total = records.len();
    records.drain(..total.saturating_sub(MAX_SHOWN));
    records.reverse();
    Ok(Reply::ok(json!({ "total": total, "records": records })))
}

/// What came in, from the first request that is asked for on. Tokens and secrets are not in the log.
fn requests(org: &Org, request: &Request) -> Result<Reply, ApiError> {
    let pairs = uri::pairs(request.query.as_deref().unwrap_or_default()).unwrap_or_default();
    let since = pairs.iter().find(|(name, _)| name == "since").map_or(Ok(1), |(_, value)| value.parse::<usize>());
    let since = since.map_err(|_| ApiError::bad("MALFORMED_QUERY", "since must be the number of a request"))?;
    let bodies = |bytes: &[u8]| match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        Err(_) if bytes.is_empty() => Value::Null,
        Err(_) => String::from_utf8_lossy(bytes).into_owned().into(),
    };
    let numbered = (org.forgotten() + 1..).zip(org.log()).skip_while(|(number, _)| *number < since);
    let list = numbered.map(|(number, exchange)| {
        json!({
            "number": number,
            "at": exchange.at.to_string(),
            "microseconds": exchange.took.as_micros(),
            "method": exchange.method,
            "path": exchange.path,
            "status": exchange.status,
            "requestBody": bodies(&exchange.request_body),
            "responseBody": bodies(&exchange.response_body),
        })
    });
    let list: Vec<Value> = list.collect();
    Ok(Reply::ok(json!({ "total": org.forgotten() + org.log().len(), "requests": list })))
}
