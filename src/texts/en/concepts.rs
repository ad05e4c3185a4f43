//! What the names of fields and variables say about the values in them.

pub(crate) const FIRST_NAME: &str = "a first name";
pub(crate) const LAST_NAME: &str = "a last name";
pub(crate) const FULL_NAME: &str = "a full name";
pub(crate) const EMAIL: &str = "an e-mail address";
pub(crate) const PHONE: &str = "a phone number";
pub(crate) const COMPANY: &str = "a company";
pub(crate) const STREET: &str = "a street";
pub(crate) const CITY: &str = "a city";
pub(crate) const POSTAL_CODE: &str = "a postal code";
pub(crate) const COUNTRY: &str = "a country";
