//! What `check`, `describe` and `plan` know of the mode, and who refuses it.

use salesforce_module::base::Language;
use salesforce_module::module::{self, Session};
use salesforce_module::report::RunKind;
use salesforce_module::settings::Work;

use super::*;

#[test]
fn a_plan_shows_what_opens_the_chat() {
    let plan = |variables: &Value| module::plan(&settings().to_string(), &variables.to_string()).unwrap();
    let Work::Request(planned) = plan(&variables()) else { panic!("another mode") };
    assert_eq!((planned.requests(), planned.target.method), (3, "POST"));
    let request = planned.rendered.unwrap();
    let body: Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!(body["routingAttributes"]["_lastName"], "Berg");
    let mut desk = Desk::default();
    start(&mut desk);
    assert_eq!(body, desk.bodies[1]);
    let (one, other) = (plan(&variables()).hash(), plan(&json!({ "last_name": "Berg", "step": "1" })).hash());
    assert_ne!(one, other);
    let Work::Request(failed) = plan(&json!({ "step": "1" })) else { panic!("another mode") };
    assert_eq!((failed.requests(), failed.rendered.unwrap_err().code.as_str()), (0, "BLANK_VALUE"));
}

#[test]
fn a_function_of_another_mode_names_the_right_one() {
    let document = settings().to_string();
    let session = Session { instance_url: "https://example.my.salesforce.com", access_token: "token" };
    let remedy = |findings: Vec<Finding>| {
        assert_eq!((findings[0].code.word(), findings[0].path.as_str()), ("not-for-mode", "/mode"));
        findings[0].remedy.get(salesforce_module::base::Language::En).to_owned()
    };
    for kind in [RunKind::Write, RunKind::Preview] {
        assert!(remedy(module::start(&session, &document, "{}", kind).unwrap_err()).contains("handover.start"));
    }
    assert!(remedy(module::start_many(&session, &document, Vec::new(), &[]).err().unwrap()).contains("handover.start"));
    assert!(remedy(module::prepare(&session, &document).unwrap_err()).contains("handover.prepare"));
    let other =
        r#"{"mode":"api-request","deploymentDomain":"example.my.salesforce.com","path":"/services/data/v62.0/limits"}"#;
    assert!(remedy(Handover::parse(other).unwrap_err()).contains("salesforce-module"));
}

#[test]
fn a_hand_over_is_described_as_a_tool() {
    let tool = module::describe(&settings().to_string()).unwrap();
    assert_eq!(tool.name, "hand_over_to_Chat_Engine");
    assert_eq!(tool.variables["required"], json!(["last_name", "step"]));
    let schema = jsonschema::draft202012::new(&tool.variables).unwrap();
    assert!(schema.is_valid(&variables()) && !schema.is_valid(&json!({ "step": "1" })));
    let mut desk = Desk::default();
    for example in &tool.examples {
        assert!(schema.is_valid(example));
        assert_eq!(start_with(&mut desk, example, None).unwrap().outcome, Delivery::Sent);
    }
    assert_eq!(tool.results["required"].as_array().unwrap().len(), 4);
}

#[test]
fn mistakes_of_the_settings_are_found() {
    for (pointer, value, expected) in [
        ("/organizationId", json!("001Hn0000000001"), "bad-name"),
        ("/deployment", json!("Chat Engine"), "bad-name"),
        ("/language", json!("en-US"), "unknown-value"),
        ("/deploymentDomain", json!("example.my.salesforce.mil"), "bad-domain"),
        ("/mappings/0/attribute", json!("last name"), "bad-name"),
        ("/mappings/0/attribute", json!("_email"), "duplicate-field"),
        ("/mappings/0/whenBlank", json!("clear"), "unknown-value"),
        ("/mappings/0/source", json!({ "record": "Case" }), "bad-source"),
        ("/mappings/0/source", json!({ "transcript": "messages" }), "bad-source"),
        ("/idempotency", json!("step"), "wrong-type"),
        ("/store", json!({ "phase": "a" }), "bad-pointer"),
        ("/mappings", json!([]), "empty-mappings"),
    ] {
        let mut document = settings();
        *document.pointer_mut(pointer).unwrap() = value;
        let findings = module::check(&document.to_string());
        assert_eq!(findings.first().map(|finding| finding.code.word()), Some(expected), "{pointer}: {findings:?}");
    }
    for key in ["organizationId", "deployment", "idempotency"] {
        let mut document = settings();
        document.as_object_mut().unwrap().remove(key);
        let findings = module::check(&document.to_string());
        assert_eq!(findings[0].code, "missing-key", "{key}");
        // The same key has another title in the mode that writes.
        let message = [Language::En, Language::De].map(|language| findings[0].message.get(language).to_owned());
        let titles = ["“Open once” (JSON: \"idempotency\")", "„Einmal eröffnen“ (JSON: \"idempotency\")"];
        let says = |at: usize| message[at].contains(titles[at]);
        assert_eq!((says(0), says(1)), (key == "idempotency", key == "idempotency"), "{message:?}");
    }
    let known = ["last_name", "customer_email", "case_id", "messages"].map(String::from);
    let findings = module::check_in_flow(&settings().to_string(), &known);
    assert_eq!((findings.len(), findings[0].path.as_str()), (1, "/idempotency/variable"));
}
