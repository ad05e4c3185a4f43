//! The conversation's variables, as the host hands them over.

use serde_json::{Map, Value};

use crate::document;
use crate::finding::Finding;
use crate::settings::{Part, Template};
use crate::value::{NotAFieldValue, Scalar};

/// Largest variables document, in bytes: a long transcript fits many times.
pub const MAX_VARIABLES_BYTES: usize = 4 << 20;

/// The variables of one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Variables(Map<String, Value>);

/// What a source gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// The flow did not ask.
    Absent,
    /// Null, empty or only white space.
    Blank,
    Value(Scalar),
}

impl Variables {
    pub fn parse(text: &str) -> Result<Self, Vec<Finding>> {
        document::parse_object(text, MAX_VARIABLES_BYTES).map(Self).map_err(|error| {
            vec![Finding::error(
                "bad-variables",
                "variables",
                // No pointer: a variable's name is the author's, but what lies below may be the visitor's.
                match error {
                    document::DocumentError::DuplicateKey { .. } => "The variables have the same key twice.".to_owned(),
                    error => format!("The variables document {error}."),
                },
                "Variables are one JSON object, such as { \"customer_email\": \"anna@example.com\" }.",
            )]
        })
    }

    pub fn get(&self, name: &str) -> Result<Given, NotAFieldValue> {
        match self.0.get(name) {
            None => Ok(Given::Absent),
            Some(value) => Scalar::from_json(value).map(Given::or_blank),
        }
    }

    /// A template is blank when all its variables are: "Chat with " says nothing.
    pub fn render(&self, template: &Template) -> Result<Given, NotAFieldValue> {
        let mut text = String::new();
        let (mut asked, mut filled) = (false, false);
        for part in &template.parts {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Variable(name) => {
                    let Some(value) = self.0.get(name) else { continue };
                    let value = Scalar::in_text(value)?;
                    asked = true;
                    filled |= !value.is_empty();
                    text.push_str(&value);
                }
            }
        }
        Ok(match (asked, filled) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_blank_when_all_its_variables_are() {
        let template = Template::parse("Dear {first} {last}").unwrap();
        let given = |variables| Variables::parse(variables).unwrap().render(&template);
        assert_eq!(
            given(r#"{"first":"Anna","last":" Berg "}"#),
            Ok(Given::Value(Scalar::Text("Dear Anna Berg".into())))
        );
        assert_eq!(given(r#"{"first":" ","last":"Berg"}"#), Ok(Given::Value(Scalar::Text("Dear  Berg".into()))));
        assert_eq!(given(r#"{"first":"","last":null}"#), Ok(Given::Blank));
        assert_eq!(given(r#"{"other":"x"}"#), Ok(Given::Absent));
        assert_eq!(given(r#"{"first":{}}"#), Err(NotAFieldValue));
    }

    #[test]
    fn no_finding_quotes_the_variables() {
        for bad in ["canary", "[\"canary\"]", r#"{"a":{"canary":1,"canary":2}}"#, "{\"canary\": tru}"] {
            let findings = Variables::parse(bad).unwrap_err();
            assert!(!format!("{findings:?}").contains("canary"), "{findings:?}");
        }
    }
}
