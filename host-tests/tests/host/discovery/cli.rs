//! `chat-host objects` and `chat-host fields` in a terminal and in a script.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::discovery::questions::names;
use crate::org::{DOMAIN, TestOrg, kept_secret};
use crate::process::{Ran, ran};

fn chat_host(org: &TestOrg, token: &str, domain: &str, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
    command.args(arguments).args(["--route", &org.url(), "--domain", domain]);
    command.env("SALESFORCE_ACCESS_TOKEN", token).env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    kept_secret(ran(&mut command))
}

/// Words of the first line that begins with this one.
fn row<'a>(ran: &'a Ran, first: &str) -> Vec<&'a str> {
    let line = ran.stdout.lines().find(|line| line.split_whitespace().next() == Some(first));
    line.unwrap_or_else(|| panic!("no {first}: {ran:?}")).split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn people_get_a_table_and_programs_get_json() {
    let org = TestOrg::new().await;
    let ran = chat_host(&org, &org.token(), DOMAIN, &["objects", "--search", "cont"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(row(&ran, "Contact"), ["Contact", "Contact", "003", "create,", "update,", "query"]);
    let ran = chat_host(&org, &org.token(), DOMAIN, &["objects", "--limit", "1"]);
    assert!(ran.stdout.contains("1 of ") && ran.stdout.contains("--limit"), "{ran:?}");
    let ran = chat_host(&org, &org.token(), DOMAIN, &["objects", "--search", "contact", "--limit", "1", "--json"]);
    assert_eq!((ran.code, names(&ran.json(), "objects")), (Some(0), vec!["Contact"]));

    let ran = chat_host(&org, &org.token(), DOMAIN, &["fields", "Contact", "--search", "name"]);
    let expected = ["LastName", "Last", "Name", "string(80)", "required,", "create,", "update", "by-lookup"];
    assert_eq!((ran.code, row(&ran, "LastName")), (Some(0), expected.to_vec()), "{ran:?}");
    let ran =
        chat_host(&org, &org.token(), DOMAIN, &["fields", "Case", "--search", "status", "--values", "1", "--json"]);
    let status = &ran.json()["fields"][0];
    assert_eq!((&status["name"], &status["moreValues"]), (&json!("Status"), &json!(true)), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_is_not_there_exits_with_1_and_names_the_nearest() {
    let org = TestOrg::new().await;
    let ran = chat_host(&org, &org.token(), DOMAIN, &["fields", "Contcat"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("[unknown-object]") && ran.stdout.contains("Did you mean `Contact`?"), "{ran:?}");
    let ran = chat_host(&org, "00D!canary", DOMAIN, &["objects", "--json"]);
    assert_eq!((ran.code, &ran.json()["status"]), (Some(1), &json!("session-expired")));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_usage_exits_with_2_and_sends_nothing() {
    let org = TestOrg::new().await;
    for arguments in [&["objects", "--limit", "0"][..], &["fields", "Con tact"], &["objects", "--api-version", "1"]] {
        let ran = chat_host(&org, &org.token(), DOMAIN, arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.stderr.contains("Nothing was sent."), "{ran:?}");
    }
    let ran = chat_host(&org, &org.token(), "example.com", &["objects", "--json"]);
    assert_eq!((ran.code, &ran.json()["findings"][0]["code"]), (Some(2), &json!("bad-domain")));
    assert_eq!(chat_host(&org, &org.token(), DOMAIN, &["fields"]).code, Some(2), "no object");
    assert!(org.requests().is_empty());
}
