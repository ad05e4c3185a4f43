//! The settings file that the page was opened with, and that "Save" writes.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

/// See above.
pub struct Document(PathBuf);

/// What saving came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Saved {
    Done,
    /// Another program, or another tab, has written the file since.
    Changed,
}

impl Document {
    /// A file that is not there yet is made by the first save, and its folder is not.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        ensure!(folder.is_none_or(Path::is_dir), "{}: there is no such folder", path.display());
        let document = Self(path.to_owned());
        document.load().map(|_| document)
    }

    pub(super) fn name(&self) -> String {
        self.0.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// As it is on the disk now; none where there is no file.
    pub(super) fn load(&self) -> anyhow::Result<Option<String>> {
        match std::fs::read_to_string(&self.0) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", self.0.display())),
        }
    }

    /// Replaces `base`, which the page has read or written, and nothing else. It is written beside it and renamed, so that a full
    /// disk leaves the old file.
    pub(super) fn save(&self, text: &str, base: Option<&str>) -> anyhow::Result<Saved> {
        if self.load()?.as_deref() != base {
            return Ok(Saved::Changed);
        }
        let new = self.0.with_extension("new");
        let write = || -> std::io::Result<()> {
            let mut file = std::fs::File::create(&new)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&new, &self.0)
        };
        write().with_context(|| format!("writing {}", self.0.display()))?;
        Ok(Saved::Done)
    }
}
