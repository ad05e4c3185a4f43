//! What a conversation makes of its share of an answer.

use super::answer::Share;
use super::order::Turn;
use super::pending::{Asking, Kind};
use super::slots::{Held, Slot, Wait};
use super::{Many, ROW_FACTOR};
use crate::salesforce::RecordId;

impl Many {
    pub(super) fn told(&mut self, index: usize, share: Share) {
        let Some(Slot::Asks(mut asking)) = self.take(index) else { return };
        let told = match share {
            Share::Again => return self.put(index, Slot::Asks(asking)),
            Share::Alone { ids } => {
                self.lags(index, &asking, &ids);
                asking.kind = Kind::Alone;
                return self.put(index, Slot::Asks(asking));
            }
            Share::Fewer { at_once } => {
                self.lags(index, &asking, &[]);
                asking.kind = if at_once > 1 { Kind::Lookups { at_once } } else { Kind::Alone };
                return self.put(index, Slot::Asks(asking));
            }
            // It came before others that it should have followed: what they write may be why it was refused.
            Share::Told(told) if asking.load.overtakes && asking.waiting.is_refused_for_another(&told) => {
                let (run, load) = (asking.waiting.before_lookup(), asking.load);
                return self.hold(index, Held { run, wait: Wait::ForAllBefore, load });
            }
            Share::Told(told) => told,
            Share::Found { told, ids, bytes } => {
                if asking.is_undecided() {
                    if asking.load.doubt.is_some()
                        && !asking.load.probes
                        && self.claims.follows_unsettled(index, asking.waiting.run(), &ids)
                    {
                        return self.behind_unsettled(index, *asking, &ids);
                    }
                    self.claims.unhold(index);
                    let turn = self.claims.find(index, &ids, self.now.elapsed);
                    // What is only looked for, writes nothing.
                    if turn != Turn::Comes && asking.load.doubt.is_none() {
                        // Another one is about to write this record. What it holds then, is to be looked up then.
                        let (run, load) = (asking.waiting.before_lookup(), asking.load);
                        return match turn {
                            Turn::Behind(other) => self.hold(index, Held { run, wait: Wait::For(other), load }),
                            Turn::Blocked(over) => self.refuse(index, Held { run, wait: Wait::Turn, load }, over),
                            Turn::Waits | Turn::Comes => self.hold(index, Held { run, wait: Wait::Turn, load }),
                        };
                    }
                }
                // The rows that are decided on stay until they are written.
                let rows = ROW_FACTOR * bytes;
                asking.load.weight += rows;
                self.weight += rows;
                told
            }
        };
        let Asking { waiting, load, .. } = *asking;
        self.went(index, load, waiting.told(told, self.now));
        // Its lookup or its write was refused, and it looks again: it may find another record than before.
        if self.asking_at(index).is_some_and(Asking::is_undecided) {
            self.claims.look_again(index);
        }
    }

    /// It asks once more, while others have their answer already: none of those that come after it may change these records
    /// before it has seen them.
    fn lags(&mut self, index: usize, asking: &Asking, ids: &[RecordId]) {
        if asking.is_undecided() {
            self.claims.lag(index);
            self.claims.find(index, ids, self.now.elapsed);
        }
    }
}
