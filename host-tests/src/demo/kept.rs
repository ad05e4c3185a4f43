//! The folder in which a conversation goes on after its process was killed.
//!
//! It holds what the visitor said and the tokens of the chat with a person, so it is for its owner only.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind::InvalidData};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};

use super::state::State;
use crate::private_folder::PrivateFolder;
use crate::web;

/// File of the conversation.
const NAME: &str = "conversation";
/// File of what the browser's cookie holds, for a tab that is still open.
const SESSION: &str = "page";
/// 32 bytes in base64.
const SECRET_LENGTH: usize = 43;

/// See above.
pub struct Kept {
    folder: PrivateFolder,
    path: PathBuf,
    domain: String,
    /// Held as long as the process lives, however that ends.
    _lock: File,
}

/// The folder cannot be the one that was meant.
#[derive(Debug, thiserror::Error)]
pub enum WrongFolder {
    #[error("--kept {0}: the conversation in it belongs to `{1}`. Name that org, or another folder.")]
    OtherOrg(String, String),
    #[error("--kept {0}: another chat-host is at work in it. End that one, or name another folder.")]
    InUse(String),
    #[error("--kept {0}: conversation.json is no conversation. Remove it, and the visitor begins anew.")]
    Damaged(String),
    #[error(
        "--kept {0}: another user can change what is in it. Name another folder, or make it yours alone: `chmod go-w {0}`."
    )]
    OpenToOthers(String),
    #[error("--kept {0}: {1:#}. Name a folder that can be written to.")]
    Unwritable(String, anyhow::Error),
}

impl Kept {
    /// The folder is made where it is missing. What is in it must be of that domain.
    pub fn open(path: &Path, domain: &str) -> Result<Self, WrongFolder> {
        let shown = path.display().to_string();
        let unwritable = |error| WrongFolder::Unwritable(shown.clone(), error);
        let folder = PrivateFolder::open(path).map_err(unwritable)?;
        if !is_ours(path).map_err(unwritable)? {
            return Err(WrongFolder::OpenToOthers(shown));
        }
        let lock = lock(path).map_err(unwritable)?;
        let lock = lock.ok_or_else(|| WrongFolder::InUse(shown.clone()))?;
        let kept = Self { folder, path: path.to_owned(), domain: domain.to_owned(), _lock: lock };
        if let Some(json) = kept.read().map_err(unwritable)? {
            let Some(of) = json["domain"].as_str().filter(|_| State::from_json(&json["state"]).is_some()) else {
                return Err(WrongFolder::Damaged(shown));
            };
            if of != domain {
                return Err(WrongFolder::OtherOrg(shown, of.to_owned()));
            }
        }
        Ok(kept)
    }

    fn read(&self) -> anyhow::Result<Option<Value>> {
        // Its text never gets into a message.
        Ok(self.text(NAME)?.map(|text| serde_json::from_str(&text).unwrap_or_default()))
    }

    /// What is no text is taken as an empty one.
    fn text(&self, name: &str) -> anyhow::Result<Option<String>> {
        match self.folder.read(name) {
            Err(error) if error.downcast_ref::<Error>().is_some_and(|error| error.kind() == InvalidData) => {
                Ok(Some(String::new()))
            }
            text => text,
        }
    }

    pub(super) fn state(&self) -> anyhow::Result<Option<State>> {
        Ok(self.read()?.and_then(|json| State::from_json(&json["state"])))
    }

    pub(super) fn save(&self, state: &State) -> anyhow::Result<()> {
        let json = json!({ "domain": self.domain, "state": state.to_json() });
        self.folder.write(NAME, &json.to_string())
    }

    /// Where the relay keeps its chats.
    pub(super) fn chats(&self) -> PathBuf {
        self.path.join("chats")
    }

    /// What the cookie of the page holds: the same at the next start, unless the file holds something that was not made here.
    pub(super) fn session(&self) -> anyhow::Result<String> {
        let text = self.text(SESSION)?.unwrap_or_default();
        if is_secret(text.trim()) {
            return Ok(text.trim().to_owned());
        }
        let session = web::secret()?;
        self.folder.write(SESSION, &session)?;
        Ok(session)
    }
}

/// Whether it is as [`web::secret`] makes them.
fn is_secret(text: &str) -> bool {
    text.len() == SECRET_LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Whether no other user can put files into it: what is in it is sent to the org, and lets browsers in.
#[cfg(unix)]
fn is_ours(folder: &Path) -> anyhow::Result<bool> {
    let told = folder.metadata().with_context(|| format!("looking at {}", folder.display()))?;
    Ok(told.uid() == rustix::process::geteuid().as_raw() && told.mode() & 0o022 == 0)
}

#[cfg(not(unix))]
fn is_ours(_: &Path) -> anyhow::Result<bool> {
    Ok(true)
}

/// `None` if another process has it.
fn lock(path: &Path) -> anyhow::Result<Option<File>> {
    let path = path.join("lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    let file = file.with_context(|| format!("opening {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("locking {}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_of_one_org_and_of_one_process() {
        let path = std::env::temp_dir().join(format!("kept-{}", web::secret().unwrap()));
        let kept = Kept::open(&path, "a.my.salesforce.com").unwrap();
        assert!(kept.state().unwrap().is_none());
        let mut state = State::new().unwrap();
        state.note_key("1");
        kept.save(&state).unwrap();
        let session = kept.session().unwrap();
        assert!(matches!(Kept::open(&path, "a.my.salesforce.com"), Err(WrongFolder::InUse(_))));
        drop(kept);
        let wrong = Kept::open(&path, "b.my.salesforce.com").err().unwrap();
        assert!(wrong.to_string().contains("belongs to `a.my.salesforce.com`"), "{wrong}");
        let kept = Kept::open(&path, "a.my.salesforce.com").unwrap();
        assert_eq!(kept.state().unwrap().map(|state| state.to_json()), Some(state.to_json()));
        assert_eq!(kept.session().unwrap(), session);
        drop(kept);
        for damaged in [b"{".as_slice(), b"", b"\xff\xfe\0"] {
            std::fs::write(path.join("conversation.json"), damaged).unwrap();
            assert!(matches!(Kept::open(&path, "a.my.salesforce.com"), Err(WrongFolder::Damaged(_))));
        }
        assert!(matches!(Kept::open(&path.join("lock"), "a"), Err(WrongFolder::Unwritable(..))));
        std::fs::remove_dir_all(&path).unwrap();
    }

    #[test]
    fn a_cookie_that_was_not_made_here_is_made_anew() {
        let path = std::env::temp_dir().join(format!("kept-{}", web::secret().unwrap()));
        let kept = Kept::open(&path, "a.my.salesforce.com").unwrap();
        let long = "a".repeat(SECRET_LENGTH + 1);
        for planted in ["", "known", "a;b\nc", &long, &format!("{};", &long[2..])] {
            std::fs::write(path.join("page.json"), planted).unwrap();
            let session = kept.session().unwrap();
            assert!(is_secret(&session), "{planted}");
            assert_eq!(kept.session().unwrap(), session);
        }
        std::fs::remove_dir_all(&path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_can_write_to_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let path = std::env::temp_dir().join(format!("kept-{}", web::secret().unwrap()));
        std::fs::create_dir(&path).unwrap();
        for (mode, is_refused) in [(0o777, true), (0o775, true), (0o755, false), (0o700, false)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let wrong = Kept::open(&path, "a.my.salesforce.com").err();
            assert_eq!(matches!(wrong, Some(WrongFolder::OpenToOthers(_))), is_refused, "{mode:o}");
        }
        std::fs::remove_dir_all(&path).unwrap();
    }
}
