//! `POST /composite`: up to 25 subrequests in one call, with references between them and one transaction if asked for.
//!
//! The answer is 200 as soon as the envelope is sound; success shows in each sub-result. With `allOrNone` a failure
//! undoes everything, and every other sub-result says so: also those before the cause, which succeeded first.

use serde_json::{Map, Value, json};

use super::reference::Answers;
use super::{reference, route};
use crate::http::{ApiError, Body, Call, Options, Reply, VERSIONS, split_path, uri};
use crate::org::Org;

/// Most subrequests of one composite or batch.
pub const MAX_SUBREQUESTS: usize = 25;

/// The first version that knows `collateSubrequests`. Source: REST API guide, Composite.
const FIRST_COLLATED: u32 = 48;

/// Most of them that may be queries or collections.
const MAX_HEAVY: usize = 5;

const ROLLED_BACK: &str = "The transaction was rolled back since another operation in the same transaction failed.";

const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/// Headers that a subrequest must not bring, as only the outer request can have them.
const FORBIDDEN: &[&str] = &["accept", "authorization", "content-type"];

/// Runs a composite request.
pub fn run(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    let envelope = call.json_object()?;
    let (all_or_none, subrequests) = read(&envelope, call.version)?;
    let (results, _) = carry_out(org, call, all_or_none, subrequests);
    Ok(Reply::ok(json!({ "compositeResponse": results })))
}

/// Runs subrequests in their order, and says whether all of them succeeded.
pub fn carry_out(org: &mut Org, call: &Call, all_or_none: bool, subrequests: Vec<Subrequest>) -> (Vec<Value>, bool) {
    let mark = org.store.idempotency_key();
    let mut answers = Answers::new();
    let mut results: Vec<(String, Reply)> = Vec::new();
    let mut failed = None;
    for subrequest in subrequests {
        if failed.is_some() && all_or_none {
            results.push((subrequest.reference, ApiError::halted(ROLLED_BACK).into()));
            continue;
        }
        let before = org.store.idempotency_key();
        let reply = subrequest.run(org, call, &answers).unwrap_or_else(Reply::from);
        // Several matches (300) wrote nothing, so a transaction that counted on the write has failed.
        if reply.status >= 300 && reply.status != 304 {
            org.store.roll_back(before);
            failed.get_or_insert(results.len());
        }
        answers.insert(subrequest.reference.clone(), reply.body.clone().unwrap_or_default());
        results.push((subrequest.reference, reply));
    }
    if let (Some(cause), true) = (failed, all_or_none) {
        org.store.roll_back(mark);
        for (position, (_, reply)) in results.iter_mut().enumerate() {
            if position != cause {
                *reply = ApiError::halted(ROLLED_BACK).into();
            }
        }
    }
    let results: Vec<Value> = results.into_iter().map(|(reference, reply)| sub_result(&reference, reply)).collect();
    (results, failed.is_none())
}

/// What nobody tried, because of what others did.
pub fn halted(subrequests: Vec<Subrequest>, message: &str) -> Vec<Value> {
    subrequests
        .into_iter()
        .map(|subrequest| sub_result(&subrequest.reference, ApiError::halted(message).into()))
        .collect()
}

pub struct Subrequest {
    pub reference: String,
    pub method: String,
    pub url: String,
    pub body: Option<Value>,
    options: Options,
}

impl Subrequest {
    fn run(&self, org: &mut Org, outer: &Call, answers: &Answers) -> Result<Reply, ApiError> {
        let url = reference::fill_url(&self.url, answers)?;
        let body = self.body.as_ref().map(|body| reference::fill_body(body, answers)).transpose()?;
        let call = subcall(&self.method, &url, body, self.options.clone(), outer)?;
        route::inner(org, &call)
    }
}

/// A call from the members of a subrequest; headers of the outer request are not inherited.
pub fn subcall(method: &str, url: &str, body: Option<Value>, options: Options, outer: &Call) -> Result<Call, ApiError> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let (version, segments) = split_path(path)?;
    let query = uri::pairs(query).ok_or_else(ApiError::not_found)?;
    Ok(Call {
        version,
        method: method.into(),
        segments,
        query,
        options: Options { version, ..options },
        body: Body::Json(body),
        now: outer.now,
    })
}

fn sub_result(reference: &str, reply: Reply) -> Value {
    let headers: Map<String, Value> =
        reply.headers.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    json!({
        "body": reply.body,
        "httpHeaders": headers,
        "httpStatusCode": reply.status,
        "referenceId": reference,
    })
}

/// Reads the whole envelope before anything runs: a flaw in it refuses the request as a whole.
fn read(envelope: &Map<String, Value>, version: u32) -> Result<(bool, Vec<Subrequest>), ApiError> {
    let known = ["allOrNone", "compositeRequest", "collateSubrequests"];
    let known = known.get(..if version < FIRST_COLLATED { 2 } else { 3 }).unwrap_or_default();
    if let Some(unknown) = envelope.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(unrecognised(unknown));
    }
    let all_or_none = flag(envelope, "allOrNone")?;
    flag(envelope, "collateSubrequests")?;
    let list = envelope.get("compositeRequest").and_then(Value::as_array);
    let list = list.ok_or_else(|| bad("compositeRequest must be an array of subrequests"))?;
    if list.is_empty() || list.len() > MAX_SUBREQUESTS {
        return Err(bad(&format!("a composite request takes 1 to {MAX_SUBREQUESTS} subrequests")));
    }
    let subrequests = read_all(list)?;
    let heavy = subrequests.iter().filter(|subrequest| is_heavy(&subrequest.url)).count();
    if heavy > MAX_HEAVY {
        return Err(bad(&format!("at most {MAX_HEAVY} subrequests may be queries or collections, this has {heavy}")));
    }
    Ok((all_or_none, subrequests))
}

/// Subrequests whose references are all different.
pub fn read_all(list: &[Value]) -> Result<Vec<Subrequest>, ApiError> {
    let mut subrequests: Vec<Subrequest> = Vec::new();
    for item in list {
        let subrequest = read_one(item)?;
        if subrequests.iter().any(|other| other.reference == subrequest.reference) {
            return Err(bad(&format!("Provided referenceId '{}' is not unique", subrequest.reference)));
        }
        subrequests.push(subrequest);
    }
    Ok(subrequests)
}

fn read_one(item: &Value) -> Result<Subrequest, ApiError> {
    let members = item.as_object().ok_or_else(|| bad("a subrequest must be an object"))?;
    let known = ["body", "httpHeaders", "method", "referenceId", "url"];
    if let Some(unknown) = members.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(unrecognised(unknown));
    }
    let text = |name: &str| {
        let value = members.get(name).and_then(Value::as_str);
        value.map(str::to_owned).ok_or_else(|| bad(&format!("a subrequest needs {name} as a string")))
    };
    let (reference, method, url) = (text("referenceId")?, text("method")?, text("url")?);
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if reference.starts_with('_') || reference.is_empty() || !reference.bytes().all(legal) {
        return Err(bad(&format!(
            "Provided referenceId ('{reference}') must start with a letter or a number, and it can contain only \
             letters, numbers and underscores ('_')."
        )));
    }
    if !METHODS.contains(&method.as_str()) {
        return Err(bad(&format!("'{method}' is no HTTP method in upper case")));
    }
    let version = url.strip_prefix("/services/data/v").and_then(|rest| rest.split('/').next());
    let version = version.and_then(|version| version.strip_suffix(".0")).and_then(|version| version.parse().ok());
    if !version.is_some_and(|version| VERSIONS.contains(&version)) {
        return Err(bad("the url of a subrequest must start with /services/data/vXX.X/"));
    }
    if resource(&url).is_some_and(|rest| rest.starts_with("composite") && !rest.starts_with("composite/sobjects")) {
        return Err(bad("a composite resource is not allowed inside a composite request"));
    }
    let options = read_headers(members.get("httpHeaders"))?;
    let body = members.get("body").filter(|body| !body.is_null()).cloned();
    Ok(Subrequest { reference, method, url, body, options })
}

fn read_headers(given: Option<&Value>) -> Result<Options, ApiError> {
    let headers = match given {
        None | Some(Value::Null) => return Ok(Options::default()),
        Some(Value::Object(headers)) => headers,
        Some(_) => return Err(bad("httpHeaders must be an object")),
    };
    if let Some(name) = headers.keys().find(|name| FORBIDDEN.contains(&name.to_ascii_lowercase().as_str())) {
        return Err(bad(&format!("the header {name} is not allowed in a subrequest")));
    }
    let pairs: Option<Vec<(&str, &str)>> =
        headers.iter().map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect();
    let pairs = pairs.ok_or_else(|| bad("the values of httpHeaders must be strings"))?;
    // The version is filled in when the URL is.
    Ok(Options::read(0, pairs.into_iter()))
}

/// What follows the version in a URL.
pub fn resource(url: &str) -> Option<&str> {
    url.strip_prefix("/services/data/")?.split_once('/').map(|(_, rest)| rest)
}

fn is_heavy(url: &str) -> bool {
    resource(url).is_some_and(|rest| rest.starts_with("query") || rest.starts_with("composite/sobjects"))
}

/// A boolean member, false when absent or null, as clients send it that print every member.
pub fn flag(members: &Map<String, Value>, name: &str) -> Result<bool, ApiError> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(value)) => Ok(*value),
        Some(_) => Err(ApiError::bad("JSON_PARSER_ERROR", format!("{name} must be true or false"))),
    }
}

pub fn unrecognised(member: &str) -> ApiError {
    ApiError::bad("JSON_PARSER_ERROR", format!("Unrecognized field \"{member}\" at [line:1, column:2]"))
}

pub fn bad(message: &str) -> ApiError {
    ApiError::bad("INVALID_BATCH_REQUEST", message)
}
