//! Leads that people have converted: what is left of them points to the Contact and the Account that they became.
//!
//! A converted Lead is found by queries as before, but is written no more. Source: object reference, Lead; SOAP API guide,
//! `CANNOT_UPDATE_CONVERTED_LEAD`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::save;
use crate::simulator::http::ApiError;
use crate::simulator::org::Org;
use crate::simulator::schema::{SObject, id};

impl Org {
    /// Converts a Lead to an existing Contact, and to the Contact's Account; without one, to a Contact that is gone since.
    /// False where one of them is not there, or the Lead is converted already.
    pub fn convert_lead(&mut self, lead: &str, contact: Option<&str>, now: Timestamp) -> bool {
        let living = |given: &str, sobject| {
            let id = id::to_18(given)?;
            self.store.living(sobject).find(|row| row.id == id).cloned()
        };
        let contact = match contact.map(|contact| living(contact, "Contact")) {
            Some(None) => return false,
            found => found.flatten(),
        };
        let Some(lead) = living(lead, "Lead").filter(|lead| !lead.holds("IsConverted", &true.into(), false)) else {
            return false;
        };
        let account = contact.as_ref().map(|contact| contact.value("AccountId"));
        self.store.change(&lead.id, |row| {
            row.values.insert("IsConverted", true.into());
            row.values.insert("Status", "Closed - Converted".into());
            row.values.insert("ConvertedDate", now.to_zoned(TimeZone::UTC).date().to_string().into());
            row.values.extend(contact.map(|contact| ("ConvertedContactId", contact.id.into())));
            row.values.extend(account.filter(|account| !account.is_null()).map(|id| ("ConvertedAccountId", id)));
            save::compute("Lead", &mut row.values, now);
        });
        true
    }
}

/// Refuses to write a Lead that has been converted.
pub fn check(org: &Org, sobject: &SObject, id: &str) -> Result<(), ApiError> {
    let is_converted = |id| org.store.get(id).is_some_and(|row| row.holds("IsConverted", &true.into(), false));
    match sobject.name == "Lead" && is_converted(id) {
        true => {
            let error = ApiError::bad("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
            Err(error.with_fields::<String>([]))
        }
        false => Ok(()),
    }
}
