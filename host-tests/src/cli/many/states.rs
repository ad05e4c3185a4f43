//! What is known of all lines of a file, in a few bits for each that is settled: a file may have a million of them.

use std::collections::BTreeMap;

use roaring::RoaringTreemap;

use super::known::{Known, State};

#[derive(Default)]
pub struct States {
    done: RoaringTreemap,
    /// They ended otherwise than they should, and wrote nothing that is in doubt.
    not_done: RoaringTreemap,
    /// All others, of which more is asked.
    unsettled: BTreeMap<u64, Known>,
}

impl States {
    pub fn state(&self, line: u64) -> Option<State> {
        let settled = |done| Some(State::Settled { done });
        match self.unsettled.get(&line) {
            Some(known) => Some(known.state),
            None if self.done.contains(line) => settled(true),
            None if self.not_done.contains(line) => settled(false),
            None => None,
        }
    }

    pub fn insert(&mut self, line: u64, known: Known) {
        self.done.remove(line);
        self.not_done.remove(line);
        self.unsettled.remove(&line);
        match known.state {
            State::Settled { done: true } if known.doubt.is_none() => self.done.insert(line),
            State::Settled { done: false } if known.doubt.is_none() => self.not_done.insert(line),
            _ => self.unsettled.insert(line, known).is_none(),
        };
    }

    /// The lines that are not settled, or that may have been written.
    pub fn unsettled(&self) -> &BTreeMap<u64, Known> {
        &self.unsettled
    }

    pub fn unsettled_mut(&mut self) -> impl Iterator<Item = &mut Known> {
        self.unsettled.values_mut()
    }

    pub fn count(&self, state: State) -> u64 {
        let settled = match state {
            State::Settled { done: true } => self.done.len(),
            State::Settled { done: false } => self.not_done.len(),
            _ => 0,
        };
        settled + self.unsettled.values().filter(|known| known.state == state).map(|_| 1).sum::<u64>()
    }

    /// Lines that ended otherwise than they should, and will not be run again.
    pub fn not_done(&self) -> Vec<u64> {
        let is = |known: &Known| matches!(known.state, State::Settled { done: false } | State::Unclear);
        let unsettled = self.unsettled.iter().filter(|(_, known)| is(known)).map(|(line, _)| *line);
        let mut lines: Vec<u64> = self.not_done.iter().chain(unsettled).collect();
        lines.sort_unstable();
        lines
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Known, State, States};

    #[test]
    fn a_line_has_the_state_that_it_got_last() {
        let mut states = States::default();
        let with = |state, doubt| Known { state, doubt, records: None, tried: true, is_on_its_way: false };
        let (done, failed) = (State::Settled { done: true }, State::Settled { done: false });
        for (state, doubt) in [
            (State::InDoubt, Some(Timestamp::UNIX_EPOCH)),
            (done, None),
            (failed, None),
            (failed, Some(Timestamp::UNIX_EPOCH)),
            (State::Again, None),
            (State::Unclear, None),
            (failed, None),
        ] {
            states.insert(7, with(state, doubt));
            assert_eq!(states.state(7), Some(state));
            let all = [done, failed, State::Again, State::InDoubt, State::Unclear];
            assert_eq!(all.map(|of| states.count(of)).iter().sum::<u64>(), 1, "{state:?}");
            assert_eq!(states.unsettled().contains_key(&7), doubt.is_some() || ![done, failed].contains(&state));
        }
        states.insert(3, with(State::Unclear, None));
        states.insert(9, with(done, None));
        assert_eq!((states.not_done(), states.state(8)), (vec![3, 7], None));
    }
}
