//! The folder of payloads.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Once;

use serde_json::Value;

/// One answer.
pub struct Payload {
    /// Folder and name, without the ending.
    pub name: &'static str,
    /// `None` where the source does not say.
    pub status: Option<u16>,
    pub body: Value,
}

impl Payload {
    /// The body as it would arrive. What is no JSON is kept as a text.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.body {
            Value::Null => Vec::new(),
            Value::String(text) => text.clone().into_bytes(),
            json => json.to_string().into_bytes(),
        }
    }
}

/// Names of all files, `folder/name` without the ending; `None`, with a printed line, if the folder is not there.
pub fn all() -> Option<Vec<String>> {
    let root = root()?;
    let mut names = Vec::new();
    for folder in entries(&root).into_iter().filter(|path| path.is_dir()) {
        for file in entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        {
            let name = file.strip_prefix(&root).expect("a file of the folder").with_extension("");
            names.push(name.to_str().expect("UTF-8").replace('\\', "/"));
        }
    }
    assert!(!names.is_empty(), "the folder of payloads holds none");
    Some(names)
}

/// These files; `None` if the folder is not there.
pub fn read(names: &'static [&'static str]) -> Option<Vec<Payload>> {
    let root = root()?;
    Some(names.iter().map(|name| one(&root, name)).collect())
}

fn one(root: &Path, name: &'static str) -> Payload {
    let text = fs::read_to_string(root.join(name).with_extension("json")).unwrap_or_else(|_| panic!("no file {name}"));
    let envelope: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let response = &envelope["response"];
    let status = response["status"].as_u64().map(|status| u16::try_from(status).expect("an HTTP status"));
    Payload { name, status, body: response["body"].clone() }
}

fn root() -> Option<PathBuf> {
    static SAY: Once = Once::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/payloads");
    if root.is_dir() {
        return Some(root);
    }
    // Not with `println!`, which the test runner keeps to itself where a test passes.
    SAY.call_once(|| {
        drop(writeln!(std::io::stderr(), "skipped: no folder ../shared/payloads beside the project"));
    });
    None
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder that can be listed");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}
