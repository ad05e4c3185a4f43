//! What the sandbox costs: `cargo bench -p host-tests`. Native and sandboxed stand side by side in one run.
//!
//! The transport is in the process and its answers are canned, so a run's time is the module's own: planning, writing and
//! reading JSON, and the calls through `wasi:http`, without a network. Native and sandboxed do the same, log and hash included;
//! the native one only has no types of `wit/` to fill.
//!
//! `SALESFORCE_MODULE_WASM=other.wasm cargo bench -p host-tests` measures another build of the component.

#![allow(unsafe_code)] // `Host::from_precompiled`.

mod canned;
mod records;

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use host_tests::COMPONENT;
use host_tests::host::{Conversation, Egress, Host, Session};
use salesforce_module::audit::Audit;
use salesforce_module::base::text;
use salesforce_module::report::RunKind;
use salesforce_module::settings::Work;
use salesforce_module::{log, many, module};
use serde_json::json;
use tokio::runtime::Runtime;

use canned::{CREATED, Canned, FOUND, NONE_FOUND, NOT_FOUND, UPDATED, transport, two_hundred_created};

const SETTINGS: &str = include_str!("../../examples/support.json");
const VARIABLES: &str = include_str!("../../examples/variables.json");
const CONTACT: &str = include_str!("../../examples/contact.json");
const CONTACT_VARIABLES: &str = r#"{"customer_email": "anna.berg@example.com", "customer_lastname": "Berg"}"#;
const INSTANCE_URL: &str = "https://example.my.salesforce.com";
const TOKEN: &str = "00D000000000001!token";
/// Conversations of a call, the most that a host may pass, and calls.
const AT_ONCE: usize = 1_000;
const CALLS: usize = 10;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));
static MODULE: LazyLock<Vec<u8>> = LazyLock::new(|| match std::env::var_os("SALESFORCE_MODULE_WASM") {
    Some(file) => std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())),
    None => COMPONENT.to_vec(),
});
static HOST: LazyLock<Host> = LazyLock::new(|| Host::new(&MODULE).expect("the component compiles"));

fn main() {
    println!("salesforce_module.wasm: {} bytes", MODULE.len());
    divan::main();
}

/// Loading machine code that an earlier start has saved.
#[divan::bench]
fn load_precompiled(bencher: Bencher) {
    let file = std::env::temp_dir().join(format!("salesforce-module-bench-{}.cwasm", std::process::id()));
    std::fs::write(&file, Host::precompile(&MODULE).expect("the component compiles")).expect("a temporary file");
    // SAFETY: the file was just written by this process.
    bencher.bench_local(|| unsafe { Host::from_precompiled(&file) }.expect("the file loads"));
    std::fs::remove_file(file).expect("the file is ours");
}

/// A fresh store and instance, and nothing else.
#[divan::bench]
fn instantiate(bencher: Bencher) {
    let host = &*HOST;
    bencher.bench_local(|| RUNTIME.block_on(async { host.instantiate(Egress::Nowhere).await.expect("an instance") }));
}

#[divan::bench]
fn plan_native(bencher: Bencher) {
    bencher.bench_local(|| {
        let (plan, domain) = module::plan_with_domain(black_box(SETTINGS), black_box(VARIABLES)).expect("a plan");
        let audit = Audit::new(&domain, SETTINGS, None).expect("no correlation");
        (text(&audit.note(log::plan(&plan))), plan.hash(), plan)
    });
}

#[divan::bench]
fn plan_sandboxed(bencher: Bencher) {
    let host = &*HOST;
    bencher.bench_local(|| RUNTIME.block_on(host.plan(black_box(SETTINGS), black_box(VARIABLES))).expect("an answer"));
}

/// One Contact, looked up and updated.
#[divan::bench]
fn run_contact_native(bencher: Bencher) {
    bencher.bench_local(|| run_native(CONTACT, CONTACT_VARIABLES, &[FOUND, UPDATED]));
}

#[divan::bench]
fn run_contact_sandboxed(bencher: Bencher) {
    bencher.bench_local(|| run_sandboxed(CONTACT, CONTACT_VARIABLES, &[FOUND, UPDATED]));
}

/// A Contact that is looked up, and a Case.
#[divan::bench]
fn run_contact_and_case_native(bencher: Bencher) {
    bencher.bench_local(|| run_native(SETTINGS, VARIABLES, &[NOT_FOUND, CREATED]));
}

#[divan::bench]
fn run_contact_and_case_sandboxed(bencher: Bencher) {
    bencher.bench_local(|| run_sandboxed(SETTINGS, VARIABLES, &[NOT_FOUND, CREATED]));
}

fn run_native(settings: &str, variables: &str, answers: &[&'static str]) -> (String, module::Outcome) {
    let session = module::Session { instance_url: INSTANCE_URL, access_token: TOKEN };
    let (run, domain) =
        module::start(&session, black_box(settings), black_box(variables), RunKind::Write).expect("good input");
    let audit = Audit::new(&domain, settings, None).expect("no correlation");
    let ending = run.drive(&mut transport(answers));
    let audit = audit.wrote(&ending.written_fields());
    let outcome = ending.into_outcome();
    (text(&audit.note(log::outcome(&outcome))), outcome)
}

fn run_sandboxed(settings: &str, variables: &str, answers: &[&'static str]) -> host_tests::host::Outcome {
    let session = Session { instance_url: INSTANCE_URL.into(), access_token: TOKEN.into() };
    let run = HOST.run(Canned::new(answers), &session, black_box(settings), black_box(variables));
    RUNTIME.block_on(run).expect("an answer").expect("good input")
}

/// Ten thousand conversations with a new Contact each, a thousand at a time: one lookup and five writes of each thousand.
#[divan::bench(sample_count = 5)]
fn run_many_ten_thousand_native(bencher: Bencher) {
    let people = people();
    let answers = many_answers();
    bencher.bench_local(|| {
        for _ in 0..CALLS {
            let session = module::Session { instance_url: INSTANCE_URL, access_token: TOKEN };
            let conversations = people.iter().map(|person| person.variables.clone().into()).collect();
            let (many, domain) =
                module::start_many(&session, black_box(CONTACT), conversations, &[]).expect("good input");
            let audit = Audit::new(&domain, CONTACT, None).expect("no correlation");
            let ending: many::Ending = many.drive(&mut transport(&answers));
            black_box(text(&audit.note(log::many(&ending))));
            for outcome in ending.results {
                let outcome = Work::Write(outcome.expect("good variables"));
                black_box(text(&audit.of(None).note(log::outcome(&outcome))));
            }
        }
    });
}

#[divan::bench(sample_count = 5)]
fn run_many_ten_thousand_sandboxed(bencher: Bencher) {
    let host = &*HOST;
    let session = Session { instance_url: INSTANCE_URL.into(), access_token: TOKEN.into() };
    let people = people();
    let answers = many_answers();
    bencher.bench_local(|| {
        for _ in 0..CALLS {
            let run = host.run_many(Canned::new(&answers), &session, black_box(CONTACT), &people, &[]);
            RUNTIME.block_on(run).expect("an answer").expect("good input");
        }
    });
}

fn people() -> Vec<Conversation> {
    let person = |n| json!({ "customer_email": format!("p{n}@example.com"), "customer_lastname": "Berg" }).to_string();
    (0..AT_ONCE).map(|n| Conversation { variables: person(n), in_doubt_for: None, correlation: None }).collect()
}

fn many_answers() -> Vec<&'static str> {
    let created: &'static str = two_hundred_created().leak();
    std::iter::once(NONE_FOUND).chain(std::iter::repeat_n(created, AT_ONCE / 200)).collect()
}
