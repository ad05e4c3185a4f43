//! A folder of secrets: a file for each name, readable by its owner only, replaced as a whole.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

/// Longest name of a file.
pub const MAX_NAME_LENGTH: usize = 100;

/// See above.
#[derive(Clone, Debug)]
pub struct PrivateFolder(PathBuf);

impl PrivateFolder {
    /// The folder is made where it is missing, for its owner only.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).with_context(|| format!("making the folder {}", folder.display()))?;
        Ok(Self(folder.to_owned()))
    }

    /// Whether a file can be called so.
    pub fn is_name(name: &str) -> bool {
        (1..=MAX_NAME_LENGTH).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    }

    /// Where a file of this name and ending is.
    pub fn path(&self, name: &str, ending: &str) -> anyhow::Result<PathBuf> {
        ensure!(Self::is_name(name), "a name of a file must be 1 to {MAX_NAME_LENGTH} letters, digits, `-` and `_`");
        Ok(self.0.join(format!("{name}.{ending}")))
    }

    /// The JSON text of this name; `None` if there is none. It never gets into a message.
    pub fn read(&self, name: &str) -> anyhow::Result<Option<String>> {
        let path = self.path(name, "json")?;
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        }
    }

    /// Written beside it and renamed: a crash leaves the old one or the new one, never half of one.
    pub fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
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
            writeln!(file, "{text}")?;
            // On the disk before it takes the old one's place.
            file.sync_all()?;
            std::fs::rename(&new, &path)?;
            sync_folder(&self.0)
        };
        write().with_context(|| format!("writing {}", path.display()))
    }

    /// Whether there was one. What a crash left while writing goes, too: it is as secret as the rest.
    pub fn remove(&self, name: &str) -> anyhow::Result<bool> {
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

    /// Names that there are, in order.
    pub fn names(&self) -> anyhow::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.0).with_context(|| format!("reading {}", self.0.display()))? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                let name = path.file_stem().and_then(|name| name.to_str());
                names.extend(name.filter(|name| Self::is_name(name)).map(ToOwned::to_owned));
            }
        }
        names.sort();
        Ok(names)
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
