//! What a finding says, put together from a text and its arguments.
//!
//! A remedy speaks of what stands in the form, and names the JSON beside it. So a text says `<whenBlank: "fail">`, and the reader
//! gets `“Write nothing at all” for “When the value is blank” (JSON: "whenBlank": "fail")`; for `<lookIn>` it is `“Look in several
//! objects” (JSON: "lookIn")`. The titles are those of the JSON Schema. `{record}` stands for the argument of that name; any other
//! bracket is a bracket.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use crate::base::json::Kind;
use crate::base::walk::Expected;
use crate::base::{Said, Words};

/// What is wrong and what to do about it, in one language.
pub(crate) struct Remark {
    pub(crate) names: &'static [&'static str],
    pub(crate) message: &'static str,
    pub(crate) remedy: &'static str,
}

/// How a language names what texts have in common.
pub(crate) struct Speech {
    /// Settings and their titles.
    pub(crate) settings: &'static [(&'static str, &'static str)],
    /// Settings, what can be chosen for them, and its title.
    pub(crate) words: &'static [(&'static str, &'static str, &'static str)],
    pub(crate) quotes: [&'static str; 2],
    /// Between what is chosen and the setting.
    pub(crate) of: &'static str,
    pub(crate) kind: fn(Kind) -> &'static str,
    pub(crate) expected: fn(Expected) -> &'static str,
    /// The words of this language.
    pub(crate) own: fn(&Words) -> &str,
}

/// An argument: the same in each language, or not.
pub(crate) trait Argument {
    fn write(&self, speech: &Speech, text: &mut String);
}

/// A setting as the form names it, with its key. Before a `/` stands the mode, where the key has another title in it.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a>(pub(crate) &'a str);

/// Whether both languages have the arguments that a finding gives.
pub(crate) const fn agree(en: &Remark, de: &Remark, given: &[&str]) -> bool {
    let (mut en, mut de) = (en.names, de.names);
    if en.len() != given.len() {
        return false;
    }
    loop {
        match (en, de) {
            ([], []) => return true,
            ([first, others @ ..], [other, rest @ ..]) if same(first.as_bytes(), other.as_bytes()) => {
                (en, de) = (others, rest);
            }
            _ => return false,
        }
    }
}

const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, others @ ..], [y, rest @ ..]) if *x == *y => (a, b) = (others, rest),
            _ => return false,
        }
    }
}

/// The same remark in each language.
#[inline(never)]
pub(crate) fn say(en: &'static Remark, de: &'static Remark, arguments: &[&dyn Argument]) -> Said {
    let of = |remark: &'static Remark, speech| {
        let text = |text| Filled { names: remark.names, arguments, speech }.text(text);
        (text(remark.message), text(remark.remedy))
    };
    let ((message, remedy), (meldung, abhilfe)) = (of(en, &super::en::SPEECH), of(de, &super::de::SPEECH));
    Said { message: Words::new([message, meldung]), remedy: Words::new([remedy, abhilfe]) }
}

struct Filled<'a> {
    names: &'static [&'static str],
    arguments: &'a [&'a dyn Argument],
    speech: &'static Speech,
}

impl Filled<'_> {
    fn text(&self, text: &'static str) -> Cow<'static, str> {
        if !text.contains(['{', '<']) {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(2 * text.len());
        self.write(text, &mut filled);
        Cow::Owned(filled)
    }

    fn write(&self, mut text: &str, filled: &mut String) {
        while let Some(at) = text.find(['{', '<']) {
            let (before, rest) = text.split_at(at);
            filled.push_str(before);
            text = self.argument(rest, filled).or_else(|| self.setting(rest, filled)).unwrap_or_else(|| {
                let (bracket, rest) = rest.split_at(1);
                filled.push_str(bracket);
                rest
            });
        }
        filled.push_str(text);
    }

    /// What follows an argument in brackets.
    fn argument<'t>(&self, text: &'t str, filled: &mut String) -> Option<&'t str> {
        let (name, rest) = text.strip_prefix('{')?.split_once('}')?;
        let at = self.names.iter().position(|known| *known == name)?;
        self.arguments.get(at)?.write(self.speech, filled);
        Some(rest)
    }

    /// What follows a setting in brackets.
    fn setting<'t>(&self, text: &'t str, filled: &mut String) -> Option<&'t str> {
        let (inside, rest) = text.strip_prefix('<')?.split_once('>')?;
        let (key, value) = inside.split_once(": ").unwrap_or((inside, ""));
        let title = self.speech.setting(key)?;
        if let Some(word) = self.speech.word(key, value) {
            self.speech.quote(word, filled);
            filled.push_str(self.speech.of);
        }
        self.speech.quote(title, filled);
        filled.push_str(" (JSON: \"");
        filled.push_str(key);
        filled.push('"');
        if !value.is_empty() {
            filled.push_str(": ");
            self.write(value, filled);
        }
        filled.push(')');
        Some(rest)
    }
}

impl Speech {
    pub(super) fn setting(&self, key: &str) -> Option<&'static str> {
        self.settings.iter().find(|(known, _)| *known == key).map(|(_, title)| *title)
    }

    /// The title of what is chosen: `"fail"`, the one entry of a list, the one member of an object.
    pub(super) fn word(&self, key: &str, value: &str) -> Option<&'static str> {
        let word = value.trim_start_matches(['[', '{', ' ', '"']).split('"').next()?;
        self.words.iter().find(|(of, known, _)| *of == key && *known == word).map(|(.., title)| *title)
    }

    fn quote(&self, title: &str, text: &mut String) {
        let [open, close] = self.quotes;
        text.push_str(open);
        text.push_str(title);
        text.push_str(close);
    }
}

impl<T: Display> Argument for T {
    fn write(&self, _: &Speech, text: &mut String) {
        // Writing to a text cannot fail.
        let _ = write!(text, "{self}");
    }
}

impl Argument for Words {
    fn write(&self, speech: &Speech, text: &mut String) {
        text.push_str((speech.own)(self));
    }
}

impl Argument for Kind {
    fn write(&self, speech: &Speech, text: &mut String) {
        text.push_str((speech.kind)(*self));
    }
}

impl Argument for Expected {
    fn write(&self, speech: &Speech, text: &mut String) {
        text.push_str((speech.expected)(*self));
    }
}

impl Argument for Setting<'_> {
    fn write(&self, speech: &Speech, text: &mut String) {
        let key = self.0.rsplit('/').next().unwrap_or_default();
        match speech.setting(self.0) {
            Some(title) => {
                speech.quote(title, text);
                text.push_str(" (JSON: \"");
                text.push_str(key);
                text.push_str("\")");
            }
            None => {
                text.push('`');
                text.push_str(key);
                text.push('`');
            }
        }
    }
}
