//! JSON that is written once and read by nobody here, such as a line of a log: names and texts stay where they are.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value of such JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Line<'a> {
    /// Nothing.
    Null,
    /// A count.
    Number(u64),
    /// A text.
    Text(Cow<'a, str>),
    /// Values in their order.
    List(Vec<Line<'a>>),
    /// Members in the order of their names, as in all JSON of the module.
    Object(Vec<(&'static str, Line<'a>)>),
}

impl<'a> Line<'a> {
    /// Members, in whatever order.
    pub(crate) fn object<const N: usize>(members: [(&'static str, Self); N]) -> Self {
        let mut members = Vec::from(members);
        members.sort_unstable_by_key(|(name, _)| *name);
        Self::Object(members)
    }

    /// Adds a member to an object.
    pub(crate) fn insert(&mut self, name: &'static str, value: Self) {
        if let Self::Object(members) = self {
            let at = members.partition_point(|(known, _)| *known < name);
            members.insert(at, (name, value));
        }
    }

    /// The entries of a list that is a member.
    pub(crate) fn list_mut(&mut self, name: &str) -> &mut [Self] {
        let Self::Object(members) = self else { return &mut [] };
        match members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, Self::List(items))) => items,
            _ => &mut [],
        }
    }
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'a> From<&'a str> for Line<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Line<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u64> for Line<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Line<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u16> for Line<'_> {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Line<'_> {
    fn from(number: usize) -> Self {
        // No machine counts further.
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl<'a, T: Into<Line<'a>>> From<Option<T>> for Line<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<'a, T: Into<Line<'a>>> FromIterator<T> for Line<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Line;
    use crate::base::text;

    #[test]
    fn it_is_written_as_all_json_of_the_module_is() {
        let mut line = Line::object([
            ("status", "do\"ne".into()),
            ("requests", 2_u32.into()),
            ("records", [Line::object([("name", "A".into())])].into_iter().collect()),
            ("id", None::<&str>.into()),
        ]);
        for record in line.list_mut("records") {
            record.insert("written", ["Email".to_owned()].into_iter().collect());
        }
        line.insert("call", 1_usize.into());
        let read: serde_json::Value = serde_json::from_str(&text(&line)).unwrap();
        assert_eq!(text(&line), text(&read));
        let expected = serde_json::json!({ "status": "do\"ne", "requests": 2, "id": null, "call": 1,
            "records": [{ "name": "A", "written": ["Email"] }] });
        assert_eq!(read, expected);
        assert!(line.list_mut("status").is_empty() && line.list_mut("none").is_empty());
    }
}
