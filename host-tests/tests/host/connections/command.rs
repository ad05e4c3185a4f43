//! `chat-host` as a process: how it is called, and how it ended.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::support::{DOMAIN, Folder, NAME, client, variables};

pub const SUPPORT_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support.json");
/// In the simulator's client secret, refresh tokens and access tokens.
pub const SECRETS: [&str; 3] = ["simulator-client-secret", "5Aep861Simulated", "AQ.Simulated"];

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ended {
    /// Whatever happened, no secret is in the output.
    pub fn of(code: Option<i32>, stdout: String, stderr: String) -> Self {
        let ended = Self { code, stdout, stderr };
        assert!(!SECRETS.iter().any(|secret| format!("{ended:?}").contains(secret)), "{ended:#?}");
        ended
    }

    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// The last line on stdout.
    pub fn last(&self) -> Value {
        let last = self.stdout.lines().last().unwrap_or_default();
        serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// The binary, without what the developer's own environment says.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
    command.args(arguments).stdin(Stdio::null()).env("NO_COLOR", "1");
    for variable in ["SALESFORCE_ACCESS_TOKEN", "SALESFORCE_CLIENT_SECRET", "SALESFORCE_CONNECTIONS"] {
        command.env_remove(variable);
    }
    command
}

pub fn ended(command: &mut Command) -> Ended {
    let output = command.output().expect("chat-host starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended::of(output.status.code(), text(output.stdout), text(output.stderr))
}

/// Over the connections in a folder, to a simulator.
pub fn chat_host(url: &str, folder: &Folder, arguments: &[&str]) -> Ended {
    let place = ["--store", &folder.text(), "--route", url];
    ended(&mut command(&[arguments, place.as_slice()].concat()))
}

pub fn connections(url: &str, folder: &Folder, arguments: &[&str]) -> Ended {
    chat_host(url, folder, &[&["connections"], arguments].concat())
}

pub fn authorize(url: &str, folder: &Folder, more: &[&str]) -> Command {
    authorize_as(NAME, url, folder, more)
}

pub fn authorize_as(name: &str, url: &str, folder: &Folder, more: &[&str]) -> Command {
    let client = client();
    let store = folder.text();
    let place = ["authorize", "--domain", DOMAIN, "--client-id", &client.client_id, "--store", &store, "--route", url];
    let mut command = command(&[&place, ["--no-browser", "--name", name].as_slice(), more].concat());
    command.env("SALESFORCE_CLIENT_SECRET", client.client_secret.expect("a secret"));
    command
}

/// What a visitor said, as a file beside the connections.
pub fn file(folder: &Folder, who: &str) -> String {
    folder.store();
    let path = folder.0.join(format!("{who}.variables"));
    fs::write(&path, variables(who)).expect("a folder");
    path.display().to_string()
}
