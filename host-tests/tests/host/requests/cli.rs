//! `chat-host` with settings of this mode.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::org::TestOrg;
use crate::process::{Ran, ran};

fn chat_host(org: &TestOrg, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
    command.args(arguments).stdin(Stdio::null()).env("SALESFORCE_ACCESS_TOKEN", org.token()).env("NO_COLOR", "1");
    if !["check", "plan"].contains(&arguments[0]) {
        command.args(["--route", &org.url()]);
    }
    ran(command.env_remove("CLICOLOR_FORCE"))
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/request.json")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_is_checked_planned_previewed_and_run() {
    let org = TestOrg::new().await;
    let contact = org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "anna.berg@example.com" }] }));
    org.seed(json!({ "Case": [{ "ContactId": contact[0], "Subject": "Help" }] }));
    let number = org.record("Case")["CaseNumber"].clone();
    let (settings, variables) = (example(), example().with_file_name("variables.json"));
    let (settings, variables) = (settings.to_str().unwrap(), variables.to_str().unwrap());
    let ran = chat_host(&org, &["check", "--settings", settings]);
    assert_eq!((ran.code, &*ran.stdout), (Some(0), "No findings.\n"));
    let input = ["--settings", settings, "--variables", variables];
    let call = |name: &str, more: &[&str]| chat_host(&org, &[&[name], &input[..], more].concat());
    let ran = call("plan", &[]);
    let line = "would send GET /services/data/v62.0/query?q=SELECT%20";
    assert!(ran.code == Some(0) && ran.stdout.contains(line) && ran.stdout.contains("1 request"), "{}", ran.stdout);
    let ran = call("preview", &[]);
    assert!(ran.code == Some(0) && ran.stdout.contains(line) && ran.stdout.contains("0 requests"), "{}", ran.stdout);
    let ran = call("run", &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    for line in ["done, 1 request\n", "  HTTP 200\n", &format!("  case_number = {number}\n"), "  cases_found = 1\n"] {
        assert!(ran.stdout.contains(line), "no {line:?} in {}", ran.stdout);
    }
    let ran: Value = serde_json::from_str(&call("run", &["--json"]).stdout).unwrap();
    assert_eq!(ran["response"], json!({ "httpStatus": 200, "error": null }));

    // What cannot be sent ends with 1, and says why.
    let empty = std::env::temp_dir().join(format!("salesforce-module-{}.json", std::process::id()));
    std::fs::write(&empty, "{}").unwrap();
    let ran = chat_host(&org, &["plan", "--settings", settings, "--variables", empty.to_str().unwrap()]);
    std::fs::remove_file(&empty).unwrap();
    assert!(
        ran.code == Some(1) && ran.stdout.contains("BLANK_VALUE: `customer_email` in `/query/q`"),
        "{}",
        ran.stdout
    );
}
