//! Leads that people have converted: what is left of them points to the Contact and the Account that they became.
//!
//! A converted Lead is found by queries as before, but is written no more. Source: object reference, Lead; SOAP API guide,
//! `CANNOT_UPDATE_CONVERTED_LEAD`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{activity, campaign, defaults};
use crate::http::ApiError;
use crate::org::{Changes, Org};
use crate::schema::{SObject, id};

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
        if let Some(contact) = &contact {
            campaign::convert(self, &lead.id, &contact.id, now);
            activity::convert(self, &lead.id, &contact.id);
        }
        let account = contact.as_ref().map(|contact| contact.value("AccountId"));
        self.store.change(&lead.id, |row| {
            row.values.insert("IsConverted", true.into());
            row.values.insert("Status", "Closed - Converted".into());
            row.values.insert("ConvertedDate", now.to_zoned(TimeZone::UTC).date().to_string().into());
            row.values.extend(contact.map(|contact| ("ConvertedContactId", contact.id.into())));
            row.values.extend(account.filter(|account| !account.is_null()).map(|id| ("ConvertedAccountId", id)));
            defaults::compute("Lead", &mut row.values, now);
        });
        true
    }
}

/// Refuses a lookup to a Lead that has been converted, whichever object it is of. Source: the words of the refusal.
pub fn check_lookups(org: &Org, sobject: &SObject, values: &Changes) -> Result<(), ApiError> {
    let lookups = sobject.fields.iter().filter(|field| field.references().contains(&"Lead"));
    let mut leads = lookups.filter_map(|field| values.get(field.name)?.as_str());
    match leads.any(|id| is_converted(org, id)) {
        true => Err(converted()),
        false => Ok(()),
    }
}

/// Refuses to write a Lead that has been converted.
pub fn check(org: &Org, sobject: &SObject, id: &str) -> Result<(), ApiError> {
    match sobject.name == "Lead" && is_converted(org, id) {
        true => Err(converted()),
        false => Ok(()),
    }
}

fn is_converted(org: &Org, id: &str) -> bool {
    org.store.get(id).is_some_and(|row| row.holds("IsConverted", &true.into(), false))
}

fn converted() -> ApiError {
    ApiError::bad("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead").with_fields::<String>([])
}
