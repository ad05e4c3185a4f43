//! Reads JSON and keeps the members that are asked for: a describe has a hundred kilobytes, of which a few are needed.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::base::{MAX_VALUES, OBJECT_VALUES};

/// Why nothing is left of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    NotJson,
    /// More than [`MAX_VALUES`] would be kept.
    TooManyValues,
}

/// The document without the members that are not in `keep`, at any depth.
pub fn filtered(json: &[u8], keep: &[&str]) -> Result<Value, Unfit> {
    read(json, keep, None)
}

/// The same, but the entries of the lists called `name` are given away one by one instead of being kept: each may hold
/// [`MAX_VALUES`], and there may be any number of them.
pub(crate) fn handing_over(
    json: &[u8],
    keep: &[&str],
    name: &str,
    take: &mut dyn FnMut(&Value),
) -> Result<Value, Unfit> {
    let take = RefCell::new(take);
    read(json, keep, Some(&HandingOver { name, take: &|entry| (take.borrow_mut())(entry) }))
}

fn read(json: &[u8], keep: &[&str], handing_over: Option<&HandingOver>) -> Result<Value, Unfit> {
    let room = Cell::new(MAX_VALUES);
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = Filter { keep, room: &room, handing_over }.deserialize(&mut deserializer);
    match (value, deserializer.end()) {
        (Ok(value), Ok(())) => Ok(value),
        _ if room.get() == 0 => Err(Unfit::TooManyValues),
        _ => Err(Unfit::NotJson),
    }
}

#[derive(Clone, Copy)]
struct Filter<'a> {
    keep: &'a [&'a str],
    /// Values that may still be kept.
    room: &'a Cell<usize>,
    handing_over: Option<&'a HandingOver<'a>>,
}

/// What takes the entries of which list.
struct HandingOver<'a> {
    name: &'a str,
    take: &'a dyn Fn(&Value),
}

/// A list whose entries are given away.
struct Given<'a> {
    filter: Filter<'a>,
    to: &'a HandingOver<'a>,
}

impl<'de> DeserializeSeed<'de> for Given<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Given<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let room = self.filter.room;
        let outside = room.replace(MAX_VALUES);
        let entry = Filter { handing_over: None, ..self.filter };
        while let Some(item) = items.next_element_seed(entry)? {
            (self.to.take)(&item);
            room.set(MAX_VALUES);
        }
        room.set(outside);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Filter<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.take(1)?;
        deserializer.deserialize_any(self)
    }
}

impl Filter<'_> {
    /// Room for this number of values; once there is too little, none is left for anything.
    fn take<E: Error>(self, values: usize) -> Result<(), E> {
        let room = self.room.get().checked_sub(values);
        self.room.set(room.unwrap_or(0));
        room.map(drop).ok_or_else(|| E::custom("too many values"))
    }
}

impl<'de> Visitor<'de> for Filter<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        self.take(OBJECT_VALUES)?;
        while let Some(name) = members.next_key::<String>()? {
            if let Some(to) = self.handing_over.filter(|to| to.name == name) {
                members.next_value_seed(Given { filter: self, to })?;
            } else if self.keep.contains(&name.as_str()) {
                object.insert(name, members.next_value_seed(self)?);
            } else if is_number(&name) {
                return members.next_value::<Text>().map(|text| number(&text.0));
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(object))
    }
}

/// With `arbitrary_precision`, serde_json hands over numbers that are no integers as a map with this one member.
fn is_number(name: &str) -> bool {
    name == "$serde_json::private::Number"
}

fn number(text: &str) -> Value {
    serde_json::from_str::<Number>(text).map_or(Value::Null, Value::Number)
}

struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Unfit, filtered, handing_over};

    #[test]
    fn only_members_that_are_asked_for_are_kept() {
        let text = br#"{"a":[{"b":1.50,"x":{"b":2}},null,true,-3,"t"],"x":[1]}"#;
        let kept = filtered(text, &["a", "b"]).unwrap();
        assert_eq!(
            kept,
            json!({ "a": [{ "b": serde_json::from_str::<serde_json::Value>("1.50").unwrap() }, null, true, -3, "t"] })
        );
        for bad in [&b"{\"a\":"[..], b"{} x", b"<html>", b""] {
            assert_eq!(filtered(bad, &["a"]), Err(Unfit::NotJson));
        }
        let many = format!("{{\"a\":[{}1],\"x\":[]}}", "1,".repeat(200_000));
        assert_eq!(filtered(many.as_bytes(), &["a"]), Err(Unfit::TooManyValues));
        assert!(filtered(many.as_bytes(), &["x"]).is_ok());
    }
    #[test]
    fn entries_that_are_given_away_are_filtered_and_not_kept_however_many_there_are() {
        let entries = vec![r#"{"a":1,"x":2,"list":["b"]}"#; 200_000].join(",");
        let text = format!(r#"{{"a":[{{"list":[{entries}]}}],"x":{{"list":[1]}},"b":3}}"#);
        let mut count = 0;
        let kept = handing_over(text.as_bytes(), &["a", "b", "list"], "list", &mut |entry| {
            assert_eq!(*entry, json!({ "a": 1, "list": ["b"] }));
            count += 1;
        });
        assert_eq!((kept, count), (Ok(json!({ "a": [{}], "b": 3 })), 200_000));
        let large = format!(r#"{{"list":[[{}1]]}}"#, "1,".repeat(200_000));
        assert_eq!(handing_over(large.as_bytes(), &[], "list", &mut |_| {}), Err(Unfit::TooManyValues));
        for bad in [r#"{"list":{}}"#, r#"{"list":[1"#, r#"{"list":[1}"#] {
            assert_eq!(handing_over(bad.as_bytes(), &[], "list", &mut |_| {}), Err(Unfit::NotJson), "{bad}");
        }
    }
}
