//! What authors see is explained in both languages.

use super::*;

#[test]
fn every_setting_that_authors_see_is_explained_in_english_and_german_and_has_its_place() {
    let schema = schema();
    let mut explained = 0;
    parts(&schema, &mut |part| {
        let Some(properties) = part.get("properties").and_then(Value::as_object) else { return };
        let seen: BTreeSet<&str> =
            properties.iter().filter(|(_, part)| part.get("x-hidden").is_none()).map(|(key, _)| key.as_str()).collect();
        let order: Vec<&str> = part["x-order"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
        assert_eq!(order.len(), seen.len(), "{order:?}");
        assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), seen);
        for key in order {
            let part = &properties[key];
            for member in ["title", "description"] {
                says(&part[member], key);
                says(&part["x-de"][member], key);
            }
            assert_ne!(part["description"], part["x-de"]["description"], "{key}");
            explained += 1;
        }
    });
    assert_eq!(explained, 23 + 15 + 6 + 1 + 14 + 2 + 2 + 1);
    let row = &schema["properties"]["mappings"]["items"]["properties"];
    let record = &schema["properties"]["objects"]["additionalProperties"]["properties"];
    // Fixed by the product that this one follows.
    assert_eq!(row["useToFindExisting"]["title"], "Use field to check for existing record");
    assert_eq!(record["onlyUpdateExisting"]["title"], "Only update existing records, do not create new ones");
}

#[test]
fn every_choice_has_a_label_in_english_and_german() {
    let mut labelled = 0;
    parts(&schema(), &mut |part| {
        for choice in part.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
            says(&choice["title"], "a choice");
            says(&choice["x-de"]["title"], "a choice");
            labelled += 1;
        }
    });
    assert!(labelled >= 50, "{labelled}");
}

/// A sentence or a label: there, and without white space at its ends.
fn says(text: &Value, of: &str) {
    let text = text.as_str().unwrap_or_else(|| panic!("{of} lacks a text"));
    assert!(!text.is_empty() && text.trim() == text, "{of}: {text:?}");
}

/// Visits every part of the schema that a form shows.
fn parts(part: &Value, visit: &mut impl FnMut(&Value)) {
    if !part.is_object() || part.get("x-hidden").is_some() {
        return;
    }
    visit(part);
    for key in ["properties", "$defs"] {
        part[key].as_object().into_iter().flatten().for_each(|(_, part)| parts(part, visit));
    }
    for key in ["items", "additionalProperties"] {
        parts(&part[key], visit);
    }
}
