//! Objects, as describeGlobal lists them and as a describe begins. Source: REST API guide, Describe Global.

use serde_json::Value;

use super::query::Query;
use super::search::Best;
use super::{flag, list, text};
use crate::salesforce::SObjectName;

/// Most record types that are listed. An object may have 200.
const MAX_RECORD_TYPES: usize = 200;

/// One object of an org.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectEntry {
    /// API name: what a mapping's `object` takes.
    pub name: String,
    /// What people see, in the integration user's language; the API name where Salesforce gives none.
    pub label: String,
    /// The same for several records; the label where Salesforce gives none.
    pub label_plural: String,
    /// First three characters of its records' ids; some objects have none.
    pub key_prefix: Option<String>,
    /// The org or a package has added it; it is none of Salesforce's own.
    pub custom: bool,
    /// The user may create records of it. Each field has rights of its own.
    pub createable: bool,
    /// The user may change records of it.
    pub updateable: bool,
    /// Its records can be searched for, which a key needs.
    pub queryable: bool,
}

/// A record type, as the setting `recordType` takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordTypeEntry {
    /// DeveloperName, which a label's translation does not change.
    pub developer_name: String,
    /// What people see, in the integration user's language; the DeveloperName where Salesforce gives none.
    pub label: String,
}

impl ObjectEntry {
    /// Offers an entry of the list, if it is one that a module can name.
    pub fn offer(entry: &Value, query: &Query, best: &mut Best<Self>) {
        let Some(object) = Self::new(entry).filter(|_| !flag(entry, "deprecatedAndHidden")) else { return };
        let is_wanted = query.all || object.createable || object.updateable;
        if let Some(fit) = query.search.fit(&object.name, &object.label).filter(|_| is_wanted) {
            let (label, name) = (object.label.clone(), object.name.clone());
            best.offer(fit, &label, &name, || object);
        }
    }

    /// `None` if it is something else.
    pub fn new(entry: &Value) -> Option<Self> {
        let name = text(entry, "name").filter(|name| SObjectName::parse(name).is_some())?;
        let label = text(entry, "label").unwrap_or_else(|| name.clone());
        Some(Self {
            label_plural: text(entry, "labelPlural").unwrap_or_else(|| label.clone()),
            key_prefix: text(entry, "keyPrefix"),
            custom: flag(entry, "custom"),
            createable: flag(entry, "createable"),
            updateable: flag(entry, "updateable"),
            queryable: flag(entry, "queryable"),
            name,
            label,
        })
    }
}

impl RecordTypeEntry {
    /// Those that the user may give a record. The master one stands for none.
    pub fn all(describe: &Value) -> Vec<Self> {
        let usable = list(describe, "recordTypeInfos").iter().filter(|info| {
            flag(info, "available") && !flag(info, "master") && info.get("active").is_none_or(|active| active == true)
        });
        let entry = |info| {
            let developer_name = text(info, "developerName")?;
            Some(Self { label: text(info, "name").unwrap_or_else(|| developer_name.clone()), developer_name })
        };
        usable.filter_map(entry).take(MAX_RECORD_TYPES).collect()
    }
}
