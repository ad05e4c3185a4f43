//! Each settings document of the pages passes `check`, and the tables have each setting.

use std::collections::BTreeSet;

use salesforce_module::base::Severity;
use salesforce_module::manifest::SETTINGS_SCHEMA;
use salesforce_module::module;
use serde_json::Value;

use crate::docs::page::{Page, code_spans};

#[test]
fn each_settings_document_passes_check() {
    let mut checked = 0;
    for page in Page::all() {
        for block in page.blocks().iter().filter(|block| block.info.starts_with("json")) {
            let place = format!("{}:{}", page.path, block.line);
            let text: String = block.text.lines().map(|line| without_comment(line).to_owned() + "\n").collect();
            let json: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{place}: {error}"));
            assert!(json["mode"].is_string(), "{place}: show whole settings, which can be checked");
            let findings = module::check(&text);
            let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{place}: {errors:#?}");
            checked += 1;
        }
    }
    assert!(checked >= 5, "of all pages only {checked} documents were found");
}

#[test]
fn the_tables_have_the_settings_of_the_schema() {
    let schema: Value = serde_json::from_str(SETTINGS_SCHEMA).expect("JSON");
    for (place, pointer, pages) in [
        ("document", "/properties", ["docs/settings.md", "docs/modes.md", "docs/handover.md"].as_slice()),
        ("mapping", "/properties/mappings/items/properties", &["docs/settings.md"]),
        ("record", "/properties/objects/additionalProperties/properties", &["docs/settings.md", "docs/modes.md"]),
    ] {
        let known = schema.pointer(pointer).and_then(Value::as_object).expect("properties");
        let known: BTreeSet<String> = known.keys().cloned().collect();
        let rows = pages.iter().flat_map(|page| Page::load(page).table(&format!("settings: {place}")));
        let shown: BTreeSet<String> = rows.flat_map(|row| code_spans(&row[0])).collect();
        assert_eq!(shown, known, "{place}");
    }
}

/// A line without `// …`, unless that stands in a string.
fn without_comment(line: &str) -> &str {
    let mut quotes = 0;
    for (at, c) in line.char_indices() {
        quotes += usize::from(c == '"');
        if quotes % 2 == 0 && line[at..].starts_with("//") {
            return &line[..at];
        }
    }
    line
}
