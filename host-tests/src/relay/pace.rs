//! How often a chat is asked: often after something happened, and less often the longer nothing does.

use std::time::Duration;

/// Between two questions while the visitor looks and something happens. Source: `wit/handover.wit`, `receive`.
const SHORTEST: Duration = Duration::from_secs(2);
/// Between two questions at most.
const LONGEST: Duration = Duration::from_secs(10);
/// Questions without an answer after which it is asked less often.
const PATIENCE: u32 = 5;

/// When to ask next.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Whether the visitor looks at the chat.
    pub looks: bool,
    quiet: u32,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { looks: true, quiet: 0 }
    }
}

impl Pace {
    /// Something happened.
    pub fn heard(&mut self) {
        self.quiet = 0;
    }

    /// Nothing did.
    pub fn quiet(&mut self) {
        self.quiet = self.quiet.saturating_add(1);
    }

    /// Time until the next question.
    pub fn next(&self) -> Duration {
        if !self.looks {
            return LONGEST;
        }
        // Doubles with each question beyond those.
        let doublings = self.quiet.saturating_sub(PATIENCE).min(8);
        (SHORTEST * 2_u32.pow(doublings)).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_slows_down_and_comes_back() {
        let mut pace = Pace::default();
        let mut asked = Vec::new();
        for _ in 0..10 {
            asked.push(pace.next().as_secs());
            pace.quiet();
        }
        assert_eq!(asked, [2, 2, 2, 2, 2, 2, 4, 8, 10, 10]);
        pace.heard();
        assert_eq!(pace.next(), SHORTEST);
        pace.looks = false;
        assert_eq!(pace.next(), LONGEST);
    }
}
