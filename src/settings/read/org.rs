//! `schema`: what `prepare` wrote.

use super::walk::{Node, Walk};
use crate::name::{FieldName, SObjectName};
use crate::settings::{FieldFacts, OrgSchema};

const KEYS: [&str; 3] = ["hash", "viewAllData", "objects"];
const FIELD_KEYS: [&str; 3] = ["externalId", "idLookup", "unique"];

pub fn schema(walk: &mut Walk, node: &Node) -> Option<OrgSchema> {
    let object = walk.object(node, &KEYS)?;
    if let Some(hash) = object.get("hash") {
        walk.text(&hash)?;
    }
    let view_all_data = object.get("viewAllData").map_or(Some(false), |node| walk.boolean(&node))?;
    let mut objects = Vec::new();
    if let Some(node) = object.get("objects") {
        for (name, node) in walk.any_object(&node)?.entries() {
            let fields = walk.object(&node, &["fields"])?.require(walk, "fields")?;
            objects.push((known(walk, &node, SObjectName::parse(name))?, self::fields(walk, &fields)?));
        }
    }
    Some(OrgSchema { view_all_data, objects })
}

fn fields(walk: &mut Walk, node: &Node) -> Option<Vec<(FieldName, FieldFacts)>> {
    let mut fields = Vec::new();
    for (name, node) in walk.any_object(node)?.entries() {
        let object = walk.object(&node, &FIELD_KEYS)?;
        let mut fact = |key| object.get(key).map_or(Some(false), |node| walk.boolean(&node));
        let facts =
            FieldFacts { external_id: fact("externalId")?, id_lookup: fact("idLookup")?, unique: fact("unique")? };
        fields.push((known(walk, &node, FieldName::parse(name))?, facts));
    }
    Some(fields)
}

fn known<T>(walk: &mut Walk, node: &Node, name: Option<T>) -> Option<T> {
    if name.is_none() {
        walk.error("bad-name", node, "This cannot be an API name.", "Run `prepare` again instead of editing `schema`.");
    }
    name
}
