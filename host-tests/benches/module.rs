//! What the sandbox costs: `cargo bench -p host-tests`. Native and sandboxed stand side by side in one run.
//!
//! The transport is in the process and its answers are canned, so a run's time is the module's own: planning, writing and
//! reading JSON, and the calls through `wasi:http`, without a network.

#![allow(unsafe_code)] // `Host::from_precompiled`.

use std::sync::LazyLock;

use bytes::Bytes;
use divan::{Bencher, black_box};
use host_tests::COMPONENT;
use host_tests::host::{Conversation, Egress, Host, Session};
use http_body_util::{BodyExt, Full};
use salesforce_module::record::{evaluate, plan};
use salesforce_module::report::RunKind;
use salesforce_module::settings::Settings;
use salesforce_module::value::Variables;
use salesforce_module::{module, wire};
use serde_json::json;
use tokio::runtime::Runtime;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

const SETTINGS: &str = include_str!("../examples/support.json");
const VARIABLES: &str = include_str!("../examples/variables.json");
const CONTACT: &str = include_str!("../examples/contact.json");
const INSTANCE_URL: &str = "https://example.my.salesforce.com";
const TOKEN: &str = "00D000000000001!token";

/// No such Contact.
const FOUND: &str = r#"{"compositeResponse":[{"body":{"totalSize":0,"done":true,"records":[]},"httpHeaders":{},
"httpStatusCode":200,"referenceId":"find_Contact"}]}"#;
/// The same, of the one query of many conversations.
const NOBODY: &str = r#"{"compositeResponse":[{"body":{"totalSize":0,"done":true,"records":[]},"httpHeaders":{},
"httpStatusCode":200,"referenceId":"find_0"}]}"#;
/// Both are created, and the Case's number is read.
const WRITTEN: &str = r#"{"compositeResponse":[
{"body":{"id":"003D000000IqhSLIAZ","success":true,"errors":[]},"httpHeaders":{},"httpStatusCode":201,"referenceId":"write_Contact"},
{"body":{"id":"500D000000IqhSNIAZ","success":true,"errors":[]},"httpHeaders":{},"httpStatusCode":201,"referenceId":"write_Case"},
{"body":{"attributes":{"type":"Case"},"CaseNumber":"00001026"},"httpHeaders":{},"httpStatusCode":200,"referenceId":"read_Case"}]}"#;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));
static HOST: LazyLock<Host> = LazyLock::new(|| Host::new(COMPONENT).expect("the component compiles"));

fn main() {
    println!("salesforce_module.wasm: {} bytes", COMPONENT.len());
    divan::main();
}

/// Loading machine code that an earlier start has saved.
#[divan::bench]
fn load_precompiled(bencher: Bencher) {
    let file = std::env::temp_dir().join(format!("salesforce-module-bench-{}.cwasm", std::process::id()));
    std::fs::write(&file, Host::precompile(COMPONENT).expect("the component compiles")).expect("a temporary file");
    // SAFETY: the file was just written by this process.
    bencher.bench_local(|| unsafe { Host::from_precompiled(&file) }.expect("the file loads"));
    std::fs::remove_file(file).expect("the file is ours");
}

/// A fresh store and instance, and nothing else: `manifest` is the smallest call there is.
#[divan::bench]
fn instantiate(bencher: Bencher) {
    let host = &*HOST;
    bencher.bench_local(|| RUNTIME.block_on(async { host.instantiate(Egress::Nowhere).await.expect("an instance") }));
}

#[divan::bench]
fn plan_native(bencher: Bencher) {
    bencher.bench_local(|| module::plan(black_box(SETTINGS), black_box(VARIABLES)).expect("a plan"));
}

#[divan::bench]
fn plan_sandboxed(bencher: Bencher) {
    let host = &*HOST;
    bencher.bench_local(|| RUNTIME.block_on(host.plan(black_box(SETTINGS), black_box(VARIABLES))).expect("an answer"));
}

#[divan::bench]
fn run_native(bencher: Bencher) {
    bencher.bench_local(|| {
        let session = module::Session { instance_url: INSTANCE_URL, access_token: TOKEN };
        let (run, _) =
            module::start(&session, black_box(SETTINGS), black_box(VARIABLES), RunKind::Write).expect("a run");
        let mut answers = [FOUND, WRITTEN].into_iter();
        run.drive(&mut |_: &wire::Request| {
            let body = answers.next().unwrap_or_default().as_bytes().to_vec();
            Ok(wire::Response { status: 200, retry_after: None, limit_info: None, body })
        })
        .into_outcome()
    });
}

#[divan::bench]
fn run_sandboxed(bencher: Bencher) {
    let host = &*HOST;
    let session = Session { instance_url: INSTANCE_URL.into(), access_token: TOKEN.into() };
    bencher.bench_local(|| {
        let run =
            host.run(Canned { answers: vec![WRITTEN, FOUND] }, &session, black_box(SETTINGS), black_box(VARIABLES));
        RUNTIME.block_on(run).expect("an answer")
    });
}

/// Two hundred conversations with a new contact each, without the network: looked up and written by one request each.
#[divan::bench]
fn run_many_two_hundred_native(bencher: Bencher) {
    let (people, written) = (people(), two_hundred_written());
    bencher.with_inputs(|| people.clone()).bench_local_values(|people| {
        let session = module::Session { instance_url: INSTANCE_URL, access_token: TOKEN };
        let people = people.into_iter().map(|person| person.variables.into()).collect();
        let (many, _) = module::start_many(&session, black_box(CONTACT), people, &[]).expect("good input");
        let mut answers = [NOBODY, &written].into_iter();
        many.drive(&mut |_: &wire::Request| {
            let body = answers.next().unwrap_or_default().as_bytes().to_vec();
            Ok(wire::Response { status: 200, retry_after: None, limit_info: None, body })
        })
    });
}

#[divan::bench]
fn run_many_two_hundred_sandboxed(bencher: Bencher) {
    let host = &*HOST;
    let session = Session { instance_url: INSTANCE_URL.into(), access_token: TOKEN.into() };
    let people = people();
    let written: &'static str = two_hundred_written().leak();
    bencher.bench_local(|| {
        let run = host.run_many(Canned { answers: vec![written, NOBODY] }, &session, black_box(CONTACT), &people, &[]);
        RUNTIME.block_on(run).expect("an answer")
    });
}

fn people() -> Vec<Conversation> {
    let person = |n| json!({ "customer_email": format!("p{n}@example.com"), "customer_lastname": "Berg" }).to_string();
    (0..200).map(|n| Conversation { variables: person(n), in_doubt_for: None, correlation: None }).collect()
}

fn two_hundred_written() -> String {
    let row = |n: usize| json!({ "id": format!("003D00000{n:0>6}"), "success": true, "errors": [] });
    let rows: Vec<_> = (0..200).map(row).collect();
    json!({ "compositeResponse": [{ "body": rows, "httpHeaders": {}, "httpStatusCode": 200, "referenceId": "rows_0" }] })
        .to_string()
}

/// Ten records of twenty fields each, with the org's facts: evaluated and planned, from parsed settings.
#[divan::bench]
fn evaluate_and_plan_ten_records_native(bencher: Bencher) {
    let (settings, _) = Settings::parse(&ten_records()).expect("good settings");
    let settings = settings.work.records().expect("a mode with records");
    let variables = ten_records_variables();
    let variables = Variables::parse(&variables).expect("good variables");
    bencher.bench_local(|| {
        let evaluation = evaluate(black_box(&settings), black_box(&variables));
        plan(black_box(&settings), evaluation)
    });
}

fn ten_records() -> String {
    const TYPES: [&str; 5] = ["string", "double", "date", "picklist", "boolean"];
    let fields: serde_json::Map<_, _> = (0..20)
        .map(|field| {
            let field_type = TYPES[field % TYPES.len()];
            let facts = match field_type {
                "string" => json!({ "type": field_type, "length": 80 }),
                "picklist" => {
                    json!({ "type": field_type, "values": [{ "value": "A" }, { "value": "B", "label": "Bee" }] })
                }
                _ => json!({ "type": field_type }),
            };
            (format!("Field_{field}__c"), facts)
        })
        .collect();
    let mappings: Vec<_> = (0..200)
        .map(|row| {
            let (record, field) = (row / 20, row % 20);
            json!({
                "source": { "variable": format!("variable_{field}") },
                "object": format!("Record_{record}"),
                "field": format!("Field_{field}__c"),
                "useToFindExisting": field == 0,
            })
        })
        .collect();
    let sobject = |record: usize| ["Contact", "Account", "Lead", "Ticket__c", "Order__c"][record % 5];
    let objects: serde_json::Map<_, _> =
        (0..10).map(|record| (format!("Record_{record}"), json!({ "sobject": sobject(record) }))).collect();
    let facts: serde_json::Map<_, _> =
        (0..5).map(|record| (sobject(record).to_owned(), json!({ "fields": fields }))).collect();
    json!({
        "mode": "sobject-write",
        "deploymentDomain": "example.my.salesforce.com",
        "locale": "de",
        "mappings": mappings,
        "objects": objects,
        "schema": { "objects": facts },
    })
    .to_string()
}

fn ten_records_variables() -> String {
    const VALUES: [&str; 5] = ["Anna Berg", "1.234,56", "24.12.2026", "bee", "ja"];
    let variables: serde_json::Map<_, _> =
        (0..20).map(|field| (format!("variable_{field}"), VALUES[field % VALUES.len()].into())).collect();
    serde_json::Value::Object(variables).to_string()
}

/// Answers without a network, the last one first.
struct Canned {
    answers: Vec<&'static str>,
}

impl WasiHttpHooks for Canned {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        _: Option<RequestOptions>,
        _: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Result<Sent, Error>> + Send> {
        let body = Bytes::from_static(self.answers.pop().unwrap_or_default().as_bytes());
        Box::new(async move {
            request.into_body().collect().await?;
            let body = Full::new(body).map_err(|never| match never {}).boxed_unsync();
            Ok((http::Response::new(body), Box::new(async { Ok(()) }) as Box<dyn Future<Output = _> + Send>))
        })
    }
}

type Sent = (http::Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>);
