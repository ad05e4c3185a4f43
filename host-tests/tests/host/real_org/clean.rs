//! What a run wrote, and how it goes again.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::real_org::rest::{Rest, quoted};

/// Objects that scenarios write, children first, with the field that carries the marker.
const WRITTEN: [(&str, &str); 2] = [("Case", "Subject"), ("Contact", "LastName")];

/// The marker of a run, and the ids of what it created.
#[derive(Clone)]
pub struct Clean {
    marker: String,
    created: Arc<Mutex<BTreeSet<String>>>,
}

impl Clean {
    pub fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_nanos();
        Self { marker: format!("smtest{now:x}p{:x}", std::process::id()), created: Arc::default() }
    }

    pub fn marker(&self) -> &str {
        &self.marker
    }

    pub fn remember(&self, id: &str) {
        self.created.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
    }

    /// Deletes what carries the marker: also a record whose id no answer told. A record that a scenario created must carry
    /// it; one that does not is left alone and named.
    pub async fn up(&self, rest: &Rest) -> Result<usize, String> {
        let mut left = self.created.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut deleted = 0;
        for (sobject, field) in WRITTEN {
            for row in rest.query(&self.marked(sobject, field)).await? {
                let id = row["Id"].as_str().ok_or("a row without Id")?;
                rest.delete(sobject, id).await?;
                left.remove(id);
                deleted += 1;
            }
            let still = rest.query(&self.marked(sobject, field)).await?.len();
            if still > 0 {
                return Err(format!("{still} records of {sobject} are left"));
            }
        }
        if left.is_empty() { Ok(deleted) } else { Err(format!("without the marker, so not deleted: {left:?}")) }
    }

    /// `LIKE` with the whole marker in front, whose letters and digits mean nothing else there.
    fn marked(&self, sobject: &str, field: &str) -> String {
        let start = quoted(&format!("{}%", self.marker));
        format!("SELECT Id FROM {sobject} WHERE {field} LIKE {start} ORDER BY Id LIMIT 200")
    }
}
