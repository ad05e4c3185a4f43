//! The settings file that the page was opened with, and that "Save" writes.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, ensure};

use crate::web::lock;

/// See above.
pub struct Document {
    path: PathBuf,
    /// One save at a time, or two could replace the same text.
    saving: Mutex<()>,
}

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
        // What a link leads to is written, and not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let document = Self { path, saving: Mutex::new(()) };
        document.load().map(|_| document)
    }

    pub(super) fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// As it is on the disk now; none where there is no file.
    pub(super) fn load(&self) -> anyhow::Result<Option<String>> {
        match std::fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", self.path.display())),
        }
    }

    /// Replaces `base`, which the page has read or written, and nothing else. It is written beside it and renamed, so that a full
    /// disk leaves the old file.
    pub(super) fn save(&self, text: &str, base: Option<&str>) -> anyhow::Result<Saved> {
        let _saving = lock(&self.saving);
        if self.load()?.as_deref() != base {
            return Ok(Saved::Changed);
        }
        let new = self.path.with_file_name(format!(".{}.{}.new", self.name(), std::process::id()));
        let write = || -> std::io::Result<()> {
            // Never a file that is somebody's.
            let mut file = std::fs::File::create_new(&new)?;
            let written = file.write_all(text.as_bytes()).and_then(|()| {
                if let Ok(old) = std::fs::metadata(&self.path) {
                    file.set_permissions(old.permissions())?;
                }
                file.sync_all()?;
                std::fs::rename(&new, &self.path)
            });
            written.inspect_err(|_| drop(std::fs::remove_file(&new)))
        };
        write().with_context(|| format!("writing {}", self.path.display()))?;
        Ok(Saved::Done)
    }
}
