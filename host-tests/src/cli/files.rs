//! `--file photo=picture.jpg`: files of the visitor's, read by the host.

use std::path::PathBuf;

use super::BadUsage;
use crate::host::{AttachedFile, MAX_HANDED_OVER};

/// A variable and a file on disk.
#[derive(Clone, Debug)]
pub struct FileArg {
    variable: String,
    path: PathBuf,
}

/// Reads `VARIABLE=FILE`.
pub fn file(text: &str) -> Result<FileArg, String> {
    match text.split_once('=') {
        Some((variable, path)) if !variable.is_empty() && !path.is_empty() => {
            Ok(FileArg { variable: variable.to_owned(), path: path.into() })
        }
        _ => Err("expected VARIABLE=FILE, such as photo=picture.jpg".to_owned()),
    }
}

impl FileArg {
    /// The file as the component takes it: its type follows from its name, and one that is too large comes without content.
    pub fn read(&self) -> anyhow::Result<AttachedFile> {
        let fails = |error| BadUsage(format!("{}: {error}", self.path.display()));
        let length = std::fs::metadata(&self.path).map_err(fails)?.len();
        let content = match length > MAX_HANDED_OVER {
            true => None,
            false => Some(std::fs::read(&self.path).map_err(fails)?),
        };
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(AttachedFile { variable: self.variable.clone(), name, media_type: None, content })
    }
}
