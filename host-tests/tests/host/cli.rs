//! `chat-host` as people and programs use it: the built binary, its exit codes and what it prints where.

mod chat;
mod conform;
mod demo;
mod exits;
mod language;
mod refused;
mod runs;
mod simulate;
mod token;
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
