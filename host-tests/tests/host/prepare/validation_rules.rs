//! Which validation rule refused: what `prepare` reads, and who is told.

use host_tests::simulator::ValidationRule;
use serde_json::{Value, json};

use crate::org::{Preparation, TestOrg, codes, findings, map, says, settings, with};
use crate::scripted::{Reply, Script};

/// In a language that no code of ours knows, with what HTML would spell otherwise.
const MESSAGE: &str = "Bitte \"Firma & Co\" nennen – canary";

fn rule(name: &str, refused: &str, message: &str) -> ValidationRule {
    ValidationRule {
        sobject: "Contact".into(),
        name: name.into(),
        active: true,
        field: "LastName".into(),
        refused: refused.into(),
        message: message.into(),
        at_field: true,
    }
}

async fn org(rules: Vec<ValidationRule>) -> TestOrg {
    TestOrg::with(|org| rules.into_iter().for_each(|rule| org.add_validation_rule(rule))).await
}

fn contact() -> Value {
    settings([map("name", "Contact.LastName")], json!({}))
}

/// Prepared against an org whose rules' messages are no secret of a visitor's.
async fn prepared(org: &TestOrg) -> Preparation {
    org.prepare(&contact()).await
}

async fn refused(org: &TestOrg, settings: &str, name: &str) -> Value {
    let outcome = org.run(settings, &json!({ "name": name })).await;
    assert_eq!(outcome["records"][0]["error"]["code"], "FIELD_CUSTOM_VALIDATION_EXCEPTION", "{outcome:#}");
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_reads_which_rule_it_was_and_nobody_else_does() {
    let org = org(vec![rule("Real_Company", "Test", "Not this."), rule("Other_Rule", "Xyz", "Nor that.")]).await;
    let preparation = prepared(&org).await;
    let rules = &preparation.schema()["objects"]["Contact"]["validationRules"];
    assert_eq!(rules, &json!({ "Other_Rule": "Nor that.", "Real_Company": "Not this." }));
    let settings = preparation.expect_settings();
    let session = crate::org::session(&org.token());
    let egress = crate::org::egress_to(&org.url());
    let ran = crate::org::host().run(egress, &session, &settings, r#"{ "name": "Test" }"#).await.expect("no trap");
    let log = ran.expect("good input").log;
    assert!(log.contains("FIELD_CUSTOM_VALIDATION_EXCEPTION"), "{log}");
    let outcome = refused(&org, &settings, "Test").await;
    let error = &outcome["records"][0]["error"];
    let text = |language: &str, reader: &str| error["texts"][language][reader].as_str().expect("a text").to_owned();
    assert!(text("en", "administrator").contains("validation rule `Real_Company` of `Contact`"), "{error:#}");
    assert!(text("de", "administrator").contains("Validierungsregel `Real_Company` von `Contact`"), "{error:#}");
    assert!(!error.to_string().contains("Not this") && !error.to_string().contains("Other_Rule"), "{error:#}");
    for reader in [text("en", "visitor"), text("de", "visitor"), log] {
        assert!(!reader.contains("Real_Company"), "{reader}");
    }
    assert!(text("en", "visitor").contains("check what you have entered"));
}

/// Two rules with one message are both named, and a rule that is not active none.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_several_rules_names_them_all() {
    let inactive = ValidationRule { active: false, ..rule("Sleeping", "Test", "Not this.") };
    let org = org(vec![rule("One", "Test", "Not this."), rule("Two", "Xyz", " Not  this."), inactive]).await;
    let settings = prepared(&org).await.expect_settings();
    let message = refused(&org, &settings, "Test").await["records"][0]["error"]["message"].clone();
    assert!(message.as_str().expect("a text").contains("`One` or `Two`"), "{message}");
    assert!(!settings.contains("Sleeping"));
}

/// A message that has changed since, or is translated, or is a trigger's: nobody is accused.
#[tokio::test(flavor = "multi_thread")]
async fn another_message_names_no_rule() {
    let org = org(vec![rule("Real_Company", "Test", "Not this.")]).await;
    let settings = prepared(&org).await.expect_settings();
    let translated = self::org(vec![rule("Real_Company", "Test", MESSAGE)]).await;
    let outcome = refused(&translated, &settings, "Test").await;
    let message = outcome["records"][0]["error"]["message"].as_str().expect("a text");
    assert!(!message.contains("Real_Company") && message.contains("validation rule or a trigger"), "{message}");
}

/// A message that what lies between has spelt as HTML is the same message.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_compared_without_what_html_adds() {
    let rules = json!({ "Real_Company": "Name \"A & B\", it's < C" });
    let mut settings = contact();
    settings["schema"] = json!({ "objects": { "Contact": {
        "fields": { "LastName": { "type": "string", "length": 80 } }, "validationRules": rules } } });
    let escaped = "Name &quot;A &amp; B&quot;, it&#39;s &lt; C";
    let org = org(vec![rule("Whatever", "Test", escaped)]).await;
    let message = refused(&org, &settings.to_string(), "Test").await["records"][0]["error"]["message"].clone();
    assert!(message.as_str().expect("a text").contains("`Real_Company`"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_does_not_show_its_rules_is_prepared_without_them() {
    let org = TestOrg::with(|org| org.settings.view_setup = false).await;
    let preparation = prepared(&org).await;
    let finding = preparation.remarked("info", "validation-rules-unread", "");
    says(finding, &["validation rules"], &["View Setup and Configuration"]);
    assert!(preparation.schema()["objects"]["Contact"].get("validationRules").is_none());
    assert_eq!(preparation.requests(), 2, "it is not asked again");
}

/// Whatever comes instead of an answer: the settings are right without the rules.
#[tokio::test(flavor = "multi_thread")]
async fn no_answer_stands_in_the_way() {
    let describe = json!({ "name": "Contact", "createable": true,
        "fields": [{ "name": "LastName", "type": "string", "createable": true }] });
    let permission = crate::scripted::rows(&[json!({ "PermissionsViewAllData": false })]);
    let described = crate::scripted::composite(&[("ask_0", 200, permission), ("ask_1", 200, describe)]);
    for (reply, read) in [
        (Reply::Close, false),
        (Reply::html(200), false),
        (Reply::json(401, &crate::scripted::refusal("INVALID_SESSION_ID", "canary")), false),
        (Reply::json(403, &crate::scripted::refusal("REQUEST_LIMIT_EXCEEDED", "canary")), false),
        (Reply::json(200, &json!({ "records": null })), false),
        (Reply::json(200, &json!({ "records": [] })), true),
        (Reply::json(200, &json!({ "records": [7, { "ValidationName": "canary!" }, {}] })), true),
    ] {
        let script = Script::start([Reply::json(200, &described), reply]);
        let preparation = crate::org::prepare_at(&script.url(), "token", &contact().to_string()).await;
        assert_eq!((preparation.status(), preparation.requests()), ("done", 2), "{:#}", preparation.answer);
        assert_eq!(codes(&preparation.answer).contains(&"validation-rules-unread"), !read, "{:#}", preparation.answer);
        crate::org::kept_secret(&preparation.settings);
    }
}

/// Nothing is asked for that would not be used.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_settings_and_reads_ask_for_no_rules() {
    let org = TestOrg::new().await;
    let wrong = org.prepare(&settings([map("name", "Contact.Nope__c")], json!({}))).await;
    assert_eq!((wrong.status(), wrong.requests()), ("failed", 1));
    let read = with(
        settings([], json!({})),
        json!({ "mode": "sobject-read", "mappings": [
            { "source": { "variable": "email" }, "object": "Contact", "field": "Email", "useToFindExisting": true },
            { "object": "Contact", "field": "LastName", "target": { "variable": "name" } },
        ] }),
    );
    assert_eq!(org.prepare(&read).await.requests(), 1);
    assert!(findings(&wrong.answer, |finding| finding["code"] == "validation-rules-unread").is_empty());
}
