//! `chat-host` as a process of its own: what it printed, how it ended, and a folder for its files.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// All of stdout as one JSON document.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// Runs it to its end.
pub fn ran(command: &mut Command) -> Ran {
    command.output().expect("chat-host starts").into()
}

/// A folder of one test, gone with the value.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("chat-host-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for files of the test");
        Self(path)
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a file of the test");
        path.into_os_string().into_string().expect("a path in UTF-8")
    }

    pub fn missing(&self) -> String {
        self.0.join("missing.json").display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the way of a clean folder is not what the test is about.
        drop(fs::remove_dir_all(&self.0));
    }
}
