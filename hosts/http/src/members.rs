//! A JSON object of a body, member by member.
//!
//! Read by hand, since a derived reader repeats in its messages what it did not like, and that may be what a visitor typed. Documents
//! inside stay the text that they came as: no number loses a digit, and their hash is the caller's.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::problem::Problem;

/// Longest name of a member that a message repeats.
const MAX_NAME: usize = 40;

/// The members that nothing has asked for yet.
pub struct Members<'a> {
    /// A JSON pointer into the body; the empty text is the whole of it.
    at: String,
    left: BTreeMap<String, &'a RawValue>,
    known: Vec<&'static str>,
}

impl<'a> Members<'a> {
    /// The object that a body is.
    pub fn of_body(body: &'a [u8]) -> Result<Self, Problem> {
        let text = std::str::from_utf8(body).map_err(|error| {
            Problem::new(400, "not-json", format!("The body is no UTF-8 from byte {} on.", error.valid_up_to()))
        })?;
        let whole: &RawValue = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let detail = format!("The body is no JSON: line {line}, column {column}. An object was expected.");
            Problem::new(400, "not-json", detail)
        })?;
        Self::read(whole, String::new())
    }

    fn read(value: &'a RawValue, at: String) -> Result<Self, Problem> {
        match serde_json::from_str(value.get()) {
            Ok(left) => Ok(Self { at, left, known: Vec::new() }),
            Err(_) => Err(expected(&at, "an object")),
        }
    }

    fn take(&mut self, name: &'static str) -> Option<&'a RawValue> {
        self.known.push(name);
        self.left.remove(name).filter(|value| value.get() != "null")
    }

    fn expected(&self, name: &str, what: &str) -> Problem {
        expected(&format!("{}/{name}", self.at), what)
    }

    /// A document: any JSON value, or a text that holds one. Whether it is what it must be, the module says.
    pub fn document(&mut self, name: &'static str) -> Result<String, Problem> {
        const WHAT: &str = "a JSON document, or a text that holds one";
        let value = self.take(name).ok_or_else(|| self.expected(name, WHAT))?;
        if value.get().starts_with('"') {
            return serde_json::from_str(value.get()).map_err(|_| self.expected(name, WHAT));
        }
        Ok(value.get().to_owned())
    }

    pub fn text(&mut self, name: &'static str) -> Result<String, Problem> {
        self.text_or_none(name)?.ok_or_else(|| self.expected(name, "a text"))
    }

    pub fn text_or_none(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        self.value_or_none(name, "a text", |value| value.as_str().map(str::to_owned))
    }

    pub fn count_or_none(&mut self, name: &'static str) -> Result<Option<u32>, Problem> {
        let what = "a whole number from 0 to 4294967295";
        self.value_or_none(name, what, |value| value.as_u64().and_then(|count| count.try_into().ok()))
    }

    pub fn flag(&mut self, name: &'static str) -> Result<bool, Problem> {
        Ok(self.value_or_none(name, "true or false", Value::as_bool)?.unwrap_or_default())
    }

    pub fn texts_or_none(&mut self, name: &'static str) -> Result<Option<Vec<String>>, Problem> {
        let texts = |value: &Value| value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect();
        self.value_or_none(name, "a list of texts", texts)
    }

    /// A text that is one of some words, which `what` names.
    pub fn word_or_none<T>(
        &mut self,
        name: &'static str,
        what: &str,
        word: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        self.value_or_none(name, what, |value| value.as_str().and_then(&word))
    }

    fn value_or_none<T>(
        &mut self,
        name: &'static str,
        what: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(raw) = self.take(name) else { return Ok(None) };
        let value = serde_json::from_str(raw.get()).ok();
        value.as_ref().and_then(read).map(Some).ok_or_else(|| self.expected(name, what))
    }

    /// An object inside, as it came and by its members.
    pub fn object(&mut self, name: &'static str) -> Result<Option<Members<'a>>, Problem> {
        let at = format!("{}/{name}", self.at);
        self.take(name).map(|value| Self::read(value, at)).transpose()
    }

    /// Objects in a list; where there is none, none.
    pub fn objects<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&mut Members<'a>) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let Some(list) = self.take(name) else { return Ok(Vec::new()) };
        let list: Vec<&RawValue> =
            serde_json::from_str(list.get()).map_err(|_| self.expected(name, "a list of objects"))?;
        let object = |(index, value): (usize, &'a RawValue)| {
            let mut members = Self::read(value, format!("{}/{name}/{index}", self.at))?;
            let object = read(&mut members)?;
            members.end()?;
            Ok(object)
        };
        list.into_iter().enumerate().map(object).collect()
    }

    /// A misspelt member would be left out without a trace.
    pub fn end(self) -> Result<(), Problem> {
        let Some(unknown) = self.left.keys().next() else { return Ok(()) };
        let name: String = unknown.chars().filter(|character| !character.is_control()).take(MAX_NAME).collect();
        let whole = if self.at.is_empty() { "The body" } else { self.at.as_str() };
        let known = self.known.join("`, `");
        Err(Problem::bad_request(format!("{whole} has the unknown member `{name}`. It takes `{known}`.")))
    }

    /// A value as it came.
    pub fn raw(&mut self, name: &'static str) -> Option<&'a str> {
        self.take(name).map(RawValue::get)
    }

    /// Any value; null counts for none.
    pub fn value(&mut self, name: &'static str) -> Option<Value> {
        self.raw(name).and_then(|raw| serde_json::from_str(raw).ok())
    }

    /// Takes no notice of members that nothing has asked for.
    pub fn leave_rest(self) {}
}

fn expected(at: &str, what: &str) -> Problem {
    let at = if at.is_empty() { "The body" } else { at };
    Problem::bad_request(format!("{at} must be {what}."))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn members(body: &str) -> Members<'_> {
        Members::of_body(body.as_bytes()).unwrap()
    }

    fn detail(problem: Result<impl Sized, Problem>) -> String {
        problem.err().unwrap().detail
    }

    #[test]
    fn a_document_is_handed_over_as_it_came() {
        let mut both = members(r#"{ "a": { "n": 12345678901234567.890, "n": 1e400 }, "b": "{\"n\":1.0" }"#);
        assert_eq!(both.document("a").unwrap(), r#"{ "n": 12345678901234567.890, "n": 1e400 }"#);
        assert_eq!(both.document("b").unwrap(), r#"{"n":1.0"#);
        assert!(both.end().is_ok());
    }

    #[test]
    fn a_document_may_be_nested_as_deep_as_the_module_takes_it() {
        let deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
        let body = format!(r#"{{"a":{deep}}}"#);
        assert_eq!(members(&body).document("a").unwrap(), deep);
    }

    #[test]
    fn a_message_has_the_place_and_no_value() {
        let list = r#"{ "list": [{ "count": 1 }, { "count": "s3cret" }] }"#;
        let read = |object: &mut Members| object.count_or_none("count");
        let told = detail(members(list).objects("list", read));
        assert_eq!(told, "/list/1/count must be a whole number from 0 to 4294967295.");
        assert_eq!(detail(members("{}").document("a")), "/a must be a JSON document, or a text that holds one.");
    }

    #[test]
    fn an_unknown_member_is_named_with_those_that_are_known() {
        let mut misspelt = members(r#"{ "settings": {}, "variabels": {} }"#);
        misspelt.document("settings").unwrap();
        assert_eq!(detail(misspelt.end()), "The body has the unknown member `variabels`. It takes `settings`.");
    }

    #[test]
    fn what_is_no_json_or_no_object_is_told_apart() {
        for (body, code) in [("", "not-json"), ("{", "not-json"), ("{} {}", "not-json"), ("[]", "bad-request")] {
            assert_eq!(Members::of_body(body.as_bytes()).err().unwrap().code, code, "{body}");
        }
        assert_eq!(Members::of_body(b"{\"a\":\"\xff\"}").err().unwrap().code, "not-json");
    }

    #[test]
    fn a_lone_surrogate_is_a_problem() {
        assert!(members(r#"{ "a": "\ud800" }"#).document("a").is_err());
    }
}
