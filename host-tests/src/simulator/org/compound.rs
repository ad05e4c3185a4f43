//! Compound fields: an address or a place, put together from the fields that are its parts.
//!
//! Source: REST API guide and object reference, Compound Fields; recorded answers. It is null when all its parts are.

use serde_json::{Map, Value};

use super::Row;
use crate::simulator::schema::{Field, Kind, SObject};

/// What an address always has, whatever its parts are.
const OF_AN_ADDRESS: &[&str] =
    &["city", "country", "geocodeAccuracy", "latitude", "longitude", "postalCode", "state", "street"];

/// The value of a compound field.
pub fn value(sobject: &SObject, row: &Row, field: &Field) -> Value {
    let mut members: Map<String, Value> = match field.kind {
        Kind::Address => OF_AN_ADDRESS.iter().map(|name| ((*name).to_owned(), Value::Null)).collect(),
        _ => ["latitude", "longitude"].map(|name| (name.to_owned(), Value::Null)).into_iter().collect(),
    };
    let parts = sobject.visible().filter(|part| part.compound == Some(field.name));
    for part in parts {
        members.insert(member(field.name, part.name), row.value(part.name));
    }
    match members.values().all(Value::is_null) {
        true => Value::Null,
        false => Value::Object(members),
    }
}

/// `MailingAddress`, `MailingPostalCode` → `postalCode`; `Home__c`, `Home__Street__s` → `street`.
fn member(compound: &str, part: &str) -> String {
    let name = match part.strip_suffix("__s") {
        Some(custom) => custom.rsplit("__").next().unwrap_or(custom),
        None => part.strip_prefix(compound.strip_suffix("Address").unwrap_or_default()).unwrap_or(part),
    };
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::member;

    #[test]
    fn a_part_is_called_by_what_it_has_beside_the_whole() {
        assert_eq!(member("MailingAddress", "MailingPostalCode"), "postalCode");
        assert_eq!(member("Address", "Street"), "street");
        assert_eq!(member("Home__c", "Home__Latitude__s"), "latitude");
    }
}
