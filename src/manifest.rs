//! What the module is, for engines and their forms.

use crate::settings::Mode;

/// JSON Schema (2020-12) of the settings.
pub const SETTINGS_SCHEMA: &str = include_str!("settings/schema.json");

/// Modes that this build runs.
pub const MODES: [&str; 3] = [Mode::SObjectWrite.word(), Mode::SObjectRead.word(), Mode::ApiRequest.word()];
