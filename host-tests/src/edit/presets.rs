//! Settings to begin with, each with a conversation that shows what they do.

use serde_json::{Value, json};

use crate::json::document;

/// Name, settings and variables. The page has titles for the names.
pub(super) const PRESETS: [(&str, &str, &str); 4] = [
    ("contact", include_str!("presets/contact.json"), include_str!("presets/contact.variables.json")),
    ("web-to-case", include_str!("presets/web-to-case.json"), include_str!("presets/web-to-case.variables.json")),
    ("person", include_str!("presets/person.json"), include_str!("presets/person.variables.json")),
    ("campaign", include_str!("presets/campaign.json"), include_str!("presets/campaign.variables.json")),
];

pub(super) fn all() -> Value {
    let preset = |(name, settings, variables): &(&str, &str, &str)| json!({ "name": name, "settings": document(settings), "variables": document(variables) });
    PRESETS.iter().map(preset).collect()
}
