//! What came in, and what was answered.

use std::time::Duration;

use super::Org;
use crate::http::Exchange;

/// The exchanges that are still known.
#[derive(Debug)]
pub struct Log {
    exchanges: Vec<Exchange>,
    /// How many were forgotten since the log was last emptied: the numbers of the others go on.
    forgotten: usize,
    /// Bytes of bodies that are known, and how many may be.
    bytes: usize,
    limit: usize,
}

impl Default for Log {
    fn default() -> Log {
        Log { exchanges: Vec::new(), forgotten: 0, bytes: 0, limit: usize::MAX }
    }
}

impl Org {
    /// From here on the older half of the log is forgotten when all bodies in it are larger than that.
    pub fn limit_log(&mut self, bytes: usize) {
        self.log.limit = bytes;
    }

    pub(crate) fn push_log(&mut self, exchange: Exchange) {
        let log = &mut self.log;
        log.bytes += size(&exchange);
        log.exchanges.push(exchange);
        if log.bytes > log.limit {
            let half = log.exchanges.len() / 2;
            log.exchanges.drain(..half);
            log.forgotten += half;
            log.bytes = log.exchanges.iter().map(size).sum();
        }
    }

    /// Says how long the last exchange took, which only the outside can tell.
    pub fn note_duration(&mut self, took: Duration) {
        if let Some(last) = self.log.exchanges.last_mut() {
            last.took = took;
        }
    }

    /// Forgets the exchanges so far: a log of everything would outgrow the records.
    pub fn forget_log(&mut self) {
        self.log = Log { limit: self.log.limit, ..Log::default() };
    }

    /// Every exchange so far that is not forgotten, oldest first.
    pub fn log(&self) -> &[Exchange] {
        &self.log.exchanges
    }

    /// How many were forgotten before the first that is known.
    pub(crate) fn forgotten(&self) -> usize {
        self.log.forgotten
    }
}

fn size(exchange: &Exchange) -> usize {
    exchange.request_body.len() + exchange.response_body.len() + exchange.path.len()
}
