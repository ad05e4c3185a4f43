//! What an engine is told of a chat, as JSON.

use serde_json::Value;

use crate::host::Delivery;

/// One thing that happened, with its number in the chat, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub number: u64,
    /// `{"joined": …}`, `{"left": …}`, `{"message": …}`, `{"queue": 2}`, `{"typing": true}`, `{"refused": …}`, `{"ended": …}`; beside those of
    /// the interface `{"troubled": true}` while the messaging host does not answer, `{"phase": …, "texts": […]}`, `{"notSent": key, "code": …}`, and last `{"over": phase, "variables": {…}}`.
    pub what: Value,
}

/// The code of what was not sent, or is not known to be.
pub fn code(delivery: &Delivery) -> Option<&str> {
    match delivery {
        Delivery::Sent => None,
        Delivery::Unknown(error) | Delivery::Failed(error) => Some(&error.code),
    }
}
