//! Campaigns and their members. Source: object reference, Campaign and CampaignMember; a recorded global describe for the prefixes.

use super::field::Kind;
use super::standard::standard;
use super::{Field, SObject};

const TYPES: &[&str] = &["Conference", "Webinar", "Trade Show", "Email", "Advertisement", "Other"];
const STATUSES: &[&str] = &["Planned", "In Progress", "Completed", "Aborted"];
/// What every new campaign has; only an answer counts as a response.
const MEMBER_STATUSES: &[&str] = &["Sent", RESPONDED];
pub const RESPONDED: &str = "Responded";
const PEOPLE: &[&str] = &["Contact", "Lead"];

/// Parents before children.
pub fn objects() -> Vec<SObject> {
    vec![campaign(), member()]
}

fn picklist(name: &'static str, label: &'static str, values: &'static [&'static str]) -> Field {
    Field::new(name, label, Kind::Picklist { values, length: 40 })
}

fn campaign() -> SObject {
    let own = vec![
        Field::text("Name", "Name", 80).required().naming(),
        Field::lookup("ParentId", "Parent Campaign ID", &["Campaign"], "Parent"),
        picklist("Type", "Type", TYPES).with_default("Conference"),
        picklist("Status", "Status", STATUSES).with_default("Planned"),
        Field::new("StartDate", "Start Date", Kind::Date),
        Field::new("EndDate", "End Date", Kind::Date),
        Field::new("IsActive", "Active", Kind::Boolean),
        Field::area("Description", "Description", 32_000),
    ];
    standard("Campaign", "Campaigns", "701", Some(&["User"]), "Campaign ID", own)
}

/// A member stays what it was created as: only its status can be changed. What it repeats of the person is read-only.
fn member() -> SObject {
    let fixed = |mut field: Field| {
        field.updateable = false;
        field.cascading()
    };
    let own = vec![
        fixed(Field::lookup("CampaignId", "Campaign ID", &["Campaign"], "Campaign").required()),
        fixed(Field::lookup("LeadId", "Lead ID", &["Lead"], "Lead")),
        fixed(Field::lookup("ContactId", "Contact ID", &["Contact"], "Contact")),
        picklist("Status", "Status", MEMBER_STATUSES).with_default("Sent"),
        Field::new("HasResponded", "Responded", Kind::Boolean).read_only(),
        Field::new("FirstRespondedDate", "First Responded Date", Kind::Date).read_only(),
        Field::text("FirstName", "First Name", 40).read_only(),
        Field::text("LastName", "Last Name", 80).read_only(),
        Field::new("Email", "Email", Kind::Email).read_only(),
        Field::new("Phone", "Phone", Kind::Phone).read_only(),
        Field::lookup("LeadOrContactId", "Lead/Contact ID", PEOPLE, "LeadOrContact").read_only(),
        picklist("Type", "Type", PEOPLE).read_only(),
    ];
    let member = standard("CampaignMember", "Campaign Members", "00v", None, "Campaign Member ID", own);
    SObject { label: "Campaign Member", ..member }
}
