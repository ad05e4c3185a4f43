//! What the org knows of its objects and fields.
//!
//! One table serves both sides: it validates writes and it is printed by describe. So a client that believes describe
//! is never refused for that, and one that does not is.

mod activity;
pub mod address;
mod campaign;
mod chat;
mod children;
mod consent;
mod content;
pub mod convert;
mod custom;
mod decimal;
pub mod described;
mod field;
pub mod id;
mod knowledge;
mod opportunity;
mod person;
mod published;
mod setup;
mod standard;
pub mod temporal;
pub mod text;

pub use campaign::RESPONDED;
pub use decimal::Decimal;
use described::Described;
pub use field::{Dependency, Field, Kind};
pub use opportunity::stage;

use std::sync::Arc;

/// What is left to the API user of a field (field-level security) or of a whole object (object permissions).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Not in describe, and unknown to every request.
    Hidden,
    /// Readable. A write is INVALID_FIELD_FOR_INSERT_UPDATE on a field, INSUFFICIENT_ACCESS_OR_READONLY on an object.
    ReadOnly,
}

/// What an object allows, beside what the user's permissions do.
#[derive(Clone, Copy, Debug)]
pub struct Can {
    pub create: bool,
    pub update: bool,
    pub delete: bool,
    pub query: bool,
}

impl Can {
    pub const ALL: Can = Can { create: true, update: true, delete: true, query: true };
    /// Of a platform event.
    pub const CREATE: Can = Can { create: true, update: false, delete: false, query: false };
}

/// One object.
#[derive(Clone, Debug)]
pub struct SObject {
    pub name: &'static str,
    pub label: &'static str,
    pub label_plural: &'static str,
    /// The first three characters of its records' ids.
    pub prefix: &'static str,
    pub custom: bool,
    /// Whether records can be written at all; setup objects are query-only.
    pub writable: bool,
    /// What can be done to records of an object that is written, and whether queries know it.
    pub can: Can,
    /// Whether a record can be fetched by its id; a view answers queries only.
    pub retrieveable: bool,
    /// What the user's permissions leave of it; `None` when they restrict nothing.
    pub access: Option<Access>,
    pub fields: Vec<Field>,
    /// What the describe that it comes from says of the object itself, in JSON.
    pub document: Option<Arc<str>>,
}

impl SObject {
    /// A new custom object, which has a name and an owner, or a new platform event, which has neither.
    pub fn custom(
        name: &'static str,
        label: &'static str,
        label_plural: &'static str,
        prefix: &'static str,
    ) -> SObject {
        let is_event = name.ends_with("__e");
        let fields = match is_event {
            true => published::system_fields(),
            false => custom::system_fields(),
        };
        SObject {
            name,
            label,
            label_plural,
            prefix,
            custom: true,
            writable: true,
            can: if is_event { Can::CREATE } else { Can::ALL },
            retrieveable: !is_event,
            access: None,
            fields,
            document: None,
        }
    }

    /// The field of that name in any case, unless it is hidden from the user.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.visible().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The lookup whose relationship has that name in any case (`Account`, `Contact__r`).
    pub fn relationship(&self, name: &str) -> Option<&Field> {
        self.visible().find(|field| field.relationship().is_some_and(|known| known.eq_ignore_ascii_case(name)))
    }

    pub fn is_hidden(&self) -> bool {
        self.access == Some(Access::Hidden)
    }

    /// Whether it is a platform event: published by a create, and neither read nor written after.
    pub fn is_event(&self) -> bool {
        self.name.ends_with("__e")
    }

    /// Whether this user may write records.
    pub fn is_writable(&self) -> bool {
        self.writable && self.access.is_none()
    }

    /// The fields that the user can see.
    pub fn visible(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.hidden)
    }
}

/// All objects of the org.
#[derive(Clone, Debug)]
pub struct Schema {
    objects: Vec<SObject>,
    person_accounts: bool,
    address_picklists: bool,
}

impl Schema {
    /// The standard objects plus the custom objects and fields that the tests use.
    pub fn new() -> Schema {
        let mut objects = setup::objects();
        objects.push(consent::individual());
        objects.extend(standard::objects());
        objects.extend(campaign::objects());
        custom::extend(&mut objects);
        objects.extend(custom::objects());
        objects.extend(later_standard());
        objects.push(published::chat_event());
        objects.extend(files_and_articles());
        children::name(&mut objects);
        Schema { objects, person_accounts: false, address_picklists: false }
    }

    /// An org of somebody's own: what its describes say, and the platform's objects around it, without any sample.
    pub fn described(described: &Described) -> Schema {
        let mut platform = setup::objects();
        platform.push(consent::individual());
        platform.extend(standard::objects());
        platform.extend(campaign::objects());
        platform.extend(later_standard());
        platform.extend(files_and_articles());
        let objects = described::objects(platform, described);
        let is_described = |object: &&SObject| object.document.is_some();
        let person_accounts = objects.iter().filter(is_described).any(|object| {
            object.name == "Account" && object.fields.iter().any(|field| field.name == "IsPersonAccount")
        });
        let address_picklists = objects.iter().filter(is_described).any(|object| !address::pairs(object).is_empty());
        let mut schema = Schema { objects, person_accounts, address_picklists };
        // What is not described follows what is.
        let others = |object: &&mut SObject| object.document.is_none();
        for object in schema.objects.iter_mut().filter(others) {
            person::switch(object, person_accounts);
            address::switch(object, address_picklists);
        }
        schema
    }

    /// Hidden ones included, in an order in which parents come before children.
    pub fn objects(&self) -> &[SObject] {
        &self.objects
    }

    /// The object of that name in any case, unless it is hidden from the user.
    pub fn object(&self, name: &str) -> Option<&SObject> {
        self.existing(name).filter(|object| !object.is_hidden())
    }

    /// The object of that name in any case, whether or not the user can see it.
    pub fn existing(&self, name: &str) -> Option<&SObject> {
        self.objects.iter().find(|object| object.name.eq_ignore_ascii_case(name))
    }

    /// The object whose records have that key prefix.
    pub fn by_prefix(&self, id: &str) -> Option<&SObject> {
        self.objects.iter().find(|object| id.starts_with(object.prefix))
    }

    /// A field, hidden or not, for what an admin changes of it.
    pub fn field_mut(&mut self, sobject: &str, field: &str) -> Option<&mut Field> {
        let object = self.existing_mut(sobject)?;
        object.fields.iter_mut().find(|known| known.name.eq_ignore_ascii_case(field))
    }

    /// Restricts a field; false when there is no such field.
    pub fn restrict(&mut self, sobject: &str, field: &str, access: Access) -> bool {
        let Some(field) = self.field_mut(sobject, field) else { return false };
        match access {
            Access::Hidden => field.hidden = true,
            Access::ReadOnly => (field.createable, field.updateable) = (false, false),
        }
        true
    }

    /// Restricts a whole object; false when there is no such object.
    pub fn restrict_object(&mut self, sobject: &str, access: Access) -> bool {
        let object = self.existing_mut(sobject);
        object.map(|object| object.access = Some(access)).is_some()
    }

    /// Adds an object behind all others.
    pub fn add(&mut self, object: SObject) {
        self.objects.push(object);
    }

    /// Adds a field, or replaces the Name; false when there is such a field.
    pub fn add_field(&mut self, sobject: &str, field: Field) -> bool {
        let Some(object) = self.existing_mut(sobject) else { return false };
        match object.fields.iter_mut().find(|known| known.name.eq_ignore_ascii_case(field.name)) {
            Some(name) if field.name == "Name" && object.custom => *name = field,
            Some(_) => return false,
            None => object.fields.push(field),
        }
        true
    }

    /// Names what parents call their children.
    pub fn settle(&mut self) {
        children::name(&mut self.objects);
    }

    /// Deletes a field; false when there is no such field. The Id stays, no object is without one.
    pub fn remove(&mut self, sobject: &str, field: &str) -> bool {
        let Some(object) = self.existing_mut(sobject) else { return false };
        let before = object.fields.len();
        object.fields.retain(|known| known.kind == Kind::Id || !known.name.eq_ignore_ascii_case(field));
        object.fields.len() < before
    }

    /// Whether the fields of person accounts are there.
    pub fn has_person_accounts(&self) -> bool {
        self.person_accounts
    }

    /// Adds or removes the fields of person accounts.
    pub fn switch_person_accounts(&mut self, on: bool) {
        self.person_accounts = on;
        // A describe says what there is, whatever the switch.
        for object in self.objects.iter_mut().filter(|object| object.document.is_none()) {
            person::switch(object, on);
        }
    }

    /// Whether the codes of states and countries are there.
    pub fn has_address_picklists(&self) -> bool {
        self.address_picklists
    }

    /// Adds or removes the codes of states and countries.
    pub fn switch_address_picklists(&mut self, on: bool) {
        self.address_picklists = on;
        for object in self.objects.iter_mut().filter(|object| object.document.is_none()) {
            address::switch(object, on);
        }
    }

    fn existing_mut(&mut self, name: &str) -> Option<&mut SObject> {
        self.objects.iter_mut().find(|object| object.name.eq_ignore_ascii_case(name))
    }
}

/// Objects that refer to the business objects.
fn later_standard() -> Vec<SObject> {
    [vec![consent::contact_point_type_consent(), opportunity::opportunity()], activity::objects()].concat()
}

fn files_and_articles() -> Vec<SObject> {
    [knowledge::objects(), content::objects(), chat::objects()].concat()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn names_and_prefixes_are_unique_and_references_resolve() {
        let mut schema = Schema::new();
        schema.switch_person_accounts(true);
        schema.switch_address_picklists(true);
        for (position, object) in schema.objects().iter().enumerate() {
            let others = &schema.objects()[position + 1..];
            assert!(others.iter().all(|other| other.prefix != object.prefix && other.name != object.name));
            for (position, field) in object.fields.iter().enumerate() {
                assert!(object.fields[position + 1..].iter().all(|other| other.name != field.name), "{}", field.name);
                assert!(field.references().iter().all(|target| schema.object(target).is_some()), "{}", field.name);
            }
        }
    }

    #[test]
    fn a_name_in_any_case_is_the_same_name() {
        let schema = Schema::new();
        assert_eq!(schema.object("CONTACT").unwrap().field("lastname").unwrap().name, "LastName");
        assert_eq!(schema.object("Ticket__c").unwrap().relationship("contact__R").unwrap().name, "Contact__c");
    }

    #[test]
    fn a_hidden_field_does_not_exist() {
        let mut schema = Schema::new();
        assert!(schema.restrict("Contact", "Email", Access::Hidden));
        assert!(schema.object("Contact").unwrap().field("Email").is_none());
        assert!(!schema.restrict("Contact", "Nope", Access::Hidden));
    }
}
