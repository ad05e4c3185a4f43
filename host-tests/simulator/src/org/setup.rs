//! What an admin set up: users, queues, record types, the rules of the org.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Assignment, Changes, Check, OnSave, Store};
use crate::oauth::{USERNAME, integration_user};
use crate::schema::described::Described;
use crate::schema::{id, temporal};

/// The rules of one org.
#[derive(Clone, Debug)]
pub struct Rules {
    pub queue: String,
    /// Ids of those that a save can name.
    pub assignment_rules: Vec<String>,
    /// Record types that exist but are not assigned to the user's profile.
    unavailable_record_types: Vec<String>,
    /// The record type that a new record gets, by its object, where that is not the master one.
    pub default_record_types: BTreeMap<&'static str, String>,
    pub duplicate_rules: Vec<DuplicateRule>,
    pub validation_rules: Vec<ValidationRule>,
    /// Validation rules whose conditions are formulas.
    pub checks: Vec<Check>,
    pub on_save: Vec<OnSave>,
    /// Beside the one that moves every case to the queue.
    pub assignments: Vec<Assignment>,
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
    /// Takes a record type away from the user.
    pub fn withhold_record_type(&mut self, id: String) {
        self.unavailable_record_types.push(id);
    }

    /// Whether the user may choose a record type.
    pub fn is_available(&self, record_type: &str) -> bool {
        !self.unavailable_record_types.iter().any(|unavailable| unavailable == record_type)
    }
}

/// Writes the setup records of a fresh org and gives its rules.
pub fn install(store: &mut Store) -> Rules {
    let queue = install_users(store);
    let mut record_type = |sobject: &str, name: &str, developer_name: &str| {
        let id = store.next_id("012");
        add_record_type(store, id, sobject, name, developer_name, true)
    };
    record_type("Case", "Support Case", "Support_Case");
    record_type("Account", "Business", "Business");
    record_type("Case", "Customer Complaint", "Complaint");
    let internal = record_type("Case", "Internal Only", "Internal");
    let mut rules = rules(store, queue);
    rules.unavailable_record_types.push(internal);
    rules
}

/// The same of an org of somebody's own, whose describes say which record types there are.
pub fn install_described(store: &mut Store, described: &Described) -> Rules {
    let queue = install_users(store);
    let mut rules = rules(store, queue);
    for object in &described.objects {
        for given in &object.record_types {
            let (name, developer_name) = (given.name.as_str(), given.developer_name.as_str());
            let id = add_record_type(store, given.id.clone(), object.sobject.name, name, developer_name, given.active);
            if given.default {
                rules.default_record_types.insert(object.sobject.name, id.clone());
            }
            if !given.available {
                rules.unavailable_record_types.push(id);
            }
        }
    }
    store.commit();
    rules
}

/// The org, the user of the API, what that user may do, and a queue, whose id it gives.
fn install_users(store: &mut Store) -> String {
    add_with_id(
        store,
        "Organization",
        id::numbered("00D", 1),
        json!({
            "Name": "Simulated", "OrganizationType": "Developer Edition", "InstanceName": "SIM1", "IsSandbox": false,
            "LanguageLocaleKey": "en_US", "DefaultLocaleSidKey": "en_US", "TimeZoneSidKey": "GMT",
        }),
    );
    let profile = add(store, "Profile", "00e", json!({ "Name": "Integration", "UserType": "Standard" }));
    add(
        store,
        "PermissionSet",
        "0PS",
        json!({ "Name": "X00eIntegration", "Label": "Integration", "IsOwnedByProfile": true, "ProfileId": profile }),
    );
    add(
        store,
        "User",
        "005",
        json!({
            "Username": USERNAME, "FirstName": "Integration", "LastName": "User",
            "Name": "Integration User", "Email": USERNAME, "IsActive": true, "ProfileId": profile,
        }),
    );
    add(
        store,
        "UserPermissionAccess",
        "0up",
        json!({ "PermissionsApiEnabled": true, "LastCacheUpdate": temporal::datetime_text(jiff::Timestamp::UNIX_EPOCH) }),
    );
    add(store, "Group", "00G", json!({ "Name": "Support", "DeveloperName": "Support", "Type": "Queue" }))
}

fn rules(store: &mut Store, queue: String) -> Rules {
    let assignment_rule = add(store, "AssignmentRule", "01Q", json!({ "Name": "Standard", "SobjectType": "Case" }));
    store.commit();
    Rules {
        queue,
        assignment_rules: vec![assignment_rule],
        unavailable_record_types: Vec::new(),
        default_record_types: BTreeMap::new(),
        duplicate_rules: Vec::new(),
        validation_rules: Vec::new(),
        checks: Vec::new(),
        on_save: Vec::new(),
        assignments: Vec::new(),
        named_queries: Vec::new(),
    }
}

pub fn add_record_type(
    store: &mut Store,
    id: String,
    sobject: &str,
    name: &str,
    developer_name: &str,
    active: bool,
) -> String {
    let values = json!({ "Name": name, "DeveloperName": developer_name, "SobjectType": sobject, "IsActive": active });
    add_with_id(store, "RecordType", id, values)
}

pub fn add(store: &mut Store, sobject: &'static str, prefix: &'static str, values: Value) -> String {
    let id = store.next_id(prefix);
    add_with_id(store, sobject, id, values)
}

fn add_with_id(store: &mut Store, sobject: &'static str, id: String, values: Value) -> String {
    let created = jiff::Timestamp::UNIX_EPOCH;
    let audit = ["CreatedDate", "LastModifiedDate", "SystemModstamp"];
    let mut fields: Changes = audit.map(|name| (name, temporal::datetime_text(created).into())).into();
    fields.extend(["CreatedById", "LastModifiedById"].map(|name| (name, integration_user().into())));
    let known = SETUP_FIELDS.iter().filter_map(|name| Some((*name, values.get(name)?.clone())));
    fields.extend(known);
    store.insert(sobject, id.clone(), &fields);
    id
}

const SETUP_FIELDS: &[&str] = &[
    "DefaultLocaleSidKey",
    "DeveloperName",
    "Email",
    "FirstName",
    "InstanceName",
    "IsActive",
    "IsOwnedByProfile",
    "IsSandbox",
    "Label",
    "LanguageLocaleKey",
    "LastCacheUpdate",
    "LastName",
    "Name",
    "OrganizationType",
    "PermissionsApiEnabled",
    "ProfileId",
    "SobjectType",
    "TimeZoneSidKey",
    "Type",
    "UserType",
    "Username",
];
