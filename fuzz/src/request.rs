//! Whatever a conversation gave for a request of the author's own: it is refused, or what is sent has the structure that it
//! has for a harmless word. And whatever an author writes as such a request: it stays below `/services/`.
//!
//! The first part of an input is the settings (empty: [`SETTINGS`]), the others what is typed for their variables.

use salesforce_module::base::Language;
use salesforce_module::request::render;
use salesforce_module::settings::{RequestSettings, Settings, Work};
use salesforce_module::value::{Template, Variables};
use salesforce_module::wire::{MAX_URL_BYTES, Request};
use serde_json::{Map, Value};

use super::{canary, form, parts, text};

/// A variable in every place that there is.
const SETTINGS: &str = include_str!("set_ups/request.json");

pub fn request(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut parts = parts(text);
    let settings = parts.next().filter(|settings| !settings.trim().is_empty()).unwrap_or(SETTINGS);
    let typed: Vec<&str> = parts.collect();
    let Ok((Settings { work: Work::Request(request), .. }, _)) = Settings::parse(settings) else { return };
    let names = names(&request);
    let given = |value: &dyn Fn(usize) -> String| {
        let members = names.iter().enumerate().map(|(at, name)| (name.clone(), value(at).into()));
        Variables::parse(&Value::Object(members.collect()).to_string())
    };
    let word = |at: usize| typed.get(at % typed.len().max(1)).copied().unwrap_or_default();
    let Ok(variables) = given(&|at| word(at).to_owned()) else { return };
    let sent = render(&request, &variables);
    assert_eq!(render(&request, &variables), sent);
    let harmless = render(&request, &given(&|_| "x".to_owned()).expect("an object"));
    let blank = names.iter().enumerate().any(|(at, _)| word(at).trim().is_empty());
    match (sent, harmless) {
        (Ok(sent), Ok(harmless)) => {
            stands(&sent);
            if !blank {
                alike(&sent, &harmless);
            }
        }
        (Ok(sent), Err(error)) => panic!("`x` is refused, and this is not: {error:?} {sent:?}"),
        (Err(error), _) => assert!(!error.code.as_str().is_empty() && !error.message.get(Language::En).is_empty()),
    }
    if !canary::is_in(text) {
        let typed = given(&|at| format!("Kanarie7{}", word(at))).map(|variables| render(&request, &variables));
        canary::stayed_inside(&typed.map(Result::err));
    }
}

fn names(request: &RequestSettings) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |template: &Template| names.extend(template.variables().map(str::to_owned));
    request.segments.iter().for_each(&mut add);
    request.query.iter().for_each(|parameter| add(&parameter.template));
    let mut texts = Vec::new();
    request.body.iter().for_each(|body| collect(body, &mut texts));
    texts.iter().filter_map(|text| Template::parse_any(text).ok()).for_each(|template| add(&template));
    names.sort();
    names.dedup();
    names
}

fn collect<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(members) => members.values().for_each(|member| collect(member, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What holds for every request that is sent, whoever wrote it.
fn stands(request: &Request) {
    let Request { method, path, body, .. } = request;
    assert!(path.starts_with("/services/") && path.len() <= MAX_URL_BYTES, "{path}");
    assert!(path.bytes().all(|b| b.is_ascii_graphic() && b != b'#' && b != b'\\'), "{path}");
    let (segments, parameters) = split(path);
    assert!(segments.iter().all(|segment| !segment.is_empty() && segment != "." && segment != ".."), "{path}");
    assert!(!["oauth2", "auth"].contains(&segments[1].to_ascii_lowercase().as_str()), "{path}");
    assert!(!segments.iter().any(|segment| segment.eq_ignore_ascii_case("executeAnonymous")), "{path}");
    assert!(!parameters.iter().any(|(name, _)| name.eq_ignore_ascii_case("_HttpMethod")), "{path}");
    assert!(body.is_empty() || serde_json::from_str::<Value>(body).is_ok(), "{body}");
    assert!(!["GET", "DELETE"].contains(method) || body.is_empty(), "{method} {body}");
}

/// Decoded segments and parameters.
fn split(path: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let decode = |text: &str| form::decode(text).unwrap_or_else(|| panic!("{text}"));
    let segments = path.split('/').skip(1).map(decode).collect();
    (segments, query.map(|query| form::members(query).unwrap_or_else(|| panic!("{query}"))).unwrap_or_default())
}

/// The same around the values.
fn alike(sent: &Request, harmless: &Request) {
    assert_eq!((sent.method, sent.content_type), (harmless.method, harmless.content_type));
    let ((segments, parameters), (others, other_parameters)) = (split(&sent.path), split(&harmless.path));
    assert_eq!(segments.len(), others.len(), "{}", sent.path);
    // No decoder on the way makes two of one, or goes back by one.
    for (segment, _) in segments.iter().zip(&others).filter(|(segment, other)| segment != other) {
        assert!(
            !segment.contains(['/', '\\', '%']) && !segment.starts_with('.') && !segment.ends_with('.'),
            "{}",
            sent.path
        );
    }
    let names =
        |parameters: &[(String, String)]| -> Vec<String> { parameters.iter().map(|(name, _)| name.clone()).collect() };
    assert_eq!(names(&parameters), names(&other_parameters), "{}", sent.path);
    let segment = |at: usize| segments.get(at).map(|segment| segment.to_ascii_lowercase()).unwrap_or_default();
    let is_data = segment(1) == "data";
    let resource = if segment(3) == "tooling" { segment(4) } else { segment(3) };
    let is_query = is_data && ["query", "queryall"].contains(&resource.as_str());
    for ((name, value), (_, other)) in parameters.iter().zip(&other_parameters) {
        if is_query && ["q", "explain"].contains(&name.as_str()) {
            assert_eq!(around(value), around(other), "{value}");
        }
    }
    if sent.body.is_empty() {
        return assert!(harmless.body.is_empty());
    }
    let json = |request: &Request| serde_json::from_str(&request.body).expect("JSON");
    // These have query languages of their own, and no value in them.
    let has_soql = is_data && !["graphql", "wave"].contains(&resource.as_str());
    same_shape(&json(sent), &json(harmless), has_soql, is_data && resource == "composite");
}

fn same_shape(sent: &Value, harmless: &Value, has_soql: bool, is_composite: bool) {
    match (sent, harmless) {
        (Value::Array(sent), Value::Array(harmless)) => {
            assert_eq!(sent.len(), harmless.len());
            sent.iter().zip(harmless).for_each(|(sent, harmless)| same_shape(sent, harmless, has_soql, is_composite));
        }
        (Value::Object(sent), Value::Object(harmless)) => {
            let keys = |members: &Map<String, Value>| members.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(sent), keys(harmless));
            for (key, member) in sent {
                if let (true, "query" | "where", Value::String(text), Value::String(other)) =
                    (has_soql, key.as_str(), member, &harmless[key])
                {
                    assert_eq!(around(text), around(other), "{text}");
                }
                same_shape(member, &harmless[key], has_soql, is_composite);
            }
        }
        (Value::String(sent), Value::String(harmless)) => {
            let references = |text: &str| text.matches("@{").count();
            assert!(!is_composite || references(sent) == references(harmless), "{sent}");
        }
        (sent, harmless) => assert_eq!(sent, harmless),
    }
}

/// A query without what stands in its quotes, read by SOQL's own rules.
fn around(query: &str) -> String {
    let (mut around, mut quoted, mut escaped) = (String::new(), false, false);
    for c in query.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '\'' => {
                quoted = !quoted;
                around.push(c);
            }
            c if !quoted => around.push(c),
            _ => {}
        }
    }
    assert!(!quoted && !escaped, "{query}");
    around
}
