//! Settings that are well formed and probably not what the author meant, told from names alone.
//!
//! A smell never keeps the module from running, and a mapping can silence it: names only hint at what a variable holds.

use super::{Mapping, MatchKeys, Part, RecordSettings, Source, WhenBlank};
use crate::document::child;
use crate::finding::{Finding, Findings};

/// What may be wrong with a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smell {
    /// `LastName` ← `customer_firstname`.
    MismatchedSource,
    /// A key that the visitor may leave out.
    KeyMayBeBlank,
    /// One variable in two fields that should differ.
    LookAlikeFields,
    /// A new chat would attach itself to an old Case.
    CaseKey,
}

impl Smell {
    pub const ALL: [Self; 4] = [Self::MismatchedSource, Self::KeyMayBeBlank, Self::LookAlikeFields, Self::CaseKey];

    pub const fn code(self) -> &'static str {
        match self {
            Self::MismatchedSource => "mismatched-source",
            Self::KeyMayBeBlank => "key-may-be-blank",
            Self::LookAlikeFields => "look-alike-fields",
            Self::CaseKey => "case-key",
        }
    }
}

/// Adds what smells about a record.
pub fn smells(record: &RecordSettings, is_unique: impl Fn(&Mapping) -> bool, findings: &mut Findings) {
    for (index, mapping) in record.mappings.iter().enumerate() {
        let earlier = record.mappings.get(..index).unwrap_or_default();
        mismatched_source(mapping, findings);
        look_alike_fields(mapping, earlier, findings);
        if mapping.key {
            key_may_be_blank(record, mapping, findings);
            case_key(record, mapping, is_unique(mapping), findings);
        }
    }
}

impl Mapping {
    fn smells(&self, smell: Smell) -> bool {
        !self.silenced.contains(&smell)
    }

    /// The one variable that a value comes from.
    fn only_variable(&self) -> Option<&str> {
        match &self.source {
            Source::Variable(name) => Some(name),
            Source::Template(template) => {
                let mut variables = template.parts.iter().filter_map(|part| match part {
                    Part::Variable(name) => Some(name.as_str()),
                    Part::Text(_) => None,
                });
                variables.next().filter(|_| variables.next().is_none())
            }
            _ => None,
        }
    }
}

fn mismatched_source(mapping: &Mapping, findings: &mut Findings) {
    let (Some(variable), true) = (mapping.only_variable(), mapping.smells(Smell::MismatchedSource)) else { return };
    let (Some(from), Some(to)) = (Concept::of(variable), Concept::of(mapping.field.field.as_str())) else { return };
    if from != to {
        findings.push(Finding::warning(
            Smell::MismatchedSource.code(),
            child(&mapping.pointer, "source"),
            format!("`{}` holds {}, but the variable's name says {}.", mapping.field, to.words(), from.words()),
            "Choose the variable that belongs there; if it is the right one, add \"silence\": [\"mismatched-source\"].",
        ));
    }
}

fn look_alike_fields(mapping: &Mapping, earlier: &[Mapping], findings: &mut Findings) {
    let (Some(variable), true) = (mapping.only_variable(), mapping.smells(Smell::LookAlikeFields)) else { return };
    let concept = Concept::of(mapping.field.field.as_str()).map(Concept::family);
    let twin = earlier.iter().find(|other| {
        other.only_variable() == Some(variable)
            && concept.is_some()
            && Concept::of(other.field.field.as_str()).map(Concept::family) == concept
    });
    if let Some(twin) = twin {
        findings.push(Finding::warning(
            Smell::LookAlikeFields.code(),
            child(&mapping.pointer, "source"),
            format!("One variable fills both `{}` and `{}`.", twin.field, mapping.field),
            "Choose another variable for one of them; if both are meant, add \"silence\": [\"look-alike-fields\"].",
        ));
    }
}

fn key_may_be_blank(record: &RecordSettings, mapping: &Mapping, findings: &mut Findings) {
    let several = record.keys().filter(|key| !matches!(key.source, Source::Constant(_))).count() > 1;
    let from_flow = !matches!(mapping.source, Source::Constant(_) | Source::Record(_));
    let silent = !mapping.smells(Smell::KeyMayBeBlank);
    let path = || child(&mapping.pointer, "whenBlank");
    let code = Smell::KeyMayBeBlank.code();
    if mapping.when_blank == WhenBlank::Fail || !from_flow || silent {
        return;
    }
    if !several {
        findings.push(Finding::info(
            code,
            path(),
            format!("Where the visitor leaves `{}` blank, no `{}` is written.", mapping.field, record.name),
            "Make the question mandatory, or set \"whenBlank\": \"fail\"; if it is meant, add \"silence\": \
             [\"key-may-be-blank\"].",
        ));
    } else if record.match_keys == MatchKeys::All {
        findings.push(Finding::warning(
            code,
            path(),
            format!(
                "Where the visitor leaves `{}` blank, the other keys alone find the `{}`.",
                mapping.field, record.name
            ),
            "Set \"whenBlank\": \"fail\", or they may find somebody else; if they suffice, add \"silence\": \
             [\"key-may-be-blank\"].",
        ));
    }
}

fn case_key(record: &RecordSettings, mapping: &Mapping, is_unique: bool, findings: &mut Findings) {
    // The id of a Case, and a field that no two Cases share, name the one Case that is meant.
    let meant = mapping.field.is_id() || is_unique || matches!(mapping.source, Source::Constant(_));
    if record.sobject.is_case() && !meant && mapping.smells(Smell::CaseKey) {
        findings.push(Finding::warning(
            Smell::CaseKey.code(),
            child(&mapping.pointer, "useToFindExisting"),
            format!("With the key `{}`, a new chat changes an old Case instead of opening one.", mapping.field),
            "Remove `useToFindExisting`; if the old Case is meant, add \"silence\": [\"case-key\"].",
        ));
    }
}

/// What a name says about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Concept {
    FirstName,
    LastName,
    FullName,
    Email,
    Phone,
    Company,
    Street,
    City,
    PostalCode,
    Country,
}

impl Concept {
    /// Endings of names without case and punctuation, the more special first.
    const ENDINGS: [(&'static str, Self); 40] = [
        ("firstname", Self::FirstName),
        ("vorname", Self::FirstName),
        ("givenname", Self::FirstName),
        ("lastname", Self::LastName),
        ("nachname", Self::LastName),
        ("familyname", Self::LastName),
        ("familienname", Self::LastName),
        ("surname", Self::LastName),
        ("companyname", Self::Company),
        ("company", Self::Company),
        ("firma", Self::Company),
        ("fullname", Self::FullName),
        ("customername", Self::FullName),
        ("suppliedname", Self::FullName),
        ("email", Self::Email),
        ("emailaddress", Self::Email),
        ("mail", Self::Email),
        ("mailaddress", Self::Email),
        ("phone", Self::Phone),
        ("phonenumber", Self::Phone),
        ("telephone", Self::Phone),
        ("telefon", Self::Phone),
        ("telefonnummer", Self::Phone),
        ("mobile", Self::Phone),
        ("mobilephone", Self::Phone),
        ("handynummer", Self::Phone),
        ("fax", Self::Phone),
        ("street", Self::Street),
        ("strasse", Self::Street),
        ("city", Self::City),
        ("town", Self::City),
        ("ort", Self::City),
        ("stadt", Self::City),
        ("postalcode", Self::PostalCode),
        ("postcode", Self::PostalCode),
        ("zipcode", Self::PostalCode),
        ("zip", Self::PostalCode),
        ("plz", Self::PostalCode),
        ("country", Self::Country),
        ("land", Self::Country),
    ];

    fn of(name: &str) -> Option<Self> {
        let name = name.strip_suffix("__c").unwrap_or(name);
        // `ort` is a town as a word of its own, and nothing at the end of `support`.
        let word = last_word(name);
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        let is_ending = |ending: &str| match ending.len() {
            ..5 => word.eq_ignore_ascii_case(ending),
            _ => plain.ends_with(ending),
        };
        Self::ENDINGS.iter().find(|(ending, _)| is_ending(ending)).map(|(_, concept)| *concept)
    }

    /// Concepts that people put into one another's field.
    fn family(self) -> Self {
        match self {
            Self::FirstName | Self::LastName | Self::FullName => Self::FullName,
            other => other,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::FirstName => "a first name",
            Self::LastName => "a last name",
            Self::FullName => "a full name",
            Self::Email => "an e-mail address",
            Self::Phone => "a phone number",
            Self::Company => "a company",
            Self::Street => "a street",
            Self::City => "a city",
            Self::PostalCode => "a postal code",
            Self::Country => "a country",
        }
    }
}

/// `City` of `MailingCity`, `zip` of `customer_zip`.
fn last_word(name: &str) -> &str {
    let word = name.rsplit(['_', '-', '.', ' ']).next().unwrap_or(name);
    let capital = word.rfind(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
    let before = word.get(..capital).unwrap_or_default();
    if before.ends_with(|c: char| c.is_ascii_lowercase()) { word.get(capital..).unwrap_or(word) } else { word }
}

#[cfg(test)]
mod tests {
    use super::Concept;

    #[test]
    fn names_say_what_they_hold_in_any_spelling() {
        for (name, concept) in [
            ("customer_firstname", Some(Concept::FirstName)),
            ("FirstName", Some(Concept::FirstName)),
            ("customer_last_name", Some(Concept::LastName)),
            ("SuppliedEmail", Some(Concept::Email)),
            ("customer-phone", Some(Concept::Phone)),
            ("Business_Email__c", Some(Concept::Email)),
            ("MailingPostalCode", Some(Concept::PostalCode)),
            ("MailingCity", Some(Concept::City)),
            ("support", None),
            ("Description", None),
            ("customer_name", Some(Concept::FullName)),
            ("Name", None),
        ] {
            assert_eq!(Concept::of(name), concept, "{name}");
        }
    }
}
