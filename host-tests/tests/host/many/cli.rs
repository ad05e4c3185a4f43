//! `chat-host run-many` in a terminal and in a script: a file of conversations, a file of results, and a process that is ended
//! in the middle.

mod doubt;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use host_tests::simulator::Request;
use host_tests::simulator::fault::{Fault, Lost, Row, Scripted, What};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::common::many::{contacts, map, person, settings};
use crate::org::{TestOrg, kept_secret};
use crate::process::{Folder, Ran, ran};

impl Folder {
    /// What is noted of a line, last.
    fn noted(&self, line: u64) -> Value {
        let text = fs::read_to_string(self.0.join("queue.results.jsonl")).expect("results");
        let mut entries = text.lines().map(|entry| serde_json::from_str::<Value>(entry).expect("JSON"));
        entries.rfind(|entry| entry["line"] == line).unwrap_or_default()
    }

    /// As if all that is noted had been noted so much earlier.
    fn age(&self, seconds: i64) {
        let path = self.0.join("queue.results.jsonl");
        let text = fs::read_to_string(&path).expect("results");
        let aged = text.lines().map(|entry| {
            let mut entry: Value = serde_json::from_str(entry).expect("JSON");
            for name in ["at", "sending", "inDoubt"] {
                if let Some(time) = entry[name].as_str() {
                    let time: Timestamp = time.parse().expect("a time");
                    entry[name] = (time - SignedDuration::from_secs(seconds)).to_string().into();
                }
            }
            entry.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
            format!("{entry}\n")
        });
        fs::write(path, aged.collect::<String>()).expect("results");
    }
}

fn command(org: &TestOrg, folder: &Folder, settings: &Value, more: &[&str]) -> Command {
    to(&org.url(), org, folder, settings, more)
}

fn to(url: &str, org: &TestOrg, folder: &Folder, settings: &Value, more: &[&str]) -> Command {
    let settings = folder.file("settings.json", &settings.to_string());
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
    command.arg("run-many").arg("--settings").arg(settings).arg("--input").arg(folder.0.join("queue.jsonl"));
    command.args(["--route", url]).args(more);
    command.env("SALESFORCE_ACCESS_TOKEN", org.token()).env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    command
}

fn run_many(org: &TestOrg, folder: &Folder, settings: &Value, more: &[&str]) -> Ran {
    kept_secret(ran(&mut command(org, folder, settings, more)))
}

fn lines(people: impl IntoIterator<Item = Value>) -> String {
    people.into_iter().map(|variables| format!("{variables}\n")).collect()
}

/// An org in which that request meets a fault.
async fn faulty(request: usize, processed: bool, what: What) -> TestOrg {
    let scripted = Scripted { request, and_after: false, fault: Fault { processed, what } };
    TestOrg::with(|org| org.script_fault(scripted)).await
}

/// Starts it, lets it come to the request that is never answered, and ends it.
fn killed_at(org: &TestOrg, folder: &Folder, settings: &Value, request: usize) {
    let mut child: Child = command(org, folder, settings, &[]).stderr(Stdio::null()).spawn().expect("chat-host starts");
    while org.org().met().len() < request {
        assert!(child.try_wait().expect("a process").is_none(), "it ended before");
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().expect("a process");
    child.wait().expect("a process");
    org.org().clear_faults();
}

/// As if Salesforce were at work on its last request still: what it wrote is not there yet.
fn not_committed(org: &TestOrg) {
    for contact in org.records("Contact") {
        let token = org.token();
        let request = Request {
            method: "DELETE".to_owned(),
            path: format!("/services/data/v62.0/sobjects/Contact/{}", contact["Id"].as_str().expect("an id")),
            query: None,
            headers: vec![("authorization".to_owned(), format!("Bearer {token}"))],
            body: Vec::new(),
        };
        assert_eq!(org.org().handle(&request, Timestamp::now()).status, 204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_line_has_its_result_and_a_second_call_sends_nothing() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    let mut queue = lines((0..3).map(person));
    queue.push_str("\n{ \"mail\": \n");
    queue.push_str(&lines([json!({ "mail": "canary@example.com" }), person(1)]));
    queue.push_str("{\"mail\": \"last@example.com\", \"name\": \"no line end\"}");
    folder.file("queue.jsonl", &queue);
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let answer = ran.json();
    let counts = json!({ "bad-input": 1, "done": 5, "failed": 1 });
    assert_eq!((&answer["lines"], &answer["done"], &answer["left"]), (&json!(7), &json!(5), &json!(0)), "{answer:#}");
    assert_eq!(answer["thisTime"]["conversations"], counts);
    assert_eq!(answer["thisTime"]["records"], json!({ "created": 4, "failed": 1, "unchanged": 1 }));
    let refused = folder.noted(5)["findings"][0].clone();
    assert_eq!(refused["code"], "bad-variables");
    // The module sees one line; a person sees the file.
    assert!(refused["message"].as_str().is_some_and(|text| text.contains("see line 5, column")), "{refused}");
    assert_eq!(folder.noted(6)["outcome"]["records"][0]["error"]["code"], "REQUIRED_FIELD_MISSING");
    assert_eq!(folder.noted(7)["outcome"]["records"][0]["id"], folder.noted(2)["outcome"]["records"][0]["id"]);
    assert_eq!(folder.noted(8)["outcome"]["status"], "done");
    assert_eq!(folder.noted(4), Value::Null);
    let requests = org.requests().len();

    let ran = run_many(&org, &folder, &contacts(), &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.stdout.contains("5 of 7 conversations are done") && ran.stdout.contains("not done: line 5, 6"),
        "{ran:?}"
    );
    assert_eq!((org.requests().len(), org.records("Contact").len()), (requests, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_no_conversation_is_told_with_its_number() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    let long = json!({ "mail": "x".repeat(1 << 20) });
    folder.file("queue.jsonl", &format!("{}\n\n{{ \"mail\": \n{}", person(0), lines([long])));
    let ran = run_many(&org, &folder, &contacts(), &[]);
    for told in [
        "  this time: 2 bad-input, 1 done, with 2 requests",
        "  not done: line 3, 4",
        "    line 3: The variables document is not valid JSON: see line 3, column",
        "    line 4: The line has more than 1048576 bytes.",
    ] {
        assert!(ran.stdout.contains(told), "no `{told}` in {}", ran.stdout);
    }
}

/// A line for each call, and nothing that a visitor typed.
#[tokio::test(flavor = "multi_thread")]
async fn calls_are_logged_without_values() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    folder.file("queue.jsonl", &lines((0..250).map(person)));
    let log = folder.file("log.jsonl", "");
    let settings = settings(json!([map("topic", "Case", "Subject")]), json!({}));
    assert_eq!(run_many(&org, &folder, &settings, &["--log", &log]).code, Some(0));
    let text = fs::read_to_string(&log).expect("a log");
    let calls: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let done: Vec<&Value> = calls.iter().map(|call| &call["what"]["conversations"]["done"]).collect();
    assert_eq!(done, [&json!(200), &json!(50)], "{text}");
    assert!(calls.iter().all(|call| call["call"] == "run-many" && call["time"].is_string()), "{text}");
    assert!(!text.contains('@') && !text.contains(person(0)["name"].as_str().expect("a name")), "{text}");
}

/// A line that was being written when the process ended.
#[tokio::test(flavor = "multi_thread")]
async fn half_a_line_at_the_end_of_the_results_is_no_result() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    folder.file("queue.jsonl", &lines((0..3).map(person)));
    assert_eq!(run_many(&org, &folder, &contacts(), &[]).code, Some(0));
    let path = folder.0.join("queue.results.jsonl");
    let text = fs::read_to_string(&path).expect("results");
    let last = text.trim_end().rfind('\n').expect("several lines");
    fs::write(&path, &text[..last + 20]).expect("results");
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.json()["thisTime"]["records"], json!({ "unchanged": 1 }));
    assert_eq!(org.records("Contact").len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_when_the_org_refuses_and_goes_on_where_it_stopped() {
    let (org, folder) = (faulty(3, false, What::DailyLimit).await, Folder::new());
    folder.file("queue.jsonl", &lines((0..250).map(person)));
    let ran = run_many(&org, &folder, &contacts(), &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("50 are left") && ran.stderr.contains("begin again in"), "{ran:?}");
    org.org().clear_faults();
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!((ran.code, &ran.json()["thisTime"]["records"]), (Some(0), &json!({ "created": 50 })));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_do_not_belong_together_are_bad_usage() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    folder.file("queue.jsonl", &lines((0..2).map(person)));
    assert_eq!(run_many(&org, &folder, &contacts(), &[]).code, Some(0));
    let requests = org.requests().len();
    let refused = |settings: &Value, says: &str| {
        let ran = run_many(&org, &folder, settings, &[]);
        assert!(ran.code == Some(2) && ran.stderr.contains(says), "{ran:?}");
        assert_eq!(org.requests().len(), requests);
    };
    let others = settings(json!([map("name", "Contact", "LastName")]), json!({}));
    refused(&others, "other settings");
    // A new file of results knows of nothing that it is done.
    refused(&others, "or they are sent once more");
    let mut wrong = contacts();
    wrong["mappings"][0]["fields"] = "Email".into();
    refused(&wrong, "unknown-key");
    // Refused before anything is noted: the right settings go on.
    let fresh = Folder::new();
    fresh.file("queue.jsonl", &lines((0..2).map(person)));
    let ran = run_many(&org, &fresh, &wrong, &[]);
    assert!(ran.code == Some(2) && !fresh.0.join("queue.results.jsonl").exists(), "{ran:?}");
    folder.file("queue.jsonl", &lines((0..3).map(person)));
    refused(&contacts(), "another input");
    folder.file("queue.results.jsonl", "something else\n");
    refused(&contacts(), "no file of results. Name another file with --results.");
    fs::remove_file(folder.0.join("queue.jsonl")).expect("a file");
    refused(&contacts(), "queue.jsonl");
}

/// Nobody answers: the other thousands of lines are not tried as well.
#[tokio::test(flavor = "multi_thread")]
async fn it_stops_where_nothing_can_be_sent() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    folder.file("queue.jsonl", &lines((0..2500).map(person)));
    let nowhere = to("http://127.0.0.1:1", &org, &folder, &contacts(), &["--json"]).output();
    let output = nowhere.expect("chat-host starts");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((output.status.code(), &answer["left"]), (Some(1), &json!(2500)), "{answer:#}");
    assert_eq!(answer["thisTime"]["conversations"], json!({ "failed": 1000 }));
    assert!(answer["stopped"].as_str().is_some_and(|why| why.contains("later")));
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!((ran.code, &ran.json()["done"]), (Some(0), &json!(2500)));
}

/// A line that is no conversation, and one without a key, tell nothing about the way to Salesforce.
#[tokio::test(flavor = "multi_thread")]
async fn lines_that_send_nothing_do_not_hide_that_nothing_can_be_sent() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    folder.file("queue.jsonl", &format!("[]\n{{}}\n{}", lines((0..3).map(person))));
    let output = to("http://127.0.0.1:1", &org, &folder, &contacts(), &["--json"]).output().expect("chat-host starts");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(answer["stopped"].as_str().is_some_and(|why| why.contains("later")), "{answer:#}");
}

/// Whoever names the wrong file loses nothing.
#[tokio::test(flavor = "multi_thread")]
async fn results_never_take_the_place_of_another_file() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    let queue = r#"{"mail": "one@example.com", "name": "One"}"#;
    let input = folder.file("queue.jsonl", queue);
    let other = folder.file("other.json", "{\"somebody\": \"else's\"}");
    let settings_file = folder.0.join("settings.json");
    for path in [Path::new(&input), Path::new(&other), &settings_file] {
        let ran = run_many(&org, &folder, &contacts(), &["--results", &path.display().to_string()]);
        assert!(ran.code == Some(2) && !ran.stderr.is_empty(), "{ran:?}");
    }
    assert_eq!(fs::read_to_string(&input).expect("the queue"), queue);
    assert_eq!(fs::read_to_string(&other).expect("the other"), "{\"somebody\": \"else's\"}");
    assert_eq!(fs::read_to_string(&settings_file).expect("the settings"), contacts().to_string());
    // The beginning of a first line of our own is begun anew.
    folder.file("queue.results.jsonl", "{\"input\":\"");
    assert_eq!(run_many(&org, &folder, &contacts(), &[]).code, Some(0));
}

/// A file is looked for only where its record has a mark.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_may_have_been_sent_is_not_sent_again() {
    let (org, folder) = (faulty(3, true, What::Silence).await, Folder::new());
    let mut settings = contacts();
    let row = json!({ "source": { "file": "photo" }, "object": "Contact" });
    settings["mappings"].as_array_mut().expect("rows").push(row);
    let mut person = person(1);
    person["photo"] = json!({ "name": "a.txt", "mediaType": "text/plain", "base64": "aGFsbG8=" });
    folder.file("queue.jsonl", &lines([person]));
    killed_at(&org, &folder, &settings, 3);
    assert_eq!(org.records("ContentVersion").len(), 1);
    let ran = run_many(&org, &folder, &settings, &["--json"]);
    assert_eq!((ran.code, &ran.json()["unclear"]), (Some(1), &json!(1)));
    assert_eq!((org.records("ContentVersion").len(), org.records("Contact").len()), (1, 1));
}

/// Somebody appends to the queue while it runs: that is for another run, which the results file of this one refuses.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_appended_meanwhile_is_not_read() {
    let (org, folder) = (faulty(2, true, What::Silence).await, Folder::new());
    folder.file("queue.jsonl", &lines((0..300).map(person)));
    let mut child = command(&org, &folder, &contacts(), &[]).stderr(Stdio::null()).spawn().expect("chat-host starts");
    while org.org().log().len() < 2 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let queue = fs::read_to_string(folder.0.join("queue.jsonl")).expect("the queue");
    folder.file("queue.jsonl", &(queue + &lines((300..310).map(person))));
    child.kill().expect("a process");
    child.wait().expect("a process");
    org.org().clear_faults();
    let ran = run_many(&org, &folder, &contacts(), &[]);
    assert!(ran.code == Some(2) && ran.stderr.contains("another input"), "{ran:?}");
}
