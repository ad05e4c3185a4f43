//! A setting that changes nothing where it stands is told, since its author expects something of it.

use salesforce_module::base::Severity;
use salesforce_module::module;
use serde_json::{Value, json};

/// Paths of the findings `no-effect`, each a warning.
fn without_effect(settings: &Value) -> Vec<String> {
    let findings = module::check(&settings.to_string());
    assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{findings:?}");
    let found = findings.iter().filter(|finding| finding.code == "no-effect");
    found
        .map(|finding| {
            assert_eq!(finding.severity, Severity::Warning);
            finding.path.to_string()
        })
        .collect()
}

fn settings(member: &str, row: Value, key: bool, objects: &Value) -> Value {
    let mut mappings = json!([
        { "source": { "variable": "mail" }, "object": "Contact", "field": "Email", "useToFindExisting": key },
        { "source": { "variable": "name" }, "object": "Contact", "field": "LastName" },
        { "source": { "variable": "topic" }, "object": "Case", "field": "Subject" },
        { "source": { "record": "Contact" }, "object": "Case", "field": "ContactId" },
    ]);
    if let Some((at, value)) = member.split_once(' ').and_then(|(at, key)| Some((at.parse::<usize>().ok()?, key))) {
        mappings[at][value] = row;
    }
    json!({ "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com", "mappings": mappings, "objects": objects })
}

#[test]
fn what_a_row_says_in_vain_is_told() {
    let said = |member: &str, value: Value| without_effect(&settings(member, value, true, &json!({})));
    for (member, value) in [
        ("0 whenTooLong", json!("cut")),
        ("3 whenTooLong", json!("cut")),
        ("3 locale", json!("de")),
        ("3 timeZone", json!("UTC")),
    ] {
        assert_eq!(said(member, value), [format!("/mappings/{}", member.replace(' ', "/"))]);
    }
    // What a form may write, and what has an effect.
    for (member, value) in [
        ("0 whenTooLong", json!("fail")),
        ("1 whenTooLong", json!("cut")),
        ("1 locale", json!("de")),
        ("3 whenTooLong", json!("fail")),
    ] {
        assert_eq!(said(member, value), [""; 0], "{member}");
    }
}

#[test]
fn what_is_wrong_is_not_called_useless_as_well() {
    let mut settings = settings("3 locale", Value::Null, true, &json!({}));
    let findings = module::check(&settings.to_string());
    let of_locale: Vec<&str> =
        findings.iter().filter(|found| found.path == "/mappings/3/locale").map(|found| found.code.word()).collect();
    assert_eq!(of_locale, ["wrong-type"]);
    settings["mappings"][3].as_object_mut().expect("a row").remove("locale");
    assert_eq!(without_effect(&settings), [""; 0]);
}

#[test]
fn how_records_are_found_is_said_in_vain_where_none_is_looked_for() {
    for (key, value) in [("checkForDoubles", json!(true)), ("whenSeveralMatch", json!("most-recently-modified"))] {
        let objects = json!({ "Contact": { key: value } });
        assert_eq!(without_effect(&settings("", Value::Null, false, &objects)), [format!("/objects/Contact/{key}")]);
        assert_eq!(without_effect(&settings("", Value::Null, true, &objects)), [""; 0]);
    }
    let objects = json!({ "Contact": { "checkForDoubles": false, "whenSeveralMatch": "stop" } });
    assert_eq!(without_effect(&settings("", Value::Null, false, &objects)), [""; 0]);
}

/// A field that no two records share, and a record that is never created, have no doubles.
#[test]
fn what_is_said_of_doubles_has_no_effect_where_there_can_be_none() {
    let once = json!({ "field": "Step__c", "variable": "step" });
    let both = json!({ "checkForDoubles": true, "whenSeveralMatch": "most-recently-modified", "idempotency": once });
    let places = ["/objects/Contact/checkForDoubles", "/objects/Contact/whenSeveralMatch"];
    let of =
        |key: bool, contact: &Value| without_effect(&settings("", Value::Null, key, &json!({ "Contact": contact })));
    assert_eq!(of(false, &both), places);
    assert_eq!(of(true, &both), [""; 0], "a key beside it can be shared");
    let updated = json!({ "checkForDoubles": true, "onlyUpdateExisting": true });
    assert_eq!(of(true, &updated), [places[0]]);
    let by_id = |field: &str| {
        let objects = json!({ "Contact": { "checkForDoubles": true, "whenSeveralMatch": "most-recently-modified" } });
        let mut settings = settings("0 field", json!(field), true, &objects);
        settings["mappings"][0]["silence"] = json!(["weak-key"]);
        without_effect(&settings)
    };
    assert_eq!(by_id("Id"), places);
    assert_eq!(by_id("Email"), [""; 0]);
}

/// Salesforce ignores a header that it does not know, and the rule blocks.
#[test]
fn an_alert_cannot_be_ignored_before_there_is_a_header_for_it() {
    for (version, rule, places) in
        [("51.0", "allow", 1), ("52.0", "allow", 0), ("51.0", "adopt", 0), ("46.0", "block", 0)]
    {
        let objects = json!({ "Contact": { "duplicateRule": rule } });
        let mut settings = settings("", Value::Null, true, &objects);
        settings["apiVersion"] = version.into();
        let expected = vec!["/objects/Contact/duplicateRule"; places];
        assert_eq!(without_effect(&settings), expected, "{version} {rule}");
    }
}

#[test]
fn how_keys_work_together_has_no_effect_with_one() {
    let objects = json!({ "Contact": { "matchKeys": "any" } });
    let place = ["/objects/Contact/matchKeys"];
    assert_eq!(without_effect(&settings("", Value::Null, false, &objects)), place);
    assert_eq!(without_effect(&settings("", Value::Null, true, &objects)), place);
    assert_eq!(without_effect(&settings("1 useToFindExisting", json!(true), true, &objects)), [""; 0]);
    // Each SObject has its own keys.
    let one_each = json!({
        "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com",
        "mappings": [
            { "source": { "variable": "a" }, "object": "Contact", "field": "Email", "useToFindExisting": true, "onlyFor": ["Contact"] },
            { "source": { "variable": "b" }, "object": "Contact", "field": "Other__c", "useToFindExisting": true, "onlyFor": ["Lead"] },
        ],
        "objects": { "Contact": { "lookIn": ["Contact", "Lead"], "matchKeys": "any" } },
    });
    assert_eq!(without_effect(&one_each), place);
    let read = json!({
        "mode": "sobject-read", "deploymentDomain": "example.my.salesforce.com",
        "mappings": [
            { "source": { "variable": "a" }, "object": "Contact", "field": "Email", "useToFindExisting": true },
            { "object": "Contact", "field": "LastName", "target": { "variable": "name" } },
        ],
        "objects": { "Contact": { "matchKeys": "any" } },
    });
    assert_eq!(without_effect(&read), place);
}

#[test]
fn overwrite_has_no_effect_on_a_record_that_is_always_new() {
    let of = |key, contact: Value| {
        without_effect(&settings("1 overwrite", json!("if-empty"), key, &json!({ "Contact": contact })))
    };
    assert_eq!(of(false, json!({})), ["/mappings/1/overwrite"]);
    assert_eq!(of(false, json!({ "duplicateRule": "allow" })), ["/mappings/1/overwrite"]);
    assert_eq!(of(false, json!({ "duplicateRule": "adopt" })), [""; 0], "what the rule names is updated");
    assert_eq!(of(true, json!({})), [""; 0]);
    let of_link = settings("3 overwrite", json!("on-create"), true, &json!({}));
    assert_eq!(without_effect(&of_link), ["/mappings/3/overwrite"]);
    let always = settings("1 overwrite", json!("always"), false, &json!({}));
    assert_eq!(without_effect(&always), [""; 0], "a form may write it");
}

#[test]
fn a_format_has_no_effect_on_a_constant_that_means_the_same_in_each() {
    let of = |key: &str, value: &str, constant: Value| {
        let mut settings = settings("1 source", json!({ "constant": constant }), true, &json!({}));
        settings["mappings"][1][key] = json!(value);
        without_effect(&settings)
    };
    for (key, value, constant) in [
        ("locale", "de", json!("Web")),
        ("locale", "de", json!(5)),
        ("timeZone", "UTC", json!(true)),
        ("timeZone", "UTC", json!("Web 2.0")),
        ("format", "epoch-seconds", json!("Web")),
    ] {
        assert_eq!(of(key, value, constant.clone()), [format!("/mappings/1/{key}")], "{key} {constant}");
    }
    for (key, value, constant) in [
        ("locale", "de", json!("1.234,5")),
        ("locale", "de", json!("24.12.2026")),
        ("timeZone", "Europe/Berlin", json!("2026-12-24T18:00:00")),
        ("format", "epoch-seconds", json!(1_798_133_400)),
    ] {
        assert_eq!(of(key, value, constant.clone()), [""; 0], "{key} {constant}");
    }
}

#[test]
fn a_format_has_no_effect_on_a_field_that_is_neither_number_nor_time() {
    let of = |key: &str, value: &str, field_type: &str| {
        let mut settings = settings(&format!("1 {key}"), json!(value), true, &json!({}));
        let text = json!({ "type": "string" });
        settings["schema"] = json!({ "objects": {
            "Contact": { "fields": { "Email": { "type": "email" }, "LastName": { "type": field_type } } },
            "Case": { "fields": { "Subject": text } },
        } });
        without_effect(&settings)
    };
    for (key, value, types) in [
        ("locale", "de", ["string", "phone", "boolean", "picklist", "email"].as_slice()),
        ("timeZone", "UTC", &["string", "double", "time"]),
    ] {
        for field_type in types {
            assert_eq!(of(key, value, field_type), [format!("/mappings/1/{key}")], "{key} {field_type}");
        }
    }
    for (key, value, types) in [
        ("locale", "de", ["int", "double", "currency", "percent", "date", "datetime", "time"].as_slice()),
        ("timeZone", "UTC", &["date", "datetime"]),
    ] {
        for field_type in types {
            assert_eq!(of(key, value, field_type), [""; 0], "{key} {field_type}");
        }
    }
}

#[test]
fn a_separator_has_no_effect_where_nothing_is_added_and_where_a_list_has_its_own() {
    let separated = |at: usize, overwrite: &str| {
        let mut settings = settings(&format!("{at} separator"), json!("; "), true, &json!({}));
        settings["mappings"][at]["overwrite"] = json!(overwrite);
        settings
    };
    for overwrite in ["always", "if-empty", "on-create"] {
        assert_eq!(without_effect(&separated(1, overwrite)), ["/mappings/1/separator"], "{overwrite}");
    }
    assert_eq!(without_effect(&separated(1, "append")), [""; 0]);
    assert_eq!(without_effect(&separated(3, "always")), ["/mappings/3/separator"], "a link, told once");
    for (field_type, found) in [("multipicklist", &["/mappings/1/separator"] as &[&str]), ("textarea", &[])] {
        let mut settings = separated(1, "append");
        settings["schema"] = json!({ "objects": {
            "Contact": { "fields": { "Email": { "type": "email" }, "LastName": { "type": field_type } } },
            "Case": { "fields": { "Subject": { "type": "string" } } },
        } });
        assert_eq!(without_effect(&settings), found, "{field_type}");
    }
}

#[test]
fn what_is_said_of_a_value_that_only_finds_is_told() {
    let of = |overwrite: &str, contact: Value| {
        let mut settings = settings("0 overwrite", json!(overwrite), true, &json!({ "Contact": contact }));
        settings["mappings"][0]["useToFindExisting"] = json!("only");
        settings
    };
    assert_eq!(without_effect(&of("if-empty", json!({}))), ["/mappings/0/overwrite"]);
    assert_eq!(without_effect(&of("always", json!({}))), [""; 0], "a form may write it");
    // Of a record that is found and not written there are no doubles.
    let mut only_found = of("always", json!({ "checkForDoubles": true }));
    only_found["mappings"].as_array_mut().expect("rows").remove(1);
    assert_eq!(without_effect(&only_found), ["/objects/Contact/checkForDoubles"]);
    let group = of("always", json!({ "matchKeys": [["Email"]] }));
    assert_eq!(without_effect(&group), ["/objects/Contact/matchKeys"], "a group of one key alone");
}

#[test]
fn what_cannot_be_added_to_is_not_called_useless_as_well() {
    let findings = module::check(&settings("3 overwrite", json!("append"), false, &json!({})).to_string());
    let of_overwrite = findings.iter().filter(|found| found.path == "/mappings/3/overwrite");
    assert_eq!(of_overwrite.map(|found| found.code.word()).collect::<Vec<_>>(), ["bad-overwrite"]);
}

/// Each value that a key can have is called useless on a row that attaches a file, and none of them wrong in type.
#[test]
fn a_file_is_no_key_in_whichever_words() {
    for (value, code) in [(json!(true), "bad-file"), (json!("only"), "bad-file"), (json!("never"), "unknown-value")] {
        let mut settings = settings("", Value::Null, true, &json!({}));
        let row = json!({ "source": { "file": "photo" }, "object": "Case", "useToFindExisting": value });
        settings["mappings"].as_array_mut().expect("rows").push(row);
        let findings = module::check(&settings.to_string());
        let of_key: Vec<&str> = findings
            .iter()
            .filter(|found| found.path == "/mappings/4/useToFindExisting")
            .map(|found| found.code.word())
            .collect();
        assert_eq!(of_key, [code], "{value}");
    }
}
