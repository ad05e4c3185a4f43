//! JSON files that describe an org, read member by member: what is wrong is told with the file, the JSON pointer and what
//! was expected there.

use std::fmt;
use std::path::Path;

use crate::nearest::nearest;
use serde_json::{Map, Value};

/// Longest text that a complaint repeats, in characters.
const MAX_SHOWN: usize = 60;

/// A file that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFile {
    pub file: String,
    /// JSON pointer; empty for the whole file.
    pub pointer: String,
    pub problem: String,
}

impl BadFile {
    /// Of the file as a whole.
    pub fn whole(file: &Path, problem: impl Into<String>) -> BadFile {
        BadFile { file: file.display().to_string(), pointer: String::new(), problem: problem.into() }
    }
}

impl fmt::Display for BadFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(formatter, "{}: {}", self.file, self.problem),
            pointer => write!(formatter, "{} at {pointer}: {}", self.file, self.problem),
        }
    }
}

impl std::error::Error for BadFile {}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    file: &'a str,
    pointer: String,
    value: &'a Value,
}

impl<'a> Node<'a> {
    pub fn new(file: &'a str, value: &'a Value) -> Node<'a> {
        Node { file, pointer: String::new(), value }
    }

    pub fn value(&self) -> &'a Value {
        self.value
    }

    pub fn file(&self) -> &'a str {
        self.file
    }

    /// What is wrong here.
    pub fn problem(&self, problem: impl Into<String>) -> BadFile {
        BadFile { file: self.file.into(), pointer: self.pointer.clone(), problem: problem.into() }
    }

    fn expected(&self, what: &str) -> BadFile {
        self.problem(format!("expected {what}, got {}", shown(self.value)))
    }

    fn at(&self, step: &str, value: &'a Value) -> Node<'a> {
        // RFC 6901, section 3.
        let step = step.replace('~', "~0").replace('/', "~1");
        Node { file: self.file, pointer: format!("{}/{step}", self.pointer), value }
    }

    pub fn object(&self) -> Result<&'a Map<String, Value>, BadFile> {
        self.value.as_object().ok_or_else(|| self.expected("an object"))
    }

    /// A member that may be left out or null.
    pub fn get(&self, name: &str) -> Result<Option<Node<'a>>, BadFile> {
        let member = self.object()?.get(name).filter(|value| !value.is_null());
        Ok(member.map(|value| self.at(name, value)))
    }

    /// A member that must be there.
    pub fn need(&self, name: &str, what: &str) -> Result<Node<'a>, BadFile> {
        let missing = || self.problem(format!("expected the member \"{name}\", {what}; it is not there"));
        self.get(name)?.ok_or_else(missing)
    }

    pub fn members(&self) -> Result<Vec<(&'a str, Node<'a>)>, BadFile> {
        Ok(self.object()?.iter().map(|(name, value)| (name.as_str(), self.at(name, value))).collect())
    }

    pub fn items(&self) -> Result<Vec<Node<'a>>, BadFile> {
        let items = self.value.as_array().ok_or_else(|| self.expected("an array"))?;
        Ok(items.iter().enumerate().map(|(index, value)| self.at(&index.to_string(), value)).collect())
    }

    /// The items of a member that may be left out.
    pub fn list(&self, name: &str) -> Result<Vec<Node<'a>>, BadFile> {
        self.get(name)?.map_or(Ok(Vec::new()), |list| list.items())
    }

    pub fn text(&self) -> Result<&'a str, BadFile> {
        self.value.as_str().ok_or_else(|| self.expected("a text"))
    }

    pub fn boolean(&self) -> Result<bool, BadFile> {
        self.value.as_bool().ok_or_else(|| self.expected("true or false"))
    }

    pub fn count(&self) -> Result<usize, BadFile> {
        let number = self.value.as_u64().and_then(|number| usize::try_from(number).ok());
        number.ok_or_else(|| self.expected("a whole number from 0 on"))
    }

    /// One of these words.
    pub fn word<'w>(&self, words: &[&'w str]) -> Result<&'w str, BadFile> {
        let text = self.text()?;
        words.iter().find(|word| **word == text).copied().ok_or_else(|| {
            let meant = meant(text, words.iter().copied());
            self.problem(format!("expected one of {}, got {}{meant}", words.join(", "), shown(self.value)))
        })
    }

    pub fn flag(&self, name: &str, otherwise: bool) -> Result<bool, BadFile> {
        self.get(name)?.map_or(Ok(otherwise), |member| member.boolean())
    }

    pub fn number(&self, name: &str, otherwise: usize) -> Result<usize, BadFile> {
        self.get(name)?.map_or(Ok(otherwise), |member| member.count())
    }

    pub fn optional_text(&self, name: &str) -> Result<Option<&'a str>, BadFile> {
        self.get(name)?.map(|member| member.text()).transpose()
    }

    /// Refuses a member that is none of these, with the one that it is nearest to.
    pub fn only(&self, known: &[&str]) -> Result<(), BadFile> {
        for (name, member) in self.members()? {
            if !known.contains(&name) {
                let meant = meant(name, known.iter().copied());
                let end = if meant.is_empty() { "." } else { meant.as_str() };
                let problem = format!("\"{name}\" is not known here{end} Known are {}", known.join(", "));
                return Err(member.problem(problem));
            }
        }
        Ok(())
    }
}

/// What may have been meant, as the end of a sentence.
pub fn meant<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(given, known).map_or(String::new(), |name| format!("; did you mean \"{name}\"?"))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".into(),
        Value::Array(_) => "an array".into(),
        scalar => {
            let text = scalar.to_string();
            match text.chars().count() > MAX_SHOWN {
                true => format!("{}…", text.chars().take(MAX_SHOWN).collect::<String>()),
                false => text,
            }
        }
    }
}
