//! `--data FILE`: the records of an org in a file, so that they are there again after a restart.
//!
//! Guarantee: before a request is answered, all that is written up to then is in the file and synced to the disk (`fdatasync`), so neither
//! a kill nor a crash of the machine loses anything that was answered. What one request wrote is there as a whole or not at all.
//!
//! It is a journal of its own, and no embedded store such as `redb`, for three reasons. All records are in memory anyway, with indexes and an
//! undo: a store's pages and its cache would be a second copy of them that nothing ever reads. Appending is one write and one sync for as
//! many requests as wait, where a store with pages syncs twice for each. And a test's author can read the file.

mod line;
mod names;
mod replay;
mod writer;

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::document::BadFile;
use crate::org::{Org, Store, Written};
use replay::Replayed;
pub use writer::Ticket;
use writer::Writer;

/// Records of a line, where they are no request's.
const OF_A_LINE: usize = 200;

/// The file of an org that is open, and that no other process has.
#[derive(Debug)]
pub struct DataFile {
    writer: Writer,
    /// Let go at the end of the process, however it ends.
    _lock: File,
}

/// The file before its records are in an org.
#[derive(Debug)]
pub struct Found {
    path: PathBuf,
    lock: File,
    is_new: bool,
    replayed: Replayed,
}

/// Locks the file and sees whether there is one.
pub fn find(path: &Path) -> Result<Found, BadFile> {
    let lock_path = beside(path, "lock");
    // A file of its own: the one with the records is replaced at each start, and a lock with it.
    let lock = File::options().create(true).truncate(false).write(true).open(&lock_path);
    let lock = lock.map_err(|error| BadFile::whole(&lock_path, format!("cannot be opened: {error}")))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(BadFile::whole(path, "another simulator has this file open; stop it, or name another file"));
        }
        Err(TryLockError::Error(error)) => {
            return Err(BadFile::whole(&lock_path, format!("cannot be locked: {error}")));
        }
    }
    let is_new = match std::fs::metadata(path) {
        Ok(metadata) => metadata.len() == 0,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(BadFile::whole(path, format!("cannot be read: {error}"))),
    };
    Ok(Found { path: path.to_owned(), lock, is_new, replayed: Replayed::default() })
}

impl Found {
    /// Whether it has no records yet, so that those of a seed come into it.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Puts the records of the file into the org.
    pub fn replay(&mut self, org: &mut Org) -> Result<(), BadFile> {
        if !self.is_new {
            self.replayed = replay::run(&self.path, org)?;
        }
        Ok(())
    }

    /// Lets the org tell what it writes from here on. Where the file says more than the records that were not in the org `before`,
    /// it is written anew.
    pub fn open(self, org: &mut Org, before: &Store) -> Result<DataFile, BadFile> {
        let all = org.store.since(before);
        let is_compact = !self.is_new && !self.replayed.has_waste && self.replayed.put == all.put.len();
        let file = match is_compact {
            true => File::options().append(true).open(&self.path),
            false => compact(&self.path, all),
        };
        let file = file.map_err(|error| BadFile::whole(&self.path, format!("cannot be written: {error}")))?;
        org.store.tell();
        Ok(DataFile { writer: Writer::start(file), _lock: self.lock })
    }
}

impl DataFile {
    /// Takes what was written. The order of the calls is that of the file, so the org must be locked.
    pub fn save(&self, written: Vec<Written>) -> Ticket {
        self.writer.save(written)
    }

    /// Ends when the file cannot be written any more, with the cause.
    pub fn failure(&self) -> impl Future<Output = String> + use<> {
        self.writer.failure()
    }
}

/// The new file takes the old one's place when it is whole.
fn compact(path: &Path, all: Written) -> std::io::Result<File> {
    let Written { put, counters, .. } = all;
    let fresh = beside(path, "new");
    let file = File::create(&fresh)?;
    let mut out = std::io::BufWriter::new(file);
    out.write_all(line::HEADER.as_bytes())?;
    let mut bytes = Vec::new();
    for put in put.chunks(OF_A_LINE) {
        bytes.clear();
        line::write(&mut bytes, &Written { put: put.to_vec(), ..Written::default() });
        out.write_all(&bytes)?;
    }
    bytes.clear();
    line::write(&mut bytes, &Written { counters, ..Written::default() });
    out.write_all(&bytes)?;
    let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)?;
    // The name is in the folder, which is synced by itself. Not every system opens folders; there a rename is durable.
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    {
        folder.sync_all()?;
    }
    Ok(file)
}

/// The path of a file that goes with another.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
