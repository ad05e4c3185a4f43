//! Where the relay keeps the chat with a person.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::kept::Kept;

/// See above.
pub enum Chats {
    Kept(PathBuf),
    /// Goes with the talk.
    Own(PathBuf),
}

impl Chats {
    pub fn of(kept: Option<&Kept>) -> anyhow::Result<Self> {
        kept.map_or_else(own_folder, |kept| Ok(Self::Kept(kept.chats())))
    }

    pub fn path(&self) -> &Path {
        match self {
            Self::Kept(path) | Self::Own(path) => path,
        }
    }
}

impl Drop for Chats {
    fn drop(&mut self) {
        if let Self::Own(path) = self
            && let Err(error) = std::fs::remove_dir_all(&*path)
        {
            anstream::eprintln!("{} is left: {error}", path.display());
        }
    }
}

/// A new folder that no other user can look into, or have made before.
fn own_folder() -> anyhow::Result<Chats> {
    let now = jiff::Timestamp::now().as_nanosecond();
    let folder = std::env::temp_dir().join(format!("chat-host-{}-{now}", std::process::id()));
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).with_context(|| format!("making the folder {}", folder.display()))?;
    Ok(Chats::Own(folder))
}
