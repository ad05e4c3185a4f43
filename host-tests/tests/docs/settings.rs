//! Each settings document of the pages passes `check`.

use salesforce_module::base::finding::Severity;
use salesforce_module::module;
use serde_json::Value;

use crate::page::Page;

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
