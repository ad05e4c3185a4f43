//! What the names of fields and variables say about the values in them, in English and German.

use crate::base::Words;
use crate::texts::text;

/// What a name says about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Concept {
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

    pub(crate) fn of(name: &str) -> Option<Self> {
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

    /// `MailingState`, `CountryCode`: parts of an address that no other concept is.
    pub(super) fn is_part_of_address(name: &str) -> bool {
        let name = name.strip_suffix("__c").unwrap_or(name);
        let word = last_word(name.strip_suffix("Code").unwrap_or(name));
        ["State", "Country", "Province"].iter().any(|part| word.eq_ignore_ascii_case(part))
    }

    /// Concepts that people put into one another's field.
    pub(super) fn family(self) -> Self {
        match self {
            Self::FirstName | Self::LastName | Self::FullName => Self::FullName,
            other => other,
        }
    }

    pub(super) fn words(self) -> Words {
        match self {
            Self::FirstName => text!(concepts::FIRST_NAME),
            Self::LastName => text!(concepts::LAST_NAME),
            Self::FullName => text!(concepts::FULL_NAME),
            Self::Email => text!(concepts::EMAIL),
            Self::Phone => text!(concepts::PHONE),
            Self::Company => text!(concepts::COMPANY),
            Self::Street => text!(concepts::STREET),
            Self::City => text!(concepts::CITY),
            Self::PostalCode => text!(concepts::POSTAL_CODE),
            Self::Country => text!(concepts::COUNTRY),
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
    fn parts_of_an_address_are_told_by_their_last_word() {
        for name in ["State", "MailingState", "BillingStateCode", "CountryCode", "State__c"] {
            assert!(Concept::is_part_of_address(name), "{name}");
        }
        for name in ["Estate__c", "StateOfAffairs__c", "Code", "Statement__c"] {
            assert!(!Concept::is_part_of_address(name), "{name}");
        }
    }

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
