//! Person accounts: an account with a last name is a person, and has a contact that only the platform writes.

use jiff::Timestamp;

use super::{defaults, save};
use crate::http::ApiError;
use crate::org::{Changes, Org, read};
use crate::schema::SObject;

/// What a person's contact repeats of its account.
const SHARED: &[(&str, &str)] = &[
    ("LastName", "LastName"),
    ("FirstName", "FirstName"),
    ("PersonEmail", "Email"),
    ("PersonMobilePhone", "MobilePhone"),
];

/// Refuses a new account with two names or with none; outside of orgs with person accounts describe demands `Name`.
pub fn check_new(sobject: &SObject, values: &Changes) -> Result<(), ApiError> {
    let has = |field: &str| values.get(field).is_some_and(|value| !value.is_null());
    if sobject.name != "Account" || sobject.field("IsPersonAccount").is_none() {
        return Ok(());
    }
    match (has("Name"), has("LastName")) {
        (true, true) => Err(ApiError::not_writable(vec!["Name"])),
        (false, false) => Err(ApiError::required(vec!["Name"])),
        _ => Ok(()),
    }
}

/// Refuses to write or delete the contact of a person by itself.
pub fn check_contact(org: &Org, sobject: &SObject, id: &str) -> Result<(), ApiError> {
    let row = org.store.get(id).filter(|_| sobject.name == "Contact");
    if row.is_none_or(|row| !read::is_person(&org.store, sobject.name, row)) {
        return Ok(());
    }
    let message = "this contact belongs to a person account and is written through its account only";
    Err(ApiError::bad("INVALID_FIELD_FOR_INSERT_UPDATE", message).with_fields::<String>([]))
}

/// The contact of an account that is a person.
pub fn contact(org: &Org, sobject: &SObject, account: &str) -> Option<String> {
    let row = org.store.get(account).filter(|_| sobject.name == "Account")?;
    row.text("PersonContactId").map(str::to_owned)
}

/// Gives a new person its contact, and keeps the contact of a known one alike. The account's own checks stand for both.
pub fn follow(org: &mut Org, sobject: &SObject, account: &str, now: Timestamp) {
    let schema = std::sync::Arc::clone(&org.schema);
    let row = org.store.get(account).filter(|row| sobject.name == "Account" && row.text("LastName").is_some());
    let (Some(row), Some(contacts)) = (row, schema.existing("Contact")) else {
        return;
    };
    let mut shared: Changes = SHARED.iter().map(|(own, contact)| (*contact, row.value(own))).collect();
    if let Some(contact) = contact(org, sobject, account) {
        org.store.change(&contact, |row| {
            row.values.extend(shared);
            row.values.retain(|_, value| !value.is_null());
            defaults::compute("Contact", &mut row.values, now);
        });
        return;
    }
    shared.insert("AccountId", account.into());
    let contact = org.store.next_id(contacts.prefix);
    save::insert(org, contacts, shared, contact.clone(), now);
    org.store.change(account, |row| drop(row.values.insert("PersonContactId", contact.into())));
}
