//! Other processes of the engine: this test program once more, each carrying out one ignored test.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::{Value, json};

use super::support::Folder;

/// Tells a process of this test program what it is to do; see [`work`].
const WORK: &str = "CONNECTIONS_TEST_WORK";

/// A running one.
pub struct Worker {
    pub child: Child,
    stderr: BufReader<ChildStderr>,
}

impl Worker {
    pub fn start(test: &str, url: &str, folder: &Folder, number: usize) -> Self {
        let work = json!({ "url": url, "folder": folder.0, "number": number });
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        command.args(["--ignored", "--exact", test, "--nocapture"]).env(WORK, work.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("this program starts");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        Self { child, stderr }
    }

    /// Blocks until the worker [`say`]s this; panics with what it said if it ends before.
    pub fn wait_for(&mut self, word: &str) {
        let mut said = String::new();
        while self.stderr.read_line(&mut said).expect("UTF-8") > 0 {
            if said.lines().last().is_some_and(|line| line == word) {
                return;
            }
        }
        panic!("the worker ended without `{word}`: {said}");
    }

    /// Lets a worker that waits for a line go on.
    pub fn go(&mut self) {
        writeln!(self.child.stdin.as_mut().expect("a pipe"), "go").expect("a worker that waits");
    }

    /// Blocks until it ends: whether it did as it should, and what else it said.
    pub fn end(&mut self) -> (bool, String) {
        let mut said = String::new();
        drop(self.stderr.read_to_string(&mut said));
        (self.child.wait().expect("a child").success(), said)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// In a worker: what it is to do. `None` where somebody runs all ignored tests by hand.
pub fn work() -> Option<(String, PathBuf, u64)> {
    let work: Value = serde_json::from_str(&std::env::var(WORK).ok()?).ok()?;
    Some((work["url"].as_str()?.to_owned(), work["folder"].as_str()?.into(), work["number"].as_u64()?))
}

/// In a worker: to the test that started it.
pub fn say(word: &str) {
    eprintln!("{word}");
}
