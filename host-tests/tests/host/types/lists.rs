//! Several values of one field: lists as lists, lists as text, lists in a template, and what an open list does not have.

use serde_json::{Value, json};

use crate::org::{TestOrg, check, codes, constant, error, key, map, plan, results, settings, source, with};

/// A contact found by its number, and how its topics are filled.
fn topics(from: Value) -> Value {
    let topics = source(from, "Contact.Topics__c");
    settings([key("no", "Contact.Loyalty_No__c"), map("name", "Contact.LastName"), topics], json!({}))
}

fn typed() -> Value {
    topics(json!({ "variable": "topics" }))
}

fn visitor(topics: &Value) -> Value {
    json!({ "no": "C-7", "name": "Ruiz", "topics": topics })
}

/// Each spelling leads to this value, the first by creating the contact, the others without a write.
async fn is_stored(settings: &Value, spellings: &[Value], stored: &str, found: &[&str]) {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    let settings = org.prepared(settings).await;
    for (at, typed) in spellings.iter().chain(spellings.first()).enumerate() {
        let outcome = org.done(&settings, &visitor(typed)).await;
        assert_eq!(org.record("Contact")["Topics__c"], stored, "{typed}");
        let result = if at == 0 { "created" } else { "unchanged" };
        assert_eq!((results(&outcome), codes(&outcome)), (vec![result], found.to_vec()), "{typed}");
        let said = outcome["findings"].to_string();
        assert!(found.is_empty() || said.contains("`Topics__c`") && !said.contains("Weather"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_as_text_is_as_many_values_as_a_list() {
    let spellings = json!([
        ["News", "Offers"],
        "News, Offers",
        "offers,news",
        r#"["News","Offers"]"#,
        r#" ["Offers", "news"] "#,
        "News;Offers",
        ["News, Offers"],
    ]);
    is_stored(&typed(), spellings.as_array().expect("a list"), "News;Offers", &[]).await;
}

/// A part that is not in the list may be the rest of a value with a comma in it.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_list_gets_what_is_not_in_it_with_a_finding() {
    for (typed_text, stored) in [
        (json!("News, Weather"), "News, Weather"),
        (json!("News;Weather"), "News;Weather"),
        (json!(["News", "Weather"]), "News;Weather"),
        (json!(r#"["News","Weather"]"#), "News;Weather"),
    ] {
        is_stored(&typed(), &[typed_text], stored, &["new-picklist-value"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_list_takes_its_values_as_text_and_no_other() {
    let org = TestOrg::new().await;
    let channels = map("channels", "Ticket__c.Channels__c");
    let settings = org.prepared(&settings([map("s", "Ticket__c.Subject__c"), channels], json!({}))).await;
    for typed in [json!("chat, phone"), json!(r#"["Phone","Chat"]"#)] {
        org.done(&settings, &json!({ "s": "Repair", "channels": typed })).await;
        let ticket = org.records("Ticket__c").pop().expect("a ticket");
        assert_eq!(ticket["Channels__c"], "Chat;Phone");
    }
    for typed in [json!("chat, canary"), json!(r#"["Phone","canary"]"#), json!("[]")] {
        let outcome = org.run(&settings, &json!({ "s": "Repair", "channels": typed })).await;
        assert_eq!((error(&outcome, 0), outcome["requests"].as_u64()), ("NOT_IN_PICKLIST", Some(0)), "{typed}");
    }
}

/// What one module has read and the next adds to.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_in_a_template_joins_as_its_field_has_it() {
    let template = topics(json!({ "template": "{topics};Events" }));
    let read_before = [json!(["News", "Offers"]), json!("News;Offers"), json!("News, Offers")];
    is_stored(&template, &read_before, "News;Events;Offers", &[]).await;
    // For people to read it is still a sentence.
    let org = TestOrg::new().await;
    let title = source(json!({ "template": "Likes {topics}; a lot" }), "Contact.Title");
    let settings = org.prepared(&settings([map("name", "Contact.LastName"), title], json!({}))).await;
    org.done(&settings, &visitor(&json!(["News", "Offers"]))).await;
    assert_eq!(org.record("Contact")["Title"], "Likes News, Offers; a lot");
}

/// Read, then written, with the settings that an author has: no value is lost, and none is invented.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_kept_and_one_more_is_added() {
    for prepare in [true, false] {
        let org = TestOrg::new().await;
        org.seed(json!({ "Contact": [{ "LastName": "Ruiz", "Customer_No__c": "C-7", "Topics__c": "News;Offers" }] }));
        let number = || key("no", "Contact.Customer_No__c");
        let target = json!({ "object": "Contact", "field": "Topics__c", "target": { "variable": "topics" } });
        let read = with(settings([number(), target], json!({})), json!({ "mode": "sobject-read" }));
        let added = source(json!({ "template": "{topics};Events" }), "Contact.Topics__c");
        let write = settings([number(), added], json!({ "Contact": { "onlyUpdateExisting": true } }));
        let (read, write) = match prepare {
            true => (org.prepared(&read).await, org.prepared(&write).await),
            false => (read.to_string(), write.to_string()),
        };
        let mut variables = org.done(&read, &json!({ "no": "C-7" })).await["variables"].clone();
        variables["no"] = json!("C-7");
        let outcome = org.done(&write, &variables).await;
        assert_eq!((codes(&outcome), results(&outcome)), (vec![], vec!["updated"]), "{outcome:#}");
        // In the order of the list.
        assert_eq!(org.record("Contact")["Topics__c"], "News;Events;Offers");
    }
}

/// Nobody has said what the field is: what stands beside the list in the template does.
#[tokio::test]
async fn an_unprepared_template_joins_with_what_stands_beside_the_list() {
    for (template, value) in [
        ("{topics};Events", "News;Offers;Events"),
        ("Events;{topics}", "Events;News;Offers"),
        ("Likes {topics}", "Likes News, Offers"),
        ("Likes {topics}, and more; thanks", "Likes News, Offers, and more; thanks"),
    ] {
        let settings = topics(json!({ "template": template })).to_string();
        let plan = plan(&settings, &visitor(&json!(["News", "Offers"]))).await.expect("a plan").to_string();
        assert!(plan.contains(value), "{template}: {plan}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_constant_that_an_open_list_does_not_have_is_found_while_editing() {
    let org = TestOrg::new().await;
    for (value, found) in [(json!("News, Offers"), 0), (json!(["News", "Offers"]), 0), (json!(["News", "Weather"]), 1)]
    {
        let topics = constant(value.clone(), "Contact.Topics__c");
        let settings = org.prepared(&settings([map("name", "Contact.LastName"), topics], json!({}))).await;
        let answer = check(&settings).await;
        let found_codes = codes(&answer).into_iter().filter(|code| *code == "constant-not-in-picklist").count();
        assert_eq!(found_codes, found, "{value}");
    }
}

/// A key finds; it fills nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_read_by_a_value_that_is_not_in_the_list_has_no_such_finding() {
    let org = TestOrg::new().await;
    let target = json!({ "object": "Contact", "field": "LastName", "target": { "variable": "name" } });
    let read = settings([key("source", "Contact.LeadSource"), target], json!({}));
    let read = org.prepared(&with(read, json!({ "mode": "sobject-read" }))).await;
    let outcome = org.done(&read, &json!({ "source": "Billboard" })).await;
    assert_eq!(codes(&outcome), ["no-match"]);
}
