//! One number has one text, however its host spells it: else one mark of a step is three, and one key finds nobody.

use serde_json::{Value, json};

use crate::org::{TestOrg, error, key, map, plan, results, settings, source, with};

/// Spellings of 17, as hosts of different languages write it.
const SEVENTEEN: [&str; 4] = ["17", "17.0", "1.7e1", "1.70E+1"];
/// Numbers of which nobody has the digits.
const ENDLESS: [&str; 4] = ["1e400", "-1e400", "1e-400", "1e999999999"];

/// With its spelling, which a number of this type keeps.
fn number(spelling: &str) -> Value {
    serde_json::from_str(spelling).expect("a number")
}

/// What each spelling leads to, one run after the other in one org.
async fn in_turn(settings: &Value, prepare: bool, spellings: &[&str]) -> (TestOrg, Vec<Value>) {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    let settings = if prepare { org.prepared(settings).await } else { settings.to_string() };
    let mut outcomes = Vec::new();
    for spelling in spellings {
        outcomes.push(org.run(&settings, &json!({ "n": number(spelling), "s": "Repair" })).await);
    }
    (org, outcomes)
}

fn all_of_one(outcomes: &[Value], first: &str, later: &[&str]) {
    for (at, outcome) in outcomes.iter().enumerate() {
        let result = results(outcome)[0];
        assert!(if at == 0 { result == first } else { later.contains(&result) }, "{at}: {outcome:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_mark_of_a_step_is_one_case() {
    let mark = json!({ "field": "Chat_Conversation_Id__c", "variable": "n" });
    let settings = settings([map("s", "Case.Subject")], json!({ "Case": { "idempotency": mark } }));
    for prepare in [true, false] {
        let (org, outcomes) = in_turn(&settings, prepare, &SEVENTEEN).await;
        all_of_one(&outcomes, "created", &["updated", "unchanged"]);
        assert_eq!(org.record("Case")["Chat_Conversation_Id__c"], "17");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_is_one_record_alone_and_in_a_template() {
    let template =
        with(source(json!({ "template": "DE-{n}" }), "Contact.Customer_No__c"), json!({ "useToFindExisting": true }));
    for (key, stored, prepare) in [
        (key("n", "Contact.Customer_No__c"), "17", true),
        (template.clone(), "DE-17", true),
        (template, "DE-17", false),
    ] {
        let settings = settings([key, map("s", "Contact.LastName")], json!({}));
        let (org, outcomes) = in_turn(&settings, prepare, &SEVENTEEN).await;
        all_of_one(&outcomes, "created", &["updated", "unchanged"]);
        assert_eq!(org.record("Contact")["Customer_No__c"], stored);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_number_is_one_value_of_a_text_field() {
    let settings = settings([key("s", "Contact.LastName"), map("n", "Contact.Title")], json!({}));
    let (org, outcomes) = in_turn(&settings, true, &SEVENTEEN).await;
    all_of_one(&outcomes, "created", &["unchanged"]);
    assert_eq!(org.record("Contact")["Title"], "17");
}

#[tokio::test]
async fn one_number_is_one_plan_unprepared_too() {
    let of = |mapping: Value| settings([key("s", "Contact.LastName"), mapping], json!({})).to_string();
    for settings in [of(map("n", "Contact.Title")), of(source(json!({ "template": "{n}" }), "Contact.Title"))] {
        let mut hashes = Vec::new();
        for spelling in SEVENTEEN {
            let plan = plan(&settings, &json!({ "n": number(spelling), "s": "Berg" })).await.expect("a plan");
            hashes.push(plan["hash"].clone());
        }
        assert!(!hashes[0].is_null() && hashes.iter().all(|hash| *hash == hashes[0]), "{hashes:?}");
    }
}

#[tokio::test]
async fn one_number_is_one_request_of_the_authors_own() {
    let request = |more: Value| {
        let common = json!({ "mode": "api-request", "deploymentDomain": crate::org::DOMAIN });
        with(common, more).to_string()
    };
    for settings in [
        request(json!({ "path": "/services/apexrest/orders/{n}" })),
        request(json!({ "path": "/services/apexrest/orders", "query": { "no": "DE-{n}", "list": "{l}" } })),
        request(json!({
            "path": "/services/data/v62.0/query",
            "query": { "q": "SELECT Id FROM Contact WHERE Customer_No__c = '{n}'" },
        })),
        request(json!({
            "method": "POST", "allowWrites": true, "path": "/services/apexrest/orders",
            "body": { "no": "{n}", "text": "DE-{n}", "list": "{l}" },
        })),
    ] {
        let mut requests = Vec::new();
        for spelling in SEVENTEEN {
            let variables = json!({ "n": number(spelling), "l": [number(spelling), "17.0"] });
            requests.push(plan(&settings, &variables).await.expect("a plan")["hash"].clone());
        }
        assert!(!requests[0].is_null() && requests.iter().all(|hash| *hash == requests[0]), "{settings}");
        for endless in ENDLESS {
            let variables = json!({ "n": number(endless), "l": [number(endless)] });
            let plan = plan(&settings, &variables).await.expect("a plan");
            let error = plan["request"]["error"].to_string() + &plan.to_string();
            assert!(error.contains("UNSUPPORTED_VALUE") && error.contains("closer to zero"), "{plan:#}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_without_end_sends_nothing() {
    let mark = json!({ "Contact": { "idempotency": { "field": "Customer_No__c", "variable": "n" } } });
    for (settings, code) in [
        (settings([map("s", "Contact.LastName"), map("n", "Contact.Title")], json!({})), "UNSUPPORTED_VALUE"),
        (settings([map("s", "Contact.LastName"), key("n", "Contact.Title")], json!({})), "UNSUPPORTED_VALUE"),
        (
            settings(
                [map("s", "Contact.LastName"), source(json!({ "template": "DE-{n}" }), "Contact.Title")],
                json!({}),
            ),
            "UNSUPPORTED_VALUE",
        ),
        (settings([map("s", "Contact.LastName")], mark), "BAD_IDEMPOTENCY_VALUE"),
    ] {
        for prepare in [true, false] {
            let (org, outcomes) = in_turn(&settings, prepare, &ENDLESS).await;
            for outcome in &outcomes {
                assert_eq!((error(outcome, 0), outcome["requests"].as_u64()), (code, Some(0)), "{outcome:#}");
            }
            assert!(org.records("Contact").is_empty());
        }
    }
}

#[tokio::test]
async fn a_constant_without_end_is_found_while_editing() {
    for endless in ["1e400", "[1, 1e400]"] {
        let constant = source(json!({ "constant": number(endless) }), "Contact.Title");
        let settings = settings([map("s", "Contact.LastName"), constant], json!({}));
        let findings = crate::org::check(&settings.to_string()).await;
        assert_eq!(findings["findings"][0]["code"], "out-of-range", "{findings:#}");
        assert_eq!(findings["findings"][0]["path"], "/mappings/1/source/constant");
    }
}
