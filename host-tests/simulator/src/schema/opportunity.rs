//! Opportunities, and the stages that they go through. Source: object reference, Opportunity; the stages of a new Developer Edition org.

use super::field::Kind;
use super::standard::standard;
use super::{Field, SObject};

/// What a stage says of the opportunities in it.
#[derive(Debug)]
pub struct Stage {
    pub name: &'static str,
    /// In percent.
    pub probability: u32,
    pub is_closed: bool,
    pub is_won: bool,
}

const fn open(name: &'static str, probability: u32) -> Stage {
    Stage { name, probability, is_closed: false, is_won: false }
}

static STAGES: [Stage; 10] = [
    open("Prospecting", 10),
    open("Qualification", 10),
    open("Needs Analysis", 20),
    open("Value Proposition", 50),
    open("Id. Decision Makers", 60),
    open("Perception Analysis", 70),
    open("Proposal/Price Quote", 75),
    open("Negotiation/Review", 90),
    Stage { name: "Closed Won", probability: 100, is_closed: true, is_won: true },
    Stage { name: "Closed Lost", probability: 0, is_closed: true, is_won: false },
];
/// Their names, as a picklist has them.
const NAMES: &[&str] = &[
    "Prospecting",
    "Qualification",
    "Needs Analysis",
    "Value Proposition",
    "Id. Decision Makers",
    "Perception Analysis",
    "Proposal/Price Quote",
    "Negotiation/Review",
    "Closed Won",
    "Closed Lost",
];
const TYPES: &[&str] = &[
    "Existing Customer - Upgrade",
    "Existing Customer - Replacement",
    "Existing Customer - Downgrade",
    "New Customer",
];
const SOURCES: &[&str] = &["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];

/// The stage of that name.
pub fn stage(name: &str) -> Option<&'static Stage> {
    STAGES.iter().find(|stage| stage.name == name)
}

pub fn opportunity() -> SObject {
    let picklist = |name, label, values, length| Field::new(name, label, Kind::Picklist { values, length });
    let own = vec![
        Field::text("Name", "Name", 120).required().naming(),
        Field::lookup("AccountId", "Account ID", &["Account"], "Account").cascading(),
        Field::lookup("ContactId", "Contact ID", &["Contact"], "Contact"),
        Field::lookup("CampaignId", "Campaign ID", &["Campaign"], "Campaign"),
        picklist("StageName", "Stage", NAMES, 255).required(),
        Field::new("CloseDate", "Close Date", Kind::Date).required(),
        Field::new("Amount", "Amount", Kind::Currency { precision: 18, scale: 2 }),
        Field::new("Probability", "Probability (%)", Kind::Percent { precision: 3, scale: 0 }),
        picklist("Type", "Opportunity Type", TYPES, 255),
        picklist("LeadSource", "Lead Source", SOURCES, 255),
        Field::text("NextStep", "Next Step", 255),
        Field::area("Description", "Description", 32_000),
        Field::new("IsClosed", "Closed", Kind::Boolean).read_only(),
        Field::new("IsWon", "Won", Kind::Boolean).read_only(),
    ];
    standard("Opportunity", "Opportunities", "006", Some(&["User"]), "Opportunity ID", own)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, STAGES};

    #[test]
    fn the_picklist_has_all_stages() {
        assert!(STAGES.iter().map(|stage| stage.name).eq(NAMES.iter().copied()));
    }
}
