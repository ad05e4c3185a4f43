//! `@{A.id}`: values of earlier answers inside the URL and the body of a later subrequest.
//!
//! Names are case-sensitive, and that is a trap worth simulating: the answer of a create has `id`, a row has `Id`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::http::{ApiError, uri};

/// Answers so far, by referenceId.
pub type Answers = BTreeMap<String, Value>;

/// Fills the references of a URL; inserted values are percent-encoded.
pub fn fill_url(url: &str, answers: &Answers) -> Result<String, ApiError> {
    replace(url, answers, |value| uri::encode(&plain(value)))
}

/// Fills the references in every string of a body. A string that is one reference takes the value with its type.
pub fn fill_body(body: &Value, answers: &Answers) -> Result<Value, ApiError> {
    Ok(match body {
        Value::String(text) => match whole(text) {
            Some(reference) => resolve(reference, answers)?.clone(),
            None => replace(text, answers, plain)?.into(),
        },
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| fill_body(item, answers)).collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let filled = members.iter().map(|(name, value)| Ok((name.clone(), fill_body(value, answers)?)));
            Value::Object(filled.collect::<Result<_, ApiError>>()?)
        }
        other => other.clone(),
    })
}

fn whole(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("@{")?.strip_suffix('}')?;
    (!inner.contains('}')).then_some(inner)
}

fn replace(text: &str, answers: &Answers, show: impl Fn(&Value) -> String) -> Result<String, ApiError> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        let Some((reference, tail)) = after.split_once('}') else {
            break;
        };
        filled.push_str(before);
        filled.push_str(&show(resolve(reference, answers)?));
        rest = tail;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn resolve<'a>(reference: &str, answers: &'a Answers) -> Result<&'a Value, ApiError> {
    let end = reference.find(['.', '[']).unwrap_or(reference.len());
    let (name, path) = reference.split_at(end);
    let missing = || {
        let message = format!("Invalid reference specified. No value for {reference} found in {name}");
        ApiError::halted(message)
    };
    let mut value = answers.get(name).ok_or_else(missing)?;
    for step in path.split('.').flat_map(|part| part.split_inclusive(']')).filter(|step| !step.is_empty()) {
        let (member, index) = step.split_once('[').unwrap_or((step, ""));
        if !member.is_empty() {
            value = value.get(member).ok_or_else(missing)?;
        }
        if let Some(index) = index.strip_suffix(']') {
            let index: usize = index.parse().map_err(|_| missing())?;
            value = value.get(index).ok_or_else(missing)?;
        }
    }
    if path.is_empty() { Err(missing()) } else { Ok(value) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answers() -> Answers {
        Answers::from([
            ("A".to_owned(), json!({ "id": "003x", "n": 5, "empty": null })),
            ("Q".to_owned(), json!({ "records": [{ "Id": "001 y" }] })),
            ("List".to_owned(), json!([{ "id": "z" }])),
        ])
    }

    #[test]
    fn a_whole_value_keeps_its_type_and_text_may_surround_one() {
        let body = json!({ "N": "@{A.n}", "Null": "@{A.empty}", "T": "no. @{A.n} of @{A.id}", "L": ["@{List[0].id}"] });
        let filled = fill_body(&body, &answers()).unwrap();
        assert_eq!(filled, json!({ "N": 5, "Null": null, "T": "no. 5 of 003x", "L": ["z"] }));
    }

    #[test]
    fn a_value_in_a_url_is_encoded() {
        assert_eq!(fill_url("/x/@{Q.records[0].Id}?a=@{A.id}", &answers()).unwrap(), "/x/001%20y?a=003x");
    }

    #[test]
    fn names_are_case_sensitive_and_a_missing_value_halts() {
        let error = fill_url("/x/@{A.Id}", &answers()).unwrap_err();
        assert_eq!(error.code, "PROCESSING_HALTED");
        assert_eq!(error.message, "Invalid reference specified. No value for A.Id found in A");
        for reference in ["@{Q.records[1].Id}", "@{B.id}", "@{A}", "@{Q.records[x].Id}"] {
            assert!(fill_url(reference, &answers()).is_err(), "{reference}");
        }
    }
}
