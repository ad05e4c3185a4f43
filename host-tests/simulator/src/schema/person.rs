//! Person accounts: a switch of the whole org that adds fields to Account and Contact.

use super::field::Kind;
use super::{Field, SObject};

/// Adds or removes what the switch brings to an object.
pub fn switch(object: &mut SObject, on: bool) {
    let own = match object.name {
        "Account" => account(),
        "Contact" => vec![is_person()],
        _ => return,
    };
    object.fields.retain(|known| own.iter().all(|field| field.name != known.name));
    if on {
        object.fields.extend(own);
    }
    // A person's name is put together from its parts, so describe cannot demand the whole.
    if let Some(name) = object.fields.iter_mut().find(|field| object.name == "Account" && field.name == "Name") {
        name.nillable = on;
    }
}

fn account() -> Vec<Field> {
    vec![
        Field::text("LastName", "Last Name", 80),
        Field::text("FirstName", "First Name", 40),
        Field::lookup("PersonContactId", "Contact ID", &["Contact"], "PersonContact").read_only(),
        is_person(),
        Field::new("PersonEmail", "Email", Kind::Email),
        Field::new("PersonMobilePhone", "Mobile", Kind::Phone),
    ]
}

fn is_person() -> Field {
    Field::new("IsPersonAccount", "Is Person Account", Kind::Boolean).read_only()
}
