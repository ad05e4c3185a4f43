//! The folder in which a conversation goes on after its process was killed.
//!
//! It holds what the visitor said and the tokens of the chat with a person, so it is for its owner only.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};
use thiserror::Error;

use super::state::State;
use crate::private_folder::PrivateFolder;
use crate::web;

/// File of the conversation.
const NAME: &str = "conversation";
/// File of what the browser's cookie holds, for a tab that is still open.
const SESSION: &str = "page";

/// See above.
pub struct Kept {
    folder: PrivateFolder,
    path: PathBuf,
    domain: String,
    /// Held as long as the process lives, however that ends.
    _lock: File,
}

/// The folder cannot be the one that was meant.
#[derive(Debug, Error)]
pub enum WrongFolder {
    #[error("--kept {0}: the conversation in it belongs to `{1}`. Name that org, or another folder.")]
    OtherOrg(String, String),
    #[error("--kept {0}: another chat-host is at work in it. End that one, or name another folder.")]
    InUse(String),
    #[error("--kept {0}: conversation.json is no conversation. Remove it, and the visitor begins anew.")]
    Damaged(String),
    #[error("--kept {0}: {1:#}. Name a folder that can be written to.")]
    Unwritable(String, anyhow::Error),
}

impl Kept {
    /// The folder is made where it is missing. What is in it must be of that domain.
    pub fn open(path: &Path, domain: &str) -> Result<Self, WrongFolder> {
        let shown = path.display().to_string();
        let opened = PrivateFolder::open(path).and_then(|folder| Ok((lock(path)?, folder)));
        let (lock, folder) = opened.map_err(|error| WrongFolder::Unwritable(shown.clone(), error))?;
        let lock = lock.ok_or_else(|| WrongFolder::InUse(shown.clone()))?;
        let kept = Self { folder, path: path.to_owned(), domain: domain.to_owned(), _lock: lock };
        if let Some(json) = kept.read().map_err(|error| WrongFolder::Unwritable(shown.clone(), error))? {
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
        Ok(self.folder.read(NAME)?.map(|text| serde_json::from_str(&text).unwrap_or_default()))
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

    /// What the cookie of the page holds: the same at the next start.
    pub(super) fn session(&self) -> anyhow::Result<String> {
        if let Some(text) = self.folder.read(SESSION)? {
            return Ok(text.trim().to_owned());
        }
        let session = web::secret()?;
        self.folder.write(SESSION, &session)?;
        Ok(session)
    }
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
        kept.folder.write(NAME, "{").unwrap();
        drop(kept);
        assert!(matches!(Kept::open(&path, "a.my.salesforce.com"), Err(WrongFolder::Damaged(_))));
        assert!(matches!(Kept::open(&path.join("lock"), "a"), Err(WrongFolder::Unwritable(..))));
        std::fs::remove_dir_all(&path).unwrap();
    }
}
