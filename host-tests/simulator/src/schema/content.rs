//! Files: a document, and the versions of its content.

use super::field::Kind;
use super::standard::standard;
use super::{Field, SObject};

/// What a file can be attached to when it is created.
const RECORDS: &[&str] = &["Account", "Case", "Contact", "Lead", "Ticket__c", "User", "acme__Order__c"];
const ORIGINS: &[&str] = &["C", "H"];

/// Documents before versions.
pub fn objects() -> Vec<SObject> {
    vec![document(), version()]
}

/// Made with its first version, never by a client.
fn document() -> SObject {
    let own = vec![
        Field::text("Title", "Title", 255).required().naming(),
        Field::text("FileType", "File Type", 20).read_only(),
        Field::text("FileExtension", "File Extension", 40).read_only(),
        Field::new("ContentSize", "Size", Kind::Int).read_only(),
    ];
    let document = standard("ContentDocument", "Content Documents", "069", None, "ContentDocument ID", own);
    SObject { label: "Content Document", writable: false, ..document }
}

fn version() -> SObject {
    let fixed = |mut field: Field| {
        field.updateable = false;
        field
    };
    let own = vec![
        fixed(Field::lookup("ContentDocumentId", "ContentDocument ID", &["ContentDocument"], "ContentDocument")),
        Field::new("IsLatest", "Is Latest", Kind::Boolean).read_only(),
        Field::text("VersionNumber", "Version Number", 20).read_only(),
        Field::text("Title", "Title", 255).naming(),
        Field::area("Description", "Description", 1000),
        fixed(Field::text("PathOnClient", "Path On Client", 500)),
        fixed(Field::lookup("FirstPublishLocationId", "First Publish Location ID", RECORDS, "FirstPublishLocation")),
        fixed(Field::new("Origin", "Content Origin", Kind::Picklist { values: ORIGINS, length: 40 }).restricted())
            .with_default("C"),
        Field::text("FileType", "File Type", 20).read_only(),
        Field::text("FileExtension", "File Extension", 40).read_only(),
        Field::new("ContentSize", "Size", Kind::Int).read_only(),
        Field::text("Checksum", "Checksum", 50).read_only(),
        fixed(Field::new("VersionData", "Version Data", Kind::Base64)),
    ];
    let owner: Option<&[&str]> = Some(&["User"]);
    let version = standard("ContentVersion", "Content Versions", "068", owner, "ContentVersion ID", own);
    SObject { label: "Content Version", ..version }
}
