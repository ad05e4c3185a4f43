//! A text in the languages that the module speaks: English and German.

use std::borrow::Cow;

/// One statement in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// In English. Our own text: Salesforce's can repeat what the visitor typed.
    pub en: Cow<'static, str>,
    /// The same in German.
    pub de: Cow<'static, str>,
}

impl Words {
    pub(crate) const fn new(en: &'static str, de: &'static str) -> Self {
        Self { en: Cow::Borrowed(en), de: Cow::Borrowed(de) }
    }
}

impl From<(&'static str, &'static str)> for Words {
    fn from((en, de): (&'static str, &'static str)) -> Self {
        Self::new(en, de)
    }
}

impl From<(String, String)> for Words {
    fn from((en, de): (String, String)) -> Self {
        Self { en: en.into(), de: de.into() }
    }
}
