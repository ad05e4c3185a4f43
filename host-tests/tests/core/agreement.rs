//! The JSON Schema of the settings and the strict parser agree on every document.
//!
//! A form is built from the schema, and a run starts with the parser: what the one accepts and the other refuses is a trap
//! for authors. So the schema refuses nothing that the parser accepts, and it accepts nothing that is wrong in shape: what
//! the parser alone refuses are the rules of [`is_the_parsers_alone`], each of which needs more than one place of the
//! document, or knowledge that is no grammar.

use crate::common::documents;
use std::cell::Cell;

use jsonschema::Validator;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use salesforce_module::base::{Finding, Language, Severity};
use salesforce_module::manifest::SETTINGS_SCHEMA;
use salesforce_module::settings::Settings;
use serde_json::{Value, json};

/// The rules that the schema leaves to the parser.
///
/// Besides these, which no document here breaks: the size of the document and the number of its values (`invalid-json`),
/// a key that stands twice in one object (the same), a key of more than 200 bytes in `recordTypes` (the schema counts
/// characters), a whole number written as `18.0`, and a host of more than 253 characters.
pub(crate) fn is_the_parsers_alone(finding: &Finding) -> bool {
    let ends_with = |ends: &[&str]| ends.iter().any(|end| finding.path.ends_with(end));
    match finding.code.word() {
        // Between the rows of one record, or of several.
        "duplicate-field" | "two-spellings" | "link-cycle" | "unknown-record" | "constant-key" | "file-alone" => true,
        // Between the members of one row, or of one record and its rows.
        "id-not-writable" | "bad-link" | "only-update-without-key" | "duplicate-variable" | "bad-preset" => true,
        "look-in-without-key" | "bad-only-for" | "bad-match-keys" | "bad-overwrite" => true,
        // `sobject` beside `lookIn` the schema refuses too; names in two spellings are two to it.
        "bad-look-in" | "listed-twice" => true,
        // Between the mode and what stands elsewhere.
        "not-in-read" | "not-in-write" | "no-key" | "nothing-to-read" | "bad-list" => true,
        // What one composite request takes, and one answer.
        "too-much-to-read" => true,
        // The same of a row that attaches a file, or is no moment.
        "bad-file" | "bad-format" => true,
        "too-many-records" | "too-many-lookups" => true,
        // Between a row and the facts of the org.
        "not-prepared" | "constant-does-not-fit" | "bad-key" => true,
        // Nothing more would be read.
        "too-many-findings" => true,
        // Names of time zones, and the checksum of an id.
        "unknown-value" => ends_with(&["/timeZone", "/assignmentRule"]),
        "bad-name" => finding.path.contains("/recordTypes/") || finding.path == "/organizationId",
        // What a request does by its places, and the grammars of what stands there.
        "path-outside" | "bad-path" | "misplaced-variable" | "unquoted-variable" | "bad-query" | "bad-parameter" => {
            true
        }
        // A hand-over's: which domains have a known messaging host, and the checksum of an id.
        "bad-domain" => finding.message.get(Language::En).contains("messaging host"),
        "bad-template" => ["/path", "/query", "/body"].iter().any(|place| finding.path.starts_with(place)),
        // Between the members of a request, and between its pointers.
        "writes-not-allowed" | "body-not-allowed" | "overlapping-pointers" => true,
        _ => false,
    }
}

#[test]
fn the_schema_refuses_nothing_that_the_parser_accepts_and_accepts_nothing_of_another_shape() {
    let (both_accept, both_refuse, parser_alone) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let documents = prop_oneof![8 => documents::mutated(), 4 => documents::mutated_request(), 4 => documents::mutated_handover(), 1 => documents::json()];
    let cases = for_all(3000, documents, |schema, document| {
        let counter = match judge(schema, &document)? {
            (true, true) => &both_accept,
            (false, false) => &both_refuse,
            _ => &parser_alone,
        };
        counter.set(counter.get() + 1);
        Ok(())
    });
    println!(
        "accepted by both: {both_accept:?}, refused by both: {both_refuse:?}, by the parser alone: {parser_alone:?}"
    );
    // Else the documents have become all of one kind, and the test says little.
    for share in [both_accept, both_refuse, parser_alone] {
        assert!(share.get() > cases / 10);
    }
}

/// The grammars of single texts, each tried with all that could mean something in it.
#[test]
fn the_schema_and_the_parser_read_every_single_text_alike() {
    const NAME: &str =
        "a|Z|_|0|.|é| |__c|a_0bcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefg";
    const TEXT: &str = "{|{{|}|}}|@|{a}|{ | |\u{a0}|\u{85}|\u{feff}|\u{200b}|a|\n";
    const VERSION: &str = "0|4|5|6|9|46|62|.|.0|.0|.0| |-|\u{664}";
    const ID: &str = "012000000000001|0A0AA0000000000|aB|AAA|0AA|aaa|6|é|default|off| ";
    const HOST: &str = "a|-|.|my|.my.salesforce.com|.my-salesforce.com|.My.Salesforce.mil|.my.sfcrmproducts.CN|\
                        .my-salesforce.mil| |\u{85}|\u{feff}|é|0|:|/|_";
    let row = "/mappings/0";
    let texts: [(String, &str); 14] = [
        ("/deploymentDomain".into(), HOST),
        ("/apiVersion".into(), VERSION),
        (format!("{row}/source/template"), TEXT),
        (format!("{row}/source/constant"), TEXT),
        (format!("{row}/source/variable"), TEXT),
        (format!("{row}/source/record"), NAME),
        (format!("{row}/object"), NAME),
        (format!("{row}/field"), NAME),
        ("/objects/Contact/sobject".into(), NAME),
        ("/objects/Contact/recordType".into(), NAME),
        ("/objects/Contact/assignmentRule".into(), ID),
        ("/objects/Contact/store/Id".into(), TEXT),
        ("/schema/objects/Contact/recordTypes/A".into(), ID),
        ("/schema/objects/Contact/relationships/A".into(), NAME),
    ];
    let document = (0..texts.len()).prop_flat_map(move |at| {
        let (place, pieces) = texts[at].clone();
        vec(select(documents::listed(pieces)), 0..6).prop_map(move |pieces| with_text(&place, &pieces.concat()))
    });
    for_all(10_000, document, |schema, document| judge(schema, &document).map(drop));
}

/// Settings with this text at one place, and no more than that needs.
fn with_text(place: &str, text: &str) -> Value {
    let id = "012000000000001AAA";
    let org = json!({ "fields": { "Email": {} }, "recordTypes": { "a": id }, "relationships": { "A": "Account" } });
    let mut settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": "example.my.salesforce.com",
        "mappings": [{ "source": { "variable": "v" }, "object": "Contact", "field": "Email" }],
        "objects": { "Contact": { "store": {} } },
        "schema": { "objects": { "Contact": org } }
    });
    let (parent, key) = place.rsplit_once('/').expect("a JSON pointer");
    let parent = settings.pointer_mut(parent).and_then(Value::as_object_mut).expect("a place of the settings");
    if parent.contains_key("variable") {
        parent.clear();
    }
    parent.insert(key.to_owned(), text.into());
    settings
}

/// Runs a property with the compiled schema and says of how many cases it is true.
fn for_all(
    cases: u32,
    documents: impl Strategy<Value = Value>,
    property: impl Fn(&Validator, Value) -> Result<(), TestCaseError>,
) -> u32 {
    let schema: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let config = documents::config(cases);
    let cases = config.cases;
    if let Err(error) = TestRunner::new(config).run(&documents, |document| property(&schema, document)) {
        panic!("{error}");
    }
    cases
}

/// Whether the schema accepts the document, and whether the parser does.
fn judge(schema: &Validator, document: &Value) -> Result<(bool, bool), TestCaseError> {
    let findings = Settings::check(&document.to_string());
    let errors: Vec<&Finding> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    match schema.validate(document) {
        Ok(()) => {
            let shape = errors.iter().find(|finding| !is_the_parsers_alone(finding));
            prop_assert!(shape.is_none(), "the schema accepts what the parser refuses: {shape:?} in {document:#}");
            Ok((true, errors.is_empty()))
        }
        Err(error) => {
            let place = error.instance_path.to_string();
            prop_assert!(
                !errors.is_empty(),
                "the schema refuses what the parser accepts: {place}: {error} in {document:#}"
            );
            Ok((false, false))
        }
    }
}
