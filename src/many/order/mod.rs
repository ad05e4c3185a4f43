//! Which conversations must wait for which, so that what one writes the next one finds.
//!
//! Two conversations with the same new e-mail address, handled at the same time, would both find no record and both create one.
//! So a conversation is not looked up while an earlier one is unfinished that may write what it looks for, or that has found
//! the same record; nor does it overtake one that waits and looks for what this one may write. Behind one of which it is not
//! known whether it has written, and behind one that will be run again, it does not run at all.
//!
//! Texts are compared as the coarsest collation would, whatever the field does: waiting in vain costs nothing but time.

mod contents;
mod index;
mod sought;

use crate::base::order;
use crate::record::PlannedRecord;
use crate::record::plan::Branch;
use crate::run::Run;
use crate::salesforce::{RecordId, SObjectName};
use crate::settings::Records;
use contents::{Content, Keys, Left, comparable};
use index::{Index, Role, entry};
use sought::{Sought, written};

/// A value that more conversations write than this tells no records apart: a duplicate rule does not go by it alone.
const MAX_ALIKE: usize = 16;

/// What the unfinished conversations are about.
pub(super) struct Claims {
    keys: Keys,
    /// A write may change a value that other conversations look for, of a record that is not known beforehand: then none
    /// overtakes one that waits.
    keys_change: bool,
    index: Index,
    /// What each conversation is about.
    about: Vec<About>,
}

/// What one conversation is about; the texts stand in the index, too, behind their [`Role`].
#[derive(Clone, Default)]
struct About {
    /// What each of its records may leave behind.
    leaves: Vec<Left>,
    /// What it looks for.
    sought: Vec<Sought>,
    /// The same in the index: while it waits, and while it is over and may be run again.
    seeks: Vec<Sought>,
    /// Records that it has found.
    found: Vec<String>,
    /// It has not looked yet, and may find others.
    finds_more: bool,
    waits: bool,
    /// It was in doubt, and is looked for at this moment.
    is_looked_for: bool,
    /// If it was in doubt when the call began: what it looks for.
    sought_in_doubt: Vec<Sought>,
    /// It was in doubt, and all of it is there, as far as can be seen.
    may_be_there: bool,
    /// A duplicate rule may lead it to a record that it has not found.
    may_adopt: bool,
    over: Option<Over>,
}

/// A conversation that is over and still in the way of later ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// Whether it has written is not known before this moment, in milliseconds since the call began. One of an earlier call is in
    /// the way of all.
    InDoubt { until: u64, of_earlier_call: bool },
    /// It wrote nothing and will be run again.
    Again,
    /// Only people can tell what became of it, and until they have, what comes later has no place.
    LeftToPeople,
}

/// Whether it is a conversation's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Comes,
    Waits,
    /// Until this one is finished.
    Behind(usize),
    /// It must not run after one that is over so.
    Blocked(Over),
}

/// Whether what a conversation in doubt wrote can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    No,
    /// That it is not found proves nothing.
    Perhaps,
    /// Nor does it prove anything that a record is found: it may be another one.
    OrMistaken,
}

impl Claims {
    pub(super) fn new(settings: &Records, conversations: usize) -> Self {
        let keys = Keys::of(settings);
        let keys_change = keys.change(settings);
        Self { keys, keys_change, index: Index::default(), about: vec![About::default(); conversations] }
    }

    /// Notes what a conversation may write.
    pub(super) fn claim(&mut self, index: usize, run: &Run) {
        let leaves: Vec<Left> = run.may_write().flat_map(|record| self.keys.left_by(run, record)).collect();
        let sought = self.sought(run);
        for (role, what) in written(&leaves) {
            self.index.note(role, index, &what);
        }
        if let Some(about) = self.about.get_mut(index) {
            (about.leaves, about.may_adopt, about.sought) = (leaves, run.may_adopt(), sought);
            about.finds_more = run.finds_by().next().is_some();
        }
    }

    /// Notes that a conversation may have been carried out before the call began.
    pub(super) fn doubt(&mut self, index: usize, run: &Run) {
        let sought = self.sought(run);
        if let Some(about) = self.about.get_mut(index) {
            about.sought_in_doubt = sought;
        }
    }

    /// A conversation in doubt was looked for, and that it was not carried out cannot be seen.
    pub(super) fn may_be_there(&mut self, index: usize) {
        if let Some(about) = self.about.get_mut(index) {
            about.may_be_there = true;
        }
    }

    /// Whether another conversation in doubt may have changed the keys of what this one wrote.
    pub(super) fn hidden(&self, index: usize) -> Hidden {
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

    pub(super) fn keys_change(&self) -> bool {
        self.keys_change
    }

    /// Whether an earlier conversation may write what this one looks for, or waits and looks for what this one may write.
    pub(super) fn turn(&self, index: usize, run: &Run, now: u64) -> Turn {
        let sought = self.sought(run);
        let writers = || sought.iter().flat_map(|sought| self.writers(index, sought));
        let held_back = self.keys_change && self.waits_before(index);
        if writers().any(|other| !self.is_over(other)) || self.overtakes(index) || held_back {
            return Turn::Waits;
        }
        self.blocked(writers().chain(self.seekers(index)), now).map_or(Turn::Comes, Turn::Blocked)
    }

    /// A conversation waits.
    pub(super) fn hold(&mut self, index: usize, run: &Run) {
        let sought = self.sought(run);
        if let Some(about) = self.about.get_mut(index) {
            (about.waits, about.sought) = (true, sought);
        }
        self.seek(index);
    }

    /// Later conversations see what it looks for.
    fn seek(&mut self, index: usize) {
        let Some(about) = self.about.get_mut(index) else { return };
        about.seeks.clone_from(&about.sought);
        let entries: Vec<(Role, String)> = about.seeks.iter().flat_map(Sought::entries).collect();
        for (role, what) in entries {
            self.index.note(role, index, &what);
        }
    }

    /// A conversation has to ask once more, while others have their answer.
    pub(super) fn lag(&mut self, index: usize) {
        if let Some(about) = self.about.get_mut(index) {
            about.waits = true;
        }
    }

    /// A conversation looks up anew what it has found before.
    pub(super) fn look_again(&mut self, index: usize) {
        if let Some(about) = self.about.get_mut(index) {
            (about.waits, about.finds_more) = (true, true);
        }
    }

    /// It waits no longer.
    pub(super) fn unhold(&mut self, index: usize) {
        let Some(about) = self.about.get_mut(index) else { return };
        about.waits = false;
        let seeks = std::mem::take(&mut about.seeks);
        for (role, what) in seeks.iter().flat_map(Sought::entries) {
            self.index.forget(role, index, &what);
        }
    }

    /// Notes the records that a conversation has found, and whether it may go on with them.
    pub(super) fn find(&mut self, index: usize, ids: &[RecordId], now: u64) -> Turn {
        self.let_go(index);
        let found: Vec<String> = ids.iter().map(|id| id.as_str().to_owned()).collect();
        let turn = self.turn_with(index, &found, now);
        for id in &found {
            self.index.note(Role::Found, index, id);
        }
        if let Some(about) = self.about.get_mut(index) {
            (about.found, about.finds_more) = (found, false);
        }
        turn
    }

    fn turn_with(&self, index: usize, found: &[String], now: u64) -> Turn {
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

    /// Whether a duplicate rule may still lead it to a record that it has not found.
    pub(super) fn may_adopt(&mut self, index: usize, may_adopt: bool) {
        if let Some(about) = self.about.get_mut(index) {
            about.may_adopt = may_adopt;
        }
    }

    /// A conversation is over, and in the way of later ones.
    pub(super) fn over(&mut self, index: usize, over: Over) {
        self.unhold(index);
        if let Some(about) = self.about.get_mut(index) {
            (about.over, about.is_looked_for, about.may_adopt) = (Some(over), false, false);
        }
        // It may be run again, and must find then what it would have found now.
        self.seek(index);
    }

    /// It was in doubt when the call began, and is looked for now: all that may meet it wait.
    pub(super) fn look_for(&mut self, index: usize, until: u64) {
        if let Some(about) = self.about.get_mut(index) {
            about.over = Some(Over::InDoubt { until, of_earlier_call: true });
            about.is_looked_for = true;
        }
    }

    /// Whether an earlier conversation that is not settled may write the same record. That what a later one wrote is there settles
    /// nothing then: the earlier one may be sent again, and would undo it.
    pub(super) fn follows_unsettled(&self, index: usize, run: &Run, ids: &[RecordId]) -> bool {
        let sought = self.sought(run);
        let mut writers = sought.iter().flat_map(|sought| self.writers(index, sought));
        let mut found = ids.iter().flat_map(|id| self.index.of(Role::Found, id.as_str()));
        // Once this one is settled, no call knows any more that it may have changed the keys of an earlier one.
        let lacks = |about: &About| !about.sought_in_doubt.is_empty() && !about.may_be_there;
        writers.any(|other| other < index)
            || found.any(|other| *other < index)
            || (self.keys_change && self.about.iter().take(index).any(lacks))
    }

    /// A conversation is finished.
    pub(super) fn release(&mut self, index: usize) {
        self.let_go(index);
        self.unhold(index);
        let leaves = self.about.get_mut(index).map(|about| {
            (about.may_adopt, about.over, about.is_looked_for) = (false, None, false);
            std::mem::take(&mut about.leaves)
        });
        for (role, what) in written(&leaves.unwrap_or_default()) {
            self.index.forget(role, index, &what);
        }
    }

    /// What it has found is free for others.
    fn let_go(&mut self, index: usize) {
        let found = self.about.get_mut(index).map(|about| std::mem::take(&mut about.found)).unwrap_or_default();
        for id in &found {
            self.index.forget(Role::Found, index, id);
        }
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

    /// What a conversation looks for, and what Salesforce compares it by.
    fn sought(&self, run: &Run) -> Vec<Sought> {
        let by_keys = run.finds_by().filter_map(|(sobject, branch)| self.sought_by(sobject, branch));
        let compared = run.may_write().flat_map(|record| self.compared(record));
        by_keys.chain(compared).collect()
    }

    /// `None` if a field is not among the keys, such as the id that a rule has named.
    fn sought_by(&self, sobject: &SObjectName, branch: &Branch) -> Option<Sought> {
        let of = |wanted: &crate::record::plan::Wanted| {
            Some((self.keys.number(sobject, &wanted.path)?, comparable(&wanted.value)))
        };
        let values = branch.keys.iter().map(of).collect::<Option<Vec<_>>>()?;
        Some(Sought { values, is_compared: false })
    }

    fn compared(&self, record: &PlannedRecord) -> Vec<Sought> {
        let keys = self.keys.compared.iter().filter(|key| key.sobject == *record.sobject());
        let of = |key: &contents::Key| {
            let field = record.fields.iter().find(|field| field.path == key.path)?;
            let value = comparable(field.value.as_ref()?);
            let values = vec![(self.keys.number(&key.sobject, &key.path)?, value)];
            Some(Sought { values, is_compared: true })
        };
        keys.filter_map(of).collect()
    }
}
