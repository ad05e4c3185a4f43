//! `chat-host` as people and programs use it: the built binary, its exit codes and what it prints where.

mod usage;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::process::{Folder, Ran, ran};
use crate::scripted::{Reply, Script, composite, created, refusal, rows};

const CONTACT_SETTINGS: &str = include_str!("../../examples/contact.json");
const SUPPORT_SETTINGS: &str = include_str!("../../examples/support.json");
const VARIABLES: &str = include_str!("../../examples/variables.json");
const DOMAIN: &str = "example.my.salesforce.com";
const TOKEN_VARIABLE: &str = "SALESFORCE_ACCESS_TOKEN";

// ---- Helpers ----

/// The binary, without what the developer's own environment says about tokens and colours.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
    command.args(arguments).stdin(Stdio::null());
    for variable in [TOKEN_VARIABLE, "CLICOLOR", "CLICOLOR_FORCE", "NO_COLOR"] {
        command.env_remove(variable);
    }
    command
}

fn chat_host(arguments: &[&str]) -> Ran {
    ran(&mut command(arguments))
}

fn with_input(arguments: &[&str], input: &str) -> Ran {
    let mut command = command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("chat-host starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // All of it fits the pipe; a program that ends before it read it is for the caller's assertions.
    drop(stdin.write_all(input.as_bytes()));
    drop(stdin);
    child.wait_with_output().expect("chat-host ends").into()
}

/// `chat-host simulate` in a process of its own, as in another terminal.
struct Simulated {
    child: Child,
    // Kept open: the program may still print.
    _stdout: BufReader<ChildStdout>,
    ready: Value,
    folder: Folder,
}

impl Simulated {
    fn new() -> Self {
        Self::with_seed(None)
    }

    fn with_seed(seed: Option<Value>) -> Self {
        let folder = Folder::new();
        let seed = seed.map(|seed| folder.file("seed.json", &seed.to_string()));
        let arguments: Vec<&str> = seed.iter().flat_map(|seed| ["--seed", seed]).collect();
        Self::started(&arguments, folder)
    }

    /// With more on its command line.
    fn with(arguments: &[&str]) -> Self {
        Self::started(arguments, Folder::new())
    }

    fn started(arguments: &[&str], folder: Folder) -> Self {
        let mut command = command(&["simulate", "--port", "0"]);
        command.args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("chat-host starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a first line");
        Self { child, _stdout: stdout, ready: serde_json::from_str(&line).expect("the first line is JSON"), folder }
    }

    fn url(&self) -> &str {
        self.ready["url"].as_str().expect("a url")
    }

    fn token(&self) -> &str {
        self.ready["accessToken"].as_str().expect("a token")
    }

    fn command(&self, name: &str, settings: &str, variables: &Value) -> Ran {
        let settings = self.folder.file("settings.json", settings);
        let variables = self.folder.file("variables.json", &variables.to_string());
        let files = ["--settings", &settings, "--variables", &variables];
        let org = ["--route", self.url(), "--token", self.token(), "--json"];
        chat_host(&[&[name], files.as_slice(), org.as_slice()].concat())
    }

    /// A run that ends `done`.
    fn run(&self, settings: &str, variables: &Value) -> Value {
        self.command("run", settings, variables).expect_code(0).json()
    }

    /// Records that exist, by asking Salesforce's own interface.
    fn query(&self, soql: &str) -> Vec<Value> {
        let address = self.url().strip_prefix("http://").expect("a plain address");
        let mut stream = TcpStream::connect(address).expect("the simulator listens");
        let soql = utf8_percent_encode(soql, NON_ALPHANUMERIC);
        let token = self.token();
        write!(
            stream,
            "GET /services/data/v62.0/query?q={soql} HTTP/1.1\r\nHost: {DOMAIN}\r\nAuthorization: Bearer {token}\r\n\
             Connection: close\r\n\r\n"
        )
        .expect("the simulator reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the simulator answers");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let body: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"));
        body["records"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        // It runs until it is stopped, and may have stopped by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn visitor() -> Value {
    serde_json::from_str(VARIABLES).expect("the example's variables")
}

fn results(outcome: &Value) -> Vec<&str> {
    let records = outcome["records"].as_array().expect("a list");
    records.iter().map(|record| record["result"].as_str().unwrap_or_default()).collect()
}

fn finding<'a>(answer: &'a Value, code: &str) -> &'a Value {
    let findings = answer["findings"].as_array().expect("a list");
    let found = findings.iter().find(|finding| finding["code"] == code);
    found.unwrap_or_else(|| panic!("no finding `{code}` in {answer:#}"))
}

/// The settings of the example, changed.
fn contact_settings(change: impl FnOnce(&mut Value)) -> String {
    let mut settings = serde_json::from_str(CONTACT_SETTINGS).expect("the example's settings");
    change(&mut settings);
    settings.to_string()
}

fn add_mapping(settings: &mut Value, mapping: Value) {
    settings["mappings"].as_array_mut().expect("a list").push(mapping);
}

// ---- The demo and the chat ----

#[test]
fn the_demo_is_the_default_and_ends_with_one_contact_and_its_cases() {
    for arguments in [[].as_slice(), &["demo"]] {
        let demo = chat_host(arguments).expect_code(0);
        let mut rest = demo.stdout.as_str();
        // In this order.
        for milestone in [
            "What is your e-mail address?",
            "anna.berg@example.com",
            "module \"Save contact\"",
            "look up",
            "POST /services/data/v62.0/composite -> 200",
            "created Contact 003",
            "module \"Open case\"",
            "created Case 500",
            "Your case number is 0000",
            "Berg-Olsen",
            "updated Contact 003",
            "created Case 500",
            "Your case number is 0000",
            "one Contact, created and then updated, with its two Cases",
        ] {
            let at = rest.find(milestone);
            let at = at.unwrap_or_else(|| panic!("no `{milestone}` in the rest: {rest}"));
            rest = &rest[at + milestone.len()..];
        }
        assert!(!demo.stdout.contains('\u{1b}'), "colours belong on terminals");
        assert_eq!(demo.stderr, "");
    }
}

#[test]
fn the_demo_as_json_is_one_document_without_mistakes() {
    let demo = chat_host(&["demo", "--json"]).expect_code(0);
    let summary = demo.json();
    assert_eq!(summary["mistakes"], json!([]));
    let outcomes = summary["outcomes"].as_array().expect("a list");
    assert_eq!(outcomes.len(), 4);
    for outcome in outcomes {
        assert_eq!(outcome["status"], "done");
        assert!(outcome["requests"].as_u64().is_some_and(|requests| requests <= 2));
    }
    assert_eq!(summary["records"]["Contact"].as_array().map(Vec::len), Some(1));
    assert_eq!(summary["records"]["Case"].as_array().map(Vec::len), Some(2));
    assert_eq!(demo.stderr, "");
    assert_eq!(chat_host(&["--json"]).expect_code(0).json()["mistakes"], json!([]));
}

#[test]
fn a_chat_is_a_conversation_with_whoever_types_and_ends_with_the_input() {
    let answers = "otto@example.com\nOtto\nVogel\nRepair\nCage\nThe door is loose.\n";
    let chat = with_input(&["chat"], answers).expect_code(0);
    for milestone in [
        "What is your e-mail address?",
        "created Contact 003",
        "Thank you. Now, what happened?",
        "created Case 500",
        "Your case number is 0000",
        "And again",
    ] {
        assert!(chat.stdout.contains(milestone), "{milestone}: {}", chat.stdout);
    }
    assert_eq!(chat.stderr, "");
    assert!(!chat.stdout.contains('\u{1b}'));
}

#[test]
fn a_visitor_who_leaves_ends_the_chat_without_an_error() {
    for answers in ["", "otto@example.com\n", "otto@example.com\nOtto\nVogel\nRepair"] {
        let chat = with_input(&["chat"], answers).expect_code(0);
        assert_eq!(chat.stderr, "");
    }
}

#[test]
fn a_visitor_who_answers_nothing_creates_nothing() {
    let chat = with_input(&["chat"], "\n\n\n\n\n\n").expect_code(0);
    assert!(!chat.stdout.contains("created Contact"), "{}", chat.stdout);
    assert!(chat.stdout.contains("key-without-value"), "{}", chat.stdout);
}

// ---- The simulator in another terminal ----

#[test]
fn the_simulators_first_line_tells_how_to_reach_it() {
    let simulated = Simulated::new();
    for key in ["url", "instanceUrl", "accessToken", "clientId", "clientSecret"] {
        assert!(simulated.ready[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
    assert_eq!(simulated.ready.as_object().map(serde_json::Map::len), Some(5));
    assert!(simulated.url().starts_with("http://127.0.0.1:"));
    assert!(simulated.ready["instanceUrl"].as_str().is_some_and(|url| url.starts_with("https://")));
    assert_eq!(simulated.query("SELECT Id FROM Contact"), Vec::<Value>::new());
}

#[test]
fn a_port_in_use_is_an_error_that_names_it() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("a bound socket").port().to_string();
    let simulate = chat_host(&["simulate", "--port", &port]).expect_code(1);
    assert!(simulate.stderr.contains(&port), "{}", simulate.stderr);
    assert_eq!(simulate.stdout, "");
}

#[test]
fn a_seed_is_there_before_the_first_request() {
    let seed = json!({ "Contact": [{ "LastName": "Berg", "Email": "anna.berg@example.com" }] });
    let simulated = Simulated::with_seed(Some(seed));
    assert_eq!(simulated.query("SELECT Id FROM Contact WHERE LastName = 'Berg'").len(), 1);
    let outcome = simulated.run(CONTACT_SETTINGS, &visitor());
    assert_eq!(results(&outcome), ["updated"]);
}

#[test]
fn a_duplicate_rule_of_an_unknown_field_is_bad_usage() {
    for rule in ["Lead", "Lead.Nope", "Nope.Email", ""] {
        let simulate = chat_host(&["simulate", "--duplicate-rule", rule]).expect_code(2);
        assert!(simulate.stderr.contains("no such object and field"), "{}", simulate.stderr);
        assert_eq!(simulate.stdout, "");
    }
}

#[test]
fn a_bad_seed_is_bad_usage() {
    let folder = Folder::new();
    for (text, told) in [
        ("canary", "not JSON"),
        ("[]", "JSON object"),
        (r#"{"Kontakt":[]}"#, "Kontakt"),
        (r#"{"Contact":{}}"#, "array"),
        (r#"{"Contact":[{"LastName":"Berg"},{"FirstName":"Anna"}]}"#, "Contact[1]"),
        (r#"{"Contact":[{"LastName":"Berg","Nickname":"A"}]}"#, "Nickname"),
    ] {
        let seed = folder.file("seed.json", text);
        let simulate = chat_host(&["simulate", "--seed", &seed]).expect_code(2);
        assert!(simulate.stderr.contains(told), "{told}: {}", simulate.stderr);
        assert!(simulate.stderr.contains("seed.json"), "{}", simulate.stderr);
        assert_eq!(simulate.stdout, "");
    }
    let simulate = chat_host(&["simulate", "--seed", &folder.missing()]).expect_code(2);
    assert!(simulate.stderr.contains("missing.json"), "{}", simulate.stderr);
}

// ---- Runs ----

#[test]
fn a_contact_is_created_then_unchanged_then_updated() {
    let simulated = Simulated::new();
    let mut visitor = visitor();
    let first = simulated.run(CONTACT_SETTINGS, &visitor);
    assert_eq!((&first["status"], results(&first)), (&json!("done"), vec!["created"]));
    let id = first["records"][0]["id"].as_str().expect("an id");
    assert_eq!(id.len(), 18);
    assert_eq!(first["variables"], json!({ "salesforce_contact_id": id }));
    let second = simulated.run(CONTACT_SETTINGS, &visitor);
    assert_eq!(results(&second), ["unchanged"]);
    assert_eq!(second["requests"], 1);
    visitor["customer_lastname"] = "Berg-Olsen".into();
    visitor["customer_email"] = "ANNA.BERG@EXAMPLE.COM".into();
    let third = simulated.run(CONTACT_SETTINGS, &visitor);
    assert_eq!(results(&third), ["updated"]);
    for outcome in [&first, &second, &third] {
        assert!(outcome["requests"].as_u64().is_some_and(|requests| requests <= 2));
        assert_eq!(outcome["records"][0]["id"], id);
        assert_eq!(outcome["variables"]["salesforce_contact_id"], id);
        assert_eq!(outcome["findings"], json!([]));
    }
    let contacts = simulated.query("SELECT Id, FirstName, LastName, Email FROM Contact");
    assert_eq!(contacts.len(), 1);
    assert_eq!(contacts[0]["Id"], id);
    assert_eq!(contacts[0]["LastName"], "Berg-Olsen");
    assert_eq!(contacts[0]["FirstName"], "Anna");
}

#[test]
fn a_contact_and_its_case_take_at_most_two_requests() {
    let simulated = Simulated::new();
    for expected in [["created", "created"], ["unchanged", "created"]] {
        let outcome = simulated.run(SUPPORT_SETTINGS, &visitor());
        assert_eq!(results(&outcome), expected);
        assert!(outcome["requests"].as_u64().is_some_and(|requests| requests <= 2));
        let number = outcome["variables"]["case_number"].as_str().expect("a number");
        let found =
            simulated.query(&format!("SELECT Id, Subject, Origin, ContactId FROM Case WHERE CaseNumber = '{number}'"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["Id"], outcome["variables"]["salesforce_case_id"]);
        assert_eq!(found[0]["ContactId"], outcome["records"][0]["id"]);
        assert_eq!(found[0]["Subject"], "Repair: Coffee machine");
        assert_eq!(found[0]["Origin"], "Web");
    }
    assert_eq!(simulated.query("SELECT Id FROM Contact").len(), 1);
    assert_eq!(simulated.query("SELECT Id FROM Case").len(), 2);
}

#[test]
fn custom_objects_and_fields_work_like_standard_ones() {
    let simulated = Simulated::new();
    let settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [
            { "source": { "variable": "email" }, "object": "Contact", "field": "Email", "useToFindExisting": true },
            { "source": { "constant": "Berg" }, "object": "Contact", "field": "LastName" },
            {
                "source": { "variable": "ticket" },
                "object": "Ticket__c", "field": "External_Id__c", "useToFindExisting": true,
            },
            { "source": { "variable": "subject" }, "object": "Ticket__c", "field": "Subject__c" },
            { "source": { "variable": "score" }, "object": "Ticket__c", "field": "Score__c" },
            { "source": { "record": "Contact" }, "object": "Ticket__c", "field": "Contact__c" },
            {
                "source": { "variable": "ticket" },
                "object": "acme__Order__c", "field": "acme__Number__c", "useToFindExisting": true,
            },
            { "source": { "constant": 12.5 }, "object": "acme__Order__c", "field": "acme__Total__c" },
        ],
        "objects": { "Ticket__c": { "store": { "Name": "ticket_name" } } },
    });
    let settings = settings.to_string();
    let mut variables = json!({ "email": "anna@example.com", "ticket": "T-1", "subject": "Cage", "score": 7.25 });
    let outcome = simulated.run(&settings, &variables);
    assert_eq!(results(&outcome), ["created"; 3]);
    assert!(outcome["variables"]["ticket_name"].is_string());
    variables["score"] = 8.into();
    let outcome = simulated.run(&settings, &variables);
    assert_eq!(results(&outcome), ["unchanged", "updated", "unchanged"]);
    assert!(outcome["requests"].as_u64().is_some_and(|requests| requests <= 2));
    let tickets = simulated.query("SELECT Score__c, Contact__c FROM Ticket__c WHERE External_Id__c = 'T-1'");
    assert_eq!(tickets.len(), 1);
    assert_eq!(tickets[0]["Score__c"].as_f64(), Some(8.0));
    assert_eq!(tickets[0]["Contact__c"], outcome["records"][0]["id"]);
    assert_eq!(simulated.query("SELECT Id FROM acme__Order__c").len(), 1);
}

#[test]
fn several_matches_write_nothing() {
    let twin = |first: &str| json!({ "LastName": "Berg", "FirstName": first, "Email": "anna.berg@example.com" });
    let simulated = Simulated::with_seed(Some(json!({ "Contact": [twin("Anne"), twin("Anja")] })));
    let ran = simulated.command("run", SUPPORT_SETTINGS, &visitor()).expect_code(1);
    let outcome = ran.json();
    assert_eq!(outcome["status"], "ambiguous");
    assert_eq!(results(&outcome), ["ambiguous", "skipped"]);
    assert_eq!(outcome["requests"], 1);
    let candidates = outcome["records"][0]["candidates"].as_array().expect("a list");
    let existing = simulated.query("SELECT Id FROM Contact ORDER BY Id");
    assert_eq!(candidates.len(), 2);
    for (candidate, contact) in candidates.iter().zip(&existing) {
        assert_eq!(candidate.as_str().map(str::len), Some(18));
        assert_eq!(*candidate, contact["Id"]);
    }
    assert_eq!(existing.len(), 2);
    assert!(simulated.query("SELECT Id FROM Case").is_empty());
    assert!(simulated.query("SELECT Id FROM Contact WHERE FirstName = 'Anna'").is_empty());
}

#[test]
fn only_update_existing_never_creates() {
    let simulated =
        Simulated::with_seed(Some(json!({ "Contact": [{ "LastName": "Berg", "Email": "b@example.com" }] })));
    let settings = contact_settings(|settings| settings["objects"]["Contact"]["onlyUpdateExisting"] = true.into());
    let outcome = simulated.run(&settings, &visitor());
    assert_eq!((&outcome["status"], results(&outcome)), (&json!("done"), vec!["skipped"]));
    assert_eq!(outcome["records"][0]["id"], Value::Null);
    assert_eq!(outcome["variables"], json!({}));
    assert_eq!(finding(&outcome, "no-match")["severity"], "info");
    assert_eq!(simulated.query("SELECT Id FROM Contact").len(), 1);
    let mut known = visitor();
    known["customer_email"] = "b@example.com".into();
    assert_eq!(results(&simulated.run(&settings, &known)), ["updated"]);
    assert_eq!(simulated.query("SELECT Id FROM Contact WHERE FirstName = 'Anna'").len(), 1);
}

#[test]
fn a_key_without_a_value_is_neither_looked_up_nor_written() {
    // A Contact without an e-mail address is not the one of a visitor without one.
    let simulated = Simulated::with_seed(Some(json!({ "Contact": [{ "LastName": "Nobody" }] })));
    for email in [json!(null), json!(""), json!(" \n\t")] {
        let mut visitor = visitor();
        visitor["customer_email"] = email;
        let outcome = simulated.run(CONTACT_SETTINGS, &visitor);
        assert_eq!(results(&outcome), ["skipped"]);
        assert_eq!(outcome["requests"], 0);
        assert_eq!(finding(&outcome, "key-without-value")["path"], "/mappings/0");
    }
    let mut visitor = visitor();
    visitor.as_object_mut().expect("an object").remove("customer_email");
    let outcome = simulated.run(SUPPORT_SETTINGS, &visitor);
    // The Case has no key and is written, without its link.
    assert_eq!(results(&outcome), ["skipped", "created"]);
    let cases = simulated.query("SELECT ContactId FROM Case");
    assert_eq!(cases.iter().map(|case| &case["ContactId"]).collect::<Vec<_>>(), [&Value::Null]);
    let contacts = simulated.query("SELECT LastName FROM Contact");
    assert_eq!(contacts.iter().map(|contact| &contact["LastName"]).collect::<Vec<_>>(), ["Nobody"]);
}

#[test]
fn what_salesforce_refuses_fails_with_its_code_and_writes_nothing() {
    let simulated = Simulated::new();
    let mut visitor = visitor();
    visitor["customer_lastname"] = "".into();
    let ran = simulated.command("run", SUPPORT_SETTINGS, &visitor).expect_code(1);
    let outcome = ran.json();
    assert_eq!(outcome["status"], "failed");
    assert_eq!(results(&outcome), ["failed", "skipped"]);
    assert_eq!(outcome["records"][0]["error"]["code"], "REQUIRED_FIELD_MISSING");
    assert_eq!(outcome["records"][0]["error"]["fields"], json!(["LastName"]));
    visitor["customer_lastname"] = "Berg".into();
    visitor["customer_email"] = "no address".into();
    let ran = simulated.command("run", SUPPORT_SETTINGS, &visitor).expect_code(1);
    assert_eq!(ran.json()["records"][0]["error"]["code"], "INVALID_EMAIL_ADDRESS");
    assert!(simulated.query("SELECT Id FROM Contact").is_empty());
    assert!(simulated.query("SELECT Id FROM Case").is_empty());
}

#[test]
fn a_preview_writes_nothing_and_the_run_sends_exactly_what_it_showed() {
    let simulated = Simulated::new();
    let preview = simulated.command("preview", SUPPORT_SETTINGS, &visitor()).expect_code(0).json();
    assert_eq!(preview["status"], "done");
    assert_eq!(preview["records"][0]["decision"], "create");
    assert_eq!(preview["records"][1]["decision"], "create");
    assert!(simulated.query("SELECT Id FROM Contact").is_empty());
    assert!(simulated.query("SELECT Id FROM Case").is_empty());
    let written = composite(&[
        ("write_Contact", 201, created("003000000000001AAA")),
        ("write_Case", 201, created("500000000000001AAA")),
        ("read_Case", 200, json!({ "CaseNumber": "00001026" })),
    ]);
    let nobody = composite(&[("find_Contact", 200, rows(&[]))]);
    let script = Script::start([Reply::json(200, &nobody), Reply::json(200, &written)]);
    let run = routed("run", &script.url(), SUPPORT_SETTINGS, VARIABLES, &["--json"]).expect_code(0);
    assert_eq!(run.json()["requests"], 2);
    let requests = script.requests();
    let sent = requests.get(1).expect("the write");
    let shown = json!([{ "method": sent.method, "path": sent.path, "body": sent.json() }]);
    assert_eq!(preview["writes"], shown);
    assert!(sent.json()["compositeRequest"].is_array());
}

#[test]
fn a_plan_needs_no_network_and_counts_the_requests() {
    let folder = Folder::new();
    let (settings, variables) = (folder.file("s.json", SUPPORT_SETTINGS), folder.file("v.json", VARIABLES));
    let files = ["plan", "--settings", &settings, "--variables", &variables];
    let plan = chat_host(&[files.as_slice(), &["--json"]].concat()).expect_code(0).json();
    assert_eq!(plan["requests"], json!({ "atLeast": 2, "atMost": 2 }));
    assert_eq!(plan["records"][0]["approach"], "look-up");
    assert_eq!(plan["records"][1]["approach"], "create");
    assert_eq!(plan["lookups"].as_array().map(Vec::len), Some(1));
    let text = chat_host(&files).expect_code(0);
    assert!(text.stdout.contains("2 requests") && text.stdout.contains("FROM Contact"), "{}", text.stdout);
    assert_eq!(text.stderr, "");
}

#[test]
fn a_plan_that_cannot_be_written_is_not_done() {
    let folder = Folder::new();
    let settings = contact_settings(|settings| settings["mappings"][2]["whenBlank"] = "fail".into());
    let settings = folder.file("s.json", &settings);
    let variables = folder.file("v.json", r#"{"customer_email":"anna@example.com"}"#);
    let files = ["plan", "--json", "--settings", &settings, "--variables", &variables];
    let plan = chat_host(&files).expect_code(1).json();
    assert_eq!(plan["records"][0]["error"]["code"], "BLANK_VALUE");
}

#[test]
fn files_can_come_from_standard_input() {
    let folder = Folder::new();
    let settings = folder.file("s.json", CONTACT_SETTINGS);
    let plan = ["plan", "--json", "--settings", &settings, "--variables", "-"];
    let plan = with_input(&plan, VARIABLES).expect_code(0).json();
    assert_eq!(plan["records"][0]["fields"][1]["value"], "Anna");
    let check = with_input(&["check", "--json", "--settings", "-"], CONTACT_SETTINGS).expect_code(0);
    assert_eq!(check.json()["findings"][0]["code"], "key-may-be-blank");
}

#[test]
fn people_read_text_and_no_json() {
    let simulated = Simulated::new();
    let run = || routed_with_token("run", simulated.url(), simulated.token(), SUPPORT_SETTINGS, VARIABLES, &[]);
    let text = run().expect_code(0);
    for told in ["done", "created Contact 003", "created Case 500", "case_number = "] {
        assert!(text.stdout.contains(told), "{told}: {}", text.stdout);
    }
    assert!(!text.stdout.contains(['{', '\u{1b}']), "{}", text.stdout);
    assert_eq!(text.stderr, "");
}

// ---- Exit codes and streams ----

/// A command with these documents, and a token that must not show.
fn routed(name: &str, url: &str, settings: &str, variables: &str, more: &[&str]) -> Ran {
    routed_with_token(name, url, "00D!canary.token", settings, variables, more)
}

fn routed_with_token(name: &str, url: &str, token: &str, settings: &str, variables: &str, more: &[&str]) -> Ran {
    let folder = Folder::new();
    let (settings, variables) = (folder.file("s.json", settings), folder.file("v.json", variables));
    let mut command = command(&[name, "--route", url, "--settings", &settings]);
    if name != "prepare" {
        command.args(["--variables", &variables]);
    }
    ran(command.args(more).env(TOKEN_VARIABLE, token))
}

#[test]
fn every_command_explains_itself() {
    let commands = ["demo", "chat", "simulate", "check", "prepare", "plan", "preview", "run"];
    let whole = chat_host(&["--help"]).expect_code(0);
    for name in commands {
        assert!(whole.stdout.contains(name), "{name}");
        let help = chat_host(&[name, "--help"]).expect_code(0);
        assert!(help.stdout.contains("Usage:"), "{name}");
        assert_eq!(help.stderr, "");
    }
    let run = chat_host(&["run", "--help"]).stdout;
    for option in ["--settings", "--variables", "--route", "--token", "--json", TOKEN_VARIABLE] {
        assert!(run.contains(option), "{option}");
    }
    assert!(chat_host(&["--version"]).expect_code(0).stdout.starts_with("chat-host "));
}

#[test]
fn bad_usage_is_told_on_stderr() {
    let folder = Folder::new();
    let settings = folder.file("s.json", CONTACT_SETTINGS);
    let variables = folder.file("v.json", VARIABLES);
    let missing = folder.missing();
    let directory = folder.0.display().to_string();
    let run = ["run", "--settings", &settings, "--variables", &variables, "--token", "t"];
    let with = |more: &[&'static str]| [run.as_slice(), more].concat();
    for (arguments, told) in [
        (vec!["rnu"], "rnu"),
        (vec!["run"], "--settings"),
        (vec!["demo", "--jsn"], "--json"),
        (vec!["demo", "extra"], "extra"),
        (vec!["simulate", "--port", "many"], "--port"),
        (vec!["simulate", "--port", "70000"], "--port"),
        (vec!["check"], "--settings"),
        (vec!["check", "--settings", &missing], "missing.json"),
        (vec!["check", "--settings", &directory], &directory),
        (vec!["plan", "--settings", &settings], "--variables"),
        (vec!["plan", "--settings", &settings, "--variables", &missing], "missing.json"),
        (vec!["plan", "--settings", &missing, "--variables", &variables], "missing.json"),
        (vec!["run", "--settings", &settings, "--variables", &variables], "--token"),
        (vec!["preview", "--settings", &settings, "--variables", &variables], "--token"),
        (vec!["prepare", "--settings", &settings], "--token"),
        (vec!["run", "--settings", &missing, "--variables", &variables, "--token", "t"], "missing.json"),
        (with(&["--route", "nowhere"]), "--route"),
        (with(&["--route", "ftp://127.0.0.1:1"]), "--route"),
        (with(&["--route", "http://127.0.0.1:1/services"]), "--route"),
        (with(&["--route", ""]), "--route"),
        (with(&["--route", "127.0.0.1:8080"]), "--route"),
        (with(&["--setings", "x"]), "--settings"),
    ] {
        let ran = chat_host(&arguments).expect_code(2);
        assert!(ran.stderr.contains(told), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
}

#[test]
fn a_file_that_is_no_text_is_bad_usage() {
    let folder = Folder::new();
    let path = folder.file("s.json", "");
    fs::write(&path, [0xff, 0xfe, 0x00]).expect("a file of the test");
    let check = chat_host(&["check", "--settings", &path]).expect_code(2);
    assert!(check.stderr.contains("s.json"), "{}", check.stderr);
}

#[test]
fn a_status_other_than_done_exits_with_1_and_is_told_on_stdout() {
    let status = |reply: Reply, code: u16| {
        let script = Script::repeating([reply]);
        let json = routed("run", &script.url(), CONTACT_SETTINGS, VARIABLES, &["--json"]).expect_code(1);
        let outcome = json.json();
        // A page instead of an answer is asked for again.
        assert_eq!(script.requests().len(), if code == 200 { 3 } else { 1 }, "HTTP {code}");
        (outcome["status"].clone(), outcome["retryAfterSeconds"].clone())
    };
    let expired = Reply::json(401, &refusal("INVALID_SESSION_ID", "Session expired or invalid"));
    assert_eq!(status(expired, 401), (json!("session-expired"), Value::Null));
    let limit = || {
        let limit = Reply::json(403, &refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
        limit.header("Retry-After", "30")
    };
    assert_eq!(status(limit(), 403), (json!("deferred"), json!(30)));
    assert_eq!(status(Reply::html(200), 200), (json!("failed"), Value::Null));
    let script = Script::start([limit(), limit()]);
    let text = routed("run", &script.url(), CONTACT_SETTINGS, VARIABLES, &[]).expect_code(1);
    assert!(text.stdout.contains("deferred") && text.stdout.contains("30 seconds"), "{}", text.stdout);
    let preview = routed("preview", &script.url(), CONTACT_SETTINGS, VARIABLES, &["--json"]).expect_code(1);
    assert_eq!(preview.json()["status"], "deferred");
}

#[test]
fn an_org_that_cannot_be_reached_is_a_failed_run() {
    let free = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let url = format!("http://{}", free.local_addr().expect("a bound socket"));
    drop(free);
    for name in ["run", "preview"] {
        let ran = routed(name, &url, CONTACT_SETTINGS, VARIABLES, &["--json"]).expect_code(1);
        assert_eq!(ran.json()["status"], "failed");
        assert_eq!(ran.json()["records"][0]["error"]["code"], "CONNECTION_FAILED");
    }
}

#[test]
fn bad_input_is_told_to_programs_on_stdout_and_to_people_on_stderr() {
    let script = Script::start([]);
    let settings = contact_settings(|settings| settings["mappings"] = json!([]));
    for name in ["plan", "preview", "run", "prepare"] {
        let more = ["--json"];
        let ran = match name {
            "plan" => {
                let folder = Folder::new();
                let (settings, variables) = (folder.file("s.json", &settings), folder.file("v.json", VARIABLES));
                chat_host(&["plan", "--json", "--settings", &settings, "--variables", &variables])
            }
            _ => routed(name, &script.url(), &settings, VARIABLES, &more),
        };
        let ran = ran.expect_code(2);
        let answer = ran.json();
        let finding = finding(&answer, "empty-mappings");
        for key in ["severity", "code", "path", "message", "remedy"] {
            assert!(finding[key].is_string(), "{name}: {key}");
        }
        assert!(ran.stderr.contains("empty-mappings"), "{name}: {}", ran.stderr);
    }
    let text = routed("run", &script.url(), &settings, VARIABLES, &[]).expect_code(2);
    assert_eq!(text.stdout, "");
    assert!(text.stderr.contains("/mappings") && text.stderr.contains("Nothing was sent"), "{}", text.stderr);
    assert_eq!(script.connections(), 0);
}

#[test]
fn check_lists_every_mistake_at_once_and_warnings_alone_are_no_error() {
    let folder = Folder::new();
    let bad = contact_settings(|settings| {
        settings["deploymentDomain"] = "example.lightning.force.com".into();
        settings["mappings"][0]["feild"] = "Email".into();
        settings["mappings"][1]["whenBlank"] = "skipp".into();
        settings["mappings"][2]["field"] = "Last Name".into();
    });
    let path = folder.file("s.json", &bad);
    let check = chat_host(&["check", "--json", "--settings", &path]).expect_code(2);
    for code in ["bad-domain", "unknown-key", "unknown-value", "bad-name"] {
        assert_eq!(finding(&check.json(), code)["severity"], "error");
    }
    let text = chat_host(&["check", "--settings", &path]).expect_code(2);
    assert!(text.stdout.contains("Enter `example.my.salesforce.com`."), "{}", text.stdout);
    let doubtful = contact_settings(|settings| settings["mappings"][0]["source"] = json!({ "constant": "a@b.com" }));
    let path = folder.file("s.json", &doubtful);
    let check = chat_host(&["check", "--json", "--settings", &path]).expect_code(0);
    assert_eq!(finding(&check.json(), "constant-key")["severity"], "warning");
}

/// Settings text, and the finding that it gets: code, path, and what its remedy must say.
type Row = (String, &'static str, &'static str, &'static str);

/// Each is refused by a run before any connection.
fn are_refused(bad: &[Row]) {
    let script = Script::start([]);
    for (settings, code, path, remedy) in bad {
        let ran = routed("run", &script.url(), settings, VARIABLES, &["--json"]).expect_code(2);
        let answer = ran.json();
        let findings = answer["findings"].as_array().expect("a list");
        let found = findings.iter().any(|finding| {
            finding["severity"] == "error"
                && finding["code"] == *code
                && finding["path"] == *path
                && finding["remedy"].as_str().is_some_and(|text| text.contains(remedy))
        });
        assert!(found, "no `{code}` at `{path}` that says `{remedy}` for {settings}: {answer:#}");
        assert!(ran.stderr.contains(code), "{}", ran.stderr);
    }
    assert_eq!(script.connections(), 0);
}

fn row(change: impl FnOnce(&mut Value), code: &'static str, path: &'static str, remedy: &'static str) -> Row {
    (contact_settings(change), code, path, remedy)
}

#[test]
fn settings_that_are_no_document_are_refused() {
    are_refused(&[
        (String::new(), "invalid-json", "", "one JSON object"),
        ("mode = sobject-write".into(), "invalid-json", "", "one JSON object"),
        (CONTACT_SETTINGS.replacen(',', "", 1), "invalid-json", "", "one JSON object"),
        ("[]".into(), "invalid-json", "", "one JSON object"),
        ("null".into(), "invalid-json", "", "one JSON object"),
        (CONTACT_SETTINGS.replacen('{', "{ \"mode\": \"sobject-write\",", 1), "invalid-json", "/mode", "each key once"),
        ("{}".into(), "missing-key", "", "`mode`"),
        ("{}".into(), "missing-key", "", "`deploymentDomain`"),
        ("{}".into(), "missing-key", "", "`mappings`"),
    ]);
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_known_one() {
    are_refused(&[
        row(|s| s["deploymentDomian"] = DOMAIN.into(), "unknown-key", "/deploymentDomian", "`deploymentDomain`"),
        row(|s| s["api_version"] = "62.0".into(), "unknown-key", "/api_version", "`apiVersion`"),
        row(|s| s["mappings"][0]["feild"] = "Email".into(), "unknown-key", "/mappings/0/feild", "`field`"),
        row(|s| s["mappings"][1]["when_blank"] = "skip".into(), "unknown-key", "/mappings/1/when_blank", "`whenBlank`"),
        row(
            |s| s["mappings"][0]["source"]["varaible"] = "x".into(),
            "unknown-key",
            "/mappings/0/source/varaible",
            "`variable`",
        ),
        row(
            |s| s["objects"]["Contact"]["onlyUpdateExistng"] = true.into(),
            "unknown-key",
            "/objects/Contact/onlyUpdateExistng",
            "`onlyUpdateExisting`",
        ),
        row(|s| s["banana"] = 1.into(), "unknown-key", "/banana", "Known here"),
        row(|s| s["objects"]["Contakt"] = json!({}), "unknown-record", "/objects/Contakt", "`Contact`"),
    ]);
}

#[test]
fn wrong_types_are_refused() {
    are_refused(&[
        row(|s| s["mode"] = 1.into(), "wrong-type", "/mode", "a text"),
        row(|s| s["deploymentDomain"] = json!([DOMAIN]), "wrong-type", "/deploymentDomain", "a text"),
        row(|s| s["apiVersion"] = json!(62.0), "wrong-type", "/apiVersion", "a text"),
        row(|s| s["mappings"] = json!({}), "wrong-type", "/mappings", "a list"),
        row(|s| s["mappings"][1] = "Email".into(), "wrong-type", "/mappings/1", "an object"),
        row(|s| s["mappings"][1]["source"] = "email".into(), "wrong-type", "/mappings/1/source", "an object"),
        row(|s| s["mappings"][1]["field"] = Value::Null, "wrong-type", "/mappings/1/field", "a text"),
        row(
            |s| s["mappings"][0]["useToFindExisting"] = "true".into(),
            "wrong-type",
            "/mappings/0/useToFindExisting",
            "without quotes",
        ),
        row(
            |s| s["mappings"][1]["source"] = json!({ "constant": { "a": 1 } }),
            "wrong-type",
            "/mappings/1/source/constant",
            "Replace",
        ),
        row(|s| s["objects"] = json!([]), "wrong-type", "/objects", "an object"),
        row(|s| s["objects"]["Contact"]["store"]["Id"] = 1.into(), "wrong-type", "/objects/Contact/store/Id", "a text"),
    ]);
}

#[test]
fn unknown_values_are_refused_with_the_possible_ones() {
    are_refused(&[
        row(|s| s["mode"] = "sobject-wirte".into(), "unknown-value", "/mode", "\"sobject-write\""),
        row(|s| s["mappings"][0]["whenBlank"] = "skipp".into(), "unknown-value", "/mappings/0/whenBlank", "\"skip\""),
        row(
            |s| s["mappings"][0]["overwrite"] = "allways".into(),
            "unknown-value",
            "/mappings/0/overwrite",
            "\"always\"",
        ),
        row(
            |s| s["objects"]["Contact"]["matchKeys"] = "some".into(),
            "unknown-value",
            "/objects/Contact/matchKeys",
            "`any`",
        ),
        row(
            |s| s["objects"]["Contact"]["whenSeveralMatch"] = "newest".into(),
            "unknown-value",
            "/objects/Contact/whenSeveralMatch",
            "`most-recently-modified`",
        ),
        row(
            |s| s["objects"]["Contact"]["duplicateRule"] = "alow".into(),
            "unknown-value",
            "/objects/Contact/duplicateRule",
            "\"allow\"",
        ),
        row(
            |s| s["objects"]["Contact"]["assignmentRule"] = "none".into(),
            "unknown-value",
            "/objects/Contact/assignmentRule",
            "15 or 18",
        ),
        row(|s| s["apiVersion"] = "45.0".into(), "bad-api-version", "/apiVersion", "62.0"),
        row(|s| s["apiVersion"] = "latest".into(), "bad-api-version", "/apiVersion", "62.0"),
        row(|s| s["apiVersion"] = "62.0/../x".into(), "bad-api-version", "/apiVersion", "62.0"),
    ]);
}

#[test]
fn mapping_tables_that_cannot_be_meant_are_refused() {
    let mapping =
        |object: &str, field: &str| json!({ "source": { "variable": "x" }, "object": object, "field": field });
    let name_of_field = |name: &'static str| {
        let change = move |s: &mut Value| s["mappings"][1]["field"] = name.into();
        row(change, "bad-name", "/mappings/1/field", "API name")
    };
    let name_of_object = |name: &'static str| {
        let change = move |s: &mut Value| s["mappings"][1]["object"] = name.into();
        row(change, "bad-name", "/mappings/1/object", "API name")
    };
    are_refused(&[
        row(|s| s["mappings"] = json!([]), "empty-mappings", "/mappings", "Add a row"),
        row(|s| add_mapping(s, mapping("Contact", "Email")), "duplicate-field", "/mappings/3/field", "Keep one"),
        row(|s| add_mapping(s, mapping("Contact", "lastname")), "duplicate-field", "/mappings/3/field", "Keep one"),
        name_of_field("Last Name"),
        name_of_field("E-Mail"),
        name_of_field(""),
        name_of_field("Name FROM User"),
        name_of_field("Straße"),
        name_of_field("A.B.C"),
        name_of_object("Contact Person"),
        name_of_object(""),
        name_of_object("../Contact"),
        name_of_object("1Contact"),
        row(|s| s["mappings"][1]["source"] = json!({}), "bad-source", "/mappings/1/source", "variable"),
        row(
            |s| s["mappings"][1]["source"] = json!({ "variable": "a", "constant": "b" }),
            "bad-source",
            "/mappings/1/source",
            "variable",
        ),
        row(
            |s| s["mappings"][1]["source"] = json!({ "template": "{first" }),
            "bad-template",
            "/mappings/1/source/template",
            "{first_name}",
        ),
        row(|s| s["mappings"][1]["field"] = "Id".into(), "id-not-writable", "/mappings/1/field", "useToFindExisting"),
        row(
            |s| {
                s["mappings"][0]["useToFindExisting"] = false.into();
                s["objects"]["Contact"]["onlyUpdateExisting"] = true.into();
            },
            "only-update-without-key",
            "/objects/Contact/onlyUpdateExisting",
            "useToFindExisting",
        ),
        row(
            |s| (0..26).for_each(|n| add_mapping(s, mapping(&format!("Object_{n}__c"), "Name"))),
            "too-many-records",
            "/mappings",
            "Split",
        ),
    ]);
}

#[test]
fn links_to_nowhere_and_in_circles_are_refused() {
    let link = |object: &str, field: &str, record: &str| {
        let source = json!({ "record": record });
        json!({ "source": source, "object": object, "field": field })
    };
    are_refused(&[
        row(
            |s| add_mapping(s, link("Case", "ContactId", "Contacts")),
            "unknown-record",
            "/mappings/3/source/record",
            "`Contact`",
        ),
        row(
            |s| add_mapping(s, link("Case", "AccountId", "Account")),
            "unknown-record",
            "/mappings/3/source/record",
            "Map a field",
        ),
        row(
            |s| add_mapping(s, link("Contact", "ReportsToId", "Contact")),
            "link-cycle",
            "/mappings/3/source/record",
            "Remove one link",
        ),
        row(
            |s| {
                add_mapping(s, link("Contact", "Case__c", "Case"));
                add_mapping(s, link("Case", "ContactId", "Contact"));
            },
            "link-cycle",
            "/mappings/3/source/record",
            "Remove one link",
        ),
        row(
            |s| {
                add_mapping(s, link("Case", "ContactId", "Contact"));
                s["mappings"][3]["useToFindExisting"] = true.into();
            },
            "bad-link",
            "/mappings/3/source/record",
            "without `useToFindExisting`",
        ),
    ]);
}

#[test]
fn a_deployment_domain_that_is_none_is_refused_with_what_to_enter() {
    let bad: Vec<Row> = [
        "https://example.lightning.force.com/lightning/page/home",
        "example.lightning.force.com",
        "https://example.my.salesforce.com",
        "example.my.salesforce.com/",
        "example.my.salesforce.com:443",
        "login.salesforce.com",
        "https://test.salesforce.com/",
        "127.0.0.1",
        "https://10.1.2.3/",
        "[::1]",
        "example.my.salesforce.com.evil.com",
        "evil.com/example.my.salesforce.com",
        "user@example.my.salesforce.com",
        "evilmy.salesforce.com",
        "example.com",
        "localhost",
        "",
        " ",
    ]
    .map(|domain| row(|s| s["deploymentDomain"] = domain.into(), "bad-domain", "/deploymentDomain", DOMAIN))
    .into();
    are_refused(&bad);
}

#[test]
fn variables_that_are_no_object_are_refused_and_not_quoted() {
    let script = Script::start([]);
    for variables in ["", "canary", "[\"canary\"]", "\"canary\"", "null", "{\"canary\":1,\"canary\":2}"] {
        for more in [["--json"].as_slice(), &[]] {
            let ran = routed("run", &script.url(), CONTACT_SETTINGS, variables, more).expect_code(2);
            assert!(ran.stderr.contains("bad-variables"), "{}", ran.stderr);
            assert!(!format!("{ran:?}").contains("canary"), "{ran:?}");
            if !more.is_empty() {
                assert_eq!(finding(&ran.json(), "bad-variables")["path"], "variables");
            }
        }
    }
    assert_eq!(script.connections(), 0);
}

// ---- The token ----

#[test]
fn the_token_comes_from_the_environment_and_is_in_no_output() {
    let simulated = Simulated::new();
    let token = simulated.token();
    let folder = Folder::new();
    let (settings, variables) = (folder.file("s.json", SUPPORT_SETTINGS), folder.file("v.json", VARIABLES));
    let files = ["--settings", settings.as_str(), "--variables", variables.as_str()];
    let route = ["--route", simulated.url()];
    for arguments in [
        [&["run"], files.as_slice(), &route].concat(),
        [&["run", "--json"], files.as_slice(), &route].concat(),
        [&["preview"], files.as_slice(), &route].concat(),
        [&["preview", "--json"], files.as_slice(), &route].concat(),
    ] {
        let ran = ran(command(&arguments).env(TOKEN_VARIABLE, token)).expect_code(0);
        assert!(!format!("{ran:?}").contains(token), "{ran:?}");
    }
    for arguments in [
        ["run", "--help"].as_slice(),
        &["run", "-h"],
        &["run"],
        &["run", "--nonsense"],
        &["prepare", "--settings", &settings],
        &["run", "--settings", &settings, "--variables", &variables, "--route", "http://127.0.0.1:1"],
        &["run", "--settings", &settings, "--variables", &variables, "--route", "nonsense"],
    ] {
        let ran = ran(command(arguments).env(TOKEN_VARIABLE, token));
        assert!(!format!("{ran:?}").contains(token), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_token_that_salesforce_repeats_or_that_is_none_is_in_no_output() {
    let script = Script::start([Reply::json(401, &refusal("INVALID_SESSION_ID", "Bad token 00D!canary.token"))]);
    for name in ["run", "preview"] {
        let ran = routed(name, &script.url(), CONTACT_SETTINGS, VARIABLES, &[]).expect_code(1);
        assert!(!format!("{ran:?}").contains("canary"), "{ran:?}");
    }
    let script = Script::start([]);
    for token in ["", "canary token", "canary\ntoken", "canäry"] {
        let ran = routed_with_token("run", &script.url(), token, CONTACT_SETTINGS, VARIABLES, &["--json"]);
        let ran = ran.expect_code(2);
        assert!(!format!("{ran:?}").contains("can"), "{ran:?}");
    }
    assert_eq!(script.connections(), 0);
}

#[test]
fn a_token_of_another_org_ends_as_session_expired() {
    let simulated = Simulated::new();
    let ran = routed("run", simulated.url(), CONTACT_SETTINGS, VARIABLES, &["--json"]).expect_code(1);
    assert_eq!(ran.json()["status"], "session-expired");
    assert!(simulated.query("SELECT Id FROM Contact").is_empty());
}
