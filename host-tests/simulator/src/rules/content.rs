//! What the platform does with a new file: it tells the type by the name, counts the bytes, makes the document and attaches
//! it to the record that was named, or to nobody's but the user's own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use md5::{Digest, Md5};
use serde_json::Value;

use super::save;
use crate::http::ApiError;
use crate::oauth::integration_user;
use crate::org::{Changes, Org};
use crate::schema::SObject;

/// Most base64 in a message that is not multipart: 37.5 MB. Source: REST API guide, Insert or Update Blob Data.
const MAX_CONTENT: usize = 39_321_600;

/// Completes the values of a new ContentVersion, and makes its document; leaves all other objects alone.
pub fn complete(org: &mut Org, sobject: &SObject, values: &mut Changes, now: Timestamp) -> Result<(), ApiError> {
    if sobject.name != "ContentVersion" {
        return Ok(());
    }
    let given = |name: &str| values.get(name).and_then(Value::as_str).map(str::to_owned);
    let missing: Vec<&'static str> =
        ["VersionData", "PathOnClient"].into_iter().filter(|name| given(name).is_none()).collect();
    let (Some(content), Some(path)) = (given("VersionData"), given("PathOnClient")) else {
        return Err(ApiError::required(missing));
    };
    if content.len() > MAX_CONTENT {
        let message = "Version Data: the content is larger than 37.5 MB";
        return Err(ApiError::bad("FIELD_INTEGRITY_EXCEPTION", message).with_fields(["VersionData"]));
    }
    if values.get("ContentDocumentId").is_some_and(|id| !id.is_null()) && given("FirstPublishLocationId").is_some() {
        let message = "You cannot specify a FirstPublishLocationId when a ContentDocumentId is given";
        return Err(ApiError::bad("FIELD_INTEGRITY_EXCEPTION", message).with_fields(["FirstPublishLocationId"]));
    }
    let bytes = STANDARD.decode(&content).unwrap_or_default();
    let checksum: String = Md5::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    // What comes before a slash is the folder on the client's disk.
    let name = path.rsplit(['/', '\\']).next().unwrap_or(&path);
    let (title, extension) = match name.rsplit_once('.') {
        Some((title, extension)) if !title.is_empty() => (title, Some(extension)),
        _ => (name, None),
    };
    let title = given("Title").unwrap_or_else(|| title.chars().take(255).collect());
    let file_type = extension.map_or("UNKNOWN".to_owned(), str::to_uppercase);
    let facts: [(&'static str, Value); 5] = [
        ("Title", title.into()),
        ("FileType", file_type.chars().take(20).collect::<String>().into()),
        ("FileExtension", extension.map(|text| text.chars().take(40).collect::<String>()).into()),
        ("ContentSize", bytes.len().into()),
        ("Checksum", checksum.into()),
    ];
    if given("ContentDocumentId").is_none() {
        let id = org.store.next_id("069");
        let schema = std::sync::Arc::clone(&org.schema);
        if let Some(documents) = schema.existing("ContentDocument") {
            save::insert(
                org,
                documents,
                facts.iter().filter(|(name, _)| *name != "Checksum").cloned().collect(),
                id.clone(),
                now,
            );
        }
        values.insert("ContentDocumentId", id.into());
    }
    values.extend(facts);
    values.insert("IsLatest", true.into());
    values.insert("VersionNumber", "1".into());
    values.entry("FirstPublishLocationId").or_insert_with(|| integration_user().into());
    Ok(())
}
