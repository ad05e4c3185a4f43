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
mod turn;

use crate::record::PlannedRecord;
use crate::record::plan::Branch;
use crate::run::Run;
use crate::salesforce::{RecordId, SObjectName};
use crate::settings::Records;
use contents::{Keys, Left, comparable};
use index::{Index, Role};
use sought::{Sought, written};

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

    pub(super) fn keys_change(&self) -> bool {
        self.keys_change
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
