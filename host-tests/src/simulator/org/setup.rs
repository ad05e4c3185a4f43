//! What an admin set up: users, queues, record types, the rules of the org.

use serde_json::{Value, json};

use super::{Changes, Row, Store};
use crate::simulator::oauth::{USERNAME, integration_user};
use crate::simulator::schema::temporal;

/// The rules of one org.
#[derive(Clone, Debug)]
pub struct Rules {
    pub queue: String,
    /// Ids of those that a save can name.
    pub assignment_rules: Vec<String>,
    /// Record types that exist but are not assigned to the user's profile.
    unavailable_record_types: Vec<String>,
    pub duplicate_rules: Vec<DuplicateRule>,
    pub validation_rules: Vec<ValidationRule>,
    /// Queries that are called by a name: the name and the SOQL with its parameters.
    pub named_queries: Vec<(String, String)>,
}

/// A field whose value other records should not hold.
#[derive(Clone, Debug)]
pub struct DuplicateRule {
    pub sobject: &'static str,
    pub field: &'static str,
    /// Where to look for the value: objects with their field, in the order in which the answer lists them.
    pub matching: Vec<(&'static str, &'static str)>,
    pub allow_save: bool,
}

/// A validation rule of one object.
#[derive(Clone, Debug)]
pub struct ValidationRule {
    pub sobject: String,
    /// Its API name.
    pub name: String,
    pub active: bool,
    /// The field and the value that it refuses.
    pub field: String,
    pub refused: String,
    /// What people are told.
    pub message: String,
    /// Whether that stands beside the field, or above the page.
    pub at_field: bool,
}

impl Rules {
    /// Whether the user may choose a record type.
    pub fn is_available(&self, record_type: &str) -> bool {
        !self.unavailable_record_types.iter().any(|unavailable| unavailable == record_type)
    }
}

/// Writes the setup records of a fresh org and gives its rules.
pub fn install(store: &mut Store) -> Rules {
    let mut add = |sobject: &'static str, prefix: &'static str, values: Value| {
        let id = store.next_id(prefix);
        let created = jiff::Timestamp::UNIX_EPOCH;
        let audit = ["CreatedDate", "LastModifiedDate", "SystemModstamp"];
        let mut fields: Changes = audit.map(|name| (name, temporal::datetime_text(created).into())).into();
        fields.extend(["CreatedById", "LastModifiedById"].map(|name| (name, integration_user().into())));
        let known = SETUP_FIELDS.iter().filter_map(|name| Some((*name, values.get(name)?.clone())));
        fields.extend(known);
        store.insert(sobject, Row { id: id.clone(), values: fields, deleted: false });
        id
    };
    add(
        "User",
        "005",
        json!({
            "Username": USERNAME, "FirstName": "Integration", "LastName": "User",
            "Name": "Integration User", "Email": USERNAME, "IsActive": true,
        }),
    );
    add(
        "UserPermissionAccess",
        "0up",
        json!({ "PermissionsApiEnabled": true, "LastCacheUpdate": temporal::datetime_text(jiff::Timestamp::UNIX_EPOCH) }),
    );
    let queue = add("Group", "00G", json!({ "Name": "Support", "DeveloperName": "Support", "Type": "Queue" }));
    let mut record_type = |sobject: &str, name: &str, developer_name: &str| {
        let values = json!({
            "Name": name, "DeveloperName": developer_name, "SobjectType": sobject, "IsActive": true,
        });
        add("RecordType", "012", values)
    };
    record_type("Case", "Support Case", "Support_Case");
    record_type("Account", "Business", "Business");
    record_type("Case", "Customer Complaint", "Complaint");
    let internal = record_type("Case", "Internal Only", "Internal");
    let rule = json!({ "Name": "Standard", "SobjectType": "Case" });
    let assignment_rule = add("AssignmentRule", "01Q", rule);
    store.commit();
    Rules {
        queue,
        assignment_rules: vec![assignment_rule],
        unavailable_record_types: vec![internal],
        duplicate_rules: Vec::new(),
        validation_rules: Vec::new(),
        named_queries: Vec::new(),
    }
}

const SETUP_FIELDS: &[&str] = &[
    "DeveloperName",
    "Email",
    "FirstName",
    "IsActive",
    "LastCacheUpdate",
    "LastName",
    "Name",
    "PermissionsApiEnabled",
    "SobjectType",
    "Type",
    "Username",
];
