//! `--log`: a line of JSON for each call, without any value.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

#[derive(Args)]
pub struct LogArg {
    /// Append a line of JSON about each call, without any value: names, codes, counts and ids only.
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

impl LogArg {
    /// Appends a line, if there is a log. The answer is printed all the same.
    pub fn note(&self, call: &str, what: Value) {
        let Some(file) = &self.log else { return };
        let line = json!({ "time": Timestamp::now().to_string(), "call": call, "what": what });
        let written = std::fs::OpenOptions::new().create(true).append(true).open(file);
        let written = written.and_then(|mut file| writeln!(file, "{line}"));
        if let Err(error) = written {
            anstream::eprintln!("The log {} was not written: {error}", file.display());
        }
    }
}
