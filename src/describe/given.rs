//! What is no value of a field: parts of texts, files, conversations, idempotency keys, and what goes into a request of the author's
//! own.

use serde_json::{Map, Value};

use super::field::{longest, may_be_blank};
use super::pattern::{self, whole};
use super::shape::{Shape, keywords, scalars, schema, types};
use crate::salesforce::FieldFacts;
use crate::settings::request::{ANONYMOUS_APEX, Parameter, Site};
use crate::settings::{Attachment, FileSource, Mapping, WhenBlank};
use crate::value::{MAX_FILES, Part, Template};
use crate::wire::MAX_LITERAL_LENGTH;

/// A part of a text that is written to a field.
pub(super) fn part(mapping: &Mapping, template: &Template, facts: Option<&FieldFacts>) -> Shape {
    // With several variables, one of them is enough; a key needs each.
    let mut names = template.variables();
    let first = names.next();
    let counts = mapping.key || names.all(|name| Some(name) == first);
    let blank = !counts || may_be_blank(mapping, facts);
    let required = counts && mapping.when_blank == WhenBlank::Fail;
    let pattern = if blank { pattern::WITHOUT_MARK } else { pattern::TEXT_WITHOUT_MARK };
    Shape::new(scalars(pattern, pattern::WITHOUT_MARK, None, blank), 1, "Example").required_if(required)
}

/// A conversation that fills a field.
pub(super) fn transcript(mapping: &Mapping, facts: Option<&FieldFacts>) -> Shape {
    let facts = facts.cloned().unwrap_or_default();
    let most = longest(mapping, &facts, mapping.when_too_long());
    conversation(may_be_blank(mapping, Some(&facts)), most).required_if(mapping.when_blank == WhenBlank::Fail)
}

/// A file, or a conversation that becomes one.
pub(super) fn file(attachment: &Attachment) -> Shape {
    let blank = !attachment.must_be_there;
    let shape = match attachment.source {
        FileSource::Variable(_) => files(blank),
        FileSource::Transcript(_) => conversation(blank, None),
    };
    shape.required_if(!blank)
}

pub(super) fn conversation(blank: bool, most: Option<usize>) -> Shape {
    let mut map = parsed(include_str!("conversation.json"));
    map.insert("type".to_owned(), types(&["string", "array"], blank));
    if let Some(at) =
        map.get_mut("items").and_then(|items| items.pointer_mut("/properties/at")).and_then(Value::as_object_mut)
    {
        at.insert("pattern".to_owned(), whole(&pattern::instant(), false).into());
    }
    if !blank {
        map.insert("pattern".to_owned(), pattern::TEXT.into());
        let text = schema([("text", schema([("pattern", pattern::TEXT.into())]))]);
        map.insert("contains".to_owned(), schema([("properties", text)]));
    }
    if let Some(most) = most {
        map.insert("maxLength".to_owned(), most.into());
    }
    let sample = r#"[{"from":"visitor","text":"Where is my parcel?"},{"from":"agent","text":"On its way."}]"#;
    Shape::new(map, 9, value(sample)).noted("a conversation, oldest message first")
}

fn files(blank: bool) -> Shape {
    let file = parsed(include_str!("file.json"));
    let mut map = file.clone();
    map.insert("items".to_owned(), Value::Object(file));
    map.insert("maxItems".to_owned(), MAX_FILES.into());
    if blank {
        // A text is no file, unless it is blank.
        map.insert("type".to_owned(), types(&["object", "array", "string"], true));
        map.insert("pattern".to_owned(), Value::from(r"^\s*$"));
    } else {
        map.insert("type".to_owned(), types(&["object", "array"], false));
        map.insert("minItems".to_owned(), Value::from(1));
    }
    let sample = value(r#"{"name":"note.txt","base64":"SGVsbG8="}"#);
    Shape::new(map, 9, sample).noted("a file or a list of files, each with its content as base64")
}

/// JSON of ours.
fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

fn parsed(json: &str) -> Map<String, Value> {
    match value(json) {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// What marks a record as written by one step of one conversation.
pub(super) fn idempotency(facts: Option<&FieldFacts>, may_create: bool) -> Shape {
    const LONGEST: usize = 255;
    const KEPT: &str = r"/\\%\u0000-\u001f\u007f-\u009f";
    if !may_create {
        return Shape::new(Map::new(), 0, "conversation-1-step-1");
    }
    let most = facts.and_then(|facts| facts.length).unwrap_or(LONGEST).min(LONGEST);
    let content = format!(r"[^\s.{KEPT}](?:[^{KEPT}]*[^\s.{KEPT}])?");
    // The server behind the URL takes `.inc` for a file's ending.
    let ending = schema([("type", Value::from("string")), ("pattern", Value::from(r"\.[iI][nN][cC]\s*$"))]);
    let without_mark = schema([("pattern", Value::from(pattern::WITHOUT_MARK))]);
    let map = keywords([
        ("type", types(&["string", "number"], false)),
        ("pattern", Value::from(whole(&content, false))),
        ("maxLength", Value::from(most)),
        ("not", ending),
        ("allOf", Value::Array(vec![without_mark])),
    ]);
    let sample: String = "conversation-1-step-1".chars().take(most).collect();
    Shape::new(map, 9, sample).required_if(true).noted("another text for each conversation and step")
}

/// What stands between two slashes of a path, or a part of it.
pub(super) fn segment(segment: &Template, variable: &str) -> Shape {
    const KEPT: &str = r"/\\%\u0000-\u001f\u007f-\u009f";
    let is = |part: Option<&Part>| matches!(part, Some(Part::Variable(name)) if name == variable);
    // Nothing of the path begins or ends with a full stop.
    let dot = |at_end: bool| if at_end { "." } else { "" };
    let (first, last) = (dot(is(segment.parts.first())), dot(is(segment.parts.last())));
    let both = if first.is_empty() { last } else { first };
    let content = format!(r"[^\s{both}{KEPT}]|[^\s{first}{KEPT}][^{KEPT}]*[^\s{last}{KEPT}]");
    let mut map = keywords([
        ("type", types(&["string", "number", "boolean"], false)),
        ("pattern", Value::from(whole(&content, false))),
    ]);
    if let [Part::Variable(_)] = segment.parts.as_slice() {
        let code = whole(&pattern::in_any_case(&ANONYMOUS_APEX.to_ascii_lowercase()), false);
        map.insert("not".to_owned(), schema([("type", Value::from("string")), ("pattern", Value::from(code))]));
    }
    Shape::new(map, 8, "Example").required_if(true)
}

/// A value of the query.
pub(super) fn parameter(parameter: &Parameter) -> Shape {
    match parameter.site {
        Site::Soql => literal(),
        _ => Shape::new(any_scalars(true), 1, "Example"),
    }
}

/// A value of the body; `alone` says whether the body has no other variable.
pub(super) fn body(site: Site, alone: bool, is_composite: bool) -> Shape {
    if site == Site::Soql {
        return literal();
    }
    let map = match (is_composite, alone) {
        (true, true) => scalars(pattern::TEXT_WITHOUT_MARK, pattern::WITHOUT_MARK, None, false),
        (true, false) => scalars(pattern::WITHOUT_MARK, pattern::WITHOUT_MARK, None, true),
        (false, alone) => any_scalars(!alone),
    };
    Shape::new(map, 1, "Example").required_if(alone)
}

/// Inside of a SOQL literal.
fn literal() -> Shape {
    let map = keywords([
        ("type", types(&["string", "number", "boolean"], false)),
        ("pattern", Value::from(pattern::TEXT)),
        ("maxLength", Value::from(MAX_LITERAL_LENGTH)),
    ]);
    Shape::new(map, 2, "Example").required_if(true)
}

pub(super) fn any_scalars(blank: bool) -> Map<String, Value> {
    let mut map = scalars(pattern::TEXT, "", None, blank);
    if blank {
        map.remove("pattern");
    }
    if let Some(Value::Object(items)) = map.get_mut("items") {
        items.remove("pattern");
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::file::{MAX_MEDIA_TYPE_LENGTH, MAX_NAME_LENGTH};
    use crate::value::transcript::MAX_FROM_LENGTH;

    #[test]
    fn the_documents_have_the_bounds_of_a_run() {
        let (file, conversation) = (parsed(include_str!("file.json")), parsed(include_str!("conversation.json")));
        let most = |map: &Map<String, Value>, pointer: &str| {
            Value::Object(map.clone()).pointer(pointer).and_then(Value::as_u64).map(|most| most as usize)
        };
        assert_eq!(most(&file, "/properties/name/maxLength"), Some(MAX_NAME_LENGTH));
        assert_eq!(most(&file, "/properties/mediaType/maxLength"), Some(MAX_MEDIA_TYPE_LENGTH));
        assert_eq!(most(&conversation, "/items/properties/from/maxLength"), Some(MAX_FROM_LENGTH));
    }
}
