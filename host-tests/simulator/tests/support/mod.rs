//! The program as users start it, and one connection to it at a time.
#![allow(dead_code, reason = "each test uses a part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

pub const BASE: &str = "/services/data/v62.0";

/// A running simulator, which ends with the test.
pub struct Program {
    child: Child,
    address: String,
    token: String,
}

impl Program {
    pub fn start(arguments: &[&str]) -> Program {
        let mut child = command(arguments).stdout(Stdio::piped()).spawn().expect("the program");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let line: Value = serde_json::from_str(&line).expect("JSON in the first line");
        let text = |name: &str| line[name].as_str().expect("a text").to_owned();
        Program { child, address: text("url").trim_start_matches("http://").to_owned(), token: text("accessToken") }
    }

    /// Ends it as a power cut would: it gets no chance to do anything.
    pub fn kill(mut self) {
        self.child.kill().expect("a kill");
        self.child.wait().expect("its end");
    }

    pub fn client(&self) -> Client {
        Client { address: self.address.clone(), token: self.token.clone() }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// Status and body of an answer that must come.
    pub fn call(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        self.client().call(method, path, body).expect("an answer")
    }

    /// The rows of a query, deleted ones included.
    pub fn query_all(&self, soql: &str) -> Vec<Value> {
        let encoded: String = soql.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let mut next = Some(format!("{BASE}/queryAll?q={encoded}"));
        let mut rows = Vec::new();
        while let Some(page) = next {
            let (status, answer) = self.call("GET", &page, "");
            assert_eq!(status, 200, "{answer}");
            rows.extend(answer["records"].as_array().expect("records").iter().cloned());
            next = answer["nextRecordsUrl"].as_str().map(str::to_owned);
        }
        rows
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// How to reach it; of use in another thread.
#[derive(Clone)]
pub struct Client {
    address: String,
    token: String,
}

impl Client {
    /// `None` where no whole answer came.
    pub fn call(&self, method: &str, path: &str, body: &str) -> Option<(u16, Value)> {
        self.call_with(method, path, "application/json", body).map(|(status, text)| {
            let value = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).expect("JSON") };
            (status, value)
        })
    }

    pub fn call_with(&self, method: &str, path: &str, content_type: &str, body: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
        let (token, length) = (&self.token, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: simulator\r\nAuthorization: Bearer {token}\r\nContent-Type: {content_type}\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let announced =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        (announced.unwrap_or(0) == body.len()).then(|| (status, body.to_owned()))
    }
}

/// Runs it to its end, which must come by itself.
pub fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_salesforce-simulator"));
    command.args(arguments).stderr(Stdio::piped());
    command
}

/// A folder that goes with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&path));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    pub fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a plain path").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
