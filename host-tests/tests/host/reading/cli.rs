//! `chat-host` with settings that read.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::org::TestOrg;
use crate::process::{Ran, ran};
use crate::reading::people::org;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/read.json");

fn chat_host(org: &TestOrg, variables: &Path, call: &str, more: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
    command.args([call, "--settings", EXAMPLE]).args(more);
    if ["plan", "preview", "run"].contains(&call) {
        command.arg("--variables").arg(variables);
    }
    if ["prepare", "preview", "run"].contains(&call) {
        command.args(["--route", &org.url()]).env("SALESFORCE_ACCESS_TOKEN", org.token());
    }
    ran(command.env_remove("CLICOLOR_FORCE").stdin(Stdio::null()))
}

fn variables(name: &str, content: &Value) -> std::path::PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, content.to_string()).expect("a file");
    file
}

/// The example, from check to run.
#[tokio::test(flavor = "multi_thread")]
async fn the_example_is_checked_prepared_planned_previewed_and_run() {
    let org = org().await;
    org.seed(json!({ "Case": [
        { "Subject": "Leak", "SuppliedEmail": "anna@example.com" },
        { "Subject": "Noise", "SuppliedEmail": "anna@example.com" },
        { "Subject": "Old", "SuppliedEmail": "anna@example.com", "Status": "Closed" },
    ] }));
    let file = variables("reading.json", &json!({ "customer_email": "anna@example.com" }));
    assert_eq!(chat_host(&org, &file, "check", &[]).code, Some(0));
    let prepared = chat_host(&org, &file, "prepare", &[]);
    assert!(
        prepared.stdout.contains("\"schema\"") && prepared.stderr.contains("Prepared with 2 requests."),
        "{}",
        prepared.stderr
    );

    let plan = chat_host(&org, &file, "plan", &[]);
    assert!(plan.stdout.contains("1 request\n") && plan.stdout.contains("    read Account.Name\n"), "{}", plan.stdout);
    assert!(
        plan.stdout.contains("look up Case by  SELECT Id, SuppliedEmail, Status, CaseNumber, Subject FROM Case"),
        "{}",
        plan.stdout
    );
    let preview = chat_host(&org, &file, "preview", &[]);
    assert!(
        preview.stdout.contains("  found Contact 003") && !preview.stdout.contains("would send"),
        "{}",
        preview.stdout
    );

    let run = chat_host(&org, &file, "run", &[]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    for line in
        ["done, 1 request", "  found Contact 003", "  found Case", "  company = \"Berg GmbH\"", "  case_number = null"]
    {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    let run = chat_host(&org, &file, "run", &["--json"]);
    let outcome: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let subjects: Vec<&Value> =
        outcome["variables"]["open_cases"].as_array().expect("a list").iter().map(|case| &case["Subject"]).collect();
    assert_eq!(subjects.len(), 2);
    assert!(subjects.contains(&&json!("Leak")) && subjects.contains(&&json!("Noise")));
}

/// Nobody asked, so nobody is looked for.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_nothing_is_sent_and_the_variables_are_empty() {
    let org = org().await;
    let file = variables("reading_nobody.json", &json!({}));
    let plan = chat_host(&org, &file, "plan", &[]);
    assert!(plan.stdout.contains("0 requests"), "{}", plan.stdout);
    let run = chat_host(&org, &file, "run", &[]);
    assert_eq!((run.code, org.requests().len()), (Some(0), 0));
    assert!(run.stdout.contains("  company = null") && run.stdout.contains("  open_cases = []"), "{}", run.stdout);
}
