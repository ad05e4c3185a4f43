//! What is said in a conversation, in English and in German.

use serde_json::{Map, Value, json};

use crate::cli::text::{Language, language};

/// Words of the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub en: &'static str,
    pub de: &'static str,
}

/// The same, with what is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub en: String,
    pub de: String,
}

pub const fn words(en: &'static str, de: &'static str) -> Words {
    Words { en, de }
}

impl Words {
    /// In the language of the command.
    pub fn spoken(self) -> &'static str {
        match language() {
            Language::En => self.en,
            Language::De => self.de,
        }
    }

    /// With its variables; none if one of them is missing.
    pub fn filled(self, variables: &Map<String, Value>) -> Option<Text> {
        Some(Text { en: filled(self.en, variables)?, de: filled(self.de, variables)? })
    }
}

impl Text {
    pub fn new(en: impl Into<String>, de: impl Into<String>) -> Self {
        Self { en: en.into(), de: de.into() }
    }

    /// In the language of the command.
    pub fn spoken(&self) -> &str {
        match language() {
            Language::En => &self.en,
            Language::De => &self.de,
        }
    }

    /// As a part of what is told: this member is English, and `de` German.
    pub fn to_json(&self, name: &str) -> Value {
        json!({ name: self.en, "de": self.de })
    }
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        Self::new(words.en, words.de)
    }
}

/// What a part says, in the language of the command.
pub fn spoken<'a>(told: &'a Value, name: &str) -> Option<&'a str> {
    let german = told["de"].as_str().filter(|_| language() == Language::De);
    german.filter(|_| told.get(name).is_some()).or_else(|| told[name].as_str())
}

fn filled(text: &str, variables: &Map<String, Value>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(variables.get(name)?.as_str()?);
        rest = after;
    }
    Some(filled + rest)
}
