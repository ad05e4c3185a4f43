//! Whether a person may be written to: the Individual that Contacts and Leads are of, and its consent for a way to reach it.
//!
//! Source: object reference, Individual and ContactPointTypeConsent. Where its prose says "required" and its properties
//! "nillable", the properties count, as describe prints them.

use super::field::Kind;
use super::standard::{SALUTATIONS, standard};
use super::{Field, SObject};

const CONTACT_POINTS: &[&str] = &["Email", "MailingAddress", "Phone", "Social", "Web"];
const CONSENT: &[&str] = &["NotSeen", "Seen", "OptIn", "OptInPending", "OptOut", "OptOutPending"];

/// Comes before the people that refer to it.
pub fn individual() -> SObject {
    let flag = |name, label| Field::new(name, label, Kind::Boolean);
    let own = vec![
        Field::text("LastName", "Last Name", 80).required(),
        Field::text("FirstName", "First Name", 40),
        Field::new("Salutation", "Salutation", Kind::Picklist { values: SALUTATIONS, length: 40 }),
        Field::text("Name", "Name", 121).required().read_only().naming(),
        Field::new("BirthDate", "Birth Date", Kind::Date),
        flag("HasOptedOutProcessing", "Don't Process"),
        flag("HasOptedOutProfiling", "Don't Profile"),
        flag("HasOptedOutSolicit", "Don't Market"),
        flag("HasOptedOutTracking", "Don't Track"),
        flag("SendIndividualData", "Export Individual's Data"),
        flag("ShouldForget", "Forget this Individual"),
    ];
    standard("Individual", "Individuals", "0PK", Some(&["User"]), "Individual ID", own)
}

pub fn contact_point_type_consent() -> SObject {
    let point =
        |name, label| Field::new(name, label, Kind::Picklist { values: CONTACT_POINTS, length: 40 }).restricted();
    let status = Kind::Picklist { values: CONSENT, length: 40 };
    let own = vec![
        Field::text("Name", "Name", 255).required().id_lookup().naming(),
        Field::lookup("PartyId", "Party ID", &["Individual"], "Party").required(),
        point("ContactPointType", "Contact Point Type"),
        Field::new("PrivacyConsentStatus", "Privacy Consent Status", status)
            .restricted()
            .required()
            .with_default("NotSeen"),
        Field::new("CaptureDate", "Capture Date", Kind::DateTime),
        point("CaptureContactPointType", "Capture Contact Point Type"),
        Field::text("CaptureSource", "Capture Source", 255),
        Field::new("DoubleConsentCaptureDate", "Double Consent Capture Date", Kind::DateTime),
        Field::new("EffectiveFrom", "Effective From", Kind::DateTime),
        Field::new("EffectiveTo", "Effective To", Kind::DateTime),
    ];
    let (name, plural) = ("ContactPointTypeConsent", "Contact Point Type Consents");
    let consent = standard(name, plural, "0ZX", Some(&["Group", "User"]), "Contact Point Type Consent ID", own);
    SObject { label: "Contact Point Type Consent", ..consent }
}
