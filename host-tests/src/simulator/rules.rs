//! What an admin set up: users, queues, record types, the assignment rule.

use serde_json::{Value, json};

use super::call::Options;
use super::duplicates::DuplicateRule;
use super::error::ApiError;
use super::org::Org;
use super::schema::SObject;
use super::store::{Row, Store};
use super::tooling::ValidationRule;
use super::validate::Changes;
use super::{id, temporal};

/// The rules of one org.
#[derive(Clone, Debug)]
pub struct Rules {
    queue: String,
    /// Ids of those that a save can name.
    pub(super) assignment_rules: Vec<String>,
    /// Record types that exist but are not assigned to the user's profile.
    unavailable_record_types: Vec<String>,
    pub duplicate_rules: Vec<DuplicateRule>,
    pub validation_rules: Vec<ValidationRule>,
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

/// Name and e-mail address of the integration user.
pub const USERNAME: &str = "integration@simulator.example";

/// The user whose token all clients have; the first user record of every org.
pub fn integration_user() -> String {
    id::numbered("005", 1)
}

/// The queue to which the assignment rule moves this save, if it runs.
///
/// Over REST the header defaults to TRUE, and the rule runs on updates too: a client that forgets FALSE when it updates
/// a case takes it away from the agent who works on it.
pub fn assigned_owner(org: &Org, sobject: &SObject, options: &Options) -> Result<Option<String>, ApiError> {
    let runs = match options.auto_assign.as_deref() {
        Some(value) if value.eq_ignore_ascii_case("FALSE") => return Ok(None),
        None => true,
        Some(value) if value.eq_ignore_ascii_case("TRUE") => true,
        Some(value) => {
            let named = id::to_18(value).is_some_and(|rule| org.rules.assignment_rules.contains(&rule));
            if !named {
                return Err(ApiError::bad("MALFORMED_ID", format!("Invalid assignment rule id: {value}")));
            }
            // A rule that is named runs even when it is not the active one.
            return Ok((sobject.name == "Case").then(|| org.rules.queue.clone()));
        }
    };
    let active = runs && org.settings.case_assignment_rule && sobject.name == "Case";
    Ok(active.then(|| org.rules.queue.clone()))
}
