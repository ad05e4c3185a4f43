//! What a host can prove of a call: the correlation that it gave comes back, and the log says whose call it was.

use host_tests::host::Conversation;
use host_tests::host::bindings::exports::chat_flow::salesforce::types::{Severity, Status};
use serde_json::{Value, json};

use crate::common::many::{contacts, person};
use crate::org::{TestOrg, egress_to, host, session};
use crate::process::{Folder, ran};

fn log(line: &str) -> Value {
    serde_json::from_str(line).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correlation_comes_back_and_stands_in_the_log() {
    let org = TestOrg::new().await;
    let (settings, variables, session) = (contacts().to_string(), person(1).to_string(), session(&org.token()));
    let name = Some("conversation-7/step-2");
    let plan = host().plan_correlated(&settings, &variables, name).await.expect("no trap").expect("good input");
    let preview = host().preview_correlated(egress_to(&org.url()), &session, &settings, &variables, name).await;
    let preview = preview.expect("no trap").expect("good input");
    let run = host().run_with_files(egress_to(&org.url()), &session, &settings, &variables, &[], name).await;
    let outcome = run.expect("no trap").expect("good input");
    assert_eq!(outcome.correlation.as_deref(), name);
    for line in [&plan.log, &preview.log, &outcome.log] {
        let line = log(line);
        assert_eq!(line["correlation"], "conversation-7/step-2");
        assert_eq!(
            (&line["call"]["org"], &line["call"]["module"]),
            (&json!(crate::common::settings::DOMAIN), &json!(env!("CARGO_PKG_VERSION")))
        );
        assert_eq!(line["call"]["settings"], log(&plan.log)["call"]["settings"]);
    }
    assert!(log(&plan.log)["call"]["milliseconds"].is_null() && log(&outcome.log)["call"]["milliseconds"].is_u64());
    assert_eq!(log(&outcome.log)["records"][0]["written"], json!(["Email", "LastName"]));
    let record = &outcome.records[0];
    let url = format!("https://{}/{}", crate::common::settings::DOMAIN, record.id.as_deref().expect("an id"));
    assert_eq!(record.url.as_deref(), Some(url.as_str()));
    let sent = org.requests();
    let bad = host().run_with_files(egress_to(&org.url()), &session, &settings, &variables, &[], Some("a\nb")).await;
    let findings = bad.expect("no trap").expect_err("a line end");
    assert_eq!((findings[0].code.as_str(), findings[0].path.as_str()), ("bad-correlation", "correlation"));
    assert_eq!(org.requests().len(), sent.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_many_conversations_has_its_own_and_one_that_cannot_be_read_is_an_outcome() {
    let org = TestOrg::new().await;
    let of = |variables: &str, name: Option<&str>| Conversation {
        variables: variables.to_owned(),
        in_doubt_for: None,
        correlation: name.map(str::to_owned),
    };
    let (good, session, settings) = (person(1).to_string(), session(&org.token()), contacts().to_string());
    let conversations = [of("[]", Some("first")), of(&good, Some("second")), of(&person(2).to_string(), None)];
    let ran = host().run_many(egress_to(&org.url()), &session, &settings, &conversations, &[]).await;
    let many = ran.expect("no trap").expect("good settings");
    let correlations: Vec<_> = many.conversations.iter().map(|outcome| outcome.correlation.as_deref()).collect();
    assert_eq!(correlations, [Some("first"), Some("second"), None]);
    let statuses: Vec<_> = many.conversations.iter().map(|outcome| outcome.status).collect();
    assert_eq!(statuses, [Status::Failed, Status::Done, Status::Done]);
    let unread = &many.conversations[0];
    assert!(unread.records.is_empty() && unread.findings[0].severity == Severity::Error, "{unread:?}");
    assert_eq!((unread.findings[0].code.as_str(), unread.requests), ("bad-variables", 0));
    assert_eq!(
        (log(&many.log)["conversations"]["bad-input"].clone(), log(&unread.log)["correlation"].clone()),
        (json!(1), json!("first"))
    );
    let sent = org.requests().len();
    let conversations = [of(&good, None), of(&good, Some(""))];
    let ran = host().run_many(egress_to(&org.url()), &session, &settings, &conversations, &[]).await;
    let findings = ran.expect("no trap").expect_err("an empty one");
    assert_eq!(findings[0].path, "conversations/1/correlation");
    assert_eq!(org.requests().len(), sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_takes_one() {
    let (org, folder) = (TestOrg::new().await, Folder::new());
    let settings = folder.file("settings.json", &contacts().to_string());
    let variables = folder.file("variables.json", &person(1).to_string());
    let input = folder.file("queue.jsonl", &format!("{}\n\n{}\n", person(2), person(3)));
    let lines = folder.file("log.jsonl", "");
    let chat_host = |command: &str, more: &[&str]| {
        let mut process = std::process::Command::new(env!("CARGO_BIN_EXE_chat-host"));
        process.args([command, "--json", "--settings", &settings, "--route", &org.url()]).args(more);
        ran(process.env("SALESFORCE_ACCESS_TOKEN", org.token()))
    };
    let run = chat_host("run", &["--variables", &variables, "--correlation", "call 7", "--log", &lines]);
    assert_eq!((run.code, &run.json()["correlation"]), (Some(0), &json!("call 7")), "{run:?}");
    let line = log(std::fs::read_to_string(&lines).expect("a log").trim());
    assert_eq!(
        (&line["what"]["correlation"], &line["what"]["records"][0]["written"][0]),
        (&json!("call 7"), &json!("Email"))
    );
    assert_eq!(chat_host("run-many", &["--input", &input, "--correlation", "night"]).code, Some(0));
    let results = std::fs::read_to_string(folder.0.join("queue.results.jsonl")).expect("results");
    assert!(
        results.contains("\"correlation\":\"night:1\"") && results.contains("\"correlation\":\"night:3\""),
        "{results}"
    );
    let long = "x".repeat(199);
    let refused = chat_host("run-many", &["--input", &input, "--results", "unused.jsonl", "--correlation", &long]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
}
