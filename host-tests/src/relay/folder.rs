//! Where open chats are kept: a file for each, readable by its owner alone, since it holds a token.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::kept::Kept;

/// A folder of chats. One process at a time works with a chat.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(path: &Path) -> anyhow::Result<Folder> {
        fs::create_dir_all(path).with_context(|| format!("making the folder {}", path.display()))?;
        Ok(Folder(path.to_owned()))
    }

    pub fn load(&self, name: &str) -> anyhow::Result<Option<Kept>> {
        let path = self.path(name)?;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
        };
        // Its text never gets into the message.
        let kept = serde_json::from_str(&text).ok().and_then(|json: Value| Kept::from_json(&json));
        kept.map(Some).with_context(|| format!("{} is no chat: remove it, and the visitor begins anew", path.display()))
    }

    /// Written beside it and renamed: a kill leaves the old one or the new one.
    pub fn save(&self, name: &str, kept: &Kept) -> anyhow::Result<()> {
        let path = self.path(name)?;
        let new = path.with_extension("new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let write = || -> std::io::Result<()> {
            let mut file = options.open(&new)?;
            file.write_all(kept.to_json().to_string().as_bytes())?;
            file.sync_data()?;
            fs::rename(&new, &path)
        };
        write().with_context(|| format!("writing {}", path.display()))
    }

    pub fn remove(&self, name: &str) -> anyhow::Result<()> {
        let path = self.path(name)?;
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))
    }

    pub fn names(&self) -> anyhow::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.0).with_context(|| format!("reading {}", self.0.display()))? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                names.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
            }
        }
        names.sort();
        Ok(names)
    }

    fn path(&self, name: &str) -> anyhow::Result<PathBuf> {
        let is_plain = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-' || letter == b'_';
        ensure!(
            (1..=100).contains(&name.len()) && name.bytes().all(is_plain),
            "the name of a chat must be 1 to 100 letters, digits, - and _"
        );
        Ok(self.0.join(format!("{name}.json")))
    }
}
