//! What the module is, for engines and their forms.

/// JSON Schema (2020-12) of the settings.
pub const SETTINGS_SCHEMA: &str = include_str!("settings/schema.json");
