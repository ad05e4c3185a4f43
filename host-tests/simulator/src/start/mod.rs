//! An org from files: what a command line, or a test, names.

mod org_file;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::Value;

use crate::data::{self, DataFile};
use crate::document::BadFile;
use crate::org::Org;
use crate::seed::SETUP;

/// The files of an org; none of them is an org with its samples.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// A folder of describe documents.
    pub describe: Option<PathBuf>,
    /// What an admin adds, as JSON.
    pub org: Option<PathBuf>,
    /// Makes the ids of records others than without it.
    pub id_seed: Option<u64>,
    /// Records to begin with.
    pub seed: Option<PathBuf>,
    /// Where the records are kept. What the seed says of records holds for a new file only.
    pub data: Option<PathBuf>,
}

impl Files {
    /// As [`open`](Files::open), with nothing kept of what is written.
    pub fn org(&self, now: Timestamp) -> Result<Org, BadFile> {
        Ok(self.open(now)?.0)
    }

    /// Reads all of them; an org comes of it only if each is right. What it writes is kept where the file of its records goes with it to
    /// [`Simulator::start_with`](crate::Simulator::start_with).
    pub fn open(&self, now: Timestamp) -> Result<(Org, Option<DataFile>), BadFile> {
        let mut org = match &self.describe {
            Some(folder) => Org::described(&documents(folder)?)?,
            None => Org::new(),
        };
        if let Some(number) = self.id_seed {
            org.seed_ids(number);
        }
        let added = self.org.as_ref().map(|file| Ok((file.display().to_string(), json(file)?))).transpose()?;
        if let Some((file, value)) = &added {
            org_file::before_records(&mut org, file, value)?;
        }
        let mut found = self.data.as_deref().map(data::find).transpose()?;
        let without_records = org.store.clone();
        if let Some(seed) = &self.seed {
            let mut records = json(seed)?;
            if found.as_ref().is_some_and(|found| !found.is_new()) {
                keep_setup(&mut records);
            }
            org.seed(&records, now).map_err(|error| BadFile::whole(seed, error.to_string()))?;
        }
        if let Some(found) = &mut found {
            found.replay(&mut org)?;
        }
        let file = found.map(|found| found.open(&mut org, &without_records)).transpose()?;
        if let Some((file, value)) = &added {
            org_file::after_records(&mut org, file, value)?;
        }
        // Nothing of that has to be kept: it is there at each start.
        drop(org.take_written());
        org.keep_start();
        Ok((org, file))
    }
}

/// Leaves of a seed what an admin did: the records were there at the first start, and are what became of them.
fn keep_setup(seed: &mut Value) {
    if let Value::Object(members) = seed {
        members.retain(|name, _| name == SETUP);
        if let Some(Value::Object(setup)) = members.get_mut(SETUP) {
            setup.remove("converted");
        }
    }
}

/// The JSON files of a folder in the order of their names, each with its name and text.
fn documents(folder: &Path) -> Result<Vec<(String, String)>, BadFile> {
    let unreadable = |error: std::io::Error| BadFile::whole(folder, format!("cannot read this folder: {error}"));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(BadFile::whole(
            folder,
            "expected describe documents: this folder has no file that ends with .json",
        ));
    }
    files.iter().map(|file| Ok((file.display().to_string(), text(file)?))).collect()
}

fn json(file: &Path) -> Result<Value, BadFile> {
    serde_json::from_str(&text(file)?).map_err(|error| BadFile::whole(file, format!("not JSON: {error}")))
}

fn text(file: &Path) -> Result<String, BadFile> {
    fs::read_to_string(file).map_err(|error| BadFile::whole(file, format!("cannot be read: {error}")))
}
