//! The last runs: when, how they ended, which records, and with which settings. Values of the conversation only where the author said so.
//!
//! A file for each run in a folder that its owner alone reads, and no database: a hundred runs need no index, a crash costs no other
//! run, and two editors at once do not get in each other's way. A file is there before the run begins, so that a run whose editor was
//! killed is told as one that may have written.

use std::sync::Mutex;

use anyhow::Context;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::json::document;
use crate::private_folder::PrivateFolder;
use crate::web::{lock, random};

/// Runs that are kept; of one more, the oldest goes.
const MAX_RUNS: usize = 100;
/// Bytes of settings and values of a run that are kept.
const MAX_KEPT: usize = 1 << 20;

/// See above.
pub struct Runs(PrivateFolder, Claims);

/// Held while a run is claimed: of two who want to make it again, one does.
type Claims = Mutex<()>;

/// What is known of a run before it begins.
pub(super) struct Begun<'a> {
    pub settings: &'a str,
    pub variables: &'a str,
    pub correlation: Option<&'a str>,
    pub domain: &'a str,
    pub is_simulated: bool,
    pub keeps_values: bool,
    /// A second run writes nothing twice.
    pub is_idempotent: bool,
}

impl Runs {
    pub fn open(folder: &std::path::Path) -> anyhow::Result<Self> {
        PrivateFolder::open(folder).map(|folder| Self(folder, Claims::default()))
    }

    /// Notes that a run begins, and gives its name.
    pub(super) fn begin(&self, run: &Begun<'_>, now: Timestamp) -> anyhow::Result<String> {
        let id = format!("{:014}-{:08x}", now.as_millisecond(), u32::from_be_bytes(random()?));
        let variables = document(run.variables);
        let names: Vec<&String> = variables.as_object().into_iter().flat_map(Map::keys).collect();
        let fits = run.settings.len() + run.variables.len() <= MAX_KEPT;
        let kept = json!({
            "id": id,
            "at": now.to_string(),
            "status": "begun",
            "correlation": run.correlation,
            "domain": run.domain,
            "simulated": run.is_simulated,
            "settings": if fits { document(run.settings) } else { Value::Null },
            "names": names,
            "values": if run.keeps_values && fits { variables.clone() } else { Value::Null },
            "records": [],
            "idempotent": run.is_idempotent,
        });
        self.0.write(&id, &kept.to_string())?;
        let names = self.0.names()?;
        for old in names.iter().take(names.len().saturating_sub(MAX_RUNS)) {
            self.0.remove(old)?;
        }
        Ok(id)
    }

    /// Notes how it ended: an answer of `run`, of which only what has no value of the conversation is kept.
    pub(super) fn end(&self, id: &str, answer: &Value) -> anyhow::Result<()> {
        let Some(mut kept) = self.read(id)? else { return Ok(()) };
        let records = answer["records"].as_array().into_iter().flatten();
        kept["status"] = answer["status"].clone();
        kept["records"] = records
            .map(|record| {
                let mut record = record.clone();
                // What a visitor could correct is said in words of the settings, and is not needed later.
                record.as_object_mut().map(|members| members.remove("problems"));
                record
            })
            .collect();
        kept["requests"] = answer["requests"].clone();
        kept["error"] = answer["response"]["error"].clone();
        self.0.write(id, &kept.to_string())
    }

    /// Nothing was sent: it was no run.
    pub(super) fn cancel(&self, id: &str) -> anyhow::Result<()> {
        self.0.remove(id).map(drop)
    }

    /// Notes, before anything is sent, that another run is the same once more. `false` if one is already.
    pub(super) fn claim(&self, id: &str, by: &str) -> anyhow::Result<bool> {
        let _one_at_a_time = lock(&self.1);
        let Some(mut kept) = self.read(id)?.filter(|kept| kept["repeatedBy"].is_null()) else { return Ok(false) };
        kept["repeatedBy"] = by.into();
        self.0.write(id, &kept.to_string())?;
        Ok(true)
    }

    /// It was none: nothing was sent.
    pub(super) fn unclaim(&self, id: &str) -> anyhow::Result<()> {
        let Some(mut kept) = self.read(id)? else { return Ok(()) };
        kept["repeatedBy"] = Value::Null;
        self.0.write(id, &kept.to_string())
    }

    /// All of them, the newest first.
    pub(super) fn list(&self) -> anyhow::Result<Vec<Value>> {
        let mut runs = Vec::new();
        for id in self.0.names()?.iter().rev() {
            match self.read(id) {
                Ok(Some(run)) if run.is_object() => runs.push(run),
                Ok(_) => {}
                // One that is damaged hides no other.
                Err(error) => anstream::eprintln!("{error:#}; it is left out"),
            }
        }
        Ok(runs)
    }

    pub(super) fn read(&self, id: &str) -> anyhow::Result<Option<Value>> {
        if !PrivateFolder::is_name(id) {
            return Ok(None);
        }
        let text = self.0.read(id)?;
        text.map(|text| serde_json::from_str(&text).with_context(|| format!("the run {id} is no JSON"))).transpose()
    }

    pub(super) fn forget(&self) -> anyhow::Result<()> {
        self.0.names()?.iter().try_for_each(|id| self.0.remove(id).map(drop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two who have both seen that it can be made again.
    #[test]
    fn a_run_is_claimed_once_until_it_is_given_back() {
        let folder = std::env::temp_dir().join(format!("runs-{}", crate::web::secret().unwrap()));
        let runs = Runs::open(&folder).unwrap();
        runs.0.write("run", "{\"repeatedBy\":null}").unwrap();
        assert_eq!((runs.claim("run", "first").unwrap(), runs.claim("run", "second").unwrap()), (true, false));
        assert_eq!(runs.read("run").unwrap().unwrap()["repeatedBy"], "first");
        runs.unclaim("run").unwrap();
        assert!(runs.claim("run", "second").unwrap() && !runs.claim("none", "first").unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
