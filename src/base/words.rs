//! A text in each language that the module speaks. `src/texts/` has the texts.

use std::borrow::Cow;

/// A language that the module speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

impl Language {
    /// In the order in which a host gets the texts, and in which [`Words`] holds them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// As BCP 47 names it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }
}

const LANGUAGES: usize = Language::ALL.len();

/// A text that needs no name or number, in the order of [`Language::ALL`].
pub(crate) type Fixed = [&'static str; LANGUAGES];

/// One statement in each language. It is our own text: Salesforce's can repeat what the visitor typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words([Cow<'static, str>; LANGUAGES]);

impl Words {
    /// In the order of [`Language::ALL`]. The macro `text!` calls it.
    pub(crate) const fn new(texts: [Cow<'static, str>; LANGUAGES]) -> Self {
        Self(texts)
    }

    /// The text in this language.
    pub fn get(&self, language: Language) -> &str {
        self.0.get(language as usize).map_or("", AsRef::as_ref)
    }

    /// Each language and its text.
    pub fn into_each(self) -> impl Iterator<Item = (Language, String)> {
        Language::ALL.into_iter().zip(self.0.into_iter().map(Cow::into_owned))
    }

    /// The same, and then another sentence.
    pub(crate) fn then(mut self, next: &Self) -> Self {
        for (text, next) in self.0.iter_mut().zip(&next.0) {
            let text = text.to_mut();
            text.push(' ');
            text.push_str(next);
        }
        self
    }
}

impl From<Fixed> for Words {
    fn from(texts: Fixed) -> Self {
        Self(texts.map(Cow::Borrowed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_its_language() {
        let words = Words::from(["yes", "ja"]).then(&Words::from(["and no", "und nein"]));
        assert_eq!(Language::ALL.map(|language| words.get(language)), ["yes and no", "ja und nein"]);
        let each: Vec<_> = words.into_each().map(|(language, text)| (language.tag(), text)).collect();
        assert_eq!(each, [("en", "yes and no".to_owned()), ("de", "ja und nein".to_owned())]);
    }
}
