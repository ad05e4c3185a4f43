//! Activities: what is to be done for a person, and when. Source: object reference, Task and Event; a recorded describe of Event.

use super::field::Kind;
use super::standard::standard;
use super::{Field, SObject};

const WHO: &[&str] = &["Contact", "Lead"];
const WHAT: &[&str] = &["Account", "Campaign", "Case", "Opportunity", "Ticket__c", "acme__Order__c"];
const SUBJECTS: &[&str] = &["Call", "Email", "Send Letter", "Send Quote", "Other"];
const STATUSES: &[&str] = &["Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"];

pub fn objects() -> Vec<SObject> {
    vec![task(), event()]
}

/// What Task and Event share. The person's activities go with the person.
fn activity(own: Vec<Field>) -> Vec<Field> {
    let mut fields = vec![
        Field::lookup("WhoId", "Name ID", WHO, "Who").cascading(),
        Field::lookup("WhatId", "Related To ID", WHAT, "What"),
        Field::new("Subject", "Subject", Kind::Combobox { values: SUBJECTS }).naming(),
        Field::new("ActivityDate", "Due Date Only", Kind::Date),
        Field::area("Description", "Description", 32_000),
    ];
    fields.extend(own);
    fields
}

fn task() -> SObject {
    let picklist = |name, label, values| Field::new(name, label, Kind::Picklist { values, length: 40 }).required();
    let own = vec![
        picklist("Status", "Status", STATUSES).with_default("Not Started"),
        picklist("Priority", "Priority", &["High", "Normal", "Low"]).with_default("Normal"),
        Field::new("IsHighPriority", "High Priority", Kind::Boolean).read_only(),
        Field::new("IsClosed", "Closed", Kind::Boolean).read_only(),
        Field::new("CompletedDateTime", "Completed Date", Kind::DateTime).read_only(),
    ];
    standard("Task", "Tasks", "00T", Some(&["Group", "User"]), "Activity ID", activity(own))
}

fn event() -> SObject {
    let own = vec![
        Field::text("Location", "Location", 255),
        Field::new("IsAllDayEvent", "All-Day Event", Kind::Boolean),
        Field::new("ActivityDateTime", "Due Date Time", Kind::DateTime),
        Field::new("DurationInMinutes", "Duration", Kind::Int),
        Field::new("StartDateTime", "Start Date Time", Kind::DateTime),
        Field::new("EndDateTime", "End Date Time", Kind::DateTime),
    ];
    standard("Event", "Events", "00U", Some(&["User"]), "Activity ID", activity(own))
}
