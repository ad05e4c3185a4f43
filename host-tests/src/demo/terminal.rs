//! What the visitor types. A thread reads it, so that a chat with a person can go on meanwhile.

use std::io::BufRead;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// The lines of standard input.
pub struct Lines(Receiver<String>);

/// What is there now.
pub enum Line {
    Text(String),
    NotYet,
    /// The input has ended.
    Gone,
}

impl Lines {
    pub fn read() -> Lines {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            for line in std::io::stdin().lock().lines() {
                // What cannot be read is the end, and so is a chat that is over.
                let Ok(line) = line else { return };
                if sender.send(line.trim_end_matches('\r').to_owned()).is_err() {
                    return;
                }
            }
        });
        Lines(receiver)
    }

    /// Waits for the next; `None` at the end.
    pub fn next(&self) -> Option<String> {
        self.0.recv().ok()
    }

    pub fn now(&self) -> Line {
        match self.0.try_recv() {
            Ok(line) => Line::Text(line),
            Err(TryRecvError::Empty) => Line::NotYet,
            Err(TryRecvError::Disconnected) => Line::Gone,
        }
    }
}
