//! Files and comments on cases.

use serde_json::json;

use super::*;

fn photo(record: &str) -> Value {
    json!({ "Title": "photo", "PathOnClient": "photo.jpg", "FirstPublishLocationId": record, "VersionData": "eHl6" })
}

#[test]
fn a_file_is_a_version_of_a_document_at_a_record() {
    let mut bench = Bench::new();
    let case = bench.create("Case", json!({ "Subject": "s" }));
    let id = bench.create("ContentVersion", photo(&case));
    assert!(id.starts_with("068"));
    let version = bench.org.records("ContentVersion")[0].clone();
    for (field, value) in [
        ("FirstPublishLocationId", json!(case)),
        ("ContentSize", json!(3)),
        ("FileExtension", json!("jpg")),
        ("FileType", json!("JPG")),
        ("IsLatest", json!(true)),
    ] {
        assert_eq!(version[field], value, "{field}");
    }
    let document = bench.org.records("ContentDocument")[0].clone();
    assert_eq!((&document["Id"], &document["Title"]), (&version["ContentDocumentId"], &json!("photo")));
    let found =
        format!("SELECT Id FROM ContentVersion WHERE FirstPublishLocationId = '{case}' AND PathOnClient = 'PHOTO.jpg'");
    assert_eq!(bench.column(&found, "Id"), [json!(id)]);
}

#[test]
fn a_title_follows_from_the_name_and_a_file_without_a_record_is_the_users_own() {
    let mut bench = Bench::new();
    bench.create("ContentVersion", json!({ "PathOnClient": "C:\\docs\\a.b.txt", "VersionData": "eHl6" }));
    let version = bench.org.records("ContentVersion")[0].clone();
    assert_eq!((&version["Title"], &version["FileExtension"]), (&json!("a.b"), &json!("txt")));
    assert!(version["FirstPublishLocationId"].as_str().unwrap().starts_with("005"));
}

#[test]
fn a_file_needs_content_and_a_name() {
    let mut bench = Bench::new();
    let without = |name: &str| {
        let mut photo = photo("500000000000001AAA");
        photo.as_object_mut().unwrap().remove("FirstPublishLocationId");
        photo[name] = json!("");
        photo
    };
    for name in ["VersionData", "PathOnClient"] {
        let response = bench.post("/sobjects/ContentVersion", without(name));
        refused(&response, 400, "REQUIRED_FIELD_MISSING");
        assert_eq!(response.json()[0]["fields"], json!([name]));
    }
    let mut bad = without("Title");
    bad["VersionData"] = json!("eHl");
    refused(&bench.post("/sobjects/ContentVersion", bad), 400, "JSON_PARSER_ERROR");
    let mut long = without("Title");
    long["PathOnClient"] = json!("x".repeat(501));
    refused(&bench.post("/sobjects/ContentVersion", long), 400, "STRING_TOO_LONG");
    assert!(bench.org.records("ContentVersion").is_empty() && bench.org.records("ContentDocument").is_empty());
}

#[test]
fn the_record_of_a_file_must_be_there() {
    let mut bench = Bench::new();
    let case = bench.create("Case", json!({ "Subject": "s" }));
    bench.send("DELETE", &format!("/sobjects/Case/{case}"), None);
    refused(&bench.post("/sobjects/ContentVersion", photo(&case)), 400, "ENTITY_IS_DELETED");
    let missing = bench.post("/sobjects/ContentVersion", photo("5000000000zzzzzAAA"));
    refused(&missing, 400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY");
    let comment = bench.post("/sobjects/ContentVersion", photo("00a000000000001AAA"));
    refused(&comment, 400, "MALFORMED_ID");
}

#[test]
fn what_the_platform_works_out_is_not_given() {
    let mut bench = Bench::new();
    let case = bench.create("Case", json!({ "Subject": "s" }));
    for (field, value) in [("ContentSize", json!(3)), ("FileType", json!("PDF")), ("IsLatest", json!(true))] {
        let mut photo = photo(&case);
        photo[field] = value;
        let response = bench.post("/sobjects/ContentVersion", photo);
        refused(&response, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    }
    let document = bench.post("/sobjects/ContentDocument", json!({ "Title": "x" }));
    refused(&document, 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    let id = bench.create("ContentVersion", photo(&case));
    let moved = bench.patch(&format!("/sobjects/ContentVersion/{id}"), json!({ "FirstPublishLocationId": case }));
    refused(&moved, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    // A new version of a document is where the document is.
    let mut version = photo(&case);
    version["ContentDocumentId"] = bench.org.records("ContentVersion")[0]["ContentDocumentId"].clone();
    refused(&bench.post("/sobjects/ContentVersion", version), 400, "FIELD_INTEGRITY_EXCEPTION");
}

/// Recorded: query/query_binary_field_url.json.
#[test]
fn content_reads_back_as_an_address() {
    let mut bench = Bench::new();
    let case = bench.create("Case", json!({ "Subject": "s" }));
    let id = bench.create("ContentVersion", photo(&case));
    let address = json!(format!("{BASE}/sobjects/ContentVersion/{id}/VersionData"));
    assert_eq!(bench.column("SELECT VersionData FROM ContentVersion", "VersionData"), std::slice::from_ref(&address));
    assert_eq!(bench.get(&format!("/sobjects/ContentVersion/{id}")).json()["VersionData"], address);
    let where_content = bench.query("SELECT Id FROM ContentVersion WHERE VersionData = 'eHl6'");
    refused(&where_content, 400, "INVALID_FIELD");
}

#[test]
fn a_comment_needs_a_case_and_has_4000_bytes() {
    let mut bench = Bench::new();
    let case = bench.create("Case", json!({ "Subject": "s" }));
    let comment = |case: &str, length: usize| json!({ "ParentId": case, "CommentBody": "x".repeat(length) });
    refused(&bench.post("/sobjects/CaseComment", json!({ "CommentBody": "x" })), 400, "REQUIRED_FIELD_MISSING");
    refused(&bench.post("/sobjects/CaseComment", comment(&case, 4001)), 400, "STRING_TOO_LONG");
    let of = |text: String| json!({ "ParentId": case, "CommentBody": text });
    for (character, bytes) in [("ä", 2), ("東", 3), ("😀", 4), ("&", 5), ("<", 4), ("\"", 6), ("'", 5)] {
        let most = 4000 / bytes;
        refused(&bench.post("/sobjects/CaseComment", of(character.repeat(most + 1))), 400, "STRING_TOO_LONG");
        let internal = json!({ "Subject": "s", "Comments": character.repeat(most + 1) });
        refused(&bench.post("/sobjects/Case", internal), 400, "STRING_TOO_LONG");
        bench.create("CaseComment", of(character.repeat(most)));
    }
    for (sobject, field) in [("CaseComment", "CommentBody"), ("Case", "Comments")] {
        let describe = bench.get(&format!("/sobjects/{sobject}/describe")).json();
        let fields = describe["fields"].as_array().unwrap();
        let lengths = |name: &str| {
            let field = fields.iter().find(|field| field["name"] == name).unwrap();
            (field["length"].clone(), field["byteLength"].clone())
        };
        assert_eq!(lengths(field), (json!(4000), json!(4000)));
        assert!(sobject != "Case" || lengths("Subject") == (json!(255), json!(765)));
    }
    let id = bench.create("CaseComment", comment(&case, 4000));
    assert!(id.starts_with("00a"));
    assert_eq!(bench.org.records("CaseComment")[0]["IsPublished"], json!(false));
    let moved = bench.patch(&format!("/sobjects/CaseComment/{id}"), json!({ "ParentId": case }));
    refused(&moved, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
}
