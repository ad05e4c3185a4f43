//! `chat-host edit` as a command.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::process::{Folder, Ran, ran};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
    // The user's own folder is not for tests.
    command.env("XDG_DATA_HOME", std::env::temp_dir().join("chat-host-edit-tests"));
    command.arg("edit").args(arguments).stdin(Stdio::null()).env_remove("SALESFORCE_ACCESS_TOKEN");
    command
}

fn refused(arguments: &[&str]) -> Ran {
    ran(&mut command(arguments)).expect_code(2)
}

#[test]
fn the_address_is_the_one_line_that_is_printed() {
    let mut child = command(&[]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("chat-host starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    child.kill().expect("a process");
    child.wait().expect("a process");
    assert!(line.starts_with("http://127.0.0.1:") && line.contains("/?token=") && line.ends_with('\n'), "{line}");
}

#[test]
fn a_token_needs_the_domain_that_it_is_for() {
    for arguments in [["--token", "00D!canary"].as_slice(), &["--route", "http://127.0.0.1:1"]] {
        let told = refused(arguments);
        assert!(told.stderr.contains("--domain") && !told.stderr.contains("canary"), "{told:?}");
        assert_eq!(told.stdout, "");
    }
    let told = refused(&["--domain", "example.my.salesforce.com"]);
    assert!(told.stderr.contains("SALESFORCE_ACCESS_TOKEN"), "{told:?}");
}

#[test]
fn bad_input_is_told_before_the_page_opens() {
    let told = refused(&["--settings", "no-such-folder/settings.json"]);
    assert!(told.stderr.contains("no-such-folder/settings.json: there is no such folder"), "{told:?}");
    let folder = Folder::new();
    let variables = folder.file("v.json", "[]");
    let told = refused(&["--variables", &variables]);
    assert!(told.stderr.contains("v.json"), "{told:?}");
    let told = refused(&["--settings", &folder.0.display().to_string()]);
    assert!(told.stderr.contains("reading"), "{told:?}");
    let store = folder.0.display().to_string();
    let told = refused(&["--connection", "crm", "--store", &store]);
    assert!(told.stderr.contains("There is no connection `crm`"), "{told:?}");
}
