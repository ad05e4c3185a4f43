//! The values of a record in one piece of memory: a million records must fit into a gibibyte, and a map of values takes five times the
//! room. The dates and users of a new record are the same, so a text that stands there already is only pointed at.

use std::sync::Arc;

use serde_json::Value;

use super::Changes;

/// Names of the fields that records of one object have had so far, shared by all of them. A longer list begins with the shorter.
pub type Columns = Arc<[&'static str]>;

/// Values by field name. A field without a value is absent.
#[derive(Clone, Debug)]
pub struct Values {
    columns: Columns,
    /// For each value the number of its column (two bytes), its form, and what the form says.
    bytes: Box<[u8]>,
}

/// Forms of a value.
const FALSE: u8 = 0;
const TRUE: u8 = 1;
/// A length and the text.
const TEXT: u8 = 2;
/// A length and the digits, as they were written.
const NUMBER: u8 = 3;
/// A length and the place of a text before this.
const SAME_TEXT: u8 = 4;
/// A length and JSON: of what no field has by itself.
const JSON: u8 = 5;

impl Values {
    /// Packs values; columns that are new are added.
    pub fn pack(columns: &mut Columns, values: &Changes) -> Values {
        let mut bytes = Vec::new();
        let mut texts: Vec<(&str, usize)> = Vec::new();
        for (name, value) in values {
            let number = columns.iter().position(|known| known == name).unwrap_or_else(|| {
                let number = columns.len();
                *columns = columns.iter().copied().chain([*name]).collect();
                number
            });
            bytes.extend_from_slice(&u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes());
            match value {
                Value::Bool(value) => bytes.push(if *value { TRUE } else { FALSE }),
                Value::String(text) => match texts.iter().find(|(known, _)| known == text) {
                    Some((_, place)) => {
                        push(&mut bytes, SAME_TEXT, text.len());
                        push_number(&mut bytes, *place);
                    }
                    None => {
                        push(&mut bytes, TEXT, text.len());
                        texts.push((text, bytes.len()));
                        bytes.extend_from_slice(text.as_bytes());
                    }
                },
                Value::Number(number) => {
                    push(&mut bytes, NUMBER, number.as_str().len());
                    bytes.extend_from_slice(number.as_str().as_bytes());
                }
                other => {
                    let json = other.to_string();
                    push(&mut bytes, JSON, json.len());
                    bytes.extend_from_slice(json.as_bytes());
                }
            }
        }
        Values { columns: Arc::clone(columns), bytes: bytes.into() }
    }

    /// All of them.
    pub fn unpack(&self) -> Changes {
        self.items().filter_map(|(number, item)| Some((*self.columns.get(number)?, item.value()))).collect()
    }

    pub fn get(&self, field: &str) -> Option<Value> {
        self.item(field).map(Item::value)
    }

    /// A text, without a copy of it.
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.item(field)? {
            Item::Text(text) => Some(text),
            _ => None,
        }
    }

    fn item(&self, field: &str) -> Option<Item<'_>> {
        let wanted = self.columns.iter().position(|known| *known == field)?;
        self.items().find(|(number, _)| *number == wanted).map(|(_, item)| item)
    }

    fn items(&self) -> impl Iterator<Item = (usize, Item<'_>)> {
        let mut rest: &[u8] = &self.bytes;
        std::iter::from_fn(move || self.next(&mut rest))
    }

    /// The next value; what was packed is always whole.
    fn next<'a>(&'a self, rest: &mut &'a [u8]) -> Option<(usize, Item<'a>)> {
        let (number, after) = rest.split_first_chunk::<2>()?;
        let (form, after) = after.split_first()?;
        *rest = after;
        let number = usize::from(u16::from_le_bytes(*number));
        if matches!(*form, TRUE | FALSE) {
            return Some((number, Item::Bool(*form == TRUE)));
        }
        let length = take_number(rest)?;
        if *form == SAME_TEXT {
            let place = take_number(rest)?;
            return Some((number, Item::Text(text(self.bytes.get(place..place + length)?)?)));
        }
        let (content, after) = rest.split_at_checked(length)?;
        *rest = after;
        let content = text(content)?;
        Some((
            number,
            match *form {
                TEXT => Item::Text(content),
                NUMBER => Item::Number(content),
                _ => Item::Json(content),
            },
        ))
    }
}

/// One value as it is packed.
#[derive(Clone, Copy)]
enum Item<'a> {
    Bool(bool),
    Text(&'a str),
    Number(&'a str),
    Json(&'a str),
}

impl Item<'_> {
    fn value(self) -> Value {
        match self {
            Item::Bool(value) => value.into(),
            Item::Text(text) => text.into(),
            Item::Number(text) | Item::Json(text) => serde_json::from_str(text).unwrap_or_default(),
        }
    }
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn push(bytes: &mut Vec<u8>, form: u8, length: usize) {
    bytes.push(form);
    push_number(bytes, length);
}

/// Seven bits in each byte, the lowest first; the eighth says that there are more.
fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

fn take_number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_come_out_as_they_went_in() {
        let long = "ü".repeat(300);
        let values: Changes = [
            ("A", json!("same")),
            ("B", json!(true)),
            ("C", serde_json::from_str("1.50").unwrap()),
            ("D", json!("same")),
            ("E", json!(long)),
            ("F", json!(long)),
            ("G", json!(false)),
            ("H", json!({ "nested": [1] })),
            ("I", json!("")),
        ]
        .into();
        let mut columns = Columns::default();
        let packed = Values::pack(&mut columns, &values);
        assert_eq!(packed.unpack(), values);
        for (name, value) in &values {
            assert_eq!(packed.get(name).as_ref(), Some(value));
            assert_eq!(packed.text(name), value.as_str());
        }
        assert_eq!((packed.get("Z"), packed.text("Z")), (None, None));
    }

    #[test]
    fn columns_grow_and_older_records_keep_theirs() {
        let mut columns = Columns::default();
        let first = Values::pack(&mut columns, &[("B", json!("b"))].into());
        let second = Values::pack(&mut columns, &[("A", json!("a")), ("B", json!("c"))].into());
        assert_eq!((first.text("A"), first.text("B")), (None, Some("b")));
        assert_eq!((second.text("A"), second.text("B")), (Some("a"), Some("c")));
        assert_eq!(&*columns, ["B", "A"]);
    }
}
