//! Members of campaigns: one of a campaign for each person, and what happens to them when a Lead is converted.
//!
//! Source: object reference, CampaignMember; help, "Considerations for Converting Leads".

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::http::ApiError;
use crate::org::{Changes, Org, Row};
use crate::schema::{Field, RESPONDED, SObject};

/// Checks a new member and settles which person it is of; leaves all other objects alone.
///
/// A member with a Contact and a Lead is created without the Lead. That one of the two is needed is documented, the words for
/// it are not.
pub fn complete(org: &Org, sobject: &SObject, values: &mut Changes) -> Result<(), ApiError> {
    if sobject.name != "CampaignMember" {
        return Ok(());
    }
    values.retain(|_, value| !value.is_null());
    if values.contains_key("ContactId") {
        values.remove("LeadId");
    }
    let Some(person) = ["ContactId", "LeadId"].into_iter().find(|field| values.contains_key(field)) else {
        return Err(ApiError::required(vec!["ContactId", "LeadId"]));
    };
    let same = |row: &Row, field: &str| values.get(field).is_some_and(|value| row.holds(field, value, false));
    if org.store.living("CampaignMember").any(|row| same(row, "CampaignId") && same(row, person)) {
        // Unlike that of a unique field, the message names no record.
        return Err(ApiError::bad("DUPLICATE_VALUE", "Already a campaign member.").with_fields::<String>([]));
    }
    Ok(())
}

/// The response follows from the status; its first day stays when the status changes again. The person is a Contact where there
/// are both.
pub fn compute(values: &mut Changes, now: Timestamp) {
    let responded = values.get("Status").and_then(Value::as_str) == Some(RESPONDED);
    values.insert("HasResponded", responded.into());
    if let Some(person) = values.get("ContactId").or(values.get("LeadId")).cloned() {
        values.insert("LeadOrContactId", person);
    }
    if responded {
        let today = now.to_zoned(TimeZone::UTC).date().to_string();
        values.entry("FirstRespondedDate").or_insert_with(|| today.into());
    }
}

/// Whether a member stays without the person that a lookup points to: a converted Lead's is the Contact's as well.
pub fn has_another_person(sobject: &SObject, row: &Row, lookup: &Field) -> bool {
    let other = match lookup.name {
        "ContactId" => "LeadId",
        "LeadId" => "ContactId",
        _ => return false,
    };
    sobject.name == "CampaignMember" && row.text(other).is_some()
}

/// The memberships of a converted Lead become the Contact's. Where the Contact is a member already, the one that is further
/// along counts and the Lead's goes.
pub fn convert(org: &mut Org, lead: &str, contact: &str, now: Timestamp) {
    let of = |org: &Org, field: &str, id: &str| -> Vec<Row> {
        org.store.living("CampaignMember").filter(|row| row.text(field) == Some(id)).cloned().collect()
    };
    for member in of(org, "LeadId", lead) {
        let campaign = member.value("CampaignId");
        let own = of(org, "ContactId", contact).into_iter().find(|own| own.value("CampaignId") == campaign);
        let Some(own) = own else {
            org.store.change(&member.id, |row| {
                row.values.insert("ContactId", contact.into());
                compute(&mut row.values, now);
            });
            continue;
        };
        org.store.change(&member.id, |row| row.deleted = true);
        if member.text("Status") == Some(RESPONDED) {
            org.store.change(&own.id, |row| {
                row.values.insert("Status", RESPONDED.into());
                compute(&mut row.values, now);
            });
        }
    }
}
