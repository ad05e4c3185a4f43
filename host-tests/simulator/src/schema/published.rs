//! A platform event: it is published by a create, and neither read, changed nor deleted. Source: Platform Events guide.

use super::field::Kind;
use super::{Field, SObject};

/// What every event has. Unlike a record it has no Id; what the answer to a create calls its id names nothing.
pub fn system_fields() -> Vec<Field> {
    let system = |field: Field| field.read_only().defaulted();
    vec![
        Field::text("ReplayId", "Replay ID", 1000).read_only(),
        Field::text("EventUuid", "Event UUID", 36).read_only(),
        system(Field::new("CreatedDate", "Created Date", Kind::DateTime)),
        system(Field::lookup("CreatedById", "Created By ID", &["User"], "CreatedBy")),
    ]
}

pub fn chat_event() -> SObject {
    let mut fields = system_fields();
    fields.extend([
        Field::text("Conversation_Id__c", "Conversation Id", 64).required(),
        Field::text("Type__c", "Type", 40),
        Field::area("Payload__c", "Payload", 131_072),
        Field::new("Score__c", "Score", Kind::Double { precision: 18, scale: 0 }),
    ]);
    for field in &mut fields {
        (field.updateable, field.filterable, field.sortable) = (false, false, false);
    }
    SObject { fields, ..SObject::custom("Chat_Event__e", "Chat Event", "Chat Events", "e01") }
}
