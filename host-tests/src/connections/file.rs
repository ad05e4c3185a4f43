//! Connections as files: one each, readable by their owner only, replaced as a whole.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{Connection, Store};

/// Longest name of a connection; it is part of a file name.
const MAX_NAME_LENGTH: usize = 64;

/// A folder of connections.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
}

impl FileStore {
    /// The folder is made where it is missing, for its owner only.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).with_context(|| format!("making the folder {}", folder.display()))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Whether a connection can be called so: a name is part of a path.
    pub fn check_name(name: &str) -> anyhow::Result<()> {
        let is_name = (1..=MAX_NAME_LENGTH).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        ensure!(is_name, "`{name}` is no name of a connection: up to {MAX_NAME_LENGTH} letters, digits, `-` and `_`.");
        Ok(())
    }

    fn path(&self, name: &str, ending: &str) -> anyhow::Result<PathBuf> {
        Self::check_name(name)?;
        Ok(self.folder.join(format!("{name}.{ending}")))
    }
}

impl Store for FileStore {
    type Lock = File;

    fn load(&self, name: &str) -> anyhow::Result<Option<Connection>> {
        let path = self.path(name, "json")?;
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
        };
        // Its text never gets into the message: the file is made of secrets.
        let connection = serde_json::from_str(&text).ok().and_then(|json: Value| Connection::from_json(&json));
        connection
            .map(Some)
            .with_context(|| format!("{} is not a connection: remove it and authorize again", path.display()))
    }

    fn save(&self, name: &str, connection: &Connection) -> anyhow::Result<()> {
        let (path, new) = (self.path(name, "json")?, self.path(name, "new")?);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let write = || -> std::io::Result<()> {
            // What a crash left would lend its mode to the new file.
            match std::fs::remove_file(&new) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = options.open(&new)?;
            writeln!(file, "{:#}", connection.to_json())?;
            // On the disk before it takes the old one's place: a crash leaves one of the two, never half of one.
            file.sync_all()?;
            std::fs::rename(&new, &path)?;
            sync_folder(&self.folder)
        };
        write().with_context(|| format!("writing {}", path.display()))
    }

    fn remove(&self, name: &str) -> anyhow::Result<bool> {
        // What a crash left while writing is as secret as the rest.
        let mut found = false;
        for ending in ["new", "json"] {
            let path = self.path(name, ending)?;
            match std::fs::remove_file(&path) {
                Ok(()) => found = true,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| format!("removing {}", path.display())),
            }
        }
        Ok(found)
    }

    fn names(&self) -> anyhow::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.folder).with_context(|| format!("reading {}", self.folder.display()))? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                let name = path.file_stem().and_then(|name| name.to_str());
                names.extend(name.filter(|name| Self::check_name(name).is_ok()).map(ToOwned::to_owned));
            }
        }
        names.sort();
        Ok(names)
    }

    /// A file beside the connection, which is itself replaced while it is locked. The lock ends with the process, however
    /// that ends.
    fn lock(&self, name: &str) -> anyhow::Result<File> {
        let path = self.path(name, "lock")?;
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = file.with_context(|| format!("opening {}", path.display()))?;
        file.lock().with_context(|| format!("locking {}", path.display()))?;
        Ok(file)
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}
