//! Which conversations begin, and when.

use super::order::Turn;
use super::pending::Load;
use super::{Held, MAX_SECONDS, MAX_WEIGHT, Many, Slot, Unread, Wait};
use crate::report::RunKind;
use crate::run::Run;
use crate::value::Variables;

impl Many {
    /// Begins what need not wait; false if there is nothing left. Only where nothing is under way, so that those that have
    /// waited begin together.
    pub(super) fn begin(&mut self) -> bool {
        let mut begun = self.read_some();
        for index in 0..self.slots.len() {
            let held = match self.take(index) {
                Some(Slot::Held(held)) => *held,
                Some(other) => {
                    self.put(index, other);
                    continue;
                }
                None => continue,
            };
            self.claims.unhold(index);
            let is_done = |other: usize| matches!(self.slots.get(other), Some(Slot::Done(_)));
            let waits = match held.wait {
                Wait::Turn => false,
                Wait::For(other) => !is_done(other),
                Wait::ForAllBefore => !(0..index).all(is_done),
            };
            match if waits { Turn::Waits } else { self.turn(index, &held) } {
                Turn::Waits | Turn::Behind(_) => self.hold(index, held),
                Turn::Blocked(over) => {
                    begun = true;
                    self.refuse(index, held, over);
                }
                Turn::Comes => {
                    begun = true;
                    self.start_one(index, held);
                }
            }
        }
        begun || self.break_circle()
    }

    fn turn(&self, index: usize, held: &Held) -> Turn {
        // Every further request would be answered alike, and so is each conversation.
        match self.last_word.is_some() {
            true => Turn::Comes,
            false => self.claims.turn(index, &held.run, self.now.elapsed),
        }
    }

    /// Conversations that look again after a race can come to wait for each other. Then the earliest goes first.
    fn break_circle(&mut self) -> bool {
        let Some(index) = self.slots.iter().position(|slot| matches!(slot, Slot::Held(_))) else { return false };
        let Some(Slot::Held(held)) = self.take(index) else { return false };
        self.claims.unhold(index);
        self.start_one(index, *held);
        true
    }

    /// Reads as many conversations as there is room for, so that each is known before the first of them begins. None overtakes
    /// one that does not fit: later ones may look for what it will write.
    fn read_some(&mut self) -> bool {
        let mut begun = false;
        let probing = self.slots.iter().any(|slot| self.is_to_probe(slot));
        for index in 0..self.slots.len() {
            let is_next = |slot: &Slot| matches!(slot, Slot::Unread(_)) && (!probing || self.is_to_probe(slot));
            if !self.slots.get(index).is_some_and(is_next) {
                continue;
            }
            if self.weight > MAX_WEIGHT {
                break;
            }
            let Some(Slot::Unread(unread)) = self.take(index) else { continue };
            match Variables::parse(&unread.conversation.variables) {
                Ok(variables) => begun |= self.read(index, &variables, unread, probing),
                Err(findings) => {
                    begun = true;
                    self.put(index, Slot::Done(Box::new(Err(findings))));
                }
            }
        }
        begun
    }

    /// Whether it has begun already.
    fn read(&mut self, index: usize, variables: &Variables, unread: Unread, probing: bool) -> bool {
        let mut run = Run::new(&self.settings, MAX_SECONDS, variables, RunKind::Write).among_many(self.now);
        run.say_once(index, &mut self.absent);
        let weight = run.weight();
        self.claims.claim(index, &run);
        self.weight += weight;
        let load = Load { weight, requests: unread.requests, ..Load::default() };
        let held = Held { run, wait: Wait::Turn, load };
        match unread.conversation.in_doubt_for {
            _ if probing => self.probe(index, held, unread.conversation),
            Some(seconds) => self.look_for(index, held, seconds),
            None => {
                self.put(index, Slot::Held(Box::new(held)));
                false
            }
        }
    }

    pub(super) fn start_one(&mut self, index: usize, held: Held) {
        let held = self.barred(index, held);
        self.went(index, held.load, held.run.start());
    }

    pub(super) fn hold(&mut self, index: usize, held: Held) {
        self.claims.hold(index, &held.run);
        self.put(index, Slot::Held(Box::new(held)));
    }
}
