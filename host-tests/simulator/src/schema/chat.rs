//! Sessions of conversations with people. Source: object reference, MessagingSession. Clients only read them.

use super::standard::standard;
use super::{Field, Kind, SObject};

const STATUSES: &[&str] = &["New", "Waiting", "Active", "Inactive", "Ended", "Error"];

pub fn objects() -> Vec<SObject> {
    let datetime = |name, label| Field::new(name, label, Kind::DateTime);
    let own = vec![
        Field::text("Name", "Messaging Session Number", 255).auto_number().naming(),
        Field::picklist("Status", "Status", STATUSES).restricted(),
        Field::lookup("CaseId", "Case ID", &["Case"], "Case"),
        Field::text("SessionKey", "Session Key", 255),
        datetime("StartTime", "Start Time"),
        datetime("AcceptTime", "Accept Time"),
        datetime("EndTime", "End Time"),
    ];
    let (name, plural) = ("MessagingSession", "Messaging Sessions");
    let session = standard(name, plural, "0Mw", None, "Messaging Session ID", own);
    vec![SObject { label: "Messaging Session", writable: false, ..session }]
}
