//! Objects that an admin fills in Setup: a client queries them and never writes them.

use super::field::Kind;
use super::standard::standard;
use super::{Can, Field, SObject};

/// All of them; business records refer to them.
pub fn objects() -> Vec<SObject> {
    vec![
        organization(),
        profile(),
        user(),
        user_permission_access(),
        permission_set(),
        group(),
        record_type(),
        assignment_rule(),
    ]
}

fn setup(mut object: SObject, label: &'static str) -> SObject {
    object.label = label;
    object.writable = false;
    object
}

/// The org itself, in one record.
fn organization() -> SObject {
    let text = |name, label, length| Field::text(name, label, length);
    let own = vec![
        text("Name", "Name", 80).required().naming(),
        text("OrganizationType", "Edition", 40),
        text("InstanceName", "Instance Name", 5),
        Field::new("IsSandbox", "Is Sandbox", Kind::Boolean),
        text("NamespacePrefix", "Namespace Prefix", 15),
        text("LanguageLocaleKey", "Language", 40),
        text("DefaultLocaleSidKey", "Locale", 40),
        text("TimeZoneSidKey", "Time Zone", 40),
    ];
    setup(standard("Organization", "Organizations", "00D", None, "Organization ID", own), "Organization")
}

fn profile() -> SObject {
    let own = vec![
        Field::text("Name", "Name", 255).required().naming(),
        Field::text("UserType", "User Type", 40),
        Field::text("Description", "Description", 255),
    ];
    setup(standard("Profile", "Profiles", "00e", None, "Profile ID", own), "Profile")
}

/// Each profile has one of its own, beside those that an admin makes.
fn permission_set() -> SObject {
    let own = vec![
        Field::text("Name", "Permission Set Name", 80).required().naming(),
        Field::text("Label", "Permission Set Label", 80).required(),
        Field::new("IsOwnedByProfile", "Is Owned By Profile", Kind::Boolean),
        Field::lookup("ProfileId", "Profile ID", &["Profile"], "Profile"),
    ];
    setup(standard("PermissionSet", "Permission Sets", "0PS", None, "PermissionSet ID", own), "Permission Set")
}

fn user() -> SObject {
    let own = vec![
        Field::text("Username", "Username", 80).required(),
        Field::text("LastName", "Last Name", 80).required(),
        Field::text("FirstName", "First Name", 40),
        Field::text("Name", "Full Name", 121).required().read_only().naming(),
        Field::new("Email", "Email", Kind::Email).required(),
        Field::new("IsActive", "Active", Kind::Boolean),
        Field::lookup("ProfileId", "Profile ID", &["Profile"], "Profile").required(),
    ];
    setup(standard("User", "Users", "005", None, "User ID", own), "User")
}

/// What the user of the token may do. A view without owner or dates, and never written.
fn user_permission_access() -> SObject {
    let permission = |name, label| Field::new(name, label, Kind::Boolean).read_only();
    let fields = vec![
        Field::new("Id", "UserPermissionAccess ID", Kind::Id).read_only().defaulted(),
        permission("PermissionsApiEnabled", "API Enabled"),
        permission("PermissionsModifyAllData", "Modify All Data"),
        permission("PermissionsViewAllData", "View All Data"),
        Field::new("LastCacheUpdate", "Last Cache Update", Kind::DateTime).read_only(),
    ];
    let (name, label) = ("UserPermissionAccess", "User Permission Access");
    SObject {
        name,
        label,
        label_plural: label,
        prefix: "0up",
        custom: false,
        writable: false,
        can: Can::ALL,
        retrieveable: false,
        access: None,
        fields,
        document: None,
    }
}

fn group() -> SObject {
    let own = vec![
        Field::text("Name", "Name", 40).required().naming(),
        Field::text("DeveloperName", "Developer Name", 80),
        Field::new("Type", "Type", Kind::Picklist { values: &["Regular", "Queue"], length: 40 })
            .required()
            .restricted(),
    ];
    setup(standard("Group", "Groups", "00G", None, "Group ID", own), "Group")
}

fn record_type() -> SObject {
    let own = vec![
        Field::text("Name", "Name", 80).required().naming(),
        Field::text("DeveloperName", "Record Type Name", 80).required(),
        Field::text("SobjectType", "SObject Type Name", 40).required(),
        Field::new("IsActive", "Active", Kind::Boolean),
    ];
    setup(standard("RecordType", "Record Types", "012", None, "Record Type ID", own), "Record Type")
}

fn assignment_rule() -> SObject {
    let own = vec![
        Field::text("Name", "Name", 120).naming(),
        Field::new("SobjectType", "SObject Type", Kind::Picklist { values: &["Case", "Lead"], length: 40 })
            .restricted(),
        Field::new("Active", "Active", Kind::Boolean),
    ];
    setup(standard("AssignmentRule", "Assignment Rules", "01Q", None, "Assignment Rule ID", own), "Assignment Rule")
}
