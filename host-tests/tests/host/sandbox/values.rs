//! Any value of its type as the argument of any export: no trap, ever.
//!
//! Values are drawn by the function's own parameter types, so that a function which `wit/` gains is called here without a
//! change. A parameter's name only makes likely what gets far: a settings document for `settings`, an org's host for
//! `deployment-domain`.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use wasmtime::component::{Type, Val};
use wasmtime_wasi_http::Error;

use crate::border::{Answer, Border, Crossing};
use crate::common::documents;
use crate::org::host;

/// Calls of each function.
const CASES: u32 = 300;
/// Half of what a guest may hold, so that what it makes of it finds room or is refused.
const HUGE: usize = 4 << 20;

#[test]
fn any_value_for_any_export_is_answered_without_a_trap() {
    let runtime = Runtime::new().expect("a runtime");
    let functions = host().functions();
    // What this test is for: that none is forgotten.
    assert!(functions.len() >= 14, "{functions:?}");
    let config = documents::config(CASES);
    println!("seed {:?}, {} cases for each of {} functions", config.rng_seed, config.cases, functions.len());
    let mut sent = 0;
    for function in functions {
        let parameters = function.parameters();
        let arguments: Vec<_> = parameters.iter().map(|(name, parameter)| value(name, parameter)).collect();
        let case = (arguments, vec(answer(), 0..4));
        let requests = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let cases = if parameters.is_empty() { 1 } else { config.cases };
        let config = ProptestConfig { cases, ..config.clone() };
        let ran = TestRunner::new(config).run(&case, |(arguments, answers)| {
            let (counter, mut answers) = (Arc::clone(&requests), answers.into_iter());
            let border = Border::new(move |request: Crossing| {
                counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                answers.next().map_or(Err(Error::ConnectionRefused), |answer| answer.to(&request))
            });
            let called = runtime.block_on(host().call(border, &function, &arguments));
            called.map_err(|error| TestCaseError::fail(format!("{}: {error:#}", function.name)))?;
            Ok(())
        });
        ran.unwrap_or_else(|error| panic!("{}: {error}", function.name));
        sent += requests.load(std::sync::atomic::Ordering::Relaxed);
    }
    println!("{sent} requests answered");
    // Else nothing gets past the first look at a session, and the test says little of what comes behind.
    assert!(sent > 100, "{sent} requests");
}

/// Any value of a type.
fn value(name: &str, of_type: &Type) -> BoxedStrategy<Val> {
    match of_type {
        Type::String => text(name).prop_map(Val::String).boxed(),
        Type::Option(inner) => of(value(name, &inner.ty())).prop_map(|value| Val::Option(value.map(Box::new))).boxed(),
        Type::List(inner) => vec(value(name, &inner.ty()), 0..40).prop_map(Val::List).boxed(),
        Type::Record(record) => {
            let fields: Vec<_> = record
                .fields()
                .map(|field| {
                    let name = field.name.to_owned();
                    value(field.name, &field.ty).prop_map(move |value| (name.clone(), value)).boxed()
                })
                .collect();
            fields.prop_map(Val::Record).boxed()
        }
        Type::Tuple(tuple) => {
            tuple.types().map(|item| value(name, &item)).collect::<Vec<_>>().prop_map(Val::Tuple).boxed()
        }
        Type::Enum(names) => select(names.names().map(str::to_owned).collect::<Vec<_>>()).prop_map(Val::Enum).boxed(),
        Type::Flags(flags) => {
            let names: Vec<String> = flags.names().map(str::to_owned).collect();
            let count = names.len();
            subsequence(names, 0..=count).prop_map(Val::Flags).boxed()
        }
        Type::Variant(variant) => {
            let cases = variant.cases().map(|case| {
                let name = case.name.to_owned();
                payload(&name, case.ty).prop_map(move |value| Val::Variant(name.clone(), value)).boxed()
            });
            proptest::strategy::Union::new(cases.collect::<Vec<_>>()).boxed()
        }
        Type::Result(result) => prop_oneof![
            payload(name, result.ok()).prop_map(|value| Val::Result(Ok(value))),
            payload(name, result.err()).prop_map(|value| Val::Result(Err(value))),
        ]
        .boxed(),
        Type::Bool => any::<bool>().prop_map(Val::Bool).boxed(),
        Type::Char => any::<char>().prop_map(Val::Char).boxed(),
        Type::U8 => any::<u8>().prop_map(Val::U8).boxed(),
        Type::U16 => any::<u16>().prop_map(Val::U16).boxed(),
        Type::U32 => prop_oneof![3 => 0..30_u32, 1 => any::<u32>()].prop_map(Val::U32).boxed(),
        Type::U64 => any::<u64>().prop_map(Val::U64).boxed(),
        Type::S8 => any::<i8>().prop_map(Val::S8).boxed(),
        Type::S16 => any::<i16>().prop_map(Val::S16).boxed(),
        Type::S32 => any::<i32>().prop_map(Val::S32).boxed(),
        Type::S64 => any::<i64>().prop_map(Val::S64).boxed(),
        Type::Float32 => any::<f32>().prop_map(Val::Float32).boxed(),
        Type::Float64 => any::<f64>().prop_map(Val::Float64).boxed(),
        other => panic!("{name}: no values of the type {other:?} are drawn here yet"),
    }
}

fn payload(name: &str, of_type: Option<Type>) -> BoxedStrategy<Option<Box<Val>>> {
    match of_type {
        Some(of_type) => value(name, &of_type).prop_map(|value| Some(Box::new(value))).boxed(),
        None => Just(None).boxed(),
    }
}

/// Any text; mostly one that has a meaning for a parameter of this name.
fn text(name: &str) -> BoxedStrategy<String> {
    // One that is refused ends the call, and a call of `run-many` has up to forty.
    if name == "correlation" {
        return prop_oneof![200 => "[!-~]{1,40}".boxed(), 1 => documents::text()].boxed();
    }
    const DOMAINS: [&str; 4] =
        ["example.my.salesforce.com", " EXAMPLE.my.salesforce.com", "x.my.sfcrmproducts.cn", "example.com"];
    let likely = match name {
        "settings" => prop_oneof![
            4 => documents::settings().prop_map(|settings| settings.to_string()),
            2 => documents::mutated().prop_map(|settings| settings.to_string()),
            2 => documents::mutated_request().prop_map(|settings| settings.to_string()),
        ]
        .boxed(),
        "variables" => documents::variables().prop_map(|variables| variables.to_string()).boxed(),
        "deployment-domain" => select(DOMAINS.to_vec()).prop_map(str::to_owned).boxed(),
        "instance-url" => (select(DOMAINS.to_vec()), select(vec!["", "/", ":443", "/x"]))
            .prop_map(|(domain, rest)| format!("https://{domain}{rest}"))
            .boxed(),
        "api-version" => select(vec!["62.0", "46.0", "45.0"]).prop_map(str::to_owned).boxed(),
        "object" => select(vec!["Contact", "ticket__c", "Con tact"]).prop_map(str::to_owned).boxed(),
        "state" => Just("s".to_owned()).boxed(),
        "callback" => documents::text().prop_map(|text| format!("?state=s&code=c{text}")).boxed(),
        _ => "[!-~]{1,40}".boxed(),
    };
    let huge = (any::<char>(), 0..HUGE)
        .prop_map(|(character, bytes)| character.to_string().repeat(bytes / character.len_utf8()));
    prop_oneof![
        60 => likely,
        10 => documents::text(),
        5 => vec(prop_oneof![Just('\0'), Just('\u{7f}'), Just('\u{10ffff}'), Just('\u{202e}'), any::<char>()], 0..200)
            .prop_map(|characters| characters.into_iter().collect()),
        5 => documents::json().prop_map(|json| json.to_string()),
        1 => huge,
    ]
    .boxed()
}

/// What comes back over the network.
#[derive(Clone, Debug)]
enum Reply {
    /// All went well.
    Success,
    Body(u16, Vec<u8>),
    Lost,
}

fn answer() -> BoxedStrategy<Reply> {
    let statuses = vec![200_u16, 201, 204, 300, 302, 400, 401, 403, 404, 429, 500, 503];
    let body = prop_oneof![
        3 => documents::json().prop_map(|json| json.to_string().into_bytes()),
        2 => documents::json().prop_map(|json| json!({ "compositeResponse": json }).to_string().into_bytes()),
        1 => vec(any::<u8>(), 0..200),
        1 => (0..5_usize << 20).prop_map(|length| "[1,".repeat(length / 3).into_bytes()),
    ];
    prop_oneof![
        6 => Just(Reply::Success),
        3 => (select(statuses), body).prop_map(|(status, body)| Reply::Body(status, body)),
        1 => Just(Reply::Lost),
    ]
    .boxed()
}

impl Reply {
    fn to(self, request: &Crossing) -> Answer {
        match self {
            Self::Success => Ok((200, success(request).to_string().into_bytes())),
            Self::Body(status, body) => Ok((status, body)),
            Self::Lost => Err(Error::ConnectionTerminated),
        }
    }
}

fn success(request: &Crossing) -> Value {
    let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
        return json!({ "access_token": "t", "refresh_token": "r", "instance_url": "https://example.my.salesforce.com" });
    };
    let answers = body["compositeRequest"].as_array().expect("subrequests").iter().map(|part| {
        let url = part["url"].as_str().unwrap_or_default();
        let (status, body) = match part["method"].as_str() {
            Some("GET") if url.contains("/query?q=") => (200, json!({ "totalSize": 0, "done": true, "records": [] })),
            Some("GET") if url.ends_with("/describe") => (200, json!({ "name": "Contact", "fields": [] })),
            Some("GET") if url.ends_with("/sobjects") => (200, json!({ "sobjects": [{ "name": "Contact" }] })),
            Some("GET") => (200, json!({})),
            Some("PATCH") => (204, Value::Null),
            _ => (201, json!({ "id": "003000000000001AAA", "success": true, "errors": [] })),
        };
        json!({ "body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": part["referenceId"] })
    });
    json!({ "compositeResponse": answers.collect::<Vec<_>>() })
}
