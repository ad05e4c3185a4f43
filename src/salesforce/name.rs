//! Names and ids of Salesforce, parsed once: past this file nothing is an arbitrary text.
//!
//! Salesforce compares object and field names without case, so every name here does too.

use std::cmp::Ordering;
use std::fmt;

use crate::base::nearest;

/// Longest name accepted. Salesforce: 40 characters of a developer name, 15 of a namespace, `__` and a suffix.
pub const MAX_NAME_LENGTH: usize = 80;

/// API name of an SObject: `Contact`, `Ticket__c`, `acme__Order__c`.
#[derive(Clone, Debug)]
pub struct SObjectName(String);

/// Name of a record in the settings. Doubles as part of a composite reference id, hence the same alphabet.
#[derive(Clone, Debug)]
pub struct RecordName(String);

/// API name of a field: `Email`, `Score__c`.
#[derive(Clone, Debug)]
pub struct FieldName(String);

/// A field of the record itself, or a field of the parent behind a relationship (`Account.Customer_No__c`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPath {
    /// `Account`, `Parent__r`; `None` for a field of the record itself.
    pub relationship: Option<FieldName>,
    /// The field itself, of the record or of the parent.
    pub field: FieldName,
}

/// A Salesforce record id in its 18-character form, which stays unique where case is lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordId(String);

/// Letters, digits and underscores, a letter first, no underscore last.
/// Source: the naming rules for API names in Salesforce's object reference.
fn is_api_name(text: &str) -> bool {
    text.len() <= MAX_NAME_LENGTH
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.ends_with('_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

macro_rules! api_name {
    ($name:ident) => {
        impl $name {
            /// `None` if `text` cannot be an API name.
            pub fn parse(text: &str) -> Option<Self> {
                is_api_name(text).then(|| Self(text.to_owned()))
            }

            /// As it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.eq_ignore_ascii_case(&other.0)
            }
        }

        impl Eq for $name {}

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                let [mine, others] = [self, other].map(|name| name.0.bytes().map(|b| b.to_ascii_lowercase()));
                mine.cmp(others)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
    };
}

api_name!(SObjectName);
api_name!(RecordName);
api_name!(FieldName);

impl SObjectName {
    /// The objects whose assignment rules Salesforce runs on REST writes unless a header says otherwise.
    /// Source: REST API guide, Sforce-Auto-Assign.
    pub fn has_assignment_rules(&self) -> bool {
        ["account", "case", "lead"].iter().any(|name| self.0.eq_ignore_ascii_case(name))
    }

    /// Whether `onlyFor` means this SObject: a list without entries means all.
    pub(crate) fn is_meant_by(&self, only_for: &[Self]) -> bool {
        only_for.is_empty() || only_for.contains(self)
    }

    /// Whether it is a platform event: published by a create, and neither read nor changed nor linked to.
    /// Source: Platform Events Developer Guide, "Considerations for Defining and Publishing Platform Events".
    pub(crate) fn is_event(&self) -> bool {
        strip_suffix_ignore_case(&self.0, "__e").is_some()
    }

    pub(crate) fn is_case(&self) -> bool {
        self.0.eq_ignore_ascii_case("Case")
    }

    pub(crate) fn is_contact(&self) -> bool {
        self.0.eq_ignore_ascii_case("Contact")
    }

    pub(crate) fn is_lead(&self) -> bool {
        self.0.eq_ignore_ascii_case("Lead")
    }
}

impl FieldName {
    pub(crate) fn is_id(&self) -> bool {
        self.0.eq_ignore_ascii_case("Id")
    }

    /// Whether it is none of Salesforce's own.
    pub fn is_custom(&self) -> bool {
        strip_suffix_ignore_case(&self.0, "__c").is_some()
    }

    /// The lookup field behind a relationship: `Account` → `AccountId`, `Parent__r` → `Parent__c`.
    pub fn lookup_field_of_relationship(&self) -> Option<FieldName> {
        match strip_suffix_ignore_case(&self.0, "__r") {
            Some(base) => FieldName::parse(&format!("{base}__c")),
            None => FieldName::parse(&format!("{}Id", self.0)),
        }
    }

    /// The relationship of a lookup field: `AccountId` → `Account`, `Parent__c` → `Parent__r`; `None` if this cannot be one.
    pub(crate) fn relationship_of_lookup_field(&self) -> Option<FieldName> {
        match strip_suffix_ignore_case(&self.0, "__c") {
            Some(base) => FieldName::parse(&format!("{base}__r")),
            None => FieldName::parse(strip_suffix_ignore_case(&self.0, "Id")?),
        }
    }
}

impl FieldPath {
    /// Accepts `Field` and `Relationship.Field`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('.') {
            None => Some(Self { relationship: None, field: FieldName::parse(text)? }),
            Some((relationship, field)) => {
                Some(Self { relationship: Some(FieldName::parse(relationship)?), field: FieldName::parse(field)? })
            }
        }
    }

    pub(crate) fn is_id(&self) -> bool {
        self.relationship.is_none() && self.field.is_id()
    }

    /// This field as one of the parent behind a lookup field. `None` for a parent's own parent.
    pub(crate) fn through(&self, lookup_field: &FieldName) -> Option<Self> {
        match self.relationship {
            Some(_) => None,
            None if self.is_id() => Some(lookup_field.clone().into()),
            None => Some(Self {
                relationship: Some(lookup_field.relationship_of_lookup_field()?),
                field: self.field.clone(),
            }),
        }
    }

    /// Whether the field, or the relationship before it, has this name.
    pub fn names(&self, name: &FieldName) -> bool {
        self.field == *name || self.relationship.as_ref() == Some(name)
    }

    /// The field that a write changes: for a parent path the lookup field behind it.
    pub fn written_field(&self) -> FieldName {
        match &self.relationship {
            None => self.field.clone(),
            Some(relationship) => relationship.lookup_field_of_relationship().unwrap_or_else(|| relationship.clone()),
        }
    }
}

impl From<FieldName> for FieldPath {
    fn from(field: FieldName) -> Self {
        Self { relationship: None, field }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(relationship) = &self.relationship {
            write!(f, "{relationship}.")?;
        }
        write!(f, "{}", self.field)
    }
}

impl RecordId {
    /// Accepts the 15- and the 18-character form; the latter only with a correct checksum.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let id = text.get(..15)?;
        let checksum = checksum(id);
        match text.len() {
            15 => Some(Self(format!("{id}{checksum}"))),
            18 if text.ends_with(&checksum) => Some(Self(text.to_owned())),
            _ => None,
        }
    }

    /// An id in an answer of Salesforce's. The checksum serves people who copy ids, so it is not held against the org.
    pub fn of_answer(text: &str) -> Option<Self> {
        match text.len() {
            18 if text.bytes().all(|b| b.is_ascii_alphanumeric()) => Some(Self(text.to_owned())),
            _ => Self::parse(text),
        }
    }

    /// 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The three characters that make a 15-character id safe where case is lost: one for each group of five, whose bits
/// say which of the five are capitals. Source: Salesforce's object reference, "ID field type".
fn checksum(id: &str) -> String {
    const ALPHABET: [char; 32] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V',
        'W', 'X', 'Y', 'Z', '0', '1', '2', '3', '4', '5',
    ];
    id.as_bytes()
        .chunks(5)
        .filter_map(|group| {
            let bits = group.iter().enumerate().filter(|(_, b)| b.is_ascii_uppercase());
            ALPHABET.get(bits.fold(0, |sum, (bit, _)| sum | 1 << bit)).copied()
        })
        .collect()
}

fn strip_suffix_ignore_case<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(suffix.len())?;
    let (base, end) = text.split_at_checked(at)?;
    end.eq_ignore_ascii_case(suffix).then_some(base)
}

/// The name that was meant. What custom names end with is easily forgotten, and too much for a misspelling.
pub(crate) fn suggestion<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    nearest(name, known.iter().copied()).or_else(|| nearest(&format!("{name}__c"), known.iter().copied()))
}

/// `Country`, `MailingStateCode`, and the parts of a custom address field, `Home__CountryCode__s`.
/// Source: object reference, "Address Compound Fields"; help, "State and Country/Territory Picklists".
pub(crate) fn is_state_or_country(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix("__s").unwrap_or(&name);
    let name = name.strip_suffix("code").unwrap_or(name);
    name.ends_with("country") || name.ends_with("state")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_name_is_letters_digits_and_underscores_with_a_letter_first() {
        for good in ["Contact", "Ticket__c", "acme__Order__c", "X1"] {
            assert!(SObjectName::parse(good).is_some(), "{good}");
        }
        for bad in ["", "1st", "_x", "Name_", "Last Name", "Näme", "a.b", "a'b", "a/b", &"x".repeat(81)] {
            assert!(SObjectName::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn names_compare_without_case() {
        assert_eq!(FieldName::parse("EMAIL"), FieldName::parse("Email"));
        assert!(FieldName::parse("a_b") > FieldName::parse("A"));
    }

    #[test]
    fn a_field_path_goes_through_one_relationship_at_most() {
        let path = FieldPath::parse("Account.Customer_No__c").unwrap();
        assert_eq!(path.to_string(), "Account.Customer_No__c");
        assert_eq!(path.written_field().as_str(), "AccountId");
        assert_eq!(FieldPath::parse("Parent__r.No__c").unwrap().written_field().as_str(), "Parent__c");
        assert!(FieldPath::parse("A.B.C").is_none());
        assert!(FieldPath::parse("A.").is_none());
    }

    #[test]
    fn an_id_is_always_18_characters_with_a_valid_checksum() {
        let id = RecordId::parse("001D000000IqhSL").unwrap();
        assert_eq!(id.as_str(), "001D000000IqhSLIAZ");
        assert_eq!(RecordId::parse("001D000000IqhSLIAZ"), Some(id));
        for bad in ["", "123", "001D000000IqhSLIAA", "001D000000IqhS'", "001D000000IqhSLI", "001D000000IqhSLIAZX"] {
            assert!(RecordId::parse(bad).is_none(), "{bad}");
        }
        assert!(RecordId::of_answer("001D000000IqhSLIAA").is_some());
        assert!(RecordId::of_answer("../../services/data").is_none());
    }
}
