//! What the form calls the settings, and what can be chosen for them: English, German. `build.rs` takes it from the JSON Schema.

include!(concat!(env!("OUT_DIR"), "/labels.rs"));

/// The JSON Schema of the settings, without line breaks.
pub(crate) const SCHEMA: &str = include_str!(concat!(env!("OUT_DIR"), "/schema.json"));

/// A title where it stands in the schema: a copy of each would be 5 kB of the component.
const fn cut(start: usize, length: usize) -> &'static str {
    SCHEMA.split_at(start).1.split_at(length).0
}

/// The title of a setting. `/idempotency` is that of the whole document, where a part of it has another title.
pub(super) fn setting(key: &str) -> Option<[&'static str; 2]> {
    let find = |key: &str| SETTINGS.iter().find(|(known, _)| *known == key);
    let found = find(key).or_else(|| find(key.strip_prefix('/')?))?;
    Some(found.1)
}

/// The title of what is chosen for a setting.
pub(super) fn word(key: &str, word: &str) -> Option<[&'static str; 2]> {
    WORDS.iter().find(|(of, known, _)| *of == key && *known == word).map(|(.., title)| *title)
}
