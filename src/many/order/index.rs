//! Which conversations are about what: one map for all kinds of it, since each kind of map is some kilobytes of the component.

use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Index(BTreeMap<String, Vec<usize>>);

/// What a conversation has to do with it.
#[derive(Clone, Copy)]
pub(super) enum Role {
    /// May leave this very value.
    Writes,
    /// May leave anything.
    WritesAnything,
    /// May leave some value.
    WritesSome,
    /// Looks for this very value.
    Seeks,
    /// Looks for one that may be the same as any.
    SeeksAnything,
    SeeksSome,
    Found,
}

impl Index {
    pub(super) fn of(&self, role: Role, what: &str) -> &[usize] {
        self.0.get(&role.entry(what)).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn note(&mut self, role: Role, index: usize, what: &str) {
        let conversations = self.0.entry(role.entry(what)).or_default();
        if conversations.last() != Some(&index) {
            conversations.push(index);
        }
    }

    pub(super) fn forget(&mut self, role: Role, index: usize, what: &str) {
        if let Some(conversations) = self.0.get_mut(&role.entry(what)) {
            conversations.retain(|other| *other != index);
        }
    }
}

impl Role {
    fn entry(self, what: &str) -> String {
        let role = match self {
            Self::Writes => "writes ",
            Self::WritesAnything => "writes anything ",
            Self::WritesSome => "writes some ",
            Self::Seeks => "seeks ",
            Self::SeeksAnything => "seeks anything ",
            Self::SeeksSome => "seeks some ",
            Self::Found => "found ",
        };
        [role, what].concat()
    }
}

/// A value of a key.
pub(super) fn entry(key: usize, value: &str) -> String {
    [&key.to_string(), " ", value].concat()
}
