//! Settings and variables that are refused, with what to do.

use super::*;

/// Settings text, and the finding that it gets: code, path, and what its remedy must say.
type Row = (String, &'static str, &'static str, &'static str);

/// Each is refused by a run before any connection.
fn are_refused(bad: &[Row]) {
    let script = Script::start([]);
    for (settings, code, path, remedy) in bad {
        let ran = routed("run", &script.url(), settings, VARIABLES, &["--json"]).expect_code(2);
        let answer = ran.json();
        let findings = answer["findings"].as_array().expect("a list");
        let found = findings.iter().any(|finding| {
            finding["severity"] == "error"
                && finding["code"] == *code
                && finding["path"] == *path
                && finding["remedy"].as_str().is_some_and(|text| text.contains(remedy))
        });
        assert!(found, "no `{code}` at `{path}` that says `{remedy}` for {settings}: {answer:#}");
        assert!(ran.stderr.contains(code), "{}", ran.stderr);
    }
    assert_eq!(script.connections(), 0);
}

fn row(change: impl FnOnce(&mut Value), code: &'static str, path: &'static str, remedy: &'static str) -> Row {
    (contact_settings(change), code, path, remedy)
}

#[test]
fn settings_that_are_no_document_are_refused() {
    are_refused(&[
        (String::new(), "invalid-json", "", "one JSON object"),
        ("mode = sobject-write".into(), "invalid-json", "", "one JSON object"),
        (CONTACT_SETTINGS.replacen(',', "", 1), "invalid-json", "", "one JSON object"),
        ("[]".into(), "invalid-json", "", "one JSON object"),
        ("null".into(), "invalid-json", "", "one JSON object"),
        (CONTACT_SETTINGS.replacen('{', "{ \"mode\": \"sobject-write\",", 1), "invalid-json", "/mode", "Keep one"),
        ("{}".into(), "missing-key", "", "“Mode” (JSON: \"mode\")"),
        ("{}".into(), "missing-key", "", "“Deployment domain” (JSON: \"deploymentDomain\")"),
        ("{}".into(), "missing-key", "", "“Mappings” (JSON: \"mappings\")"),
    ]);
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_known_one() {
    are_refused(&[
        row(|s| s["deploymentDomian"] = DOMAIN.into(), "unknown-key", "/deploymentDomian", "`deploymentDomain`"),
        row(|s| s["api_version"] = "62.0".into(), "unknown-key", "/api_version", "`apiVersion`"),
        row(|s| s["mappings"][0]["feild"] = "Email".into(), "unknown-key", "/mappings/0/feild", "`field`"),
        row(|s| s["mappings"][1]["when_blank"] = "skip".into(), "unknown-key", "/mappings/1/when_blank", "`whenBlank`"),
        row(
            |s| s["mappings"][0]["source"]["varaible"] = "x".into(),
            "unknown-key",
            "/mappings/0/source/varaible",
            "`variable`",
        ),
        row(
            |s| s["objects"]["Contact"]["onlyUpdateExistng"] = true.into(),
            "unknown-key",
            "/objects/Contact/onlyUpdateExistng",
            "`onlyUpdateExisting`",
        ),
        row(|s| s["banana"] = 1.into(), "unknown-key", "/banana", "that there are here"),
        row(|s| s["objects"]["Contakt"] = json!({}), "unknown-record", "/objects/Contakt", "`Contact`"),
    ]);
}

#[test]
fn wrong_types_are_refused() {
    are_refused(&[
        row(|s| s["mode"] = 1.into(), "wrong-type", "/mode", "a text"),
        row(|s| s["deploymentDomain"] = json!([DOMAIN]), "wrong-type", "/deploymentDomain", "a text"),
        row(|s| s["apiVersion"] = json!(62.0), "wrong-type", "/apiVersion", "a text"),
        row(|s| s["mappings"] = json!({}), "wrong-type", "/mappings", "a list"),
        row(|s| s["mappings"][1] = "Email".into(), "wrong-type", "/mappings/1", "an object"),
        row(|s| s["mappings"][1]["source"] = "email".into(), "wrong-type", "/mappings/1/source", "an object"),
        row(|s| s["mappings"][1]["field"] = Value::Null, "wrong-type", "/mappings/1/field", "a text"),
        row(
            |s| s["mappings"][0]["useToFindExisting"] = "true".into(),
            "unknown-value",
            "/mappings/0/useToFindExisting",
            "without quotes",
        ),
        row(
            |s| s["mappings"][1]["source"] = json!({ "constant": { "a": 1 } }),
            "wrong-type",
            "/mappings/1/source/constant",
            "Replace",
        ),
        row(|s| s["objects"] = json!([]), "wrong-type", "/objects", "an object"),
        row(|s| s["objects"]["Contact"]["store"]["Id"] = 1.into(), "wrong-type", "/objects/Contact/store/Id", "a text"),
    ]);
}

#[test]
fn unknown_values_are_refused_with_the_possible_ones() {
    are_refused(&[
        row(|s| s["mode"] = "sobject-wirte".into(), "unknown-value", "/mode", "\"sobject-write\""),
        row(|s| s["mappings"][0]["whenBlank"] = "skipp".into(), "unknown-value", "/mappings/0/whenBlank", "\"skip\""),
        row(
            |s| s["mappings"][0]["overwrite"] = "allways".into(),
            "unknown-value",
            "/mappings/0/overwrite",
            "\"always\"",
        ),
        row(
            |s| s["objects"]["Contact"]["matchKeys"] = "some".into(),
            "unknown-value",
            "/objects/Contact/matchKeys",
            "`any`",
        ),
        row(
            |s| s["objects"]["Contact"]["whenSeveralMatch"] = "newest".into(),
            "unknown-value",
            "/objects/Contact/whenSeveralMatch",
            "`most-recently-modified`",
        ),
        row(
            |s| s["objects"]["Contact"]["duplicateRule"] = "alow".into(),
            "unknown-value",
            "/objects/Contact/duplicateRule",
            "\"allow\"",
        ),
        row(
            |s| s["objects"]["Contact"]["assignmentRule"] = "none".into(),
            "unknown-value",
            "/objects/Contact/assignmentRule",
            "15 or 18",
        ),
        row(|s| s["apiVersion"] = "45.0".into(), "bad-api-version", "/apiVersion", "62.0"),
        row(|s| s["apiVersion"] = "latest".into(), "bad-api-version", "/apiVersion", "62.0"),
        row(|s| s["apiVersion"] = "62.0/../x".into(), "bad-api-version", "/apiVersion", "62.0"),
    ]);
}

#[test]
fn mapping_tables_that_cannot_be_meant_are_refused() {
    let mapping =
        |object: &str, field: &str| json!({ "source": { "variable": "x" }, "object": object, "field": field });
    let name_of_field = |name: &'static str| {
        let change = move |s: &mut Value| s["mappings"][1]["field"] = name.into();
        row(change, "bad-name", "/mappings/1/field", "API name")
    };
    let name_of_object = |name: &'static str| {
        let change = move |s: &mut Value| s["mappings"][1]["object"] = name.into();
        row(change, "bad-name", "/mappings/1/object", "API name")
    };
    are_refused(&[
        row(|s| s["mappings"] = json!([]), "empty-mappings", "/mappings", "Add a row"),
        row(|s| add_mapping(s, mapping("Contact", "Email")), "duplicate-field", "/mappings/3/field", "Keep one"),
        row(|s| add_mapping(s, mapping("Contact", "lastname")), "duplicate-field", "/mappings/3/field", "Keep one"),
        name_of_field("Last Name"),
        name_of_field("E-Mail"),
        name_of_field(""),
        name_of_field("Name FROM User"),
        name_of_field("Straße"),
        name_of_field("A.B.C"),
        name_of_object("Contact Person"),
        name_of_object(""),
        name_of_object("../Contact"),
        name_of_object("1Contact"),
        row(|s| s["mappings"][1]["source"] = json!({}), "bad-source", "/mappings/1/source", "variable"),
        row(
            |s| s["mappings"][1]["source"] = json!({ "variable": "a", "constant": "b" }),
            "bad-source",
            "/mappings/1/source",
            "variable",
        ),
        row(
            |s| s["mappings"][1]["source"] = json!({ "template": "{first" }),
            "bad-template",
            "/mappings/1/source/template",
            "{first_name}",
        ),
        row(|s| s["mappings"][1]["field"] = "Id".into(), "id-not-writable", "/mappings/1/field", "useToFindExisting"),
        row(
            |s| {
                s["mappings"][0]["useToFindExisting"] = false.into();
                s["objects"]["Contact"]["onlyUpdateExisting"] = true.into();
            },
            "only-update-without-key",
            "/objects/Contact/onlyUpdateExisting",
            "useToFindExisting",
        ),
        row(
            |s| (0..26).for_each(|n| add_mapping(s, mapping(&format!("Object_{n}__c"), "Name"))),
            "too-many-records",
            "/mappings",
            "Split",
        ),
    ]);
}

#[test]
fn links_to_nowhere_and_in_circles_are_refused() {
    let link = |object: &str, field: &str, record: &str| {
        let source = json!({ "record": record });
        json!({ "source": source, "object": object, "field": field })
    };
    are_refused(&[
        row(
            |s| add_mapping(s, link("Case", "ContactId", "Contacts")),
            "unknown-record",
            "/mappings/3/source/record",
            "`Contact`",
        ),
        row(
            |s| add_mapping(s, link("Case", "AccountId", "Account")),
            "unknown-record",
            "/mappings/3/source/record",
            "Map a field",
        ),
        row(
            |s| add_mapping(s, link("Contact", "ReportsToId", "Contact")),
            "link-cycle",
            "/mappings/3/source/record",
            "Remove one link",
        ),
        row(
            |s| {
                add_mapping(s, link("Contact", "Case__c", "Case"));
                add_mapping(s, link("Case", "ContactId", "Contact"));
            },
            "link-cycle",
            "/mappings/3/source/record",
            "Remove one link",
        ),
        row(
            |s| {
                add_mapping(s, link("Case", "ContactId", "Contact"));
                s["mappings"][3]["field"] = "Contact.Id".into();
            },
            "bad-link",
            "/mappings/3/source/record",
            "lookup field",
        ),
    ]);
}

#[test]
fn a_deployment_domain_that_is_none_is_refused_with_what_to_enter() {
    let bad: Vec<Row> = [
        "https://example.lightning.force.com/lightning/page/home",
        "example.lightning.force.com",
        "https://example.my.salesforce.com",
        "example.my.salesforce.com/",
        "example.my.salesforce.com:443",
        "login.salesforce.com",
        "https://test.salesforce.com/",
        "127.0.0.1",
        "https://10.1.2.3/",
        "[::1]",
        "example.my.salesforce.com.evil.com",
        "evil.com/example.my.salesforce.com",
        "user@example.my.salesforce.com",
        "evilmy.salesforce.com",
        "example.com",
        "localhost",
        "",
        " ",
    ]
    .map(|domain| row(|s| s["deploymentDomain"] = domain.into(), "bad-domain", "/deploymentDomain", DOMAIN))
    .into();
    are_refused(&bad);
}

#[test]
fn variables_that_are_no_object_are_refused_and_not_quoted() {
    let script = Script::start([]);
    for variables in ["", "canary", "[\"canary\"]", "\"canary\"", "null", "{\"canary\":1,\"canary\":2}"] {
        for more in [["--json"].as_slice(), &[]] {
            let ran = routed("run", &script.url(), CONTACT_SETTINGS, variables, more).expect_code(2);
            assert!(ran.stderr.contains("bad-variables"), "{}", ran.stderr);
            assert!(!format!("{ran:?}").contains("canary"), "{ran:?}");
            if !more.is_empty() {
                assert_eq!(finding(&ran.json(), "bad-variables")["path"], "variables");
            }
        }
    }
    assert_eq!(script.connections(), 0);
}

// ---- The token ----
