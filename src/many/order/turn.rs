//! Whose turn it is, from what was noted of each conversation. Nothing is noted here.

use super::contents::Content;
use super::index::{Role, entry};
use super::sought::Sought;
use super::{About, Claims, Hidden, Over, Turn};
use crate::base::order;
use crate::run::Run;
use crate::salesforce::RecordId;

/// A value that more conversations write than this tells no records apart: a duplicate rule does not go by it alone.
const MAX_ALIKE: usize = 16;

impl Claims {
    /// Whether another conversation in doubt may have changed the keys of what this one wrote.
    pub(in crate::many) fn hidden(&self, index: usize) -> Hidden {
        let leaves = self.about.get(index).map(|about| about.leaves.as_slice()).unwrap_or_default();
        let found_it = |about: &About| {
            about.sought_in_doubt.iter().any(|sought| sought.fits_any(leaves) && !self.is_common(sought))
        };
        let others = || self.about.iter().enumerate().filter(|(other, _)| self.keys_change && *other != index);
        let came_later = || others().filter(|(other, about)| about.may_be_there && *other > index);
        if came_later().any(|(_, about)| found_it(about)) {
            Hidden::OrMistaken
        } else if came_later().next().is_some() || others().any(|(_, about)| found_it(about)) {
            Hidden::Perhaps
        } else {
            Hidden::No
        }
    }

    /// Whether an earlier conversation may write what this one looks for, or waits and looks for what this one may write.
    pub(in crate::many) fn turn(&self, index: usize, run: &Run, now: u64) -> Turn {
        let sought = self.sought(run);
        let writers = || sought.iter().flat_map(|sought| self.writers(index, sought));
        let held_back = self.keys_change && self.waits_before(index);
        if writers().any(|other| !self.is_over(other)) || self.overtakes(index) || held_back {
            return Turn::Waits;
        }
        self.blocked(writers().chain(self.seekers(index)), now).map_or(Turn::Comes, Turn::Blocked)
    }

    pub(super) fn turn_with(&self, index: usize, found: &[String], now: u64) -> Turn {
        let waits = |other: usize| self.about.get(other).is_some_and(|about| about.waits);
        let others =
            || found.iter().flat_map(|id| self.index.of(Role::Found, id)).copied().filter(|other| *other != index);
        let unfinished = others().filter(|other| !self.is_over(*other));
        if let Some(other) = unfinished.filter(|other| *other < index || !waits(*other)).max() {
            return Turn::Behind(other);
        }
        if (self.keys_change && self.waits_before(index)) || self.overtakes(index) {
            return Turn::Waits;
        }
        if let Some(over) = self.blocked(self.seekers(index), now) {
            return Turn::Blocked(over);
        }
        if found.is_empty() {
            return Turn::Comes;
        }
        // What a duplicate rule leads an earlier one to may be one of these.
        if self.about.iter().take(index).any(|about| about.may_adopt && about.over.is_none()) {
            return Turn::Waits;
        }
        let unclear = self.about.iter().enumerate().filter(|(_, about)| self.keys_change && about.finds_more);
        let over = others().chain(unclear.map(|(other, _)| other));
        self.blocked(over, now).map_or(Turn::Comes, Turn::Blocked)
    }

    /// Whether an earlier conversation that is not settled may write the same record. That what a later one wrote is there settles
    /// nothing then: the earlier one may be sent again, and would undo it.
    pub(in crate::many) fn follows_unsettled(&self, index: usize, run: &Run, ids: &[RecordId]) -> bool {
        let sought = self.sought(run);
        let mut writers = sought.iter().flat_map(|sought| self.writers(index, sought));
        let mut found = ids.iter().flat_map(|id| self.index.of(Role::Found, id.as_str()));
        // Once this one is settled, no call knows any more that it may have changed the keys of an earlier one.
        let lacks = |about: &About| !about.sought_in_doubt.is_empty() && !about.may_be_there;
        writers.any(|other| other < index)
            || found.any(|other| *other < index)
            || (self.keys_change && self.about.iter().take(index).any(lacks))
    }

    fn is_over(&self, index: usize) -> bool {
        self.about.get(index).is_some_and(|about| about.over.is_some() && !about.is_looked_for)
    }

    /// Of those that are over: why nothing may follow them, a doubt first, and the longest one.
    fn blocked(&self, others: impl Iterator<Item = usize>, now: u64) -> Option<Over> {
        let over = others.filter_map(|other| self.about.get(other)?.over);
        let rank = |over: &Over| match over {
            Over::LeftToPeople => u64::MAX,
            Over::InDoubt { until, .. } => *until,
            Over::Again => 0,
        };
        over.filter(|over| !matches!(over, Over::InDoubt { until, .. } if *until <= now)).max_by_key(rank)
    }

    /// Conversations before this one that may leave a record as it is sought.
    fn writers(&self, index: usize, sought: &Sought) -> Vec<usize> {
        if self.is_common(sought) {
            return Vec::new();
        }
        let is_before = |other: usize| {
            let over = self.about.get(other).and_then(|about| about.over);
            other < index || (other != index && matches!(over, Some(Over::InDoubt { of_earlier_call: true, .. })))
        };
        let values = sought.values.iter();
        let mut writers: Vec<usize> = values.flat_map(|(key, value)| self.writers_of(*key, value.as_deref())).collect();
        writers.retain(|other| is_before(*other));
        order::sort(&mut writers);
        writers.dedup();
        writers.retain(|other| self.about.get(*other).is_some_and(|about| sought.fits_any(&about.leaves)));
        writers
    }

    fn writers_of(&self, key: usize, value: Option<&str>) -> impl Iterator<Item = usize> {
        let some = match value {
            Some(value) => self.index.of(Role::Writes, &entry(key, value)),
            None => self.index.of(Role::WritesSome, &entry(key, "")),
        };
        some.iter().chain(self.index.of(Role::WritesAnything, &entry(key, ""))).copied()
    }

    /// Whether this is a value that tells no records apart.
    fn is_common(&self, sought: &Sought) -> bool {
        let is_common =
            |(key, value): &(usize, Option<String>)| self.writers_of(*key, value.as_deref()).count() > MAX_ALIKE;
        sought.is_compared && sought.values.iter().any(is_common)
    }

    /// Whether an earlier conversation waits and looks for what this one may write.
    fn overtakes(&self, index: usize) -> bool {
        self.seekers(index).any(|seeker| !self.is_over(seeker))
    }

    /// Earlier conversations that wait, or are over, and look for what this one may write.
    fn seekers(&self, index: usize) -> impl Iterator<Item = usize> {
        let leaves = self.about.get(index).map(|about| about.leaves.as_slice()).unwrap_or_default();
        let seekers = leaves.iter().flatten().flat_map(|(key, content)| {
            let these = match content {
                Content::Is(value) | Content::MayBe(value) => self.index.of(Role::Seeks, &entry(*key, value)),
                Content::Anything => self.index.of(Role::SeeksSome, &entry(*key, "")),
            };
            these.iter().chain(self.index.of(Role::SeeksAnything, &entry(*key, ""))).copied()
        });
        seekers.filter(move |seeker| *seeker < index).filter(move |seeker| {
            let seeks = self.about.get(*seeker).map(|about| about.seeks.as_slice()).unwrap_or_default();
            seeks.iter().any(|sought| sought.fits_any(leaves) && !self.is_common(sought))
        })
    }

    fn waits_before(&self, index: usize) -> bool {
        self.about.iter().take(index).any(|about| about.waits)
    }
}
