//! What an org file adds: objects, fields, record types, users and queues.

use serde_json::json;

use super::{Assignment, Org, setup};
use crate::simulator::schema::text::keep;
use crate::simulator::schema::{Field, SObject};

impl Org {
    pub(in crate::simulator) fn add_object(&mut self, sobject: SObject) {
        self.change_schema().add(sobject);
    }

    /// Adds a field, or puts it in the place of the name that every new object has; false if there is such a field.
    pub(in crate::simulator) fn add_field(&mut self, sobject: &SObject, field: Field) -> bool {
        self.change_schema().add_field(sobject.name, field)
    }

    /// Names what parents call their children, once all fields are there.
    pub(in crate::simulator) fn settle_schema(&mut self) {
        self.change_schema().settle();
    }

    /// Key prefixes of custom objects are given in the order of their making.
    pub(in crate::simulator) fn free_prefix(&self) -> &'static str {
        let taken = |prefix: &str| self.schema.objects().iter().any(|object| object.prefix == prefix);
        let digits = || ('0'..='9').chain('A'..='Z').chain('a'..='z');
        let all = ('a'..='z')
            .flat_map(|first| digits().flat_map(move |second| digits().map(move |third| [first, second, third])));
        let mut texts = all.map(|letters| letters.into_iter().collect::<String>());
        texts.find(|prefix| !taken(prefix)).map_or("zzz", |prefix| keep(&prefix))
    }

    pub(in crate::simulator) fn add_record_type(
        &mut self,
        sobject: &'static str,
        name: &str,
        developer_name: &str,
        available: bool,
        default: bool,
    ) {
        let id = self.store.next_id("012");
        let id = setup::add_record_type(&mut self.store, id, sobject, name, developer_name, true);
        if default {
            self.rules.default_record_types.insert(sobject, id.clone());
        }
        if !available {
            self.rules.withhold_record_type(id);
        }
        self.store.commit();
    }

    pub(in crate::simulator) fn add_queue(&mut self, name: &str) {
        let developer_name = name.replace(' ', "_");
        let values = json!({ "Name": name, "DeveloperName": developer_name, "Type": "Queue" });
        setup::add(&mut self.store, "Group", "00G", values);
        self.store.commit();
    }

    /// Names and ids of the queues.
    pub(in crate::simulator) fn queues(&self) -> Vec<(String, String)> {
        let queues = self.store.living("Group").filter(|row| row.text("Type") == Some("Queue"));
        queues.map(|row| (row.text("Name").unwrap_or_default().to_owned(), row.id.clone())).collect()
    }

    pub(in crate::simulator) fn add_user(
        &mut self,
        username: &str,
        first_name: Option<&str>,
        last_name: &str,
        email: &str,
        active: bool,
    ) {
        let name = first_name.map_or(last_name.to_owned(), |first| format!("{first} {last_name}"));
        let mut values = json!({
            "Username": username, "LastName": last_name, "Name": name, "Email": email, "IsActive": active,
        });
        if let (Some(first), Some(members)) = (first_name, values.as_object_mut()) {
            members.insert("FirstName".into(), first.into());
        }
        setup::add(&mut self.store, "User", "005", values);
        self.store.commit();
    }

    /// An assignment rule with one entry; the first that fits a record counts.
    pub(in crate::simulator) fn add_assignment(&mut self, name: &str, assignment: Assignment) {
        let values = json!({ "Name": name, "SobjectType": assignment.sobject });
        let id = setup::add(&mut self.store, "AssignmentRule", "01Q", values);
        self.store.commit();
        self.rules.assignment_rules.push(id);
        self.rules.assignments.push(assignment);
    }
}
