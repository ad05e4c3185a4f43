//! What a conversation looks for, held against what others may leave behind.

use super::contents::{Content, Left};
use super::index::{Role, entry};

/// The values that one record must have, by the number of their key; `None` for one that may be the same as any.
#[derive(Clone)]
pub(super) struct Sought {
    pub values: Vec<(usize, Option<String>)>,
    /// Salesforce compares by it, and not this module.
    pub is_compared: bool,
}

impl Sought {
    /// Whether a record that was left so may be one of these.
    fn fits(&self, left: &Left) -> bool {
        let content = |key: usize| left.iter().find(|(other, _)| *other == key).map(|(_, content)| content);
        self.values.iter().all(|(key, value)| match (content(*key), value) {
            (Some(Content::Is(left)), Some(value)) => left == value,
            _ => true,
        }) && self.values.iter().any(|(key, value)| match (content(*key), value) {
            (Some(Content::Is(left) | Content::MayBe(left)), Some(value)) => left == value,
            (content, _) => content.is_some(),
        })
    }

    pub(super) fn fits_any(&self, leaves: &[Left]) -> bool {
        leaves.iter().any(|left| self.fits(left))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (Role, String)> {
        self.values.iter().flat_map(|(key, value)| match value {
            Some(value) => vec![(Role::Seeks, entry(*key, value)), (Role::SeeksSome, entry(*key, ""))],
            None => vec![(Role::SeeksAnything, entry(*key, ""))],
        })
    }
}

/// What stands in the index of what a conversation may leave behind.
pub(super) fn written(leaves: &[Left]) -> impl Iterator<Item = (Role, String)> {
    leaves.iter().flatten().flat_map(|(key, content)| {
        let this = match content {
            Content::Is(value) | Content::MayBe(value) => (Role::Writes, entry(*key, value)),
            Content::Anything => (Role::WritesAnything, entry(*key, "")),
        };
        [this, (Role::WritesSome, entry(*key, ""))]
    })
}
