//! Connections as files of a [`PrivateFolder`].

use std::fs::{File, OpenOptions};
use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{Connection, Store};
use crate::private_folder::PrivateFolder;

/// Longest name of a connection; it is part of a file name.
const MAX_NAME_LENGTH: usize = 64;

/// A folder of connections.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PrivateFolder,
}

impl FileStore {
    /// The folder is made where it is missing, for its owner only.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        Ok(Self { folder: PrivateFolder::open(folder)? })
    }

    /// Whether a connection can be called so: a name is part of a path.
    pub fn check_name(name: &str) -> anyhow::Result<()> {
        let is_name = name.len() <= MAX_NAME_LENGTH && PrivateFolder::is_name(name);
        ensure!(is_name, "`{name}` is no name of a connection: up to {MAX_NAME_LENGTH} letters, digits, `-` and `_`.");
        Ok(())
    }
}

impl Store for FileStore {
    type Lock = File;

    fn load(&self, name: &str) -> anyhow::Result<Option<Connection>> {
        Self::check_name(name)?;
        let Some(text) = self.folder.read(name)? else { return Ok(None) };
        // Its text never gets into the message: the file is made of secrets.
        let connection = serde_json::from_str(&text).ok().and_then(|json: Value| Connection::from_json(&json));
        let path = self.folder.path(name, "json")?;
        connection
            .map(Some)
            .with_context(|| format!("{} is not a connection: remove it and authorize again", path.display()))
    }

    fn save(&self, name: &str, connection: &Connection) -> anyhow::Result<()> {
        Self::check_name(name)?;
        self.folder.write(name, &format!("{:#}", connection.to_json()))
    }

    fn remove(&self, name: &str) -> anyhow::Result<bool> {
        Self::check_name(name)?;
        self.folder.remove(name)
    }

    fn names(&self) -> anyhow::Result<Vec<String>> {
        let mut names = self.folder.names()?;
        names.retain(|name| Self::check_name(name).is_ok());
        Ok(names)
    }

    /// A file beside the connection, which is itself replaced while it is locked. The lock ends with the process, however
    /// that ends.
    fn lock(&self, name: &str) -> anyhow::Result<File> {
        Self::check_name(name)?;
        let path = self.folder.path(name, "lock")?;
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = file.with_context(|| format!("opening {}", path.display()))?;
        file.lock().with_context(|| format!("locking {}", path.display()))?;
        Ok(file)
    }
}
