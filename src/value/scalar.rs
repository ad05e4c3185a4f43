//! A value that a field can take, and how Salesforce compares it.

use serde_json::{Number, Value};

use super::LIST_SEPARATOR;
use crate::base::decimal::Decimal;
use crate::base::fold;
use crate::salesforce::{FieldType, RecordId};
use crate::value::convert::Temporal;

/// A value that a field can take.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// Never blank, and without white space at its ends, which Salesforce does not store.
    Text(String),
    /// In its one spelling: `17.0` and `1.7e1` are `17`, or one number would be several keys.
    Number(Number),
    /// For a checkbox; in a text it is `true` or `false`.
    Boolean(bool),
    /// A day, an instant or a time of day, of a field whose type is known.
    Temporal(Temporal),
}

/// How a field compares its values, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// `Unknown` without `schema`: then texts compare as texts.
    pub field_type: FieldType,
    /// `a` and `A` are two values.
    pub case_sensitive: bool,
}

/// Why a value fits no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAFieldValue {
    /// It is an object, or a list with something else than single values in it.
    Kind,
    /// It is a number with more zeros than a number may have.
    Number,
}

impl Scalar {
    /// A text without the white space at its ends; `None` if it is blank.
    pub fn text(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self::Text(text.to_owned()))
    }

    /// The value of a variable or constant; `None` if it is blank. A list becomes `a;b`, its blank entries left out.
    pub fn from_json(value: &Value) -> Result<Option<Self>, NotAFieldValue> {
        match value {
            Value::Null => Ok(None),
            Value::Bool(value) => Ok(Some(Self::Boolean(*value))),
            Value::Number(number) => {
                let number = Decimal::parse(number.as_str()).and_then(|number| number.to_number());
                number.map(|number| Some(Self::Number(number))).ok_or(NotAFieldValue::Number)
            }
            Value::String(text) => Ok(Self::text(text)),
            Value::Array(items) => joined(items, LIST_SEPARATOR),
            Value::Object(_) => Err(NotAFieldValue::Kind),
        }
    }

    /// Without marks at its ends that nobody sees; `None` if there is nothing else.
    pub(crate) fn without_marks(self) -> Option<Self> {
        match self {
            Self::Text(text) if text.starts_with(is_mark) || text.ends_with(is_mark) => {
                Self::text(text.trim_matches(|c: char| c.is_whitespace() || is_mark(c)))
            }
            value => Some(value),
        }
    }

    /// As part of a longer text; empty if `value` is blank. `joint` stands between the entries of a list.
    pub fn in_text(value: &Value, joint: &str) -> Result<String, NotAFieldValue> {
        let scalar = match value {
            Value::Array(items) => joined(items, joint)?,
            _ => Self::from_json(value)?,
        };
        Ok(scalar.map(|scalar| scalar.to_text()).unwrap_or_default())
    }

    /// As a request's body has it: a date or an instant is a text there, in ISO 8601.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone()),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Boolean(value) => Value::Bool(*value),
            Self::Temporal(temporal) => Value::String(temporal.to_string()),
        }
    }

    /// Whether Salesforce's `=` finds `stored` when it looks for this value: texts without regard to case, unless the field
    /// regards it, numbers by value.
    pub fn matches(&self, stored: &Value, comparison: Comparison) -> bool {
        match (self, stored) {
            (Self::Text(wanted), Value::String(stored)) if comparison.case_sensitive => wanted == stored,
            (Self::Text(wanted), Value::String(stored)) => {
                wanted == stored || same_id(wanted, stored) || folded(wanted).eq(folded(stored.trim()))
            }
            _ => self.is_held_by(stored, comparison),
        }
    }

    /// Whether a field that holds `stored` would not change if this value were written.
    pub fn is_held_by(&self, stored: &Value, comparison: Comparison) -> bool {
        match (self, stored) {
            (Self::Text(new), Value::String(stored)) => match comparison.field_type {
                // Salesforce keeps addresses in small letters and lists in their own order.
                FieldType::Email => folded(new).eq(folded(stored.trim())),
                FieldType::MultiPicklist => same_entries(new, stored),
                _ => lines(new).eq(lines(stored.trim())) || same_id(new, stored),
            },
            (Self::Text(new), Value::Number(stored)) => same_number(new, stored.as_str()),
            (Self::Number(new), Value::Number(stored)) => same_number(new.as_str(), stored.as_str()),
            (Self::Number(new), Value::String(stored)) => new.as_str() == stored,
            (Self::Boolean(new), Value::Bool(stored)) => new == stored,
            (Self::Temporal(new), Value::String(stored)) => new.is_held_by(stored),
            _ => false,
        }
    }

    /// As a part of a text or a URL, before any escaping or encoding.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(value) => value.to_string(),
            Self::Temporal(temporal) => temporal.to_string(),
        }
    }
}

/// What only turns the direction of writing, and the byte order mark. Zero-width spaces and joiners are none: they part words, and shape the
/// letters beside them.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a field with this content counts as empty.
pub fn is_empty(stored: &Value) -> bool {
    match stored {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn joined(items: &[Value], separator: &str) -> Result<Option<Scalar>, NotAFieldValue> {
    let mut texts = Vec::new();
    for item in items {
        if item.is_array() {
            return Err(NotAFieldValue::Kind);
        }
        texts.extend(Scalar::from_json(item)?.map(|scalar| scalar.to_text()));
    }
    Ok(Scalar::text(&texts.join(separator)))
}

/// A visitor's 15 characters and the 18 that Salesforce answers can be one id.
fn same_id(given: &str, stored: &str) -> bool {
    given.len() == 15 && stored.starts_with(given) && RecordId::parse(given) == RecordId::parse(stored)
}

/// A text in small letters.
pub fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(fold::fold)
}

fn same_entries(a: &str, b: &str) -> bool {
    let entries = |text: &str| text.split(LIST_SEPARATOR).filter(|entry| !entry.is_empty()).count();
    let holds = |list: &str, wanted: &str| list.split(LIST_SEPARATOR).any(|entry| entry == wanted);
    entries(a) == entries(b) && a.split(LIST_SEPARATOR).all(|entry| holds(b, entry))
}

/// Salesforce stores line ends as it pleases.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

fn same_number(a: &str, b: &str) -> bool {
    matches!((Decimal::parse(a), Decimal::parse(b)), (Some(a), Some(b)) if a == b)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ANY: Comparison = Comparison { field_type: FieldType::Unknown, case_sensitive: false };

    fn scalar(value: &Value) -> Scalar {
        Scalar::from_json(value).unwrap().unwrap()
    }

    #[test]
    fn null_empty_and_white_space_are_blank() {
        for blank in [json!(null), json!(""), json!(" \t\n"), json!([]), json!([null, " "])] {
            assert_eq!(Scalar::from_json(&blank), Ok(None), "{blank}");
        }
        for value in [json!(0), json!(false), json!("0")] {
            assert!(Scalar::from_json(&value).unwrap().is_some(), "{value}");
        }
    }

    #[test]
    fn marks_at_the_ends_of_a_text_are_left_out() {
        let without = |text: &str| scalar(&json!(text)).without_marks().map(|scalar| scalar.to_text());
        for text in ["C-7\u{200e}", "\u{feff}C-7", "\u{202a}C-7\u{202c}", "\u{2068} C-7 \u{2069}", "C-7 \u{200f}"] {
            assert_eq!(without(text).as_deref(), Some("C-7"), "{text:?}");
        }
        for text in ["C-\u{200e}7", "C-7", "C-7\u{200b}", "C-7\u{200d}", "\u{1f468}\u{fe0f}"] {
            assert_eq!(without(text).as_deref(), Some(text), "{text:?}");
        }
        assert_eq!(without("\u{200e} \u{feff}"), None);
        assert_eq!(scalar(&json!(7)).without_marks(), Some(scalar(&json!(7))));
    }

    #[test]
    fn a_list_becomes_a_multi_select_value_and_an_object_is_refused() {
        assert_eq!(scalar(&json!(["a", " b ", "", 3])), Scalar::Text("a;b;3".into()));
        for bad in [json!({}), json!([{}]), json!([["a"]])] {
            assert_eq!(Scalar::from_json(&bad), Err(NotAFieldValue::Kind), "{bad}");
        }
        assert_eq!(Scalar::in_text(&json!(["a", "b"]), ", "), Ok("a, b".into()));
    }

    #[test]
    fn a_number_has_one_text_however_it_is_spelt() {
        let text = |json: &str| {
            let value: Value = serde_json::from_str(json).unwrap();
            let in_text = Scalar::in_text(&value, ", ");
            assert_eq!(
                Scalar::from_json(&value).map(|scalar| scalar.unwrap().to_json().to_string()),
                in_text,
                "{json}"
            );
            in_text
        };
        for (spellings, plain) in [
            (["17", "17.0", "1.7e1", "1.7E+1"], "17"),
            (["0", "-0", "-0.0", "0e400"], "0"),
            (["0.1", "0.10", "1e-1", "10E-2"], "0.1"),
            (["100", "1E+2", "1e2", "100.00"], "100"),
            (
                [
                    "1234567890123456789.25",
                    "12345678901234567892.5e-1",
                    "1234567890123456789.250",
                    "123456789012345678925e-2",
                ],
                "1234567890123456789.25",
            ),
        ] {
            for spelling in spellings {
                assert_eq!(text(spelling).as_deref(), Ok(plain), "{spelling}");
            }
        }
        assert_eq!(
            Scalar::in_text(&serde_json::from_str("[1.0, \"1.0\", 2e0]").unwrap(), ", "),
            Ok("1, 1.0, 2".into())
        );
        for endless in ["1e400", "-1e65", "1e-400"] {
            let value: Value = serde_json::from_str(endless).unwrap();
            assert_eq!(Scalar::from_json(&value), Err(NotAFieldValue::Number), "{endless}");
            assert_eq!(Scalar::from_json(&json!([value])), Err(NotAFieldValue::Number), "{endless}");
        }
    }

    #[test]
    fn a_key_compares_like_salesforce() {
        assert!(scalar(&json!("Ärger@X.com")).matches(&json!("ärger@x.COM"), ANY));
        assert!(scalar(&json!(4711)).matches(&json!(4711.0), ANY));
        assert!(!scalar(&json!("a")).matches(&json!("ab"), ANY));
        assert!(!scalar(&json!("a")).matches(&json!(null), ANY));
    }

    #[test]
    fn a_field_changes_with_the_spelling_of_a_text_but_not_of_a_number() {
        assert!(!scalar(&json!("anna")).is_held_by(&json!("Anna"), ANY));
        assert!(scalar(&json!("a\nb")).is_held_by(&json!("a\r\nb"), ANY));
        assert!(scalar(&json!("1.50")).is_held_by(&json!(1.5), ANY));
        assert!(scalar(&json!(100)).is_held_by(&json!(1e2), ANY));
        assert!(!scalar(&json!(true)).is_held_by(&json!("true"), ANY));
    }

    #[test]
    fn a_known_type_says_what_is_the_same() {
        let of = |field_type| Comparison { field_type, case_sensitive: false };
        assert!(scalar(&json!("Anna@X.com")).is_held_by(&json!("anna@x.com"), of(FieldType::Email)));
        assert!(scalar(&json!("b;a")).is_held_by(&json!("a;b"), of(FieldType::MultiPicklist)));
        assert!(!scalar(&json!("a")).is_held_by(&json!("a;b"), of(FieldType::MultiPicklist)));
        let strict = Comparison { field_type: FieldType::String, case_sensitive: true };
        assert!(!scalar(&json!("ab")).matches(&json!("AB"), strict));
    }
}
