//! How the keys of a record work together.

use super::{Mapping, RecordSettings, Source};
use crate::salesforce::FieldPath;

/// Most groups of keys of one record, and most keys of a group: each group is an alternative in the query.
pub const MAX_KEY_GROUPS: usize = 10;

/// Which of a record's keys an existing record must match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MatchKeys {
    /// All of them.
    #[default]
    All,
    /// One: they are tried in the order of the rows.
    Any,
    /// All of a group: the groups are tried in this order.
    Groups(Vec<Vec<FieldPath>>),
}

impl MatchKeys {
    /// What is a word in the settings, the default first.
    pub(crate) const WORDS: &[&str] = &["all", "any"];

    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::Groups(_) => "groups",
        }
    }

    /// The alternatives, each with those of `keys` that must match together. Of a group that lacks one, nothing.
    pub(crate) fn alternatives<K: Copy>(&self, keys: &[K], path: impl Fn(K) -> FieldPath) -> Vec<Vec<K>> {
        match self {
            Self::All if keys.is_empty() => Vec::new(),
            Self::All => vec![keys.to_vec()],
            Self::Any => keys.iter().map(|key| vec![*key]).collect(),
            Self::Groups(groups) => {
                let find = |wanted: &FieldPath| keys.iter().copied().find(|key| path(*key) == *wanted);
                groups.iter().filter_map(|group| group.iter().map(find).collect()).collect()
            }
        }
    }
}

impl RecordSettings {
    /// The alternatives by which an existing record is found, each with the keys that must match together.
    pub(crate) fn alternatives(&self) -> Vec<Vec<&Mapping>> {
        let keys: Vec<&Mapping> = self.keys().collect();
        self.match_keys.alternatives(&keys, |key| key.field.clone())
    }

    /// Whether each record that the keys find holds this one, by whichever alternative it is found.
    pub(crate) fn keeps(&self, key: &Mapping) -> bool {
        key.key && self.alternatives().iter().all(|keys| keys.iter().any(|other| std::ptr::eq(*other, key)))
    }
}

impl Mapping {
    /// A constant narrows a search down; by itself it would find the same records in every conversation.
    pub(crate) fn is_constant(&self) -> bool {
        matches!(self.source, Source::Constant(_))
    }
}
