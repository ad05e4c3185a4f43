//! Which conversations are about what: maps of one kind for all of it, since each kind of map is some kilobytes of the component.

use std::collections::BTreeMap;

/// A map for each [`Role`].
#[derive(Default)]
pub(super) struct Index([BTreeMap<String, Vec<usize>>; Role::COUNT]);

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
        self.0.get(role as usize).and_then(|map| map.get(what)).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn note(&mut self, role: Role, index: usize, what: &str) {
        let Some(map) = self.0.get_mut(role as usize) else { return };
        match map.get_mut(what) {
            Some(conversations) if conversations.last() == Some(&index) => {}
            Some(conversations) => conversations.push(index),
            None => {
                map.insert(what.to_owned(), vec![index]);
            }
        }
    }

    pub(super) fn forget(&mut self, role: Role, index: usize, what: &str) {
        if let Some(conversations) = self.0.get_mut(role as usize).and_then(|map| map.get_mut(what)) {
            conversations.retain(|other| *other != index);
        }
    }
}

impl Role {
    const COUNT: usize = Self::Found as usize + 1;
}

/// A value of a key.
pub(super) fn entry(key: usize, value: &str) -> String {
    [&key.to_string(), " ", value].concat()
}
