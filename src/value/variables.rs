//! The conversation's variables, as the host hands them over.

use serde_json::{Map, Value};

use crate::base::json::{self, DocumentError};
use crate::base::{Finding, FindingCode};
use crate::texts::said;
use crate::value::file::{File, FileError, Room};
use crate::value::{HostFile, Joint, NotAFieldValue, Part, Scalar, Template};

/// Largest variables document, in bytes, the base64 of files not counted. The longest text that Salesforce stores has 131,072
/// characters.
pub const MAX_VARIABLES_BYTES: usize = 1 << 20;
/// The same with the base64 of files. While it is read, the document stands in memory twice.
pub const MAX_VARIABLES_WITH_FILES: usize = 6 << 20;

/// The variables of one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Variables {
    values: Map<String, Value>,
    files: Vec<HostFile>,
}

/// What a source gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// The flow did not ask.
    Absent,
    /// Null, empty or only white space.
    Blank,
    /// A value that a field can take. The visitor may have typed it.
    Value(Scalar),
}

/// Why a source gives nothing that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenError {
    NotAFieldValue(NotAFieldValue),
    /// A template has grown beyond all that a run sends.
    TooMuchText,
    /// Neither a text nor a list of messages.
    NotATranscript,
    /// A conversation has more characters than its field.
    TooLong(usize),
    /// The same in bytes.
    TooManyBytes(usize),
}

impl From<NotAFieldValue> for GivenError {
    fn from(error: NotAFieldValue) -> Self {
        Self::NotAFieldValue(error)
    }
}

impl Variables {
    /// The finding, `bad-variables`, says why the text is not one JSON object of the size that a run takes; it quotes nothing.
    pub fn parse(text: &str) -> Result<Self, Vec<Finding>> {
        let parsed = json::parse_object(text, MAX_VARIABLES_WITH_FILES).and_then(|values| {
            let of_files: usize = values.values().map(base64_within).sum();
            match text.len() - of_files.min(text.len()) > MAX_VARIABLES_BYTES {
                true => Err(DocumentError::TooLarge { limit: MAX_VARIABLES_BYTES }),
                false => Ok(Self { values, files: Vec::new() }),
            }
        });
        parsed.map_err(|error| vec![unread(&error)])
    }

    /// With what the host has read itself. Such a file counts for more than what its variable says.
    pub fn with_files(self, files: Vec<HostFile>) -> Self {
        Self { files, ..self }
    }

    /// As it was given.
    pub fn json(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// Whether the flow passed it, as a value or as a file.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.files.iter().any(|file| file.variable == name)
    }

    /// What the host gave, all of it.
    pub fn host_files(&self) -> &[HostFile] {
        &self.files
    }

    /// The files of a variable, or what is wrong with each; none if it is absent or blank.
    pub fn files(&self, name: &str, room: &mut Room) -> Vec<Result<File, FileError>> {
        let mut of_host = self.files.iter().filter(|file| file.variable == name).peekable();
        if of_host.peek().is_some() {
            return File::of_hosts(of_host, room);
        }
        self.json(name).map_or_else(Vec::new, |value| File::of_variable(value, room))
    }

    /// The error says that the variable holds what fits no field, such as an object.
    pub fn get(&self, name: &str) -> Result<Given, GivenError> {
        match self.values.get(name) {
            None => Ok(Given::Absent),
            Some(value) => Ok(Given::or_blank(Scalar::from_json(value)?)),
        }
    }

    /// The text by which something is done once, which is a text or a number. `None` if the variable holds none.
    pub(crate) fn idempotency_key(&self, name: &str) -> Option<String> {
        match self.get(name) {
            Ok(Given::Value(value @ (Scalar::Text(_) | Scalar::Number(_)))) => Some(value.to_text()),
            _ => None,
        }
    }

    /// A template is blank when all its variables are: "Chat with " says nothing. As a key it is blank when any of them
    /// is: the "DE-" of `{country}-{number}` would find each record that was written without a number.
    pub fn render(&self, template: &Template, as_key: bool, joint: Joint) -> Result<Given, GivenError> {
        let mut text = String::new();
        let (mut asked, mut filled, mut complete) = (false, false, true);
        let literal = |part: Option<&Part>| match part {
            Some(Part::Text(literal)) => literal.clone(),
            _ => String::new(),
        };
        for (index, part) in template.parts.iter().enumerate() {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Variable(name) => {
                    let Some(value) = self.values.get(name) else {
                        complete = false;
                        continue;
                    };
                    let before = index.checked_sub(1).and_then(|before| template.parts.get(before));
                    let (before, after) = (literal(before), literal(template.parts.get(index + 1)));
                    let value = Scalar::in_text(value, joint.between(&before, &after))?;
                    asked = true;
                    filled |= !value.is_empty();
                    complete &= !value.is_empty();
                    if text.len() + value.len() > MAX_VARIABLES_BYTES {
                        return Err(GivenError::TooMuchText);
                    }
                    text.push_str(&value);
                }
            }
        }
        Ok(match (asked, if as_key { complete } else { filled }) {
            (false, _) => Given::Absent,
            (true, false) => Given::Blank,
            (true, true) => Given::or_blank(Scalar::text(&text)),
        })
    }
}

impl Given {
    fn or_blank(value: Option<Scalar>) -> Self {
        value.map_or(Self::Blank, Self::Value)
    }
}

/// Without a pointer: a variable's name is the author's, but what lies below may be the visitor's.
fn unread(error: &DocumentError) -> Finding {
    let said = match error {
        DocumentError::TooLarge { limit } => {
            said!(findings_variables::too_large(*limit, MAX_VARIABLES_BYTES, MAX_VARIABLES_WITH_FILES))
        }
        DocumentError::TooManyValues { limit } => said!(findings_variables::too_many_values(*limit)),
        DocumentError::NotJson { line, column } => said!(findings_variables::not_json(*line, *column)),
        DocumentError::DuplicateKey { .. } => said!(findings_variables::key_twice()),
        DocumentError::NotAnObject { found } => said!(findings_variables::not_an_object(*found)),
    };
    Finding::new(FindingCode::BadVariables, "variables", said)
}

/// Bytes of a variable that are base64 of files.
fn base64_within(value: &Value) -> usize {
    match value {
        Value::Object(file) => file.get("base64").and_then(Value::as_str).map_or(0, str::len),
        Value::Array(files) => files.iter().filter(|file| file.is_object()).map(base64_within).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_blank_when_all_its_variables_are() {
        let template = Template::parse("Dear {first} {last}").unwrap();
        let given = |variables| Variables::parse(variables).unwrap().render(&template, false, Joint::Prose);
        assert_eq!(
            given(r#"{"first":"Anna","last":" Berg "}"#),
            Ok(Given::Value(Scalar::Text("Dear Anna Berg".into())))
        );
        assert_eq!(given(r#"{"first":" ","last":"Berg"}"#), Ok(Given::Value(Scalar::Text("Dear  Berg".into()))));
        assert_eq!(given(r#"{"first":"","last":null}"#), Ok(Given::Blank));
        assert_eq!(given(r#"{"other":"x"}"#), Ok(Given::Absent));
        assert_eq!(given(r#"{"first":{}}"#), Err(GivenError::NotAFieldValue(NotAFieldValue::Kind)));
        let as_key = |variables| Variables::parse(variables).unwrap().render(&template, true, Joint::Prose);
        assert_eq!(as_key(r#"{"first":"Anna","last":" "}"#), Ok(Given::Blank));
        assert_eq!(as_key(r#"{"first":"Anna"}"#), Ok(Given::Blank));
        assert!(matches!(as_key(r#"{"first":"Anna","last":"Berg"}"#), Ok(Given::Value(_))));
    }

    #[test]
    fn no_finding_quotes_the_variables() {
        for bad in ["canary", "[\"canary\"]", r#"{"a":{"canary":1,"canary":2}}"#, "{\"canary\": tru}"] {
            let findings = Variables::parse(bad).unwrap_err();
            assert!(!format!("{findings:?}").contains("canary"), "{findings:?}");
        }
    }
}
