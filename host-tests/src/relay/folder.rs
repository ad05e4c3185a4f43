//! Where open chats are kept: files of a [`PrivateFolder`], since each holds a token.

use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::kept::Kept;
use crate::private_folder::{MAX_NAME_LENGTH, PrivateFolder};

/// A folder of chats. One process at a time works with a chat.
#[derive(Clone, Debug)]
pub struct Folder(PrivateFolder);

impl Folder {
    pub fn new(path: &Path) -> anyhow::Result<Folder> {
        Ok(Folder(PrivateFolder::open(path)?))
    }

    pub fn load(&self, name: &str) -> anyhow::Result<Option<Kept>> {
        ensure!(
            PrivateFolder::is_name(name),
            "the name of a chat must be 1 to {MAX_NAME_LENGTH} letters, digits, - and _"
        );
        let Some(text) = self.0.read(name)? else { return Ok(None) };
        // Its text never gets into the message.
        let kept = serde_json::from_str(&text).ok().and_then(|json: Value| Kept::from_json(&json));
        let path = self.0.path(name, "json")?;
        kept.map(Some).with_context(|| format!("{} is no chat: remove it, and the visitor begins anew", path.display()))
    }

    /// The text of [`Kept::to_text`].
    pub fn save(&self, name: &str, kept: &str) -> anyhow::Result<()> {
        self.0.write(name, kept)
    }

    pub fn remove(&self, name: &str) -> anyhow::Result<()> {
        self.0.remove(name).map(drop)
    }

    pub fn names(&self) -> anyhow::Result<Vec<String>> {
        self.0.names()
    }
}
