//! What parents call their children, in subqueries and in describe.
//!
//! Source: `childRelationships` of recorded describes of Account, Contact, Lead and Case; object reference for the others.

use super::text::keep;
use super::{Field, SObject, Schema};

/// Object, lookup, and the name.
const NAMES: &[(&str, &str, &str)] = &[
    ("Account", "ParentId", "ChildAccounts"),
    ("Contact", "AccountId", "Contacts"),
    ("Contact", "IndividualId", "Contacts"),
    ("Lead", "IndividualId", "Leads"),
    ("Case", "AccountId", "Cases"),
    ("Case", "ContactId", "Cases"),
    ("Case", "ParentId", "Cases"),
    ("CaseComment", "ParentId", "CaseComments"),
    ("Campaign", "ParentId", "ChildCampaigns"),
    ("CampaignMember", "CampaignId", "CampaignMembers"),
    ("CampaignMember", "ContactId", "CampaignMembers"),
    ("CampaignMember", "LeadId", "CampaignMembers"),
    ("ContactPointTypeConsent", "PartyId", "ContactPointTypeConsents"),
    ("ContentVersion", "ContentDocumentId", "ContentVersions"),
    ("Event", "WhoId", "Events"),
    ("Event", "WhatId", "Events"),
    ("Opportunity", "AccountId", "Opportunities"),
    ("Task", "WhoId", "Tasks"),
    ("Task", "WhatId", "Tasks"),
    ("acme__Order__c", "acme__Contact__c", "acme__Orders__r"),
];

/// Names the children of lookups that have no name yet. A custom lookup's is the plural that an admin is offered.
pub fn name(objects: &mut [SObject]) {
    for object in objects {
        let plural: String = object.label_plural.chars().filter(char::is_ascii_alphanumeric).collect();
        for field in object.fields.iter_mut().filter(|field| !field.references().is_empty()) {
            let known = NAMES.iter().find(|(name, lookup, _)| *name == object.name && *lookup == field.name);
            field.children = field.children.or(known.map(|(_, _, name)| *name));
            if field.children.is_none() && field.name.ends_with("__c") && !plural.is_empty() {
                field.children = Some(keep(&format!("{plural}__r")));
            }
        }
    }
}

impl Schema {
    /// The object that a parent calls so in any case, and its lookup to the parent.
    pub fn children(&self, parent: &str, name: &str) -> Option<(&SObject, &Field)> {
        self.objects().iter().filter(|object| !object.is_hidden()).find_map(|object| {
            let is_meant = |field: &&Field| {
                field.children.is_some_and(|known| known.eq_ignore_ascii_case(name))
                    && field.references().contains(&parent)
            };
            Some((object, object.visible().find(is_meant)?))
        })
    }
}
