//! What the module is, for engines and their forms.

use crate::texts;

/// JSON Schema (2020-12) of the settings.
pub const SETTINGS_SCHEMA: &str = texts::SCHEMA;
