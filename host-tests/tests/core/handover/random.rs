//! Properties of `describe` and `plan`: whatever the settings map and the conversation has, both say what `start` does.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use salesforce_module::base::{Finding, Severity};
use salesforce_module::module;
use salesforce_module::report::RecordError;
use salesforce_module::settings::Work;

use super::desk::{CONVERSATION, TOKEN};
use super::*;

const ATTRIBUTES: [&str; 6] = ["_firstName", "_lastName", "_email", "_subject", "Case_Id", "Unknown_Name"];
const VARIABLES: [&str; 5] = ["a", "b", "Straße 1", "step", "messages"];

fn mapping() -> impl Strategy<Value = Value> {
    // The messages are a list of objects, which no attribute takes.
    let variable = select(&VARIABLES[..4]).prop_map(|name| json!({ "variable": name }));
    let template = select(vec!["{a}", "{a} and {b}", "nothing", "{{a}}"]).prop_map(|text| json!({ "template": text }));
    let constant = select(vec![json!("Billing"), json!(7), json!(true)]).prop_map(|value| json!({ "constant": value }));
    (prop_oneof![variable, template, constant], any::<bool>()).prop_map(|(source, fails)| {
        let mut row = json!({ "source": source });
        if fails && source.get("constant").is_none() {
            row["whenBlank"] = "fail".into();
        }
        row
    })
}

fn documents() -> impl Strategy<Value = Value> {
    let rows = btree_map(select(&ATTRIBUTES[..]), mapping(), 1..5);
    (rows, any::<bool>(), any::<bool>()).prop_map(|(rows, has_transcript, stores)| {
        let mut document = settings();
        let row = |(attribute, mut row): (&str, Value)| {
            row["attribute"] = attribute.into();
            row
        };
        document["mappings"] = rows.into_iter().map(row).collect();
        let members = document.as_object_mut().unwrap();
        if !has_transcript {
            members.remove("transcript");
        }
        if !stores {
            members.remove("store");
        }
        document
    })
}

fn values() -> impl Strategy<Value = Value> {
    let text = select(vec!["", " ", "x", "Bärg 🙂", "a\u{0}b", "{a}", "line\nline"]).prop_map(Value::from);
    let message = json!({ "from": "visitor", "text": "Where is my parcel?" });
    let long = json!([{ "from": "visitor", "text": "word ".repeat(3_000) }]);
    let messages = prop_oneof![Just(json!([message])), Just(long), Just(json!([])), Just(json!("no list"))];
    let other = select(vec![Value::Null, json!(12.5), json!(false), json!({ "a": 1 }), json!(["x"])]);
    let value = prop_oneof![3 => text, 1 => other];
    (vec((select(&VARIABLES[..]), value), 0..6), proptest::option::of(messages)).prop_map(|(pairs, messages)| {
        let mut values: Value =
            pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<serde_json::Map<_, _>>().into();
        if let Some(messages) = messages {
            values["messages"] = messages;
        }
        values
    })
}

/// Requests, and the opening's body or why there is none.
fn plan(document: &Value, values: &Value) -> Result<(u32, Result<Value, RecordError>), Vec<Finding>> {
    let Work::Request(planned) = module::plan(&document.to_string(), &values.to_string())? else {
        panic!("another mode")
    };
    let body = |request: salesforce_module::wire::Request| serde_json::from_str(&request.body).unwrap();
    Ok((planned.requests(), planned.rendered.map(body)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_plan_is_what_start_does(document in documents(), values in values()) {
        let Ok(planned) = plan(&document, &values) else { return Ok(()) };
        prop_assert_eq!(&plan(&document, &values).unwrap(), &planned);
        let mut desk = Desk::default();
        let handover = Handover::parse(&document.to_string()).unwrap();
        let variables = Variables::parse(&values.to_string()).unwrap();
        let handed = handover.start(&variables, None, NOW, None, &mut desk).unwrap();
        match planned {
            (requests, Ok(body)) => {
                let sent = desk.bodies.iter().find(|body| body["conversationId"].is_string());
                let Some(sent) = sent else { panic!("{handed:?}") };
                // What does not fit the form is known only when it is asked.
                let (planned, sent) = (body["routingAttributes"].as_object().unwrap(), sent["routingAttributes"].as_object().unwrap());
                prop_assert!(sent.iter().all(|(name, value)| planned.get(name).is_some_and(|planned| planned.as_str().unwrap().starts_with(value.as_str().unwrap()))));
                prop_assert_eq!((handed.outcome, handed.progress.requests), (Delivery::Sent, requests));
            }
            (requests, Err(error)) => {
                prop_assert_eq!((requests, desk.count(TOKEN), desk.count(CONVERSATION)), (0, 0, 0));
                prop_assert_eq!(handed.outcome, Delivery::Failed(error));
            }
        }
    }

    #[test]
    fn what_a_description_takes_can_be_planned_and_its_examples_open_a_chat(document in documents()) {
        let has_error = |findings: &[Finding]| findings.iter().any(|finding| finding.severity == Severity::Error);
        let findings = module::check(&document.to_string());
        let tool = module::describe(&document.to_string());
        prop_assert_eq!(tool.is_err(), has_error(&findings));
        let Ok(tool) = tool else { return Ok(()) };
        let schema = jsonschema::draft202012::new(&tool.variables).unwrap();
        prop_assert!(!tool.examples.is_empty());
        for example in &tool.examples {
            prop_assert!(schema.is_valid(example), "{} of {}", example, tool.variables);
            let (_, rendered) = plan(&document, example).unwrap();
            prop_assert!(rendered.is_ok(), "{:?} of {}", rendered, example);
        }
        let stored = document.get("store").and_then(Value::as_object).map_or(0, serde_json::Map::len);
        prop_assert_eq!(tool.results["properties"].as_object().map_or(0, serde_json::Map::len), stored);
    }
}
