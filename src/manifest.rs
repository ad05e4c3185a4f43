//! What the module is, for engines and their forms.

/// JSON Schema (2020-12) of the settings.
pub const SETTINGS_SCHEMA: &str = include_str!(concat!(env!("OUT_DIR"), "/schema.json"));
