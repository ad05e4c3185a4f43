//! Texts that must not be seen.

use std::fmt;

/// A secret. It prints as `[redacted]` and has no `Display`, so that it cannot get into a message by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the text as it is; it is neither trimmed nor checked.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: for a request to the org, and for the host that keeps it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The text itself, for the shell, which hands it to the host.
    pub fn into_text(self) -> String {
        self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
