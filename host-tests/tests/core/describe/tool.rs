//! The whole answer of `describe`: name, words, results, examples, and the other modes.

use std::path::Path;

use salesforce_module::base::Severity;
use salesforce_module::module;
use serde_json::{Value, json};

use super::{described, refusals, validator};

fn case() -> Value {
    json!({
        "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com",
        "mappings": [
            { "source": { "variable": "email" }, "object": "Contact", "field": "Email", "useToFindExisting": true,
              "whenBlank": "fail" },
            { "source": { "variable": "topic" }, "object": "Case", "field": "Origin" },
            { "source": { "template": "{topic}: {product}" }, "object": "Case", "field": "Subject" },
            { "source": { "record": "Contact" }, "object": "Case", "field": "ContactId" },
        ],
        "objects": { "Case": { "store": { "Id": "case_id", "CaseNumber": "case_number", "Origin": "origin" } } },
        "schema": { "objects": {
            "Contact": { "fields": { "Email": { "label": "E-mail", "type": "email", "length": 80 } } },
            "Case": { "fields": { "Origin": {
                "label": "Case Origin", "type": "picklist", "restricted": true,
                "values": [{ "value": "web_chat", "label": "Web chat" }, { "value": "Phone" }]
            } } },
        } },
    })
}

#[test]
fn a_tool_has_a_name_words_and_a_schema_of_each_variable() {
    let mut settings = case();
    let tool = described(&settings);
    assert_eq!((tool.name.as_str(), tool.title.as_deref()), ("save_Contact_and_Case", None));
    assert_eq!(tool.description, "Writes to Salesforce: Contact (found by Email), Case.");
    let properties = &tool.variables["properties"];
    assert_eq!(properties["email"]["description"], "E-mail (Contact.Email); finds the existing record");
    assert_eq!((&properties["email"]["format"], &properties["email"]["type"]), (&json!("email"), &json!("string")));
    assert_eq!(tool.variables["required"], json!(["email"]));
    let topic = &properties["topic"];
    assert_eq!(topic["allOf"][0]["oneOf"][0], json!({ "const": "web_chat", "title": "Web chat" }));
    assert_eq!(topic["description"], "Case Origin (Case.Origin). part of Case.Subject");
    assert_eq!(tool.examples, [json!({ "email": "anna@example.com", "topic": "web_chat", "product": "Example" })]);
    let results = &tool.results["properties"];
    assert_eq!(results["case_id"]["type"], "string");
    assert_eq!(results["origin"]["type"], json!(["string", "null"]));
    assert_eq!(results["case_number"]["description"], "Case.CaseNumber, where the record is there");
    settings["title"] = "Anfrage für den Service: ÄÖ!".into();
    settings["description"] = "Opens a ticket.".into();
    let tool = described(&settings);
    assert_eq!((tool.name.as_str(), tool.description.as_str()), ("Anfrage_fuer_den_Service_AeOe", "Opens a ticket."));
    settings["title"] = "お問い合わせ".into();
    assert_eq!(described(&settings).name, "save_Contact_and_Case");
}

#[test]
fn what_keeps_settings_from_running_is_the_answer() {
    let mut settings = case();
    settings["mappings"][0]["feild"] = "x".into();
    let findings = module::describe(&settings.to_string()).unwrap_err();
    assert!(findings.iter().any(|finding| finding.code == "unknown-key" && finding.severity == Severity::Error));
}

/// Every scenario, example and setting that the project has.
#[test]
fn each_description_is_of_draft_2020_12_and_its_example_is_taken() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = ["scenarios", "examples"]
        .iter()
        .flat_map(|name| std::fs::read_dir(folder.join(name)).unwrap().map(|entry| entry.unwrap().path()))
        .map(|path| if path.is_dir() { path.join("settings.json") } else { path })
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    let (mut described, mut examples) = (0, 0);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let Ok(tool) = module::describe(&text) else { continue };
        described += 1;
        for schema in [&tool.variables, &tool.results] {
            jsonschema::draft202012::meta::validate(schema).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        assert!((1..=64).contains(&tool.name.len()) && tool.name.chars().all(is_name), "{}", tool.name);
        let settings: Value = serde_json::from_str(&text).unwrap();
        for example in &tool.examples {
            examples += 1;
            validator(&tool.variables)
                .validate(example)
                .unwrap_or_else(|error| panic!("{file:?}: {error}\n{example:#}"));
            assert_eq!(refusals(&settings, example), [""; 0], "{file:?}\n{example:#}");
        }
    }
    assert!(described > 80 && examples + 10 > described, "{examples} of {described}");
}

#[test]
fn a_request_of_the_authors_own_takes_what_its_places_take() {
    let settings = json!({
        "mode": "api-request", "deploymentDomain": "example.my.salesforce.com", "method": "POST", "allowWrites": true,
        "path": "/services/apexrest/orders/{order}.json/x{part}",
        "query": { "fields": "{fields}" },
        "body": { "note": "{note}", "more": ["{more}"] },
        "store": { "/id": "order_id" },
    });
    let tool = described(&settings);
    assert_eq!(tool.variables["required"], json!(["order", "part"]));
    assert_eq!(tool.results["required"], json!(["order_id"]));
    let validator = validator(&tool.variables);
    let of = |key: &str, value: Value| {
        let mut variables = json!({ "order": "1", "part": "a", "note": "x" });
        variables[key] = value;
        variables
    };
    let mut answers = [0, 0];
    for value in [
        json!("A-1"),
        json!("a b"),
        json!("a/b"),
        json!("..a"),
        json!("a."),
        json!("a.b"),
        json!("."),
        json!("50%"),
        json!("a\\b"),
        json!(7),
        json!(true),
        json!(null),
        json!(" "),
        json!(["a"]),
        json!(["a", 7, null]),
        json!([]),
        json!({}),
        json!("ä"),
        json!("executeAnonymous"),
        json!([["a"]]),
        json!("a\nb"),
        json!(" a "),
        json!("@{a}"),
    ] {
        for key in ["order", "part", "fields", "note", "more"] {
            let variables = of(key, value.clone());
            // Of a body with several variables one is enough, which the schema does not say.
            if key == "note" && [json!(null), json!(" "), json!([])].contains(&value) {
                continue;
            }
            let refusals = refusals(&settings, &variables);
            let said = validator.validate(&variables).err().map(|error| error.to_string());
            assert_eq!(said.is_none(), refusals.is_empty(), "{key}: {value}: {said:?} {refusals:?}");
            answers[usize::from(refusals.is_empty())] += 1;
        }
    }
    assert!(answers.iter().all(|count| *count > 25), "{answers:?}");
    for example in &tool.examples {
        assert!(validator.is_valid(example) && refusals(&settings, example).is_empty());
    }
}

#[test]
fn a_soql_literal_takes_one_value() {
    let settings = json!({
        "mode": "api-request", "deploymentDomain": "example.my.salesforce.com",
        "path": "/services/data/v62.0/query", "query": { "q": "SELECT Id FROM Contact WHERE Email = '{email}'" },
    });
    let validator = validator(&described(&settings).variables);
    for value in
        [json!("a"), json!(7), json!(""), json!(null), json!(["a"]), json!({}), json!("x".repeat(4001)), json!("it's")]
    {
        let variables = json!({ "email": value });
        let refusals = refusals(&settings, &variables);
        assert_eq!(validator.is_valid(&variables), refusals.is_empty(), "{variables:.80}: {refusals:?}");
    }
    assert!(!validator.is_valid(&json!({})) && !refusals(&settings, &json!({})).is_empty());
}

#[test]
fn a_read_gives_back_what_it_hands_over() {
    let settings = json!({
        "mode": "sobject-read", "deploymentDomain": "example.my.salesforce.com",
        "mappings": [
            { "source": { "variable": "email" }, "object": "Contact", "field": "Email", "useToFindExisting": true },
            { "target": { "variable": "topics" }, "object": "Contact", "field": "Topics__c" },
            { "target": { "variable": "born" }, "object": "Contact", "field": "Birthdate" },
        ],
        "objects": { "Contact": { "whenSeveralMatch": "list", "list": { "variable": "found", "limit": 5 } } },
        "schema": { "objects": { "Contact": { "fields": {
            "Topics__c": { "type": "multipicklist" }, "Birthdate": { "type": "date" }
        } } } },
    });
    let tool = described(&settings);
    assert_eq!((tool.name.as_str(), &tool.results["required"]), ("find_Contact", &json!(["topics", "born", "found"])));
    let validator = validator(&tool.results);
    let entry = json!({ "Id": "003000000000001AAA", "Topics__c": ["a"], "Birthdate": null });
    assert!(validator.is_valid(&json!({ "topics": null, "born": null, "found": [entry] })));
    assert!(!validator.is_valid(&json!({ "topics": "a;b", "born": null, "found": [] })));
    assert!(!validator.is_valid(&json!({ "topics": null, "born": null, "found": [{}] })));
}
