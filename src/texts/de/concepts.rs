//! What the names of fields and variables say about the values in them.

pub(crate) const FIRST_NAME: &str = "einen Vornamen";
pub(crate) const LAST_NAME: &str = "einen Nachnamen";
pub(crate) const FULL_NAME: &str = "einen vollen Namen";
pub(crate) const EMAIL: &str = "eine E-Mail-Adresse";
pub(crate) const PHONE: &str = "eine Telefonnummer";
pub(crate) const COMPANY: &str = "eine Firma";
pub(crate) const STREET: &str = "eine Straße";
pub(crate) const CITY: &str = "einen Ort";
pub(crate) const POSTAL_CODE: &str = "eine Postleitzahl";
pub(crate) const COUNTRY: &str = "ein Land";
